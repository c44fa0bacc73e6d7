"""The answers to a condition, and how they join.

==============  ==============================================================================================
holds           Somebody states it, and nobody denies it.
does not hold   Somebody denies it or states the contrary, and nobody states it.
disputed        Somebody states it and somebody denies it.
not reported    Nobody says so. Absence of reports is not evidence of absence.
imagined only   It turns on what only a simulation knows.
==============  ==============================================================================================

``not`` swaps the first two and leaves the others. ``and`` gives the first of these that one of its parts gives: does
not hold, imagined only, disputed, not reported, holds. ``or`` gives the first of: holds, imagined only, disputed, not
reported, does not hold. So what is decided is decided whatever else is open; where nothing decides, a dispute is louder
than silence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from materiel.commitments.days import FIRST_DAY, Span
from materiel.commitments.happenings import Happening
from materiel.commitments.tree import Condition


class Answer(StrEnum):
    HOLDS = "holds"
    DOES_NOT_HOLD = "does not hold"
    DISPUTED = "disputed"
    NOT_REPORTED = "not reported"
    IMAGINED_ONLY = "imagined only"


AND_ORDER = (
    Answer.DOES_NOT_HOLD,
    Answer.IMAGINED_ONLY,
    Answer.DISPUTED,
    Answer.NOT_REPORTED,
    Answer.HOLDS,
)
OR_ORDER = (Answer.HOLDS, Answer.IMAGINED_ONLY, Answer.DISPUTED, Answer.NOT_REPORTED, Answer.DOES_NOT_HOLD)
_AND = {answer: place for place, answer in enumerate(AND_ORDER)}
_OR = {answer: place for place, answer in enumerate(OR_ORDER)}
NEGATED = {
    Answer.HOLDS: Answer.DOES_NOT_HOLD,
    Answer.DOES_NOT_HOLD: Answer.HOLDS,
    Answer.DISPUTED: Answer.DISPUTED,
    Answer.NOT_REPORTED: Answer.NOT_REPORTED,
    Answer.IMAGINED_ONLY: Answer.IMAGINED_ONLY,
}

MAX_SETS = 64
"""Sets of missing things that are compared; beyond, the smallest of the smallest are built up, which may miss one."""


class LackKind(StrEnum):
    """What is missing for a condition to hold."""

    HAPPENING = "happening"
    """It has to happen, and to be told."""
    CONTRARY = "contrary"
    """Somebody would have to say that it does not happen; or it has happened, and cannot be undone."""
    DAY = "day"
    """It is told, but not on which day."""
    SUPPORT = "support"
    """It is told, but by too few origins, or not well enough."""
    DISPUTE = "dispute"
    """It is stated and denied."""
    LEVEL = "level"
    """Only a simulation knows it."""


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing that is missing.

    Attributes:
        condition: the leaf that has to hold, or, of the kind contrary, that has to fail.
        entry: the line of the register that comes near, or "".
    """

    kind: LackKind
    condition: Condition
    entry: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """An answer with its reasons.

    Attributes:
        deciding: the happenings that decided it; where nothing did, those that come near (a day is open, or somebody
            says that it is not known).
        missing: the smallest set of what would have to change for the condition to hold; empty where it does.
        when: the first and the last day (ordinals) on which it may have come to hold, or to fail; None where neither.
        known: the day (ordinal) by which what decided it was known; None likewise.
    """

    answer: Answer
    deciding: tuple[Happening, ...] = ()
    missing: tuple[Lack, ...] = ()
    when: Span | None = None
    known: int | None = None

    @property
    def holds(self) -> bool:
        return self.answer is Answer.HOLDS


