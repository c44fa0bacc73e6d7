"""What this room refuses: a formula that cannot be read, a scenario that does not fit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from materiel.errors import InputRefused


class FormulaRefused(InputRefused):
    """A formula that cannot be read.

    Attributes:
        text: the formula as written.
        column: where it stops making sense, from 1.
        seen: what stands there.
        why: what is wrong with it, in words.
        fits: what could stand there; close names first.
    """

    def __init__(self, text: str, column: int, seen: str, why: str, fits: tuple[str, ...] = ()) -> None:
        self.text, self.column, self.seen, self.why, self.fits = text, column, seen, why, fits
        super().__init__(f"Formula refused at column {column}: {why}" + (f" Fits: {', '.join(fits)}." if fits else ""))

    def __reduce__(self) -> tuple[type[FormulaRefused], tuple[str, int, str, str, tuple[str, ...]]]:
        return type(self), (self.text, self.column, self.seen, self.why, self.fits)


class UnitRefused(InputRefused):
    """A unit that cannot be read, or that is of another kind than what it measures."""


class PolicyRefused(InputRefused):
    """A policy that the scenario does not have."""


Path = tuple[str | int, ...]
"""The way to a value of a scenario: fields, keys, and places in lists from 0."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that does not fit in a scenario.

    Attributes:
        place: the field, as people read it: ``routes.kor-ukr.limit``.
        why: what was seen and what fits.
        line: of the file, from 1; 0 where the scenario was not read from a file.
        path: the way to it.
    """

    place: str
    why: str
    line: int = 0
    path: Path = ()

    def __str__(self) -> str:
        line = f"line {self.line}, " if self.line else ""
        return f"{line}{self.place}: {self.why}" if self.place else f"{line}{self.why}"


class ScenarioRefused(InputRefused):
    """A scenario that does not fit: every problem at once, by line.

    Attributes:
        where: the file as the user named it, or the name of the scenario.
        problems: at least one.
    """

    def __init__(self, where: str, problems: Iterable[Problem]) -> None:
        self.where = where
        self.problems = tuple(sorted(problems, key=lambda problem: (problem.line, problem.place, problem.why)))
        super().__init__("\n".join(self.lines))

    @property
    def lines(self) -> tuple[str, ...]:
        """What is refused, and below it each problem."""
        listed = (f"  {str(each).rstrip('.')}." for each in self.problems)
        return (f"{self.where}: {self.headline(len(self.problems))}", *listed)

    @staticmethod
    def headline(count: int) -> str:
        """What is refused, before the list."""
        return f"scenario refused, {count} problem{'s' * (count > 1)}:"

    def __reduce__(self) -> tuple[type[ScenarioRefused], tuple[str, tuple[Problem, ...]]]:
        return type(self), (self.where, self.problems)


class BlanksRefused(ScenarioRefused):
    """A scenario that fits together, and in which numbers are still blank: each with what is asked."""

    @staticmethod
    def headline(count: int) -> str:
        what = f"{count} numbers are" if count > 1 else "1 number is"
        return (
            f"it cannot be run yet: {what} blank. Give each a value or a distribution, and say where it comes from "
            "(evidence, source or assumption):"
        )
