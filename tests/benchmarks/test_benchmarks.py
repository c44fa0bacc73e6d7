"""The benchmarks' own parts: dull news, the mix, the sets that are measured, the cross-check."""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from materiel.reading.prefilter import worth_parsing
from materiel.sources import load_documents
from materiel.terms.documents import Document, Role
from materiel.terms.statements import Stage, Statement, Transfer

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def beside_the_benchmarks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))


def module(name: str) -> Any:
    """A module of benchmarks/, which is no package."""
    return importlib.import_module(name)


def test_dull_news_is_the_same_for_the_same_seed_and_never_twice_the_same() -> None:
    dull_news = module("dull_news").dull_news
    once, again, other = (list(dull_news(40, seed)) for seed in (1, 1, 2))
    assert once == again
    assert once != other
    assert len({article.document.id for article in once}) == 40
    assert {True, False} == {article.is_near_miss for article in once}
    for article in once:
        body = list(article.document.stretches(Role.BODY))
        assert 5 <= len(body) <= 12
        assert all(text.strip() == text and "{" not in text and text for _, text in body)


def test_little_of_dull_news_is_worth_parsing() -> None:
    bodies = [[text for _, text in a.document.stretches(Role.BODY)] for a in module("dull_news").dull_news(100, 7)]
    worth = sum(len(text) for body in bodies for text, is_it in zip(body, worth_parsing(body), strict=True) if is_it)
    assert worth < 0.2 * sum(len(text) for body in bodies for text in body)


def test_the_mix_has_nine_dull_articles_to_one() -> None:
    speed = module("speed")
    [relevant] = (loaded for _, loaded in load_documents(ROOT / "gold" / "articles" / "06-czech-shells.txt"))
    mixed = speed.mix([relevant], 3)
    assert len(mixed) == 10
    assert mixed.count(relevant) == 1
    assert mixed == speed.mix([relevant], 3)


def test_recall_counts_what_the_prefilter_loses(monkeypatch: pytest.MonkeyPatch) -> None:
    speed, reading = module("speed"), module("reading")
    [arms] = (loaded for _, loaded in load_documents(ROOT / "gold" / "articles" / "06-czech-shells.txt"))
    dull = next(module("dull_news").dull_news(1, 7)).document
    monkeypatch.setattr(speed, "own_sets", lambda: {"both": [reading.Article("a", d, {}) for d in (arms, dull)]})
    [figure] = speed.recall_figures()
    assert figure.value == 1.0
    assert "all 2 articles" in figure.detail
    assert ", 1 of them read with and without it" in figure.detail

    def losing(documents: Sequence[Document], *, every_passage: bool = False) -> list[list[str]]:
        return [["kept", "lost"] if every_passage or document is arms else ["kept"] for document in documents]

    monkeypatch.setattr(speed, "read_documents", losing)
    [figure] = speed.recall_figures()
    assert figure.value == 0.75, "what is passed whole counts twice kept, of the other half is lost"


def test_a_figure_says_whether_it_reaches_its_target() -> None:
    figure = module("speed").Figure
    assert figure("cost", 1.25, 1.25, True, "").holds
    assert not figure("cost", 1.26, 1.25, True, "").holds
    assert not figure("recall", 0.99, 0.995, False, "").holds
    assert str(figure("recall", 0.99, 0.995, False, "so")) == "MISS recall: 0.990 (at least 0.995); so"


def test_articles_in_the_form_of_passages_are_measured_where_they_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reading = module("reading")
    for folder in ("gold/articles", "gold/passages", "examples/korea-2024"):
        (tmp_path / folder).mkdir(parents=True)
    monkeypatch.setattr(reading, "ROOT", tmp_path)
    assert "reports-develop" not in reading.own_sets()
    text = "Shells\n\nPoland sent Ukraine 14 tanks."
    quote = "Poland sent Ukraine 14 tanks"
    gold = {"supplier": "POL", "recipient": "UKR", "materiel": ["armour.tank"], "stage": "delivered"}
    articles = [
        {
            "id": f"r-{number}", "set": wanted, "published": "2024-05-01", "publisher": "Wire", "title": "Shells",
            "text": text, "transfers": [{**gold, "assertion": "stated", "quantity": 14, "quote": quote}],
            "commitments": [], "pacts": [], "stances": [], "measures": [],
        }
        for number, wanted in enumerate(("develop", "develop", "aside"))
    ]  # fmt: skip
    (tmp_path / "gold" / "reports").mkdir()
    lines = "".join(json.dumps(article) + "\n" for article in articles)
    (tmp_path / "gold" / "reports" / "wire.jsonl").write_text(lines, "utf-8")
    sets = reading.own_sets()
    assert [len(sets[f"reports-{wanted}"]) for wanted in ("develop", "aside")] == [2, 1]
    assert "reports-aside" in reading.UNSEEN
    result = reading.measured(sets["reports-develop"])
    assert result.scores["transfer", "core"].gold == 2
    assert result.scores["transfer", "full"].f1 == 1.0


