"""Whether dates lie in the run, and whether of fields that exclude each other one is given."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

from materiel.outlook.refusals import Problem
from materiel.outlook.scenario.elements import Scenario

_BAD = re.compile(r"\s*(>=|<=|==|>|<)\s*(-?[0-9][0-9_]*(\.[0-9]+)?)\s*")


def choice_problems(scenario: Scenario) -> Iterator[Problem]:
    """Dates outside the run, fields that exclude or need each other, bounds the wrong way round."""
    yield from _dates(scenario)
    yield from _choices(scenario)
    yield from _bounds(scenario)


def bad_case(text: str) -> tuple[str, float]:
    """The comparison and the number of an outcome's bad case.

    Raises:
        ValueError: it is none.
    """
    found = _BAD.fullmatch(text)
    if not found:
        raise ValueError(f"'{text}' is no comparison with a number, such as '>= 500'")
    return found[1], float(found[2].replace("_", ""))


def _dates(scenario: Scenario) -> Iterator[Problem]:
    end = scenario.start + timedelta(weeks=scenario.weeks)
    run = f"{scenario.start} to {end - timedelta(days=1)}"
    for place, shock in enumerate(scenario.contingencies):
        if shock.on and not scenario.start <= shock.on < end:
            why = f"{shock.on} is outside the run, {run}"
            yield Problem(f"contingencies.{shock.id}.on", why, path=("contingencies", place, "on"))
    for place, order in enumerate(scenario.orders):
        if order.placed and order.placed >= end:
            why = f"{order.placed} is after the end of the run, {run}"
            yield Problem(f"orders.{order.id}.placed", why, path=("orders", place, "placed"))
        if order.placed and order.due and order.due < order.placed:
            why = f"{order.due} is before it is placed, {order.placed}"
            yield Problem(f"orders.{order.id}.due", why, path=("orders", place, "due"))
    for place, pledge in enumerate(scenario.commitments):
        if pledge.by and pledge.by < scenario.start:
            why = f"{pledge.by} is before the run, {run}: the commitment is over when it begins"
            yield Problem(f"commitments.{pledge.id}.by", why, path=("commitments", place, "by"))


def _choices(scenario: Scenario) -> Iterator[Problem]:
    """Fields of which one is given, or not both."""
    for place, shock in enumerate(scenario.contingencies):
        if (shock.on is None) == (shock.when is None):
            why = "a contingency has either on: a date, or when: a condition"
            yield Problem(f"contingencies.{shock.id}", why, path=("contingencies", place))
    for place, pledge in enumerate(scenario.commitments):
        if pledge.by is not None and pledge.within is not None:
            why = "a commitment has a date (by) or a number of days from its trigger (within), not both"
            yield Problem(f"commitments.{pledge.id}.within", why, path=("commitments", place, "within"))
    for place, switch in enumerate(scenario.switches):
        if switch.on is None and switch.off is None:
            why = "a switch that neither on nor off can turn is a named number"
            yield Problem(f"switches.{switch.actor}.{switch.name}", why, path=("switches", place))


def _bounds(scenario: Scenario) -> Iterator[Problem]:
    for place, state in enumerate(scenario.states):
        if not state.low < state.high:
            why = f"low ({state.low:g}) has to be less than high ({state.high:g})"
            yield Problem(f"states.{state.actor}.{state.name}", why, path=("states", place, "low"))
    for name, outcome in scenario.outcomes.items():
        if outcome.bad is not None:
            try:
                bad_case(outcome.bad)
            except ValueError as error:
                yield Problem(f"outcomes.{name}.bad", str(error), path=("outcomes", name, "bad"))
