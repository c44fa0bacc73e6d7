"""What came of a run: one number of each kind for every member, and the weeks of the members that were followed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from materiel.outlook.compiled import Drawn
from materiel.outlook.engine.draws import draw

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Failure:
    """A member whose numbers stopped being finite: its outcomes are not numbers, and it is in every denominator."""

    member: int
    week: int
    reason: str


@dataclass(frozen=True, eq=False)
class Ensemble:
    """The members 0 .. ``members`` - 1 of a scenario under one policy.

    Attributes:
        digest: of the scenario.
        policy: the policy's name, None where the scenario ran as it stands.
        outcomes: by name, one number for each member; not a number where the member failed.
        failures: by member.
        series: by name, weeks x followed: the first ``followed`` members, at the end of each week.
        drawn: where the parameters come from.
        notes: what had to be passed over, such as a torn file of a run that was stopped.
    """

    digest: str
    policy: str | None
    seed: int
    members: int
    weeks: int
    outcomes: dict[str, Floats]
    failures: tuple[Failure, ...]
    series: dict[str, Floats]
    followed: int
    drawn: tuple[Drawn, ...]
    notes: tuple[str, ...] = ()

    def table(self, names: Sequence[str] | None = None, first: int = 0, last: int | None = None) -> Floats:
        """What was drawn for the members ``first`` .. ``last`` - 1: a row for each member, a column for each name.

        Nothing of it is kept: it is drawn again, to the same bits. Default: every member, all parameters.

        Raises:
            KeyError: a name is none of the parameters.
        """
        by_name = {drawn.name: drawn for drawn in self.drawn}
        wanted = [by_name[name] for name in (by_name if names is None else names)]
        members = np.arange(first, self.members if last is None else last, dtype=np.uint64)
        return draw(wanted, members, self.seed).T
