"""Claims, entries and derivations in the words of a table: actors by name, classes by label, figures with units."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePath

from materiel import desk
from materiel.terms.actors import actor_name
from materiel.terms.entries import Entry
from materiel.terms.lineage import DerivationKind
from materiel.terms.materiel import materiel_classes
from materiel.terms.statements import Claim, Clause, Commitment, Measure, Pact, Stance, Transfer

OPEN = "(open)"
"""Stands for an actor whom the text leaves open."""


def name_actor(code: str | None, firm: str | None = None) -> str:
    """An actor's name, with the firm that acts for it: ``South Korea (Hyundai Rotem)``."""
    name = actor_name(code) if code else OPEN
    return f"{name} ({firm})" if firm and firm != code else name


def name_goods(classes: Iterable[str]) -> str:
    """Classes by their labels, separated by commas."""
    labels = materiel_classes()
    return ", ".join(labels[name].label if name in labels else name for name in classes)


def name_pair(supplier: str | None, recipient: str | None) -> str:
    return f"{name_actor(supplier)} → {name_actor(recipient)}"


def word_figures(claim: Transfer) -> str:
    """Quantity and money of a transfer, or nothing."""
    parts = []
    if claim.quantity is not None:
        parts.append(f"{claim.quantity:,.15g} {claim.unit or 'items'}")
    if claim.value_usd is not None:
        parts.append(f"US$ {claim.value_usd:,.15g}")
    elif claim.value is not None:
        parts.append(f"{claim.value:,.15g} {claim.currency or ''}".strip())
    return ", ".join(parts)


def word_clause(clause: Clause) -> str:
    """One side of a condition in a few words."""
    if clause.kind == "transfer":
        return f"{name_pair(clause.supplier, clause.recipient)}: {name_goods(clause.materiel) or 'supply'}"
    return f"{name_actor(clause.who)}: {clause.what or '?'}" if clause.who else clause.what or "?"


def word_claim(claim: Claim) -> str:
    """A claim on one line."""
    match claim:
        case Transfer():
            via = f" via {name_actor(claim.via)}" if claim.via else ""
            pair = f"{name_actor(claim.supplier, claim.supplier_name)} → " + name_actor(
                claim.recipient, claim.recipient_name
            )
            parts = [name_goods(claim.materiel), word_figures(claim), claim.stage.value]
            if claim.assertion != "stated":
                parts.append(claim.assertion.value)
            parts.append(claim.date or "")
            return f"{pair}{via}: " + "; ".join(part for part in parts if part)
        case Commitment():
            return (
                f"{name_actor(claim.debtor)} ({claim.force.value}): if {word_clause(claim.antecedent)}, "
                f"then {word_clause(claim.consequent)}"
            )
        case Pact():
            parties = " and ".join(actor_name(party) for party in claim.parties)
            date = f"; {claim.date}" if claim.date else ""
            trigger = f"; binds: {claim.trigger}" if claim.trigger else ""
            return f"{parties}: {claim.pact.value}; {claim.status.value}{date}{trigger}"
        case Stance():
            return f"{name_actor(claim.holder)} {claim.stance.value} {name_pair(claim.supplier, claim.recipient)}"
        case Measure():
            period = f" ({claim.period})" if claim.period else ""
            unit = f" {claim.unit}" if claim.unit else ""
            return f"{name_actor(claim.subject)}: {claim.measure.value} {claim.value:,.15g}{unit}{period}"


def word_state(entry: Entry) -> str:
    """Where an entry stands: its stage or status, and whether that is disputed, denied or not known."""
    claim = entry.claim
    stage = {Transfer: "stage", Pact: "status", Commitment: "force", Stance: "stance"}.get(type(claim))
    words = [str(getattr(claim, stage))] if stage else []
    assertion = str(getattr(claim, "assertion", "stated"))
    if assertion == "unknown":
        words.append("not known")
    elif assertion == "denied":
        words.append("denied")
    if entry.is_disputed:
        words.append("disputed")
    elif any(step.assertion == "unknown" for step in entry.history) and assertion == "stated":
        words.append("in part not known")
    return ", ".join(words)


def word_when(entry: Entry) -> str:
    """The claim's own date, else the day on which the last step became known, marked as a report's date."""
    if date := getattr(entry.claim, "date", None):
        return str(date)
    known = [step.known_on for step in entry.history if step.known_on]
    return f"rep. {max(known)}" if known else ""


def word_pair(facing: desk.Facing) -> str:
    """How the later of two documents stands to the earlier: ``b.txt is a rewrite of a.txt, score 0.97``."""
    later, earlier, kind = PurePath(facing.later.file).name, PurePath(facing.earlier.file).name, facing.pair.kind
    score = f"score {facing.pair.score:.2f}"
    match kind:
        case DerivationKind.POSSIBLE:
            return f"{later} possibly derives from {earlier}: it cannot be told, {score}"
        case DerivationKind.INDEPENDENT:
            return f"{later} is independent of {earlier}, {score}"
        case DerivationKind.PARTIAL:
            return f"{later} has a part from {earlier}, {score}"
        case DerivationKind.DIGEST:
            return f"{later} is a digest of several, {earlier} being one, {score}"
    return f"{later} is a {kind.value.replace('-', ' ')} of {earlier}, {score}"


def word_direction(facing: desk.Facing) -> str:
    """What shows which of two documents is the later one."""
    match facing.direction:
        case desk.Direction.DATE:
            return f"by date, {facing.earlier.document.published_on} and {facing.later.document.published_on}"
        case desk.Direction.CREDIT:
            return f"by credit: the later one names {facing.earlier.document.publisher}; dates do not tell"
        case desk.Direction.CONTENT:
            return "by what each adds to the other and leaves out; dates do not tell"
    return "none: the two have the same words, and dates do not tell which was first"
