"""What is kept of the happenings that may match together: stated ones in columns, by class and in the order of time;
and the denials that reach them.

A *shelf* is what is stated of one class of materiel in one cell. The shelves of a layer stand one after the other in
the same columns: an atom that asks for a stage, for days and for what was known by then looks at a few numbers lying
side by side, and at a happening only where these fit.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import numpy.typing as npt

from materiel.commitments.days import FIRST_DAY, LAST_DAY
from materiel.commitments.denials import UNCONTESTED, is_refusal, period_of, reaches
from materiel.commitments.happenings import Happening
from materiel.commitments.materiel_tree import covering_classes
from materiel.terms.statements import Assertion, Transfer

Numbers = npt.NDArray[np.int64]

_FEW = 6
"""Up to so many shelves are looked through one by one, which is faster for what is short."""
_NO_CLASS = ("",)
UNSOUGHT = -1
"""Before any day: not yet known from when on something is contested."""


class Cell:
    """The happenings of one key, by what the accounts do with them and, of supplies, by class."""

    __slots__ = ("_denying", "denied", "refused", "shelved", "stated", "unknown")

    def __init__(self) -> None:
        self.stated: dict[str, int] = {}
        """The number of the shelf of each class."""
        self.shelved: list[array[int]] = []
        """The same numbers, with those of other cells: one list for each handle of the cell."""
        self.refused: dict[str, list[Happening]] = {}
        """Those that are stated and are refusals; they stand on the shelves as well."""
        self.denied: dict[str, list[Happening]] = {}
        self.unknown: list[Happening] = []
        self._denying: dict[str, list[Happening]] = {}

    def deniers(self, stated: Happening, name: str) -> list[Happening]:
        """The denials here that reach a happening, in the order in which they became known.

        ``name`` is any of its classes: a denial that denies all of them denies each.
        """
        return [denial for denial in self.denying(name) if reaches(denial, stated)]

    def denying(self, name: str) -> list[Happening]:
        """The denials of a class, or of one that covers it, as they became known; of what is no supply ("") all."""
        if not self.denied:
            return []
        found = self._denying.get(name)
        if found is None:
            found = _under(self.denied, name)
            found.sort(key=lambda each: (each.known, each.id))
            self._denying[name] = found
        return found

    def refusing(self, name: str) -> list[Happening]:
        """The stated refusals of a class, or of one that covers it."""
        return _under(self.refused, name) if self.refused else []


def _under(by_class: dict[str, list[Happening]], name: str) -> list[Happening]:
    generals = covering_classes(name) if name else _NO_CLASS
    return [happening for general in generals if general in by_class for happening in by_class[general]]


class Shelves:
    """The stated happenings of a layer, shelf after shelf, each in its order.

    Attributes:
        happenings: as they stand.
        firsts, lasts: beside them, the first and the last day on which each may have happened.
        numbers: beside them, the number of the shelf of each.
        names: the class of each shelf by its number.
        contested: the day from which a denial of the same layer is known that reaches it; :data:`UNSOUGHT` where
            numbers alone do not tell it.
    """

    __slots__ = (
        "_codes",
        "_contested",
        "_first",
        "_known",
        "_last",
        "_named",
        "_rank",
        "_starts",
        "_views",
        "contested",
        "firsts",
        "happenings",
        "lasts",
        "names",
        "numbers",
    )

    def __init__(self, members: Sequence[Happening], numbers: Sequence[int], names: Sequence[str]) -> None:
        """Of happenings with the number of the shelf of each, and the class of each shelf by its number."""
        order = _order(members, numbers)
        self.happenings = [members[place] for place in order.tolist()]
        self._last = _column(each.span[1] for each in members)[order]
        self._first = _column(each.span[0] for each in members)[order]
        self._known = _column(each.known for each in members)[order]
        self._rank = _column(each.rank for each in members)[order]
        shelf = _column(numbers)[order]
        self._starts = np.searchsorted(shelf, np.arange(len(names) + 1))
        # Single numbers are read faster through a view than from an array.
        self._views = tuple(column.data for column in (self._starts, self._rank, self._known))
        self.firsts, self.lasts = self._first.data, self._last.data
        self.numbers = shelf.data
        self._contested = np.full(len(members), UNCONTESTED)
        self.contested = self._contested.data
        self.names = tuple(names)
        self._named: dict[str, int] = {}
        self._codes = _column([self._named.setdefault(name, len(self._named)) for name in names])

    def contest(self, denials: Iterable[tuple[int, Happening]]) -> None:
        """Dates what stands on the shelves by the denials that reach it, each with the number of a shelf that it
        reaches by its class.
        """
        rows = [
            (number, denial.rank, *period_of(denial), denial.known if _denies_any_way(denial) else UNSOUGHT)
            for number, denial in denials
        ]
        if not rows:
            return
        shelf, rank, begin, end, known = np.array(rows, dtype=np.int64).T
        places, lengths = self._places_of(shelf)
        first, last = self._first[places], self._last[places]
        # As :func:`~materiel.commitments.denials.told_of`.
        told = np.where((first == FIRST_DAY) & (last < LAST_DAY), last, first)
        reached = (
            (np.repeat(rank, lengths) <= self._rank[places])
            & (told <= np.repeat(end, lengths))
            & (last >= np.repeat(begin, lengths))
        )
        places, known = places[reached], np.repeat(known, lengths)[reached]
        is_plain = np.fromiter((_is_plain(self.happenings[place]) for place in places.tolist()), dtype=np.bool_)
        np.minimum.at(self._contested, places, np.where(is_plain, known, UNSOUGHT))

    def places(self, numbers: Sequence[int] | Numbers, rank: int, known_by: int) -> list[int]:
        """Where on some shelves there is what has come so far and was known by a day, in the order of the days."""
        found = [place for run in self.runs(numbers, rank, known_by) for place in run]
        if len(numbers) > 1:
            found.sort(key=lambda place: self.happenings[place].order)
        return found

    def runs(self, numbers: Sequence[int] | Numbers, rank: int, known_by: int) -> Iterator[Iterable[int]]:
        """The same as one or more runs, each in the order of the days.

        Of the same days they need not be in the order of ids: whoever needs the very first compares the happenings.
        """
        if len(numbers) > _FEW:
            yield self._run_of_many(np.asarray(numbers, dtype=np.int64), rank, known_by)
            return
        starts, ranks, known = self._views
        for number in numbers:
            shelf = range(starts[number], starts[number + 1])
            if rank >= 0:
                yield [place for place in shelf if ranks[place] >= rank and known[place] <= known_by]
            else:
                yield [place for place in shelf if ranks[place] == rank and known[place] <= known_by]

    def _run_of_many(self, numbers: Numbers, rank: int, known_by: int) -> list[int]:
        places, _ = self._places_of(numbers)
        ranks = self._rank[places]
        places = places[((ranks >= rank) if rank >= 0 else (ranks == rank)) & (self._known[places] <= known_by)]
        ordered: list[int] = places[np.lexsort((self._first[places], self._last[places]))].tolist()
        return ordered

    def _places_of(self, numbers: Numbers) -> tuple[Numbers, Numbers]:
        """All that stands on some shelves, one after the other, and how much on each."""
        starts = self._starts[numbers]
        lengths = self._starts[numbers + 1] - starts
        ends = np.cumsum(lengths)
        return np.repeat(starts - ends + lengths, lengths) + np.arange(ends[-1]), lengths

    def of_classes(self, numbers: Numbers, classes: Iterable[str]) -> Numbers:
        """Those of some shelves that hold one of some classes."""
        is_asked = np.zeros(len(self._named) + 1, dtype=np.bool_)
        is_asked[[self._named[name] for name in classes if name in self._named]] = True
        chosen: Numbers = numbers[is_asked[self._codes[numbers]]]
        return chosen


def _column(values: Iterable[int]) -> Numbers:
    return np.fromiter(values, dtype=np.int64)


def _order(members: Sequence[Happening], numbers: Sequence[int]) -> Numbers:
    """By shelf, and on it by last day, first day and id."""
    shelf, last, first = (
        _column(numbers),
        _column(each.span[1] for each in members),
        _column(each.span[0] for each in members),
    )
    order: Numbers = np.lexsort((first, last, shelf))
    shelf, last, first = shelf[order], last[order], first[order]
    # Ids are compared only where all else is the same: that is seldom, and texts are slow to sort.
    alike = (shelf[1:] == shelf[:-1]) & (last[1:] == last[:-1]) & (first[1:] == first[:-1])
    begin = 0
    for place in np.flatnonzero(alike).tolist():
        if place < begin:
            continue
        end = place + 1
        while end < len(order) and alike[end - 1]:
            end += 1
        order[place:end] = sorted(order[place:end].tolist(), key=lambda each: members[each].id)
        begin = end
    return order


def _denies_any_way(denial: Happening) -> bool:
    """Whether a denial denies supplies by whatever way: then class, stage and time tell what it reaches."""
    return isinstance(denial.deed, Transfer) and denial.rank >= 0 and not denial.deed.via


def _is_plain(stated: Happening) -> bool:
    """Whether class, stage and time tell which of such denials reach it."""
    return len(classes_of(stated)) == 1 and not stated.is_imagined


def classes_of(happening: Happening) -> tuple[str, ...]:
    """The classes under which a happening is kept; "" for what is no supply."""
    return happening.deed.materiel if isinstance(happening.deed, Transfer) else _NO_CLASS


def keep_apart(cell: Cell, happening: Happening) -> None:
    """Keeps in a cell what is not, or not only, kept on its shelves: denials, refusals, and what is not known."""
    if happening.assertion is Assertion.DENIED:
        for name in classes_of(happening):
            cell.denied.setdefault(name, []).append(happening)
    elif happening.assertion is Assertion.UNKNOWN:
        cell.unknown.append(happening)
    elif is_refusal(happening.deed):
        for name in classes_of(happening):
            cell.refused.setdefault(name, []).append(happening)
