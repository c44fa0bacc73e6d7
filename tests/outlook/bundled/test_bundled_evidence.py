"""The entries that the bundled scenario rests on stand in the dossier that its head names, and tell what it says."""

from __future__ import annotations

from pathlib import Path

import pytest

from materiel import desk
from materiel.outlook.scenario.leaves import numbers_of
from materiel.outlook.scenario.loading import load_scenario
from materiel.terms.entries import Entry
from materiel.terms.statements import Measure, Transfer

ROOT = Path(__file__).parents[3]
SCENARIO = load_scenario(ROOT / "scenarios" / "korea-2024.yaml")
REFRESH = (
    "Reading has changed: run `materiel read examples/korea-2024 --into build/korea-2024.sqlite`, find the entry with "
    "`materiel register build/korea-2024.sqlite`, and put its id into scenarios/korea-2024.yaml."
)


@pytest.fixture(scope="module")
def entries(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Entry]:
    path = tmp_path_factory.mktemp("korea") / "korea-2024.sqlite"
    desk.read_into(path, desk.read_paths([str(ROOT / "examples" / "korea-2024")]))
    return {entry.id: entry for entry in desk.register(path)}


def test_every_entry_is_there(entries: dict[str, Entry]) -> None:
    named = {identity for _, _, number in numbers_of(SCENARIO) for identity in number.evidence}
    named |= {identity for pledge in SCENARIO.commitments for identity in pledge.evidence}
    assert named
    assert named <= set(entries), f"{sorted(named - set(entries))}: {REFRESH}"


def test_a_value_that_is_evidence_is_told_by_its_entry(entries: dict[str, Entry]) -> None:
    """Numbers that an entry is said to give as they are; what is worked out of one says so as an assumption."""
    for place, _, number in numbers_of(SCENARIO):
        if number.value is None or not number.evidence or number.assumption or number.source:
            continue
        told = {figure for identity in number.evidence for figure in _figures(entries[identity])}
        size = 1000 if number.unit.startswith("thousand ") else 1
        assert number.value * size in told, f"{place}: {sorted(told)}. {REFRESH}"


def _figures(entry: Entry) -> set[float]:
    found: set[float | None] = set()
    for statement in entry.statements:
        claim = statement.claim
        if isinstance(claim, Transfer):
            found |= {claim.quantity, claim.value, claim.value_usd}
        elif isinstance(claim, Measure):
            found.add(claim.value)
    return {figure for figure in found if figure is not None}
