"""The parts of a scenario. Names in it: actors are codes (KOR), materiel and the rest are ids that the scenario gives.

Amounts are in the unit of their materiel and by the week, unless a number says another unit of the same kind.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from materiel.outlook.scenario.numbers import (
    Actor,
    Bare,
    ClassName,
    Clause,
    CommitmentId,
    Day,
    Delay,
    Duration,
    Flow,
    Formula,
    LineId,
    Number,
    Part,
    Price,
    Quantity,
    Rate,
    Real,
    RouteId,
    Share,
    StateOf,
    StockOf,
    Stuff,
    Truth,
    Weeks,
    Whole,
)
from materiel.terms.statements import Force


class Materiel(Part):
    """A class of materiel and the unit in which all of it is counted."""

    class_: ClassName = Field(alias="class")
    unit: str


class Stock(Part):
    """What an owner has; below the reserve it gives nothing away, except on routes that may draw on it."""

    owner: Actor
    materiel: Stuff
    opening: Quantity
    reserve: Quantity | None = None


class Return(Part):
    """What a line on foreign ground sends to its licensor in a contingency (M14): a share of its output."""

    when: Clause
    share: Share
    delay: Delay


class Line(Part):
    """A production line: it makes ``rate`` a week, growing to ``full_rate`` over ``ramp`` weeks in which it works."""

    id: str
    owner: Actor
    materiel: Stuff
    rate: Flow
    full_rate: Flow | None = None
    ramp: Duration | None = None
    place: Actor | None = None
    licensor: Actor | None = None
    when: Clause | None = None
    returns: Return | None = None


class Order(Part):
    """What a buyer has ordered of a supplier; it waits in the backlog until the supplier can spare it.

    Served, after the routes, from what the supplier has above its reserve, by ``priority`` (1 first), then by due
    date, then as listed; with a weekly ``limit`` if given. ``attraction`` (M13) is the share of the quantity that is
    ordered at all.
    """

    id: str
    buyer: Actor
    supplier: Actor
    materiel: Stuff
    quantity: Quantity
    placed: Day | None = None
    when: Clause | None = None
    due: Day | None = None
    delay: Delay = Weeks(1)
    priority: Whole = 1
    limit: Flow | None = None
    attraction: Share | None = None
    unit_value: Price | None = None


class Route(Part):
    """A flow from one stock to another: so much a week at most, there after ``delay`` weeks.

    Routes are served in the order in which they are listed. ``backfills`` names a route: no more than what that one
    sent in the same week.
    """

    id: str
    supplier: Actor
    recipient: Actor
    materiel: Stuff
    delay: Delay
    limit: Flow
    when: Clause | None = None
    backfills: RouteId | None = None
    draws_on_reserve: Truth = False
    loss: Share | None = None
    """Share lost on the way."""
    via: Actor | None = None


class Effect(Part):
    """One thing that an event, a deed or a shock changes. Exactly one of the targets is given.

    state with ``add``, ``times`` or ``to``; line with ``progress_times``; stock with ``lose_share``; ``withdraw`` a
    commitment; ``happens`` declares an event, a pact, a stance or a measure in the language of conditions.
    """

    state: StateOf | None = None
    add: Bare | None = None
    times: Bare | None = None
    to: Bare | None = None
    line: LineId | None = None
    progress_times: Bare | None = None
    stock: StockOf | None = None
    lose_share: Share | None = None
    withdraw: CommitmentId | None = None
    happens: Clause | None = None


class Unmet(Part):
    """What happens when a need was short by more than ``share`` of itself for ``weeks`` weeks in a row."""

    share: Share
    weeks: Delay
    effects: tuple[Effect, ...]


class Need(Part):
    """What an actor uses up of its stock in a week; the rest is unmet. Reserves are used too."""

    actor: Actor
    materiel: Stuff
    per_week: Flow
    when_unmet: Unmet | None = None


class Drive(Part):
    """What raises a state (or lowers it, with a negative gain): gain times ``by``."""

    by: Formula
    gain: Bare
    from_: Actor | None = Field(default=None, alias="from")
    """Who presses, where it is pressure of a third party (M4)."""
    when: Clause | None = None


class SlowState(Part):
    """A slow variable: each week it goes 1/``fades`` of the way to base + the sum of its drives, within its bounds."""

    actor: Actor
    name: str
    base: Bare
    opening: Bare | None = None
    fades: Duration
    drives: tuple[Drive, ...] = ()
    low: Real = 0.0
    high: Real = 1.0


class Switch(Part):
    """A policy that is in force (1) or not (0): taken when ``on`` holds, dropped when ``off`` holds, else as it was."""

    actor: Actor
    name: str
    on: Clause | None = None
    off: Clause | None = None
    initially: Truth = False


class ChanceEvent(Part):
    """Something that may happen in any week, with a hazard (per week) that may depend on everything.

    It happens in the condition language as ``event("title")``.
    """

    id: str
    title: str
    hazard: Rate
    when: Clause | None = None
    once: Truth = False
    effects: tuple[Effect, ...] = ()


class Contingency(Part):
    """A shock: on a date, or when a condition first holds; with a chance, if given, that is drawn once."""

    id: str
    title: str
    on: Day | None = None
    when: Clause | None = None
    chance: Share | None = None
    effects: tuple[Effect, ...] = ()


class Signal(Part):
    """News that is likelier if the fact is true: its hazard (per week) in either case."""

    title: str
    if_true: Rate
    if_false: Rate


class Unknown(Part):
    """A fact that is true or not, and that nobody here knows (M9): its prior, and the signals that move the belief.

    In formulas: ``fact(id)``, 0 or 1 for the member, and ``belief(id)``, what a Bayesian makes of the signals so far.
    """

    id: str
    title: str
    prior: Share
    signals: tuple[Signal, ...] = ()


class Pledge(Part):
    """A commitment: of a dossier by its id, or written here.

    When the antecedent holds, it is triggered; with probability ``kept_with`` the debtor acts ``delay`` weeks later,
    and ``deeds`` happen. It is kept once the consequent holds, broken when its term is over and it does not.
    """

    id: str
    title: str
    debtor: Actor
    antecedent: Clause | None = None
    consequent: Clause
    force: Force
    by: Day | None = None
    within: Whole | None = Field(default=None, ge=1)
    """Days from the trigger."""
    kept_with: Share
    delay: Duration
    deeds: tuple[Effect, ...] = ()
    creditor: Actor | None = None
    evidence: tuple[str, ...] = ()


class Policy(Part):
    """A named set of levers: named numbers that it sets."""

    about: str
    sets: dict[str, Number]


class OutcomeOfInterest(Part):
    """A number told of each member: a formula, gathered over the weeks.

    ``first`` is the first week (from 0) in which it is not 0, the number of weeks if there is none.
    """

    title: str
    formula: Formula
    over: Literal["end", "sum", "least", "greatest", "first"] = "end"
    unit: str
    bad: Clause | None = None
    """A comparison with a number, such as ">= 500": when it is the bad outcome that people ask about."""


class Scenario(Part):
    """A whole scenario. Weeks run from ``start``; the week t is the days from start + 7 t on."""

    name: str
    about: str
    start: Day
    weeks: Whole = Field(ge=1, le=520)
    dossier: str | None = None
    numbers: dict[str, Number] = Field(default_factory=dict)
    actors: dict[str, str] = Field(default_factory=dict)
    materiel: dict[str, Materiel]
    stocks: tuple[Stock, ...] = ()
    lines: tuple[Line, ...] = ()
    orders: tuple[Order, ...] = ()
    routes: tuple[Route, ...] = ()
    needs: tuple[Need, ...] = ()
    states: tuple[SlowState, ...] = ()
    switches: tuple[Switch, ...] = ()
    events: tuple[ChanceEvent, ...] = ()
    unknowns: tuple[Unknown, ...] = ()
    commitments: tuple[Pledge, ...] = ()
    contingencies: tuple[Contingency, ...] = ()
    so_far: tuple[Clause, ...] = ()
    """Pacts, stances, figures and deliveries that already stand when it begins, in the language of conditions."""
    policies: dict[str, Policy] = Field(default_factory=dict)
    outcomes: dict[str, OutcomeOfInterest] = Field(default_factory=dict)
