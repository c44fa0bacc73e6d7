"""Runs a compiled scenario for many members."""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import Path
from typing import Literal

import numpy as np

from materiel.outlook.compiled import Compiled
from materiel.outlook.engine import vectorised
from materiel.outlook.engine.draws import draw
from materiel.outlook.engine.simplify import simplify
from materiel.outlook.ensemble import Ensemble, Failure

Engine = Literal["auto", "arrays", "kernel"]
Progress = Callable[[int, int], None]
"""Told of the members that are finished, and of all."""

FOLLOWED = 4096


def run(
    compiled: Compiled,
    *,
    members: int,
    seed: int = 1,
    policy: str | None = None,
    engine: Engine = "auto",
    follow: int | None = None,
    outcomes: Collection[str] | None = None,
    progress: Progress | None = None,
    resume: Path | None = None,
    workers: int | None = None,
) -> Ensemble:
    follow = min(members, FOLLOWED if follow is None else follow)
    flat = simplify(compiled.program, outcomes, compiled.program.series if follow else ())
    numbers = np.arange(members, dtype=np.uint64)
    table = draw(compiled.drawn, numbers, seed)
    chunk = vectorised.simulate(flat, table, numbers, seed, follow)
    failed = np.flatnonzero(chunk.failed)
    reasons = vectorised.find_failures(flat, table[:, failed], numbers[failed], seed) if failed.size else []
    chunk.outcomes[:, failed] = np.nan
    return Ensemble(
        digest=compiled.digest,
        policy=policy,
        seed=seed,
        members=members,
        weeks=flat.weeks,
        outcomes={name: row for (name, _), row in zip(flat.outcomes, chunk.outcomes, strict=True)},
        failures=tuple(
            Failure(int(member), week, f"{name} is not a finite number")
            for member, (week, name) in zip(failed, reasons, strict=True)
        ),
        series={name: rows for (name, _), rows in zip(flat.series, chunk.series, strict=True)},
        followed=follow,
        drawn=compiled.drawn,
    )
