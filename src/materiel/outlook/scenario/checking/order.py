"""Whether formulas can be computed when they are asked for: nothing before its time, nothing in a circle."""

from __future__ import annotations

from collections.abc import Iterator

from materiel.outlook.refusals import FormulaRefused, Path, Problem
from materiel.outlook.scenario.elements import Scenario
from materiel.outlook.scenario.formula_tree import Call, TheWeek, walk
from materiel.outlook.scenario.formulas import parse_formula
from materiel.outlook.scenario.leaves import measured, written_in
from materiel.outlook.scenario.numbers import Language

_Asked = tuple[str, ...]
"""A function of the situation and its arguments."""


def order_problems(scenario: Scenario) -> Iterator[Problem]:
    """What is asked for before it is there."""
    yield from _fixed(scenario)
    yield from _circles(scenario)


def _fixed(scenario: Scenario) -> Iterator[Problem]:
    """What stands before the first week knows no situation."""
    for leaf, text in written_in(scenario, Language.FORMULA):
        if leaf.path[-1] not in {"opening", "prior"}:
            continue
        try:
            parts = list(walk(parse_formula(text)))
        except FormulaRefused:
            continue  # told among the references
        asked = [part.function for part in parts if isinstance(part, Call)]
        asked += ["week" for part in parts if isinstance(part, TheWeek)]
        if asked:
            why = f"it is taken before the first week, when there is no {asked[0]} yet. Numbers and $names fit"
            yield Problem(leaf.place, why, path=leaf.path)


def _circles(scenario: Scenario) -> Iterator[Problem]:
    """A reserve or a need is computed whenever somebody asks for it, so none may ask for itself."""
    asks: dict[_Asked, set[_Asked]] = {}
    where: dict[_Asked, tuple[str, Path]] = {}
    for leaf in measured(scenario):
        functions = {"reserve": "reserve", "per_week": "need"}
        function = functions.get(str(leaf.path[-1]))
        if function is None or not isinstance(leaf.value, str):
            continue
        holder = leaf.holders[-1]
        own: _Asked = (
            function,
            str(getattr(holder, "owner", None) or getattr(holder, "actor", "")),
            leaf.materiel or "",
        )
        try:
            calls = [part for part in walk(parse_formula(leaf.value)) if isinstance(part, Call)]
        except FormulaRefused:
            continue  # told among the references
        asks[own] = {(call.function, *call.arguments) for call in calls if call.function in functions.values()}
        where[own] = (leaf.place, leaf.path)
    for begin in asks:
        if begin in _reached(begin, asks):
            place, path = where[begin]
            yield Problem(place, f"{begin[0]}({begin[1]}, {begin[2]}) asks for itself in a circle", path=path)


def _reached(begin: _Asked, asks: dict[_Asked, set[_Asked]]) -> set[_Asked]:
    """What is asked for on the way, directly or not."""
    reached: set[_Asked] = set()
    front = asks[begin]
    while front:
        reached |= front
        front = {new for old in front for new in asks.get(old, ())} - reached
    return reached
