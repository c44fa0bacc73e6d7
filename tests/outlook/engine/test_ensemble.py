"""How the numbers of an ensemble are kept: in little room, and to the last bit."""

from __future__ import annotations

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from materiel.outlook.ensemble import Outcomes, packed

numbers = st.one_of(st.integers(-40_000, 40_000).map(float), st.floats())


@given(st.lists(st.lists(numbers, min_size=1, max_size=5), min_size=1, max_size=4))
@example([[0.0, -0.0]])
@example([[float("nan"), 1.0]])
@example([[32_767.0, -32_768.0], [32_768.0]])
def test_what_is_packed_comes_out_to_the_last_bit(blocks: list[list[float]]) -> None:
    whole = np.array([number for block in blocks for number in block])
    outcomes = Outcomes(["one"], [[packed(np.array(block))] for block in blocks])
    assert outcomes["one"].tobytes() == whole.tobytes()


def test_weeks_take_a_quarter_of_the_room() -> None:
    weeks = np.arange(1_000.0)
    assert packed(weeks).nbytes == weeks.nbytes / 4
    assert packed(weeks + 0.5).nbytes == weeks.nbytes


def test_what_is_packed_is_a_copy() -> None:
    values = np.array([0.5, 1.0])
    kept = packed(values)
    values[:] = 9
    assert kept.tolist() == [0.5, 1.0]


def test_outcomes_are_looked_up_by_name_in_their_order() -> None:
    outcomes = Outcomes(["b", "a"], [[packed(np.array([1.0])), packed(np.array([2.0]))]])
    assert list(outcomes) == ["b", "a"]
    assert len(outcomes) == 2
    assert outcomes["a"].tolist() == [2.0]
    assert "c" not in outcomes
