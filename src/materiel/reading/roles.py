"""Who plays what part in one supply, as far as its sentence tells."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from spacy.tokens import Token

from materiel.reading.actors import Actor
from materiel.reading.goods import Item

VIA = frozenset({"through", "via", "across"})
"""Prepositions that lead to the state through which goods go."""


@dataclass(frozen=True, slots=True)
class Roles:
    """The parts, and the tokens that tell them; ``with_others``: the suppliers and unnamed others."""

    suppliers: tuple[Actor, ...] = ()
    recipients: tuple[Actor, ...] = ()
    via: tuple[Actor, ...] = ()
    items: tuple[Item, ...] = ()
    tokens: tuple[Token, ...] = ()
    with_others: bool = False


@dataclass(slots=True)
class Casting:
    """Roles while they are being filled, construction by construction; what comes first stays."""

    suppliers: list[Actor] = field(default_factory=list)
    recipients: list[Actor] = field(default_factory=list)
    via: list[Actor] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    tokens: list[Token] = field(default_factory=list)
    with_others: bool = False

    def add_items(self, items: Iterable[Item]) -> None:
        """Add goods together with the tokens that name them."""
        for item in items:
            self.items.append(item)
            self.tokens.append(item.head)

    def roles(self) -> Roles:
        return Roles(
            tuple(self.suppliers),
            tuple(self.recipients),
            tuple(self.via),
            tuple(self.items),
            tuple(self.tokens),
            self.with_others,
        )


def codes(actors: Iterable[Actor]) -> frozenset[str]:
    """The codes of the actors that have one."""
    return frozenset(actor.code for actor in actors if actor.code)
