"""Which classes of materiel a class covers when a condition names it.

A class covers itself and what lies under it in the tree. Two classes name what is not specified further, and cover
more: ``arms`` every lethal class, ``ammunition`` every kind of ammunition. The other way round nothing follows: a
report of "arms" is no report of tanks.
"""

from __future__ import annotations

from functools import cache

from materiel.terms.materiel import is_kind_of, materiel_classes

NOT_ARMS = frozenset(
    ("nonlethal", "parts", "technology", "personnel", "training", "intelligence", "supplies", "finance", "sensor")
)
"""Roots of the tree that are no lethal materiel. Sensors count as equipment, not as arms."""


@cache
def covers(general: str, specific: str) -> bool:
    """Whether whatever is of the second class is of the first."""
    if is_kind_of(specific, general):
        return True
    if general == "arms":
        return specific.partition(".")[0] not in NOT_ARMS
    return general == "ammunition" and specific.endswith(".ammunition")


@cache
def any_covers(generals: tuple[str, ...], specifics: tuple[str, ...]) -> bool:
    """Whether one of the second classes is covered by one of the first: what a condition asks of a report."""
    return any(covers(general, specific) for general in generals for specific in specifics)


@cache
def all_covered(generals: tuple[str, ...], specifics: tuple[str, ...]) -> bool:
    """Whether each of the second classes is covered: what a denial needs to reach all that a report tells of."""
    return all(any(covers(general, specific) for general in generals) for specific in specifics)


@cache
def covered_by(generals: tuple[str, ...]) -> frozenset[str]:
    """Every class that one of some classes covers, with these themselves."""
    known = {name for name in materiel_classes() if any(covers(general, name) for general in generals)}
    return frozenset(known | set(generals))


@cache
def covering_classes(specific: str) -> tuple[str, ...]:
    """Every class that covers a class, with it itself."""
    known = (name for name in materiel_classes() if covers(name, specific))
    return tuple(dict.fromkeys((specific, *known)))
