"""Figures that no rule sees: the numbers of a sentence, what is known of them, and when the weights speak."""

from __future__ import annotations

import pytest
from reading_samples import document

from materiel.reading import figure_weighing
from materiel.reading.numbers import Number
from materiel.reading.outlines import outlines
from materiel.reading.rules import read_document, walk
from materiel.reading.weights import BIAS, Weights
from materiel.terms.statements import Measure, MeasureName

TEXT = "Sweden sold Chad forty howitzers in March. Chad, a general told reporters, polishes 61 ageing howitzers."
MODELS = {
    "figure": Weights(("none", "stock"), {BIAS: (5.0, 0.0), "verb=polish": (0.0, 9.0)}),
    "owner": Weights(("party",), {"first": (1.0,)}),
}


def _numbers() -> dict[float, Number]:
    (outline,) = outlines([document(TEXT)])
    return {number.figure.value: number for _, _, number in walk(outline)[0].numbers}


def test_each_number_says_what_it_counts_and_whose_it_may_be() -> None:
    found = _numbers()
    assert "supplied" in found[40].features, "it is what a supply counts"
    assert "supplied" not in found[61].features
    assert {"verb=polish", "class=artillery"} <= set(found[61].features)
    assert {"TCD", "SWE"} <= {actor.code for actor, _ in found[61].owners}


def test_what_the_weights_find_likely_is_stated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(figure_weighing, "figure_weights", lambda: MODELS)
    stated = [s for s in read_document(document(TEXT)) if isinstance(s.claim, Measure)]
    assert [s.claim for s in stated] == [Measure("TCD", MeasureName.STOCK, 61.0, "howitzers", None)]
    assert stated[0].is_tentative
