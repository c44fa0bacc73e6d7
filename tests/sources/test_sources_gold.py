"""The hand-coded corpus: no evidence is lost as boilerplate, no comment is read as news, metadata come out."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from materiel.sources import load_documents
from materiel.sources.dates import find_days
from materiel.terms.documents import Document, Role

GOLD = Path(__file__).parents[2] / "gold"
ARTICLES = sorted(path for path in (GOLD / "articles").iterdir() if path.suffix in {".txt", ".html"})
KINDS = ("transfers", "commitments", "pacts", "stances", "measures")
NOT_NEWS = (
    "my uncle counts trains", "tanks we will give away", "through Romania every month", "armed both of them",
    "you read it here",
    "be the first to comment", "he sold a tank on the internet", "read also", "keeps bees", "hospitals first.",
    "in the air as we speak", "send it all to ukraine", "80 mowags", "leave a reply",
    "all rights reserved", "share this",
    "is a former diplomat", "iran delivered 40 gas turbines", "ukraine gets 100 czech tanks", "covers the armed forces",
)  # fmt: skip


def load(path: Path) -> Document:
    [(_, document)] = load_documents(path)
    assert isinstance(document, Document), document
    return document


def plain(text: str) -> str:
    return " ".join(text.split())


def documents() -> Iterator[tuple[Path, dict[str, Any]]]:
    for path in ARTICLES:
        yield path, json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    families = json.loads((GOLD / "lineage" / "lineage.json").read_text(encoding="utf-8"))["families"]
    for gold in {gold["file"]: gold for family in families for gold in family["documents"]}.values():
        if gold["file"].startswith("lineage/"):
            yield GOLD / gold["file"], gold


KOREA = GOLD.parent / "examples" / "korea-2024"
FAMILIES = json.loads((KOREA / "lineage.json").read_text(encoding="utf-8"))["families"]
KOREAN = [item for family in FAMILIES for item in family["documents"] if "#" not in item["file"]]


@pytest.mark.parametrize("gold", KOREAN, ids=lambda gold: gold["file"])
def test_metadata_of_the_korean_example(gold: dict[str, Any]) -> None:
    """Every article of the example prints all four."""
    document = load(KOREA / gold["file"])
    assert document.title == gold["title"]
    assert (document.publisher or "").removeprefix("The ") == gold["publisher"].removeprefix("The ")
    assert document.author == gold["author"]
    assert document.published_on == gold["published"][:10]


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.stem)
def test_every_quote_lies_in_headline_or_body_and_nothing_else_is_read_as_news(path: Path) -> None:
    document = load(path)
    news = [plain(text) for _, text in document.stretches(Role.HEADLINE, Role.BODY)]
    gold = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    for item in (item for kind in KINDS for item in gold[kind]):
        assert any(plain(item["quote"]) in text for text in news), item["quote"]
    found = [words for words in NOT_NEWS if any(words.lower() in text.lower() for text in news)]
    assert found == []


def test_the_text_of_a_plain_file_is_the_file() -> None:
    for path in ARTICLES:
        if path.suffix == ".txt":
            assert load(path).text == path.read_text(encoding="utf-8")


def test_metadata_come_out_where_the_text_shows_them() -> None:
    """Share of right values among documents that print the value; what is not printed must not be made up as a date."""
    right = {"title": 0, "published": 0, "publisher": 0, "author": 0}
    shown = dict.fromkeys(right, 0)
    for path, gold in documents():
        document = load(path)
        told = {
            "title": document.title,
            "published": document.published_on,
            "publisher": document.publisher,
            "author": document.author,
        }
        for field, value in told.items():
            expected = (gold[field] or "")[: 10 if field == "published" else None].lower().removeprefix("the ")
            if field == "published" and value is not None:
                assert value == expected, path.name
            if field != "published" and plain(expected) not in plain(document.text).lower():
                continue
            if field == "published" and not any(printed.day == expected for printed in find_days(document.text)):
                continue
            shown[field] += 1
            right[field] += (value or "").lower().removeprefix("the ") == expected
    shares = {field: right[field] / shown[field] for field in right}
    assert shares["title"] >= 0.97, shares
    assert shares["published"] >= 0.97, shares
    assert shares["publisher"] >= 0.98, shares
    assert shares["author"] >= 0.95, shares
