"""Why something that a model said does not count."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from materiel.terms.statements import Claim


class Reason(StrEnum):
    """What was found wanting, in the order in which it is looked for."""

    MALFORMED = "malformed"
    """It is no statement: an unknown kind, a slot or a value that there is not."""
    QUOTE = "quote"
    """The quote is not in the news of the document, word for word."""
    SPEAKER = "speaker"
    ACTOR = "actor"
    """The words name somebody else, or nobody has named this actor so far."""
    DIRECTION = "direction"
    """The words say it the other way round."""
    MATERIEL = "materiel"
    QUANTITY = "quantity"
    """The number, the sum or the currency is not in the quote."""
    DATE = "date"
    STAGE = "stage"
    NEGATION = "negation"
    """The words say that it does not happen, or the claim says so and they do not."""
    ASSERTION = "assertion"
    CONDITION = "condition"
    STANCE = "stance"
    PACT = "pact"


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a model says that a document says, before it is held against the document."""

    claim: Claim
    quote: str
    speaker: str | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """A proposal that does not count.

    Attributes:
        why: one sentence: what was looked for and what was seen.
        quote: as the model gave it; "" where it gave none.
        claim: None where what it said is no claim.
        reader: who proposed it.
    """

    reason: Reason
    why: str
    quote: str
    claim: Claim | None
    reader: str
