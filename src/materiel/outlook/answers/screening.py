"""Which uncertain numbers an ensemble shows to matter for a share: a look before many runs are made."""

from __future__ import annotations

from math import sqrt
from statistics import NormalDist

import numpy as np

from materiel.outlook.answers.chances import Flags, Numbers

PARTS = 10
INERT = 0.1
"""A number is taken to make no difference where tenths by chance differ as much more often than this."""
FAR = 3.0
"""A tenth is near a level within so many of its standard errors."""


def may_pass(values: Numbers, came: Flags, level: float) -> bool:
    """Whether setting a number may bring the share of members to a level, or from it.

    Args:
        values: of the number, for each member.
        came: whether the outcome came about in each member.
        level: the share.
    """
    shares, sizes = _by_part(values, came)
    base = float(came.mean())
    if len(shares) < 2 or base in (0.0, 1.0):
        return False
    if chance_of_apart(shares, sizes, base) > INERT:
        return False
    errors = FAR * np.sqrt(np.maximum(shares * (1 - shares), 0.25 / sizes) / sizes)
    return bool((shares - errors).min() <= level <= (shares + errors).max())


def chance_of_apart(shares: Numbers, sizes: Numbers, base: float) -> float:
    """How often parts of these sizes differ as much by chance (chi-square, by Wilson and Hilferty's approximation)."""
    freedom = len(shares) - 1
    square = float((sizes * (shares - base) ** 2).sum() / (base * (1 - base)))
    spread = 2 / (9 * freedom)
    return 1 - NormalDist().cdf(((square / freedom) ** (1 / 3) - (1 - spread)) / sqrt(spread))


def _by_part(values: Numbers, came: Flags) -> tuple[Numbers, Numbers]:
    """Shares and sizes of the tenths by value; of a number with few values, of the members with each."""
    few = np.unique(values)
    if len(few) <= PARTS:
        parts = np.searchsorted(few, values)
    else:
        parts = np.empty(len(values), dtype=np.int64)
        parts[np.argsort(values, kind="stable")] = np.arange(len(values)) * PARTS // len(values)
    sizes = np.bincount(parts).astype(np.float64)
    return np.bincount(parts, weights=came.astype(np.float64)) / sizes, sizes
