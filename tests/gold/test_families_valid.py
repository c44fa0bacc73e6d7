"""The families under gold/families are well formed, and their wording is as far apart as their roles say."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
FAMILIES = sorted((ROOT / "gold" / "families").glob("*/family.json"))
POSITIVE = {
    "syndicated", "light-edit", "rewrite", "farm-rewrite", "back-translation", "spin", "partial", "digest", "credited",
}  # fmt: skip
NEGATIVE = {"origin", "independent", "follow-up", "same-outlet"}
FIELDS = {
    "file", "role", "derived_from", "published", "publisher", "author", "title", "credits", "shares_paragraph_with",
}  # fmt: skip
WORDS = 5
QUOTED = re.compile('“[^”]*”|"[^"\n]*"')


@cache
def runs(path: Path) -> frozenset[tuple[str, ...]]:
    """Runs of five words outside quotation marks."""
    found: set[tuple[str, ...]] = set()
    for stretch in QUOTED.split(path.read_text("utf-8")):
        words = re.findall(r"\w+", stretch.casefold())
        found.update(tuple(words[at : at + WORDS]) for at in range(len(words) - WORDS + 1))
    return frozenset(found)


def shared(one: Path, other: Path) -> float:
    return len(runs(one) & runs(other)) / max(min(len(runs(one)), len(runs(other))), 1)


def test_there_are_families_and_a_third_is_aside() -> None:
    numbers = [int(path.parent.name[:2]) for path in FAMILIES]
    assert len(numbers) == len(set(numbers)) == 64
    assert 20 <= sum(number % 3 == 0 for number in numbers) <= 24


@pytest.mark.parametrize("path", FAMILIES, ids=lambda path: path.parent.name)
def test_a_family(path: Path) -> None:
    family: dict[str, Any] = json.loads(path.read_text("utf-8"))
    assert family["id"] == path.parent.name[:2]
    documents = family["documents"]
    files = {document["file"] for document in documents}
    assert len(files) == len(documents) >= 5
    assert {name.name for name in path.parent.glob("*.txt")} == {f for f in files if not f.startswith("../")}
    published = {d["file"]: d["published"] for d in documents}
    assert len(set(published.values())) == len(published)
    assert sum(document["role"] in NEGATIVE - {"origin"} for document in documents) >= 2
    for document in documents:
        assert set(document) == FIELDS
        assert document["role"] in POSITIVE | NEGATIVE
        assert bool(document["derived_from"]) == (document["role"] in POSITIVE)
        assert len((path.parent / document["file"]).read_text("utf-8").split()) >= 40
        for source in document["derived_from"]:
            assert source.startswith("outside:") or (path.parent / source).is_file()
            assert source not in published or published[source] < document["published"]


@pytest.mark.parametrize("path", FAMILIES, ids=lambda path: path.parent.name)
def test_wording_is_as_far_apart_as_the_roles_say(path: Path) -> None:
    documents = json.loads(path.read_text("utf-8"))["documents"]
    texts = {document["file"]: path.parent / document["file"] for document in documents}
    for document in documents:
        for source in (s for s in document["derived_from"] if not s.startswith("outside:")):
            share = shared(texts[document["file"]], path.parent / source)
            if document["role"] == "syndicated":
                assert share > 0.5
            if document["role"] in ("farm-rewrite", "spin"):
                assert share < 0.1
        if document["role"] == "independent":
            others = [d["file"] for d in documents if d["role"] in ("origin", "independent", "rewrite", "light-edit")]
            others.remove(document["file"])
            assert max(shared(texts[document["file"]], texts[name]) for name in others) < 0.25
