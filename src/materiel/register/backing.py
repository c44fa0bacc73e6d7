"""Whose account a statement is: support counts the origins of what is said, not of the articles that say it.

For a quote in a document, the first of these that fits:

1. Words that credit a source outside the dossier with just this (not with the whole article): that source.
2. The document derives from others, and the quote lies in a stretch of its own: the document itself.
3. It derives from others: whatever the same words of the source come to there, found by these same rules. Of several
   sources (a digest) it is the one whose shared passages cover the quote, else the first that the lineage names.
4. It derives from none, but reports after an outside source as a whole: that source.
5. The document itself.

A statement of cases 1 and 3 that another document told before is *carried* from there. A copy therefore has the origins
of what it copies, statement by statement, whatever those are.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from materiel.terms.entries import OUTSIDE
from materiel.terms.lineage import Derivation, Lineage
from materiel.terms.statements import Statement

Place = tuple[int, int]
"""First character and one past the last."""

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Trail:
    """Where a statement leads.

    Attributes:
        origin: as in :class:`materiel.terms.entries.Backing`.
        carried_from: the document one step back, or None.
        told_in: the document at the end of the trail: the origin, or the one that credits the outside source.
    """

    origin: str
    carried_from: str | None
    told_in: str


class OriginFinder:
    """Finds the trails of statements; knows what all documents say, to find the same statement in a source."""

    def __init__(self, statements: Iterable[Statement], lineage: Lineage) -> None:
        self._lineage = lineage
        self._derivations: dict[str, list[Derivation]] = defaultdict(list)
        for derivation in lineage.derivations:
            self._derivations[derivation.document].append(derivation)
        said: dict[str, list[Statement]] = defaultdict(list)
        for statement in statements:
            said[statement.document].append(statement)
        self._said = {document: _ByPlace(found, lambda s: (s.start, s.end)) for document, found in said.items()}
        self._passages = {
            (d.document, d.source): _ByPlace(d.passages, lambda p: (p.start, p.end)) for d in lineage.derivations
        }
        self._own = {document: _ByPlace(found, lambda place: place) for document, found in lineage.own.items()}

    def find(self, statement: Statement) -> Trail:
        """The trail of one of the statements."""
        return self._follow(statement.document, (statement.start, statement.end), statement, frozenset())

    def _follow(self, document: str, place: Place | None, statement: Statement, seen: frozenset[str]) -> Trail:
        credited = self._credit_of(document, place)
        if place and document in self._own and _lies_in(place, self._own[document]):
            return Trail(_outside(credited) or document, None, document)
        source = self._source_of(document, place)
        if source is None or source in seen:
            return Trail(_outside(credited or self._whole_credit(document)) or document, None, document)
        there = self._place_there(document, source, place) if place else None
        same = _same_statement(statement, there, self._said[source]) if source in self._said else None
        beyond = self._follow(source, (same.start, same.end) if same else there, same or statement, seen | {document})
        return Trail(_outside(credited) or beyond.origin, source, beyond.told_in)

    def _credit_of(self, document: str, place: Place | None) -> str | None:
        """The outside source that the words are credited to, other than with the whole article."""
        if place is None:
            return None
        reach = {
            credit: shared
            for credit in self._lineage.credits.get(document, ())
            if not credit.is_whole and (shared := _shared(place, (credit.start, credit.end)))
        }
        nearest = min(reach, key=lambda credit: (-reach[credit], credit), default=None)
        return nearest.name if nearest else None

    def _whole_credit(self, document: str) -> str | None:
        """The outside source after which an origin reports as a whole."""
        if document in self._lineage.outside:
            return self._lineage.outside[document]
        return next((credit.name for credit in self._lineage.credits.get(document, ()) if credit.is_whole), None)

    def _source_of(self, document: str, place: Place | None) -> str | None:
        """The document from which another has what stands at a place; None where it is from nowhere here."""
        derivations = self._derivations.get(document, [])
        if place:
            passages = {d.source: self._passages[document, d.source].touching(place) for d in derivations}
            reach = {source: sum(shared for shared, _ in touched) for source, touched in passages.items()}
            covering = [d for d in derivations if reach[d.source]]
            if covering:
                return min(covering, key=lambda d: (-reach[d.source], -d.score, d.source)).source
        first = self._lineage.origin_of(document)
        if first == document:
            return None
        leading = [d for d in derivations if first in (d.source, *self._lineage.origins.get(d.source, ()))]
        return min(leading, key=lambda d: (-d.score, d.source)).source if leading else first

    def _place_there(self, document: str, source: str, place: Place) -> Place | None:
        """Where the source says what stands at a place, as near as the shared passages tell."""
        if (document, source) not in self._passages:
            return None
        starts, ends = [], []
        for _, p in self._passages[document, source].touching(place):
            scale = (p.source_end - p.source_start) / (p.end - p.start)
            starts.append(p.source_start + int((max(place[0], p.start) - p.start) * scale))
            ends.append(p.source_end - int((p.end - min(place[1], p.end)) * scale))
        return (min(starts), max(max(ends), min(starts) + 1)) if starts else None


def _outside(name: str | None) -> str | None:
    return OUTSIDE + name if name else None


def _shared(one: Place, other: Place) -> int:
    """How many characters two places share."""
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def _lies_in(place: Place, stretches: _ByPlace[Place]) -> bool:
    """Whether more than half of a place lies in some stretches: sentence ends are drawn differently here and there."""
    return 2 * sum(shared for shared, _ in stretches.touching(place)) > place[1] - place[0]


class _ByPlace(Generic[Item]):
    """Items that each have a place in a text."""

    def __init__(self, items: Iterable[Item], place_of: Callable[[Item], Place]) -> None:
        self.items = sorted(items, key=place_of)
        self._place_of = place_of
        self._longest = max((end - start for start, end in map(place_of, self.items)), default=0)

    def touching(self, place: Place) -> list[tuple[int, Item]]:
        """Those that share characters with a place, and how many."""
        first = bisect_left(self.items, place[0] - self._longest, key=self._start)
        last = bisect_left(self.items, place[1], key=self._start)
        found = ((_shared(place, self._place_of(item)), item) for item in self.items[first:last])
        return [(shared, item) for shared, item in found if shared]

    def _start(self, item: Item) -> int:
        return self._place_of(item)[0]


def _same_statement(statement: Statement, there: Place | None, said: _ByPlace[Statement]) -> Statement | None:
    """What a source says in place of a statement: by place and claim; by claim alone where the place is not known."""
    candidates = said.touching(there) if there else [(0, other) for other in said.items]
    found: dict[tuple[bool, bool, int, int, str], Statement] = {}
    for near, other in candidates:
        is_same = other.claim == statement.claim
        if other.kind == statement.kind and (near or is_same):
            found[not is_same, other.quote != statement.quote, -near, other.start, other.id] = other
    return found[min(found)] if found else None
