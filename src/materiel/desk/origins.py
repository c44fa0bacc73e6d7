"""Which document derives from which, among files and in a dossier."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from materiel.desk.collect import open_computed
from materiel.errors import SourceRefused
from materiel.register import load_documents as load_stored_documents
from materiel.register import load_files, load_lineage, load_statements
from materiel.sources import find_sources, load_documents
from materiel.sources.lineage import trace_lineage
from materiel.terms.documents import Document
from materiel.terms.lineage import DerivationKind, Lineage


@dataclass(frozen=True, slots=True)
class Ancestor:
    """A file that another derives from; ``score`` is from 0 to 1."""

    file: str
    kind: DerivationKind
    score: float


@dataclass(frozen=True, slots=True)
class Source:
    """A file with its document and what it rests on.

    Attributes:
        origin: the file of the document that it goes back to before others; its own where it is an origin.
        origins: the files of all that it goes back to; several for a digest.
        outside: the source outside these files after which its origin reports, or None.
        credited: the outside sources that it names for something, sorted.
        statements: how many a dossier holds of it; None where nothing was read.
    """

    file: str
    document: Document
    origin: str
    origins: tuple[str, ...]
    outside: str | None
    credited: tuple[str, ...]
    derived_from: tuple[Ancestor, ...]
    statements: int | None = None

    @property
    def is_origin(self) -> bool:
        return self.origin == self.file


def trace(paths: Sequence[str]) -> tuple[tuple[Source, ...], tuple[SourceRefused, ...]]:
    """The lineage of the articles in some files, in the order of the files, and the files that could not be read."""
    documents: list[tuple[str, Document]] = []
    refusals: list[SourceRefused] = []
    for found in find_sources(paths):
        for file, document in [(found.where, found)] if isinstance(found, SourceRefused) else load_documents(found):
            if isinstance(document, SourceRefused):
                refusals.append(document)
            else:
                documents.append((file, document))
    distinct = {document.id: document for _, document in documents}
    lineage = trace_lineage([distinct[identity] for identity in sorted(distinct)])
    first: dict[str, str] = {}
    for file, document in documents:
        first.setdefault(document.id, file)
    return tuple(_sources(documents, first, lineage)), tuple(refusals)


def sources(dossier: Path) -> tuple[Source, ...]:
    """Every document of a dossier, sorted by date, then file.

    Raises:
        DossierRefused: the file is not a dossier.
    """
    with open_computed(dossier) as opened, opened.transaction() as connection:
        stored = load_stored_documents(connection)
        files = load_files(connection)
        lineage = load_lineage(connection)
        statements = load_statements(connection)
    counts: dict[str, int] = dict.fromkeys(stored, 0)
    for statement in statements:
        counts[statement.document] += 1
    first = {identity: files[identity][0] for identity in stored}
    listed = [(first[identity], document) for identity, document in stored.items()]
    listed.sort(key=lambda pair: (pair[1].published_on or "9999", pair[0]))
    return tuple(_sources(listed, first, lineage, counts))


def _sources(
    documents: Sequence[tuple[str, Document]],
    first: Mapping[str, str],
    lineage: Lineage,
    counts: Mapping[str, int] | None = None,
) -> Iterator[Source]:
    """One source a file; a second file of the same document is a copy of the first."""
    ancestors: dict[str, list[Ancestor]] = {}
    for derivation in lineage.derivations:
        if derivation.source in first:
            ancestors.setdefault(derivation.document, []).append(
                Ancestor(first[derivation.source], derivation.kind, derivation.score)
            )
    for file, document in documents:
        identity = document.id
        origins = tuple(first[origin] for origin in lineage.origins.get(identity, (identity,)))
        outside = lineage.outside.get(lineage.origin_of(identity))
        credited = tuple(sorted({credit.name for credit in lineage.credits.get(identity, ())}))
        copied = [Ancestor(first[identity], DerivationKind.COPY, 1.0)] if file != first[identity] else []
        derived_from = tuple(copied or ancestors.get(identity, ()))
        count = counts[identity] if counts is not None else None
        yield Source(file, document, origins[0], origins, outside, credited, derived_from, count)
