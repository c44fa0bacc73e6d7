"""The draft of the bundled example, as it was coded by hand, against a file: what is told, asked and left out.

Ids of entries are computed from what they say, so they are masked, and the order that follows from them does not count.
After a change that is meant: `python tests/outlook/drafting/coded_korea.py` writes the file again; read what changed.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from coded_korea import GOLDEN, coded_dossier, masked

from materiel import desk
from materiel.commitments.materiel_tree import covers
from materiel.commitments.parsing import parse
from materiel.commitments.tree import TransferAtom, leaves
from materiel.outlook.scenario.leaves import numbers_of
from materiel.outlook.scenario.loading import scenario_from_text
from materiel.terms.entries import Entry


@pytest.fixture(scope="module")
def dossier(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return coded_dossier(tmp_path_factory.mktemp("korea"))


@pytest.fixture(scope="module")
def entries(dossier: Path) -> dict[str, Entry]:
    return {entry.id: entry for entry in desk.register(dossier)}


def test_the_draft_is_as_it_was(dossier: Path) -> None:
    now = masked(desk.draft_scenario(dossier).text).splitlines()
    then = GOLDEN.read_text("utf-8").splitlines()
    assert sorted(now) == sorted(then)


def test_the_same_dossier_gives_the_same_text(dossier: Path) -> None:
    assert desk.draft_scenario(dossier).text == desk.draft_scenario(dossier).text


def test_every_number_is_an_entrys_or_asked_for(dossier: Path, entries: dict[str, Entry]) -> None:
    drafted = desk.draft_scenario(dossier)
    scenario = scenario_from_text(drafted.text, "draft.yaml")
    numbers = [number for _, _, number in numbers_of(scenario)]
    assert drafted.blanks == sum(number.blank is not None for number in numbers) > 50
    assert drafted.evidenced == sum(bool(number.evidence) for number in numbers) > 10
    for number in numbers:
        assert set(number.evidence) <= set(entries)
        assert number.evidence or number.blank or number.value == 0
    stocks = scenario.numbers["kor_stock_artillery_ammunition"]
    assert stocks.value == 3_400_000


def test_as_known_on_a_day_there_is_only_what_was_known(dossier: Path) -> None:
    june = scenario_from_text(desk.draft_scenario(dossier, as_of="2024-06-23", known_by="2024-06-23").text, "june.yaml")
    december = scenario_from_text(desk.draft_scenario(dossier).text, "december.yaml")
    assert june.start.isoformat() == "2024-06-23"
    assert december.start.isoformat() == "2024-12-19"
    assert "prk_personnel" in december.numbers, "soldiers were told of in October"
    assert "prk_personnel" not in june.numbers
    assert {pledge.id for pledge in june.commitments} < {pledge.id for pledge in december.commitments}
    assert "pact(PRK, RUS, mutual-defence, signed)" in june.so_far
    assert "pact(PRK, RUS, mutual-defence, in-force)" in december.so_far


def test_what_a_commitment_waits_for_can_come_about(dossier: Path) -> None:
    scenario = scenario_from_text(desk.draft_scenario(dossier, as_of="2024-06-23").text, "june.yaml")
    flows = {(each.supplier, each.recipient, each.materiel) for each in scenario.routes}
    flows |= {(each.supplier, each.buyer, each.materiel) for each in scenario.orders}
    classes = {name: materiel.class_ for name, materiel in scenario.materiel.items()}
    atoms = [
        leaf
        for pledge in scenario.commitments
        if pledge.antecedent
        for leaf in leaves(parse(pledge.antecedent))
        if isinstance(leaf, TransferAtom)
    ]
    assert parse("transfer(RUS -> PRK, precision, delivered)") in atoms
    for atom in atoms:
        assert any(
            supplier in (atom.suppliers or ())
            and recipient in (atom.recipients or ())
            and any(covers(general, classes[materiel]) for general in atom.classes or ())
            for supplier, recipient, materiel in flows
        ), atom
    precision = next(route for route in scenario.routes if route.materiel == "precision")
    assert precision.when in {f'event("{event.title}")' for event in scenario.events}
