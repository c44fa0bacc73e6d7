"""Runs a flat program over arrays of members: no compilation, and fit for one member too.

Members are taken in pieces that fit into the processor's cache. Every array of a piece is made beforehand, and a week
is a list of NumPy calls on them; an array is used again once nothing needs its value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Final

import numpy as np
from numpy.typing import NDArray

from materiel.outlook.engine.draws import ONCE, chance, counters, key_of, uniforms
from materiel.outlook.engine.flat import Flat, Node, Reach, Source, needed, watch_order, watched, weekly_roots
from materiel.outlook.program import Operation

Floats = NDArray[np.float64]
Counters = NDArray[np.uint64]
Call = Callable[[int], None]
"""Something to be done in a week, whose number it gets."""

PIECE: Final = 4096


def simulate(
    flat: Flat,
    table: Floats,
    members: Counters,
    seed: int,
    outcomes: Floats,
    failed: NDArray[np.bool_],
    series: Floats | None = None,
) -> None:
    """Runs members over all weeks.

    Args:
        flat: the program.
        table: parameters x members.
        members: whose luck each one has: its number.
        seed: of the luck.
        outcomes: written: outcomes x members.
        failed: written: for each member whether something was not finite.
        series: written: series x weeks x as many of the members, from the first on, as are followed.
    """
    series = np.empty((len(flat.series), flat.weeks, 0)) if series is None else series
    for first in range(0, members.size, PIECE):
        part = slice(first, min(first + PIECE, members.size))
        with np.errstate(all="ignore"):
            piece = _Piece(flat, np.ascontiguousarray(table[:, part]), members[part], seed)
            piece.run(outcomes[:, part], failed[part], series[:, :, part])


def find_failures(flat: Flat, table: Floats, members: Counters, seed: int) -> list[tuple[int, str]]:
    """For each of some members: the first week in which it failed, and what was no finite number then.

    A member that failed only in an outcome gets the number of weeks.
    """
    found: dict[int, tuple[int, str]] = {}
    with np.errstate(all="ignore"):
        piece = _Piece(flat, table, members, seed)
        for week in range(flat.weeks):
            piece.work(week)
            for name, place in watched(flat):
                for member in np.flatnonzero(_unsound(piece.values[place], members.size)):
                    found.setdefault(int(member), (week, name))
            piece.end_week(week)
        for (name, _), values in zip(flat.outcomes, piece.outcomes(), strict=True):
            for member in np.flatnonzero(_unsound(values, members.size)):
                found.setdefault(int(member), (flat.weeks, f"outcome {name}"))
    return [found[member] for member in range(members.size)]


def _unsound(values: Floats, size: int) -> NDArray[np.bool_]:
    """What is not finite, or so large that a sum with it is not."""
    return np.broadcast_to(~(np.abs(values) < 1e300), size)


class _Piece:
    """A few thousand members and the arrays in which they live."""

    def __init__(self, flat: Flat, table: Floats, members: Counters, seed: int) -> None:
        self.flat, self.table, self.size = flat, table, members.size
        self.places = counters(members)
        self.keys = [key_of(seed, purpose) for purpose in flat.purposes]
        self.values: dict[int, Floats] = {}
        self.rings = [np.zeros((delay.length, self.size)) for delay in flat.delays]
        self.health = np.zeros(self.size)
        """0 as long as everything watched is finite, else not a number."""
        self.nothing = np.zeros(self.size)
        self.work_list: list[Call] = []
        for place, node in enumerate(flat.nodes):
            if not node.reach & Reach.WEEK:
                self.values[place] = self._settled(node)
        self.states = [np.array(np.broadcast_to(self.values[state.opening], self.size)) for state in flat.states]
        self._plan(needed(flat.nodes, weekly_roots(flat)))

    def run(self, outcomes: Floats, failed: NDArray[np.bool_], series: Floats) -> None:
        """All weeks; what came of them is written into the arrays given."""
        numbers = [self.values[place] for place in watch_order(self.flat)]
        for week in range(self.flat.weeks):
            self.work(week)
            self._watch(sum(numbers, self.nothing))
            for kept, (_, place) in zip(series, self.flat.series, strict=True):
                kept[week] = np.broadcast_to(self.values[place], self.size)[: kept.shape[1]]
            self.end_week(week)
        for row, values in zip(outcomes, self.outcomes(), strict=True):
            row[:] = values
        for values in outcomes:
            self._watch(values)
        failed[:] = self.health != 0.0

    def _watch(self, value: Floats) -> None:
        self.health += value - value

    def work(self, week: int) -> None:
        """Everything of a week is computed; the states are still those of the week before."""
        for call in self.work_list:
            call(week)

    def end_week(self, week: int) -> None:
        """The states and rings become those of the week's end."""
        moved = [(state, self._apart(new.next)) for state, new in zip(self.states, self.flat.states, strict=True)]
        for ring, delay in zip(self.rings, self.flat.delays, strict=True):
            ring[week % delay.length] = self.values[delay.put]
        for state, value in moved:
            np.copyto(state, value)

    def _apart(self, place: int) -> Floats:
        """A node's value, apart from any state's array, which is about to change."""
        value = self.values[place]
        return value.copy() if self.flat.nodes[place].what is Source.STATE else value

    def outcomes(self) -> list[Floats]:
        """After the last week. Anew, as operations that a week shares with them were done on other states then."""
        values: dict[int, Floats] = {}
        for place in needed(self.flat.nodes, [place for _, place in self.flat.outcomes]):
            node = self.flat.nodes[place]
            if node.what is Source.STATE:
                values[place] = self.states[node.index]
            elif node.what is Source.WEEK:
                values[place] = np.array(float(self.flat.weeks))
            elif not node.reach & Reach.WEEK:
                values[place] = self.values[place]
            else:
                values[place] = self._computed(node, [values[argument] for argument in node.arguments])
        return [values[place] for _, place in self.flat.outcomes]

    def _settled(self, node: Node) -> Floats:
        """What stays the same through all weeks."""
        match node.what:
            case Source.CONSTANT:
                return np.array(node.value)
            case Source.PARAMETER:
                row: Floats = self.table[node.index]
                return row
            case Source.ONCE:
                return uniforms(self.keys[node.index], self.places, ONCE)
            case _:
                return self._computed(node, [self.values[argument] for argument in node.arguments])

    def _computed(self, node: Node, arguments: list[Floats]) -> Floats:
        out = self._new(node)
        OPERATIONS[node.what](out, *arguments)
        return out

    def _new(self, node: Node) -> Floats:
        return np.empty(self.size if node.reach & Reach.MEMBER else ())

    def _plan(self, weekly: Sequence[int]) -> None:
        """Gives every node of a week an array, and lists what has to be done."""
        nodes = self.flat.nodes
        ending = _ending(self.flat, weekly)
        spare: list[Floats] = []
        for place in weekly:
            node = nodes[place]
            if not node.reach & Reach.WEEK:
                continue
            if node.what is Source.STATE:
                self.values[place] = self.states[node.index]
                continue
            out = spare.pop() if spare and node.reach & Reach.MEMBER else self._new(node)
            self.values[place] = out
            self.work_list.append(self._call(node, out))
            spare.extend(self.values[ended] for ended in ending.get(place, ()))

    def _call(self, node: Node, out: Floats) -> Call:
        match node.what:
            case Source.WEEK:
                return partial(np.copyto, out)
            case Source.RING:
                return partial(_take, out, self.rings[node.index])
            case Source.UNIFORM:
                return partial(_draw, out, self.keys[node.index], self.places)
            case Source.HAPPENED:
                hazard = self.flat.chances[node.index]
                return partial(_happen, out, self.values[hazard.rate], self.keys[hazard.purpose], self.places)
            case _:
                return partial(
                    _apply, OPERATIONS[node.what], out, [self.values[argument] for argument in node.arguments]
                )


