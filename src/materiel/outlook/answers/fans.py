"""Fans: how a stock, a flow, a backlog or a state spreads over the members, week by week."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from materiel.outlook.answers.chances import Numbers

LEVELS = (0.05, 0.25, 0.50, 0.75, 0.95)


@dataclass(frozen=True, slots=True)
class Fan:
    """Quantiles of a series over members.

    Attributes:
        values: shape (levels, weeks), in the series' unit; not a number in a week in which every member has failed.
        members: those that were followed, the failed ones included.
        failed: those that failed in some week; they count in the weeks before.
        is_share: the series is 0 or 1 in each member, and all values are the share of members in which it is 1.
    """

    name: str
    values: Numbers
    members: int
    failed: int
    is_share: bool = False


def fan_of(name: str, series: Numbers) -> Fan:
    """The fan of a series.

    Args:
        name: of the series.
        series: shape (weeks, members); not a number from the week on in which a member failed.
    """
    lost = np.isnan(series)
    failed = int(np.count_nonzero(lost.any(axis=0)))
    if bool(((series == 0) | (series == 1) | lost).all()):
        shares = np.count_nonzero(series == 1, axis=1) / series.shape[1]
        return Fan(name, np.tile(shares, (len(LEVELS), 1)), series.shape[1], failed, is_share=True)
    values = np.full((len(LEVELS), len(series)), np.nan)
    if not lost.any():
        values = np.quantile(series, LEVELS, axis=1)
    else:
        known = ~lost.all(axis=1)
        values[:, known] = np.nanquantile(series[known], LEVELS, axis=1)
    return Fan(name, values, series.shape[1], failed)
