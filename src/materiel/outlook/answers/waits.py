"""How long until something comes: the week of a depletion or of a turn, with the members in which it never comes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from materiel.outlook.answers.chances import Chance, Numbers, chance_by, shares_by_week
from materiel.outlook.answers.fans import LEVELS


@dataclass(frozen=True, slots=True)
class Wait:
    """The weeks until something comes, over all members.

    Attributes:
        came: the chance that it comes within the scenario; the rest is "never", failed members included.
        weeks: at each of the levels, the first week by whose end it has come in that share of all members; None
            where it has not by the end of the scenario.
        by_week: the share in which it has come by the end of each week.
    """

    name: str
    came: Chance
    weeks: tuple[int | None, ...]
    by_week: Numbers


def wait_of(name: str, weeks: Numbers, horizon: int) -> Wait:
    """The wait for something.

    Args:
        name: of the outcome.
        weeks: the week in which it comes first, for each member; ``horizon`` where it never does.
        horizon: number of weeks of the scenario.
    """
    by_week = shares_by_week(weeks, horizon)
    return Wait(
        name, chance_by(weeks, horizon - 1, horizon), tuple(_first(by_week, level) for level in LEVELS), by_week
    )


def _first(by_week: Numbers, level: float) -> int | None:
    """The first week in which the share is reached; None where it never is."""
    # A share is a count over the members: rounding must not lift it over the level, nor keep it under.
    reached = np.flatnonzero(by_week >= level - 1e-12)
    return int(reached[0]) if len(reached) else None
