"""Writes the source of a kernel: a flat program as loops over the lanes of a block of members.

A block of 128 members lives in the rows of one workspace, a row for each number, at places that are plain numbers in
the source, so that the compiler sees that no two rows overlap and takes several members in one instruction. For that
the loops over lanes have no branches: flags are numbers, choices are selections. One week is

1. a loop that computes every hazard's rate and uniform number, and whether the one is above the other;
2. a pass over the few lanes in which it is: only they need an exponential (1 - exp(-h) is at most h);
3. a loop for all else: a state is loaded once and stored once in a week. A long week is cut into several loops, as the
   compiler's time grows faster than a loop does; what one loop makes for another goes through a row.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from materiel.outlook.engine.simplify import Flat, Reach, Source, needed, weekly_roots
from materiel.outlook.program import Operation

LANES: Final = 128
STRIDE: Final = LANES + 8
"""From row to row: not a power of two, or rows would fall on the same lines of the cache."""
LOOP: Final = 200
"""Operations in one loop at most."""

HEAD: Final = '''"""Generated: one program as machine code. Not to be edited; it is written anew from a scenario."""

import numpy as np
from numba import njit

from materiel.outlook.engine.lanes import chance, uniform

'''
BLOCK: Final = """
SIGNATURE = "void(float64[:, :], uint64[::1], uint64[::1], float64[:, :], boolean[::1])"


@njit(SIGNATURE, error_model="numpy", nogil=True, cache=True)
def simulate(table, members, keys, outcomes, failed):
    last = members.size - 1
    ws = np.empty(WORKSPACE)
    bits = ws.view(np.uint64)
    for start in range(0, members.size, LANES):
        for j in range(LANES):
            bits[PLACES + j] = members[min(start + j, last)] << np.uint64(12)
        for p in range(PARAMETERS.size):
            for j in range(LANES):
                ws[p * STRIDE + j] = table[PARAMETERS[p], min(start + j, last)]
"""
MAIN: Final = """        lanes = min(LANES, members.size - start)
        for o in range(OUTCOMES.size):
            for j in range(lanes):
                outcomes[o, start + j] = ws[OUTCOMES[o] + j]
        for j in range(lanes):
            failed[start + j] = not ws[HEALTH + j] == 0.0
"""
FORMS: Final = {
    Operation.ADD: "{0} + {1}",
    Operation.SUBTRACT: "{0} - {1}",
    Operation.MULTIPLY: "{0} * {1}",
    Operation.DIVIDE: "{0} / {1}",
    Operation.LEAST: "{0} if {0} < {1} else {1}",
    Operation.GREATEST: "{0} if {0} > {1} else {1}",
    Operation.LESS: "1.0 if {0} < {1} else 0.0",
    Operation.AT_MOST: "1.0 if {0} <= {1} else 0.0",
    Operation.EQUAL: "1.0 if {0} == {1} else 0.0",
    Operation.CHOOSE: "{1} if {0} != 0.0 else {2}",
    Operation.GRID: "({0} + {1}) - {1}",
    Operation.FINITE: "1.0 if {0} - {0} == 0.0 else 0.0",
}
STORED: Final = frozenset({Source.STATE, Source.RING, Source.HAPPENED, Source.PARAMETER})
"""What a loop finds in a row."""


def write_source(flat: Flat) -> str:
    """The text of a module with ``simulate(table, members, keys, outcomes, failed)``; the last two are written."""
    return _Writer(flat).text()


@dataclass
class _Loop:
    """The body of one loop over lanes, and the nodes that have a name in it."""

    lines: list[str] = field(default_factory=list)
    named: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class _End:
    """What a week does with a node's value when it is known: it is stored in a row, or, without one, watched."""

    place: int
    row: int | None = None


