"""The bundled example is whole: every quote stands in its article, every value is legal, nothing is borrowed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from materiel.terms.actors import states
from materiel.terms.materiel import materiel_classes
from materiel.terms.statements import Assertion, Attitude, Force, MeasureName, PactKind, PactStatus, Stage

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples" / "korea-2024"
SEEDS = ROOT.parent / "shared" / "seeds"
KINDS = ("transfers", "commitments", "pacts", "stances", "measures")
SLOTS = {
    "transfers": "supplier recipient materiel stage assertion speaker via quantity unit value_usd date quote",
    "commitments": "debtor force antecedent consequent speaker quote",
    "pacts": "parties kind status date quote",
    "stances": "holder stance supplier recipient quote",
    "measures": "subject measure value unit period quote",
}
CLAUSE_SLOTS = {
    "transfer": "kind supplier recipient materiel",
    "event": "kind who what",
    "policy": "kind who what",
}
BODIES = {"NATO", "EU", "UN", "G7"}
SHARED_WORDS = 9
SIX = 6


class _Visible(HTMLParser):
    """Collects what a reader sees, a space at each block element."""

    HIDDEN = frozenset({"script", "style", "noscript", "title"})
    INLINE = frozenset({"a", "abbr", "b", "em", "i", "q", "span", "strong", "time", "cite"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.hidden += tag in self.HIDDEN
        if tag not in self.INLINE:
            self.parts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in self.HIDDEN
        if tag not in self.INLINE:
            self.parts.append(" ")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.parts.append(data)


def _visible(markup: str) -> str:
    parser = _Visible()
    parser.feed(markup)
    parser.close()
    return " ".join("".join(parser.parts).split())


def _articles() -> dict[str, str]:
    """Text of every article by its name; lines of articles.jsonl by their id."""
    texts = {path.stem: path.read_text("utf-8") for path in EXAMPLE.glob("*.txt")}
    texts |= {path.stem: _visible(path.read_text("utf-8")) for path in EXAMPLE.glob("*.html")}
    return texts | {row["id"]: f"{row['title']}\n\n{row['text']}" for row in _rows()}


def _rows() -> list[dict[str, str]]:
    return [json.loads(line) for line in (EXAMPLE / "articles.jsonl").read_text("utf-8").splitlines()]


def _files() -> set[str]:
    """Every article as README.md and lineage.json call it."""
    plain = {path.name for pattern in ("*.txt", "*.html") for path in EXAMPLE.glob(pattern)}
    return plain | {f"articles.jsonl#{row['id']}" for row in _rows()}


def _name(file: str) -> str:
    return file.partition("#")[2] or Path(file).stem


def _gold(name: str) -> dict[str, Any]:
    gold: dict[str, Any] = json.loads((EXAMPLE / "gold" / f"{name}.json").read_text("utf-8"))
    return gold


def _documents() -> list[dict[str, Any]]:
    families = json.loads((EXAMPLE / "lineage.json").read_text("utf-8"))["families"]
    return [document for family in families for document in family["documents"]]


def _runs(text: str, length: int) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.casefold())
    return {tuple(words[i : i + length]) for i in range(len(words) - length + 1)}


def _actors(kind: str, item: dict[str, Any]) -> Iterator[str | None]:
    match kind:
        case "transfers":
            yield from (item["supplier"], item["recipient"], item["via"])
        case "commitments":
            yield item["debtor"]
            for side in ("antecedent", "consequent"):
                yield from (item[side].get(slot) for slot in ("supplier", "recipient", "who"))
        case "pacts":
            yield from item["parties"]
        case "stances":
            yield from (item["holder"], item["supplier"], item["recipient"])
        case "measures":
            yield item["subject"]


NAMES = sorted(_articles())


def test_there_are_fourteen_articles_and_each_has_its_gold() -> None:
    assert len(NAMES) == 14
    assert {path.stem for path in (EXAMPLE / "gold").glob("*.json")} == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_every_quote_is_a_slice_of_its_article(name: str) -> None:
    text, gold = _articles()[name], _gold(name)
    items = [item for kind in KINDS for item in gold[kind]]
    assert items
    assert [item["quote"] for item in items if item["quote"] not in text] == []
    assert [item["speaker"] for item in items if item.get("speaker") and item["speaker"] not in text] == []


@pytest.mark.parametrize("name", NAMES)
def test_every_slot_has_a_legal_value(name: str) -> None:
    gold = _gold(name)
    for kind in KINDS:
        for item in gold[kind]:
            assert set(item) == set(SLOTS[kind].split())
    for transfer in gold["transfers"]:
        Stage(transfer["stage"])
        Assertion(transfer["assertion"])
        assert transfer["materiel"]
        assert set(transfer["materiel"]) <= set(materiel_classes())
    for commitment in gold["commitments"]:
        Force(commitment["force"])
        for clause in (commitment["antecedent"], commitment["consequent"]):
            assert set(clause) == set(CLAUSE_SLOTS[clause["kind"]].split())
            assert set(clause.get("materiel", ())) <= set(materiel_classes())
    for pact in gold["pacts"]:
        PactKind(pact["kind"])
        PactStatus(pact["status"])
    for stance in gold["stances"]:
        Attitude(stance["stance"])
    for measure in gold["measures"]:
        MeasureName(measure["measure"])
        assert measure["value"] > 0


@pytest.mark.parametrize("name", NAMES)
def test_every_actor_is_a_state_a_body_or_named_in_the_text(name: str) -> None:
    text, gold = _articles()[name], _gold(name)
    actors = {actor for kind in KINDS for item in gold[kind] for actor in _actors(kind, item) if actor}
    assert {actor for actor in actors if actor not in states() and actor not in BODIES and actor not in text} == set()


@pytest.mark.parametrize("name", NAMES)
def test_dates_are_iso_and_no_item_stands_twice(name: str) -> None:
    gold = _gold(name)
    assert re.fullmatch(r"2024-\d\d-\d\d", gold["published"])
    assert "2024-06-20" <= gold["published"] <= "2024-12-20"
    dates = [item["date"] for kind in ("transfers", "pacts") for item in gold[kind] if item["date"]]
    assert [date for date in dates if not re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", date)] == []
    items = [json.dumps([kind, item], sort_keys=True) for kind in KINDS for item in gold[kind]]
    assert len(items) == len(set(items))


def test_readme_lists_exactly_the_articles_and_counts_the_gold() -> None:
    readme = (EXAMPLE / "README.md").read_text("utf-8")
    assert set(re.findall(r"^\| `([^`]+)` \|", readme, re.MULTILINE)) == _files()
    counts = {kind: sum(len(_gold(name)[kind]) for name in NAMES) for kind in KINDS}
    sentence = ", ".join(f"{count} {kind}" for kind, count in counts.items())
    assert sentence in " ".join(readme.split())


def test_lineage_names_every_article_once_and_agrees_with_gold() -> None:
    documents = _documents()
    assert sorted(document["file"] for document in documents) == sorted(_files())
    for document in documents:
        assert set(document["derived_from"]) <= _files()
        assert bool(document["derived_from"]) == (document["role"] in {"rewrite", "syndicated"})
        gold = _gold(_name(document["file"]))
        assert document["published"][:10] == gold["published"]
        assert [document[key] for key in ("title", "publisher", "author")] == [
            gold[key] for key in ("title", "publisher", "author")
        ]
    roles = [document["role"] for document in documents]
    assert (roles.count("rewrite"), roles.count("syndicated"), roles.count("independent")) == (2, 1, 1)


def test_a_copy_shares_its_wording_and_nothing_else_does() -> None:
    """A copy repeats long runs of words; rewrites and independent reports share not even short ones."""
    texts = _articles()
    copied = {(_name(d["file"]), _name(d["derived_from"][0])) for d in _documents() if d["role"] == "syndicated"}
    for one in NAMES:
        for other in NAMES:
            if one == other:
                continue
            shared = len(_runs(texts[one], SIX) & _runs(texts[other], SIX))
            if (one, other) in copied:
                assert shared > 0.8 * len(_runs(texts[one], SIX))
            elif (other, one) not in copied:
                assert shared <= 2, (one, other)


def test_no_passage_is_taken_from_the_seeds() -> None:
    if not SEEDS.is_dir():
        pytest.skip("the seed documents stand beside the repository only on a developer's machine")
    seeds = [path.read_text("utf-8") for path in sorted(SEEDS.glob("*.txt"))]
    assert seeds
    taken = set().union(*(_runs(seed, SHARED_WORDS) for seed in seeds))
    borrowed = {name: _runs(text, SHARED_WORDS) & taken for name, text in _articles().items()}
    assert {name: runs for name, runs in borrowed.items() if runs} == {}
