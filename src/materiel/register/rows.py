"""Rows from nouns and nouns from rows. The JSON of the slots is read back; the columns beside it are for people."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from materiel.register.schema import slot_columns
from materiel.terms.actors import actor_name
from materiel.terms.documents import Document, Passage, Role
from materiel.terms.entries import Backing, Entry, Grade, Step
from materiel.terms.lineage import Derivation, DerivationKind, SharedPassage
from materiel.terms.statements import Claim, Statement, claim_from_slots, claim_slots

Row = dict[str, Any]

_COLUMNS = tuple(column.name for column in slot_columns())


def document_row(document: Document) -> Row:
    return {
        "id": document.id,
        "title": document.title,
        "published_on": document.published_on,
        "publisher": document.publisher,
        "author": document.author,
        "url": document.url,
        "text": document.text,
    }


def passage_rows(document: Document, identity: str) -> list[Row]:
    return [
        {"document": identity, "start_char": p.start, "end_char": p.end, "role": p.role.value}
        for p in document.passages
    ]


def document_from(row: Mapping[str, Any], passages: Sequence[Mapping[str, Any]]) -> Document:
    """A document from its row and the rows of its passages in order."""
    return Document(
        text=row["text"],
        passages=tuple(Passage(p["start_char"], p["end_char"], Role(p["role"])) for p in passages),
        title=row["title"],
        published_on=row["published_on"],
        publisher=row["publisher"],
        author=row["author"],
        url=row["url"],
    )


def statement_row(statement: Statement) -> Row:
    return {
        "id": statement.id,
        "document": statement.document,
        "kind": statement.kind,
        "quote": statement.quote,
        "start_char": statement.start,
        "end_char": statement.end,
        "speaker": statement.speaker,
        "reader": statement.reader,
        "inferred": "; ".join(statement.inferred) or None,
        **claim_columns(statement.claim),
    }


def statement_from(row: Mapping[str, Any]) -> Statement:
    return Statement(
        document=row["document"],
        claim=claim_from_slots(row["kind"], json.loads(row["slots"])),
        quote=row["quote"],
        start=row["start_char"],
        end=row["end_char"],
        reader=row["reader"],
        speaker=row["speaker"],
        inferred=tuple(row["inferred"].split("; ")) if row["inferred"] else (),
    )


def claim_columns(claim: Claim) -> Row:
    """Every slot column (None where the kind has no such slot) and ``slots``, the claim as JSON."""
    slots = claim_slots(claim)
    columns: Row = dict.fromkeys(_COLUMNS)
    columns |= {name: _cell(value) for name, value in slots.items()}
    return columns | {"slots": json.dumps(slots, ensure_ascii=False)}


def clause_words(clause: Mapping[str, Any]) -> str:
    """A clause in a few words: ``transfer: Russia to North Korea, precision``; ``policy: South Korea, lift ...``."""
    if clause["kind"] == "transfer":
        parties = " to ".join(
            actor_name(code) if code else "(open)" for code in (clause["supplier"], clause["recipient"])
        )
        goods = "; ".join(clause["materiel"])
        return f"transfer: {parties}" + (f", {goods}" if goods else "")
    said = ", ".join(part for part in (actor_name(clause["who"]) if clause["who"] else None, clause["what"]) if part)
    return f"{clause['kind']}: {said}"


def entry_row(entry: Entry, known_on: Sequence[str | None]) -> Row:
    """An entry's row; ``known_on`` are the publication dates of its statements' documents."""
    days = sorted(day for day in known_on if day)
    return {
        "id": entry.id,
        "kind": entry.kind,
        **claim_columns(entry.claim),
        "support": entry.support,
        "is_disputed": entry.is_disputed,
        "conflicts": _json(entry.conflicts),
        "reliability": entry.grade.reliability,
        "credibility": entry.grade.credibility,
        "reasons": _json(entry.grade.reasons),
        "first_known_on": days[0] if days else None,
        "last_known_on": days[-1] if days else None,
    }


def step_row(entry: str, position: int, step: Step) -> Row:
    return {
        "entry": entry,
        "position": position,
        "stage": step.stage,
        "assertion": step.assertion,
        "happened_on": step.happened_on,
        "known_on": step.known_on,
        "support": len(step.origins),
        "statements": _json(step.statements),
        "origins": _json(step.origins),
    }


def step_from(row: Mapping[str, Any]) -> Step:
    return Step(
        stage=row["stage"],
        assertion=row["assertion"],
        happened_on=row["happened_on"],
        known_on=row["known_on"],
        statements=tuple(json.loads(row["statements"])),
        origins=tuple(json.loads(row["origins"])),
    )


def pair_row(pair: Derivation) -> Row:
    """A pair of documents; each passage is a JSON list of its four offsets and whether it is word for word."""
    passages = [[p.start, p.end, p.source_start, p.source_end, p.is_verbatim] for p in pair.passages]
    return {
        "document": pair.document,
        "source": pair.source,
        "kind": pair.kind.value,
        "score": pair.score,
        "passages": json.dumps(passages),
    }


def pair_from(row: Mapping[str, Any]) -> Derivation:
    passages = tuple(SharedPassage(*passage) for passage in json.loads(row["passages"]))
    return Derivation(row["document"], row["source"], DerivationKind(row["kind"]), row["score"], passages)


def backing_from(row: Mapping[str, Any]) -> Backing:
    return Backing(row["statement"], row["origin"], row["carried_from"])


def entry_from(
    row: Mapping[str, Any],
    steps: Sequence[Step],
    statements: Sequence[Statement],
    backings: Sequence[Backing],
    origins: Sequence[str],
) -> Entry:
    return Entry(
        id=row["id"],
        claim=claim_from_slots(row["kind"], json.loads(row["slots"])),
        history=tuple(steps),
        statements=tuple(statements),
        backings=tuple(backings),
        origins=tuple(origins),
        is_disputed=bool(row["is_disputed"]),
        conflicts=tuple(json.loads(row["conflicts"])),
        grade=Grade(row["reliability"], row["credibility"], tuple(json.loads(row["reasons"]))),
    )


def _cell(value: Any) -> Any:
    if isinstance(value, dict):
        return clause_words(value)
    if isinstance(value, list):
        return "; ".join(value)
    return value


def _json(values: Sequence[str]) -> str:
    return json.dumps(list(values), ensure_ascii=False)
