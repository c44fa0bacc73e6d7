"""The board of the bundled example, read by the rules and decided on by its analyst, through the command."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from lxml import html

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples" / "korea-2024"
MATERIEL = Path(sys.executable).parent / "materiel"
DELIVERY = "transfer(RUS -> PRK, precision, delivered)"
SEOUL = ("KOR", "no line left")
PACT = {debtor: (debtor, "invaded by one or several states") for debtor in ("RUS", "PRK")}


def materiel(*arguments: str | Path) -> str:
    environment = os.environ | {"COLUMNS": "100", "NO_COLOR": "1"}
    return subprocess.run([MATERIEL, *arguments], check=True, capture_output=True, text=True, env=environment).stdout


def lines(*arguments: str | Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in materiel(*arguments, "--json").splitlines()]


def board(dossier: Path, *options: str) -> dict[str, dict[str, Any]]:
    return {line["id"]: line for line in lines("board", dossier, *options)}


def said(shown: dict[str, dict[str, Any]], what: tuple[str, str]) -> dict[str, Any]:
    """The commitment of a debtor whose quote has these words: ids change as reading does."""
    debtor, words = what
    (found,) = (
        line
        for line in shown.values()
        if line["debtor"] == debtor and any(words in (each["quote"] or "") for each in line["said"])
    )
    return found


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("korea") / "read.sqlite"
    materiel("read", EXAMPLE, "--into", path)
    return path


@pytest.fixture(scope="module")
def decided(read: Path) -> Path:
    path = read.with_name("decided.sqlite")
    path.write_bytes(read.read_bytes())
    subprocess.run([EXAMPLE / "decisions.sh", path, MATERIEL], check=True, capture_output=True)
    return path


def test_on_23_june_seouls_commitment_stands_with_the_missing_happening_named(read: Path) -> None:
    seoul = said(board(read, "--as-of", "2024-06-23", "--known-by", "2024-06-23"), SEOUL)
    assert (seoul["debtor"], seoul["state"], seoul["since"]) == ("KOR", "standing", "2024-06-23")
    assert seoul["when"] == DELIVERY
    assert [(lack["kind"], lack["what"]) for lack in seoul["missing"]] == [
        ("happening", "Russia delivers precision weapons to North Korea: nobody reports it")
    ]


def test_the_pacts_trigger_is_a_commitment_of_both(read: Path) -> None:
    shown = board(read, "--as-of", "2024-06-23", "--known-by", "2024-06-23")
    for debtor, words in PACT.items():
        clause = said(shown, words)
        assert (clause["debtor"], clause["state"]) == (debtor, "standing")
        assert "invaded" in clause["when_words"]


def test_asked_as_known_on_1_june_nothing_of_it_is_there(read: Path, decided: Path) -> None:
    for dossier in (read, decided):
        assert board(dossier, "--known-by", "2024-06-01") == {}
        assert board(dossier, "--as-of", "2024-06-23", "--known-by", "2024-06-01") == {}


def test_the_imagined_delivery_triggers_it_even_without_an_analyst(read: Path) -> None:
    first = lines("whatif", read, DELIVERY, "--as-of", "2024-06-23")[0]
    seoul = said(board(read, "--as-of", "2024-06-23"), SEOUL)
    assert [(move["id"], move["before"], move["after"]) for move in first["moves"]] == [
        (seoul["id"], "standing", "triggered")
    ]


def test_the_ladder_shows_what_follows_for_moscow_and_pyongyang(decided: Path) -> None:
    rungs = lines("whatif", decided, DELIVERY, "--as-of", "2024-06-23")
    assert [rung["supposed"] for rung in rungs] == [
        ["Russia delivers precision weapons to North Korea"],
        ["South Korea delivers arms to Ukraine"],
        ["Russia delivers technology and know-how to North Korea"],
    ]
    turned = [
        {(move["commitment"]["debtor"], move["before"], move["after"]) for move in rung["moves"]} for rung in rungs
    ]
    assert turned == [
        {("KOR", "standing", "triggered")},
        {("KOR", "triggered", "kept"), ("RUS", "standing", "triggered")},
        {("RUS", "triggered", "kept")},
    ]
    shown = materiel("whatif", decided, DELIVERY, "--as-of", "2024-06-23")
    assert "3. Russia delivers technology and know-how to North Korea" in shown


def test_what_follows_does_not_hang_on_naming_the_last_day(read: Path, decided: Path) -> None:
    """No denial of the record contests what is imagined, whichever day it is imagined on."""
    for dossier, seouls in ((read, "triggered"), (decided, "kept")):  # only the decided one knows what would keep it
        last = lines("whatif", dossier, DELIVERY)
        assert lines("whatif", dossier, DELIVERY, "--as-of", last[0]["as_of"]) == last
        turned = {(move["commitment"]["debtor"], move["after"]) for move in last[0]["moves"]}
        assert ("KOR", seouls) in turned


def test_the_chains_show_the_same_ladder(decided: Path) -> None:
    shown = board(decided, "--as-of", "2024-06-23", "--known-by", "2024-06-23")
    found = lines("board", decided, "--chains", "--as-of", "2024-06-23", "--known-by", "2024-06-23")
    (ladder,) = (each for each in found if each["sort"] == "ladder" and each["event"] == DELIVERY)
    rungs = [[(shown[each]["debtor"], shown[each]["then_words"]) for each in rung] for rung in ladder["rungs"]]
    assert rungs == [
        [("KOR", "South Korea delivers arms to Ukraine")],
        [("RUS", "Russia delivers technology and know-how to North Korea")],
    ]
    assert all(len(each["sets"][0]) == 1 for each in found if each["sort"] == "smallest")


def test_what_was_done_without_an_attack_does_not_keep_the_pact(decided: Path) -> None:
    shown = board(decided)
    for words in PACT.values():
        clause = said(shown, words)
        assert (clause["state"], clause["force"]) == ("standing", "promise")
        assert clause["missing"][0]["what"].endswith("no analyst has declared it")


def test_the_report_shows_the_cards_and_the_ladder(decided: Path, tmp_path: Path) -> None:
    page = tmp_path / "briefing.html"
    materiel("report", decided, "-o", page)
    (section,) = html.document_fromstring(page.read_text("utf-8")).xpath("//section[@id='commitments']")
    shown = board(decided)
    for words in (SEOUL, *PACT.values()):
        clause = said(shown, words)
        (card,) = section.xpath(f".//article[@id='on-{clause['id']}']")
        text = " ".join(card.text_content().split())
        assert "Standing since" in text
        for told in (clause["when_words"], clause["then_words"], clause["missing"][0]["what"], words[1]):
            assert told in text
    ladder = [item.text_content().strip() for item in section.xpath(".//figure[@class='ladder'][1]//li")]
    assert ladder[:3] == [
        "If Russia delivers precision weapons to North Korea",
        "South Korea: South Korea delivers arms to Ukraine",
        "Russia: Russia delivers technology and know-how to North Korea",
    ]


def test_the_analysts_decisions_are_shown_with_their_reasons(decided: Path) -> None:
    shown = board(decided, "--as-of", "2024-06-23")
    seoul = said(shown, SEOUL)
    assert seoul["then"] == "transfer(KOR -> UKR, arms, delivered)"
    assert {decision["decides"].get("act", "correct") for decision in seoul["decisions"]} == {"correct", "merge"}
    assert said(shown, PACT["RUS"])["when"] == 'event("armed attack on North Korea")'
    assert not any(
        "only in the event of aggression" in (each["quote"] or "") for c in shown.values() for each in c["said"]
    )
    assert len(lines("commit", decided)) == 8
