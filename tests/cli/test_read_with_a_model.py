"""``materiel read --reader llm|both`` from end to end, against a server on this machine."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from chat_server import ChatServer, Payload, Reply, chat_server, completion, error, statements
from materiel.cli import app
from materiel.terms.statements import Stage, Transfer, claim_slots

TANKS = "Germany delivered 14 Leopard tanks to Poland"
SHELLS = "Norway will send Ukraine shells"
ARTICLES = {
    "one": f"{TANKS} on Monday.",
    "two": f"{SHELLS}. It has sent 3,000 of them already.",
    "three": "A quiet day.",
}


def item(quote: str, transfer: Transfer, **changes: Any) -> Payload:
    return {"kind": "transfer", **claim_slots(transfer), "speaker": None, "quote": quote, **changes}


DELIVERED = item(TANKS, Transfer("DEU", "POL", ("armour.tank",), Stage.DELIVERED, quantity=14.0, unit="tanks"))
PLEDGED = item(SHELLS, Transfer("NOR", "UKR", ("artillery.ammunition",), Stage.PLEDGED))
INVENTED = item("Germany delivered 41 Leopard tanks to Poland", Transfer("DEU", "POL", ("arms",), Stage.DELIVERED))


def code(request: Payload) -> Reply:
    """A model that codes two articles well and adds something that neither says."""
    text = request["messages"][1]["content"]
    found = [each for each in (DELIVERED, PLEDGED) if each["quote"] in text]
    return statements(*found, *([INVENTED] if TANKS in text else []))


@pytest.fixture
def articles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    monkeypatch.delenv("COLUMNS", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "articles"
    folder.mkdir()
    for number, (name, text) in enumerate(ARTICLES.items()):
        line = {
            "title": name,
            "text": text,
            "published": f"2024-03-0{number + 5}",
            "publisher": "Quay Post",
            "id": name,
        }
        (folder / f"{number}.jsonl").write_text(json.dumps(line), "utf-8")
    return folder


def run(*arguments: str, server: ChatServer, code: int = 0) -> tuple[list[str], list[str]]:
    options = ("--model", "test-model", "--base-url", server.base_url)
    result = CliRunner().invoke(app, ["read", *arguments, *options])
    assert result.exit_code == code, result.output + repr(result.exception)
    return result.stdout.splitlines(), result.stderr.splitlines()


def test_the_llm_reader_keeps_what_the_articles_bear_out(articles: Path) -> None:
    with chat_server(code) as server:
        stdout, stderr = run(str(articles), "--reader", "llm", "--json", "--no-cache", server=server)
    found = [json.loads(line) for line in stdout]
    assert [(each["quote"], each["supplier"]) for each in found] == [(TANKS, "DEU"), (SHELLS, "NOR")]
    assert all(each["reader"].startswith("llm/test-model@") for each in found)
    asked = "Model: 3 questions, 0 of them answered from the cache; 300 tokens in, 60 out; "
    assert stderr == [
        f"{asked}no cost without --price-in and --price-out",
        "Grounding: 1 of 3 proposals refused (quote 1)",
        "Read 3 articles: 2 statements",
    ]


def test_explain_lists_the_refusals_with_their_reasons(articles: Path) -> None:
    with chat_server(code) as server:
        _, stderr = run(str(articles / "0.jsonl"), "--reader", "llm", "--json", "--explain", server=server)
        stdout, _ = run(str(articles / "0.jsonl"), "--reader", "llm", "--explain", server=server)
    line = "delivered; the quote is not in the article, word for word; “Germany delivered 41 Leopard tanks to Poland”"
    assert any("0.jsonl:1: refused (quote): transfer, Germany → Poland" in told for told in stderr)
    assert any(told.endswith(line) for told in stderr)
    assert line in " ".join(" ".join(stdout).split())


def test_both_readers_are_united_and_their_disagreements_shown(articles: Path) -> None:
    other = item(TANKS, Transfer("DEU", "POL", ("armour.tank",), Stage.DELIVERED))
    with chat_server([statements(other)]) as server:
        stdout, stderr = run(str(articles / "0.jsonl"), "--reader", "both", server=server)
        records, _ = run(str(articles / "0.jsonl"), "--reader", "both", "--json", server=server)
    readers = [json.loads(line)["reader"].split("/")[0] for line in records]
    assert sorted(readers) == ["llm", "rules"]
    shown = " ".join(" ".join(stdout).split())
    assert "read by rules/transfer.verb@" in shown
    assert "read by llm/test-model@" in shown
    assert "rules or model: transfer, quantity: 14.0 or none; unit: tanks or none; date: 2024-03-04 or none" in shown
    assert stderr[-2].endswith("in 1 places they found different things")


def test_what_both_found_alike_bears_both_names(articles: Path) -> None:
    alike = {**DELIVERED, "date": "2024-03-04"}
    with chat_server([statements(alike)]) as server:
        records, stderr = run(str(articles / "0.jsonl"), "--reader", "both", "--json", server=server)
    (record,) = [json.loads(line) for line in records]
    assert record["reader"].startswith("rules/transfer.verb@")
    assert " + llm/test-model@" in record["reader"]
    assert stderr[-2].startswith("Readers: 1 statements from both, 0 from the rules only, 0 from the model only")


def test_answers_are_kept_and_cost_is_counted_at_the_given_prices(articles: Path) -> None:
    prices = ("--price-in", "2", "--price-out", "10")
    with chat_server(code) as server:
        first, told = run(str(articles), "--reader", "llm", "--json", *prices, server=server)
        again, retold = run(str(articles), "--reader", "llm", "--json", *prices, server=server)
    assert len(server.requests) == 3
    assert first == again
    assert told[0].endswith("300 tokens in, 60 out; US$ 0.0012")
    assert retold[0] == "Model: 3 questions, 3 of them answered from the cache; 0 tokens in, 0 out; US$ 0.0000"
    assert list((articles.parent / "cache" / "materiel" / "answers").iterdir())


def test_statements_go_into_a_dossier_with_their_reader(articles: Path) -> None:
    with chat_server(code) as server:
        run(str(articles), "--reader", "llm", "--into", "k.sqlite", server=server)
        _, stderr = run(str(articles), "--reader", "llm", "--into", "k.sqlite", server=server)
    assert stderr[0].startswith("k.sqlite: nothing new")
    with sqlite3.connect("k.sqlite") as connection:
        readers = connection.execute("select reader from statement").fetchall()
    assert len(readers) == 2
    assert all(reader.startswith("llm/test-model@") for (reader,) in readers)


def test_no_more_questions_are_out_than_allowed(articles: Path) -> None:
    def answer_late(request: Payload) -> Reply:
        return Reply(code(request).body, delay_s=0.05)

    for number in range(8):
        line = {"title": f"n{number}", "text": f"{TANKS} {number} days ago.", "published": "2024-03-05"}
        (articles / f"more-{number}.jsonl").write_text(json.dumps(line), "utf-8")
    with chat_server(answer_late) as server:
        one, _ = run(str(articles), "--reader", "llm", "--json", "--no-cache", "--concurrency", "1", server=server)
        assert server.most_at_once == 1
        many, _ = run(str(articles), "--reader", "llm", "--json", "--no-cache", "--concurrency", "3", server=server)
        assert 1 < server.most_at_once <= 3
    assert one == many


def test_a_long_article_is_asked_about_in_windows(articles: Path) -> None:
    filler = "A clerk noted the hour and the weather in a grey book. " * 30
    line = {"title": "Long", "text": f"{filler}{TANKS} on Monday. {filler}", "published": "2024-03-05"}
    (articles / "long.jsonl").write_text(json.dumps(line), "utf-8")
    with chat_server(code) as server:
        stdout, _ = run(
            str(articles / "long.jsonl"), "--reader", "llm", "--json", "--window", "800", "--no-cache", server=server
        )
    assert len(server.requests) > 4
    assert [json.loads(line)["quote"] for line in stdout] == [TANKS]


def test_a_model_that_declines_is_named_and_the_rest_goes_on(articles: Path) -> None:
    def decline_one(request: Payload) -> Reply:
        if TANKS in request["messages"][1]["content"]:
            return completion(None, refusal="Not about tanks.")
        return code(request)

    with chat_server(decline_one) as server:
        stdout, stderr = run(str(articles), "--reader", "llm", "--json", server=server, code=1)
    assert [json.loads(line)["quote"] for line in stdout] == [SHELLS]
    assert stderr[0].startswith("not answered: ")
    assert stderr[0].endswith("0.jsonl:1, characters 0-55: the model declined: Not about tanks.")


def test_a_wrong_model_is_one_line_and_exit_code_1(articles: Path) -> None:
    with chat_server([error(404, "no such model")]) as server:
        _, stderr = run(str(articles), "--reader", "llm", server=server, code=1)
    assert len(stderr) == 1
    assert stderr[0].startswith("materiel: The model 'test-model' at http://127.0.0.1:")


def test_hostile_answers_leave_nothing_behind(articles: Path) -> None:
    hostile = [
        {"kind": "confession", "quote": TANKS},
        {**DELIVERED, "supplier": "ESP"},
        {**DELIVERED, "stage": "withheld"},
        {**DELIVERED, "assertion": "denied"},
        {**DELIVERED, "quantity": 1e308},
        {**DELIVERED, "id": "st-000000000000", "document": "doc-1"},
        {**DELIVERED, "speaker": "The Pope"},
        {**DELIVERED, "quote": ""},
        {**DELIVERED, "unit": "\x1b]0;owned\x07"},
        "drop table statement",
    ]
    with chat_server([statements(*hostile)]) as server:  # type: ignore[arg-type]
        stdout, stderr = run(str(articles / "0.jsonl"), "--reader", "llm", "--json", "--explain", server=server)
    assert stdout == []
    assert "Grounding: 10 of 10 proposals refused" in stderr[-2]
    assert not any("\x1b" in line for line in stderr)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--reader", "llm"], "--reader llm needs a model's name"),
        (["--model", "m"], "a model reads only with --reader llm or --reader both"),
        (["--reader", "oracle"], "oracle"),
    ],
)
def test_options_that_do_not_fit_together(articles: Path, arguments: list[str], told: str) -> None:
    result = CliRunner().invoke(app, ["read", str(articles), *arguments])
    assert result.exit_code == 2
    assert told in " ".join(result.stderr.replace("│", " ").split())


def test_without_the_extra_it_says_what_to_install(articles: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "openai", None)
    result = CliRunner().invoke(app, ["read", str(articles), "--reader", "llm", "--model", "m"])
    assert result.exit_code == 1
    assert "pip install 'materiel[llm]'" in result.stderr


def test_the_rules_need_no_client() -> None:
    """Who reads by rules imports neither the client library nor anything that speaks to a network."""
    script = "import sys, materiel.cli, materiel.reading; sys.exit('openai' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], env=os.environ, check=False).returncode == 0
