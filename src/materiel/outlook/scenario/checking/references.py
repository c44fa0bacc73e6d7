"""Whether every name in a scenario names something: in fields, in formulas and in conditions."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from materiel.commitments import Condition, ConditionRefused, named_in, parse
from materiel.commitments.materiel_tree import covers
from materiel.commitments.names import close_classes, is_class
from materiel.commitments.tree import (
    CommitmentAtom,
    EventAtom,
    Level,
    LevelComparison,
    LevelKind,
    Occurrence,
    leaves,
    moments,
)
from materiel.outlook.refusals import FormulaRefused, Problem
from materiel.outlook.scenario.checking.known import Known, fits, fitting_actors
from materiel.outlook.scenario.elements import Scenario
from materiel.outlook.scenario.formula_tree import SITUATION, Call, Formula, Named, walk
from materiel.outlook.scenario.formulas import parse_formula
from materiel.outlook.scenario.leaves import Leaf, written_in
from materiel.outlook.scenario.leaves import leaves as leaves_of
from materiel.outlook.scenario.numbers import Language, Refers


def reference_problems(scenario: Scenario, names: Known) -> Iterator[Problem]:
    """What names nothing, in the order of the scenario."""
    for leaf in leaves_of(scenario):
        if isinstance(leaf.role, Refers) and (why := _field(leaf, names)):
            yield Problem(leaf.place, why, path=leaf.path)
    for leaf, text in written_in(scenario, Language.FORMULA):
        for why in _formula(text, names):
            yield Problem(leaf.place, why, path=leaf.path)
    for leaf, text in written_in(scenario, Language.CONDITION):
        if not _is_comparison(leaf):
            for why in _condition(text, scenario, names):
                yield Problem(leaf.place, why, path=leaf.path)
    for policy, sets in scenario.policies.items():
        for lever in sets.sets:
            if lever not in names.numbers:
                why = f"'{lever}' is no named number of this scenario.{fits(lever, names.numbers)}"
                yield Problem(f"policies.{policy}.sets.{lever}", why, path=("policies", policy, "sets", lever))


def _is_comparison(leaf: Leaf) -> bool:
    """Whether the text is that of an outcome's bad case, which is no whole condition."""
    return leaf.path[0] == "outcomes"


def _field(leaf: Leaf, names: Known) -> str:
    match leaf.role:
        case Refers.ACTOR:
            return _actor(leaf.value, names)
        case Refers.CLASS:
            return _class(leaf.value)
        case Refers.STATE:
            return _pair(leaf.value, names.states, "state", names)
        case Refers.STOCK:
            return _pair(leaf.value, names.stocks, "stock of", names)
        case Refers.MATERIEL:
            return _one(leaf.value, names.materiel, "materiel")
        case Refers.LINE:
            return _one(leaf.value, names.lines, "line")
        case Refers.ROUTE:
            return _one(leaf.value, names.routes, "route")
        case Refers.COMMITMENT:
            return _one(leaf.value, names.commitments, "commitment")
        case _:
            raise TypeError(f"{leaf.role} names nothing")


def _class(name: str) -> str:
    if is_class(name):
        return ""
    close = close_classes(name)
    shown = f" Fits: {', '.join(close)}" if close else " See the classes in docs/vocabulary.md"
    return f"'{name}' is no class of materiel.{shown}"


def _actor(code: str, names: Known) -> str:
    return "" if names.has_actor(code) else f"'{code}' is no actor.{fitting_actors(code, names)}"


def _one(name: str, among: tuple[str, ...], what: str) -> str:
    return "" if name in among else f"'{name}' is no {what} of this scenario.{fits(name, among)}"


def _pair(pair: tuple[str, str], among: tuple[tuple[str, str], ...], what: str, names: Known) -> str:
    if pair in among:
        return ""
    actor, name = pair
    if not names.has_actor(actor):
        return _actor(actor, names)
    own = [each for owner, each in among if owner == actor]
    if own:
        return f"{actor} has no {what} '{name}'.{fits(name, own)}"
    others = fits(f"{actor} {name}", (" ".join(each) for each in among))
    return f"{actor} has no {what.removesuffix(' of')} in this scenario.{others}"


