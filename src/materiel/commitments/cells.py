"""Happenings in cells, so that an atom looks only at those that could be what it asks for.

A cell holds what may match together: the supplies from one actor to another, the pacts of the same parties, the stances
of a holder, the figures of a subject, an event, the turns of a commitment. An index is immutable; adding to it makes a
new one that shares the old cells and puts a small layer over them.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from itertools import product

from materiel.commitments.happenings import Event, Happening, Turn, event_key
from materiel.commitments.materiel_tree import covered_by
from materiel.commitments.shelves import Cell, Shelf
from materiel.commitments.tree import (
    CommitmentAtom,
    EventAtom,
    MeasureAtom,
    Names,
    Occurrence,
    PactAtom,
    StanceAtom,
    Total,
    TransferAtom,
)
from materiel.terms.statements import Measure, Pact, Stance, Transfer

Key = tuple[Hashable, ...]
Asking = Occurrence | MeasureAtom | Total

_MERGED_BELOW = 64
"""Layers up to this size are put into one when another comes on top."""
_NOTED_PAIRS = 100
"""An atom over more pairs of actors than this is noted under its suppliers alone."""


def classes_asked(asking: Asking) -> Names:
    """The classes of materiel that an atom asks for; what is no supply has none, and lies under no class."""
    return asking.classes if isinstance(asking, TransferAtom | Total) else None


def key_of(happening: Happening) -> Key:
    """The cell that a happening lies in."""
    deed = happening.deed
    if isinstance(deed, Transfer):
        return "transfer", deed.supplier, deed.recipient
    if isinstance(deed, Pact):
        return "pact", *sorted(set(deed.parties))
    if isinstance(deed, Stance):
        return "stance", deed.holder
    if isinstance(deed, Measure):
        return "measure", deed.subject
    if isinstance(deed, Event):
        return "event", event_key(deed.what)
    assert isinstance(deed, Turn)
    return "turn", deed.commitment


def handles_of(key: Key) -> Iterator[Key]:
    """Under what a cell can be found: each side of a supply, each party of a pact, whose stance or figure it is, and
    its sort alone.
    """
    yield (key[0],)
    match key[0]:
        case "stance" | "measure":
            yield key
        case "transfer":
            yield "supplier", key[1]
            yield "recipient", key[2]
        case "pact":
            for party in key[1:]:
                yield "party", party


class Layer:
    """Cells by key and by handle."""

    __slots__ = ("cells", "handled", "size")

    def __init__(self, happenings: Iterable[Happening]) -> None:
        self.cells: dict[Key, Cell] = {}
        self.handled: dict[Key, list[Cell]] = {}
        self.size = 0
        for happening in happenings:
            key = key_of(happening)
            cell = self.cells.get(key)
            if cell is None:
                cell = self.cells[key] = Cell()
                for handle in handles_of(key):
                    self.handled.setdefault(handle, []).append(cell)
            cell.add(happening)
            self.size += 1

    def all(self) -> Iterator[Happening]:
        for cell in self.cells.values():
            yield from cell.all()

    def cells_for(self, asking: Asking) -> Iterable[Cell]:
        """The cells that may hold what an atom asks for."""
        match asking:
            case TransferAtom() | Total():
                return self._flows(asking.suppliers, asking.recipients)
            case PactAtom():
                named = [party for party in asking.parties if party is not None]
                return self._by_handle("pact", "party", min(named, key=len) if named else None)
            case StanceAtom():
                return self._by_handle("stance", "stance", asking.holders)
            case MeasureAtom():
                return self._by_handle("measure", "measure", asking.subjects)
            case EventAtom():
                return self._by_key([("event", event_key(asking.what))])
            case CommitmentAtom():
                return self._by_key([("turn", asking.commitment)])

    def _flows(self, suppliers: Names, recipients: Names) -> Iterable[Cell]:
        if suppliers is None:
            return self._by_handle("transfer", "recipient", recipients)
        if recipients is None:
            return self._by_handle("transfer", "supplier", suppliers)
        return self._by_key(("transfer", *pair) for pair in product(suppliers, recipients))

    def _by_key(self, keys: Iterable[Key]) -> list[Cell]:
        return [self.cells[key] for key in keys if key in self.cells]

    def _by_handle(self, sort: str, handle: str, names: Names) -> Iterable[Cell]:
        if names is None:
            return self.handled.get((sort,), ())
        if len(names) == 1:
            return self.handled.get((handle, names[0]), ())
        return dict.fromkeys(cell for name in names for cell in self.handled.get((handle, name), ()))


def handles_asked(asking: Asking) -> Iterator[Key]:
    """Under what an atom is noted, so that the happenings that can touch it find it."""
    match asking:
        case TransferAtom() | Total():
            if asking.suppliers is not None and asking.recipients is not None:
                pairs = len(asking.suppliers) * len(asking.recipients)
                if pairs <= _NOTED_PAIRS:
                    yield from (("transfer", *pair) for pair in product(asking.suppliers, asking.recipients))
                    return
            if asking.suppliers is not None:
                yield from (("supplier", name) for name in asking.suppliers)
            elif asking.recipients is not None:
                yield from (("recipient", name) for name in asking.recipients)
            else:
                yield ("transfer",)
        case PactAtom():
            named = [party for party in asking.parties if party is not None]
            yield from (("party", name) for name in min(named, key=len)) if named else (("pact",),)
        case StanceAtom():
            yield from (("stance", name) for name in asking.holders) if asking.holders is not None else (("stance",),)
        case MeasureAtom():
            yield from (("measure", name) for name in asking.subjects) if asking.subjects else (("measure",),)
        case EventAtom():
            yield "event", event_key(asking.what)
        case CommitmentAtom():
            yield "turn", asking.commitment


def handles_touched(happening: Happening) -> Iterator[Key]:
    """Under what the atoms are noted that a happening can touch."""
    key = key_of(happening)
    yield key
    yield from handles_of(key)


class HappeningIndex:
    """Happenings that can be asked quickly. Asking fills a cache and changes nothing that can be seen."""

    __slots__ = ("_layers", "cache")

    def __init__(self, happenings: Iterable[Happening] = ()) -> None:
        self._layers: tuple[Layer, ...] = (Layer(happenings),)
        self.cache: dict[Asking, list[tuple[Happening, int]]] = {}
        """What :mod:`matching` has found for an atom so far."""

    def __len__(self) -> int:
        return sum(layer.size for layer in self._layers)

    def __iter__(self) -> Iterator[Happening]:
        for layer in self._layers:
            yield from layer.all()

    def cells_for(self, asking: Asking) -> list[Cell]:
        """The cells that may hold what an atom asks for."""
        return [cell for layer in self._layers for cell in layer.cells_for(asking)]

    def shelves_for(self, asking: Asking) -> Iterator[tuple[Shelf, Cell]]:
        """The shelves of these cells that hold classes asked for, sorted, each with its cell."""
        classes = classes_asked(asking)
        covered = None if classes is None else covered_by(classes)
        for cell in self.cells_for(asking):
            for shelf in cell.shelves(covered):
                yield shelf, cell

    def contested_from(self, shelf: Shelf, place: int, cell: Cell) -> int:
        """The day from which a denial that reaches a happening on a shelf is known, in its own cell or in that of
        another layer.
        """
        own = shelf.contested_from(place, cell)
        if len(self._layers) == 1:
            return own
        happening = shelf.happenings[place]
        others = (each.contested_from(happening) for each in self._cells_of(happening) if each is not cell)
        return min(own, *others)

    def deniers(self, happening: Happening) -> Iterator[Happening]:
        """The denials that reach a happening."""
        for cell in self._cells_of(happening):
            yield from cell.deniers(happening)

    def _cells_of(self, happening: Happening) -> list[Cell]:
        key = key_of(happening)
        return [layer.cells[key] for layer in self._layers if key in layer.cells]

    def with_added(self, happenings: Iterable[Happening]) -> HappeningIndex:
        """An index of these and more; it shares the old cells."""
        fresh = Layer(happenings)
        below = list(self._layers)
        while len(below) > 1 and below[-1].size <= max(fresh.size, _MERGED_BELOW):
            fresh = Layer([*below.pop().all(), *fresh.all()])
        index = HappeningIndex()
        index._layers = (*below, fresh)
        return index
