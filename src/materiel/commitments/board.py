"""The board: where every commitment stands on a date, what moved between two dates, and what would follow if.

All of it is pure: the two dates are given, and what is supposed is never kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from graphlib import TopologicalSorter

from materiel.commitments.answers import LackKind
from materiel.commitments.cells import HappeningIndex
from materiel.commitments.commitment import Commitment, Saying, condition_of
from materiel.commitments.evaluate import clocks_of
from materiel.commitments.happenings import Happening, Imagined, Recorded, Turn
from materiel.commitments.lifecycle import stand
from materiel.commitments.limits import Clocks
from materiel.commitments.standing import Note, Standing
from materiel.commitments.tree import CommitmentAtom, Condition, State, leaves, moments

_PLACE = {
    State.TRIGGERED: 0,
    State.STANDING: 1,
    State.BROKEN: 2,
    State.KEPT: 3,
    State.LAPSED: 4,
    State.WITHDRAWN: 5,
}
_DISTANCE = {
    LackKind.DISPUTE: 1,
    LackKind.DAY: 1,
    LackKind.SUPPORT: 1,
    LackKind.HAPPENING: 4,
    LackKind.CONTRARY: 4,
    LackKind.LEVEL: 8,
}
"""How far a missing thing is off: what is told already, and only not well enough, is nearest."""


def board(
    commitments: Iterable[Commitment],
    happenings: Iterable[Happening] | HappeningIndex,
    *,
    as_of: str,
    known_by: str | None = None,
) -> tuple[Standing, ...]:
    """Where each commitment stands: triggered ones first, then those nearest to being triggered, then what is over.

    A commitment that was not made by the one date, or not known by the other, is not on the board.

    Raises:
        DayRefused: a date is none.
    """
    index = happenings if isinstance(happenings, HappeningIndex) else HappeningIndex(happenings)
    standings = stand_all(tuple(commitments), index, clocks_of(as_of, known_by))
    return tuple(sorted(standings.values(), key=_nearness))


def _nearness(standing: Standing) -> tuple[int, int, int, str]:
    distance = sum(_DISTANCE[lack.kind] for lack in standing.missing)
    if Note.CONDITION_IN_WORDS in standing.notes:
        distance += 2
    return _PLACE[standing.state], distance, -standing.since[1], standing.id


def stand_all(commitments: Sequence[Commitment], index: HappeningIndex, clocks: Clocks) -> dict[str, Standing]:
    """The standing of each commitment that was made and known, by id.

    A commitment whose condition asks for the state of another is judged after it. Those that ask for each other's
    state in
    a circle see nothing of each other, and a note says so.
    """
    by_id = {commitment.id: commitment for commitment in commitments}
    asked = {commitment.id: _asks_for(commitment) & by_id.keys() for commitment in commitments}
    needed = set().union(*asked.values())
    standings: dict[str, Standing] = {}
    order, circular = _order(asked)
    for identity in order:
        standing = stand(by_id[identity], index, clocks)
        if standing is None:
            continue
        if identity in circular:
            standing = replace(standing, notes=(*standing.notes, Note.CIRCULAR))
        standings[identity] = standing
        if identity in needed and identity not in circular:
            index = index.with_added(turns_of(standing))
    return standings


def _asks_for(commitment: Commitment) -> set[str]:
    sides = (commitment.antecedent, commitment.consequent)
    return {found for side in sides if side is not None for found in commitments_asked(condition_of(side))}


def commitments_asked(condition: Condition) -> Iterator[str]:
    """The ids of the commitments whose state a condition asks for."""
    for leaf in leaves(condition):
        for atom in (leaf, *moments(leaf)):
            if isinstance(atom, CommitmentAtom):
                yield atom.commitment


def _order(asked: dict[str, set[str]]) -> tuple[list[str], frozenset[str]]:
    """Ids such that each comes after those that it asks for, and those that are in a circle."""
    circular = frozenset(_in_circles(asked))
    graph = {identity: sorted(needs - circular) for identity, needs in asked.items()}
    return list(TopologicalSorter(graph).static_order()), circular


def _in_circles(asked: dict[str, set[str]]) -> Iterator[str]:
    """The ids from which a way of asking leads back to themselves: Tarjan's strongly connected components (1972)."""
    reached: dict[str, int] = {}
    lowest: dict[str, int] = {}
    path: list[str] = []
    on_path: set[str] = set()
    for root in asked:
        steps = [] if root in reached else [(root, iter(sorted(asked[root])))]
        while steps:
            identity, others = steps[-1]
            if identity not in reached:
                reached[identity] = lowest[identity] = len(reached)
                path.append(identity)
                on_path.add(identity)
            for other in others:
                if other not in reached:
                    steps.append((other, iter(sorted(asked[other]))))
                    break
                if other in on_path:
                    lowest[identity] = min(lowest[identity], reached[other])
            else:
                steps.pop()
                if steps:
                    lowest[steps[-1][0]] = min(lowest[steps[-1][0]], lowest[identity])
                if lowest[identity] == reached[identity]:
                    circle = [path.pop()]
                    while circle[-1] != identity:
                        circle.append(path.pop())
                    on_path.difference_update(circle)
                    if len(circle) > 1 or identity in asked[identity]:
                        yield from circle


