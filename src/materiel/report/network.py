"""The network of flows: suppliers on the left, recipients on the right, one line for each pair and status.

Drawn here rather than by a chart library: a node-link figure whose every label is horizontal text that never
overlaps is a layout of lists, and as plain SVG it prints sharp, needs no script and weighs some kilobytes.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from materiel.report.names import actor_label, materiel_words
from materiel.report.statuses import Status, status_of
from materiel.terms.entries import Entry
from materiel.terms.statements import Assertion, Stage, Transfer

MOST_FLOWS = 90
"""The figure shows so many flows, the best supported; the table under it shows all."""

WIDTH = 1000
LINE, ROW_GAP, HEAD, RECIPIENT_GAP = 17, 6, 22, 14
SUPPLIER_X, PORT_X, TEXT_X = 186, 505, 528
SUPPLIER_GAP = 30
LABEL_CHARACTERS, SUPPLIER_CHARACTERS = 62, 20
_UNNAMED = "not named"


@dataclass(frozen=True)
class Flow:
    """All entries of one pair and status.

    Attributes:
        label: what goes, entry by entry, with the number of origins of each in brackets.
        support: the most independent origins behind any of its entries.
    """

    supplier: str
    recipient: str
    status: Status
    label: str
    support: int
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Mark:
    """A text label of one or more lines with its place in the figure."""

    lines: tuple[tuple[float, str], ...]
    x: float
    y: float


@dataclass(frozen=True)
class Line:
    """A flow with its curve (SVG path data), its end, and its label."""

    flow: Flow
    path: str
    width: float
    mark: Mark


@dataclass(frozen=True)
class Figure:
    """The figure's geometry in SVG user units, and how many flows there are beyond those shown."""

    height: int
    suppliers: tuple[Mark, ...]
    recipients: tuple[Mark, ...]
    lines: tuple[Line, ...]
    left_out: int

    @property
    def is_tall(self) -> bool:
        """Whether it would not fit a printed page at a legible size: the list is printed instead."""
        return self.height > 1.35 * WIDTH


def flows_of(entries: Sequence[Entry]) -> tuple[Flow, ...]:
    """The transfers by pair and status, best supported first within a pair, pairs by name."""
    statuses = list(Status)

    def pair(entry: Entry) -> tuple[str, str, int]:
        claim = entry.claim
        assert isinstance(claim, Transfer)
        return _actor(claim.recipient), _actor(claim.supplier), statuses.index(status_of(claim))

    transfers = sorted((e for e in entries if isinstance(e.claim, Transfer)), key=lambda e: (pair(e), -e.support, e.id))
    flows = []
    for (recipient, supplier, status), grouped in groupby(transfers, key=pair):
        group = tuple(grouped)
        flows.append(
            Flow(
                supplier,
                recipient,
                statuses[status],
                _label(group),
                max(entry.support for entry in group),
                group,
            )
        )
    return tuple(flows)


def _actor(code: str | None) -> str:
    # An open actor sorts after every name.
    return "\uffff" if code is None else actor_label(code)


def actor_text(name: str) -> str:
    """The name of a flow's actor as shown."""
    return _UNNAMED if name == "\uffff" else name


def _label(group: tuple[Entry, ...]) -> str:
    """As in "tanks [2]; radars (considered) [1]": each entry with its own support, for one must not lend it another."""
    return "; ".join(_item(entry) for entry in group)


def _item(entry: Entry) -> str:
    claim = entry.claim
    assert isinstance(claim, Transfer)
    remarks = [] if claim.stage is Stage.DELIVERED else [claim.stage.value]
    if claim.assertion is Assertion.HYPOTHETICAL:
        remarks.append("supposed")
    if claim.via:
        remarks.append(f"via {actor_label(claim.via)}")
    if entry.is_disputed and claim.assertion is not Assertion.DENIED:
        remarks.append("disputed")
    words = materiel_words(claim.materiel) + (f" ({', '.join(remarks)})" if remarks else "")
    # The number stays on the line of the word before it.
    return f"{words}\N{NO-BREAK SPACE}[{entry.support}]"


