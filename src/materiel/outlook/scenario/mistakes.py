"""Mistakes in single fields, in words: what was seen and what fits."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from materiel.commitments.names import close_words
from materiel.outlook.refusals import Path, Problem
from materiel.outlook.scenario.leaves import item_name
from materiel.outlook.scenario.reading import Plain
from materiel.outlook.scenario.shapes import fields_at

_NEEDS = {
    "string_type": "a text",
    "float_type": "a number",
    "int_type": "a whole number",
    "bool_type": "true or false",
    "tuple_type": "a list",
    "dict_type": "fields with names",
    "model_type": "fields with names",
    "model_attributes_type": "fields with names",
    "int_from_float": "a whole number",
}


def field_problems(error: ValidationError, plain: Plain) -> Iterator[Problem]:
    """What does not fit in single fields, with its line."""
    for details in error.errors(include_url=False):
        path = _path(details["loc"], plain)
        yield Problem(place_of(path, plain), _why(details, path), plain.line(path), path)


def _path(loc: tuple[int | str, ...], plain: Plain) -> Path:
    """Where an error lies: pydantic's way to it less the names of alternatives, which stand in no file."""
    path: Path = ()
    for place, step in enumerate(loc):
        is_last = place == len(loc) - 1
        if (*path, step) in plain.lines or (is_last and step not in {"number", "formula", "whole"}):
            path = (*path, step)
    return path


def place_of(path: Path, plain: Plain) -> str:
    """A path as people read it, with the names of the items of lists."""
    shown: list[str] = []
    value: Any = plain.value
    for step in path:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            value = None  # what is missing or of another sort than its place asks for
        get = value.get if isinstance(value, dict) else lambda _field: None
        shown.append(item_name(get, step) if isinstance(step, int) else step)
    return ".".join(shown)


def _why(details: ErrorDetails, path: Path) -> str:
    seen = _shown(details["input"])
    context = details.get("ctx", {})
    kind = details["type"]
    match kind:
        case "missing":
            return "is missing"
        case "extra_forbidden":
            return _unknown_field(path)
        case "literal_error" | "enum":
            return f"{seen} does not fit. Fits: {context['expected']}"
        case "greater_than_equal":
            return f"{seen} is too small: at least {context['ge']}"
        case "less_than_equal":
            return f"{seen} is too large: at most {context['le']}"
        case "too_long" | "too_short":
            wanted = context.get("max_length", context.get("min_length"))
            return f"has {context['actual_length']} parts instead of {wanted}"
        case "string_too_short":
            return "is empty"
        case "finite_number":
            return f"{seen} is no number to count with"
        case _ if kind in _NEEDS:
            nothing = "nothing stands here" if details["input"] is None else f"seen {seen}"
            return f"needs {_NEEDS[kind]}; {nothing}"
        case _:
            return details["msg"].rstrip(".")


def _unknown_field(path: Path) -> str:
    fits = fields_at(path[:-1])
    close = close_words(str(path[-1]), fits) or fits
    return f"there is no field '{path[-1]}' here. Fits: {', '.join(close)}"


def _shown(value: Any) -> str:
    text = {True: "true", False: "false"}[value] if isinstance(value, bool) else repr(value)
    return text if len(text) <= 60 else text[:57] + "..."
