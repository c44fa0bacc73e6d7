"""Every phrase that the report builds from an entry's slots: the one place where claims become English.

Phrases say what the slots hold and nothing more. A function named ``*_clause`` gives words for the middle of a
sentence; :func:`materiel.report.names.sentence` makes a sentence of them.
"""

from __future__ import annotations

import dataclasses

from materiel.report.clauses import antecedent_clause, consequent_clause
from materiel.report.figures import money_words, number_words
from materiel.report.names import actor_words, joined, materiel_words
from materiel.terms.statements import (
    Attitude,
    Claim,
    Commitment,
    Force,
    Measure,
    Pact,
    PactKind,
    PactStatus,
    Stage,
    Stance,
    Transfer,
)

_STAGE_ACTIVE = {
    Stage.REQUESTED: "{recipient} has asked {supplier} for {materiel}",
    Stage.CONSIDERED: "{supplier} is considering supplying {recipient} with {materiel}",
    Stage.PLEDGED: "{supplier} has pledged {materiel} to {recipient}",
    Stage.ORDERED: "{recipient} has ordered {materiel} from {supplier}",
    Stage.DELIVERED: "{supplier} has supplied {recipient} with {materiel}",
    Stage.WITHHELD: "{supplier} is withholding {materiel} from {recipient}",
    Stage.HALTED: "{supplier} has halted supplies of {materiel} to {recipient}",
}
PACT_NOUNS = {
    PactKind.MUTUAL_DEFENCE: "a mutual-defence pact",
    PactKind.COOPERATION: "a cooperation agreement",
    PactKind.ARMS_DEAL: "an arms deal",
    PactKind.CO_PRODUCTION: "a co-production agreement",
    PactKind.OTHER: "an agreement",
}
_PACT_VERBS = {
    PactStatus.PROPOSED: "{pact} between {parties} is proposed",
    PactStatus.SIGNED: "{parties} have signed {pact}",
    PactStatus.RATIFIED: "{parties} have ratified {pact}",
    PactStatus.IN_FORCE: "{parties} are bound by {pact} in force",
    PactStatus.ENDED: "{parties} have ended {pact}",
}
_FORCES = {
    Force.THREAT: "{debtor} has made a conditional threat",
    Force.PROMISE: "{debtor} has made a conditional promise",
    Force.POLICY: "{debtor} follows a conditional policy",
}
STANCES = {
    Attitude.SUPPORTS: "supports",
    Attitude.OPPOSES: "opposes",
    Attitude.WARNS: "warns against",
}


def details(claim: Transfer) -> str:
    """Number, value and route, as the entry holds them: "180 tanks, worth 3.4 billion US dollars, by way of Poland"."""
    parts = []
    if claim.quantity is not None:
        # "tanks (180 tanks)" says it twice.
        unit = "" if claim.unit == materiel_words(claim.materiel) else f" {claim.unit or 'items'}"
        parts.append(number_words(claim.quantity) + unit)
    if claim.value_usd is not None:
        parts.append(f"worth {money_words(claim.value_usd, 'USD')}")
    elif claim.value is not None:
        parts.append(f"worth {money_words(claim.value, claim.currency)}")
    if claim.via:
        parts.append(f"by way of {actor_words(claim.via, '')}")
    return ", ".join(parts)


def transfer_clause(claim: Transfer) -> str:
    """The supply at its stage, as if asserted; the caller says by whom."""
    if len(claim.materiel) > 1:
        # Of several classes the entry does not say which one a number or a value counts.
        claim = dataclasses.replace(claim, quantity=None, value=None, value_usd=None)
    extra = details(claim)
    template = _STAGE_ACTIVE[claim.stage]
    if claim.stage is Stage.DELIVERED and not (claim.supplier or claim.supplier_name):
        template = "{recipient} has received {materiel} from {supplier}"
    return template.format(
        supplier=actor_words(claim.supplier, "an unnamed supplier", claim.supplier_name),
        recipient=actor_words(claim.recipient, "an unnamed recipient", claim.recipient_name),
        materiel=materiel_words(claim.materiel) + (f" ({extra})" if extra else ""),
    )


def pact_clause(claim: Pact) -> str:
    """The pact and how far it is."""
    parties = [actor_words(party, "") for party in claim.parties]
    if len(parties) < 2:
        parties.append("a party not named")
    return _PACT_VERBS[claim.status].format(parties=joined(parties), pact=PACT_NOUNS[claim.pact])


def commitment_clause(claim: Commitment) -> str:
    """The commitment in one clause: "South Korea has made a conditional threat: if ..., then ..."."""
    lead = _FORCES[claim.force].format(debtor=actor_words(claim.debtor, "someone"))
    return f"{lead}: if {antecedent_clause(claim.antecedent)}, then {consequent_clause(claim.consequent, claim.debtor)}"


def supply_words(supplier: str | None, recipient: str | None) -> str:
    """A supply that a stance is about."""
    match supplier, recipient:
        case None, None:
            return "arms supplies"
        case None, str():
            return f"arms supplies to {actor_words(recipient, '')}"
        case str(), None:
            return f"arms supplies from {actor_words(supplier, '')}"
    return f"arms supplies from {actor_words(supplier, '')} to {actor_words(recipient, '')}"


def measure_words(claim: Measure) -> str:
    """The figure itself: "export value 14 billion US dollars, 2023"."""
    amount = money_words(claim.value, claim.unit) if _is_currency(claim.unit) else number_words(claim.value)
    unit = f" {claim.unit}" if claim.unit and not _is_currency(claim.unit) else ""
    name = "" if claim.measure.value == "other" else claim.measure.value.replace("-", " ") + " "
    return f"{name}{amount}{unit}" + (f", {claim.period}" if claim.period else "")


def _is_currency(unit: str | None) -> bool:
    return unit is not None and len(unit) == 3 and unit.isupper()


def claim_clause(claim: Claim) -> str:
    """Any claim as a clause, as if asserted."""
    match claim:
        case Transfer():
            return transfer_clause(claim)
        case Commitment():
            return commitment_clause(claim)
        case Pact():
            return pact_clause(claim)
        case Stance():
            holder = actor_words(claim.holder, "an unnamed actor")
            return f"{holder} {STANCES[claim.stance]} {supply_words(claim.supplier, claim.recipient)}"
        case Measure():
            return f"{actor_words(claim.subject, 'an unnamed actor')}: {measure_words(claim)}"
