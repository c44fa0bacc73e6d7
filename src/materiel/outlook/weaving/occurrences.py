"""The latest days of the happenings that a question is about, as variables of a program."""

from __future__ import annotations

from collections.abc import Callable

from materiel.commitments.happenings import Deed
from materiel.outlook.program import Constant, Expression, Name
from materiel.outlook.weaving.arithmetic import both, choose, either, negated
from materiel.outlook.weaving.calendar import DECISIONS, EVENTS, FLOWS, NEVER, counts, day_of, lies_in
from materiel.outlook.weaving.fitting import fits
from materiel.outlook.weaving.loom import Loom
from materiel.outlook.weaving.sources import Moment, Past, Source, refuse
from materiel.outlook.weaving.tracks import MAX_POINTS, Part, Point, bring_forward, fit, happened, order_of, parts_of

IN_A_WEEK = (EVENTS, DECISIONS, FLOWS)


class OccurrenceTrack:
    """A tree of happenings (:mod:`tracks`) that is brought forward week by week.

    Where the root has no atom it stands for what another track looks at, and :meth:`fits` says whether the rest of the
    tree has come about for one of its days.

    Attributes:
        points: the tree.
        never: whether nothing that can happen will ever answer it.
        fitted: of days of the root before the start, whether the tree below it had come about (1 or 0).
    """

    def __init__(
        self,
        loom: Loom,
        name: str,
        points: tuple[Point, ...],
        sources: tuple[Source, ...],
        past: tuple[Past, ...],
        where: str,
        root_days: tuple[int, ...] = (),
    ) -> None:
        check_size(points, where)
        self.points = points
        self._loom, self._name = loom, name
        self._sources = [[each for each in sources if _is_of(point, each.deed)] for point in points]
        self._past = [[each for each in past if _is_of(point, each.deed)] for point in points]
        self._all: Part = frozenset(range(len(points)))
        self._order = order_of(points)
        self._first: Name | None = None
        self._state: dict[tuple[Part, int], Expression] = {
            (part, place): Constant(NEVER) for part in parts_of(points) for place in part
        }
        self.fitted: dict[int, Expression] = {}
        self._start(root_days)
        self.never = self._state.get((self._all, 0)) == Constant(NEVER)

    def _start(self, root_days: tuple[int, ...]) -> None:
        """What the past makes of it; then a variable for each number that can still change."""
        days = sorted({*root_days, *(each.day for found in self._past for each in found)})
        for day in days:
            for place in self._order:
                if place == 0 and day in root_days:
                    self.fitted[day] = self.fits(Constant(float(day)))
                if any(each.day == day and lies_in(self.points[place].bounds, day) for each in self._past[place]):
                    now = Constant(float(day))
                    self._state.update(bring_forward(self.points, self._state, place, now, Constant(1.0)))
        for (part, place), opening in tuple(self._state.items()):
            can_come = all(self._sources[each] or self._past[each] for each in part)
            if can_come and any(self._sources[each] for each in part):
                spot = f"{sorted(part)} {place}" if len(self.points) > 1 else ""
                self._state[part, place] = self._loom.variable(f"{self._name}{spot}", opening)

    def latest(self, place: int) -> Expression:
        """The day of one point in the latest choice for the whole tree."""
        return self._state[self._all, place]

    def first(self) -> Expression:
        """The first day of a happening that stands alone; else the latest of the root."""
        point = self.points[0]
        if len(self.points) > 1 or self.never:
            return self.latest(0)
        if self._first is None:
            days = [each.day for each in self._past[0] if lies_in(point.bounds, each.day)]
            self._first = self._loom.variable(f"first {self._name}", float(min(days)) if days else NEVER)
        return self._first

    def fits(self, day: Expression) -> Expression:
        """Whether the tree below the root has come about for a day of the root."""
        if len(self.points) == 1:
            return Constant(1.0)
        return fit(self.points, self._state, 0, day, self._all)[0]

    def bring_forward(self, moment: Moment, at_root: Callable[[int], None] | None = None) -> None:
        """The steps for what has happened at a moment of the week.

        Args:
            moment: of the week.
            at_root: called for each day at the root's turn, where it has no atom of its own.
        """
        for day in IN_A_WEEK:
            for place in self._order:
                if place == 0 and at_root is not None:
                    at_root(day)
                else:
                    self._happen(place, day, moment)

    def _happen(self, place: int, day: int, moment: Moment) -> None:
        happens: Expression = Constant(0.0)
        for source in self._sources[place]:
            if source.moment is moment and source.day == day:
                happens = either(happens, source.happens)
        happens = both(happens, counts(self.points[place].bounds, day, self._loom.weeks))
        if happens == Constant(0.0):
            return
        today = day_of(day)
        if place == 0 and self._first is not None:
            begins = both(happens, negated(happened(self._first)))
            self._loom.assign(self._first, choose(begins, today, self._first))
        for key, value in bring_forward(self.points, self._state, place, today, happens).items():
            known = self._state[key]
            if isinstance(known, Name):
                self._loom.assign(known, value)


def _is_of(point: Point, deed: Deed) -> bool:
    return point.atom is not None and fits(point.atom, deed)


def check_size(points: tuple[Point, ...], where: str) -> None:
    """Refuses more happenings than can be set against each other.

    Raises:
        ScenarioRefused: there are more.
    """
    if len(points) > MAX_POINTS:
        why = f"it sets {len(points)} happenings against each other; at most {MAX_POINTS} can be. Part it."
        raise refuse(where, why)
