"""Both engines do what a program says, to the bit, however the work is cut."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from outlook.engine.plain_program import Member
from outlook.engine.programs import compiled_programs
from outlook.engine.ref1_program import ref1

from materiel.outlook.compiled import Compiled
from materiel.outlook.engine import run as runs
from materiel.outlook.engine import source, vectorised
from materiel.outlook.engine.run import EngineName, run, run_sample
from materiel.outlook.ensemble import Ensemble

SLOW = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]}


@pytest.fixture(autouse=True, scope="module")
def kernels(tmp_path_factory: pytest.TempPathFactory) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MATERIEL_CACHE", str(tmp_path_factory.mktemp("kernels")))
        yield


def the_bytes(ensemble: Ensemble) -> tuple[bytes, ...]:
    numbers = (*ensemble.outcomes.values(), *ensemble.series.values())
    return (*(values.tobytes() for values in numbers), repr(ensemble.failures).encode())


@settings(max_examples=80, **SLOW)
@given(compiled_programs(), st.integers(0, 3))
def test_arrays_do_what_the_program_says(compiled: Compiled, seed: int) -> None:
    ensemble = run(compiled, members=5, seed=seed, engine="arrays")
    table = ensemble.table()
    failed = {failure.member for failure in ensemble.failures}
    for number in range(5):
        member = Member(compiled.program, table[number].tolist(), seed, number)
        expected = np.array(member.run())
        seen = np.array([values[number] for values in ensemble.outcomes.values()])
        assert (number in failed) == member.failed
        assert seen.tobytes() == expected.tobytes() or (np.isnan(seen).all() and member.failed)
        for name, weeks in member.series.items():
            assert np.array_equal(ensemble.series[name][:, number], weeks, equal_nan=True)


@settings(max_examples=6, **SLOW)
@given(compiled_programs(), st.integers(1, 40))
def test_kernels_give_the_bits_of_arrays(monkeypatch: pytest.MonkeyPatch, compiled: Compiled, loop: int) -> None:
    monkeypatch.setattr(source, "LOOP", loop)
    seen = run(compiled, members=150, engine="kernel", follow=3)
    assert the_bytes(seen) == the_bytes(run(compiled, members=150, engine="arrays", follow=3))
