"""Whether an actor is borne out: named in the quote or its sentence, or named before where the quote leaves it open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, TypeVar

from materiel.reading.actors import firm_state
from materiel.reading.grounding.grounds import Grounds, Support
from materiel.reading.lexicons import actor_finder
from materiel.terms.actors import actor_name, organisations, states
from materiel.terms.statements import Claim, Clause, Commitment, Pact, Transfer

_SLOTS = ("supplier", "recipient", "via", "debtor", "holder", "subject", "who")
_NAMES = ("supplier_name", "recipient_name")
_TO, _FROM = frozenset({"to", "into", "for"}), frozenset({"from", "by"})
C = TypeVar("C", bound=Claim | Clause)


def canonical(claim: C, grounds: Grounds) -> C:
    """The claim with actors as slots take them: "South Korea" becomes KOR, a firm's name as the document writes it."""
    slots: dict[str, Any] = {}
    for slot in (*_SLOTS, *_NAMES):
        written = getattr(claim, slot, None)
        if written:
            slots[slot] = _as_written(written, grounds) if slot in _NAMES else _code(written, grounds)
    if isinstance(claim, Pact):
        slots["parties"] = tuple(sorted({_code(party, grounds) for party in claim.parties}))
    if isinstance(claim, Commitment):
        slots |= {side: canonical(getattr(claim, side), grounds) for side in ("antecedent", "consequent")}
    return replace(claim, **slots)


def _code(written: str, grounds: Grounds) -> str:
    if written in states() or written in organisations():
        return written
    bare = written.removeprefix("the ").removeprefix("The ")
    for found in actor_finder().find(bare):
        if (found.start, found.end) == (0, len(bare)) and found.payload[0].kind not in {"firm", "person"}:
            return found.payload[0].code
    return _as_written(written, grounds)


def _as_written(written: str, grounds: Grounds) -> str:
    places = grounds.places(written)
    return " ".join(grounds.slice(places[0]).split()) if places else written


def unborne_actor(actor: str | None, support: Support, others: Iterable[str | None], firm: str | None = None) -> str:
    """Why the actor is not borne out by the quote and its antecedents; "" where it is.

    Args:
        actor: a slot's value.
        support: the quote.
        others: the actors in the claim's other slots: the quote may name them without naming this one.
        firm: the firm that acts for the actor, as the document writes it.
    """
    if actor is None:
        return ""
    if firm is not None:
        if not _names(support, firm):
            return f"{firm} is not named in the quote, its sentence or before"
        if firm_state(firm) == actor:
            return ""
    meant = {code for mention in support.mentions for code in mention.codes}
    if actor in meant or (not _is_coded(actor) and actor in " ".join(support.quote.split())):
        return ""
    accounted = {each for each in others if each} | _speakers(support)
    series = {mention.series for mention in support.mentions if mention.codes & accounted}
    named = [m for m in support.mentions if m.is_name and not m.codes & accounted and m.series not in series]
    if named:
        other = support.grounds.document.text[named[0].start : named[0].end]
        return f"the quote names {other}, not {actor_name(actor)}"
    return (
        "" if _names(support, actor) else f"nothing in the quote, its sentence or before stands for {actor_name(actor)}"
    )


def _names(support: Support, actor: str) -> bool:
    """Whether the actor is meant in the sentences of the quote, in those before, or in the title."""
    evidence = support.grounds.evidence
    earlier = [*support.sentences, *evidence.before(support.place)]
    if any(actor in mention.codes for sentence in earlier for mention in sentence.mentions):
        return True
    if actor in evidence.in_title:
        return True
    if _is_coded(actor):
        return False
    end = max((sentence.end for sentence in support.sentences), default=support.place.end)
    return any(place.end <= end for place in support.grounds.places(actor))


def _is_coded(actor: str) -> bool:
    return actor in states() or actor in organisations()


def _speakers(support: Support) -> set[str]:
    """Who the speaker speaks for: named beside a supply without being a party to it."""
    found = actor_finder().find(support.speaker or "")
    return {meaning.code for each in found for meaning in each.payload}


def reversed_by(claim: Transfer, support: Support) -> str:
    """Why the parties stand the wrong way round; "" where nothing speaks against them.

    The rules speak against a claim where they read the same words, found a party in its sentence, and gave it the
    opposite role in everything that they found there. So does a preposition: nobody supplies who stands after "to".
    """
    is_asked = any(telling.frame == "request" for telling in support.tellings)
    for role, against in (("supplier", _TO), ("recipient", _FROM)):
        actor = getattr(claim, role)
        standing = {mention.preposition for mention in support.mentions if actor in mention.codes}
        if standing and standing <= against and not is_asked:
            return f"{actor_name(actor)} stands after {min(standing)!r}: it is not the {role}"
    found = [s for s in support.rules_here() if isinstance(s.claim, Transfer)]
    for role, opposite in (("supplier", "recipient"), ("recipient", "supplier")):
        actor = getattr(claim, role)
        if actor is None or any(getattr(s.claim, role) == actor for s in found):
            continue
        if any(getattr(s.claim, opposite) == actor and opposite not in s.inferred for s in found):
            return f"the words make {actor_name(actor)} the {opposite}, not the {role}"
    return ""
