"""Who may take part in a supply, a pact or a stance: the actors that a sentence names or that were named before it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Token

from materiel.reading.actors import Actor
from materiel.reading.memory import Recalled
from materiel.terms.actors import states


@dataclass(frozen=True, slots=True)
class Party:
    """Who may be supplier or recipient: one actor, or several that the sentence joins by "and".

    Attributes:
        actors: never empty; an open actor ("allies", or nobody named) has no code.
        token: head of the phrase that names them; None where the sentence does not.
        source: ``sentence``, ``memory`` (named before), ``title``, ``later`` (named only further down), ``nobody``.
        codes: those of the actors that have one.
        states: the codes among them that are those of states, sorted.
        ago, was_subject, recalled_as: of a remembered one, sentences since it was named, and how it was named there.
    """

    actors: tuple[Actor, ...]
    token: Token | None = None
    source: str = "sentence"
    ago: int = 0
    was_subject: bool = False
    recalled_as: str = ""
    codes: frozenset[str] = field(init=False)
    states: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "codes", frozenset(actor.code for actor in self.actors if actor.code))
        object.__setattr__(self, "states", tuple(sorted(self.codes & states().keys())))


def remembered(recalled: Sequence[Sequence[Recalled]], named: Iterable[Party]) -> list[Party]:
    """The parties that the sentences before have named and this one does not, the latest first.

    Args:
        recalled: the actors of the sentences before, in the order of the text.
        named: whom this sentence names.
    """
    here = {code for party in named for code in party.codes}
    found: dict[str, Party] = {}
    for ago, sentence in enumerate(reversed(recalled)):
        for each in sentence:
            code = each.actor.code
            if code is not None and code not in here and code not in found:
                found[code] = Party((each.actor,), None, "memory", ago, each.is_subject, each.kind)
    return list(found.values())
