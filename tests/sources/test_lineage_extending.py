"""Documents that come one after the other: the same lineage in any order, and nothing is compared twice."""

from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_lineage import EDITED, FAMILY, REPORT, article

import materiel.sources.lineage.trace as trace_module
from materiel.sources.lineage import Traced, extend_lineage, trace_lineage
from materiel.sources.lineage.articles import read_article
from materiel.sources.lineage.compare import Comparison, compare
from materiel.sources.lineage.kept import pack_comparison, pack_document, unpack_comparison, unpack_document
from materiel.terms.documents import Document

OTHERS = (
    article(*EDITED, on="2024-05-01", publisher="Adria Wire"),  # the same words as another, and older
    article(REPORT[0], on="2024-05-04", publisher="Brief"),
    article("", on="2024-05-04", publisher="Empty"),
    article(*REPORT[:2], "Nothing else is known.", publisher="Undated"),
)
ALL = (*FAMILY, *OTHERS)


def add(batches: Sequence[Sequence[Document]]) -> Traced:
    """The lineage after each batch has been added to what was kept of those before."""
    documents: dict[str, Document] = {}
    sketches: dict[str, bytes] = {}
    comparisons: dict[tuple[str, str], str] = {}
    traced = extend_lineage({}, {}, {})
    for batch in batches:
        documents |= {document.id: document for document in batch}
        traced = extend_lineage(documents, sketches, comparisons)
        sketches |= traced.sketches
        comparisons |= traced.comparisons
    return traced


@st.composite
def batches(draw: st.DrawFn) -> list[list[Document]]:
    order = draw(st.permutations(ALL))
    cuts = sorted(draw(st.sets(st.integers(0, len(order)), max_size=4)) | {0, len(order)})
    return [order[a:b] for a, b in pairwise(cuts)]


@given(batches())
@settings(max_examples=25, deadline=None)
def test_order_and_batches_change_nothing(given_batches: list[list[Document]]) -> None:
    assert add(given_batches).lineage == trace_lineage(ALL)


def test_what_is_kept_is_not_compared_again(monkeypatch: pytest.MonkeyPatch) -> None:
    documents = {document.id: document for document in ALL}
    first = extend_lineage(documents, {}, {})
    calls: list[set[str]] = []

    def counted(one, other):  # type: ignore[no-untyped-def]
        calls.append({one.id, other.id})
        return compare(one, other)

    monkeypatch.setattr(trace_module, "compare", counted)
    again = extend_lineage(documents, first.sketches, first.comparisons)
    assert calls == []
    assert again.lineage == first.lineage
    assert (again.sketches, again.comparisons) == ({}, {})
    late = article(*REPORT[:3], "A fourth sentence about Durres harbour.", on="2024-05-09", publisher="Late Edition")
    extend_lineage({**documents, late.id: late}, first.sketches, first.comparisons)
    assert calls
    assert all(late.id in pair for pair in calls)


def test_what_is_damaged_is_found_out_anew() -> None:
    documents = {document.id: document for document in FAMILY}
    first = extend_lineage(documents, {}, {})
    damaged = {id_: kept[:-3] + b"xyz" for id_, kept in first.sketches.items()}
    again = extend_lineage(documents, damaged, dict.fromkeys(first.comparisons, '["another version"]'))
    assert again.lineage == first.lineage
    assert set(again.sketches) == set(documents)
    assert set(again.comparisons) == set(first.comparisons)


def test_kept_documents_and_comparisons_come_back_as_they_were() -> None:
    one, other = read_article(FAMILY[0]), read_article(FAMILY[1])
    comparison = compare(one, other)
    assert isinstance(comparison, Comparison)
    assert unpack_comparison(comparison.text, comparison.source, pack_comparison(comparison)) == comparison
    traced = extend_lineage({one.id: FAMILY[0]}, {}, {})
    unpacked = unpack_document(traced.sketches[one.id])
    assert unpacked is not None
    assert pack_document(*unpacked) == traced.sketches[one.id]
