"""Whether whatever moves has somewhere to come from and to go to."""

from __future__ import annotations

from collections.abc import Iterator

from materiel.outlook.refusals import Path, Problem
from materiel.outlook.scenario.checking.known import Known
from materiel.outlook.scenario.checking.naming import name_of
from materiel.outlook.scenario.elements import Scenario


def movement_problems(scenario: Scenario, names: Known) -> Iterator[Problem]:
    """Lines, orders, routes and needs without a stock, routes out of order."""
    yield from _stockless(scenario, names)
    yield from _routes(scenario)


def _stockless(scenario: Scenario, names: Known) -> Iterator[Problem]:
    """Everything that moves materiel moves it from a stock and to one."""
    ends = {
        "lines": ("owner",),
        "orders": ("supplier", "buyer"),
        "routes": ("supplier", "recipient"),
        "needs": ("actor",),
    }
    for field, sides in ends.items():
        for place, part in enumerate(getattr(scenario, field)):
            for side in sides:
                actor = getattr(part, side)
                if (
                    (actor, part.materiel) not in names.stocks
                    and part.materiel in names.materiel
                    and names.has_actor(actor)
                ):
                    why = (
                        f"{actor} has no stock of {part.materiel}. List it under stocks, with opening 0 if it is empty"
                    )
                    yield Problem(f"{field}.{name_of(part, place)}.{side}", why, path=(field, place, side))
    for place, line in enumerate(scenario.lines):
        if line.licensor and (line.licensor, line.materiel) not in names.stocks and line.returns:
            why = f"{line.licensor} has no stock of {line.materiel}, to which the line returns. List it under stocks"
            yield Problem(f"lines.{line.id}.licensor", why, path=("lines", place, "licensor"))
        if line.returns and not line.licensor:
            why = "the line returns a share of its output, and does not say to whom. Give licensor"
            yield Problem(f"lines.{line.id}.returns", why, path=("lines", place, "returns"))


def _routes(scenario: Scenario) -> Iterator[Problem]:
    before: dict[str, str] = {}
    ids = [route.id for route in scenario.routes]
    for place, route in enumerate(scenario.routes):
        if route.supplier == route.recipient:
            why = f"it leads from {route.supplier} to {route.supplier}"
            yield Problem(f"routes.{route.id}.recipient", why, path=("routes", place, "recipient"))
        why = ""
        if route.backfills in ids and route.backfills not in before:
            why = f"'{route.backfills}' has to be listed before the route that backfills it"
        elif route.backfills in before:
            other, own = _counted(scenario, before[route.backfills]), _counted(scenario, route.materiel)
            why = (
                "" if other == own else f"'{route.backfills}' carries what is counted in '{other}', this one in '{own}'"
            )
        if why:
            path: Path = ("routes", place, "backfills")
            yield Problem(f"routes.{route.id}.backfills", why, path=path)
        before[route.id] = route.materiel


def _counted(scenario: Scenario, materiel: str) -> str:
    found = scenario.materiel.get(materiel)
    return found.unit if found else ""
