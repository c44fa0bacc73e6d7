"""The rows of the register, the commitments and the sources, ready for the page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from materiel.report.attribution import support_words
from materiel.report.briefing import Briefing, SourceDocument
from materiel.report.clauses import antecedent_clause, consequent_clause
from materiel.report.names import actor_label, joined, materiel_words
from materiel.report.statuses import Status, stage_word, status_of, vagueness
from materiel.report.wording import PACT_NOUNS, STANCES, details, measure_words, supply_words
from materiel.terms.entries import Backing, Entry, outside_name
from materiel.terms.lineage import Derivation
from materiel.terms.statements import Claim, Commitment, Measure, Pact, Stance, Statement, Transfer

KINDS = {
    "transfer": "Transfers",
    "commitment": "Commitments",
    "pact": "Pacts",
    "stance": "Stances",
    "measure": "Figures",
}
CONTEXT = 140
"""So many characters of the document are shown on each side of a quote."""


@dataclass(frozen=True)
class Evidence:
    """A statement as the page shows it: the quote inside its surroundings, where it stands, and whose account it is.

    Attributes:
        carried_from: id of the document from which it is carried along, or None.
        outside: the name of the outside source that is credited with it, or None.
    """

    statement: Statement
    before: str
    after: str
    publisher: str
    published_on: str | None
    carried_from: str | None
    outside: str | None


@dataclass(frozen=True)
class Row:
    """An entry as a line of the register; ``support`` names its origins in words."""

    entry: Entry
    who: str
    what: str
    stage: str
    status: Status
    known_on: str
    support: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True)
class Card:
    """A commitment or a pact with a trigger clause, in words."""

    row: Row
    antecedent: str
    consequent: str


@dataclass(frozen=True)
class SourceRow:
    """A document, how many statements it yields, what it derives from, and whom it credits.

    ``outside`` is the source outside these documents after which it reports as a whole, None for what derives from one
    of them; ``credited`` are those that it names for something, sorted.
    """

    source: SourceDocument
    count: int
    derivations: tuple[Derivation, ...]
    link: str | None
    outside: str | None
    credited: tuple[str, ...]


@dataclass(frozen=True)
class Family:
    """An origin and what goes back to it, the origin first."""

    origin: SourceRow
    derived: tuple[SourceRow, ...]


def register_rows(briefing: Briefing) -> tuple[Row, ...]:
    """Every entry once: by kind, then by who, best supported first."""
    kinds = list(KINDS)
    outlets = {identity: briefing.publisher(identity) for identity in briefing.by_id}
    rows = [_row(briefing, entry, outlets) for entry in briefing.entries]
    return tuple(sorted(rows, key=lambda r: (kinds.index(r.entry.kind), r.who, -r.entry.support, r.entry.id)))


def _row(briefing: Briefing, entry: Entry, outlets: Mapping[str, str]) -> Row:
    who, what = _who_and_what(entry.claim)
    known = max((step.known_on for step in entry.history if step.known_on), default="")
    evidence = tuple(_evidence(briefing, *pair) for pair in zip(entry.statements, entry.backings, strict=True))
    stage, status = stage_word(entry.claim), status_of(entry.claim)
    return Row(entry, who, what, stage, status, known, support_words(entry, outlets), evidence)


def _who_and_what(claim: Claim) -> tuple[str, str]:
    match claim:
        case Transfer():
            extra = details(claim)
            pair = (
                f"{actor_label(claim.supplier, claim.supplier_name)} → "
                f"{actor_label(claim.recipient, claim.recipient_name)}"
            )
            return pair, materiel_words(claim.materiel) + (f" ({extra})" if extra else "")
        case Commitment():
            return actor_label(claim.debtor), (
                f"If {antecedent_clause(claim.antecedent)}: {consequent_clause(claim.consequent, claim.debtor)}"
            )
        case Pact():
            return joined([actor_label(party) for party in claim.parties]), PACT_NOUNS[claim.pact].partition(" ")[2]
        case Stance():
            return actor_label(claim.holder), f"{STANCES[claim.stance]} {supply_words(claim.supplier, claim.recipient)}"
        case Measure():
            return actor_label(claim.subject), measure_words(claim)


def _evidence(briefing: Briefing, statement: Statement, backing: Backing) -> Evidence:
    document = briefing.by_id[statement.document].document
    return Evidence(
        statement,
        _before(document.text, statement.start),
        _after(document.text, statement.end),
        briefing.publisher(statement.document),
        document.published_on,
        backing.carried_from,
        outside_name(backing.origin),
    )


# A line break is where a paragraph or a headline ends; beyond it the words are no context of the quote. Where the
# context is cut short, it is cut between words and says so.
def _before(text: str, start: int) -> str:
    line = text[:start].rpartition("\n")[2].lstrip()
    return line if len(line) <= CONTEXT else "… " + line[-CONTEXT:].partition(" ")[2]


def _after(text: str, end: int) -> str:
    line = text[end:].partition("\n")[0].rstrip()
    return line if len(line) <= CONTEXT else line[:CONTEXT].rpartition(" ")[0] + " …"


def cards(rows: Sequence[Row]) -> tuple[Card, ...]:
    """Commitments, best supported first, then the pacts that say when they bind."""
    found = []
    for row in rows:
        claim = row.entry.claim
        if isinstance(claim, Commitment):
            consequent = consequent_clause(claim.consequent, claim.debtor)
            found.append(Card(row, antecedent_clause(claim.antecedent), consequent))
        elif isinstance(claim, Pact) and claim.trigger:
            found.append(Card(row, "", ""))
    return tuple(
        sorted(
            found,
            key=lambda c: (
                c.row.entry.kind == "pact",
                -c.row.entry.support,
                vagueness(c.row.entry.claim),
                c.row.entry.id,
            ),
        )
    )


def families(briefing: Briefing) -> tuple[Family, ...]:
    """The documents by the origin that they go back to, oldest origin first."""
    counts = Counter(statement.document for statement in briefing.statements.values())
    rows = {source.document.id: _source_row(briefing, source, counts) for source in briefing.documents}
    members: dict[str, list[SourceRow]] = {}
    for identity, row in rows.items():
        members.setdefault(briefing.lineage.origin_of(identity), []).append(row)
    made = []
    for origin, family in members.items():
        ordered = sorted(family, key=lambda row: (row.source.document.id != origin, *_age(row)))
        made.append(Family(ordered[0], tuple(ordered[1:])))
    return tuple(sorted(made, key=lambda family: _age(family.origin)))


def _age(row: SourceRow) -> tuple[str, str]:
    return row.source.document.published_on or "9999", row.source.document.id


def _source_row(briefing: Briefing, source: SourceDocument, counts: Counter[str]) -> SourceRow:
    url = source.document.url or ""
    # Any other scheme (javascript:, data:, file:) would act in the reader's browser, not lead to an article.
    link = url if url.lower().startswith(("http://", "https://")) else None
    identity, lineage = source.document.id, briefing.lineage
    derivations = tuple(d for d in lineage.derivations if d.document == identity)
    # What derives from nothing here may still have its origin in another document: one that had the source first.
    origin = lineage.origin_of(identity)
    outside = lineage.outside.get(origin) if origin == identity or not derivations else None
    credited = tuple(sorted({credit.name for credit in lineage.credits.get(identity, ())} - {outside}))
    return SourceRow(source, counts[identity], derivations, link, outside, credited)
