"""Chunks of an ensemble, and the folder in which finished ones are kept, so that a run can be stopped and taken up.

A file is named after all that its numbers depend on: the program and what its parameters are drawn from, the seed and
the wanted outcomes, by a digest; which members. Each is written aside and put in its place when it is whole.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from zipfile import BadZipFile
from zlib import error as TornStream  # noqa: N812

import numpy as np
from numpy.typing import NDArray

from materiel.outlook.compiled import Compiled
from materiel.outlook.ensemble import Failure

Floats = NDArray[np.float64]


@dataclass(eq=False)
class Chunk:
    """Some members in a row, and their numbers.

    Attributes:
        outcomes: outcomes x members.
        series: series x weeks x followed members, which are the first ones.
    """

    first: int
    outcomes: Floats
    series: Floats
    failures: tuple[Failure, ...] = ()

    @classmethod
    def empty(cls, first: int, members: int, followed: int, outcomes: int, series: tuple[int, int]) -> Chunk:
        """Of so many outcomes, and so many series of so many weeks."""
        return cls(first, np.empty((outcomes, members)), np.empty((*series, followed)))

    @property
    def size(self) -> int:
        return int(self.outcomes.shape[1])

    @property
    def followed(self) -> int:
        return int(self.series.shape[2])


class Kept:
    """The finished chunks of one run in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._torn: list[str] = []

    @classmethod
    def open(cls, folder: Path, compiled: Compiled, seed: int, outcomes: Sequence[str]) -> Kept:
        """Makes the folder where it is missing."""
        text = repr((compiled.program, compiled.drawn, seed, tuple(outcomes)))
        kept = cls(folder / blake2b(text.encode(), digest_size=12).hexdigest())
        kept.folder.mkdir(parents=True, exist_ok=True)
        return kept

    @property
    def notes(self) -> tuple[str, ...]:
        """What was found torn and computed anew."""
        return tuple(f"the kept part {name} is torn: computed anew" for name in sorted(self._torn))

    def read(self, chunk: Chunk) -> bool:
        """Fills a chunk from its file. False where there is none, or a torn one."""
        path = self._path(chunk)
        if not path.exists():
            return False
        try:
            with np.load(path, allow_pickle=False) as file:
                outcomes, series = file["outcomes"], file["series"]
                failures = tuple(
                    Failure(int(member), int(week), str(reason))
                    for member, week, reason in zip(file["failed"], file["weeks"], file["reasons"], strict=True)
                )
            if outcomes.shape != chunk.outcomes.shape or series.shape != chunk.series.shape:
                msg = "not of this run's shape"
                raise ValueError(msg)
        except (OSError, EOFError, ValueError, KeyError, BadZipFile, TornStream):
            self._torn.append(path.name)
            return False
        chunk.outcomes[:], chunk.series[:], chunk.failures = outcomes, series, failures
        return True

    def write(self, chunk: Chunk) -> None:
        failures = chunk.failures
        handle, aside = tempfile.mkstemp(suffix=".part", dir=self.folder)
        try:
            with os.fdopen(handle, "wb") as file:
                np.savez(
                    file,
                    outcomes=chunk.outcomes,
                    series=chunk.series,
                    failed=np.array([failure.member for failure in failures], dtype=np.int64),
                    weeks=np.array([failure.week for failure in failures], dtype=np.int64),
                    reasons=np.array([failure.reason for failure in failures], dtype=np.str_),
                )
            Path(aside).replace(self._path(chunk))
        finally:
            Path(aside).unlink(missing_ok=True)

    def _path(self, chunk: Chunk) -> Path:
        return self.folder / f"{chunk.first:012}-{chunk.size}-{chunk.followed}.npz"
