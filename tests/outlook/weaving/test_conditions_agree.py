"""Compiled conditions against the plain evaluator, on random scenarios, member by member and week by week."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from random import Random

from happenings_of_member import happenings_of
from plain_member import Members
from scenario_strategies import ACTORS, MATERIEL, any_scenario

from materiel.commitments import Answer, HappeningIndex, bind, print_condition
from materiel.commitments.evaluate import clocks_of, judge
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

SCENARIOS = 145
CONDITIONS = 14
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
    moved = 0
    for seed in range(SCENARIOS):
        scenario, asked = any_scenario(Random(seed), CONDITIONS)
        members = Members(weave(scenario))
        seen.update(construct for condition in asked for construct in set(constructs(condition)))
        days = [scenario.start + timedelta(days=7 * week) for week in range(scenario.weeks)]
        clocks = [clocks_of(day.isoformat()) for day in days]
        for member in range(MEMBERS):
            trace = members.run(7, member)
            index = HappeningIndex(happenings_of(scenario, trace))
            levels = [levels_of(scenario, names) for names in trace.decided]
            for place, condition in enumerate(asked):
                plain = bind(condition, trace.parameters)
                before = False
                for week, names in enumerate(trace.weeks):
                    # What evaluate() answers; what would be missing is not asked for.
                    judged = judge(plain, index, clocks[week], levels=levels[week], is_complete=True)
                    expected = before
                    if judged.answer in {Answer.HOLDS, Answer.DOES_NOT_HOLD}:
                        expected = judged.answer is Answer.HOLDS
                    compiled = bool(names[f"state UKR probe{place}"])
                    assert compiled == expected, (seed, member, place, week, print_condition(condition), judged)
                    moved += compiled != before
                    before = compiled
                    answers[compiled] += 1
    pairs = SCENARIOS * CONDITIONS
    assert pairs >= 2000, pairs
    assert set(seen) >= WANTED, WANTED - set(seen)
    assert min(seen[each] for each in WANTED) >= 15, seen
    assert min(answers.values()) > 0.15 * answers.total(), answers
    assert moved > 2000, moved


def test_hazards_ask_as_of_the_day_before_the_week() -> None:
    answers: Counter[bool] = Counter()
    for seed in range(40):
        scenario, asked = any_scenario(Random(7000 + seed), 12)
        trace = Members(weave(scenario)).run(7, 0)
        index = HappeningIndex(happenings_of(scenario, trace))
        for week, names in enumerate(trace.weeks):
            clocks = clocks_of((scenario.start + timedelta(days=7 * week - 1)).isoformat())
            levels = levels_of(scenario, trace.weeks[week - 1] if week else trace.opened)
            for place in range(0, len(asked), 4):
                plain = bind(asked[place], trace.parameters)
                judged = judge(plain, index, clocks, levels=levels, is_complete=True)
                compiled = bool(names[f"happened probe{place}"])
                text = print_condition(asked[place])
                assert compiled == (judged.answer is Answer.HOLDS), (seed, place, week, text, judged)
                answers[compiled] += 1
    assert min(answers.values()) > 100, answers


def test_measures_are_among_the_samples() -> None:
    found = [leaf for seed in range(50) for each in any_scenario(Random(seed), 6)[1] for leaf in leaves(each)]
    assert any(isinstance(leaf, MeasureAtom) for leaf in found)
