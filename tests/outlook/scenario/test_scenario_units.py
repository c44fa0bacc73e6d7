"""Units: what is read, what fits where, and that bringing numbers to base units is exact."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scenario_samples import PLAIN, plain

from materiel.outlook.refusals import UnitRefused
from materiel.outlook.scenario.leaves import leaves, numbers_of
from materiel.outlook.scenario.loading import scenario_from_text
from materiel.outlook.scenario.measuring import based, factor_of, scaled
from materiel.outlook.scenario.numbers import Measure, Number, Spread
from materiel.outlook.scenario.units import SCALES, TIMES, Kind, parse_unit, singular

finite = st.floats(1e-6, 1e12)


@pytest.mark.parametrize(
    ("text", "kind", "factor", "what"),
    [
        ("rounds", Kind.COUNT, 1, "round"),
        ("hundred thousand rounds", Kind.COUNT, 100_000, "round"),
        ("155 mm rounds", Kind.COUNT, 1, "155 mm round"),
        ("batteries", Kind.COUNT, 1, "battery"),
        ("pieces per month", Kind.FLOW, Fraction(28 * 12, 1461), "piece"),
        ("pieces/month", Kind.FLOW, Fraction(28 * 12, 1461), "piece"),
        ("thousand rounds per day", Kind.FLOW, 7000, "round"),
        ("years", Kind.DURATION, Fraction(1461, 28), ""),
        ("day", Kind.DURATION, Fraction(1, 7), ""),
        ("per year", Kind.HAZARD, Fraction(28, 1461), ""),
        ("percent per week", Kind.HAZARD, Fraction(1, 100), ""),
        ("%", Kind.SHARE, Fraction(1, 100), ""),
        ("share", Kind.SHARE, 1, ""),
        ("none", Kind.PLAIN, 1, ""),
        ("times", Kind.PLAIN, 1, ""),
        ("million USD", Kind.MONEY, 1_000_000, "USD"),
        ("billion EUR per year", Kind.SPENDING, Fraction(28_000_000_000, 1461), "EUR"),
        ("USD per thousand rounds", Kind.PRICE, Fraction(1, 1000), "USD"),
    ],
)  # fmt: skip
def test_what_a_unit_says(text: str, kind: Kind, factor: Fraction | int, what: str) -> None:
    unit = parse_unit(text)
    assert (unit.kind, unit.factor, unit.what) == (kind, factor, what)


@pytest.mark.parametrize("text", ["", "per", "thousand", "weeks per month", "rounds per rifle", "per 3", "a@b"])
def test_what_is_no_unit(text: str) -> None:
    with pytest.raises(UnitRefused, match="cannot be read"):
        parse_unit(text)


def test_a_month_and_a_year() -> None:
    assert float(TIMES["month"]) == 365.25 / 12 / 7
    assert float(TIMES["year"]) == 365.25 / 7


@given(st.text(max_size=30))
def test_any_text_is_a_unit_or_refused(text: str) -> None:
    try:
        assert parse_unit(text).factor > 0
    except UnitRefused as refusal:
        assert "cannot be read" in str(refusal)  # noqa: PT017


@given(finite, st.sampled_from(sorted(SCALES)), st.sampled_from(sorted(SCALES)), st.sampled_from(sorted(TIMES)))
def test_there_and_back_is_the_same_number(value: float, one: str, other: str, time: str) -> None:
    """A flow in one scale and time, brought to that of the materiel, is what exact arithmetic says, rounded once."""
    factor = factor_of(f"{one} rounds per {time}", Measure.FLOW, f"{other} rounds")
    assert factor == SCALES[one] / SCALES[other] / TIMES[time]
    based = scaled(Number(value=value, unit="x", assumption="y"), factor, "z").value
    assert based == float(Fraction(value) * factor)
    back = scaled(Number(value=based, unit="x", assumption="y"), 1 / factor, "z").value
    assert back == pytest.approx(value, rel=3e-16)


@given(st.lists(st.floats(-1e9, 1e9), min_size=3, max_size=3, unique=True).map(sorted), st.sampled_from(sorted(TIMES)))
def test_distributions_are_scaled_as_their_values_are(ends: list[float], time: str) -> None:
    low, mode, high = ends
    number = Number(spread=Spread(shape="triangular", low=low, mode=mode, high=high), unit=time, assumption="x")
    spread = scaled(number, TIMES[time], "weeks").spread
    assert spread is not None
    assert spread.given == tuple(float(Fraction(each) * TIMES[time]) for each in ends)


def test_the_factor_of_a_lognormal_stays() -> None:
    number = Number.model_validate({"lognormal": [14, 2], "unit": "days", "assumption": "x"})
    assert scaled(number, TIMES["day"], "weeks").spread == Spread(shape="lognormal", median=2.0, factor=2.0)


@pytest.mark.parametrize(
    ("unit", "measure", "counted", "words"),
    [
        ("rounds", Measure.FLOW, "rounds", "'rounds' is an amount, and this is an amount of the materiel per time"),
        ("rounds per week", Measure.AMOUNT, "rounds", "is an amount per time, and this is an amount of the materiel"),
        ("pieces", Measure.AMOUNT, "thousand rounds", "not what the materiel is counted in, 'thousand rounds'"),
        ("USD per piece", Measure.PRICE, "rounds", "not what the materiel is counted in, 'rounds'"),
        ("none", Measure.SHARE, None, "is a plain number, and this is a share from 0 to 1. Fits: share or percent"),
        ("share", Measure.HAZARD, None, "'share' is a share, and this is a rate of happening"),
        ("per week", Measure.DURATION, None, "'per week' is a rate of happening, and this is a time"),
    ],
)
def test_another_kind_is_refused(unit: str, measure: Measure, counted: str | None, words: str) -> None:
    with pytest.raises(UnitRefused) as caught:
        factor_of(unit, measure, counted)
    assert words in str(caught.value)


def test_a_price_is_for_one_unit_of_the_materiel() -> None:
    assert factor_of("USD per round", Measure.PRICE, "thousand rounds") == 1000
    assert factor_of("million USD", Measure.PRICE, "thousand rounds") == 1_000_000


def test_a_whole_scenario_in_base_units() -> None:
    text = PLAIN.replace("value: 5, unit: thousand rounds per week", "value: 5000, unit: rounds per day")
    text = text.replace(
        "cap: {uniform: [4, 16], unit: thousand rounds per week", "cap: {uniform: [4, 16], unit: rounds/week"
    )
    text = text.replace("fades: {value: 10, unit: weeks", "fades: {value: 70, unit: days")
    scenario = based(scenario_from_text(text, "f"))
    need, cap, fades = scenario.needs[0].per_week, scenario.numbers["cap"].spread, scenario.states[0].fades
    assert isinstance(need, Number)
    assert (need.value, need.unit) == (35.0, "thousand rounds per week")
    assert cap is not None
    assert cap.given == (0.004, 0.016)
    assert isinstance(fades, Number)
    assert (fades.value, fades.unit) == (10.0, "weeks")
    kept = scenario.commitments[0].kept_with
    assert isinstance(kept, Number)
    assert (kept.value, kept.unit) == (0.9, "share")
    assert scenario.policies["more"].sets["cap"].value == 20.0


def test_base_units_are_their_own_base() -> None:
    once = based(plain())
    assert based(once) == once


def test_every_place_is_named_once() -> None:
    for scenario in (plain(),):
        places = [leaf.place for leaf in leaves(scenario)]
        assert len(places) == len(set(places))
        assert [place for place, _, _ in numbers_of(scenario)][:3] == [
            "numbers.cap",
            "numbers.limit",
            "stocks.KOR.shell.opening",
        ]


@pytest.mark.parametrize(
    ("many", "one"), [("rounds", "round"), ("batteries", "battery"), ("glass", "glass"), ("men", "men")]
)
def test_singular(many: str, one: str) -> None:
    assert singular(many) == one
