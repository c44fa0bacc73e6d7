"""Whether names can be written, and stand for one thing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from materiel.outlook.refusals import Path, Problem
from materiel.outlook.scenario.checking.known import folded
from materiel.outlook.scenario.elements import Scenario
from materiel.outlook.scenario.leaves import item_name
from materiel.outlook.scenario.numbers import Part

_NAME = re.compile(r"[^\W\d_]\w*")
_ID = re.compile(r"[^\W_]\w*(?:[.\-]\w+)*")


def naming_problems(scenario: Scenario) -> Iterator[Problem]:
    """Names that no condition and no formula could write, and names that stand for two things."""
    yield from _names_that_cannot_be_written(scenario)
    yield from _twice(scenario)
    yield from _titles_twice(scenario)


def _names_that_cannot_be_written(scenario: Scenario) -> Iterator[Problem]:
    for name in scenario.numbers:
        if not _NAME.fullmatch(name):
            why = f"'{name}' is no name. A name is made of letters, digits and _, and begins with a letter"
            yield Problem(f"numbers.{name}", why, path=("numbers", name))
    named: list[tuple[str, str, Path]] = [
        (field, name, (field, name)) for field in ("materiel", "outcomes") for name in getattr(scenario, field)
    ]
    for field in ("lines", "orders", "routes", "events", "contingencies", "unknowns", "commitments"):
        named += [(field, part.id, (field, place, "id")) for place, part in enumerate(getattr(scenario, field))]
    for field in ("states", "switches"):
        named += [(field, part.name, (field, place, "name")) for place, part in enumerate(getattr(scenario, field))]
    for field, name, path in named:
        if not _ID.fullmatch(name):
            why = f"'{name}' is no id. An id is made of letters, digits, and - . _ between them: ring-1"
            yield Problem(f"{field}.{name}", why, path=path)


def _twice(scenario: Scenario) -> Iterator[Problem]:
    seen: dict[tuple[str, str], str] = {}
    spaces = {"events": "event", "contingencies": "event", "states": "state", "switches": "state"}
    for field in (
        "stocks",
        "lines",
        "orders",
        "routes",
        "needs",
        "states",
        "switches",
        "events",
        "contingencies",
        "unknowns",
        "commitments",
    ):
        for place, part in enumerate(getattr(scenario, field)):
            name = name_of(part, place)
            key = (spaces.get(field, field), name)
            if key in seen:
                why = f"'{name}' stands under {seen[key]} already. Each name is given once"
                yield Problem(f"{field}.{name}", why, path=(field, place))
            seen.setdefault(key, field)


def _titles_twice(scenario: Scenario) -> Iterator[Problem]:
    titles: dict[str, str] = {}
    for field in ("events", "contingencies"):
        for place, part in enumerate(getattr(scenario, field)):
            title = folded(part.title)
            if title in titles:
                why = f"'{titles[title]}' has the same title, and conditions know events by their titles"
                yield Problem(f"{field}.{part.id}.title", why, path=(field, place, "title"))
            titles.setdefault(title, part.id)


def name_of(part: Part, place: int) -> str:
    """What a part of a list is called."""
    return item_name(lambda field: getattr(part, field, None), place)
