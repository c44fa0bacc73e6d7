"""Measure what finding candidates costs, beside datasketch's MinHashLSH on the same articles.

    python benchmarks/lineage.py                      every figure with its target; some minutes
    python benchmarks/lineage.py --documents 10000    the same with fewer articles than 100,000
    python benchmarks/lineage.py --check              exit code 3 where a target is missed

- speed: documents a second, sketching, indexing and finding the partners of all included, over those of datasketch
  (sets of three words, 128 permutations, threshold 0.3; insert all, query all). Both read the same articles in turns, a
  thousand at a time;
- recall: the share of the copies that were made for which the pair of copy and source is found, or the two are one;
- memory: the peak of a process that has never imported datasketch, with sketches and index, without the texts;
- loading: from the bytes of the sketches, as a dossier keeps them, to an index that can be asked;
- growth: the median time of adding one document to an index of all documents over that to one of a tenth, in turns.

Times are CPU seconds of one thread, so that neighbours on the machine matter little. The articles are invented
(invented_news.py); how candidates do on texts that mean something, tests/sources/test_lineage_index.py says.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any, TypeVar

# Before NumPy is imported: one thread.
os.environ.update({"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"})

from invented_news import invented_article, source_of

from materiel.sources.lineage.index import CandidateIndex
from materiel.sources.lineage.sketches import Sketch, sketch_all
from materiel.terms.documents import Document

CHUNK = 1000
SINGLE_ADDS = 1500
"""Documents added one by one while the time is taken."""
PERMUTATIONS, THRESHOLD, SHINGLE = 128, 0.3, 3

Item = tuple[str, tuple[int], Sketch]
T = TypeVar("T")


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
        return f"{'ok  ' if self.holds else 'MISS'} {self.name}: {self.value:.3f} ({wanted}); {self.detail}"


def timed(work: Callable[..., T], *given: Any) -> tuple[float, T]:
    """CPU seconds, and what the work gave."""
    start = time.process_time()
    result = work(*given)
    return time.process_time() - start, result


def chunks(count: int, seed: int) -> Iterator[tuple[int, list[Document]]]:
    """The documents, some at a time, with the number of the first."""
    for first in range(0, count, CHUNK):
        yield first, [invented_article(number, seed) for number in range(first, min(first + CHUNK, count))]


def items(documents: Sequence[Document], first: int) -> list[Item]:
    return [(str(number), (number,), made) for number, made in enumerate(sketch_all(documents), first)]


# -- beside datasketch ----------------------------------------------------------------------------------------------


def beside_datasketch(count: int, seed: int) -> tuple[float, float]:
    """Seconds that materiel and datasketch take for the same documents."""
    from datasketch import MinHashLSH

    kept: list[Item] = []
    lsh, hashes = MinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS), []
    ours = theirs = 0.0
    for first, documents in chunks(count, seed):
        spent, made = timed(items, documents, first)
        ours, kept = ours + spent, kept + made
        spent, hashed = timed(min_hashes, documents)
        theirs, hashes = theirs + spent, hashes + hashed
    theirs += timed(insert_and_query, lsh, hashes)[0]
    ours += timed(indexed, kept)[0]
    return ours, theirs


def min_hashes(documents: Sequence[Document]) -> list[Any]:
    from datasketch import MinHash

    hashes = []
    for document in documents:
        words = document.text.lower().split()
        hashed = MinHash(num_perm=PERMUTATIONS)
        hashed.update_batch({" ".join(words[at : at + SHINGLE]).encode() for at in range(len(words) - SHINGLE + 1)})
        hashes.append(hashed)
    return hashes


def insert_and_query(lsh: Any, hashes: Sequence[Any]) -> None:
    for number, hashed in enumerate(hashes):
        lsh.insert(number, hashed)
    for hashed in hashes:
        lsh.query(hashed)


# -- alone, in a process of its own -----------------------------------------------------------------------------------


def measure_alone(count: int, seed: int) -> dict[str, Any]:
    """What the process started by ``figures`` measures; its memory is its own."""
    sketching, kept = 0.0, []
    for first, documents in chunks(count, seed):
        spent, made = timed(items, documents, first)
        sketching, kept = sketching + spent, kept + made
    indexing, (index, pairs) = timed(indexed, kept)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    figures = {"sketching": sketching, "indexing": indexing, "peak": peak, "pairs": len(pairs)}
    figures |= {"recall": recall(index, pairs, count, seed)}
    blobs = [(id_, seniority, made.to_bytes()) for id_, seniority, made in kept]
    figures["bytes"] = sum(len(blob) for _, _, blob in blobs) / count
    figures["loading"], _ = timed(loaded, blobs)
    small, large = growth(kept, count, seed)
    return figures | {"small": small, "large": large}


def indexed(kept: Sequence[Item]) -> tuple[CandidateIndex, set[tuple[str, str]]]:
    index = CandidateIndex()
    return index, index.add_all(kept)


def recall(index: CandidateIndex, pairs: set[tuple[str, str]], count: int, seed: int) -> float:
    firsts = index.firsts()
    copies = [(source, number) for number in range(count) if (source := source_of(number, seed)) is not None]
    found = 0
    for source, copy in copies:
        one, other = firsts[str(source)], firsts[str(copy)]
        found += one == other or (one, other) in pairs or (other, one) in pairs
    return found / len(copies)


def loaded(blobs: Sequence[tuple[str, tuple[int], bytes]]) -> CandidateIndex:
    index = CandidateIndex()
    index.load((id_, seniority, Sketch.from_bytes(blob)) for id_, seniority, blob in blobs)
    return index


def growth(kept: Sequence[Item], count: int, seed: int) -> tuple[float, float]:
    """Median seconds of adding one document to a tenth of the documents, and to all. Half came one by one."""
    indices = []
    for size in (count // 10, count):
        index = CandidateIndex()
        index.load(kept[: size // 2])
        for item in kept[size // 2 : size]:
            index.add(*item)
        indices.append(index)
    times: list[tuple[float, ...]] = []
    for number in range(count, count + SINGLE_ADDS):
        (item,) = items([invented_article(number, seed)], number)
        times.append(tuple(timed(index.add, *item)[0] for index in indices))
    small, large = map(median, zip(*times, strict=True))
    return small, large


# -- the run --------------------------------------------------------------------------------------------------------


def figures(count: int, baseline: int, seed: int) -> Iterator[Figure]:
    # First, since a process starts with the peak memory of its parent.
    command = [sys.executable, __file__, "--alone", "--documents", str(count), "--seed", str(seed)]
    got = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)
    detail = (
        f"{got['pairs'] / count:.2f} pairs a document; alone with {count} documents, sketching takes "
        f"{got['sketching'] / count * 1e6:.0f} µs and the index {got['indexing'] / count * 1e6:.0f} µs for each"
    )
    yield Figure("copies found with their source", got["recall"], 0.99, False, detail)
    yield Figure("peak memory in GiB", got["peak"] / 1024, 1, True, f"{count} documents")
    detail = f"{count} documents, {got['bytes']:.0f} bytes each"
    yield Figure("seconds of loading", got["loading"], 5, True, detail)
    detail = f"{got['large'] * 1e6:.0f} µs with {count} inside, {got['small'] * 1e6:.0f} µs with {count // 10}, medians"
    yield Figure("time of adding one, ten times as many inside", got["large"] / got["small"], 1.33, True, detail)
    ours, theirs = beside_datasketch(baseline, seed)
    detail = f"{baseline / ours:.0f} documents a second, datasketch {baseline / theirs:.0f}, {baseline} documents"
    yield Figure("speed over datasketch", theirs / ours, 4, False, detail)


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--documents", type=int, default=100_000, help="articles (100000)")
    options.add_argument("--baseline-documents", type=int, help="articles beside datasketch (as many)")
    options.add_argument("--seed", type=int, default=2024, help="of the articles (2024)")
    options.add_argument("--check", action="store_true", help="exit code 3 where a target is missed")
    options.add_argument("--alone", action="store_true", help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.alone:
        print(json.dumps(measure_alone(given.documents, given.seed)))
        return 0
    missed = False
    for figure in figures(given.documents, given.baseline_documents or given.documents, given.seed):
        print(figure, flush=True)
        missed |= not figure.holds
    return 3 if missed and given.check else 0


if __name__ == "__main__":
    sys.exit(main())
