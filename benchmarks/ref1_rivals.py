"""The reference scenario as other people would run it: what ``benchmarks/outlook.py`` measures the engine against.

All do the same equations for the same luck, which is addressed by (seed, member, slot), so that they can be compared
member by member. None of them shares code with the engine. ``ref1_mesa.py`` is the model as agents of Mesa.

- :func:`run_plain`: loops over plain numbers, one member at a time; EMA workbench runs this one;
- :func:`run_numpy`: vectorised by hand over members, in pieces of 4,096, uniform numbers made as they are needed;
- :func:`run_by_hand`: a kernel written by hand in numba, blocks of 128 members as rows of one workspace, loops over
  lanes without branches, both cores, the exponential only where a uniform number is below the hazard.
"""

from __future__ import annotations

import math
import sys
from pathlib import Path
from typing import Any

import numpy as np
from numba import njit, prange
from numpy.typing import NDArray

sys.path.append(str(Path(__file__).parents[1] / "tests" / "outlook" / "engine"))
from ref1_plain import BASE, FLOORS, GAIN, HIGHS, LOWS, ROUTES, TAU, WEEKS, run_member

Floats = NDArray[np.float64]

OUTPUTS = 8
EVENTS = 4
PARAMETERS = len(LOWS)
PIECE = 4096
FIRST_EVENT = 16
"""The slot of event 0 in week 0."""


