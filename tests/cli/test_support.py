"""Support, whose account a statement is, and publishers, from articles to the command's output."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from materiel import desk
from materiel.cli import app
from materiel.sources.lineage import Traced
from materiel.terms.documents import Document
from materiel.terms.lineage import Credit, Derivation, DerivationKind, Lineage, SharedPassage
from materiel.terms.statements import Stage, Statement, Transfer

SHELLS = "Pyongyang has sent Moscow trains of artillery shells"
TANKS = "Pyongyang has sent Moscow a few old tanks"
TEXTS = {
    "quay": f"{SHELLS}. The harbour was quiet, and a watchman counted cranes above grey water for an hour.",
    "tide": f"{SHELLS}, Radio Sloboda reported. Fresh snow covered nine warehouses by the railway.",
    "dock": f"{SHELLS}, said Radio Sloboda. A spokeswoman left without taking any question at all.",
    "copy": f"{SHELLS}. The harbour was quiet, and a watchman counted cranes. {TANKS}, our stringer saw.",
}
PUBLISHERS = {"quay": "Quay Post", "tide": "Tide Review", "dock": "Dock Times", "copy": "Quick Copy"}
VERSION_1 = Path(__file__).parents[1] / "register" / "dossier_version_1.sql"


def find_known_sentences(document: Document) -> list[Statement]:
    """A reader that knows two sentences, so that these tests say nothing about the rules."""
    found = []
    for quote, goods in ((SHELLS, "artillery.ammunition"), (TANKS, "armour.tank")):
        if (start := document.text.find(quote)) >= 0:
            claim = Transfer("PRK", "RUS", (goods,), Stage.DELIVERED)
            found.append(Statement(document.id, claim, quote, start, start + len(quote), "test@1"))
    return found


def known_tracing(documents: Mapping[str, Document], *_: object, **__: object) -> Traced:
    """A tracing that knows these articles, so that these tests say nothing about tracing."""
    return Traced(known_lineage(list(documents.values())), {}, {})


def known_lineage(documents: list[Document]) -> Lineage:
    """What is to be found in these articles."""
    ids = {document.publisher: document.id for document in documents}
    texts = {document.publisher: document.text for document in documents}
    origins: dict[str, tuple[str, ...]] = {identity: (identity,) for identity in ids.values()}
    if not {"Quay Post", "Quick Copy"} <= set(ids):
        return Lineage(origins)
    carried, end = texts["Quick Copy"].index(TANKS), len(texts["Quick Copy"])
    passage = SharedPassage(0, carried, 0, carried, is_verbatim=True)
    credit = (Credit(0, len(SHELLS) + 20, "Radio Sloboda", False),)
    return Lineage(
        origins | {ids["Quick Copy"]: (ids["Quay Post"],)},
        (Derivation(ids["Quick Copy"], ids["Quay Post"], DerivationKind.PARTIAL, 0.8, (passage,)),),
        credits={ids[outlet]: credit for outlet in ("Tide Review", "Dock Times")},
        own={ids["Quick Copy"]: ((carried, end),)},
    )


@pytest.fixture
def dossier(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    for day, (name, text) in enumerate(TEXTS.items(), start=10):
        line = {"title": name, "text": text, "published": f"2024-06-{day}", "publisher": PUBLISHERS[name]}
        (tmp_path / f"{name}.jsonl").write_text(json.dumps(line) + "\n", "utf-8")
    monkeypatch.setattr("materiel.desk.collect.read_documents", lambda found: list(map(find_known_sentences, found)))
    monkeypatch.setattr("materiel.desk.collect.extend_lineage", known_tracing)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.delenv("MATERIEL_DOSSIER", raising=False)
    run("read", *(f"{name}.jsonl" for name in TEXTS), "--into", "d.sqlite")
    return "d.sqlite"


def run(*arguments: str, code: int = 0) -> tuple[str, str]:
    result = CliRunner().invoke(app, list(arguments))
    assert result.exit_code == code, result.output + repr(result.exception)
    return result.stdout, result.stderr


def lines(*arguments: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in run(*arguments)[0].splitlines()]


def entry_about(dossier: str, goods: str) -> dict[str, Any]:
    return next(entry for entry in lines("register", dossier, "--json") if entry["materiel"] == [goods])


def test_support_counts_the_origins_of_what_is_said(dossier: str) -> None:
    shells, tanks = entry_about(dossier, "artillery.ammunition"), entry_about(dossier, "armour.tank")
    assert (shells["support"], tanks["support"]) == (2, 1)
    assert len(shells["statements"]) == 4
    assert "outside:Radio Sloboda" in shells["origins"]
    documents = {source["publisher"]: source["document"] for source in lines("sources", dossier, "--json")}
    assert documents["Quay Post"] in shells["origins"]
    assert tanks["origins"] == [documents["Quick Copy"]], "what a rewrite adds is its own"


def test_why_says_whose_account_each_statement_is(dossier: str) -> None:
    identity = entry_about(dossier, "artillery.ammunition")["id"]
    shown = run("why", identity, dossier)[0]
    assert (
        "support: 2 independent origins: Quay Post; Radio Sloboda, as credited by Dock Times and Tide Review\n" in shown
    )
    assert shown.count("; its own account;") == 1
    assert shown.count("; credited to Radio Sloboda;") == 2
    assert shown.count("; carried along from quay.jsonl:1;") == 1
    (told,) = lines("why", identity, dossier, "--json")
    assert told["support_words"].startswith("2 independent origins: Quay Post; ")
    accounts = {item["publisher"]: (item["origin"], item["outside"], item["carried_from"]) for item in told["evidence"]}
    assert accounts == {
        "Quay Post": ("quay.jsonl:1", None, None),
        "Tide Review": (None, "Radio Sloboda", None),
        "Dock Times": (None, "Radio Sloboda", None),
        "Quick Copy": ("quay.jsonl:1", None, "quay.jsonl:1"),
    }


def test_grades_bear_the_tags_of_misp(dossier: str) -> None:
    entry = entry_about(dossier, "artillery.ammunition")
    assert entry["grade"]["tags"] == [
        'admiralty-scale:source-reliability="f"',
        'admiralty-scale:information-credibility="2"',
    ]
    (told,) = lines("why", entry["id"], dossier, "--json")
    assert told["grade"] == entry["grade"]


def test_the_report_and_the_views_say_the_same(dossier: str) -> None:
    run("report", dossier, "-o", "briefing.html")
    page = " ".join(Path("briefing.html").read_text("utf-8").split())
    assert "credited to <b>Radio Sloboda</b>" in page
    assert "carried along from" in page
    with sqlite3.connect(dossier) as connection:
        counted = connection.execute(
            "select origin, count(*) from support where quote = ? group by 1 order by 2, 1", (SHELLS,)
        ).fetchall()
        assert [count for _, count in counted] == [2, 2]
        assert connection.execute("select credited from source where publisher = 'Dock Times'").fetchone() == (
            "Radio Sloboda",
        )


def test_publishers_are_listed_with_those_they_credit(dossier: str) -> None:
    listed = lines("publishers", dossier, "--json")
    assert [(p["publisher"], p["documents"], p["origins"], p["credited_by"]) for p in listed] == [
        ("Dock Times", 1, 1, 0),
        ("Quay Post", 1, 1, 0),
        ("Quick Copy", 1, 0, 0),
        ("Tide Review", 1, 1, 0),
        ("Radio Sloboda", 0, 0, 2),
    ]
    assert {p["reliability"] for p in listed} == {"F"}
    assert {p["decided_by"] for p in listed} == {None}
    assert "5 publishers and credited sources, 0 judged" in run("publishers", dossier)[0]


def test_a_judgement_changes_the_letter_and_is_kept_with_its_reason(dossier: str) -> None:
    judged = ("--reason", "prints its sources", "--by", "K. Analyst")
    _, told = run("publishers", dossier, "--judge", "radio sloboda", "c", *judged, "--on", "2024-12-01")
    assert told == "Radio Sloboda is judged C; the register is built anew\n"
    run("publishers", dossier, "--judge", "Quay Post", "B", *judged, "--on", "2024-12-02")
    shells, tanks = entry_about(dossier, "artillery.ammunition"), entry_about(dossier, "armour.tank")
    assert shells["grade"]["reliability"] == "B"
    assert "Radio Sloboda is judged C" in shells["grade"]["reasons"][0]
    assert tanks["grade"]["reliability"] == "F", "Quick Copy is not Quay Post"
    run("publishers", dossier, "--judge", "Quay Post", "E", *judged, "--on", "2024-12-03")
    assert entry_about(dossier, "artillery.ammunition")["grade"]["reliability"] == "C"
    shown = run("publishers", dossier)[0]
    assert "by K. Analyst on 2024-12-03: prints its sources" in shown
    assert "2024-12-02" not in shown
    with sqlite3.connect(dossier) as connection:
        assert connection.execute("select count(*) from decision").fetchone() == (3,)
    run("read", *(f"{name}.jsonl" for name in TEXTS), "--into", dossier)
    assert entry_about(dossier, "artillery.ammunition")["grade"]["reliability"] == "C", "reading again keeps it"


def test_a_judgement_without_a_day_is_of_today(dossier: str) -> None:
    run("publishers", dossier, "--judge", "Quay Post", "B", "--reason", "r", "--by", "K")
    (quay,) = [p for p in lines("publishers", dossier, "--json") if p["publisher"] == "Quay Post"]
    assert quay["decided_on"] > "2024-12-31"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["Quay Post", "G", "--reason", "r", "--by", "K"], "There is no reliability 'G'. Give one of A completely"),
        (["Kway Post", "B", "--reason", "r", "--by", "K"], "Close: Quay Post"),
        (["Nobody", "B", "--reason", "r", "--by", "K"], "`materiel publishers DOSSIER` lists them"),
        (["Quay Post", "B", "--by", "K"], "A judgement needs its reason: give --reason TEXT"),
        (["Quay Post", "B", "--reason", " ", "--by", "K"], "A judgement needs its reason: give --reason TEXT"),
        (["Quay Post", "B", "--reason", "r"], "give --by WHO"),
        (["Quay Post", "B", "--reason", "r", "--by", "K", "--on", "June"], "--on needs a day such as 2024-06-20"),
    ],
)
def test_judgements_that_cannot_be(dossier: str, arguments: list[str], message: str) -> None:
    stdout, stderr = run("publishers", dossier, "--judge", *arguments, code=1)
    assert stdout == ""
    assert message in stderr
    assert stderr.count("\n") == 1
    assert {p["reliability"] for p in lines("publishers", dossier, "--json")} == {"F"}


def test_an_older_day_supersedes_nothing(dossier: str) -> None:
    judged = ("--reason", "r", "--by", "K")
    run("publishers", dossier, "--judge", "Quay Post", "B", *judged, "--on", "2024-12-02")
    _, stderr = run("publishers", dossier, "--judge", "Quay Post", "D", *judged, "--on", "2024-12-01", code=1)
    assert "Quay Post was judged B on 2024-12-02 by K" in stderr


def test_a_reason_without_a_judgement_is_a_mistake(dossier: str) -> None:
    assert "belong to --judge" in run("publishers", dossier, "--reason", "r", code=2)[1]


def test_a_dossier_of_version_1_is_computed_again_when_it_is_looked_into(tmp_path: Path) -> None:
    old = tmp_path / "old.sqlite"
    with sqlite3.connect(old) as connection:
        connection.executescript(VERSION_1.read_text(encoding="utf-8"))
    (entry,) = lines("register", str(old), "--json")
    assert len(entry["statements"]) == 3
    assert len(entry["grade"]["tags"]) == 2
    assert [source.statements for source in desk.sources(old)] == [2, 1]


def test_a_run_that_broke_off_is_made_up_for_when_the_dossier_is_looked_into(dossier: str) -> None:
    late = dict(json.loads(Path("quay.jsonl").read_text("utf-8")), publisher="Late Edition", published="2024-06-30")
    Path("late.jsonl").write_text(json.dumps(late) + "\n", "utf-8")

    def broken(*_: object, **__: object) -> Traced:
        raise KeyboardInterrupt

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("materiel.desk.collect.extend_lineage", broken)
        with pytest.raises(KeyboardInterrupt):
            desk.read_into(Path(dossier), desk.read_paths(["late.jsonl"]))
    assert len(entry_about(dossier, "artillery.ammunition")["statements"]) == 5
