"""What is left of a scenario without the items that have a mistake, so that the others can be checked all the same.

A name that only an item left out could have explained is no mistake: such a problem is not told until that item is
mended.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from materiel.outlook.refusals import Path, Problem

_HARMLESS = ("name", "about")
"""Fields of the scenario on which nothing else depends."""
_WORD = re.compile(r"\w+(?:[.\-]\w+)*")


@dataclass(frozen=True, slots=True)
class Remainder:
    """A scenario's plain values without some items.

    Attributes:
        value: what is left.
        places: for each list of it, the place in the file of each item.
        left_out: for each item left out, the words by which others may ask for it.
    """

    value: dict[str, Any]
    places: Mapping[str, list[int]]
    left_out: tuple[frozenset[str], ...]

    def may_have_caused(self, problem: Problem) -> bool:
        """Whether a problem may only be there because an item was left out."""
        words = set(_WORD.findall(problem.why))
        return any(names <= words for names in self.left_out)

    def path_in_file(self, path: Path) -> Path:
        """The path in the whole of what the remainder calls so."""
        match path:
            case (str(field), int(place), *rest) if field in self.places:
                return (field, self.places[field][place], *rest)
        return path


def remainder_without(value: Mapping[str, Any], broken: Iterable[Path]) -> Remainder | None:
    """What is left without the items in which these paths lie; None if a mistake concerns the scenario as a whole."""
    items: set[Path] = set()
    left = dict(value)
    for path in broken:
        if len(path) > 1:
            items.add(path[:2])
        elif path and path[0] in _HARMLESS:
            left[str(path[0])] = "-"
        else:
            return None
    places: dict[str, list[int]] = {}
    for field, part in value.items():
        if isinstance(part, list):
            places[field] = [place for place in range(len(part)) if (field, place) not in items]
            left[field] = [part[place] for place in places[field]]
        elif isinstance(part, dict):
            left[field] = {key: each for key, each in part.items() if (field, key) not in items}
    called = (names for path in sorted(items, key=str) for names in _called(value, path))
    return Remainder(left, places, tuple(names for names in called if names))


def _called(value: Mapping[str, Any], path: Path) -> Iterator[frozenset[str]]:
    """The sets of words by which an item may be asked for: its id, its title, or its actor and what it is of."""
    field, step = path
    if isinstance(step, str):
        yield frozenset((step,))
        return
    items = value[str(field)]
    item = items[step] if isinstance(items, list) and step < len(items) else None
    if not isinstance(item, dict):
        return
    names = ("id",) if "id" in item else ("owner", "actor", "materiel", "name")
    yield frozenset(str(item[name]) for name in names if name in item)
    yield frozenset(_WORD.findall(str(item.get("title", ""))))
