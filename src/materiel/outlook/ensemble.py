"""What came of a run: one number of each kind for every member, and the weeks of the members that were followed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from materiel.outlook.compiled import Drawn
from materiel.outlook.engine.draws import draw

Floats = NDArray[np.float64]
Packed = NDArray[np.int16] | Floats


@dataclass(frozen=True, slots=True)
class Failure:
    """A member whose numbers stopped being finite: its outcomes are not numbers, and it is in every denominator."""

    member: int
    week: int
    reason: str


def packed(values: Floats) -> Packed:
    """The same numbers in a quarter of the room where all are whole and small, as weeks and counts are; else a copy."""
    with np.errstate(invalid="ignore"):
        small = values.astype(np.int16)
    # Bit by bit: neither what is not a number nor the sign of a zero may be lost.
    is_same = np.array_equal(small.astype(np.float64).view(np.int64), values.view(np.int64))
    return small if is_same else values.copy()


class Outcomes(Mapping[str, Floats]):
    """By name, one number for each member, kept in little room: each look makes the array anew."""

    def __init__(self, names: Sequence[str], blocks: Sequence[Sequence[Packed]]) -> None:
        """Of blocks of members in their order, each with the numbers of every name."""
        self._places = {name: place for place, name in enumerate(names)}
        self._blocks = tuple(blocks)

    def __getitem__(self, name: str) -> Floats:
        place = self._places[name]
        return np.concatenate([block[place] for block in self._blocks], dtype=np.float64)

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


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
    outcomes: Mapping[str, Floats]
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
