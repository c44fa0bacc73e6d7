"""What becomes of a second reader's findings: why one does not count, and where two readers disagree."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from materiel.terms.statements import Claim, Statement


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
    WORDING = "wording"
    """What is told in the reader's own words has too few of the document's."""
    STANCE = "stance"
    PACT = "pact"


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


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A place where two readers did not find the same.

    Attributes:
        one, other: what each found in words that they share; None for the reader that found nothing there.
        slots: the slots in which they differ; empty where one of them found nothing.
    """

    one: Statement | None
    other: Statement | None
    slots: tuple[str, ...] = ()
