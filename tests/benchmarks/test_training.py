"""Training: supplies are paired with the words that tell them, fits find what tells, the table is the same again."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import scipy.sparse
from hypothesis import given
from hypothesis import strategies as st

from materiel.reading.weights import BIAS, MODELS, Weights, read_table

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def beside_the_benchmarks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))


def training() -> Any:
    return importlib.import_module("training")


def fitting() -> Any:
    return importlib.import_module("fitting")


def test_texts_kept_aside_are_not_trained_on() -> None:
    assert not any("aside" in name for name in training().TRAINED_ON)


def test_a_choice_model_finds_the_feature_that_tells() -> None:
    matrix = scipy.sparse.csr_matrix(np.array([[1.0, 0], [0, 1], [1, 0], [0, 1], [0, 1], [1, 0]]))
    weights = fitting().fit_choice(matrix, np.array([0, 2, 4]), np.array([1.0, 0, 1, 0, 0, 1]), 0.1)
    assert weights[0] > 0.5 > -0.5 > weights[1]


def test_an_outcome_model_finds_the_feature_that_tells() -> None:
    matrix = scipy.sparse.csr_matrix(np.array([[1.0, 0], [1, 0], [0, 1], [0, 1]]))
    right = np.array([[1.0, 0], [1, 0], [0, 1], [0, 1]])
    weights, _ = fitting().fit_outcomes(matrix, right, 0.1)
    assert weights[0, 0] > weights[0, 1]
    assert weights[1, 1] > weights[1, 0]


def test_training_twice_gives_the_same_table_and_reads_back() -> None:
    module = training()
    articles = importlib.import_module("reading").own_sets()["articles"][:6]
    tables = [module.lines_of(module.trained(module.examples_of(articles))) for _ in range(2)]
    assert tables[0] == tables[1]
    models = read_table(tables[0])
    assert tuple(models) == MODELS
    assert models["supply"].outcomes == models["supplier"].outcomes == ("alone", "among")
    assert all(models["supply"].of[BIAS])
    assert any(feature.startswith("among.") for feature in models["supply"].of)
    assert not any(alone for f, (alone, _) in models["supply"].of.items() if f.startswith("among."))


def test_most_coded_supplies_of_an_article_are_paired_with_words() -> None:
    module = training()
    articles = importlib.import_module("reading").own_sets()["articles"][:6]
    examples = module.examples_of(articles)
    coded = sum(len(module.told_in(a.document, a.gold)) for a in articles)
    assert sum(len(each.told) for each in examples) >= 0.85 * coded
    assert all(not each.neutral & set(each.told) for each in examples)


def test_cross_validation_measures_every_fold(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    module = training()
    articles = importlib.import_module("reading").own_sets()["articles"][:4]
    monkeypatch.setattr(module.table, "TABLE", module.table.TABLE)
    try:
        module.cross_validate(articles, 2)
    finally:
        monkeypatch.undo()
        module.table.transfer_weights.cache_clear()
    gold = sum(each["assertion"] != "hypothetical" for article in articles for each in article.gold["transfers"])
    assert capsys.readouterr().out.count(f"gold {gold}\n") == 2


@given(
    st.dictionaries(
        st.text(st.characters(exclude_categories=("C", "Z"), include_characters=" "), min_size=1, max_size=12),
        st.floats(-9, 9).map(lambda weight: round(weight, 2)),
        max_size=8,
    )
)
def test_the_table_reads_back_as_it_was_written(weights: dict[str, float]) -> None:
    module = fitting()
    of: dict[str, tuple[float, ...]] = {
        feature: (weight,) for feature, weight in weights.items() if feature not in {BIAS, "(outcomes)"}
    }
    models = {name: Weights(("party",), of) for name in MODELS}
    lines = module.lines_of(models)
    for name, model in read_table(lines).items():
        kept = {f: w for f, w in of.items() if abs(w[0]) >= module.SMALL_OF.get(name, module.SMALL)}
        assert model.of == kept, name
