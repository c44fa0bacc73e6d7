"""The upper tail of a binomial distribution, without scipy."""

from __future__ import annotations

import math

import numpy as np


def at_least(count: int, trials: int, share: float) -> float:
    """The probability of ``count`` or more successes in so many trials."""
    if count <= 0:
        return 1.0
    if share <= 0 or count > trials:
        return 0.0
    if share >= 1:
        return 1.0
    # log k! for k = 0..trials, as sums of logarithms.
    factorials = np.concatenate(([0.0], np.cumsum(np.log(np.arange(1, trials + 1)))))
    taken = np.arange(count, trials + 1)
    logs = (
        factorials[trials]
        - factorials[taken]
        - factorials[trials - taken]
        + taken * math.log(share)
        + (trials - taken) * math.log1p(-share)
    )
    top = float(logs.max())
    return min(1.0, float(np.exp(top) * np.exp(logs - top).sum()))
