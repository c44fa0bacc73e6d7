"""What passes from sentence to sentence: the transfers found, and the thread of what the article speaks of."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from materiel.reading.actors import Actor
from materiel.reading.goods import Item
from materiel.terms.statements import Transfer


@dataclass(frozen=True, slots=True)
class Found:
    """A transfer with the tokens that say it and the rule that found it."""

    transfer: Transfer
    tokens: tuple[Token, ...]
    rule: str
    speaker: str | None
    lacks_supplier: bool = False
    lacks_recipient: bool = False
    trigger: int = -1
    speaker_code: str | None = None
    maker: str | None = None


@dataclass(slots=True)
class Thread:
    """What the article has been speaking of: the last supply, its parties and its items."""

    supplier: Actor | None = None
    recipient: Actor | None = None
    items: tuple[Item, ...] = ()
    last: tuple[Found, ...] = ()


@dataclass(frozen=True, slots=True)
class Roles:
    """Who plays what part in one supply, as far as its sentence tells, and the tokens that tell it."""

    suppliers: tuple[Actor, ...] = ()
    recipients: tuple[Actor, ...] = ()
    via: tuple[Actor, ...] = ()
    items: tuple[Item, ...] = ()
    tokens: tuple[Token, ...] = ()
