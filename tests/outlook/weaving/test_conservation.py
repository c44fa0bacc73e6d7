"""Materiel is neither made nor lost by rounding: whatever the scenario, whatever the member, to the last bit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from plain_member import Members
from scenario_strategies import any_scenario, scenarios

from materiel.outlook.engine.run import run
from materiel.outlook.scenario.elements import Scenario
from materiel.outlook.scenario.loading import load_scenario
from materiel.outlook.weaving import weave

BUNDLED = sorted((Path(__file__).parents[3] / "scenarios").glob("*.yaml"))


def assert_conserved(scenario: Scenario, outcomes: Mapping[str, np.ndarray]) -> None:
    for materiel in scenario.materiel:
        opening, produced, used, lost, transit, final = (
            outcomes[f"ledger {materiel} {what}"]
            for what in ("opening", "produced", "used", "lost", "transit", "final")
        )
        assert np.array_equal(opening + produced - used - lost, final + transit), materiel
        assert (transit >= 0).all()
        assert (final >= 0).all()


@settings(max_examples=25, deadline=None)
@given(scenarios())
def test_what_came_is_what_is_there(scenario: Scenario) -> None:
    ensemble = run(weave(scenario), members=12, seed=5, engine="arrays", follow=12)
    assert not ensemble.failures
    assert_conserved(scenario, ensemble.outcomes)
    for name, weeks in ensemble.series.items():
        if name.startswith(("stock ", "sent ", "arrived ", "backlog ", "unmet ")):
            assert (weeks >= 0).all(), name


@pytest.mark.parametrize("file", BUNDLED, ids=lambda file: file.stem)
def test_bundled_scenarios_too(file: object) -> None:
    scenario = load_scenario(file)  # type: ignore[arg-type]
    outcomes = run(weave(scenario), members=60, seed=2, engine="arrays", follow=0).outcomes
    assert_conserved(scenario, outcomes)
    moved = [materiel for materiel in scenario.materiel if outcomes[f"ledger {materiel} produced"].max() > 0]
    assert moved


def test_no_step_leads_below_zero_and_no_route_below_a_reserve() -> None:
    """Looked at after every single step, not only at the ends of weeks."""
    seen: Counter[str] = Counter()
    for seed in range(40):
        scenario, _ = any_scenario(Random(1000 + seed))
        routes = {f"sent {route.id}": route for route in scenario.routes}

        def look(name: str, names: dict[str, float], routes: dict[str, object] = routes) -> None:  # type: ignore[assignment]
            if name.startswith("stock "):
                assert names[name] >= 0.0, name
                return
            route = routes.get(name)
            if route is None or names[name] == 0.0:
                return
            here, kept = (names[f"{what} {route.supplier} {route.materiel}"] for what in ("stock", "reserve"))  # type: ignore[attr-defined]
            left = here - names[name]
            seen["draws" if left < kept else "spares"] += 1
            assert left >= 0.0
            assert route.draws_on_reserve or left >= kept, name  # type: ignore[attr-defined]

        members = Members(weave(scenario), look)
        for member in range(3):
            members.run(3, member)
    assert seen["draws"] > 20, seen
    assert seen["spares"] > 200, seen
