"""Runs: members that fail, runs that are stopped and taken up, kernels that are kept, and what is refused."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from ref1_program import ref1
from test_engines import the_bytes

from materiel.outlook.compiled import Compiled, Drawn
from materiel.outlook.engine import kernel
from materiel.outlook.engine import run as running
from materiel.outlook.engine.run import EngineRefused, run, run_sample
from materiel.outlook.engine.simplify import simplify
from materiel.outlook.program import (
    Apply,
    Assign,
    Constant,
    Name,
    Operation,
    Parameter,
    Program,
    Variable,
    Week,
)
from materiel.outlook.scenario.numbers import Spread


def failing() -> Compiled:
    """x divides by (week - p), where p is 0, 1, 2 ...: chance says which members meet it."""
    p = Apply(Operation.MULTIPLY, (Parameter("p"), Constant(3.0)))
    program = Program(
        weeks=10,
        parameters=("p",),
        variables=(Variable("x", Constant(1.0)), Variable("y", Constant(0.0))),
        rings=(),
        hazards=(),
        steps=(
            Assign(
                "x",
                Apply(
                    Operation.DIVIDE,
                    (Constant(1.0), Apply(Operation.SUBTRACT, (Apply(Operation.ADD, (p, Constant(2.0))), Week()))),
                ),
            ),
            Assign("y", Apply(Operation.ADD, (Name("y"), Constant(1.0)))),
        ),
        outcomes=(("x", Name("x")), ("y", Name("y"))),
        series=("x",),
        guards=("y", "x"),
    )
    return Compiled(program, (Drawn("p", Spread(shape="chance", probability=0.25), "number p"),), "failing")


def test_of_too_many_kernels_the_oldest_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MATERIEL_CACHE", str(tmp_path))
    monkeypatch.setattr(kernel, "KEPT_BYTES", 2 * (100 + kernel.DIGEST))
    folder = kernel.cache_folder()
    for age, name in enumerate(("d", "c", "b", "a")):
        kernel._keep(name, b"x" * 100)
        os.utime(folder / f"{name}.o", (age, age))
    kernel._keep("new", b"x" * 100)
    assert sorted(each.name for each in folder.iterdir()) == ["a.o", "new.o"]
    kernel._keep("large", b"x" * 1000)
    assert [each.name for each in folder.iterdir()] == ["large.o"]
    assert kernel._read("large") == b"x" * 1000


@pytest.mark.parametrize("engine", ["arrays", "kernel"])
def test_a_member_that_fails_is_a_row_with_its_week_and_reason(engine: str) -> None:
    ensemble = run(failing(), members=400, engine=engine)  # type: ignore[arg-type]
    table = ensemble.table(["p"])[:, 0]
    assert len(ensemble.failures) == 400
    for failure in ensemble.failures:
        assert failure.week == (5 if table[failure.member] else 2)
        assert failure.reason == "x is not a finite number"
    assert all(np.isnan(values).all() for values in ensemble.outcomes.values())
    assert ensemble.members == 400


def test_only_the_members_that_fail_are_without_numbers() -> None:
    compiled = failing()
    some = run_sample(compiled, np.array([[0.0], [0.3], [1.0]]), np.zeros(3, dtype=np.uint64), engine="arrays")
    assert [(failure.member, failure.week) for failure in some.failures] == [(0, 2), (2, 5)]
    assert np.isnan(some.outcomes["y"]).tolist() == [True, False, True]


def test_a_run_that_was_stopped_is_taken_up(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(running, "CHUNK", 50)
    expected = run(ref1(), members=300, engine="arrays", follow=70)

    def stop(done: int, members: int) -> None:
        assert members == 300
        if done >= 100:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(ref1(), members=300, engine="arrays", follow=70, progress=stop, resume=tmp_path, workers=1)
    finished = sorted(tmp_path.rglob("*.npz"))
    assert 2 <= len(finished) < 6
    written = [path.stat().st_mtime_ns for path in finished]
    told: list[int] = []
    again = run(
        ref1(), members=300, engine="arrays", follow=70, resume=tmp_path, progress=lambda done, _: told.append(done)
    )
    assert the_bytes(again) == the_bytes(expected)
    assert [path.stat().st_mtime_ns for path in finished] == written
    assert told == [50, 100, 150, 200, 250, 300]
    assert not list(tmp_path.rglob("*.part"))


@pytest.mark.parametrize("damage", ["cut", "changed", "empty", "another shape"])
def test_a_torn_part_is_told_and_computed_anew(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, damage: str) -> None:
    monkeypatch.setattr(running, "CHUNK", 50)
    expected = run(failing(), members=100, engine="arrays", follow=0, resume=tmp_path)
    assert expected.notes == ()
    victim = sorted(tmp_path.rglob("*.npz"))[1]
    content = victim.read_bytes()
    match damage:
        case "cut":
            victim.write_bytes(content[:-40])
        case "changed":
            victim.write_bytes(content[:300] + bytes([content[300] ^ 255]) + content[301:])
        case "empty":
            victim.write_bytes(b"")
        case _:
            other = Path(str(victim.with_name("other.npz")))
            np.savez(other, outcomes=np.zeros((1, 1)), series=np.zeros((0, 0, 0)), failed=[], weeks=[], reasons=[])
            other.replace(victim)
    again = run(failing(), members=100, engine="arrays", follow=0, resume=tmp_path)
    assert the_bytes(again) == the_bytes(expected)
    assert again.notes == (f"the kept part {victim.name} is torn: computed anew",)
    assert run(failing(), members=100, engine="arrays", follow=0, resume=tmp_path).notes == ()


def test_parts_of_another_seed_scenario_or_question_are_not_taken(tmp_path: Path) -> None:
    first = run(failing(), members=40, seed=1, engine="arrays", resume=tmp_path)
    assert the_bytes(run(failing(), members=40, seed=2, engine="arrays", resume=tmp_path)) != the_bytes(first)
    fixed = run(failing().fixed({"p": 7.0}), members=40, seed=1, engine="arrays", resume=tmp_path)
    assert np.isfinite(fixed.outcomes["x"]).all()
    assert set(run(failing(), members=40, engine="arrays", outcomes=("y",), resume=tmp_path).outcomes) == {"y"}


def test_a_kernel_is_kept_and_a_broken_one_is_made_anew(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("MATERIEL_CACHE", str(tmp_path))
    monkeypatch.setattr(kernel, "_loaded", {})
    flat = simplify(failing().program)
    assert not kernel.is_ready(flat)
    expected = run(failing(), members=10, engine="kernel")
    assert kernel.is_ready(flat)
    (kept,) = (tmp_path / "kernels").iterdir()
    compiled_at = kept.stat().st_mtime_ns
    whole = kept.read_bytes()

    def in_a_new_process() -> str:
        code = (
            "from test_running import failing, run, the_bytes\n"
            "print(the_bytes(run(failing(), members=10, engine='kernel')))"
        )
        return subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment()
        ).stdout.strip()

    assert in_a_new_process() == str(the_bytes(expected))
    assert kept.stat().st_mtime_ns == compiled_at
    for damage in (whole[:-100], b"", whole[:500] + b"?" + whole[501:]):
        kept.write_bytes(damage)
        monkeypatch.setattr(kernel, "_loaded", {})
        assert not kernel.is_ready(flat)
        assert the_bytes(run(failing(), members=10, engine="kernel")) == the_bytes(expected)
        assert list((tmp_path / "kernels").iterdir()) == [kept]
        assert kept.read_bytes() == whole


def environment() -> dict[str, str]:
    import os

    here = Path(__file__).parent
    return os.environ | {"PYTHONPATH": f"{here}{os.pathsep}{here.parents[2] / 'src'}"}


def test_a_folder_that_cannot_be_written_only_costs_time(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    monkeypatch.setenv("MATERIEL_CACHE", str(tmp_path / "file"))
    monkeypatch.setattr(kernel, "_loaded", {})
    compiled = failing().fixed({"p": 9.0})
    assert the_bytes(run(compiled, members=4, engine="kernel")) == the_bytes(run(compiled, members=4, engine="arrays"))


def test_small_runs_take_arrays_and_large_ones_a_kernel(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("MATERIEL_CACHE", str(tmp_path))
    flat = simplify(ref1().program, ("events",))
    assert not running._takes_kernel(flat, 1000, "auto")
    assert running._takes_kernel(flat, 10**7, "auto")
    assert running._takes_kernel(flat, 1, "kernel")
    monkeypatch.setattr(running, "find_spec", lambda _: None)
    assert not running._takes_kernel(flat, 10**7, "auto")
    with pytest.raises(EngineRefused, match=r"materiel\[outlook\]"):
        running._takes_kernel(flat, 1, "kernel")


def test_what_cannot_be_run_is_refused() -> None:
    with pytest.raises(EngineRefused, match="at least one member"):
        run(failing(), members=0)
    with pytest.raises(ValueError, match="no outcome is named z"):
        run(failing(), members=1, outcomes=("z",))
    with pytest.raises(ValueError, match="not 2 rows x 1 parameters"):
        run_sample(failing(), np.zeros((3, 1)), np.zeros(2, dtype=np.uint64))
    with pytest.raises(ValueError, match="no parameter is named q"):
        failing().fixed({"q": 1.0})


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"steps": (Assign("x", Name("later")), Assign("later", Constant(1.0)))}, "uses 'later' before it has a value"),
        ({"outcomes": (("z", Name("nothing")),)}, "uses 'nothing' before it has a value"),
        (
            {"variables": (Variable("x", Week()), Variable("y", Constant(0.0)))},
            "opening of 'x' asks for something of a week",
        ),
        ({"steps": (Assign("x", Apply(Operation.CHOOSE, (Name("x"), Name("y")))),)}, "choose has 2 arguments"),
    ],
)
def test_a_program_that_makes_no_sense_is_told(change: dict[str, object], message: str) -> None:
    from dataclasses import replace

    with pytest.raises(ValueError, match=message):
        simplify(replace(failing().program, **change))  # type: ignore[arg-type]


def test_a_table_is_drawn_again_in_any_part() -> None:
    ensemble = run(ref1(), members=30, engine="arrays")
    whole = ensemble.table()
    assert whole.shape == (30, 12)
    assert np.array_equal(ensemble.table(["th0", "D0"], first=7, last=9), whole[7:9][:, [6, 2]])
    with pytest.raises(KeyError, match="nothing"):
        ensemble.table(["nothing"])
