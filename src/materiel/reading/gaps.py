"""Clauses that leave the verb out: "Kuwait ordered TB2s, Romania 18 of them, Poland 24"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from materiel.reading.actors import OPEN, Actor
from materiel.reading.amounts import Money, parse_number
from materiel.reading.clauses import SUBJECTS
from materiel.reading.findings import FoundTransfer
from materiel.reading.goods import Item, items_of
from materiel.reading.lexicons import Predicate
from materiel.reading.parses import ActorMention, subtree
from materiel.reading.roles import Roles
from materiel.reading.supplies import between, with_goods
from materiel.reading.views import SentenceView


def read_gaps(
    view: SentenceView, verb: Token, predicate: Predicate, roles: Roles, full: FoundTransfer
) -> Iterator[FoundTransfer]:
    """The supplies of the clauses after a full one that name only a party and its goods.

    Args:
        view: the sentence.
        verb: the verb of the full clause, which the others leave out.
        predicate: what that verb says of supply.
        roles: the parts in the full clause.
        full: the supply of the full clause.
    """
    claimed = {t.i for t in roles.tokens}
    for token in view.sentence:
        mention = view.parse.actor_at.get(token.i)
        if mention is None or mention.start != token.i or token.i <= verb.i or token.i in claimed:
            continue
        head = _gapped_object(view, mention)
        if head is None:
            continue
        items = items_of(view.parse, head) or _number_of(head, roles.items)
        if items:
            actor = next(iter(view.actors(view.parse.doc[mention.start : mention.end].root)), OPEN)
            view.used.update(t.i for t in subtree(head))
            for item in items:
                gap = _in_the_gap(full, predicate, actor, item, view.money(head, item, is_only_item=True))
                if gap is not None:
                    yield replace(gap, tokens=(token, head), rule="transfer.gap")


def _gapped_object(view: SentenceView, mention: ActorMention) -> Token | None:
    """The goods or the number that directly follow an actor after a comma or "and"."""
    doc = view.parse.doc
    before = doc[mention.start - 2 if doc[mention.start - 1].lower_ == "the" else mention.start - 1]
    if before.lower_ not in {",", "and", ".", "while"} or mention.end >= view.sentence.end:
        return None
    following = doc[mention.end]
    counts = following.pos_ == "NUM" or following.like_num or following.text in {"$", "€", "£"}
    if not counts and following.i not in view.parse.good_at:
        return None
    head = following
    while following.i < head.head.i < view.sentence.end and head.head.pos_ in {"NOUN", "PROPN", "NUM"}:
        head = head.head
    return None if head.dep_ in SUBJECTS else head


def _number_of(head: Token, items: tuple[Item, ...]) -> list[Item]:
    """A bare number of the goods of the full clause."""
    if not items or not (head.pos_ == "NUM" or head.like_num):
        return []
    return [replace(items[-1], quantity=parse_number(head.text), head=head, is_recalled=True)]


def _in_the_gap(
    full: FoundTransfer, predicate: Predicate, actor: Actor, item: Item, money: Money | None
) -> FoundTransfer | None:
    """The same supply with another subject and other goods; None where both parties would be one."""
    gives = predicate.frame in {"supply", "operate"}
    transfer = full.claim
    if actor.is_open or actor.code == (transfer.recipient if gives else transfer.supplier):
        return None
    dollars = money if money is not None and money.currency == "USD" else None
    transfer = with_goods(transfer, item, dollars)
    if gives:
        recipient = Actor(transfer.recipient, transfer.recipient_name)
        return replace(full, claim=between(transfer, actor, recipient), lacks_supplier=False)
    supplier = Actor(transfer.supplier, transfer.supplier_name)
    return replace(full, claim=between(transfer, supplier, actor), lacks_recipient=False)
