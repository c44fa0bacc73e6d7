"""What is written is read back as the same scenario, and reads well."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scenario_samples import PLAIN, SCENARIOS, plain

from materiel.outlook.scenario.dumping import dump_scenario
from materiel.outlook.scenario.elements import Scenario
from materiel.outlook.scenario.leaves import numbers_of
from materiel.outlook.scenario.loading import load_scenario, scenario_from_text
from materiel.outlook.scenario.numbers import Number, Weeks

texts = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=40).filter(
    str.strip
)
dark = st.sampled_from(
    ["NO", "on", "null", "~", "true", "1e3", "0x1", "- a", "a: b", "# c", "{a}", "'", '"', "1_0", "a, (b", "&x"]
)
lines = st.lists(texts | dark, min_size=2, max_size=3).map("\n".join)
words = texts | dark | lines
reals = st.floats(0, 1e300) | st.integers(0, 10**15).map(float)


@st.composite
def numbers(draw: st.DrawFn, unit: str) -> Number:
    low, mode, high = sorted(draw(st.lists(reals, min_size=3, max_size=3, unique=True)))
    shapes: list[dict[str, Any]] = [
        {"value": low},
        {"uniform": [low, high]},
        {"triangular": [low, mode, high]},
        {"lognormal": [high, 1.0 + draw(st.floats(0.001, 10))]},
        {"blank": draw(words)},
    ]
    said = {"unit": unit, **draw(st.sampled_from(shapes))}
    reasons = {"evidence": st.lists(words, min_size=1, max_size=3), "source": words, "assumption": words}
    for reason in draw(st.lists(st.sampled_from(sorted(reasons)), min_size=1, unique=True)):
        said[reason] = draw(reasons[reason])
    return Number.model_validate(said)


@settings(max_examples=20, deadline=None)
@given(st.data(), words, words)
def test_what_is_written_is_read_back(data: st.DataObject, about: str, title: str) -> None:
    base = plain()
    delay = data.draw(st.integers(1, 9).map(Weeks) | st.integers(1, 9).map(_weeks))
    limit = data.draw(numbers("rounds per month"))
    scenario = base.model_copy(
        update={
            "about": about.strip(),
            "actors": {"XYZ": title.strip()},
            "numbers": {**base.numbers, "cap": data.draw(numbers("thousand rounds per week"))},
            "routes": (base.routes[0].model_copy(update={"limit": limit, "delay": delay}),),
            "outcomes": {"sent": base.outcomes["sent"].model_copy(update={"title": title.strip()})},
            "policies": {title.strip(): base.policies["more"]},
        }
    )
    text = dump_scenario(scenario, comment=about, schema="x.json")
    again = scenario_from_text(text, "dumped")
    assert again == scenario
    assert list(numbers_of(again)) == list(numbers_of(scenario))
    assert dump_scenario(again, comment=about, schema="x.json") == text


def _weeks(weeks: int) -> Weeks:
    return Weeks(weeks, Number(value=weeks, unit="weeks", assumption="by rail"))


@pytest.mark.parametrize("file", SCENARIOS, ids=lambda file: file.stem)
def test_bundled_scenarios_are_written_and_read_back(file: Path) -> None:
    scenario = load_scenario(file)
    text = dump_scenario(scenario)
    again = scenario_from_text(text, "dumped")
    assert again == scenario
    assert list(numbers_of(again)) == list(numbers_of(scenario))
    assert dump_scenario(again) == text


def test_it_reads_well() -> None:
    text = dump_scenario(plain(), comment="For tests.", schema="../x.json")
    assert text.startswith(
        "# yaml-language-server: $schema=../x.json\n# For tests.\n\nname: plain\nabout: A scenario for tests.\n"
        "start: 2024-07-01\nweeks: 20\n\nnumbers:\n"
        "  cap: {uniform: [4, 16], unit: thousand rounds per week, assumption: x}\n"
    )
    assert '\n- {actor: KOR, name: lifted, on: event("the summit")}\n' in text
    assert "  on: 2024-09-01\n" in text


def test_models_come_back_from_their_own_dump() -> None:
    scenario = scenario_from_text(PLAIN.replace("delay: 3", "delay: {value: 21, unit: days, source: x}"), "f")
    again = Scenario.model_validate(scenario.model_dump(mode="json", by_alias=True))
    assert again == scenario
    assert list(numbers_of(again)) == list(numbers_of(scenario))
