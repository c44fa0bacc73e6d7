"""A supply contest of five actors and three classes, written by hand as a program: what the engines are measured on.

States of mind, ramps, delays, a backfill, a ban and a hysteresis are all in it. :mod:`ref1_plain` is the same model as
loops over plain numbers, which shares nothing with the engine but the luck.
"""

from __future__ import annotations

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
    Variable,
    Week,
)
from materiel.outlook.scenario.numbers import Spread

WEEKS = 104
ACTORS = ("USA", "KOR", "UKR", "RUS", "PRK")
CLASSES = ("shell", "precision", "airdef")
RANGES = {
    "SU0": (1000.0, 1600.0),
    "SK0": (2400.0, 3600.0),
    "D0": (24.0, 40.0),
    "cap0": (15.0, 30.0),
    "cap1": (4.0, 16.0),
    "cap2": (5.0, 15.0),
    "th0": (10.0, 60.0),
    "th1": (0.30, 0.60),
    "lam0": (0.001, 0.010),
    "lam1": (0.002, 0.020),
    "lam3": (0.005, 0.020),
    "ramp1": (20.0, 60.0),
}
OPENING: dict[tuple[str, str], float | str] = {
    ("USA", "shell"): "SU0",
    ("USA", "precision"): 500.0,
    ("USA", "airdef"): 900.0,
    ("KOR", "shell"): "SK0",
    ("KOR", "precision"): 200.0,
    ("KOR", "airdef"): 300.0,
    ("UKR", "shell"): 300.0,
    ("UKR", "precision"): 40.0,
    ("UKR", "airdef"): 200.0,
    ("RUS", "shell"): 4000.0,
    ("RUS", "precision"): 400.0,
    ("RUS", "airdef"): 500.0,
    ("PRK", "shell"): 5000.0,
    ("PRK", "precision"): 0.0,
    ("PRK", "airdef"): 50.0,
}
FLOOR = {
    ("USA", "shell"): 800.0,
    ("USA", "airdef"): 500.0,
    ("KOR", "shell"): 2000.0,
    ("RUS", "precision"): 250.0,
    ("PRK", "shell"): 2500.0,
}
LINES: tuple[tuple[str, str, float, float, float | str], ...] = (
    ("USA", "shell", 9.0, 20.0, 78.0),
    ("KOR", "shell", 4.0, 12.0, "ramp1"),
    ("RUS", "shell", 45.0, 60.0, 52.0),
    ("USA", "airdef", 8.0, 16.0, 60.0),
)
ROUTES = (
    ("USA", "UKR", "shell", 3),
    ("KOR", "USA", "shell", 6),
    ("KOR", "UKR", "shell", 8),
    ("USA", "UKR", "airdef", 4),
    ("PRK", "RUS", "shell", 2),
    ("RUS", "PRK", "precision", 5),
)
BASE = (0.2, 0.25, 0.6, 0.4, 0.4)
GAIN = (0.3, 0.5, 0.4, 0.4, 0.4)
TAU = (12.0, 10.0, 8.0, 10.0, 10.0)
OUTCOMES = ("unmet", "UKR shell", "wk0", "received", "T KOR", "events", "least margin", "weeks restricted")


def _value(value: float | str | Expression) -> Expression:
    if isinstance(value, str):
        return Parameter(value) if value in RANGES else Name(value)
    return Constant(float(value)) if isinstance(value, float | int) else value


def _apply(operation: Operation, *arguments: float | str | Expression) -> Expression:
    return Apply(operation, tuple(_value(argument) for argument in arguments))


def _add(a: float | str | Expression, b: float | str | Expression) -> Expression:
    return _apply(Operation.ADD, a, b)


def _sub(a: float | str | Expression, b: float | str | Expression) -> Expression:
    return _apply(Operation.SUBTRACT, a, b)


def _mul(a: float | str | Expression, b: float | str | Expression) -> Expression:
    return _apply(Operation.MULTIPLY, a, b)


def _div(a: float | str | Expression, b: float | str | Expression) -> Expression:
    return _apply(Operation.DIVIDE, a, b)


def _least(a: float | str | Expression, b: float | str | Expression) -> Expression:
    return _apply(Operation.LEAST, a, b)


def _greatest(a: float | str | Expression, b: float | str | Expression) -> Expression:
    return _apply(Operation.GREATEST, a, b)


def _if(a: float | str | Expression, b: float | str | Expression, c: float | str | Expression) -> Expression:
    return _apply(Operation.CHOOSE, a, b, c)


def _stock(actor: str, materiel: str) -> str:
    return f"{actor} {materiel}"


def _set(name: str, value: float | str | Expression) -> Assign:
    return Assign(name, _value(value))


def ref1() -> Compiled:
    purposes = {name: f"number {name}" for name in RANGES}
    drawn = tuple(
        Drawn(name, Spread(shape="uniform", low=low, high=high), purposes[name]) for name, (low, high) in RANGES.items()
    )
    return Compiled(_program(), drawn, "ref1")