class _Writer:
    def __init__(self, flat: Flat) -> None:
        self.flat = flat
        self.nodes = flat.nodes
        self.lines: list[str] = []
        self.rows: dict[tuple[str, int], int] = {}
        self.row_count = 0
        weekly = needed(flat.nodes, weekly_roots(flat))
        self.scalars = [place for place in weekly if flat.nodes[place].reach is Reach.WEEK]
        rates = set(needed(flat.nodes, (chance.rate for chance in flat.chances)))
        computed = [place for place in weekly if self._is_computed(place)]
        others = [place for place in computed if place not in rates]
        self.loops = [[place for place in computed if place in rates]]
        self.loops += [others[first : first + LOOP] for first in range(0, max(1, len(others)), LOOP)]

    def text(self) -> str:
        parameters = sorted({node.index for node in self.nodes if node.what is Source.PARAMETER})
        for index in parameters:
            self._row("parameter", index)
        self._opening()
        self._say(2, f"for week in range({self.flat.weeks}):")
        self._week()
        outcomes = self._outcomes()
        head = [
            f"LANES = {LANES}",
            f"STRIDE = {STRIDE}",
            f"PLACES = {self._row('place')}",
            f"HEALTH = {self._row('health')}",
            f"PARAMETERS = np.array({parameters}, dtype=np.int64)",
            f"OUTCOMES = np.array({outcomes}, dtype=np.int64)",
            f"WORKSPACE = {self.row_count * STRIDE}",
            "",
        ]
        return HEAD + "\n".join(head) + "\n" + BLOCK + "\n".join(self.lines) + "\n" + MAIN

    def _is_computed(self, place: int) -> bool:
        """Whether a loop of a week computes it, as against what is loaded from a row or the same for all members."""
        return self.nodes[place].reach is Reach.BOTH and self.nodes[place].what not in STORED

    def _say(self, depth: int, *lines: str) -> None:
        self.lines.extend("    " * depth + line for line in lines)

    def _say_loop(self, depth: int, loop: _Loop) -> None:
        if loop.lines:
            self._say(depth, "for j in range(LANES):")
            self._say(depth + 1, *loop.lines)

    def _row(self, kind: str, index: int = 0, length: int = 1) -> int:
        """The offset of the first of ``length`` rows for something; the same whenever it is asked for."""
        if (kind, index) not in self.rows:
            self.rows[kind, index] = self.row_count * STRIDE
            self.row_count += length
        return self.rows[kind, index]

    def _row_of(self, place: int) -> int:
        node = self.nodes[place]
        return self._row(node.what, node.index) if node.what in STORED else self._row("node", place)

    def _read(self, place: int, loop: _Loop) -> str:
        """The words for a node's value within a loop over lanes; loaded where it has no name there yet."""
        node = self.nodes[place]
        if node.what is Source.CONSTANT:
            return _number(node.value)
        if node.reach is not Reach.WEEK and place not in loop.named:
            loop.named.add(place)
            loop.lines.append(f"v{place} = ws[{self._row_of(place)} + j]")
        return f"v{place}"

    def _compute(self, place: int, loop: _Loop) -> None:
        node = self.nodes[place]
        match node.what:
            case Source.ONCE:
                value = f"uniform(keys[{node.index}], bits[PLACES + j])"
            case Source.UNIFORM:
                value = f"uniform(k{node.index}, bits[PLACES + j])"
            case operation:
                value = FORMS[Operation(operation)].format(*(self._read(argument, loop) for argument in node.arguments))
        loop.lines.append(f"v{place} = {value}")
        loop.named.add(place)

    def _opening(self) -> None:
        loop = _Loop()
        for place, node in enumerate(self.nodes):
            if node.reach is Reach.MEMBER and node.what is not Source.PARAMETER:
                self._compute(place, loop)
                loop.lines.append(f"ws[{self._row_of(place)} + j] = v{place}")
        for index, state in enumerate(self.flat.states):
            loop.lines.append(f"ws[{self._row(Source.STATE, index)} + j] = {self._read(state.opening, loop)}")
        loop.lines.append(f"ws[{self._row('health')} + j] = 0.0")
        self._say_loop(2, loop)
        for index, delay in enumerate(self.flat.delays):
            first = self._row("delay", index, delay.length)
            self._say(2, f"ws[{first}:{first + delay.length * STRIDE}] = 0.0")

    def _week(self) -> None:
        self._say(3, "slot = np.uint64(week + 1)")
        self._say_scalars(3, "week")
        drawn = {node.index for node in self.nodes if node.what is Source.UNIFORM}
        for index in sorted(drawn | {chance.purpose for chance in self.flat.chances}):
            self._say(3, f"k{index} = keys[{index}] ^ slot")
        for index, delay in enumerate(self.flat.delays):
            first = self._row("delay", index, delay.length)
            self._say(3, f"ring{index} = {first} + (week % {delay.length}) * {STRIDE}")
            self._say_copy(str(self._row(Source.RING, index)), f"ring{index}")
        ends, carried = self._ends()
        for number, places in enumerate(self.loops):
            loop = _Loop()
            for place in places:
                self._compute(place, loop)
            watched = self._say_hazards(loop) if number == 0 else []
            watched += [self._read(end.place, loop) for end in ends[number] if end.row is None]
            stored = [(end.row, self._read(end.place, loop)) for end in ends[number] if end.row is not None]
            stored += [(self._row_of(place), f"v{place}") for place in places if place in carried]
            if watched:
                loop.lines.append(self._watch(watched))
            loop.lines += [f"ws[{row} + j] = {value}" for row, value in stored]
            self._say_loop(3, loop)
            if number == 0:
                self._say_rare_pass()
        for index in range(len(self.flat.delays)):
            self._say_copy(f"ring{index}", str(self._row("put", index)))

    def _watch(self, values: Sequence[str]) -> str:
        """Health stays 0 as long as all of these are finite, and is never a number again otherwise."""
        health = self._row("health")
        terms = " + ".join(f"({value} - {value})" for value in values)
        return f"ws[{health} + j] = ws[{health} + j] + ({terms})"

    def _say_copy(self, to: str, source: str) -> None:
        self._say(3, "for j in range(LANES):", f"    ws[{to} + j] = ws[{source} + j]")

    def _say_scalars(self, depth: int, week: str) -> None:
        """What is the same for all members in a week."""
        for place in self.scalars:
            node = self.nodes[place]
            if node.what is Source.WEEK:
                self._say(depth, f"v{place} = float({week})")
            else:
                arguments = (self._read(argument, _Loop()) for argument in node.arguments)
                self._say(depth, f"v{place} = {FORMS[Operation(node.what)].format(*arguments)}")

    def _say_hazards(self, loop: _Loop) -> list[str]:
        """Lines that say in which lanes a hazard may happen; returns the words for the rates."""
        chances = self.flat.chances
        for index, chance in enumerate(chances):
            loop.lines += [
                f"r{index} = {self._read(chance.rate, loop)}",
                f"u{index} = uniform(k{chance.purpose}, bits[PLACES + j])",
                f"f{index} = 1.0 if u{index} < r{index} else 0.0",
                f"ws[{self._row('rate', index)} + j] = r{index}",
                f"ws[{self._row('uniform', index)} + j] = u{index}",
                f"ws[{self._row(Source.HAPPENED, index)} + j] = f{index}",
            ]
        if chances:
            near = " + ".join(f"f{index}" for index in range(len(chances)))
            loop.lines.append(f"ws[{self._row('near')} + j] = {near}")
        return [f"r{index}" for index in range(len(chances))]

    def _say_rare_pass(self) -> None:
        if not self.flat.chances:
            return
        self._say(3, "for j in range(LANES):")
        self._say(4, f"if ws[{self._row('near')} + j] != 0.0:")
        for index in range(len(self.flat.chances)):
            happened, rate = self._row(Source.HAPPENED, index), self._row("rate", index)
            self._say(
                5,
                f"if ws[{happened} + j] != 0.0 and not ws[{self._row('uniform', index)} + j] < chance(ws[{rate} + j]):",
                f"    ws[{happened} + j] = 0.0",
            )

    def _ends(self) -> tuple[list[list[_End]], set[int]]:
        """For each loop what it does with values; and which nodes have to be left in a row for a later loop.

        Everything is done in the loop that computes the value (in the last one, if none does), but for a state of
        which a later loop reads what it was: that is stored by the last.
        """
        flat, final = self.flat, len(self.loops) - 1
        home = {place: number for number, places in enumerate(self.loops) for place in places}
        ends: list[list[_End]] = [[] for _ in self.loops]
        for _, place in flat.guards:
            ends[home.get(place, final)].append(_End(place))
        for index, delay in enumerate(flat.delays):
            ends[home.get(delay.put, final)].append(_End(delay.put, self._row("put", index)))
        reads = [(argument, number) for place, number in home.items() for argument in self.nodes[place].arguments]
        reads += [(end.place, number) for number, some in enumerate(ends) for end in some]
        reads += [(state.next, home.get(state.next, final)) for state in flat.states]
        last_read: dict[int, int] = {}
        for place, number in reads:
            last_read[place] = max(number, last_read.get(place, 0))
        leaves = {node.index: place for place, node in enumerate(self.nodes) if node.what is Source.STATE}
        for index, state in enumerate(flat.states):
            made = home.get(state.next, final)
            number = made if last_read.get(leaves[index], 0) <= made else final
            ends[number].append(_End(state.next, self._row(Source.STATE, index)))
            last_read[state.next] = max(number, last_read[state.next])
        return ends, {place for place, last in last_read.items() if home.get(place, last) < last}

    def _outcomes(self) -> list[int]:
        """Lines that compute the outcomes from the states after the last week; returns the offsets of their rows."""
        places = needed(self.nodes, (place for _, place in self.flat.outcomes))
        weekly = [place for place in places if self.nodes[place].reach is Reach.WEEK]
        self.scalars = weekly
        self._say_scalars(2, str(self.flat.weeks))
        loop = _Loop()
        for place in places:
            if self._is_computed(place):
                self._compute(place, loop)
        rows = [self._row("outcome", index) for index in range(len(self.flat.outcomes))]
        values = [self._read(place, loop) for _, place in self.flat.outcomes]
        for row, value in zip(rows, values, strict=True):
            loop.lines.append(f"ws[{row} + j] = {value}")
        if values:
            loop.lines.append(self._watch(values))
        self._say_loop(2, loop)
        return rows


def _number(value: float) -> str:
    """A number as Python reads it back, to the bit."""
    if math.isfinite(value):
        return repr(value)
    return "np.nan" if math.isnan(value) else "np.inf" if value > 0 else "-np.inf"
