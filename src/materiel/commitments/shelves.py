"""What is kept of the happenings that may match together: stated ones in columns, by class and in the order of time;
and the denials that reach them.

A *shelf* is what is stated of one class of materiel in one cell. The shelves of a layer stand one after the other in
the same columns: an atom that asks for a stage, for days and for what was known by then looks at a few numbers lying
side by side, and at a happening only where these fit.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from materiel.commitments.denials import is_refusal, reaches
from materiel.commitments.happenings import Happening
from materiel.commitments.materiel_tree import covering_classes
from materiel.terms.statements import Assertion, Transfer

Places = npt.NDArray[np.int64]
"""Where happenings stand in the columns."""

_NO_CLASS = ("",)


class Cell:
    """The happenings of one key, by what the accounts do with them and, of supplies, by class."""

    __slots__ = ("_denying", "denied", "refused", "stated", "unknown")

    def __init__(self) -> None:
        self.stated: dict[str, int] = {}
        """The number of the shelf of each class."""
        self.refused: dict[str, list[Happening]] = {}
        """Those that are stated and are refusals; they stand on the shelves as well."""
        self.denied: dict[str, list[Happening]] = {}
        self.unknown: list[Happening] = []
        self._denying: dict[str, list[Happening]] = {}

    def deniers(self, stated: Happening) -> list[Happening]:
        """The denials here that reach a happening."""
        if not self.denied:
            return []
        deed, rank, first = stated.deed, stated.rank, stated.span[0]
        # A denial that denies all classes of a supply denies the first of them.
        name = deed.materiel[0] if isinstance(deed, Transfer) else ""
        # Most are told apart by how far they go and when they end, before anything dearer is compared.
        return [
            denial
            for denial in self.denying(name)
            if denial.rank <= rank and denial.span[1] >= first and reaches(denial, stated)
        ]

    def denying(self, name: str) -> list[Happening]:
        """The denials of a class, or of one that covers it; of what is no supply ("") all of them."""
        found = self._denying.get(name)
        if found is None:
            found = self._denying[name] = _under(self.denied, name)
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
        last, first, known, rank: columns beside them; the last and the first day on which each may have happened.
        contested: the day from which a denial that reaches it is known, where it has been sought; else None.
    """

    __slots__ = ("_all", "_codes", "_named", "_starts", "contested", "first", "happenings", "known", "last", "rank")

    def __init__(self, members: Sequence[Happening], numbers: Sequence[int], names: Sequence[str]) -> None:
        """Of happenings with the number of the shelf of each, and the class of each shelf by its number."""
        order = _order(members, numbers)
        self.happenings = [members[place] for place in order.tolist()]
        self.last = _column(each.span[1] for each in members)[order]
        self.first = _column(each.span[0] for each in members)[order]
        self.known = _column(each.known for each in members)[order]
        self.rank = _column(each.rank for each in members)[order]
        self.contested: list[int | None] = [None] * len(members)
        self._all = np.arange(len(members))
        self._starts = np.searchsorted(_column(numbers)[order], np.arange(len(names) + 1))
        self._named: dict[str, int] = {}
        codes = [self._named.setdefault(name, len(self._named)) for name in names]
        self._codes = _column(codes)

    def places(self, numbers: Sequence[int] | Places) -> Places:
        """What stands on some shelves, shelf after shelf."""
        if len(numbers) == 1:
            number = numbers[0]
            return self._all[self._starts[number] : self._starts[number + 1]]
        if len(numbers) == 0:
            return self._all[:0]
        chosen = np.asarray(numbers, dtype=np.int64)
        starts = self._starts[chosen]
        lengths = self._starts[chosen + 1] - starts
        ends = np.cumsum(lengths)
        return np.repeat(starts - ends + lengths, lengths) + np.arange(ends[-1])

    def of_classes(self, numbers: Places, classes: Iterable[str]) -> Places:
        """Those of some shelves that hold one of some classes."""
        is_asked = np.zeros(len(self._named) + 1, dtype=np.bool_)
        is_asked[[self._named[name] for name in classes if name in self._named]] = True
        chosen: Places = numbers[is_asked[self._codes[numbers]]]
        return chosen

    def in_order(self, places: Places) -> Places:
        """Places by the days of what stands there; of the same days, as they came."""
        ordered: Places = places[np.lexsort((self.first[places], self.last[places]))]
        return ordered


def _column(values: Iterable[int]) -> Places:
    return np.fromiter(values, dtype=np.int64)


def _order(members: Sequence[Happening], numbers: Sequence[int]) -> Places:
    """By shelf, and on it by last day, first day and id."""
    shelf, last, first = (
        _column(numbers),
        _column(each.span[1] for each in members),
        _column(each.span[0] for each in members),
    )
    order: Places = np.lexsort((first, last, shelf))
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
