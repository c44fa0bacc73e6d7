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
from heapq import nsmallest
from typing import Any

import numpy as np

from materiel.sources.lineage.postings import KEY_SHIFT, Flags, Numbers, Postings
from materiel.sources.lineage.sketches import Sketch
from materiel.sources.lineage.words import WEIGHT_BITS, WEIGHT_STEP, Hashes

MIN_RUNS = 2
RUN_HOLDERS = 50
ELDERS = 3
STEM_HOLDERS = 200
STEM_SHARE = 0.06
"""Nine in ten derived pairs under gold/ have more, all but those of content farms."""
STEM_PRIOR = 40.0
"""About five names: two short texts have to share more of their few words than two long ones."""

Seniority = tuple[Any, ...]
"""Sorts the oldest first."""
Pair = tuple[str, str]
"""Two ids, the more senior first."""

_BLOCK, _BATCH = 16_384, 256
"""Documents that are looked up together, since many keys in order are found faster; and those of them for which what
they share is summed together, since that should stay in the processor's cache."""
_KEY = np.uint64((1 << KEY_SHIFT - 1) - 1)
"""The bits of a hash that make the key, which has one more for stems. Of the runs in 100,000 documents one in 600 is
taken for another one, too; the documents are compared word by word later."""
_STEM_KEY = np.uint64(1 << KEY_SHIFT - 1)
_WIDTH = 8
"""What is filed is the place of a document and, in so many bits below it, the weight that a stem has in it, in
WEIGHT_STEPs; _RUN for a run of words."""
_RUN = (1 << _WIDTH) - 1
_PLACE_WIDTH = 24
"""Room for 16 million documents."""
_RUN_COUNT = 32
"""In sums of what is shared, runs are counted from this bit upwards, and weights summed below."""
_SUMMANDS = np.append(np.arange(_RUN), 1 << _RUN_COUNT)


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
        self._lightest = float("inf")
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
        ((_, others),) = self._partners(entered, only_earlier=False)
        return sorted(self._ranks[other][1] for other in others.tolist())

    def add_all(self, documents: Iterable[tuple[str, Seniority, Sketch]]) -> set[Pair]:
        """Add many documents; the pairs worth comparing, once all are inside, of which one is new.

        Many times faster than adding one by one, and without the pairs that would only have qualified for a while.
        """
        known = len(self._sketches)
        entered = self._enter(documents)
        promoted = [place for place in entered if place < known]
        pairs = set(self._pairs(entered[len(promoted) :]))
        pairs.update(self._pairs(promoted, only_earlier=False))
        return pairs

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
            for run in (self._sketches[place].runs & _KEY).tolist():
                elders = self._elders.get(run)
                if elders and (len(elders) < ELDERS or self._ranks[place] <= self._ranks[elders[-1]]):
                    self._elders[run] = self._most_senior({*elders, place})
        return places

    def _post(self, places: range) -> None:
        if places:
            self._postings.add(self._postings_of(places))
            if places.stop > len(self._weights):
                self._weights = np.concatenate((self._weights, np.zeros(places.stop)))
            stems = [self._sketches[place].stems for place in places]
            steps = WEIGHT_BITS - (np.concatenate(stems) & WEIGHT_BITS)
            owners = np.arange(len(places)).repeat(list(map(len, stems)))
            weights = np.bincount(owners, steps, len(places)) * WEIGHT_STEP
            self._weights[places.start : places.stop] = weights
            self._lightest = min(self._lightest, float(weights.min()))

    def _postings_of(self, places: Sequence[int]) -> Hashes:
        """The runs and stems of some documents."""
        sketches = [self._sketches[place] for place in places]
        runs, stems = [sketch.runs for sketch in sketches], [sketch.stems for sketch in sketches]
        values = np.asarray(places, np.uint64) << np.uint64(_WIDTH)
        all_runs, all_stems = np.concatenate(runs), np.concatenate(stems)
        filed_runs = (all_runs & _KEY) << np.uint64(KEY_SHIFT) | values.repeat(list(map(len, runs))) | np.uint64(_RUN)
        filed_stems = (all_stems >> np.uint64(16) & _KEY | _STEM_KEY) << np.uint64(KEY_SHIFT)
        filed_stems |= values.repeat(list(map(len, stems))) | WEIGHT_BITS - (all_stems & WEIGHT_BITS)
        return np.concatenate((filed_runs, filed_stems))

    def _most_senior(self, places: Iterable[int]) -> list[int]:
        return nsmallest(ELDERS, places, key=self._ranks.__getitem__)

    # -- asking ---------------------------------------------------------------------------------------------------

    def _pairs(self, places: Sequence[int], *, only_earlier: bool = True) -> Iterator[Pair]:
        for ones, others in self._partners(places, only_earlier=only_earlier):
            for one, other in zip(ones.tolist(), others.tolist(), strict=True):
                rank, other_rank = self._ranks[one], self._ranks[other]
                yield (rank[1], other_rank[1]) if rank < other_rank else (other_rank[1], rank[1])

    def _partners(self, places: Sequence[int], *, only_earlier: bool) -> Iterator[tuple[Numbers, Numbers]]:
        """The pairs that qualify, as arrays of places, the first of them among ``places``.

        Args:
            places: of the documents, in ascending order.
            only_earlier: leave out pairs whose second place is the larger one.
        """
        for start in range(0, len(places), _BLOCK):
            block = places[start : start + _BLOCK]
            found = self._postings.find(np.sort(self._postings_of(block)), only_smaller=only_earlier)
            is_run = found.asked < _STEM_KEY << np.uint64(KEY_SHIFT)
            is_common = found.counts > np.where(is_run, self._run_holders, self._stem_holders)
            common = found.asked[is_common & is_run]
            found = found.take(~is_common & (found.counts > 1))
            for first in range(0, len(block), _BATCH):
                batch = block[first : first + _BATCH]
                shared = [
                    self._postings.values(found.take(_is_of(batch, found.asked))),
                    *self._shared_with_elders(common[_is_of(batch, common)], only_earlier=only_earlier),
                ]
                yield self._qualifying(np.concatenate([_meet(*both) for both in shared]))

    def _qualifying(self, shared: Numbers) -> tuple[Numbers, Numbers]:
        """Of all that pairs of documents share (see _meet), in no order, the pairs that share enough."""
        shared.sort()
        pairs = shared >> _WIDTH
        is_first = np.ones(len(pairs), bool)
        np.not_equal(pairs[1:], pairs[:-1], out=is_first[1:])
        starts = np.flatnonzero(is_first)
        sums = np.add.reduceat(_SUMMANDS[shared & _RUN], starts) if len(starts) else starts
        enough = np.flatnonzero(sums * WEIGHT_STEP >= STEM_SHARE * (self._lightest + STEM_PRIOR))
        sums, pairs = sums[enough], pairs[starts[enough]]
        ones, others = pairs >> _PLACE_WIDTH, pairs & (1 << _PLACE_WIDTH) - 1
        lighter = np.minimum(self._weights[ones], self._weights[others])
        weights = (sums & (1 << _RUN_COUNT) - 1) * WEIGHT_STEP
        qualify = (sums >> _RUN_COUNT >= MIN_RUNS) | (weights >= STEM_SHARE * (lighter + STEM_PRIOR))
        qualify &= ones != others
        return ones[qualify], others[qualify]

    def _shared_with_elders(self, runs: Hashes, *, only_earlier: bool) -> Iterator[tuple[Numbers, Numbers]]:
        """Each of the runs that many hold, with that of each elder, or for an elder with that of each holder."""
        if not len(runs):
            return
        values = (runs & np.uint64((1 << KEY_SHIFT) - 1)).view(np.int64)
        elders = list(map(self._elders_of, (runs >> np.uint64(KEY_SHIFT)).tolist()))
        is_elder = np.array([place in found for place, found in zip((values >> _WIDTH).tolist(), elders, strict=True)])
        meetings = [(at, elder << _WIDTH | _RUN) for at in np.flatnonzero(~is_elder).tolist() for elder in elders[at]]
        juniors, seniors = np.array(meetings, np.int64).reshape(-1, 2).T
        kept = seniors < values[juniors] if only_earlier else np.ones(len(seniors), bool)
        yield values[juniors[kept]], seniors[kept]
        found = self._postings.find(runs[is_elder], only_smaller=only_earlier)
        yield self._postings.values(found)

    def _elders_of(self, run: int) -> list[int]:
        elders = self._elders.get(run)
        if elders is None:
            found = self._postings.find(np.array([run << KEY_SHIFT], np.uint64), only_smaller=False)
            _, holders = self._postings.values(found)
            elders = self._elders[run] = self._most_senior(set((holders >> _WIDTH).tolist()))
        return elders


def _is_of(places: Sequence[int], postings: Hashes) -> Flags:
    """Whether the postings are of documents between the first and the last of the places."""
    values = postings.astype(np.uint32)
    return (values >= places[0] << _WIDTH) & (values < places[-1] + 1 << _WIDTH)


def _meet(ones: Numbers, others: Numbers) -> Numbers:
    """Place, other place, and what they share there, as one number."""
    shares = np.minimum(ones & _RUN, others & _RUN)
    met = ones >> _WIDTH
    met <<= _PLACE_WIDTH
    met |= others >> _WIDTH
    met <<= _WIDTH
    met |= shares
    return met
