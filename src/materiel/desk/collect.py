"""Articles in: read files, and add what was read to a dossier."""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TypeVar

from materiel.errors import SourceRefused
from materiel.register import (
    Dossier,
    append_comparisons,
    append_reading,
    append_sketches,
    build_entries,
    is_computed,
    load_comparisons,
    load_reliabilities,
    load_sketches,
    load_statements,
    open_dossier,
    replace_derived,
)
from materiel.register import load_documents as load_stored_documents
from materiel.sources import find_sources, load_documents
from materiel.sources.lineage import Progress, extend_lineage
from materiel.terms.documents import Document
from materiel.terms.explanations import Explanation
from materiel.terms.judgements import Disagreement, Refusal
from materiel.terms.statements import Statement

ARTICLES_AT_ONCE = 8
"""How many articles are read together: parsing is faster so, and progress still shows."""

AHEAD_PER_WORKER = 3
"""How many such batches may wait for each worker: enough to keep it busy, few enough that memory does not grow."""

DOCUMENTS_PER_TRANSACTION = 50

Opened = tuple[str, Document | SourceRefused]
"""A file, or a line of one, and what it holds."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Usage:
    """What a language model was asked.

    Attributes:
        questions: of them ``cached`` were answered before and cost nothing, and of ``uncounted`` the server did not
            say how many tokens they took.
        input_tokens, output_tokens: of those not cached.
    """

    questions: int = 0
    cached: int = 0
    uncounted: int = 0
    input_tokens: int = 0
    output_tokens: int = 0

    def __add__(self, other: Usage) -> Usage:
        return Usage(*(getattr(self, name) + getattr(other, name) for name in self.__slots__))


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading one file, or one line of a JSON Lines file, gave: a document and its statements, or a refusal.

    Attributes:
        refused: what a language model said and the document does not bear out.
        disagreements: where the rules and the model did not find the same.
        unanswered: stretches of the document about which the model gave no answer, and why.
    """

    file: str
    document: Document | None = None
    statements: tuple[Statement, ...] = ()
    refusal: SourceRefused | None = None
    refused: tuple[Refusal, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    unanswered: tuple[str, ...] = ()
    usage: Usage = Usage()


@dataclass(frozen=True, slots=True)
class Added:
    """What a dossier gained.

    Attributes:
        documents: how many the readings held; ``new_documents`` were not in the dossier before.
        statements: likewise.
        refusals: the files that could not be read, in the order of reading.
        entries: how many the register has now.
    """

    documents: int
    new_documents: int
    statements: int
    new_statements: int
    refusals: tuple[SourceRefused, ...]
    entries: int


def read_paths(
    paths: Sequence[str], *, workers: int = 1, announce: Callable[[int], None] | None = None
) -> Iterator[Reading]:
    """Reads files, folders and globs, one reading for each article in the order of the files.

    Args:
        paths: as :func:`materiel.sources.find_sources` takes them.
        workers: processes; one reads in this process. The readings are the same with any number.
        announce: is told how many files there are before the first is read.
    """
    found = find_sources(paths)
    if announce:
        announce(len(found))
    batches = _batches(_open_all(found), ARTICLES_AT_ONCE)
    if workers > 1:
        yield from _read_in_parallel(batches, workers)
        return
    for batch in batches:
        yield from _readings(batch, read_documents(_documents(batch)))


def read_into(dossier: Path, readings: Iterable[Reading], *, progress: Progress | None = None) -> Added:
    """Adds readings to a dossier (made if there is none), then traces lineage and builds the register anew.

    Readings are stored in batches as they come: when something fails on the way, what was stored stays stored, and the
    next run adds the rest.

    Raises:
        DossierRefused: the file is not a dossier or cannot be written.
    """
    refusals: list[SourceRefused] = []
    documents: set[str] = set()
    statements: set[str] = set()
    new_documents = new_statements = 0
    with open_dossier(dossier, create=True) as opened:
        for batch in _batches(readings, DOCUMENTS_PER_TRANSACTION):
            with opened.transaction() as connection:
                for reading in batch:
                    if reading.document is None:
                        refusals += [reading.refusal] if reading.refusal else []
                        continue
                    added = append_reading(connection, reading.file, reading.document, reading.statements)
                    documents.add(reading.document.id)
                    statements.update(statement.id for statement in reading.statements)
                    new_documents += added.documents
                    new_statements += added.statements
        entries = rebuild(opened, progress)
    return Added(len(documents), new_documents, len(statements), new_statements, tuple(refusals), entries)


def read_documents(documents: Sequence[Document]) -> list[list[Statement]]:
    """What :func:`materiel.reading.read_documents` finds; workers are handed this function by its name."""
    # spaCy takes a second to import, and who only looks into a dossier should not wait for it.
    from materiel.reading import read_documents as read

    return list(read(documents))


def explain(document: Document) -> list[Explanation]:
    """How the rules read a document, sentence by sentence; it is read anew for that."""
    from materiel.reading.explaining import explain as explained

    return explained(document)


def rebuild(dossier: Dossier, progress: Progress | None = None) -> int:
    """Computes lineage and entries anew from the record and stores them; returns the number of entries.

    New documents are compared with their candidates; what was found out about the others is taken from the dossier.

    Args:
        dossier: an open one.
        progress: is told how many pairs of documents have been compared, and how many there are.
    """
    with dossier.transaction() as connection:
        documents = load_stored_documents(connection)
        traced = extend_lineage(documents, load_sketches(connection), load_comparisons(connection), progress=progress)
        append_sketches(connection, traced.sketches)
        append_comparisons(connection, traced.comparisons)
        entries = build_entries(load_statements(connection), documents, traced.lineage, load_reliabilities(connection))
        replace_derived(connection, documents, traced.lineage, entries)
    return len(entries)


@contextmanager
def open_computed(dossier: Path) -> Iterator[Dossier]:
    """An existing dossier to look into. Where an older materiel or a run that broke off has left it without a register
    of all its documents, that is computed first.

    Raises:
        DossierRefused: the file is not a dossier.
    """
    with open_dossier(dossier) as opened:
        with opened.transaction() as connection:
            is_current = is_computed(connection)
        if not is_current:
            rebuild(opened)
        yield opened


def _open_all(found: Iterable[Path | SourceRefused]) -> Iterator[Opened]:
    for source in found:
        if isinstance(source, SourceRefused):
            yield source.where, source
        else:
            yield from load_documents(source)


def _documents(batch: Iterable[Opened]) -> list[Document]:
    """Those of the batch that could be opened."""
    return [document for _, document in batch if isinstance(document, Document)]


def _readings(batch: Iterable[Opened], statements: Iterable[list[Statement]]) -> Iterator[Reading]:
    """The readings of a batch, given the statements of each of its documents."""
    found = iter(statements)
    for file, document in batch:
        if isinstance(document, SourceRefused):
            yield Reading(file, refusal=document)
        else:
            yield Reading(file, document, tuple(next(found)))


def _read_in_parallel(batches: Iterable[list[Opened]], workers: int) -> Iterator[Reading]:
    """Opens files here and reads their language in other processes; a bounded queue keeps the order."""
    context = multiprocessing.get_context("spawn")
    queue: deque[tuple[list[Opened], Future[list[list[Statement]]]]] = deque()
    with ProcessPoolExecutor(workers, mp_context=context) as pool:
        try:
            for batch in batches:
                queue.append((batch, pool.submit(read_documents, _documents(batch))))
                if len(queue) >= workers * AHEAD_PER_WORKER:
                    yield from _collect(*queue.popleft())
            while queue:
                yield from _collect(*queue.popleft())
        finally:
            for _, future in queue:
                future.cancel()


def _collect(batch: list[Opened], future: Future[list[list[Statement]]]) -> Iterator[Reading]:
    return _readings(batch, future.result())


def _batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    waiting = iter(items)
    while batch := list(islice(waiting, size)):
        yield batch
