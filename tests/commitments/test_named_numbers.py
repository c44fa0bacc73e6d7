"""``$name`` in a condition: a number that only a scenario knows."""

from __future__ import annotations

import pytest

from materiel.commitments import ConditionRefused, Named, bind, evaluate, named_in, parse, print_condition, say
from materiel.commitments.tree import Compare, Level, LevelComparison, LevelKind, Total

TEXT = "quantity(RUS -> PRK, precision, delivered) >= $enough or not (state(KOR, threat) > $alarm and $alarm)"
WHOLE = "quantity(RUS -> PRK, precision, delivered) >= $enough or not state(KOR, threat) > $alarm-level"


def test_it_is_read_printed_said_and_bound_in_a_scenario() -> None:
    condition = parse(WHOLE, in_scenario=True)
    assert named_in(condition) == ("enough", "alarm-level")
    assert print_condition(condition) == WHOLE
    assert parse(print_condition(condition), in_scenario=True) == condition
    assert "$enough" in say(condition)
    bound = bind(condition, {"enough": 40.0, "alarm-level": 0.5})
    assert bound == parse(WHOLE.replace("$enough", "40").replace("$alarm-level", "0.5"))
    assert named_in(bound) == ()


def test_a_measure_is_bound_too() -> None:
    condition = parse("measure(KOR, export-value) >= $exports since 2024", in_scenario=True)
    assert bind(condition, {"exports": 14e9}) == parse("measure(KOR, export-value) >= 14 billion since 2024")


def test_on_the_record_it_is_refused_and_says_why() -> None:
    with pytest.raises(ConditionRefused, match="column 47: \\$enough is a number that a scenario names"):
        parse(WHOLE)


def test_it_stands_for_a_number_only() -> None:
    with pytest.raises(ConditionRefused, match=r"column \d+"):
        parse(TEXT, in_scenario=True)
    with pytest.raises(ConditionRefused, match="does not fit"):
        parse("state($actor, threat) > 1", in_scenario=True)


def test_a_number_without_a_value_is_not_taken_for_one() -> None:
    condition = parse("state(KOR, threat) > $alarm", in_scenario=True)
    assert condition == LevelComparison(Level(LevelKind.STATE, "KOR", "threat"), Compare.MORE, Named("alarm"))
    with pytest.raises(KeyError, match="alarm"):
        bind(condition, {})
    with pytest.raises(TypeError, match="alarm has no value"):
        evaluate(condition, (), as_of="2024", levels={Level(LevelKind.STATE, "KOR", "threat"): 1.0})
    total = parse("count(RUS -> PRK) >= $many", in_scenario=True)
    assert isinstance(total, Total)
    with pytest.raises(TypeError, match="many has no value"):
        evaluate(total, (), as_of="2024")
