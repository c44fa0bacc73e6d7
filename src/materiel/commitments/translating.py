"""What was read to commitments: its clauses in the language where it can be, in words where it cannot.

A clause of a supply is translated where it names both parties (what the debtor does may leave the supplier to be the
debtor). Where a party is open, ``*`` would let anybody's supply set the commitment off, so the clause stays in
words. Events
and policies stay in words. A pact's trigger that speaks of war or attack becomes an event for each party, since a
pact of
mutual defence says what follows; any other trigger stays in words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from materiel.commitments.commitment import Act, Commitment, Saying, Side, Words
from materiel.commitments.days import span_or_none
from materiel.commitments.names_in_words import actor_words, joined, materiel_words
from materiel.commitments.tree import EventAtom, Or, TransferAtom
from materiel.terms.entries import Entry, Step
from materiel.terms.materiel import materiel_classes
from materiel.terms.statements import Assertion, Clause, Force, Pact, PactKind, PactStatus, Stage, Statement
from materiel.terms.statements import Commitment as ReadCommitment

Published = Mapping[str, str | None]

_ATTACK = re.compile(r"\b(?:attack|invad|invasion|aggress|assault|armed|war\b|hostilit)", re.IGNORECASE)
_HELP = ("arms", "intelligence", "personnel", "training")
"""What counts as coming to a party's help by a pact of mutual defence."""
_HARDNESS = {Force.POLICY: 0, Force.PROMISE: 1, Force.THREAT: 1}
_BINDING = frozenset((PactStatus.SIGNED, PactStatus.RATIFIED, PactStatus.IN_FORCE))


def commitments_from(entries: Iterable[Entry], published: Published | None = None) -> tuple[Commitment, ...]:
    """The commitments that entries tell of: their own, and those of each party to a pact with a trigger; sorted by id.

    Args:
        entries: of any kind.
        published: the day of publication of each document by its id; without it each step of an entry counts from
            the day when it first became known.
    """
    found: list[Commitment] = []
    for entry in entries:
        match entry.claim:
            case ReadCommitment() as claim if claim.debtor:
                found.append(_from_read(entry, claim, claim.debtor, published or {}))
            case Pact() as pact if pact.trigger and pact.trigger.strip():
                found.extend(_from_pact(entry, pact, published or {}))
            case _:
                pass
    return tuple(sorted(found, key=lambda commitment: commitment.id))


def _from_read(entry: Entry, claim: ReadCommitment, debtor: str, published: Published) -> Commitment:
    return Commitment(
        id=entry.id,
        debtor=debtor,
        antecedent=translate_clause(claim.antecedent),
        consequent=translate_clause(claim.consequent, debtor),
        force=claim.force,
        sayings=_sayings(entry, published),
        sources=(entry.id,),
        grade=str(entry.grade),
    )


def translate_clause(clause: Clause, debtor: str | None = None) -> Side:
    """A clause in the language, or in words.

    Args:
        clause: either side of a commitment.
        debtor: of a consequent: who supplies where the clause does not say.
    """
    if clause.kind == "transfer":
        supplier = clause.supplier or debtor
        classes = tuple(name for name in clause.materiel if name in materiel_classes())
        if supplier and clause.recipient and len(classes) == len(clause.materiel):
            return TransferAtom((supplier,), (clause.recipient,), classes or None, Stage.DELIVERED)
        return Words(_supply_words(supplier, clause))
    who = clause.who or debtor
    what = " ".join((clause.what or "what the quote says").split())
    return Words(f"{actor_words(who)}: {what}" if who else what)


def _supply_words(supplier: str | None, clause: Clause) -> str:
    goods = materiel_words(clause.materiel or None, "and")
    to = f" to {actor_words(clause.recipient)}" if clause.recipient else ""
    if supplier:
        return f"{actor_words(supplier)} supplies {goods}{to}"
    return f"{goods} supplied{to}"


