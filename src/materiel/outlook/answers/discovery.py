"""Under which assumptions does the bad outcome happen: PRIM, the patient rule induction method.

Friedman and Fisher (1999), in the use of Bryant and Lempert (2010) for scenario discovery. A box begins as wide as the
members; again and again the slice of a twentieth that raises the density of bad members most for what it gives up is
peeled off, and at the end slices are pasted back where that helps.

Peeled long enough, a box fits noise. So it is found on one half of the members and judged on the other; only limits
that hold up there are kept (quasi-p: how often would the box be as dense, if this limit did nothing), and where none
does, the answer is that no assumption stands out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from materiel.outlook.answers.binomial import at_least
from materiel.outlook.answers.chances import Flags, Numbers

PEEL = 0.05
PASTE = 0.05
LEAST_MASS = 0.05
SIGNIFICANT = 0.01


@dataclass(frozen=True)
class Box:
    """Limits on each number: shape (numbers,), both ends included; infinite where there is none."""

    low: Numbers
    high: Numbers

    def holds(self, table: Numbers) -> Flags:
        """Which rows (rows, numbers) lie within."""
        return np.asarray(((table >= self.low) & (table <= self.high)).all(axis=1))

    @property
    def limited(self) -> tuple[int, ...]:
        """The numbers that have a limit."""
        return tuple(np.flatnonzero(np.isfinite(self.low) | np.isfinite(self.high)).tolist())

    def without(self, place: int) -> Box:
        """The same with no limit on one number."""
        low, high = self.low.copy(), self.high.copy()
        low[place], high[place] = -np.inf, np.inf
        return Box(low, high)

    def with_limit(self, place: int, *, low: float | None = None, high: float | None = None) -> Box:
        """The same with one limit moved."""
        lows, highs = self.low.copy(), self.high.copy()
        if low is not None:
            lows[place] = low
        if high is not None:
            highs[place] = high
        return Box(lows, highs)


@dataclass(frozen=True, slots=True)
class Measured:
    """How well a box does on some members.

    Attributes:
        inside: members within.
        bad_inside: bad ones among them.
        members: all members that it is judged by.
        bad: bad ones among them.
    """

    inside: int
    bad_inside: int
    members: int
    bad: int

    @property
    def density(self) -> float:
        """The share of members within that are bad."""
        return self.bad_inside / self.inside if self.inside else 0.0

    @property
    def coverage(self) -> float:
        """The share of bad members that lie within."""
        return self.bad_inside / self.bad if self.bad else 0.0

    @property
    def mass(self) -> float:
        return self.inside / self.members

    @property
    def excess(self) -> float:
        """Bad members within beyond what a box of this mass would hold by chance, as a share of all members."""
        return (self.bad_inside - self.inside * self.bad / self.members) / self.members


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit that held up.

    Attributes:
        low, high: None where that side is open.
        quasi_p: how often the box would be at least as dense if this number's limits did nothing.
    """

    name: str
    low: float | None
    high: float | None
    quasi_p: float


@dataclass(frozen=True, slots=True)
class Discovery:
    """Under which assumptions the bad outcome happens.

    Attributes:
        limits: what the box asks for, the surest first; empty where no assumption stands out.
        judged: the box on the half of the members that it was not found on; None where there is no box.
        found_on: the same box on the half that it was found on.
        members: all members.
        bad: those in which it happened.
        failed: left out, for nobody knows what came of them.
        dropped: numbers whose limits did not hold up.
    """

    outcome: str
    limits: tuple[Limit, ...]
    judged: Measured | None
    found_on: Measured | None
    members: int
    bad: int
    failed: int
    dropped: tuple[str, ...]


def discover(outcome: str, names: Sequence[str], table: Numbers, is_bad: Flags, failed: Flags) -> Discovery:
    """The box of assumptions in which the bad outcome is densest for what it covers.

    Args:
        outcome: the bad outcome in words or by name.
        names: of the numbers.
        table: shape (members, numbers): what was drawn.
        is_bad: whether it happened in each member.
        failed: members to leave out.
    """
    known, bad = table[~failed], is_bad[~failed]
    halves = np.arange(len(known)) % 2 == 0
    found, judging = (known[halves], bad[halves]), (known[~halves], bad[~halves])
    counts = len(table), int(bad.sum()), int(failed.sum())
    if not found[1].any() or found[1].all() or not judging[1].any():
        return Discovery(outcome, (), None, None, *counts, ())
    box = max(trajectory(*found), key=lambda each: measure(each, *found).excess)
    held, dropped = _held_up(box, *judging)
    limits = tuple(
        sorted((_limit(held, place, names, judging) for place in held.limited), key=lambda one: (one.quasi_p, one.name))
    )
    if not limits:
        return Discovery(outcome, (), None, None, *counts, tuple(names[place] for place in dropped))
    return Discovery(
        outcome,
        limits,
        measure(held, *judging),
        measure(held, *found),
        *counts,
        tuple(names[place] for place in dropped),
    )


