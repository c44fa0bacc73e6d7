"""Which documents are worth comparing: those that share runs of words, or rare stems; found without looking at all.

A pair qualifies by *runs* or by *stems*:

- It shares MIN_RUNS sampled runs of words. A run that more than RUN_HOLDERS documents hold counts only if one of the
  two is among the ELDERS most senior of its holders: a thousand prints of one story are compared with the oldest.
- The stems that it shares weigh at least STEM_SHARE of all stems of the lighter one, with STEM_PRIOR added to that. A
  stem that more than STEM_HOLDERS documents hold does not count.

The number of holders only grows, and elders are only replaced by more senior ones. So a pair that qualifies in the end
has qualified when the later of the two came, and what qualifies in the end depends on no order.

Documents with the same fingerprint enter as one, under the name of the most senior.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from typing import Any

import numpy as np

from materiel.sources.lineage.postings import Numbers, Postings
from materiel.sources.lineage.sketches import Sketch
from materiel.sources.lineage.word_table import WEIGHT_BITS, WEIGHT_STEP, Hashes

MIN_RUNS = 2
RUN_HOLDERS = 50
ELDERS = 3
STEM_HOLDERS = 200
STEM_SHARE = 0.08
"""Of the derived pairs under gold/, the poorest has 0.083."""
STEM_PRIOR = 40.0
"""About five names: two short texts have to share more of their few words than two long ones."""

Seniority = tuple[Any, ...]
"""Sorts the oldest first."""
Pair = tuple[str, str]
"""Two ids, the more senior first."""

_BATCH = 512
_WEIGHT_WIDTH = 8
"""A posting is the place of a document and, in so many bits below it, the weight that a stem has in it, in
WEIGHT_STEPs; 0 for a run."""
_PLACE_WIDTH = 24
_RUN_SHARE = 1 << _WEIGHT_WIDTH
"""What is shared is the weight of a stem or, above all weights, a run."""
_SHARE_WIDTH = _WEIGHT_WIDTH + 1
_NO_LIMIT = np.int64(2**62)

_Flags = np.ndarray[Any, np.dtype[np.bool_]]


@dataclass(frozen=True, slots=True)
class _Asked:
    """Runs and stems of some documents, all in ascending order of keys.

    Attributes:
        keys: in the index.
        places: of the documents that hold them.
        weights: of the stems in them, in WEIGHT_STEPs; 0 for runs.
    """

    keys: Hashes
    places: Numbers
    weights: Numbers

    def take(self, at: Numbers) -> _Asked:
        return _Asked(self.keys[at], self.places[at], self.weights[at])


class CandidateIndex:
    """The sketches of documents, and what they share.

    Args:
        run_holders: how many may hold a run before only the elders count.
        stem_holders: how many may hold a stem before it counts no more.
    """

    def __init__(self, *, run_holders: int = RUN_HOLDERS, stem_holders: int = STEM_HOLDERS) -> None:
        self._run_holders, self._stem_holders = run_holders, stem_holders
        self._places: dict[str, int] = {}
        self._by_fingerprint: dict[str, int] = {}
        self._ranks: list[tuple[Seniority, str]] = []
        self._sketches: list[Sketch] = []
        self._weights = np.zeros(1024)
        self._postings = Postings()
        self._elders: dict[int, list[int]] = {}

    def __len__(self) -> int:
        """The number of documents, copies too."""
        return len(self._places)

    def add(self, id_: str, seniority: Seniority, sketch: Sketch) -> list[str]:
        """Add a document; the ids of those with which it is worth comparing now, sorted.

        None where a more senior document has the same words: it is a copy of that one (see ``firsts``). None for an
        id that is there already.
        """
        entered = self._enter([(id_, seniority, sketch)])
        if not entered:
            return []
        _, others = self._partners(entered)
        return sorted(self._ranks[other][1] for other in others.tolist())

    def add_all(self, documents: Iterable[tuple[str, Seniority, Sketch]]) -> list[Pair]:
        """Add many documents; the pairs worth comparing, once all are inside, of which one is new, sorted.

        Many times faster than adding one by one, and without the pairs that would only have qualified for a while.
        """
        return sorted(self._pairs(self._enter(documents)))

    def load(self, documents: Iterable[tuple[str, Seniority, Sketch]]) -> None:
        """Add many documents without asking for pairs, as when a dossier is opened."""
        self._enter(documents)

    def pairs(self) -> set[Pair]:
        """All pairs that qualify, of documents that are no copies of others."""
        return set(self._pairs(range(len(self._sketches))))

    def firsts(self) -> dict[str, str]:
        """Each document's id -> the id of the most senior document with the same words."""
        return {id_: self._ranks[place][1] for id_, place in self._places.items()}

    # -- entering -------------------------------------------------------------------------------------------------

    def _enter(self, documents: Iterable[tuple[str, Seniority, Sketch]]) -> list[int]:
        """The places that are new or have a more senior document than before, sorted."""
        known = len(self._sketches)
        entered: set[int] = set()
        for id_, seniority, sketch in documents:
            if id_ in self._places:
                continue
            place = self._by_fingerprint.setdefault(sketch.fingerprint or id_, len(self._sketches))
            self._places[id_] = place
            if place == len(self._sketches):
                self._sketches.append(sketch)
                self._ranks.append((seniority, id_))
            elif (seniority, id_) < self._ranks[place]:
                self._ranks[place] = (seniority, id_)
            else:
                continue
            entered.add(place)
        self._post(range(known, len(self._sketches)))
        places = sorted(entered)
        for place in places if self._elders else ():
            for run in self._sketches[place].runs.tolist():
                if run in self._elders:
                    self._elders[run] = self._most_senior({*self._elders[run], place})
        return places

    def _post(self, places: range) -> None:
        if places:
            asked = self._asked(places)
            self._postings.add(asked.keys, (asked.places << _WEIGHT_WIDTH | asked.weights).astype(np.uint32))
            if places.stop > len(self._weights):
                self._weights = np.concatenate((self._weights, np.zeros(places.stop)))
            self._weights[places.start : places.stop] = [self._sketches[place].weight for place in places]

    def _asked(self, places: Sequence[int]) -> _Asked:
        sketches = [self._sketches[place] for place in places]
        runs, stems = [sketch.runs for sketch in sketches], [sketch.stems for sketch in sketches]
        lengths = list(map(len, (*runs, *stems)))
        heavy = np.concatenate(stems)
        keys = np.concatenate((*runs, heavy | WEIGHT_BITS))
        weights = np.zeros(len(keys), np.int64)
        weights[len(keys) - len(heavy) :] = WEIGHT_BITS - (heavy & WEIGHT_BITS)
        holders = np.tile(np.asarray(places, np.int64), 2).repeat(lengths)
        return _Asked(keys, holders, weights).take(keys.argsort())

    def _most_senior(self, places: Iterable[int]) -> list[int]:
        return nsmallest(ELDERS, places, key=self._ranks.__getitem__)

    # -- asking ---------------------------------------------------------------------------------------------------

    def _pairs(self, places: Sequence[int]) -> Iterator[Pair]:
        """The pairs that qualify of which one has a place among those given, each once."""
        is_asked = np.zeros(len(self._sketches), bool)
        is_asked[np.asarray(places, np.int64)] = True
        for start in range(0, len(places), _BATCH):
            ones, others = self._partners(places[start : start + _BATCH], is_asked)
            for one, other in zip(ones.tolist(), others.tolist(), strict=True):
                first, second = sorted((self._ranks[one], self._ranks[other]))
                yield first[1], second[1]

    def _partners(self, places: Sequence[int], is_asked: _Flags | None = None) -> tuple[Numbers, Numbers]:
        """The pairs that qualify, as two arrays of places, the first of them among ``places``.

        Args:
            places: of the documents.
            is_asked: by place, whether a document is asked for now or at another time; a pair of two such is given
                once, to the one with the larger place.
        """
        shared = np.concatenate(list(self._shared(self._asked(places), is_asked)))
        shared.sort()
        pairs = shared >> _SHARE_WIDTH
        starts = np.flatnonzero(np.diff(pairs, prepend=-1))
        if not len(starts):
            return starts, starts
        runs = np.add.reduceat(shared >> _WEIGHT_WIDTH & 1, starts)
        weights = np.add.reduceat(shared & _RUN_SHARE - 1, starts) * WEIGHT_STEP
        ones, others = pairs[starts] >> _PLACE_WIDTH, pairs[starts] & (1 << _PLACE_WIDTH) - 1
        lighter = np.minimum(self._weights[ones], self._weights[others])
        qualify = (runs >= MIN_RUNS) | (weights >= STEM_SHARE * (lighter + STEM_PRIOR))
        return ones[qualify], others[qualify]

    def _shared(self, asked: _Asked, is_asked: _Flags | None) -> Iterator[Numbers]:
        """Of each pair of documents each run and stem that counts: place, other place and share, in one number."""
        is_run = asked.weights == 0
        found = self._postings.find(asked.keys, np.where(is_run, self._run_holders, self._stem_holders))
        yield self._packed(asked.take(found.which), found.values, is_asked)
        common = np.flatnonzero(is_run & (found.counts > self._run_holders))
        if len(common):
            yield from self._shared_with_elders(asked.take(common), is_asked)

    def _shared_with_elders(self, common: _Asked, is_asked: _Flags | None) -> Iterator[Numbers]:
        elders = list(map(self._elders_of, common.keys.tolist()))
        is_elder = [place in found for place, found in zip(common.places.tolist(), elders, strict=True)]
        juniors = np.flatnonzero(~np.array(is_elder))
        lengths = [len(elders[at]) for at in juniors.tolist()]
        others = np.array([elder for at in juniors.tolist() for elder in elders[at]], np.int64)
        yield self._packed(common.take(juniors.repeat(lengths)), others << _WEIGHT_WIDTH, is_asked)
        seniors = common.take(np.flatnonzero(is_elder))
        found = self._postings.find(seniors.keys, np.full(len(seniors.keys), _NO_LIMIT))
        yield self._packed(seniors.take(found.which), found.values, is_asked)

    def _elders_of(self, run: int) -> list[int]:
        elders = self._elders.get(run)
        if elders is None:
            found = self._postings.find(np.array([run], np.uint64), np.array([_NO_LIMIT]))
            elders = self._elders[run] = self._most_senior((found.values >> _WEIGHT_WIDTH).tolist())
        return elders

    @staticmethod
    def _packed(asked: _Asked, postings: Numbers, is_asked: _Flags | None) -> Numbers:
        others = postings >> _WEIGHT_WIDTH
        shares = np.minimum(postings & _RUN_SHARE - 1, asked.weights)
        shares[asked.weights == 0] = _RUN_SHARE
        packed = (asked.places << _PLACE_WIDTH | others) << _SHARE_WIDTH | shares
        return packed[others != asked.places if is_asked is None else (others < asked.places) | ~is_asked[others]]
