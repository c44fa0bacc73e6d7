"""Compiled conditions against the plain evaluator, on random scenarios, member by member and week by week."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from random import Random

from happenings_of_member import happenings_of
from plain_member import Members
from scenario_strategies import ACTORS, MATERIEL, any_scenario

from materiel.commitments import Answer, HappeningIndex, bind, evaluate, print_condition
from materiel.commitments.materiel_tree import covers
from materiel.commitments.tree import (
    And,
    Condition,
    Level,
    LevelComparison,
    LevelKind,
    MeasureAtom,
    Named,
    Not,
    Or,
    Relation,
    TimeLimit,
    Total,
    figure_of,
    leaves,
)
from materiel.outlook.scenario.elements import Scenario
from materiel.outlook.weaving import weave

SCENARIOS = 215
CONDITIONS = 10
MEMBERS = 2


def levels_of(scenario: Scenario, names: dict[str, float]) -> dict[Level, float]:
    """What the situation holds when conditions are asked."""
    found = {Level(LevelKind.STATE, "KOR", name): names[f"state KOR {name}"] for name in ("threat", "lifted")}
    for kind in (LevelKind.STOCK, LevelKind.RESERVE):
        for actor in ACTORS:
            for wanted in ("artillery.ammunition", "armour.tank", "armour"):
                held = [each for each in MATERIEL if covers(wanted, MATERIEL[each]["class"])]
                found[Level(kind, actor, wanted)] = sum(names[f"{kind} {actor} {each}"] for each in held)
    return found


def constructs(condition: Condition) -> Iterator[str]:
    """The names of what occurs in a condition."""
    match condition:
        case And(parts) | Or(parts):
            yield type(condition).__name__
            for part in parts:
                yield from constructs(part)
        case Not(part):
            yield "Not"
            yield from constructs(part)
        case _:
            yield type(condition).__name__
            if isinstance(figure_of(condition), Named):
                yield "Named"
            if isinstance(condition, LevelComparison):
                yield condition.left.kind.value
                return
            if isinstance(condition, Total):
                yield condition.kind.value
            for limit in condition.limits:
                if isinstance(limit, TimeLimit):
                    of = "date" if isinstance(limit.moment, str) else "happening"
                    yield f"{limit.relation} {of}"
                    if of == "happening" and isinstance(condition, Total | MeasureAtom):
                        yield f"{limit.relation} happening of a figure"
                    if not isinstance(limit.moment, str) and any(
                        isinstance(each, TimeLimit) and not isinstance(each.moment, str) for each in limit.moment.limits
                    ):
                        yield "nested"
                else:
                    yield type(limit).__name__


WANTED = {
    *("And", "Or", "Not", "TransferAtom", "PactAtom", "StanceAtom", "EventAtom", "CommitmentAtom", "MeasureAtom"),
    *("Total", "LevelComparison", "Named", "state", "stock", "count", "quantity", "value"),
    *("Last", "Support", "Grading", "nested"),
    *(f"{relation} {of}" for relation in Relation for of in ("date", "happening", "happening of a figure")),
}


def test_compiled_conditions_answer_as_the_plain_evaluator_does() -> None:
    seen: Counter[str] = Counter()
    answers: Counter[bool] = Counter()
    pairs = moved = 0
    for seed in range(SCENARIOS):
        scenario, asked = any_scenario(Random(seed), CONDITIONS)
        members = Members(weave(scenario))
        pairs += len(asked)
        for condition in asked:
            seen.update(set(constructs(condition)))
        for member in range(MEMBERS):
            trace = members.run(7, member)
            index = HappeningIndex(happenings_of(scenario, trace))
            levels = [levels_of(scenario, names) for names in trace.decided]
            for place, condition in enumerate(asked):
                plain = bind(condition, trace.parameters)
                before = False
                for week, names in enumerate(trace.weeks):
                    outcome = evaluate(
                        plain,
                        index,
                        as_of=(scenario.start + timedelta(days=7 * week)).isoformat(),
                        levels=levels[week],
                        is_complete=True,
                    )
                    expected = before
                    if outcome.answer in {Answer.HOLDS, Answer.DOES_NOT_HOLD}:
                        expected = outcome.holds
                    compiled = bool(names[f"state UKR probe{place}"])
                    assert compiled == expected, (seed, member, place, week, print_condition(condition), outcome)
                    moved += compiled != before
                    before = compiled
                    answers[compiled] += 1
    assert pairs >= 2000, pairs
    assert set(seen) >= WANTED, WANTED - set(seen)
    assert min(seen[each] for each in WANTED) >= 15, seen
    assert min(answers.values()) > 0.15 * answers.total(), answers
    assert moved > 2000, moved


def test_measures_are_among_the_samples() -> None:
    found = [leaf for seed in range(50) for each in any_scenario(Random(seed), 6)[1] for leaf in leaves(each)]
    assert any(isinstance(leaf, MeasureAtom) for leaf in found)
