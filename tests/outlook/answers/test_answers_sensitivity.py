"""Sobol indices: known ones, inert numbers, luck, and what is left out."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from materiel.errors import InputRefused
from materiel.outlook.answers import extras
from materiel.outlook.answers.chances import Numbers
from materiel.outlook.answers.sensitivity import Uncertain, find_drivers

pytest.importorskip("SALib")
Luck = NDArray[np.int64]


def number(name: str, low: float = 0.0, high: float = 1.0) -> Uncertain:
    return Uncertain(name, lambda shares: low + (high - low) * shares)


def luck_of(member: Luck) -> Numbers:
    """A number in [0, 1) of each member's own."""
    return np.random.default_rng(7).random(100_000)[member]


def test_ishigami() -> None:
    def ishigami(rows: Numbers, _: Luck) -> Numbers:
        a, b, c = rows.T
        return np.asarray(np.sin(a) + 7 * np.sin(b) ** 2 + 0.1 * c**4 * np.sin(a))

    numbers = [number(name, -np.pi, np.pi) for name in "abc"]
    found = find_drivers("y", numbers, ishigami, base=8192)
    by_name = {driver.name: driver for driver in found.drivers}
    # Ishigami and Homma (1990): closed forms for a = 7, b = 0.1.
    known = {"a": (0.3139, 0.5576), "b": (0.4424, 0.4424), "c": (0.0, 0.2437)}
    for name, (first, total) in known.items():
        assert by_name[name].first.value == pytest.approx(first, abs=0.02)
        assert by_name[name].total.value == pytest.approx(total, abs=0.02)
    assert found.luck is not None
    assert abs(found.luck.value) < 0.04, "nothing is left to luck"
    assert [driver.name for driver in found.drivers] == ["a", "b", "c"]


def noisy(rows: Numbers, member: Luck) -> Numbers:
    """Two numbers that matter, one that does not, and luck of half the variance."""
    return np.asarray(rows[:, 0] + rows[:, 1] + np.sqrt(2) * luck_of(member))


def test_an_inert_number_is_nothing_and_luck_is_told() -> None:
    found = find_drivers("y", [number("one"), number("two"), number("inert")], noisy, base=4096)
    by_name = {driver.name: driver for driver in found.drivers}
    assert by_name["inert"].total.value == pytest.approx(0.0, abs=1e-12)
    assert not by_name["inert"].total.is_told_from_nothing
    assert by_name["one"].total.value == pytest.approx(0.25, abs=0.02)
    assert by_name["two"].first.value == pytest.approx(0.25, abs=0.04)
    assert found.luck is not None
    assert found.luck.value == pytest.approx(0.5, abs=0.04)


def test_luck_of_its_own_for_each_row_would_make_the_inert_number_matter() -> None:
    """Why the rows of a base sample share their luck: the pitfall, shown."""

    def own(rows: Numbers, _: Luck) -> Numbers:
        return noisy(rows, np.arange(len(rows), dtype=np.int64))

    found = find_drivers("y", [number("one"), number("two"), number("inert")], own, base=4096)
    assert {driver.name: driver.total.value for driver in found.drivers}["inert"] > 0.4


def test_failed_rows_leave_out_their_base_sample() -> None:
    def failing(rows: Numbers, member: Luck) -> Numbers:
        return np.where(rows[:, 0] > 0.98, np.nan, rows[:, 1])

    found = find_drivers("y", [number("one"), number("two")], failing, base=512)
    assert found.left_out > 0
    assert found.base + found.left_out == 512
    assert found.rows == 512 * 4


def test_an_outcome_that_never_varies_has_no_drivers() -> None:
    found = find_drivers("y", [number("one")], lambda rows, _: np.zeros(len(rows)), base=64)
    assert found.drivers == ()
    assert found.luck is None
    assert found.variance == 0


def test_the_same_seed_gives_the_same_indices() -> None:
    numbers = [number("one"), number("two")]
    assert find_drivers("y", numbers, noisy, base=256) == find_drivers("y", numbers, noisy, base=256)


def test_no_number_has_a_value_at_0_or_1() -> None:
    asked: list[Numbers] = []

    def quantile(shares: Numbers) -> Numbers:
        asked.append(shares)
        return shares

    find_drivers("y", [Uncertain("one", quantile)], noisy_one, base=64)
    assert 0 < asked[0].min() < asked[0].max() < 1


def noisy_one(rows: Numbers, member: Luck) -> Numbers:
    return np.asarray(rows[:, 0] + luck_of(member))


@pytest.mark.parametrize("base", [0, 1, 100, -4])
def test_a_base_that_is_no_power_of_two_is_refused(base: int) -> None:
    with pytest.raises(InputRefused, match="power of two"):
        find_drivers("y", [number("one")], noisy_one, base=base)


def test_no_uncertain_number_is_refused() -> None:
    with pytest.raises(InputRefused, match="No number of the scenario has a spread"):
        find_drivers("y", [], noisy_one)


def test_a_missing_package_is_named_with_its_extra() -> None:
    with pytest.raises(InputRefused, match=r"needs no_such, which is not installed.*materiel\[outlook\]"):
        extras.needed("no_such.part", "This")
