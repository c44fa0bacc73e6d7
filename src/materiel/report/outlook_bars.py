"""Rows of bars and whiskers: what a policy changes, what drives an outcome, where a box or a threshold lies.

Words stand in the page as words, so that they wrap; only the marks are drawn, one small SVG a row.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from materiel.outlook.answers.discovery import Discovery, Limit
from materiel.outlook.answers.needed import Needed, WhatNeeded
from materiel.outlook.answers.outlook import Outlook
from materiel.report.names import joined
from materiel.report.outlook_names import Names
from materiel.report.outlook_rows import (
    ComparedRow,
    DriverRow,
    compared_rows,
    driver_rows,
    is_meant,
    percent,
    policy_name,
    spaced,
)

WIDTH, HEIGHT = 360, 22
PAD = 6
MOST_DRIVERS = 12


@dataclass(frozen=True, slots=True)
class Whisker:
    """A point with its interval.

    Attributes:
        low, at, high: in SVG user units.
        is_told_apart: the interval leaves out nothing, that is, 0.
    """

    low: float
    at: float
    high: float
    is_told_apart: bool


@dataclass(frozen=True, slots=True)
class ComparedMark:
    row: ComparedRow
    whisker: Whisker


@dataclass(frozen=True, slots=True)
class ComparedPanel:
    """What one policy changes against another: rows of shares on one scale, and rows of means, each on its own.

    Attributes:
        zero: where "no change" lies on the scale of the shares.
        ends: the changes in points at the left and the right end.
        no_change: how many outcomes no member changes.
    """

    before: str
    after: str
    zero: float
    ends: tuple[str, str]
    shares: tuple[ComparedMark, ...]
    means: tuple[ComparedMark, ...]
    no_change: int


def compared_panels(outlook: Outlook, names: Names) -> Iterator[ComparedPanel]:
    """A panel for each policy that is compared with the first."""
    rows = tuple(compared_rows(outlook, names))
    for comparison in outlook.comparisons:
        mine = [row for row in rows if row.after_policy == policy_name(comparison.after)]
        shares = [row for row in mine if row.item.is_share]
        far = max((max(abs(row.item.difference.low), abs(row.item.difference.high)) for row in shares), default=0.01)
        yield ComparedPanel(
            spaced(comparison.before),
            spaced(comparison.after),
            _at(0, -far, far),
            (f"−{percent(far)[:-2]}", f"+{percent(far)[:-2]}"),
            tuple(ComparedMark(row, _whisker(row, far)) for row in shares),
            tuple(ComparedMark(row, _whisker(row, _far(row))) for row in mine if not row.item.is_share),
            sum(is_meant(item.name, names) for item in comparison.items) - len(mine),
        )


def _far(row: ComparedRow) -> float:
    found = row.item.difference
    return max(abs(found.low), abs(found.high)) or 1.0


def _whisker(row: ComparedRow, far: float) -> Whisker:
    found = row.item.difference
    return Whisker(
        _at(found.low, -far, far), _at(found.change, -far, far), _at(found.high, -far, far), found.is_told_apart
    )


def _at(value: float, low: float, high: float) -> float:
    """A place on a row, in user units."""
    return round(PAD + (WIDTH - 2 * PAD) * (value - low) / (high - low), 1)


@dataclass(frozen=True, slots=True)
class DriverMark:
    """A row of the tornado: bars from 0 to the total and to the first index, with whiskers."""

    row: DriverRow
    total: Whisker
    first: float


@dataclass(frozen=True, slots=True)
class Tornado:
    """What drives an outcome.

    Attributes:
        rest: the names of numbers that are not drawn, for nothing tells them from nothing.
    """

    zero: float
    end: str
    marks: tuple[DriverMark, ...]
    luck: Whisker | None
    rest: tuple[str, ...]


def tornado_of(outlook: Outlook, names: Names) -> Tornado | None:
    """The tornado of the Sobol indices; None where none were asked for, or the outcome never varies."""
    found = outlook.sensitivity
    if found is None or not found.drivers or found.luck is None:
        return None
    shown = [driver for driver in found.drivers if driver.total.is_told_from_nothing][:MOST_DRIVERS]
    tops = [driver.total.value + driver.total.half for driver in shown] + [found.luck.value + found.luck.half]
    far = max(tops)
    marks = tuple(
        DriverMark(
            row,
            _index(row.driver.total.value, row.driver.total.half, far),
            _at(min(max(row.driver.first.value, 0.0), row.driver.total.value), 0.0, far),
        )
        for row in driver_rows(shown, names)
    )
    rest = tuple(driver.name for driver in found.drivers if driver not in shown)
    return Tornado(_at(0.0, 0.0, far), f"{far:.2f}", marks, _index(found.luck.value, found.luck.half, far), rest)


def _index(value: float, half: float, far: float) -> Whisker:
    low, high = max(value - half, 0.0), value + half
    return Whisker(_at(low, 0.0, far), _at(max(value, 0.0), 0.0, far), _at(high, 0.0, far), value - half > 0)


@dataclass(frozen=True, slots=True)
class RangeMark:
    """A number's range with the stretches of it that are meant, in user units and in words."""

    name: str
    words: str
    why: str
    low: str
    high: str
    stretches: tuple[tuple[float, float], ...]


