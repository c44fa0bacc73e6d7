"""A scenario as a flat list of what stands in its fields: each with its way, its place in words and its role.

Every check, conversion and count goes over this list, so that a field that is added to a part is not forgotten.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from materiel.outlook.refusals import Path
from materiel.outlook.scenario.elements import Scenario
from materiel.outlook.scenario.numbers import Language, Measure, Number, Part, Refers, Role, Weeks


@dataclass(frozen=True, slots=True)
class Leaf:
    """What stands in a field that has a role.

    Attributes:
        path: the way to it, with the names that the file uses.
        place: that in words: ``stocks.KOR.shell.opening``. No two leaves have the same.
        role: what it measures, what it names, or in what language it is written.
        value: a number or a formula where it measures; a name or a pair of names; a text.
        holders: the parts around it, the innermost last.
    """

    path: Path
    place: str
    role: Role
    value: Any
    holders: tuple[Part, ...]

    @property
    def number(self) -> Number | None:
        """The number with its reason that stands here, if there is one."""
        found = self.value.number if isinstance(self.value, Weeks) else self.value
        return found if isinstance(found, Number) else None

    @property
    def materiel(self) -> str | None:
        """The materiel of the part in which it stands."""
        named = (getattr(part, "materiel", None) for part in reversed(self.holders))
        return next((name for name in named if isinstance(name, str)), None)


def leaves(scenario: Scenario) -> tuple[Leaf, ...]:
    """Every field with a role, in the order of the scenario. Named numbers have none: see ``Scenario.numbers``."""
    return tuple(_part(scenario, (), "", ()))


def measured(scenario: Scenario) -> Iterator[Leaf]:
    """The fields that hold a number, a formula or a number of weeks."""
    return (leaf for leaf in leaves(scenario) if isinstance(leaf.role, Measure))


def written_in(scenario: Scenario, language: Language) -> Iterator[tuple[Leaf, str]]:
    """Every condition, or every formula, where it stands."""
    for leaf in leaves(scenario):
        is_amount = language is Language.FORMULA and isinstance(leaf.role, Measure)
        if leaf.role is language or (is_amount and isinstance(leaf.value, str)):
            yield leaf, leaf.value


def numbers_of(scenario: Scenario) -> Iterator[tuple[str, Path, Number]]:
    """Every number with its place: named ones (``numbers.cap``), those of policies, those written in place."""
    for name, number in scenario.numbers.items():
        yield f"numbers.{name}", ("numbers", name), number
    for leaf in measured(scenario):
        if leaf.number is not None:
            yield leaf.place, leaf.path, leaf.number
    for name, policy in scenario.policies.items():
        for lever, number in policy.sets.items():
            yield f"policies.{name}.sets.{lever}", ("policies", name, "sets", lever), number


def item_name(get: Callable[[str], Any], index: int) -> str:
    """What an item of a list is called: its id, its owner and materiel, or its place from 1.

    Args:
        get: gives a field of it, None where there is none.
        index: its place from 0.
    """
    if isinstance(identity := get("id"), str):
        return identity
    actor = get("owner") or get("actor")
    what = get("materiel") or get("name")
    return f"{actor}.{what}" if isinstance(actor, str) and isinstance(what, str) else str(index + 1)


def _part(part: Part, path: Path, place: str, holders: tuple[Part, ...]) -> Iterator[Leaf]:
    for field, (alias, annotation) in fields_of(type(part)).items():
        value = getattr(part, field)
        yield from _value(value, annotation, (*path, alias), f"{place}.{alias}".lstrip("."), (*holders, part))


def _value(value: Any, annotation: Any, path: Path, place: str, holders: tuple[Part, ...]) -> Iterator[Leaf]:
    if value is None:
        return
    if role := role_of(annotation):
        yield Leaf(path, place, role, value, holders)
    elif isinstance(value, Part) and not isinstance(value, Number):
        yield from _part(value, path, place, holders)
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            name = item_name(lambda field, item=item: getattr(item, field, None), index)  # type: ignore[misc]
            yield from _value(item, _inside(annotation, 0), (*path, index), f"{place}.{name}", holders)
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from _value(item, _inside(annotation, 1), (*path, key), f"{place}.{key}", holders)


@cache
def fields_of(model: type[Part]) -> dict[str, tuple[str, Any]]:
    """The fields of a sort of part: the name that a file uses and the whole annotation, by the name in Python."""
    hints = get_type_hints(model, include_extras=True)
    return {name: (field.alias or name, hints[name]) for name, field in model.model_fields.items()}


def role_of(annotation: Any) -> Role | None:
    """The role among the annotations of a field, also where the field may be left out."""
    if get_origin(annotation) is Annotated:
        found = (each for each in annotation.__metadata__ if isinstance(each, Measure | Refers | Language))
        return next(found, None) or role_of(get_args(annotation)[0])
    if get_origin(annotation) in {Union, types.UnionType}:
        alternatives = [each for each in get_args(annotation) if each is not types.NoneType]
        return role_of(alternatives[0]) if len(alternatives) == 1 else None
    return None


def _inside(annotation: Any, argument: int) -> Any:
    """The annotation of what a list (0) or a mapping (1) holds."""
    arguments = get_args(annotation)
    return arguments[argument] if len(arguments) > argument else None
