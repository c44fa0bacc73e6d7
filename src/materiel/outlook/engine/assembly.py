"""Writes a flat program as LLVM assembly: straight vector code, eight members in one instruction.

A block of eight members lives in the rows of a small workspace, a row for each number, so that all of it stays in the
processor's nearest cache for all weeks. One week is straight code: a state is loaded once and stored once. Flags are
masks and choices are selections; the only branch is at a hazard, taken where some member's uniform number is below the
rate. Only there the exponential is needed, as 1 - exp(-h) is at most h.

No instruction has a fast-math flag, so that none is reordered or contracted: each gives the bits of IEEE-754.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from materiel.outlook.engine.draws import SLOT_BITS
from materiel.outlook.engine.flat import Flat, Node, Reach, Source, is_computed, needed, watch_order, weekly_roots
from materiel.outlook.engine.words import FILL, FRAME, MASK, VECTOR, WHOLE, WIDTH, Body, chance_function, vector
from materiel.outlook.program import Operation

ARITHMETIC: Final = {
    Operation.ADD: "fadd",
    Operation.SUBTRACT: "fsub",
    Operation.MULTIPLY: "fmul",
    Operation.DIVIDE: "fdiv",
}
COMPARISONS: Final = {
    Operation.LESS: "olt",
    Operation.AT_MOST: "ole",
    Operation.EQUAL: "oeq",
    Operation.LEAST: "olt",
    Operation.GREATEST: "ogt",
}


@dataclass(frozen=True, slots=True)
class Assembly:
    """A module with two functions, and how many bytes of workspace, aligned to a line of the cache, a call needs.

    ``simulate(table, its row's length, members, their number, keys, outcomes, its row's length, failed, workspace)``;
    ``fill(row, members, their number, key, low, high)`` draws a uniform parameter once for each member.
    """

    text: str
    workspace: int


def write_assembly(flat: Flat) -> Assembly:
    return _Writer(flat).assembly()


class _Writer:
    def __init__(self, flat: Flat) -> None:
        self.flat = flat
        self.nodes = flat.nodes
        self.rows: dict[tuple[str, int], int] = {}
        self.row_count = 0
        self.weekly = needed(flat.nodes, weekly_roots(flat))
        self.leaves = {(node.what, node.index): place for place, node in enumerate(flat.nodes) if not node.arguments}

    def assembly(self) -> Assembly:
        parts = {
            "entry": self._entry(),
            "into": self._into(),
            "opening": self._opening(),
            "week": self._week(),
            "final": self._final(),
            "out": self._out(),
        }
        numbers = {"width": WIDTH, "weeks": self.flat.weeks}
        text = FRAME.format(**{name: "\n".join(lines) for name, lines in parts.items()}, **numbers)
        return Assembly(text + chance_function() + FILL, self.row_count * WIDTH * 8)

    def _row(self, kind: str, index: int = 0, length: int = 1) -> int:
        """The first of ``length`` rows for something; the same whenever it is asked for."""
        if (kind, index) not in self.rows:
            self.rows[kind, index] = self.row_count
            self.row_count += length
        return self.rows[kind, index]

    def _of_lane(self, body: Body, kind: str, index: int = 0) -> str:
        """Where one member's number is, in a loop over the members of a block."""
        return body.new(f"getelementptr {VECTOR}, ptr %{body.name}.ws, i64 {self._row(kind, index)}")

    # Values of nodes in straight code.

    def _value(self, place: int, body: Body) -> str:
        """The words for a node as a number; it is loaded, or made of a mask, where there are none yet."""
        node = self.nodes[place]
        if node.what is Source.CONSTANT:
            return vector(node.value)
        if place not in body.values:
            if place in body.masks:
                chosen = f"{VECTOR} {vector(1.0)}, {VECTOR} {vector(0.0)}"
                body.values[place] = body.new(f"select {MASK} {body.masks[place]}, {chosen}")
            elif node.what is Source.RING:
                body.values[place] = body.new(f"load {VECTOR}, ptr %ring{node.index}, align {WIDTH * 8}")
            elif node.what in (Source.PARAMETER, Source.STATE):
                body.values[place] = body.load(self._row(node.what, node.index))
            else:
                body.values[place] = body.load(self._row("settled", place))
        return body.values[place]

    def _mask(self, place: int, body: Body) -> str:
        """The words for whether a node is not 0."""
        node = self.nodes[place]
        if node.what is Source.CONSTANT:
            return "<" + ", ".join([f"i1 {int(node.value != 0)}"] * WIDTH) + ">"
        if place not in body.masks:
            body.masks[place] = body.new(f"fcmp une {VECTOR} {self._value(place, body)}, {vector(0.0)}")
        return body.masks[place]

    def _compute(self, place: int, body: Body) -> None:
        node = self.nodes[place]
        if node.what is Source.UNIFORM:
            body.values[place] = body.uniform(f"%key{node.index}", body.load(self._row("place"), WHOLE))
        elif node.what is Source.ONCE:
            body.values[place] = body.uniform(f"%once{node.index}", body.load(self._row("place"), WHOLE))
        elif place in self.flat.flags:
            body.masks[place] = self._flag(node, body)
        else:
            body.values[place] = self._number(node, body)

    def _flag(self, node: Node, body: Body) -> str:
        arguments = node.arguments
        match node.what:
            case Operation.LESS | Operation.AT_MOST | Operation.EQUAL:
                a, b = (self._value(argument, body) for argument in arguments)
                return body.new(f"fcmp {COMPARISONS[Operation(node.what)]} {VECTOR} {a}, {b}")
            case Operation.FINITE:
                a = self._value(arguments[0], body)
                return body.new(f"fcmp oeq {VECTOR} {body.new(f'fsub {VECTOR} {a}, {a}')}, {vector(0.0)}")
            case Operation.MULTIPLY | Operation.LEAST | Operation.GREATEST:
                a, b = (self._mask(argument, body) for argument in arguments)
                return body.new(f"{'or' if node.what is Operation.GREATEST else 'and'} {MASK} {a}, {b}")
            case Operation.SUBTRACT:
                everyone, a = (self._mask(argument, body) for argument in arguments)
                return body.new(f"xor {MASK} {a}, {everyone}")
            case _:
                asked, then, other = (self._mask(argument, body) for argument in arguments)
                return body.new(f"select {MASK} {asked}, {MASK} {then}, {MASK} {other}")

    def _number(self, node: Node, body: Body) -> str:
        operation = Operation(node.what)
        if operation is Operation.CHOOSE:
            asked = self._mask(node.arguments[0], body)
            then, other = (self._value(argument, body) for argument in node.arguments[1:])
            return body.new(f"select {MASK} {asked}, {VECTOR} {then}, {VECTOR} {other}")
        a, b = (self._value(argument, body) for argument in node.arguments)
        if operation in ARITHMETIC:
            return body.new(f"{ARITHMETIC[operation]} {VECTOR} {a}, {b}")
        if operation is Operation.GRID:
            return body.new(f"fsub {VECTOR} {body.new(f'fadd {VECTOR} {a}, {b}')}, {b}")
        first = body.new(f"fcmp {COMPARISONS[operation]} {VECTOR} {a}, {b}")
        return body.new(f"select {MASK} {first}, {VECTOR} {a}, {VECTOR} {b}")

    # The parts of the frame.

    def _entry(self) -> list[str]:
        body = Body("entry")
        for index in sorted({node.index for node in self.nodes if node.what is Source.ONCE}):
            self._key(body, f"%once{index}", index, None)
        return body.lines

    def _key(self, body: Body, name: str, index: int, slot: str | None) -> None:
        """A vector of a purpose's key, with the slot of the week in it."""
        pointer = body.new(f"getelementptr i64, ptr %keys, i64 {index}")
        key = body.new(f"load i64, ptr {pointer}")
        if slot is not None:
            key = body.new(f"xor i64 {key}, {slot}")
        body.lines.append(f"  {name} = add {WHOLE} {body.spread(key, 'i64')}, zeroinitializer")

    def _into(self) -> list[str]:
        """Members' places and parameters go into the workspace, lane by lane; the last member fills the last block."""
        body = Body("in")
        member = body.new("load i64, ptr " + body.new("getelementptr i64, ptr %members, i64 %member"))
        to = self._of_lane(body, "place")
        body.lines.append(f"  store i64 {body.new(f'shl i64 {member}, {SLOT_BITS}')}, ptr {to}")
        for index in sorted({node.index for node in self.nodes if node.what is Source.PARAMETER}):
            place = body.new(f"add i64 {body.new(f'mul i64 %stride, {index}')}, %member")
            value = body.new("load double, ptr " + body.new(f"getelementptr double, ptr %table, i64 {place}"))
            body.lines.append(f"  store double {value}, ptr {self._of_lane(body, Source.PARAMETER, index)}")
        return body.lines

    def _opening(self) -> list[str]:
        body = Body("opening")
        for place, node in enumerate(self.nodes):
            if node.reach is Reach.MEMBER and node.what is not Source.PARAMETER:
                self._compute(place, body)
                body.store(self._value(place, body), body.row(self._row("settled", place)))
        for index, state in enumerate(self.flat.states):
            body.store(self._value(state.opening, body), body.row(self._row(Source.STATE, index)))
        for index, delay in enumerate(self.flat.delays):
            for row in range(delay.length):
                body.store(vector(0.0), body.row(self._row("delay", index, delay.length) + row))
        body.store(vector(0.0), body.row(self._row("health")))
        return body.lines

    def _week(self) -> list[str]:
        body = Body("week")
        self._begin_week(body)
        rates = set(needed(self.nodes, (chance.rate for chance in self.flat.chances)))
        ends = _Ends(self, body)
        for place in self.weekly:
            if place in rates:
                ends.compute(place)
        self._chances(body)
        for place in self.weekly:
            if place not in rates:
                ends.compute(place)
        ends.finish()
        return body.lines

    def _begin_week(self, body: Body) -> None:
        """Keys, rings, and what is the same for all members."""
        drawn = {node.index for node in self.nodes if node.what is Source.UNIFORM}
        for index in sorted(drawn | {chance.purpose for chance in self.flat.chances}):
            self._key(body, f"%key{index}", index, "%slot")
        for index, delay in enumerate(self.flat.delays):
            row = body.new(f"urem i64 %week.at, {delay.length}")
            row = body.new(f"add i64 {row}, {self._row('delay', index, delay.length)}")
            body.lines.append(f"  %ring{index} = getelementptr {VECTOR}, ptr %ws, i64 {row}")
        for place in self.weekly:
            if self.nodes[place].what is Source.WEEK:
                body.values[place] = body.spread(body.new("uitofp i64 %week.at to double"), "double")
            elif self.nodes[place].reach is Reach.WEEK:
                self._compute(place, body)

    def _chances(self, body: Body) -> None:
        """Draws every hazard; the exponential is asked only where a uniform number is below the rate."""
        before = "week"
        for index, chance in enumerate(self.flat.chances):
            rate = self._value(chance.rate, body)
            uniform = body.uniform(f"%key{chance.purpose}", body.load(self._row("place"), WHOLE))
            near = body.new(f"fcmp olt {VECTOR} {uniform}, {rate}")
            some = body.new(f"icmp ne i{WIDTH} {body.new(f'bitcast {MASK} {near} to i{WIDTH}')}, 0")
            body.lines += [f"  br i1 {some}, label %near{index}, label %after{index}", f"near{index}:"]
            likely = body.new(f"call {VECTOR} @chance({VECTOR} {rate})")
            below = body.new(f"fcmp olt {VECTOR} {uniform}, {likely}")
            happened = body.new(f"select {MASK} {near}, {MASK} {below}, {MASK} zeroinitializer")
            body.lines += [f"  br label %after{index}", f"after{index}:"]
            merged = body.new(f"phi {MASK} [ zeroinitializer, %{before} ], [ {happened}, %near{index} ]")
            leaf = self.leaves.get((Source.HAPPENED, index))
            if leaf is not None:
                body.masks[leaf] = merged
            before = f"after{index}"

    def _final(self) -> list[str]:
        """Outcomes, from the states after the last week."""
        body = Body("final")
        for place in needed(self.nodes, (place for _, place in self.flat.outcomes)):
            node = self.nodes[place]
            if node.what is Source.WEEK:
                body.values[place] = vector(float(self.flat.weeks))
            elif node.reach & Reach.WEEK and node.what is not Source.STATE:
                self._compute(place, body)
        health = body.load(self._row("health"))
        for index, (_, place) in enumerate(self.flat.outcomes):
            value = self._value(place, body)
            body.store(value, body.row(self._row("outcome", index)))
            health = body.unsound(health, value)
        body.store(health, body.row(self._row("health")))
        return body.lines

    def _out(self) -> list[str]:
        body = Body("out")
        for index in range(len(self.flat.outcomes)):
            value = body.new(f"load double, ptr {self._of_lane(body, 'outcome', index)}")
            place = body.new(f"add i64 {body.new(f'mul i64 %told, {index}')}, %out.number")
            body.lines.append(
                f"  store double {value}, ptr {body.new(f'getelementptr double, ptr %outcomes, i64 {place}')}"
            )
        health = body.new(f"load double, ptr {self._of_lane(body, 'health')}")
        broken = body.new(f"zext i1 {body.new(f'fcmp une double {health}, 0.0')} to i8")
        body.lines.append(f"  store i8 {broken}, ptr {body.new('getelementptr i8, ptr %failed, i64 %out.number')}")
        return body.lines


