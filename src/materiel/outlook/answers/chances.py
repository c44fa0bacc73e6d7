"""The share of members in which something comes about, with its Monte Carlo error.

Every member counts in the denominator: one that failed came about in nobody's favour, and is counted apart. The
interval is Wilson's, which stays within 0 and 1 and is not empty where nothing, or everything, was seen (Wilson 1927;
Brown, Cai, DasGupta 2001). It says how far the number of members carries, and nothing of how good the scenario is.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]

Z = 1.959963984540054
"""95 percent of a normal distribution lie within so many standard deviations."""


@dataclass(frozen=True, slots=True)
class Chance:
    """In how many members something comes about.

    Attributes:
        count: members in which it does.
        members: all members, the failed ones included.
        failed: members of which nobody can say.
    """

    count: int
    members: int
    failed: int = 0

    @property
    def share(self) -> float:
        return self.count / self.members

    @property
    def low(self) -> float:
        """The lower end of the 95 % interval."""
        return wilson(self.count, self.members)[0]

    @property
    def high(self) -> float:
        return wilson(self.count, self.members)[1]


def wilson(count: int, members: int) -> tuple[float, float]:
    """Wilson's 95 % interval of a share."""
    share, square = count / members, Z * Z / members
    centre = (share + square / 2) / (1 + square)
    half = Z * sqrt(share * (1 - share) / members + square / (4 * members)) / (1 + square)
    return (0.0 if count == 0 else centre - half), (1.0 if count == members else centre + half)


def chance_of(values: Numbers, came: Flags) -> Chance:
    """The chance that ``came``.

    Args:
        values: what is told of each member; not a number where the member failed.
        came: whether it came about; what is said of a failed member does not count.
    """
    failed = np.isnan(values)
    return Chance(int(np.count_nonzero(came & ~failed)), len(values), int(np.count_nonzero(failed)))


def chance_by(weeks: Numbers, last: int, horizon: int) -> Chance:
    """The chance that something comes by the end of a week.

    Args:
        weeks: the week in which it comes first; ``horizon`` where it never does.
        last: the last week that counts.
        horizon: number of weeks of the scenario.
    """
    return chance_of(weeks, weeks <= min(last, horizon - 1))


def shares_by_week(weeks: Numbers, horizon: int) -> Numbers:
    """The share of all members in which something has come by the end of each week: an array of ``horizon``."""
    came = weeks[weeks < horizon].astype(np.int64)
    counts = np.bincount(came, minlength=horizon)[:horizon]
    return np.cumsum(counts).astype(np.float64) / len(weeks)
