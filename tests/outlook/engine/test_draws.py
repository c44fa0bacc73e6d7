"""Luck: the same bits however it is asked for, even and independent, and the distributions it is shaped into."""

from __future__ import annotations

import math
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from ref1_program import ref1

from materiel.outlook.compiled import Drawn
from materiel.outlook.engine.draws import chance, counters, draw, exp, key_of, spread_over, uniforms
from materiel.outlook.engine.kernel import kernel_of
from materiel.outlook.engine.simplify import simplify
from materiel.outlook.scenario.numbers import Spread

MEMBERS = np.arange(200_000, dtype=np.uint64)


def test_the_bits_are_those_written_down() -> None:
    """The hash by hand, in whole numbers: what any other implementation would compute."""
    key, member, week, mask = key_of(7, "event truce"), 123_456, 17, 2**64 - 1
    z = ((key ^ (member << 12 | week + 1)) + 1) * 0x9E3779B97F4A7C15 & mask
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9 & mask
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB & mask
    expected = ((z ^ (z >> 31)) >> 11) / 2**53
    assert uniforms(key, counters(np.array([member], dtype=np.uint64)), week + 1)[0] == expected


@pytest.mark.parametrize("rate", [1e-300, 1e-17, 1e-9, 0.01, 0.7, 3.0, 39.9, 50.0, 1e300])
def test_the_probability_of_a_hazard_is_right(rate: float) -> None:
    assert chance(np.array([rate]))[0] == pytest.approx(-math.expm1(-rate), abs=2e-16)


@given(st.floats(-700, 700))
def test_the_exponential_is_right_to_a_unit_in_the_last_place(x: float) -> None:
    assert exp(np.array([x]))[0] == pytest.approx(math.exp(x), rel=3e-16)


def test_uniform_numbers_are_even_and_neighbours_are_independent() -> None:
    places = counters(MEMBERS)
    this, purpose, week = (
        uniforms(key_of(1, "event a"), places, 5),
        uniforms(key_of(1, "event b"), places, 5),
        uniforms(key_of(1, "event a"), places, 6),
    )
    assert this.min() >= 0.0
    assert this.max() < 1.0
    shares = np.histogram(this, bins=100, range=(0, 1))[0]
    assert ((shares - 2000.0) ** 2 / 2000.0).sum() < 160  # chi-square with 99 degrees: 160 once in 10,000
    for other in (purpose, week, np.roll(this, 1)):
        assert abs(np.corrcoef(this, other)[0, 1]) < 5 / math.sqrt(MEMBERS.size)


SPREADS = {
    "uniform": (Spread(shape="uniform", low=2.0, high=5.0), 3.5, 9 / 12),
    "triangular": (Spread(shape="triangular", low=0.0, mode=1.0, high=4.0), 5 / 3, (16 + 1 - 4) / 18),
    "normal": (Spread(shape="normal", mean=-3.0, deviation=2.0), -3.0, 4.0),
    "chance": (Spread(shape="chance", probability=0.3), 0.3, 0.21),
}


@pytest.mark.parametrize("shape", SPREADS)
def test_distributions_have_their_mean_and_variance(shape: str) -> None:
    spread, mean, variance = SPREADS[shape]
    drawn = draw([Drawn("x", spread, "number x")], MEMBERS, 1)[0]
    assert drawn.mean() == pytest.approx(mean, abs=5 * math.sqrt(variance / MEMBERS.size))
    assert drawn.var() == pytest.approx(variance, rel=0.02)


def test_two_thirds_of_a_lognormal_lie_within_its_factor() -> None:
    drawn = draw([Drawn("x", Spread(shape="lognormal", median=8.0, factor=1.5), "number x")], MEMBERS, 1)[0]
    assert np.median(drawn) == pytest.approx(8.0, rel=0.01)
    assert ((drawn > 8 / 1.5) & (drawn < 8 * 1.5)).mean() == pytest.approx(2 / 3, abs=0.006)


def test_the_normal_is_the_standard_librarys() -> None:
    u = np.array([0.0, 1e-9, 0.025, 0.5, 0.8, 1 - 2**-53])
    seen = spread_over(Spread(shape="normal", mean=0.0, deviation=1.0), u)
    assert np.isfinite(seen).all()
    assert seen[1:].tolist() == [NormalDist().inv_cdf(p) for p in u[1:]]


def test_a_table_of_a_kernel_has_the_same_bits_in_any_part() -> None:
    drawn = [Drawn(shape, spread, f"number {shape}") for shape, (spread, _, _) in SPREADS.items()]
    drawn.append(Drawn("plain", 3.25, "number plain"))
    whole = draw(drawn, MEMBERS[:5000], 3)
    kernel = kernel_of(simplify(ref1().program))
    assert kernel.draw(drawn, MEMBERS[:5000], 3).tobytes() == whole.tobytes()
    assert kernel.draw(drawn, MEMBERS[4321:4322], 3).tolist() == whole[:, 4321:4322].tolist()
