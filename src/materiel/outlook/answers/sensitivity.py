"""What drives an outcome: Sobol indices of the uncertain numbers, by SALib, and the part of luck.

A stochastic model has two sources of variance: the numbers that nobody knows, and luck (what hazards, chances and facts
come to). SALib sees only results. If each of its rows had luck of its own, any two of them would differ, and a number
that does nothing would look important; if all had the same luck, the indices would be those of one single future. Here
the rows made from one base sample (A, B and A with one number of B) share the luck of one member, and each base sample
has that of another. What is decomposed is therefore the whole variance, of numbers and luck together:

- a number's total index is the share of variance that goes with it, its interplay with other numbers and with luck
  included: with all else and luck held, how much does the outcome still move;
- its first index is the share that goes with it alone or with it and luck;
- the share of luck alone is the covariance of A and B over the variance: they have nothing else in common.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from materiel.errors import InputRefused
from materiel.outlook.answers.chances import Numbers
from materiel.outlook.answers.extras import needed
from materiel.terms.samples import BASE

RunRows = Callable[[Numbers, NDArray[np.int64]], Numbers]
"""Gives an outcome for rows of the uncertain numbers (rows, numbers), each with the luck of a member; not a number
where a row failed."""
RESAMPLES = 200


@dataclass(frozen=True)
class Uncertain:
    """A number with a spread.

    Attributes:
        quantile: from shares in (0, 1) to values: the inverse of its distribution function.
        low, high: the range in which it is looked at alone: all of it, or 98 % of one without ends.
        is_fact: it is 1 or 0 and nothing between.
    """

    name: str
    quantile: Callable[[Numbers], Numbers]
    low: float = 0.0
    high: float = 1.0
    is_fact: bool = False


@dataclass(frozen=True, slots=True)
class Index:
    """A share of variance with the half width of its 95 % interval (bootstrap)."""

    value: float
    half: float

    @property
    def is_told_from_nothing(self) -> bool:
        return self.value - self.half > 0


@dataclass(frozen=True, slots=True)
class Driver:
    """An uncertain number: the share of variance that goes with it alone, and with all that it takes part in."""

    name: str
    first: Index
    total: Index


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """What drives an outcome.

    Attributes:
        drivers: all uncertain numbers, the largest total index first; empty where the outcome never varies.
        luck: the share of variance that is luck alone; None where the outcome never varies.
        variance: of the outcome, of numbers and luck together.
        base: base samples that were used.
        left_out: base samples that were left out because one of their rows failed.
        rows: members run for it.
    """

    outcome: str
    drivers: tuple[Driver, ...]
    luck: Index | None
    variance: float
    base: int
    left_out: int
    rows: int


def find_drivers(
    outcome: str, numbers: Sequence[Uncertain], run: RunRows, *, base: int = BASE, seed: int = 1
) -> Sensitivity:
    """Sobol indices of an outcome.

    Args:
        outcome: its name.
        numbers: at least one.
        run: runs rows with the luck of given members.
        base: number of base samples, a power of two.
        seed: of the sampling and of the bootstrap; the luck is the engine's.

    Raises:
        InputRefused: nothing is uncertain, base is no power of two, or SALib is not installed.
    """
    if not numbers:
        raise InputRefused("No number of the scenario has a spread, so none can drive anything. Give one a spread.")
    check_base(base)
    sampling = needed("SALib.sample.sobol", "What drives an outcome")
    size = len(numbers) + 2
    problem = {
        "num_vars": len(numbers),
        "names": [one.name for one in numbers],
        "bounds": [[0.0, 1.0]] * len(numbers),
    }
    cube = sampling.sample(problem, base, calc_second_order=False, seed=seed)
    values = run(_rows(numbers, cube), np.repeat(np.arange(base, dtype=np.int64), size)).reshape(base, size)
    kept = values[~np.isnan(values).any(axis=1)]
    left_out = base - len(kept)
    ends = kept[:, [0, -1]]
    variance = float(ends.var()) if len(kept) else float("nan")
    if len(kept) < 2 or variance == 0:
        return Sensitivity(outcome, (), None, variance, len(kept), left_out, values.size)
    drivers = _drivers(problem, kept, seed)
    return Sensitivity(outcome, drivers, _luck(ends, seed), variance, len(kept), left_out, values.size)


def check_base(base: int) -> None:
    """Refuses a number of base samples that is no power of two.

    Raises:
        InputRefused: it is none.
    """
    if base < 2 or base & (base - 1):
        raise InputRefused(f"{base} base samples were asked for; Sobol's sequence needs a power of two, such as 1024.")


def _rows(numbers: Sequence[Uncertain], cube: Numbers) -> Numbers:
    # Sobol's points may touch 0, where an unbounded distribution has no value.
    inside = np.clip(cube, 2.0**-32, 1 - 2.0**-32)
    return np.column_stack([one.quantile(inside[:, place]) for place, one in enumerate(numbers)])


def _drivers(problem: dict[str, object], kept: Numbers, seed: int) -> tuple[Driver, ...]:
    analysis = needed("SALib.analyze.sobol", "What drives an outcome")
    found = analysis.analyze(
        problem, kept.ravel(), calc_second_order=False, num_resamples=RESAMPLES, print_to_console=False, seed=seed
    )
    names = problem["names"]
    assert isinstance(names, list)
    drivers = [
        Driver(
            name,
            Index(float(found["S1"][place]), float(found["S1_conf"][place])),
            Index(float(found["ST"][place]), float(found["ST_conf"][place])),
        )
        for place, name in enumerate(names)
    ]
    return tuple(sorted(drivers, key=lambda one: (-one.total.value, one.name)))


def _luck(ends: Numbers, seed: int) -> Index:
    """The covariance of A and B over the variance, with a bootstrap over base samples."""
    draws = np.random.default_rng(seed).integers(len(ends), size=(RESAMPLES, len(ends)))
    again = [_shared(ends[each]) for each in draws]
    return Index(_shared(ends), float(1.96 * np.std([one for one in again if not np.isnan(one)], ddof=1)))


def _shared(ends: Numbers) -> float:
    variance = ends.var()
    if variance == 0:
        return float("nan")
    centred = ends - ends.mean()
    return float((centred[:, 0] * centred[:, 1]).mean() / variance)
