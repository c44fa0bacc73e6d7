"""Whether a condition holds: a pure function of the condition, happenings and the two clocks.

``as_of`` asks about the world: what had happened by the end of that day. ``known_by`` asks about knowledge: what had
been published by then. A happening whose day is known only in part counts where every day that it may be counts,
counts against nothing where none does, and otherwise leaves the condition open; the answer then names it, and says
that its day is missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from materiel.commitments.answers import (
    Answer,
    Judged,
    LackKind,
    Need,
    Outcome,
    conjoin,
    disjoin,
    negate,
)
from materiel.commitments.cells import HappeningIndex
from materiel.commitments.days import FIRST_DAY, LAST_DAY, NO, YES, Span, inside, span_of
from materiel.commitments.denials import covering
from materiel.commitments.figures import compare_levels, judge_measure, judge_total
from materiel.commitments.happenings import Happening
from materiel.commitments.limits import CONTESTED, Clocks, Found, find, has_only_window, window_of
from materiel.commitments.matching import against, first_clean, said_unknown
from materiel.commitments.tree import (
    And,
    Condition,
    Leaf,
    Level,
    LevelComparison,
    MeasureAtom,
    Not,
    Occurrence,
    Or,
    Support,
    Total,
)
from materiel.terms.statements import Assertion

Levels = Mapping[Level, float]
"""What a simulation knows of levels."""


def evaluate(
    condition: Condition,
    happenings: Iterable[Happening] | HappeningIndex,
    *,
    as_of: str,
    known_by: str | None = None,
    levels: Levels | None = None,
    is_complete: bool = False,
) -> Outcome:
    """The answer, with the happenings that decided it and what is missing.

    Args:
        condition: what is asked.
        happenings: recorded and imagined ones; an index of them answers many questions faster.
        as_of: an ISO day, month or year; what had happened by its last day counts.
        known_by: likewise; what was published by its last day counts. None: whatever is known, its day of publication
            or not.
        levels: of a simulation; without them levels are imagined only.
        is_complete: the happenings are all there are, as in a simulation: what is not among them has not happened.

    Raises:
        DayRefused: a date is none.
    """
    index = happenings if isinstance(happenings, HappeningIndex) else HappeningIndex(happenings)
    return judge(condition, index, clocks_of(as_of, known_by), levels=levels, is_complete=is_complete).outcome()


def clocks_of(as_of: str, known_by: str | None = None) -> Clocks:
    """Both dates as days.

    Raises:
        DayRefused: a date is none.
    """
    return Clocks(span_of(as_of)[1], span_of(known_by)[1] if known_by else LAST_DAY + 1)


def judge(
    condition: Condition,
    index: HappeningIndex,
    clocks: Clocks,
    *,
    since: int = FIRST_DAY,
    levels: Levels | None = None,
    is_complete: bool = False,
) -> Judged:
    """The answer to a condition of which only what happened since a day counts."""
    match condition:
        case And(parts):
            return conjoin([_judge(part, index, clocks, since, levels, is_complete) for part in parts])
        case Or(parts):
            return disjoin([_judge(part, index, clocks, since, levels, is_complete) for part in parts])
        case Not(part):
            return negate(_judge(part, index, clocks, since, levels, is_complete))
        case _:
            return _leaf(condition, index, clocks, since, levels, is_complete)


def _judge(
    part: Condition, index: HappeningIndex, clocks: Clocks, since: int, levels: Levels | None, is_complete: bool
) -> Judged:
    return judge(part, index, clocks, since=since, levels=levels, is_complete=is_complete)


def _leaf(
    leaf: Leaf, index: HappeningIndex, clocks: Clocks, since: int, levels: Levels | None, is_complete: bool
) -> Judged:
    match leaf:
        case LevelComparison():
            return _level(leaf, levels)
        case MeasureAtom():
            judged = judge_measure(leaf, index, clocks, since)
        case Total():
            return judge_total(leaf, index, clocks, since, is_complete=is_complete)
        case _:
            judged = judge_occurrence(leaf, index, clocks, since)
    if is_complete and judged.answer is Answer.NOT_REPORTED and not judged.deciding:
        return leaf_judged(leaf, Answer.DOES_NOT_HOLD, (), LackKind.HAPPENING)
    return judged


def _level(leaf: LevelComparison, levels: Levels | None) -> Judged:
    if levels is None:
        return leaf_judged(leaf, Answer.IMAGINED_ONLY, (), LackKind.LEVEL)
    holds = compare_levels(leaf, levels)
    return leaf_judged(leaf, Answer.HOLDS if holds else Answer.DOES_NOT_HOLD, (), LackKind.LEVEL)


def judge_occurrence(leaf: Occurrence, index: HappeningIndex, clocks: Clocks, since: int) -> Judged:
    """Whether something of the kind has happened."""
    window = window_of(leaf, clocks, since)
    if has_only_window(leaf) and not clocks.apart:
        first, are_others = first_clean(leaf, index, window, clocks.known_by, since)
        if first is not None:
            return leaf_judged(leaf, Answer.HOLDS, (first,), LackKind.HAPPENING, when=first.span, known=first.known)
        if not are_others:
            return _unsupported(leaf, index, clocks, window, [])
    return _from_all(leaf, index, clocks, window, since)


def _from_all(leaf: Occurrence, index: HappeningIndex, clocks: Clocks, window: Span, since: int) -> Judged:
    found = find(leaf, index, clocks, window, since)
    needed = max((limit.origins for limit in leaf.limits if isinstance(limit, Support)), default=1)
    sure = _supported(found, YES, needed, clocks)
    if sure:
        when = max(each.span[0] for each in sure), max(each.span[1] for each in sure)
        known = max(each.known for each in sure)
        return leaf_judged(leaf, Answer.HOLDS, sure, LackKind.HAPPENING, when=when, known=known)
    contested = _supported(found, CONTESTED, needed, clocks)
    if contested:
        reached = [each for each in _deniers(index, contested) if each.known <= clocks.known_by]
        return leaf_judged(leaf, Answer.DISPUTED, (*contested, *reached), LackKind.DISPUTE, contested[0].entry)
    return _unsupported(leaf, index, clocks, window, found)


def _deniers(index: HappeningIndex, contested: tuple[Happening, ...]) -> list[Happening]:
    """The denials that reach what is contested."""
    found: dict[str, Happening] = {}
    for stated in contested:
        found.update((denial.id, denial) for denial in index.deniers(stated))
    return sorted(found.values(), key=lambda each: (each.known, each.id))


def _supported(found: list[Found], quality: int, needed: int, clocks: Clocks) -> tuple[Happening, ...]:
    """The happenings of the first line of the register that enough origins tell of, at least so surely.

    Of one that is imagined nobody has to tell. Lines come in the order of their happenings, which is that of time.
    """
    lines: dict[str, list[Happening]] = {}
    origins: dict[str, set[str]] = {}
    for each in found:
        if each.quality < quality:
            continue
        happening = each.happening
        told = lines.setdefault(happening.entry, [])
        told.append(happening)
        names = origins.setdefault(happening.entry, set())
        names.update(telling.origin for telling in happening.tellings if telling.known <= clocks.known_by)
        if needed == 1 or happening.is_imagined:
            return (happening,)
        if len(names) >= needed:
            return tuple(told)
    return ()


def _unsupported(leaf: Occurrence, index: HappeningIndex, clocks: Clocks, window: Span, found: list[Found]) -> Judged:
    """Nothing holds it up: it is denied, or its day is open, or too few tell of it, or nobody says anything."""
    near = [each.happening for each in found]
    if near:
        kind = LackKind.SUPPORT if any(each.quality >= CONTESTED for each in found) else LackKind.DAY
        return leaf_judged(leaf, Answer.NOT_REPORTED, tuple(near[:3]), kind, near[0].entry)
    cells = tuple(index.cells_for(leaf))
    contrary = against(leaf, cells)
    heard = [each for each in contrary if each.known <= clocks.known_by and _speaks_of(each, window, clocks)]
    if heard and (cover := covering(leaf, heard)):
        when = max(each.span[0] for each in cover), max(each.span[1] for each in cover)
        known = max(each.known for each in cover)
        return leaf_judged(leaf, Answer.DOES_NOT_HOLD, cover, LackKind.HAPPENING, when=when, known=known)
    unknown = said_unknown(leaf, cells, clocks.known_by)
    return leaf_judged(leaf, Answer.NOT_REPORTED, unknown, LackKind.HAPPENING, unknown[0].entry if unknown else "")


def _speaks_of(contrary: Happening, window: Span, clocks: Clocks) -> bool:
    """Whether a denial or a refusal speaks of the time in question.

    A denial does if it speaks of some day of it. A refusal has to have been made by the day asked of, and not before
    the time in question.
    """
    if contrary.assertion is Assertion.STATED:
        return inside(contrary.span, (FIRST_DAY, clocks.as_of)) == YES and contrary.span[1] >= window[0]
    begin = contrary.span[0] if contrary.happened_on else FIRST_DAY
    return window[0] <= window[1] and inside((begin, contrary.span[1]), window) != NO


def leaf_judged(
    leaf: Leaf,
    answer: Answer,
    deciding: tuple[Happening, ...],
    lack: LackKind,
    entry: str = "",
    *,
    when: Span | None = None,
    known: int | None = None,
) -> Judged:
    """The judgement of a leaf: it lacks one thing to hold, and one to fail."""
    contrary = lack if lack is LackKind.DISPUTE or lack is LackKind.LEVEL else LackKind.CONTRARY
    return Judged(answer, deciding, Need("", (), leaf, answer, lack, contrary, entry), when, known)
