"""Totals and figures whose happenings are settled late, by what comes after them (:mod:`registers`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from materiel.commitments.tree import Figure, MeasureAtom, Total
from materiel.outlook.program import Constant, Expression, Name
from materiel.outlook.weaving.amounts import amount_of, past_amount_of
from materiel.outlook.weaving.arithmetic import (
    add,
    at_most,
    balanced,
    both,
    choose,
    either,
    equal,
    greatest,
    less,
    negated,
)
from materiel.outlook.weaving.calendar import AT_DECISIONS, DAYS, FLOWS, NEVER, day_of, lies_in
from materiel.outlook.weaving.fitting import fits
from materiel.outlook.weaving.loom import Loom
from materiel.outlook.weaving.registers import Diary, Register, weeks_in
from materiel.outlook.weaving.sources import Moment, Past, Source
from materiel.outlook.weaving.sums import Counting
from materiel.outlook.weaving.tracks import in_last

Today = Callable[[int], Expression]
"""The day asked of, so many days after the one of this week."""
Fit = Callable[[int], Expression]


class Late:
    """What is worked out anew whenever something has happened before it is asked.

    Args:
        loom: where variables and steps go.
        name: of its variables.
        diary: what limits the root.
        asked: the day of the week on which it is asked.
        today: the day asked of.
    """

    def __init__(self, loom: Loom, name: str, diary: Diary, asked: int, today: Today) -> None:
        self._loom, self._name, self._diary, self._asked, self._today = loom, name, diary, asked, today
        self._root = diary.points[0]
        self._registers: list[tuple[Source, Expression, Register]] = []
        self._kept = 0

    def _register(self, source: Source, number: Expression) -> Register:
        """Where the numbers of a source are kept."""
        name = f"{self._name} register {len(self._registers)}"
        register = Register(self._loom, name, source.day, weeks_in(self._root, source.day, self._loom.weeks))
        self._registers.append((source, number, register))
        return register

    def _counts(self, day: int, today: Expression, fit: Fit) -> Expression:
        """Whether a day of the root counts as it is asked now."""
        is_in_time = Constant(1.0) if self._root.last is None else in_last(Constant(day), self._root.last, today)
        return both(is_in_time, fit(day))

    def _keep(self, value: Expression) -> Expression:
        """A value under a name that is the same each time that all is worked out anew."""
        if isinstance(value, Constant):
            return value
        self._kept += 1
        name = Name(f"{self._name} so far {self._kept}")
        self._loom.assign(name, value)
        return name

    def bring_forward(self, moment: Moment) -> None:
        """The steps for what has come at a moment of the week."""
        self._diary.write(moment)
        for source, number, register in self._registers:
            if source.moment is moment:
                register.write(number)
        if (moment is Moment.AT_THE_END) != (self._asked == AT_DECISIONS):
            self._kept = 0
            today = self._today(DAYS if moment is Moment.AT_THE_END else 0)
            self._work_out(today, self._diary.fit(today, self._keep))

    def _work_out(self, today: Expression, fit: Fit) -> None:
        raise NotImplementedError

    def _past_alone(self) -> tuple[Expression, Fit]:
        """The day asked of in the first week, before anything has happened but the past."""
        return self._today(0), self._diary.fit(self._today(0), lambda value: value, is_empty=True)


Key = tuple[str, int]
"""Where an amount comes from, and the day."""


class LateTotal(Late):
    """A total whose happenings are settled late.

    Args:
        loom, name, diary, asked, today: as above.
        leaf: the total.
        counting: from when on it counts; None: from the beginning.
    """

    def __init__(
        self,
        loom: Loom,
        name: str,
        diary: Diary,
        asked: int,
        today: Today,
        leaf: Total,
        counting: Counting | None = None,
    ) -> None:
        super().__init__(loom, name, diary, asked, today)
        self._leaf, self._counting = leaf, counting
        self._amounts: dict[Key, Expression] = {}
        self._firsts: dict[Key, Key] = {}
        self._past: list[Key] = []
        self._total: Name | None = None

    def start(
        self, sources: tuple[Source, ...], past: tuple[Past, ...], items_of: Callable[[Figure], Expression]
    ) -> None:
        """A register for each source, and an amount for each of its days."""
        for place, each in enumerate(past):
            if fits(self._leaf, each.deed) and lies_in(self._root.bounds, each.day):
                self._past.append((f"past {place}", each.day))
                self._amounts[self._past[-1]] = past_amount_of(self._leaf, each, items_of)
        lines: dict[str, str] = {}
        for place, source in enumerate(sources):
            amount = amount_of(self._leaf, source)
            if amount is None:
                continue
            stream = f"source {place}"
            if source.line and not source.sent:
                lines[source.line] = stream
            for day, number in self._register(source, amount).days():
                self._amounts[stream, day] = number
                if source.sent and source.line in lines:
                    self._firsts[stream, day] = lines[source.line], day - DAYS * source.sent
        if self._asked != AT_DECISIONS:
            today, fit = self._past_alone()
            flags = {key: self._counts(key[1], today, fit) for key in self._past}
            self._total = self._loom.variable(f"late {self._name}", self._add_up(flags))

    def _flag(self, key: Key) -> Name:
        return Name(f"{self._name} counts {key[0]} {key[1]}")

    def _work_out(self, today: Expression, fit: Fit) -> None:
        for key in self._amounts:
            self._loom.assign(self._flag(key), self._counts(key[1], today, fit))
        if self._total is not None:
            self._loom.assign(self._total, self._add_up({key: self._flag(key) for key in self._amounts}))

    def value(self) -> Expression:
        """The total as it is known on the day on which it is asked."""
        return self._total if self._total is not None else self._add_up({key: self._flag(key) for key in self._amounts})

    def _add_up(self, flags: Mapping[Key, Expression]) -> Expression:
        counted = {key: both(flag, self._is_in_term(key[1])) for key, flag in flags.items()}
        terms = []
        for key, flag in counted.items():
            term = choose(flag, self._amounts[key], 0.0)
            first = self._firsts.get(key)
            if first in counted:
                # The consignment has counted when it was sent.
                term = choose(both(counted[first], less(0.0, self._amounts[first])), 0.0, term)
            terms.append(term)
        return balanced(add, terms, 0.0)

    def _is_in_term(self, day: int) -> Expression:
        if self._counting is None:
            return Constant(1.0)
        since = at_most(self._counting.since, float(day))
        return since if self._counting.due is None else both(since, at_most(float(day), self._counting.due))

    def latest(self) -> Expression:
        """The day on which a total that has just been reached was reached: the last of the week before."""
        return day_of(FLOWS - DAYS)


class LateFigure(Late):
    """The latest figure, among figures that are settled late.

    Attributes:
        last: the last so many days in which it has to lie, if it has to.
        day: of the latest figure.
        yes, no: whether a figure of that day compares as asked, and whether one does not.
    """

    def __init__(
        self,
        loom: Loom,
        name: str,
        diary: Diary,
        asked: int,
        today: Today,
        leaf: MeasureAtom,
        compare: Callable[[Expression], Expression],
    ) -> None:
        super().__init__(loom, name, diary, asked, today)
        self._leaf, self._compare = leaf, compare
        self._compared: list[tuple[int, Expression, Expression]] = []
        self.last = self._root.last
        self.day: Expression = Constant(NEVER)
        self.yes: Expression = Constant(0.0)
        self.no: Expression = Constant(0.0)

    def start(
        self, sources: tuple[Source, ...], past: tuple[Past, ...], figure_of: Callable[[Figure], Expression]
    ) -> None:
        """A register for each source, and how each figure compares."""
        for each in past:
            if each.figure is not None and fits(self._leaf, each.deed) and lies_in(self._root.bounds, each.day):
                self._compared.append((each.day, Constant(1.0), self._compare(figure_of(each.figure))))
        openings = self._latest(*self._past_alone(), lambda value: value)
        for source in sources:
            if source.figure is not None and fits(self._leaf, source.deed):
                compares = self._compare(figure_of(source.figure))
                days = self._register(source, source.happens).days()
                self._compared += [(day, happened, compares) for day, happened in days]
        self.day, self.yes, self.no = (
            self._loom.variable(f"{what} {self._name}", opening)
            for what, opening in zip(("day of", "so", "not so"), openings, strict=True)
        )

    def _work_out(self, today: Expression, fit: Fit) -> None:
        for name, value in zip((self.day, self.yes, self.no), self._latest(today, fit, self._keep), strict=True):
            assert isinstance(name, Name)
            self._loom.assign(name, value)

    def _latest(self, today: Expression, fit: Fit, keep: Callable[[Expression], Expression]) -> list[Expression]:
        found = [
            (day, keep(both(happened, self._counts(day, today, fit))), compares)
            for day, happened, compares in self._compared
        ]
        latest = keep(balanced(greatest, [choose(counts, float(day), NEVER) for day, counts, _ in found], NEVER))
        of_it = [(both(counts, equal(latest, float(day))), compares) for day, counts, compares in found]
        yes = balanced(either, [both(is_latest, compares) for is_latest, compares in of_it], 0.0)
        no = balanced(either, [both(is_latest, negated(compares)) for is_latest, compares in of_it], 0.0)
        return [latest, yes, no]
