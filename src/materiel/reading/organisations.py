"""What the name of an organisation tells: how far it goes, whether it is a firm's, whose government publishes."""

from __future__ import annotations

from spacy.tokens import Span, Token

from materiel.reading.actors import Actor
from materiel.reading.lexicons import actor_finder, words
from materiel.terms.actors import states


def government_of(publisher: str | None) -> Actor | None:
    """A government's own briefing speaks for the government: "we" in it is the state."""
    if not publisher:
        return None
    for state in states().values():
        if publisher.removeprefix("The ") in {seat.removeprefix("the ") for seat in state.seats}:
            return Actor(state.code)
    if set(publisher.lower().replace(",", "").split()) & words("office-noun"):
        named = [name for found in actor_finder().find(publisher) for name in found.payload if name.kind != "person"]
        return Actor(named[-1].code) if named else None
    return None


def is_firm_name(name: str) -> bool:
    """Whether a name ends, or begins, as those of firms do ("Ltd", "Aerospace")."""
    return bool(set(name.replace(".", "").split()) & words("firm-suffix"))


def names_firm(sentence: Span) -> bool:
    """Whether the sentence has a word that a firm's name may have; it is cheaper to see than what the name is."""
    return any(token.text.replace(".", "") in words("firm-suffix") for token in sentence)


def organisation_name(token: Token) -> str:
    """The whole name of the organisation to which the token belongs, without article and genitive."""
    start = end = token.i
    doc = token.doc
    while start > token.sent.start and doc[start - 1].ent_type_ == "ORG" and doc[start].ent_iob_ == "I":
        start -= 1
    while end + 1 < token.sent.end and doc[end + 1].ent_iob_ == "I":
        end += 1
    return doc[start : end + 1].text.removeprefix("the ").removeprefix("The ").removesuffix("'s")
