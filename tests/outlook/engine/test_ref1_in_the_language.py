"""scenarios/ref1.yaml says what the reference says: fed with the same draws, member by member the same outcomes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from ref1_plain import WEEKS, run_member

from materiel.outlook.engine.draws import counters, key_of, uniforms
from materiel.outlook.engine.run import run
from materiel.outlook.scenario.loading import load_scenario
from materiel.outlook.weaving import weave

REF1 = Path(__file__).parents[3] / "scenarios" / "ref1.yaml"

MEMBERS = 300
DRAWN = ("SU0", "SK0", "D0", "cap0", "cap1", "cap2", "th0", "th1", "lam0", "lam1", "lam3", "ramp1")
OUTCOMES = tuple(f"y{place}" for place in range(8))
COUNTS = [2, 5, 7]
"""The outcomes that are whole numbers: the week of the lifted ban, events, weeks of restriction."""


def test_the_scenario_is_the_reference() -> None:
    ensemble = run(weave(load_scenario(REF1)), members=MEMBERS, seed=1, follow=0, outcomes=OUTCOMES, engine="arrays")
    places = counters(np.arange(MEMBERS, dtype=np.uint64))
    luck = np.array(
        [[uniforms(key_of(1, f"event event{event}"), places, week + 1) for event in range(4)] for week in range(WEEKS)]
    )
    table = ensemble.table(DRAWN)

    def expected_of(member: int) -> list[float]:
        return run_member(table[member].tolist(), lambda week, event: float(luck[week, event, member]))

    expected = np.array([expected_of(member) for member in range(MEMBERS)])
    seen = np.array([ensemble.outcomes[name] for name in OUTCOMES]).T
    assert not ensemble.failures
    assert (seen[:, COUNTS] == expected[:, COUNTS]).all()
    # Amounts are rounded to a grid when they arise, so the last digits differ.
    np.testing.assert_allclose(seen, expected, rtol=0.0, atol=1e-6)
