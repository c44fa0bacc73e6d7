"""The evaluator agrees with one that is written with sets and loops, on 100,000 random pairs of condition and
history.
"""

from __future__ import annotations

from random import Random

import pytest
from brute_force import Brute
from condition_samples import any_condition, any_history

from materiel.commitments import HappeningIndex, evaluate, print_condition

AS_OF = ("2024-06-07", "2024-06-10", "2024-06-14", "2024-06-30", "2024-06-30")
KNOWN_BY = (None, None, "2024-06-10", "2024-06-14", "2024-06-30")
PER_HISTORY = 20
"""Conditions asked of one history."""


@pytest.mark.parametrize("part", range(10))
def test_the_evaluator_agrees_with_brute_force(part: int) -> None:
    random = Random(part)
    answers: dict[str, int] = {}
    for _ in range(500):
        history = any_history(random)
        index = HappeningIndex(history)
        for _ in range(PER_HISTORY):
            condition = any_condition(random)
            as_of, known_by = random.choice(AS_OF), random.choice(KNOWN_BY)
            found = evaluate(condition, index, as_of=as_of, known_by=known_by).answer
            expected = Brute(history, as_of, known_by).answer(condition)
            assert found == expected, (print_condition(condition), as_of, known_by, history)
            answers[found] = answers.get(found, 0) + 1
    assert sum(answers.values()) == 500 * PER_HISTORY
    assert all(answers.get(each, 0) > 50 for each in ("holds", "does not hold", "disputed", "not reported")), answers
