"""Happenings in cells, so that an atom looks only at those that could be what it asks for.

A cell holds what may match together: the supplies from one actor to another, the pacts of the same parties, the stances
of a holder, the figures of a subject, an event, the turns of a commitment. An index is immutable; adding to it makes a
new one that shares the old cells and puts a small layer over them.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from itertools import product

from materiel.commitments.happenings import Event, Happening, Turn, event_key
from materiel.commitments.shelves import Cell
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
    """Under what else a cell can be found: each side of a supply, each party of a pact, and its sort alone."""
    yield (key[0],)
    match key[0]:
        case "transfer":
            yield "supplier", key[1]
            yield "recipient", key[2]
        case "pact":
            for party in key[1:]:
                yield "party", party


class Layer:
    """Cells by key, and the keys by handle."""

    __slots__ = ("cells", "keys", "size")

    def __init__(self, happenings: Iterable[Happening]) -> None:
        self.cells: dict[Key, Cell] = {}
        self.keys: dict[Key, list[Key]] = {}
        self.size = 0
        for happening in happenings:
            key = key_of(happening)
            cell = self.cells.get(key)
            if cell is None:
                cell = self.cells[key] = Cell()
                for handle in handles_of(key):
                    self.keys.setdefault(handle, []).append(key)
            cell.add(happening)
            self.size += 1

    def all(self) -> Iterator[Happening]:
        for cell in self.cells.values():
            yield from cell.all()

    def keys_for(self, asking: Asking) -> Iterable[Key]:
        match asking:
            case TransferAtom() | Total():
                return self._flows(asking.suppliers, asking.recipients)
            case PactAtom():
                named = [party for party in asking.parties if party is not None]
                return self._handled("pact", "party", min(named, key=len) if named else None)
            case StanceAtom():
                return self._single("stance", asking.holders)
            case MeasureAtom():
                return self._single("measure", asking.subjects)
            case EventAtom():
                return [("event", event_key(asking.what))]
            case CommitmentAtom():
                return [("turn", asking.commitment)]

    def _flows(self, suppliers: Names, recipients: Names) -> Iterable[Key]:
        if suppliers is None:
            return self._handled("transfer", "recipient", recipients)
        if recipients is None:
            return self._handled("transfer", "supplier", suppliers)
        return [("transfer", *pair) for pair in product(suppliers, recipients)]

    def _handled(self, sort: str, handle: str, names: Names) -> Iterable[Key]:
        if names is None:
            return self.keys.get((sort,), ())
        return dict.fromkeys(key for name in names for key in self.keys.get((handle, name), ()))

    def _single(self, sort: str, names: Names) -> Iterable[Key]:
        return self.keys.get((sort,), ()) if names is None else [(sort, name) for name in names]


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

    __slots__ = ("_layers", "_noted", "cache")

    def __init__(self, happenings: Iterable[Happening] = ()) -> None:
        self._layers: tuple[Layer, ...] = (Layer(happenings),)
        self._noted: dict[Key, list[Asking]] = {}
        self.cache: dict[Asking, object] = {}
        """What :mod:`matching` has found for an atom so far."""

    def __len__(self) -> int:
        return sum(layer.size for layer in self._layers)

    def __iter__(self) -> Iterator[Happening]:
        for layer in self._layers:
            yield from layer.all()

    def cells_for(self, asking: Asking) -> list[list[Cell]]:
        """The cells that may hold what an atom asks for; those of one key, from several layers, together."""
        if len(self._layers) == 1:
            cells = self._layers[0].cells
            return [[cells[key]] for key in self._layers[0].keys_for(asking) if key in cells]
        keys = dict.fromkeys(key for layer in self._layers for key in layer.keys_for(asking))
        found = ([layer.cells[key] for layer in self._layers if key in layer.cells] for key in keys)
        return [cells for cells in found if cells]

    def denials_beside(self, happening: Happening) -> Iterator[Happening]:
        """The denials in the cell of a happening."""
        key = key_of(happening)
        for layer in self._layers:
            cell = layer.cells.get(key)
            if cell is not None:
                for denied in cell.denied.values():
                    yield from denied

    def keep(self, asking: Asking, found: object) -> None:
        """Notes what was found for an atom."""
        self.cache[asking] = found
        for handle in handles_asked(asking):
            self._noted.setdefault(handle, []).append(asking)

    def with_added(self, happenings: Sequence[Happening]) -> HappeningIndex:
        """An index of these and more. What was found for atoms that the new ones cannot touch is not sought again."""
        fresh = Layer(happenings)
        below = list(self._layers)
        while len(below) > 1 and below[-1].size <= max(fresh.size, _MERGED_BELOW):
            fresh = Layer([*below.pop().all(), *fresh.all()])
        index = HappeningIndex()
        index._layers = (*below, fresh)
        # The notes are shared: one too many costs a second search, and never a wrong answer.
        index._noted = self._noted
        index.cache = dict(self.cache)
        for happening in happenings:
            for handle in handles_touched(happening):
                for asking in self._noted.get(handle, ()):
                    index.cache.pop(asking, None)
        return index
