"""Whether what a scenario declares, by an effect or as so far, is something that can happen, with every side named."""

from __future__ import annotations

from collections.abc import Iterator

from materiel.commitments import Condition, ConditionRefused, DayRefused
from materiel.commitments.days import span_of
from materiel.commitments.tree import (
    And,
    CommitmentAtom,
    Compare,
    EventAtom,
    MeasureAtom,
    Names,
    PactAtom,
    Relation,
    StanceAtom,
    TimeLimit,
    Total,
    TotalKind,
    TransferAtom,
)
from materiel.outlook.refusals import Path, Problem
from materiel.outlook.scenario.checking.effects import all_effects
from materiel.outlook.scenario.checking.references import parse_clause
from materiel.outlook.scenario.elements import Scenario
from materiel.terms.statements import Stage

WORDS = frozenset((Stage.REQUESTED, Stage.CONSIDERED, Stage.PLEDGED, Stage.WITHHELD, Stage.HALTED))
"""Stages that an effect may declare: words only. Materiel moves on routes and orders."""

_Declarable = TransferAtom | PactAtom | StanceAtom | EventAtom | CommitmentAtom | MeasureAtom | Total


def declaration_problems(scenario: Scenario) -> Iterator[Problem]:
    """What cannot be declared, and why."""
    so_far: list[tuple[Path, str, str]] = [
        (("so_far", place), f"so_far.{place + 1}", clause) for place, clause in enumerate(scenario.so_far)
    ]
    effects = [
        ((*path, "happens"), f"{place}.happens", effect.happens)
        for path, place, effect in all_effects(scenario)
        if effect.happens is not None
    ]
    for clauses, start in ((so_far, span_of(scenario.start.isoformat())[0]), (effects, None)):
        for path, place, clause in clauses:
            try:
                condition = parse_clause(clause)
            except ConditionRefused:
                continue  # told among the references
            for part in condition.parts if isinstance(condition, And) else (condition,):
                if why := _why_not(part, start):
                    yield Problem(place, why, path=path)


def _why_not(part: Condition, start: int | None) -> str:
    """Why something cannot be declared; ``start`` is the first day for what was before it, None for an effect."""
    if not isinstance(part, _Declarable):
        return "what is declared happens: no 'or', no 'not', no level of a stock or a state"
    if isinstance(part, MeasureAtom | Total) and part.compare is not Compare.EQUAL:
        return f"what is declared is so much and no more: == in place of {part.compare}"
    return _sides(part, is_effect=start is None) or _limits(part, start)


def _sides(part: _Declarable, *, is_effect: bool) -> str:
    match part:
        case CommitmentAtom() if is_effect:
            return "a commitment comes into a state by itself; declare what keeps it, or withdraw it"
        case TransferAtom(suppliers, recipients, classes, stage):
            if is_effect and stage not in WORDS:
                fits = ", ".join(sorted(WORDS))
                return f"an effect cannot move materiel, so that nothing is {stage} by it; a route does. Fits: {fits}"
            return _single(suppliers=suppliers, recipients=recipients, classes=classes)
        case Total(kind, suppliers, recipients, classes):
            if is_effect or kind is TotalKind.COUNT:
                return f"a {kind} adds up what happens; declare the deliveries themselves, under so_far"
            return _single(suppliers=suppliers, recipients=recipients, classes=classes)
        case PactAtom(parties, kind):
            if kind is None:
                return "the kind of the pact is missing. Fits: mutual-defence, cooperation, arms-deal, ..."
            return next((why for party in parties if (why := _single(party=party))), "")
        case StanceAtom(holders, _, suppliers, recipients):
            sides = {"suppliers": suppliers, "recipients": recipients}
            return _single(holder=holders, **{name: side for name, side in sides.items() if side is not None})
        case MeasureAtom(subjects):
            return _single(subject=subjects)
        case _:
            return ""


def _single(**sides: Names) -> str:
    """Why some side is not one by its name."""
    vague = [name.removesuffix("s") for name, side in sides.items() if side is None or len(side) != 1]
    return f"the {vague[0].replace('classe', 'class')} has to be a single one, neither * nor a set" if vague else ""


def _limits(part: _Declarable, start: int | None) -> str:
    if not part.limits:
        return ""
    match part.limits:
        case (TimeLimit(Relation.SINCE, str(moment)),) if start is not None:
            try:
                is_past = span_of(moment)[0] < start
            except DayRefused as refusal:
                return str(refusal)
            return "" if is_past else f"{moment} is not before the start. What comes later is a contingency"
    return "what is declared has no limits" + ("" if start is None else " but 'since DATE'")
