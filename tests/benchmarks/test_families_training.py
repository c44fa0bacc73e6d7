"""Training of lineage: families kept aside stay aside, the fit finds what tells, the table is the same again."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

import pytest

from materiel.sources.lineage.judge import BIAS, WEIGHTS
from materiel.terms.vocabulary import load_vocabulary

ROOT = Path(__file__).parents[2]


@pytest.fixture
def training(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))
    return importlib.import_module("families_training")


def test_every_third_family_is_aside(training: Any) -> None:
    assert [number for number in range(11, 20) if training.is_aside(str(number))] == [12, 15, 18]
    assert not training.is_aside("F03")


def test_the_fit_finds_the_feature_that_tells(training: Any) -> None:
    def example(same: float, noise: float, is_derived: bool) -> Any:
        return training.Example("1", {"same": same, "noise": noise}, {"same": 0.0, "noise": noise}, is_derived, (), 1.0)

    found = [example(1.0, n % 3, True) for n in range(12)] + [example(0.0, n % 3, False) for n in range(12)]
    weights = training.fit(found, 0.1)
    assert weights["same"] > 1 > abs(weights["noise"])
    assert (
        training.logit(weights, {"same": 1.0, "noise": 1.0}) > 0 > training.logit(weights, {"same": 0.0, "noise": 1.0})
    )
    direction = training.fit_direction(found, 0.1)
    assert direction["same"] > 1
    assert direction["noise"] == 0


def test_the_table_is_what_training_gives(training: Any) -> None:
    families = [family for family in training.load_families() if not training.is_aside(family["id"])]
    found = training.examples(families)
    weights, direction = training.fit(found), training.fit_direction(found, training.RIDGE)
    table = {row["feature"]: row for row in load_vocabulary(WEIGHTS)}
    assert set(table) == set(weights)
    # Rounding apart: another build of the linear algebra may end a step earlier or later.
    for name, row in table.items():
        assert float(row["derivation"]) == pytest.approx(weights[name], abs=0.02, rel=0.02)
        assert float(row["direction"]) == pytest.approx(direction.get(name, 0.0), abs=0.02, rel=0.02)
    assert BIAS in table
