"""Statements: what a document says about arms supply, with the words that say it.

The slots and their values are those of the annotation guide (docs/vocabulary.md). A statement is a claim plus its
evidence; its id is computed from both, so that reading a document twice adds nothing.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, ClassVar


class Stage(StrEnum):
    """How far a supply has come, from a wish to a fact; the last two are its negatives."""

    REQUESTED = "requested"
    CONSIDERED = "considered"
    PLEDGED = "pledged"
    ORDERED = "ordered"
    DELIVERED = "delivered"
    WITHHELD = "withheld"
    HALTED = "halted"


class Assertion(StrEnum):
    """What the text does with a claim."""

    STATED = "stated"
    DENIED = "denied"
    UNKNOWN = "unknown"
    HYPOTHETICAL = "hypothetical"


class Force(StrEnum):
    """What kind of commitment a conditional is."""

    THREAT = "threat"
    PROMISE = "promise"
    POLICY = "policy"


class PactKind(StrEnum):
    MUTUAL_DEFENCE = "mutual-defence"
    COOPERATION = "cooperation"
    ARMS_DEAL = "arms-deal"
    CO_PRODUCTION = "co-production"
    OTHER = "other"


class PactStatus(StrEnum):
    PROPOSED = "proposed"
    SIGNED = "signed"
    RATIFIED = "ratified"
    IN_FORCE = "in-force"
    ENDED = "ended"


class Attitude(StrEnum):
    """A stance towards a supply."""

    SUPPORTS = "supports"
    OPPOSES = "opposes"
    WARNS = "warns"


class MeasureName(StrEnum):
    EXPORT_VALUE = "export-value"
    PRODUCTION_RATE = "production-rate"
    STOCK = "stock"
    NEED_RATE = "need-rate"
    LOSSES = "losses"
    PERSONNEL = "personnel"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Transfer:
    """A supply from one actor to another.

    Actors are ISO 3166-1 alpha-3 codes for states, NATO/EU/UN/G7 for bodies, otherwise the name as written; None
    where the text leaves the actor open. ``supplier_name`` is the firm as written where ``supplier`` is its state.
    ``quantity`` is a count of ``unit``; ``value`` is money in ``currency`` (ISO 4217), ``value_usd`` in US dollars
    where the text gives dollars. ``date`` is an ISO day, month or year (``2024-06-20``, ``2024-06``, ``2024``).
    """

    kind: ClassVar[str] = "transfer"
    supplier: str | None
    recipient: str | None
    materiel: tuple[str, ...]
    stage: Stage
    assertion: Assertion = Assertion.STATED
    via: str | None = None
    quantity: float | None = None
    unit: str | None = None
    value_usd: float | None = None
    value: float | None = None
    currency: str | None = None
    date: str | None = None
    supplier_name: str | None = None
    recipient_name: str | None = None


@dataclass(frozen=True, slots=True)
class Clause:
    """One side of a condition: a supply, an event or a policy, in few words.

    ``kind`` is ``transfer`` (supplier, recipient, materiel), ``event`` or ``policy`` (who, what).
    """

    kind: str
    supplier: str | None = None
    recipient: str | None = None
    materiel: tuple[str, ...] = ()
    who: str | None = None
    what: str | None = None


@dataclass(frozen=True, slots=True)
class Commitment:
    """A conditional statement about future supply or support: if the antecedent comes true, the debtor will ..."""

    kind: ClassVar[str] = "commitment"
    debtor: str | None
    force: Force
    antecedent: Clause
    consequent: Clause


@dataclass(frozen=True, slots=True)
class Pact:
    """An agreement between actors. ``trigger`` is the passage that says when it binds, as written, if it says so."""

    kind: ClassVar[str] = "pact"
    parties: tuple[str, ...]
    pact: PactKind
    status: PactStatus
    date: str | None = None
    trigger: str | None = None


@dataclass(frozen=True, slots=True)
class Stance:
    """What an actor thinks of a supply that is named by its supplier and recipient (None where open)."""

    kind: ClassVar[str] = "stance"
    holder: str | None
    stance: Attitude
    supplier: str | None = None
    recipient: str | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure of capacity, stock, export or need. ``value`` counts ``unit``; ``period`` is as the text gives it."""

    kind: ClassVar[str] = "measure"
    subject: str | None
    measure: MeasureName
    value: float
    unit: str | None = None
    period: str | None = None


