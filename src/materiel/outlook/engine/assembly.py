"""Writes a flat program as LLVM assembly: straight vector code, eight members in one instruction.

A block of eight members lives in the rows of a small workspace, a row for each number, so that all of it stays in the
processor's nearest cache for all weeks. One week is straight code: a state is loaded once and stored once. Flags are
masks and choices are selections; the only branch is at a hazard, taken where some member's uniform number is below the
rate. Only there the exponential is needed, as 1 - exp(-h) is at most h.

No instruction has a fast-math flag, so that none is reordered or contracted: each gives the bits of IEEE-754.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from typing import Final

from materiel.outlook.engine.draws import (
    CERTAIN,
    EXP_TERMS,
    GOLDEN,
    LN2_HIGH,
    LN2_LOW,
    LOG2_E,
    MIX_1,
    MIX_2,
    SLOT_BITS,
    UNIT,
)
from materiel.outlook.engine.simplify import Flat, Node, Reach, Source, is_computed, needed, watch_order, weekly_roots
from materiel.outlook.program import Operation

WIDTH: Final = 8
"""Members of a block, all in one instruction; a processor with narrower registers does it in several."""
VECTOR: Final = f"<{WIDTH} x double>"
WHOLE: Final = f"<{WIDTH} x i64>"
MASK: Final = f"<{WIDTH} x i1>"
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


FRAME: Final = """\
define void @simulate(ptr %table, i64 %stride, ptr %members, i64 %size, ptr %keys, ptr %outcomes, i64 %told, \
ptr %failed, ptr %ws) {{
entry:
  %last = sub i64 %size, 1
{entry}
  br label %block
block:
  %start = phi i64 [ 0, %entry ], [ %start.next, %block.end ]
  br label %in
in:
  %lane = phi i64 [ 0, %block ], [ %lane.next, %in ]
  %number = add i64 %start, %lane
  %inside = icmp ult i64 %number, %size
  %member = select i1 %inside, i64 %number, i64 %last
  %in.ws = getelementptr double, ptr %ws, i64 %lane
{into}
  %lane.next = add i64 %lane, 1
  %lane.more = icmp ult i64 %lane.next, {width}
  br i1 %lane.more, label %in, label %opening
opening:
{opening}
  br label %week
week:
  %week.at = phi i64 [ 0, %opening ], [ %week.next, %week.end ]
  %slot = add i64 %week.at, 1
{week}
  br label %week.end
week.end:
  %week.next = add i64 %week.at, 1
  %week.more = icmp ult i64 %week.next, {weeks}
  br i1 %week.more, label %week, label %final
final:
{final}
  br label %out
out:
  %out.lane = phi i64 [ 0, %final ], [ %out.next, %out ]
  %out.number = add i64 %start, %out.lane
  %out.ws = getelementptr double, ptr %ws, i64 %out.lane
{out}
  %out.next = add i64 %out.lane, 1
  %out.after = add i64 %start, %out.next
  %out.here = icmp ult i64 %out.next, {width}
  %out.there = icmp ult i64 %out.after, %size
  %out.more = and i1 %out.here, %out.there
  br i1 %out.more, label %out, label %block.end
block.end:
  %start.next = add i64 %start, {width}
  %start.more = icmp ult i64 %start.next, %size
  br i1 %start.more, label %block, label %done
done:
  ret void
}}
"""
"""All members, block by block; ``table``, ``outcomes`` and ``failed`` as in :func:`vectorised.simulate`."""


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


def _double(value: float) -> str:
    return f"0x{struct.pack('>d', value).hex().upper()}"


def _vector(value: float) -> str:
    return "<" + ", ".join([f"double {_double(value)}"] * WIDTH) + ">"


def _whole(value: int) -> str:
    return "<" + ", ".join([f"i64 {_signed(value)}"] * WIDTH) + ">"


def _signed(value: int) -> int:
    """The 64 bits of a whole number as LLVM writes them."""
    return value - 2**64 if value >= 2**63 else value


@dataclass
class _Body:
    """Straight code for some members: what each node is called in it, as a number and as a mask.

    Attributes:
        name: of the part of the frame.
        lines: the code.
    """

    name: str
    lines: list[str] = field(default_factory=list)
    values: dict[int, str] = field(default_factory=dict)
    masks: dict[int, str] = field(default_factory=dict)
    count: int = 0

    def new(self, instruction: str) -> str:
        self.count += 1
        name = f"%{self.name}{self.count}"
        self.lines.append(f"  {name} = {instruction}")
        return name

    def row(self, row: int) -> str:
        return self.new(f"getelementptr {VECTOR}, ptr %ws, i64 {row}")

    def load(self, row: int, kind: str = VECTOR) -> str:
        return self.new(f"load {kind}, ptr {self.row(row)}, align {WIDTH * 8}")

    def store(self, value: str, pointer: str) -> None:
        self.lines.append(f"  store {VECTOR} {value}, ptr {pointer}, align {WIDTH * 8}")

    def spread(self, scalar: str, kind: str) -> str:
        """A vector of one number."""
        vector = f"<{WIDTH} x {kind}>"
        first = self.new(f"insertelement {vector} poison, {kind} {scalar}, i32 0")
        return self.new(f"shufflevector {vector} {first}, {vector} poison, <{WIDTH} x i32> zeroinitializer")

    def uniform(self, key: str, places: str) -> str:
        """As :func:`draws.uniforms`; the slot is in the key already."""
        z = self.new(f"xor {WHOLE} {places}, {key}")
        z = self.new(f"add {WHOLE} {z}, {_whole(1)}")
        z = self.new(f"mul {WHOLE} {z}, {_whole(GOLDEN)}")
        for shift, factor in ((30, MIX_1), (27, MIX_2)):
            z = self.new(f"xor {WHOLE} {z}, {self.new(f'lshr {WHOLE} {z}, {_whole(shift)}')}")
            z = self.new(f"mul {WHOLE} {z}, {_whole(factor)}")
        z = self.new(f"xor {WHOLE} {z}, {self.new(f'lshr {WHOLE} {z}, {_whole(31)}')}")
        z = self.new(f"lshr {WHOLE} {z}, {_whole(11)}")
        return self.new(f"fmul {VECTOR} {self._number_of(z)}, {_vector(UNIT)}")

    def _number_of(self, whole: str) -> str:
        """Whole numbers below 2**53, exactly: both halves are put beside an exponent, which is then taken away.

        Written out, as not every processor converts a vector of them.
        """
        high = self.new(f"lshr {WHOLE} {whole}, {_whole(32)}")
        low = self.new(f"and {WHOLE} {whole}, {_whole(2**32 - 1)}")
        parts = [
            self.new(f"bitcast {WHOLE} {self.new(f'or {WHOLE} {part}, {_whole(exponent << 52)}')} to {VECTOR}")
            for part, exponent in ((high, 1023 + 84), (low, 1023 + 52))
        ]
        high = self.new(f"fsub {VECTOR} {parts[0]}, {_vector(2.0**84 + 2.0**52)}")
        return self.new(f"fadd {VECTOR} {high}, {parts[1]}")

    def unsound(self, health: str, value: str) -> str:
        """Health stays 0 as long as values are finite, and is never a number again otherwise."""
        return self.new(f"fadd {VECTOR} {health}, {self.new(f'fsub {VECTOR} {value}, {value}')}")


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
        return Assembly(text + _chance() + FILL, self.row_count * WIDTH * 8)

    def _row(self, kind: str, index: int = 0, length: int = 1) -> int:
        """The first of ``length`` rows for something; the same whenever it is asked for."""
        if (kind, index) not in self.rows:
            self.rows[kind, index] = self.row_count
            self.row_count += length
        return self.rows[kind, index]

    def _of_lane(self, body: _Body, kind: str, index: int = 0) -> str:
        """Where one member's number is, in a loop over the members of a block."""
        return body.new(f"getelementptr {VECTOR}, ptr %{body.name}.ws, i64 {self._row(kind, index)}")

    # Values of nodes in straight code.

    def _value(self, place: int, body: _Body) -> str:
        """The words for a node as a number; it is loaded, or made of a mask, where there are none yet."""
        node = self.nodes[place]
        if node.what is Source.CONSTANT:
            return _vector(node.value)
        if place not in body.values:
            if place in body.masks:
                chosen = f"{VECTOR} {_vector(1.0)}, {VECTOR} {_vector(0.0)}"
                body.values[place] = body.new(f"select {MASK} {body.masks[place]}, {chosen}")
            elif node.what is Source.RING:
                body.values[place] = body.new(f"load {VECTOR}, ptr %ring{node.index}, align {WIDTH * 8}")
            elif node.what in (Source.PARAMETER, Source.STATE):
                body.values[place] = body.load(self._row(node.what, node.index))
            else:
                body.values[place] = body.load(self._row("settled", place))
        return body.values[place]

    def _mask(self, place: int, body: _Body) -> str:
        """The words for whether a node is not 0."""
        node = self.nodes[place]
        if node.what is Source.CONSTANT:
            return "<" + ", ".join([f"i1 {int(node.value != 0)}"] * WIDTH) + ">"
        if place not in body.masks:
            body.masks[place] = body.new(f"fcmp une {VECTOR} {self._value(place, body)}, {_vector(0.0)}")
        return body.masks[place]

    def _compute(self, place: int, body: _Body) -> None:
        node = self.nodes[place]
        if node.what is Source.UNIFORM:
            body.values[place] = body.uniform(f"%key{node.index}", body.load(self._row("place"), WHOLE))
        elif node.what is Source.ONCE:
            body.values[place] = body.uniform(f"%once{node.index}", body.load(self._row("place"), WHOLE))
        elif place in self.flat.flags:
            body.masks[place] = self._flag(node, body)
        else:
            body.values[place] = self._number(node, body)

    def _flag(self, node: Node, body: _Body) -> str:
        arguments = node.arguments
        match node.what:
            case Operation.LESS | Operation.AT_MOST | Operation.EQUAL:
                a, b = (self._value(argument, body) for argument in arguments)
                return body.new(f"fcmp {COMPARISONS[Operation(node.what)]} {VECTOR} {a}, {b}")
            case Operation.FINITE:
                a = self._value(arguments[0], body)
                return body.new(f"fcmp oeq {VECTOR} {body.new(f'fsub {VECTOR} {a}, {a}')}, {_vector(0.0)}")
            case Operation.MULTIPLY | Operation.LEAST | Operation.GREATEST:
                a, b = (self._mask(argument, body) for argument in arguments)
                return body.new(f"{'or' if node.what is Operation.GREATEST else 'and'} {MASK} {a}, {b}")
            case Operation.SUBTRACT:
                everyone, a = (self._mask(argument, body) for argument in arguments)
                return body.new(f"xor {MASK} {a}, {everyone}")
            case _:
                asked, then, other = (self._mask(argument, body) for argument in arguments)
                return body.new(f"select {MASK} {asked}, {MASK} {then}, {MASK} {other}")

    def _number(self, node: Node, body: _Body) -> str:
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
        body = _Body("entry")
        for index in sorted({node.index for node in self.nodes if node.what is Source.ONCE}):
            self._key(body, f"%once{index}", index, None)
        return body.lines

    def _key(self, body: _Body, name: str, index: int, slot: str | None) -> None:
        """A vector of a purpose's key, with the slot of the week in it."""
        pointer = body.new(f"getelementptr i64, ptr %keys, i64 {index}")
        key = body.new(f"load i64, ptr {pointer}")
        if slot is not None:
            key = body.new(f"xor i64 {key}, {slot}")
        body.lines.append(f"  {name} = add {WHOLE} {body.spread(key, 'i64')}, zeroinitializer")

    def _into(self) -> list[str]:
        """Members' places and parameters go into the workspace, lane by lane; the last member fills the last block."""
        body = _Body("in")
        member = body.new("load i64, ptr " + body.new("getelementptr i64, ptr %members, i64 %member"))
        to = self._of_lane(body, "place")
        body.lines.append(f"  store i64 {body.new(f'shl i64 {member}, {SLOT_BITS}')}, ptr {to}")
        for index in sorted({node.index for node in self.nodes if node.what is Source.PARAMETER}):
            place = body.new(f"add i64 {body.new(f'mul i64 %stride, {index}')}, %member")
            value = body.new("load double, ptr " + body.new(f"getelementptr double, ptr %table, i64 {place}"))
            body.lines.append(f"  store double {value}, ptr {self._of_lane(body, Source.PARAMETER, index)}")
        return body.lines

    def _opening(self) -> list[str]:
        body = _Body("opening")
        for place, node in enumerate(self.nodes):
            if node.reach is Reach.MEMBER and node.what is not Source.PARAMETER:
                self._compute(place, body)
                body.store(self._value(place, body), body.row(self._row("settled", place)))
        for index, state in enumerate(self.flat.states):
            body.store(self._value(state.opening, body), body.row(self._row(Source.STATE, index)))
        for index, delay in enumerate(self.flat.delays):
            for row in range(delay.length):
                body.store(_vector(0.0), body.row(self._row("delay", index, delay.length) + row))
        body.store(_vector(0.0), body.row(self._row("health")))
        return body.lines

    def _week(self) -> list[str]:
        body = _Body("week")
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

    def _begin_week(self, body: _Body) -> None:
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

    def _chances(self, body: _Body) -> None:
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
        body = _Body("final")
        for place in needed(self.nodes, (place for _, place in self.flat.outcomes)):
            node = self.nodes[place]
            if node.what is Source.WEEK:
                body.values[place] = _vector(float(self.flat.weeks))
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
        body = _Body("out")
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

    def __init__(self, writer: _Writer, body: _Body) -> None:
        self.writer, self.body = writer, body
        flat = writer.flat
        self.waiting: dict[int, list[tuple[Source, int]]] = {}
        for index, state in enumerate(flat.states):
            self.waiting.setdefault(state.next, []).append((Source.STATE, index))
        for index, delay in enumerate(flat.delays):
            self.waiting.setdefault(delay.put, []).append((Source.RING, index))
        self.watched = dict.fromkeys(watch_order(flat))
        self.needed = frozenset(writer.weekly)
        self.total = _vector(0.0)
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


