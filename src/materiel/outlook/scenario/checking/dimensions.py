"""Whether formulas add like to like: no rounds to pieces, no money to a share.

Time does not count here: a week is the step, so what flows in a week may be added to what is there. A number that
stands in a formula itself may be of any kind, and so may what is made of it by multiplying.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from materiel.outlook.refusals import FormulaRefused, Problem, UnitRefused
from materiel.outlook.scenario.elements import Scenario
from materiel.outlook.scenario.formula_tree import COMPARISONS, SITUATION, Call, Combine, Formula, Named, Plain, TheWeek
from materiel.outlook.scenario.formulas import parse_formula
from materiel.outlook.scenario.leaves import Leaf, written_in
from materiel.outlook.scenario.numbers import Language, Measure
from materiel.outlook.scenario.units import Kind, parse_unit

Dimension = tuple[tuple[str, int], ...] | None
"""What is counted, each with its power; () for a plain number, None where it may be anything."""


def dimension_problems(scenario: Scenario) -> Iterator[Problem]:
    """Formulas that add or compare what is of different kinds, or come to another kind than their field."""
    kinds = _Kinds(scenario)
    for leaf, text in written_in(scenario, Language.FORMULA):
        try:
            formula = parse_formula(text)
            if isinstance(formula, Named):
                continue  # its unit is held against the field, time included, among the amounts
            found = kinds.of(formula)
        except FormulaRefused:
            continue  # told among the references
        except _Mixed as mixed:
            yield Problem(leaf.place, str(mixed), path=leaf.path)
            continue
        wanted = kinds.of_field(leaf)
        if found is not None and wanted is not None and found != wanted:
            why = f"it comes to {_shown(found)}, and this is {leaf.role} ({_shown(wanted)})"
            yield Problem(leaf.place, why, path=leaf.path)


class _Mixed(Exception):
    """What cannot be added or compared."""


class _Kinds:
    """What numbers and the situation of a scenario count."""

    def __init__(self, scenario: Scenario) -> None:
        self._materiel = {name: _dimension(each.unit) for name, each in scenario.materiel.items()}
        self._numbers = {name: _dimension(number.unit) for name, number in scenario.numbers.items()}
        self._carried = {
            **{("route", route.id): route.materiel for route in scenario.routes},
            **{("order", order.id): order.materiel for order in scenario.orders},
            **{("line", line.id): line.materiel for line in scenario.lines},
        }

    def of_field(self, leaf: Leaf) -> Dimension:
        match leaf.role:
            case Measure.AMOUNT | Measure.FLOW:
                return self._materiel.get(leaf.materiel or "")
            case Measure.SHARE | Measure.HAZARD | Measure.DURATION:
                return ()
            case _:
                # A gain may stand for "per thousand rounds"; a price has a currency that no field knows.
                return None

    def of(self, formula: Formula) -> Dimension:
        """What a formula comes to.

        Raises:
            _Mixed: it adds or compares what is of different kinds.
        """
        match formula:
            case Plain():
                return None
            case Named(name):
                return self._numbers.get(name)
            case TheWeek():
                return ()
            case Call():
                return self._of_call(formula)
            case Combine(operator, parts):
                return self._combined(operator, parts)

    def _of_call(self, call: Call) -> Dimension:
        kinds = SITUATION[call.function]
        if "materiel" in kinds:
            return self._materiel.get(call.arguments[1])
        if kinds[0] in {"route", "order", "line"} and call.function != "progress":
            return self._materiel.get(self._carried.get((kinds[0], call.arguments[0]), ""))
        return ()

    def _combined(self, operator: str, parts: tuple[Formula, ...]) -> Dimension:
        if operator in {"*", "/"}:
            left, right = (self.of(part) for part in parts)
            return _product(left, right, 1 if operator == "*" else -1)
        if operator == "if":
            self.of(parts[0])
            parts = parts[1:]
        same = _same(operator, [self.of(part) for part in parts])
        return () if operator in COMPARISONS else same


def _same(operator: str, kinds: list[Dimension]) -> Dimension:
    known = list(dict.fromkeys(kind for kind in kinds if kind is not None))
    if len(known) > 1:
        verb = {"+": "be added", "-": "be subtracted", "if": "stand for one another"}.get(operator, "be compared")
        raise _Mixed(f"{_shown(known[0])} and {_shown(known[1])} cannot {verb} ({operator})")
    return known[0] if known else None


def _product(left: Dimension, right: Dimension, sign: int) -> Dimension:
    if left is None or right is None:
        return None
    powers = Counter(dict(left))
    for what, power in right:
        powers[what] += sign * power
    return tuple(sorted((what, power) for what, power in powers.items() if power))


def _dimension(unit: str) -> Dimension:
    try:
        parsed = parse_unit(unit)
    except UnitRefused:
        return None  # told where the number stands
    match parsed.kind:
        case Kind.COUNT | Kind.FLOW | Kind.MONEY | Kind.SPENDING:
            return ((parsed.what, 1),)
        case Kind.PRICE:
            return tuple(sorted(((parsed.what, 1), (parsed.piece, -1))))
        case _:
            return ()


def _shown(dimension: Dimension) -> str:
    """In words: ``round``, ``USD per round``, ``a plain number``."""
    tops = [_power(what, power) for what, power in dimension or () if power > 0]
    bottoms = [_power(what, -power) for what, power in dimension or () if power < 0]
    if not tops and not bottoms:
        return "a plain number"
    return f"'{' per '.join([' times '.join(tops or ['1']), *bottoms])}'"


def _power(what: str, power: int) -> str:
    return what if power == 1 else f"{what} to the power of {power}"
