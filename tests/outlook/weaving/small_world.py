"""A small world to try one part of a scenario in."""

from __future__ import annotations

from datetime import date
from typing import Any

from materiel.outlook.engine.run import run
from materiel.outlook.ensemble import Ensemble
from materiel.outlook.scenario.elements import Scenario
from materiel.outlook.weaving import weave

ROUNDS, WEEKLY = "thousand rounds", "thousand rounds per week"


def number(value: float, unit: str) -> dict[str, Any]:
    return {"value": float(value), "unit": unit, "assumption": "for the test"}


def rounds(value: float) -> dict[str, Any]:
    return number(value, ROUNDS)


def weekly(value: float) -> dict[str, Any]:
    return number(value, WEEKLY)


def stock(owner: str, opening: float, reserve: float = 0.0) -> dict[str, Any]:
    return {"owner": owner, "materiel": "shell", "opening": rounds(opening), "reserve": rounds(reserve)}


def route(name: str, supplier: str, recipient: str, limit: float, **more: Any) -> dict[str, Any]:
    sides = {"id": name, "supplier": supplier, "recipient": recipient, "materiel": "shell"}
    return {**sides, "delay": 1, "limit": weekly(limit), **more}


def sure(name: str, title: str, **more: Any) -> dict[str, Any]:
    """An event that comes every week, or once in the first."""
    return {"id": name, "title": title, "hazard": number(1000, "per week"), **more}


def world(weeks: int = 10, **parts: Any) -> Scenario:
    given = {
        "name": "small",
        "about": "For a test.",
        "start": date(2024, 7, 1),
        "weeks": weeks,
        "materiel": {"shell": {"class": "artillery.ammunition", "unit": ROUNDS}},
        "stocks": [stock("KOR", 100), stock("UKR", 0), stock("POL", 0)],
    }
    return Scenario.model_validate(given | parts)


def played(scenario: Scenario, members: int = 1, policy: str | None = None) -> Ensemble:
    return run(weave(scenario, policy), members=members, seed=1, policy=policy, engine="arrays")


def weeks_of(scenario: Scenario, name: str) -> list[float]:
    """A series of the first member."""
    return [round(float(value), 9) for value in played(scenario).series[name][:, 0]]
