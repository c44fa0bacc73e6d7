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
    """A class of the tree of materiel, such as artillery.ammunition."""
    unit: str
    """What is counted: pieces, thousand rounds."""


class Stock(Part):
    """What an owner has; below the reserve it gives nothing away, except on routes that may draw on it."""

    owner: Actor
    materiel: Stuff
    opening: Quantity
    """What is there when it begins."""
    reserve: Quantity | None = None
    """Below it nothing is given away, except on routes that may draw on it."""


class Return(Part):
    """What a line on foreign ground sends to its licensor in a contingency (M14): a share of its output."""

    when: Clause
    """While it holds."""
    share: Share
    """Of the output."""
    delay: Delay
    """Whole weeks on the way, at least 1."""


class Line(Part):
    """A production line: it makes ``rate`` a week, growing to ``full_rate`` over ``ramp`` weeks in which it works."""

    id: str
    owner: Actor
    materiel: Stuff
    rate: Flow
    """What it makes at first."""
    full_rate: Flow | None = None
    """What it makes once the ramp is over; without it, the rate."""
    ramp: Duration | None = None
    """How long it works until then; without it, no time."""
    place: Actor | None = None
    """Where it stands, if not with its owner."""
    licensor: Actor | None = None
    """Whose licence it uses, and who gets the returns."""
    when: Clause | None = None
    """It works in the weeks in which this holds; always without it."""
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
    """The day on which it is ordered, if ``when`` holds then; without it and ``when``, before the scenario begins."""
    when: Clause | None = None
    """Without ``placed``: it is ordered once, when this first holds."""
    due: Day | None = None
    """The day by which it is promised."""
    delay: Delay = Field(default_factory=lambda: Weeks(1))
    """Whole weeks on the way, at least 1."""
    priority: Whole = 1
    """1 is served first."""
    limit: Flow | None = None
    """At most so much a week."""
    attraction: Share | None = None
    """The share of the quantity that is ordered at all, as the buyer is attracted when it orders."""
    unit_value: Price | None = None
    """The price of one unit of the materiel."""


class Route(Part):
    """A flow from one stock to another: so much a week at most, there after ``delay`` weeks.

    Routes are served in the order in which they are listed.
    """

    id: str
    supplier: Actor
    recipient: Actor
    materiel: Stuff
    delay: Delay
    """Whole weeks on the way, at least 1."""
    limit: Flow
    """At most so much a week."""
    when: Clause | None = None
    """It works in the weeks in which this holds; always without it."""
    backfills: RouteId | None = None
    """A route listed before: no more than what that one sent in the same week."""
    draws_on_reserve: Truth = False
    """Whether it takes from the reserve too."""
    loss: Share | None = None
    """Share lost on the way."""
    via: Actor | None = None
    """Through whom it goes."""


class Effect(Part):
    """One thing that an event, a deed or a shock changes. Exactly one of the targets is given.

    state with ``add``, ``times`` or ``to``; line with ``progress_times``; stock with ``lose_share``; ``withdraw`` a
    commitment; ``happens`` declares an event, a pact, a stance or a measure in the language of conditions.
    """

    state: StateOf | None = None
    """[actor, name of a slow state or a switch]; a switch is only put ``to`` 1 or 0."""
    add: Bare | None = None
    """To the state."""
    times: Bare | None = None
    """The state is multiplied by it."""
    to: Bare | None = None
    """The state becomes it."""
    line: LineId | None = None
    """A line, with ``progress_times``."""
    progress_times: Bare | None = None
    """What the line has gained on its ramp is multiplied by it."""
    stock: StockOf | None = None
    """[owner, materiel], with ``lose_share``"""
    lose_share: Share | None = None
    """This share of the stock is lost."""
    withdraw: CommitmentId | None = None
    """A commitment, which is withdrawn."""
    happens: Clause | None = None
    """What this declares to happen: an event, a pact, a stance, a figure, words about a supply."""


class Unmet(Part):
    """What happens when a need was short by more than ``share`` of itself for ``weeks`` weeks in a row."""

    share: Share
    """Short by more than this share of the need ..."""
    weeks: Delay
    """... for so many whole weeks in a row."""
    effects: tuple[Effect, ...]


class Need(Part):
    """What an actor uses up of its stock in a week; the rest is unmet. Reserves are used too."""

    actor: Actor
    materiel: Stuff
    per_week: Flow
    """What is used up."""
    when_unmet: Unmet | None = None


class Drive(Part):
    """What raises a state (or lowers it, with a negative gain): gain times ``by``."""

    by: Formula
    gain: Bare
    """It is multiplied by this."""
    from_: Actor | None = Field(default=None, alias="from")
    """Who presses, where it is pressure of a third party (M4)."""
    when: Clause | None = None
    """It drives in the weeks in which this holds; always without it."""


class SlowState(Part):
    """A slow variable: each week it goes 1/``fades`` of the way to base + the sum of its drives, within its bounds."""

    actor: Actor
    name: str
    base: Bare
    """Where it goes by itself."""
    opening: Bare | None = None
    """Where it begins; without it, at its base."""
    fades: Duration
    """It goes 1/fades of the way in a week, so that after this time about a third of the way is left."""
    drives: tuple[Drive, ...] = ()
    low: Real = 0.0
    """Its least value."""
    high: Real = 1.0
    """Its largest value."""


