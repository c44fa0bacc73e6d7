"""Whether a supply that the weights would state has been told already, by a rule or at another word."""

from __future__ import annotations

from spacy.tokens import Span

from materiel.reading.anchors import Anchor
from materiel.reading.clauses import governors
from materiel.reading.findings import FoundTransfer
from materiel.reading.parses import subtree
from materiel.terms.materiel import is_kind_of
from materiel.terms.statements import WEIGHED, Transfer


def is_same_supply(one: Transfer, other: Transfer) -> bool:
    """Whether parties and stage are the same."""
    return (one.supplier, one.recipient, one.stage) == (other.supplier, other.recipient, other.stage)


def says_as_much(told: FoundTransfer, found: FoundTransfer, kind: str) -> bool:
    """Whether a supply that was told already says all that this one says."""
    one, other = told.claim, found.claim
    if (one.supplier, one.recipient) != (other.supplier, other.recipient):
        return False
    if kind == "sum" and _price(other) is not None and _price(one) == _price(other):
        return True
    if (one.stage, one.assertion) != (other.stage, other.assertion):
        return False
    is_as_counted = one.quantity == other.quantity or (kind == "predicate" and other.quantity is None)
    return is_as_counted and are_alike(one, other)


def says_less(told: FoundTransfer, found: FoundTransfer) -> bool:
    """Whether a supply of goods unnamed is the same as one of goods that the same sentence names: it yields to it."""
    one, other = told.claim, found.claim
    if (
        told.rule != WEIGHED
        or told.tokens[0].doc is not found.tokens[0].doc
        or told.tokens[0].sent != found.tokens[0].sent
    ):
        return False
    is_named = is_same_supply(one, other) and one.assertion == other.assertion and "arms" not in other.materiel
    return is_named and one.materiel == ("arms",) and one.quantity is None


def settles(told: FoundTransfer, found: FoundTransfer, anchor: Anchor, sentence: Span) -> bool:
    """Whether the rules, which saw both parties, have said of the same goods in the same sentence what there is to say.

    Weights may add other goods, parties and stages to a sentence, but not another stage of "missiles" to "a package of
    missiles", no party from memory to goods whose parties are named, and no uncounted goods beside the counted.
    """
    one, other = told.claim, found.claim
    if told.tokens[0].doc is not sentence.doc or told.tokens[0].sent != sentence or not are_alike(one, other):
        return False
    is_same_pair = (one.supplier, one.recipient) == (other.supplier, other.recipient)
    if is_same_pair and (one.stage, one.assertion) == (other.stage, other.assertion) and other.quantity is None:
        return True
    if not (is_same_pair or found.lacks_supplier or found.lacks_recipient):
        return False
    if anchor.kind == "predicate":
        trigger = sentence.doc[told.trigger]
        is_above = anchor.token.i == trigger.i or anchor.token in governors(trigger)
        return is_above or (anchor.item.is_recalled and "arms" in other.materiel)
    return anchor.token in subtree(told.tokens[-1], without=frozenset({"relcl", "acl"}))


def are_alike(one: Transfer, other: Transfer) -> bool:
    """Whether the goods may be the same."""
    is_vague = "arms" in (*one.materiel, *other.materiel)
    return is_vague or any(is_kind_of(a, b) or is_kind_of(b, a) for a in one.materiel for b in other.materiel)


def _price(transfer: Transfer) -> float | None:
    return transfer.value_usd or transfer.value
