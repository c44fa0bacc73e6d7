"""The articles of gold/reports, dispatches and bulletins are well formed, quote exactly, and repeat no other gold."""

from __future__ import annotations

import json
import re
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from materiel.terms.materiel import materiel_classes
from materiel.terms.statements import Assertion, Attitude, Force, MeasureName, PactKind, PactStatus, Stage

ROOT = Path(__file__).parents[2]
REPORTS = [
    path
    for folder in ("reports", "dispatches", "bulletins")
    for path in sorted((ROOT / "gold" / folder).glob("*.jsonl"))
]
KINDS = ("transfers", "commitments", "pacts", "stances", "measures")
EVERY_FOURTH = 4
RUN_OF_WORDS = 9

Report = dict[str, Any]


@cache
def reports(path: Path) -> tuple[Report, ...]:
    return tuple(json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())


def runs(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"[^\W\d_]+", text.lower())
    return {tuple(words[i : i + RUN_OF_WORDS]) for i in range(len(words) - RUN_OF_WORDS + 1)}


def test_there_are_reports() -> None:
    assert len(REPORTS) >= 10


def test_ids_are_unique() -> None:
    ids = [report["id"] for path in REPORTS for report in reports(path)]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_form(path: Path) -> None:
    for report in reports(path):
        style, number = report["id"].rsplit("-", 1)
        assert style == path.stem
        assert report["set"] == ("aside" if int(number) % EVERY_FOURTH == 0 else "develop")
        date.fromisoformat(report["published"])
        assert report["text"].split("\n")[0].strip() == report["title"]
        assert set(report) == {"id", "set", "published", "publisher", "title", "text", *KINDS}


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_quotes_are_verbatim(path: Path) -> None:
    for report in reports(path):
        for kind in KINDS:
            for item in report[kind]:
                assert item["quote"], report["id"]
                assert item["quote"] in report["text"], (report["id"], item["quote"])


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_values_are_those_of_the_vocabulary(path: Path) -> None:
    for report in reports(path):
        for item in report["transfers"]:
            assert item["materiel"]
            assert set(item["materiel"]) <= set(materiel_classes()), (report["id"], item["materiel"])
            Stage(item["stage"]), Assertion(item["assertion"])
        for item in report["commitments"]:
            Force(item["force"])
            for side in ("antecedent", "consequent"):
                assert item[side]["kind"] in {"transfer", "event", "policy"}
        for item in report["pacts"]:
            PactKind(item["kind"]), PactStatus(item["status"])
            assert len(item["parties"]) > 1
        for item in report["stances"]:
            Attitude(item["stance"])
        for item in report["measures"]:
            MeasureName(item["measure"])
            assert isinstance(item["value"], int | float)


def test_reports_repeat_nothing_of_articles_and_examples() -> None:
    folders = (ROOT / "gold" / "articles", ROOT / "examples" / "korea-2024")
    known = {run for folder in folders for path in folder.glob("*.txt") for run in runs(path.read_text("utf-8"))}
    for path in REPORTS:
        for report in reports(path):
            shared = runs(report["text"]) & known
            assert not shared, (report["id"], sorted(shared)[:3])
