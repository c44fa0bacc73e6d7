"""Where the numbers of a scenario come from, each of them, and the share of each kind.

What counts: named numbers, numbers written in place, delays and terms, and the numbers that stand in formulas and
conditions themselves, 0, 1 and -1 excepted, which are arithmetic. What does not: the levers that a policy sets and what
outcomes ask; these are choices, not claims. A number that names evidence and an assumption rests on the assumption.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from materiel.commitments.printing import number_text
from materiel.commitments.tree import LevelComparison, figure_of, leaves
from materiel.outlook.scenario.checking.references import parse_clause
from materiel.outlook.scenario.elements import Scenario
from materiel.outlook.scenario.formula_tree import Plain, walk
from materiel.outlook.scenario.formulas import parse_formula
from materiel.outlook.scenario.leaves import measured, written_in
from materiel.outlook.scenario.numbers import Language, Number, Weeks

_ARITHMETIC = (0.0, 1.0, -1.0)


class Basis(StrEnum):
    """What a number rests on, the firmest first."""

    EVIDENCE = "evidence"
    SOURCE = "source"
    ASSUMPTION = "assumption"
    NONE = "none"
    BLANK = "blank"


_WORDS = {
    Basis.EVIDENCE: ("rests on evidence in the register", "rest on evidence in the register"),
    Basis.SOURCE: ("rests on a public source", "rest on a public source"),
    Basis.ASSUMPTION: ("is an assumption", "are assumptions"),
    Basis.NONE: ("is given without a reason", "are given without a reason"),
    Basis.BLANK: ("is blank", "are blank"),
}


@dataclass(frozen=True, slots=True)
class Based:
    """A number and what it rests on.

    Attributes:
        place: where it stands: ``numbers.cap``, ``routes.kor-ukr.limit``.
        shown: the number, short.
        why: the entries, the source or the assumption; "" without a reason.
    """

    place: str
    shown: str
    basis: Basis
    why: str = ""


@dataclass(frozen=True, slots=True)
class Shares:
    """Where all the numbers of a scenario come from."""

    numbers: tuple[Based, ...]

    def count(self, basis: Basis) -> int:
        """How many numbers rest on it."""
        return Counter(number.basis for number in self.numbers)[basis]

    def share(self, basis: Basis) -> float:
        """Which share of the numbers rests on it; 0 where there are no numbers."""
        return self.count(basis) / len(self.numbers) if self.numbers else 0.0

    @property
    def lines(self) -> tuple[str, ...]:
        """One line for each basis that occurs: ``31 of 80 numbers (39 %) are assumptions.``"""
        total = len(self.numbers)
        counts = [(basis, self.count(basis)) for basis in Basis]
        return tuple(
            f"{count} of {total} number{'s' * (total > 1)} ({100 * count / total:.0f} %) {_WORDS[basis][count > 1]}."
            for basis, count in counts
            if count
        )


def shares(scenario: Scenario) -> Shares:
    """Where each number of a checked scenario comes from, in the order of the scenario."""
    return Shares((*_given(scenario), *_in_formulas(scenario), *_in_conditions(scenario)))


def short(number: Number) -> str:
    """A number as one reads it: ``uniform 4 to 16 thousand rounds per week``."""
    if number.spread:
        given = " to ".join(f"{each:g}" for each in number.spread.given)
        return f"{number.spread.shape} {given} {number.unit}"
    return f"{number.value:g} {number.unit}" if number.value is not None else f"blank, in {number.unit}"


def _given(scenario: Scenario) -> Iterator[Based]:
    for name, number in scenario.numbers.items():
        yield _based(f"numbers.{name}", number)
    for leaf in measured(scenario):
        if leaf.number is not None:
            yield _based(leaf.place, leaf.number)
        elif isinstance(leaf.value, Weeks):
            yield Based(leaf.place, f"{leaf.value} weeks", Basis.NONE)
    for pledge in scenario.commitments:
        if pledge.within is not None:
            yield _told(f"commitments.{pledge.id}.within", f"{pledge.within} days", pledge.evidence)


def _based(place: str, number: Number) -> Based:
    if number.blank is not None:
        return Based(place, short(number), Basis.BLANK, number.blank)
    if number.assumption is not None:
        return Based(place, short(number), Basis.ASSUMPTION, number.assumption)
    if number.source is not None:
        return Based(place, short(number), Basis.SOURCE, number.source)
    return Based(place, short(number), Basis.EVIDENCE, ", ".join(number.evidence))


def _in_formulas(scenario: Scenario) -> Iterator[Based]:
    for leaf, text in written_in(scenario, Language.FORMULA):
        if leaf.path[0] != "outcomes":
            for part in walk(parse_formula(text)):
                if isinstance(part, Plain) and part.value not in _ARITHMETIC:
                    yield Based(leaf.place, f"{part.value:g}", Basis.NONE)


def _in_conditions(scenario: Scenario) -> Iterator[Based]:
    """Thresholds. Those of a commitment that evidence tells are evidence too; a switch has none."""
    switches = {(switch.actor, switch.name) for switch in scenario.switches}
    for leaf, text in written_in(scenario, Language.CONDITION):
        if leaf.path[0] == "outcomes":
            continue
        for part in leaves(parse_clause(text)):
            figure = figure_of(part)
            is_switch = isinstance(part, LevelComparison) and (part.left.actor, part.left.what) in switches
            if isinstance(figure, float) and figure not in _ARITHMETIC and not is_switch:
                yield _told(leaf.place, number_text(figure), getattr(leaf.holders[-1], "evidence", ()))


def _told(place: str, shown: str, evidence: tuple[str, ...]) -> Based:
    return Based(place, shown, Basis.EVIDENCE if evidence else Basis.NONE, ", ".join(evidence))
