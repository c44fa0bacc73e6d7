"""What is kept of the happenings that may match together: by class, in the order of time, with what denials reach them.

A shelf is sorted when it is first read, and what contests a happening is sought when it is first asked; both are kept.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from operator import attrgetter

from materiel.commitments.days import FIRST_DAY
from materiel.commitments.denials import UNCONTESTED, is_refusal, reaches
from materiel.commitments.happenings import Happening
from materiel.commitments.materiel_tree import covering_classes
from materiel.terms.statements import Assertion, Transfer

_NO_CLASS = ("",)
_NOT_SOUGHT = -1
_order = attrgetter("order")


class Shelf:
    """Stated happenings of one class of materiel in a cell, in their order once :meth:`sort` has been called."""

    __slots__ = ("_contested", "happenings")

    def __init__(self) -> None:
        self.happenings: list[Happening] = []
        self._contested: list[int] = []

    def sort(self) -> list[Happening]:
        """The happenings in their order; after the first call nothing is added to the shelf."""
        if not self._contested:
            if len(self.happenings) > 1:
                self.happenings.sort(key=_order)
            self._contested = [_NOT_SOUGHT] * len(self.happenings)
        return self.happenings

    def place_of(self, day: int) -> int:
        """The place of the first happening that may lie on a day or after it; of a sorted shelf."""
        return bisect_left(self.happenings, (day, FIRST_DAY, ""), key=_order) if day > FIRST_DAY else 0

    def contested_from(self, place: int, cell: Cell) -> int:
        """The day from which a denial in the shelf's own cell that reaches a happening is known."""
        if not cell.denied:
            return UNCONTESTED
        day = self._contested[place]
        if day == _NOT_SOUGHT:
            day = self._contested[place] = cell.contested_from(self.happenings[place])
        return day


class Cell:
    """The happenings of one key, by what the accounts do with them and, of supplies, by class."""

    __slots__ = ("_denying", "denied", "refused", "stated", "unknown")

    def __init__(self) -> None:
        self.stated: dict[str, Shelf] = {}
        self.refused: dict[str, list[Happening]] = {}
        """Those that are stated and are refusals; they stand on the shelves as well."""
        self.denied: dict[str, list[Happening]] = {}
        self.unknown: list[Happening] = []
        self._denying: dict[str, list[Happening]] = {}

    def add(self, happening: Happening) -> None:
        deed = happening.deed
        classes = deed.materiel if isinstance(deed, Transfer) else _NO_CLASS
        if happening.assertion is Assertion.STATED:
            for name in classes:
                shelf = self.stated.get(name)
                if shelf is None:
                    shelf = self.stated[name] = Shelf()
                shelf.happenings.append(happening)
            if is_refusal(deed):
                for name in classes:
                    self.refused.setdefault(name, []).append(happening)
        elif happening.assertion is Assertion.DENIED:
            for name in classes:
                self.denied.setdefault(name, []).append(happening)
        elif happening.assertion is Assertion.UNKNOWN:
            self.unknown.append(happening)

    def shelves(self, classes: frozenset[str] | None) -> Iterator[Shelf]:
        """What is stated of some classes, in no order; of all where ``classes`` is None."""
        if classes is None:
            yield from self.stated.values()
        elif len(self.stated) < len(classes):
            yield from (shelf for name, shelf in self.stated.items() if name in classes)
        else:
            yield from (self.stated[name] for name in classes if name in self.stated)

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

    def contested_from(self, stated: Happening) -> int:
        """The day from which a denial here that reaches a happening is known; :data:`UNCONTESTED` where none is."""
        deniers = self.deniers(stated)
        return min(denial.known for denial in deniers) if deniers else UNCONTESTED

    def denying(self, name: str) -> list[Happening]:
        """The denials of a class, or of one that covers it; of what is no supply ("") all of them."""
        found = self._denying.get(name)
        if found is None:
            found = self._denying[name] = _under(self.denied, name)
        return found

    def refusing(self, name: str) -> list[Happening]:
        """The stated refusals of a class, or of one that covers it."""
        return _under(self.refused, name) if self.refused else []

    def all(self) -> Iterator[Happening]:
        seen: set[str] = set()
        for shelf in self.stated.values():
            yield from _first_seen(shelf.happenings, seen)
        for denied in self.denied.values():
            yield from _first_seen(denied, seen)
        yield from self.unknown


def _under(by_class: dict[str, list[Happening]], name: str) -> list[Happening]:
    generals = covering_classes(name) if name else _NO_CLASS
    return [happening for general in generals if general in by_class for happening in by_class[general]]


def _first_seen(happenings: Iterable[Happening], seen: set[str]) -> Iterator[Happening]:
    """Those that are not on a shelf read before: of several classes, a happening lies on several."""
    for happening in happenings:
        if happening.id not in seen:
            seen.add(happening.id)
            yield happening
