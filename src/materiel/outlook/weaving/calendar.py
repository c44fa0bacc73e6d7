"""Days and weeks of a scenario. Days are counted from its first day, which is 0; week t begins on day 7 t.

Every happening of a week lies on one of three days of it: events and shocks on the first, decisions and turns of
commitments on the second, what is sent and what arrives on the last. A decision of week t looks at what has happened
by its first day, a hazard of week t at what has happened before it.
"""

from __future__ import annotations

from typing import Final

from materiel.outlook.program import Constant, Expression, Week
from materiel.outlook.weaving.arithmetic import add, at_most, both, multiply

NEVER: Final = -1e9
"""A day on which something happened last that has never happened."""
EVENTS: Final = 0
DECISIONS: Final = 1
FLOWS: Final = 6
"""Days of the week on which things happen."""
AT_DECISIONS: Final = 0
AT_HAZARDS: Final = -1
"""Days, from the first of the week, on which conditions are asked."""
DAYS: Final = 7

Bounds = tuple[int | None, int | None]
"""The first and the last day that count; None: without limit."""


def within(first: Bounds, second: Bounds) -> Bounds:
    """The days that lie in both."""
    begins = [day for day in (first[0], second[0]) if day is not None]
    ends = [day for day in (first[1], second[1]) if day is not None]
    return max(begins) if begins else None, min(ends) if ends else None


def lies_in(bounds: Bounds, day: int) -> bool:
    """Whether a day counts."""
    begin, end = bounds
    return (begin is None or begin <= day) and (end is None or day <= end)


def weeks_of(bounds: Bounds, day: int, weeks: int) -> tuple[int, int]:
    """The first and the last week whose ``day`` lies in the bounds; the last before the first where there is none."""
    begin, end = bounds
    first = 0 if begin is None else max(0, -((day - begin) // DAYS))
    last = weeks - 1 if end is None else min(weeks - 1, (end - day) // DAYS)
    return first, last


def weeks_back(days: int, day: int, asked: int) -> int:
    """How many weeks ago, at most, the ``day`` of a week lies in the last ``days`` days up to the day asked."""
    return (days - 1 + day - asked) // DAYS


def day_of(day: int) -> Expression:
    """A day of this week, from the start."""
    return add(multiply(DAYS, Week()), day)


def counts(bounds: Bounds, day: int, weeks: int) -> Expression:
    """1 in the weeks whose ``day`` lies in the bounds."""
    first, last = weeks_of(bounds, day, weeks)
    if last < first:
        return Constant(0.0)
    begun = Constant(1.0) if first == 0 else at_most(first, Week())
    return begun if last == weeks - 1 else both(begun, at_most(Week(), last))
