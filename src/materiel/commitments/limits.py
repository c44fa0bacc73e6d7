"""Which of the matches of an atom lie within its limits, and how surely.

Each gets a quality: YES (surely within, nobody denies it), CONTESTED (surely within, and denied), MAYBE (its day, or
that
of the happening it is set against, is not known well enough). What is not within is left out.

Limits by dates, the last days, the day asked of and the day since which a commitment counts come to one window. A
limit by another happening is met if some happening of that kind meets it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from materiel.commitments.cells import Asking, HappeningIndex
from materiel.commitments.days import FIRST_DAY, MAYBE, NO, YES, Span, clipped, inside, span_of
from materiel.commitments.happenings import Happening
from materiel.commitments.matching import find_matches, placed
from materiel.commitments.tree import Grading, Last, Relation, TimeLimit

CONTESTED = 2


@dataclass(frozen=True, slots=True)
class Clocks:
    """The day asked of and the day by which it was known, as ordinals.

    Attributes:
        apart: lines of the register that do not count: what set a commitment off does not keep it.
    """

    as_of: int
    known_by: int
    apart: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Found:
    """A happening within limits, and how surely."""

    happening: Happening
    quality: int


def window_of(asking: Asking, clocks: Clocks, since: int = FIRST_DAY) -> Span:
    """The days that an atom may look at by its dates. It is empty where the last day is before the first."""
    begin, end = since, clocks.as_of
    for limit in asking.limits:
        match limit:
            case Last(days):
                begin = max(begin, clipped(clocks.as_of - days + 1))
            case TimeLimit(relation, str(moment), days):
                first, last = span_of(moment)
                match relation:
                    case Relation.BEFORE:
                        end = min(end, first - 1)
                    case Relation.UNTIL:
                        end = min(end, last)
                    case Relation.AFTER:
                        begin = max(begin, last + 1)
                    case Relation.SINCE:
                        begin = max(begin, first)
                    case Relation.WITHIN:
                        begin = max(begin, clipped(first - (days or 0)))
                        end = min(end, clipped(last + (days or 0)))
            case _:
                pass
    return begin, end


def has_only_window(asking: Asking) -> bool:
    """Whether dates are all that limits an atom."""
    return all(
        isinstance(limit, Last) or (isinstance(limit, TimeLimit) and isinstance(limit.moment, str))
        for limit in asking.limits
    )


def find(asking: Asking, index: HappeningIndex, clocks: Clocks, window: Span, since: int = FIRST_DAY) -> list[Found]:
    """What matches within the limits, by the day by which it had surely happened."""
    matches = find_matches(asking, index)
    grading = next((limit for limit in asking.limits if isinstance(limit, Grading)), None)
    anchors = [
        (limit, find(limit.moment, index, replace(clocks, apart=frozenset()), window_of(limit.moment, clocks)))
        for limit in asking.limits
        if isinstance(limit, TimeLimit) and not isinstance(limit.moment, str)
    ]
    found: list[Found] = []
    if window[1] < window[0]:
        return found
    for happening, contested_from in matches:
        if happening.known > clocks.known_by or happening.entry in clocks.apart or happening.span[1] < window[0]:
            continue
        quality = inside(placed(happening, since), window)
        if quality is not NO and contested_from <= clocks.known_by:
            quality = min(quality, CONTESTED)
        if quality is not NO and grading is not None and not _is_graded(happening, grading):
            quality = NO
        for limit, moments in anchors:
            quality = min(quality, _against(placed(happening, since), limit, moments)) if quality else NO
        if quality:
            found.append(Found(happening, quality))
    return found


def _is_graded(happening: Happening, limit: Grading) -> bool:
    """Whether the grade is as good on both scales; what is imagined has none, and needs none."""
    if happening.is_imagined:
        return True
    grade = happening.grade
    return grade is not None and grade[0] <= limit.reliability and grade[1] <= limit.credibility


def _against(span: Span, limit: TimeLimit, moments: list[Found]) -> int:
    """How surely a day lies as a limit asks to some happening."""
    best = NO
    for moment in moments:
        best = max(best, min(moment.quality, relate(span, limit.relation, moment.happening.span, limit.days or 0)))
        if best == YES:
            break
    return best


def relate(span: Span, relation: Relation, moment: Span, days: int) -> int:
    """Whether one day lies so to another, where each is known as a span: YES, MAYBE or NO."""
    first, last = span
    early, late = moment
    match relation:
        case Relation.BEFORE:
            surely, possibly = last < early, first < late
        case Relation.UNTIL:
            surely, possibly = last <= early, first <= late
        case Relation.AFTER:
            surely, possibly = first > late, last > early
        case Relation.SINCE:
            surely, possibly = first >= late, last >= early
        case Relation.WITHIN:
            surely = max(last - early, late - first) <= days
            possibly = max(first - late, early - last) <= days
    return YES if surely else MAYBE if possibly else NO
