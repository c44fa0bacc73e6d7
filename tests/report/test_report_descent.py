"""Families in time: sources left of what derives from them, a row each, nothing over anything else."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from materiel.report import Briefing, SourceDocument
from materiel.report.descent import (
    AXIS_ENDS,
    AXIS_X,
    LETTER,
    MOST_FAMILIES,
    MOST_ROWS,
    STEPS,
    UNDATED_END,
    WIDTH,
    draw_descent,
)
from materiel.report.rendering import render_briefing
from materiel.terms.documents import Document, Passage, Role
from materiel.terms.lineage import Derivation, DerivationKind, Lineage

Link = tuple[str, str, DerivationKind]


def briefing(
    days: Mapping[str, str | None], links: Sequence[Link] = (), outside: dict[str, str] | None = None
) -> Briefing:
    """Documents by outlet with their days, what derives from what, and who reports after whom."""
    documents = {
        name: Document(name, (Passage(0, len(name), Role.BODY),), f"{name} says so", day, name)
        for name, day in days.items()
    }
    ids = {name: document.id for name, document in documents.items()}
    sources: dict[str, list[str]] = {name: [source for one, source, _ in links if one == name] for name in days}

    def origins(name: str) -> tuple[str, ...]:
        found = sources[name]
        return tuple(dict.fromkeys(o for source in found for o in origins(source))) if found else (ids[name],)

    lineage = Lineage(
        {ids[name]: origins(name) for name in days},
        tuple(Derivation(ids[one], ids[source], kind, 0.8) for one, source, kind in links),
        outside={ids[name]: source for name, source in (outside or {}).items()},
    )
    given_documents = tuple(SourceDocument(document, f"{name}.txt") for name, document in documents.items())
    return Briefing("Families", (), given_documents, lineage)


def family() -> Briefing:
    days = {
        "Wire": "2024-06-20",
        "Copy": "2024-06-20",
        "Rewrite": "2024-06-25",
        "Undated": None,
        "Other": "2024-06-22",
        "Digest": "2024-07-01",
        "Single": "2024-06-23",
    }
    links = [
        ("Copy", "Wire", DerivationKind.COPY),
        ("Rewrite", "Copy", DerivationKind.REWRITE),
        ("Undated", "Wire", DerivationKind.LIGHT_EDIT),
        ("Digest", "Wire", DerivationKind.DIGEST),
        ("Digest", "Other", DerivationKind.DIGEST),
    ]
    return briefing(days, links, {"Wire": "Nikkei"})


def test_a_family_in_time() -> None:
    descent = draw_descent(family())
    (chart,) = descent.charts
    nodes = {node.title.split()[0]: node for node in chart.nodes}
    assert set(nodes) == {"Wire", "Copy", "Rewrite", "Undated", "Other", "Digest"}, "what stands alone is not drawn"
    assert [name for name, node in nodes.items() if node.is_origin] == ["Wire", "Other"]
    assert nodes["Wire"].label == "origin here, after Nikkei"
    assert nodes["Wire"].outside_x is not None
    assert nodes["Wire"].outside_x < nodes["Wire"].x
    assert nodes["Digest"].label == "digest 0.80, 0.80"
    assert nodes["Copy"].x == nodes["Wire"].x + STEPS[0], "of one day, and yet told apart"
    assert nodes["Digest"].x == chart.ticks[-1].x
    assert nodes["Undated"].x < UNDATED_END < AXIS_X <= nodes["Wire"].x
    assert nodes["Undated"].label_x > nodes["Wire"].x, "beside the line that leads to it, not on it"
    assert chart.undated_end == UNDATED_END
    styles = sorted(edge.style for edge in chart.edges)
    assert styles == ["dashed", "dotted", "dotted", "solid", "solid"]
    assert [tick.text for tick in chart.ticks] == ["20 Jun 2024", "25 Jun", "1 Jul"]


def test_those_after_one_outside_source_hang_on_its_mark() -> None:
    base = briefing({"Wire": "2024-06-20", "Later": "2024-06-22"}, outside={"Wire": "Nikkei"})
    first, second = base.by_id
    origins: dict[str, tuple[str, ...]] = {first: (first,), second: (first,)}
    (chart,) = draw_descent(Briefing("t", (), base.documents, Lineage(origins, outside={first: "Nikkei"}))).charts
    wire, later = chart.nodes
    assert later.label == "also after Nikkei"
    assert not later.is_origin
    assert [edge.style for edge in chart.edges] == ["after"]
    assert wire.outside_x is not None
    assert chart.edges[0].path.startswith(f"M{wire.outside_x:.1f} ")


def test_no_line_passes_through_the_mark_of_another_document() -> None:
    days = {"A": "2024-06-20", "A1": "2024-06-21", "A2": "2024-06-21", "B": "2024-06-20", "Both": "2024-06-22"}
    links = [
        ("A1", "A", DerivationKind.COPY),
        ("A2", "A", DerivationKind.COPY),
        ("Both", "A1", DerivationKind.DIGEST),
        ("Both", "B", DerivationKind.DIGEST),
    ]
    (chart,) = draw_descent(briefing(days, links)).charts
    (a, a1, a2, b, _) = chart.nodes
    assert [node.outlet[:2].rstrip(",") for node in chart.nodes] == ["A", "A1", "A2", "B", "Bo"]
    assert a2.x >= a1.x + 9, "the line from A1 to the digest leads past it"
    assert a.x == b.x, "no line leads past B"


def test_without_a_day_there_is_no_axis() -> None:
    (chart,) = draw_descent(briefing({"A": None, "B": None}, [("B", "A", DerivationKind.COPY)])).charts
    assert chart.ticks == ()
    assert chart.nodes[0].x < chart.nodes[1].x < AXIS_ENDS[0] == chart.undated_end


def test_the_largest_families_come_first_and_the_rest_is_counted() -> None:
    days: dict[str, str | None] = {}
    links: list[Link] = []
    for number in range(MOST_FAMILIES + 3):
        days[f"o{number:02}"] = "2024-01-01"
        for copy in range(1 + number):
            days[f"o{number:02}c{copy}"] = "2024-01-02"
            links.append((f"o{number:02}c{copy}", f"o{number:02}", DerivationKind.COPY))
    descent = draw_descent(briefing(days, links))
    assert [chart.size for chart in descent.charts] == list(range(MOST_FAMILIES + 4, 4, -1))
    assert descent.left_out == 3
    page = " ".join(render_briefing(briefing(days, links)).split())
    assert f"Shown are the {MOST_FAMILIES} families with most documents; 3 more are only in the list." in page


def test_of_a_large_family_those_are_drawn_from_which_most_derive() -> None:
    days: dict[str, str | None] = {f"c{n:02}": "2024-03-02" for n in range(40)}
    days |= {"origin": "2024-03-01", "last": "2024-04-01"}
    links: list[Link] = [(f"c{n:02}", "origin", DerivationKind.COPY) for n in range(40)]
    links.append(("last", "c39", DerivationKind.REWRITE))
    (chart,) = draw_descent(briefing(days, links)).charts
    outlets = [node.outlet.split(",")[0] for node in chart.nodes]
    assert (len(outlets), chart.size, chart.left_out) == (MOST_ROWS, 42, 42 - MOST_ROWS)
    assert "c39" in outlets, "a document derives from it"
    assert f"Shown are {MOST_ROWS} of its 42 documents" in render_briefing(briefing(days, links))


@given(
    st.lists(
        st.tuples(
            st.one_of(st.none(), st.dates().map(str), st.just("2024"), st.just("2024-06")),
            st.lists(st.integers(0, 30), max_size=2),
            st.sampled_from(list(DerivationKind)[:6]),
        ),
        max_size=12,
    )
)
def test_rows_and_marks_keep_apart(made: list[tuple[str | None, list[int], DerivationKind]]) -> None:
    days = {f"d{number:02}": day for number, (day, _, _) in enumerate(made)}
    links = [
        (f"d{number:02}", f"d{source:02}", kind)
        for number, (_, sources, kind) in enumerate(made)
        for source in dict.fromkeys(sources)
        if source < number
    ]
    for chart in draw_descent(briefing(days, links)).charts:
        assert all(later.y - earlier.y >= 40 for earlier, later in itertools.pairwise(chart.nodes))
        assert all(b.x - a.x >= 70 for a, b in itertools.pairwise(chart.ticks))
        assert all(0 < node.x < WIDTH and node.y < chart.height for node in chart.nodes)
        assert all(node.label_x + LETTER * len(node.label) < WIDTH for node in chart.nodes)
        drawn = {node.document for node in chart.nodes}
        assert len(chart.edges) == sum(1 for one, source, _ in links if _id(one, days) in drawn)


def _id(name: str, days: Mapping[str, str | None]) -> str:
    return Document(name, (), f"{name} says so", days[name], name).id


def test_each_row_leads_to_the_list() -> None:
    tree = html.document_fromstring(render_briefing(family()))
    targets = {href[1:] for href in tree.xpath("//figure[@class='descent']//a/@href")}
    assert len(targets) == 6
    assert targets <= set(tree.xpath("//div[contains(@class, 'source')]/@id"))
    assert len(tree.xpath("//ul[@class='tree']/li")) == 6, "the same for narrow screens"


def test_no_families_make_no_figure() -> None:
    page = render_briefing(briefing({"A": "2024-06-20"}))
    assert "Families in time" not in page
    assert "All sources" not in page


@pytest.mark.parametrize("name", ["朝鮮週報の長い長い名前" * 6, "A headline that goes on " * 9, "<b>&\"'" * 20])
def test_long_and_foreign_names_are_cut_to_fit(name: str) -> None:
    (chart,) = draw_descent(briefing({name: "2024-06-20", "B": None}, [("B", name, DerivationKind.COPY)])).charts
    assert chart.nodes[0].title.endswith("…")
    assert len(chart.nodes[0].title) <= 60
    page = render_briefing(briefing({name: "2024-06-20", "B": None}, [("B", name, DerivationKind.COPY)]))
    assert '<b>&"' not in page
