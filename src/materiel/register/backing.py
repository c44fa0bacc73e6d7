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
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from materiel.terms.entries import OUTSIDE
from materiel.terms.lineage import Derivation, Lineage, SharedPassage
from materiel.terms.statements import Statement

Place = tuple[int, int]
"""First character and one past the last."""


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
        self._said = {document: _Sayings(found) for document, found in said.items()}

    def find(self, statement: Statement) -> Trail:
        """The trail of one of the statements."""
        return self._follow(statement.document, (statement.start, statement.end), statement, frozenset())

    def _follow(self, document: str, place: Place | None, statement: Statement, seen: frozenset[str]) -> Trail:
        credited = self._credit_of(document, place)
        if place and _lies_in(place, self._lineage.own.get(document, ())):
            return Trail(_outside(credited) or document, None, document)
        source, passages = self._source_of(document, place)
        if source is None or source in seen:
            return Trail(_outside(credited or self._whole_credit(document)) or document, None, document)
        there = _place_there(place, passages) if place else None
        same = self._said[source].same_as(statement, there) if source in self._said else None
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

    def _source_of(self, document: str, place: Place | None) -> tuple[str | None, Sequence[SharedPassage]]:
        """The document from which another has what stands at a place, with the passages they share; or None."""
        derivations = self._derivations.get(document, [])
        if place:
            reach = {d.source: sum(_shared(place, (p.start, p.end)) for p in d.passages) for d in derivations}
            covering = [d for d in derivations if reach[d.source]]
            if covering:
                best = min(covering, key=lambda d: (-reach[d.source], -d.score, d.source))
                return best.source, best.passages
        first = self._lineage.origin_of(document)
        if first == document:
            return None, ()
        leading = [d for d in derivations if first in (d.source, *self._lineage.origins.get(d.source, ()))]
        best_leading = min(leading, key=lambda d: (-d.score, d.source), default=None)
        return (best_leading.source, best_leading.passages) if best_leading else (first, ())


def _outside(name: str | None) -> str | None:
    return OUTSIDE + name if name else None


def _shared(one: Place, other: Place) -> int:
    """How many characters two places share."""
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def _lies_in(place: Place, stretches: Iterable[Place]) -> bool:
    """Whether more than half of a place lies in some stretches: sentence ends are drawn differently here and there."""
    return 2 * sum(_shared(place, stretch) for stretch in stretches) > place[1] - place[0]


def _place_there(place: Place, passages: Sequence[SharedPassage]) -> Place | None:
    """Where the source says what stands at a place, as near as the shared passages tell."""
    touched = [p for p in passages if _shared(place, (p.start, p.end))]
    if not touched:
        return None
    starts, ends = [], []
    for p in touched:
        scale = (p.source_end - p.source_start) / (p.end - p.start)
        starts.append(p.source_start + int((max(place[0], p.start) - p.start) * scale))
        ends.append(p.source_end - int((p.end - min(place[1], p.end)) * scale))
    return min(starts), max(max(ends), min(starts) + 1)


class _Sayings:
    """What one document says, by place."""

    def __init__(self, statements: Sequence[Statement]) -> None:
        self._statements = sorted(statements, key=lambda s: (s.start, s.end, s.id))
        self._longest = max(s.end - s.start for s in statements)

    def same_as(self, other: Statement, there: Place | None) -> Statement | None:
        """The statement that stands for one of another document: by place and claim; by claim alone without a place."""
        found: dict[tuple[bool, bool, int, int, str], Statement] = {}
        for statement in self._statements if there is None else self._around(there):
            is_same = statement.claim == other.claim
            near = _shared(there, (statement.start, statement.end)) if there else 0
            if statement.kind == other.kind and (near or (is_same and there is None)):
                key = (not is_same, statement.quote != other.quote, -near, statement.start, statement.id)
                found[key] = statement
        return found[min(found)] if found else None

    def _around(self, place: Place) -> Sequence[Statement]:
        """Those that may reach into a place."""
        first = bisect_left(self._statements, place[0] - self._longest, key=lambda s: s.start)
        return self._statements[first : bisect_left(self._statements, place[1], key=lambda s: s.start)]
