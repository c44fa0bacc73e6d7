"""Chances, fans, waits and differences: against numbers worked out otherwise."""

from __future__ import annotations

from datetime import date
from math import isnan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from materiel.outlook.answers.chances import chance_by, chance_of, shares_by_week, wilson
from materiel.outlook.answers.comparing import mean_difference, share_difference
from materiel.outlook.answers.fans import fan_of
from materiel.outlook.answers.waits import wait_of
from materiel.outlook.answers.weeks import last_week_by, turn_day
from materiel.terms.likelihood import likelihood_word, likelihood_words

NAN = float("nan")


def test_wilson_against_a_worked_example() -> None:
    # 10 of 20, from Newcombe (1998): 0.2993 to 0.7007.
    assert wilson(10, 20) == pytest.approx((0.2993, 0.7007), abs=5e-5)


@given(st.integers(1, 10_000).flatmap(lambda members: st.tuples(st.integers(0, members), st.just(members))))
def test_an_interval_holds_its_share_and_is_never_empty(case: tuple[int, int]) -> None:
    low, high = wilson(*case)
    assert 0 <= low <= case[0] / case[1] <= high <= 1
    assert high > low


def test_failed_members_count_in_the_denominator_and_are_told() -> None:
    weeks = np.array([3.0, 10.0, NAN, 0.0])
    chance = chance_by(weeks, 9, 10)
    assert (chance.count, chance.members, chance.failed, chance.share) == (2, 4, 1, 0.5)


def test_never_is_no_week_however_far_one_looks() -> None:
    assert chance_by(np.array([5.0, 5.0]), 99, 5).count == 0


def test_what_is_said_of_a_failed_member_does_not_count() -> None:
    assert chance_of(np.array([NAN, 1.0]), np.array([True, True])).count == 1


def test_shares_by_week_rise_to_the_chance() -> None:
    weeks = np.array([0.0, 2.0, 2.0, 4.0, NAN])
    assert shares_by_week(weeks, 4).tolist() == [0.2, 0.2, 0.6, 0.6]


def test_a_fan_has_the_quantiles_of_every_week() -> None:
    series = np.vstack([np.arange(101.0), 2 * np.arange(101.0)])
    fan = fan_of("stock", series)
    assert fan.values.tolist() == [[5, 10], [25, 50], [50, 100], [75, 150], [95, 190]]
    assert (fan.members, fan.failed) == (101, 0)


def test_a_failed_member_leaves_a_fan_from_its_week_on() -> None:
    fan = fan_of("stock", np.array([[1.0, 3.0, 5.0], [NAN, 3.0, 5.0], [NAN, NAN, NAN]]))
    assert fan.values[2, :2].tolist() == [3.0, 4.0]
    assert isnan(fan.values[2, 2])
    assert fan.failed == 3


def test_a_wait_counts_never_in_every_share() -> None:
    weeks = np.array([1.0] * 30 + [7.0] * 30 + [10.0] * 39 + [NAN])
    wait = wait_of("emptied", weeks, 10)
    assert wait.weeks == (1, 1, 7, None, None)
    assert (wait.came.count, wait.came.members, wait.came.failed) == (60, 100, 1)


def test_a_pairing_gains_what_theory_says() -> None:
    rng = np.random.default_rng(1)
    common, own = rng.normal(size=200_000), rng.normal(size=200_000)
    found = mean_difference(common, common + 0.3 + 0.1 * own)
    assert found.change == pytest.approx(0.3, abs=4 * found.error)
    assert found.error == pytest.approx(0.1 / np.sqrt(200_000), rel=0.02)
    # Var(x) + Var(x + 0.1 e) over Var(0.1 e) = 2.01 / 0.01.
    assert found.gain == pytest.approx(201, rel=0.03)
    assert found.is_told_apart


def test_the_error_of_a_difference_is_what_repetition_shows() -> None:
    found = []
    errors = []
    for seed in range(400):
        rng = np.random.default_rng(seed)
        luck = rng.random(500)
        difference = share_difference(luck < 0.3, luck < 0.34)
        found.append(difference.change)
        errors.append(difference.error)
        assert difference.gain is not None
        assert difference.gain > 5
    assert np.mean(errors) == pytest.approx(np.std(found), rel=0.12)


def test_intervals_of_differences_hold_the_truth_as_often_as_they_say() -> None:
    held = 0
    for seed in range(1000):
        rng = np.random.default_rng(seed)
        luck, other = rng.random(200), rng.random(200)
        difference = share_difference(luck < 0.2, (luck < 0.2) ^ (other < 0.05))
        # P(after) - P(before) = 0.05 * (0.8 - 0.2)
        held += difference.low <= 0.03 <= difference.high
    assert 930 <= held <= 990


def test_where_no_member_differs_the_interval_is_not_empty() -> None:
    came = np.array([True, False] * 50)
    difference = share_difference(came, came)
    assert difference.change == 0
    assert difference.low < 0 < difference.high
    assert difference.gain is None
    assert not difference.is_told_apart


def test_failed_pairs_are_left_out_of_a_mean_and_counted() -> None:
    found = mean_difference(np.array([1.0, NAN, 3.0]), np.array([2.0, 2.0, 5.0]))
    assert (found.before, found.after, found.change, found.pairs, found.left_out) == (2.0, 3.5, 1.5, 2, 1)


def test_no_pair_is_no_difference() -> None:
    found = mean_difference(np.array([NAN]), np.array([1.0]))
    assert isnan(found.change)
    assert not found.is_told_apart


@pytest.mark.parametrize(
    ("share", "word"),
    [
        (0.0, "almost no chance"),
        (0.05, "almost no chance"),
        (0.051, "very unlikely"),
        (0.3, "unlikely"),
        (0.5, "roughly even chance"),
        (0.8, "likely"),
        (0.9, "very likely"),
        (1.0, "almost certain"),
    ],
)
def test_words_of_the_scale(share: float, word: str) -> None:
    assert likelihood_word(share) == word


def test_an_interval_over_an_end_of_the_scale_gets_both_words() -> None:
    assert likelihood_words(0.43, 0.47) == "unlikely to roughly even chance"
    assert likelihood_words(0.25, 0.30) == "unlikely"


def test_turns_are_dated_their_second_day() -> None:
    start = date(2024, 7, 1)
    assert turn_day(start, 3) == date(2024, 7, 23)
    assert [last_week_by(start, date(2024, 7, day)) for day in (1, 2, 8, 9)] == [-1, 0, 0, 1]
