"""PRIM: against the package of that name, on planted boxes, and on noise."""

from __future__ import annotations

import numpy as np
import pytest

from materiel.outlook.answers.binomial import at_least
from materiel.outlook.answers.chances import Flags, Numbers
from materiel.outlook.answers.discovery import Box, discover, measure, quasi_p, trajectory

NAMES = ("hazard", "ramp", "stock", "demand")


def planted(seed: int, members: int = 2000, noise: float = 0.05) -> tuple[Numbers, Flags]:
    """Bad where the hazard is above 0.6 and the stock below 0.5, and now and then without reason."""
    rng = np.random.default_rng(seed)
    table = rng.random((members, 4))
    bad = (table[:, 0] > 0.6) & (table[:, 2] < 0.5)
    return table, bad ^ (rng.random(members) < noise)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_box_is_as_good_as_that_of_the_package(seed: int) -> None:
    prim = pytest.importorskip("prim")
    table, bad = planted(seed)
    theirs = prim.Prim(table, bad, obj_func=prim.original).find_box().peeling_trajectory
    ours = [measure(box, table, bad) for box in trajectory(table, bad)]
    for _, box in theirs.iterrows():
        # Wherever theirs gets on the way, one of ours covers as much at the same density, give or take a slice.
        assert any(one.coverage >= box.coverage - 0.05 and one.density >= box.density - 0.05 for one in ours)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_quasi_p_is_that_of_the_package(seed: int) -> None:
    prim = pytest.importorskip("prim")
    table, bad = planted(seed)
    found = prim.Prim(table, bad).find_box()
    limits = found.limits
    low, high = table.min(axis=0), table.max(axis=0)
    box = Box(np.full(4, -np.inf), np.full(4, np.inf))
    places = [int(name) for name in limits.index]
    for place, (_, row) in zip(places, limits.iterrows(), strict=True):
        box = box.with_limit(
            place,
            low=row["min"] if row["min"] > low[place] else None,
            high=row["max"] if row["max"] < high[place] else None,
        )
    for place, (_, row) in zip(places, limits.iterrows(), strict=True):
        assert quasi_p(box, place, table, bad) == pytest.approx(row["qp values"], rel=1e-6, abs=1e-12)


def test_a_planted_box_is_found_with_its_limits() -> None:
    table, bad = planted(4, 8000)
    found = discover("bad", NAMES, table, bad, np.zeros(len(bad), bool))
    limits = {limit.name: limit for limit in found.limits}
    assert set(limits) == {"hazard", "stock"}
    assert limits["hazard"].high is None
    assert limits["hazard"].low == pytest.approx(0.6, abs=0.03)
    assert limits["stock"].low is None
    assert limits["stock"].high == pytest.approx(0.5, abs=0.03)
    assert found.judged is not None
    assert found.judged.density > 0.9
    assert found.judged.members == 4000


@pytest.mark.parametrize("seed", range(8))
def test_noise_is_no_finding(seed: int) -> None:
    rng = np.random.default_rng(seed)
    table, bad = rng.random((1000, 12)), rng.random(1000) < 0.3
    found = discover("bad", [f"n{place}" for place in range(12)], table, bad, np.zeros(1000, bool))
    assert found.limits == ()
    assert found.dropped, "something was peeled, and did not hold up on the other half"


def test_a_fact_that_is_true_or_not_can_be_a_limit() -> None:
    rng = np.random.default_rng(1)
    table = np.column_stack([rng.random(2000), rng.integers(0, 2, 2000).astype(float)])
    bad = (table[:, 1] == 1) & (rng.random(2000) < 0.8)
    found = discover("bad", ("hazard", "promised"), table, bad, np.zeros(2000, bool))
    (limit,) = found.limits
    assert (limit.name, limit.low, limit.high) == ("promised", 0.5, None)


def test_failed_members_are_left_out_and_counted() -> None:
    table, bad = planted(5, 4000)
    failed = np.zeros(4000, bool)
    failed[:7] = True
    found = discover("bad", NAMES, table, bad, failed)
    assert (found.failed, found.members, found.bad) == (7, 4000, int(bad[7:].sum()))


@pytest.mark.parametrize("bad", [np.zeros(100, bool), np.ones(100, bool)])
def test_what_always_or_never_happens_has_no_box(bad: Flags) -> None:
    found = discover("bad", NAMES, np.random.default_rng(1).random((100, 4)), bad, np.zeros(100, bool))
    assert found.limits == ()
    assert found.judged is None


def test_the_tail_of_a_binomial() -> None:
    binom = pytest.importorskip("scipy.stats").binom
    cases = [(3, 10, 0.2), (0, 5, 0.4), (990, 1000, 0.95), (40, 100, 0.1), (5, 5, 1.0), (1, 9, 0.0)]
    for count, trials, share in cases:
        assert at_least(count, trials, share) == pytest.approx(float(binom.sf(count - 1, trials, share)), rel=1e-9)