def _program() -> Program:
    variables = [Variable(_stock(*key), _value(value)) for key, value in OPENING.items()]
    variables += [Variable(f"T {actor}", Constant(base)) for actor, base in zip(ACTORS, BASE, strict=True)]
    variables += [Variable(f"q{line}", Constant(0.0)) for line in range(len(LINES))]
    zeros = ("C5", "E0", "B", "p0", "p1", "p2", "events", "weeks restricted", "received", "unmet")
    variables += [Variable(name, Constant(0.0)) for name in zeros]
    variables += [Variable("wk0", Constant(float(WEEKS))), Variable("least margin", Constant(1e30))]
    near = _least(1.0, _div("C5", "th0"))
    hazards = (
        Hazard("e0", _if("E0", 0.0, _mul("lam0", _add(1.0, _mul(2.0, "T RUS")))), "event 0"),
        Hazard("e1", _if(_apply(Operation.EQUAL, "B", 0.0), _mul("lam1", _add(1.0, "T UKR")), 0.0), "event 1"),
        Hazard("e2", _mul(0.015, _add(1.0, "p0")), "event 2"),
        Hazard("e3", _mul(_mul("lam3", _add(1.0, _mul(2.0, near))), _add(1.0, "T PRK")), "event 3"),
    )
    outcomes = {name: name for name in OUTCOMES}
    return Program(
        weeks=WEEKS,
        parameters=tuple(RANGES),
        variables=tuple(variables),
        rings=tuple(Ring(f"r{route}", delay) for route, (_, _, _, delay) in enumerate(ROUTES)),
        hazards=hazards,
        steps=(*_events(), *_policies(), *_production(), *_arrivals(), *_dispatch(), *_use(), *_threat()),
        outcomes=tuple((name, Name(variable)) for name, variable in outcomes.items()),
        series=(*(_stock(*key) for key in OPENING), *(f"T {actor}" for actor in ACTORS)),
        guards=("unmet", *(_stock(*key) for key in OPENING), *(f"T {actor}" for actor in ACTORS)),
    )


def _events() -> tuple[Step, ...]:
    return (
        _set("E0", _if("e0", 1.0, "E0")),
        _set("B", _if("e1", 4.0, "B")),
        _set("q2", _if("e2", _mul(0.5, "q2"), "q2")),
        _set("T KOR", _if("e3", _least(1.0, _add("T KOR", 0.15)), "T KOR")),
        _set("events", _add("events", _add(_add(_add("e0", "e1"), "e2"), "e3"))),
    )


def _policies() -> tuple[Step, ...]:
    reached = _apply(Operation.AT_MOST, "th0", "C5")
    margin = _sub("USA shell", 800.0)
    return (
        _set("wk0", _if(_mul(reached, _sub(1.0, "p0")), Week(), "wk0")),
        _set("p0", _greatest("p0", reached)),
        _set("p1", _greatest("p1", _apply(Operation.AT_MOST, "th1", "T KOR"))),
        _set("p2", _if("p2", _apply(Operation.AT_MOST, margin, 250.0), _apply(Operation.LESS, margin, 100.0))),
        _set("weeks restricted", _add("weeks restricted", "p2")),
    )


def _production() -> tuple[Step, ...]:
    steps: list[Step] = []
    for line, (actor, materiel, rate, full_rate, ramp) in enumerate(LINES):
        stock, progress = _stock(actor, materiel), f"q{line}"
        grown = _least(1.0, _add(progress, _div(1.0, ramp)))
        made = _add(rate, _mul(full_rate - rate, progress))
        if line == 1:
            grown, made = _if("p1", grown, progress), _if("p1", made, 0.0)
        steps += [_set(progress, grown), _set(stock, _add(stock, made))]
    return tuple(steps)


def _arrivals() -> tuple[Step, ...]:
    steps: list[Step] = []
    for route, (_, recipient, materiel, _) in enumerate(ROUTES):
        stock = _stock(recipient, materiel)
        steps += [_set(f"A{route}", RingGet(f"r{route}")), _set(stock, _add(stock, f"A{route}"))]
    steps += [_set("C5", _add("C5", "A5")), _set("both", _add("A0", "A2")), _set("received", _add("received", "both"))]
    return tuple(steps)


def _dispatch() -> tuple[Step, ...]:
    blocked = _apply(Operation.LESS, 0.0, "B")
    limits = (
        _if(blocked, 0.0, _if("p2", _mul("cap0", 0.5), "cap0")),
        _least("cap1", "x0"),
        _if("p0", "cap2", 0.0),
        _if(blocked, 0.0, 15.0),
        40.0,
        _if("E0", 4.0, 0.0),
    )
    steps: list[Step] = []
    for route, (supplier, _, materiel, _) in enumerate(ROUTES):
        stock = _stock(supplier, materiel)
        spare = _greatest(0.0, _sub(stock, FLOOR[supplier, materiel]))
        steps += [
            _set(f"x{route}", _least(limits[route], spare)),
            _set(stock, _sub(stock, f"x{route}")),
            Put(f"r{route}", Name(f"x{route}")),
        ]
    return tuple(steps)


def _use() -> tuple[Step, ...]:
    return (
        _set("g", _add(1.0, _div(_mul(0.4, "RUS shell"), _add("RUS shell", 4000.0)))),
        _set("D", _mul("D0", "g")),
        _set("c", _least("UKR shell", "D")),
        _set("UKR shell", _sub("UKR shell", "c")),
        _set("short", _sub("D", "c")),
        _set("unmet", _add("unmet", "short")),
        _set("UKR airdef", _sub("UKR airdef", _least("UKR airdef", _mul(12.0, "g")))),
    )


def _threat() -> tuple[Step, ...]:
    drives = (
        _greatest(0.0, _sub(1.0, _div("USA shell", 1600.0))),
        _least(1.0, _div("C5", "th0")),
        _div("short", "D"),
        _least(1.0, _div("both", "D0")),
        _value("p0"),
    )
    steps: list[Step] = []
    for actor, base, gain, tau, drive in zip(ACTORS, BASE, GAIN, TAU, drives, strict=True):
        state = f"T {actor}"
        steps.append(_set(state, _add(state, _div(_sub(_add(base, _mul(gain, drive)), state), tau))))
    return (
        *steps,
        _set("B", _if(_apply(Operation.LESS, 0.0, "B"), _sub("B", 1.0), "B")),
        _set("least margin", _least("least margin", _sub("USA shell", 800.0))),
    )
