"""Articles in: read files, and add what was read to a dossier."""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from materiel.errors import SourceRefused
from materiel.register import (
    Dossier,
    append_reading,
    build_entries,
    load_statements,
    open_dossier,
    replace_derived,
)
from materiel.register import load_documents as load_stored_documents
from materiel.sources import find_sources, load_documents
from materiel.sources.lineage import trace_lineage
from materiel.terms.documents import Document
from materiel.terms.judgements import Disagreement, Refusal
from materiel.terms.statements import Statement

AHEAD_PER_WORKER = 8
"""How many documents may wait for each worker: enough to keep it busy, few enough that memory does not grow."""

DOCUMENTS_PER_TRANSACTION = 50


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
    opened = _open_all(found)
    if workers <= 1:
        for file, document in opened:
            yield _reading(file, document, None)
        return
    yield from _read_in_parallel(opened, workers)


def read_into(dossier: Path, readings: Iterable[Reading]) -> Added:
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
        entries = rebuild(opened)
    return Added(len(documents), new_documents, len(statements), new_statements, tuple(refusals), entries)


def read_document(document: Document) -> list[Statement]:
    """What :func:`materiel.reading.read_document` finds; workers are handed this function by its name."""
    # spaCy takes a second to import, and who only looks into a dossier should not wait for it.
    from materiel.reading import read_document as read

    return read(document)


def rebuild(dossier: Dossier) -> int:
    """Computes lineage and entries anew from the record and stores them; returns the number of entries."""
    with dossier.transaction() as connection:
        documents = load_stored_documents(connection)
        lineage = trace_lineage(list(documents.values()))
        entries = build_entries(load_statements(connection), documents, lineage)
        replace_derived(connection, documents, lineage, entries)
    return len(entries)


def _open_all(found: Iterable[Path | SourceRefused]) -> Iterator[tuple[str, Document | SourceRefused]]:
    for source in found:
        if isinstance(source, SourceRefused):
            yield source.where, source
        else:
            yield from load_documents(source)


def _reading(file: str, document: Document | SourceRefused, statements: list[Statement] | None) -> Reading:
    if isinstance(document, SourceRefused):
        return Reading(file, refusal=document)
    return Reading(file, document, tuple(read_document(document) if statements is None else statements))


def _read_in_parallel(opened: Iterator[tuple[str, Document | SourceRefused]], workers: int) -> Iterator[Reading]:
    """Opens files here and reads their language in other processes; a bounded queue keeps the order."""
    context = multiprocessing.get_context("spawn")
    queue: deque[tuple[str, Document | SourceRefused, Future[list[Statement]] | None]] = deque()
    with ProcessPoolExecutor(workers, mp_context=context) as pool:
        try:
            for file, document in opened:
                future = None if isinstance(document, SourceRefused) else pool.submit(read_document, document)
                queue.append((file, document, future))
                if len(queue) >= workers * AHEAD_PER_WORKER:
                    yield _collect(*queue.popleft())
            while queue:
                yield _collect(*queue.popleft())
        finally:
            for _, _, future in queue:
                if future:
                    future.cancel()


def _collect(file: str, document: Document | SourceRefused, future: Future[list[Statement]] | None) -> Reading:
    return _reading(file, document, future.result() if future else [])


def _batches(readings: Iterable[Reading], size: int) -> Iterator[list[Reading]]:
    batch: list[Reading] = []
    for reading in readings:
        batch.append(reading)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch
