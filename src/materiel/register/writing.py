"""Appending to the record, and replacing what follows from it.

The record only grows. What may differ between two files of one and the same document (its address, the roles of its
passages) is decided by content, not by arrival: the smaller one stands, so that order of reading cannot show.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, Table, delete, insert, select, update

from materiel.register.rows import Row, document_row, entry_row, pair_row, passage_rows, statement_row, step_row
from materiel.register.schema import (
    ACTOR,
    CREDIT,
    DERIVATION,
    DERIVED,
    DOCUMENT,
    ENTRY,
    ENTRY_ORIGIN,
    ENTRY_STATEMENT,
    ENTRY_STEP,
    FILE,
    ORIGIN,
    OWN_STRETCH,
    PASSAGE,
    RELATED,
    STATEMENT,
)
from materiel.terms.actors import actor_name
from materiel.terms.documents import Document
from materiel.terms.entries import Entry
from materiel.terms.lineage import Lineage
from materiel.terms.statements import Statement

_SLOTS_WITH_ACTORS = ("supplier", "recipient", "via", "debtor", "holder", "subject")

_ROLES = {"stated": "states", "denied": "denies", "unknown": "not known", "hypothetical": "supposes"}


@dataclass(frozen=True, slots=True)
class Appended:
    """How much of what was handed in was new."""

    documents: int
    statements: int


def append_reading(connection: Connection, file: str, document: Document, statements: Sequence[Statement]) -> Appended:
    """Adds a document, the file that gave it, and its statements; what is there already is left alone.

    Raises:
        ValueError: a statement is of another document.
    """
    identity = document.id
    for statement in statements:
        if statement.document != identity:
            raise ValueError(f"Statement {statement.id} is of {statement.document}, not of {identity} ({file}).")
    new_documents = _append_document(connection, identity, document)
    _insert_missing(connection, FILE, identity, [{"file": file, "document": identity}])
    new_statements = _insert_missing(connection, STATEMENT, identity, [statement_row(s) for s in statements])
    return Appended(new_documents, new_statements)


def replace_derived(
    connection: Connection, documents: Mapping[str, Document], lineage: Lineage, entries: Sequence[Entry]
) -> None:
    """Throws away lineage and entries and stores these, inside the caller's transaction."""
    for table in reversed(DERIVED):
        connection.execute(delete(table))
    _insert_lineage(connection, sorted(documents), lineage)
    rows = [entry_row(e, [documents[s.document].published_on for s in e.statements]) for e in entries]
    codes = sorted({str(row[slot]) for row in rows for slot in _SLOTS_WITH_ACTORS if row[slot]})
    _insert(connection, ACTOR, [{"code": code, "name": actor_name(code)} for code in codes])
    _insert(connection, ENTRY, rows)
    _insert(connection, ENTRY_STATEMENT, [row for entry in entries for row in _statement_rows(entry)])
    _insert(connection, ENTRY_ORIGIN, [{"entry": e.id, "origin": origin} for e in entries for origin in e.origins])
    _insert(
        connection,
        ENTRY_STEP,
        [step_row(e.id, position, step) for e in entries for position, step in enumerate(e.history, start=1)],
    )


def _insert_lineage(connection: Connection, documents: Sequence[str], lineage: Lineage) -> None:
    _insert(connection, DERIVATION, [pair_row(derivation) for derivation in lineage.derivations])
    _insert(connection, RELATED, [pair_row(pair) for pair in lineage.related])
    origins = (
        {"document": document, "position": position, "origin": origin, "outside": lineage.outside.get(origin)}
        for document in documents
        for position, origin in enumerate(lineage.origins.get(document, (document,)))
    )
    _insert(connection, ORIGIN, list(origins))
    credited = (
        {
            "document": document,
            "position": position,
            "start_char": credit.start,
            "end_char": credit.end,
            "name": credit.name,
            "is_whole": credit.is_whole,
        }
        for document, found in sorted(lineage.credits.items())
        for position, credit in enumerate(found)
    )
    _insert(connection, CREDIT, list(credited))
    own = (
        {"document": document, "start_char": start, "end_char": end}
        for document, stretches in sorted(lineage.own.items())
        for start, end in stretches
    )
    _insert(connection, OWN_STRETCH, list(own))


def _append_document(connection: Connection, identity: str, document: Document) -> int:
    found = connection.execute(select(DOCUMENT.c.url).where(DOCUMENT.c.id == identity)).first()
    passages = passage_rows(document, identity)
    if found is None:
        connection.execute(insert(DOCUMENT), document_row(document))
        _insert(connection, PASSAGE, passages)
        return 1
    if document.url and (not found.url or document.url < found.url):
        connection.execute(update(DOCUMENT).where(DOCUMENT.c.id == identity).values(url=document.url))
    stored = [row._asdict() for row in connection.execute(_passages_of(identity))]
    if _passage_key(passages) < _passage_key(stored):
        connection.execute(delete(PASSAGE).where(PASSAGE.c.document == identity))
        _insert(connection, PASSAGE, passages)
    return 0


def _insert_missing(connection: Connection, table: Table, document: str, rows: Iterable[Row]) -> int:
    """Inserts those of a document's rows whose primary key is not there yet; says how many."""
    keys = list(table.primary_key.columns)
    stored = {tuple(row) for row in connection.execute(select(*keys).where(table.c.document == document))}
    given = {tuple(row[key.name] for key in keys): row for row in rows}
    missing = [given[values] for values in sorted(given) if values not in stored]
    _insert(connection, table, missing)
    return len(missing)


def _insert(connection: Connection, table: Table, rows: list[Row]) -> None:
    if rows:
        connection.execute(insert(table), rows)


def _passages_of(identity: str) -> Select[Any]:
    return select(PASSAGE).where(PASSAGE.c.document == identity).order_by(PASSAGE.c.start_char)


def _passage_key(rows: list[Row]) -> list[tuple[int, int, str]]:
    return [(row["start_char"], row["end_char"], row["role"]) for row in rows]


def _statement_rows(entry: Entry) -> list[Row]:
    return [
        {
            "entry": entry.id,
            "statement": statement.id,
            "role": _ROLES[str(getattr(statement.claim, "assertion", "stated"))],
            "position": position,
            "origin": backing.origin,
            "carried_from": backing.carried_from,
        }
        for position, (statement, backing) in enumerate(zip(entry.statements, entry.backings, strict=True), start=1)
    ]
