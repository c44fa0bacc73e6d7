"""How well lineage does on the hand-made families under gold/, with floors below which it must not fall."""

import importlib
from pathlib import Path
from typing import Any

import pytest

from materiel.sources import load_documents
from materiel.sources.lineage import trace_lineage
from materiel.terms.documents import Document

ROOT = Path(__file__).parents[2]
GOLD = ROOT / "gold"


@pytest.fixture
def families(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))
    return importlib.import_module("families")


@pytest.mark.parametrize(
    ("name", "with_metadata", "floor", "exact"),
    [
        ("gold/lineage", True, 0.94, 8),
        ("gold/lineage", False, 0.89, 7),
        ("developed on", True, 0.75, 18),
        ("aside", True, 0.69, 5),
        ("aside", False, 0.69, 5),
    ],
)
def test_pairs_origins_and_direction(families: Any, name: str, with_metadata: bool, floor: float, exact: int) -> None:
    found = families.measure(name, with_metadata=with_metadata)
    assert found.f1 >= floor, str(found)
    assert found.exact >= exact, str(found)
    assert found.turned <= 0.05 * found.linked, str(found)


def test_no_article_of_another_event_is_linked() -> None:
    documents = {}
    for path in sorted((GOLD / "articles").glob("*.txt")):
        ((_, document),) = load_documents(path)
        assert isinstance(document, Document)
        documents[document.id] = document
    assert [(d.document, d.source) for d in trace_lineage(list(documents.values())).derivations] == []
