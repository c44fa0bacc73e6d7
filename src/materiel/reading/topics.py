"""Fill the party that a sentence leaves out from the rest of the article.

News names the buyer once and then lists what he buys. A lacking party is taken from the article where the article has
one to offer: the pair with the same other party and the same materiel, the party in that role elsewhere, and what the
title and the text speak of most. Where nothing stands out it stays open.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from materiel.reading.actors import firm_state
from materiel.reading.findings import FoundTransfer
from materiel.terms.actors import states
from materiel.terms.materiel import is_kind_of
from materiel.terms.statements import Transfer

# What speaks for a candidate, and what against. All weights were set by hand on gold/articles and the passages' develop
# half; only their order is meant: another supply of the same pair counts most, a bare mention least.
_SAME_PAIR_AND_MATERIEL, _SAME_PAIR, _SAME_MATERIEL, _SAME_ROLE = 6.0, 4.0, 2.0, 1.0
_NEAR = 1.5
"""For a supply told one or two before this one."""
_OPPOSITE = 1.0
"""Against a candidate that the article has in the opposite role."""
_MAKER = 2.0
"""For the maker of the goods as their supplier, where the article speaks of that state at all."""
_FIRM = 0.75
"""For each mention of a firm as the supplier: firms are in such articles to sell."""
_TITLE, _MENTION = 2.0, 0.25
_ENOUGH = 2.0
"""What a candidate must reach: being in that role twice, or in the title, or mentioned throughout."""
_LEADS = 0.5
"""The share of an article's supplies that a pair must exceed to stand for all of them."""


@dataclass(frozen=True, slots=True)
class _Article:
    """The transfers of an article and what it speaks of: states and known firms with their mentions, and the title."""

    found: Sequence[FoundTransfer]
    mentions: Counter[str]
    firms: Counter[str]
    in_title: frozenset[str]


def complete(found: Sequence[FoundTransfer], mentioned: Sequence[str], in_title: Sequence[str]) -> list[FoundTransfer]:
    """The same transfers with lacking parties filled where the article offers one.

    Args:
        found: the transfers in the order of the text.
        mentioned: codes of the actors mentioned, with repetitions.
        in_title: codes of the actors that the title names.
    """
    article = _Article(
        found,
        Counter(code for code in mentioned if code in states()),
        Counter(name for name in mentioned if firm_state(name)),
        frozenset(in_title),
    )
    return [replace(each, claim=_filled(article, place)) for place, each in enumerate(found)]


def _filled(article: _Article, place: int) -> Transfer:
    this = article.found[place]
    if this.lacks_supplier and this.lacks_recipient:
        return _with_leading_pair(article.found, place)
    if this.lacks_supplier:
        code, name = _best(article, place, "supplier")
        return replace(this.claim, supplier=code, supplier_name=name)
    if this.lacks_recipient:
        code, name = _best(article, place, "recipient")
        return replace(this.claim, recipient=code, recipient_name=name)
    return this.claim


def _with_leading_pair(found: Sequence[FoundTransfer], place: int) -> Transfer:
    """The parties of the article's leading supply, where one leads: the same materiel's, or more than half of all."""
    this = found[place].claim
    explicit = [
        f.claim for f in found if not (f.lacks_supplier or f.lacks_recipient) and f.claim.supplier and f.claim.recipient
    ]
    same = [t for t in explicit if _shares_materiel(this, t)]
    for pool in (same, explicit):
        pairs = Counter((t.supplier, t.recipient, t.supplier_name, t.recipient_name) for t in pool)
        if not pairs:
            continue
        pair, count = min(pairs.items(), key=lambda item: (-item[1], str(item[0])))
        if count > _LEADS * len(pool):
            supplier, recipient, supplier_name, recipient_name = pair
            return replace(
                this,
                supplier=supplier,
                recipient=recipient,
                supplier_name=supplier_name,
                recipient_name=recipient_name,
            )
    return this


def _best(article: _Article, place: int, role: str) -> tuple[str | None, str | None]:
    """Code and name of whoever best fits the lacking role; (None, None) where nobody stands out."""
    this = article.found[place]
    partner: str | None = getattr(this.claim, _other(role))
    scores = _scores_of_other_supplies(article, place, role)
    if role == "supplier":
        if this.maker and article.mentions[this.maker]:
            scores[this.maker] += _MAKER
        for name, count in article.firms.items():
            scores[name] += _FIRM * count
    for code, count in article.mentions.items():
        scores[code] += _MENTION * count
    for code in article.in_title:
        scores[code] += _TITLE
    ranked = sorted(
        ((score, code) for code, score in scores.items() if code not in {partner, this.speaker_code}), reverse=True
    )
    if not ranked or ranked[0][0] < _ENOUGH:
        return None, None
    best = ranked[0][1]
    if best in article.firms:
        return firm_state(best) or best, best
    return best, _name_in_role(article, place, role, best)


def _scores_of_other_supplies(article: _Article, place: int, role: str) -> defaultdict[str, float]:
    """What the article's other supplies say for and against each party that they name in either role."""
    this = article.found[place].claim
    scores: defaultdict[str, float] = defaultdict(float)
    for where, other in enumerate(article.found):
        candidate = _named_in_role(other, role)
        if candidate is None or where == place:
            continue
        same_pair = getattr(other.claim, _other(role)) == getattr(this, _other(role))
        same_materiel = _shares_materiel(this, other.claim)
        if same_pair:
            scores[candidate] += _SAME_PAIR_AND_MATERIEL if same_materiel else _SAME_PAIR
        else:
            scores[candidate] += _SAME_MATERIEL if same_materiel else _SAME_ROLE
        if 0 < place - where <= 2:
            scores[candidate] += _NEAR
        if (opposite := _named_in_role(other, _other(role))) is not None:
            scores[opposite] -= _OPPOSITE
    return scores


def _name_in_role(article: _Article, place: int, role: str, code: str) -> str | None:
    """The firm's name that goes with the code in the supply most like this one."""
    this = article.found[place].claim

    def likeness(where: int) -> tuple[bool, bool, int]:
        other = article.found[where].claim
        same_pair = getattr(other, _other(role)) == getattr(this, _other(role))
        return _shares_materiel(this, other), same_pair, -abs(place - where)

    places = [w for w, other in enumerate(article.found) if w != place and _named_in_role(other, role) == code]
    name: str | None = getattr(article.found[max(places, key=likeness)].claim, f"{role}_name") if places else None
    return name


def _other(role: str) -> str:
    return "recipient" if role == "supplier" else "supplier"


def _named_in_role(found: FoundTransfer, role: str) -> str | None:
    """Whom the sentence itself has in the role."""
    lacks = found.lacks_supplier if role == "supplier" else found.lacks_recipient
    code: str | None = getattr(found.claim, role)
    return None if lacks or not code else code


def _shares_materiel(one: Transfer, other: Transfer) -> bool:
    return any(is_kind_of(a, b) or is_kind_of(b, a) for a in one.materiel for b in other.materiel)
