"""What would have to be true: for each uncertain number, where in its range an outcome comes about often enough.

One number at a time is set to a value in every member, all others and luck as drawn, and the share of members is taken
in which the outcome comes about. All values see the same members, so the curve is smooth, and the place where it passes
the level can be found by halving.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np

from materiel.outlook.answers.chances import Chance, Flags, Numbers, Z
from materiel.outlook.answers.sensitivity import RunRows, Uncertain

GRID = 9
HALVINGS = 7


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a number's range in which the outcome comes about often enough, both ends included."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Needed:
    """Where in the range of one number the outcome passes the level.

    Attributes:
        low, high: the range that was looked at.
        shares: the share of members at evenly spaced values from low to high.
        stretches: where the share is at or above the level; empty: at no value in the range.
        blur: by how much an end of a stretch within the range may be off (half of a 95 % interval), for the number
            of members that there were; None where no end lies within.
        is_fact: the number is 1 or 0 and nothing between.
    """

    name: str
    low: float
    high: float
    shares: tuple[float, ...]
    stretches: tuple[Stretch, ...]
    blur: float | None
    is_fact: bool

    @property
    def is_everywhere(self) -> bool:
        """Whether it is passed at every value looked at."""
        return self.stretches == (Stretch(self.low, self.high),)

    @property
    def swing(self) -> float:
        """The largest difference of shares that the number makes."""
        return max(self.shares) - min(self.shares)


@dataclass(frozen=True, slots=True)
class WhatNeeded:
    """What would have to be true for an outcome.

    Attributes:
        level: the share of members that was asked for.
        as_drawn: the chance with every number as drawn.
        numbers: those that reach the level somewhere but not everywhere first, then by swing.
    """

    outcome: str
    level: float
    as_drawn: Chance
    numbers: tuple[Needed, ...]


def find_needed(
    outcome: str,
    level: float,
    numbers: Sequence[Uncertain],
    table: Numbers,
    run: RunRows,
    came: Callable[[Numbers], Flags],
) -> WhatNeeded:
    """For each number, the stretches of its range where the outcome comes about in at least ``level`` of the members.

    Args:
        outcome: in words or by name.
        level: a share above 0 and at most 1.
        numbers: the uncertain ones.
        table: shape (members, numbers): what was drawn of them.
        run: runs rows with the luck of given members.
        came: whether the outcome came about, from what a row gave; not for a failed one.
    """
    members = np.arange(len(table), dtype=np.int64)
    values = run(table, members)
    as_drawn = Chance(int(came(values).sum()), len(table), int(np.isnan(values).sum()))

    def share_at(place: int, value: float) -> float:
        rows = table.copy()
        rows[:, place] = value
        return float(came(run(rows, members)).sum()) / len(rows)

    found = [_one(one, place, level, len(table), share_at) for place, one in enumerate(numbers)]
    found.sort(key=lambda one: (not one.stretches or one.is_everywhere, -one.swing, one.name))
    return WhatNeeded(outcome, level, as_drawn, tuple(found))


def _one(
    number: Uncertain,
    place: int,
    level: float,
    members: int,
    share_at: Callable[[int, float], float],
) -> Needed:
    low, high = number.low, number.high
    grid = [float(value) for value in np.linspace(low, high, 2 if number.is_fact else GRID)]
    shares = [share_at(place, value) for value in grid]
    if number.is_fact:
        at = tuple(Stretch(value, value) for value, share in zip(grid, shares, strict=True) if share >= level)
        reached = (Stretch(low, high),) if len(at) == len(grid) else at
        return Needed(number.name, low, high, tuple(shares), reached, None, is_fact=True)

    def is_reached(value: float) -> bool:
        return share_at(place, value) >= level

    crossings = [
        (step, _halve(grid[step], grid[step + 1], is_reached))
        for step in range(len(grid) - 1)
        if (shares[step] >= level) != (shares[step + 1] >= level)
    ]
    ends = [end for _, end in crossings]
    if shares[0] >= level:
        ends.insert(0, low)
    if shares[-1] >= level:
        ends.append(high)
    stretches = tuple(Stretch(*ends[at : at + 2]) for at in range(0, len(ends), 2))
    error = Z * sqrt(max(level * (1 - level), 0.25 / members) / members)
    blurs = [error * (grid[1] - grid[0]) / abs(shares[step + 1] - shares[step]) for step, _ in crossings]
    return Needed(number.name, low, high, tuple(shares), stretches, max(blurs, default=None), is_fact=False)


def _halve(first: float, last: float, is_reached: Callable[[float], bool]) -> float:
    """The value between two at which the level begins or ceases to be reached."""
    at_first = is_reached(first)
    for _ in range(HALVINGS):
        middle = (first + last) / 2
        if is_reached(middle) == at_first:
            first = middle
        else:
            last = middle
    return (first + last) / 2
