"""How a line looks: the few groups of stage and assertion that a reader must never confuse."""

from __future__ import annotations

from enum import StrEnum

from materiel.terms.statements import Assertion, Claim, Commitment, Pact, Stage, Transfer


class Status(StrEnum):
    """What a supply is, for its line in a figure; other kinds of entry are ``other``."""

    DELIVERED = "delivered"
    PROSPECTIVE = "prospective"
    STOPPED = "stopped"
    OPEN = "open"
    DENIED = "denied"
    OTHER = "other"


LABELS: dict[Status, str] = {
    Status.DELIVERED: "Delivered",
    Status.PROSPECTIVE: "Prospective: requested, considered, pledged or ordered",
    Status.STOPPED: "Withheld or halted",
    Status.OPEN: "Not known, or only supposed",
    Status.DENIED: "Denied",
}
"""The legend, in its order."""

SHORT: dict[Status, str] = {
    Status.DELIVERED: "delivered",
    Status.PROSPECTIVE: "prospective",
    Status.STOPPED: "withheld or halted",
    Status.OPEN: "not known",
    Status.DENIED: "denied",
}
"""The same for a table cell or a filter."""

_ASSERTED = {
    Assertion.UNKNOWN: Status.OPEN,
    Assertion.HYPOTHETICAL: Status.OPEN,
    Assertion.DENIED: Status.DENIED,
}
_STAGED = {
    Stage.DELIVERED: Status.DELIVERED,
    Stage.WITHHELD: Status.STOPPED,
    Stage.HALTED: Status.STOPPED,
}


def status_of(claim: Claim) -> Status:
    """The group of a claim; what is not asserted as a fact is never shown as one, whatever its stage."""
    if not isinstance(claim, Transfer):
        return Status.OTHER
    return _ASSERTED.get(claim.assertion) or _STAGED.get(claim.stage, Status.PROSPECTIVE)


def stage_word(claim: Claim) -> str:
    """The one word of the register's stage column: how far a supply or a pact is, or what kind of line this is."""
    match claim:
        case Transfer(assertion=Assertion.STATED):
            return claim.stage.value
        case Transfer(assertion=Assertion.HYPOTHETICAL):
            return "supposed"
        case Transfer():
            return f"{claim.stage.value}: {'not known' if claim.assertion is Assertion.UNKNOWN else 'denied'}"
        case Commitment():
            return claim.force.value
        case Pact():
            return claim.status.value.replace("-", " ")
        case _:
            return "stance" if claim.kind == "stance" else "figure"


def stage_of(claim: Claim) -> str | None:
    """The stage or status that a claim has, in the terms of an entry's steps; None for kinds without stages."""
    match claim:
        case Transfer():
            return claim.stage.value
        case Pact():
            return claim.status.value
    return None


def vagueness(claim: Claim) -> int:
    """How many slots of a claim are open or free text: of two lines with equal support the plainer one comes first."""
    match claim:
        case Transfer():
            return (claim.supplier is None) + (claim.recipient is None)
        case Commitment():
            # A trigger that can be watched for comes before a consequence that can be named.
            sides = ((claim.antecedent, 3), (claim.consequent, 2))
            return sum(
                free if side.kind != "transfer" else None in (side.supplier, side.recipient) for side, free in sides
            )
    return 0
