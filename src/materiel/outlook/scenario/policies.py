"""A scenario under a policy: the same, with other values of some named numbers."""

from __future__ import annotations

from materiel.outlook.refusals import PolicyRefused
from materiel.outlook.scenario.checking.known import fits
from materiel.outlook.scenario.checks import checked
from materiel.outlook.scenario.elements import Policy, Scenario


def policy_named(scenario: Scenario, name: str) -> Policy:
    """The policy of that name.

    Raises:
        PolicyRefused: the scenario has none; says which it has.
    """
    if name not in scenario.policies:
        raise PolicyRefused(f"'{name}' is no policy of {scenario.name}.{fits(name, scenario.policies)}.")
    return scenario.policies[name]


def apply(scenario: Scenario, policy: str | Policy | None) -> Scenario:
    """The scenario with the numbers that the policy sets; the scenario itself without one.

    Args:
        scenario: one that is checked.
        policy: by its name in the scenario, or one made in Python.

    Raises:
        PolicyRefused: the scenario has no policy of that name.
        ScenarioRefused: a lever names no number of the scenario, or has a number of another kind.
    """
    if policy is None:
        return scenario
    if isinstance(policy, str):
        levers = policy_named(scenario, policy).sets
    else:
        levers = policy.sets
        checked(scenario.model_copy(update={"policies": {**scenario.policies, policy.about: policy}}))
    return scenario.model_copy(update={"numbers": {**scenario.numbers, **levers}})
