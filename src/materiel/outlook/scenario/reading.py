"""A YAML text as plain values, with the line of each: no aliases, no tags, no duplicate keys, nothing too deep.

Scalars are read as in YAML 1.2: only ``true`` and ``false`` are truths, so that ``NO`` and ``on`` stay the words that
they are. Dates stay texts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path as FilePath
from typing import Any, cast

import yaml

from materiel.outlook.refusals import Path, Problem, ScenarioRefused

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The parser in C where PyYAML was built with it: twenty times as fast, and the same values and lines."""

MAX_BYTES = 1_000_000
MAX_DEPTH = 20

_INTEGER = re.compile(r"[-+]?[0-9][0-9_]*")
_REAL = re.compile(r"[-+]?(\.[0-9][0-9_]*|[0-9][0-9_]*(\.[0-9_]*)?)([eE][-+]?[0-9]+)?")
_LONGEST_NUMBER = 40


@dataclass(slots=True)
class Plain:
    """What a YAML text holds.

    Attributes:
        value: mappings, lists, texts, numbers, truths and None.
        lines: the line, from 1, of each value and of the key before it, by its path.
        problems: duplicate keys, aliases and the like.
    """

    value: Any = None
    lines: dict[Path, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def line(self, path: Path) -> int:
        """The line of a path, or of the nearest thing around it that is there."""
        while path not in self.lines and path:
            path = path[:-1]
        return self.lines.get(path, 1)

    def at_line(self, problem: Problem) -> Problem:
        """The problem with its line."""
        return replace(problem, line=self.line(problem.path))


def read_text(file: FilePath) -> str:
    """The text of a file.

    Raises:
        ScenarioRefused: it is not there, too large, or not UTF-8.
    """
    try:
        with file.open("rb") as opened:
            content = opened.read(MAX_BYTES + 1)
        if len(content) > MAX_BYTES:
            why = f"it has more than {MAX_BYTES:,} bytes, which is as much as is read. Scenarios are written by people."
            raise ScenarioRefused(str(file), [Problem("", why)])
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        why = f"it is not UTF-8 at byte {error.start:,}. Save it as UTF-8."
        raise ScenarioRefused(str(file), [Problem("", why)]) from error
    except OSError as error:
        why = f"it cannot be read: {error.strerror or error}. Name a YAML file."
        raise ScenarioRefused(str(file), [Problem("", why)]) from error


def read_yaml(text: str, where: str) -> Plain:
    """The values of a YAML text, with their lines.

    Args:
        text: the YAML.
        where: the file, as the user named it.

    Raises:
        ScenarioRefused: it is no YAML, or nothing could be made of it.
    """
    plain = Plain()
    try:
        if obscure := _obscure(text):
            raise ScenarioRefused(where, [obscure])
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        context = f" ({error.context})" if error.context else ""
        why = f"no YAML: {error.problem or 'it cannot be read'}{context}. Check indentation, quotes and colons."
        raise ScenarioRefused(where, [Problem("", why, mark.line + 1 if mark else 0)]) from None
    except yaml.YAMLError as error:
        raise ScenarioRefused(where, [Problem("", f"no YAML: {str(error).splitlines()[0]}.")]) from None
    plain.value = _value(node, (), plain) if node is not None else None
    return plain


def _obscure(text: str) -> Problem | None:
    """What would be slow or hard to read, before anything is built; None if there is nothing of it."""
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        line = event.start_mark.line + 1 if event.start_mark else 0
        if isinstance(event, yaml.AliasEvent | yaml.ScalarEvent | yaml.CollectionStartEvent) and event.anchor:
            why = f"'{event.anchor}' is an anchor or alias; name a number under numbers: and write $name instead"
            return Problem("", why, line)
        if isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent) and event.tag:
            return Problem("", f"the tag {event.tag} says nothing here; leave it out", line)
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            return Problem("", f"more than {MAX_DEPTH} levels deep; a scenario has fewer than ten", line)
    return None


def _value(node: yaml.Node, path: Path, plain: Plain, *, in_flow: bool = False) -> Any:
    plain.lines.setdefault(path, node.start_mark.line + 1)
    if isinstance(node, yaml.SequenceNode):
        in_flow = bool(node.flow_style)
        return [_value(part, (*path, place), plain, in_flow=in_flow) for place, part in enumerate(node.value)]
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, path, plain)
    scalar = cast("yaml.ScalarNode", node)
    if in_flow and not scalar.style and _is_cut(scalar.value):
        why = f"'{scalar.value}' has an open bracket. In {{ }} and [ ] a text with a comma stands in quotes"
        plain.problems.append(Problem("", why, node.start_mark.line + 1, path))
    return scalar.value if scalar.style else read_scalar(scalar.value)


def needs_quotes(text: str) -> bool:
    """Whether a text without quotes would be read as something else."""
    return read_scalar(text) != text or _is_cut(text)


def _is_cut(text: str) -> bool:
    """Whether a comma may have cut off the end of a formula."""
    return text.count("(") > text.count(")")


def _is_rest(key: str, value: yaml.Node) -> bool:
    """Whether a key without a value is what a comma cut off from a formula."""
    return key.count(")") > key.count("(") and isinstance(value, yaml.ScalarNode) and not value.value


def _mapping(node: yaml.MappingNode, path: Path, plain: Plain) -> Mapping[str, Any]:
    values: dict[str, Any] = {}
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        if not isinstance(key_node, yaml.ScalarNode):
            plain.problems.append(Problem("", "a key has to be a plain word", line, path))
            continue
        key = str(key_node.value)
        if node.flow_style and _is_rest(key, value_node):
            continue
        here = (*path, key)
        if key in values:
            first = plain.lines[here]
            plain.problems.append(
                Problem("", f"'{key}' stands here twice, first in line {first}. Keep one.", line, here)
            )
            continue
        plain.lines[here] = line
        values[key] = _value(value_node, here, plain, in_flow=bool(node.flow_style))
    return values


def read_scalar(text: str) -> str | float | int | bool | None:
    """What a scalar without quotes says."""
    if text in {"", "~", "null"}:
        return None
    if text in {"true", "false"}:
        return text == "true"
    if len(text) <= _LONGEST_NUMBER:
        if _INTEGER.fullmatch(text):
            return int(text.replace("_", ""))
        if _REAL.fullmatch(text):
            return float(text.replace("_", ""))
    return text
