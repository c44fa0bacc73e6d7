"""What is told of one member."""

from __future__ import annotations

import numpy as np
import pytest

from materiel.outlook.answers.chances import Numbers
from materiel.outlook.answers.story import Followed, Tale, Told, spells, tell


def weeks(*on: int, size: int = 20, amount: float = 1.0) -> Numbers:
    values = np.zeros(size)
    values[list(on)] = amount
    return values


def told_of(**parts: object) -> list[tuple[int, Tale, tuple[str, ...], str, float | None]]:
    given = {name: {} for name in ("happens", "turns", "switches", "arrived", "unmet", "margins", "stocks")} | parts
    return [(one.week, one.tale, one.about, one.what, one.amount) for one in tell(Followed(**given))]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ((), []),
        ((0, 1, 2), [(0, 3)]),
        ((3, 4, 7, 8), [(3, 9)]),
        ((3, 9), [(3, 4), (9, 10)]),
        ((17,), [(17, 20)]),
        ((15,), [(15, 16)]),
    ],
)
def test_spells_pass_over_short_gaps(on: tuple[int, ...], expected: list[tuple[int, int]]) -> None:
    assert list(spells(weeks(*on) > 0)) == expected


def test_every_week_of_an_event_is_told() -> None:
    assert told_of(happens={"summit": weeks(2, 7)}) == [
        (2, Tale.HAPPENS, ("summit",), "", None),
        (7, Tale.HAPPENS, ("summit",), "", None),
    ]


def test_a_turn_is_told_once_and_the_trigger_before_the_deed() -> None:
    came = (np.arange(20) >= 4).astype(float)
    found = told_of(turns={("seoul", "kept"): came, ("seoul", "triggered"): came, ("seoul", "broken"): weeks()})
    assert [(week, what) for week, _, _, what, _ in found] == [(4, "triggered"), (4, "kept")]


def test_a_policy_is_taken_and_dropped() -> None:
    found = told_of(switches={("KOR", "ban"): np.array([1.0, 1.0, 0.0, 1.0])})
    assert [(week, tale) for week, tale, *_ in found] == [(0, Tale.TAKEN), (2, Tale.DROPPED), (3, Tale.TAKEN)]


def test_a_flow_begins_and_stops_with_what_came() -> None:
    found = told_of(arrived={"kor-ukr": weeks(3, 4, 5, amount=12.0)})
    assert found == [(3, Tale.ARRIVES, ("kor-ukr",), "", 12.0), (6, Tale.STOPS, ("kor-ukr",), "", 36.0)]


def test_a_need_is_short_and_met_again() -> None:
    found = told_of(unmet={("UKR", "shell"): weeks(1, 2, amount=5.0)})
    assert [(week, tale, amount) for week, tale, _, _, amount in found] == [(1, Tale.SHORT, 5.0), (3, Tale.MET, 10.0)]


def test_a_stock_comes_down_runs_out_and_recovers() -> None:
    about = ("KOR", "shell")
    stock = np.array([5.0, 2, 2, 2, 2, 2, 2, 9, 9, 9, 9, 9, 0, 0])
    found = told_of(margins={about: stock - 2}, stocks={about: stock})
    assert [(week, tale, amount) for week, tale, _, _, amount in found] == [
        (1, Tale.DEPLETED, 2.0),
        (7, Tale.RECOVERED, 9.0),
        (12, Tale.EMPTIED, 0.0),
    ]


def test_a_stock_that_was_never_there_does_not_run_out() -> None:
    about = ("PRK", "precision")
    stock = np.array([0.0, 0, 0, 1, 2, 3, 4, 5, 6, 7])
    assert told_of(margins={about: stock}, stocks={about: stock}) == []


def test_a_week_is_told_in_the_order_in_which_it_runs() -> None:
    found = told_of(unmet={("UKR", "shell"): weeks(2)}, happens={"gift": weeks(2)}, arrived={"r": weeks(2)})
    assert [tale for _, tale, *_ in found][:3] == [Tale.HAPPENS, Tale.ARRIVES, Tale.SHORT]
    assert isinstance(tell(Followed({}, {}, {}, {}, {}, {}, {})), tuple)
    assert Told(1, Tale.MET, ("a",)).amount is None
