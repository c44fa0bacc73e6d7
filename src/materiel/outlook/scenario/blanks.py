"""The blanks of a scenario: numbers that nobody gives, and that have to be given before it runs."""

from __future__ import annotations

from pathlib import Path as FilePath

from materiel.outlook.refusals import BlanksRefused, Problem
from materiel.outlook.scenario.elements import Scenario
from materiel.outlook.scenario.leaves import numbers_of
from materiel.outlook.scenario.loading import load_scenario
from materiel.outlook.scenario.reading import read_text, read_yaml


def blanks(scenario: Scenario) -> tuple[Problem, ...]:
    """Each blank: where it stands, what is asked and in which unit, in the order of the scenario."""
    return tuple(
        Problem(place, f"{number.blank} (in {number.unit})", path=path)
        for place, path, number in numbers_of(scenario)
        if number.blank is not None
    )


def load_complete(path: FilePath | str) -> Scenario:
    """The scenario that a YAML file holds, checked and without blanks: one that can be run.

    Raises:
        ScenarioRefused: every problem of the file, by line.
        BlanksRefused: it fits together, and these numbers are still blank, by line.
    """
    scenario = load_scenario(path)
    if found := blanks(scenario):
        plain = read_yaml(read_text(FilePath(path)), str(path))
        raise BlanksRefused(str(path), [plain.at_line(problem) for problem in found])
    return scenario
