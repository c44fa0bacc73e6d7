"""Which document derives from which, among files and in a dossier."""

from __future__ import annotations

from collections import defaultdict
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
from materiel.terms.lineage import DerivationKind, Lineage, SharedPassage


@dataclass(frozen=True, slots=True)
class Tie:
    """How a document stands to another one, of which this is the file and the id.

    ``score`` is from 0 to 1; ``passages`` is what the two share: offsets in the document first, then in the other.
    """

    file: str
    document: str
    kind: DerivationKind
    score: float
    passages: tuple[SharedPassage, ...] = ()

    @property
    def name(self) -> str:
        """As :attr:`Source.name` of that one."""
        return _name(self.file, self.document)


@dataclass(frozen=True, slots=True)
class Source:
    """A file with its document and what it rests on.

    Attributes:
        origin: the file of the document that it goes back to before others; its own where it is an origin.
        first: the name of that document, as :attr:`name`.
        origins: the files of all that it goes back to; several for a digest.
        outside: the source outside these files after which its origin reports, or None.
        credited: the outside sources that it names for something, sorted.
        possible: the files that it might derive from; it cannot be told.
        shares_with: the files with which it shares passages though each has its own account.
        own: the stretches, start and end, that tell what no file that it derives from tells.
        statements: how many a dossier holds of it; None where nothing was read.
    """

    file: str
    document: Document
    origin: str
    first: str
    origins: tuple[str, ...]
    outside: str | None
    credited: tuple[str, ...]
    derived_from: tuple[Tie, ...]
    possible: tuple[Tie, ...] = ()
    shares_with: tuple[Tie, ...] = ()
    own: tuple[tuple[int, int], ...] = ()
    statements: int | None = None

    @property
    def is_origin(self) -> bool:
        return self.first == self.name

    @property
    def name(self) -> str:
        """Its file and its id: a file that has changed between two readings gives two documents."""
        return _name(self.file, self.document.id)

    @property
    def above(self) -> tuple[str, ...]:
        """The names of those that it stands under: those it derives from, else the one that is its origin, which had
        the outside source first.
        """
        under = tuple(tie.name for tie in self.derived_from)
        return under or (() if self.is_origin else (self.first,))


def _name(file: str, document: str) -> str:
    return f"{file} {document}"


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
    return load_sources(dossier).sources


@dataclass(frozen=True, slots=True)
class Listing:
    """The sources of a dossier by date, then file, with their lineage and every file that gave each document."""

    sources: tuple[Source, ...]
    lineage: Lineage
    files: Mapping[str, tuple[str, ...]]


def load_sources(dossier: Path) -> Listing:
    """The sources of a dossier and what they were made from.

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
    return Listing(tuple(_sources(listed, first, lineage, counts)), lineage, files)


def _sources(
    documents: Sequence[tuple[str, Document]],
    first: Mapping[str, str],
    lineage: Lineage,
    counts: Mapping[str, int] | None = None,
) -> Iterator[Source]:
    """One source a file; a second file of the same document is a copy of the first."""
    derived, possible, shares = _ties(lineage, first)
    for file, document in documents:
        identity = document.id
        origins = tuple(first[origin] for origin in lineage.origins.get(identity, (identity,)))
        origin = lineage.origin_of(identity)
        is_second = file != first[identity]
        yield Source(
            file,
            document,
            origins[0],
            _name(origins[0], origin),
            origins,
            lineage.outside.get(origin),
            tuple(sorted({credit.name for credit in lineage.credits.get(identity, ())})),
            (Tie(first[identity], identity, DerivationKind.COPY, 1.0),) if is_second else tuple(derived[identity]),
            tuple(possible[identity]),
            tuple(shares[identity]),
            () if is_second else lineage.own.get(identity, ()),
            counts[identity] if counts is not None else None,
        )


_Ties = dict[str, list[Tie]]


def _ties(lineage: Lineage, first: Mapping[str, str]) -> tuple[_Ties, _Ties, _Ties]:
    """By document id: what it derives from, what it might derive from, and what it shares passages with."""
    derived: _Ties = defaultdict(list)
    possible: _Ties = defaultdict(list)
    shares: _Ties = defaultdict(list)
    for pair in lineage.derivations:
        derived[pair.document].append(Tie(first[pair.source], pair.source, pair.kind, pair.score, pair.passages))
    for pair in lineage.related:
        tie = Tie(first[pair.source], pair.source, pair.kind, pair.score, pair.passages)
        if pair.kind is DerivationKind.POSSIBLE:
            possible[pair.document].append(tie)
        else:
            shares[pair.document].append(tie)
            turned = tuple(sorted(passage.turned() for passage in pair.passages))
            shares[pair.source].append(Tie(first[pair.document], pair.document, pair.kind, pair.score, turned))
    return derived, possible, shares
