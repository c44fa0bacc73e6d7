"""Who says so: the speakers and outlets behind what an entry holds, one for each independent origin."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from materiel.report.briefing import Briefing
from materiel.report.figures import count_words, counted
from materiel.report.names import joined
from materiel.report.statuses import stage_of
from materiel.terms.entries import Entry, outside_name
from materiel.terms.statements import Statement

NAMED = 3
"""So many voices are named in a sentence; of more, two and a count."""

_PRONOUNS = frozenset("he she it they we i you who this that these those him her them".split())  # noqa: SIM905
_POSSESSIVES = frozenset("its his her their our my".split())  # noqa: SIM905
_OPENERS = frozenset("a an the one two three several some many".split())  # noqa: SIM905


@dataclass(frozen=True)
class Voices:
    """What stands behind one assertion of an entry.

    Attributes:
        count: the number of independent origins.
        phrase: "according to two independent origins, Hanbit Courier and Meridian Wire".
        denial: the same voices after "is denied": "by Moscow (in Hanbit Courier, one origin)". An outlet that
            reports a denial in its own voice does not itself deny.
    """

    count: int
    phrase: str
    denial: str


def voices(briefing: Briefing, entry: Entry, assertion: str) -> Voices | None:
    """The voices behind the steps of an entry that carry an assertion; None where no step carries it
    at the stage that the entry has.
    """
    # What was said of an earlier stage is no voice for this one.
    stage = stage_of(entry.claim)
    steps = [step for step in entry.history if step.assertion == assertion and stage in (None, step.stage)]
    ids = {identity for step in steps for identity in step.statements}
    by_origin: dict[str, list[Statement]] = {}
    for statement, backing in zip(entry.statements, entry.backings, strict=True):
        if statement.id in ids:
            by_origin.setdefault(backing.origin, []).append(statement)
    if not by_origin:
        return None
    chosen = [_spokesman(origin, said) for origin, said in sorted(by_origin.items())]
    chosen.sort(key=lambda voice: (briefing.published_on(voice.said.document) or "9999", _place(briefing, voice)))
    count = len(by_origin)
    if count == 1:
        (name,) = _named(briefing, chosen, ", one origin")
        name = name if name.endswith(")") else f"{name} (one origin)"
        return _voices(1, f"according to {name}", f"by {name}", chosen)
    names = _named(briefing, chosen)
    shown = (
        joined(names) if len(names) <= NAMED else joined([*names[:2], count_words(len(names) - 2, "other", "others")])
    )
    lead = count_words(count, "independent origin", "independent origins")
    return _voices(count, f"according to {lead}: {shown}", f"by {shown} ({lead})", chosen)


@dataclass(frozen=True)
class _Voice:
    """The statement that speaks for an origin, and the outside source's name if the origin is one."""

    said: Statement
    outside: str | None


def _voices(count: int, phrase: str, denial: str, chosen: list[_Voice]) -> Voices:
    return Voices(count, phrase, denial if all(voice.said.speaker for voice in chosen) else phrase)


def _spokesman(origin: str, said: list[Statement]) -> _Voice:
    """The origin's own words before those of its copies; a named speaker before the article's own voice."""
    first = min(said, key=lambda statement: (statement.document != origin, statement.speaker is None))
    return _Voice(first, outside_name(origin))


def _named(briefing: Briefing, chosen: list[_Voice], note: str = "") -> list[str]:
    """Each voice once: several outlets that quote one speaker are one voice in several outlets, and read so."""
    outlets: dict[str, list[str]] = {}
    for voice in chosen:
        outlets.setdefault(speaker_words(voice.said.speaker), []).append(_place(briefing, voice))
    names = []
    for speaker, places in outlets.items():
        unique = sorted(set(places), key=places.index)
        names.extend([f"{speaker} (in {joined(unique)}{note})"] if speaker else unique)
    return names


def _place(briefing: Briefing, voice: _Voice) -> str:
    outlet = briefing.publisher(voice.said.document)
    return f"{voice.outside}, as credited by {outlet}" if voice.outside else outlet


def support_words(entry: Entry, outlets: Mapping[str, str]) -> str:
    """The origins of an entry in words: "2 independent origins: Hanbit Courier; Yonhap, as credited by three outlets".

    Args:
        entry: the entry.
        outlets: what to call the outlet of each document, by the document's id.
    """
    if not entry.origins:
        return "no origin states it"
    reports: dict[str, int] = {}
    for origin in entry.origins:
        outside = outside_name(origin)
        name = f"{outside}, {_credits(entry, origin, outlets)}" if outside else outlets[origin]
        reports[name] = reports.get(name, 0) + 1
    named = "; ".join(
        name if number == 1 else f"{name} ({count_words(number, 'article', 'articles')})"
        for name, number in sorted(reports.items())
    )
    return f"{counted(entry.support, 'independent origin', 'independent origins')}: {named}"


def _credits(entry: Entry, origin: str, outlets: Mapping[str, str]) -> str:
    pairs = zip(entry.statements, entry.backings, strict=True)
    crediting = sorted({outlets[statement.document] for statement, backing in pairs if backing.origin == origin})
    return "as credited by " + (
        joined(crediting) if len(crediting) < NAMED else count_words(len(crediting), "outlet", "outlets")
    )


def speaker_words(speaker: str | None) -> str:
    """The speaker inside a sentence: "a senior official"; "" for the article's own voice."""
    if not speaker:
        return ""
    first, _, rest = speaker.strip().partition(" ")
    if first.lower() in _PRONOUNS and not rest:
        return "an unnamed speaker"
    if set(speaker.lower().split()) & (_PRONOUNS | _POSSESSIVES):
        # Whom they mean stands in the article, not here: these are the article's words, and marked as such.
        return f"“{first.lower()} {rest}”"
    return f"{first.lower()} {rest}" if first.lower() in _OPENERS and rest else speaker.strip()
