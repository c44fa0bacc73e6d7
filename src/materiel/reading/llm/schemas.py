"""The JSON schema of an answer, made from the statement types themselves, and whether a value keeps to it.

A server may promise to keep to a schema and break its word, so every answer is held against it here. Only the
keywords that :func:`answer_schema` writes are known.
"""

from __future__ import annotations

import dataclasses
import math
import types
import typing
from enum import StrEnum
from functools import cache
from typing import Any

from materiel.terms.materiel import materiel_classes
from materiel.terms.statements import CLAIM_TYPES, Clause

Schema = dict[str, Any]
_MATERIEL_SLOTS = frozenset({"materiel"})
_CLAUSE_KINDS = ["transfer", "event", "policy"]


@cache
def answer_schema() -> Schema:
    """``{"statements": [...]}``, each one of the five kinds with all of its slots, a quote and a speaker."""
    statements = {"type": "array", "items": {"anyOf": [_statement(kind) for kind in CLAIM_TYPES]}}
    return _object({"statements": statements})


@cache
def statement_schema(kind: str) -> Schema:
    """The schema of one kind of statement.

    Raises:
        KeyError: there is no such kind.
    """
    return _statement(kind)


def _statement(kind: str) -> Schema:
    text: Schema = {"type": "string"}
    slots = {"kind": {"enum": [kind]}, "quote": text, "speaker": _or_null(text)}
    return _object(slots | _slots(CLAIM_TYPES[kind]))


def _slots(holder: type[Any]) -> dict[str, Schema]:
    types_of = typing.get_type_hints(holder)
    return {field.name: _slot(field.name, types_of[field.name]) for field in dataclasses.fields(holder)}


def _slot(name: str, kind: Any) -> Schema:
    if isinstance(kind, types.UnionType):
        return _or_null(_slot(name, next(part for part in typing.get_args(kind) if part is not type(None))))
    if typing.get_origin(kind) is tuple:
        member: Schema = {"enum": list(materiel_classes())} if name in _MATERIEL_SLOTS else {"type": "string"}
        return {"type": "array", "items": member}
    if kind is Clause:
        return _object(_slots(Clause) | {"kind": {"enum": _CLAUSE_KINDS}})
    if issubclass(kind, StrEnum):
        return {"enum": [member.value for member in kind]}
    return {"type": {str: "string", float: "number"}[kind]}


def _or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def _object(properties: dict[str, Schema]) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def misfit(value: Any, schema: Schema, where: str) -> str:
    """Why a JSON value does not keep to the schema; "" where it does.

    A property that the schema requires and that may be null may be left out, as servers without constraints do.
    """
    if "anyOf" in schema:
        reasons = [misfit(value, option, where) for option in schema["anyOf"]]
        return "" if "" in reasons else reasons[0]
    if "enum" in schema:
        return "" if value in schema["enum"] else f"{where} is {_shown(value)}, none of {', '.join(schema['enum'])}"
    match schema["type"]:
        case "object":
            return _object_misfit(value, schema, where)
        case "array":
            if not isinstance(value, list):
                return f"{where} is {_shown(value)}, no list"
            found = (misfit(each, schema["items"], f"{where}[{place}]") for place, each in enumerate(value))
            return next((why for why in found if why), "")
        case "number":
            is_number = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
            return "" if is_number else f"{where} is {_shown(value)}, no number"
        case "null":
            return "" if value is None else f"{where} is {_shown(value)}, not null"
        case _:
            return "" if isinstance(value, str) else f"{where} is {_shown(value)}, no text"


def _object_misfit(value: Any, schema: Schema, where: str) -> str:
    if not isinstance(value, dict):
        return f"{where} is {_shown(value)}, no object"
    properties = schema["properties"]
    if unknown := sorted(set(value) - set(properties)):
        return f"{where} has no slot {unknown[0]!r}"
    for name, slot in properties.items():
        if name not in value and {"type": "null"} not in slot.get("anyOf", ()):
            return f"{where} lacks {name}"
        if name in value and (why := misfit(value[name], slot, f"{where}.{name}")):
            return why
    return ""


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:59] + "…"
