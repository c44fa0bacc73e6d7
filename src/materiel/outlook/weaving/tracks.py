"""When things happened last, as far as a question needs it: a few numbers a member, and no list of happenings.

A question about a happening and others before or after it (``transfer(...) after event(...)``) is a small tree of
points. What it asks of their days are lower limits (the last N days) and differences (before, since, within). If two
choices of days satisfy such limits, so does the choice of the later day at each point. So for every connected part of
the tree the latest choice of days is all that has to be known, and it is brought forward when something happens.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from materiel.commitments.days import span_of
from materiel.commitments.limits import relate
from materiel.commitments.tree import Grading, Last, Occurrence, Relation, Support, TimeLimit
from materiel.outlook.program import Constant, Expression
from materiel.outlook.weaving.arithmetic import (
    add,
    at_most,
    both,
    choose,
    greatest,
    less,
    subtract,
    term,
)
from materiel.outlook.weaving.calendar import NEVER, Bounds, within

MAX_POINTS = 6
Part = frozenset[int]
State = Mapping[tuple[Part, int], Expression]
"""The latest days: of a connected part of the tree, at each of its points; :data:`NEVER` where there is no choice."""


@dataclass(frozen=True, slots=True)
class Point:
    """A happening of a tree.

    Attributes:
        atom: what it is, without limits.
        bounds: the days on which it counts, from the start of the scenario.
        last: the last so many days before it is asked, if it has to lie in them.
        parent: the point that it limits; -1 for the root.
        relation: how the parent's day lies to this one.
        days: of ``within``.
    """

    atom: Occurrence | None
    bounds: Bounds
    last: int | None
    parent: int = -1
    relation: Relation = Relation.SINCE
    days: int = 0


def limits_of(limits: tuple[object, ...], start: int, until: Bounds) -> tuple[Bounds, int | None]:
    """Dates and last days among limits, as days from the start."""
    bounds, last = until, None
    for limit in limits:
        match limit:
            case Last(days):
                last = days
            case TimeLimit(relation, str(moment), days):
                first, end = (day - start for day in span_of(moment))
                bounds = within(bounds, _of_date(relation, first, end, days or 0))
            case TimeLimit() | Support() | Grading():
                pass
    return bounds, last


def _of_date(relation: Relation, first: int, last: int, days: int) -> Bounds:
    match relation:
        case Relation.BEFORE:
            return None, first - 1
        case Relation.UNTIL:
            return None, last
        case Relation.AFTER:
            return last + 1, None
        case Relation.SINCE:
            return first, None
        case Relation.WITHIN:
            return first - days, last + days


def points_of(limits: tuple[object, ...], atom: Occurrence | None, start: int, until: Bounds) -> tuple[Point, ...]:
    """The tree of an atom: itself first, then what limits it, theirs behind them. ``atom`` None: of no happening."""
    bounds, last = limits_of(limits, start, until)
    points = [Point(atom, bounds, last)]
    _add_moments(points, 0, limits, start, until)
    return tuple(points)


def _add_moments(points: list[Point], parent: int, limits: tuple[object, ...], start: int, until: Bounds) -> None:
    for limit in limits:
        if isinstance(limit, TimeLimit) and not isinstance(limit.moment, str):
            moment = limit.moment
            bounds, last = limits_of(moment.limits, start, until)
            bare = replace(moment, limits=())
            points.append(Point(bare, bounds, last, parent, limit.relation, limit.days or 0))
            _add_moments(points, len(points) - 1, moment.limits, start, until)


def parts_of(points: tuple[Point, ...]) -> tuple[Part, ...]:
    """Every connected part of the tree, the smaller first."""
    found = []
    for bits in range(1, 1 << len(points)):
        part = frozenset(place for place in range(len(points)) if bits >> place & 1)
        if sum(points[place].parent not in part for place in part) == 1:
            found.append(part)
    return tuple(sorted(found, key=lambda part: (len(part), sorted(part))))


def order_of(points: tuple[Point, ...]) -> tuple[int, ...]:
    """The points in the order in which those of one day are brought forward.

    What has to be after another on a later day comes first, so that it does not meet the one of its own day; what may
    be on the same day comes second, so that it does.
    """
    rest, found = set(range(len(points))), []
    while rest:
        free = [place for place in sorted(rest) if not _waits(points, place, rest)]
        found.append(free[0])
        rest.remove(free[0])
    return tuple(found)


def _waits(points: tuple[Point, ...], place: int, rest: set[int]) -> bool:
    """Whether another one that is still to come has to be brought forward before."""
    own = points[place]
    if own.parent in rest and own.relation is Relation.AFTER:
        return True
    first = (Relation.BEFORE, Relation.SINCE)
    return any(points[other].parent == place and points[other].relation in first for other in rest)


def bring_forward(
    points: tuple[Point, ...], state: State, place: int, day: Expression, happens: Expression
) -> dict[tuple[Part, int], Expression]:
    """What changes when a point happens on a day: no day before it has been brought forward later.

    Returns:
        The new days, one for each that may change.
    """
    changed: dict[tuple[Part, int], Expression] = {}
    for part in parts_of(points):
        if place not in part:
            continue
        fits, others = fit(points, state, place, day, part)
        fits = both(happens, fits)
        changed[part, place] = choose(fits, day, state[part, place])
        for other, latest in others.items():
            old = state[part, other]
            changed[part, other] = choose(fits, greatest(old, latest), old)
    return changed


def fit(
    points: tuple[Point, ...], state: State, place: int, day: Expression, part: Part
) -> tuple[Expression, dict[int, Expression]]:
    """Whether the rest of a part has days that go with this one, and the latest of them."""
    fits: Expression = Constant(1.0)
    others: dict[int, Expression] = {}
    for beside in sorted(part):
        if not (points[beside].parent == place or points[place].parent == beside):
            continue
        component = _beyond(points, part, place, beside)
        latest = state[component, beside]
        fits = both(fits, both(happened(latest), _lies(points, place, day, beside, latest)))
        others.update({other: state[component, other] for other in component})
    return fits, others


def _beyond(points: tuple[Point, ...], part: Part, place: int, beside: int) -> Part:
    """What of a part hangs together with ``beside`` when ``place`` is taken out."""
    found, edge = {beside}, [beside]
    while edge:
        here = edge.pop()
        for other in part - found - {place}:
            if points[other].parent == here or points[here].parent == other:
                found.add(other)
                edge.append(other)
    return frozenset(found)


def _lies(points: tuple[Point, ...], place: int, day: Expression, beside: int, other: Expression) -> Expression:
    """Whether the two days lie to each other as the edge between them asks."""
    child = beside if points[beside].parent == place else place
    upper, lower = (day, other) if child == beside else (other, day)
    relation, days = points[child].relation, points[child].days
    if isinstance(upper, Constant) and isinstance(lower, Constant):
        spans = [(int(each.value), int(each.value)) for each in (upper, lower)]
        return term(float(bool(relate(spans[0], relation, spans[1], days))))
    match relation:
        case Relation.BEFORE:
            return less(upper, lower)
        case Relation.UNTIL:
            return at_most(upper, lower)
        case Relation.AFTER:
            return less(lower, upper)
        case Relation.SINCE:
            return at_most(lower, upper)
        case Relation.WITHIN:
            return both(at_most(subtract(upper, lower), days), at_most(subtract(lower, upper), days))


def happened(day: Expression) -> Expression:
    """Whether a day is one at all."""
    return less(NEVER, day)


def in_last(day: Expression, days: int, asked: Expression) -> Expression:
    """Whether a day lies in the last so many days up to the one asked."""
    return less(asked, add(day, days))