def _take(out: Floats, ring: Floats, week: int) -> None:
    out[:] = ring[week % len(ring)]


def _draw(out: Floats, key: int, places: Counters, week: int) -> None:
    out[:] = uniforms(key, places, week + 1)


def _happen(out: Floats, rate: Floats, key: int, places: Counters, week: int) -> None:
    """As 1 - exp(-rate) is at most the rate, few members need the exponential."""
    uniform = uniforms(key, places, week + 1)
    near = np.flatnonzero(uniform < rate)
    out[:] = 0.0
    out[near] = uniform[near] < chance(np.broadcast_to(rate, uniform.shape)[near])


def _apply(operation: Callable[..., None], out: Floats, arguments: Sequence[Floats], week: int) -> None:
    operation(out, *arguments)


def _choose(out: Floats, asked: Floats, then: Floats, other: Floats) -> None:
    chosen = np.not_equal(asked, 0.0)
    np.copyto(out, other)
    np.copyto(out, then, where=chosen)


def _least(out: Floats, a: Floats, b: Floats) -> None:
    """Not np.minimum, which treats what is not a number, and zeros of both signs, otherwise."""
    chosen = np.less(a, b)
    np.copyto(out, b)
    np.copyto(out, a, where=chosen)


def _greatest(out: Floats, a: Floats, b: Floats) -> None:
    chosen = np.greater(a, b)
    np.copyto(out, b)
    np.copyto(out, a, where=chosen)


def _grid(out: Floats, a: Floats, b: Floats) -> None:
    np.add(a, b, out=out)
    np.subtract(out, b, out=out)


def _finite(out: Floats, a: Floats) -> None:
    np.equal(a - a, 0.0, out=out)


def _writing(ufunc: np.ufunc) -> Callable[[Floats, Floats, Floats], None]:
    def operation(out: Floats, a: Floats, b: Floats) -> None:
        ufunc(a, b, out=out)

    return operation


OPERATIONS: Final[Mapping[Operation | Source, Callable[..., None]]] = {
    Operation.ADD: _writing(np.add),
    Operation.SUBTRACT: _writing(np.subtract),
    Operation.MULTIPLY: _writing(np.multiply),
    Operation.DIVIDE: _writing(np.divide),
    Operation.LESS: _writing(np.less),
    Operation.AT_MOST: _writing(np.less_equal),
    Operation.EQUAL: _writing(np.equal),
    Operation.LEAST: _least,
    Operation.GREATEST: _greatest,
    Operation.CHOOSE: _choose,
    Operation.GRID: _grid,
    Operation.FINITE: _finite,
}


def _ending(flat: Flat, weekly: Iterable[int]) -> dict[int, list[int]]:
    """For each node of a week: whose arrays are needed no more once it is computed."""
    last = {argument: place for place in weekly for argument in flat.nodes[place].arguments}
    kept = set(weekly_roots(flat))
    ending: dict[int, list[int]] = {}
    for place, user in last.items():
        node = flat.nodes[place]
        if place not in kept and node.reach is Reach.BOTH and node.what is not Source.STATE:
            ending.setdefault(user, []).append(place)
    return ending
