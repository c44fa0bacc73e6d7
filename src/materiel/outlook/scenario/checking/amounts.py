"""Whether each number is in a unit of what its field measures, and within the bounds of that."""

from __future__ import annotations

from collections.abc import Iterator
from math import inf

from materiel.outlook.refusals import FormulaRefused, Problem, UnitRefused
from materiel.outlook.scenario.elements import Scenario
from materiel.outlook.scenario.formula_tree import Combine, Formula, Named, Plain, walk
from materiel.outlook.scenario.formulas import parse_formula
from materiel.outlook.scenario.leaves import Leaf, measured
from materiel.outlook.scenario.measuring import base_unit, factor_of, factor_of_named, scaled
from materiel.outlook.scenario.numbers import Measure, Number
from materiel.outlook.scenario.units import Kind, parse_unit

_DEVIATIONS = 6.0
"""A normal distribution has to be so many deviations above 0: then not one member in a billion falls below."""


def amount_problems(scenario: Scenario) -> Iterator[Problem]:
    """Units that cannot be read or do not fit, and numbers out of bounds."""
    for name, each in scenario.materiel.items():
        if why := _wrong_count(each.unit):
            yield Problem(f"materiel.{name}.unit", why, path=("materiel", name, "unit"))
    for name, number in scenario.numbers.items():
        if why := _wrong_named(number, scenario):
            yield Problem(f"numbers.{name}.unit", why, path=("numbers", name, "unit"))
    for leaf in measured(scenario):
        if why := _wrong(leaf, scenario):
            yield Problem(leaf.place, why, path=leaf.path)
    for policy, sets in scenario.policies.items():
        for lever, number in sets.sets.items():
            if why := _wrong_lever(lever, number, scenario):
                yield Problem(f"policies.{policy}.sets.{lever}", why, path=("policies", policy, "sets", lever))


def _wrong_count(unit: str) -> str:
    try:
        kind = parse_unit(unit).kind
    except UnitRefused as refusal:
        return str(refusal)
    return "" if kind is Kind.COUNT else f"'{unit}' is {kind}; materiel is counted, in pieces or thousand rounds"


def _wrong_named(number: Number, scenario: Scenario) -> str:
    try:
        scaled(number, factor_of_named(number, scenario), number.unit)
    except UnitRefused as refusal:
        return str(refusal)
    return ""


def _wrong_lever(lever: str, number: Number, scenario: Scenario) -> str:
    if lever not in scenario.numbers:
        return ""  # told among the references
    if why := _wrong_named(number, scenario):
        return why
    own, other = parse_unit(number.unit), _kind_of(scenario.numbers[lever])
    if other and (own.kind, own.what) != other:
        return f"'{number.unit}' is {own.kind}, and ${lever} is in '{scenario.numbers[lever].unit}'"
    return ""


def _kind_of(number: Number) -> tuple[Kind, str] | None:
    try:
        unit = parse_unit(number.unit)
    except UnitRefused:
        return None  # told where the number stands
    return unit.kind, unit.what


def _wrong(leaf: Leaf, scenario: Scenario) -> str:
    assert isinstance(leaf.role, Measure)
    if leaf.role is Measure.DELAY:
        return ""  # whole weeks by their type
    own = scenario.materiel.get(leaf.materiel or "")
    counted = own.unit if own else None
    if counted is not None and _wrong_count(counted):
        return ""  # told where the materiel stands
    if isinstance(leaf.value, Number):
        return _misfit(leaf.value, leaf, counted)
    try:
        formula = parse_formula(leaf.value)
    except FormulaRefused:
        return ""  # told among the references
    if _is_bare(formula):
        return (
            "a formula of nothing but numbers has neither unit nor reason; write {value: ..., unit: ..., source: ...}"
        )
    if not isinstance(formula, Named) or formula.name not in scenario.numbers:
        return ""
    settings = [policy.sets[formula.name] for policy in scenario.policies.values() if formula.name in policy.sets]
    candidates = [number for number in (scenario.numbers[formula.name], *settings) if _kind_of(number)]
    whys = (_misfit(number, leaf, counted) for number in candidates)
    return next((f"${formula.name}: {why}" for why in whys if why), "")


def _is_bare(formula: Formula) -> bool:
    """Whether a formula is nothing but a number that ought to have a reason; 0 and 1 need none."""
    parts = list(walk(formula))
    numbers = [part.value for part in parts if isinstance(part, Plain)]
    return all(isinstance(part, Plain | Combine) for part in parts) and not set(numbers) <= {0.0, 1.0}


def _misfit(number: Number, leaf: Leaf, counted: str | None) -> str:
    assert isinstance(leaf.role, Measure)
    try:
        factor = factor_of(number.unit, leaf.role, counted)
        based = scaled(number, factor, base_unit(leaf.role, number.unit, counted))
    except UnitRefused as refusal:
        return str(refusal)
    return _out_of_bounds(based, leaf)


def _out_of_bounds(number: Number, leaf: Leaf) -> str:
    if leaf.role is Measure.PLAIN:
        return ""
    low, high = _ends(number)
    if low < 0:
        if number.spread and number.spread.shape == "normal":
            return f"{leaf.role} cannot be less than 0, as normal may be; lognormal and triangular have a lower end"
        return f"{leaf.role} cannot be less than 0, and here it may be {low:g}"
    if leaf.role is Measure.SHARE and high > 1:
        if high == inf:
            return "a share cannot be more than 1; value, uniform and triangular have an upper end"
        return f"a share cannot be more than 1, and here it may be {high:g}"
    if leaf.path[-1] == "ramp" and high == 0:
        return "a ramp takes some time; without ramp a line works at its rate at once"
    if leaf.path[-1] == "fades" and low < 1 and (number.spread is None or number.spread.shape != "lognormal"):
        return f"{low:g} weeks is too short: a state goes 1/fades of the way each week, so that it takes at least 1"
    return ""


def _ends(number: Number) -> tuple[float, float]:
    """The least and the largest value that a number in base units can have."""
    if number.value is not None:
        return number.value, number.value
    spread = number.spread
    match spread:
        case None:
            return 0.0, 0.0
        case _ if spread.low is not None and spread.high is not None:
            return spread.low, spread.high
        case _ if spread.mean is not None and spread.deviation is not None:
            reach = _DEVIATIONS * spread.deviation
            return spread.mean - reach, inf
        case _ if spread.median is not None:
            return 0.0, inf
        case _:
            return 0.0, 1.0