def uniforms(seed: int, members: NDArray[np.uint64], slot: int) -> Floats:
    x = np.uint64(seed << 48) ^ (members << np.uint64(10)) ^ np.uint64(slot)
    z = (x + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    z ^= z >> np.uint64(31)
    return (z >> np.uint64(11)) * 2.0**-53


def member_luck(seed: int, member: int) -> tuple[list[float], list[list[float]]]:
    """One member's parameters, and its events' uniform numbers by week: made at one go, as plain numbers."""
    slots = np.arange(FIRST_EVENT + EVENTS * WEEKS, dtype=np.uint64)
    with np.errstate(over="ignore"):
        x = np.uint64(seed << 48) ^ np.uint64(member << 10) ^ slots
        z = (x + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        u = ((z ^ (z >> np.uint64(31))) >> np.uint64(11)) * 2.0**-53
    values = [low + (high - low) * share for low, high, share in zip(LOWS, HIGHS, u[:PARAMETERS].tolist(), strict=True)]
    return values, u[FIRST_EVENT:].reshape(WEEKS, EVENTS).tolist()


def run_plain(seed: int, member: int) -> list[float]:
    values, luck = member_luck(seed, member)
    return run_member(values, lambda week, event: luck[week][event])


def experiment(seed: int = 1, member: float = 0, **values: float) -> dict[str, float]:
    """The plain model as a function for EMA workbench, which chooses the parameters itself."""
    _, luck = member_luck(seed, int(member))
    outcomes = run_member(list(values.values()), lambda week, event: luck[week][event])
    return {f"y{place}": outcome for place, outcome in enumerate(outcomes)}


def run_numpy(seed: int, first: int, last: int) -> Floats:
    """Outcomes x members."""
    pieces = [_numpy_piece(seed, start, min(start + PIECE, last)) for start in range(first, last, PIECE)]
    return np.concatenate(pieces, axis=1)


def _numpy_piece(seed: int, first: int, last: int) -> Floats:
    members = np.arange(first, last, dtype=np.uint64)
    size = members.size
    p = [low + (high - low) * uniforms(seed, members, j) for j, (low, high) in enumerate(zip(LOWS, HIGHS, strict=True))]
    su0, sk0, d0, cap0, cap1, cap2, th0, th1, lam0, lam1, lam3, ramp1 = p
    s = {
        (0, 0): su0.copy(),
        (0, 2): np.full(size, 900.0),
        (1, 0): sk0.copy(),
        (2, 0): np.full(size, 300.0),
        (2, 2): np.full(size, 200.0),
        (3, 0): np.full(size, 4000.0),
        (3, 1): np.full(size, 400.0),
        (4, 0): np.full(size, 5000.0),
        (4, 1): np.zeros(size),
    }
    threat = [np.full(size, base) for base in BASE]
    q = [np.zeros(size) for _ in range(4)]
    rings = [np.zeros((delay, size)) for _, _, _, delay in ROUTES]
    pieces, blocked, unmet, received, events, restricted = (np.zeros(size) for _ in range(6))
    over, p0, p1, p2 = (np.zeros(size, dtype=bool) for _ in range(4))
    first_week, margin = np.full(size, float(WEEKS)), np.full(size, 1e30)
    lines = ((0, 0, 9.0, 20.0, 78.0), (1, 0, 4.0, 12.0, ramp1), (3, 0, 45.0, 60.0, 52.0), (0, 2, 8.0, 16.0, 60.0))
    for week in range(WEEKS):
        near = np.minimum(1.0, pieces / th0)
        rates = (
            np.where(over, 0.0, lam0 * (1.0 + 2.0 * threat[3])),
            np.where(blocked == 0.0, lam1 * (1.0 + threat[2]), 0.0),
            0.015 * (1.0 + p0),
            lam3 * (1.0 + 2.0 * near) * (1.0 + threat[4]),
        )
        struck = [
            uniforms(seed, members, FIRST_EVENT + EVENTS * week + event) < 1.0 - np.exp(-rate)
            for event, rate in enumerate(rates)
        ]
        events += struck[0].astype(float) + struck[1] + struck[2] + struck[3]
        over |= struck[0]
        blocked[struck[1]] = 4.0
        q[2][struck[2]] *= 0.5
        threat[1] = np.where(struck[3], np.minimum(1.0, threat[1] + 0.15), threat[1])

        reached = pieces >= th0
        first_week[reached & ~p0] = week
        p0 |= reached
        p1 |= threat[1] >= th1
        spare = s[0, 0] - 800.0
        p2 = np.where(p2, spare <= 250.0, spare < 100.0)
        restricted += p2

        for place, (actor, materiel, rate, full_rate, ramp) in enumerate(lines):
            grown = np.minimum(1.0, q[place] + 1.0 / ramp)
            made = rate + (full_rate - rate) * grown
            if place == 1:
                q[1] = np.where(p1, grown, q[1])
                s[1, 0] += np.where(p1, made, 0.0)
            else:
                q[place] = grown
                s[actor, materiel] += made

        arrived = [ring[week % len(ring)].copy() for ring in rings]
        for (_, recipient, materiel, _), amount in zip(ROUTES, arrived, strict=True):
            s[recipient, materiel] += amount
        pieces += arrived[5]
        both = arrived[0] + arrived[2]
        received += both

        open_way = blocked == 0.0
        sent: list[Floats] = []
        limits: tuple[Any, ...] = (
            np.where(open_way, np.where(p2, cap0 * 0.5, cap0), 0.0),
            cap1,
            np.where(p0, cap2, 0.0),
            np.where(open_way, 15.0, 0.0),
            40.0,
            np.where(over, 4.0, 0.0),
        )
        for place, ((supplier, _, materiel, _), ring) in enumerate(zip(ROUTES, rings, strict=True)):
            limit = np.minimum(cap1, sent[0]) if place == 1 else limits[place]
            amount = np.minimum(limit, np.maximum(0.0, s[supplier, materiel] - FLOORS[supplier][materiel]))
            s[supplier, materiel] -= amount
            ring[week % len(ring)] = amount
            sent.append(amount)

        grown = 1.0 + 0.4 * s[3, 0] / (s[3, 0] + 4000.0)
        need = d0 * grown
        used = np.minimum(s[2, 0], need)
        s[2, 0] -= used
        short = need - used
        unmet += short
        s[2, 2] -= np.minimum(s[2, 2], 12.0 * grown)

        drives = (
            np.maximum(0.0, 1.0 - s[0, 0] / 1600.0),
            np.minimum(1.0, pieces / th0),
            short / need,
            np.minimum(1.0, both / d0),
            p0,
        )
        for actor, drive in enumerate(drives):
            threat[actor] += (BASE[actor] + GAIN[actor] * drive - threat[actor]) / TAU[actor]
        np.maximum(0.0, blocked - 1.0, out=blocked)
        np.minimum(margin, s[0, 0] - 800.0, out=margin)
    return np.array([unmet, s[2, 0], first_week, received, threat[1], events, margin, restricted])


LANES = 128
STRIDE = LANES + 8
(
    SU0, SK0, D0, CAP0, CAP1, CAP2, TH0, TH1, LAM0, LAM1, LAM3, RAMP,
    USA0, USA2, KOR0, UKR0, UKR2, RUS0, RUS1, PRK0, PRK1,
    T0, T1, T2, T3, T4, Q0, Q1, Q2, Q3, C5, E0, B, P0, P1, P2,
    EVENTS_ROW, RESTRICTED, RECEIVED, UNMET, FIRST, MARGIN,
    H0, H1, H2, H3, U0, U1, U2, U3, F0, F1, F2, F3, NEAR,
    A0, A1, A2, A3, A4, A5, X0, X1, X2, X3, X4, X5,
) = range(0, 67 * STRIDE, STRIDE)  # fmt: skip
RINGS = 67 * STRIDE
ROOM = RINGS + (3 + 6 + 8 + 4 + 2 + 5) * STRIDE
OPENINGS = np.zeros(67)
for _row, _value in (
    (USA2, 900.0), (UKR0, 300.0), (UKR2, 200.0), (RUS0, 4000.0), (RUS1, 400.0), (PRK0, 5000.0),
    (T0, 0.2), (T1, 0.25), (T2, 0.6), (T3, 0.4), (T4, 0.4), (FIRST, 104.0), (MARGIN, 1e30),
):  # fmt: skip
    OPENINGS[_row // STRIDE] = _value
LOW, HIGH = np.array(LOWS), np.array(HIGHS)
DELAYS = np.array([delay for _, _, _, delay in ROUTES])
RING_AT = RINGS + STRIDE * np.concatenate([[0], np.cumsum(DELAYS)[:-1]])
TOLD = np.array([UNMET, UKR0, FIRST, RECEIVED, T1, EVENTS_ROW, MARGIN, RESTRICTED])
_U1, _U10, _U11, _U27, _U30, _U31, _U48 = (np.uint64(number) for number in (1, 10, 11, 27, 30, 31, 48))
_GOLDEN, _MIX_1, _MIX_2 = (np.uint64(number) for number in (0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB))


@njit(error_model="numpy")
def _uniform(base: np.uint64, slot: np.uint64) -> float:
    z = ((base ^ slot) + _U1) * _GOLDEN
    z = (z ^ (z >> _U30)) * _MIX_1
    z = (z ^ (z >> _U27)) * _MIX_2
    z ^= z >> _U31
    return float(np.int64(z >> _U11)) * 2.0**-53


@njit(error_model="numpy")
def _block(seed: np.uint64, first: int, count: int, told: Floats, at: int) -> None:
    w = np.empty(ROOM)
    bases = np.empty(LANES, dtype=np.uint64)
    for j in range(LANES):
        bases[j] = (seed << _U48) ^ (np.uint64(first + min(j, count - 1)) << _U10)
    for p in range(PARAMETERS):
        for j in range(LANES):
            w[p * STRIDE + j] = LOW[p] + (HIGH[p] - LOW[p]) * _uniform(bases[j], np.uint64(p))
    for row in range(PARAMETERS, 67):
        w[row * STRIDE : row * STRIDE + LANES] = OPENINGS[row]
    w[RINGS:] = 0.0
    for j in range(LANES):
        w[USA0 + j] = w[SU0 + j]
        w[KOR0 + j] = w[SK0 + j]
        w[RAMP + j] = 1.0 / w[RAMP + j]
    for week in range(WEEKS):
        for r in range(6):
            ring = RING_AT[r] + (week % DELAYS[r]) * STRIDE
            for j in range(LANES):
                w[A0 + r * STRIDE + j] = w[ring + j]
        slot = np.uint64(FIRST_EVENT + EVENTS * week)
        for j in range(LANES):
            near = w[C5 + j] / w[TH0 + j]
            near = min(near, 1.0)
            h0 = 0.0 if w[E0 + j] != 0.0 else w[LAM0 + j] * (1.0 + 2.0 * w[T3 + j])
            h1 = w[LAM1 + j] * (1.0 + w[T2 + j]) if w[B + j] == 0.0 else 0.0
            h2 = 0.015 * (1.0 + w[P0 + j])
            h3 = w[LAM3 + j] * (1.0 + 2.0 * near) * (1.0 + w[T4 + j])
            u0 = _uniform(bases[j], slot)
            u1 = _uniform(bases[j], slot + np.uint64(1))
            u2 = _uniform(bases[j], slot + np.uint64(2))
            u3 = _uniform(bases[j], slot + np.uint64(3))
            f0 = 1.0 if u0 < h0 else 0.0
            f1 = 1.0 if u1 < h1 else 0.0
            f2 = 1.0 if u2 < h2 else 0.0
            f3 = 1.0 if u3 < h3 else 0.0
            w[H0 + j], w[H1 + j], w[H2 + j], w[H3 + j] = h0, h1, h2, h3
            w[U0 + j], w[U1 + j], w[U2 + j], w[U3 + j] = u0, u1, u2, u3
            w[F0 + j], w[F1 + j], w[F2 + j], w[F3 + j] = f0, f1, f2, f3
            w[NEAR + j] = f0 + f1 + f2 + f3
        for j in range(LANES):
            if w[NEAR + j] != 0.0:
                for k in range(EVENTS):
                    row = k * STRIDE + j
                    if w[F0 + row] != 0.0 and not w[U0 + row] < 1.0 - math.exp(-w[H0 + row]):
                        w[F0 + row] = 0.0
        for j in range(LANES):
            f0, f1, f2, f3 = w[F0 + j], w[F1 + j], w[F2 + j], w[F3 + j]
            e0 = 1.0 if f0 != 0.0 else w[E0 + j]
            b = 4.0 if f1 != 0.0 else w[B + j]
            q2 = 0.5 * w[Q2 + j] if f2 != 0.0 else w[Q2 + j]
            t1 = w[T1 + j]
            raised = t1 + 0.15
            raised = min(raised, 1.0)
            t1 = raised if f3 != 0.0 else t1
            w[EVENTS_ROW + j] = w[EVENTS_ROW + j] + (f0 + f1 + f2 + f3)

            c5, th0, usa0 = w[C5 + j], w[TH0 + j], w[USA0 + j]
            p0 = w[P0 + j]
            reached = 1.0 if c5 >= th0 else 0.0
            w[FIRST + j] = float(week) if reached * (1.0 - p0) != 0.0 else w[FIRST + j]
            p0 = 1.0 if p0 + reached != 0.0 else 0.0
            p1 = 1.0 if t1 >= w[TH1 + j] else w[P1 + j]
            spare = usa0 - 800.0
            stays = 1.0 if spare <= 250.0 else 0.0
            starts = 1.0 if spare < 100.0 else 0.0
            p2 = stays if w[P2 + j] != 0.0 else starts
            w[P0 + j], w[P1 + j], w[P2 + j] = p0, p1, p2
            w[RESTRICTED + j] = w[RESTRICTED + j] + p2

            q0 = w[Q0 + j] + 1.0 / 78.0
            q0 = min(q0, 1.0)
            q1 = w[Q1 + j]
            grown = q1 + w[RAMP + j]
            grown = min(grown, 1.0)
            q1 = grown if p1 != 0.0 else q1
            q2 = q2 + 1.0 / 52.0
            q2 = min(q2, 1.0)
            q3 = w[Q3 + j] + 1.0 / 60.0
            q3 = min(q3, 1.0)
            w[Q0 + j], w[Q1 + j], w[Q2 + j], w[Q3 + j] = q0, q1, q2, q3
            made = 4.0 + 8.0 * q1
            made = made if p1 != 0.0 else 0.0
            a0, a1, a2, a3, a4, a5 = w[A0 + j], w[A1 + j], w[A2 + j], w[A3 + j], w[A4 + j], w[A5 + j]
            usa0 = usa0 + (9.0 + 11.0 * q0) + a1
            kor0 = w[KOR0 + j] + made
            rus0 = w[RUS0 + j] + (45.0 + 15.0 * q2) + a4
            usa2 = w[USA2 + j] + (8.0 + 8.0 * q3)
            ukr0 = w[UKR0 + j] + a0 + a2
            ukr2 = w[UKR2 + j] + a3
            w[PRK1 + j] = w[PRK1 + j] + a5
            c5 = c5 + a5
            both = a0 + a2
            w[RECEIVED + j] = w[RECEIVED + j] + both

            cap0 = 0.5 * w[CAP0 + j] if p2 != 0.0 else w[CAP0 + j]
            cap0 = 0.0 if b > 0.0 else cap0
            free = usa0 - 800.0
            free = max(0.0, free)
            x0 = min(free, cap0)
            usa0 = usa0 - x0
            limit = w[CAP1 + j]
            limit = min(x0, limit)
            free = kor0 - 2000.0
            free = max(0.0, free)
            x1 = min(free, limit)
            kor0 = kor0 - x1
            limit = w[CAP2 + j] if p0 != 0.0 else 0.0
            free = kor0 - 2000.0
            free = max(0.0, free)
            x2 = min(free, limit)
            kor0 = kor0 - x2
            limit = 0.0 if b > 0.0 else 15.0
            free = usa2 - 500.0
            free = max(0.0, free)
            x3 = min(free, limit)
            usa2 = usa2 - x3
            prk0 = w[PRK0 + j]
            free = prk0 - 2500.0
            free = max(0.0, free)
            x4 = min(free, 40.0)
            prk0 = prk0 - x4
            rus1 = w[RUS1 + j]
            limit = 4.0 if e0 != 0.0 else 0.0
            free = rus1 - 250.0
            free = max(0.0, free)
            x5 = min(free, limit)
            rus1 = rus1 - x5
            w[X0 + j], w[X1 + j], w[X2 + j], w[X3 + j], w[X4 + j], w[X5 + j] = x0, x1, x2, x3, x4, x5

            grown = 1.0 + 0.4 * rus0 / (rus0 + 4000.0)
            need = w[D0 + j] * grown
            used = min(need, ukr0)
            ukr0 = ukr0 - used
            short = need - used
            w[UNMET + j] = w[UNMET + j] + short
            used = 12.0 * grown
            used = min(used, ukr2)
            ukr2 = ukr2 - used

            drive = 1.0 - usa0 / 1600.0
            drive = max(0.0, drive)
            w[T0 + j] = w[T0 + j] + (0.2 + 0.3 * drive - w[T0 + j]) / 12.0
            drive = c5 / th0
            drive = min(drive, 1.0)
            w[T1 + j] = t1 + (0.25 + 0.5 * drive - t1) / 10.0
            w[T2 + j] = w[T2 + j] + (0.6 + 0.4 * (short / need) - w[T2 + j]) / 8.0
            drive = both / w[D0 + j]
            drive = min(drive, 1.0)
            w[T3 + j] = w[T3 + j] + (0.4 + 0.4 * drive - w[T3 + j]) / 10.0
            w[T4 + j] = w[T4 + j] + (0.4 + 0.4 * p0 - w[T4 + j]) / 10.0
            w[B + j] = b - 1.0 if b > 0.0 else b
            margin = usa0 - 800.0
            w[MARGIN + j] = min(w[MARGIN + j], margin)
            w[E0 + j], w[C5 + j] = e0, c5
            w[USA0 + j], w[USA2 + j], w[KOR0 + j] = usa0, usa2, kor0
            w[UKR0 + j], w[UKR2 + j] = ukr0, ukr2
            w[RUS0 + j], w[RUS1 + j], w[PRK0 + j] = rus0, rus1, prk0
        for r in range(6):
            ring = RING_AT[r] + (week % DELAYS[r]) * STRIDE
            for j in range(LANES):
                w[ring + j] = w[X0 + r * STRIDE + j]
    for o in range(OUTPUTS):
        for j in range(count):
            told[o, at + j] = w[TOLD[o] + j]


@njit("void(uint64, int64, float64[:, ::1])", error_model="numpy", parallel=True)
def _by_hand(seed: np.uint64, first: int, told: Floats) -> None:
    size = told.shape[1]
    for block in prange((size + LANES - 1) // LANES):
        at = block * LANES
        _block(seed, first + at, min(LANES, size - at), told, at)


def run_by_hand(seed: int, first: int, last: int) -> Floats:
    """Outcomes x members, on all cores."""
    told = np.empty((OUTPUTS, last - first))
    _by_hand(np.uint64(seed), first, told)
    return told
