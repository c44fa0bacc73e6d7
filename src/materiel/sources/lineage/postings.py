"""An inverted index that grows without becoming slow: a few sorted arrays, each many times larger than the next.

A posting is one number: a key, and below it what is filed under it, a value that grows from document to document. What
is filed under one key before a certain value is one slice of each array.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from materiel.sources.lineage.words import Hashes

KEY_SHIFT = 32
"""A posting is ``key << KEY_SHIFT | value``."""
FIRST = 8192
"""The last array takes in what is added while it has fewer postings."""
RATIO = 6
"""Otherwise it does so unless it is so many times larger."""

Numbers = np.ndarray[Any, np.dtype[np.int64]]
Flags = np.ndarray[Any, np.dtype[np.bool_]]
_VALUES = np.uint64((1 << KEY_SHIFT) - 1)


@dataclass(frozen=True, slots=True)
class Found:
    """Where the keys of some postings stand.

    Attributes:
        asked: the postings.
        counts: how many postings with its key there are, for each.
        slices: for each array of the index, where those that are wanted start and how many they are.
    """

    asked: Hashes
    counts: Numbers
    slices: list[tuple[Numbers, Numbers]]

    def take(self, wanted: Flags) -> Found:
        """The same of some of the postings."""
        at = np.flatnonzero(wanted)
        slices = [(starts[at], lengths[at]) for starts, lengths in self.slices]
        return Found(self.asked[at], self.counts[at], slices)


class Postings:
    """Keys with values under them."""

    def __init__(self) -> None:
        self._parts: list[Hashes] = []

    def add(self, postings: Hashes) -> None:
        """File postings, in any order; cheap for a few, and for very many at once."""
        if not len(postings):
            return
        new = np.sort(postings)
        while self._parts and len(self._parts[-1]) < max(FIRST, RATIO * len(new)):
            old = self._parts.pop()
            new = np.insert(old, old.searchsorted(new), new)
        self._parts.append(new)

    def find(self, asked: Hashes, *, only_smaller: bool) -> Found:
        """Look up the keys of some postings, which had better be sorted.

        Args:
            asked: the postings.
            only_smaller: whether only those with a smaller value than the one asked for are wanted.
        """
        counts = np.zeros(len(asked), np.int64)
        slices = []
        for part in self._parts:
            starts, lengths, smaller = _slices(part, asked)
            counts += lengths
            slices.append((starts, smaller if only_smaller else lengths))
        return Found(asked, counts, slices)

    def values(self, found: Found) -> tuple[Numbers, Numbers]:
        """For each posting asked for its value, and each value that was found for it."""
        own, others = [], []
        for part, (starts, lengths) in zip(self._parts, found.slices, strict=True):
            places = (starts - lengths.cumsum() + lengths).repeat(lengths)
            places += np.arange(len(places))
            own.append((found.asked & _VALUES).repeat(lengths))
            others.append(part[places] & _VALUES)
        none = np.empty(0, np.uint64)
        return np.concatenate([none, *own]).view(np.int64), np.concatenate([none, *others]).view(np.int64)


def _slices(part: Hashes, asked: Hashes) -> tuple[Numbers, Numbers, Numbers]:
    """Where the keys start in a sorted array, how many postings they have there, and how many smaller than asked."""
    starts = part.searchsorted(asked & ~_VALUES)
    last = len(part) - 1
    first = part[np.minimum(starts, last)]
    lengths = (first ^ asked <= _VALUES).astype(np.int64)
    smaller = lengths & (first < asked)
    # Most keys have one posting or none; only of the others the end is searched.
    several = np.flatnonzero(part[np.minimum(starts + 1, last)] ^ asked <= _VALUES)
    lengths[several] = part.searchsorted(asked[several] | _VALUES, side="right") - starts[several]
    smaller[several] = part.searchsorted(asked[several]) - starts[several]
    return starts, lengths, smaller
