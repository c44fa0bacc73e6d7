"""One member of a program as Python source, step by step, with all that is assigned in each week.

It is a reading of :mod:`materiel.outlook.program` of its own, besides both engines and the tests' interpreter of them.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from materiel.outlook.compiled import Compiled
from materiel.outlook.engine.draws import counters, draw, key_of, uniforms
from materiel.outlook.program import (
    Apply,
    Assign,
    Constant,
    Expression,
    Name,
    Operation,
    Parameter,
    RingGet,
    Uniform,
    Week,
)

FORMS: dict[Operation, str] = {
    Operation.ADD: "({0} + {1})",
    Operation.SUBTRACT: "({0} - {1})",
    Operation.MULTIPLY: "({0} * {1})",
    Operation.DIVIDE: "divided({0}, {1})",
    Operation.LEAST: "least({0}, {1})",
    Operation.GREATEST: "greatest({0}, {1})",
    Operation.LESS: "float({0} < {1})",
    Operation.AT_MOST: "float({0} <= {1})",
    Operation.EQUAL: "float({0} == {1})",
    Operation.CHOOSE: "({1} if {0} != 0.0 else {2})",
    Operation.GRID: "gridded({0}, {1})",
    Operation.FINITE: "float({0} - {0} == 0.0)",
}


def divided(left: float, right: float) -> float:
    if right != 0.0:
        return left / right
    return math.nan if left == 0.0 or math.isnan(left) else math.copysign(math.inf, left)


def source(expression: Expression) -> str:
    match expression:
        case Constant(value):
            return repr(value) if math.isfinite(value) else f"float('{value}')"
        case Parameter(name):
            return f"P[{name!r}]"
        case Name(name):
            return f"N[{name!r}]"
        case Week():
            return "week"
        case Uniform(purpose):
            return f"uniform({purpose!r})"
        case RingGet(ring):
            return f"R[{ring!r}][int(week) % len(R[{ring!r}])]"
        case Apply(operation, arguments):
            return FORMS[operation].format(*(source(argument) for argument in arguments))


class Trace:
    """A member's weeks.

    Attributes:
        opened: all names before the first week.
        weeks: all names as they are at the end of each week.
        decided: all names as they were when conditions were asked.
        parameters: what the member drew.
        outcomes: by name.
    """

    def __init__(self) -> None:
        self.opened: dict[str, float] = {}
        self.weeks: list[dict[str, float]] = []
        self.decided: list[dict[str, float]] = []
        self.parameters: dict[str, float] = {}
        self.outcomes: dict[str, float] = {}


class Members:
    """A program ready to be run member by member."""

    def __init__(self, compiled: Compiled, look: Callable[[str, dict[str, float]], None] | None = None) -> None:
        """``look`` is called with a name and all names each time that a stock or a route has been given a value."""
        self.compiled = compiled
        program = compiled.program
        lines = ["def opening(N, P, uniform):", " week = 0.0"]
        lines += [f" N[{each.name!r}] = {source(each.opening)}" for each in program.variables]
        lines += ["def rates(N, P, R, week, uniform):"]
        lines += [f" return [{', '.join(source(each.rate) for each in program.hazards)}]"]
        lines += ["def steps(N, P, R, week, uniform, put, decide):"]
        is_decided = False
        for step in program.steps:
            if isinstance(step, Assign):
                if not is_decided and step.name.startswith("switched #"):
                    lines.append(" decide()")
                    is_decided = True
                lines.append(f" N[{step.name!r}] = {source(step.value)}")
                if look is not None and step.name.startswith(("stock ", "sent ")):
                    lines.append(f" look({step.name!r}, N)")
            else:
                lines.append(f" put[{step.ring!r}] = {source(step.value)}")
        lines += ["def outcomes(N, P, week):", " return {"]
        lines += [f"  {name!r}: {source(value)}," for name, value in program.outcomes]
        lines += [" }"]
        self.code: dict[str, Any] = {
            "divided": divided,
            "look": look,
            "least": lambda a, b: min(b, a),
            "greatest": lambda a, b: max(b, a),
            "gridded": lambda a, b: (a + b) - b,
        }
        exec(compile("\n".join(lines), "<program>", "exec"), self.code)

    def run(self, seed: int, member: int) -> Trace:
        program, trace = self.compiled.program, Trace()
        place = np.array([member], dtype=np.uint64)
        values = draw(self.compiled.drawn, place, seed)[:, 0].tolist()
        parameters = dict(zip(program.parameters, values, strict=True))
        trace.parameters = parameters
        luck = self._luck(seed, counters(place))
        names: dict[str, float] = {}
        rings = {ring.name: [0.0] * ring.length for ring in program.rings}
        self.code["opening"](names, parameters, lambda purpose: luck(purpose, 0))
        trace.opened = dict(names)
        for week in range(program.weeks):

            def uniform(purpose: str, slot: int = week + 1) -> float:
                return luck(purpose, slot)

            rates = self.code["rates"](names, parameters, rings, float(week), uniform)
            for hazard, rate in zip(program.hazards, rates, strict=True):
                names[hazard.name] = float(uniform(hazard.purpose) < -math.expm1(-rate)) if rate > 0 else 0.0
            put: dict[str, float] = {}

            def decide() -> None:
                trace.decided.append(dict(names))

            self.code["steps"](names, parameters, rings, float(week), uniform, put, decide)
            for name, ring in rings.items():
                ring[week % len(ring)] = put.get(name, 0.0)
            trace.weeks.append(dict(names))
        trace.outcomes = self.code["outcomes"](names, parameters, float(program.weeks))
        return trace

    def _luck(self, seed: int, place: Any) -> Callable[[str, int], float]:
        return lambda purpose, slot: float(uniforms(key_of(seed, purpose), place, slot)[0])
