"""The board, the decisions about it and "what if" from end to end, on articles written here."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from materiel.cli import app
from materiel.terms.documents import Document
from materiel.terms.statements import Claim, Clause, Commitment, Force, Stage, Statement, Transfer

LINE = "Seoul will send Kyiv missiles if Moscow gives Pyongyang precision weapons"
AGAIN = "Seoul said once more that precision weapons for Pyongyang would free its missiles"
VAGUE = "Warsaw will sign once the price is right"
GIVEN = "Moscow has given Pyongyang precision weapons"
PRECISION = Clause("transfer", "RUS", "PRK", ("precision",))
MISSILES = Clause("transfer", "KOR", "UKR", ("missile",))
CLAIMS: dict[str, Claim] = {
    LINE: Commitment("KOR", Force.PROMISE, PRECISION, MISSILES),
    AGAIN: Commitment("KOR", Force.PROMISE, PRECISION, MISSILES),
    VAGUE: Commitment("POL", Force.POLICY, Clause("event", what="the price is right"), Clause("event", what="sign")),
    GIVEN: Transfer("RUS", "PRK", ("precision",), Stage.DELIVERED, date="2024-09-05"),
}
SEOUL = "transfer(RUS -> PRK, precision, delivered)"
WHO = ("--author", "K. Analyst", "--reason", "read twice", "--on", "2024-12-01")


def find_known_sentences(document: Document) -> list[Statement]:
    """A reader that knows four sentences, so that these tests say nothing about the rules."""
    return [
        Statement(document.id, claim, quote, start, start + len(quote), "test@1")
        for quote, claim in CLAIMS.items()
        if (start := document.text.find(quote)) >= 0
    ]


@pytest.fixture
def dossier(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Seoul's line on 23 June, said again on 1 July with Warsaw's; the delivery reported on 10 September."""
    monkeypatch.setattr("materiel.desk.collect.read_documents", lambda found: list(map(find_known_sentences, found)))
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("COLUMNS", raising=False)
    told = [
        ("one", "2024-06-23", f"{LINE}. The harbour was quiet, and a watchman counted cranes above grey water."),
        ("two", "2024-07-01", f"{AGAIN}. {VAGUE}. Satellite pictures show wagons queueing while snow covers sheds."),
        ("three", "2024-09-10", f"{GIVEN}. A spokeswoman read two sentences from a sheet and took no questions."),
    ]
    for name, day, text in told:
        line = {"title": name, "text": text, "published": day, "publisher": f"Outlet {name}", "id": name}
        (tmp_path / f"{name}.jsonl").write_text(json.dumps(line) + "\n", "utf-8")
    run("read", "one.jsonl", "two.jsonl", "three.jsonl", "--into", "k.sqlite")
    return "k.sqlite"


def run(*arguments: str, code: int = 0) -> str:
    result = CliRunner().invoke(app, list(arguments))
    assert result.exit_code == code, result.output + repr(result.exception)
    return result.stdout if code == 0 else result.stderr


def board(dossier: str, *options: str) -> dict[str, dict[str, Any]]:
    """The board by debtor."""
    return {line["debtor"]: line for line in lines("board", dossier, *options)}


def lines(*arguments: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in run(*arguments, "--json").splitlines()]


def test_it_stands_then_is_triggered_by_what_the_register_says(dossier: str) -> None:
    before = board(dossier, "--as-of", "2024-06-30")
    assert list(before) == ["KOR"]
    assert (before["KOR"]["state"], before["KOR"]["since"]) == ("standing", "2024-06-23")
    assert before["KOR"]["when"] == SEOUL
    assert [lack["what"] for lack in before["KOR"]["missing"]] == [
        "Russia delivers precision weapons to North Korea: nobody reports it"
    ]
    after = board(dossier)
    assert list(after) == ["KOR", "POL"], "triggered ones come first"
    assert after["KOR"]["state"] == "triggered"
    (evidence,) = after["KOR"]["evidence"]
    assert evidence["entry"].startswith("tr-")
    assert not evidence["is_imagined"]
    assert [said["act"] for said in after["KOR"]["said"]] == ["made", "repeated"]
    assert after["KOR"]["said"][0]["quote"] == LINE
    assert after["POL"]["when"] is None
    assert after["POL"]["when_is_in_words"]


def test_two_clocks(dossier: str) -> None:
    assert board(dossier, "--known-by", "2024-06-01") == {}
    assert board(dossier, "--as-of", "2024-12-01", "--known-by", "2024-08")["KOR"]["state"] == "standing"
    assert "No commitment had been made and was known." in run("board", dossier, "--known-by", "2024-06-01")


