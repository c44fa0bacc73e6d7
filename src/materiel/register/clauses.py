"""Whether two clauses of a condition mean the same. Events and policies are free text, so their words are compared."""

from __future__ import annotations

import re

from materiel.register.goods import are_compatible, goods_of
from materiel.terms.actors import actor_name
from materiel.terms.statements import Clause, Commitment

SHARED_WORDS_AT_LEAST = 0.5
"""Of all content words of two free-text clauses, the part that must be common. Set by hand; not calibrated."""

_EMPTY_WORDS = frozenset(
    """
    a an the of to in on at by for with from and or if its his her their it be is are was were will would may might
    should could can has have had any all that this such as into over under again
    """.split()  # noqa: SIM905 - a column of quoted words reads worse
)
_NEGATIONS = frozenset({"not", "no", "never", "without", "refuse", "refuses", "stop", "stops"})
_SUPPLY_STEMS = ("arm", "weapon", "lethal", "suppl", "restrict", "munition", "ship", "deliver")


def mean_the_same(one: Commitment, other: Commitment) -> bool:
    """Same debtor, and each side of the condition is compatible with the same side of the other."""
    return (
        one.debtor == other.debtor
        and are_compatible_clauses(one.antecedent, other.antecedent)
        and are_compatible_clauses(one.consequent, other.consequent)
    )


def are_compatible_clauses(one: Clause, other: Clause) -> bool:
    """Whether two clauses can be about the same.

    Two supplies: same supplier, recipient and goods. Two texts: nobody contradicts the other on who, and half of the
    content words are common. A supply and a text: the text is the supplier's and speaks of arms or of the recipient.
    """
    match one.kind == "transfer", other.kind == "transfer":
        case True, True:
            return (one.supplier, one.recipient) == (other.supplier, other.recipient) and are_compatible(
                goods_of(one.materiel), goods_of(other.materiel)
            )
        case True, False:
            return _speaks_of_supply(other, one)
        case False, True:
            return _speaks_of_supply(one, other)
    if one.who != other.who or _is_negative(one) != _is_negative(other):
        return False
    return _shared_words(one.what, other.what) >= SHARED_WORDS_AT_LEAST


def _speaks_of_supply(text: Clause, supply: Clause) -> bool:
    if text.who is None or text.who != supply.supplier:
        return False
    words = _words(text.what)
    recipient = _words(actor_name(supply.recipient)) if supply.recipient else frozenset()
    return bool(recipient & words) or any(word.startswith(_SUPPLY_STEMS) for word in words)


def _is_negative(text: Clause) -> bool:
    return bool(_words(text.what) & _NEGATIONS)


def _words(text: str | None) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", (text or "").casefold())) - _EMPTY_WORDS


def _shared_words(one: str | None, other: str | None) -> float:
    first, second = _words(one), _words(other)
    if not first or not second:
        return float(first == second)
    return len(first & second) / len(first | second)
