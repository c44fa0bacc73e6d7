"""Measure the outlook's engine on the reference scenario, beside the same model as other people would run it.

    python benchmarks/outlook.py                  every figure with its target, in one run; some minutes
    python benchmarks/outlook.py --only memory    one part: speed, compiling, memory
    python benchmarks/outlook.py --members 200000 fewer members
    python benchmarks/outlook.py --check          exit code 3 where a target is missed

- speed: member-weeks a second of ``scenarios/ref1.yaml``, woven and run as a kernel for all the members by ``run``,
  from drawing the parameters to the table of its eight outcomes; over the rates of EMA workbench running the plain
  Python model (one process or two, whichever is faster), Mesa, NumPy vectorised by hand, and a kernel written by hand
  in numba. The first three do fewer members and are extrapolated by their rate. Rounds of all in turn, the best of
  each, so that neighbours on the machine matter little; their load is told. Before that the rivals are compared with
  one another member by member (the same luck), and with ours by the means of their outcomes (each has its own luck);
- compiling: seconds until a kernel is there, for each bundled scenario with all its outcomes, with an empty cache and
  in the next process;
- memory: the peak of a process that runs all the members and keeps their outcomes.

Needs, beside materiel[outlook], numba, ema-workbench and mesa.
"""

from __future__ import annotations

import argparse
import json
import logging
import math
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack, redirect_stderr
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from materiel.outlook.compiled import Compiled
from materiel.outlook.engine.run import run
from materiel.outlook.scenario.blanks import load_complete
from materiel.outlook.weaving.weave import weave

ROOT = Path(__file__).parents[1]
PARTS = ("speed", "compiling", "memory")
WEEKS = 104
OUTCOMES = tuple(f"y{place}" for place in range(8))
ROUNDS = 5
SAMPLE = 400
"""Members compared one by one."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A measured figure with its target: ``value`` is to be at most, or at least, ``target``."""

    name: str
    value: float
    target: float
    at_most: bool
    detail: str

    @property
    def holds(self) -> bool:
        return self.value <= self.target if self.at_most else self.value >= self.target

    def __str__(self) -> str:
        wanted = f"{'at most' if self.at_most else 'at least'} {self.target:g}"
        return f"{'ok  ' if self.holds else 'MISS'} {self.name}: {self.value:.3g} ({wanted}); {self.detail}"


def scenario(name: str = "ref1") -> Compiled:
    return weave(load_complete(ROOT / "scenarios" / f"{name}.yaml"), None)


@dataclass(slots=True)
class Rival:
    """A way to run the model.

    Attributes:
        go: does ``members`` members once.
    """

    name: str
    members: int
    go: Callable[[], object]
    seconds: float = math.inf

    def once(self) -> None:
        began = time.perf_counter()
        self.go()
        self.seconds = min(self.seconds, time.perf_counter() - began)

    @property
    def rate(self) -> float:
        """Member-weeks a second."""
        return self.members * WEEKS / self.seconds


def measure_speed(members: int) -> list[Figure]:
    from ref1_mesa import run_mesa
    from ref1_rivals import run_by_hand, run_numpy

    compiled = scenario()
    compare(compiled)
    ours = Rival(
        "kernel", members, lambda: run(compiled, members=members, engine="kernel", follow=0, outcomes=OUTCOMES)
    )
    by_hand = Rival("by hand", members, lambda: run_by_hand(1, 0, members))
    numpy_one = Rival("NumPy", 40_000, lambda: run_numpy(1, 0, 40_000))
    mesa = Rival("Mesa", 100, lambda: [run_mesa(1, member) for member in range(100)])
    arrays = Rival(
        "arrays", 40_000, lambda: run(compiled, members=40_000, engine="arrays", follow=0, outcomes=OUTCOMES)
    )
    with ExitStack() as stack, Path(os.devnull).open("w") as nowhere, redirect_stderr(nowhere):
        ema = [Rival(f"EMA, {count} process(es)", 1000, ema_run(stack, count, 1000)) for count in (1, 2)]
        rivals = [ours, by_hand, numpy_one, mesa, *ema, arrays]
        for _ in range(ROUNDS):
            for rival in rivals:
                rival.once()
    for rival in rivals:
        extrapolated = "" if rival.members == members else f" (extrapolated from {rival.members:,} members)"
        seconds = members * WEEKS / rival.rate
        print(
            f"     {rival.name}: {rival.rate:.3g} member-weeks a second, {members:,} in {seconds:.3g} s{extrapolated}"
        )
    told = f"{members:,} members x {WEEKS} weeks in {ours.seconds:.2f} s; load {os.getloadavg()[0]:.1f}"
    targets = ((max(ema, key=lambda one: one.rate), 500.0), (mesa, 1000.0), (numpy_one, 8.0), (by_hand, 0.6))
    return [
        Figure(f"kernel over {rival.name}", ours.rate / rival.rate, target, False, told) for rival, target in targets
    ]


