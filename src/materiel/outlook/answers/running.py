"""Runs a compiled scenario for the answers that need rows of their own: drivers, what is needed, one member's story."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from materiel.outlook.answers.chances import Numbers
from materiel.outlook.answers.sensitivity import RunRows, Uncertain
from materiel.outlook.compiled import Compiled, Drawn
from materiel.outlook.engine.draws import draw, spread_over
from materiel.outlook.engine.run import EngineName, Sampled, run_sample
from materiel.outlook.scenario.numbers import Spread

Done = Callable[[int], None]
"""Told how many rows have been run since it was told last."""

_AT_ONCE = 131_072
"""Rows that are run in one go: their numbers have to fit into memory."""
_OUTSIDE = 0.01
"""Share left out at each end of a distribution without ends."""


@dataclass(frozen=True)
class Rows:
    """Rows of the numbers that have a spread; all others are as the scenario and the policy set them.

    Attributes:
        compiled: under a policy.
        seed: of luck and draws.
        engine: as the engine takes it.
    """

    compiled: Compiled
    seed: int
    engine: EngineName = "auto"
    done: Done | None = None

    @cached_property
    def places(self) -> tuple[int, ...]:
        """Which parameters have a spread, as columns of the engine's table."""
        return tuple(place for place, one in enumerate(self.compiled.drawn) if isinstance(one.spread, Spread))

    @cached_property
    def numbers(self) -> tuple[Uncertain, ...]:
        """The uncertain numbers, in the order of the columns of every table here."""
        return uncertain_among(self.compiled.drawn)

    def drawn(self, members: int, first: int = 0) -> Numbers:
        """What so many members draw, from the first on: shape (members, numbers)."""
        wanted = [self.compiled.drawn[place] for place in self.places]
        return draw(wanted, np.arange(first, first + members, dtype=np.uint64), self.seed).T

    def running(self, outcome: str) -> RunRows:
        """A way to run rows for one outcome; what serves no other is not computed."""

        def run(rows: Numbers, luck: NDArray[np.int64]) -> Numbers:
            found = []
            for begin in range(0, len(rows), _AT_ONCE):
                part = slice(begin, begin + _AT_ONCE)
                found.append(self._sample(rows[part], luck[part], outcome).outcomes[outcome])
                if self.done is not None:
                    self.done(len(found[-1]))
            return np.concatenate(found)

        return run

    def follow(self, member: int) -> Sampled:
        """One member with every series, week by week."""
        index = np.array([member], dtype=np.uint64)
        return run_sample(
            self.compiled,
            draw(self.compiled.drawn, index, self.seed).T,
            index,
            seed=self.seed,
            engine="arrays",
            follow=1,
        )

    def _sample(self, rows: Numbers, luck: NDArray[np.int64], outcome: str) -> Sampled:
        table = np.tile(self._as_set, (len(rows), 1))
        table[:, list(self.places)] = rows
        return run_sample(
            self.compiled, table, luck.astype(np.uint64), seed=self.seed, engine=self.engine, outcomes=[outcome]
        )

    @cached_property
    def _as_set(self) -> Numbers:
        return draw(self.compiled.drawn, np.zeros(1, dtype=np.uint64), self.seed)[:, 0]


def uncertain_among(drawn: Iterable[Drawn]) -> tuple[Uncertain, ...]:
    """The numbers that have a spread, in their order."""
    return tuple(_uncertain(one.name, one.spread) for one in drawn if isinstance(one.spread, Spread))


def _uncertain(name: str, spread: Spread) -> Uncertain:
    def quantile(shares: Numbers) -> Numbers:
        return spread_over(spread, shares)

    if spread.low is not None and spread.high is not None:
        return Uncertain(name, quantile, spread.low, spread.high)
    if spread.shape == "chance":
        return Uncertain(name, quantile, 0.0, 1.0, is_fact=True)
    low, high = quantile(np.array([_OUTSIDE, 1 - _OUTSIDE]))
    return Uncertain(name, quantile, float(low), float(high))
