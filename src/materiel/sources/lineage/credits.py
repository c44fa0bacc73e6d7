"""Whom a text credits for what it tells: an agency, a broadcaster, a newspaper, whether that is at hand or not.

A credit is either for the whole document (``SEOUL (Yonhap) --``, ``By arrangement with the Coast Post``, a last line
that is an agency's name) or for a sentence (``Nikkei reported``, ``he told Al Jazeera``), together with the sentences
that go on from it (``the daily said``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from materiel.sources.lineage.wording import Block, Wording, clean
from materiel.sources.outlets import ends_as_outlet, is_outlet_name, places
from materiel.terms.actors import states
from materiel.terms.documents import Document, Role
from materiel.terms.lineage import Credit
from materiel.terms.vocabulary import load_vocabulary, members

DATA = Path(__file__).parent.parent / "data"
LAST_LINES = 3
"""Lines at the end of a text that may be a credit."""
MAX_LINE = 90
"""Letters that a line of credit has at most."""
HEAD = 160
"""Letters at the beginning of the body in which a dateline stands."""

_CAPITALS = re.compile(
    r"(?<![\w-])[A-Z][\w'’&-]*(?:\s+(?:of|the|and|&|de|del|la|le|am)\s+[A-Z][\w'’&-]*|\s+[A-Z][\w'’&-]*){0,4}"
)
_POSSESSOR = re.compile(r"^(?:The )?[A-Z]\w+['’]s ")
_ENDS_LONGER_NAME = re.compile(r"(?:^|[^.!?\s]\s+)(?!The |State )[A-Z][a-z]+\s+$")
"""What stands before ``Press Association`` in ``Pacific Press Association``, which is another source."""
_ASKED = re.compile(
    r"(?:requests?|questions?|calls?|messages?|letters?)(?: for comment)?(?: \w+){0,2} (?:from|by|of)\s+$"
)
_DATELINE = re.compile(r"^[^.!?]{0,120}?\(([^()]{2,40})\)\s*(?:[-–—:]+|\s)")
_BARE_DATELINE = re.compile(r"^(?:[A-Z][A-Z/ .]{2,40}[,.]? )?(?:\w+ \d+,? )?([A-Z]{2,8})\s+(?:[-–—]{1,2})\s")
_TRAILING = re.compile(r"[.!?][\"”']*\s*[-–—]{1,2}\s*\(?([A-Z][\w&'’-]*(?:[ -][A-Z][\w&'’-]*){0,3})\)?\.?$")
_BARE_NAME = re.compile(r"[A-Z][\w'’-]+(?: [A-Z][\w'’-]+){0,3}")
_BETWEEN_NAMES = re.compile(r"\s*(?:,|/|;| and | - |\|)\s*")
_TAIL = re.compile(r"(?<=\w) (?:TV|[Tt]elevision|[Rr]adio|[Nn]ews [Aa]gency|agency|newspaper|channel)$")


@dataclass(frozen=True, slots=True)
class _Known:
    name: str
    is_agency: bool
    is_plain: bool
    """Another word of the language may be meant: a credit only where the sentence uses it as one."""


@cache
def _known() -> dict[str, _Known]:
    """Every name that a text may give an outside source -> the source."""
    found: dict[str, _Known] = {}
    for row in load_vocabulary(DATA / "outside_sources.csv"):
        plain = members(row["plain"])
        for alias in (row["name"], *members(row["aliases"])):
            found[alias] = _Known(row["name"], row["kind"] == "agency", alias in plain)
    return found


@cache
def words_of_kind(kind: str) -> str:
    """The words of ``credit_words.csv`` of a kind, as alternatives of a pattern, the longest first."""
    words = {row["word"] for row in load_vocabulary(DATA / "credit_words.csv") if row["kind"] == kind}
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


@dataclass(frozen=True, slots=True)
class _Patterns:
    known: re.Pattern[str]
    before: re.Pattern[str]
    after: re.Pattern[str]
    onward: re.Pattern[str]
    line: re.Pattern[str]
    noun_before: re.Pattern[str]
    noun_after: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    known = "|".join(re.escape(name) for name in sorted(_known(), key=lambda name: (-len(name), name)))
    noun = rf"(?:(?:[\w-]+ )?(?:{words_of_kind('noun')}))"
    saying = rf"(?:{words_of_kind('saying')})"
    onward = rf"(?:it|the (?:{words_of_kind('noun')}|{words_of_kind('onward')}))"
    return _Patterns(
        known=re.compile(rf"(?<![\w-])(?:{known})(?![\w-])"),
        before=re.compile(
            rf"\b(?i:{words_of_kind('before')})\s+(?:\w+day (?:\w+ )?(?:by|in|on) )?"
            rf"(?:(?:the|a|an|its?|their|[A-Z]\w+(?:'s|’s)?)\s+)?(?:{noun}\s+)?$"
        ),
        after=re.compile(
            rf"^(?:['’]s)?(?:,? (?:the|a) [^,.;]{{1,40}},)?(?:\s+{noun})?"
            rf"(?:\s+(?:has|had|also|first|later|\w+ly|on \w+day|\w+day)){{0,3}}\s+{saying}\b"
            rf"|^(?:['’]s)?\s+(?:correspondent|reporters?|{words_of_kind('onward')})\b"
        ),
        onward=re.compile(
            rf"\b{onward}\s+(?:also |further |later )?{saying}\b|\b(?:according to|told|in) (?:the|the same|this|that) "
            rf"(?:{words_of_kind('noun')}|report|interview|interviewer|broadcast|programme|program)\b",
            re.IGNORECASE,
        ),
        line=re.compile(
            rf"^(?:this (?:article|story|report) (?:was )?|.{{0,30}}, )?({words_of_kind('line')}|[-–—])\s*(?:the\s+)?"
            r"(.{2,60}?)[.\s]*$",
            re.IGNORECASE,
        ),
        noun_before=re.compile(rf"\b(?:{words_of_kind('noun')})\s+$"),
        noun_after=re.compile(rf"^\s+(?:{words_of_kind('noun')})\b"),
    )


def normal_name(name: str) -> str:
    """The name of an outlet as credits are compared: known ones by their usual name, others without "the"."""
    bare = " ".join(clean(name).split())
    bare = bare[4:] if bare[:4].casefold() == "the " else bare
    known = _known().get(bare) or _known().get(bare.title())
    if known is None:
        bare = _TAIL.sub("", bare) or bare
        known = _known().get(bare)
    return known.name if known else bare


def find_credits(document: Document, wording: Wording) -> tuple[Credit, ...]:
    """The credits of a document in the order of the text; its own outlet's name is none.

    Args:
        document: the text.
        wording: of it.
    """
    own = normal_name(document.publisher) if document.publisher else ""
    start = min((p.start for p in document.passages), default=0)
    end = max((p.end for p in document.passages), default=0)
    whole = (Credit(start, end, name, True) for name in _whole_credits(document))
    parts = _sentence_credits(document.text, wording.sentences)
    return tuple(sorted({c for c in (*whole, *parts) if c.name != own and not are_initials(c.name, own)}))


def are_initials(short: str, name: str) -> bool:
    """Whether a name in capitals stands for a longer one: ``TP`` for ``Transatlantic Press``."""
    return 1 < len(short) and short == "".join(word[0] for word in name.split() if word[0].isupper())


def _whole_credits(document: Document) -> Iterator[str]:
    body = [text for _, text in document.stretches(Role.BODY)]
    for pattern in (_DATELINE, _BARE_DATELINE):
        match = pattern.match(body[0][:HEAD]) if body else None
        if match and (name := _source_named(match.group(1), is_loose=pattern is _DATELINE)):
            yield name
            break
    ends = [line.strip() for _, text in document.stretches(Role.BODY, Role.BOILERPLATE) for line in text.splitlines()]
    ends = [line for line in ends if line][-LAST_LINES:]
    if ends and (match := _TRAILING.search(ends[-1])):
        yield normal_name(match.group(1))
    elif ends and body and body[-1].strip().endswith(ends[-1]) and _BARE_NAME.fullmatch(ends[-1]):
        yield normal_name(ends[-1])
    for line in (*(text.strip() for _, text in document.stretches(Role.BYLINE)), *ends):
        if len(line) <= MAX_LINE:
            yield from _credits_of_line(line)


def _credits_of_line(line: str) -> Iterator[str]:
    """``By arrangement with the Coast Post``, ``Source: Yonhap``, ``(with AFP)``, ``Reuters, Aden``."""
    match = _patterns().line.match(line.strip("() "))
    is_loose = match is not None and match.group(1).casefold() != "by"
    for part in _BETWEEN_NAMES.split(match.group(2) if match else line.strip("()-–— .")):
        if name := _source_named(part, is_loose=is_loose):
            yield name


def _source_named(text: str, *, is_loose: bool) -> str | None:
    """The source of this name: an agency; where the line says that it is a credit (``is_loose``), any outlet."""
    bare = text.strip(" .")
    bare = bare[4:] if bare[:4].casefold() == "the " else bare
    known = _known().get(bare) or _known().get(bare.title())
    if known and (known.is_agency or is_loose):
        return known.name
    if is_loose and not re.search(r"\d{4}|\. ", bare) and (is_outlet_name(bare) or re.fullmatch(r"[A-Z]{2,6}", bare)):
        return normal_name(bare)
    return None


def _sentence_credits(text: str, sentences: Sequence[Block]) -> Iterator[Credit]:
    last: str | None = None
    for sentence in sentences:
        words = text[sentence.start : sentence.end]
        names = list(_credited_names(words))
        if not names and last and _patterns().onward.search(words):
            names = [last]
        last = names[-1] if names else None
        for name in names:
            yield Credit(sentence.start, sentence.end, name, False)


def _credited_names(words: str) -> Iterator[str]:
    taken: list[tuple[int, int]] = []
    for match in _patterns().known.finditer(words):
        known = _known()[match.group()]
        before, after = words[: match.start()], words[match.end() :]
        if _ENDS_LONGER_NAME.search(before):
            continue
        taken.append(match.span())
        if not _ASKED.search(before) and (not known.is_plain or _is_credited(before, after)):
            yield known.name
    for match in _CAPITALS.finditer(words):
        name, before, after = _POSSESSOR.sub("", match.group()), words[: match.start()], words[match.end() :]
        if _is_no_name(name) or any(match.start() < end and start < match.end() for start, end in taken):
            continue
        is_called = _patterns().noun_before.search(before) or _patterns().noun_after.match(after)
        if (is_called or _could_be_outlet(name)) and _is_credited(before, after):
            yield normal_name(name)


def _is_credited(before: str, after: str) -> bool:
    return bool(_patterns().before.search(before[-90:]) or _patterns().after.match(after))


def _could_be_outlet(name: str) -> bool:
    last = name.split()[-1].casefold()
    return " " in name and not re.fullmatch(words_of_kind("body"), last) and ends_as_outlet(name)


def _is_no_name(name: str) -> bool:
    """Whether it is only an article or pronoun, a state, or a people's adjective."""
    return name.casefold() in _plain_words() or name.endswith(("'s", "’s"))


@cache
def _plain_words() -> frozenset[str]:
    peoples = {word.casefold() for state in states().values() for word in state.demonyms}
    return places() | peoples | {"the", "a", "an", "us", "u.s", "uk", "tv", "this", "our", "one", "western", "state"}