FILL: Final = f"""
define void @fill(ptr %row, ptr %members, i64 %size, i64 %key, double %low, double %high) {{
entry:
  %range = fsub double %high, %low
  br label %loop
loop:
  %at = phi i64 [ 0, %entry ], [ %next, %loop ]
  %from = getelementptr i64, ptr %members, i64 %at
  %member = load i64, ptr %from
  %place = shl i64 %member, {SLOT_BITS}
  %a = xor i64 %place, %key
  %b = add i64 %a, 1
  %c = mul i64 %b, {_signed(GOLDEN)}
  %d = lshr i64 %c, 30
  %e = xor i64 %c, %d
  %f = mul i64 %e, {_signed(MIX_1)}
  %g = lshr i64 %f, 27
  %h = xor i64 %f, %g
  %i = mul i64 %h, {_signed(MIX_2)}
  %j = lshr i64 %i, 31
  %k = xor i64 %i, %j
  %l = lshr i64 %k, 11
  %m = uitofp i64 %l to double
  %n = fmul double %m, {_double(UNIT)}
  %o = fmul double %range, %n
  %p = fadd double %low, %o
  %to = getelementptr double, ptr %row, i64 %at
  store double %p, ptr %to
  %next = add i64 %at, 1
  %more = icmp ult i64 %next, %size
  br i1 %more, label %loop, label %done
done:
  ret void
}}
"""


