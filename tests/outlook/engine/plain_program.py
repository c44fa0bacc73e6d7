"""A program run as its docstring reads: one member, one week, one step at a time, over plain numbers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from materiel.outlook.engine.draws import chance, counters, key_of, uniforms
from materiel.outlook.program import (
    Apply,
    Assign,
    Constant,
    Expression,
    Name,
    Operation,
    Parameter,
    Program,
    RingGet,
    Uniform,
    Week,
)


class Member:
    """One member of a program; ``failed`` where something that had to stay finite did not."""

    def __init__(self, program: Program, values: Sequence[float], seed: int, member: int) -> None:
        self.program = program
        self.parameters = dict(zip(program.parameters, map(np.float64, values), strict=True))
        self.seed, self.member = seed, member
        self.names: dict[str, np.float64] = {}
        self.rings = {ring.name: [np.float64(0.0)] * ring.length for ring in program.rings}
        self.week = 0
        self.slot = 0
        self.failed = False
        self.series: dict[str, list[float]] = {name: [] for name in program.series}

    def run(self) -> list[float]:
        program = self.program
        with np.errstate(all="ignore"):
            for variable in program.variables:
                self.names[variable.name] = self.value(variable.opening)
            for self.week in range(program.weeks):
                self.slot = self.week + 1
                self._week()
            self.week = program.weeks
            outcomes = [self.value(expression) for _, expression in program.outcomes]
        self.failed |= not np.isfinite(outcomes).all()
        return [float("nan") if self.failed else float(outcome) for outcome in outcomes]

    def _week(self) -> None:
        rates = [self.value(hazard.rate) for hazard in self.program.hazards]
        self.failed |= not np.isfinite(rates).all()
        for hazard, rate in zip(self.program.hazards, rates, strict=True):
            u = self.uniform(hazard.purpose)
            happened = u < rate and u < chance(np.array([rate]))[0]
            self.names[hazard.name] = np.float64(happened)
        put: dict[str, np.float64] = {}
        for step in self.program.steps:
            if isinstance(step, Assign):
                self.names[step.name] = self.value(step.value)
            else:
                put[step.ring] = self.value(step.value)
        for name, ring in self.rings.items():
            ring[self.week % len(ring)] = put.get(name, np.float64(0.0))
        for name, followed in self.series.items():
            followed.append(float(self.names[name]))
        self.failed |= not all(np.isfinite(self.names[name]) for name in self.program.guards)

    def uniform(self, purpose: str) -> np.float64:
        places = counters(np.array([self.member], dtype=np.uint64))
        return np.float64(uniforms(key_of(self.seed, purpose), places, self.slot)[0])

    def value(self, expression: Expression) -> np.float64:
        match expression:
            case Constant(number):
                return np.float64(number)
            case Parameter(name):
                return self.parameters[name]
            case Name(name):
                return self.names[name]
            case Week():
                return np.float64(self.week)
            case Uniform(purpose):
                return self.uniform(purpose)
            case RingGet(name):
                ring = self.rings[name]
                return ring[self.week % len(ring)]
            case Apply(operation, arguments):
                return np.float64(operate(operation, [self.value(argument) for argument in arguments]))


def operate(operation: Operation, values: Sequence[np.float64]) -> float:
    a, b, c = (*values, np.float64(0), np.float64(0))[:3]
    match operation:
        case Operation.ADD:
            return a + b
        case Operation.SUBTRACT:
            return a - b
        case Operation.MULTIPLY:
            return a * b
        case Operation.DIVIDE:
            return a / b
        case Operation.LEAST:
            return a if a < b else b  # noqa: FURB136
        case Operation.GREATEST:
            return a if a > b else b  # noqa: FURB136
        case Operation.LESS:
            return float(a < b)
        case Operation.AT_MOST:
            return float(a <= b)
        case Operation.EQUAL:
            return float(a == b)
        case Operation.CHOOSE:
            return b if a != 0 else c
        case Operation.GRID:
            return (a + b) - b
        case Operation.FINITE:
            return float(a - a == 0)
