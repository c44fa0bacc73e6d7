"""Pacts that no rule sees whole, weighed with trained weights: what is found, what is told once, what is left alone."""

from __future__ import annotations

import pytest
from reading_samples import read_text

from materiel.reading.weights import PACT_MODELS, PACT_TABLE, pact_weights
from materiel.terms.actors import states
from materiel.terms.statements import Pact, PactKind, PactStatus


def pacts(text: str) -> list[Pact]:
    return [statement.claim for statement in read_text(text) if isinstance(statement.claim, Pact)]


def test_the_table_holds_every_model_with_its_outcomes() -> None:
    models = pact_weights()
    assert tuple(models) == PACT_MODELS
    assert set(models["kind"].outcomes) == {kind.value for kind in PactKind}
    assert set(models["status"].outcomes) == {status.value for status in PactStatus}
    assert all(len(model.of) > 500 for model in models.values())
    assert PACT_TABLE.stat().st_size < 1_000_000


def test_a_state_is_weighed_by_its_code_as_party_and_for_nothing_else() -> None:
    names = {name.lower() for state in states().values() for name in (*state.names, *state.demonyms) if len(name) > 3}
    codes = {state.code for state in states().values()}
    telling = {"party": "state=", "pact": "with="}
    for name, model in pact_weights().items():
        for feature in model.of:
            parts = set(feature.replace("=", ".").replace("+", ".").split("."))
            assert not names & parts, f"{name} {feature}"
            assert not codes & parts or feature.startswith(telling.get(name, "none")), f"{name} {feature}"


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        (
            """Chile and Peru have sold each other tanks for a decade. Chile wants howitzers from Peru.
            The two governments signed a defence agreement in May.""",
            ("CHL", "PER"),
        ),
        (
            """Kenya is buying armoured vehicles from Turkey. Kenya's army has waited for them since March.
            Kenya's president came to Ankara, where a military cooperation agreement with Turkey was signed.""",
            ("KEN", "TUR"),
        ),
    ],
)
def test_parties_that_stand_away_from_the_noun_are_found(text: str, parties: tuple[str, ...]) -> None:
    assert parties in [pact.parties for pact in pacts(text)]


def test_a_pact_told_again_is_one() -> None:
    text = (
        "Norway and Kenya signed a defence cooperation agreement on Monday.\n"
        "The agreement was signed in Oslo. Under the agreement Norway will train Kenya's gunners."
    )
    assert [pact.parties for pact in pacts(text)] == [("KEN", "NOR")]


def test_pacts_with_names_of_their_own_are_two() -> None:
    text = (
        "Norway and Kenya signed the Joint Gunnery Training Agreement on Monday. "
        "Norway and Kenya signed the Coastal Radar Exchange Agreement on Tuesday."
    )
    assert len(pacts(text)) == 2


@pytest.mark.parametrize(
    "text",
    [
        "France and Spain signed an agreement on river fish. The fish are sold in Lyon.",
        "Peru and Chile agreed to share the cost of the bridge, and Bolivia's parliament passed its budget.",
        "There is no defence pact between Kenya and Norway, and none is planned; Oslo sent howitzers all the same.",
    ],
)
def test_what_is_no_pact_of_arms_is_left_alone(text: str) -> None:
    assert pacts(text) == []