def test_the_board_in_words_fits_the_width(dossier: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for width in (40, 80, 120):
        monkeypatch.setenv("COLUMNS", str(width))
        shown = run("board", dossier, "--as-of", "2024-06-30")
        assert max(map(len, shown.splitlines())) <= width
        assert all(line == line.rstrip() for line in shown.splitlines())
        flat = " ".join(shown.split())
        assert (
            "if Russia delivers precision weapons to North Korea then South Korea delivers missiles to Ukraine" in flat
        )
        assert "since 23 June 2024 missing Russia delivers precision weapons to North Korea: nobody reports it" in flat


def test_changes_say_what_moved_and_why(dossier: str) -> None:
    moves = {
        move["commitment"]["debtor"]: move for move in lines("board", dossier, "--changes", "2024-06-30", "2024-10")
    }
    assert (moves["KOR"]["before"], moves["KOR"]["after"]) == ("standing", "triggered")
    assert any("Russia delivers precision weapons" in why for why in moves["KOR"]["because"])
    assert (moves["POL"]["before"], moves["POL"]["after"]) == (None, "standing")
    assert lines("board", dossier, "--changes", "2024-10", "2024-11") == []
    assert "Nothing moved." in run("board", dossier, "--changes", "2024-10", "2024-11")


def test_what_if_shows_the_ladder_and_stores_nothing(dossier: str) -> None:
    stored = Path(dossier).read_bytes()
    first, second = lines("whatif", dossier, SEOUL, "--as-of", "2024-06-30")
    assert first["supposed"] == ["Russia delivers precision weapons to North Korea"]
    assert [(move["before"], move["after"]) for move in first["moves"]] == [("standing", "triggered")]
    assert first["moves"][0]["commitment"]["is_imagined"]
    assert second["supposed"] == ["South Korea delivers missiles to Ukraine"]
    assert [move["after"] for move in second["moves"]] == ["kept"]
    shown = run("whatif", dossier, SEOUL, "--as-of", "2024-06-30")
    assert "nothing of this is stored" in shown
    assert Path(dossier).read_bytes() == stored
    assert board(dossier, "--as-of", "2024-06-30")["KOR"]["state"] == "standing"


def test_an_error_of_the_language_marks_the_column(dossier: str) -> None:
    told = run("whatif", dossier, "transfer(RUS -> PRK, precison, delivered)", code=1).splitlines()
    assert told[0].startswith("materiel: Condition refused at column 22: 'precison'")
    assert "precision" in told[0]
    assert told[1] == "transfer(RUS -> PRK, precison, delivered)"
    assert told[2].index("^") == told[1].index("precison")


def commit(dossier: str, *arguments: str) -> dict[str, Any]:
    (made,) = lines("commit", dossier, *arguments, *WHO)
    return made


def source(dossier: str) -> str:
    return str(board(dossier)["KOR"]["sources"][0])


def test_a_chain_and_a_cycle(dossier: str) -> None:
    made = commit(
        dossier,
        *("--debtor", "Russia", "--when", "transfer(KOR -> UKR, missile)", "--then", SEOUL),
        *("--force", "threat", "--source", source(dossier), "--within", "90d"),
    )
    assert (made["kind"], made["decides"]["debtor"], made["decides"]["within"]) == ("commitment", "RUS", 90)
    moscow = board(dossier, "--as-of", "2024-06-30")["RUS"]
    assert (moscow["id"], moscow["state"], moscow["since"]) == (made["target"], "standing", "2024-06-23")
    assert moscow["grade"] == "F2", "as its source is"
    chains = lines("board", dossier, "--chains", "--as-of", "2024-06-30")
    seoul = source(dossier)
    assert [line["ids"] for line in chains if line["sort"] == "cycle"] == [[made["target"], seoul]]
    ladder = next(line for line in chains if line["sort"] == "ladder" and line["event"] == SEOUL)
    assert ladder["rungs"] == [[seoul], [made["target"]]]
    shown = " ".join(run("board", dossier, "--chains", "--as-of", "2024-06-30").split())
    assert f"Russia ({made['target']}) → South Korea ({seoul}) → Russia" in shown


def test_corrections_add_up_and_none_is_overwritten(dossier: str) -> None:
    seoul = source(dossier)
    commit(dossier, "--correct", seoul, "--then", "transfer(KOR -> UKR, arms)")
    commit(dossier, "--correct", seoul[:6], "--force", "policy")
    corrected = board(dossier, "--as-of", "2024-06-30")["KOR"]
    assert (corrected["then"], corrected["force"]) == ("transfer(KOR -> UKR, arms, delivered)", "policy")
    first, second = lines("commit", dossier)
    assert first["superseded_by"] == second["id"]
    assert (first["reason"], first["decided_by"], first["decided_on"]) == ("read twice", "K. Analyst", "2024-12-01")
    assert "superseded by" in run("commit", dossier)


def test_verdicts_follow_one_another(dossier: str) -> None:
    warsaw = str(board(dossier)["POL"]["id"])
    commit(dossier, "--reject", warsaw)
    assert "POL" not in board(dossier)
    assert "was rejected" in run("commit", dossier, "--withdraw", warsaw, "--day", "2024-09-01", *WHO, code=1)
    commit(dossier, "--accept", warsaw)
    assert board(dossier)["POL"]["state"] == "standing"
    commit(dossier, "--withdraw", warsaw, "--day", "2024-09-01")
    assert board(dossier, "--as-of", "2024-08-31")["POL"]["state"] == "standing"
    gone = board(dossier)["POL"]
    assert (gone["state"], gone["since"]) == ("withdrawn", "2024-09-01")
    seoul = source(dossier)
    commit(dossier, "--merge", warsaw, "--into", seoul)
    assert list(board(dossier)) == ["KOR"]
    assert "merged into" in run("commit", dossier, "--merge", seoul, "--into", warsaw, *WHO, code=1)
    assert len(lines("commit", dossier)) == 4


def test_a_declared_event_sets_off_what_waits_for_its_words(dossier: str) -> None:
    commit(dossier, "--event", "The price is right.", "--day", "2024-08-15")
    warsaw = board(dossier)["POL"]
    assert (warsaw["state"], warsaw["since"]) == ("triggered", "2024-08-15")
    event = str(warsaw["evidence"][0]["entry"])
    assert event.startswith("ev-")
    commit(dossier, "--reject", event)
    assert board(dossier)["POL"]["state"] == "standing"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--debtor", "KOR"), "--debtor and --then"),
        (("--debtor", "KOR", "--then", "transfer(KOR -> UKR, arms)", *WHO), "--source ENTRY"),
        (("--debtor", "Rusia", "--then", "transfer(KOR -> UKR, arms)", "--source", "x", *WHO), "No actor is called"),
        (("--debtor", "KOR", "--then", "transfer(KOR -> ", "--source", "x", *WHO), "ends too early"),
        (("--reject", "cm-nothing", *WHO), "No commitment has the id"),
        (("--reject", "cm-1", "--accept", "cm-1"), "cannot be had together"),
        (("--merge", "cm-1"), "--merge ID and --into ID go together"),
        (("--reject", "cm-1", "--then", "x"), "--then does not go with --reject"),
        (("--reject", "cm-1", "--day", "2024"), "do not go with --reject"),
        (("--author", "K."), "--author goes with a decision"),
        (("--event", "rain", *WHO), "On which day was that?"),
        (("--event", "rain", "--day", "2024-02-30", *WHO), "no day of the calendar"),
        (("--event", "rain", "--day", "2024-02-20", "--author", "K.", "--on", "2024-12-01"), "needs its reason"),
        (("--event", "rain", "--day", "2024-02-20", "--reason", "wet", "--on", "2024-12-01"), "stands for it"),
        (("--event", "rain", "--day", "2024-02-20", "--reason", "wet", "--author", "K.", "--on", "soon"), "--on needs"),
    ],
)
def test_refused_decisions_say_what_to_do_and_store_nothing(
    dossier: str, arguments: tuple[str, ...], told: str
) -> None:
    assert told in run("commit", dossier, *arguments, code=1)
    assert lines("commit", dossier) == []


