"""The trained weights: what the table may hold, and how it is read."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from materiel.reading.weights import (
    BIAS,
    FIGURE_TABLE,
    MODELS,
    STANCE_TABLE,
    TABLE,
    Weights,
    figure_weights,
    probability,
    read_table,
    shares,
    stance_weights,
    transfer_weights,
)
from materiel.terms.actors import states
from materiel.terms.statements import Assertion, Attitude, MeasureName, Stage


def test_the_table_holds_every_model_with_its_outcomes() -> None:
    models = transfer_weights()
    assert tuple(models) == MODELS
    assert set(models["stage"].outcomes) == {stage.value for stage in Stage}
    assert set(models["assertion"].outcomes) == {assertion.value for assertion in Assertion}
    for name in MODELS:
        assert len(models[name].of) > 1000, name


def test_the_tables_are_small_enough_to_ship() -> None:
    assert TABLE.stat().st_size < 5_000_000
    assert STANCE_TABLE.stat().st_size < 1_000_000
    assert FIGURE_TABLE.stat().st_size < 1_000_000


def test_the_table_of_stances_weighs_every_attitude_against_none() -> None:
    model = stance_weights()
    assert set(model.outcomes) == {"none", *(attitude.value for attitude in Attitude)}
    chances = dict(zip(model.outcomes, shares(model.scores(["verb=nothing like it"])), strict=True))
    assert chances["none"] > 0.9, "an actor of whom nothing is known takes no stance"


def test_whether_there_is_a_supply_and_how_far_it_came_is_not_told_by_the_state() -> None:
    codes = {state.code for state in states().values()}
    for name in ("supply", "stage", "assertion"):
        for feature in transfer_weights()[name].of:
            assert not codes & set(feature.replace("=", ".").split(".")), feature


def test_a_role_weighs_a_state_by_its_code_and_in_no_other_way() -> None:
    """A name or a demonym as a feature would weigh the wording of the texts trained on."""
    names = {name.lower() for state in states().values() for name in (*state.names, *state.demonyms) if len(name) > 3}
    codes = {state.code for state in states().values()}
    for role in ("supplier", "recipient"):
        for feature in transfer_weights()[role].of:
            parts = set(feature.replace("=", ".").split("."))
            assert feature.startswith("state") == bool(codes & parts), feature
            assert feature.startswith("state.lemma=") or not names & parts, feature


def test_who_fights_whom_seldom_arms_them() -> None:
    dyad = transfer_weights()["dyad"]
    assert dyad.score(["PRK>RUS"]) > 1 > -1 > dyad.score(["PRK>UKR"])
    assert dyad.score(["USA>KOR"]) > dyad.score(["USA>PRK"])


def test_the_table_of_figures_weighs_every_measure_against_none_and_whose_it_is() -> None:
    models = figure_weights()
    assert tuple(models) == ("figure", "owner")
    assert set(models["figure"].outcomes) == {"none", *(measure.value for measure in MeasureName)}
    chances = dict(zip(models["figure"].outcomes, shares(models["figure"].scores([])), strict=True))
    assert chances["none"] > 0.5, "a number of which nothing is known measures nothing"


def test_no_weight_of_a_stance_or_a_figure_has_the_code_of_a_state() -> None:
    codes = {state.code for state in states().values()}
    for feature in (*stance_weights().of, *figure_weights()["figure"].of, *figure_weights()["owner"].of):
        assert not codes & set(feature.replace("=", ".").replace(">", ".").split(".")), feature


def test_scores_add_up_and_unknown_features_count_nothing() -> None:
    model = Weights(("a", "b"), {BIAS: (1.0, 0.0), "x": (0.5, -0.5)})
    assert model.scores(["x", "never seen"]) == [1.5, -0.5]
    assert Weights(("yes",), {"x": (2.0,)}).score(["x"]) == 2.0


def test_a_row_of_another_width_is_refused() -> None:
    with pytest.raises(ValueError, match="stage x are 1, not 2"):
        read_table(["stage,(outcomes),delivered pledged", "stage,x,0.5"])


@given(st.lists(st.floats(-50, 50), min_size=1, max_size=8))
def test_shares_are_probabilities_in_the_order_of_the_scores(scores: list[float]) -> None:
    found = shares(scores)
    assert math.isclose(sum(found), 1.0)
    assert all(a >= b for a, b in zip(_by(found, scores), _by(found, scores)[1:], strict=False))


def _by(found: list[float], scores: list[float]) -> list[float]:
    return [share for _, share in sorted(zip(scores, found, strict=True), reverse=True)]


@given(st.floats(-1e6, 1e6))
def test_a_probability_stays_between_none_and_sure(score: float) -> None:
    assert 0.0 < probability(score) < 1.0
    assert (probability(score) > 0.5) == (score > 0) or abs(score) < 1e-9
