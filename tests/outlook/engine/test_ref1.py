"""The reference model as loops over plain numbers against both engines."""

from __future__ import annotations

import math
from functools import partial

import numpy as np
import pytest
from ref1_plain import counted_luck, parameters, run_member
from ref1_program import OUTCOMES, ref1

from materiel.outlook.engine.draws import counters, key_of, uniforms
from materiel.outlook.engine.run import run

WHOLE_NUMBERS = ("wk0", "events", "weeks restricted")


@pytest.mark.parametrize("engine", ["arrays", "kernel"])
def test_the_same_luck_gives_the_same_members(engine: str) -> None:
    ensemble = run(ref1(), members=200, seed=4, engine=engine, follow=0)  # type: ignore[arg-type]
    table = ensemble.table()
    places = counters(np.arange(200, dtype=np.uint64))
    luck = np.array(
        [[uniforms(key_of(4, f"event {event}"), places, week + 1) for event in range(4)] for week in range(104)]
    )

    def luck_of(member: int, week: int, event: int) -> float:
        return float(luck[week, event, member])

    for number in range(200):
        expected = run_member(table[number].tolist(), partial(luck_of, number))
        for name, plain in zip(OUTCOMES, expected, strict=True):
            seen = ensemble.outcomes[name][number]
            assert seen == (plain if name in WHOLE_NUMBERS else pytest.approx(plain, rel=1e-9))


def test_another_address_of_luck_gives_the_same_distributions() -> None:
    """Five hundred members with the reference's own luck: means within five standard errors of ours."""
    plain = np.array([run_member(parameters(1, member), counted_luck(1, member)) for member in range(500)])
    ensemble = run(ref1(), members=20_000, engine="arrays", follow=0)
    for place, name in enumerate(OUTCOMES):
        ours = ensemble.outcomes[name]
        error = math.hypot(plain[:, place].std() / math.sqrt(500), ours.std() / math.sqrt(ours.size))
        assert abs(ours.mean() - plain[:, place].mean()) < 5 * error, name
        for share in (0.05, 0.5, 0.95):
            below = (plain[:, place] <= np.quantile(ours, share)).mean()
            at = (ours <= np.quantile(ours, share)).mean()
            assert abs(below - at) < 5 * math.sqrt(0.25 / 500), name
