"""Fans as figures: how a series spreads over the members, week by week, one small chart each.

Drawn here, as the other figures are: two bands and a line are plain SVG of some kilobytes that needs no script.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from materiel.outlook.answers.chances import Numbers
from materiel.outlook.answers.fans import Fan
from materiel.outlook.answers.outlook import Outlook
from materiel.report.figures import month_words
from materiel.report.outlook_names import Names, rounded

WIDTH, HEIGHT = 330, 190
LEFT, RIGHT, TOP, BOTTOM = 46, 8, 8, 24
_ORDER = ("unmet", "watched", "state", "belief", "backlog", "arrived", "stock")
"""Kinds of series, in the order in which they are drawn; what was sent is seen where it arrives."""
_MOST_POINTS = 105
"""Points of a line: more than a pixel each shows nothing."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A place on an axis, in SVG user units, with its text."""

    at: float
    text: str


@dataclass(frozen=True)
class FanFigure:
    """The geometry of one chart in SVG user units.

    Attributes:
        outer: path data of the band from 5 to 95 %; inner: of that from 25 to 75 %.
        middle: of the line in the middle.
        others: the lines in the middle under the other policies, in their order; "" where one has none.
        last: the last week in words: 5, 50 and 95 %.
    """

    name: str
    title: str
    unit: str
    outer: str
    inner: str
    middle: str
    others: tuple[str, ...]
    across: tuple[Tick, ...]
    up: tuple[Tick, ...]
    last: str


@dataclass(frozen=True, slots=True)
class FanGroup:
    """Charts of one kind. Those that people look for first are open, the others can be opened."""

    title: str
    is_open: bool
    figures: tuple[FanFigure, ...]


def fan_groups(outlook: Outlook, names: Names) -> tuple[FanGroup, ...]:
    """The fans of the first policy; series that stay the same number throughout are left out."""
    scenario = names.scenario
    watched = {f"stock {one.owner} {one.materiel}" for one in scenario.stocks if one.reserve is not None}
    watched |= {f"stock {one.actor} {one.materiel}" for one in scenario.needs}

    def place(fan: Fan) -> int:
        return _ORDER.index("watched" if fan.name in watched else fan.name.partition(" ")[0])

    known = [fan for fan in outlook.views[0].fans if fan.name.partition(" ")[0] in _ORDER or fan.name in watched]
    drawn = sorted((fan for fan in known if not _is_constant(fan, outlook)), key=place)
    looked_for = [fan for fan in drawn if place(fan) < _ORDER.index("arrived")]
    rest = [fan for fan in drawn if fan not in looked_for]
    groups = (
        ("Needs, stocks with a reserve or a need, states, orders that wait", True, looked_for),
        ("Deliveries, route by route, and other stocks", False, rest),
    )
    return tuple(
        FanGroup(title, is_open, tuple(draw_fan(fan, outlook, names) for fan in fans))
        for title, is_open, fans in groups
        if fans
    )


def _is_constant(fan: Fan, outlook: Outlook) -> bool:
    return all(
        np.nanmin(each.values) == np.nanmax(each.values)
        for view in outlook.views
        for each in view.fans
        if each.name == fan.name and not np.isnan(each.values).all()
    )


def draw_fan(fan: Fan, outlook: Outlook, names: Names) -> FanFigure:
    """One chart: the fan of the first policy, the middles of the others."""
    others = [_values(view.fans, fan.name) for view in outlook.views[1:]]
    unit = names.unit(fan.name)
    scale = 100.0 if unit == "share" or fan.is_share else 1.0
    values = fan.values * scale
    middles = [None if other is None else other[2] * scale for other in others]
    drawn = np.concatenate([values.ravel(), *(middle for middle in middles if middle is not None)])
    low, high = min(0.0, float(np.nanmin(drawn))), max(float(np.nanmax(drawn)), 1e-9)
    ticks = _steps(low, high)
    low, high = min(low, ticks[0]), max(high, ticks[-1])

    weeks = values.shape[1]
    chosen = np.unique(np.linspace(0, weeks - 1, min(weeks, _MOST_POINTS)).round().astype(int))
    x = LEFT + (WIDTH - LEFT - RIGHT) * chosen / max(weeks - 1, 1)

    def y(row: Numbers) -> Numbers:
        return np.asarray(HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * (row - low) / (high - low))

    last = " / ".join(rounded(float(values[level, -1])) for level in (0, 2, 4))
    return FanFigure(
        fan.name,
        names.title(fan.name),
        "% of members" if fan.is_share else "%" if unit == "share" else unit,
        _band(x, y(values[0]), y(values[4])),
        _band(x, y(values[1]), y(values[3])),
        _line(x, y(values[2])),
        tuple("" if middle is None else _line(x, y(middle)) for middle in middles),
        tuple(_months(names.scenario.start, weeks)),
        tuple(
            Tick(float(HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * (at - low) / (high - low)), rounded(at))
            for at in ticks
        ),
        last,
    )


def _values(fans: Sequence[Fan], name: str) -> Numbers | None:
    return next((fan.values for fan in fans if fan.name == name), None)


def _line(x: Numbers, y: Numbers) -> str:
    points = [f"{a:.1f} {b:.1f}" for a, b in zip(x, y, strict=True) if not math.isnan(b)]
    return f"M{' L'.join(points)}" if points else ""


def _band(x: Numbers, low: Numbers, high: Numbers) -> str:
    known = ~(np.isnan(low) | np.isnan(high))
    there = [f"{a:.1f} {b:.1f}" for a, b in zip(x[known], high[known], strict=True)]
    back = [f"{a:.1f} {b:.1f}" for a, b in zip(x[known][::-1], low[known][::-1], strict=True)]
    return f"M{' L'.join([*there, *back])} Z" if there else ""


def _steps(low: float, high: float) -> list[float]:
    """Some round numbers, from at or below ``low`` to at or above ``high``."""
    size = 10.0 ** math.floor(math.log10((high - low) / 2))
    step = next(size * factor for factor in (1, 2, 5, 10, 20) if (high - low) / (size * factor) <= 4)
    first, last = math.floor(low / step), math.ceil(high / step)
    return [step * place for place in range(first, last + 1)]


def _months(start: date, weeks: int) -> Iterator[Tick]:
    """The first days of two to five months within the scenario."""
    end = start + timedelta(days=7 * (weeks - 1))
    months = (end.year - start.year) * 12 + end.month - start.month
    apart = next(step for step in (1, 2, 3, 6, 12, 24, 60, 120) if months // step <= 4)
    span = max((end - start).days, 1)
    for month in range(start.month, start.month + months + 1):
        day = date(start.year + (month - 1) // 12, (month - 1) % 12 + 1, 1)
        if day >= start and (day.month - 1 + 12 * day.year) % apart == 0:
            place = LEFT + (WIDTH - LEFT - RIGHT) * (day - start).days / span
            yield Tick(place, _short(day))


def _short(day: date) -> str:
    month, year = month_words(day.isoformat()).split()
    return f"{month[:3]} {year}"
