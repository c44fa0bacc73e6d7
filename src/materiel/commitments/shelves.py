"""What is kept of the happenings that may match together: stated ones in columns, by class and in the order of time;
and the denials that reach them.

A *shelf* is what is stated of one class of materiel in one cell. The shelves of a layer stand one after the other in
the same columns: an atom that asks for a stage, for days and for what was known by then looks at a few numbers lying
side by side, and at a happening only where these fit.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from materiel.commitments.denials import is_refusal, period_of, reaches, told_of
from materiel.commitments.happenings import Happening
from materiel.commitments.materiel_tree import covering_classes
from materiel.terms.statements import Assertion, Transfer

Numbers = npt.NDArray[np.int64]

_FEW = 6
"""Up to so many shelves are looked through one by one, which is faster for what is short."""
_NO_CLASS = ("",)


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
        self._denying: dict[str, list[tuple[int, int, int, bool, Happening]]] = {}

    def deniers(self, stated: Happening, name: str) -> list[Happening]:
        """The denials here that reach a happening, in the order in which they became known.

        ``name`` is any of its classes: a denial that denies all of them denies each.
        """
        if not self.denied or stated.is_imagined:
            return []
        rank, (first, last) = stated.rank, told_of(stated)
        is_one = isinstance(stated.deed, Transfer) and len(stated.deed.materiel) == 1
        # Numbers tell most of them apart, and all where nothing but stage, class and time can differ.
        return [
            denial
            for denied_rank, begin, end, is_plain, denial in self._deniers_of(name)
            if denied_rank <= rank
            and first <= end
            and last >= begin
            and ((is_plain and is_one) or reaches(denial, stated))
        ]

    def _deniers_of(self, name: str) -> list[tuple[int, int, int, bool, Happening]]:
        """The denials of a class with their rank, the time that they speak of, and whether they are of supplies by
        whatever way.
        """
        found = self._denying.get(name)
        if found is None:
            found = self._denying[name] = [
                (
                    each.rank,
                    *period_of(each),
                    each.rank >= 0 and isinstance(each.deed, Transfer) and not each.deed.via,
                    each,
                )
                for each in sorted(_under(self.denied, name), key=lambda each: (each.known, each.id))
            ]
        return found

    def denying(self, name: str) -> list[Happening]:
        """The denials of a class, or of one that covers it, as they became known; of what is no supply ("") all."""
        return [denial for *_, denial in self._deniers_of(name)] if self.denied else []

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
        contested: the day from which a denial that reaches it is known, where it has been sought; else None.
    """

    __slots__ = (
        "_codes",
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
        self.contested: list[int | None] = [None] * len(members)
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
        self.names = tuple(names)
        self._named: dict[str, int] = {}
        self._codes = _column([self._named.setdefault(name, len(self._named)) for name in names])

    def places(self, numbers: Sequence[int] | Numbers, rank: int, known_by: int) -> list[int]:
        """Where on some shelves there is what has come so far and was known by a day, in the order of the days."""
        if len(numbers) > _FEW:
            return self._places_on_many(np.asarray(numbers, dtype=np.int64), rank, known_by)
        starts, ranks, known = self._views
        found: list[int] = []
        for number in numbers:
            shelf = range(starts[number], starts[number + 1])
            if rank >= 0:
                found += [place for place in shelf if ranks[place] >= rank and known[place] <= known_by]
            else:
                found += [place for place in shelf if ranks[place] == rank and known[place] <= known_by]
        if len(numbers) > 1:
            found.sort(key=lambda place: self.happenings[place].order)
        return found

    def _places_on_many(self, numbers: Numbers, rank: int, known_by: int) -> list[int]:
        starts = self._starts[numbers]
        lengths = self._starts[numbers + 1] - starts
        ends = np.cumsum(lengths)
        places = np.repeat(starts - ends + lengths, lengths) + np.arange(ends[-1])
        ranks = self._rank[places]
        places = places[((ranks >= rank) if rank >= 0 else (ranks == rank)) & (self._known[places] <= known_by)]
        # Of the same days they come as they stand: whoever needs the very first compares the happenings.
        ordered: list[int] = places[np.lexsort((self._first[places], self._last[places]))].tolist()
        return ordered

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
