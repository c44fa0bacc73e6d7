"""Figures of a sentence: its numbers with what they count, its fractions and percentages, and their rate."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Span, Token

from materiel.reading.amounts import CURRENCY_NAMES, NOT_COUNTS, parse_number
from materiel.reading.clauses import prepositions
from materiel.reading.lexicons import words

_SCALES = frozenset({"million", "billion", "thousand", "hundred", "dozen", "crore", "lakh", "mln", "bln", "bn", "m"})
_TIMES = frozenset(
    {"year", "month", "day", "week", "hour", "minute", "per", "percent", "pct", "%", "time", "times", "o'clock"}
)
_RATE = re.compile(
    r"\b(?:a|per|each|every) (?P<unit>year|month|day|week)\b"
    r"|\b(?P<adverb>annually|monthly|daily|yearly|weekly)\b|\bannual\b",
    re.IGNORECASE,
)
_ADVERBS = {"annually": "year", "yearly": "year", "monthly": "month", "daily": "day", "weekly": "week"}
_PERCENT = re.compile(r"(?P<number>\d+(?:\.\d+)?) ?-?(?:%|per cent\b|percent\b|pct\b)", re.IGNORECASE)
_ORDER = {
    "half": 2, "halves": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "tenth": 10,
}  # fmt: skip
_COUNT = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "nine": 9, "seven": 7, "six": 6}
_FRACTION = re.compile(
    r"\b(?P<count>a|one|two|three|four|six|seven|nine)[ -](?P<part>third|quarter|fourth|fifth|sixth|tenth)s?\b(?: of\b)"
    r"|(?P<half>\bhalf)(?=(?: of)? (?:its|the|their|all)\b[\w ,'-]{0,30}"
    r"\b(?:arms|weapons|imports|exports|missiles|tanks|jets)\b)",
    re.IGNORECASE,
)
_CALIBRES = frozenset({60, 81, 105, 120, 122, 125, 130, 152, 155})
_BEFORE = re.compile(r"\b(?P<adjective>monthly|annual|daily|yearly|weekly)\b", re.IGNORECASE)
_NEAR, _NEAR_BEFORE = 45, 90
"""How many characters after a number its rate may stand, and before it."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of a sentence.

    Attributes:
        number: its first token.
        value: the number; of a range its lower end.
        anchor: the word by which number and counted hang in the sentence.
        counted: the head of what it counts; None where the text leaves it out ("200,000 a month").
        after: the word after the number, in the same sentence.
        rate: "year", "month", "week" or "day" where it runs by that.
    """

    number: Token
    value: float
    anchor: Token
    counted: Token | None
    after: Token | None
    rate: str | None

    @property
    def is_a_count(self) -> bool:
        """Whether the named entities don't have the number for a date, a price or the like."""
        if self._counts_things:
            return True  # without asking for the entities, which cost half a parse
        before = self.number.nbor(-1) if self.number.i else None
        if before is not None and before.ent_type_ == "MONEY":
            return False
        kind = self.number.ent_type_
        return kind not in NOT_COUNTS or (kind == "DATE" and self.after is not None and self.after.pos_ == "NOUN")

    @property
    def _counts_things(self) -> bool:
        """Whether it stands before a common noun in the plural that is no stretch of time and no money."""
        counted = self.counted
        if counted is None or counted.tag_ != "NNS" or self.number.dep_ != "nummod" or self.number.head is not counted:
            return False
        lemma = counted.lemma_.lower()
        return not (lemma in words("period") or lemma in words("no-thing") or lemma in CURRENCY_NAMES)

    @property
    def unit(self) -> str | None:
        return self.counted.lower_ if self.counted is not None else None


@dataclass(frozen=True, slots=True)
class Share:
    """A percentage or a fraction at ``text[start:end]`` of the sentence; ``percent`` in hundredths."""

    start: int
    end: int
    percent: float


def counts_of(sentence: Span) -> list[Figure]:
    """Every number of the sentence that counts something."""
    return [figure for figure in figures_of(sentence) if figure.is_a_count]


def figures_of(sentence: Span) -> list[Figure]:
    """Every number of the sentence that may count something, :attr:`Figure.is_a_count` not yet asked."""
    found: list[Figure] = []
    last = -1
    for token in sentence:
        if token.i <= last or not _is_number(token):
            continue
        run = _run(token, sentence)
        last = run[-1].i
        value = parse_number(" ".join(t.text for t in run))
        after = sentence.doc[last + 1] if last + 1 < sentence.end else None
        if value is None or _is_no_count(run, after):
            continue
        value *= _scale_of_range(run, after, sentence)
        anchor, counted = _counted(run)
        if counted is None and value in _CALIBRES:
            continue
        found.append(Figure(run[0], value, anchor, counted, after, _rate(run, sentence)))
    return found