def compare(compiled: Compiled) -> None:
    """Stops with an error where the ways to run the model do not agree."""
    from ref1_mesa import run_mesa
    from ref1_rivals import run_by_hand, run_numpy, run_plain

    plain = np.array([run_plain(1, member) for member in range(SAMPLE)]).T
    for name, theirs in (
        ("NumPy", run_numpy(1, 0, SAMPLE)),
        ("by hand", run_by_hand(1, 0, SAMPLE)),
        ("Mesa", np.array([run_mesa(1, member) for member in range(SAMPLE)]).T),
    ):
        if not np.allclose(theirs, plain, rtol=1e-9, atol=0):
            raise SystemExit(f"{name} and the plain model do not agree")
    many = 100_000
    theirs, ours = run_by_hand(1, 0, many), run(compiled, members=many, follow=0, outcomes=OUTCOMES)
    for row, name in zip(theirs, OUTCOMES, strict=True):
        mine = ours.outcomes[name]
        error = math.hypot(row.std(), mine.std()) / math.sqrt(many)
        if not abs(mine.mean() - row.mean()) < 5 * error:
            raise SystemExit(f"{name}: the mean is {mine.mean():.6g}, by hand {row.mean():.6g} (error {error:.2g})")
    print(f"     {SAMPLE} members of each rival agree one by one; means of {many:,} of ours and theirs within 5 errors")


def ema_run(stack: ExitStack, processes: int, members: int) -> Callable[[], object]:
    """EMA workbench on a model that is there already, with its processes running."""
    from ema_workbench import (
        Model,
        MultiprocessingEvaluator,
        RealParameter,
        ScalarOutcome,
        SequentialEvaluator,
        ema_logging,
    )
    from ref1_rivals import HIGHS, LOWS, experiment

    ema_logging.log_to_stderr(logging.ERROR)
    model = Model("ref1", function=experiment)
    names = [f"p{place:02}" for place in range(len(LOWS))]
    model.uncertainties = [
        RealParameter(name, low, high) for name, low, high in zip(names, LOWS, HIGHS, strict=True)
    ] + [RealParameter("member", 0, 1e6)]
    model.outcomes = [ScalarOutcome(name) for name in OUTCOMES]

    evaluator = SequentialEvaluator(model) if processes == 1 else MultiprocessingEvaluator(model, processes)
    runner = stack.enter_context(evaluator)
    return lambda: runner.perform_experiments(scenarios=members)


def in_a_process(part: str, cache: Path, members: int) -> dict[str, float]:
    """What this file prints when it does one part by itself."""
    command = [sys.executable, __file__, "--alone", part, "--members", str(members)]
    environment = os.environ | {"MATERIEL_CACHE": str(cache)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    told: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return told


def measure_compiling(members: int) -> list[Figure]:
    with tempfile.TemporaryDirectory() as cache:
        cold = in_a_process("compiling", Path(cache), members)
        kept = in_a_process("compiling", Path(cache), members)
    return [
        figure
        for name in cold
        for figure in (
            Figure(f"compiling {name}, s", cold[name], 15.0, True, "nothing in the cache"),
            Figure(f"compiling {name} again, s", kept[name], 1.0, True, "another process, from the cache"),
        )
    ]


def compile_alone() -> dict[str, float]:
    from materiel.outlook.engine.kernel import kernel_of
    from materiel.outlook.engine.simplify import simplify

    seconds = {}
    for path in sorted((ROOT / "scenarios").glob("*.yaml")):
        flat = simplify(scenario(path.stem).program)
        began = time.perf_counter()
        kernel_of(flat)
        seconds[path.stem] = time.perf_counter() - began
    return seconds


def measure_memory(members: int) -> list[Figure]:
    with tempfile.TemporaryDirectory() as cache:
        told = in_a_process("memory", Path(cache), members)
    return [Figure("peak memory, MB", told["MB"], 1000.0, True, f"{members:,} members, {len(OUTCOMES)} outcomes kept")]


def memory_alone(members: int) -> dict[str, float]:
    run(scenario(), members=members, engine="kernel", follow=0, outcomes=OUTCOMES)
    return {"MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--only", choices=PARTS, action="append", help="only this part")
    options.add_argument("--members", type=int, default=1_000_000, help="members of the kernels")
    options.add_argument("--check", action="store_true", help="exit code 3 where a target is missed")
    options.add_argument("--alone", choices=("compiling", "memory"), help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.alone is not None:
        print(json.dumps(compile_alone() if given.alone == "compiling" else memory_alone(given.members)))
        return 0
    measures = {"speed": measure_speed, "compiling": measure_compiling, "memory": measure_memory}
    missed = False
    for part in given.only or PARTS:
        for figure in measures[part](given.members):
            print(figure, flush=True)
            missed |= not figure.holds
    return 3 if missed and given.check else 0


if __name__ == "__main__":
    sys.exit(main())