class _Ends:
    """What becomes of a week's values: states and rings are stored, and what is watched has to be finite.

    Each is done as soon as the value is there, so that few values have to be held at a time. A row that is about to be
    overwritten is loaded before, if anything needs what was in it.
    """

    def __init__(self, writer: _Writer, body: Body) -> None:
        self.writer, self.body = writer, body
        flat = writer.flat
        self.waiting: dict[int, list[tuple[Source, int]]] = {}
        for index, state in enumerate(flat.states):
            self.waiting.setdefault(state.next, []).append((Source.STATE, index))
        for index, delay in enumerate(flat.delays):
            self.waiting.setdefault(delay.put, []).append((Source.RING, index))
        self.watched = dict.fromkeys(watch_order(flat))
        self.needed = frozenset(writer.weekly)
        self.total = vector(0.0)
        """Of what is watched, in that order."""

    def compute(self, place: int) -> None:
        if is_computed(self.writer.flat, place):
            self.writer._compute(place, self.body)
            self._end(place)

    def finish(self) -> None:
        for place in (*self.watched, *self.waiting):
            self._end(place)
        body, row = self.body, self.writer._row("health")
        body.store(body.unsound(body.load(row), self.total), body.row(row))

    def _end(self, place: int) -> None:
        body = self.body
        if place in self.watched:
            del self.watched[place]
            self.total = body.new(f"fadd {VECTOR} {self.total}, {self.writer._value(place, body)}")
        for what, index in self.waiting.pop(place, ()):
            leaf = self.writer.leaves.get((what, index))
            if leaf in self.needed:
                self.writer._value(leaf, body)
            value = self.writer._value(place, body)
            body.store(value, f"%ring{index}" if what is Source.RING else body.row(self.writer._row(what, index)))
