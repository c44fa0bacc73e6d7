"""The flat form: what is said twice, what nobody needs, and what is 0 or 1."""

from __future__ import annotations

import pytest

from materiel.outlook.engine.flat import Flat, Reach
from materiel.outlook.engine.simplify import flag_variables, simplify
from materiel.outlook.program import (
    Apply,
    Assign,
    Constant,
    Expression,
    Hazard,
    Name,
    Operation,
    Parameter,
    Program,
    Step,
    Variable,
)

HALF, ONE, ZERO = Constant(0.5), Constant(1.0), Constant(0.0)
LATCH, COUNT, SIZE = Name("latch"), Name("count"), Name("size")


def apply(operation: Operation, *arguments: Expression) -> Expression:
    return Apply(operation, arguments)


def program(*steps: Step, outcomes: tuple[tuple[str, Expression], ...]) -> Program:
    return Program(
        weeks=5,
        parameters=("p",),
        variables=(
            Variable("latch", ZERO),
            Variable("other", ONE),
            Variable("count", ZERO),
            Variable("size", Parameter("p")),
        ),
        rings=(),
        hazards=(Hazard("e", Constant(0.1), "event e"),),
        steps=(Assign("latch", apply(Operation.GREATEST, LATCH, Name("e"))), *steps),
        outcomes=outcomes,
        series=(),
        guards=(),
    )


def operations(flat: Flat, reach: Reach = Reach.BOTH) -> list[str]:
    return [str(node.what) for node in flat.nodes if node.arguments and node.reach is reach]


def test_a_latch_is_a_flag_and_a_count_is_none() -> None:
    count = Assign("count", apply(Operation.ADD, COUNT, Name("e")))
    other = Assign("other", apply(Operation.CHOOSE, COUNT, LATCH, Name("other")))
    assert flag_variables(program(count, other, outcomes=())) == {"latch", "other"}
    spoiled = Assign("other", apply(Operation.CHOOSE, COUNT, COUNT, Name("other")))
    follower = Assign("latch", Name("other"))
    assert flag_variables(program(count, spoiled, follower, outcomes=())) == set()


@pytest.mark.parametrize(
    "asked",
    [
        apply(Operation.AT_MOST, HALF, LATCH),
        apply(Operation.EQUAL, LATCH, ONE),
        apply(Operation.LESS, ZERO, LATCH),
        apply(Operation.MULTIPLY, LATCH, LATCH),
        apply(Operation.CHOOSE, LATCH, ONE, ZERO),
        apply(Operation.SUBTRACT, ONE, apply(Operation.SUBTRACT, ONE, LATCH)),
        apply(Operation.SUBTRACT, ONE, apply(Operation.EQUAL, LATCH, ZERO)),
        apply(Operation.SUBTRACT, LATCH, apply(Operation.MULTIPLY, ZERO, LATCH)),
    ],
)
def test_a_question_about_a_flag_that_is_the_flag_is_not_asked(asked: Expression) -> None:
    flat = simplify(program(outcomes=(("y", asked),)))
    assert operations(flat) == ["greatest"]


def test_the_same_is_computed_once_and_what_nobody_needs_not_at_all() -> None:
    grown = apply(Operation.ADD, SIZE, COUNT)
    steps = (
        Assign("size", apply(Operation.MULTIPLY, grown, grown)),
        Assign("count", apply(Operation.ADD, COUNT, Name("e"))),
        Assign("unused", apply(Operation.DIVIDE, SIZE, COUNT)),
    )
    assert sorted(operations(simplify(program(*steps, outcomes=(("y", SIZE),))))) == ["add", "add", "multiply"]
    assert operations(simplify(program(*steps, outcomes=(("y", COUNT),)))) == ["add"]
    assert operations(
        simplify(
            program(
                *steps,
                outcomes=(("y", SIZE), ("z", COUNT)),
            ),
            outcomes=("z",),
        )
    ) == ["add"]


def test_what_is_the_same_in_all_weeks_is_computed_once_for_a_member() -> None:
    step = Assign("count", apply(Operation.ADD, COUNT, apply(Operation.DIVIDE, ONE, Parameter("p"))))
    flat = simplify(program(step, outcomes=(("y", COUNT),)))
    assert operations(flat) == ["add"]
    assert operations(flat, Reach.MEMBER) == ["divide"]


@pytest.mark.parametrize(
    ("operation", "a", "b"),
    [
        (Operation.MULTIPLY, SIZE, ZERO),
        (Operation.ADD, SIZE, ZERO),
        (Operation.SUBTRACT, SIZE, SIZE),
        (Operation.DIVIDE, SIZE, Constant(3.0)),
        (Operation.EQUAL, SIZE, SIZE),
    ],
)
def test_what_could_change_a_bit_is_left_alone(operation: Operation, a: Expression, b: Expression) -> None:
    steps = (Assign("count", apply(operation, a, b)), Assign("size", Name("count")))
    assert operations(simplify(program(*steps, outcomes=(("y", SIZE),)))) == [str(operation)]
