"""The board of a dossier: where each commitment stands, what moved, what follows from what, and what would follow if.

Nothing here stores anything. No date is today's: where none is given, it is the last day that the record knows of.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from materiel.commitments.board import Change
from materiel.commitments.board import board as stand_on
from materiel.commitments.board import changes as compare
from materiel.commitments.chains import chains as link
from materiel.commitments.outside import Outside, Solution
from materiel.commitments.parsing import parse
from materiel.commitments.standing import Standing
from materiel.commitments.supposing import imagine_condition, whatif
from materiel.commitments.tree import And, State
from materiel.commitments.wording import say
from materiel.desk.watching import Watched, watch
from materiel.report.standings import Card, Ladder, Link, Moved, card_of, happening_words, moved_words
from materiel.terms.decisions import Decision


@dataclass(frozen=True, slots=True)
class Board:
    """Where each commitment of a dossier stands.

    Attributes:
        as_of: ISO day, month or year of the world asked about.
        known_by: likewise of what was published; None for all that is known.
        cards: triggered first, then those nearest to it, then what is over.
        loose: decisions on commitments that no reading finds any more.
    """

    as_of: str
    known_by: str | None
    cards: tuple[Card, ...]
    loose: tuple[Decision, ...]


def board(dossier: Path, *, as_of: str | None = None, known_by: str | None = None) -> Board:
    """The board on a day.

    Args:
        dossier: the file.
        as_of: ISO day, month or year; None for the last day that the record knows of.
        known_by: likewise; None for all that is known, its day of publication or not.

    Raises:
        DossierRefused: the file is not a dossier.
        InputRefused: a date is none, or nothing is dated.
    """
    return board_of(watch(dossier), as_of=as_of, known_by=known_by)


def board_of(watched: Watched, *, as_of: str | None = None, known_by: str | None = None) -> Board:
    """The same of what was loaded."""
    day = as_of or watched.last_day
    standings = stand_on(watched.decided.commitments, watched.index, as_of=day, known_by=known_by)
    return Board(day, known_by, cards_of(watched, standings), watched.decided.loose)


def cards_of(watched: Watched, standings: Sequence[Standing]) -> tuple[Card, ...]:
    """Standings in words, each with its evidence and what was decided about it."""
    return tuple(
        card_of(standing, watched.entries, watched.documents, watched.decided.decisions.get(standing.id, ()))
        for standing in standings
    )


def changes(dossier: Path, from_date: str, to_date: str, *, known_by: str | None = None) -> tuple[Moved, ...]:
    """What moved between two days and why, each as it was known on that day.

    Args:
        dossier: the file.
        from_date: ISO day, month or year.
        to_date: likewise.
        known_by: what was known of both by one day; None: each as known on that day.

    Raises:
        DossierRefused: the file is not a dossier.
        InputRefused: a date is none.
    """
    watched = watch(dossier)
    found = compare(watched.decided.commitments, watched.index, from_date=from_date, to_date=to_date, known_by=known_by)
    return tuple(moved(watched, change) for change in found)


def moved(watched: Watched, change: Change) -> Moved:
    """A change with its two cards and the reasons."""
    before, after = (
        cards_of(watched, (standing,))[0] if standing else None for standing in (change.before, change.after)
    )
    return Moved(before, after, moved_words(change))


@dataclass(frozen=True, slots=True)
class Sets:
    """The smallest sets of outside events for an aim, each event in words.

    Attributes:
        sets: all of one size; empty where nothing would do.
        sets_off: ids of the commitments that the first of them sets off.
        is_exact: no smaller set would do.
    """

    sets: tuple[tuple[str, ...], ...]
    sets_off: tuple[str, ...]
    is_exact: bool

    @property
    def takes_one(self) -> bool:
        """Whether one event by itself does it."""
        return any(len(events) == 1 for events in self.sets)


@dataclass(frozen=True, slots=True)
class Chained:
    """The chains of the commitments that are standing or triggered.

    Attributes:
        cards: these commitments, in the order of the board.
        cycles: who escalates into whom: ids, from the first by name.
        most: what sets off as many as can be.
        smallest: what sets off each, by id.
    """

    cards: tuple[Card, ...]
    links: tuple[Link, ...]
    ladders: tuple[Ladder, ...]
    cycles: tuple[tuple[str, ...], ...]
    most: Sets
    smallest: dict[str, Sets]


def chains(dossier: Path, *, as_of: str | None = None, known_by: str | None = None) -> Chained:
    """Where one commitment's deed is another's condition, among those that are standing or triggered on a day.

    Args:
        dossier: the file.
        as_of: ISO day, month or year; None for the last day that the record knows of.
        known_by: likewise; None for all that is known.

    Raises:
        DossierRefused: the file is not a dossier.
        InputRefused: a date is none.
    """
    return chains_of(watch(dossier), as_of=as_of, known_by=known_by)


def chains_of(watched: Watched, *, as_of: str | None = None, known_by: str | None = None) -> Chained:
    """The same of what was loaded."""
    cards = board_of(watched, as_of=as_of, known_by=known_by).cards
    live = tuple(card for card in cards if card.state in {State.STANDING, State.TRIGGERED})
    commitments = [card.standing.commitment for card in live]
    found = link(commitments)
    return Chained(
        live,
        tuple(dict.fromkeys(Link(each.source, each.target, each.is_sure) for each in found.links)),
        tuple(Ladder(_event_words(each.event), each.event.text, each.rungs) for each in found.ladders),
        found.cycles,
        _sets(found.most),
        {card.id: _sets(found.smallest[card.id]) for card in live},
    )


def _sets(solution: Solution) -> Sets:
    sets = tuple(tuple(_event_words(event) for event in events) for events in solution.sets)
    return Sets(sets, solution.sets_off, solution.is_exact)


def _event_words(event: Outside) -> str:
    return say(event.condition)


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of what would follow.

    Attributes:
        supposed: what happens, in words: the question on the first rung, then the deeds of those set off before.
        moves: the commitments that this moves.
    """

    supposed: tuple[str, ...]
    moves: tuple[Moved, ...]


