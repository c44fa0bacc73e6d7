"""What generated kernels call for one member: luck and the probability of a hazard, with the bits of :mod:`draws`."""

from __future__ import annotations

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

from materiel.outlook.engine.draws import CERTAIN, EXP_TERMS, GOLDEN, LN2_HIGH, LN2_LOW, LOG2_E, MIX_1, MIX_2, UNIT

_GOLDEN, _MIX_1, _MIX_2 = np.uint64(GOLDEN), np.uint64(MIX_1), np.uint64(MIX_2)
_1, _11, _12, _27, _30, _31 = (np.uint64(number) for number in (1, 11, 12, 27, 30, 31))


@njit(error_model="numpy", nogil=True)
def uniform(key: np.uint64, place: np.uint64) -> float:
    """As :func:`draws.uniforms`; the slot is in the key already."""
    z = ((place ^ key) + _1) * _GOLDEN
    z = (z ^ (z >> _30)) * _MIX_1
    z = (z ^ (z >> _27)) * _MIX_2
    z ^= z >> _31
    return float(z >> _11) * UNIT


@njit(error_model="numpy", nogil=True)
def chance(rate: float) -> float:
    """As :func:`draws.chance`."""
    x = -min(rate, CERTAIN)
    twos = math.floor(x * LOG2_E + 0.5)
    rest = (x - twos * LN2_HIGH) - twos * LN2_LOW
    total = EXP_TERMS[0]
    for term in EXP_TERMS[1:]:
        total = total * rest + term
    return 1.0 - math.ldexp(total, int(twos))


@njit("void(float64[::1], uint64[::1], uint64, float64, float64)", error_model="numpy", nogil=True, cache=True)
def fill_uniform(
    row: NDArray[np.float64], members: NDArray[np.uint64], key: np.uint64, low: float, high: float
) -> None:
    """Draws once for each member, uniformly."""
    for j in range(members.size):
        row[j] = low + (high - low) * uniform(key, members[j] << _12)