class Switch(Part):
    """A policy that is in force (1) or not (0): taken when ``on`` holds, dropped when ``off`` holds, else as it was."""

    actor: Actor
    name: str
    on: Clause | None = None
    """It is taken when this holds and ``off`` does not ..."""
    off: Clause | None = None
    """... and dropped when this holds and ``on`` does not."""
    initially: Truth = False
    """Whether it is in force when the scenario begins."""


class ChanceEvent(Part):
    """Something that may happen in any week, with a hazard (per week) that may depend on everything.

    It happens in the condition language as ``event("title")``.
    """

    id: str
    title: str
    """By this conditions know it."""
    hazard: Rate
    """How often it happens, by the week or another time, if it may."""
    when: Clause | None = None
    """It may happen in the weeks in which this holds; always without it."""
    once: Truth = False
    """At most once."""
    effects: tuple[Effect, ...] = ()


class Contingency(Part):
    """A shock: on a date, or when a condition first holds; with a chance, if given, that is drawn once."""

    id: str
    title: str
    """By this conditions know it."""
    on: Day | None = None
    """The day; its week has the shock."""
    when: Clause | None = None
    """The condition; the first week in which it holds has the shock."""
    chance: Share | None = None
    """With what probability it comes at all; surely, without it."""
    effects: tuple[Effect, ...] = ()


class Signal(Part):
    """News that is likelier if the fact is true: its hazard (per week) in either case."""

    title: str
    """By this conditions know it."""
    if_true: Rate
    """How often it is seen if the fact is so."""
    if_false: Rate
    """How often it is seen if not."""


class Unknown(Part):
    """A fact that is true or not, and that nobody here knows (M9): its prior, and the signals that move the belief.

    In formulas: ``fact(id)``, 0 or 1 for the member, and ``belief(id)``, what a Bayesian makes of the signals so far.
    """

    id: str
    title: str
    """The fact, in words."""
    prior: Share
    """How probable it is, before any signal."""
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
    """What triggers it; without it, it is triggered at once."""
    consequent: Clause
    """What keeps it."""
    force: Force
    """threat, promise or policy."""
    by: Day | None = None
    """The day by which it has to be kept."""
    within: Whole | None = Field(default=None, ge=1)
    """Days from the trigger."""
    kept_with: Share
    """With what probability the debtor acts."""
    delay: Duration
    """How long from the trigger until the debtor acts."""
    deeds: tuple[Effect, ...] = ()
    """What then happens."""
    creditor: Actor | None = None
    evidence: tuple[str, ...] = ()
    """Entries of the register that tell of it."""


class Policy(Part):
    """A named set of levers: named numbers that it sets."""

    about: str
    """What it is, in a sentence."""
    sets: dict[str, Number]
    """Named numbers, as they are under it."""


class OutcomeOfInterest(Part):
    """A number told of each member: a formula, gathered over the weeks.

    ``first`` is the first week (from 0) in which it is not 0, the number of weeks if there is none.
    """

    title: str
    """What it is, in words."""
    formula: Formula
    over: Literal["end", "sum", "least", "greatest", "first"] = "end"
    """How it is gathered over the weeks."""
    unit: str
    bad: Clause | None = None
    """A comparison with a number, such as ">= 500": when it is the bad outcome that people ask about."""


class Scenario(Part):
    """A whole scenario. Weeks run from ``start``; the week t is the days from start + 7 t on."""

    name: str
    """A short name, for files."""
    about: str
    """What it asks, in a sentence or two."""
    start: Day
    """The first day of week 0."""
    weeks: Whole = Field(ge=1, le=520)
    """How many weeks it runs."""
    dossier: str | None = None
    """The dossier whose entries are its evidence."""
    numbers: dict[str, Number] = Field(default_factory=dict)
    """Named numbers, for formulas and conditions: $name."""
    actors: dict[str, str] = Field(default_factory=dict)
    """Names of actors; those that the vocabulary does not have are declared here."""
    materiel: dict[str, Materiel]
    """What is counted, by an id of its own."""
    stocks: tuple[Stock, ...] = ()
    lines: tuple[Line, ...] = ()
    orders: tuple[Order, ...] = ()
    routes: tuple[Route, ...] = ()
    """Flows, in the order in which they are served."""
    needs: tuple[Need, ...] = ()
    states: tuple[SlowState, ...] = ()
    switches: tuple[Switch, ...] = ()
    """Policies that are in force or not."""
    events: tuple[ChanceEvent, ...] = ()
    """What may happen by chance."""
    unknowns: tuple[Unknown, ...] = ()
    """Facts that nobody here knows."""
    commitments: tuple[Pledge, ...] = ()
    contingencies: tuple[Contingency, ...] = ()
    """Shocks, dated or conditional."""
    so_far: tuple[Clause, ...] = ()
    """Pacts, stances, figures and deliveries that already stand when it begins, in the language of conditions."""
    policies: dict[str, Policy] = Field(default_factory=dict)
    """Sets of levers to compare."""
    outcomes: dict[str, OutcomeOfInterest] = Field(default_factory=dict)
    """What is told of each member."""