@dataclass(frozen=True, slots=True)
class Supposition:
    """What would follow from something imagined; nothing of it is stored.

    Attributes:
        board: where each commitment would stand at the end.
    """

    as_of: str
    known_by: str | None
    rungs: tuple[Rung, ...]
    board: tuple[Card, ...]


def what_if(dossier: Path, *conditions: str, as_of: str | None = None, known_by: str | None = None) -> Supposition:
    """What would follow, each commitment set off being kept.

    Args:
        dossier: the file; it is not changed.
        conditions: what happens, in the language: one or more supplies, pacts, stances or events.
        as_of: the day on which it happens; None for the last day that the record knows of.
        known_by: what was published by then counts; None for all that is known, as on the board. No denial speaks
            against what is supposed: it is an assumption.

    Raises:
        ConditionRefused: a condition cannot be read, or does not say what happens.
        DossierRefused: the file is not a dossier.
        InputRefused: a date is none.
    """
    parts = [parse(condition) for condition in conditions]
    watched = watch(dossier)
    day = as_of or watched.last_day
    # Each by itself first, so that a refusal shows the text as it was typed.
    for part in parts:
        imagine_condition(part, day)
    supposed = parts[0] if len(parts) == 1 else And(tuple(parts))
    found = whatif(watched.decided.commitments, watched.index, supposed, as_of=day, known_by=known_by)
    return Supposition(
        day,
        known_by,
        tuple(
            Rung(
                tuple(happening_words(each) for each in rung.supposed),
                tuple(moved(watched, change) for change in rung.changes),
            )
            for rung in found.rungs
        ),
        cards_of(watched, found.board),
    )
