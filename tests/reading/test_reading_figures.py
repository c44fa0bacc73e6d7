"""Numbers of a sentence: what they count, at what rate they run, and what part of a whole they are."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from materiel.reading.figures import counts_of, shares_of
from materiel.reading.parses import parser


@pytest.mark.parametrize(
    ("text", "value", "unit", "rate"),
    [
        ("The plant makes 40 howitzers a year.", 40, "howitzers", "year"),
        ("The army has lost about 1,200 tanks.", 1200, "tanks", None),
        ("The navy still has 12 of the frigates.", 12, "frigates", None),
        ("The works turns out half a million shells per month.", 500000, "shells", "month"),
        ("Between 1,500 and 2,000 soldiers are stationed there.", 1500, None, None),
    ],
)
def test_a_number_counts_something(text: str, value: float, unit: str | None, rate: str | None) -> None:
    figure = counts_of(next(parser()(text).sents))[0]
    assert (figure.value, figure.rate) == (value, rate)
    assert unit is None or figure.unit == unit


@pytest.mark.parametrize(
    "text",
    [
        "The gun fires shells of 155mm.",
        "The deal was worth $40 million.",
        "The war began on 14 March.",
        "Several thousand soldiers marched.",
    ],
)
def test_a_calibre_a_price_and_a_day_count_nothing(text: str) -> None:
    assert counts_of(next(parser()(text).sents)) == []


@pytest.mark.parametrize(
    ("text", "percent"),
    [
        ("Imports from Russia made up 60 percent of the total.", 60.0),
        ("It buys four-fifths of its weapons abroad.", 80.0),
        ("About a third of its arms came from France.", 33.3),
        ("It sold half of its tanks.", 50.0),
    ],
)
def test_a_share_is_a_percentage(text: str, percent: float) -> None:
    assert [share.percent for share in shares_of(next(parser()(text).sents))] == [percent]


@settings(max_examples=25, deadline=None)
@given(st.integers(min_value=6, max_value=9_999_999).filter(lambda n: n not in range(1900, 2101)))
def test_a_counted_number_keeps_its_value(number: int) -> None:
    figures = counts_of(next(parser()(f"The army owns {number:,} rifles.").sents))
    assert [figure.value for figure in figures] in ([number], [])