def box_marks(outlook: Outlook, names: Names, ranges: Mapping[str, tuple[float, float]]) -> tuple[RangeMark, ...]:
    """The limits of the box that was discovered.

    Args:
        outlook: with a discovery.
        names: of the scenario.
        ranges: of the uncertain numbers, as they are drawn.
    """
    found = outlook.discovery
    return () if found is None else tuple(_box_mark(limit, names, ranges[limit.name]) for limit in found.limits)


def _box_mark(limit: Limit, names: Names, ends: tuple[float, float]) -> RangeMark:
    low, high = ends
    stretch = (
        _at(max(limit.low if limit.low is not None else low, low), low, high),
        _at(min(limit.high if limit.high is not None else high, high), low, high),
    )
    return RangeMark(
        limit.name,
        limit_words(limit, names),
        names.why(limit.name),
        names.plain(limit.name, low),
        names.told(limit.name, high),
        (stretch,),
    )


def limit_words(limit: Limit, names: Names) -> str:
    """A limit in words with its unit: "at least 0.6 per week"."""
    if limit.low is not None and limit.high is not None:
        return f"between {names.told(limit.name, limit.low)} and {names.told(limit.name, limit.high)}"
    if limit.low is not None:
        return f"at least {names.told(limit.name, limit.low)}"
    return f"at most {names.told(limit.name, limit.high or 0.0)}"


def needed_marks(found: WhatNeeded, names: Names) -> tuple[RangeMark, ...]:
    """Where in the range of each number the outcome passes the level; numbers that pass it nowhere are left out."""
    return tuple(_needed_mark(one, names) for one in found.numbers if one.stretches and not one.is_everywhere)


def _needed_mark(one: Needed, names: Names) -> RangeMark:
    return RangeMark(
        one.name,
        needed_words(one, names),
        names.why(one.name),
        names.plain(one.name, one.low),
        names.told(one.name, one.high),
        tuple((_at(each.low, one.low, one.high), _at(each.high, one.low, one.high)) for each in one.stretches),
    )


def needed_words(one: Needed, names: Names) -> str:
    """Where a number passes the level: "at 0.6 per week or more", "at no value in its range"."""
    if not one.stretches:
        return "at no value in its range"
    if one.is_everywhere:
        return "at every value in its range"
    if one.is_fact:
        return "only if it is so" if one.stretches[0].low == 1 else "only if it is not so"
    parts = []
    for each in one.stretches:
        low, high = names.told(one.name, each.low), names.told(one.name, each.high)
        if each.low == one.low:
            parts.append(f"at {high} or less")
        elif each.high == one.high:
            parts.append(f"at {low} or more")
        else:
            parts.append(f"between {low} and {high}")
    blur = f" (±\u00a0{names.plain(one.name, one.blur, 2)})" if one.blur is not None else ""
    return joined(parts, "or") + blur


def discovery_words(found: Discovery, names: Names) -> str:
    """The box as a sentence, judged on the members on which it was not found."""
    if found.judged is None:
        why = "" if found.bad else " It happened in no member."
        return f"No assumption stands out: no box held up on the members on which it was not found.{why}"
    limits = joined([f"{limit.name} is {limit_words(limit, names)}" for limit in found.limits])
    judged = found.judged
    base = judged.bad / judged.members
    return (
        f"Where {limits}, it happened in {percent(judged.density)} of the members, against {percent(base)} of all; "
        f"{percent(judged.coverage)} of all members in which it happened lie there."
    )
