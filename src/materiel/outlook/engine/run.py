"""Runs a compiled scenario for many members, in chunks that any number of threads take in any order.

What a member does depends on its number and the seed alone: neither chunks nor threads nor the engine change a bit.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from importlib.util import find_spec
from operator import itemgetter
from pathlib import Path
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from materiel.errors import InputRefused
from materiel.outlook.compiled import Compiled
from materiel.outlook.engine import vectorised
from materiel.outlook.engine.draws import SLOT_BITS, draw
from materiel.outlook.engine.flat import Flat
from materiel.outlook.engine.kept import Chunk, Kept
from materiel.outlook.engine.kernel import COMPILER, Kernel, is_ready, kernel_of
from materiel.outlook.engine.simplify import simplify
from materiel.outlook.ensemble import Ensemble, Failure, Outcomes, Packed, packed

Floats = NDArray[np.float64]
Counters = NDArray[np.uint64]
EngineName = Literal["auto", "arrays", "kernel"]
Progress = Callable[[int, int], None]
"""Told how many members are finished, of how many."""

CHUNK: Final = 16384
FOLLOWED: Final = 4096
FOLLOWED_NUMBERS: Final = 2**25
"""Numbers of all series together, where nothing says how many members to follow."""
SECONDS_TO_LOAD: Final = 0.1
"""What a kernel that is kept takes to be there."""
SECONDS_TO_COMPILE: Final = 1e-6
"""By the square of the number of nodes."""
SECONDS_ON_ARRAYS: Final = 2e-9
"""For one node, member and week. These are measured by ``benchmarks/outlook.py``, and decide on nothing but time."""


class EngineRefused(InputRefused):
    """An engine that is not installed, or a run that no engine can do."""


@dataclass(frozen=True, eq=False)
class Sampled:
    """What came of rows of numbers: as in an :class:`Ensemble`, a row in the place of a member."""

    outcomes: Mapping[str, Floats]
    failures: tuple[Failure, ...]
    series: dict[str, Floats]


def run(
    compiled: Compiled,
    *,
    members: int,
    seed: int = 1,
    policy: str | None = None,
    engine: EngineName = "auto",
    follow: int | None = None,
    outcomes: Collection[str] | None = None,
    progress: Progress | None = None,
    resume: Path | None = None,
    workers: int | None = None,
) -> Ensemble:
    """Runs the members 0 .. ``members`` - 1.

    Args:
        compiled: the scenario under a policy.
        members: how many.
        seed: of all luck: the same seed gives the same bytes.
        policy: the policy's name, for the result.
        engine: ``arrays`` needs no compilation, ``kernel`` compiles for a second or more and is then far faster;
            ``auto`` takes what is done sooner.
        follow: how many members are kept week by week, from the first on; by default a few thousand.
        outcomes: the names of those that are wanted; by default all. What serves none of them is not computed.
        progress: is told after each chunk.
        resume: a folder in which finished chunks are kept. A run that was stopped, run again, begins where it was.
        workers: threads; by default one for each core that this process may use.

    Raises:
        EngineRefused: llvmlite is not installed and ``kernel`` was asked for; or there are no members.
        ValueError: an outcome that the program does not have, or a program that uses a name before it has a value.
    """
    if not 1 <= members < 2**50:
        msg = f"an ensemble has at least one member and fewer than 2**50, not {members}"
        raise EngineRefused(msg)
    follow = min(members, _usual_following(compiled) if follow is None else follow)
    job = _job(compiled, seed, outcomes, follow, engine, members)
    kept = Kept.open(resume, compiled, seed, job.names) if resume is not None else None
    results = _run(job, members, follow, workers, progress, kept)
    return Ensemble(
        digest=compiled.digest,
        policy=policy,
        seed=seed,
        members=members,
        weeks=compiled.program.weeks,
        outcomes=results.outcomes,
        failures=results.failures,
        series=results.series,
        followed=follow,
        drawn=compiled.drawn,
        notes=kept.notes if kept is not None else (),
    )


def run_sample(
    compiled: Compiled,
    table: Floats,
    luck: Counters,
    *,
    seed: int = 1,
    engine: EngineName = "auto",
    follow: int = 0,
    outcomes: Collection[str] | None = None,
    progress: Progress | None = None,
    workers: int | None = None,
) -> Sampled:
    """Runs rows of numbers that somebody else has chosen.

    Rows with the same number in ``luck`` have the same luck, whatever their numbers are: what differs between them is
    then due to the numbers alone.

    Args:
        compiled: the scenario.
        table: rows x parameters, in the order of ``compiled.drawn``.
        luck: for each row, the member whose draws it has.
        seed: of the luck.
        engine: as in :func:`run`.
        follow: how many rows are kept week by week.
        outcomes: as in :func:`run`.
        progress: as in :func:`run`.
        workers: as in :func:`run`.
    """
    rows = len(luck)
    if table.shape != (rows, len(compiled.drawn)):
        msg = f"the table is {table.shape[0]} x {table.shape[1]}, not {rows} rows x {len(compiled.drawn)} parameters"
        raise ValueError(msg)
    follow = min(rows, follow)
    chosen = _Chosen(np.ascontiguousarray(luck, dtype=np.uint64), np.asarray(table, dtype=np.float64))
    job = _job(compiled, seed, outcomes, follow, engine, rows, chosen)
    return _run(job, rows, follow, workers, progress, None)


def _usual_following(compiled: Compiled) -> int:
    numbers = max(1, len(compiled.program.series) * compiled.program.weeks)
    return max(1, min(FOLLOWED, FOLLOWED_NUMBERS // numbers))


@dataclass(frozen=True, eq=False)
class _Chosen:
    """Rows that somebody has chosen: whose luck they have, and rows x parameters."""

    luck: Counters
    table: Floats


@dataclass(frozen=True, eq=False)
class _Job:
    """What is done to every chunk.

    Attributes:
        flat: the program without series.
        followed: the same with its series, for the members that are followed: over arrays, whatever runs the others.
    """

    compiled: Compiled
    seed: int
    flat: Flat
    followed: Flat
    kernel: Kernel | None
    chosen: _Chosen | None

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(name for name, _ in self.flat.outcomes)

    @property
    def series_names(self) -> tuple[str, ...]:
        return tuple(name for name, _ in self.followed.series)

    def do(self, chunk: Chunk) -> None:
        members, table = self._numbers(slice(chunk.first, chunk.first + chunk.size))
        failed = np.empty(chunk.size, dtype=np.bool_)
        follow = chunk.followed
        if self.kernel is not None:
            self.kernel.simulate(table, members, self.seed, chunk.outcomes, failed)
        else:
            rest = slice(follow, chunk.size)
            vectorised.simulate(
                self.flat, table[:, rest], members[rest], self.seed, chunk.outcomes[:, rest], failed[rest]
            )
        if follow:
            some = slice(0, follow)
            vectorised.simulate(
                self.followed,
                table[:, some],
                members[some],
                self.seed,
                chunk.outcomes[:, some],
                failed[some],
                chunk.series,
            )
        chunk.failures = self._failures(chunk.first, np.flatnonzero(failed), members, table)
        chunk.outcomes[:, failed] = np.nan

    def _numbers(self, part: slice) -> tuple[Counters, Floats]:
        """Whose luck these members have, and parameters x members."""
        if self.chosen is not None:
            return self.chosen.luck[part], np.ascontiguousarray(self.chosen.table[part].T)
        members = np.arange(part.start, part.stop, dtype=np.uint64)
        drawing = self.kernel.draw if self.kernel is not None else draw
        return members, drawing(self.compiled.drawn, members, self.seed)

    def _failures(self, first: int, failed: NDArray[np.intp], members: Counters, table: Floats) -> tuple[Failure, ...]:
        if not failed.size:
            return ()
        reasons = vectorised.find_failures(
            self.flat, np.ascontiguousarray(table[:, failed]), members[failed], self.seed
        )
        return tuple(
            Failure(first + int(member), week, f"{what} is not a finite number")
            for member, (week, what) in zip(failed, reasons, strict=True)
        )


def _job(
    compiled: Compiled,
    seed: int,
    wanted: Collection[str] | None,
    follow: int,
    engine: EngineName,
    members: int,
    chosen: _Chosen | None = None,
) -> _Job:
    program = compiled.program
    if program.weeks >= 2**SLOT_BITS - 1:
        msg = f"a run has fewer than {2**SLOT_BITS - 1} weeks, not {program.weeks}"
        raise EngineRefused(msg)
    unknown = sorted(set(wanted or ()) - {name for name, _ in program.outcomes})
    if unknown:
        msg = f"no outcome is named {', '.join(unknown)}"
        raise ValueError(msg)
    flat = simplify(program, wanted)
    return _Job(
        compiled=compiled,
        seed=seed,
        flat=flat,
        followed=simplify(program, wanted, program.series) if follow else flat,
        kernel=kernel_of(flat) if _takes_kernel(flat, members, engine) else None,
        chosen=chosen,
    )


def _takes_kernel(flat: Flat, members: int, engine: EngineName) -> bool:
    """Whether a kernel is done sooner, its compilation counted where none is kept."""
    if engine == "arrays":
        return False
    if find_spec(COMPILER) is None:
        if engine == "kernel":
            msg = f"the kernel needs {COMPILER}, which is missing: install materiel[outlook], or take the engine arrays"
            raise EngineRefused(msg)
        return False
    if engine == "kernel":
        return True
    nodes = len(flat.nodes)
    seconds = SECONDS_ON_ARRAYS * nodes * members * flat.weeks
    if seconds < SECONDS_TO_LOAD:
        return False
    return seconds > SECONDS_TO_LOAD + SECONDS_TO_COMPILE * nodes**2 or is_ready(flat)


def _run(
    job: _Job, members: int, follow: int, workers: int | None, progress: Progress | None, kept: Kept | None
) -> Sampled:
    """All chunks, as one. On any exception, an interrupt too, what is under way is finished and kept."""
    shape = len(job.series_names), job.flat.weeks
    series = np.empty((*shape, follow))
    blocks: dict[int, tuple[Packed, ...]] = {}
    failures: list[Failure] = []

    def do(first: int) -> int:
        last = min(first + CHUNK, members)
        chunk = Chunk.empty(first, last - first, max(0, min(last, follow) - first), len(job.names), shape)
        if kept is None:
            job.do(chunk)
        elif not kept.read(chunk):
            job.do(chunk)
            kept.write(chunk)
        blocks[first] = tuple(map(packed, chunk.outcomes))
        series[:, :, first : first + chunk.followed] = chunk.series
        failures.extend(chunk.failures)
        return chunk.size

    done = 0
    pool = ThreadPoolExecutor(workers or len(os.sched_getaffinity(0)))
    try:
        for finished in as_completed([pool.submit(do, first) for first in range(0, members, CHUNK)]):
            done += finished.result()
            if progress is not None:
                progress(done, members)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
    return Sampled(
        Outcomes(job.names, [block for _, block in sorted(blocks.items(), key=itemgetter(0))]),
        tuple(sorted(failures, key=lambda failure: failure.member)),
        dict(zip(job.series_names, series, strict=True)),
    )
