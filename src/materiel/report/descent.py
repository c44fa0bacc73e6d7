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
AXIS_X, AXIS_END = 596, 880
STEP = 26
"""A derived document stands at least so far to the right of its source, and undated ones so far apart."""
OUTLET_CELLS, TITLE_CELLS = 50, 60
_TICK_GAP = 76
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
    x_of = _places_in_time(days, above)
    y_of = {place.document: HEAD + ROW * number + 20.0 for number, place in enumerate(order)}
    nodes: list[Node] = []
    edges: list[Edge] = []
    ends: dict[tuple[float, float], float] = {}
    for place in order:
        one = place.document
        x, y = x_of[one], y_of[one]
        found = [ties[one, source] for source in above[one] if (one, source) in ties]
        # What only reports after the same outside source hangs on the mark of that source.
        starts = [(x_of[source] - (0 if (one, source) in ties else _BEFORE), y_of[source]) for source in above[one]]
        for source, start in zip(above[one], starts, strict=True):
            style = STYLES[ties[one, source].kind] if (one, source) in ties else "after"
            edges.append(Edge(f"M{start[0]:.1f} {y:.1f} H{x:.1f}", style))
            ends[start] = max(y, ends.get(start, y))
        is_origin = lineage.origin_of(one) == one
        outside = lineage.outside.get(lineage.origin_of(one)) if is_origin or not found else None
        nodes.append(
            Node(
                one,
                _fitted(f"{briefing.publisher(one)}, {_when(briefing, one)}", OUTLET_CELLS),
                _fitted(briefing.by_id[one].document.title or "Untitled", TITLE_CELLS),
                x,
                y,
                place.depth,
                _label(found, outside, is_first=not above[one]),
                max([x, *(start[0] for start in starts)]) + 11,
                x - _BEFORE if outside and not above[one] else None,
                is_origin,
            )
        )
    return Chart(
        HEAD + ROW * len(order) + FOOT,
        tuple(nodes),
        tuple(f"M{x:.1f} {top:.1f} V{bottom:.1f}" for (x, top), bottom in ends.items()),
        tuple(edges),
        _ticks(days),
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


def _scale(days: Mapping[str, date | None]) -> Mapping[date, float]:
    known = sorted({day for day in days.values() if day})
    span = (known[-1] - known[0]).days if known else 0
    return {day: AXIS_X + (AXIS_END - AXIS_X) * ((day - known[0]).days / span if span else 0) for day in known}


def _places_in_time(days: Mapping[str, date | None], above: Mapping[str, Sequence[str]]) -> dict[str, float]:
    """Where each document stands, sources first."""
    scale, undated_end = _scale(days), _undated_end(days) or 0
    at: dict[str, float] = {}
    for one, day in days.items():
        if day:
            least = [at[source] + STEP for source in above[one] if source in at and days[source]]
            at[one] = max([scale[day], *least])
        else:
            least = [at[source] + STEP for source in above[one] if source in at and not days[source]]
            at[one] = min(max([UNDATED_X + _BEFORE + 8.0, *least]), undated_end - 8.0)
    return at


def _undated_end(days: Mapping[str, date | None]) -> float | None:
    """Without a single day the column takes the place of the axis."""
    if None not in days.values():
        return None
    return UNDATED_END if any(days.values()) else AXIS_END


def _ticks(days: Mapping[str, date | None]) -> tuple[Tick, ...]:
    """The first day, the last, and of those between as many as have room; the year where it changes."""
    scale = _scale(days)
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


def _label(found: Sequence[Derivation], outside: str | None, *, is_first: bool) -> str:
    """As in "rewrite 0.97", "digest 0.61, 0.44", "after Nikkei"."""
    if found:
        scores = ", ".join(f"{derivation.score:.2f}" for derivation in found)
        return f"{found[0].kind.value.replace('-', ' ')} {scores}" + (f"; after {outside}" if outside else "")
    if is_first:
        return f"origin here, after {outside}" if outside else "origin"
    return f"also after {outside}" if outside else "same source"


def _fitted(text: str, cells: int) -> str:
    """The text on one line, cut where it would be wider than so many letters; East Asian signs count twice."""
    line = " ".join(text.split())
    used = 0
    for place, sign in enumerate(line):
        used += 2 if unicodedata.east_asian_width(sign) in "WF" else 1
        if used > cells:
            return line[: place - 1].rstrip() + "…"
    return line
