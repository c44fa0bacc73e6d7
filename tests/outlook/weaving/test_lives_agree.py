"""Commitments in a simulation against their plain life cycle, on the happenings of each member, week by week.

The plain one looks at what is so on a day and remembers nothing; the two are compared where that comes to the same:
where a condition that has come to hold goes on holding.
"""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from random import Random

from happenings_of_member import happenings_of
from plain_member import Members, Trace
from scenario_strategies import ACTORS, CLASSES, PLEDGES, TITLES, any_day, any_names, any_scenario

from materiel.commitments import Commitment, HappeningIndex, Saying, Term, parse, print_condition
from materiel.commitments.commitment import Act
from materiel.commitments.evaluate import clocks_of
from materiel.commitments.lifecycle import stand
from materiel.commitments.tree import (
    And,
    CommitmentAtom,
    Compare,
    Condition,
    EventAtom,
    Leaf,
    LevelComparison,
    Limit,
    Not,
    Or,
    Relation,
    State,
    TimeLimit,
    Total,
    TotalKind,
    TransferAtom,
    leaves,
)
from materiel.outlook.scenario.elements import Pledge, Scenario
from materiel.outlook.weaving import weave
from materiel.outlook.weaving.fitting import fits
from materiel.outlook.weaving.sources import past_of, sources_of
from materiel.terms.statements import Force, Stage

SCENARIOS = 110
MEMBERS = 3


def any_side_leaf(random: Random) -> Leaf:
    limits: tuple[Limit, ...] = ()
    if random.random() < 0.2:
        limits = (TimeLimit(random.choice([Relation.SINCE, Relation.UNTIL]), any_day(random)),)
    flow = any_names(random, ACTORS), any_names(random, ACTORS), any_names(random, CLASSES)
    match random.choice("ttteeqc"):
        case "t":
            return TransferAtom(*flow, random.choice([Stage.DELIVERED, Stage.ORDERED]), None, limits)
        case "e":
            return EventAtom(random.choice(TITLES), limits)
        case "c":
            state = random.choice([State.TRIGGERED, State.KEPT, State.BROKEN])
            return CommitmentAtom(random.choice(PLEDGES), state, limits)
        case _:
            kind = random.choice([TotalKind.QUANTITY, TotalKind.COUNT])
            number = float(random.choice([1, 2, 4] if kind is TotalKind.COUNT else [5, 20, 4000]))
            return Total(kind, *flow, Stage.DELIVERED, None, Compare.AT_LEAST, number, limits)


def any_side(random: Random) -> Condition:
    match random.randrange(4):
        case 0:
            return And((any_side_leaf(random), any_side_leaf(random)))
        case 1:
            return Or((any_side_leaf(random), any_side_leaf(random)))
        case _:
            return any_side_leaf(random)


def with_pledges(random: Random, scenario: Scenario) -> Scenario:
    """The scenario with other commitments, whose deeds let things happen."""
    pledges = []
    for pledge in scenario.commitments:
        consequent = any_side(random)
        if random.random() < 0.3:
            consequent = Not(any_side_leaf(random))
        changed = {
            "antecedent": None if random.random() < 0.1 else print_condition(any_side(random)),
            "consequent": print_condition(consequent),
            "force": random.choice(list(Force)),
        }
        pledges.append(pledge.model_copy(update=changed))
    return scenario.model_copy(update={"commitments": tuple(pledges)})


def plain_commitment(scenario: Scenario, pledge: Pledge, trace: Trace) -> Commitment:
    """The commitment as the board has it, with what takes it back."""
    made = "2000-01-01" if pledge.antecedent is not None else scenario.start.isoformat()
    sayings = [Saying(Act.MADE, made, made)]
    back = [week for week, names in enumerate(trace.weeks) if names[f"taken back {pledge.id}"]]
    if back:
        day = (scenario.start + timedelta(days=7 * back[0])).isoformat()
        sayings.append(Saying(Act.RETRACTED, day, day))
    return Commitment(
        pledge.id,
        pledge.debtor,
        None if pledge.antecedent is None else parse(pledge.antecedent),
        parse(pledge.consequent),
        pledge.force,
        tuple(sayings),
        Term(pledge.by.isoformat() if pledge.by else None, pledge.within),
    )


def state_of(names: dict[str, float], identity: str) -> State:
    ends = (State.WITHDRAWN, State.LAPSED, State.BROKEN, State.KEPT, State.TRIGGERED)
    return next((state for state in ends if names[f"{state} {identity}"]), State.STANDING)


def could_be_one_happening(pledge: Pledge, scenario: Scenario) -> bool:
    """Whether what sets a commitment off could be what it commits to.

    The life cycle then asks for another line of the register, the simulation for a later day.
    """
    if pledge.antecedent is None:
        return False
    sides = [list(leaves(parse(text))) for text in (pledge.antecedent, pledge.consequent)]
    asked, committed = ([leaf for leaf in side if not isinstance(leaf, LevelComparison)] for side in sides)
    deeds = [*(each.deed for each in sources_of(scenario)), *(each.deed for each in past_of(scenario))]
    return any(fits(one, deed) and fits(other, deed) for deed in deeds for one in asked for other in committed)


def test_commitments_come_into_the_states_of_their_life_cycle() -> None:
    seen: Counter[State] = Counter()
    for seed in range(SCENARIOS):
        random = Random(50_000 + seed)
        scenario = with_pledges(random, any_scenario(random)[0])
        members = Members(weave(scenario))
        for member in range(MEMBERS):
            trace = members.run(11, member)
            happenings = list(happenings_of(scenario, trace))
            for pledge in scenario.commitments:
                if could_be_one_happening(pledge, scenario):
                    continue
                commitment = plain_commitment(scenario, pledge, trace)
                for week, names in enumerate(trace.weeks):
                    day = scenario.start + timedelta(days=7 * week)
                    index = HappeningIndex(each for each in happenings if each.span[1] <= day.toordinal())
                    standing = stand(commitment, index, clocks_of(day.isoformat()), is_complete=True)
                    assert standing is not None
                    state = state_of(names, pledge.id)
                    assert state == standing.state, (seed, member, week, pledge, standing.way)
                    seen[state] += 1
    assert all(seen[state] >= 100 for state in State), seen
