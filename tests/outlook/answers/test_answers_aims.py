"""What is asked about, from its text."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from materiel.errors import InputRefused
from materiel.outlook.answers.aims import Aim, Askable, aim_of, askable, bad_of

START, WEEKS = date(2024, 7, 1), 10
NAMES = (
    Askable("short", False, ">= 200"),
    Askable("ban_falls", True),
    askable("broken seoul"),
    askable("unmet UKR shell"),
)
NAN = float("nan")


def aim(text: str) -> Aim:
    return aim_of(text, NAMES, start=START, weeks=WEEKS)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("short", Aim("short")),
        ("short >= 500", Aim("short", ">=", 500.0)),
        ("unmet UKR shell<1e3", Aim("unmet UKR shell", "<", 1000.0)),
        ("broken seoul", Aim("broken seoul", "<", 10.0)),
        ("  ban_falls ", Aim("ban_falls", "<", 10.0)),
        ("broken seoul by 2024-07-16", Aim("broken seoul", "<=", 2.0, date(2024, 7, 16))),
        ("broken seoul by 2024-07-15", Aim("broken seoul", "<=", 1.0, date(2024, 7, 15))),
        ("broken seoul by 2030-01-01", Aim("broken seoul", "<=", 9.0, date(2030, 1, 1))),
    ],
)
def test_texts(text: str, expected: Aim) -> None:
    assert aim(text) == expected


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("brokn seoul", "Close: broken seoul"),
        ("short >= many", "asks about no outcome"),
        ("short >= 1_2.3.4", "is no number"),
        ("broken seoul by 2024-13-01", "is no day"),
        ("broken seoul by 2024-06-01", "before the scenario begins"),
        ("short by 2024-08-01", "asks about no outcome"),
    ],
)
def test_what_cannot_be_asked(text: str, message: str) -> None:
    with pytest.raises(InputRefused, match=message):
        aim(text)


def test_a_failed_member_comes_to_nothing() -> None:
    values = np.array([100.0, 200.0, NAN, 300.0])
    assert aim("short >= 200").came(values).tolist() == [False, True, False, True]
    chance = aim("short >= 200").chance(values)
    assert (chance.count, chance.members, chance.failed) == (2, 4, 1)
    assert np.isnan(aim("short >= 200").gauge(values)[2])
    assert aim("short").gauge(values) is values


def test_a_number_alone_neither_happens_nor_not() -> None:
    with pytest.raises(InputRefused, match='such as "short >= 100"'):
        aim("short").came(np.array([1.0]))


def test_what_is_bad_is_what_the_scenario_says() -> None:
    assert bad_of(NAMES[0], start=START, weeks=WEEKS) == Aim("short", ">=", 200.0)
    assert bad_of(NAMES[1], start=START, weeks=WEEKS) == Aim("ban_falls", "<", 10.0)
    assert bad_of(Askable("other", False), start=START, weeks=WEEKS) is None
