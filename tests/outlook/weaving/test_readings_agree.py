"""Random scenarios on the engine, and step by step in the plain reading that the other tests look into."""

from __future__ import annotations

from random import Random

import pytest
from plain_member import Members
from scenario_strategies import any_scenario

from materiel.outlook.engine.run import run
from materiel.outlook.weaving import weave


@pytest.mark.parametrize("seed", range(6))
def test_the_engine_gives_what_the_plain_reading_gives(seed: int) -> None:
    compiled = weave(any_scenario(Random(300 + seed), 6)[0])
    ensemble = run(compiled, members=3, seed=7, engine="arrays")
    members = Members(compiled)
    for member in range(3):
        trace = members.run(7, member)
        for name, value in trace.outcomes.items():
            assert ensemble.outcomes[name][member] == value, name
        for name, weeks in ensemble.series.items():
            assert weeks[:, member].tolist() == [names[name] for names in trace.weeks], name
