"""What the rules hand over: a claim with the tokens that say it, before it becomes a statement with offsets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from spacy.tokens import Span, Token

from materiel.terms.statements import Claim, Transfer

C = TypeVar("C", bound=Claim, covariant=True)


@dataclass(frozen=True, slots=True)
class Finding(Generic[C]):
    """A claim as a rule found it.

    Attributes:
        tokens: the words that bear it out; the quote reaches from the first to the last of them.
        rule: the rule's name, such as ``transfer.verb``.
        speaker: the phrase that names the speaker; None for the article's own voice.
    """

    claim: C
    tokens: tuple[Token, ...]
    rule: str
    speaker: Span | None = None


@dataclass(frozen=True, slots=True)
class FoundTransfer(Finding[Transfer]):
    """A supply, with what the rest of the article needs to fill its gaps.

    Attributes:
        lacks_supplier, lacks_recipient: the sentence leaves the party out; :mod:`topics` may fill it.
        trigger: the number of the token that names the supply; -1 where none does.
        speaker_code: code of the speaker, who does not speak of himself as a third party.
        maker: ISO code of the state that makes the goods.
        by_others: the sentence has the supplier for unnamed others, beside those that it names.
    """

    lacks_supplier: bool = False
    lacks_recipient: bool = False
    trigger: int = -1
    speaker_code: str | None = None
    maker: str | None = None
    by_others: bool = False
