"""A scenario as YAML that people like to read: fields in the order of the language, what is left out left out,
numbers and short parts on one line, dark corners of YAML in quotes.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import yaml

from materiel.outlook.scenario.elements import Scenario
from materiel.outlook.scenario.leaves import fields_of
from materiel.outlook.scenario.numbers import Number, Part, Weeks
from materiel.outlook.scenario.reading import needs_quotes

_WIDTH = 118
_SHORT = 100
"""Characters of a part that still stands on one line."""
_TEXT = "tag:yaml.org,2002:str"
_RESOLVER = yaml.SafeLoader("")


def dump_scenario(scenario: Scenario, *, comment: str = "", schema: str = "") -> str:
    """The YAML text of a scenario; :func:`loading.scenario_from_text` reads it back as the same scenario.

    Args:
        scenario: whatever it holds.
        comment: lines to stand at its head.
        schema: where editors find the JSON Schema; "" leaves that line out.
    """
    head = [f"# yaml-language-server: $schema={schema}"] if schema else []
    head += [f"# {line}".rstrip() for line in comment.splitlines()]
    sections = ["\n".join(head) + "\n"] if head else []
    plain: dict[str, Any] = {}
    for alias, value in _fields(scenario).items():
        if isinstance(value, Mapping | tuple):
            sections.extend([_text(_mapping(plain))] if plain else [])
            plain = {}
            sections.append(_text(_mapping({alias: value})))
        else:
            plain[alias] = value
    return "\n".join([*sections, *([_text(_mapping(plain))] if plain else [])])


def _text(node: yaml.Node) -> str:
    return yaml.serialize(node, Dumper=yaml.SafeDumper, width=_WIDTH, allow_unicode=True)


def _fields(part: Part) -> dict[str, Any]:
    """What is said in a part, by the names that a file uses."""
    said: dict[str, Any] = {}
    for name, (alias, _) in fields_of(type(part)).items():
        value = getattr(part, name)
        is_default = value == type(part).model_fields[name].get_default(call_default_factory=True)
        if not is_default or (isinstance(value, Weeks) and value.number):
            said[alias] = value
    return said


def _number(number: Number) -> dict[str, Any]:
    """A number with its distribution in the short form."""
    said = _fields(number)
    if number.spread:
        del said["spread"]
        given = number.spread.given
        said = {number.spread.shape: given[0] if len(given) == 1 else given, **said}
    if len(number.evidence) == 1:
        said["evidence"] = number.evidence[0]
    return said


def _node(value: Any) -> yaml.Node:
    match value:
        case Number():
            return _mapping(_number(value), is_flow=True)
        case Weeks(number=Number() as number):
            return _mapping(_number(number), is_flow=True)
        case Part():
            node = _mapping(_fields(value))
            node.flow_style = _is_short([part for _, part in node.value])
            return node
        case Mapping():
            return _mapping(value)
        case tuple():
            parts = [_node(part) for part in value]
            is_flow = all(isinstance(part, yaml.ScalarNode) for part in parts) and _is_short(parts)
            return yaml.SequenceNode("tag:yaml.org,2002:seq", parts, flow_style=is_flow)
        case _:
            return _scalar(value)


def _mapping(fields: Mapping[str, Any], *, is_flow: bool = False) -> yaml.MappingNode:
    # Every key is read as the text that it is, so "on" needs no quotes.
    parts = [(_as_it_is(key), _node(value)) for key, value in fields.items()]
    return yaml.MappingNode("tag:yaml.org,2002:map", parts, flow_style=is_flow)


def _is_short(parts: list[yaml.Node]) -> bool:
    """Whether the parts stand well on one line."""
    return all(_is_inline(part) for part in parts) and sum(_length(part) for part in parts) <= _SHORT


def _is_inline(node: yaml.Node) -> bool:
    if isinstance(node, yaml.ScalarNode):
        return node.style != "|"
    return bool(node.flow_style) if isinstance(node, yaml.CollectionNode) else False


def _length(node: Any) -> int:
    if isinstance(node, tuple):
        return sum(_length(each) for each in node)
    if isinstance(node, yaml.ScalarNode):
        return len(node.value) + 2
    return 2 + sum(_length(each) for each in node.value)


def _scalar(value: Any) -> yaml.ScalarNode:
    if isinstance(value, str):
        style = "|" if "\n" in value else '"' if needs_quotes(value) else None
        return yaml.ScalarNode(_TEXT, str(value), style=style)
    return _as_it_is(_written(value))


def _as_it_is(text: str) -> yaml.ScalarNode:
    """A scalar without quotes."""
    tag = _RESOLVER.resolve(yaml.ScalarNode, text, (True, False))  # type: ignore[no-untyped-call]
    return yaml.ScalarNode(tag, text)


def _written(value: bool | float | date) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case float() if value == int(value) and abs(value) < 1e15:
            return str(int(value))
        case _:
            return str(value)
