"""How well lineage does on the hand-made families under gold/, with floors below which it must not fall.

A pair counts as derived where one document comes from the other or both from the same one; a follow-up that reuses a
paragraph is independent. Gold's own metadata is withheld in one of the two measurements.
"""

import json
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from materiel.sources import load_documents
from materiel.sources.lineage import trace_lineage
from materiel.terms.documents import Document

GOLD = Path(__file__).parents[2] / "gold"
INDEPENDENT = {"origin", "independent", "follow-up"}


def families() -> list[dict[str, Any]]:
    given: list[dict[str, Any]] = json.loads((GOLD / "lineage" / "lineage.json").read_text("utf-8"))["families"]
    return given


def read(file: str) -> Document:
    ((_, document),) = load_documents(GOLD / file)
    assert isinstance(document, Document)
    return document


def roots(documents: list[dict[str, Any]]) -> dict[str, set[str]]:
    by_file = {d["file"]: d for d in documents}

    def climb(file: str) -> set[str]:
        d = by_file.get(file)
        if d is None or d["role"] in INDEPENDENT:
            return {file}
        return set().union(*map(climb, d["derived_from"]))

    return {file: climb(file) for file in by_file}


def measure(*, with_metadata: bool) -> tuple[float, float, int]:
    """Precision and recall of the pairs, and in how many families the number of origins is exact."""
    documents = {d["file"]: read(d["file"]) for family in families() for d in family["documents"]}
    documents |= {f"articles/{p.name}": read(f"articles/{p.name}") for p in sorted((GOLD / "articles").glob("*.txt"))}
    for family in families():
        for d in family["documents"]:
            on, publisher = (d["published"][:10], d["publisher"]) if with_metadata else (None, None)
            documents[d["file"]] = replace(
                documents[d["file"]], published_on=on, publisher=publisher, author=None, url=d["file"]
            )
    lineage = trace_lineage(list(documents.values()))
    files = {document.id: file for file, document in documents.items()}
    origin = {file: files[lineage.origin_of(document.id)] for file, document in documents.items()}
    linked = {(files[d.document], files[d.source]) for d in lineage.derivations}
    hits = said = true = exact = 0
    for family in families():
        rest_on = roots(family["documents"])
        for one, other in combinations(sorted(rest_on), 2):
            is_said = origin[one] == origin[other] or bool({(one, other), (other, one)} & linked)
            is_true = bool(rest_on[one] & rest_on[other])
            hits, said, true = hits + (is_said and is_true), said + is_said, true + is_true
        wanted = {file for found in rest_on.values() if len(found) == 1 for file in found}
        exact += len(wanted) == len({origin[file] for file in rest_on})
    return hits / said, hits / true, exact


@pytest.mark.parametrize(("with_metadata", "floor", "exact_floor"), [(True, 0.92, 7), (False, 0.88, 6)])
def test_pairs_of_the_gold_families(with_metadata: bool, floor: float, exact_floor: int) -> None:
    precision, recall, exact = measure(with_metadata=with_metadata)
    assert 2 * precision * recall / (precision + recall) >= floor, (precision, recall)
    assert exact >= exact_floor


def test_no_article_of_another_event_is_linked() -> None:
    documents = {read(f"articles/{p.name}").id: p.name for p in sorted((GOLD / "articles").glob("*.txt"))}
    lineage = trace_lineage([read(f"articles/{name}") for name in documents.values()])
    assert [(documents[d.document], documents[d.source]) for d in lineage.derivations] == []
