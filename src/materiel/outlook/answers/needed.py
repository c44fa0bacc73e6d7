"""What would have to be true: for each uncertain number, where in its range an outcome comes about often enough.

One number at a time is set to a value in every member, all others and luck as drawn, and the share of members is taken
in which the outcome comes about. All values see the same members, so the curve is smooth, and the place where it passes
the level can be found by halving.

That takes many runs. The ensemble itself, parted into tenths by a number, shows first whether the number makes a
difference at all, and whether any tenth comes near the level; numbers that do not are not looked at, and told as such.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import sqrt

import numpy as np

from materiel.errors import InputRefused
from materiel.outlook.answers.chances import Chance, Flags, Numbers, Z
from materiel.outlook.answers.sensitivity import RunRows, Uncertain

GRID = 7
HALVINGS = 6
AT_ONCE = 32
"""Settings of a number that are run in one go: their rows have to fit into memory."""


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
        numbers: those that were looked at: first those that reach the level somewhere but not everywhere, then by
            swing.
        passed_over: names of those that make no difference that the ensemble shows, or none near the level.
    """

    outcome: str
    level: float
    as_drawn: Chance
    numbers: tuple[Needed, ...]
    passed_over: tuple[str, ...] = ()


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

    Raises:
        InputRefused: the level is no such share.
    """
    if not 0 < level <= 1:
        raise InputRefused(f"A level of {level} was asked for. Give a share above 0 and at most 1, such as 0.5.")
    share_of = _Shares(table, run, came)
    grids = [[float(at) for at in np.linspace(one.low, one.high, 2 if one.is_fact else GRID)] for one in numbers]
    flat = share_of([(place, value) for place, grid in enumerate(grids) for value in grid])
    shares = [[flat.pop(0) for _ in grid] for grid in grids]
    crossings = [
        _Crossing(place, grid[step], grid[step + 1], of[step] >= level)
        for place, (grid, of, one) in enumerate(zip(grids, shares, numbers, strict=True))
        for step in range(len(grid) - 1)
        if not one.is_fact and (of[step] >= level) != (of[step + 1] >= level)
    ]
    for _ in range(HALVINGS):
        reached = share_of([(crossing.place, crossing.middle) for crossing in crossings])
        crossings = [crossing.halved(share >= level) for crossing, share in zip(crossings, reached, strict=True)]
    found = []
    for place, (one, grid, of) in enumerate(zip(numbers, grids, shares, strict=True)):
        ends = [crossing.middle for crossing in crossings if crossing.place == place]
        found.append(_needed(one, level, grid, of, ends, len(table)))
    found.sort(key=lambda one: (not one.stretches or one.is_everywhere, -one.swing, one.name))
    values = run(table, np.arange(len(table), dtype=np.int64))
    as_drawn = Chance(int(came(values).sum()), len(table), int(np.isnan(values).sum()))
    return WhatNeeded(outcome, level, as_drawn, tuple(found))


@dataclass(frozen=True, slots=True)
class _Crossing:
    """Two values of a number between which the level begins or ceases to be reached."""

    place: int
    first: float
    last: float
    is_reached_at_first: bool

    @property
    def middle(self) -> float:
        return (self.first + self.last) / 2

    def halved(self, is_reached: bool) -> _Crossing:
        """The half in which it lies, after a look at the middle."""
        if is_reached == self.is_reached_at_first:
            return replace(self, first=self.middle)
        return replace(self, last=self.middle)


@dataclass(frozen=True, slots=True)
class _Shares:
    """The share of members in which the outcome comes about with one number set to a value, for many such settings."""

    table: Numbers
    run: RunRows
    came: Callable[[Numbers], Flags]

    def __call__(self, settings: Sequence[tuple[int, float]]) -> list[float]:
        members = len(self.table)
        luck = np.arange(members, dtype=np.int64)
        found: list[float] = []
        for begin in range(0, len(settings), AT_ONCE):
            some = settings[begin : begin + AT_ONCE]
            rows = np.tile(self.table, (len(some), 1))
            for at, (place, value) in enumerate(some):
                rows[at * members : (at + 1) * members, place] = value
            came = self.came(self.run(rows, np.tile(luck, len(some))))
            found.extend((came.reshape(len(some), members).sum(axis=1) / members).tolist())
        return found


def _needed(
    number: Uncertain, level: float, grid: list[float], shares: list[float], crossings: list[float], members: int
) -> Needed:
    low, high = number.low, number.high
    if number.is_fact:
        at = tuple(Stretch(value, value) for value, share in zip(grid, shares, strict=True) if share >= level)
        reached = (Stretch(low, high),) if len(at) == len(grid) else at
        return Needed(number.name, low, high, tuple(shares), reached, None, is_fact=True)
    ends = [*([low] if shares[0] >= level else []), *crossings, *([high] if shares[-1] >= level else [])]
    stretches = tuple(Stretch(*ends[at : at + 2]) for at in range(0, len(ends), 2))
    error = Z * sqrt(max(level * (1 - level), 0.25 / members) / members)
    steps = [abs(after - before) for before, after in pairwise(shares) if (before >= level) != (after >= level)]
    blurs = [error * (grid[1] - grid[0]) / step for step in steps]
    return Needed(number.name, low, high, tuple(shares), stretches, max(blurs, default=None), is_fact=False)
