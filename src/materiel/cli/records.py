"""Readings, entries and sources as plain JSON values and CSV rows. The keys are described in docs/."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

from materiel import desk
from materiel.cli.wording import word_direction
from materiel.terms.actors import actor_name
from materiel.terms.entries import Entry
from materiel.terms.lineage import SharedPassage
from materiel.terms.statements import Statement, claim_slots

CSV_COLUMNS = (
    *("id", "kind", "supplier", "supplier_name", "recipient", "recipient_name", "materiel", "stage", "assertion"),
    *("via", "quantity", "unit", "value_usd", "value", "currency", "date", "debtor", "force", "antecedent"),
    *("consequent", "parties", "pact", "status", "trigger", "holder", "stance", "subject", "measure", "period"),
    *("support", "is_disputed", "reliability", "credibility", "conflicts", "statements"),
)


def statement_record(reading: desk.Reading, statement: Statement) -> dict[str, Any]:
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


def evidence_record(evidence: desk.Evidence) -> dict[str, Any]:
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


def source_record(source: desk.Source) -> dict[str, Any]:
    """A source of a dossier, with the passages that it shares with others as offsets."""
    document = source.document
    return {
        **lineage_record(source),
        "document": document.id,
        "publisher": document.publisher,
        "published_on": document.published_on,
        "title": document.title,
        "url": document.url,
        "statements": source.statements,
        "credited": list(source.credited),
        "derived_from": [
            {"file": tie.file, "kind": tie.kind.value, "score": round(tie.score, 4), "passages": _passages(tie)}
            for tie in source.derived_from
        ],
        "possible": [{**_tie_record(tie), "passages": _passages(tie)} for tie in source.possible],
        "shares_with": [{**_tie_record(tie), "passages": _passages(tie)} for tie in source.shares_with],
        "own": [{"start": start, "end": end} for start, end in source.own],
    }


def facing_record(facing: desk.Facing) -> dict[str, Any]:
    """Two documents of a dossier with what they share and what the later one has of its own, offsets and words."""
    earlier, later, pair = facing.earlier.document, facing.later.document, facing.pair
    return {
        "file": facing.later.file,
        "document": later.id,
        "published_on": later.published_on,
        "source_file": facing.earlier.file,
        "source": earlier.id,
        "source_published_on": earlier.published_on,
        "kind": pair.kind.value,
        "score": round(pair.score, 4),
        "direction": facing.direction.value,
        "direction_words": word_direction(facing),
        "credits": [
            {
                "name": c.name,
                "start": c.start,
                "end": c.end,
                "is_whole": c.is_whole,
                "text": later.text[c.start : c.end],
            }
            for c in facing.credits
        ],
        "passages": [
            {
                **_passage(passage),
                "text": later.text[passage.start : passage.end],
                "source_text": earlier.text[passage.source_start : passage.source_end],
            }
            for passage in pair.passages
        ],
        "own": [{"start": start, "end": end, "text": later.text[start:end]} for start, end in facing.own],
    }


def card_record(card: desk.Card) -> dict[str, Any]:
    """A commitment on the board: its terms in the language and in words, its state, and what it rests on."""
    standing = card.standing
    commitment = standing.commitment
    return {
        "id": card.id,
        "debtor": commitment.debtor,
        "creditor": commitment.creditor,
        "force": standing.force.value,
        "when": card.when_text,
        "when_words": card.condition,
        "when_is_in_words": card.is_condition_in_words,
        "then": card.then_text,
        "then_words": card.deed,
        "then_is_in_words": card.is_deed_in_words,
        "by": commitment.term.by,
        "within": commitment.term.within,
        "due": card.due_on,
        "state": card.state.value,
        "since": card.way[-1][1],
        "grade": standing.grade,
        "is_imagined": standing.is_imagined,
        "answer": standing.antecedent.answer.value if standing.antecedent else None,
        "missing": [
            {"what": missing, "kind": lack.kind.value, "entry": lack.entry or None}
            for missing, lack in zip(card.missing, standing.missing, strict=True)
        ],
        "evidence": [
            {
                "entry": evidence.entry,
                "words": evidence.words,
                "happened_on": happening.happened_on,
                "assertion": evidence.assertion,
                "grade": evidence.grade,
                "origins": evidence.origins,
                "is_imagined": evidence.is_imagined,
            }
            for evidence, happening in zip(card.evidence, standing.evidence, strict=True)
        ],
        "done_before": [evidence.entry for evidence in card.early],
        "said": [
            {
                "act": saying.act.value,
                "said_on": saying.said_on,
                "known_on": saying.known_on,
                "force": saying.force.value if saying.force else None,
                "source": saying.source,
                "quote": said.quote,
            }
            for said, saying in zip(card.said, standing.sayings, strict=True)
        ],
        "way": [{"state": state.value, "since": since} for state, since in card.way],
        "notes": list(card.notes),
        "sources": list(commitment.sources),
        "decisions": [decision_record(decision) for decision in card.decisions],
    }


def move_record(move: desk.Moved) -> dict[str, Any]:
    """A commitment that moved: its state before and after, None where it was not on the board."""
    return {
        "id": move.card.id,
        "before": move.before.state.value if move.before else None,
        "after": move.after.state.value if move.after else None,
        "because": list(move.reasons),
        "commitment": card_record(move.card),
    }


def supposed_records(supposed: desk.Supposition) -> Iterator[dict[str, Any]]:
    """Each rung: what is supposed on it, and what that moves."""
    for number, rung in enumerate(supposed.rungs, 1):
        yield {
            "rung": number,
            "as_of": supposed.as_of,
            "supposed": list(rung.supposed),
            "moves": [move_record(move) for move in rung.moves],
        }


def chains_records(chains: desk.Chained) -> Iterator[dict[str, Any]]:
    """A line for each link, ladder, cycle and smallest set; ``sort`` says which."""
    for link in chains.links:
        yield {"sort": "link", "source": link.source, "target": link.target, "is_sure": link.is_sure}
    for ladder in chains.ladders:
        rungs = [list(rung) for rung in ladder.rungs]
        yield {"sort": "ladder", "event": ladder.condition, "words": ladder.event, "rungs": rungs}
    for cycle in chains.cycles:
        yield {"sort": "cycle", "ids": list(cycle)}
    yield {"sort": "most", **_sets_record(chains.most)}
    for identity, sets in chains.smallest.items():
        yield {"sort": "smallest", "id": identity, **_sets_record(sets)}


def _sets_record(sets: desk.Sets) -> dict[str, Any]:
    return {
        "sets": [list(events) for events in sets.sets],
        "sets_off": list(sets.sets_off),
        "is_exact": sets.is_exact,
    }


def decision_record(decision: desk.Decision) -> dict[str, Any]:
    """A decision with what it decides."""
    return {
        "id": decision.id,
        "kind": decision.kind,
        "target": decision.target,
        "decides": desk.terms_of(decision),
        "reason": decision.reason,
        "decided_by": decision.decided_by,
        "decided_on": decision.decided_on,
        "superseded_by": decision.superseded_by,
    }


def _tie_record(tie: desk.Tie) -> dict[str, Any]:
    return {"file": tie.file, "score": round(tie.score, 4)}


def _passages(tie: desk.Tie) -> list[dict[str, Any]]:
    return [_passage(passage) for passage in tie.passages]


def _passage(passage: SharedPassage) -> dict[str, Any]:
    """Offsets in the document, then in the other one."""
    return {
        "start": passage.start,
        "end": passage.end,
        "source_start": passage.source_start,
        "source_end": passage.source_end,
        "is_verbatim": passage.is_verbatim,
    }


def publisher_record(publisher: desk.Publisher) -> dict[str, Any]:
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


def lineage_record(source: desk.Source) -> dict[str, Any]:
    """A file, the file that it goes back to, those that it derives from, and those that it is merely like."""
    return {
        "file": source.file,
        "origin": source.origin,
        "derived_from": [
            {"file": tie.file, "kind": tie.kind.value, "score": round(tie.score, 4)} for tie in source.derived_from
        ],
        "origins": list(source.origins),
        "outside": source.outside,
        "possible": [_tie_record(tie) for tie in source.possible],
        "shares_with": [_tie_record(tie) for tie in source.shares_with],
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
