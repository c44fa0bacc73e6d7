"""The model of :mod:`ref1_program` as loops over plain numbers: one member at a time, nothing of the engine in it."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

WEEKS = 104
BASE = (0.2, 0.25, 0.6, 0.4, 0.4)
GAIN = (0.3, 0.5, 0.4, 0.4, 0.4)
TAU = (12.0, 10.0, 8.0, 10.0, 10.0)
FLOORS = ((800.0, 300.0, 500.0), (2000.0, 150.0, 200.0), (0.0, 0.0, 0.0), (1500.0, 250.0, 400.0), (2500.0, 0.0, 50.0))
ROUTES = ((0, 2, 0, 3), (1, 0, 0, 6), (1, 2, 0, 8), (0, 2, 2, 4), (4, 3, 0, 2), (3, 4, 1, 5))
LOWS = (1000.0, 2400.0, 24.0, 15.0, 4.0, 5.0, 10.0, 0.30, 0.001, 0.002, 0.005, 20.0)
HIGHS = (1600.0, 3600.0, 40.0, 30.0, 16.0, 15.0, 60.0, 0.60, 0.010, 0.020, 0.020, 60.0)

MASK = 2**64 - 1


def counter_uniform(seed: int, member: int, slot: int) -> float:
    """The luck as the reference addresses it: everything in one counter."""
    z = (((seed << 48) ^ (member << 10) ^ slot) + 1) * 0x9E3779B97F4A7C15 & MASK
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9 & MASK
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB & MASK
    return ((z ^ (z >> 31)) >> 11) * 2.0**-53


def parameters(seed: int, member: int) -> list[float]:
    return [
        low + (high - low) * counter_uniform(seed, member, place)
        for place, (low, high) in enumerate(zip(LOWS, HIGHS, strict=True))
    ]


def counted_luck(seed: int, member: int) -> Callable[[int, int], float]:
    def luck(week: int, event: int) -> float:
        return counter_uniform(seed, member, 16 + 4 * week + event)

    return luck


def run_member(values: Sequence[float], luck: Callable[[int, int], float]) -> list[float]:
    """The eight outcomes of one member.

    Args:
        values: the twelve uncertain numbers.
        luck: the uniform number of an event in a week.
    """
    su0, sk0, d0, cap0, cap1, cap2, th0, th1, lam0, lam1, lam3, ramp1 = values
    stocks = [
        [su0, 500.0, 900.0],
        [sk0, 200.0, 300.0],
        [300.0, 40.0, 200.0],
        [4000.0, 400.0, 500.0],
        [5000.0, 0.0, 50.0],
    ]
    threat = list(BASE)
    q = [0.0] * 4
    lines = ((0, 0, 9.0, 20.0, 78.0), (1, 0, 4.0, 12.0, ramp1), (3, 0, 45.0, 60.0, 52.0), (0, 2, 8.0, 16.0, 60.0))
    rings = [[0.0] * delay for _, _, _, delay in ROUTES]
    pieces = blocked = unmet = received = 0.0
    event0 = p0 = p1 = p2 = False
    first, events, restricted, margin = WEEKS, 0, 0, 1e30
    for week in range(WEEKS):
        near = min(1.0, pieces / th0)
        rates = (
            0.0 if event0 else lam0 * (1.0 + 2.0 * threat[3]),
            lam1 * (1.0 + threat[2]) if blocked == 0.0 else 0.0,
            0.015 * (1.0 + p0),
            lam3 * (1.0 + 2.0 * near) * (1.0 + threat[4]),
        )
        struck = [luck(week, event) < 1.0 - math.exp(-rate) for event, rate in enumerate(rates)]
        events += sum(struck)
        event0 = event0 or struck[0]
        if struck[1]:
            blocked = 4.0
        if struck[2]:
            q[2] *= 0.5
        if struck[3]:
            threat[1] = min(1.0, threat[1] + 0.15)

        if not p0 and pieces >= th0:
            p0, first = True, week
        p1 = p1 or threat[1] >= th1
        spare = stocks[0][0] - 800.0
        p2 = spare <= 250.0 if p2 else spare < 100.0
        restricted += p2

        for place, (actor, materiel, rate, full_rate, ramp) in enumerate(lines):
            if place != 1 or p1:
                q[place] = min(1.0, q[place] + 1.0 / ramp)
                stocks[actor][materiel] += rate + (full_rate - rate) * q[place]

        arrived = []
        for (_, recipient, materiel, delay), ring in zip(ROUTES, rings, strict=True):
            arrived.append(ring[week % delay])
            stocks[recipient][materiel] += arrived[-1]
        pieces += arrived[5]
        both = arrived[0] + arrived[2]
        received += both

        sent: list[float] = []
        limits = (
            0.0 if blocked > 0.0 else cap0 * 0.5 if p2 else cap0,
            cap1,
            cap2 if p0 else 0.0,
            0.0 if blocked > 0.0 else 15.0,
            40.0,
            4.0 if event0 else 0.0,
        )
        for (supplier, _, materiel, delay), ring, most in zip(ROUTES, rings, limits, strict=True):
            limit = min(most, sent[0]) if len(sent) == 1 else most
            sent.append(min(limit, max(0.0, stocks[supplier][materiel] - FLOORS[supplier][materiel])))
            stocks[supplier][materiel] -= sent[-1]
            ring[week % delay] = sent[-1]

        grown = 1.0 + 0.4 * stocks[3][0] / (stocks[3][0] + 4000.0)
        need = d0 * grown
        used = min(stocks[2][0], need)
        stocks[2][0] -= used
        short = need - used
        unmet += short
        stocks[2][2] -= min(stocks[2][2], 12.0 * grown)

        drives = (
            max(0.0, 1.0 - stocks[0][0] / 1600.0),
            min(1.0, pieces / th0),
            short / need,
            min(1.0, both / d0),
            float(p0),
        )
        for actor, drive in enumerate(drives):
            threat[actor] += (BASE[actor] + GAIN[actor] * drive - threat[actor]) / TAU[actor]
        if blocked > 0.0:
            blocked -= 1.0
        margin = min(margin, stocks[0][0] - 800.0)
    return [unmet, stocks[2][0], float(first), received, threat[1], float(events), margin, float(restricted)]
