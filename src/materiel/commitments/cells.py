"""Happenings in cells, so that an atom looks only at those that could be what it asks for.

A cell holds what may match together: the supplies from one actor to another, the pacts of the same parties, the stances
of a holder, the figures of a subject, an event, the turns of a commitment. An index is immutable; adding to it makes a
new one that shares the old cells and puts a small layer over them.
"""

from __future__ import annotations

from array import array
from collections.abc import Hashable, Iterable, Iterator, Sequence
from itertools import product

import numpy as np

from materiel.commitments.denials import UNCONTESTED
from materiel.commitments.happenings import Event, Happening, Turn, event_key
from materiel.commitments.materiel_tree import covered_by
from materiel.commitments.shelves import UNSOUGHT, Cell, Numbers, Shelves, classes_of, keep_apart
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
from materiel.terms.statements import Assertion, Measure, Pact, Stance, Transfer

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
    """Cells by key and by handle, and the shelves of what is stated in them."""

    __slots__ = ("_handled", "_shelved", "all", "cells", "owners", "shelves")

    def __init__(self, happenings: Iterable[Happening]) -> None:
        self.all = tuple(happenings)
        self.cells: dict[Key, Cell] = {}
        self._handled: dict[Key, list[Cell]] = {}
        self._shelved: dict[Key, array[int]] = {}
        self.owners: list[Cell] = []
        """The cell of each shelf by its number."""
        members: list[Happening] = []
        numbers: list[int] = []
        names: list[str] = []
        for happening in self.all:
            cell = self._cell(key_of(happening))
            if happening.assertion is Assertion.STATED:
                for name in classes_of(happening):
                    number = cell.stated.get(name)
                    if number is None:
                        number = cell.stated[name] = len(names)
                        names.append(name)
                        self.owners.append(cell)
                        for shelved in cell.shelved:
                            shelved.append(number)
                    members.append(happening)
                    numbers.append(number)
                if happening.rank >= 0:
                    continue
            keep_apart(cell, happening)
        self.shelves = Shelves(members, numbers, names)
        self.shelves.contest(self._denials())

    def _denials(self) -> Iterator[tuple[int, Happening]]:
        """Each denial, with the number of each shelf of its cell that it reaches by its class."""
        for cell in self.cells.values():
            for name, denials in cell.denied.items():
                for each in cell.stated.keys() & covered_by((name,)) if name else cell.stated:
                    number = cell.stated[each]
                    yield from ((number, denial) for denial in denials)

    def _cell(self, key: Key) -> Cell:
        cell = self.cells.get(key)
        if cell is None:
            cell = self.cells[key] = Cell()
            for handle in handles_of(key):
                self._handled.setdefault(handle, []).append(cell)
                cell.shelved.append(self._shelved.setdefault(handle, array("q")))
        return cell

    def shelves_for(self, asking: Asking) -> Sequence[int] | Numbers:
        """The numbers of the shelves that hold a class asked for, in the cells that may hold what an atom asks for."""
        classes = classes_asked(asking)
        covered = None if classes is None else covered_by(classes)
        if isinstance(asking, TransferAtom | Total) and (asking.suppliers is None or asking.recipients is None):
            shelved = (self._shelved.get(handle) for handle in handles_asked(asking))
            parts = [np.frombuffer(numbers, dtype=np.int64) for numbers in shelved if numbers]
            if not parts:
                return ()
            chosen = parts[0] if len(parts) == 1 else np.concatenate(parts)
            return chosen if covered is None else self.shelves.of_classes(chosen, covered)
        numbers: list[int] = []
        for cell in self.cells_for(asking):
            stated = cell.stated
            if covered is None:
                numbers.extend(stated.values())
            elif len(stated) < len(covered):
                numbers.extend([number for name, number in stated.items() if name in covered])
            else:
                numbers.extend([stated[name] for name in covered if name in stated])
        return numbers

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
        # Nearly all conditions name one of each: this is on the way of every one of them.
        if len(suppliers) == len(recipients) == 1:
            cell = self.cells.get(("transfer", suppliers[0], recipients[0]))
            return () if cell is None else (cell,)
        return self._by_key(("transfer", *pair) for pair in product(suppliers, recipients))

    def _by_key(self, keys: Iterable[Key]) -> list[Cell]:
        return [cell for key in keys if (cell := self.cells.get(key)) is not None]

    def _by_handle(self, sort: str, handle: str, names: Names) -> Iterable[Cell]:
        if names is None:
            return self._handled.get((sort,), ())
        if len(names) == 1:
            return self._handled.get((handle, names[0]), ())
        return dict.fromkeys(cell for name in names for cell in self._handled.get((handle, name), ()))


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


def _known_first(deniers: list[Happening]) -> int:
    return deniers[0].known if deniers else UNCONTESTED


class HappeningIndex:
    """Happenings that can be asked quickly. Asking fills caches and changes nothing that can be seen."""

    __slots__ = ("cache", "layers")

    def __init__(self, happenings: Iterable[Happening] = ()) -> None:
        self.layers: tuple[Layer, ...] = (Layer(happenings),)
        self.cache: dict[Asking, list[tuple[Happening, int]]] = {}
        """What :mod:`matching` has found for an atom so far."""

    def __len__(self) -> int:
        return sum(len(layer.all) for layer in self.layers)

    def __iter__(self) -> Iterator[Happening]:
        for layer in self.layers:
            yield from layer.all

    def cells_for(self, asking: Asking) -> Iterator[Cell]:
        """The cells that may hold what an atom asks for."""
        for layer in self.layers:
            yield from layer.cells_for(asking)

    def contested_from(self, layer: Layer, place: int) -> int:
        """The day from which a denial is known that reaches what stands at a place of a layer's shelves;
        :data:`~materiel.commitments.denials.UNCONTESTED` where none is.
        """
        shelves = layer.shelves
        contested = shelves.contested[place]
        if contested == UNSOUGHT or len(self.layers) > 1:
            happening, number = shelves.happenings[place], shelves.numbers[place]
            name = shelves.names[number]
            if contested == UNSOUGHT:
                contested = shelves.contested[place] = _known_first(layer.owners[number].deniers(happening, name))
            if len(self.layers) > 1:
                key = key_of(happening)
                others = (each.cells[key] for each in self.layers if each is not layer and key in each.cells)
                return min(contested, *(_known_first(each.deniers(happening, name)) for each in others), UNCONTESTED)
        return contested

    def deniers(self, happening: Happening) -> Iterator[Happening]:
        """The denials that reach a happening."""
        key, name = key_of(happening), classes_of(happening)[0]
        for layer in self.layers:
            if key in layer.cells:
                yield from layer.cells[key].deniers(happening, name)

    def with_added(self, happenings: Iterable[Happening]) -> HappeningIndex:
        """An index of these and more; it shares the old cells."""
        fresh = Layer(happenings)
        below = list(self.layers)
        while len(below) > 1 and len(below[-1].all) <= max(len(fresh.all), _MERGED_BELOW):
            fresh = Layer([*below.pop().all, *fresh.all])
        index = HappeningIndex()
        index.layers = (*below, fresh)
        return index
