"""The evaluator agrees with one that is written with sets and loops, on 100,000 random pairs of condition and
history.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from random import Random
from typing import get_args

import pytest
from brute_force import Brute
from condition_samples import any_condition, any_history

from materiel.commitments import HappeningIndex, evaluate, print_condition
from materiel.commitments.tree import (
    And,
    Compare,
    Condition,
    Grading,
    Last,
    Leaf,
    LevelComparison,
    MeasureAtom,
    Not,
    Or,
    Relation,
    Support,
    TimeLimit,
    Total,
    TotalKind,
    TransferAtom,
)

AS_OF = ("2024-06-10", "2024-06-14", "2024-06-30", "2024-06-30", "2024-06-30")
KNOWN_BY = (None, None, None, "2024-06-10", "2024-06-14", "2024-06-30")
HISTORIES = 250
PER_HISTORY = 40
"""Conditions asked of one history."""
PARTS = 10


def test_there_are_a_hundred_thousand_pairs() -> None:
    assert PARTS * HISTORIES * PER_HISTORY == 100_000


@pytest.mark.parametrize("part", range(PARTS))
def test_the_evaluator_agrees_with_brute_force(part: int) -> None:
    random = Random(part)
    answers: Counter[str] = Counter()
    met: Counter[str] = Counter()
    for _ in range(HISTORIES):
        history = any_history(random)
        index = HappeningIndex(history)
        for _ in range(PER_HISTORY):
            condition = any_condition(random)
            as_of, known_by = random.choice(AS_OF), random.choice(KNOWN_BY)
            found = evaluate(condition, index, as_of=as_of, known_by=known_by).answer
            expected = Brute(history, as_of, known_by).answer(condition)
            assert found == expected, (print_condition(condition), as_of, known_by, history)
            answers[found] += 1
            met.update(constructs(condition))
    # Nearly always the same answer would be worth little, and so would a language of which parts never come up.
    assert all(answers[each] > 0.04 * HISTORIES * PER_HISTORY for each in FOUR), answers
    assert all(met[each] > 20 for each in EVERY), {each: met[each] for each in EVERY}


FOUR = ("holds", "does not hold", "disputed", "not reported")
EVERY = (
    *(kind.__name__ for kind in (And, Or, Not, *get_args(Leaf), Last, Support, Grading)),
    *(f"{relation} {moment}" for relation in Relation for moment in ("a date", "a happening")),
    *TotalKind,
    *Compare,
    "*",
    "several names",
)


def constructs(condition: Condition) -> Iterator[str]:
    """What of the language a condition uses."""
    yield type(condition).__name__
    match condition:
        case And(parts) | Or(parts):
            for part in parts:
                yield from constructs(part)
        case Not(part):
            yield from constructs(part)
        case LevelComparison():
            yield condition.compare
        case leaf:
            if isinstance(leaf, Total):
                yield leaf.kind
            if isinstance(leaf, Total | MeasureAtom):
                yield leaf.compare
            if isinstance(leaf, Total | TransferAtom):
                yield from ("*" for names in (leaf.suppliers, leaf.classes) if names is None)
                yield from ("several names" for names in (leaf.suppliers, leaf.classes) if names and len(names) > 1)
            for limit in leaf.limits:
                if isinstance(limit, TimeLimit):
                    yield f"{limit.relation} {'a date' if isinstance(limit.moment, str) else 'a happening'}"
                else:
                    yield type(limit).__name__
