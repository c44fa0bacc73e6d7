"""Which pairs of documents are worth comparing, from an inverted index; never all pairs.

A document is proposed to the earliest documents and to its neighbours in each list of those that share a run of five
words, and to those with which it shares the heaviest words. The work grows with the text, not with its square.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from heapq import nlargest

from materiel.sources.lineage.weights import Weights
from materiel.sources.lineage.wording import Wording

NEIGHBOURS = 3
"""Of the documents with one run, each is proposed to this many of the earliest and of those just before it."""
BY_RUNS, BY_STEMS = 12, 24
"""How many candidates of each sort one document keeps."""
KEY_STEMS = 60
"""The heaviest stems of a document, by which it is found."""
COMMON = 200
"""A stem in more documents than this finds none."""


def propose_pairs(wordings: Sequence[Wording], weights: Weights) -> list[tuple[int, int]]:
    """Pairs of places in ``wordings``, the smaller first, sorted. ``wordings`` should stand oldest first."""
    pairs = _by_runs(wordings)
    pairs |= _by_stems(wordings, weights)
    return sorted(pairs)


def _by_runs(wordings: Sequence[Wording]) -> set[tuple[int, int]]:
    holders: dict[str, list[int]] = defaultdict(list)
    for place, wording in enumerate(wordings):
        for run in wording.whole.runs:
            holders[run].append(place)
    shared: dict[int, Counter[int]] = defaultdict(Counter)
    for places in holders.values():
        for at in range(1, len(places)):
            shared[places[at]].update({*places[: min(at, NEIGHBOURS)], *places[max(0, at - NEIGHBOURS) : at]})
    return {(other, place) for place, found in shared.items() for other in _most(found, BY_RUNS)}


def _most(found: Counter[int], limit: int) -> list[int]:
    return nlargest(limit, found, key=lambda other: (found[other], -other))


def _by_stems(wordings: Sequence[Wording], weights: Weights) -> set[tuple[int, int]]:
    keys = [nlargest(KEY_STEMS, w.whole.stems, key=lambda stem: (weights.of(stem), stem)) for w in wordings]
    holders: dict[str, list[int]] = defaultdict(list)
    for place, stems in enumerate(keys):
        for stem in stems:
            holders[stem].append(place)
    pairs = set()
    for place, wording in enumerate(wordings):
        overlap: dict[int, float] = defaultdict(float)
        for stem in sorted(wording.whole.stems):
            places = holders.get(stem, ())
            if len(places) <= COMMON:
                for other in places:
                    overlap[other] += weights.of(stem)
        overlap.pop(place, None)
        best = nlargest(BY_STEMS, overlap, key=lambda other: (round(overlap[other], 6), -other))
        pairs |= {(min(place, other), max(place, other)) for other in best}
    return pairs


def common_runs(wordings: Sequence[Wording], limit: int) -> frozenset[str]:
    """The runs that more than ``limit`` documents have."""
    counts = Counter(run for wording in wordings for run in wording.whole.runs)
    return frozenset(run for run, count in counts.items() if count > limit)
