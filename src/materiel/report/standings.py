"""Standings of commitments in words: what the command prints and what the report shows on cards."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from materiel.commitments.answers import Lack, LackKind
from materiel.commitments.board import Change
from materiel.commitments.commitment import Act, Commitment, Saying, Side, Words
from materiel.commitments.days import iso, span_or_none, span_words
from materiel.commitments.happenings import Event, Happening, Turn
from materiel.commitments.names_in_words import actor_words, days_words
from materiel.commitments.printing import print_condition
from materiel.commitments.standing import Note, Standing
from materiel.commitments.tree import Compare, EventAtom, MeasureAtom, Not, PactAtom, StanceAtom, State, TransferAtom
from materiel.commitments.wording import say
from materiel.report.figures import counted, date_words
from materiel.terms.decisions import Decision
from materiel.terms.documents import Document
from materiel.terms.entries import Entry
from materiel.terms.statements import Assertion, Measure, Pact, Stance, Statement, Transfer

_ISO = re.compile(r"\b\d{4}(?:-\d\d){0,2}\b")
_LACKS = {
    LackKind.HAPPENING: "nobody reports it",
    LackKind.DAY: "it is told, but not on which day",
    LackKind.SUPPORT: "it is told, but not well enough",
    LackKind.DISPUTE: "it is stated and denied",
    LackKind.LEVEL: "only a simulation knows that",
    LackKind.CONTRARY: "nobody says so",
}
_ACTS = {
    Act.MADE: "first said",
    Act.REPEATED: "repeated",
    Act.HARDENED: "hardened",
    Act.SOFTENED: "softened",
    Act.RETRACTED: "taken back",
    Act.RELEASED: "released",
}


@dataclass(frozen=True, slots=True)
class Evidence:
    """Something that happened and bears on a commitment.

    Attributes:
        entry: the line of the register, or the analyst's event.
        words: what happened, as a clause.
        when: in words; "" where nobody says.
        grade: by the Admiralty code; None for what is imagined or ungraded.
        origins: independent ones that tell of it.
        assertion: stated, denied or unknown.
    """

    entry: str
    words: str
    when: str
    grade: str | None
    origins: int
    assertion: str
    is_imagined: bool


@dataclass(frozen=True, slots=True)
class Said:
    """What was said of a commitment.

    Attributes:
        act: in words: "first said", "repeated".
        when: in words.
        quote: verbatim; None where an analyst stands for it.
        outlet: the publisher of the document, if it says.
        is_repeated: it adds nothing to what was said before.
        source: id of the statement, entry or decision.
    """

    act: str
    when: str
    quote: str | None
    outlet: str | None
    is_repeated: bool
    source: str


@dataclass(frozen=True, slots=True)
class Card:
    """A commitment on the board, in words.

    Attributes:
        debtor: in words, as is the condition and the deed.
        condition: "" where nothing is asked for first.
        is_condition_in_words: the words are the source's own, and wait for an analyst.
        since: the day or days on which it came into its state, in words.
        due: by when it has to be done; "" where nothing says.
        early: what did the deed before the condition came, and so does not keep it.
        missing: what is missing for the next step, one sentence each.
        decisions: of analysts, in force.
    """

    standing: Standing
    debtor: str
    condition: str
    is_condition_in_words: bool
    deed: str
    is_deed_in_words: bool
    since: str
    due: str
    evidence: tuple[Evidence, ...]
    early: tuple[Evidence, ...]
    missing: tuple[str, ...]
    said: tuple[Said, ...]
    decisions: tuple[Decision, ...]

    @property
    def id(self) -> str:
        return self.standing.id

    @property
    def state(self) -> State:
        return self.standing.state

    @property
    def when_text(self) -> str | None:
        """The condition in the language; None where there is none, or it is kept in words."""
        return _text(self.standing.commitment.antecedent)

    @property
    def then_text(self) -> str | None:
        return _text(self.standing.commitment.consequent)

    @property
    def due_on(self) -> str | None:
        """ISO day by which it has to be done, once that is known."""
        return None if self.standing.due is None else iso(self.standing.due)

    @property
    def way(self) -> tuple[tuple[State, str], ...]:
        """Every state that it came into, with the ISO day or days."""
        return tuple((reached.state, span_words(reached.when)) for reached in self.standing.way)

    @property
    def notes(self) -> tuple[str, ...]:
        return tuple(note.value for note in self.standing.notes)

    @property
    def remarks(self) -> tuple[str, ...]:
        """The notes that the card does not show otherwise."""
        shown = {Note.CONDITION_IN_WORDS, Note.DEED_IN_WORDS}
        return tuple(note.value for note in self.standing.notes if note not in shown)

    @property
    def grade(self) -> str:
        return self.standing.grade or "none"


def card_of(
    standing: Standing,
    entries: Mapping[str, Entry],
    documents: Mapping[str, Document],
    decisions: Sequence[Decision] = (),
) -> Card:
    """A standing in words.

    Args:
        standing: where a commitment stands.
        entries: by id; those that it rests on give the quotes.
        documents: by id; they give the outlets.
        decisions: of analysts, on this commitment.
    """
    commitment = standing.commitment
    return Card(
        standing,
        debtor=actor_words(commitment.debtor),
        condition=side_words(commitment.antecedent) if commitment.antecedent else "",
        is_condition_in_words=isinstance(commitment.antecedent, Words),
        deed=side_words(commitment.consequent).removeprefix(f"{actor_words(commitment.debtor)}: "),
        is_deed_in_words=isinstance(commitment.consequent, Words),
        since=day_words(span_words(standing.since)),
        due=_due_words(standing),
        evidence=tuple(evidence_of(each) for each in standing.evidence),
        early=tuple(evidence_of(each) for each in standing.early),
        missing=tuple(_missing_words(lack, commitment) for lack in standing.missing),
        said=tuple(_said(commitment, standing.sayings, entries, documents)),
        decisions=tuple(decisions),
    )


def _text(side: Side | None) -> str | None:
    return None if side is None or isinstance(side, Words) else print_condition(side)


def side_words(side: Side) -> str:
    """A side in plain English; of one kept in words, the words."""
    return side.text if isinstance(side, Words) else say(side)


def day_words(text: str) -> str:
    """A text with its ISO dates written out: ``by 20 June 2024``."""
    return _ISO.sub(lambda found: date_words(found[0]), text)


def _missing_words(lack: Lack, commitment: Commitment) -> str:
    """What is missing; a side that is kept in words is not said again."""
    for side, what in ((commitment.antecedent, "condition"), (commitment.consequent, "deed")):
        if isinstance(side, Words) and lack.condition == side.condition:
            return f"an analyst's word: the {what} is known in the source's words alone"
    return lack_words(lack)


def lack_words(lack: Lack) -> str:
    """What is missing, as a sentence without its stop."""
    condition = Not(lack.condition) if lack.kind is LackKind.CONTRARY else lack.condition
    why = _LACKS[lack.kind]
    if lack.kind is LackKind.HAPPENING and isinstance(lack.condition, EventAtom):
        why = "no analyst has declared it"
    near = f" [{lack.entry}]" if lack.entry else ""
    return f"{say(condition)}: {why}{near}"


def evidence_of(happening: Happening) -> Evidence:
    """A happening in words."""
    return Evidence(
        entry=happening.entry,
        words=happening_words(happening),
        when="" if happening.happened_on is None else day_words(happening.happened_on),
        grade=happening.grade,
        origins=len(happening.tellings),
        assertion=happening.assertion.value,
        is_imagined=happening.is_imagined,
    )


def evidence_words(evidence: Evidence) -> str:
    """One line: what happened, when, who tells, how it is graded."""
    facts = [evidence.when]
    if evidence.is_imagined:
        facts.append("imagined")
    else:
        facts.append(counted(evidence.origins, "origin", "origins") if evidence.origins else "")
        facts.append(f"grade {evidence.grade}" if evidence.grade else "")
    if evidence.assertion != Assertion.STATED:
        facts.insert(0, evidence.assertion)
    known = ", ".join(fact for fact in facts if fact)
    return f"{evidence.words} ({known})" if known else evidence.words


@dataclass(frozen=True, slots=True)
class Moved:
    """A commitment that moved.

    Attributes:
        before: None where it was not on the board.
        after: None where it no longer is.
        reasons: what moved it, in words.
    """

    before: Card | None
    after: Card | None
    reasons: tuple[str, ...]

    @property
    def card(self) -> Card:
        card = self.after or self.before
        assert card is not None
        return card


def moved_words(change: Change) -> tuple[str, ...]:
    """Why a commitment moved."""
    reasons = [
        f"it was {_ACTS[saying.act]} {day_words(saying.said_on or '')}".rstrip() + f" [{saying.source}]"
        for saying in change.sayings
    ]
    reasons += [
        f"{evidence_words(evidence_of(each))}" + ("" if each.is_imagined else f" [{each.entry}]")
        for each in change.happenings
    ]
    if change.is_time:
        reasons.append("time passed")
    return tuple(reasons)


def happening_words(happening: Happening) -> str:
    """What happens, as a clause."""
    deed = happening.deed
    match deed:
        case Event(what):
            return f"“{what}”"
        case Turn(commitment, state):
            return f"commitment {commitment} becomes {state}"
        case Transfer() | Pact() | Stance() | Measure():
            return claim_words(deed)


def claim_words(claim: Transfer | Pact | Stance | Measure) -> str:
    """What a line of the register says, as a condition would put it; an open party is "somebody"."""
    match claim:
        case Transfer():
            return say(
                TransferAtom(_names(claim.supplier), _names(claim.recipient), claim.materiel or None, claim.stage)
            ).removesuffix(", or goes further")
        case Pact():
            parties = tuple((party,) for party in claim.parties)
            return say(PactAtom(parties, claim.pact, claim.status)).removesuffix(", or go further")
        case Stance():
            return say(StanceAtom(_names(claim.holder), claim.stance, _names(claim.supplier), _names(claim.recipient)))
        case Measure():
            atom = MeasureAtom(_names(claim.subject), claim.measure, claim.unit, Compare.EQUAL, claim.value)
            return say(atom).replace(" is exactly ", " is ")


def _names(name: str | None) -> tuple[str, ...] | None:
    return (name,) if name else None


def _due_words(standing: Standing) -> str:
    if standing.due is not None:
        return f"by {day_words(iso(standing.due))}" if standing.due < date.max.toordinal() else ""
    within = standing.commitment.term.within
    return f"within {days_words(within)} of the condition" if within is not None else ""


def _said(
    commitment: Commitment,
    sayings: Sequence[Saying],
    entries: Mapping[str, Entry],
    documents: Mapping[str, Document],
) -> Iterator[Said]:
    statements: dict[str, Statement] = {
        statement.id: statement
        for source in commitment.sources
        if source in entries
        for statement in entries[source].statements
    }
    for saying in sayings:
        statement = statements.get(saying.source)
        outlet = documents[statement.document].publisher if statement else None
        when = day_words(saying.said_on) if span_or_none(saying.said_on) and saying.said_on else "on a day not given"
        yield Said(
            _ACTS[saying.act],
            when,
            statement.quote if statement else None,
            outlet,
            saying.act is Act.REPEATED,
            saying.source,
        )


@dataclass(frozen=True, slots=True)
class Ladder:
    """What follows from one outside event, in words: the ids that each rung sets off."""

    event: str
    condition: str
    rungs: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Link:
    """What keeping one commitment brings about is what another waits for, surely or perhaps."""

    source: str
    target: str
    is_sure: bool


@dataclass(frozen=True, slots=True)
class BoardShown:
    """The board as a briefing shows it.

    Attributes:
        as_of: ISO day that it is of.
        cards: in the order of the board.
        ladders: what follows from one event, the longest first.
        links: between the commitments of the ladders.
        cycles: who escalates into whom: ids, the shortest cycle first.
    """

    as_of: str
    cards: tuple[Card, ...]
    ladders: tuple[Ladder, ...]
    links: tuple[Link, ...]
    cycles: tuple[tuple[str, ...], ...] = ()
