"""Luck: a number in [0, 1) for every (seed, member, purpose, week), each to be had alone and in any order.

Hashing a counter, not walking along a stream, is what makes a member's luck independent of chunks, threads, engines
and policies. A purpose is a name for what the number decides, such as ``event truce``. What a member draws once
belongs to slot 0, what it draws in week t to slot t + 1.

The exponential is made of additions and multiplications here, which IEEE-754 rounds in one way only, so that no
library's last bit decides an event.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from hashlib import blake2b
from statistics import NormalDist
from typing import Final

import numpy as np
from numpy.typing import NDArray

from materiel.outlook.compiled import Drawn
from materiel.outlook.scenario.numbers import Spread

Floats = NDArray[np.float64]
Counters = NDArray[np.uint64]

ONCE: Final = 0
"""The slot of what a member draws once."""
SLOT_BITS: Final = 12
"""Weeks of a run have to fit into the slots: fewer than 2**12 - 1."""
GOLDEN: Final = 0x9E3779B97F4A7C15
MIX_1: Final = 0xBF58476D1CE4E5B9
MIX_2: Final = 0x94D049BB133111EB
UNIT: Final = 2.0**-53

LN2_HIGH: Final = float.fromhex("0x1.62e42fee00000p-1")
LN2_LOW: Final = float.fromhex("0x1.a39ef35793c76p-33")
LOG2_E: Final = float.fromhex("0x1.71547652b82fep+0")
EXP_TERMS: Final = tuple(1.0 / float(np.prod(np.arange(1, n + 1, dtype=float))) for n in range(13, -1, -1))
"""Taylor's, the highest power first; on [-ln 2 / 2, ln 2 / 2] the rest is below 2**-57."""
CERTAIN: Final = 40.0
"""A hazard from which on exp(-hazard) is below half of the smallest step of a uniform number."""
TWO_THIRDS: Final = 0.967421566101701
"""Two thirds of a normal distribution lie within so many deviations."""


@lru_cache(maxsize=4096)
def key_of(seed: int, purpose: str) -> int:
    """64 bits for a seed and a purpose."""
    return int.from_bytes(blake2b(f"{seed}/{purpose}".encode(), digest_size=8).digest(), "little")


def counters(members: Counters) -> Counters:
    """Members' numbers, in their place beside the slot."""
    return members << np.uint64(SLOT_BITS)


def uniforms(key: int, places: Counters, slot: int) -> Floats:
    """The numbers of these ``places`` (see :func:`counters`) for one key in one slot."""
    z = places | np.uint64(slot)
    z ^= np.uint64(key)
    z += np.uint64(1)
    z *= np.uint64(GOLDEN)
    z ^= z >> np.uint64(30)
    z *= np.uint64(MIX_1)
    z ^= z >> np.uint64(27)
    z *= np.uint64(MIX_2)
    z ^= z >> np.uint64(31)
    z >>= np.uint64(11)
    return z.astype(np.float64) * UNIT


def chance(rate: Floats) -> Floats:
    """The probability 1 - exp(-rate) of a hazard in one week, for rates above 0."""
    return 1.0 - exp(-np.minimum(rate, CERTAIN))


def exp(x: Floats) -> Floats:
    """E to the power of x, to about a unit in the last place; x within some 700 of 0."""
    twos = np.floor(x * LOG2_E + 0.5)
    rest = (x - twos * LN2_HIGH) - twos * LN2_LOW
    total = np.full_like(rest, EXP_TERMS[0])
    for term in EXP_TERMS[1:]:
        total = total * rest + term
    return np.ldexp(total, twos.astype(np.int32))


def quantile(uniform: Floats) -> Floats:
    """The standard normal quantile; 0 counts as 2**-54."""
    inverse = NormalDist().inv_cdf
    return np.array([inverse(u) for u in np.maximum(uniform, UNIT / 2).tolist()])


def spread_over(spread: Spread | float, uniform: Floats) -> Floats:
    """Values of a distribution at these quantiles.

    Raises:
        ValueError: the spread lacks a field of its shape.
    """
    if isinstance(spread, float | int):
        return np.full_like(uniform, float(spread))
    match spread:
        case Spread(shape="uniform", low=float(low), high=float(high)):
            return low + (high - low) * uniform
        case Spread(shape="triangular", low=float(low), high=float(high), mode=float(mode)):
            if not low < high:
                return np.full_like(uniform, low)
            rising = low + np.sqrt(uniform * ((high - low) * (mode - low)))
            falling = high - np.sqrt((1.0 - uniform) * ((high - low) * (high - mode)))
            return np.where(uniform < (mode - low) / (high - low), rising, falling)
        case Spread(shape="normal", mean=float(mean), deviation=float(deviation)):
            return mean + deviation * quantile(uniform)
        case Spread(shape="lognormal", median=float(median), factor=float(factor)):
            return median * exp(math.log(factor) / TWO_THIRDS * quantile(uniform))
        case Spread(shape="chance", probability=float(probability)):
            return np.where(uniform < probability, 1.0, 0.0)
        case _:
            msg = f"a {spread.shape} spread lacks a field: {spread.model_dump(exclude_none=True)}"
            raise ValueError(msg)


def draw(drawn: Sequence[Drawn], members: Counters, seed: int) -> Floats:
    """A table: a row for each of ``drawn``, a column for each member."""
    places = counters(members)
    table = np.empty((len(drawn), members.size))
    for row, one in zip(table, drawn, strict=True):
        if isinstance(one.spread, Spread):
            row[:] = spread_over(one.spread, uniforms(key_of(seed, one.purpose), places, ONCE))
        else:
            row[:] = one.spread
    return table
