"""The answers to a condition, and how they join.

==============  ==============================================================================================
holds           Somebody states it, and nobody denies it.
does not hold   Somebody denies it or states the contrary, and nobody states it.
disputed        Somebody states it and somebody denies it.
not reported    Nobody says so. Absence of reports is not evidence of absence.
imagined only   It turns on what only a simulation knows.
==============  ==============================================================================================

``not`` swaps the first two and leaves the others. ``and`` gives the first of these that one of its parts gives: does not
hold, imagined only, disputed, not reported, holds. ``or`` gives the first of: holds, imagined only, disputed, not
reported, does not hold. So what is decided is decided whatever else is open; where nothing decides, a dispute is louder
than silence.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from materiel.commitments.days import ANY_DAY, Span
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

MAX_SETS = 200
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


LackSets = tuple[tuple[Lack, ...], ...]
"""Sets of lacks each of which would do, none inside another, the smallest first."""


@dataclass(frozen=True, slots=True)
class Judged:
    """An outcome on the way: what is missing for it to hold, and what is missing for its negation to."""

    answer: Answer
    deciding: tuple[Happening, ...]
    for_true: LackSets
    for_false: LackSets
    when: Span | None
    known: int | None

    def outcome(self) -> Outcome:
        missing = () if self.answer is Answer.HOLDS else next(iter(self.for_true), ())
        return Outcome(self.answer, self.deciding, missing, self.when, self.known)


def negate(part: Judged) -> Judged:
    return Judged(NEGATED[part.answer], part.deciding, part.for_false, part.for_true, part.when, part.known)


def conjoin(parts: Sequence[Judged]) -> Judged:
    """``and``: decided by the parts that fail, else by all of them."""
    answer = min((part.answer for part in parts), key=_AND.__getitem__)
    return _join(parts, answer, _all_of(p.for_true for p in parts), _any_of(p.for_false for p in parts), Answer.HOLDS)


def disjoin(parts: Sequence[Judged]) -> Judged:
    """``or``: decided by the parts that hold, else by all of them."""
    answer = min((part.answer for part in parts), key=_OR.__getitem__)
    needs_all = Answer.DOES_NOT_HOLD
    return _join(parts, answer, _any_of(p.for_true for p in parts), _all_of(p.for_false for p in parts), needs_all)


def _join(
    parts: Sequence[Judged], answer: Answer, for_true: LackSets, for_false: LackSets, needs_all: Answer
) -> Judged:
    alike = [part for part in parts if part.answer is answer]
    deciding = tuple({each.id: each for part in alike for each in part.deciding}.values())
    dated = [(part.when or ANY_DAY, part.known or 0) for part in alike if part.when is not None]
    if not dated:
        return Judged(answer, deciding, for_true, for_false, None, None)
    if answer is needs_all:
        when = max(span[0] for span, _ in dated), max(span[1] for span, _ in dated)
        return Judged(answer, deciding, for_true, for_false, when, max(known for _, known in dated))
    when, known = min(dated, key=lambda pair: (pair[0][1], pair[0][0], pair[1]))
    return Judged(answer, deciding, for_true, for_false, when, known)


def _any_of(families: Iterable[LackSets]) -> LackSets:
    return _smallest({frozenset(lacks): lacks for family in families for lacks in family})


def _all_of(families: Iterable[LackSets]) -> LackSets:
    joined: LackSets = ((),)
    for family in families:
        union: dict[frozenset[Lack], tuple[Lack, ...]] = {}
        for left in joined:
            for right in family:
                both = tuple(dict.fromkeys((*left, *right)))
                union.setdefault(frozenset(both), both)
        joined = _smallest(union)
    return joined


def _smallest(sets: dict[frozenset[Lack], tuple[Lack, ...]]) -> LackSets:
    """Without sets that contain another, the smallest first, at most :data:`MAX_SETS`."""
    if len(sets) == 1:
        return tuple(sets.values())
    kept: dict[frozenset[Lack], tuple[Lack, ...]] = {}
    for members in sorted(sets, key=len):
        if len(kept) == MAX_SETS:
            break
        if not any(smaller <= members for smaller in kept):
            kept[members] = sets[members]
    return tuple(kept.values())
