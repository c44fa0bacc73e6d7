"""Programs made at random: whatever the language of programs allows, sense or not."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st

from materiel.outlook.compiled import Compiled, Drawn
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
    Put,
    Ring,
    RingGet,
    Step,
    Uniform,
    Variable,
    Week,
)
from materiel.outlook.scenario.numbers import Spread

NUMBERS = (0.0, -0.0, 1.0, -1.0, 0.5, 2.0, 3.0, 10.0, 0.1, 1e3, 1e290, float("inf"))
ARITY = {Operation.CHOOSE: 3, Operation.FINITE: 1}
PLAIN = [operation for operation in Operation if operation is not Operation.GRID]
SPREADS: tuple[Spread | float, ...] = (
    Spread(shape="uniform", low=-1.0, high=3.0),
    Spread(shape="triangular", low=0.0, mode=0.2, high=1.0),
    Spread(shape="normal", mean=1.0, deviation=2.0),
    Spread(shape="lognormal", median=3.0, factor=1.5),
    Spread(shape="chance", probability=0.4),
    7.5,
)


@st.composite
def expressions(draw: st.DrawFn, leaves: Sequence[Expression], depth: int = 3) -> Expression:
    if depth == 0 or draw(st.integers(0, 3)) == 0:
        return draw(st.sampled_from([*leaves, *map(Constant, NUMBERS)]))
    operation = draw(st.sampled_from(PLAIN))
    if operation is Operation.DIVIDE and draw(st.booleans()):
        grid = Constant(1.5 * 2.0**52 * 2.0 ** draw(st.integers(-8, 2)))
        return Apply(Operation.GRID, (draw(expressions(leaves, depth - 1)), grid))
    return Apply(operation, tuple(draw(expressions(leaves, depth - 1)) for _ in range(ARITY.get(operation, 2))))


@st.composite
def compiled_programs(draw: st.DrawFn) -> Compiled:
    parameters = tuple(f"p{place}" for place in range(draw(st.integers(0, 3))))
    given: list[Expression] = [Parameter(name) for name in parameters]
    variables: list[Variable] = []
    for place in range(draw(st.integers(1, 5))):
        leaves = [*given, *(Name(variable.name) for variable in variables), Uniform(f"once {place % 2}")]
        variables.append(Variable(f"x{place}", draw(expressions(leaves, 2))))
    rings = tuple(Ring(f"r{place}", draw(st.integers(1, 4))) for place in range(draw(st.integers(0, 2))))
    state: list[Expression] = [Name(variable.name) for variable in variables]
    now = [*given, *state, Week(), *(RingGet(ring.name) for ring in rings)]
    hazards = tuple(
        Hazard(f"h{place}", draw(expressions(now, 2)), f"event {place}") for place in range(draw(st.integers(0, 3)))
    )
    known: list[Expression] = [*now, Uniform("lot"), *(Name(hazard.name) for hazard in hazards)]
    steps: list[Step] = []
    for place in range(draw(st.integers(1, 10))):
        name = draw(st.sampled_from([f"t{place}", *(variable.name for variable in variables)]))
        steps.append(Assign(name, draw(expressions(known))))
        known.append(Name(name))
    steps += [
        Put(ring.name, draw(expressions([part for part in known if not isinstance(part, RingGet)]))) for ring in rings
    ]
    assigned = sorted({step.name for step in steps if isinstance(step, Assign)})
    some_names = st.lists(st.sampled_from(assigned), unique=True, max_size=3)
    program = Program(
        weeks=draw(st.integers(1, 6)),
        parameters=parameters,
        variables=tuple(variables),
        rings=rings,
        hazards=hazards,
        steps=tuple(steps),
        outcomes=tuple((f"y{place}", draw(expressions([*given, *state, Week()], 2))) for place in range(3)),
        series=tuple(draw(some_names)),
        guards=tuple(draw(some_names)),
    )
    drawn = tuple(Drawn(name, draw(st.sampled_from(SPREADS)), f"number {name}") for name in parameters)
    return Compiled(program, drawn, "random")
