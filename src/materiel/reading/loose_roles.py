"""Who plays what part where no pattern of supply fits: by the places of the actors in the sentence."""

from __future__ import annotations

from spacy.tokens import Token

from materiel.reading.actors import Actor
from materiel.reading.clauses import governors, predicate_of
from materiel.reading.goods import items_of
from materiel.reading.lexicons import Predicate, words
from materiel.reading.threads import Roles
from materiel.reading.views import SentenceView

SOFT_CLASSES = frozenset({"personnel", "training", "intelligence", "finance", "supplies", "parts"})
"""Too common in other company to be taken for supply where no pattern of supply fits."""
_ENOUGH_VOTES = 5
"""Two actors in telling places, or one and a subject; less is a guess."""


def loose_roles(view: SentenceView, good: Token) -> Roles | None:
    """Goods in a sentence with two actors whose places tell their roles, whatever the verb.

    An actor after "to" or "for" is taken for the recipient, one after "from" or before the goods as their origin
    for the supplier, a subject for either, by the frame of a predicate of supply if there is one.
    """
    if not _is_fit(view, good):
        return None
    predicate = governing_predicate(good)
    acquires = predicate is not None and predicate[1].frame in {"acquire", "request"}
    supplier_votes: dict[Actor, int] = {}
    recipient_votes: dict[Actor, int] = {}
    tokens = [good]
    for token in view.sentence:
        mention = view.parse.actor_at.get(token.i)
        is_pronoun = token.dep_ in {"nsubj", "nsubjpass"} and token.lower_ in {"it", "they", "we", "he", "she"}
        if not is_pronoun and (mention is None or token != view.parse.doc[mention.start : mention.end].root):
            continue
        role, weight = _vote(view, token, good, acquires)
        votes = supplier_votes if role == "supplier" else recipient_votes
        for actor in view.actors(token):
            if not actor.is_open and weight:
                votes[actor] = max(votes.get(actor, 0), weight)
                tokens.append(token)
    supplier = max(supplier_votes, key=lambda a: supplier_votes[a], default=None)
    most = max(recipient_votes.values(), default=0)
    recipients = [a for a in recipient_votes if a != supplier and recipient_votes[a] == most]
    if supplier is None or not recipients or supplier_votes[supplier] + most < _ENOUGH_VOTES:
        return None
    head = good
    while head.dep_ in {"compound", "amod", "nmod"} and head.head.i > head.i and head.head.pos_ in {"NOUN", "PROPN"}:
        head = head.head
    items = items_of(view.parse, head) or items_of(view.parse, good)
    return Roles((supplier,), tuple(recipients[:3]), (), tuple(items), tuple(tokens)) if items else None


def governing_predicate(good: Token) -> tuple[Token, Predicate] | None:
    """The nearest word of supply above the goods."""
    for above in governors(good):
        predicate = predicate_of(above)
        if predicate is not None and predicate.stage != "keep":
            return above, predicate
    return None


def _is_fit(view: SentenceView, good: Token) -> bool:
    """Whether the goods may be taken for supply at all: not fired or fought with, and in the company of supply words."""
    if view.parse.good_at[good.i].materiel in SOFT_CLASSES:
        return False
    if any(t.lemma_.lower() in words("use-of-force") for t in (good, *governors(good))):
        return False
    head = good.head
    if (
        good.dep_ in {"compound", "amod"}
        and head.i not in view.parse.good_at
        and head.lemma_.lower() not in words("container")
    ):
        return False
    return governing_predicate(good) is not None or any(
        t.lemma_.lower() in words("supply-recall") or predicate_of(t) is not None
        for t in view.sentence
        if t.i not in view.parse.good_at
    )


def _vote(view: SentenceView, token: Token, good: Token, acquires: bool) -> tuple[str, int]:
    """The role that an actor's place speaks for, and how strongly (0 to 3)."""
    top = token
    while top.dep_ in {"compound", "poss", "amod", "nmod", "conj"} and top.head != top:
        if top.head == good or top.head.i in view.parse.good_at:
            return "supplier", 3
        top = top.head
    if top.dep_ == "pobj":
        preposition = top.head.lower_
        if preposition in {"to", "for", "into", "towards"}:
            return "recipient", 3
        if preposition in {"from", "by"}:
            return "supplier", 3
        if preposition in {"in", "at", "with", "on"}:
            return ("supplier", 1) if acquires else ("recipient", 1)
        return "recipient", 0
    if top.dep_ == "dative" or (top.dep_ == "dobj" and top.i < good.i):
        return "recipient", 3
    if top.dep_ in {"nsubj"}:
        return ("recipient", 2) if acquires else ("supplier", 2)
    if top.dep_ == "nsubjpass":
        return "recipient", 2
    return "recipient", 0
