"""What happened on each single day of a run, for the questions that the latest days alone cannot answer.

A total of what was delivered within thirty days of an event is settled only when the thirty days are over; so is a
figure before an event. Each day on which something may happen has a variable of its own then, and the question is
worked out anew from all of them each week. That costs some operations for every week of the run, every week, and is
kept for totals and figures that are limited by other happenings in such a way.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence

from materiel.commitments.tree import Relation
from materiel.outlook.program import Constant, Expression, Week
from materiel.outlook.weaving.arithmetic import add, both, choose, either, equal, less
from materiel.outlook.weaving.calendar import DAYS, lies_in, weeks_of
from materiel.outlook.weaving.fitting import fits
from materiel.outlook.weaving.loom import Loom
from materiel.outlook.weaving.sources import Moment, Past, Source
from materiel.outlook.weaving.tracks import Point, in_last

Note = Callable[[Expression], Expression]
"""Keeps a value that is needed more than once."""


class Register:
    """A number for each day on which sources of one day of the week may make it other than 0."""

    def __init__(self, loom: Loom, name: str, day: int, weeks: Sequence[int]) -> None:
        self._loom, self._day = loom, day
        self.numbers = {week: loom.variable(f"{name} in week {week}") for week in weeks}

    def days(self) -> list[tuple[int, Expression]]:
        return [(DAYS * week + self._day, number) for week, number in self.numbers.items()]

    def write(self, number: Expression) -> None:
        """The steps that keep this week's number."""
        number = self._loom.note("entry", number)
        for week, name in self.numbers.items():
            self._loom.assign(name, choose(equal(Week(), float(week)), number, name))


class Diary:
    """The days of a tree of happenings whose root is what is added up or looked at.

    Args:
        loom: where variables and steps go.
        name: of its variables.
        points: the tree; the root has no atom.
        sources: what can happen.
        past: what has happened before.
    """

    def __init__(
        self, loom: Loom, name: str, points: tuple[Point, ...], sources: tuple[Source, ...], past: tuple[Past, ...]
    ) -> None:
        self.points = points
        self._registers: list[list[tuple[Moment, list[Source], Register]]] = []
        self._past: list[list[int]] = []
        for place, point in enumerate(points):
            own = [each for each in sources if point.atom is not None and fits(point.atom, each.deed)]
            keys = sorted({(each.moment, each.day) for each in own})
            registers = []
            for moment, day in keys:
                kept = [each for each in own if (each.moment, each.day) == (moment, day)]
                weeks = weeks_in(point, day, loom.weeks)
                registers.append((moment, kept, Register(loom, f"{name} {place} {moment} {day}", day, weeks)))
            self._registers.append(registers)
            here = (each.day for each in past if point.atom is not None and fits(point.atom, each.deed))
            self._past.append(sorted({day for day in here if lies_in(point.bounds, day)}))

    def write(self, moment: Moment) -> None:
        """The steps for what has happened at a moment of the week."""
        for registers in self._registers:
            for known, sources, register in registers:
                if known is moment:
                    happens: Expression = Constant(0.0)
                    for source in sources:
                        happens = either(happens, source.happens)
                    register.write(happens)

    def fit(self, today: Expression, note: Note, *, is_empty: bool = False) -> Callable[[int], Expression]:
        """A function that says of a day of the root whether the tree below it goes with it.

        Args:
            today: the day asked of, from the start.
            note: keeps a value.
            is_empty: nothing has happened yet but the past.
        """
        found = [
            (self.points[place], self._running(place, today, note, is_empty))
            for place, point in enumerate(self.points)
            if point.parent == 0 and place
        ]

        def fits_day(day: int) -> Expression:
            fitting: Expression = Constant(1.0)
            for point, running in found:
                fitting = both(fitting, _any(point, running, day))
            return fitting

        return fits_day

    def _running(self, place: int, today: Expression, note: Note, is_empty: bool) -> tuple[list[int], list[Expression]]:
        """The days of a point in order, and before each and after the last how many of them count."""
        point = self.points[place]
        days: list[tuple[int, Expression]] = [(day, Constant(1.0)) for day in self._past[place]]
        if not is_empty:
            days += [entry for _, _, register in self._registers[place] for entry in register.days()]
        days.sort(key=lambda entry: entry[0])
        inner = [
            (self.points[other], self._running(other, today, note, is_empty))
            for other in range(len(self.points))
            if self.points[other].parent == place
        ]
        counted: list[Expression] = [Constant(0.0)]
        for day, happened in days:
            counts = happened if point.last is None else both(happened, in_last(Constant(day), point.last, today))
            for child, running in inner:
                counts = both(counts, _any(child, running, day))
            counted.append(note(add(counted[-1], counts)))
        return [day for day, _ in days], counted


def weeks_in(point: Point, day: int, weeks: int) -> Sequence[int]:
    """The weeks whose day lies in the bounds of a point."""
    first, last = weeks_of(point.bounds, day, weeks)
    return range(first, last + 1)


def _any(point: Point, running: tuple[list[int], list[Expression]], day: int) -> Expression:
    """Whether some day of a point lies to the day of its parent as it has to."""
    days, counted = running
    low, high = 0, len(days)
    match point.relation:
        case Relation.BEFORE:
            low = bisect_right(days, day)
        case Relation.UNTIL:
            low = bisect_left(days, day)
        case Relation.AFTER:
            high = bisect_left(days, day)
        case Relation.SINCE:
            high = bisect_right(days, day)
        case Relation.WITHIN:
            low, high = bisect_left(days, day - point.days), bisect_right(days, day + point.days)
    return less(counted[low], counted[high]) if low < high else Constant(0.0)


def is_known_at_once(points: tuple[Point, ...]) -> bool:
    """Whether all that limits the root is settled when its own happening comes, and stays so."""
    return all(point.relation in {Relation.AFTER, Relation.SINCE} and point.last is None for point in points[1:])
