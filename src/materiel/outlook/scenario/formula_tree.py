"""A formula as an immutable tree: arithmetic over named numbers and the situation of a week."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Plain:
    """A number that stands in the formula itself."""

    value: float


@dataclass(frozen=True, slots=True)
class Named:
    """A named number of the scenario, ``$name``."""

    name: str


@dataclass(frozen=True, slots=True)
class TheWeek:
    """The number of the week, from 0."""


@dataclass(frozen=True, slots=True)
class Call:
    """A number of the situation: ``stock(KOR, shell)``. ``function`` is one of :data:`SITUATION`."""

    function: str
    arguments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Combine:
    """Arithmetic. ``operator`` is one of :data:`OPERATORS`; ``-x`` is ``0 - x``."""

    operator: str
    parts: tuple[Formula, ...]


Formula = Plain | Named | TheWeek | Call | Combine

SITUATION: dict[str, tuple[str, ...]] = {
    "stock": ("actor", "materiel"),
    "reserve": ("actor", "materiel"),
    "state": ("actor", "state"),
    "sent": ("route",),
    "arrived": ("route",),
    "total": ("route",),
    "waiting": ("order",),
    "delivered": ("order",),
    "output": ("line",),
    "progress": ("line",),
    "need": ("actor", "materiel"),
    "unmet": ("actor", "materiel"),
    "total_unmet": ("actor", "materiel"),
    "happened": ("event",),
    "count": ("event",),
    "fact": ("unknown",),
    "belief": ("unknown",),
    "triggered": ("commitment",),
    "kept": ("commitment",),
    "broken": ("commitment",),
    "backlog": ("actor", "materiel"),
}
"""The functions that ask for the situation, and what each argument names."""

COMPARISONS = ("<", "<=", ">", ">=", "==")
"""1 if it is so, else 0."""
ARITIES: dict[str, tuple[int, int]] = {
    "+": (2, 2),
    "-": (2, 2),
    "*": (2, 2),
    "/": (2, 2),
    **dict.fromkeys(COMPARISONS, (2, 2)),
    "min": (2, 20),
    "max": (2, 20),
    "clip": (3, 3),
    "if": (3, 3),
}
"""The least and the largest number of parts of each operator. clip: a number, its least, its largest value; if: a
number, what is taken if it is not 0, what else."""
OPERATORS = tuple(ARITIES)


def walk(formula: Formula) -> Iterator[Formula]:
    """The formula and all of its parts, in the order of reading."""
    yield formula
    if isinstance(formula, Combine):
        for part in formula.parts:
            yield from walk(part)
