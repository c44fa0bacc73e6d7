"""Which numbers are worth many runs."""

from __future__ import annotations

import numpy as np
import pytest

from materiel.outlook.answers.screening import chance_of_apart, may_pass

MEMBERS = 5000
RNG = np.random.default_rng(1)
LUCK = RNG.random(MEMBERS)
X = RNG.random(MEMBERS)


def test_a_number_that_moves_the_share_over_the_level_is_looked_at() -> None:
    assert may_pass(X, LUCK < 0.2 + 0.6 * X, 0.5)


def test_a_number_that_moves_it_elsewhere_is_not() -> None:
    assert not may_pass(X, LUCK < 0.1 + 0.1 * X, 0.5)


def test_inert_numbers_are_rarely_looked_at() -> None:
    looked = [may_pass(np.random.default_rng(seed).random(MEMBERS), LUCK < 0.5, 0.5) for seed in range(200)]
    assert 5 <= sum(looked) <= 40


def test_a_fact_is_parted_by_its_two_values() -> None:
    fact = (X < 0.3).astype(float)
    assert may_pass(fact, 0.2 + 0.5 * fact > LUCK, 0.6)


@pytest.mark.parametrize("came", [np.zeros(MEMBERS, bool), np.ones(MEMBERS, bool)])
def test_what_always_or_never_comes_depends_on_nothing(came: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> None:
    assert not may_pass(X, came, 0.5)


def test_the_approximation_is_near_the_chi_square() -> None:
    chi2 = pytest.importorskip("scipy.stats").chi2
    sizes = np.full(10, 100.0)
    for apart in (0.02, 0.05, 0.08):
        shares = 0.4 + apart * np.tile([1.0, -1.0], 5)
        square = float((sizes * (shares - 0.4) ** 2).sum() / 0.24)
        assert chance_of_apart(shares, sizes, 0.4) == pytest.approx(float(chi2.sf(square, 9)), abs=0.01)