def _is_number(token: Token) -> bool:
    return token.like_num and token.lower_ not in {"one", "second", "third", "first"}


def _run(token: Token, sentence: Span) -> list[Token]:
    run = [token]
    while token.lower_ in _SCALES and run[0].i > sentence.start and run[0].nbor(-1).lower_ in {"a", "half"}:
        run.insert(0, run[0].nbor(-1))
    while run[-1].i + 1 < sentence.end:
        following = run[-1].nbor()
        if following.like_num or following.lower_.rstrip("s") in _SCALES:
            run.append(following)
        elif following.text == "-" and following.i + 1 < sentence.end and following.nbor().lower_ in _SCALES:
            run += [following, following.nbor()]
        else:
            break
    return run


def _is_no_count(run: list[Token], after: Token | None) -> bool:
    """Whether the words show that the number is a price, a calibre or a part of a name, and counts nothing."""
    first = run[0]
    if first.i and first.nbor(-1).lower_ in {"several", "few", "many"}:
        return True
    if _has_grown_from(run):
        return True
    before = first.nbor(-1) if first.i else None
    is_of_name = before is not None and before.pos_ == "PROPN" and before.is_upper and before.head == first.head
    if is_of_name:
        return True
    if before is not None and before.text in {"$", "€", "£", "-", "No.", "Rs"}:
        return True
    if after is None:
        return False
    bare = after.lemma_.lower()
    return bare in words("measure-unit") or (bare in _TIMES and after.lower_ not in {"a", "per"})


def _has_grown_from(run: list[Token]) -> bool:
    """Whether it is what a figure was before: "has grown from 14,000 to 24,000"."""
    above = next((t for t in run[-1].ancestors if t.pos_ in {"ADP", "VERB", "AUX"}), None)
    return above is not None and above.lower_ == "from" and any(c.lower_ == "to" for c in above.head.children)


def _scale_of_range(run: list[Token], after: Token | None, sentence: Span) -> float:
    """The scale that the upper end gives to the lower: "one to two million", "ten and twelve thousand"."""
    if after is None or after.lower_ not in {"to", "and", "or", "-"} or any(t.lower_ in _SCALES for t in run):
        return 1.0
    upper = list(sentence.doc[after.i + 1 : min(after.i + 4, sentence.end)])
    if len(upper) >= 2 and upper[0].like_num and upper[1].lower_ in {"thousand", "million", "billion", "hundred"}:
        return parse_number(upper[1].text) or 1.0
    return 1.0


def _counted(run: list[Token]) -> tuple[Token, Token | None]:
    """The word by which the number hangs, and the head of what is counted: "450 older tanks", "43 of the jets"."""
    head = run[-1]
    while head.head != head and (head.pos_ == "NUM" or head.like_num) and head.dep_ in {
        "nummod", "compound", "quantmod", "nmod", "amod", "appos",
    }:  # fmt: skip
        head = head.head
    if head in run:
        return head, next((end for word in run for p, end in prepositions(word) if p == "of"), None)
    if head.pos_ not in {"NOUN", "PROPN"} or head.i < run[0].i:
        return run[-1], None
    if head.lemma_.lower() in words("container"):
        return head, next((end for p, end in prepositions(head) if p == "of"), head)
    return head, head


def _rate(run: list[Token], sentence: Span) -> str | None:
    """The rate that stands after the number, or as an adjective before it."""
    end = run[-1].idx + len(run[-1]) - sentence.start_char
    after = _RATE.search(sentence.text, end, end + _NEAR)
    if after is not None:
        return after["unit"] or _ADVERBS.get((after["adverb"] or "").lower()) or "year"
    start = run[0].idx - sentence.start_char
    before = _BEFORE.search(sentence.text, max(0, start - _NEAR_BEFORE), start)
    return _ADVERBS.get(before["adjective"].lower(), "year") if before is not None else None


def shares_of(sentence: Span) -> Iterator[Share]:
    """Every percentage and fraction of the sentence."""
    for match in _PERCENT.finditer(sentence.text):
        yield Share(match.start(), match.end(), float(match["number"]))
    for match in _FRACTION.finditer(sentence.text):
        if match["half"]:
            yield Share(match.start(), match.end(), 50.0)
        else:
            parts = _ORDER[match["part"].lower()]
            yield Share(match.start(), match.end(), round(100.0 * _COUNT[match["count"].lower()] / parts, 1))
