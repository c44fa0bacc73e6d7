"""Readings, entries and sources as plain JSON values and CSV rows. The keys are described in docs/."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Any

from materiel.desk import Evidence, Publisher, Reading, Source
from materiel.terms.actors import actor_name
from materiel.terms.entries import Entry
from materiel.terms.statements import Statement, claim_slots

CSV_COLUMNS = (
    *("id", "kind", "supplier", "supplier_name", "recipient", "recipient_name", "materiel", "stage", "assertion"),
    *("via", "quantity", "unit", "value_usd", "value", "currency", "date", "debtor", "force", "antecedent"),
    *("consequent", "parties", "pact", "status", "trigger", "holder", "stance", "subject", "measure", "period"),
    *("support", "is_disputed", "reliability", "credibility", "conflicts", "statements"),
)


def statement_record(reading: Reading, statement: Statement) -> dict[str, Any]:
    """A statement with the file it comes from."""
    return {
        "file": reading.file,
        "document": statement.document,
        "kind": statement.kind,
        **claim_slots(statement.claim),
        "speaker": statement.speaker,
        "quote": statement.quote,
        "start": statement.start,
        "end": statement.end,
        "reader": statement.reader,
        "inferred": list(statement.inferred),
        "id": statement.id,
    }


def entry_record(entry: Entry) -> dict[str, Any]:
    """An entry with its history, support and grade; statements by their ids."""
    return {
        "id": entry.id,
        "kind": entry.kind,
        **claim_slots(entry.claim),
        "support": entry.support,
        "origins": list(entry.origins),
        "is_disputed": entry.is_disputed,
        "conflicts": list(entry.conflicts),
        "grade": {
            "reliability": entry.grade.reliability,
            "credibility": entry.grade.credibility,
            "reasons": list(entry.grade.reasons),
            "tags": list(entry.grade.machine_tags),
        },
        "history": [
            {
                "stage": step.stage,
                "assertion": step.assertion,
                "happened_on": step.happened_on,
                "known_on": step.known_on,
                "origins": list(step.origins),
                "statements": list(step.statements),
            }
            for step in entry.history
        ],
        "statements": [statement.id for statement in entry.statements],
    }


def evidence_record(evidence: Evidence) -> dict[str, Any]:
    """A statement behind an entry with its quote and its article."""
    statement, document = evidence.statement, evidence.document
    return {
        "id": statement.id,
        "quote": statement.quote,
        "speaker": statement.speaker,
        "publisher": document.publisher,
        "published_on": document.published_on,
        "title": document.title,
        "url": document.url,
        "file": evidence.file,
        "origin": evidence.origin,
        "outside": evidence.outside,
        "carried_from": evidence.carried_from,
        "document": statement.document,
        "start": statement.start,
        "end": statement.end,
        "reader": statement.reader,
        "inferred": list(statement.inferred),
        "claim": claim_slots(statement.claim),
    }


def source_record(source: Source) -> dict[str, Any]:
    """A source of a dossier."""
    document = source.document
    return {
        **lineage_record(source),
        "document": document.id,
        "publisher": document.publisher,
        "published_on": document.published_on,
        "title": document.title,
        "url": document.url,
        "statements": source.statements,
        "origins": list(source.origins),
        "outside": source.outside,
        "credited": list(source.credited),
    }


def publisher_record(publisher: Publisher) -> dict[str, Any]:
    """A publisher or credited source with its letter; F where nobody has judged it."""
    judgement = publisher.judgement
    return {
        "publisher": publisher.name,
        "documents": publisher.documents,
        "origins": publisher.origins,
        "credited_by": publisher.credited_by,
        "reliability": publisher.letter,
        "reason": judgement.reason if judgement else None,
        "decided_by": judgement.decided_by if judgement else None,
        "decided_on": judgement.decided_on if judgement else None,
    }


def lineage_record(source: Source) -> dict[str, Any]:
    """A file, the file that it goes back to, and those that it derives from."""
    return {
        "file": source.file,
        "origin": source.origin,
        "derived_from": [
            {"file": ancestor.file, "kind": ancestor.kind.value, "score": round(ancestor.score, 4)}
            for ancestor in source.derived_from
        ],
    }


def entries_csv(entries: Iterable[Entry]) -> str:
    """A table with a header; the same columns for every kind, lists joined by ``; ``, clauses in words."""
    text = io.StringIO()
    writer = csv.DictWriter(text, CSV_COLUMNS, lineterminator="\n")
    writer.writeheader()
    for entry in entries:
        cells = {name: _cell(value) for name, value in claim_slots(entry.claim).items()}
        cells |= {
            "id": entry.id,
            "kind": entry.kind,
            "support": entry.support,
            "is_disputed": "yes" if entry.is_disputed else "no",
            "reliability": entry.grade.reliability,
            "credibility": entry.grade.credibility,
            "conflicts": _cell(list(entry.conflicts)),
            "statements": len(entry.statements),
        }
        writer.writerow(cells)
    return text.getvalue()


def _cell(value: Any) -> Any:
    if isinstance(value, list):
        return "; ".join(value)
    if isinstance(value, dict):
        parts = [value[key] for key in ("supplier", "recipient", "who") if value.get(key)]
        said = " to ".join(actor_name(code) for code in parts)
        rest = value.get("what") or ", ".join(value.get("materiel") or ())
        return ": ".join(part for part in (said, rest) if part)
    return value
