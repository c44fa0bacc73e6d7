"""Both engines do what a program says, to the bit, however the work is cut."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from plain_program import Member
from programs import compiled_programs
from ref1_program import ref1

from materiel.outlook.compiled import Compiled
from materiel.outlook.engine import run as running
from materiel.outlook.engine import vectorised
from materiel.outlook.engine.run import run, run_sample
from materiel.outlook.ensemble import Ensemble

programs = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def the_bytes(ensemble: Ensemble) -> tuple[bytes, ...]:
    numbers = (*ensemble.outcomes.values(), *ensemble.series.values())
    return (*(values.tobytes() for values in numbers), repr(ensemble.failures).encode())


@programs
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


@programs
@given(compiled_programs())
def test_kernels_give_the_bits_of_arrays(compiled: Compiled) -> None:
    seen = run(compiled, members=150, engine="kernel", follow=3)
    assert the_bytes(seen) == the_bytes(run(compiled, members=150, engine="arrays", follow=3))


def test_neither_chunks_nor_threads_nor_the_engine_change_a_byte(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = the_bytes(run(ref1(), members=300, seed=5, engine="arrays", workers=1, follow=40))
    for engine in ("arrays", "kernel"):
        for chunk, piece, workers in ((16384, 4096, 2), (101, 37, 3)):
            monkeypatch.setattr(running, "CHUNK", chunk)
            monkeypatch.setattr(vectorised, "PIECE", piece)
            seen = run(ref1(), members=300, seed=5, engine=engine, workers=workers, follow=40)
            assert the_bytes(seen) == expected, (engine, chunk, piece, workers)


def test_a_member_is_the_same_in_any_company() -> None:
    ensemble = run(ref1(), members=50, seed=2, engine="arrays", follow=50)
    alone = run_sample(
        ref1(), ensemble.table(first=31, last=32), np.array([31], dtype=np.uint64), seed=2, engine="kernel", follow=1
    )
    assert {name: values[0] for name, values in alone.outcomes.items()} == {
        name: values[31] for name, values in ensemble.outcomes.items()
    }
    for name, weeks in alone.series.items():
        assert np.array_equal(weeks[:, 0], ensemble.series[name][:, 31])


def test_what_nobody_asks_for_changes_nothing_of_what_is_asked() -> None:
    everything = run(ref1(), members=300, engine="arrays", follow=0)
    some = run(ref1(), members=300, engine="arrays", follow=0, outcomes=("unmet",))
    assert list(some.outcomes) == ["unmet"]
    assert some.outcomes["unmet"].tobytes() == everything.outcomes["unmet"].tobytes()
