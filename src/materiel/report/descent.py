"""Families of documents in time: one row a document, lines from a source to what derives from it.

Drawn by hand as the network is, and for the same reasons. Time runs to the right. A document stands at least a step to
the right of its source, so that those of one day can be told apart; one without a day stands in a column before the
axis.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from materiel.report.briefing import Briefing
from materiel.report.figures import date_words, short_date
from materiel.terms.families import Family, find_families
from materiel.terms.lineage import Derivation, DerivationKind, Lineage

MOST_FAMILIES = 12
"""So many families are drawn, those with most documents; the list of sources has all."""
MOST_ROWS = 24
"""So many documents of a family are drawn, those from which most derive."""

WIDTH = 1000
HEAD, ROW, FOOT = 26, 44, 8
TEXT_X = 2
UNDATED_X, UNDATED_END = 432, 540
AXIS_X, AXIS_ENDS = 596, range(880, 640, -20)
"""Where the axis begins, and where it may end: the sooner, the more room for what stands beside the last day."""
STEPS = (26, 18, 10, 4)
"""A derived document stands at least so far to the right of its source, and undated ones so far apart."""
LETTER = 7.2
"""Width of a letter of a label; a little more than the mean."""
OUTLET_CELLS, TITLE_CELLS, LABEL_CELLS = 48, 60, 32
_TICK_GAP = 76
_CLEAR = 9
"""Between a mark and a line that passes it."""
_BEFORE = 22
"""From the mark of an outside source to that of the document that reports after it."""

STYLES = {
    DerivationKind.COPY: "solid",
    DerivationKind.LIGHT_EDIT: "solid",
    DerivationKind.REWRITE: "dashed",
    DerivationKind.TRANSLATION: "dashed",
    DerivationKind.PARTIAL: "dotted",
    DerivationKind.DIGEST: "dotted",
}


@dataclass(frozen=True)
class Node:
    """A document's row: its mark at ``x``, ``y``, its words on the left and a label beside the mark.

    Attributes:
        depth: how many stand above it; for the list that takes the figure's place on a narrow screen.
        outside_x: where the mark of the outside source stands; None without one.
        is_origin: it has an account of its own.
    """

    document: str
    outlet: str
    title: str
    x: float
    y: float
    depth: int
    label: str
    label_x: float
    outside_x: float | None
    is_origin: bool


@dataclass(frozen=True)
class Edge:
    """A line to a document from the trunk under its source, or under the mark of an outside source.

    ``path`` is SVG path data.
    """

    path: str
    style: str


@dataclass(frozen=True)
class Tick:
    """A day on the axis."""

    x: float
    text: str


@dataclass(frozen=True)
class Chart:
    """One family: rows from the top, in SVG user units.

    Attributes:
        trunks: path data of the lines down from each source, which its edges leave.
        undated_end: where the column for documents without a day ends; None where there is none.
        size: documents of the family; ``left_out`` of them are not drawn.
    """

    height: int
    nodes: tuple[Node, ...]
    trunks: tuple[str, ...]
    edges: tuple[Edge, ...]
    ticks: tuple[Tick, ...]
    undated_end: float | None
    size: int
    left_out: int


@dataclass(frozen=True)
class Descent:
    """The charts, largest families first, and how many families there are beyond them."""

    charts: tuple[Chart, ...]
    left_out: int

    @property
    def styles(self) -> frozenset[str]:
        """What the legend has to explain: styles of lines, and "after" where there is a mark of an outside source."""
        lines = {edge.style for chart in self.charts for edge in chart.edges}
        return frozenset(
            lines | {"after" for chart in self.charts for node in chart.nodes if node.outside_x is not None}
        )


def draw_descent(briefing: Briefing) -> Descent:
    """The families of two and more documents; the same briefing gives the same figures."""
    documents = sorted(
        briefing.by_id, key=lambda one: (briefing.published_on(one) or "9999", briefing.by_id[one].file, one)
    )
    above = _above(documents, briefing.lineage)
    families = [family for family in find_families(above) if len(family.documents) > 1]
    families.sort(key=lambda family: -len(family.documents))
    charts = tuple(_draw(briefing, family) for family in families[:MOST_FAMILIES])
    return Descent(charts, len(families) - len(charts))


def _above(documents: Sequence[str], lineage: Lineage) -> dict[str, tuple[str, ...]]:
    """By document what it stands under: its sources, else the document that had the same outside source first."""
    sources: dict[str, list[str]] = {one: [] for one in documents}
    for derivation in lineage.derivations:
        sources[derivation.document].append(derivation.source)
    return {
        one: tuple(found) or ((lineage.origin_of(one),) if lineage.origin_of(one) != one else ())
        for one, found in sources.items()
    }


def _draw(briefing: Briefing, family: Family) -> Chart:
    lineage = briefing.lineage
    shown = _most_derived(family)
    order = [place for place in family.places if not place.is_again and place.document in shown]
    above: dict[str, list[str]] = {place.document: [] for place in order}
    for place in family.places:
        if place.above in above and place.document in above:
            above[place.document].append(place.above)
    ties = {(d.document, d.source): d for d in lineage.derivations}
    days = {place.document: _day(briefing.published_on(place.document)) for place in order}
    found = {one: [ties[one, source] for source in above[one] if (one, source) in ties] for one in above}
    labels = {one: _fitted(_label(lineage, one, found[one], is_first=not above[one]), LABEL_CELLS) for one in above}
    room = _room(days, above, labels)
    x_of = _places_in_time(days, above, room)
    y_of = {place.document: HEAD + ROW * number + 20.0 for number, place in enumerate(order)}
    nodes: list[Node] = []
    edges: list[Edge] = []
    ends: dict[tuple[float, float], float] = {}
    for place in order:
        one = place.document
        x, y = x_of[one], y_of[one]
        # What only reports after the same outside source hangs on the mark of that source.
        starts = [(x_of[source] - (0 if (one, source) in ties else _BEFORE), y_of[source]) for source in above[one]]
        for source, start in zip(above[one], starts, strict=True):
            style = STYLES[ties[one, source].kind] if (one, source) in ties else "after"
            edges.append(Edge(f"M{start[0]:.1f} {y:.1f} H{x:.1f}", style))
            ends[start] = max(y, ends.get(start, y))
        when = _when(briefing, one)
        nodes.append(
            Node(
                one,
                f"{_fitted(briefing.publisher(one), OUTLET_CELLS - len(when) - 2)}, {when}",
                _fitted(briefing.by_id[one].document.title or "Untitled", TITLE_CELLS),
                x,
                y,
                place.depth,
                labels[one],
                _label_x(one, x_of, above),
                x - _BEFORE if one in lineage.outside and not above[one] else None,
                lineage.origin_of(one) == one,
            )
        )
    return Chart(
        HEAD + ROW * len(order) + FOOT,
        tuple(nodes),
        tuple(f"M{x:.1f} {top:.1f} V{bottom:.1f}" for (x, top), bottom in ends.items()),
        tuple(edges),
        _ticks(days, room),
        _undated_end(days),
        len(family.documents),
        len(family.documents) - len(order),
    )


def _most_derived(family: Family) -> set[str]:
    """The documents that are drawn: those with most under them, of equal ones the first."""
    under: dict[str, int] = dict.fromkeys(family.documents, 0)
    path: list[str] = []
    for place in family.places:
        del path[place.depth :]
        for one in path:
            under[one] += 1
        path.append(place.document)
    return set(sorted(family.documents, key=lambda one: -under[one])[:MOST_ROWS])


def _day(published_on: str | None) -> date | None:
    """The day of publication; None where it is not known to the day."""
    try:
        return date.fromisoformat((published_on or "")[:10])
    except ValueError:
        return None


def _when(briefing: Briefing, document: str) -> str:
    published_on = briefing.published_on(document)
    return date_words(published_on[:10]) if published_on else "undated"


@dataclass(frozen=True)
class _Room:
    """Where a chart's axis ends, and how far apart what derives from one another stands at least."""

    axis_end: float
    step: float


