"""Who says so: the speakers and outlets behind what an entry holds, one for each independent origin."""

from __future__ import annotations

from dataclasses import dataclass

from materiel.report.briefing import Briefing
from materiel.report.figures import count_words
from materiel.report.names import joined
from materiel.report.statuses import stage_of
from materiel.terms.entries import Entry
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
    for statement in entry.statements:
        if statement.id in ids:
            by_origin.setdefault(briefing.lineage.origin_of(statement.document), []).append(statement)
    if not by_origin:
        return None
    chosen = [_spokesman(origin, said) for origin, said in sorted(by_origin.items())]
    chosen.sort(key=lambda said: (briefing.published_on(said.document) or "9999", briefing.publisher(said.document)))
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


def _voices(count: int, phrase: str, denial: str, chosen: list[Statement]) -> Voices:
    return Voices(count, phrase, denial if all(said.speaker for said in chosen) else phrase)


def _spokesman(origin: str, said: list[Statement]) -> Statement:
    """The origin's own words before those of its copies; a named speaker before the article's own voice."""
    return min(said, key=lambda statement: (statement.document != origin, statement.speaker is None))


def _named(briefing: Briefing, chosen: list[Statement], note: str = "") -> list[str]:
    """Each voice once: several outlets that quote one speaker are one voice in several outlets, and read so."""
    outlets: dict[str, list[str]] = {}
    for statement in chosen:
        outlets.setdefault(speaker_words(statement.speaker), []).append(briefing.publisher(statement.document))
    names = []
    for speaker, publishers in outlets.items():
        unique = sorted(set(publishers), key=publishers.index)
        names.extend([f"{speaker} (in {joined(unique)}{note})"] if speaker else unique)
    return names


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
