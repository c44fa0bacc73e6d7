"""The latest figure of an actor, as variables of a program: its day, and how it compares."""

from __future__ import annotations

from collections.abc import Callable

from materiel.commitments.tree import Figure, MeasureAtom
from materiel.outlook.program import Constant, Expression, Name
from materiel.outlook.weaving.arithmetic import both, choose, either, less, negated
from materiel.outlook.weaving.calendar import NEVER, counts, day_of, lies_in
from materiel.outlook.weaving.fitting import fits
from materiel.outlook.weaving.loom import Loom
from materiel.outlook.weaving.occurrences import OccurrenceTrack
from materiel.outlook.weaving.sources import Moment, Past, Source


class FigureTrack:
    """The latest figure within what limits it.

    Attributes:
        last: the last so many days in which it has to lie, if it has to.
        day: of the latest figure.
        yes, no: whether a figure of that day compares as asked, and whether one does not; there may be two of a day.
    """

    def __init__(
        self,
        loom: Loom,
        name: str,
        leaf: MeasureAtom,
        gate: OccurrenceTrack,
        compare: Callable[[Expression], Expression],
    ) -> None:
        self._loom, self._name, self._leaf, self._gate, self._compare = loom, name, leaf, gate, compare
        self._sources: list[tuple[Source, Expression]] = []
        self.last = gate.points[0].last
        self.day: Expression = Constant(NEVER)
        self.yes: Expression = Constant(0.0)
        self.no: Expression = Constant(0.0)

    def start(
        self, sources: tuple[Source, ...], past: tuple[Past, ...], figure_of: Callable[[Figure], Expression]
    ) -> None:
        """What the past makes of it, and variables for what may still change."""
        bounds = self._gate.points[0].bounds
        for each in sorted(past, key=lambda one: one.day):
            if each.figure is not None and fits(self._leaf, each.deed) and lies_in(bounds, each.day):
                self._take(figure_of(each.figure), Constant(float(each.day)), self._gate.fitted[each.day])
        for source in sources:
            if source.figure is not None and fits(self._leaf, source.deed):
                self._sources.append((source, figure_of(source.figure)))
        if self._sources:
            self.day = self._loom.variable(f"day of {self._name}", self.day)
            self.yes = self._loom.variable(f"so {self._name}", self.yes)
            self.no = self._loom.variable(f"not so {self._name}", self.no)

    def _take(self, figure: Expression, day: Expression, happens: Expression) -> None:
        self.day, self.yes, self.no = self._taken(figure, day, happens)

    def _taken(
        self, figure: Expression, day: Expression, happens: Expression
    ) -> tuple[Expression, Expression, Expression]:
        """The latest figure after one of a day that is not before it."""
        compares = self._compare(figure)
        newer = less(self.day, day)
        yes = choose(newer, compares, either(self.yes, compares))
        no = choose(newer, negated(compares), either(self.no, negated(compares)))
        return choose(happens, day, self.day), choose(happens, yes, self.yes), choose(happens, no, self.no)

    def bring_forward(self, moment: Moment) -> None:
        """The steps for the figures of a moment of the week."""
        self._gate.bring_forward(moment, lambda day: self._happen(moment, day))

    def _happen(self, moment: Moment, day: int) -> None:
        today = day_of(day)
        for source, figure in self._sources:
            if source.moment is not moment or source.day != day:
                continue
            in_time = counts(self._gate.points[0].bounds, day, self._loom.weeks)
            happens = self._loom.note("figure", both(both(source.happens, in_time), self._gate.fits(today)))
            taken = self._taken(figure, today, happens)
            values = [self._loom.note("figure", value) for value in taken]
            for name, value in zip((self.day, self.yes, self.no), values, strict=True):
                assert isinstance(name, Name)
                self._loom.assign(name, value)
