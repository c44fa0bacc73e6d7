"""The JSON Schema of the scenario language, for editors: what fits where, with the short forms of numbers."""

from __future__ import annotations

from typing import Any

from materiel.outlook.scenario.elements import Scenario
from materiel.outlook.scenario.leaves import fields_of, role_of
from materiel.outlook.scenario.numbers import SHAPES, Measure, Part

_REASONS = ("evidence", "source", "assumption")


def scenario_schema() -> dict[str, Any]:
    """The schema as plain JSON values; the same language gives the same schema."""
    schema = Scenario.model_json_schema(by_alias=True)
    parts = {part.__name__: part for part in _parts(Part)}
    for name, definition in [*schema["$defs"].items(), ("Scenario", schema)]:
        if name in parts:
            _describe(definition, parts[name])
    _allow_short_forms(schema["$defs"]["Number"])
    tidy: dict[str, Any] = _tidy(schema)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "A scenario of materiel", **tidy}


def _parts(part: type[Part]) -> list[type[Part]]:
    return [each for sub in part.__subclasses__() for each in (sub, *_parts(sub))]


def _describe(definition: dict[str, Any], part: type[Part]) -> None:
    """Says of each field what it measures."""
    for alias, annotation in fields_of(part).values():
        role = role_of(annotation)
        field = definition["properties"][alias]
        if isinstance(role, Measure) and role is not Measure.DELAY:
            field["description"] = " ".join(filter(None, (field.get("description"), f"{role[0].upper()}{role[1:]}.")))


def _allow_short_forms(number: dict[str, Any]) -> None:
    """Exactly one of value, distribution and blank; unless blank, at least one reason."""
    fields = number["properties"]
    for shape, names in SHAPES.items():
        many = {"type": "array", "items": {"type": "number"}, "minItems": len(names), "maxItems": len(names)}
        fields[shape] = {
            **({"type": "number"} if shape == "chance" else many),
            "description": f"{shape}: [{', '.join(names)}]" if len(names) > 1 else f"{shape}: {names[0]}",
        }
    evidence = fields["evidence"]
    fields["evidence"] = {"anyOf": [{"type": "string"}, evidence], "description": evidence["description"]}
    with_reason = {"anyOf": [{"required": [reason]} for reason in _REASONS]}
    number["oneOf"] = [
        {"required": ["blank"]},
        *({"required": [name], **with_reason} for name in ("value", "spread", *SHAPES)),
    ]


def _tidy(value: Any) -> Any:
    """Without what only repeats names, and without null: what is not said is left out."""
    if isinstance(value, list):
        return [_tidy(each) for each in value]
    if not isinstance(value, dict):
        return value
    tidy = {
        key: _tidy(each)
        for key, each in value.items()
        if not (key == "title" and isinstance(each, str)) and not (key == "default" and each is None)
    }
    options = tidy.get("anyOf")
    if isinstance(options, list) and {"type": "null"} in options:
        options = [option for option in options if option != {"type": "null"}]
        rest = {key: each for key, each in tidy.items() if key != "anyOf"}
        tidy = {**options[0], **rest} if len(options) == 1 else {"anyOf": options, **rest}
    return tidy
