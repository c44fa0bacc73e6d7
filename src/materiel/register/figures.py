"""Figures that several accounts give of one thing: which one stands, and whether they agree.

Figures within 5 % of each other agree: that is how far the press rounds ("almost 14 billion" for 13.5). Nothing is
averaged or summed: the figure that most origins give stands, then the one that became known last, then the larger one,
and the others stay visible beside it. Whether figures of different days are separate batches or running totals the
words rarely say, so both are shown and the analyst decides.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from materiel.register.accounts import Account
from materiel.register.dates import are_apart

ROUNDING = 0.05
"""Part of the larger figure by which two may differ and still agree."""

BATCH_DAYS = 31


FigureOf = Callable[[Account], tuple[float | None, str | None]]
"""The value and the unit that an account gives, or Nones."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of some unit with the accounts that give it."""

    value: float
    unit: str | None
    accounts: tuple[Account, ...]

    @property
    def origins(self) -> int:
        return len({account.origin for account in self.accounts})

    @property
    def known_on(self) -> str:
        return max((account.near_on or "" for account in self.accounts), default="")

    def __str__(self) -> str:
        return f"{self.value:,.15g}{' ' + self.unit if self.unit else ''}"


def gather_figures(accounts: Sequence[Account], figure_of: FigureOf) -> list[Figure]:
    """The distinct figures, the one that stands first."""
    given: dict[tuple[float, str], list[Account]] = {}
    for account in accounts:
        value, unit = figure_of(account)
        if value is not None:
            given.setdefault((float(value), unit or ""), []).append(account)
    figures = [Figure(value, unit or None, tuple(members)) for (value, unit), members in given.items()]
    figures.sort(key=lambda figure: (figure.value, figure.unit or ""), reverse=True)
    return sorted(figures, key=lambda figure: (figure.origins, figure.known_on), reverse=True)


def word_difference(name: str, figures: Sequence[Figure]) -> str | None:
    """The conflict among the figures of the unit that stands, in words; None where they agree."""
    if not figures:
        return None
    same_unit = [figure for figure in figures if figure.unit == figures[0].unit]
    if all(agree(figures[0].value, other.value) for other in same_unit):
        return None
    told = "; ".join(
        f"{figure} ({figure.origins} {'origin' if figure.origins == 1 else 'origins'})"
        for figure in sorted(same_unit, key=lambda figure: figure.value)
    )
    return f"{name} differs: {told}" + (
        ". They are dated apart and may be separate batches" if _may_be_batches(same_unit) else ""
    )


def agree(one: float, other: float) -> bool:
    """Whether two figures are the same but for rounding."""
    return abs(one - other) <= ROUNDING * max(abs(one), abs(other))


def _may_be_batches(figures: Sequence[Figure]) -> bool:
    days = [{account.happened_on for account in figure.accounts} for figure in figures]
    return all(
        are_apart(one, other, BATCH_DAYS)
        for index, some in enumerate(days)
        for others in days[index + 1 :]
        for one in some
        for other in others
    )