WEIGHED = "transfer.weighed"
"""The rule's name of a supply that trained weights read where no rule saw both parties."""
Claim = Transfer | Commitment | Pact | Stance | Measure
CLAIM_TYPES: dict[str, type[Claim]] = {
    "transfer": Transfer,
    "commitment": Commitment,
    "pact": Pact,
    "stance": Stance,
    "measure": Measure,
}


@dataclass(frozen=True, slots=True)
class Statement:
    """A claim with its evidence.

    Attributes:
        document: id of the document.
        quote: the words that bear the claim out: exactly ``document.text[start:end]``.
        reader: what found it, with its version, such as ``rules/transfer@1``.
        speaker: to whom the text attributes it, as written; None for the article's own voice.
        inferred: the slots that the quote leaves open and that the reader took from the rest of the article, such as
            the recipient that an article on Taiwan's orders names once; no part of the statement's identity.
    """

    document: str
    claim: Claim
    quote: str
    start: int
    end: int
    reader: str
    speaker: str | None = None
    inferred: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        return self.claim.kind

    @property
    def is_tentative(self) -> bool:
        """Whether it rests on more than its words plainly say: on inferred slots, or on weights where no rule fired."""
        return bool(self.inferred) or ".weighed@" in self.reader

    @property
    def id(self) -> str:
        """``st-`` and 12 hex digits of the SHA-256 of claim, speaker, document and offsets; the reader is no part."""
        identity = [self.document, self.start, self.end, self.kind, self.speaker, claim_slots(self.claim)]
        text = json.dumps(identity, ensure_ascii=False, sort_keys=True)
        return "st-" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def claim_slots(claim: Claim) -> dict[str, Any]:
    """The claim's slots as plain JSON values, in the order of their definition, tuples as lists."""
    slots: dict[str, Any] = {}
    for field in dataclasses.fields(claim):
        value = getattr(claim, field.name)
        if isinstance(value, Clause):
            value = _clause_slots(value)
        elif isinstance(value, tuple):
            value = list(value)
        elif isinstance(value, StrEnum):
            value = value.value
        slots[field.name] = value
    return slots


def _clause_slots(clause: Clause) -> dict[str, Any]:
    if clause.kind == "transfer":
        return {
            "kind": clause.kind,
            "supplier": clause.supplier,
            "recipient": clause.recipient,
            "materiel": list(clause.materiel),
        }
    return {"kind": clause.kind, "who": clause.who, "what": clause.what}


def claim_from_slots(kind: str, slots: dict[str, Any]) -> Claim:
    """The inverse of :func:`claim_slots`.

    Raises:
        KeyError, TypeError, ValueError: where kind or slots are not those of a claim.
    """
    given = dict(slots)
    match kind:
        case "transfer":
            given["materiel"] = tuple(given["materiel"])
            given["stage"] = Stage(given["stage"])
            given["assertion"] = Assertion(given["assertion"])
        case "commitment":
            given["force"] = Force(given["force"])
            for side in ("antecedent", "consequent"):
                clause = dict(given[side])
                clause["materiel"] = tuple(clause.get("materiel") or ())
                given[side] = Clause(**clause)
        case "pact":
            given["parties"] = tuple(given["parties"])
            given["pact"] = PactKind(given["pact"])
            given["status"] = PactStatus(given["status"])
        case "stance":
            given["stance"] = Attitude(given["stance"])
        case "measure":
            given["measure"] = MeasureName(given["measure"])
    return CLAIM_TYPES[kind](**given)
