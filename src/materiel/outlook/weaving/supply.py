"""Stocks, and the lines and routes between them, with a ledger for each materiel."""

from __future__ import annotations

import math

from materiel.outlook.program import Constant, Expression, Name, RingGet, Week
from materiel.outlook.scenario.elements import Line, Route
from materiel.outlook.weaving.arithmetic import (
    add,
    at_most,
    both,
    choose,
    divide,
    greatest,
    least,
    multiply,
    subtract,
    total,
)
from materiel.outlook.weaving.setting import Setting

LEDGER = ("produced", "used", "lost", "transit")


def stock(actor: str, materiel: str) -> Name:
    return Name(f"stock {actor} {materiel}")


def reserve(actor: str, materiel: str) -> Name:
    return Name(f"reserve {actor} {materiel}")


def declare_stocks(setting: Setting) -> None:
    """Stocks, reserves and ledgers as they are at the start."""
    loom = setting.loom
    for each in setting.scenario.stocks:
        where, unit = f"stocks.{each.owner}.{each.materiel}", setting.scenario.materiel[each.materiel].unit
        words = f"{each.materiel} of {each.owner}"
        opening = setting.quantity(each.opening, each.materiel, f"{where}.opening")
        name = loom.variable(stock(each.owner, each.materiel).name, opening)
        loom.follow(name, f"Stock: {words}", unit)
        loom.guard(name)
    for materiel in setting.scenario.materiel:
        opening = total([stock(each.owner, materiel) for each in setting.scenario.stocks if each.materiel == materiel])
        loom.variable(f"ledger {materiel} opening", opening)
        for what in LEDGER:
            setting.ledgers[materiel, what] = loom.variable(f"ledger {materiel} {what}")


def declare_reserves(setting: Setting) -> None:
    """Reserves, once everything that they may look at is declared."""
    for each in setting.scenario.stocks:
        where = f"stocks.{each.owner}.{each.materiel}.reserve"
        opening = setting.quantity(each.reserve, each.materiel, where)
        name = setting.loom.variable(reserve(each.owner, each.materiel).name, opening)
        if each.reserve is not None:
            unit = setting.scenario.materiel[each.materiel].unit
            setting.loom.follow(name, f"Reserve: {each.materiel} of {each.owner}", unit)


def settle_reserves(setting: Setting) -> None:
    """Reserves as the situation is now; those that are plain numbers stay as they are."""
    for each in setting.scenario.stocks:
        if isinstance(each.reserve, str):
            where = f"stocks.{each.owner}.{each.materiel}.reserve"
            amount = setting.quantity(each.reserve, each.materiel, where)
            setting.loom.assign(reserve(each.owner, each.materiel), amount)


class LineWork:
    """A production line: what it makes, and what it returns to its licensor."""

    def __init__(self, setting: Setting, line: Line) -> None:
        self._setting, self._line = setting, line
        self._where = f"lines.{line.id}"
        loom = setting.loom
        self._progress = loom.variable(f"progress {line.id}")
        self._output = loom.variable(f"output {line.id}")
        self._works: Expression = Constant(1.0)
        self._returns: Expression = Constant(0.0)
        self._ring: RingGet | None = None
        if line.returns is not None:
            self._ring = loom.ring(f"returned {line.id}", line.returns.delay)
            loom.variable(f"returned {line.id}")
            loom.variable(f"back {line.id}")
        loom.follow(self._output, f"Output of {line.id}", setting.scenario.materiel[line.materiel].unit + " per week")

    def ask(self) -> None:
        """The conditions under which it works and returns."""
        line, conditions = self._line, self._setting.conditions
        self._works = conditions.ask(line.when, f"{self._where}.when")
        if line.returns is not None:
            self._returns = conditions.ask(line.returns.when, f"{self._where}.returns.when")

    def decide(self) -> None:
        """The conditions answered, at the time of decisions."""
        self._works = self._setting.loom.note("works", self._works)
        self._returns = self._setting.loom.note("returns", self._returns)

    def produce(self) -> None:
        line, setting, loom = self._line, self._setting, self._setting.loom
        rate = setting.not_negative(line.rate, f"{self._where}.rate")
        if line.full_rate is not None:
            full = setting.not_negative(line.full_rate, f"{self._where}.full_rate")
            if line.ramp is None:
                grown: Expression = Constant(1.0)
            else:
                ramp = setting.not_negative(line.ramp, f"{self._where}.ramp")
                grown = least(1.0, add(self._progress, divide(1.0, ramp)))
            loom.assign(self._progress, choose(self._works, grown, self._progress))
            rate = add(rate, multiply(subtract(full, rate), self._progress))
        amount = setting.on_grid(rate, line.materiel)
        loom.assign(self._output, choose(self._works, amount, 0.0))
        setting.book(line.materiel, "produced", self._output)
        kept: Expression = self._output
        if line.returns is not None and self._ring is not None:
            share = setting.share(line.returns.share, f"{self._where}.returns.share")
            returned = Name(f"returned {line.id}")
            amount = setting.on_grid(multiply(self._output, share), line.materiel)
            loom.assign(returned, choose(self._returns, least(self._output, amount), 0.0))
            setting.book(line.materiel, "transit", returned)
            kept = subtract(self._output, returned)
        own = stock(line.owner, line.materiel)
        loom.assign(own, add(own, kept))

    def arrive(self) -> None:
        """What it has returned comes to its licensor."""
        line, setting, loom = self._line, self._setting, self._setting.loom
        if self._ring is None or line.licensor is None:
            return
        back = Name(f"back {line.id}")
        loom.assign(back, self._ring)
        loom.put(self._ring, Name(f"returned {line.id}"))
        there = stock(line.licensor, line.materiel)
        loom.assign(there, add(there, back))
        setting.book(line.materiel, "transit", subtract(0.0, back))


