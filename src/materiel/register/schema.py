"""The tables of a dossier. Every id is a hash of content and nothing is numbered by arrival, so that the same record
gives the same rows in whatever order it was read.

Record (append-only)   document, passage, file, statement, decision
Derived (rebuilt)      derivation, related, origin, credit, own_stretch,
                       actor, entry, entry_statement, entry_origin, entry_step
Kept for speed         sketch, comparison: what tracing lineage found out about documents and pairs; opaque to this room
Housekeeping           dossier, migration
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

METADATA = MetaData()

DOSSIER = Table(
    "dossier",
    METADATA,
    Column("version", Integer, primary_key=True),
    Column("created_by", String, nullable=False),
)
MIGRATION = Table("migration", METADATA, Column("name", String, primary_key=True))

DOCUMENT = Table(
    "document",
    METADATA,
    Column("id", String, primary_key=True),
    Column("title", String),
    Column("published_on", String),
    Column("publisher", String),
    Column("author", String),
    Column("url", String),
    Column("text", Text, nullable=False),
)
PASSAGE = Table(
    "passage",
    METADATA,
    Column("document", ForeignKey("document.id"), primary_key=True),
    Column("start_char", Integer, primary_key=True, autoincrement=False),
    Column("end_char", Integer, nullable=False),
    Column("role", String, nullable=False),
)
FILE = Table(
    "file",
    METADATA,
    Column("file", String, primary_key=True),
    Column("document", ForeignKey("document.id"), primary_key=True, index=True),
)


def slot_columns() -> list[Column[str] | Column[float] | Column[int]]:
    """One column for each slot of any kind of claim; lists are joined by ``; `` and clauses put into words."""
    words = (
        *("supplier", "recipient", "materiel", "stage", "assertion", "via", "unit", "currency", "date"),
        *("supplier_name", "recipient_name", "debtor", "force", "antecedent", "consequent", "parties", "pact"),
        *("status", "trigger", "holder", "stance", "subject", "measure", "period"),
    )
    numbers = ("quantity", "value_usd", "value")
    return [*(Column(name, String) for name in words), *(Column(name, Float) for name in numbers)]


STATEMENT = Table(
    "statement",
    METADATA,
    Column("id", String, primary_key=True),
    Column("document", ForeignKey("document.id"), nullable=False, index=True),
    Column("kind", String, nullable=False, index=True),
    Column("quote", Text, nullable=False),
    Column("start_char", Integer, nullable=False),
    Column("end_char", Integer, nullable=False),
    Column("speaker", String),
    Column("reader", String, nullable=False),
    Column("inferred", String),
    *slot_columns(),
    Column("slots", Text, nullable=False),
    CheckConstraint("start_char >= 0 and end_char > start_char", name="quote_has_a_place"),
)
DECISION = Table(
    "decision",
    METADATA,
    Column("id", String, primary_key=True),
    Column("kind", String, nullable=False),
    Column("target", String, nullable=False, index=True),
    Column("value", Text),
    Column("reason", Text),
    Column("decided_by", String, nullable=False),
    Column("decided_on", String, nullable=False),
    Column("superseded_by", ForeignKey("decision.id")),
)


def _pair_columns() -> list[Column[str] | Column[float]]:
    return [
        Column("document", ForeignKey("document.id"), primary_key=True),
        Column("source", ForeignKey("document.id"), primary_key=True),
        Column("kind", String, nullable=False),
        Column("score", Float, nullable=False),
        Column("passages", Text, nullable=False),
    ]


DERIVATION = Table("derivation", METADATA, *_pair_columns())
RELATED = Table("related", METADATA, *_pair_columns())
ORIGIN = Table(
    "origin",
    METADATA,
    Column("document", ForeignKey("document.id"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("origin", ForeignKey("document.id"), nullable=False, index=True),
    Column("outside", String),
)
CREDIT = Table(
    "credit",
    METADATA,
    Column("document", ForeignKey("document.id"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("start_char", Integer, nullable=False),
    Column("end_char", Integer, nullable=False),
    Column("name", String, nullable=False, index=True),
    Column("is_whole", Boolean, nullable=False),
)
OWN_STRETCH = Table(
    "own_stretch",
    METADATA,
    Column("document", ForeignKey("document.id"), primary_key=True),
    Column("start_char", Integer, primary_key=True, autoincrement=False),
    Column("end_char", Integer, nullable=False),
)
ACTOR = Table("actor", METADATA, Column("code", String, primary_key=True), Column("name", String, nullable=False))

ENTRY = Table(
    "entry",
    METADATA,
    Column("id", String, primary_key=True),
    Column("kind", String, nullable=False, index=True),
    *slot_columns(),
    Column("slots", Text, nullable=False),
    Column("support", Integer, nullable=False),
    Column("is_disputed", Boolean, nullable=False),
    Column("conflicts", Text, nullable=False),
    Column("reliability", String, nullable=False),
    Column("credibility", String, nullable=False),
    Column("reasons", Text, nullable=False),
    Column("first_known_on", String),
    Column("last_known_on", String),
)
ENTRY_STATEMENT = Table(
    "entry_statement",
    METADATA,
    Column("entry", ForeignKey("entry.id"), primary_key=True),
    Column("statement", ForeignKey("statement.id"), primary_key=True, index=True),
    Column("role", String, nullable=False),
    Column("position", Integer, nullable=False),
    Column("origin", String, nullable=False, index=True),
    Column("carried_from", ForeignKey("document.id")),
)
ENTRY_ORIGIN = Table(
    "entry_origin",
    METADATA,
    Column("entry", ForeignKey("entry.id"), primary_key=True),
    Column("origin", String, primary_key=True),
)
ENTRY_STEP = Table(
    "entry_step",
    METADATA,
    Column("entry", ForeignKey("entry.id"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("stage", String, nullable=False),
    Column("assertion", String, nullable=False),
    Column("happened_on", String),
    Column("known_on", String),
    Column("support", Integer, nullable=False),
    Column("statements", Text, nullable=False),
    Column("origins", Text, nullable=False),
)

SKETCH = Table(
    "sketch",
    METADATA,
    Column("document", ForeignKey("document.id"), primary_key=True),
    Column("sketch", LargeBinary, nullable=False),
)
COMPARISON = Table(
    "comparison",
    METADATA,
    Column("document", ForeignKey("document.id"), primary_key=True),
    Column("source", ForeignKey("document.id"), primary_key=True),
    Column("evidence", Text, nullable=False),
)

Index("entry_pair", ENTRY.c.supplier, ENTRY.c.recipient)

RECORD = (DOCUMENT, PASSAGE, FILE, STATEMENT, DECISION)
"""What is never computed again, in the order in which rows may be inserted."""

DERIVED = (
    *(DERIVATION, RELATED, ORIGIN, CREDIT, OWN_STRETCH),
    *(ACTOR, ENTRY, ENTRY_STATEMENT, ENTRY_ORIGIN, ENTRY_STEP),
)
"""What is thrown away and computed again, in the order in which rows may be inserted."""