def _formula(text: str, names: Known) -> Iterator[str]:
    try:
        formula = parse_formula(text)
    except FormulaRefused as refusal:
        yield str(refusal).rstrip(".")
        return
    yield from _in_formula(formula, names)


def _in_formula(formula: Formula, names: Known) -> Iterator[str]:
    for part in walk(formula):
        if isinstance(part, Named) and part.name not in names.numbers:
            yield f"${part.name} is no named number.{fits(part.name, names.numbers)}"
        elif isinstance(part, Call) and (why := _call(part, names)):
            yield f"in {part.function}({', '.join(part.arguments)}): {why}"


def _call(call: Call, names: Known) -> str:
    pairs = {
        "stock": (names.stocks, "stock of"),
        "reserve": (names.stocks, "stock of"),
        "state": (names.states, "state"),
        "need": (names.needs, "need of"),
        "unmet": (names.needs, "need of"),
        "total_unmet": (names.needs, "need of"),
        "backlog": (names.backlogs, "order to serve of"),
    }
    if call.function in pairs:
        among, what = pairs[call.function]
        return _pair((call.arguments[0], call.arguments[1]), among, what, names)
    kind = SITUATION[call.function][0]
    listed = {
        "route": names.routes,
        "order": names.orders,
        "line": names.lines,
        "event": names.events,
        "unknown": names.unknowns,
        "commitment": names.commitments,
    }
    return _one(call.arguments[0], listed[kind], kind)


def _condition(text: str, scenario: Scenario, names: Known) -> Iterator[str]:
    try:
        condition = parse_clause(text)
    except ConditionRefused as refusal:
        yield str(refusal).rstrip(".")
        return
    for name in named_in(condition):
        if name not in names.numbers:
            yield f"${name} is no named number.{fits(name, names.numbers)}"
    for leaf in leaves(condition):
        if isinstance(leaf, LevelComparison):
            for level in (leaf.left, leaf.right):
                if isinstance(level, Level) and (why := _level(level, scenario, names)):
                    yield why
            continue
        for each in (leaf, *moments(leaf)):
            if isinstance(each, Occurrence) and (why := _occurrence(each, names)):
                yield why


@lru_cache(maxsize=10_000)
def parse_clause(text: str) -> Condition:
    """A condition of a scenario, in which ``$name`` may stand for a number.

    Raises:
        ConditionRefused: with the column, what stands there, and what would fit.
    """
    return parse(text, in_scenario=True)


def _level(level: Level, scenario: Scenario, names: Known) -> str:
    if level.kind is LevelKind.STATE:
        return _pair((level.actor, level.what), names.states, "state", names)
    own = [scenario.materiel[name] for owner, name in names.stocks if owner == level.actor and name in names.materiel]
    units = sorted({each.unit for each in own if covers(level.what, each.class_)})
    asked = f"{level.kind}({level.actor}, {level.what})"
    if len(units) > 1:
        listed = ", ".join(f"'{unit}'" for unit in units)
        return f"{asked} would add up {listed}. Name a class that is counted in one"
    if units:
        return ""
    held = ", ".join(dict.fromkeys(each.class_ for each in own))
    has = f"{level.actor} has stocks of {held}" if held else f"{level.actor} has no stocks"
    return f"{asked} is of nothing in this scenario: {has}"


def _occurrence(atom: Occurrence, names: Known) -> str:
    match atom:
        case EventAtom(what):
            if names.has_title(what):
                return ""
            return f'event("{what}") never happens here: no event has that title.{fits(what, names.titles)}'
        case CommitmentAtom(commitment):
            return _one(commitment, names.commitments, "commitment")
        case _:
            return ""
