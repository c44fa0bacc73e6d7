"""Supplies added up over a window, as variables of a program.

A window of the last N days is a sum into which each week's supplies go, and out of which they come again when they are
too old: amounts lie on a grid, so that this leaves no rest. A consignment is one line with two happenings; where both
its sending and its arrival count, the arrival is taken off again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from materiel.commitments.tree import Figure, Total, TotalKind
from materiel.outlook.program import Constant, Expression, RingGet
from materiel.outlook.weaving.amounts import amount_of, past_amount_of
from materiel.outlook.weaving.arithmetic import add, at_most, both, choose, gridded, subtract, total
from materiel.outlook.weaving.calendar import AT_DECISIONS, DAYS, FLOWS, counts, day_of, lies_in, weeks_back
from materiel.outlook.weaving.fitting import fits
from materiel.outlook.weaving.loom import Loom
from materiel.outlook.weaving.occurrences import OccurrenceTrack
from materiel.outlook.weaving.sources import Moment, Past, Source
from materiel.outlook.weaving.tracks import in_last

ALWAYS = Constant(1.0)


@dataclass(frozen=True, slots=True)
class Counting:
    """From when on a member counts: what a commitment asks for counts from the day of its condition on.

    Attributes:
        has_begun: 1 from the week on in which that is known.
        since: the day, in that week or in the one before.
        due: the last day that counts; None: there is none.
    """

    has_begun: Expression
    since: Expression
    due: Expression | None = None


class _Window:
    """What is added up of the last ``length`` weeks, or, where that is None, from the beginning.

    Where a member begins to count later, the sum is that of the last week alone until then.
    """

    def __init__(self, loom: Loom, name: str, length: int | None, known_since: Expression, keeps: Expression) -> None:
        self._loom, self._known_since, self._keeps = loom, known_since, keeps
        self._sum = loom.variable(f"sum of {name}")
        self._ring = None if length is None or length >= loom.weeks else loom.ring(f"window of {name}", length)

    def value(self) -> Expression:
        return choose(self._known_since, self._sum, 0.0)

    def bring_forward(self, amounts: list[Expression]) -> None:
        week = self._loom.note("amount", total(amounts))
        self._loom.assign(self._sum, add(choose(self._keeps, self._sum, 0.0), week))
        if self._ring is not None:
            self._loom.assign(self._sum, subtract(self._sum, self._ring))
            self._loom.put(self._ring, week)


class SumTrack:
    """A total within what limits it.

    Args:
        loom: where variables and steps go.
        name: of its variables.
        leaf: the total.
        gate: which other happenings have to come before.
        asked: the day of the week on which it is asked.
        step: the grid of what goes into a window and has to come out of it again.
        counting: from when on it counts; None: from the beginning, and the past with it.
    """

    def __init__(
        self,
        loom: Loom,
        name: str,
        leaf: Total,
        gate: OccurrenceTrack,
        *,
        asked: int,
        step: float,
        counting: Counting | None = None,
    ) -> None:
        self._loom, self._name, self._leaf, self._asked, self._gate = loom, name, leaf, asked, gate
        self._counting, self._step = counting, step
        self._sources: list[tuple[Source, Expression]] = []
        self._sendings: dict[str, RingGet | None] = {}
        self._windows: dict[tuple[int, Moment, int | None], _Window | None] = {}
        self._amounts: dict[tuple[int, Moment, int | None], list[Expression]] = {}
        self._past: list[tuple[int, Expression]] = []
        self._puts: list[tuple[RingGet, Expression]] = []

    def start(
        self, sources: tuple[Source, ...], past: tuple[Past, ...], items_of: Callable[[Figure], Expression]
    ) -> None:
        """What the past adds, and variables for what comes."""
        bounds = self._gate.points[0].bounds
        for each in past:
            if fits(self._leaf, each.deed) and lies_in(bounds, each.day):
                amount = choose(self._gate.fitted[each.day], past_amount_of(self._leaf, each, items_of), 0.0)
                if self._counting is not None:
                    amount = choose(at_most(self._counting.since, float(each.day)), amount, 0.0)
                self._past.append((each.day, amount))
        for source in sources:
            added = amount_of(self._leaf, source)
            if added is not None:
                self._sources.append((source, added))
        lines = {source.line for source, _ in self._sources if source.line and not source.sent}
        for source, _ in self._sources:
            if source.line in lines and source.sent and not self._always_counts:
                self._sendings[source.line] = self._loom.ring(f"sent {source.line} {self._name}", source.sent)
            elif source.line in lines and source.sent:
                self._sendings[source.line] = None
            self._window(source, 0)
            if source.line in lines and source.sent:
                self._window(source, source.sent)

    @property
    def _last(self) -> int | None:
        return self._gate.points[0].last

    @property
    def _always_counts(self) -> bool:
        """Whether whatever is sent counts."""
        gate = self._gate.points
        return len(gate) == 1 and gate[0].bounds == (None, None) and self._counting is None

    def _key(self, source: Source, later: int) -> tuple[int, Moment, int | None]:
        """Which window a source is added to; ``later``: how many weeks fewer it is looked back."""
        if self._last is None:
            return source.day, source.moment, None
        back = weeks_back(self._last, source.day, self._asked)
        sees_this_week = source.moment is not Moment.AT_THE_END and self._asked == AT_DECISIONS
        return source.day, source.moment, max(0, back + sees_this_week - later)

    def _window(self, source: Source, later: int) -> None:
        key = self._key(source, later)
        if key not in self._windows:
            name = f"{self._name} {' '.join(str(part) for part in key)}"
            known_since, keeps = self._begins(source) if self._last is None else (ALWAYS, ALWAYS)
            self._windows[key] = None if key[2] == 0 else _Window(self._loom, name, key[2], known_since, keeps)

    def _begins(self, source: Source) -> tuple[Expression, Expression]:
        """Whether what came up to now counts, on the day asked and when the next week is added."""
        if self._counting is None:
            return ALWAYS, ALWAYS
        if source.moment is not Moment.AT_THE_END:
            return ALWAYS, self._counting.has_begun
        counts_last_week = at_most(self._counting.since, day_of(source.day - DAYS))
        return counts_last_week, both(self._counting.has_begun, counts_last_week)

    def value(self) -> Expression:
        """The total as it is known on the day on which it is asked."""
        today = day_of(self._asked)
        found: list[Expression] = [window.value() for window in self._windows.values() if window is not None]
        for day, amount in self._past:
            counted = amount if self._last is None else choose(in_last(Constant(day), self._last, today), amount, 0.0)
            found.append(counted)
        return total(found)

    def latest(self) -> Expression:
        """The day on which a total that has just been reached was reached: the last of the week before."""
        return day_of(FLOWS - DAYS)

    def bring_forward(self, moment: Moment) -> None:
        """The steps that add what has come at a moment of the week."""
        self._amounts = {key: [] for key in self._windows if key[1] is moment}
        self._puts = []
        self._gate.bring_forward(moment, lambda day: self._add(moment, day))
        for key, amounts in self._amounts.items():
            window = self._windows[key]
            if window is not None:
                window.bring_forward(amounts)
        # A ring is read before it is put on.
        for ring, counted in self._puts:
            self._loom.put(ring, counted)

    def _add(self, moment: Moment, day: int) -> None:
        today = day_of(day)
        for source, amount in self._sources:
            if source.moment is not moment or source.day != day:
                continue
            in_time = counts(self._gate.points[0].bounds, day, self._loom.weeks)
            counts_now = both(in_time, self._gate.fits(today))
            if self._counting is not None and self._counting.due is not None:
                counts_now = both(counts_now, at_most(today, self._counting.due))
            if self._counting is not None and self._last is not None:
                counts_now = both(counts_now, self._counting.has_begun)
            counted = self._loom.note("counts", counts_now)
            if self._last is not None and self._leaf.kind is TotalKind.QUANTITY:
                amount = gridded(amount, self._step)
            own = choose(counted, amount, 0.0)
            self._amounts[self._key(source, 0)].append(own)
            if source.line not in self._sendings:
                continue
            ring = self._sendings[source.line]
            if source.sent:
                twice = own if ring is None else choose(ring, own, 0.0)
                self._amounts[self._key(source, source.sent)].append(subtract(0.0, twice))
            elif ring is not None:
                self._puts.append((ring, counted))
