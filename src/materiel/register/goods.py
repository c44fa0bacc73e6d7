"""Which lists of materiel classes speak of the same goods.

A line of the register is about one class, or about the few that reports name together. The rules:

1. ``arms`` beside other classes adds nothing ("shells and other weapons" is about shells), and neither does a class
   beside one of its own subclasses. ``arms`` alone is a line of its own: it is no joker that glues a pair's lines.
2. Two lists are compatible when at least half of the classes named by either are shared. A class is shared with one
   that contains it in the tree; ``ammunition`` contains every kind of ammunition.
3. Specific lists lead. A general class joins a specific line only if exactly one fits; otherwise it stays general,
   for nothing says which one it means. A list of several classes joins the compatible line that has most in common
   with it, then the one with more origins, then the first by name.

Lists are compared with leading lists only, never with each other's followers, so no chain of near-matches can glue
unlike things together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from materiel.terms.materiel import is_kind_of

SHARED_AT_LEAST = 0.5

Goods = frozenset[str]


def goods_of(materiel: Iterable[str]) -> Goods:
    """What a list of classes is about, after rule 1; ``arms`` where the list is empty."""
    named = set(materiel) or {"arms"}
    if len(named) > 1:
        named.discard("arms")
    return frozenset(one for one in named if not any(one != other and contains(one, other) for other in named))


def contains(general: str, specific: str) -> bool:
    """Whether the second class is the first or a kind of it."""
    return is_kind_of(specific, general) or (general == "ammunition" and specific.endswith(".ammunition"))


def shared_part(one: Goods, other: Goods) -> float:
    """Shared classes as a part (0 to 1) of all classes that either list names."""
    shared = min(_matched(one, other), _matched(other, one))
    return shared / (len(one) + len(other) - shared)


def are_compatible(one: Goods, other: Goods) -> bool:
    return shared_part(one, other) >= SHARED_AT_LEAST


def find_lines(counts: Mapping[Goods, int]) -> dict[Goods, Goods]:
    """For each list of classes the leading list of its line.

    Args:
        counts: how many origins name each list.
    """
    leading: list[Goods] = []
    line: dict[Goods, Goods] = {}
    for goods in sorted(counts, key=lambda goods: (len(goods), -_depth(goods), -counts[goods], sorted(goods))):
        fits = [leader for leader in leading if are_compatible(goods, leader)]
        if not fits or (len(goods) == 1 and len(fits) > 1):
            leading.append(goods)
            line[goods] = goods
        else:
            line[goods] = min(fits, key=lambda leader: (-shared_part(goods, leader), -counts[leader], sorted(leader)))
    return line


def _matched(one: Goods, other: Goods) -> int:
    return sum(any(contains(a, b) or contains(b, a) for b in other) for a in one)


def _depth(goods: Goods) -> int:
    return sum(name.count(".") for name in goods)
