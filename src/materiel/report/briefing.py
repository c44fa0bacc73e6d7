"""What a briefing is made of: entries, the documents behind them and their lineage, all computed elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePath

from materiel.errors import InputRefused
from materiel.report.standings import BoardShown
from materiel.terms.documents import Document
from materiel.terms.entries import Entry, outside_name
from materiel.terms.lineage import Lineage
from materiel.terms.statements import Statement


@dataclass(frozen=True)
class SourceDocument:
    """A document and the file it came from, as the user named it."""

    document: Document
    file: str


@dataclass(frozen=True)
class Briefing:
    """Everything that one briefing shows. The order of entries and documents does not matter to what it says.

    Attributes:
        title: the headline of the page.
        entries: the lines of the register.
        documents: every document that was read, those that yielded nothing included.
        lineage: origins and derivations among these documents.
        board: where the commitments stand; None shows them as they were read.

    Raises:
        InputRefused: a statement names a document that is not here or quotes words that its document does not have
            at that place, or the lineage is not that of these documents. A briefing with such a line would be signed
            by someone who cannot check it.
    """

    title: str
    entries: tuple[Entry, ...]
    documents: tuple[SourceDocument, ...]
    lineage: Lineage
    board: BoardShown | None = None

    def __post_init__(self) -> None:
        for source in self.documents:
            if source.document.id not in self.lineage.origins:
                raise InputRefused(
                    f"Briefing refused: {source.file} ({source.document.id}) has no origin in the lineage. "
                    "Pass the lineage of exactly these documents."
                )
        kin = {
            *(o for origins in self.lineage.origins.values() for o in origins),
            *(d.source for d in self.lineage.derivations),
        }
        if strangers := sorted(kin - set(self.by_id)):
            raise InputRefused(
                f"Briefing refused: the lineage goes back to {strangers[0]}, which is not among the "
                f"{len(self.documents)} documents given. Pass the lineage of exactly these documents."
            )
        for entry in self.entries:
            for statement in entry.statements:
                self._check_quote(entry, statement)
            self._check_backings(entry)

    def _check_backings(self, entry: Entry) -> None:
        """Raises where an entry rests on, or carries something from, a document that is not here."""
        origins = {*entry.origins, *(backing.origin for backing in entry.backings)}
        named = {origin for origin in origins if outside_name(origin) is None}
        named |= {backing.carried_from for backing in entry.backings if backing.carried_from}
        if strangers := sorted(named - set(self.by_id)):
            raise InputRefused(
                f"Briefing refused: entry {entry.id} goes back to {strangers[0]}, which is not among the "
                f"{len(self.documents)} documents given. Pass every document that an entry rests on."
            )

    def _check_quote(self, entry: Entry, statement: Statement) -> None:
        source = self.by_id.get(statement.document)
        if source is None:
            raise InputRefused(
                f"Briefing refused: entry {entry.id} rests on document {statement.document}, which is not among the "
                f"{len(self.documents)} documents given. Pass every document that an entry rests on."
            )
        found = source.document.text[statement.start : statement.end]
        if found != statement.quote:
            raise InputRefused(
                f"Briefing refused: statement {statement.id} of entry {entry.id} quotes {statement.quote!r}, but "
                f"{source.file} has {found!r} at characters {statement.start}-{statement.end}. Quotes must match "
                "exactly; read the document again."
            )

    @cached_property
    def by_id(self) -> dict[str, SourceDocument]:
        """The documents by their ids."""
        return {source.document.id: source for source in self.documents}

    @cached_property
    def as_of(self) -> str | None:
        """The newest day of publication (ISO), or None where no document is dated: a briefing has no other clock."""
        return max((s.document.published_on for s in self.documents if s.document.published_on), default=None)

    @cached_property
    def statements(self) -> dict[str, Statement]:
        """Every statement behind an entry, by its id."""
        return {statement.id: statement for entry in self.entries for statement in entry.statements}

    @cached_property
    def origins(self) -> tuple[str, ...]:
        """Ids of the independent origins among the documents, sorted."""
        return tuple(sorted({self.lineage.origin_of(source.document.id) for source in self.documents}))

    def publisher(self, document: str) -> str:
        """The outlet's name, or the file's where the document does not say."""
        source = self.by_id[document]
        return source.document.publisher or PurePath(source.file).name

    def published_on(self, document: str) -> str | None:
        return self.by_id[document].document.published_on
