"""Watching: one new happening judges again only the commitments that it can touch."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from materiel.commitments.board import commitments_asked, stand_all, turns_of
from materiel.commitments.cells import HappeningIndex, Key, handles_asked, handles_touched
from materiel.commitments.commitment import Commitment, condition_of
from materiel.commitments.evaluate import clocks_of
from materiel.commitments.happenings import Happening
from materiel.commitments.standing import Note, Standing
from materiel.commitments.tree import LevelComparison, leaves, moments


class Watch:
    """Commitments over happenings, on fixed dates. Immutable: :meth:`with_added` gives another.

    Attributes:
        standings: by id.
    """

    __slots__ = ("_as_of", "_commitments", "_handles", "_index", "_known_by", "_waiting", "standings")

    def __init__(
        self,
        commitments: Iterable[Commitment],
        happenings: Iterable[Happening] | HappeningIndex,
        *,
        as_of: str,
        known_by: str | None = None,
    ) -> None:
        self._index = happenings if isinstance(happenings, HappeningIndex) else HappeningIndex(happenings)
        self._commitments = {commitment.id: commitment for commitment in commitments}
        self._as_of, self._known_by = as_of, known_by
        self._handles: dict[Key, list[str]] = {}
        self._waiting: dict[str, list[str]] = {}
        for commitment in self._commitments.values():
            for side in (commitment.antecedent, commitment.consequent):
                if side is not None:
                    self._note(commitment.id, side)
        clocks = clocks_of(as_of, known_by)
        self.standings: dict[str, Standing] = stand_all(tuple(self._commitments.values()), self._index, clocks)

    def _note(self, identity: str, side: object) -> None:
        condition = condition_of(side)  # type: ignore[arg-type]
        for leaf in leaves(condition):
            if isinstance(leaf, LevelComparison):
                continue
            for atom in (leaf, *moments(leaf)):
                for handle in handles_asked(atom):
                    self._handles.setdefault(handle, []).append(identity)
        for other in commitments_asked(condition):
            self._waiting.setdefault(other, []).append(identity)

    @property
    def happenings(self) -> HappeningIndex:
        return self._index

    def touched_by(self, happenings: Sequence[Happening]) -> tuple[str, ...]:
        """Ids of the commitments that happenings may touch, with those that ask for the state of one of these;
        sorted.
        """
        found: set[str] = set()
        for happening in happenings:
            for handle in handles_touched(happening):
                found.update(self._handles.get(handle, ()))
        frontier = list(found)
        while frontier:
            for waiting in self._waiting.get(frontier.pop(), ()):
                if waiting not in found:
                    found.add(waiting)
                    frontier.append(waiting)
        return tuple(sorted(found))

    def with_added(self, happenings: Sequence[Happening]) -> Watch:
        """The same with more happenings."""
        added = object.__new__(Watch)
        added._commitments, added._handles, added._waiting = self._commitments, self._handles, self._waiting
        added._as_of, added._known_by = self._as_of, self._known_by
        added._index = self._index.with_added(happenings)
        touched = self.touched_by(happenings)
        asked = {
            other
            for identity in touched
            for side in (self._commitments[identity].antecedent, self._commitments[identity].consequent)
            if side is not None
            for other in commitments_asked(condition_of(side))
        } - set(touched)
        seen = [self.standings[other] for other in sorted(asked) if other in self.standings]
        # As on the board: of those in a circle nobody sees anything.
        turns = [turn for standing in seen if Note.CIRCULAR not in standing.notes for turn in turns_of(standing)]
        index = added._index.with_added(turns) if turns else added._index
        fresh = stand_all([self._commitments[each] for each in touched], index, clocks_of(self._as_of, self._known_by))
        added.standings = {**self.standings, **fresh}
        return added
