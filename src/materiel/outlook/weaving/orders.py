"""Orders: they wait in the backlog until their supplier can spare what was ordered."""

from __future__ import annotations

from datetime import date

from materiel.outlook.program import Constant, Expression, Name, Week
from materiel.outlook.scenario.elements import Order, Scenario
from materiel.outlook.weaving.arithmetic import (
    add,
    both,
    choose,
    equal,
    gridded,
    least,
    multiply,
    subtract,
)
from materiel.outlook.weaving.setting import Setting
from materiel.outlook.weaving.sources import Past, counted_in, order_deed
from materiel.outlook.weaving.supply import stock, to_spare

CENTS = 2.0**-10
"""The grid of money, in dollars: totals below 2 trillion are exact."""


def stands(order: Order, scenario: Scenario) -> bool:
    """Whether an order has been placed before the scenario begins."""
    return (order.placed is None and order.when is None) or (order.placed is not None and order.placed < scenario.start)


def in_turn(scenario: Scenario) -> list[Order]:
    """Orders as they are served: by priority, then by due date, then as listed."""
    return sorted(scenario.orders, key=lambda order: (order.priority, order.due or date.max))


def standing_orders(scenario: Scenario) -> tuple[Past, ...]:
    """The orders that were placed before, as conditions see them."""
    found = []
    for order in scenario.orders:
        if stands(order, scenario):
            day = -1 if order.placed is None else (order.placed - scenario.start).days
            deed = order_deed(scenario, order)
            items, _ = counted_in(scenario.materiel[order.materiel])
            worth = None if order.unit_value is None else Name(f"worth of {order.id}")
            found.append(Past(deed, day, multiply(Name(f"ordered {order.id}"), items), worth))
    return tuple(found)


class OrderWork:
    """An order: when it is placed, what is sent, what arrives."""

    def __init__(self, setting: Setting, order: Order) -> None:
        self._setting, self._order = setting, order
        self._where = f"orders.{order.id}"
        loom, unit = setting.loom, setting.scenario.materiel[order.materiel].unit
        opening = self._quantity() if stands(order, setting.scenario) else Constant(0.0)
        self._ordered = loom.variable(f"ordered {order.id}", opening)
        self._backlog = loom.variable(f"backlog {order.id}", self._ordered)
        self._delivered = loom.variable(f"delivered {order.id}")
        if order.unit_value is not None:
            loom.variable(f"worth of {order.id}", self._worth(self._ordered))
        self._placed, self._brought = Name(f"placed {order.id}"), Name(f"brought {order.id}")
        self._ring = loom.ring(f"order {order.id}", order.delay)
        self._asked: Expression = Constant(0.0)
        words = f"{order.materiel} for {order.buyer} from {order.supplier}"
        loom.follow(self._backlog, f"Still to come: {words}", unit)
        loom.follow(self._delivered, f"Delivered: {words}", unit)
        loom.tell(f"backlog {order.id}", self._backlog, f"Still to come at the end: {words}", unit)
        loom.tell(f"delivered {order.id}", self._delivered, f"Delivered in all: {words}", unit)

    def _quantity(self) -> Expression:
        order, setting = self._order, self._setting
        quantity = setting.not_negative(order.quantity, f"{self._where}.quantity")
        attracted = multiply(quantity, setting.share(order.attraction, f"{self._where}.attraction"))
        return setting.on_grid(attracted, order.materiel)

    def ask(self) -> None:
        """When it is placed: in the week of its date, or in the first in which its condition holds."""
        order = self._order
        if stands(order, self._setting.scenario):
            return
        if order.placed is not None:
            dated = equal(Week(), float(self._setting.week_of(order.placed)))
            self._asked = dated if order.when is None else both(dated, self._condition())
        else:
            self._asked = both(self._condition(), equal(self._ordered, 0.0))

    def _condition(self) -> Expression:
        return self._setting.conditions.ask(self._order.when, f"{self._where}.when")

    def decide(self) -> None:
        self._asked = self._setting.loom.note("is placed", self._asked)

    def place(self) -> None:
        loom = self._setting.loom
        if stands(self._order, self._setting.scenario):
            loom.assign(self._placed, 0.0)
        else:
            loom.assign(self._placed, choose(self._asked, self._quantity(), 0.0))
            loom.assign(self._ordered, add(self._ordered, self._placed))
            loom.assign(self._backlog, add(self._backlog, self._placed))
        self._value(Name(f"worth ordered {self._order.id}"), self._placed)

    def _value(self, name: Name, amount: Expression) -> None:
        if self._order.unit_value is not None:
            self._setting.loom.assign(name, self._worth(amount))

    def _worth(self, amount: Expression) -> Expression:
        price = self._setting.not_negative(self._order.unit_value, f"{self._where}.unit_value")
        return gridded(multiply(amount, price), CENTS)

    def arrive(self) -> None:
        order, setting, loom = self._order, self._setting, self._setting.loom
        loom.assign(self._brought, self._ring)
        loom.assign(self._delivered, add(self._delivered, self._brought))
        there = stock(order.buyer, order.materiel)
        loom.assign(there, add(there, self._brought))
        setting.book(order.materiel, "transit", subtract(0.0, self._brought))
        self._value(Name(f"worth delivered {order.id}"), self._brought)

    def send(self) -> None:
        order, setting, loom = self._order, self._setting, self._setting.loom
        sent = least(to_spare(order.supplier, order.materiel), self._backlog)
        if order.limit is not None:
            sent = least(sent, setting.quantity(order.limit, order.materiel, f"{self._where}.limit"))
        sent = loom.note("sent", sent)
        here = stock(order.supplier, order.materiel)
        loom.assign(here, subtract(here, sent))
        loom.assign(self._backlog, subtract(self._backlog, sent))
        loom.put(self._ring, sent)
        setting.book(order.materiel, "transit", sent)
