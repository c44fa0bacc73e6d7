"""Fill the party that a sentence leaves out from the rest of the article.

News names the buyer once and then lists what he buys. A lacking party is taken from the article where the article has
one to offer: the pair with the same other party and the same materiel, the party in that role elsewhere, and what the
title and the text speak of most. Where nothing stands out it stays open.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

from materiel.reading.actors import firm_state
from materiel.reading.findings import FoundTransfer
from materiel.terms.actors import states
from materiel.terms.materiel import is_kind_of
from materiel.terms.statements import Transfer

_SAME_PAIR_AND_MATERIEL, _SAME_PAIR, _SAME_MATERIEL, _SAME_ROLE, _NEAR = 6.0, 4.0, 2.0, 1.0, 1.5
_OPPOSITE = 1.0
"""Against a candidate that the article has in the opposite role."""
_MAKER = 2.0
"""For the maker of the goods as their supplier, where the article speaks of that state at all."""
_FIRM = 0.75
"""For each mention of a firm as the supplier: firms are in such articles to sell."""
_TITLE, _MENTION = 2.0, 0.25
_ENOUGH = 2.0
"""What a candidate must reach: being in that role twice, or in the title, or mentioned throughout."""


def complete(found: Sequence[FoundTransfer], mentioned: Sequence[str], in_title: Sequence[str]) -> list[FoundTransfer]:
    """The same transfers with lacking parties filled where the article offers one.

    Args:
        found: the transfers in the order of the text.
        mentioned: codes of the actors mentioned, with repetitions.
        in_title: codes of the actors that the title names.
    """
    mentions = Counter(code for code in mentioned if code in states())
    firms = Counter(name for name in mentioned if firm_state(name))
    complete: list[FoundTransfer] = []
    for place, each in enumerate(found):
        filled = each.claim
        if each.lacks_supplier and each.lacks_recipient:
            complete.append(replace(each, claim=_with_leading_pair(found, place)))
            continue
        if each.lacks_supplier:
            code, name = _best(found, place, "supplier", mentions, firms, in_title)
            filled = replace(filled, supplier=code, supplier_name=name)
        if each.lacks_recipient:
            code, name = _best(found, place, "recipient", mentions, firms, in_title)
            filled = replace(filled, recipient=code, recipient_name=name)
        complete.append(replace(each, claim=filled))
    return complete


def _with_leading_pair(found: Sequence[FoundTransfer], place: int) -> Transfer:
    """The parties of the article's leading supply, where one leads: the same materiel's, or more than half of all."""
    this = found[place].claim
    explicit = [
        f.claim for f in found if not (f.lacks_supplier or f.lacks_recipient) and f.claim.supplier and f.claim.recipient
    ]
    same = [t for t in explicit if _shares_materiel(this, t)]
    for pool, enough in ((same, 0.5), (explicit, 0.5)):
        pairs = Counter((t.supplier, t.recipient, t.supplier_name, t.recipient_name) for t in pool)
        if pairs:
            (supplier, recipient, supplier_name, recipient_name), count = min(
                pairs.items(), key=lambda item: (-item[1], str(item[0]))
            )
            if count > enough * len(pool):
                return replace(
                    this,
                    supplier=supplier,
                    recipient=recipient,
                    supplier_name=supplier_name,
                    recipient_name=recipient_name,
                )
    return this


def _best(
    found: Sequence[FoundTransfer],
    place: int,
    role: str,
    mentions: Counter[str],
    firms: Counter[str],
    in_title: Sequence[str],
) -> tuple[str | None, str | None]:
    this = found[place].claim
    other_role = "recipient" if role == "supplier" else "supplier"
    partner: str | None = getattr(this, other_role)
    scores: defaultdict[str, float] = defaultdict(float)
    named_as: dict[str, tuple[tuple[bool, bool, int], str | None]] = {}
    for where, other in enumerate(found):
        candidate: str | None = getattr(other.claim, role)
        lacks = other.lacks_supplier if role == "supplier" else other.lacks_recipient
        if candidate is None or lacks or where == place:
            continue
        same_pair = getattr(other.claim, other_role) == partner
        same_materiel = _shares_materiel(this, other.claim)
        fit = (same_materiel, same_pair, -abs(place - where))
        if candidate not in named_as or fit > named_as[candidate][0]:
            named_as[candidate] = fit, getattr(other.claim, f"{role}_name")
        scores[candidate] += (
            _SAME_PAIR_AND_MATERIEL
            if same_pair and same_materiel
            else _SAME_PAIR
            if same_pair
            else _SAME_MATERIEL
            if same_materiel
            else _SAME_ROLE
        )
        if 0 < place - where <= 2:
            scores[candidate] += _NEAR
        if (opposite := getattr(other.claim, other_role)) and not (
            other.lacks_recipient if role == "supplier" else other.lacks_supplier
        ):
            scores[opposite] -= _OPPOSITE
    maker = found[place].maker
    if role == "supplier" and maker and mentions[maker]:
        scores[maker] += _MAKER
    if role == "supplier":
        for name, count in firms.items():
            scores[name] += _FIRM * count
    for code, count in mentions.items():
        scores[code] += _MENTION * count
    for code in set(in_title):
        scores[code] += _TITLE
    ranked = sorted(
        ((score, code) for code, score in scores.items() if code not in {partner, None, found[place].speaker_code}),
        reverse=True,
    )
    if not ranked or ranked[0][0] < _ENOUGH:
        return None, None
    best = ranked[0][1]
    if best in firms:
        return firm_state(best) or best, best
    return best, named_as[best][1] if best in named_as else None


def _shares_materiel(one: Transfer, other: Transfer) -> bool:
    return any(is_kind_of(a, b) or is_kind_of(b, a) for a in one.materiel for b in other.materiel)
