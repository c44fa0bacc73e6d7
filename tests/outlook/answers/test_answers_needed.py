"""What would have to be true: thresholds known beforehand."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from materiel.outlook.answers.chances import Flags, Numbers
from materiel.outlook.answers.needed import Stretch, find_needed
from materiel.outlook.answers.sensitivity import Uncertain

MEMBERS = 4000
LUCK = np.random.default_rng(3).random(MEMBERS)


def table() -> Numbers:
    drawn = np.random.default_rng(4).random((MEMBERS, 4)) * [10.0, 1.0, 1.0, 1.0]
    drawn[:, 3] = drawn[:, 3] < 0.5
    return drawn


NUMBERS = [
    Uncertain("hazard", lambda shares: 10 * shares, 0.0, 10.0),
    Uncertain("inert", lambda shares: shares),
    Uncertain("brake", lambda shares: shares, 0.0, 1.0),
    Uncertain("promised", lambda shares: (shares < 0.5).astype(float), 0.0, 1.0, is_fact=True),
]


def run(rows: Numbers, member: NDArray[np.int64]) -> Numbers:
    """Comes about with a chance of hazard / 10 x (1 - brake / 2), and surely not where nothing was promised."""
    chance = rows[:, 0] / 10 * (1 - rows[:, 2] / 2) * rows[:, 3]
    return (LUCK[member] < chance).astype(float)


def came(values: Numbers) -> Flags:
    return np.asarray(values == 1)


def test_thresholds_are_where_they_were_put() -> None:
    found = find_needed("it", 0.25, NUMBERS, table(), run, came)
    by_name = {one.name: one for one in found.numbers}
    assert found.as_drawn.share == pytest.approx(0.1875, abs=0.02)
    # With brake as drawn (mean 3/4 left) and promised in half: share = hazard / 10 * 0.375.
    (stretch,) = by_name["hazard"].stretches
    assert stretch.low == pytest.approx(6.67, abs=0.4)
    assert stretch.high == 10
    blur = by_name["hazard"].blur
    assert blur is not None
    assert 0.1 < blur < 0.6
    assert abs(stretch.low - 6.667) < blur
    # No brake at all: 0.5 * 0.5 of the members; the level itself, give or take the error.
    assert by_name["brake"].shares[0] == pytest.approx(0.25, abs=0.03)
    assert by_name["brake"].shares[-1] == pytest.approx(0.125, abs=0.03)
    assert by_name["promised"].stretches == (Stretch(1.0, 1.0),)
    assert by_name["promised"].shares[0] == 0
    assert by_name["inert"].stretches == ()
    assert by_name["inert"].swing == 0
    assert found.numbers[0].stretches
    assert found.numbers[-1].name == "inert", "what makes no difference comes last"


def test_a_level_that_is_always_reached_says_so() -> None:
    found = find_needed("it", 0.01, NUMBERS[1:2], table()[:, 1:2], lambda rows, _: np.ones(len(rows)), came)
    assert found.numbers[0].is_everywhere


def test_a_stretch_in_the_middle_has_two_ends() -> None:
    def inside(rows: Numbers, member: NDArray[np.int64]) -> Numbers:
        return (np.abs(rows[:, 0] - 0.5) < 0.2 + 0.02 * (LUCK[member] - 0.5)).astype(float)

    (found,) = find_needed("it", 0.5, [Uncertain("x", lambda shares: shares)], table()[:, 1:2], inside, came).numbers
    (stretch,) = found.stretches
    assert [stretch.low, stretch.high] == pytest.approx([0.3, 0.7], abs=0.01)
    assert not found.is_everywhere


def test_failed_rows_count_in_the_denominator() -> None:
    def failing(rows: Numbers, member: NDArray[np.int64]) -> Numbers:
        return np.where(member % 2 == 0, np.nan, 1.0)

    found = find_needed("it", 0.6, NUMBERS[1:2], table()[:, 1:2], failing, came)
    assert found.as_drawn.share == 0.5
    assert found.as_drawn.failed == MEMBERS // 2
    assert found.numbers[0].stretches == ()
