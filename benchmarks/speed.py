"""Measure what reading costs, beside a bare parse of the same texts by the same model.

    python benchmarks/speed.py                  every figure with its target, in one run
    python benchmarks/speed.py --only mix       one part: arms, mix, recall, workers, memory
    python benchmarks/speed.py --check          exit code 3 where a target is missed

- arms: the articles of gold/articles and examples/, read, over ``nlp.pipe`` of their titles and bodies;
- mix: one of them to nine dull ones (dull_news.py), likewise;
- recall: the share of the statements found without the prefilter that are found with it, over all sets of gold/; what
  it passes whole is read once, as both readings of it are the same;
- workers: the time of one worker over that of two; memory: the peak for N and for 4N articles, each by the command.

Arms and mix are measured in CPU seconds of one process held to one core, the least of several runs in turn, so that
neighbours on the machine matter little; workers by the clock, which needs two idle cores to mean anything.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

# Before NumPy is imported: one thread a process, here and in the processes started from here.
os.environ.update({"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"})

from dull_news import dull_news

from materiel.reading import read_documents
from materiel.reading.parses import load_model
from materiel.reading.prefilter import worth_parsing
from materiel.terms.documents import Document, Role
from reading import own_sets

PARTS = ("arms", "mix", "recall", "workers", "memory")
DULL_TO_ONE = 9


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


def arms_articles() -> list[Document]:
    sets = own_sets()
    return [article.document for name in ("articles", "korea-2024") for article in sets[name]]


def mix(relevant: Sequence[Document], seed: int) -> list[Document]:
    """The articles and nine dull ones to each, shuffled."""
    mixed = [*relevant, *(dull.document for dull in dull_news(DULL_TO_ONE * len(relevant), seed))]
    random.Random(seed).shuffle(mixed)
    return mixed


# -- time -----------------------------------------------------------------------------------------------------------


def cost(documents: Sequence[Document], runs: int) -> tuple[float, float, float]:
    """CPU seconds of reading, of a bare parse of titles and bodies, and of a bare parse of the whole texts."""
    nlp = load_model()
    texts = ["\n\n".join([d.title or "", *(text for _, text in d.stretches(Role.BODY))]) for d in documents]
    wholes = [d.text for d in documents]
    list(read_documents(documents[:2]))
    timed = [
        (
            cpu(lambda: list(read_documents(documents))),
            cpu(lambda: list(nlp.pipe(texts))),
            cpu(lambda: list(nlp.pipe(wholes))),
        )
        for _ in range(runs)
    ]
    reading, bare, whole = (min(column) for column in zip(*timed, strict=True))
    return reading, bare, whole


def cpu(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def cost_figure(name: str, documents: Sequence[Document], target: float, runs: int) -> Figure:
    reading, bare, whole = cost(documents, runs)
    characters = sum(len(d.text) for d in documents)
    detail = (
        f"{reading:.2f} s to read {len(documents)} articles of {characters} characters, {bare:.2f} s to parse their "
        f"titles and bodies; {reading / whole:.3f} of a parse of all their text"
    )
    return Figure(name, reading / bare, target, True, detail)


# -- recall ---------------------------------------------------------------------------------------------------------


def recall_figures() -> Iterator[Figure]:
    """The share of all statements that the prefilter keeps.

    An article that it passes whole reads the same with and without it, and is read once; the others are read twice.
    """
    kept = all_found = cut_of_all = 0
    details = []
    sets = {name: [article.document for article in articles] for name, articles in own_sets().items()}
    for name, documents in sets.items():
        whole, cut = _as_filtered(documents)
        same = sum(len(set(found)) for found in read_documents(whole))
        without = [set(found) for found in read_documents(cut, every_passage=True)]
        found = [set(found) for found in read_documents(cut)]
        both = same + sum(len(one & other) for one, other in zip(without, found, strict=True))
        total = same + sum(map(len, without))
        details.append(f"{name} {both}/{total}")
        kept, all_found, cut_of_all = kept + both, all_found + total, cut_of_all + len(cut)
    everything = [document for documents in sets.values() for document in documents]
    covered = (
        f"all {len(everything)} articles of {sum(len(document.text) for document in everything)} characters, "
        f"{cut_of_all} of them read with and without it, the others passed whole"
    )
    detail = f"{', '.join(details)}; {covered}"
    yield Figure("statements kept by the prefilter", kept / all_found, 0.995, False, detail)


def _as_filtered(documents: Sequence[Document]) -> tuple[list[Document], list[Document]]:
    """The documents that the prefilter passes whole, and those of which it leaves something out."""
    whole: list[Document] = []
    cut: list[Document] = []
    for document in documents:
        passages = [text for _, text in document.stretches(Role.BODY)]
        (whole if all(worth_parsing(passages, document.title)) else cut).append(document)
    return whole, cut


# -- the command: workers and memory --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Run:
    """What a run took: seconds by the clock and of all its processes' CPU, and the MiB of the first at its peak."""

    clock: float
    cpu: float
    peak: float


