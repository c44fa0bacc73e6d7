"""Two policies on the same draws: the difference that one makes, member by member.

Member i has the same numbers and the same luck under every policy, so the difference is taken within members, and its
error is that of the differences. What the pairing gained is told as well: how many times more members two runs with
luck of their own would need for the same error.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np

from materiel.outlook.answers.chances import Flags, Numbers, Z


@dataclass(frozen=True, slots=True)
class Difference:
    """What one policy changes against another.

    Attributes:
        before: share, or mean, under the policy compared with.
        after: likewise under the other.
        change: after less before.
        error: standard error of the change, paired.
        low: lower end of its 95 % interval.
        high: upper end.
        gain: variance of the unpaired difference over that of the paired one; None where no member differs.
        pairs: members that it rests on.
        left_out: members that failed under either, of which no difference can be taken; for shares they count as
            members in which it did not come about, and none is left out.
    """

    before: float
    after: float
    change: float
    error: float
    low: float
    high: float
    gain: float | None
    pairs: int
    left_out: int

    @property
    def is_told_apart(self) -> bool:
        """Whether the interval of the change leaves out 0."""
        return self.low > 0 or self.high < 0


def mean_difference(before: Numbers, after: Numbers) -> Difference:
    """The change of a mean.

    Args:
        before: the outcome of each member under one policy; not a number where it failed.
        after: of the same members, in the same order, under the other.
    """
    is_known = ~(np.isnan(before) | np.isnan(after))
    first, second = before[is_known], after[is_known]
    pairs = len(first)
    if pairs < 2:
        return Difference(*(float("nan"),) * 6, None, pairs, len(before) - pairs)
    apart = second - first
    change, error = float(apart.mean()), float(apart.std(ddof=1)) / sqrt(pairs)
    return Difference(
        float(first.mean()),
        float(second.mean()),
        change,
        error,
        change - Z * error,
        change + Z * error,
        _gain(float(first.var(ddof=1) + second.var(ddof=1)), float(apart.var(ddof=1))),
        pairs,
        len(before) - pairs,
    )


def share_difference(before: Flags, after: Flags) -> Difference:
    """The change of a share of all members, with Agresti and Min's interval for paired shares (2005).

    Args:
        before: whether it came about in each member, under one policy.
        after: in the same members, under the other.
    """
    pairs = len(before)
    gained = int(np.count_nonzero(after & ~before))
    lost = int(np.count_nonzero(before & ~after))
    change = (gained - lost) / pairs
    centre, half = _agresti_min(gained, lost, pairs)
    first, second = float(np.count_nonzero(before)) / pairs, float(np.count_nonzero(after)) / pairs
    variance = (gained + lost) / pairs - change**2
    return Difference(
        first,
        second,
        change,
        sqrt(max(variance, 0.0) / pairs),
        max(-1.0, centre - half),
        min(1.0, centre + half),
        _gain(first * (1 - first) + second * (1 - second), variance),
        pairs,
        0,
    )


def _agresti_min(gained: int, lost: int, pairs: int) -> tuple[float, float]:
    """Centre and half width: half a pair is added to each of the four kinds, so that the width is never 0."""
    gained_too, lost_too, all_pairs = gained + 0.5, lost + 0.5, pairs + 2
    centre = (gained_too - lost_too) / all_pairs
    return centre, Z * sqrt(((gained_too + lost_too) / all_pairs - centre**2) / all_pairs)


def _gain(unpaired: float, paired: float) -> float | None:
    return unpaired / paired if paired > 0 else None
