"""A compiled scenario: arithmetic on named variables, week by week, the same for every member of an ensemble.

Neither actors nor materiel are left here, only numbers. Two engines run a program: one over whole arrays of members
(:mod:`engine.vectorised`), one as generated machine code over blocks of them (:mod:`engine.kernel`); both do the same
IEEE-754 operations in the same order, so that they give the same bits.

One week of a program:

1. every :class:`Hazard` is drawn, all of them on the situation at the end of the week before;
2. the steps, in their order: a name is assigned a value, or a value is put on a ring.

Flags are the numbers 0 and 1. A variable lives from week to week; any other name that a step assigns is good until the
end of the week, and has to be assigned before it is used.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Operation(StrEnum):
    """What an :class:`Apply` does. Comparisons give 0 or 1."""

    ADD = "add"
    SUBTRACT = "subtract"
    MULTIPLY = "multiply"
    DIVIDE = "divide"
    """IEEE: by zero gives an infinity or not a number; the member then fails."""
    LEAST = "least"
    """``a if a < b else b``"""
    GREATEST = "greatest"
    """``a if a > b else b``"""
    LESS = "less"
    AT_MOST = "at most"
    EQUAL = "equal"
    CHOOSE = "choose"
    """``b if a != 0 else c``"""
    GRID = "grid"
    """The nearest multiple of a power of two, as ``(a + b) - b`` with b = 1.5 * 2**52 * the power; b is a
    constant."""
    FINITE = "finite"
    """1 if ``a - a == 0`` else 0"""


@dataclass(frozen=True, slots=True)
class Constant:
    value: float


@dataclass(frozen=True, slots=True)
class Parameter:
    """A number that is drawn once for each member, or set by a policy: a column of the table given to the engine."""

    name: str


@dataclass(frozen=True, slots=True)
class Name:
    """A variable, a hazard's 0 or 1, or what a step of this week assigned."""

    name: str


@dataclass(frozen=True, slots=True)
class Week:
    """The number of the week, from 0."""


@dataclass(frozen=True, slots=True)
class Uniform:
    """A number in [0, 1) that belongs to (seed, member, purpose, week), however often it is asked for.

    In an opening it belongs to (seed, member, purpose): drawn once.
    """

    purpose: str


@dataclass(frozen=True, slots=True)
class RingGet:
    """What was put on a ring as many weeks ago as it is long; 0 before that. Only before this week's put."""

    ring: str


@dataclass(frozen=True, slots=True)
class Apply:
    operation: Operation
    arguments: tuple[Expression, ...]


Expression = Constant | Parameter | Name | Week | Uniform | RingGet | Apply


@dataclass(frozen=True, slots=True)
class Variable:
    """A number that lives from week to week; ``opening`` is made of constants, parameters and variables before it."""

    name: str
    opening: Expression


@dataclass(frozen=True, slots=True)
class Ring:
    """A delay: what is put on it comes back ``length`` weeks later (at least 1)."""

    name: str
    length: int


@dataclass(frozen=True, slots=True)
class Hazard:
    """Something that happens in a week with probability 1 - exp(-rate): ``name`` is then 1, else 0.

    ``rate`` may use variables, parameters and the week, and no name of this week. At 0 or below it never happens.
    """

    name: str
    rate: Expression
    purpose: str


@dataclass(frozen=True, slots=True)
class Assign:
    name: str
    value: Expression


@dataclass(frozen=True, slots=True)
class Put:
    ring: str
    value: Expression


Step = Assign | Put


@dataclass(frozen=True, slots=True)
class Program:
    """A compiled scenario.

    Attributes:
        weeks: how many weeks it runs.
        parameters: columns of the table of members, in order.
        outcomes: what is told of each member after the last week: a name, and an expression over variables (a hazard
            or a name of a week is no variable; the week is then the number of weeks).
        series: names (variables or assigned ones) that can be followed week by week, as they are at a week's end.
        guards: variables or assigned names that have to stay finite; a member in which one does not has failed.
    """

    weeks: int
    parameters: tuple[str, ...]
    variables: tuple[Variable, ...]
    rings: tuple[Ring, ...]
    hazards: tuple[Hazard, ...]
    steps: tuple[Step, ...]
    outcomes: tuple[tuple[str, Expression], ...]
    series: tuple[str, ...]
    guards: tuple[str, ...]
