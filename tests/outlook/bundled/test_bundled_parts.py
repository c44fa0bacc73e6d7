"""Each of the fourteen parts does what docs/model.md says: without it the outcome goes the way of that page's table.

The table is read here, so the page and the model cannot part. Both runs have the same luck, so few members are enough
to be sure: the mean difference has to be more than three of its standard errors from nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from materiel.outlook.engine.draws import draw
from materiel.outlook.engine.run import run_sample
from materiel.outlook.scenario.loading import load_scenario
from materiel.outlook.weaving.weave import weave

ROOT = Path(__file__).parents[3]
SCENARIO = ROOT / "scenarios" / "korea-2024.yaml"
MEMBERS = 300
SEED = 1
SURE = 3.0
"""Standard errors."""

Settings = tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Row:
    part: str
    both: Settings
    without: Settings
    outcome: str
    goes: str

    def __str__(self) -> str:
        return f"{self.part} {self.outcome} without {self.without[0][0]}"


def _rows() -> tuple[Row, ...]:
    page = (ROOT / "docs" / "model.md").read_text("utf-8")
    table = page.split("<!-- directions -->")[1].split("<!-- /directions -->")[0].strip().splitlines()
    found = []
    for line in table[2:]:
        part, _, both, without, outcome, goes = (cell.strip() for cell in line.strip("|").split("|"))
        found.append(Row(part, _settings(both), _settings(without), outcome.strip("`"), goes))
    return tuple(found)


def _settings(cell: str) -> Settings:
    return tuple((name, float(value)) for name, value in re.findall(r"`([\w.]+) = ([\d.]+)`", cell))


ROWS = _rows()


@pytest.fixture(scope="module")
def told() -> dict[tuple[Settings, str], NDArray[np.float64]]:
    """What comes of the scenario with the numbers that each row sets, by these and by outcome: all in one run."""
    compiled = weave(load_scenario(SCENARIO))
    members = np.arange(MEMBERS, dtype=np.uint64)
    drawn = draw(compiled.drawn, members, SEED).T
    cases = list(dict.fromkeys(each for row in ROWS for each in (row.both, (*row.both, *row.without))))
    tables = [_with(drawn, compiled.program.parameters, case) for case in cases]
    outcomes = sorted({row.outcome for row in ROWS})
    ran = run_sample(
        compiled,
        np.concatenate(tables),
        np.tile(members, len(cases)),
        seed=SEED,
        engine="arrays",
        outcomes=outcomes,
    )
    assert not ran.failures
    return {
        (case, outcome): ran.outcomes[outcome].reshape(len(cases), MEMBERS)[place]
        for place, case in enumerate(cases)
        for outcome in outcomes
    }


def _with(table: NDArray[np.float64], names: Sequence[str], settings: Settings) -> NDArray[np.float64]:
    changed = table.copy()
    for name, value in settings:
        changed[:, names.index(name)] = value
    return changed


def test_the_table_holds_every_part() -> None:
    assert {row.part for row in ROWS} == {f"M{number}" for number in range(1, 15)}
    assert all(row.without and row.goes in {"up", "down"} for row in ROWS)


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_without_a_part_the_outcome_goes_the_way_that_the_page_says(
    row: Row, told: dict[tuple[Settings, str], NDArray[np.float64]]
) -> None:
    with_it = told[row.both, row.outcome]
    without = told[(*row.both, *row.without), row.outcome]
    difference = without - with_it
    error = difference.std(ddof=1) / np.sqrt(MEMBERS)
    way = 1 if row.goes == "up" else -1
    assert way * difference.mean() > SURE * error, f"{with_it.mean():g} became {without.mean():g} +- {error:g}"


def test_the_file_says_where_each_part_is() -> None:
    comments = " ".join(re.findall(r"# (.*)", SCENARIO.read_text("utf-8").split("\nname:")[1]))
    assert set(re.findall(r"\bM\d+\b", comments)) == {f"M{number}" for number in range(1, 15)}
