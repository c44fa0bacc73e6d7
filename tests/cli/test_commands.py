"""The command from end to end, on articles written here."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from materiel.cli import app
from materiel.terms.documents import Document
from materiel.terms.statements import Assertion, Claim, Pact, PactKind, PactStatus, Stage, Statement, Transfer

SHELLS = "North Korea has sent Russia 10,000 containers of artillery shells"
AGAIN = "Russian depots took in artillery rounds that Pyongyang made"
DENIAL = "Moscow denied that North Korea had sent it artillery shells"
PACT = "Russia and North Korea signed a mutual defence treaty"
CLAIMS: dict[str, Claim] = {
    SHELLS: Transfer("PRK", "RUS", ("artillery.ammunition",), Stage.DELIVERED, quantity=10000.0, unit="containers"),
    AGAIN: Transfer("PRK", "RUS", ("artillery.ammunition",), Stage.DELIVERED),
    DENIAL: Transfer("PRK", "RUS", ("artillery.ammunition",), Stage.DELIVERED, Assertion.DENIED),
    PACT: Pact(("RUS", "PRK"), PactKind.MUTUAL_DEFENCE, PactStatus.SIGNED, "2024-06-19"),
}
PADDING = {
    "one.jsonl": "The harbour was quiet, and a watchman counted cranes above grey water for an hour.",
    "two.jsonl": "Satellite pictures show rail wagons queueing while fresh snow covers nine warehouses.",
    "three.jsonl": "A spokeswoman read two sentences from a sheet and left without taking any questions.",
}


def find_known_sentences(document: Document) -> list[Statement]:
    """A reader that knows four sentences, so that these tests say nothing about the rules."""
    found = []
    for quote, claim in CLAIMS.items():
        if (start := document.text.find(quote)) >= 0:
            speaker = "Moscow" if quote == DENIAL else None
            found.append(Statement(document.id, claim, quote, start, start + len(quote), "test@1", speaker))
    return found


@pytest.fixture
def articles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two accounts and a denial in files, and the reader above in place of the rules."""
    folder = tmp_path / "articles"
    folder.mkdir()
    write_article(folder / "one.jsonl", "Harbour log", "2024-06-20", "Quay Post", SHELLS, PACT)
    write_article(folder / "three.jsonl", "No such ship", "2024-06-25", "Dock Times", DENIAL)
    write_article(folder / "two.jsonl", "Cranes turn", "2024-06-22", "Tide Review", AGAIN)
    monkeypatch.setattr("materiel.desk.collect.read_documents", lambda found: list(map(find_known_sentences, found)))
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("MATERIEL_DOSSIER", raising=False)
    monkeypatch.delenv("COLUMNS", raising=False)
    return folder


def write_article(path: Path, title: str, published: str, publisher: str, *sentences: str) -> None:
    text = ". ".join(sentences) + "." + " " + PADDING[path.name]
    line = {"title": title, "text": text, "published": published, "publisher": publisher, "id": title}
    path.write_text(json.dumps(line) + "\n", "utf-8")


def run(*arguments: str, code: int = 0) -> tuple[str, str]:
    result = CliRunner().invoke(app, list(arguments))
    assert result.exit_code == code, result.output + repr(result.exception)
    return result.stdout, result.stderr


