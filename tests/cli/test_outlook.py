"""``materiel outlook`` from end to end, on a small scenario."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from materiel.cli import app

SCENARIO = Path(__file__).parents[1] / "outlook" / "two-lines.yaml"
SOOTHSAYING = re.compile(r"\b(predict\w*|forecast\w*|will|going to|expect\w*)\b", re.IGNORECASE)


@pytest.fixture
def scenario(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    Path("two-lines.yaml").write_text(SCENARIO.read_text("utf-8"), "utf-8")
    return "two-lines.yaml"


def run(*arguments: str, code: int = 0) -> tuple[str, str]:
    result = CliRunner().invoke(app, ["outlook", *arguments])
    assert result.exit_code == code, result.output + repr(result.exception)
    return result.stdout, result.stderr


def records(*arguments: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in run(*arguments, "--json")[0].splitlines()]


def test_the_tables(scenario: str) -> None:
    shown, told = run(scenario, "--members", "300")
    assert told == "", "nothing but answers where all goes well"
    assert shown.startswith("Two lines: 300 members, 60 weeks from 2024-07-01, seed 1\n")
    assert re.search(r"\n  triggered +\d+ % \(\d+ to \d+\) likely +\d+ % \(\d+ to \d+\) likely", shown)
    assert re.search(r"\n  kept .* 0 % \(0 to 1.3\) almost no chance", shown)
    assert "What never changes against as said, on the same draws" in shown
    assert "≥ 200 thousand rounds" in shown
    assert shown.rstrip().splitlines()[-3:-1] == [
        "1 of 19 numbers (5 %) rests on a public source.",
        "14 of 19 numbers (74 %) are assumptions.",
    ]
    assert max(len(line.rstrip()) for line in shown.splitlines()) <= 100


def test_every_answer_prints_where_the_numbers_come_from(scenario: str) -> None:
    for extra in ((), ("--story", "2"), ("--discovery",), ("--policy", "never")):
        assert "14 of 19 numbers (74 %) are assumptions." in run(scenario, "--members", "50", *extra)[0]
    assert records(scenario, "--members", "50")[0]["basis"] == {"evidence": 1, "source": 1, "assumption": 14, "none": 3}


def test_no_output_says_what_comes(scenario: str) -> None:
    pytest.importorskip("SALib")
    asked = ("--sensitivity", "--base", "16", "--discovery", "--needed", "0.5", "--story", "1")
    shown, _ = run(scenario, "--members", "100", *asked, "-o", "page.html")
    for text in (shown, run(scenario, "--members", "100", *asked, "--json")[0], Path("page.html").read_text("utf-8")):
        assert SOOTHSAYING.findall(text) == []
        assert "confiden" not in text


def test_json_holds_the_same(scenario: str) -> None:
    listed = records(scenario, "--members", "200", "--by", "2025-01-31")
    first = listed[0]
    assert (first["kind"], first["members"], first["seed"], first["by"]) == ("scenario", 200, 1, "2025-01-31")
    assert first["failed"] == {"as said": {}, "never": {}}
    chances = [one for one in listed if one["kind"] == "commitment"]
    kept = next(
        one for one in chances if (one["policy"], one["commitment"], one["state"]) == ("never", "seoul", "kept")
    )
    assert kept["share"] == 0 == kept["count"] == kept["failed"]
    assert 0 < kept["high"] < 0.02
    assert kept["words"] == "almost no chance"
    (difference,) = [
        one for one in listed if one["kind"] == "difference" and one["name"] == "short" and one["of"] == "mean"
    ]
    assert difference["low"] < difference["change"] < difference["high"]
    assert difference["pairs"] == 200
    fan = next(one for one in listed if one["kind"] == "fan" and one["name"] == "stock UKR shell")
    assert [len(row) for row in fan["quantiles"].values()] == [60] * 5


def test_the_same_seed_gives_the_same_bytes(scenario: str) -> None:
    assert run(scenario, "--members", "80", "--json") == run(scenario, "--members", "80", "--json")
    assert run(scenario, "--members", "80", "--json") != run(scenario, "--members", "80", "--seed", "2", "--json")


def test_what_was_asked_beside(scenario: str) -> None:
    pytest.importorskip("SALib")
    asked = ("--about", "short >= 250", "--sensitivity", "--base", "64", "--discovery", "--needed", "0.6")
    by_kind = {one["kind"]: one for one in records(scenario, "--members", "2000", *asked)}
    drivers = {one["name"]: one["total"][0] for one in by_kind["sensitivity"]["drivers"]}
    assert drivers["inert"] == 0
    assert max(drivers, key=lambda name: drivers[name]) == "fire"
    assert [limit["name"] for limit in by_kind["discovery"]["limits"]] == ["fire"]
    (needed,) = [one for one in by_kind["needed"]["numbers"] if one["name"] == "fire"]
    assert needed["reached"][0][1] == pytest.approx(60 * 12 * 7 / 365.25)
    assert "inert" in by_kind["needed"]["passed_over"]
    assert by_kind["needed"]["outcome"].endswith("did not have: at least 250 thousand rounds")


def test_a_story_is_told_by_week(scenario: str) -> None:
    (story,) = [one for one in records(scenario, "--members", "50", "--story", "4") if one["kind"] == "story"]
    assert (story["member"], story["policy"]) == (4, "as said")
    told = [sentence for week in story["weeks"] for sentence in week["told"]]
    assert "It happens: Moscow gives missiles." in told
    assert all(week["day"] >= "2024-07-01" for week in story["weeks"])


def test_a_policy_may_be_chosen(scenario: str) -> None:
    listed = records(scenario, "--members", "50", "--policy", "never")
    assert {one["policy"] for one in listed if "policy" in one} == {"never"}
    assert not [one for one in listed if one["kind"] == "difference"]
    stands = records(scenario, "--members", "50", "--policy", "as it stands", "--policy", "as said")
    assert not [one for one in stands if one["kind"] == "difference"], "as said, it is as it stands"
    turned = records(scenario, "--members", "50", "--policy", "never", "--policy", "as said")
    assert {one["after_policy"] for one in turned if one["kind"] == "difference"} == {"as said"}


def test_a_single_policy_is_compared_with_the_scenario_as_it_stands(scenario: str) -> None:
    text = Path(scenario).read_text("utf-8")
    Path(scenario).write_text(re.sub(r"  as said: .*\n", "", text), "utf-8")
    first = records(scenario, "--members", "50")[0]
    assert first["policies"] == ["as it stands", "never"]


def test_failed_members_stay_in_every_denominator(scenario: str) -> None:
    """A need that is divided by 0 in the week of the gift: its members fail there."""
    text = Path(scenario).read_text("utf-8")
    Path(scenario).write_text(text.replace("per_week: $fire", "per_week: $fire / (1 - happened(gift))"), "utf-8")
    listed = records(scenario, "--members", "100", "--policy", "as said", "--story", "0")
    failed = sum(listed[0]["failed"]["as said"].values())
    assert 30 < failed < 100
    assert all(one["members"] == 100 and one["failed"] == failed for one in listed if one["kind"] == "commitment")
    shown, _ = run(scenario, "--members", "100", "--policy", "as said", "-o", "page.html")
    assert f"{failed} members of 100 failed; in every share they count as members" in " ".join(shown.split())
    assert f"{failed} members of 100 failed" in Path("page.html").read_text("utf-8")
    stories = [
        records(scenario, "--members", "100", "--policy", "as said", "--story", str(one))[-1] for one in range(6)
    ]
    told = next(story for story in stories if story["failed"])
    assert "is not a finite number" in told["failed"]["reason"]
    assert all(week["week"] <= told["failed"]["week"] for week in told["weeks"])


def test_a_page_is_written_and_said(scenario: str) -> None:
    _, told = run(scenario, "--members", "50", "-o", "page.html")
    assert told == "Wrote page.html\n"
    assert Path("page.html").read_text("utf-8").startswith("<!doctype html>")
    assert "Name a file in a folder" in run(scenario, "--members", "50", "-o", "no/such/page.html", code=1)[1]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--policy", "nevr"), "has no policy “nevr”. It has: never, as it stands."),
        (("--policy", "never", "--policy", "never"), "A policy is named twice"),
        (("--by", "2024-13-01"), "is no day"),
        (("--by", "2020-01-01"), "before the scenario begins"),
        (("--about", "shrt >= 1", "--discovery"), "asks about no outcome of this scenario. Close: short"),
        (("--about", "unmet UKR shell", "--discovery"), "something is needed that happens or not"),
        (("--about", "short"), "--about goes with --sensitivity"),
        (("--needed", "1.5"), "Give a share above 0 and at most 1"),
        (("--story", "50"), "There is no member 50: they are numbered from 0 to 49"),
        (("--sensitivity", "--base", "100"), "power of two"),
        (("--members", "0"), "at least one member"),
    ],
)
def test_what_cannot_be_is_refused_in_a_line(scenario: str, arguments: tuple[str, ...], message: str) -> None:
    given = arguments if "--members" in arguments else ("--members", "50", *arguments)
    shown, told = run(scenario, *given, code=1)
    assert shown == ""
    assert told.startswith("materiel: ")
    assert message in told
    assert told.count("\n") == 1


def test_blanks_are_listed_by_line(scenario: str) -> None:
    text = Path(scenario).read_text("utf-8")
    blank = "fire: {blank: How much Ukraine fires, unit: thousand rounds per month}"
    Path(scenario).write_text(re.sub(r"fire: \{.*\}", blank, text), "utf-8")
    shown, told = run(scenario, code=1)
    assert shown == ""
    assert "it cannot be run yet: 1 number is blank" in told
    assert "How much Ukraine fires (in thousand rounds per month)" in told
    assert "line 13, numbers.fire" in told


def test_a_scenario_that_does_not_fit_is_refused_with_its_lines(scenario: str) -> None:
    text = Path(scenario).read_text("utf-8")
    Path(scenario).write_text(text.replace("debtor: KOR", "debtor: 7").replace("weeks: 60", "weeks: sixty"), "utf-8")
    _, told = run(scenario, code=1)
    assert "2 problems" in told
    assert told.count("line ") >= 2
    assert run("nothing.yaml", code=1)[1].startswith("materiel: ")


def test_a_run_is_gone_on_with(scenario: str) -> None:
    whole = run(scenario, "--members", "300", "--json")[0]
    assert run(scenario, "--members", "300", "--json", "--resume", "kept")[0] == whole
    assert list(Path("kept").iterdir())
    assert run(scenario, "--members", "300", "--json", "--resume", "kept")[0] == whole
