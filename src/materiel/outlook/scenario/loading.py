"""A scenario from a YAML file: either a whole one that fits together, or every problem at once, each with its line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path as FilePath

from pydantic import ValidationError

from materiel.outlook.refusals import Problem, ScenarioRefused
from materiel.outlook.scenario.checks import MAX_PROBLEMS, problems_of
from materiel.outlook.scenario.elements import Scenario
from materiel.outlook.scenario.leaves import leaves
from materiel.outlook.scenario.mistakes import field_problems, place_of
from materiel.outlook.scenario.reading import Plain, read_text, read_yaml
from materiel.outlook.scenario.remainder import remainder_without


def load_scenario(path: FilePath | str) -> Scenario:
    """The scenario that a YAML file holds, checked.

    Raises:
        ScenarioRefused: every problem of the file, by line.
    """
    return scenario_from_text(read_text(FilePath(path)), str(path))


def scenario_from_text(text: str, where: str) -> Scenario:
    """The scenario that a YAML text holds, checked. ``where`` names it in a refusal.

    Raises:
        ScenarioRefused: every problem of the text, by line.
    """
    plain = read_yaml(text, where)
    if not isinstance(plain.value, dict):
        raise ScenarioRefused(where, [Problem("", "it holds no scenario: a scenario has fields, such as name: ...", 1)])
    problems = [replace(problem, place=place_of(problem.path, plain)) for problem in plain.problems]
    try:
        scenario = Scenario.model_validate(plain.value)
    except ValidationError as error:
        problems.extend(islice(field_problems(error, plain), MAX_PROBLEMS))
        problems.extend(_further(plain, problems))
        raise ScenarioRefused(where, problems) from None
    told = {problem.path for problem in problems}
    found = (problem for problem in problems_of(scenario) if problem.path not in told)
    problems.extend(map(plain.at_line, found))
    if problems:
        raise ScenarioRefused(where, problems)
    return scenario


def located(refusal: ScenarioRefused, path: FilePath | str) -> ScenarioRefused:
    """A later refusal of the scenario that a file holds, with the file and the lines."""
    plain = read_yaml(read_text(FilePath(path)), str(path))
    paths = {leaf.place: leaf.path for leaf in leaves(Scenario.model_validate(plain.value))}
    known = (replace(problem, path=paths.get(problem.place, problem.path)) for problem in refusal.problems)
    return type(refusal)(str(path), [plain.at_line(problem) if problem.path else problem for problem in known])


def _further(plain: Plain, known: list[Problem]) -> Iterator[Problem]:
    """What else does not fit, as far as that can be said without the items that have a mistake already."""
    remainder = remainder_without(plain.value, [problem.path for problem in known])
    if remainder is None:
        return
    try:
        scenario = Scenario.model_validate(remainder.value)
    except ValidationError:
        return  # what is left is no scenario; the mistakes that are known come first
    for problem in problems_of(scenario):
        if not remainder.may_have_caused(problem):
            yield plain.at_line(replace(problem, path=remainder.path_in_file(problem.path)))
