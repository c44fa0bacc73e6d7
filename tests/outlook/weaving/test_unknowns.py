"""What is believed of a fact: calibrated, and Bayes' rule to the last digits."""

from __future__ import annotations

import math
from datetime import date
from typing import Any

import numpy as np
import pytest

from materiel.outlook.engine.run import run
from materiel.outlook.scenario.elements import Scenario
from materiel.outlook.weaving import weave


def number(value: float, unit: str) -> dict[str, Any]:
    return {"value": value, "unit": unit, "assumption": "for the test"}


def scenario(if_true: float, if_false: float, prior: float, weeks: int = 30) -> Scenario:
    signals = [
        {"title": "a train is seen", "if_true": number(if_true, "per week"), "if_false": number(if_false, "per week")},
        {"title": "a denial", "if_true": number(0.02, "per week"), "if_false": number(0.05, "per week")},
    ]
    unknown = {"id": "deal", "title": "a deal", "prior": number(prior, "share"), "signals": signals}
    given = {"name": "x", "about": "x", "start": date(2024, 7, 1), "weeks": weeks, "materiel": {}}
    return Scenario.model_validate({**given, "unknowns": [unknown]})


@pytest.mark.parametrize(("if_true", "if_false", "prior"), [(0.06, 0.02, 0.5), (0.3, 0.2, 0.3)])
def test_of_those_who_are_so_sure_so_many_are_right(if_true: float, if_false: float, prior: float) -> None:
    outcomes = run(
        weave(scenario(if_true, if_false, prior)), members=60_000, seed=3, follow=0, engine="arrays"
    ).outcomes
    belief, fact = outcomes["belief deal"], outcomes["fact deal"]
    assert fact.mean() == pytest.approx(prior, abs=4 * math.sqrt(0.25 / 60_000))
    assert belief.mean() == pytest.approx(prior, abs=0.01)
    looked_at = 0
    for low in np.arange(0.0, 1.0, 0.1):
        inside = (belief >= low) & (belief < low + 0.1)
        if inside.sum() >= 500:
            looked_at += 1
            error = math.sqrt(0.25 / inside.sum())
            assert fact[inside].mean() == pytest.approx(belief[inside].mean(), abs=4 * error), low
    assert looked_at >= 4


def test_the_belief_follows_bayes_rule_on_what_was_seen_and_what_was_not() -> None:
    compiled = weave(scenario(0.06, 0.02, 0.4))
    ensemble = run(compiled, members=50, seed=9, engine="arrays")
    trains, denials = (ensemble.series[f"happened deal/{title}"] for title in ("a train is seen", "a denial"))
    believed = ensemble.series["belief deal"]
    assert trains.sum() > 10
    for member in range(50):
        odds = 0.4 / 0.6
        for week in range(30):
            for seen, true, false in ((trains, 0.06, 0.02), (denials, 0.02, 0.05)):
                odds *= math.expm1(-true) / math.expm1(-false) if seen[week, member] else math.exp(false - true)
            assert believed[week, member] == pytest.approx(odds / (1 + odds), rel=1e-10)


def test_a_signal_that_says_nothing_leaves_the_belief_where_it_was() -> None:
    unknown = scenario(0.1, 0.1, 0.25)
    signals = unknown.unknowns[0].signals[:1]
    silent = unknown.model_copy(update={"unknowns": (unknown.unknowns[0].model_copy(update={"signals": signals}),)})
    series = run(weave(silent), members=200, seed=1, engine="arrays").series["belief deal"]
    assert np.allclose(series, 0.25, rtol=1e-12)