def test_a_term_in_days_has_to_be_one(dossier: str) -> None:
    seoul = source(dossier)
    for within in ("soon", "0", "-3d", "9" * 9):
        assert "--within needs a number of days" in run(
            "commit", dossier, "--correct", seoul, f"--within={within}", *WHO, code=1
        )
    both = ("--by", "2025", "--within", "3d")
    assert "cannot be had together" in run("commit", dossier, "--correct", seoul, *both, *WHO, code=1)
    commit(dossier, "--correct", seoul, "--within", "30")
    assert board(dossier)["KOR"]["due"] is not None


def test_a_decision_on_what_no_reading_finds_is_named(dossier: str) -> None:
    from materiel.register import append_decision, open_dossier

    with open_dossier(Path(dossier)) as opened, opened.transaction() as connection:
        value = json.dumps({"act": "reject"})
        append_decision(
            connection, "verdict", "cm-00000000", value, reason="gone", decided_by="K.", decided_on="2024-12-01"
        )
    result = CliRunner().invoke(app, ["board", dossier])
    assert "is about cm-00000000, which no reading finds any more" in result.stderr


def test_an_undated_dossier_asks_for_a_day(tmp_path: Path, dossier: str) -> None:
    (tmp_path / "bare.txt").write_text("Nothing here has a date, and nobody promises anything.\n", "utf-8")
    run("read", "bare.txt", "--into", "bare.sqlite")
    assert "Give --as-of DATE" in run("board", "bare.sqlite", code=1)
    assert "No commitment" in run("board", "bare.sqlite", "--as-of", "2024")
