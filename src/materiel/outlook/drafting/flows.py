"""Supplies in a draft: what is counted, who has it, what is made, ordered, sent and withheld.

A supply that was delivered or pledged becomes a route; what was ordered an order, with a line that makes it; what is
withheld or halted a route behind a switch that is off (a self-restraint); what a commitment is about a route that waits
for its event. What is only asked for or considered is left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from materiel.commitments.names_in_words import actor_words
from materiel.commitments.printing import print_condition
from materiel.commitments.tree import Compare, EventAtom, Level, LevelComparison, LevelKind, Or
from materiel.outlook.drafting.figures import Measured, blank, counted, number, told_words
from materiel.outlook.drafting.naming import Names, counted_words, goods, slug, unit_of
from materiel.outlook.drafting.promises import Wanted
from materiel.outlook.drafting.sorting import Flow, Sorted, is_withheld
from materiel.outlook.drafting.told import Supply, Told
from materiel.outlook.scenario.elements import Line, Materiel, Need, Order, Route, Stock, Switch
from materiel.outlook.scenario.numbers import Number, Weeks
from materiel.terms.statements import MeasureName, Stage


@dataclass(frozen=True)
class Flows:
    materiel: dict[str, Materiel]
    numbers: dict[str, Number]
    stocks: tuple[Stock, ...]
    lines: tuple[Line, ...]
    orders: tuple[Order, ...]
    routes: tuple[Route, ...]
    needs: tuple[Need, ...]
    switches: tuple[Switch, ...]


def draft_flows(told: Sorted, wanted: Sequence[Wanted], measured: Sequence[Measured], names: Names) -> Flows:
    """The parts of a draft that have to do with materiel.

    Args:
        told: the lines of the register, by flow.
        wanted: what commitments are about besides.
        measured: the named numbers of the draft.
        names: gives ids.
    """
    flows = told.flows
    ordered = {flow: members for flow, members in flows.items() if any(m.stage is Stage.ORDERED for m in members)}
    begun: dict[Flow, list[str]] = defaultdict(list)
    for each in wanted:
        begun[each.supplier, each.recipient, each.materiel].append(each.event)
    orders: list[Order] = []
    numbers: dict[str, Number] = {}
    for flow, members in ordered.items():
        order, named = _order(flow, members, told.hints.get(flow, ()), names)
        orders.append(order)
        numbers.update(named)
    routes: list[Route] = []
    switches: list[Switch] = []
    for flow, members in flows.items():
        if flow not in ordered:
            route, switch = _route(flow, members, told.hints.get(flow, ()), begun.pop(flow, []), names)
            routes.append(route)
            switches.extend(switch)
    used = {*flows, *begun}
    routes += [_wanted_route(flow, events, names) for flow, events in sorted(begun.items())]
    needs = tuple(
        Need(actor=each.subject, materiel=slug(each.materiel), per_week=f"${each.name}")
        for each in measured
        if each.measure is MeasureName.NEED_RATE and each.is_rate and each.materiel
        if any(each.subject in flow[:2] and each.materiel == flow[2] for flow in used)
    )
    return Flows(
        {
            slug(name): Materiel.model_validate({"class": name, "unit": unit_of(name)})
            for name in sorted({flow[2] for flow in used})
        },
        numbers,
        _stocks(used, measured, needs),
        _lines(ordered, used, measured, names),
        tuple(orders),
        tuple(routes),
        needs,
        tuple(switches),
    )


def _order(
    flow: Flow, members: Sequence[Supply], hints: Sequence[Supply], names: Names
) -> tuple[Order, dict[str, Number]]:
    """What is left of an order when the draft begins; its figures are named numbers."""
    supplier, buyer, materiel = flow
    identity = names.give(supplier, buyer, materiel, "order")
    asked = (
        f"{counted_words(materiel)} that {actor_words(buyer)} has ordered of {actor_words(supplier)} and not got yet"
    )
    wished, got = _split(members)
    numbers: dict[str, Number] = {}
    if wished:
        numbers[f"{identity}_told"] = number(wished, unit_of(materiel))
        left = f"${identity}_told"
        if got:
            numbers[f"{identity}_got"] = number(got, unit_of(materiel))
            left = f"max(0, {left} - ${identity}_got)"
    values = [told for each in members if each.stage is Stage.ORDERED for told in each.values]
    prices = values if wished and len({told.unit for told in values}) == 1 else []
    if prices:
        numbers[f"{identity}_value"] = number(prices, prices[0].unit)
    order = Order(
        id=identity,
        buyer=buyer,
        supplier=supplier,
        materiel=slug(materiel),
        quantity=left if wished else blank(_with_told(asked, (*members, *hints)), unit_of(materiel)),
        placed=_day([each.day for each in members if each.stage is Stage.ORDERED]),
        delay=_delay(supplier, buyer),
        unit_value=f"${identity}_value / ${identity}_told" if prices else None,
    )
    return order, numbers


def _split(members: Sequence[Supply]) -> tuple[tuple[Told, ...], tuple[Told, ...]]:
    """What was ordered, and what of it is told as delivered, in pieces."""
    wished = counted(told for each in members if each.stage is Stage.ORDERED for told in each.quantities)
    got = counted(told for each in members if each.stage is Stage.DELIVERED for told in each.quantities)
    return wished, got


def _day(days: Iterable[str | None]) -> date | None:
    """The first whole day among some days, months and years."""
    return min((date.fromisoformat(day) for day in days if day and len(day) == len("2024-06-20")), default=None)


def _route(
    flow: Flow, members: Sequence[Supply], hints: Sequence[Supply], events: Sequence[str], names: Names
) -> tuple[Route, tuple[Switch, ...]]:
    supplier, recipient, materiel = flow
    asked = f"{counted_words(materiel)} that {actor_words(supplier)} sends {actor_words(recipient)} in a week at most"
    route = Route(
        id=names.give(supplier, recipient, materiel),
        supplier=supplier,
        recipient=recipient,
        materiel=slug(materiel),
        delay=_delay(supplier, recipient),
        limit=blank(_with_told(asked, (*members, *hints)), f"{unit_of(materiel)} per week"),
        via=next((each.via for each in members if each.via), None),
    )
    if not is_withheld(members):
        return route, ()
    ends = _any_of((restraint_ends(flow), *events))
    switch = Switch(actor=supplier, name=names.give("gives", recipient, materiel), on=ends)
    given = LevelComparison(Level(LevelKind.STATE, supplier, switch.name), Compare.AT_LEAST, 1.0)
    return route.model_copy(update={"when": print_condition(given)}), (switch,)


def restraint_ends(flow: Flow) -> str:
    """The event for which a supply that is withheld waits."""
    supplier, recipient, materiel = flow
    return f"{actor_words(supplier)} ends its restraint: {goods(materiel)} for {actor_words(recipient)}"


def _with_told(asked: str, members: Sequence[Supply]) -> str:
    """A question, and what is told that may help to answer it."""
    figures = dict.fromkeys(told for each in members for told in each.quantities)
    silent = sorted({each.entry for each in members if not each.quantities})
    hints = [f"told: {told_words(figures)}"] if figures else []
    hints += [f"told without a number: {', '.join(silent)}"] if silent else []
    return f"{asked} ({'; '.join(hints)})"


def _wanted_route(flow: Flow, events: Sequence[str], names: Names) -> Route:
    supplier, recipient, materiel = flow
    sends = f"{actor_words(supplier)} would send {actor_words(recipient)}"
    return Route(
        id=names.give(supplier, recipient, materiel),
        supplier=supplier,
        recipient=recipient,
        materiel=slug(materiel),
        delay=_delay(supplier, recipient),
        limit=blank(f"{counted_words(materiel)} that {sends} in a week at most", f"{unit_of(materiel)} per week"),
        when=_any_of(events),
    )


def _any_of(events: Sequence[str]) -> str:
    """The condition that one of some events has come about."""
    atoms = tuple(EventAtom(event) for event in events)
    return print_condition(atoms[0] if len(atoms) == 1 else Or(atoms))


def _delay(supplier: str, recipient: str) -> Weeks:
    asked = f"how long it is on the way from {actor_words(supplier)} to {actor_words(recipient)}, in whole weeks"
    return Weeks(1, blank(asked, "weeks"))


def _stocks(used: set[Flow], measured: Sequence[Measured], needs: Sequence[Need]) -> tuple[Stock, ...]:
    """One for each end of each flow. What a recipient has of its own is asked for only where it uses it up."""
    owners = {(flow[0], flow[2]) for flow in used}
    ends = owners | {(flow[1], flow[2]) for flow in used}
    in_need = {(need.actor, need.materiel) for need in needs}
    stocks = []
    for actor, materiel in sorted(ends):
        opening: Number | str
        figures = [
            m for m in measured if m.measure is MeasureName.STOCK and (m.subject, m.materiel) == (actor, materiel)
        ]
        if figures and not figures[0].is_rate:
            opening = f"${figures[0].name}"
        elif (actor, materiel) in owners or (actor, slug(materiel)) in in_need:
            opening = blank(
                f"{counted_words(materiel)} that {actor_words(actor)} has when it begins", unit_of(materiel)
            )
        else:
            opening = Number(value=0, unit=unit_of(materiel), assumption="Only what comes is counted.")
        stocks.append(Stock(owner=actor, materiel=slug(materiel), opening=opening))
    return tuple(stocks)


def _lines(ordered: Iterable[Flow], used: set[Flow], measured: Sequence[Measured], names: Names) -> tuple[Line, ...]:
    """What is made: by whoever has orders, and by whomever a figure of production is told of."""
    rates = {
        (each.subject, each.materiel): each.name
        for each in reversed(measured)
        if each.measure is MeasureName.PRODUCTION_RATE and each.is_rate and each.materiel
    }
    owners = {(flow[0], flow[2]) for flow in used}
    wanted = {(flow[0], flow[2]) for flow in ordered} | (owners & set(rates))
    return tuple(
        Line(
            id=names.give(actor, materiel, "line"),
            owner=actor,
            materiel=slug(materiel),
            rate=f"${rates[actor, materiel]}"
            if (actor, materiel) in rates
            else blank(
                f"{counted_words(materiel)} that {actor_words(actor)} makes in a week", f"{unit_of(materiel)} per week"
            ),
        )
        for actor, materiel in sorted(wanted)
    )
