"""What a dossier holds, as nouns; no query of the subject matter changes anything."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, Select, Table, select

from materiel.register.rows import backing_from, document_from, entry_from, pair_from, statement_from, step_from
from materiel.register.schema import (
    CREDIT,
    DERIVATION,
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
from materiel.terms.documents import Document
from materiel.terms.entries import Entry
from materiel.terms.lineage import Credit, Derivation, Lineage
from materiel.terms.statements import Statement


def load_documents(connection: Connection) -> dict[str, Document]:
    """Every document by its id, sorted by id."""
    passages = _grouped(connection, PASSAGE, "document", "start_char")
    rows = _rows(connection, select(DOCUMENT).order_by(DOCUMENT.c.id))
    return {row["id"]: document_from(row, passages[row["id"]]) for row in rows}


def load_files(connection: Connection) -> dict[str, tuple[str, ...]]:
    """The files that gave each document, sorted, by document id."""
    return {
        document: tuple(row["file"] for row in rows)
        for document, rows in _grouped(connection, FILE, "document", "file").items()
    }


def load_statements(connection: Connection) -> list[Statement]:
    """Every statement, sorted by id."""
    return [statement_from(row) for row in _rows(connection, select(STATEMENT).order_by(STATEMENT.c.id))]


def load_lineage(connection: Connection) -> Lineage:
    """The lineage as it was last traced."""
    origins = _grouped(connection, ORIGIN, "document", "position")
    credits_of = _grouped(connection, CREDIT, "document", "position")
    own = _grouped(connection, OWN_STRETCH, "document", "start_char")
    return Lineage(
        origins={document: tuple(row["origin"] for row in rows) for document, rows in origins.items()},
        derivations=_pairs(connection, DERIVATION),
        related=_pairs(connection, RELATED),
        outside={row["origin"]: row["outside"] for rows in origins.values() for row in rows if row["outside"]},
        credits={
            document: tuple(Credit(row["start_char"], row["end_char"], row["name"], row["is_whole"]) for row in rows)
            for document, rows in credits_of.items()
        },
        own={document: tuple((row["start_char"], row["end_char"]) for row in rows) for document, rows in own.items()},
    )


def is_computed(connection: Connection) -> bool:
    """Whether lineage and entries take every document into account; not so where a run broke off, or in an old file."""
    missing = select(DOCUMENT.c.id).where(DOCUMENT.c.id.not_in(select(ORIGIN.c.document)))
    return connection.execute(missing.limit(1)).first() is None


def load_entries(connection: Connection) -> list[Entry]:
    """Every entry as last computed, sorted by id."""
    statements = {statement.id: statement for statement in load_statements(connection)}
    steps = _grouped(connection, ENTRY_STEP, "entry", "position")
    members = _grouped(connection, ENTRY_STATEMENT, "entry", "position")
    origins = _grouped(connection, ENTRY_ORIGIN, "entry", "origin")
    return [
        entry_from(
            row,
            [step_from(step) for step in steps[row["id"]]],
            [statements[member["statement"]] for member in members[row["id"]]],
            [backing_from(member) for member in members[row["id"]]],
            [origin["origin"] for origin in origins[row["id"]]],
        )
        for row in _rows(connection, select(ENTRY).order_by(ENTRY.c.id))
    ]


def _pairs(connection: Connection, table: Table) -> tuple[Derivation, ...]:
    return tuple(pair_from(row) for row in _rows(connection, select(table).order_by(table.c.document, table.c.source)))


def _grouped(connection: Connection, table: Table, key: str, order: str) -> defaultdict[str, list[Mapping[str, Any]]]:
    groups: defaultdict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in _rows(connection, select(table).order_by(table.c[key], table.c[order])):
        groups[row[key]].append(row)
    return groups


def _rows(connection: Connection, query: Select[Any]) -> Iterator[dict[str, Any]]:
    return (row._asdict() for row in connection.execute(query))
