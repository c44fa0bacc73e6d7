"""A sample of benchmarks/grounding.py: true quotes of gold/ falsified by one token, and set in another hand."""

from __future__ import annotations

import importlib
import random
import sys
from pathlib import Path
from typing import Any

import pytest

from materiel.reading.grounding.quotes import find_quote, fold_news

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
SETS = ("articles", "korea-2024")


@pytest.fixture(scope="module")
def benchmark() -> Any:
    """The module benchmarks/grounding.py, which is of no package; its neighbours must come before tests/reading."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(BENCHMARKS))
        for name in ("grounding", "reading", "scoring"):
            patch.delitem(sys.modules, name, raising=False)
        return importlib.import_module("grounding")


def test_no_falsified_quote_is_found_and_every_variant_is(benchmark: Any) -> None:
    dice = random.Random(benchmark.SEED)
    sets = benchmark.own_sets()
    false = variants = 0
    for article in (article for name in SETS for article in sets[name]):
        folded, text = fold_news(article.document), article.document.text
        for proposal in benchmark.proposals(article.gold):
            true = list(find_quote(proposal.quote, folded))
            assert true, proposal.quote
            for sort, quote in benchmark.falsified_quotes(proposal.quote, dice):
                if quote not in text:
                    assert not list(find_quote(quote, folded)), (sort, quote)
                    false += 1
            for sort, quote in benchmark.typographic_variants(proposal.quote):
                assert true[0] in find_quote(quote, folded), (sort, quote)
                variants += 1
    assert false > 1000
    assert variants > 1000
