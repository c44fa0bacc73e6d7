"""Scenarios from YAML: every mistake at once, each with its line, what was seen and what fits."""

from __future__ import annotations

import pickle
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scenario_samples import PLAIN, SCENARIOS, changed, plain, refused

from materiel.outlook.refusals import ScenarioRefused
from materiel.outlook.scenario.loading import load_scenario, scenario_from_text
from materiel.outlook.scenario.reading import MAX_BYTES, read_yaml


def test_a_whole_scenario_is_read() -> None:
    scenario = plain()
    assert scenario.routes[0].limit == "$cap"
    assert scenario.start.isoformat() == "2024-07-01"
    assert scenario.numbers["cap"].spread is not None
    assert scenario.numbers["cap"].spread.given == (4.0, 16.0)


@pytest.mark.parametrize("file", SCENARIOS, ids=lambda file: file.stem)
def test_bundled_scenarios_are_read(file: Path) -> None:
    assert load_scenario(file).name == file.stem


ONE_MISTAKE = [
    ("weeks: 20", "weeks: twenty", "line 4, weeks: needs a whole number; seen 'twenty'"),
    ("weeks: 20", "weeks: 20.5", "line 4, weeks: needs a whole number; seen 20.5"),
    ("weeks: 20", "weeks: true", "line 4, weeks: needs a whole number; seen true"),
    ("weeks: 20", "weeks: 1000", "line 4, weeks: 1000 is too large: at most 520"),
    ("weeks: 20", "weeks:", "line 4, weeks: needs a whole number; nothing stands here"),
    ("weeks: 20\n", "", "line 1, weeks: is missing"),
    ("weeks: 20", "weeks: 20\nweeks: 30", "line 5, weeks: 'weeks' stands here twice, first in line 4. Keep one"),
    ("start: 2024-07-01", "start: 2024-02-30", "line 3, start: '2024-02-30' is no date. Write it as 2024-06-20"),
    ("start: 2024-07-01", "start: 20240701", "line 3, start: 20240701 is no date. Write it as 2024-06-20"),
    ("start: 2024-07-01", "start: 2024-07", "line 3, start: '2024-07' is no date. Write it as 2024-06-20"),
    ("about: A", "abuot: x\nabout: A", "line 2, abuot: there is no field 'abuot' here. Fits: about"),
    ("    limit: $cap", "    limit: 3", "line 33, routes.direct.limit: a number needs its unit and a reason"),
    ("    limit: $cap\n", "", "line 28, routes.direct.limit: is missing"),
    (
        "    limit: $cap",
        "    limits: $cap",
        "line 33, routes.direct.limits: there is no field 'limits' here. Fits: limit",
    ),
    ("delay: 3", "delay: 0", "line 32, routes.direct.delay: 0 is too small: at least 1"),
    ("delay: 3", "delay: {value: 10, unit: days, source: x}", "10 days are 1.42857 weeks; it has to be a whole number"),
    ("delay: 3", "delay: {value: 3, unit: tanks, source: x}", "'tanks' is an amount, and this is a time"),
    (
        "delay: 3",
        "delay: {uniform: [1, 2], unit: weeks, source: x}",
        "the same in every member: a value, no distribution",
    ),
    (
        "force: promise",
        "force: vow",
        "commitments.word.force: 'vow' does not fit. Fits: 'threat', 'promise' or 'policy'",
    ),
    (
        "cap: {uniform: [4, 16]",
        "cap: {uniform: [16, 4]",
        "numbers.cap.spread: uniform: low (16) has to be less than high (4)",
    ),
    ("cap: {uniform: [4, 16]", "cap: {uniform: 4", "numbers.cap: uniform is written [low, high]; seen 4"),
    ("cap: {uniform: [4, 16]", "cap: {uniform: [4, x]", "numbers.cap.high: needs a number; seen 'x'"),
    ("cap: {uniform: [4, 16]", "cap: {value: 3, uniform: [4, 16]", "numbers.cap: a number has exactly one of value,"),
    ("cap: {uniform: [4, 16], ", "cap: {", "numbers.cap: a number has exactly one of value,"),
    ("cap: {uniform: [4, 16]", "cap: {normal: [1, 2], uniform: [4, 16]", "numbers.cap: it has two distributions"),
    ("week, assumption: x}\n  limit", "week}\n  limit", "numbers.cap: a number says where it comes from"),
    (
        "unit: thousand rounds per week, assumption: x}\n  limit",
        "assumption: x}\n  limit",
        "numbers.cap.unit: is missing",
    ),
    ("stocks:\n", "stocks: 3\nstuck:\n", "line 11, stocks: needs a list; seen 3"),
    ("actor: UKR", "actor: 12", "needs.1.actor: needs a text; seen 12"),
    ("on: 2024-09-01", "on: yes", "contingencies.war.on: 'yes' is no date"),
    ("limit: $cap", "limit: {formula: $cap}", "routes.direct.limit.formula: there is no field 'formula' here"),
    ("quantity: {value: 10", "quantity: {value: .nan", "orders.frame.quantity.value: needs a number; seen '.nan'"),
    ("quantity: {value: 10", "quantity: {value: 1e999", "orders.frame.quantity.value: inf is no number to count with"),
    (
        "limit: $cap",
        "limit: {a: $cap, b: 'min(1, 2)', c: max(1, 2)}",
        "has an open bracket. In { } and [ ] a text with a comma",
    ),
]


@pytest.mark.parametrize(("old", "new", "words"), ONE_MISTAKE)
def test_a_mistake_is_told_with_its_line_and_what_fits(old: str, new: str, words: str) -> None:
    problems = refused(changed(old, new))
    assert any(words in problem for problem in problems), problems


