"""Programs whose results are known on paper."""

from __future__ import annotations

import math

import numpy as np
import pytest

from materiel.outlook.compiled import Compiled
from materiel.outlook.engine.run import run
from materiel.outlook.ensemble import Ensemble
from materiel.outlook.program import (
    Apply,
    Assign,
    Constant,
    Expression,
    Hazard,
    Name,
    Operation,
    Program,
    Put,
    Ring,
    RingGet,
    Step,
    Uniform,
    Variable,
    Week,
)

MEMBERS = 40_000
ENGINES = ("arrays", "kernel")


def apply(operation: Operation, *arguments: Expression | str | float) -> Expression:
    return Apply(operation, tuple(value(argument) for argument in arguments))


def value(argument: Expression | str | float) -> Expression:
    if isinstance(argument, str):
        return Name(argument)
    return Constant(float(argument)) if isinstance(argument, float | int) else argument


def run_program(
    variables: dict[str, float],
    steps: tuple[Step, ...],
    *,
    engine: str = "arrays",
    members: int = 1,
    weeks: int = 104,
    hazards: tuple[Hazard, ...] = (),
    rings: tuple[Ring, ...] = (),
) -> Ensemble:
    program = Program(
        weeks=weeks,
        parameters=(),
        variables=tuple(Variable(name, Constant(opening)) for name, opening in variables.items()),
        rings=rings,
        hazards=hazards,
        steps=steps,
        outcomes=tuple((name, Name(name)) for name in variables),
        series=tuple(variables),
        guards=tuple(variables),
    )
    assert engine in ("arrays", "kernel")
    return run(Compiled(program, (), "closed form"), members=members, engine=engine, follow=min(members, 10))  # type: ignore[arg-type]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("rate", [0.01, 0.2, 1.5])
def test_a_constant_hazard_waits_geometrically(engine: str, rate: float) -> None:
    weeks = 150
    first = apply(Operation.CHOOSE, apply(Operation.MULTIPLY, "e", apply(Operation.EQUAL, "at", weeks)), Week(), "at")
    ensemble = run_program(
        {"at": weeks},
        (Assign("at", first),),
        engine=engine,
        members=MEMBERS,
        weeks=weeks,
        hazards=(Hazard("e", Constant(rate), "event e"),),
    )
    at = ensemble.outcomes["at"]
    p = 1 - math.exp(-rate)
    for week in (0, 1, 5, 20, 100):
        expected = p * (1 - p) ** week
        error = math.sqrt(expected * (1 - expected) / MEMBERS)
        assert (at == week).mean() == pytest.approx(expected, abs=5 * error + 1e-12)
    never = (1 - p) ** weeks
    assert (at == weeks).mean() == pytest.approx(never, abs=5 * math.sqrt(never / MEMBERS) + 1e-12)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_pure_birth_flow_has_its_mean_and_variance(engine: str) -> None:
    """Births with a chance of n x 0.002 in a week: to first order Yule's process, exactly this recursion."""
    weeks, rate, start = 52, 0.002, 5
    ensemble = run_program(
        {"n": start},
        (Assign("n", apply(Operation.ADD, "n", "birth")),),
        engine=engine,
        members=MEMBERS,
        weeks=weeks,
        hazards=(Hazard("birth", apply(Operation.MULTIPLY, "n", rate), "event birth"),),
    )
    shares = np.zeros(start + weeks + 1)
    shares[start] = 1.0
    births = 1 - np.exp(-rate * np.arange(shares.size))
    for _ in range(weeks):
        shares = shares * (1 - births) + np.roll(shares * births, 1)
    numbers = np.arange(shares.size)
    mean = float(shares @ numbers)
    variance = float(shares @ (numbers - mean) ** 2)
    seen = ensemble.outcomes["n"]
    assert mean == pytest.approx(start * math.exp(rate * weeks), rel=0.01)
    assert seen.mean() == pytest.approx(mean, abs=5 * math.sqrt(variance / MEMBERS))
    fourth = float(shares @ (numbers - mean) ** 4)
    assert seen.var() == pytest.approx(variance, abs=5 * math.sqrt((fourth - variance**2) / MEMBERS))


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(("stock", "use"), [(100.0, 7.0), (96.0, 8.0), (10.0, 0.5)])
def test_a_stock_lasts_as_long_as_division_says(engine: str, stock: float, use: float) -> None:
    weeks = 60
    empty = apply(Operation.MULTIPLY, apply(Operation.EQUAL, "s", 0), apply(Operation.EQUAL, "at", weeks))
    ensemble = run_program(
        {"s": stock, "at": weeks},
        (
            Assign("s", apply(Operation.SUBTRACT, "s", apply(Operation.LEAST, "s", use))),
            Assign("at", apply(Operation.CHOOSE, empty, Week(), "at")),
        ),
        engine=engine,
        weeks=weeks,
    )
    assert ensemble.outcomes["at"][0] == math.ceil(stock / use) - 1
    assert ensemble.series["s"][:, 0].tolist() == [max(0.0, stock - use * (week + 1)) for week in range(weeks)]


