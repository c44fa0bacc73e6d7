"""The JSON Schema of scenarios and the tables of docs/scenarios.md, from the language itself.

``make docs`` writes them, ``tests/outlook/scenario`` compares them::

    python tests/scenario_pages.py
"""

from __future__ import annotations

import inspect
import json
import re
import types
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from materiel.outlook.scenario import elements
from materiel.outlook.scenario.leaves import fields_of, role_of
from materiel.outlook.scenario.numbers import Language, Measure, Number, Part, Refers, Role
from materiel.outlook.scenario.schema import scenario_schema

DOCS = Path(__file__).parents[1] / "docs"
SCHEMA = DOCS / "scenario.schema.json"
PAGE = DOCS / "scenarios.md"
_BETWEEN = re.compile(r"(<!-- fields: written by `make docs` -->\n).*?(<!-- end of fields -->)", re.DOTALL)

PLACES = {
    "Scenario": "The scenario",
    "Number": "A number",
    "Materiel": "`materiel`",
    "Stock": "`stocks`",
    "Line": "`lines`",
    "Return": "`returns` of a line",
    "Order": "`orders`",
    "Route": "`routes`",
    "Need": "`needs`",
    "Unmet": "`when_unmet` of a need",
    "SlowState": "`states`",
    "Drive": "`drives` of a state",
    "Switch": "`switches`",
    "ChanceEvent": "`events`",
    "Effect": "`effects` of events and contingencies, `deeds` of commitments",
    "Unknown": "`unknowns`",
    "Signal": "`signals` of an unknown",
    "Pledge": "`commitments`",
    "Contingency": "`contingencies`",
    "Policy": "`policies`",
    "OutcomeOfInterest": "`outcomes`",
}
"""Every sort of part, in the order of the page."""

_KINDS: dict[Role, str] = {
    Language.CONDITION: "condition",
    Language.FORMULA: "formula",
    Refers.ACTOR: "code of an actor",
    Refers.MATERIEL: "id of materiel",
    Refers.CLASS: "class of the tree",
    Refers.STATE: "[actor, state]",
    Refers.STOCK: "[owner, materiel]",
    Refers.LINE: "id of a line",
    Refers.ROUTE: "id of a route",
    Refers.COMMITMENT: "id of a commitment",
    Measure.DELAY: "whole weeks, or a number with its reason",
}


def write_schema() -> str:
    """The text of docs/scenario.schema.json."""
    return json.dumps(scenario_schema(), indent=1, ensure_ascii=False) + "\n"


def write_page(page: str) -> str:
    """The page with its tables of fields as the language has them now."""
    tables = "\n".join(_table(name) for name in PLACES)
    return _BETWEEN.sub(lambda found: f"{found[1]}{tables}{found[2]}", page)


def _table(name: str) -> str:
    part: type[Part] = Number if name == "Number" else getattr(elements, name)
    about = (inspect.getdoc(part) or "").partition("\n\nAttributes:")[0].replace("``", "`")
    lines = [f"### {PLACES[name]}", "", *about.splitlines(), "", "| field | holds | |", "|---|---|---|"]
    for field, (alias, annotation) in fields_of(part).items():
        info = part.model_fields[field]
        needed = " (needed)" if info.is_required() else ""
        words = (info.description or "").replace("``", "`").replace("\n", " ")
        lines.append(f"| `{alias}`{needed} | {_holds(annotation)} | {words} |")
    return "\n".join([*lines, ""])


def _holds(annotation: Any) -> str:
    """What a field holds, in a word or two."""
    role = role_of(annotation)
    if isinstance(role, Measure) and role not in _KINDS:
        return f"{role}: number or formula"
    if role is not None:
        return _KINDS[role]
    arguments = get_args(annotation)
    match get_origin(annotation):
        case origin if origin is Annotated:
            return _holds(arguments[0])
        case origin if origin in {Union, types.UnionType}:
            return " or ".join(_holds(each) for each in arguments if each is not types.NoneType)
        case origin if origin is Literal:
            return ", ".join(f"`{each}`" for each in arguments)
        case origin if origin is tuple:
            return f"list: {_holds(arguments[0])}" if role_of(arguments[0]) or arguments[0] is str else "list"
        case origin if origin is dict:
            return f"by name: {'text' if arguments[1] is str else 'see below'}"
    if issubclass(annotation, StrEnum):
        return ", ".join(f"`{each}`" for each in annotation)
    return _PLAIN.get(annotation) or PLACES.get(annotation.__name__, "number").lower()


_PLAIN = {str: "text", bool: "`true` or `false`", int: "whole number", float: "number", date: "date"}


if __name__ == "__main__":
    SCHEMA.write_text(write_schema(), encoding="utf-8")
    PAGE.write_text(write_page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