class RouteWork:
    """A route: what it sends, and what arrives."""

    def __init__(self, setting: Setting, route: Route) -> None:
        self._setting, self._route = setting, route
        self._where = f"routes.{route.id}"
        loom, unit = setting.loom, setting.scenario.materiel[route.materiel].unit
        self._sent = loom.variable(f"sent {route.id}")
        self._arrived = loom.variable(f"arrived {route.id}")
        self._total = loom.variable(f"total {route.id}")
        self._ring = loom.ring(f"route {route.id}", route.delay)
        self._is_open: Expression = Constant(1.0)
        loom.follow(self._sent, f"Sent on {route.id}", f"{unit} per week")
        loom.follow(self._arrived, f"Arrived on {route.id}", f"{unit} per week")
        loom.tell(f"arrived {route.id}", self._total, f"Arrived on {route.id} in all", unit)

    def ask(self) -> None:
        self._is_open = self._setting.conditions.ask(self._route.when, f"{self._where}.when")

    def decide(self) -> None:
        self._is_open = self._setting.loom.note("open", self._is_open)

    def arrive(self) -> None:
        route, setting, loom = self._route, self._setting, self._setting.loom
        loom.assign(self._arrived, self._ring)
        loom.assign(self._total, add(self._total, self._arrived))
        there = stock(route.recipient, route.materiel)
        loom.assign(there, add(there, self._arrived))
        setting.book(route.materiel, "transit", subtract(0.0, self._arrived))

    def send(self) -> None:
        route, setting, loom = self._route, self._setting, self._setting.loom
        limit = setting.quantity(route.limit, route.materiel, f"{self._where}.limit")
        if route.backfills is not None:
            first = next(each for each in setting.scenario.routes if each.id == route.backfills)
            filled: Expression = Name(f"sent {first.id}")
            if first.materiel != route.materiel:
                filled = setting.on_grid(filled, route.materiel)
            limit = least(limit, filled)
        spare = to_spare(route.supplier, route.materiel, draws_on_reserve=route.draws_on_reserve)
        loom.assign(self._sent, choose(self._is_open, least(spare, limit), 0.0))
        here = stock(route.supplier, route.materiel)
        loom.assign(here, subtract(here, self._sent))
        on_the_way: Expression = self._sent
        if route.loss is not None:
            share = setting.share(route.loss, f"{self._where}.loss")
            lost = loom.note("lost", setting.on_grid(multiply(self._sent, share), route.materiel))
            lost = loom.note("lost", least(self._sent, lost))
            setting.book(route.materiel, "lost", lost)
            on_the_way = subtract(self._sent, lost)
        on_the_way = loom.note("on the way", on_the_way)
        loom.put(self._ring, on_the_way)
        setting.book(route.materiel, "transit", on_the_way)


def to_spare(actor: str, materiel: str, *, draws_on_reserve: bool = False) -> Expression:
    """What a supplier can give away."""
    here = stock(actor, materiel)
    spare = here if draws_on_reserve else subtract(here, reserve(actor, materiel))
    return greatest(spare, 0.0)


def lose(setting: Setting, actor: str, materiel: str, share: Expression, happens: Expression) -> None:
    """A stock loses a share of itself where ``happens`` is 1."""
    here = stock(actor, materiel)
    lost = least(here, setting.on_grid(multiply(here, share), materiel))
    lost = setting.loom.note("lost", choose(happens, lost, 0.0))
    setting.loom.assign(here, subtract(here, lost))
    setting.book(materiel, "lost", lost)


def tell_stocks(setting: Setting) -> None:
    """The outcomes of stocks and the ledgers. Called at the end of the week's steps."""
    loom, weeks = setting.loom, float(setting.scenario.weeks)
    for each in setting.scenario.stocks:
        own, unit = stock(each.owner, each.materiel), setting.scenario.materiel[each.materiel].unit
        words = f"{each.materiel} of {each.owner}"
        kept = reserve(each.owner, each.materiel)
        for what, level, title in (
            ("depleted", kept, "at or below its reserve"),
            ("emptied", Constant(0.0), "used up"),
        ):
            name = loom.variable(f"{what} {each.owner} {each.materiel}", weeks)
            loom.tell(name.name, first_week(setting, name, at_most(own, level)), f"{words} {title}", "week")
        loom.tell(f"final {each.owner} {each.materiel}", own, f"Stock at the end: {words}", unit)
    for materiel, grid in setting.grids.items():
        for what in ("opening", *LEDGER):
            loom.tell(f"ledger {materiel} {what}", Name(f"ledger {materiel} {what}"))
        stocks = [stock(each.owner, materiel) for each in setting.scenario.stocks if each.materiel == materiel]
        loom.tell(f"ledger {materiel} final", total([*stocks]))
        if not grid.is_certain:
            there = add(Name(f"ledger {materiel} opening"), setting.ledgers[materiel, "produced"])
            beyond = choose(at_most(there, grid.most), 0.0, math.inf)
            name = Name(f"more {materiel} than can be counted exactly")
            loom.assign(name, beyond)
            loom.guard(name)


def first_week(setting: Setting, name: Name, flag: Expression) -> Expression:
    """The step that keeps the first week in which a flag is 1; the number of weeks where there is none."""
    loom = setting.loom
    is_first = both(flag, at_most(float(setting.scenario.weeks), name))
    loom.assign(name, choose(is_first, Week(), name))
    return name
