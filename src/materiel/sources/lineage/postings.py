"""An inverted index from 64-bit keys to numbers that grows without becoming slow.

New postings go into a dictionary; when that is full, it becomes a sorted segment. A segment is merged with the one
before it as soon as that is not many times larger, so there are only a few, whatever has been added.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from materiel.sources.lineage.word_table import Hashes

RECENT = 16_384
"""Postings that the dictionary takes."""
RATIO = 6
"""A segment is at least so many times larger than the one after it."""

Numbers = np.ndarray[Any, np.dtype[np.int64]]
Values = np.ndarray[Any, np.dtype[np.uint32]]


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
class Holders:
    """What was found for some keys.

    Attributes:
        counts: for each key, how many values it has.
        which: for each value, the place of its key among those that were asked for.
        values: those of the keys that have no more than their limit.
    """

    counts: Numbers
    which: Numbers
    values: Numbers


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

    def find(self, keys: Hashes, limits: Numbers) -> Holders:
        """The values of those keys that have at most their limit, and the number of values of all.

        It is faster for keys in ascending order.
        """
        found = [segment.find(keys) for segment in self._segments]
        recent = list(map(self._recent.get, keys.tolist())) if self._recent else []
        counts = np.fromiter((len(new) if new else 0 for new in recent), np.int64, len(recent)) if recent else 0
        counts = sum((more for _, more in found), counts + np.zeros(len(keys), np.int64))
        wanted = (counts > 0) & (counts <= limits)
        which, values = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
        for segment, (starts, more) in zip(self._segments, found, strict=True):
            at = (wanted & (more > 0)).nonzero()[0]
            lengths = more[at]
            ends = lengths.cumsum()
            places = np.arange(ends[-1] if len(ends) else 0) + (starts[at] - ends + lengths).repeat(lengths)
            which.append(at.repeat(lengths))
            values.append(segment.values[places].astype(np.int64))
        if recent:
            new = [(place, value) for place in wanted.nonzero()[0].tolist() for value in recent[place] or ()]
            which.append(np.array([place for place, _ in new], np.int64))
            values.append(np.array([value for _, value in new], np.int64))
        return Holders(counts, np.concatenate(which), np.concatenate(values))

    def _flush(self) -> None:
        if self._recent:
            lengths = list(map(len, self._recent.values()))
            keys = np.fromiter(self._recent, np.uint64, len(lengths)).repeat(lengths)
            values = np.fromiter((value for new in self._recent.values() for value in new), np.uint32, self._waiting)
            self._recent, self._waiting = {}, 0
            self._append(keys, values)

    def _append(self, keys: Hashes, values: Values) -> None:
        smaller = list(self._smaller(len(keys)))
        parts = [segment.postings() for segment in smaller]
        self._segments.append(
            _segment(np.concatenate([*(part[0] for part in parts), keys]), np.concatenate([*(part[1] for part in parts), values]))
        )

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
