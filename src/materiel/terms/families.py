"""Documents that hang together by derivation, laid out as trees; each family has one or more, one for each origin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A document's place in a tree.

    Attributes:
        above: the document that it stands under; None at the head of a tree.
        depth: how many stand above it.
        is_again: it stands under another one too, further down, and what derives from it is shown there.
    """

    document: str
    above: str | None
    depth: int
    is_again: bool


@dataclass(frozen=True, slots=True)
class Family:
    """Documents that hang together.

    Attributes:
        documents: each once, in the order given.
        places: the trees one after another, each from its head down; a digest has a place under each of its sources.
    """

    documents: tuple[str, ...]
    places: tuple[Place, ...]


def find_families(above: Mapping[str, Sequence[str]]) -> tuple[Family, ...]:
    """The families of some documents, those of a single one included, in the order of their first documents.

    Args:
        above: for every document those that it stands under, in the order in which documents are to be shown.
            Whoever is no key of it is left aside.
    """
    parents = {name: tuple(one for one in dict.fromkeys(found) if one in above) for name, found in above.items()}
    children: dict[str, list[str]] = {name: [] for name in parents}
    for name, found in parents.items():
        for one in found:
            children[one].append(name)
    group_of: dict[str, int] = {}
    for number, name in enumerate(parents):
        stack = [name]
        while stack:
            one = stack.pop()
            if one not in group_of:
                group_of[one] = number
                stack += [*parents[one], *children[one]]
    groups: dict[int, list[str]] = {}
    for name in parents:
        groups.setdefault(group_of[name], []).append(name)
    return tuple(Family(tuple(group), _places(group, parents, children)) for group in groups.values())


def _places(
    documents: Sequence[str], parents: Mapping[str, Sequence[str]], children: Mapping[str, Sequence[str]]
) -> tuple[Place, ...]:
    waiting = {name: len(parents[name]) for name in documents}
    placed: set[str] = set()
    places: list[Place] = []
    # The second pass finds only what no head leads to: documents that derive from one another in a circle.
    for head in (*(name for name in documents if not parents[name]), *documents):
        stack: list[tuple[str, str | None, int]] = [] if head in placed else [(head, None, 0)]
        while stack:
            name, above, depth = stack.pop()
            waiting[name] -= above is not None
            is_again = name in placed or (above is not None and waiting[name] > 0)
            places.append(Place(name, above, depth, is_again))
            if not is_again:
                placed.add(name)
                stack += [(child, name, depth + 1) for child in reversed(children[name])]
    return tuple(places)
