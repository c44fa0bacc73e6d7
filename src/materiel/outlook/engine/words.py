"""The words of LLVM assembly of which kernels are made: vectors of eight members, and the frame around their code."""

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

WIDTH: Final = 8
"""Members of a block, all in one instruction; a processor with narrower registers does it in several."""
VECTOR: Final = f"<{WIDTH} x double>"
WHOLE: Final = f"<{WIDTH} x i64>"
MASK: Final = f"<{WIDTH} x i1>"
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


def _double(value: float) -> str:
    return f"0x{struct.pack('>d', value).hex().upper()}"


def vector(value: float) -> str:
    return "<" + ", ".join([f"double {_double(value)}"] * WIDTH) + ">"


def _whole(value: int) -> str:
    return "<" + ", ".join([f"i64 {_signed(value)}"] * WIDTH) + ">"


def _signed(value: int) -> int:
    """The 64 bits of a whole number as LLVM writes them."""
    return value - 2**64 if value >= 2**63 else value


@dataclass
class Body:
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
        return self.new(f"fmul {VECTOR} {self._number_of(z)}, {vector(UNIT)}")

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
        high = self.new(f"fsub {VECTOR} {parts[0]}, {vector(2.0**84 + 2.0**52)}")
        return self.new(f"fadd {VECTOR} {high}, {parts[1]}")

    def unsound(self, health: str, value: str) -> str:
        """Health stays 0 as long as values are finite, and is never a number again otherwise."""
        return self.new(f"fadd {VECTOR} {health}, {self.new(f'fsub {VECTOR} {value}, {value}')}")


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


def chance_function() -> str:
    """The function ``chance``: as :func:`draws.chance`."""
    body = Body("c")
    small = body.new(f"fcmp olt {VECTOR} %rate, {vector(CERTAIN)}")
    least = body.new(f"select {MASK} {small}, {VECTOR} %rate, {VECTOR} {vector(CERTAIN)}")
    x = body.new(f"fneg {VECTOR} {least}")
    scaled = body.new(f"fadd {VECTOR} {body.new(f'fmul {VECTOR} {x}, {vector(LOG2_E)}')}, {vector(0.5)}")
    twos = body.new(f"call {VECTOR} @llvm.floor.v{WIDTH}f64({VECTOR} {scaled})")
    rest = body.new(f"fsub {VECTOR} {x}, {body.new(f'fmul {VECTOR} {twos}, {vector(LN2_HIGH)}')}")
    rest = body.new(f"fsub {VECTOR} {rest}, {body.new(f'fmul {VECTOR} {twos}, {vector(LN2_LOW)}')}")
    total = vector(EXP_TERMS[0])
    for term in EXP_TERMS[1:]:
        total = body.new(f"fadd {VECTOR} {body.new(f'fmul {VECTOR} {total}, {rest}')}, {vector(term)}")
    # Two to the power of a small whole number is that number in the exponent's bits.
    power = body.new(f"fptosi {VECTOR} {twos} to <{WIDTH} x i32>")
    power = body.new(f"sext <{WIDTH} x i32> {power} to {WHOLE}")
    power = body.new(f"shl {WHOLE} {body.new(f'add {WHOLE} {power}, {_whole(1023)}')}, {_whole(52)}")
    power = body.new(f"bitcast {WHOLE} {power} to {VECTOR}")
    chance = body.new(f"fsub {VECTOR} {vector(1.0)}, {body.new(f'fmul {VECTOR} {total}, {power}')}")
    head = f"define internal {VECTOR} @chance({VECTOR} %rate) noinline cold {{"
    declared = f"declare {VECTOR} @llvm.floor.v{WIDTH}f64({VECTOR})"
    return "\n".join(["", head, *body.lines, f"  ret {VECTOR} {chance}", "}", declared, ""])