def _sayings(entry: Entry, published: Published) -> tuple[Saying, ...]:
    """What was said, one saying for each day and force: made first, then repeated, hardened or softened."""
    said: dict[tuple[str, str], Saying] = {}
    for step, statement in _statements(entry):
        known_on = published.get(statement.document, step.known_on)
        force = Force(step.stage)
        said_on = step.happened_on or known_on
        said.setdefault((known_on or "", force.value), Saying(Act.REPEATED, said_on, known_on, statement.id, force))
    ordered = sorted(said.values(), key=lambda saying: (_known(saying), saying.source))
    sayings: list[Saying] = []
    for saying in ordered:
        act = Act.MADE if not sayings else change_of(sayings[-1].force, saying.force)
        sayings.append(Saying(act, saying.said_on, saying.known_on, saying.source, saying.force))
    return tuple(sayings)


def _statements(entry: Entry) -> Iterator[tuple[Step, Statement]]:
    statements = {statement.id: statement for statement in entry.statements}
    for step in entry.history:
        if step.assertion == Assertion.STATED:
            yield from ((step, statements[each]) for each in step.statements if each in statements)


def _known(saying: Saying) -> tuple[int, int]:
    """What has no date of publication comes last: nobody can say what it followed."""
    span = span_or_none(saying.known_on)
    return span or (10**7, 10**7)


def change_of(before: Force | None, after: Force | None) -> Act:
    """What saying a commitment again makes of its force; None: the force is not said, and does not change."""
    if after is None:
        return Act.REPEATED
    was, is_now = _HARDNESS[before or Force.POLICY], _HARDNESS[after]
    return Act.REPEATED if was == is_now else Act.HARDENED if is_now > was else Act.SOFTENED


def _from_pact(entry: Entry, pact: Pact, published: Published) -> Iterator[Commitment]:
    """One commitment of each party towards the others; from the day it was signed, until it ended."""
    sayings = _pact_sayings(entry, published)
    trigger = " ".join((pact.trigger or "").split())
    if not sayings or len(set(pact.parties)) < 2:
        return
    for debtor in sorted(set(pact.parties)):
        others = tuple(sorted(set(pact.parties) - {debtor}))
        named = joined([actor_words(other) for other in others], "or")
        is_defence = pact.pact is PactKind.MUTUAL_DEFENCE
        consequent: Side = Words(f"{actor_words(debtor)}: comes to the help of {named}")
        if is_defence:
            consequent = TransferAtom((debtor,), others, _HELP, Stage.DELIVERED)
        yield Commitment(
            id=f"{entry.id}-{debtor}",
            debtor=debtor,
            antecedent=_trigger(trigger, others) if is_defence else Words(trigger),
            consequent=consequent,
            force=Force.PROMISE,
            sayings=sayings,
            creditor=others[0] if len(others) == 1 else None,
            sources=(entry.id,),
            grade=str(entry.grade),
        )


def attack_on(actor: str) -> EventAtom:
    """The event that a pact of mutual defence waits for."""
    return EventAtom(f"armed attack on {actor_words(actor)}")


def _trigger(trigger: str, others: tuple[str, ...]) -> Side:
    if not _ATTACK.search(trigger):
        return Words(trigger)
    attacks = tuple(attack_on(other) for other in others)
    return attacks[0] if len(attacks) == 1 else Or(attacks)


def _pact_sayings(entry: Entry, published: Published) -> tuple[Saying, ...]:
    """Made by the first step that binds, known once the trigger is; released by the pact's end."""
    sayings: list[Saying] = []
    triggers = [
        day
        for step, statement in _statements(entry)
        if isinstance(statement.claim, Pact) and statement.claim.trigger
        if (day := published.get(statement.document, step.known_on))
    ]
    for step in entry.history:
        if step.assertion != Assertion.STATED:
            continue
        source = step.statements[0] if step.statements else entry.id
        if step.stage in _BINDING and not sayings:
            # Without a dated trigger the binding step is all there is to go by.
            known_on = max(filter(None, (step.known_on, min(triggers, default=None))), default=None)
            sayings.append(Saying(Act.MADE, step.happened_on or step.known_on, known_on, source, Force.PROMISE))
        elif step.stage == PactStatus.ENDED and sayings:
            sayings.append(Saying(Act.RELEASED, step.happened_on or step.known_on, step.known_on, source))
    return tuple(sayings)