def lines(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


@pytest.fixture
def dossier(articles: Path) -> str:
    run("read", str(articles), "--into", "korea.sqlite")
    return "korea.sqlite"


def test_read_prints_one_statement_a_line(articles: Path) -> None:
    stdout, stderr = run("read", str(articles), "--json")
    statements = lines(stdout)
    assert [item["kind"] for item in statements] == ["transfer", "pact", "transfer", "transfer"]
    assert list(statements[1]) == [
        *("file", "document", "kind", "parties", "pact", "status", "date", "trigger"),
        *("speaker", "quote", "start", "end", "reader", "inferred", "id"),
    ]
    assert (statements[1]["pact"], statements[1]["quote"]) == ("mutual-defence", PACT)
    assert str(statements[0]["file"]).endswith("one.jsonl:1")
    assert stderr == "Read 3 articles: 4 statements\n"


def test_read_shows_each_article_with_its_quotes(articles: Path) -> None:
    stdout, _ = run("read", str(articles / "three.jsonl"))
    assert stdout.splitlines()[0] == "No such ship"
    assert "North Korea → Russia: artillery ammunition; delivered; denied" in stdout
    assert f"“{DENIAL}”" in stdout
    assert "according to Moscow" in stdout


def test_refused_files_are_named_and_the_rest_goes_on(articles: Path) -> None:
    (articles / "broken.jsonl").write_text("{\n", "utf-8")
    stdout, stderr = run("read", str(articles), "missing.txt", "--json", code=1)
    assert len(lines(stdout)) == 4
    told = stderr.splitlines()
    assert told[-1] == "Read 3 articles: 4 statements, 2 refused"
    assert [line.split(":")[0] for line in told[:-1]] == ["refused", "refused"]
    assert "missing.txt" in told[1]


def test_reading_again_adds_nothing(articles: Path) -> None:
    _, first = run("read", str(articles), "--into", "k.sqlite")
    assert first.splitlines()[0] == "k.sqlite: 3 new documents, 4 new statements; 2 entries in the register"
    register, _ = run("register", "k.sqlite", "--json")
    _, second = run("read", str(articles), "--into", "k.sqlite")
    assert second.splitlines()[0] == "k.sqlite: nothing new; 2 entries in the register"
    assert run("register", "k.sqlite", "--json")[0] == register


def test_register_as_json(dossier: str) -> None:
    transfer, pact = lines(run("register", dossier, "--json")[0])
    assert (transfer["kind"], transfer["support"], transfer["is_disputed"]) == ("transfer", 2, True)
    assert transfer["conflicts"] == ["delivered: denied by Moscow (Dock Times, 2024-06-25)"]
    assert transfer["grade"]["credibility"] == "3"  # type: ignore[index]
    assert [step["assertion"] for step in transfer["history"]] == ["stated", "denied"]  # type: ignore[attr-defined]
    assert len(transfer["statements"]) == 3  # type: ignore[arg-type]
    assert (pact["pact"], pact["parties"], pact["date"]) == ("mutual-defence", ["PRK", "RUS"], "2024-06-19")


def test_register_as_a_table_of_100_columns(dossier: str) -> None:
    stdout, _ = run("register", dossier)
    assert max(len(line) for line in stdout.splitlines()) <= 100
    for word in (
        "North Korea →",
        "10,000",
        "delivered",
        "disputed",
        "F3",
        "mutual-defence",
        "signed",
    ):
        assert word in stdout


def test_a_narrow_terminal_loses_nothing(dossier: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "70")
    stdout, _ = run("register", dossier, "--kind", "transfer")
    squeezed = "".join(stdout.split())
    assert max(len(line) for line in stdout.splitlines()) <= 70
    assert lines(run("register", dossier, "--json")[0])[0]["id"] in squeezed  # type: ignore[operator]
    assert "F3" in squeezed
    assert "…" not in squeezed


def test_register_as_csv(dossier: str) -> None:
    rows = list(csv.DictReader(io.StringIO(run("register", dossier, "--csv")[0])))
    assert [(row["kind"], row["supplier"], row["parties"], row["support"]) for row in rows] == [
        ("transfer", "PRK", "", "2"),
        ("pact", "", "PRK; RUS", "1"),
    ]


@pytest.mark.parametrize(
    ("filters", "kinds"),
    [
        (["--kind", "pact"], ["pact"]),
        (["--supplier", "prk"], ["transfer", "pact"]),
        (["--supplier", "north korea", "--kind", "transfer"], ["transfer"]),
        (["--recipient", "South Korea"], []),
        (["--since", "2024-06-21"], ["transfer"]),
        (["--since", "2024-06-26"], []),
        (["--since", "2024-06"], ["transfer", "pact"]),
    ],
)
def test_filters(dossier: str, filters: list[str], kinds: list[str]) -> None:
    assert [entry["kind"] for entry in lines(run("register", dossier, "--json", *filters)[0])] == kinds


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["register", "no.sqlite"], "no.sqlite: there is no such dossier"),
        (["register", "korea.sqlite", "--kind", "deal"], "no kind 'deal'"),
        (["register", "korea.sqlite", "--since", "June"], "--since needs a day"),
        (["register", "korea.sqlite", "--supplier", "North Kora"], "Close: North Korea"),
        (["register", "korea.sqlite", "--csv", "--json"], "cannot be had together"),
        (["why", "tr-00000000", "korea.sqlite"], "No entry has the id tr-00000000"),
        (["report", "korea.sqlite", "-o", "no/where.html"], "No such file or directory"),
    ],
)
def test_refusals_are_one_line_and_code_1(dossier: str, arguments: list[str], message: str) -> None:
    stdout, stderr = run(*arguments, code=1)
    assert stdout == ""
    assert stderr.startswith("materiel: ")
    assert message in stderr
    assert stderr.count("\n") == 1


