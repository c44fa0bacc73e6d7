"""Numbers in the base unit of what their field measures: the unit of the materiel, weeks, per week, shares.

:func:`based` gives a whole scenario so; nothing after it needs to know of units.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from materiel.outlook.refusals import Path, UnitRefused
from materiel.outlook.scenario.elements import Scenario
from materiel.outlook.scenario.leaves import fields_of, leaves
from materiel.outlook.scenario.numbers import Measure, Number, Part, Spread
from materiel.outlook.scenario.units import Kind, Unit, parse_unit

FITTING: dict[Measure, tuple[Kind, ...]] = {
    Measure.AMOUNT: (Kind.COUNT,),
    Measure.FLOW: (Kind.FLOW,),
    Measure.DURATION: (Kind.DURATION,),
    Measure.DELAY: (Kind.DURATION,),
    Measure.HAZARD: (Kind.HAZARD,),
    Measure.PRICE: (Kind.PRICE, Kind.MONEY),
    Measure.SHARE: (Kind.SHARE,),
    Measure.PLAIN: (Kind.PLAIN, Kind.SHARE),
}
"""The kinds of unit that fit each measure, the usual one first. Money alone is a price for one unit of materiel."""

_EXAMPLES: dict[Measure, str] = {
    Measure.AMOUNT: "{counted}",
    Measure.FLOW: "{counted} per week, or per day, month, year",
    Measure.DURATION: "days, weeks, months or years",
    Measure.DELAY: "weeks or days",
    Measure.HAZARD: "per day, per week, per month or per year",
    Measure.PRICE: "USD per {counted}",
    Measure.SHARE: "share or percent",
    Measure.PLAIN: "none, times or share",
}


def factor_of(unit: str, measure: Measure, counted: str | None) -> Fraction:
    """By what a number is multiplied to be in the base unit.

    Args:
        unit: of the number.
        measure: what its field measures.
        counted: the unit in which the materiel of the field is counted, None where there is no materiel.

    Raises:
        UnitRefused: the unit cannot be read, or is of another kind than the measure, or counts something else.
    """
    own = parse_unit(unit)
    fits = _EXAMPLES[measure].format(counted=counted or "pieces")
    if own.kind not in FITTING[measure]:
        raise UnitRefused(f"'{unit}' is {own.kind}, and this is {measure}. Fits: {fits}")
    if counted is None or own.kind not in _COUNTING:
        return own.factor
    base = parse_unit(counted)
    if _noun(own) != base.what:
        raise UnitRefused(f"'{unit}' is not what the materiel is counted in, '{counted}'. Fits: {fits}")
    return _relative(own, base.factor)


_COUNTING = (Kind.COUNT, Kind.FLOW, Kind.PRICE)


def _noun(unit: Unit) -> str:
    """What is counted, or paid for."""
    return unit.piece if unit.kind is Kind.PRICE else unit.what


def _relative(unit: Unit, base: Fraction) -> Fraction:
    """The factor of a unit where materiel is counted in packs of so many: a thousand for thousand rounds."""
    return unit.factor * base if unit.kind is Kind.PRICE else unit.factor / base


def factor_of_named(number: Number, scenario: Scenario) -> Fraction:
    """By what a named number is multiplied. Amounts are brought to the unit in which materiel of their sort is counted.

    Raises:
        UnitRefused: the unit cannot be read, or materiel of its sort is counted in two units.
    """
    own = parse_unit(number.unit)
    if own.kind not in _COUNTING:
        return own.factor
    noun = _noun(own)
    bases = {each.unit: unit for each in scenario.materiel.values() if (unit := _unit_or_none(each.unit))}
    factors = {unit.factor: text for text, unit in sorted(bases.items()) if unit.what == noun}
    if len(factors) > 1:
        texts = ", ".join(f"'{text}'" for text in factors.values())
        raise UnitRefused(f"'{number.unit}': materiel is counted in {texts}. Count all of it in one of them")
    return _relative(own, next(iter(factors), Fraction(1)))


def _unit_or_none(text: str) -> Unit | None:
    try:
        return parse_unit(text)
    except UnitRefused:
        return None


def scaled(number: Number, factor: Fraction, unit: str) -> Number:
    """The number times a factor, in its new unit. A blank stays one.

    Raises:
        UnitRefused: a chance, which is 0 or 1, cannot be multiplied.
    """
    value, spread = number.value, number.spread
    if value is not None:
        value = _times(value, factor)
    if spread is not None and factor != 1:
        if spread.shape == "chance":
            raise UnitRefused(f"a chance is 0 or 1, and has no unit '{number.unit}'. Fits: none")
        sized = {"low", "high", "mode", "mean", "deviation", "median"}
        sizes = {name: getattr(spread, name) for name in sized if getattr(spread, name) is not None}
        spread = Spread(
            shape=spread.shape, factor=spread.factor, **{name: _times(size, factor) for name, size in sizes.items()}
        )
    return number.model_copy(update={"value": value, "spread": spread, "unit": unit})


def _times(number: float, factor: Fraction) -> float:
    return number if factor == 1 else float(Fraction(number) * factor)


def base_unit(measure: Measure, unit: str, counted: str | None) -> str:
    """How the base unit is written."""
    match measure:
        case Measure.AMOUNT:
            return counted or unit
        case Measure.FLOW:
            return f"{counted} per week"
        case Measure.DURATION | Measure.DELAY:
            return "weeks"
        case Measure.HAZARD:
            return "per week"
        case Measure.PRICE:
            return f"{parse_unit(unit).what} per {counted}"
        case Measure.SHARE:
            return "share"
        case Measure.PLAIN:
            return "share" if parse_unit(unit).kind is Kind.SHARE else "none"


def based(scenario: Scenario) -> Scenario:
    """The scenario with every number in base units; formulas are the same arithmetic on them.

    Args:
        scenario: one that is :func:`checks.checked`.

    Raises:
        UnitRefused: it is not.
    """
    new: dict[Path, Any] = {}
    for leaf in leaves(scenario):
        if isinstance(leaf.role, Measure) and isinstance(leaf.value, Number):
            counted = scenario.materiel[leaf.materiel].unit if leaf.materiel else None
            factor = factor_of(leaf.value.unit, leaf.role, counted)
            new[leaf.path] = scaled(leaf.value, factor, base_unit(leaf.role, leaf.value.unit, counted))
    named = {name: _based_named(number, scenario) for name, number in scenario.numbers.items()}
    new.update({("numbers", name): number for name, number in named.items()})
    for name, policy in scenario.policies.items():
        for lever, number in policy.sets.items():
            new["policies", name, "sets", lever] = _based_named(number, scenario)
    return replaced(scenario, new)


def _based_named(number: Number, scenario: Scenario) -> Number:
    unit = parse_unit(number.unit)
    factor = factor_of_named(number, scenario)
    bases = {
        Kind.DURATION: "weeks",
        Kind.HAZARD: "per week",
        Kind.SHARE: "share",
        Kind.PLAIN: "none",
        Kind.MONEY: unit.what,
        Kind.SPENDING: f"{unit.what} per week",
    }
    if unit.kind in bases:
        return scaled(number, factor, bases[unit.kind])
    noun = _noun(unit)
    counted = next(
        (each.unit for each in scenario.materiel.values() if parse_unit(each.unit).what == noun),
        noun,
    )
    shown = {Kind.COUNT: counted, Kind.FLOW: f"{counted} per week", Kind.PRICE: f"{unit.what} per {counted}"}
    return scaled(number, factor, shown[unit.kind])


def replaced(scenario: Scenario, new: Mapping[Path, Any]) -> Scenario:
    """The scenario with other values at some paths."""
    return _replaced(scenario, (), new) if new else scenario


def _replaced(value: Any, path: Path, new: Mapping[Path, Any]) -> Any:
    if path in new:
        return new[path]
    if isinstance(value, Number):
        return value
    if isinstance(value, Part):
        fields = {
            field: _replaced(getattr(value, field), (*path, alias), new)
            for field, (alias, _) in fields_of(type(value)).items()
        }
        return value.model_copy(
            update={name: part for name, part in fields.items() if part is not getattr(value, name)}
        )
    if isinstance(value, tuple):
        parts = tuple(_replaced(part, (*path, index), new) for index, part in enumerate(value))
        return parts if any(new is not old for new, old in zip(parts, value, strict=True)) else value
    if isinstance(value, Mapping):
        return {key: _replaced(part, (*path, key), new) for key, part in value.items()}
    return value
