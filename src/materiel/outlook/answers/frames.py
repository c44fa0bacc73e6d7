"""Results as pandas DataFrames and xarray Datasets, for people who go on from here. The extra ``materiel[outlook]``."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import numpy as np

from materiel.outlook.answers.extras import needed
from materiel.outlook.answers.outlook import Outlook
from materiel.outlook.ensemble import Ensemble
from materiel.terms.likelihood import likelihood_words

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr


def outcomes_frame(ensemble: Ensemble) -> pd.DataFrame:
    """One row for each member, one column for each outcome; not a number where the member failed."""
    pandas = needed("pandas", "A table of members")
    return _as_frame(pandas.DataFrame(dict(ensemble.outcomes)).rename_axis("member"))


def numbers_frame(ensemble: Ensemble) -> pd.DataFrame:
    """One row for each member, one column for each number that was drawn for it."""
    pandas = needed("pandas", "A table of numbers")
    names = [drawn.name for drawn in ensemble.drawn]
    return _as_frame(pandas.DataFrame(ensemble.table(names), columns=names).rename_axis("member"))


def chances_frame(outlook: Outlook) -> pd.DataFrame:
    """One row for each policy, commitment and state: share, its 95 % interval, members, failed, word."""
    pandas = needed("pandas", "A table of chances")
    return _as_frame(
        pandas.DataFrame(
            [
                {
                    "policy": view.policy,
                    "commitment": fate.id,
                    "state": turn.state,
                    "by": outlook.by.isoformat(),
                    "share": turn.by.share,
                    "low": turn.by.low,
                    "high": turn.by.high,
                    "members": turn.by.members,
                    "failed": turn.by.failed,
                    "words": likelihood_words(turn.by.low, turn.by.high),
                }
                for view in outlook.views
                for fate in view.fates
                for turn in fate.turns
            ]
        )
    )


def series_dataset(outlook: Outlook) -> xr.Dataset:
    """Every series: dimensions policy, week and member (those that were followed); weeks have their first days."""
    xarray = needed("xarray", "A dataset of series")
    start = outlook.scenario.start
    first = outlook.ensembles[0]
    return _as_dataset(
        xarray.Dataset(
            {
                name: (
                    ("policy", "week", "member"),
                    np.stack([ensemble.series[name] for ensemble in outlook.ensembles]),
                )
                for name in first.series
            },
            coords={
                "policy": [ensemble.policy or "as it stands" for ensemble in outlook.ensembles],
                "week": list(range(first.weeks)),
                "day": ("week", [str(start + timedelta(days=7 * week)) for week in range(first.weeks)]),
                "member": list(range(first.followed)),
            },
            attrs={"scenario": outlook.scenario.name, "seed": outlook.seed, "digest": outlook.digest},
        )
    )


def _as_frame(frame: Any) -> pd.DataFrame:
    """The packages are asked for by name, where they are needed, so types end here."""
    made: pd.DataFrame = frame
    return made


def _as_dataset(dataset: Any) -> xr.Dataset:
    made: xr.Dataset = dataset
    return made
