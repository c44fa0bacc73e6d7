"""A stock-and-flow model run by an independent simulator, from equations written for it, and woven from a scenario."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from materiel.outlook.engine.run import run
from materiel.outlook.scenario.elements import Scenario
from materiel.outlook.weaving import weave

MODEL = Path(__file__).with_name("stock_and_flow.mdl")
WEEKS = 60
SAME: dict[str, str] = {
    "stock KOR shell": "korean stock",
    "stock UKR shell": "ukrainian stock",
    "stock POL shell": "polish stock",
    "backlog tender": "backlog",
    "state KOR threat": "threat",
}


def number(value: float, unit: str) -> dict[str, Any]:
    return {"value": float(value), "unit": unit, "assumption": "for the test"}


def scenario() -> Scenario:
    rounds, weekly = "thousand rounds", "thousand rounds per week"
    given = {
        "name": "stock and flow",
        "about": "What the model in Vensim's language says.",
        "start": date(2024, 7, 1),
        "weeks": WEEKS,
        "materiel": {"shell": {"class": "artillery.ammunition", "unit": rounds}},
        "stocks": [
            {"owner": "KOR", "materiel": "shell", "opening": number(100, rounds), "reserve": number(60, rounds)},
            {"owner": "UKR", "materiel": "shell", "opening": number(20, rounds)},
            {"owner": "POL", "materiel": "shell", "opening": number(0, rounds)},
        ],
        "lines": [
            {
                "id": "works",
                "owner": "KOR",
                "materiel": "shell",
                "rate": number(4, weekly),
                "full_rate": number(12, weekly),
                "ramp": number(20, "weeks"),
            }
        ],
        "routes": [
            {
                "id": "sea",
                "supplier": "KOR",
                "recipient": "UKR",
                "materiel": "shell",
                "delay": 3,
                "limit": number(9, weekly),
            }
        ],
        "orders": [
            {
                "id": "tender",
                "buyer": "POL",
                "supplier": "KOR",
                "materiel": "shell",
                "quantity": number(80, rounds),
                "delay": 2,
                "limit": number(5, weekly),
            }
        ],
        "needs": [{"actor": "UKR", "materiel": "shell", "per_week": "7 + 2 * state(KOR, threat)"}],
        "states": [
            {
                "actor": "KOR",
                "name": "threat",
                "base": number(0.2, "share"),
                "fades": number(8, "weeks"),
                "drives": [{"by": "unmet(UKR, shell) / need(UKR, shell)", "gain": number(0.5, "none")}],
            }
        ],
    }
    return Scenario.model_validate(given)


def test_both_simulators_give_the_same_weeks(tmp_path: Path) -> None:
    pysd = pytest.importorskip("pysd", reason="the tests' extra has it")
    model = shutil.copy(MODEL, tmp_path / MODEL.name)
    theirs = pysd.read_vensim(str(model)).run(return_columns=[*SAME.values(), "unmet so far"])
    ours = run(weave(scenario()), members=1, engine="arrays")
    for name, other in SAME.items():
        # Theirs are the stocks before each week, ours those at its end.
        np.testing.assert_allclose(ours.series[name][:, 0], theirs[other].to_numpy()[1:], rtol=1e-9, atol=1e-9)
    assert ours.outcomes["unmet UKR shell"][0] == pytest.approx(theirs["unmet so far"].iloc[-1], rel=1e-9)
    assert ours.series["backlog tender"][0, 0] > 0 == ours.series["backlog tender"][-1, 0]
    assert ours.series["unmet UKR shell"].max() > 1