def turns_of(standing: Standing) -> tuple[Happening, ...]:
    """What a commitment came through, as happenings: imagined where what brought it there is."""
    sort = Imagined if standing.is_imagined else Recorded
    return tuple(
        sort(
            id=f"{standing.id}={reached.state}",
            entry=f"{standing.id}={reached.state}",
            deed=Turn(standing.id, reached.state),
            happened_on="",
            span=reached.when,
            known=reached.known,
        )
        for reached in standing.way
    )


@dataclass(frozen=True, slots=True)
class Change:
    """A commitment that moved between two dates.

    Attributes:
        before: None where it was not on the board.
        after: None where it no longer is: on an earlier day of the later knowledge it was not made.
        happenings: what brought it where it is and did not count before.
        sayings: what was said of it in between.
        is_time: nothing was said and nothing happened that brought it there: its term ran out.
    """

    before: Standing | None
    after: Standing | None
    happenings: tuple[Happening, ...]
    sayings: tuple[Saying, ...]
    is_time: bool

    @property
    def commitment(self) -> Commitment:
        standing = self.after or self.before
        assert standing is not None
        return standing.commitment


def changes(
    commitments: Iterable[Commitment],
    happenings: Iterable[Happening] | HappeningIndex,
    *,
    from_date: str,
    to_date: str,
    known_by: str | None = None,
) -> tuple[Change, ...]:
    """What moved between two dates, and why; in the order of the later board, then what is no longer on it.

    Args:
        commitments: all of them.
        happenings: what is recorded or imagined.
        from_date: the earlier day, ISO.
        to_date: the later one.
        known_by: what was known of both dates by one day. None: each date as it was known on that date.

    Raises:
        DayRefused: a date is none.
    """
    index = happenings if isinstance(happenings, HappeningIndex) else HappeningIndex(happenings)
    listed = tuple(commitments)
    earlier = {each.id: each for each in board(listed, index, as_of=from_date, known_by=known_by or from_date)}
    later = {each.id: each for each in board(listed, index, as_of=to_date, known_by=known_by or to_date)}
    return compare_boards(earlier, later)


def _told(standing: Standing) -> tuple[State, tuple[Note, ...]]:
    """What of a standing is news. A deed without its condition is none: it moves nothing."""
    return standing.state, tuple(note for note in standing.notes if note is not Note.EARLY)


def compare_boards(earlier: dict[str, Standing], later: dict[str, Standing]) -> tuple[Change, ...]:
    """What moved between two boards, each given by id: a state, a note, what it rests on, what was said."""
    found: list[Change] = []
    for identity in (*later, *(each for each in earlier if each not in later)):
        before, after = earlier.get(identity), later.get(identity)
        known = {each.id for each in before.evidence} if before else set()
        happenings = tuple(each for each in after.evidence if each.id not in known) if after else ()
        said = before.sayings if before else ()
        sayings = tuple(each for each in after.sayings if each not in said) if after else ()
        moved = before is None or after is None or _told(before) != _told(after)
        if moved or happenings or sayings:
            is_time = before is not None and not happenings and not sayings
            found.append(Change(before, after, happenings, sayings, is_time))
    return tuple(found)