def test_a_set_that_has_gone_and_a_set_without_floors_are_faults(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    reading = module("reading")
    result = reading.Result({}, 0, 0, "f")
    floors = tmp_path / "floors.json"
    assert reading.check({"one": result}, floors, update=True, reason=None, is_whole=True) == 0
    assert reading.check({"one": result}, floors, update=False, reason=None, is_whole=True) == 0
    assert reading.check({"two": result}, floors, update=False, reason=None, is_whole=True) == 3
    told = capsys.readouterr().err
    assert "two: no floor is kept for it" in told
    assert "one: its texts are gone" in told
    assert reading.check({"one": result}, floors, update=False, reason=None, is_whole=False) == 0


# -- the cross-check on another field's test set ----------------------------------------------------------------------

ROWS = (
    ("AID", "France delivered 12 howitzers to Ukraine on Monday."),
    ("AGREE", "Poland has promised Ukraine 14 tanks."),
    ("REJECT", "Sweden refuses to sell missiles to Turkey."),
    ("CONSULT", "The ministers met in Oslo."),
)


def plv_file(path: Path, header: str = "\tsentence_id\tgold_penta\tgold_root\tsentence\tsource\ttarget") -> Path:
    rows = [f"{n}\t{n}\t1\t{code}\t{sentence}\ta\tb" for n, (code, sentence) in enumerate(ROWS)]
    path.write_text("\n".join([header, *rows]) + "\n", "utf-8")
    return path


def test_the_cross_check_takes_sentences_on_supply_and_scores_four_codes(tmp_path: Path) -> None:
    plv = module("plv")
    coded = plv.sentences_of(plv_file(tmp_path / "plv.tsv"))
    assert [each.code for each in coded] == ["AID", "AGREE", "REJECT"]
    tallies = plv.tallies(["AID", "AGREE", "AID"], ["AID", None, "AGREE"])
    assert (tallies["AID"].hit, tallies["AID"].said, tallies["AID"].gold) == (1, 1, 2)
    assert (tallies["AGREE"].hit, tallies["AGREE"].said, tallies["AGREE"].gold) == (0, 1, 1)
    assert plv.read_codes(["Poland has promised Ukraine 14 tanks."]) == ["AGREE"]


def test_a_refusal_is_a_stronger_answer_than_a_gift() -> None:
    def said(stage: Stage) -> Statement:
        return Statement("doc-0", Transfer("USA", "TWN", ("arms",), stage), "q", 0, 1, "test@1")

    code_of = module("plv").code_of
    assert code_of([said(Stage.DELIVERED), said(Stage.WITHHELD)]) == "REJECT"
    assert code_of([said(Stage.HALTED)]) is None
    assert code_of([]) is None


def test_a_file_that_is_not_the_set_is_refused_in_words(tmp_path: Path) -> None:
    for path, why in (
        (plv_file(tmp_path / "other.tsv", "a\tb\tc\td\te\tf\tg"), "has no column gold_root, sentence, source, target"),
        (tmp_path / "none.tsv", "cannot be read"),
    ):
        command = [sys.executable, str(ROOT / "benchmarks" / "plv.py"), str(path)]
        ended = subprocess.run(command, capture_output=True, check=False, text=True)
        assert ended.returncode == 1
        assert why in ended.stderr
        assert "Traceback" not in ended.stderr


def test_documents_of_the_memory_run_can_be_read_back(tmp_path: Path) -> None:
    speed = module("speed")
    documents = [article.document for article in module("dull_news").dull_news(3, 1)]
    loaded = [each for _, each in load_documents(speed.written(documents * 2, tmp_path / "n.jsonl"))]
    assert len({each.id for each in loaded if isinstance(each, Document)}) == 6
