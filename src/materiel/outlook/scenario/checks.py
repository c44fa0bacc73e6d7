"""All checks of a scenario across its parts; the same for one from a file and one made in Python."""

from __future__ import annotations

from itertools import chain, islice

from materiel.outlook.refusals import Problem, ScenarioRefused
from materiel.outlook.scenario.checking.amounts import amount_problems
from materiel.outlook.scenario.checking.choices import choice_problems
from materiel.outlook.scenario.checking.declarations import declaration_problems
from materiel.outlook.scenario.checking.dimensions import dimension_problems
from materiel.outlook.scenario.checking.effects import effect_problems
from materiel.outlook.scenario.checking.known import known
from materiel.outlook.scenario.checking.movements import movement_problems
from materiel.outlook.scenario.checking.naming import naming_problems
from materiel.outlook.scenario.checking.order import order_problems
from materiel.outlook.scenario.checking.references import reference_problems
from materiel.outlook.scenario.elements import Scenario

MAX_PROBLEMS = 200
"""More are not told: whoever mends so many runs the check again."""


def problems_of(scenario: Scenario) -> tuple[Problem, ...]:
    """What does not fit together; nothing where all does."""
    names = known(scenario)
    found = chain(
        naming_problems(scenario),
        reference_problems(scenario, names),
        movement_problems(scenario, names),
        effect_problems(scenario),
        declaration_problems(scenario),
        choice_problems(scenario),
        order_problems(scenario),
        amount_problems(scenario),
        dimension_problems(scenario),
    )
    return tuple(islice(found, MAX_PROBLEMS))


def checked(scenario: Scenario) -> Scenario:
    """The scenario itself, if everything in it fits together.

    Raises:
        ScenarioRefused: every problem of it.
    """
    if problems := problems_of(scenario):
        raise ScenarioRefused(scenario.name, problems)
    return scenario