@pytest.mark.parametrize("engine", ENGINES)
def test_the_backlog_of_a_full_line_is_what_is_ordered_and_not_made(engine: str) -> None:
    """12 ordered a week for 30 weeks, 9 made: the backlog grows by 3 a week and is gone after 40 weeks."""
    ordered = apply(Operation.CHOOSE, apply(Operation.LESS, Week(), 30), 12, 0)
    ensemble = run_program(
        {"backlog": 0.0, "delivered": 0.0},
        (
            Assign("due", apply(Operation.ADD, "backlog", ordered)),
            Assign("sent", apply(Operation.LEAST, "due", 9)),
            Assign("backlog", apply(Operation.SUBTRACT, "due", "sent")),
            Assign("arrived", RingGet("way")),
            Assign("delivered", apply(Operation.ADD, "delivered", "arrived")),
            Put("way", Name("sent")),
        ),
        engine=engine,
        weeks=60,
        rings=(Ring("way", 4),),
    )
    weeks = np.arange(60)
    backlog = np.where(weeks < 30, 3 * (weeks + 1), np.maximum(0, 90 - 9 * (weeks - 29)))
    assert ensemble.series["backlog"][:, 0].tolist() == backlog.tolist()
    made = np.minimum(9 * (weeks + 1), 360)
    assert ensemble.series["delivered"][:, 0].tolist() == [0, 0, 0, 0, *made[:-4].tolist()]


@pytest.mark.parametrize("engine", ENGINES)
def test_two_hazards_race_as_their_rates(engine: str) -> None:
    """The chance that one is first, week by week: p (1 - q) / (1 - (1 - p)(1 - q)), ties apart."""
    p, q = 1 - math.exp(-0.03), 1 - math.exp(-0.05)
    won = apply(
        Operation.ADD,
        "won",
        apply(Operation.MULTIPLY, "open", apply(Operation.MULTIPLY, "a", apply(Operation.SUBTRACT, 1, "b"))),
    )
    still = apply(
        Operation.MULTIPLY,
        "open",
        apply(Operation.MULTIPLY, apply(Operation.SUBTRACT, 1, "a"), apply(Operation.SUBTRACT, 1, "b")),
    )
    ensemble = run_program(
        {"open": 1.0, "won": 0.0},
        (Assign("won", won), Assign("open", still)),
        engine=engine,
        members=MEMBERS,
        weeks=150,
        hazards=(Hazard("a", Constant(0.03), "event a"), Hazard("b", Constant(0.05), "event b")),
    )
    neither = (1 - p) * (1 - q)
    expected = p * (1 - q) * (1 - neither**150) / (1 - neither)
    assert ensemble.outcomes["won"].mean() == pytest.approx(expected, abs=5 * math.sqrt(0.25 / MEMBERS))


def test_a_fact_is_drawn_once_and_a_lot_every_week() -> None:
    ensemble = run(
        Compiled(
            Program(
                weeks=5,
                parameters=(),
                variables=(Variable("fact", Uniform("fact x")), Variable("s", Constant(0.0))),
                rings=(),
                hazards=(),
                steps=(Assign("seen", Name("fact")), Assign("s", Uniform("fact x"))),
                outcomes=(("fact", Name("fact")),),
                series=("seen", "s"),
                guards=(),
            ),
            (),
            "luck",
        ),
        members=3,
        engine="arrays",
    )
    assert all(len(set(weeks)) == 1 for weeks in ensemble.series["seen"].T.tolist())
    assert len(set(ensemble.series["s"].ravel().tolist())) == 15
