"""The bundled scenarios: every number has its reason, nothing is lost on the way, policies differ as they should."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from materiel.outlook.engine.run import run
from materiel.outlook.ensemble import Ensemble
from materiel.outlook.scenario.blanks import blanks
from materiel.outlook.scenario.elements import Scenario
from materiel.outlook.scenario.loading import load_scenario
from materiel.outlook.scenario.shares import Basis, shares
from materiel.outlook.weaving.weave import weave

SCENARIOS = Path(__file__).parents[3] / "scenarios"
BUNDLED = ("korea-2024", "ring-exchange-2022")
MEMBERS = 200


@cache
def scenario(name: str) -> Scenario:
    return load_scenario(SCENARIOS / f"{name}.yaml")


@cache
def ran(name: str, policy: str) -> Ensemble:
    return run(weave(scenario(name), policy), members=MEMBERS, seed=2, policy=policy, engine="arrays", follow=0)


def outcome(name: str, policy: str, of: str) -> NDArray[np.float64]:
    return ran(name, policy).outcomes[of]


@pytest.mark.parametrize("name", BUNDLED)
def test_every_number_says_where_it_comes_from(name: str) -> None:
    assert not blanks(scenario(name))
    assert not [each for each in shares(scenario(name)).numbers if each.basis is Basis.NONE]


def test_the_ring_exchange_has_nothing_of_korea_in_it() -> None:
    ring = scenario("ring-exchange-2022")
    assert set(ring.actors) == {"DEU", "CZE", "SVK", "GRC", "UKR"}
    assert not re.search(r"korea|\bKOR\b|\bPRK\b|shell", ring.model_dump_json(), re.IGNORECASE)


@pytest.mark.parametrize("name", BUNDLED)
def test_no_member_fails_and_nothing_is_lost_on_the_way(name: str) -> None:
    for policy in scenario(name).policies:
        told = ran(name, policy)
        assert not told.failures
        for materiel in scenario(name).materiel:
            ledger = {
                entry: told.outcomes[f"ledger {materiel} {entry}"]
                for entry in ("opening", "produced", "final", "used", "lost", "transit")
            }
            came = ledger["opening"] + ledger["produced"]
            went = ledger["final"] + ledger["used"] + ledger["lost"] + ledger["transit"]
            assert (came == went).all(), f"{policy}: {materiel}"


@pytest.mark.parametrize("name", BUNDLED)
def test_no_outcome_is_the_same_for_everybody_under_every_policy(name: str) -> None:
    for of in scenario(name).outcomes:
        told = np.concatenate([outcome(name, policy, of) for policy in scenario(name).policies])
        assert np.ptp(told) > 0, of


def test_the_more_seoul_gives_the_more_arrives_and_the_more_moscow_gives() -> None:
    shells, precision, short = (
        {policy: outcome("korea-2024", policy, of).mean() for policy in scenario("korea-2024").policies}
        for of in ("korean_shells", "precision_given", "ukraine_short")
    )
    assert shells["restraint"] == 0 < shells["conditional_lift"] < shells["immediate_lift"]
    assert short["restraint"] > short["conditional_lift"] > short["immediate_lift"]
    assert precision["conditional_lift"] < precision["immediate_lift"]


def test_under_restraint_no_korean_shell_flies_in_any_member() -> None:
    assert (outcome("korea-2024", "restraint", "arrived kor_ukr_shell") == 0).all()
    assert (outcome("korea-2024", "restraint", "kept seoul_line") == scenario("korea-2024").weeks).all()


def test_who_waits_for_the_whole_lot_gives_later_and_less() -> None:
    given = {
        policy: outcome("ring-exchange-2022", policy, "vehicles_given").mean()
        for policy in scenario("ring-exchange-2022").policies
    }
    assert given["all_at_once"] < given["as_signed"] < given["full_pace"]
    mistrust = {
        policy: outcome("ring-exchange-2022", policy, "mistrust_peak").mean()
        for policy in scenario("ring-exchange-2022").policies
    }
    assert mistrust["full_pace"] < mistrust["as_signed"]


def test_nobody_gives_more_than_was_agreed() -> None:
    for policy in scenario("ring-exchange-2022").policies:
        for route, gift in (("svk_ukr", 30), ("grc_ukr", 40)):
            arrived = outcome("ring-exchange-2022", policy, f"arrived {route}")
            assert gift <= arrived.max() < gift + 4, "the last train is a whole one"