def test_why_takes_the_beginning_of_an_id_and_finds_the_dossier(dossier: str) -> None:
    identity = str(lines(run("register", dossier, "--json")[0])[0]["id"])
    stdout, _ = run("why", identity[:5])
    assert all(f"“{quote}”" in stdout for quote in (SHELLS, AGAIN, DENIAL))
    assert "Quay Post, 2024-06-20, Harbour log" in stdout
    assert "according to Moscow" in stdout
    (told,) = lines(run("why", identity, dossier, "--json")[0])
    evidence = told["evidence"]
    assert isinstance(evidence, list)
    assert [item["speaker"] for item in evidence] == [None, None, "Moscow"]
    assert all(item["origin"] == item["file"] for item in evidence)


def test_why_needs_one_dossier(dossier: str, monkeypatch: pytest.MonkeyPatch) -> None:
    run("read", "articles", "--into", "other.sqlite")
    assert "there are 2: korea.sqlite, other.sqlite" in run("why", "tr", code=1)[1]
    monkeypatch.setenv("MATERIEL_DOSSIER", dossier)
    assert "according to Moscow" in run("why", "tr")[0]


def test_sources_count_independent_origins(dossier: str) -> None:
    stdout, _ = run("sources", dossier)
    assert stdout.splitlines()[-1] == "3 documents, 0 families, 3 independent origins"
    first = lines(run("sources", dossier, "--json")[0])[0]
    assert (first["publisher"], first["statements"], first["derived_from"]) == ("Quay Post", 2, [])


def test_lineage_of_a_file_and_its_double(articles: Path) -> None:
    double = articles / "zero.jsonl"
    double.write_bytes((articles / "one.jsonl").read_bytes())
    told = lines(run("lineage", str(articles), "--json")[0])
    assert list(told[0])[:3] == ["file", "origin", "derived_from"]
    assert told[0]["origin"] == told[0]["file"]
    assert told[-1]["origin"] == told[0]["file"]
    assert told[-1]["derived_from"] == [{"file": told[0]["file"], "kind": "copy", "score": 1.0}]


def test_report_writes_one_page(dossier: str) -> None:
    _, stderr = run("report", dossier, "-o", "briefing.html", "--title", "Harbour traffic")
    page = Path("briefing.html").read_text("utf-8")
    assert stderr == "Wrote briefing.html\n"
    assert "Harbour traffic" in page
    assert SHELLS in page


def test_version_and_wrong_usage() -> None:
    assert run("--version")[0].startswith("materiel 20")
    assert "Usage" in run("read", code=2)[1]


def test_a_broken_pipe_is_quiet(dossier: str) -> None:
    command = f"{sys.executable} -m materiel register {dossier} --json | head -c 10"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, env=os.environ, check=False)
    assert done.stdout == '{"id": "tr'
    assert done.stderr == ""


@pytest.mark.skipif(shutil.which("script") is None, reason="needs util-linux `script` to make a terminal")
def test_a_progress_bar_on_a_terminal_leaves_stdout_alone(articles: Path) -> None:
    """stderr is a terminal (of ``script``), stdout a file: the statements are in the file, the bar is not."""
    command = f"{sys.executable} -m materiel read {articles} missing.txt --json > out.jsonl"
    done = subprocess.run(
        ["script", "-qec", command, "/dev/null"], capture_output=True, text=True, env=os.environ, check=False
    )
    statements = lines(Path("out.jsonl").read_text("utf-8"))
    assert {str(item["file"]).rsplit("/")[-1] for item in statements} <= {f"{name}:1" for name in PADDING}
    assert statements
    assert "Reading" in done.stdout
    assert "refused: missing.txt: no such file or folder" in done.stdout


def test_explain_shows_the_rule_the_parties_and_what_was_missing(tmp_path: Path) -> None:
    article = tmp_path / "one.txt"
    article.write_text(
        "Tanks for Kyiv\n\nPoland has delivered 14 tanks to Ukraine, the ministry said.\n\n"
        "Nobody in the hall spoke of the price of weapons, and the minister left early.\n",
        encoding="utf-8",
    )
    shown = CliRunner().invoke(app, ["read", str(article), "--explain"], env={"COLUMNS": "200"})
    assert shown.exit_code == 0
    assert "transfer by rules/transfer.verb@" in shown.stdout
    assert "supplier POL, “Poland” named here (state)" in shown.stdout
    assert "looked at weapons" in shown.stdout
    assert "not stated:" in shown.stdout