def command(path: Path, workers: int) -> Run:
    """``materiel read`` over a file of articles."""
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "materiel", "read", str(path), "--json", "--workers", str(workers)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"'materiel read {path}' ended with {process.returncode}; run it by hand to see why.")
    return Run(time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def written(documents: Sequence[Document], path: Path) -> Path:
    """The documents as JSON Lines of articles, told apart by a last paragraph with their number."""
    with path.open("w", encoding="utf-8") as file:
        for number, document in enumerate(documents):
            body = "\n\n".join(text for _, text in document.stretches(Role.BODY))
            article = {
                "title": document.title or f"Article {number}",
                "text": f"{body}\n\nPrinted as number {number}.",
                "published": document.published_on,
                "publisher": document.publisher,
            }
            file.write(json.dumps(article, ensure_ascii=False) + "\n")
    return path


def workers_figure(documents: Sequence[Document], copies: int, folder: Path) -> Figure:
    path = written([*documents] * copies, folder / "workers.jsonl")
    one, two = command(path, 1), command(path, 2)
    detail = (
        f"{one.clock:.1f} s with one, {two.clock:.1f} s with two, {len(documents) * copies} articles, start "
        f"included; of CPU {one.cpu:.1f} s and {two.cpu:.1f} s, so {2 * one.cpu / two.cpu:.2f} at best with "
        f"both cores free; {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}"
    )
    return Figure("speed of two workers over one", one.clock / two.clock, 1.7, False, detail)


def memory_figure(documents: Sequence[Document], folder: Path) -> Figure:
    small = command(written(documents, folder / "n.jsonl"), 1).peak
    large = command(written([*documents] * 4, folder / "4n.jsonl"), 1).peak
    detail = f"{small:.0f} MiB for {len(documents)} articles, {large:.0f} MiB for {4 * len(documents)}"
    return Figure("peak memory for 4N articles over N", large / small, 1.05, True, detail)


# -- the run --------------------------------------------------------------------------------------------------------


def figures(parts: Sequence[str], runs: int, relevant: int, copies: int, seed: int) -> Iterator[Figure]:
    arms = arms_articles()
    chosen = random.Random(seed).sample(arms, relevant)
    cores = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {max(cores)})
    if "arms" in parts:
        yield cost_figure("reading over a bare parse, articles on arms", arms, 1.25, runs)
    if "mix" in parts:
        yield cost_figure("reading over a bare parse, one article in ten on arms", mix(chosen, seed), 0.25, runs)
    os.sched_setaffinity(0, cores)
    if "recall" in parts:
        yield from recall_figures()
    with tempfile.TemporaryDirectory() as folder:
        if "workers" in parts:
            yield workers_figure(arms, copies, Path(folder))
        if "memory" in parts:
            yield memory_figure(mix(chosen, seed), Path(folder))


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--only", action="append", choices=PARTS, help="only this part; may be given again")
    options.add_argument("--runs", type=int, default=3, help="runs of which the fastest counts (3)")
    options.add_argument("--relevant", type=int, default=20, help="articles on arms in the mix (20)")
    options.add_argument("--copies", type=int, default=12, help="how often the workers read the articles on arms (12)")
    options.add_argument("--seed", type=int, default=2024, help="of the dull news and of the choice (2024)")
    options.add_argument("--check", action="store_true", help="exit code 3 where a target is missed")
    given = options.parse_args()
    missed = False
    for figure in figures(given.only or PARTS, given.runs, given.relevant, given.copies, given.seed):
        print(figure, flush=True)
        missed |= not figure.holds
    return 3 if missed and given.check else 0


if __name__ == "__main__":
    sys.exit(main())
