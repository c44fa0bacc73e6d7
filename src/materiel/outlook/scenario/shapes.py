"""What fits where in a scenario, found by following a path through the models."""

from __future__ import annotations

import types
from collections.abc import Mapping
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

from materiel.outlook.refusals import Path
from materiel.outlook.scenario.elements import Scenario


def fields_at(path: Path) -> tuple[str, ...]:
    """The names of the fields that fit at a path; none where it leads to no set of fields."""
    sort: Any = Scenario
    for step in path:
        sort = _step(sort, step)
    model = _model(sort)
    return tuple(field.alias or name for name, field in model.model_fields.items()) if model else ()


def _step(sort: Any, step: str | int) -> Any:
    if model := _model(sort):
        for name, field in model.model_fields.items():
            if step in {name, field.alias}:
                return field.annotation
        return None
    for part in _alternatives(sort):
        if isinstance(step, int) and get_origin(part) is tuple:
            return get_args(part)[0]
        if isinstance(step, str) and get_origin(part) in {dict, Mapping}:
            return get_args(part)[1]
    return None


def _model(sort: Any) -> type[BaseModel] | None:
    for part in _alternatives(sort):
        if isinstance(part, type) and issubclass(part, BaseModel):
            return part
    return None


def _alternatives(sort: Any) -> list[Any]:
    if get_origin(sort) is Annotated:
        return _alternatives(get_args(sort)[0])
    if get_origin(sort) in {Union, types.UnionType}:
        return [part for each in get_args(sort) for part in _alternatives(each)]
    return [sort]