def draw(flows: Sequence[Flow]) -> Figure:
    """Lay the figure out; the same flows give the same figure."""
    shown = sorted(flows, key=lambda flow: (-flow.support, flow.recipient, flow.supplier, flow.status))[:MOST_FLOWS]
    suppliers, recipients = _orders(shown)
    rank = {name: place for place, name in enumerate(suppliers)}
    marks: dict[Flow, Mark] = {}
    heads = []
    y = 10.0
    for recipient in recipients:
        heads.append(Mark(((y + 12, actor_text(recipient)),), TEXT_X, y))
        y += HEAD
        for flow in sorted(
            (f for f in shown if f.recipient == recipient),
            key=lambda f: (rank[f.supplier], list(Status).index(f.status)),
        ):
            wrapped = textwrap.wrap(flow.label, LABEL_CHARACTERS) or [""]
            lines = tuple((y + LINE * place + 12, text) for place, text in enumerate(wrapped))
            marks[flow] = Mark(lines, TEXT_X, y + 8)
            y += LINE * len(wrapped) + ROW_GAP
        y += RECIPIENT_GAP
    wanted = {name: _mean([marks[f].y for f in shown if f.supplier == name]) for name in suppliers}
    places = spaced([wanted[name] for name in suppliers], SUPPLIER_GAP)
    shift = max(0.0, 16 - places[0]) if places else 0.0
    at = {name: place + shift for name, place in zip(suppliers, places, strict=True)}
    height = int(max([y, *(place + 24 for place in at.values())]))
    return Figure(
        height,
        tuple(_supplier_mark(name, at[name]) for name in suppliers),
        tuple(heads),
        tuple(_line(flow, at[flow.supplier], mark) for flow, mark in marks.items()),
        len(flows) - len(shown),
    )


def _line(flow: Flow, supplier_y: float, mark: Mark) -> Line:
    start, middle = SUPPLIER_X + 12, (SUPPLIER_X + PORT_X) // 2
    path = f"M{start} {supplier_y:.1f} C{middle} {supplier_y:.1f} {middle} {mark.y:.1f} {PORT_X} {mark.y:.1f}"
    return Line(flow, path, 1.2 + 0.8 * min(max(flow.support - 1, 0), 3), mark)


def _supplier_mark(name: str, y: float) -> Mark:
    wrapped = textwrap.wrap(actor_text(name), SUPPLIER_CHARACTERS) or [""]
    top = y + 4.5 - 8 * (len(wrapped) - 1)
    return Mark(tuple((top + 16 * place, text) for place, text in enumerate(wrapped)), SUPPLIER_X, y)


def _orders(flows: Sequence[Flow]) -> tuple[list[str], list[str]]:
    """Suppliers and recipients in an order with few crossings: a few sweeps of the barycentre heuristic."""
    recipients = sorted({f.recipient for f in flows}, key=lambda n: (-sum(f.recipient == n for f in flows), n))
    suppliers = sorted({f.supplier for f in flows})
    for _ in range(6):
        suppliers = _by_barycentre(suppliers, recipients, {(f.supplier, f.recipient): 1 for f in flows})
        recipients = _by_barycentre(recipients, suppliers, {(f.recipient, f.supplier): 1 for f in flows})
    return suppliers, recipients


def _by_barycentre(names: list[str], others: list[str], pairs: Mapping[tuple[str, str], int]) -> list[str]:
    place = {name: index for index, name in enumerate(others)}
    return sorted(names, key=lambda name: (_mean([place[b] for a, b in pairs if a == name]), name))


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def spaced(wanted: Sequence[float], gap: float) -> list[float]:
    """The places nearest to the wanted ones (least squares) that keep the order and stand at least ``gap`` apart.

    Isotonic regression by pooling adjacent violators, after taking the gaps out.
    """
    pools: list[tuple[float, int]] = []
    for index, value in enumerate(wanted):
        pools.append((value - index * gap, 1))
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            (late, m), (early, n) = pools.pop(), pools.pop()
            pools.append(((late * m + early * n) / (m + n), m + n))
    flat = [value for value, size in pools for _ in range(size)]
    return [value + index * gap for index, value in enumerate(flat)]