def _chance() -> str:
    """The function ``chance``: as :func:`draws.chance`."""
    body = _Body("c")
    small = body.new(f"fcmp olt {VECTOR} %rate, {_vector(CERTAIN)}")
    least = body.new(f"select {MASK} {small}, {VECTOR} %rate, {VECTOR} {_vector(CERTAIN)}")
    x = body.new(f"fneg {VECTOR} {least}")
    scaled = body.new(f"fadd {VECTOR} {body.new(f'fmul {VECTOR} {x}, {_vector(LOG2_E)}')}, {_vector(0.5)}")
    twos = body.new(f"call {VECTOR} @llvm.floor.v{WIDTH}f64({VECTOR} {scaled})")
    rest = body.new(f"fsub {VECTOR} {x}, {body.new(f'fmul {VECTOR} {twos}, {_vector(LN2_HIGH)}')}")
    rest = body.new(f"fsub {VECTOR} {rest}, {body.new(f'fmul {VECTOR} {twos}, {_vector(LN2_LOW)}')}")
    total = _vector(EXP_TERMS[0])
    for term in EXP_TERMS[1:]:
        total = body.new(f"fadd {VECTOR} {body.new(f'fmul {VECTOR} {total}, {rest}')}, {_vector(term)}")
    # Two to the power of a small whole number is that number in the exponent's bits.
    power = body.new(f"fptosi {VECTOR} {twos} to <{WIDTH} x i32>")
    power = body.new(f"sext <{WIDTH} x i32> {power} to {WHOLE}")
    power = body.new(f"shl {WHOLE} {body.new(f'add {WHOLE} {power}, {_whole(1023)}')}, {_whole(52)}")
    power = body.new(f"bitcast {WHOLE} {power} to {VECTOR}")
    chance = body.new(f"fsub {VECTOR} {_vector(1.0)}, {body.new(f'fmul {VECTOR} {total}, {power}')}")
    head = f"define internal {VECTOR} @chance({VECTOR} %rate) noinline cold {{"
    declared = f"declare {VECTOR} @llvm.floor.v{WIDTH}f64({VECTOR})"
    return "\n".join(["", head, *body.lines, f"  ret {VECTOR} {chance}", "}", declared, ""])
