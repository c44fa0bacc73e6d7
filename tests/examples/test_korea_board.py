"""The board of the bundled example, read by the rules and decided on by its analyst, through the command."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples" / "korea-2024"
MATERIEL = Path(sys.executable).parent / "materiel"
DELIVERY = "transfer(RUS -> PRK, precision, delivered)"
SEOUL = "cm-a7c49daf"
PACT = {"RUS": "cm-6eca21a7", "PRK": "cm-44ed4814"}


def materiel(*arguments: str | Path) -> str:
    environment = os.environ | {"COLUMNS": "100", "NO_COLOR": "1"}
    return subprocess.run([MATERIEL, *arguments], check=True, capture_output=True, text=True, env=environment).stdout


def lines(*arguments: str | Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in materiel(*arguments, "--json").splitlines()]


def board(dossier: Path, *options: str) -> dict[str, dict[str, Any]]:
    return {line["id"]: line for line in lines("board", dossier, *options)}


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
    seoul = board(read, "--as-of", "2024-06-23", "--known-by", "2024-06-23")[SEOUL]
    assert (seoul["debtor"], seoul["state"], seoul["since"]) == ("KOR", "standing", "2024-06-23")
    assert seoul["when"] == DELIVERY
    assert [(lack["kind"], lack["what"]) for lack in seoul["missing"]] == [
        ("happening", "Russia delivers precision weapons to North Korea: nobody reports it")
    ]


def test_the_pacts_trigger_is_a_commitment_of_both(read: Path) -> None:
    shown = board(read, "--as-of", "2024-06-23", "--known-by", "2024-06-23")
    for debtor, identity in PACT.items():
        assert (shown[identity]["debtor"], shown[identity]["state"]) == (debtor, "standing")
        assert "invaded" in shown[identity]["when_words"]


def test_asked_as_known_on_1_june_nothing_of_it_is_there(read: Path, decided: Path) -> None:
    for dossier in (read, decided):
        assert board(dossier, "--known-by", "2024-06-01") == {}
        assert board(dossier, "--as-of", "2024-06-23", "--known-by", "2024-06-01") == {}


def test_the_imagined_delivery_triggers_it_even_without_an_analyst(read: Path) -> None:
    first = lines("whatif", read, DELIVERY, "--as-of", "2024-06-23")[0]
    assert [(move["id"], move["before"], move["after"]) for move in first["moves"]] == [
        (SEOUL, "standing", "triggered")
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


def test_the_analysts_decisions_are_shown_with_their_reasons(decided: Path) -> None:
    shown = board(decided, "--as-of", "2024-06-23")
    assert shown[SEOUL]["then"] == "transfer(KOR -> UKR, arms, delivered)"
    assert {decision["decides"].get("act", "correct") for decision in shown[SEOUL]["decisions"]} == {"correct", "merge"}
    assert shown[PACT["RUS"]]["when"] == 'event("armed attack on North Korea")'
    assert "cm-3d123ad1" not in shown
    assert len(lines("commit", decided)) == 8
