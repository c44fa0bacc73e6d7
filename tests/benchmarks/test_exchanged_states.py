"""What is known of states, exchanged: nothing else is touched, and nothing is lost."""

from __future__ import annotations

import importlib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from materiel.reading.weights import Weights, transfer_weights

ROOT = Path(__file__).parents[2]


@pytest.fixture
def exchanged(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))
    return importlib.import_module("exchanged_states").exchanged


def test_what_is_known_of_one_state_is_believed_of_another(exchanged: Any) -> None:
    before = transfer_weights()
    after = exchanged(before, 1)
    for name in ("supply", "stage", "assertion"):
        assert after[name] == before[name]
    for name in ("supplier", "recipient", "dyad"):
        assert Counter(after[name].of.values()) == Counter(before[name].of.values())
        assert after[name] != before[name]


def test_an_exchange_is_the_same_in_every_run_and_goes_through_all_that_is_known_of_a_state(exchanged: Any) -> None:
    of: dict[str, tuple[float, ...]] = {
        "state=USA": (2.0,),
        "state.ship=USA": (1.0,),
        "state=PER": (-1.0,),
        "state.lemma=PER.rifle": (0.5,),
        "first": (3.0,),
    }
    together: dict[str, tuple[float, ...]] = {"USA>PER": (1.0,), "(open)>USA": (0.2,)}
    models = {
        "supplier": Weights(("party",), of),
        "dyad": Weights(("dyad",), together),
    }
    lots = {frozenset(exchanged(models, lot)["supplier"].of.items()) for lot in range(20)}
    turned = frozenset(
        {
            "state=PER": (2.0,),
            "state.ship=PER": (1.0,),
            "state=USA": (-1.0,),
            "state.lemma=USA.rifle": (0.5,),
            "first": (3.0,),
        }.items()
    )
    assert lots == {frozenset(of.items()), turned}
    dyads = {frozenset(exchanged(models, lot)["dyad"].of.items()) for lot in range(20)}
    assert frozenset({"PER>USA": (1.0,), "(open)>PER": (0.2,)}.items()) in dyads