def _room(days: Mapping[str, date | None], above: Mapping[str, Sequence[str]], labels: Mapping[str, str]) -> _Room:
    """The widest in which every label ends inside the figure; the narrowest where none is wide enough."""
    rooms = [_Room(end, step) for step in STEPS for end in AXIS_ENDS]
    for room in rooms:
        x_of = _places_in_time(days, above, room)
        if all(_label_x(one, x_of, above) + LETTER * _cells(label) < WIDTH for one, label in labels.items()):
            return room
    return rooms[-1]


def _label_x(one: str, x_of: Mapping[str, float], above: Mapping[str, Sequence[str]]) -> float:
    """To the right of the mark, and of the lines that lead to it where they come from there."""
    return max([x_of[one], *(x_of[source] for source in above[one])]) + 11


def _scale(days: Mapping[str, date | None], room: _Room) -> Mapping[date, float]:
    known = sorted({day for day in days.values() if day})
    span = (known[-1] - known[0]).days if known else 0
    return {day: AXIS_X + (room.axis_end - AXIS_X) * ((day - known[0]).days / span if span else 0) for day in known}


def _places_in_time(
    days: Mapping[str, date | None], above: Mapping[str, Sequence[str]], room: _Room
) -> dict[str, float]:
    """Where each document stands, from the first row down; not on a line that leads past it to another row."""
    scale, undated_end = _scale(days, room), _undated_end(days) or 0
    row = {one: number for number, one in enumerate(days)}
    last_row = {source: row[one] for one in days for source in above[one]}
    at: dict[str, float] = {}
    for one, day in days.items():
        least = [at[source] + room.step for source in above[one] if source in at and bool(days[source]) == bool(day)]
        x = max([scale[day] if day else UNDATED_X + _BEFORE + 8.0, *least])
        passing = [at[source] for source in at if last_row.get(source, -1) > row[one] and source not in above[one]]
        while any(abs(x - trunk) < _CLEAR for trunk in passing):
            x += _CLEAR
        at[one] = x if day else min(x, undated_end - 8.0)
    return at


