"""An inverted index from 64-bit keys to numbers that grows without becoming slow.

New postings go into a dictionary; when that is full, it becomes a sorted segment. A segment is merged with the one
before it as soon as that is not many times larger, so there are only a few, whatever has been added.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from materiel.sources.lineage.words import Hashes

RECENT = 16_384
"""Postings that the dictionary takes."""
RATIO = 6
"""A segment is at least so many times larger than the one after it."""

Numbers = np.ndarray[Any, np.dtype[np.int64]]
Values = np.ndarray[Any, np.dtype[np.uint32]]
Flags = np.ndarray[Any, np.dtype[np.bool_]]
_NONE = np.empty(0, np.int64)


@dataclass(frozen=True, slots=True)
class _Segment:
    """The values of ``keys[i]`` are ``values[starts[i]:starts[i + 1]]``. Keys are sorted, each once."""

    keys: Hashes
    starts: Values
    values: Values

    def find(self, keys: Hashes) -> tuple[Numbers, Numbers]:
        """For each key, where its values start and how many they are."""
        places = self.keys.searchsorted(keys)
        np.minimum(places, len(self.keys) - 1, out=places)
        starts = self.starts[places].astype(np.int64)
        counts = self.starts[places + 1] - starts
        counts *= self.keys[places] == keys
        return starts, counts

    def postings(self) -> tuple[Hashes, Values]:
        return self.keys.repeat(np.diff(self.starts)), self.values


@dataclass(frozen=True, slots=True)
class Found:
    """Where some keys stand.

    Attributes:
        counts: how many values each has.
        parts: for each segment, where the values of each key start and how many they are.
        recent: the values of each that are in the dictionary; empty where there are none at all.
    """

    counts: Numbers
    parts: list[tuple[Numbers, Numbers]]
    recent: list[list[int] | None]


class Postings:
    """Key -> values. One key and value are to be added once only."""

    def __init__(self) -> None:
        self._segments: list[_Segment] = []
        self._recent: dict[int, list[int]] = {}
        self._waiting = 0

    def add(self, keys: Hashes, values: Values) -> None:
        """One value for each key; cheap for a few, and for very many at once."""
        if self._waiting + len(keys) > RECENT:
            self._flush()
        if len(keys) > RECENT:
            self._append(keys, values)
            return
        recent = self._recent
        for key, value in zip(keys.tolist(), values.tolist(), strict=True):
            recent.setdefault(key, []).append(value)
        self._waiting += len(keys)

    def count(self, keys: Hashes) -> Found:
        """How many values the keys have. It is faster for keys in ascending order."""
        parts = [segment.find(keys) for segment in self._segments]
        counts = np.zeros(len(keys), np.int64)
        for _, more in parts:
            counts += more
        recent = list(map(self._recent.get, keys.tolist())) if self._recent else []
        for place, values in enumerate(recent):
            if values:
                counts[place] += len(values)
        return Found(counts, parts, recent)

    def values(self, found: Found, wanted: Flags, tags: Numbers) -> tuple[Numbers, Numbers]:
        """The values of the keys that are wanted, in no order, each with the tag of its key.

        Args:
            found: what ``count`` has found; nothing may have been added since.
            wanted: for each key, whether its values are.
            tags: a number for each key.
        """
        tagged, values = [], []
        for segment, (starts, counts) in zip(self._segments, found.parts, strict=True):
            at = np.flatnonzero(wanted & (counts > 0))
            lengths = counts[at]
            ends = lengths.cumsum()
            places = (starts[at] - ends + lengths).repeat(lengths)
            places += np.arange(len(places))
            tagged.append(tags[at].repeat(lengths))
            values.append(segment.values[places])
        if found.recent:
            at = np.flatnonzero(wanted).tolist()
            new = [(place, value) for place in at for value in found.recent[place] or ()]
            tagged.append(tags[[place for place, _ in new]])
            values.append(np.array([value for _, value in new], np.int64))
        return np.concatenate([*tagged, _NONE]), np.concatenate([*values, _NONE])

    def _flush(self) -> None:
        if self._recent:
            lengths = list(map(len, self._recent.values()))
            keys = np.fromiter(self._recent, np.uint64, len(lengths)).repeat(lengths)
            values = np.fromiter((value for new in self._recent.values() for value in new), np.uint32, self._waiting)
            self._recent, self._waiting = {}, 0
            self._append(keys, values)

    def _append(self, keys: Hashes, values: Values) -> None:
        parts = [*(segment.postings() for segment in self._smaller(len(keys))), (keys, values)]
        keys, values = map(np.concatenate, zip(*parts, strict=True))
        self._segments.append(_segment(keys, values))

    def _smaller(self, size: int) -> Iterator[_Segment]:
        """Take away the segments that are to be merged with one of ``size``."""
        while self._segments and len(self._segments[-1].values) < RATIO * size:
            segment = self._segments.pop()
            size += len(segment.values)
            yield segment


def _segment(keys: Hashes, values: Values) -> _Segment:
    order = keys.argsort(kind="stable")
    keys, values = keys[order], values[order]
    is_first = np.empty(len(keys), bool)
    is_first[:1] = True
    np.not_equal(keys[1:], keys[:-1], out=is_first[1:])
    starts = np.append(is_first.nonzero()[0], len(keys)).astype(np.uint32)
    return _Segment(keys[is_first], starts, values)
