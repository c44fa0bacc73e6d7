"""From a dossier to an outlook through the command: draft, be asked for the blanks, fill them, run."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner

from materiel.cli import app
from materiel.terms.documents import Document
from materiel.terms.statements import (
    Claim,
    Clause,
    Commitment,
    Force,
    Measure,
    MeasureName,
    Pact,
    PactKind,
    PactStatus,
    Stage,
    Statement,
    Transfer,
)

LINE = "Seoul will arm Kyiv if Moscow gives Pyongyang precision weapons"
HELMETS = "Seoul has sent Kyiv helmets"
BAN = "Seoul has given Kyiv no weapons"
SHELLS = "Pyongyang has shipped 11,000 containers of shells to Moscow"
MORE = "By autumn it was 13,000 containers of shells from Pyongyang to Moscow"
TANKS = "Warsaw ordered 180 tanks from Seoul for 3.4 billion dollars"
MEN = "Pyongyang has 10,000 men in the west"
OTHER_MEN = "Eleven thousand northern soldiers, another count says"
PACT = "Moscow and Pyongyang signed a pact; attacked, each helps the other"
CLAIMS: dict[str, Claim] = {
    LINE: Commitment(
        "KOR",
        Force.PROMISE,
        Clause("transfer", "RUS", "PRK", ("precision",)),
        Clause("transfer", "KOR", "UKR", ("arms",)),
    ),
    HELMETS: Transfer("KOR", "UKR", ("nonlethal.protective",), Stage.DELIVERED),
    BAN: Transfer("KOR", "UKR", ("arms",), Stage.WITHHELD),
    SHELLS: Transfer("PRK", "RUS", ("artillery.ammunition",), Stage.DELIVERED, quantity=11000, unit="containers"),
    MORE: Transfer("PRK", "RUS", ("artillery.ammunition",), Stage.DELIVERED, quantity=13000, unit="containers"),
    TANKS: Transfer("KOR", "POL", ("armour.tank",), Stage.ORDERED, quantity=180, unit="tanks", value_usd=3.4e9),
    MEN: Measure("PRK", MeasureName.PERSONNEL, 10000, "men"),
    OTHER_MEN: Measure("PRK", MeasureName.PERSONNEL, 11000, "soldiers"),
    PACT: Pact(("PRK", "RUS"), PactKind.MUTUAL_DEFENCE, PactStatus.SIGNED, "2024-06-19", "attacked"),
}
ARTICLES = {
    "one": ("2024-06-23", [LINE, HELMETS, BAN, SHELLS, PACT], "The harbour was quiet, and a watchman counted cranes."),
    "two": ("2024-10-24", [MORE, TANKS, MEN], "Satellite pictures show wagons queueing while snow covers sheds."),
    "three": ("2024-11-08", [OTHER_MEN], "A spokeswoman read two sentences from a sheet and took no questions."),
}
FILLING = {"share": 0.5, "per week": 0.05, "weeks": 3, "pieces": 500, "pieces per week": 5, "people": 100}


def find_known_sentences(document: Document) -> list[Statement]:
    """A reader that knows these sentences, so that the tests say nothing about the rules."""
    return [
        Statement(document.id, claim, quote, start, start + len(quote), "test@1")
        for quote, claim in CLAIMS.items()
        if (start := document.text.find(quote)) >= 0
    ]


@pytest.fixture
def dossier(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr("materiel.desk.collect.read_documents", lambda found: list(map(find_known_sentences, found)))
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("COLUMNS", raising=False)
    for name, (day, sentences, colour) in ARTICLES.items():
        text = f"{'. '.join(sentences)}. {colour}"
        line = {"title": name, "text": text, "published": day, "publisher": f"Outlet {name}", "id": name}
        (tmp_path / f"{name}.jsonl").write_text(json.dumps(line) + "\n", "utf-8")
    run("read", *(f"{name}.jsonl" for name in ARTICLES), "--into", "k.sqlite")
    return "k.sqlite"


def run(*arguments: str, code: int = 0) -> str:
    result = CliRunner().invoke(app, list(arguments))
    assert result.exit_code == code, result.output + repr(result.exception)
    return result.output if code == 0 else result.stderr


def plain(file: str) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(Path(file).read_text("utf-8"))
    return loaded


def fill(part: Any) -> Any:
    """A draft with a value in the place of every blank."""
    if isinstance(part, list):
        return [fill(each) for each in part]
    if not isinstance(part, dict):
        return part
    if "blank" in part:
        return {"value": FILLING[part["unit"]], "unit": part["unit"], "assumption": "Filled by a test."}
    # A reader of YAML 1.1 takes the field `on` for true.
    return {"on" if key is True else key: fill(each) for key, each in part.items()}


def test_from_the_dossier_to_an_outlook(dossier: str) -> None:
    said = run("scenario", dossier, "-o", "draft.yaml", "--weeks", "40")
    blanks = Path("draft.yaml").read_text("utf-8").count("blank: ")
    assert f"Wrote draft.yaml: 3 numbers from the register, {blanks} blanks to fill" in said

    refusal = run("outlook", "draft.yaml", "--members", "50", code=1)
    assert "routes.prk_rus_artillery_ammunition.limit" in refusal
    assert "11,000 containers" in refusal
    assert "13,000 containers" in refusal
    assert "draft.yaml" in refusal
    assert "Traceback" not in refusal

    Path("whole.yaml").write_text(yaml.safe_dump(fill(plain("draft.yaml"))), "utf-8")
    shown = run("outlook", "whole.yaml", "--members", "200", "--engine", "arrays")
    assert "evidence in the register" in shown
    shares = {
        (line["commitment"], line["state"]): line["share"]
        for line in lines("outlook", "whole.yaml", "--members", "200", "--engine", "arrays")
        if line["kind"] == "commitment"
    }
    (seoul,) = {commitment for commitment, _ in shares if commitment.startswith("cm-")}
    # A hazard of 0.05 a week for 40 weeks, three of them on the way; then a debtor who acts in half of the members, and
    # a ban that an event of the same hazard may end before.
    assert 0.7 < shares[seoul, "triggered"] < 0.95
    assert 0.3 < shares[seoul, "kept"] < shares[seoul, "triggered"]


def test_a_briefing_names_the_evidence_that_its_dossier_does_not_have(dossier: str) -> None:
    run("scenario", dossier, "-o", "draft.yaml", "--weeks", "12")
    whole = fill(plain("draft.yaml"))
    Path("whole.yaml").write_text(yaml.safe_dump(whole), "utf-8")
    said = run("report", dossier, "--scenario", "whole.yaml", "--members", "20")
    assert "The dossier has no entry" not in said
    assert "The dossier has no entry" not in Path("briefing.html").read_text("utf-8")

    (known, *_) = whole["commitments"][0]["evidence"]
    text = Path("whole.yaml").read_text("utf-8").replace(known, "cm-00000000")
    Path("elsewhere.yaml").write_text(text, "utf-8")
    said = run("report", dossier, "--scenario", "elsewhere.yaml", "--members", "20")
    (line,) = [line for line in said.splitlines() if "no entry" in line]
    assert line.startswith("The dossier has no entry cm-00000000, which the scenario names as evidence of commitments.")
    assert line in Path("briefing.html").read_text("utf-8")


def lines(*arguments: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in run(*arguments, "--json").splitlines()]


def test_evidence_ranges_and_blanks(dossier: str) -> None:
    run("scenario", dossier, "-o", "draft.yaml")
    entries = {line["id"]: line for line in lines("register", dossier)}
    draft = plain("draft.yaml")
    troops = draft["numbers"]["prk_personnel"]
    assert troops["uniform"] == [10000, 11000]
    assert len(troops["evidence"]) == 2
    assert {entries[each]["kind"] for each in troops["evidence"]} == {"measure"}
    (order,) = draft["orders"]
    assert entries[draft["numbers"][order["quantity"].removeprefix("$")]["evidence"]]["kind"] == "transfer"
    assert order["unit_value"] == "$kor_pol_armour_tank_order_value / $kor_pol_armour_tank_order_told"
    (switch,) = fill(draft["switches"])
    assert 'event("South Korea acts on cm-' in switch["on"]
    (arms,) = (each for each in draft["routes"] if each["materiel"] == "arms" and each["supplier"] == "KOR")
    assert arms["when"] == f"state(KOR, {switch['name']}) >= 1"
    seoul = next(each for each in draft["commitments"] if each["debtor"] == "KOR")
    assert seoul["antecedent"] == "transfer(RUS -> PRK, precision, delivered)"
    assert set(seoul["evidence"]) <= set(entries)
    # Both sides of the pact stand: the shells that Pyongyang sent without an attack on Russia keep nothing.
    clauses = sorted(each["antecedent"] for each in draft["commitments"] if each["id"].startswith("pa-"))
    assert clauses == ['event("armed attack on North Korea")', 'event("armed attack on Russia")']
    assert draft["so_far"] == ["pact(PRK, RUS, mutual-defence, signed)"]
    assert draft["start"].isoformat() == "2024-11-08"


def test_two_clocks(dossier: str) -> None:
    run("scenario", dossier, "-o", "june.yaml", "--as-of", "2024-06-30")
    june = plain("june.yaml")
    assert june["start"].isoformat() == "2024-06-30"
    assert "orders" not in june
    assert "numbers" not in june
    route = next(each for each in june["routes"] if each["supplier"] == "PRK")
    assert "11,000 containers" in route["limit"]["blank"]
    assert "13,000" not in route["limit"]["blank"]
    run("scenario", dossier, "-o", "known.yaml", "--as-of", "2024-12-31", "--known-by", "2024-10-31")
    assert plain("known.yaml")["numbers"]["prk_personnel"]["value"] == 10000


def test_the_same_dossier_gives_the_same_bytes(dossier: str) -> None:
    run("scenario", dossier, "-o", "one.yaml")
    run("scenario", dossier, "-o", "two.yaml")
    assert Path("one.yaml").read_bytes() == Path("two.yaml").read_bytes()


def test_a_file_with_filled_blanks_is_not_written_over(dossier: str) -> None:
    Path("draft.yaml").write_text("mine", "utf-8")
    assert "--replace" in run("scenario", dossier, "-o", "draft.yaml", code=1)
    assert Path("draft.yaml").read_text("utf-8") == "mine"
    run("scenario", dossier, "-o", "draft.yaml", "--replace")
    assert Path("draft.yaml").read_text("utf-8").startswith("#")


@pytest.mark.parametrize(
    ("options", "why"),
    [
        (("--weeks", "0"), "--weeks 0"),
        (("--weeks", "521"), "--weeks 521"),
        (("--as-of", "summer"), "summer"),
        (("--as-of", "2020-01-01"), "no supply, order or commitment as of 2020-01-01"),
        (("-o", "nowhere/draft.yaml"), "nowhere/draft.yaml"),
    ],
)
def test_what_cannot_be_drafted_is_refused_in_a_line(dossier: str, options: tuple[str, ...], why: str) -> None:
    refusal = run("scenario", dossier, "-o", "draft.yaml", *options, code=1)
    assert why in refusal
    assert len(refusal.splitlines()) == 1
    assert not Path("draft.yaml").exists()


def test_no_dossier_is_refused(tmp_path: Path) -> None:
    assert "no such dossier" in run("scenario", str(tmp_path / "none.sqlite"), "-o", str(tmp_path / "d.yaml"), code=1)
