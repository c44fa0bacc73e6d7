"""The figure of flows: every label has its own place, whatever the number of actors."""

from __future__ import annotations

import itertools
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_briefing import sample_entries, simple, supply

from materiel.report.network import LINE, MOST_FLOWS, WIDTH, draw, flows_of, spaced
from materiel.report.statuses import Status
from materiel.terms.entries import Entry
from materiel.terms.statements import Stage


def crowd(actors: int, count: int) -> list[Entry]:
    draw_from = random.Random(5)
    names = [f"Actor {number:02}" for number in range(actors)]
    pairs = [draw_from.sample(names, 2) for _ in range(count)]
    return [
        simple(n, supply(a, b, draw_from.choice(list(Stage)), "arms", "armour.tank"), "wire", "grave error")
        for n, (a, b) in enumerate(pairs)
    ]


@pytest.mark.parametrize(("actors", "count"), [(5, 6), (15, 30), (40, 90)])
def test_labels_do_not_overlap(actors: int, count: int) -> None:
    figure = draw(flows_of(crowd(actors, count)))
    right = sorted(y for mark in [*figure.recipients, *(line.mark for line in figure.lines)] for y, _ in mark.lines)
    left = sorted(mark.y for mark in figure.suppliers)
    assert all(b - a >= LINE for a, b in itertools.pairwise(right))
    assert all(b - a >= 29.9 for a, b in itertools.pairwise(left))
    assert left[0] >= 0
    assert max(right[-1], left[-1]) < figure.height


def test_figure_says_what_it_leaves_out() -> None:
    flows = flows_of(crowd(40, 300))
    figure = draw(flows)
    assert len(figure.lines) == MOST_FLOWS
    assert figure.left_out == len(flows) - MOST_FLOWS > 0
    assert figure.is_tall


def test_no_flows_make_an_empty_figure() -> None:
    assert draw(()).lines == ()


def test_each_item_keeps_its_own_support_and_dispute() -> None:
    flows = {(f.supplier, f.recipient, f.status): f for f in flows_of(sample_entries())}
    north = flows["North Korea", "Russia", Status.DELIVERED]
    assert north.label.replace("\N{NO-BREAK SPACE}", " ") == (
        "artillery ammunition (disputed) [3]; personnel (disputed) [2]; ballistic missiles [1]"
    )
    seoul = flows["South Korea", "Ukraine", Status.PROSPECTIVE]
    assert seoul.label.replace("\N{NO-BREAK SPACE}", " ") == "arms (considered) [2]; air defence (requested) [1]"
    assert flows["Russia", "North Korea", Status.OPEN].entries


def test_labels_stay_inside_the_figure() -> None:
    for line in draw(flows_of(sample_entries())).lines:
        # 7.4 units is the mean width of a character at this size.
        assert all(line.mark.x + 7.4 * len(text) < WIDTH for _, text in line.mark.lines)


@given(st.lists(st.floats(-1e4, 1e4), max_size=30).map(sorted), st.floats(1, 50))
def test_spaced_keeps_order_and_gap(wanted: list[float], gap: float) -> None:
    places = spaced(wanted, gap)
    assert len(places) == len(wanted)
    assert all(b - a >= gap - 1e-6 for a, b in itertools.pairwise(places))
    # The whole is not shifted: least squares keeps the mean.
    assert sum(places) == pytest.approx(sum(wanted), abs=1e-4)