def _undated_end(days: Mapping[str, date | None]) -> float | None:
    """Without a single day the column takes the place of the axis."""
    if None not in days.values():
        return None
    return UNDATED_END if any(days.values()) else AXIS_ENDS[0]


def _ticks(days: Mapping[str, date | None], room: _Room) -> tuple[Tick, ...]:
    """The first day, the last, and of those between as many as have room; the year where it changes."""
    scale = _scale(days, room)
    kept: list[date] = []
    for day in sorted(scale):
        is_last = day == max(scale)
        while is_last and len(kept) > 1 and scale[day] - scale[kept[-1]] < _TICK_GAP:
            kept.pop()
        if not kept or scale[day] - scale[kept[-1]] >= _TICK_GAP:
            kept.append(day)
    ticks = []
    year = None
    for day in kept:
        words = short_date(day.isoformat())
        ticks.append(Tick(scale[day], words if day.year == year else f"{words} {day.year}"))
        year = day.year
    return tuple(ticks)


def _label(lineage: Lineage, one: str, found: Sequence[Derivation], *, is_first: bool) -> str:
    """As in "rewrite 0.97", "digest 0.61, 0.44", "after Nikkei"."""
    origin = lineage.origin_of(one)
    outside = lineage.outside.get(origin)
    if found:
        scores = ", ".join(f"{derivation.score:.2f}" for derivation in found)
        own = f"; after {outside}" if outside and origin == one else ""
        return f"{found[0].kind.value.replace('-', ' ')} {scores}{own}"
    if is_first:
        return f"origin here, after {outside}" if outside else "origin"
    return f"also after {outside}" if outside else "same source"


def _cells(text: str) -> int:
    """How many letters wide a text is; East Asian signs count twice."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def _fitted(text: str, cells: int) -> str:
    """The text on one line, cut where it would be wider than so many letters."""
    line = " ".join(text.split())
    if _cells(line) <= cells:
        return line
    while _cells(line) >= cells:
        line = line[: max(len(line) - max(1, (_cells(line) - cells) // 2), 0)]
    return line.rstrip() + "…"
