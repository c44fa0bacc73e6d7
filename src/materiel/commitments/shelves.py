"""What is kept of the happenings that may match together: by class, in the order of time, with what denials reach them.

A shelf is sorted when it is first read, and what contests a happening is sought when it is first asked; both are kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from materiel.commitments.denials import UNCONTESTED, reaches
from materiel.commitments.happenings import Happening
from materiel.commitments.materiel_tree import covered_by, covering_classes
from materiel.commitments.tree import Names
from materiel.terms.statements import Assertion, Transfer

_NO_CLASS = ("",)
_NOT_SOUGHT = -1


class Shelf:
    """Happenings of one class of materiel in a cell, by the day by which they had surely happened; sorted when
    first read.
    """

    __slots__ = ("_contested", "_happenings", "_is_sorted", "_lasts")

    def __init__(self) -> None:
        self._happenings: list[Happening] = []
        self._lasts: list[int] = []
        self._contested: list[int] = []
        self._is_sorted = False

    def add(self, happening: Happening) -> None:
        self._happenings.append(happening)

    def read(self) -> tuple[list[Happening], list[int]]:
        """The happenings in order, and the last day of the span of each."""
        if not self._is_sorted:
            self._happenings.sort(key=order_of)
            self._lasts = [happening.span[1] for happening in self._happenings]
            self._contested = [_NOT_SOUGHT] * len(self._lasts)
            self._is_sorted = True
        return self._happenings, self._lasts

    def contested_from(self, place: int, cell: Cell) -> int:
        """The day from which a denial in the shelf's own cell that reaches a happening is known."""
        day = self._contested[place]
        if day == _NOT_SOUGHT:
            day = self._contested[place] = cell.contested_from(self._happenings[place])
        return day


def order_of(happening: Happening) -> tuple[int, int, str]:
    """By the day by which it had surely happened, then the first day on which it may have, then the id."""
    return happening.span[1], happening.span[0], happening.id


class Cell:
    """The happenings of one key, by what the accounts do with them and, of supplies, by class."""

    __slots__ = ("denied", "stated", "unknown")

    def __init__(self) -> None:
        self.stated: dict[str, Shelf] = {}
        self.denied: dict[str, list[Happening]] = {}
        self.unknown: list[Happening] = []

    def add(self, happening: Happening) -> None:
        deed = happening.deed
        classes = deed.materiel if isinstance(deed, Transfer) else _NO_CLASS
        if happening.assertion is Assertion.STATED:
            for name in classes:
                shelf = self.stated.get(name)
                if shelf is None:
                    shelf = self.stated[name] = Shelf()
                shelf.add(happening)
        elif happening.assertion is Assertion.DENIED:
            for name in classes:
                self.denied.setdefault(name, []).append(happening)
        elif happening.assertion is Assertion.UNKNOWN:
            self.unknown.append(happening)

    def shelves(self, classes: Names) -> list[Shelf]:
        """What is stated of the classes that some classes cover; of all where ``classes`` is None."""
        if classes is None:
            return list(self.stated.values())
        covered = covered_by(classes)
        if len(self.stated) < len(covered):
            return [shelf for name, shelf in self.stated.items() if name in covered]
        return [self.stated[name] for name in covered if name in self.stated]

    def contested_from(self, stated: Happening) -> int:
        """The day from which a denial here that reaches a happening is known; :data:`UNCONTESTED` where none is."""
        first = UNCONTESTED
        if self.denied:
            deed = stated.deed
            # A denial that denies all classes of a supply denies the first of them.
            for name in covering_classes(deed.materiel[0]) if isinstance(deed, Transfer) else _NO_CLASS:
                for denial in self.denied.get(name, ()):
                    if denial.known < first and reaches(denial, stated):
                        first = denial.known
        return first

    def all(self) -> Iterator[Happening]:
        seen: set[str] = set()
        for shelf in self.stated.values():
            yield from _first_seen(shelf.read()[0], seen)
        for denied in self.denied.values():
            yield from _first_seen(denied, seen)
        yield from self.unknown


def _first_seen(happenings: Iterable[Happening], seen: set[str]) -> Iterator[Happening]:
    """Those that are not on a shelf read before: of several classes, a happening lies on several."""
    for happening in happenings:
        if happening.id not in seen:
            seen.add(happening.id)
            yield happening
