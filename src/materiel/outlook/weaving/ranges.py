"""Between which bounds an amount can lie, as far as the scenario itself says, and the grid that follows from it.

A stock's numbers lie on a grid: multiples of a power of two, so fine that all that can ever be there of a materiel is
below 2**51 steps. Sums and differences of such numbers are exact, and so nothing is lost or gained by rounding.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from materiel.outlook.scenario.elements import Scenario
from materiel.outlook.scenario.formula_tree import Call, Combine, Formula, Named, Plain, TheWeek
from materiel.outlook.scenario.formulas import parse_formula
from materiel.outlook.scenario.numbers import Amount, Number, Spread
from materiel.outlook.weaving.sources import counted_in

Range = tuple[float, float]

STEPS = 51
"""All there can be of a materiel is below two to the power of this many steps of its grid."""
ROOM = 2.0**20
"""How many times what is known to be there has to fit where the scenario sets no limit."""
DEVIATIONS = 10.0
"""So many deviations from its mean a normal number is taken to be at most."""
_FLAGS = frozenset(("happened", "fact", "belief", "triggered", "kept", "broken", "progress"))


@dataclass(frozen=True, slots=True)
class Grid:
    """The steps in which a materiel is counted.

    Attributes:
        step: a power of two.
        most: what there can be of it and still be counted exactly.
        is_certain: whether the scenario itself says that there is never more.
    """

    step: float
    most: float
    is_certain: bool


def grid_of(scenario: Scenario, materiel: str) -> Grid:
    """The grid for a materiel, the same under every policy."""
    range_of = ranges(scenario)
    opening = [range_of(stock.opening)[1] for stock in scenario.stocks if stock.materiel == materiel]
    rates = [
        max(range_of(line.rate)[1], range_of(line.full_rate)[1] if line.full_rate is not None else 0.0)
        for line in scenario.lines
        if line.materiel == materiel
    ]
    made = [rate * scenario.weeks for rate in rates]
    known = sum(each for each in (*opening, *made) if math.isfinite(each))
    is_certain = all(math.isfinite(each) for each in (*opening, *made)) and not _is_tailed(scenario)
    most = max(known, 2.0**-20) * (1.0 if all(map(math.isfinite, (*opening, *made))) else ROOM)
    power = math.frexp(most)[1]
    return Grid(2.0 ** (power - STEPS), 2.0**power, is_certain)


def step_of_items(scenario: Scenario) -> float:
    """A grid for amounts in items, on which totals over several materiels are exact."""
    most = max(
        (grid_of(scenario, name).most * counted_in(each)[0] for name, each in scenario.materiel.items()), default=1.0
    )
    return 2.0 ** (math.frexp(most)[1] - STEPS)


def _is_tailed(scenario: Scenario) -> bool:
    """Whether some number has a distribution without bounds."""
    numbers = [
        *scenario.numbers.values(),
        *(each for policy in scenario.policies.values() for each in policy.sets.values()),
    ]
    numbers += [stock.opening for stock in scenario.stocks if isinstance(stock.opening, Number)]
    numbers += [each for line in scenario.lines for each in (line.rate, line.full_rate) if isinstance(each, Number)]
    return any(each.spread is not None and each.spread.shape in {"normal", "lognormal"} for each in numbers)


def ranges(scenario: Scenario) -> Callable[[Amount], Range]:
    """A function that gives the range of an amount of the scenario, over all policies."""
    named: dict[str, Range] = {}
    for name, number in scenario.numbers.items():
        settings = [number, *(policy.sets[name] for policy in scenario.policies.values() if name in policy.sets)]
        spans = [range_of_number(each) for each in settings]
        named[name] = min(low for low, _ in spans), max(high for _, high in spans)
    states = {(each.actor, each.name): (each.low, each.high) for each in scenario.states}
    flags = {(each.actor, each.name): (0.0, 1.0) for each in scenario.switches}

    def of(formula: Formula) -> Range:
        match formula:
            case Plain(value):
                return value, value
            case Named(name):
                return named.get(name, (-math.inf, math.inf))
            case TheWeek():
                return 0.0, float(scenario.weeks)
            case Call("state", (actor, what)):
                return (states | flags).get((actor, what), (-math.inf, math.inf))
            case Call("count", _):
                return 0.0, float(scenario.weeks)
            case Call(function, _):
                return (0.0, 1.0) if function in _FLAGS else (0.0, math.inf)
            case Combine(operator, parts):
                return combine(operator, [of(part) for part in parts])

    def range_of(amount: Amount) -> Range:
        return range_of_number(amount) if isinstance(amount, Number) else of(parse_formula(amount))

    return range_of


def range_of_number(number: Number) -> Range:
    """Between which bounds a number lies; of a normal one so many deviations."""
    if number.spread is not None:
        return range_of_spread(number.spread)
    return (number.value, number.value) if number.value is not None else (-math.inf, math.inf)


def range_of_spread(spread: Spread) -> Range:
    match spread:
        case Spread(low=float(low), high=float(high)):
            return low, high
        case Spread(mean=float(mean), deviation=float(deviation)):
            return mean - DEVIATIONS * deviation, mean + DEVIATIONS * deviation
        case Spread(median=float(median), factor=float(factor)):
            return 0.0, median * factor**DEVIATIONS
        case _:
            return 0.0, 1.0


def combine(operator: str, parts: list[Range]) -> Range:
    """The range of what an operator makes of numbers in these ranges."""
    match operator:
        case "+":
            return parts[0][0] + parts[1][0], parts[0][1] + parts[1][1]
        case "-":
            return parts[0][0] - parts[1][1], parts[0][1] - parts[1][0]
        case "*":
            return _span([_times(one, other) for one in parts[0] for other in parts[1]])
        case "/":
            low, high = parts[1]
            if low <= 0.0 <= high:
                return -math.inf, math.inf
            return _span([_times(one, 1.0 / other) for one in parts[0] for other in parts[1]])
        case "min":
            return min(low for low, _ in parts), min(high for _, high in parts)
        case "max":
            return max(low for low, _ in parts), max(high for _, high in parts)
        case "clip":
            value, least, most = parts
            return combine("min", [most, combine("max", [least, value])])
        case "if":
            return _span([each for part in parts[1:] for each in part])
        case _:
            return 0.0, 1.0


def _times(left: float, right: float) -> float:
    return 0.0 if 0.0 in (left, right) else left * right


def _span(values: list[float]) -> Range:
    return min(values), max(values)