def test_every_mistake_is_told_at_once_by_line() -> None:
    text = PLAIN
    for old, new, _ in (ONE_MISTAKE[0], ONE_MISTAKE[7], ONE_MISTAKE[11], ONE_MISTAKE[18]):
        text = text.replace(old, new)
    lines = [int(problem.split()[1].strip(",")) for problem in refused(text)]
    assert lines == sorted(lines)
    assert len(lines) == 4


def test_checks_across_parts_go_on_beside_a_mistake_in_a_field() -> None:
    text = PLAIN.replace("delay: 3", "delay: x").replace("formula: total(direct)", "formula: total(derect)")
    text = text.replace("antecedent: event", "antecedent: evnt").replace("$limit\nswitches", "$lemit\nswitches")
    problems = refused(text)
    assert [problem.split(": ")[0] for problem in problems] == [
        "line 32, routes.direct.delay",
        "line 46, states.KOR.threat.drives.1.gain",
        "line 57, commitments.word.antecedent",
        "line 74, outcomes.sent.formula",
    ]


def test_what_an_item_with_a_mistake_may_explain_is_no_further_mistake() -> None:
    """The route is asked for by an outcome, the stock by the ends of routes, the event by its title and its id."""
    text = PLAIN.replace("delay: 3", "delay: x").replace("opening: {value: 0,", "opening: {valu: 0,")
    text = text.replace("    title: the summit\n", "    title: the summit\n    onse: true\n")
    assert [problem.split(": ")[0] for problem in refused(text)] == [
        "line 13, stocks.UKR.shell.opening.valu",
        "line 32, routes.direct.delay",
        "line 52, events.summit.onse",
    ]


def test_lines_are_those_of_the_file_though_items_before_have_mistakes() -> None:
    text = PLAIN.replace("100, unit: thousand rounds", "100, unt: x").replace(
        "{value: 0, unit: rounds", "{value: -1, unit: rounds"
    )
    assert "line 13, stocks.UKR.shell.opening: an amount" in "\n".join(refused(text))


def test_a_refusal_can_be_sent_to_another_process() -> None:
    with pytest.raises(ScenarioRefused) as caught:
        scenario_from_text("name: x", "f.yaml")
    again = pickle.loads(pickle.dumps(caught.value))
    assert str(again) == str(caught.value)
    assert again.problems == caught.value.problems
    assert str(again).startswith("f.yaml: scenario refused, 4 problems:\n  line 1, about: is missing.\n")


def test_no_is_a_word_and_so_is_on() -> None:
    values = read_yaml("a: NO\non: off\nb: true\nc: 1_000\nd: 1e3\ne: 0x10\nf: ~\ng: '3'\nh: 12:30", "f").value
    assert values == {
        "a": "NO", "on": "off", "b": True, "c": 1000, "d": 1000.0, "e": "0x10", "f": None, "g": "3", "h": "12:30",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "it holds no scenario"),
        ("- 1", "it holds no scenario"),
        ("a: [1", "no YAML"),
        ("a: b: c", "line 1, no YAML"),
        ("a: 'x", "no YAML"),
        ("\x00", "no YAML"),
        ("a: &x 1\nb: *x", "line 1, 'x' is an anchor or alias; name a number under numbers: and write $name instead"),
        ("a: !!python/object/apply:os.system [x]", "line 1, the tag"),
        ("[" * 5000, "line 1, more than 20 levels deep"),
        ("a: 1\n---\nb: 2", "no YAML"),
        ("? [1]\n: 2", "a key has to be a plain word"),
    ],
)
def test_what_is_no_scenario_is_refused(text: str, words: str) -> None:
    problems = refused(text)
    assert any(words in problem for problem in problems), problems


def test_a_bomb_of_aliases_is_refused_before_it_goes_off() -> None:
    rows = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    rows += [f"{new}: &{new} [{', '.join(['*' + old] * 9)}]" for old, new in zip("abcdefgh", "bcdefghi", strict=True)]
    assert "is an anchor or alias" in refused("\n".join(rows))[0]


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    large = tmp_path / "large.yaml"
    large.write_text("# " + "x" * MAX_BYTES, encoding="utf-8")
    latin = tmp_path / "latin.yaml"
    latin.write_bytes("name: Zürich".encode("latin-1"))
    for file, words in (
        (large, "it has more than 1,000,000 bytes"),
        (latin, "it is not UTF-8 at byte 7"),
        (tmp_path / "none.yaml", "No such file or directory"),
        (tmp_path, "Is a directory"),
    ):
        with pytest.raises(ScenarioRefused, match=words) as caught:
            load_scenario(file)
        assert str(file) in str(caught.value)


def check_problems(text: str) -> None:
    """Each problem has a line of the text, in order; one that is no YAML at all may have none, and is the only one."""
    problems = refused(text)
    numbers = [int(line[1]) for line in (re.match(r"line (\d+), ", problem) for problem in problems) if line]
    assert len(numbers) == len(problems) or len(problems) == 1
    assert numbers == sorted(numbers)
    assert all(1 <= number <= len(text.splitlines()) + 1 for number in numbers)


@given(st.text(max_size=200) | st.lists(st.sampled_from(PLAIN.splitlines()), max_size=30).map("\n".join))
def test_any_text_is_read_or_refused(text: str) -> None:
    check_problems(text)


@given(st.integers(0, len(PLAIN.splitlines()) - 1), st.sampled_from(["", "  x: 1", "- y", "z: [", "}"]))
def test_any_broken_line_is_refused_or_harmless(line: int, new: str) -> None:
    lines = PLAIN.splitlines()
    lines[line] = new
    check_problems("\n".join(lines))
