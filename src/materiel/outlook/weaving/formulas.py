"""Formulas and numbers of a scenario as expressions of a program."""

from __future__ import annotations

from functools import reduce

from materiel.commitments.tree import Figure
from materiel.commitments.tree import Named as NamedFigure
from materiel.outlook.program import Constant, Expression, Name, Week
from materiel.outlook.scenario.elements import Scenario
from materiel.outlook.scenario.formula_tree import Call, Combine, Formula, Named, Plain, TheWeek
from materiel.outlook.scenario.formulas import parse_formula
from materiel.outlook.scenario.numbers import Amount, Number, Spread
from materiel.outlook.scenario.units import Kind, parse_unit
from materiel.outlook.weaving.arithmetic import (
    add,
    at_most,
    choose,
    clipped,
    divide,
    equal,
    greatest,
    least,
    less,
    multiply,
    subtract,
    total,
)
from materiel.outlook.weaving.loom import Loom
from materiel.outlook.weaving.sources import refuse

VARIABLES: dict[str, str] = {
    "stock": "stock",
    "reserve": "reserve",
    "state": "state",
    "sent": "sent",
    "arrived": "arrived",
    "total": "total",
    "waiting": "backlog",
    "delivered": "delivered",
    "output": "output",
    "progress": "progress",
    "need": "need",
    "unmet": "unmet",
    "total_unmet": "total unmet",
    "happened": "happened",
    "count": "count",
    "fact": "fact",
    "belief": "belief",
    "triggered": "triggered",
    "kept": "kept",
    "broken": "broken",
}
"""The variable behind each function of a formula; its arguments follow in the name."""


class Numbers:
    """The numbers of a scenario, each where a formula or a field asks for it.

    Args:
        loom: where parameters go.
        scenario: in base units.
        sets: the named numbers that the policy sets.
    """

    def __init__(self, loom: Loom, scenario: Scenario, sets: dict[str, Number]) -> None:
        self._loom, self._scenario, self._sets = loom, scenario, sets
        for name in scenario.numbers:
            self.named(name, f"numbers.{name}")

    def named(self, name: str, where: str) -> Expression:
        """A named number: a parameter, as the policy or the scenario gives it.

        Raises:
            ScenarioRefused: no number has that name, or it is a blank.
        """
        number = self._sets.get(name, self._scenario.numbers.get(name))
        if number is None:
            raise refuse(where, f"${name} is no number of the scenario. Give it under numbers:")
        self._loom.describe(name, name.replace("_", " ").replace("-", " "), number.unit)
        return self._loom.parameter(name, _drawn(number, f"numbers.{name}"), f"number {name}")

    def in_place(self, number: Number, where: str) -> Expression:
        """A number that stands in its field: a parameter named after its place if it is spread."""
        drawn = _drawn(number, where)
        if isinstance(drawn, float):
            return Constant(drawn)
        self._loom.describe(where, where, number.unit)
        return self._loom.parameter(where, drawn, f"number {where}")

    def amount(self, value: Amount | None, where: str, default: float = 0.0) -> Expression:
        """What a field gives: a number, a formula on the situation as it is then, or, left out, the default."""
        if value is None:
            return Constant(default)
        if isinstance(value, Number):
            return self.in_place(value, where)
        return self.formula(value, where)

    def formula(self, text: str, where: str) -> Expression:
        """The value of a formula on the situation as it is then."""
        return self._expression(parse_formula(text), where)

    def figure(self, figure: Figure) -> Expression:
        """The number in a condition."""
        return self.named(figure.name, "a condition") if isinstance(figure, NamedFigure) else Constant(figure)

    def items(self, figure: Figure) -> Expression:
        """The number in a condition on a total: in items, not in thousands of them."""
        if not isinstance(figure, NamedFigure):
            return Constant(figure)
        value = self.named(figure.name, "a condition")
        unit = parse_unit(self._scenario.numbers[figure.name].unit)
        return multiply(value, float(unit.factor)) if unit.kind in {Kind.COUNT, Kind.MONEY} else value

    def _expression(self, formula: Formula, where: str) -> Expression:
        match formula:
            case Plain(value):
                return Constant(value)
            case Named(name):
                return self.named(name, where)
            case TheWeek():
                return Week()
            case Call(function, arguments):
                return self._situation(function, arguments, where)
            case Combine(operator, parts):
                return combined(operator, [self._expression(part, where) for part in parts])

    def _situation(self, function: str, arguments: tuple[str, ...], where: str) -> Expression:
        if function == "backlog":
            supplier, materiel = arguments
            orders = [
                Name(f"backlog {order.id}")
                for order in self._scenario.orders
                if (order.supplier, order.materiel) == (supplier, materiel)
            ]
            return total([*orders])
        name = " ".join((VARIABLES[function], *arguments))
        if not self._loom.has(name):
            raise refuse(where, f"{function}({', '.join(arguments)}) is nothing in this scenario.")
        return Name(name)


def _drawn(number: Number, where: str) -> Spread | float:
    if number.spread is not None:
        return number.spread
    if number.value is None:
        raise refuse(where, f"it is a blank: {number.blank}. Give a value, or a spread with what it rests on.")
    return float(number.value)


def combined(operator: str, parts: list[Expression]) -> Expression:
    """The arithmetic of a formula."""
    match operator, parts:
        case "+", [left, right]:
            return add(left, right)
        case "-", [left, right]:
            return subtract(left, right)
        case "*", [left, right]:
            return multiply(left, right)
        case "/", [left, right]:
            return divide(left, right)
        case "<", [left, right]:
            return less(left, right)
        case "<=", [left, right]:
            return at_most(left, right)
        case ">", [left, right]:
            return less(right, left)
        case ">=", [left, right]:
            return at_most(right, left)
        case "==", [left, right]:
            return equal(left, right)
        case "min", _:
            return reduce(lambda one, other: least(one, other), parts)
        case "max", _:
            return reduce(lambda one, other: greatest(one, other), parts)
        case "clip", [value, low, high]:
            return clipped(value, low, high)
        case "if", [asked, then, other]:
            return choose(asked, then, other)
        case _:
            raise ValueError(f"{operator} takes another number of parts than {len(parts)}")
