"""The passages under gold/passages are well formed, quote exactly, and repeat nothing of the articles."""

from __future__ import annotations

import dataclasses
import json
import re
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from materiel.terms.materiel import materiel_classes
from materiel.terms.statements import (
    Assertion,
    Attitude,
    Force,
    MeasureName,
    PactKind,
    PactStatus,
    Stage,
    Transfer,
)

GOLD = Path(__file__).parents[2] / "gold"
PHENOMENA = (
    "active-supply",
    "passive-supply",
    "nominal-supply",
    "light-verbs",
    "dative-and-with-frames",
    "coordination",
    "nested-packages",
    "lists-after-colon",
    "restraint",
    "conditionals",
    "negation",
    "denial",
    "hedges",
    "reported-speech",
    "anaphora",
    "metonymy",
    "firms",
    "collectives",
    "via-and-backfill",
    "co-production-and-licence",
    "halts-and-resumptions",
    "quantities-and-money",
    "relative-dates",
    "pacts",
    "stances",
    "measures",
    "requests-and-talks",
    "orders-and-contracts",
    "approvals-and-packages",
    "wire-1980s",
    "glued-and-machine-translated",
    "distractors",
)
KINDS = ("transfers", "commitments", "pacts", "stances", "measures")
OPTIONAL_SLOTS = {"value", "currency", "supplier_name", "recipient_name"}
TRANSFER_SLOTS = {field.name for field in dataclasses.fields(Transfer)} - OPTIONAL_SLOTS | {"speaker", "quote"}
RUN_OF_WORDS = 8

Passage = dict[str, Any]


@cache
def passages(phenomenon: str) -> tuple[Passage, ...]:
    lines = (GOLD / "passages" / f"{phenomenon}.jsonl").read_text(encoding="utf-8").splitlines()
    return tuple(json.loads(line) for line in lines)


def all_passages() -> list[Passage]:
    return [passage for phenomenon in PHENOMENA for passage in passages(phenomenon)]


def items(passage: Passage) -> list[dict[str, Any]]:
    return [item for kind in KINDS for item in passage[kind]]


def runs(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[i : i + RUN_OF_WORDS]) for i in range(len(words) - RUN_OF_WORDS + 1)}


def assert_materiel(names: list[str]) -> None:
    assert names
    assert set(names) <= set(materiel_classes())


def assert_clause(clause: dict[str, Any]) -> None:
    if clause["kind"] == "transfer":
        assert set(clause) == {"kind", "supplier", "recipient", "materiel"}
        assert_materiel(clause["materiel"])
    else:
        assert clause["kind"] in {"event", "policy"}
        assert set(clause) == {"kind", "who", "what"}
        assert clause["what"]


def test_every_phenomenon_has_its_file_and_no_other_is_there() -> None:
    assert sorted(path.stem for path in (GOLD / "passages").glob("*.jsonl")) == sorted(PHENOMENA)


def test_ids_are_unique() -> None:
    ids = [passage["id"] for passage in all_passages()]
    assert len(ids) == len(set(ids))


def test_no_text_is_there_twice() -> None:
    texts = [passage["text"] for passage in all_passages()]
    assert len(texts) == len(set(texts))


@pytest.mark.parametrize("phenomenon", PHENOMENA)
def test_form(phenomenon: str) -> None:
    found = passages(phenomenon)
    assert len(found) >= 12
    for number, passage in enumerate(found, start=1):
        assert set(passage) == {"id", "set", "published", "text", *KINDS}
        assert passage["id"] == f"{phenomenon}-{number:02d}"
        assert passage["set"] == ("aside" if number % 2 else "develop")
        assert 1985 <= date.fromisoformat(passage["published"]).year <= 2025
        assert passage["text"].strip() == passage["text"] != ""


@pytest.mark.parametrize("phenomenon", PHENOMENA)
def test_quotes_are_exact_and_speakers_are_named_in_the_text(phenomenon: str) -> None:
    for passage in passages(phenomenon):
        for item in items(passage):
            assert item["quote"]
            assert item["quote"] in passage["text"], (passage["id"], item["quote"])
            if item.get("speaker") is not None:
                assert item["speaker"] in passage["text"], (passage["id"], item["speaker"])


@pytest.mark.parametrize("phenomenon", PHENOMENA)
def test_transfers_have_legal_values(phenomenon: str) -> None:
    for passage in passages(phenomenon):
        seen = set()
        for item in passage["transfers"]:
            assert TRANSFER_SLOTS <= set(item) <= TRANSFER_SLOTS | OPTIONAL_SLOTS
            assert_materiel(item["materiel"])
            assert item["stage"] in list(Stage)
            assert item["assertion"] in list(Assertion)
            assert item["unit"] is None or item["quantity"] is not None
            assert ("value" in item) == ("currency" in item)
            assert item["date"] is None or re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", item["date"]), passage["id"]
            key = json.dumps({slot: item.get(slot) for slot in sorted(item) if slot != "quote"})
            assert (key, item["quote"]) not in seen, (passage["id"], item["quote"])
            seen.add((key, item["quote"]))


@pytest.mark.parametrize("phenomenon", PHENOMENA)
def test_the_other_kinds_have_legal_values(phenomenon: str) -> None:
    for passage in passages(phenomenon):
        for item in passage["commitments"]:
            assert item["force"] in list(Force)
            assert_clause(item["antecedent"])
            assert_clause(item["consequent"])
        for item in passage["pacts"]:
            assert item["parties"]
            assert item["kind"] in list(PactKind)
            assert item["status"] in list(PactStatus)
        for item in passage["stances"]:
            assert item["stance"] in list(Attitude)
            assert item["holder"] is not None
        for item in passage["measures"]:
            assert item["measure"] in list(MeasureName)
            assert isinstance(item["value"], int | float)


@pytest.mark.parametrize("phenomenon", [name for name in PHENOMENA if name != "distractors"])
def test_a_phenomenon_is_there_to_be_found(phenomenon: str) -> None:
    assert all(items(passage) for passage in passages(phenomenon))


def test_distractors_report_nothing() -> None:
    assert not [passage["id"] for passage in passages("distractors") if items(passage)]


def test_no_passage_repeats_eight_words_of_an_article() -> None:
    written = set().union(
        *(runs(path.read_text(encoding="utf-8")) for path in sorted((GOLD / "articles").glob("*.[th]*")))
    )
    assert written
    assert [passage["id"] for passage in all_passages() if runs(passage["text"]) & written] == []
