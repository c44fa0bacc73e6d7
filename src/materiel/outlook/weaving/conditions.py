"""Conditions as arithmetic: what :func:`commitments.evaluate` answers to the happenings of a member so far.

An atom becomes a few variables that are brought forward when something happens (:mod:`tracks`, :mod:`sums`), and an
expression over them. Everything that happens to a member is known and nobody denies it, so support and grades limit
nothing, and an answer is open only where two figures of one day contradict each other.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import reduce

from materiel.commitments import ConditionRefused, parse, print_condition
from materiel.commitments.happenings import RANKS
from materiel.commitments.tree import (
    And,
    Compare,
    Condition,
    Figure,
    Last,
    Leaf,
    Level,
    LevelComparison,
    MeasureAtom,
    Named,
    Not,
    Occurrence,
    Or,
    PactAtom,
    Total,
    TotalKind,
    TransferAtom,
    leaves,
)
from materiel.outlook.program import Constant, Expression
from materiel.outlook.weaving.arithmetic import (
    Term,
    at_most,
    both,
    choose,
    either,
    equal,
    greatest,
    least,
    less,
    negated,
)
from materiel.outlook.weaving.calendar import AT_DECISIONS, NEVER, Bounds, day_of
from materiel.outlook.weaving.figures import FigureTrack
from materiel.outlook.weaving.fitting import fits
from materiel.outlook.weaving.late import Late, LateFigure, LateTotal
from materiel.outlook.weaving.loom import Loom
from materiel.outlook.weaving.occurrences import OccurrenceTrack, check_size
from materiel.outlook.weaving.registers import Diary, is_known_at_once
from materiel.outlook.weaving.sources import Moment, Past, Source, refuse
from materiel.outlook.weaving.sums import Counting, SumTrack
from materiel.outlook.weaving.tracks import Point, happened, in_last, points_of


@dataclass(frozen=True, slots=True)
class Truth:
    """Whether a condition holds, and whether it does not; neither where figures contradict each other. Flags."""

    holds: Expression
    fails: Expression


@dataclass(frozen=True, slots=True)
class Asked:
    """When a condition is asked, and of which time.

    Attributes:
        day: of the week.
        until: the last day that counts, from the start of the scenario.
        since: the first day that counts for what the leaves ask for, of each member; None: all that happened so far.
        due: the last day that counts, of each member; None: there is none.
        has_begun: 1 from the week on in which ``since`` is known.
    """

    day: int = AT_DECISIONS
    until: int | None = None
    since: Expression | None = None
    due: Expression | None = None
    has_begun: Expression | None = None

    @property
    def bounds(self) -> Bounds:
        return None, self.until

    def counting(self) -> Counting | None:
        """From when on totals count."""
        if self.since is None or self.has_begun is None:
            return None
        return Counting(self.has_begun, self.since, self.due)

    def today(self, later: int = 0) -> Expression:
        """The day asked of, from the start of the scenario; or so many days later."""
        today = day_of(self.day + later)
        return today if self.until is None else least(today, self.until)


class Conditions:
    """The conditions of a scenario. All of them are asked before anything is brought forward.

    Args:
        loom: where variables and steps go.
        start: the first day of the scenario, as an ordinal.
        sources: what can happen.
        past: what has happened before.
        figure_of: the value of a named number.
        items_of: the value of a named number in a total, where amounts are counted in items.
        level_of: the value of a level.
        step: the grid of amounts in items.
    """

    def __init__(
        self,
        loom: Loom,
        start: int,
        sources: tuple[Source, ...],
        past: tuple[Past, ...],
        figure_of: Callable[[Figure], Expression],
        items_of: Callable[[Figure], Expression],
        level_of: Callable[[Level], Expression],
        step: float,
    ) -> None:
        self._loom, self._start, self._step = loom, start, step
        self._sources, self._past = sources, past
        self._figure_of, self._items_of, self._level_of = figure_of, items_of, level_of
        self._occurrences: dict[tuple[Point, ...], OccurrenceTrack] = {}
        self._sums: dict[object, SumTrack | LateTotal] = {}
        self._figures: dict[object, FigureTrack | LateFigure] = {}

    def read(self, text: str, where: str) -> Condition:
        """The condition of a clause.

        Raises:
            ScenarioRefused: it cannot be read.
        """
        try:
            return parse(text, in_scenario=True)
        except ConditionRefused as refusal:
            raise refuse(where, str(refusal)) from None

    def ask(self, text: str | None, where: str, asked: Asked | None = None) -> Expression:
        """1 where a clause holds; a clause that is left out always does."""
        if text is None:
            return Constant(1.0)
        return self.judge(self.read(text, where), where, asked or Asked()).holds

    def judge(self, condition: Condition, where: str, asked: Asked) -> Truth:
        """What :func:`commitments.evaluate.judge` answers.

        Raises:
            ScenarioRefused: it asks for something that cannot be known week by week.
        """
        match condition:
            case And(parts):
                truths = [self.judge(part, where, asked) for part in parts]
                return _joined(both, truths, either)
            case Or(parts):
                truths = [self.judge(part, where, asked) for part in parts]
                return _joined(either, truths, both)
            case Not(part):
                truth = self.judge(part, where, asked)
                return Truth(truth.fails, truth.holds)
            case LevelComparison(left, compare, right):
                other = self._level_of(right) if isinstance(right, Level) else self._figure_of(right)
                holds = compared(self._level_of(left), compare, other)
                return certain(holds if asked.due is None else both(holds, at_most(asked.today(), asked.due)))
            case MeasureAtom():
                return self._measure(condition, where, asked)
            case Total():
                return certain(self._total(condition, where, asked))
            case _:
                return certain(self._occurrence(condition, where, asked))

    def when(self, condition: Condition, where: str, asked: Asked) -> Expression | None:
        """The day by which what holds came to hold, where happenings decided it; None where levels did.

        For what holds because nothing happened there is no such day either.
        """
        match condition:
            case And(parts):
                days = [day for part in parts if (day := self.when(part, where, asked)) is not None]
                return reduce(greatest, days) if days else None
            case Or(parts):
                # Of those that hold the first; what does not hold counts as later than all.
                days = [
                    choose(self.judge(part, where, asked).holds, day, -NEVER)
                    for part in parts
                    if (day := self.when(part, where, asked)) is not None
                ]
                return reduce(least, days) if days else None
            case Not() | LevelComparison():
                return None
            case MeasureAtom():
                return self._figure_track(condition, where, asked).day
            case Total():
                return self._sum_track(condition, where, asked).latest()
            case _:
                track, lasts = self._track(condition, where, asked)
                return track.first() if lasts[0] is None else track.latest(0)

    def share(self, antecedent: Condition, consequent: Condition) -> bool:
        """Whether one and the same happening could set a commitment off and keep it.

        Where the consequent asks for a later stage than the antecedent it may: ordered, then delivered.
        """
        asked, committed = (
            [leaf for leaf in leaves(side) if not isinstance(leaf, LevelComparison)]
            for side in (antecedent, consequent)
        )
        stages = [[each for each in map(_rank, side) if each is not None] for side in (asked, committed)]
        if all(stages) and min(stages[1]) > max(stages[0]):
            return False
        deeds = [*(each.deed for each in self._sources), *(each.deed for each in self._past)]
        return any(fits(one, deed) and fits(other, deed) for deed in deeds for one in asked for other in committed)

    def bring_forward(self, moment: Moment) -> None:
        """The steps by which what has happened at a moment of the week becomes known to conditions."""
        tracks: list[OccurrenceTrack | SumTrack | FigureTrack | Late]
        tracks = [*self._occurrences.values(), *self._sums.values(), *self._figures.values()]
        for track in tracks:
            track.bring_forward(moment)

    def _occurrence(self, atom: Occurrence, where: str, asked: Asked) -> Expression:
        track, lasts = self._track(atom, where, asked)
        today = asked.today()
        flags = [in_last(track.latest(place), last, today) for place, last in enumerate(lasts) if last is not None]
        if asked.since is not None:
            flags.append(at_most(asked.since, track.latest(0)))
        if not flags or track.never:
            # A day that is bounded below is one at all.
            flags.append(happened(track.latest(0)))
        if asked.due is not None:
            flags.append(at_most(track.latest(0), asked.due))
        return reduce(both, flags)

    def _track(self, atom: Occurrence, where: str, asked: Asked) -> tuple[OccurrenceTrack, list[int | None]]:
        """The days of an atom, and for each point in how many last days it has to lie: one track for all of these."""
        points = points_of(atom.limits, replace(atom, limits=()), self._start, asked.bounds)
        lasts = [point.last for point in points]
        points = tuple(replace(point, last=None) for point in points)
        track = self._occurrences.get(points)
        if track is None:
            plain = replace(atom, limits=tuple(limit for limit in atom.limits if not isinstance(limit, Last)))
            name = f"days of {print_condition(plain)} {_until(asked)}"
            track = OccurrenceTrack(self._loom, name, points, self._sources, self._past, where)
            self._occurrences[points] = track
        return track, lasts

    def _total(self, leaf: Total, where: str, asked: Asked) -> Expression:
        return compared(self._sum_track(leaf, where, asked).value(), leaf.compare, self._number_of(leaf))

    def _number_of(self, leaf: Total) -> Expression:
        if leaf.kind is TotalKind.COUNT or not isinstance(leaf.number, Named):
            return self._figure_of(leaf.number)
        return self._items_of(leaf.number)

    def _sum_track(self, leaf: Total, where: str, asked: Asked) -> SumTrack | LateTotal:
        key = (leaf.kind, leaf.suppliers, leaf.recipients, leaf.classes, leaf.stage, leaf.unit, leaf.limits, asked)
        track = self._sums.get(key)
        if track is None:
            name = f"{print_condition(leaf)} {_until(asked)} {len(self._sums)}"
            points = self._points(leaf, where, asked)
            # The last days before a date are counted back from it once it is over.
            is_cut = points[0].last is not None and asked.until is not None
            if is_known_at_once(points) and not is_cut:
                gate = self._gate(name, leaf, points, where)
                counting = asked.counting()
                track = SumTrack(self._loom, name, leaf, gate, asked=asked.day, step=self._step, counting=counting)
            else:
                diary = Diary(self._loom, name, points, self._sources, self._past)
                track = LateTotal(self._loom, name, diary, asked.day, asked.today, leaf, asked.counting())
            track.start(self._sources, self._past, self._items_of)
            self._sums[key] = track
        return track

    def _measure(self, leaf: MeasureAtom, where: str, asked: Asked) -> Truth:
        track = self._figure_track(leaf, where, asked)
        seen = happened(track.day) if track.last is None else in_last(track.day, track.last, asked.today())
        if asked.since is not None:
            seen = both(seen, at_most(asked.since, track.day))
        if asked.due is not None:
            seen = both(seen, at_most(track.day, asked.due))
        holds = both(seen, both(track.yes, negated(track.no)))
        return Truth(holds, either(negated(seen), both(track.no, negated(track.yes))))

    def _figure_track(self, leaf: MeasureAtom, where: str, asked: Asked) -> FigureTrack | LateFigure:
        points = self._points(leaf, where, asked)
        at_once = is_known_at_once(points)
        key = (leaf, asked.until, None if at_once else asked.day)
        track = self._figures.get(key)
        if track is None:
            number = self._figure_of(leaf.number)
            name = f"{print_condition(leaf)} {_until(asked)} {len(self._figures)}"

            def compare(figure: Expression) -> Expression:
                return compared(figure, leaf.compare, number)

            if at_once:
                track = FigureTrack(self._loom, name, leaf, self._gate(name, leaf, points, where), compare)
            else:
                diary = Diary(self._loom, name, points, self._sources, self._past)
                track = LateFigure(self._loom, name, diary, asked.day, asked.today, leaf, compare)
            track.start(self._sources, self._past, self._figure_of)
            self._figures[key] = track
        return track

    def _points(self, leaf: Total | MeasureAtom, where: str, asked: Asked) -> tuple[Point, ...]:
        """What limits a total or a figure: a tree whose root is what it adds up or looks at."""
        points = points_of(leaf.limits, None, self._start, asked.bounds)
        check_size(points, where)
        return points

    def _gate(self, name: str, leaf: Total | MeasureAtom, points: tuple[Point, ...], where: str) -> OccurrenceTrack:
        """What limits a total or a figure by what came before: decided when each of its happenings comes."""
        days = tuple(each.day for each in self._past if fits(leaf, each.deed))
        return OccurrenceTrack(self._loom, f"before {name}", points, self._sources, self._past, where, days)


def certain(holds: Expression) -> Truth:
    return Truth(holds, negated(holds))


def compared(left: Term, compare: Compare, right: Term) -> Expression:
    """1 where two numbers compare as asked."""
    match compare:
        case Compare.AT_LEAST:
            return at_most(right, left)
        case Compare.MORE:
            return less(right, left)
        case Compare.AT_MOST:
            return at_most(left, right)
        case Compare.LESS:
            return less(left, right)
        case Compare.EQUAL:
            return equal(left, right)
        case Compare.UNEQUAL:
            return negated(equal(left, right))


def _rank(leaf: Leaf) -> int | None:
    """How far a supply or a pact that a leaf asks for has to have come."""
    match leaf:
        case TransferAtom():
            return RANKS[leaf.stage]
        case PactAtom():
            return RANKS[leaf.status]
        case _:
            return None


def _until(asked: Asked) -> str:
    return "" if asked.until is None else f"until day {asked.until}"


Join = Callable[[Expression, Expression], Expression]


def _joined(holding: Join, truths: list[Truth], failing: Join) -> Truth:
    return Truth(reduce(holding, (each.holds for each in truths)), reduce(failing, (each.fails for each in truths)))
