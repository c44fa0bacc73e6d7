"""docs/scenarios.md and docs/scenario.schema.json are those of the language as it is, and their examples work."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from scenario_samples import SCENARIOS

from materiel.outlook.refusals import ScenarioRefused
from materiel.outlook.scenario.blanks import blanks
from materiel.outlook.scenario.formula_tree import SITUATION
from materiel.outlook.scenario.formulas import form_of
from materiel.outlook.scenario.loading import scenario_from_text
from materiel.outlook.scenario.reading import read_yaml
from materiel.outlook.scenario.schema import scenario_schema
from materiel.outlook.weaving import weave
from scenario_pages import PAGE, SCHEMA, write_page, write_schema

TEXT = PAGE.read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```yaml\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)


def joined(piece: dict[str, Any], whole: dict[str, Any]) -> dict[str, Any]:
    """The whole scenario of the page with a piece of one added to it."""
    new = dict(whole)
    for key, value in piece.items():
        old = whole.get(key)
        new[key] = [*(old or []), *value] if isinstance(value, list) else {**(old or {}), **value}
    return new


@pytest.mark.parametrize("block", BLOCKS[1:], ids=lambda block: block.split(":")[0])
def test_each_block_works_with_the_first_one(block: str) -> None:
    whole, piece = (read_yaml(text, "page").value for text in (BLOCKS[0], block))
    scenario = scenario_from_text(yaml.safe_dump(joined(piece, whole), sort_keys=False), "page")
    if not blanks(scenario):
        assert weave(scenario).program.weeks == 52


def test_the_first_block_is_a_scenario() -> None:
    assert scenario_from_text(BLOCKS[0], "page").name == "small-ring"


def test_the_refusal_that_is_shown_is_the_one_that_comes() -> None:
    shown = re.search(r"```text\n(ring.yaml: .*?)\n```", TEXT, re.DOTALL)
    assert shown is not None
    text = BLOCKS[0].replace("{value: 60, unit: pieces", "{value: 60, unit: rounds")
    text = text.replace("limit: $pace\n  - id", "limit: $paces\n  - id").replace("recipient: CZE", "recipient: CZ")
    with pytest.raises(ScenarioRefused) as caught:
        scenario_from_text(text, "ring.yaml")
    assert str(caught.value) == shown[1]


def test_every_function_is_explained() -> None:
    for function in SITUATION:
        assert f"`{form_of(function)}`" in TEXT


def test_the_tables_of_fields_are_current() -> None:
    assert write_page(TEXT) == TEXT, "run `make docs`"


def test_the_schema_is_current() -> None:
    assert SCHEMA.read_text(encoding="utf-8") == write_schema(), "run `make docs`"


@pytest.mark.parametrize("file", SCENARIOS, ids=lambda file: file.stem)
def test_bundled_scenarios_name_the_schema_and_fit_it(file: Path) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    text = file.read_text(encoding="utf-8")
    assert text.startswith("# yaml-language-server: $schema=../docs/scenario.schema.json\n")
    validator = jsonschema.Draft202012Validator(scenario_schema())
    assert [error.message for error in validator.iter_errors(read_yaml(text, file.name).value)] == []


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("numbers", "pace"), {"value": 3, "unit": "pieces"}),
        (("numbers", "pace"), {"unit": "pieces", "assumption": "x"}),
        (("numbers", "pace"), {"value": 3, "uniform": [1, 2], "unit": "pieces", "assumption": "x"}),
        (("numbers", "pace"), {"uniform": [1, 2, 3], "unit": "pieces", "assumption": "x"}),
        (("routes", 0, "limit"), 3),
        (("routes", 0, "delay"), 0),
        (("routes", 0, "dealy"), 2),
        (("outcomes", "given", "over"), "mean"),
        (("weeks",), "many"),
    ],
)
def test_the_schema_refuses_what_the_language_refuses(path: tuple[str | int, ...], value: object) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    plain = read_yaml(BLOCKS[0], "page").value
    validator = jsonschema.Draft202012Validator(json.loads(write_schema()))
    assert validator.is_valid(plain)
    place = plain
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    assert not validator.is_valid(plain)
    with pytest.raises(ScenarioRefused):
        scenario_from_text(yaml.safe_dump(plain), "page")