class Need(NamedTuple):
    """What is missing, by the shape of the condition: a leaf with its lacks, or parts that are joined.

    Attributes:
        joins: "and", "or", "not"; "" for a leaf.
        condition: the leaf; ``answer`` is the one it gives.
        to_hold, to_fail: what kind of thing a leaf lacks for either.
        entry: as of a :class:`Lack`.
    """

    joins: str
    parts: tuple[Need, ...]
    condition: Condition | None = None
    answer: Answer | None = None
    to_hold: LackKind = LackKind.HAPPENING
    to_fail: LackKind = LackKind.CONTRARY
    entry: str = ""

    def lack(self, wanted: bool) -> Lack | None:
        """What a leaf lacks to hold, or to fail; None where it does."""
        assert self.condition is not None
        if self.answer is (Answer.HOLDS if wanted else Answer.DOES_NOT_HOLD):
            return None
        return Lack(self.to_hold if wanted else self.to_fail, self.condition, self.entry)


class Judged(NamedTuple):
    """An outcome on the way; what is missing is worked out only where somebody asks."""

    answer: Answer
    deciding: tuple[Happening, ...]
    need: Need
    when: Span | None
    known: int | None

    def outcome(self) -> Outcome:
        missing = () if self.answer is Answer.HOLDS else smallest_set(self.need)
        return Outcome(self.answer, self.deciding, missing, self.when, self.known)


def negate(part: Judged) -> Judged:
    return Judged(NEGATED[part.answer], part.deciding, Need("not", (part.need,)), part.when, part.known)


def conjoin(parts: Sequence[Judged]) -> Judged:
    """``and``: decided by the parts that fail, else by all of them."""
    answer = min((part.answer for part in parts), key=_AND.__getitem__)
    return _join("and", parts, answer, Answer.HOLDS)


def disjoin(parts: Sequence[Judged]) -> Judged:
    """``or``: decided by the parts that hold, else by all of them."""
    answer = min((part.answer for part in parts), key=_OR.__getitem__)
    return _join("or", parts, answer, Answer.DOES_NOT_HOLD)


def _join(joins: str, parts: Sequence[Judged], answer: Answer, needs_all: Answer) -> Judged:
    """``needs_all`` is the answer that only all parts together can give, and so the last of them decides when."""
    alike = [part for part in parts if part.answer is answer]
    deciding = tuple({each.id: each for part in alike for each in part.deciding}.values())
    need = Need(joins, tuple(part.need for part in parts))
    dated = [(part.when, part.known or FIRST_DAY) for part in alike if part.when is not None]
    if not dated:
        return Judged(answer, deciding, need, None, None)
    if answer is needs_all:
        when = max(span[0] for span, _ in dated), max(span[1] for span, _ in dated)
        return Judged(answer, deciding, need, when, max(known for _, known in dated))
    when, known = min(dated, key=lambda pair: (pair[0][1], pair[0][0], pair[1]))
    return Judged(answer, deciding, need, when, known)


def smallest_set(need: Need) -> tuple[Lack, ...]:
    """The smallest set of lacks whose filling would make the condition hold, in the order of reading."""
    lacks: dict[Lack, int] = {}
    family = _families(need, True, lacks)
    least = family[0] if family else 0
    return tuple(lack for lack, place in lacks.items() if least >> place & 1)


def _families(need: Need, wanted: bool, lacks: dict[Lack, int]) -> list[int]:
    """Sets of lacks, as bits, each of which would do: none inside another, the smallest first."""
    if not need.joins:
        lack = need.lack(wanted)
        return [0 if lack is None else 1 << lacks.setdefault(lack, len(lacks))]
    if need.joins == "not":
        return _families(need.parts[0], not wanted, lacks)
    families = [_families(part, wanted, lacks) for part in need.parts]
    if (need.joins == "and") != wanted:
        return _smallest({bits for family in families for bits in family})
    joined = [0]
    for family in families:
        joined = _smallest({one | other for one in joined for other in family})
    return joined


def _smallest(sets: set[int]) -> list[int]:
    kept: list[int] = []
    for bits in sorted(sets, key=lambda bits: (bits.bit_count(), bits)):
        if len(kept) == MAX_SETS:
            break
        if not any(smaller & bits == smaller for smaller in kept):
            kept.append(bits)
    return kept