def measure(box: Box, table: Numbers, is_bad: Flags) -> Measured:
    """How well a box does on some members."""
    inside = box.holds(table)
    return Measured(int(inside.sum()), int((inside & is_bad).sum()), len(table), int(is_bad.sum()))


def quasi_p(box: Box, place: int, table: Numbers, is_bad: Flags) -> float:
    """How often the box would hold as many bad members as it does, if its limits on one number did nothing.

    They would then be drawn at the density that the box has without these limits (Bryant and Lempert 2010).
    """
    with_it, without = measure(box, table, is_bad), measure(box.without(place), table, is_bad)
    return at_least(with_it.bad_inside, with_it.inside, without.density)


def trajectory(table: Numbers, is_bad: Flags) -> tuple[Box, ...]:
    """Boxes from the widest on, each peeled from the one before; the last ones may be pasted wider again."""
    width = table.shape[1]
    box = Box(np.full(width, -np.inf), np.full(width, np.inf))
    boxes = [box]
    while (peeled := _best(box, _peels(box, table, is_bad), table, is_bad)) is not None:
        box = peeled
        boxes.append(box)
    while (pasted := _best(box, _pastes(box, table, is_bad), table, is_bad)) is not None:
        box = pasted
        boxes.append(box)
    return tuple(boxes)


def _best(box: Box, candidates: Iterator[tuple[Box, int, int]], table: Numbers, is_bad: Flags) -> Box | None:
    """The candidate that raises density most for each member that it gives up or takes in; None: none does.

    Of equals the one with fewer limits, then the first.

    Args:
        box: from which the candidates come.
        candidates: each with the members within, and the bad ones among them.
        table: shape (members, numbers).
        is_bad: of each member.
    """
    before = measure(box, table, is_bad)
    best: tuple[float, int] | None = None
    chosen = None
    for each, inside, bad in candidates:
        moved = abs(before.inside - inside)
        if not moved or inside < LEAST_MASS * len(table) or bad / inside <= before.density:
            continue
        score = ((bad / inside - before.density) * before.inside / moved, -len(each.limited))
        if best is None or score > best:
            best, chosen = score, each
    return chosen


def _peels(box: Box, table: Numbers, is_bad: Flags) -> Iterator[tuple[Box, int, int]]:
    """The box less its lowest and its highest slice, number by number."""
    within = box.holds(table)
    inside, bad = table[within], is_bad[within]
    for place in range(table.shape[1]):
        values = inside[:, place]
        if values.min() == values.max():
            continue
        high, low = -_cut(-values, PEEL), _cut(values, PEEL)
        for peeled, kept in (
            (box.with_limit(place, high=high), values <= high),
            (box.with_limit(place, low=low), values >= low),
        ):
            yield peeled, int(np.count_nonzero(kept)), int(np.count_nonzero(kept & bad))


def _cut(values: Numbers, share: float) -> float:
    """A limit above the lowest share of values; above all that are equal, where the cut would part equals."""
    at = (len(values) - 1) * share
    first, last = int(np.floor(at)), int(np.ceil(at))
    ordered = np.partition(values, (first, last))
    below, above = ordered[first], ordered[last]
    if below == above and (higher := values[values > below]).size:
        above = higher.min()
    return float((below + above) / 2)


def _pastes(box: Box, table: Numbers, is_bad: Flags) -> Iterator[tuple[Box, int, int]]:
    """The box with a slice of its neighbourhood taken in again, wherever it has a limit."""
    for place in box.limited:
        around = table[box.without(place).holds(table)][:, place]
        for pasted in _wider(box, place, around):
            found = measure(pasted, table, is_bad)
            yield pasted, found.inside, found.bad_inside


def _wider(box: Box, place: int, around: Numbers) -> Iterator[Box]:
    if np.isfinite(box.high[place]):
        beyond = around[around > box.high[place]]
        yield box.with_limit(place, high=_cut(beyond, PASTE) if len(beyond) > 1 else np.inf)
    if np.isfinite(box.low[place]):
        beyond = around[around < box.low[place]]
        yield box.with_limit(place, low=-_cut(-beyond, PASTE) if len(beyond) > 1 else -np.inf)


def _held_up(box: Box, table: Numbers, is_bad: Flags) -> tuple[Box, tuple[int, ...]]:
    """The box without the limits that do nothing on these members, the least sure dropped first."""
    dropped: list[int] = []
    while box.limited:
        worst = max(box.limited, key=lambda place: (quasi_p(box, place, table, is_bad), place))
        if quasi_p(box, worst, table, is_bad) < SIGNIFICANT:
            break
        dropped.append(worst)
        box = box.without(worst)
    return box, tuple(dropped)


def _limit(box: Box, place: int, names: Sequence[str], judging: tuple[Numbers, Flags]) -> Limit:
    low, high = float(box.low[place]), float(box.high[place])
    return Limit(
        names[place],
        low if np.isfinite(low) else None,
        high if np.isfinite(high) else None,
        quasi_p(box, place, *judging),
    )
