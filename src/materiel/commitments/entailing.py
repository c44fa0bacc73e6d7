"""Whether one condition's coming true brings about another, and whether it may."""

from __future__ import annotations

from itertools import product

from materiel.commitments.happenings import RANKS, comes_as_far, event_key
from materiel.commitments.materiel_tree import covers
from materiel.commitments.tree import (
    CommitmentAtom,
    EventAtom,
    Leaf,
    Names,
    PactAtom,
    StanceAtom,
    TransferAtom,
)


def entails(one: Leaf, other: Leaf) -> bool:
    """Whether every happening that makes the first true makes the second true.

    A limit of the second has to be a limit of the first: nothing else shows that it is met.
    """
    if one == other:
        return True
    return set(getattr(other, "limits", ())) <= set(getattr(one, "limits", ())) and _fits(one, other, surely=True)


def may_meet(one: Leaf, other: Leaf) -> bool:
    """Whether some happening that makes the first true may make the second true."""
    return _fits(one, other, surely=False)


def _within(one: Names, other: Names) -> bool:
    return other is None or (one is not None and set(one) <= set(other))


def _touches(one: Names, other: Names) -> bool:
    return one is None or other is None or not set(one).isdisjoint(other)


def _fits(one: Leaf, other: Leaf, *, surely: bool) -> bool:
    fit = _within if surely else _touches
    match one, other:
        case TransferAtom(), TransferAtom():
            return (
                fit(one.suppliers, other.suppliers)
                and fit(one.recipients, other.recipients)
                and (other.via is None or (fit(one.via, other.via) if one.via is not None else not surely))
                and comes_as_far(RANKS[one.stage], RANKS[other.stage])
                and _classes_fit(one.classes, other.classes, surely)
            )
        case PactAtom(), PactAtom():
            far = comes_as_far(RANKS[one.status], RANKS[other.status])
            alike = other.kind is None or one.kind is other.kind or (one.kind is None and not surely)
            return far and alike and _parties_fit(list(one.parties), list(other.parties), surely)
        case StanceAtom(), StanceAtom():
            return (
                one.stance is other.stance
                and fit(one.holders, other.holders)
                and fit(one.suppliers, other.suppliers)
                and fit(one.recipients, other.recipients)
            )
        case EventAtom(), EventAtom():
            return event_key(one.what) == event_key(other.what)
        case CommitmentAtom(), CommitmentAtom():
            return (one.commitment, one.state) == (other.commitment, other.state)
        case _:
            return False


def _classes_fit(one: Names, other: Names, surely: bool) -> bool:
    if other is None:
        return True
    if one is None:
        return not surely
    if surely:
        return all(any(covers(general, each) for general in other) for each in one)
    return any(covers(a, b) or covers(b, a) for a, b in product(one, other))


def _parties_fit(given: list[Names], asked: list[Names], surely: bool) -> bool:
    """Whether each party asked for has one of its own among those given."""
    if not asked:
        return True
    fit = _within if surely else _touches
    return any(
        fit(party, asked[0]) and _parties_fit(given[:place] + given[place + 1 :], asked[1:], surely)
        for place, party in enumerate(given)
    )
