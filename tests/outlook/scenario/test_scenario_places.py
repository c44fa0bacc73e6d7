"""Numbers are drawn under the names of their places, so that whoever reports on one finds it in the scenario."""

from __future__ import annotations

from pathlib import Path

import pytest
from scenario_samples import SCENARIOS

from materiel.outlook.scenario.leaves import leaves, numbers_of
from materiel.outlook.scenario.loading import load_scenario
from materiel.outlook.weaving import weave


@pytest.mark.parametrize("file", SCENARIOS, ids=lambda file: file.stem)
def test_parameters_are_named_after_their_places(file: Path) -> None:
    scenario = load_scenario(file)
    named = {place.removeprefix("numbers.") for place, _, _ in numbers_of(scenario)}
    assert {drawn.name for drawn in weave(scenario).drawn} <= named


@pytest.mark.parametrize("file", SCENARIOS, ids=lambda file: file.stem)
def test_every_place_has_a_name_of_its_own(file: Path) -> None:
    places = [leaf.place for leaf in leaves(load_scenario(file))]
    assert len(places) == len(set(places))
