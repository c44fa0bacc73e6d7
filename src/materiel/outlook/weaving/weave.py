"""A scenario becomes a program: every part declares its numbers, asks its conditions, and then the week is woven.

The order of the steps is the total order of a week (docs/model.md).
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Protocol

from materiel.commitments.materiel_tree import covers
from materiel.commitments.tree import Level, LevelKind
from materiel.outlook.compiled import Compiled
from materiel.outlook.program import Expression, Name
from materiel.outlook.scenario.elements import Scenario
from materiel.outlook.scenario.measuring import based
from materiel.outlook.scenario.numbers import Number
from materiel.outlook.weaving.arithmetic import total
from materiel.outlook.weaving.conditions import Conditions
from materiel.outlook.weaving.events import EventWork, ShockWork
from materiel.outlook.weaving.formulas import Numbers
from materiel.outlook.weaving.loom import Loom
from materiel.outlook.weaving.needs import NeedWork
from materiel.outlook.weaving.orders import OrderWork, in_turn, standing_orders
from materiel.outlook.weaving.outcomes import weave_outcome
from materiel.outlook.weaving.pledges import PledgeWork
from materiel.outlook.weaving.ranges import step_of_items
from materiel.outlook.weaving.setting import Setting
from materiel.outlook.weaving.sources import Moment, Past, past_of, refuse, sources_of
from materiel.outlook.weaving.states import StateWork, SwitchWork
from materiel.outlook.weaving.supply import (
    LineWork,
    RouteWork,
    declare_reserves,
    declare_stocks,
    reserve,
    settle_reserves,
    stock,
    tell_stocks,
)
from materiel.outlook.weaving.unknowns import UnknownWork


class Asking(Protocol):
    """A part that has conditions."""

    def ask(self) -> None:
        """Has its conditions compiled, before any step is woven."""


def weave(scenario: Scenario, policy: str | None = None) -> Compiled:
    """The scenario as a program, under one of its policies or as it stands.

    Args:
        scenario: one that is checked.
        policy: its name; the program is the same for all of them.

    Raises:
        ScenarioRefused: it has no such policy, a blank, or a condition that cannot be followed week by week.
    """
    digest = hashlib.sha256(json.dumps(scenario.model_dump(mode="json"), sort_keys=True).encode()).hexdigest()[:16]
    scenario = based(scenario)
    loom = Loom(scenario.weeks)
    past = (*past_of(scenario), *standing_orders(scenario))
    _weave(_setting(loom, scenario, _sets(scenario, policy), past), past)
    return Compiled(loom.program(), loom.drawn(), digest, loom.titles, loom.units)


def _sets(scenario: Scenario, policy: str | None) -> dict[str, Number]:
    """The named numbers that a policy sets."""
    if policy is None:
        return {}
    if policy not in scenario.policies:
        known = ", ".join(scenario.policies) or "it has none"
        raise refuse("policies", f"{policy} is no policy of {scenario.name}. Policies: {known}.")
    return dict(scenario.policies[policy].sets)


def _setting(loom: Loom, scenario: Scenario, sets: dict[str, Number], past: tuple[Past, ...]) -> Setting:
    numbers = Numbers(loom, scenario, sets)
    conditions = Conditions(
        loom,
        scenario.start.toordinal(),
        sources_of(scenario),
        past,
        numbers.figure,
        numbers.items,
        lambda level: _level(scenario, level),
        step_of_items(scenario),
    )
    return Setting(loom, scenario, numbers, conditions)


def _level(scenario: Scenario, level: Level) -> Expression:
    """A level in a condition: a state, or all that an actor has of a class of materiel."""
    if level.kind is LevelKind.STATE:
        known = {(each.actor, each.name) for each in scenario.states}
        known |= {(each.actor, each.name) for each in scenario.switches}
        if (level.actor, level.what) not in known:
            raise refuse("a condition", f"{level.actor} has no state {level.what} in this scenario.")
        return Name(f"state {level.actor} {level.what}")
    held = [
        each.materiel
        for each in scenario.stocks
        if each.owner == level.actor and covers(level.what, scenario.materiel[each.materiel].class_)
    ]
    if not held:
        raise refuse("a condition", f"{level.actor} has no stock of {level.what} in this scenario.")
    units = {scenario.materiel[materiel].unit for materiel in held}
    if len(units) > 1:
        why = f"{level.kind}({level.actor}, {level.what}) would add up {', '.join(sorted(units))}. Name one class."
        raise refuse("a condition", why)
    name = stock if level.kind is LevelKind.STOCK else reserve
    return total([name(level.actor, materiel) for materiel in held])


@dataclass(frozen=True, slots=True)
class _Parts:
    """The parts of a scenario, each with its numbers declared."""

    states: list[StateWork]
    switches: list[SwitchWork]
    unknowns: list[UnknownWork]
    events: list[EventWork]
    shocks: list[ShockWork]
    lines: list[LineWork]
    routes: list[RouteWork]
    orders: dict[str, OrderWork]
    needs: list[NeedWork]
    pledges: list[PledgeWork]


def _weave(setting: Setting, past: tuple[Past, ...]) -> None:
    parts = _declared(setting, past)
    asking: list[Asking] = [*parts.shocks, *parts.switches, *parts.pledges, *parts.lines, *parts.routes]
    asking += [*parts.orders.values(), *parts.states]
    for part in asking:
        part.ask()
    _events(setting, parts)
    _decisions(parts)
    _flows(setting, parts)
    for need in parts.needs:
        need.use()
    for state in parts.states:
        state.move()
    setting.conditions.bring_forward(Moment.AT_THE_END)
    tell_stocks(setting)
    for key, outcome in setting.scenario.outcomes.items():
        weave_outcome(setting, key, outcome)


def _declared(setting: Setting, past: tuple[Past, ...]) -> _Parts:
    scenario = setting.scenario
    declare_stocks(setting)
    parts = _Parts(
        states=[StateWork(setting, each) for each in scenario.states],
        switches=[SwitchWork(setting, each) for each in scenario.switches],
        unknowns=[UnknownWork(setting, each) for each in scenario.unknowns],
        events=[EventWork(setting, each) for each in scenario.events],
        shocks=[ShockWork(setting, each) for each in scenario.contingencies],
        lines=[LineWork(setting, each) for each in scenario.lines],
        routes=[RouteWork(setting, each) for each in scenario.routes],
        orders={each.id: OrderWork(setting, each) for each in scenario.orders},
        needs=[NeedWork(setting, each) for each in scenario.needs],
        pledges=[PledgeWork(setting, each, past) for each in scenario.commitments],
    )
    declare_reserves(setting)
    return parts


def _events(setting: Setting, parts: _Parts) -> None:
    """Hazards, on the situation at the end of the week before; events, then shocks, then what is believed."""
    conditions = setting.conditions
    for event in parts.events:
        event.draw()
    for unknown in parts.unknowns:
        unknown.draw()
    settle_reserves(setting)
    for event in parts.events:
        event.happen()
    conditions.bring_forward(Moment.AFTER_EVENTS)
    for shock in parts.shocks:
        shock.decide()
    for shock in parts.shocks:
        shock.happen()
    conditions.bring_forward(Moment.AFTER_SHOCKS)
    for unknown in parts.unknowns:
        unknown.learn()


def _decisions(parts: _Parts) -> None:
    """All of them on the same situation; only lines and routes look at switches that have turned."""
    for switch in parts.switches:
        switch.decide()
    for order in parts.orders.values():
        order.decide()
    for state in parts.states:
        state.decide()
    for pledge in parts.pledges:
        pledge.look()
    for pledge in parts.pledges:
        pledge.look_again()
    for switch in parts.switches:
        switch.turn()
    for line in parts.lines:
        line.decide()
    for route in parts.routes:
        route.decide()
    for pledge in parts.pledges:
        pledge.move()
    for pledge in parts.pledges:
        pledge.act()
    for pledge in parts.pledges:
        pledge.withdraw()
    for order in parts.orders.values():
        order.place()


def _flows(setting: Setting, parts: _Parts) -> None:
    """Production, then arrivals, then dispatch: routes as listed, orders in their turn."""
    for line in parts.lines:
        line.produce()
    for route in parts.routes:
        route.arrive()
    for line in parts.lines:
        line.arrive()
    for order in parts.orders.values():
        order.arrive()
    settle_reserves(setting)
    for route in parts.routes:
        route.send()
    for each in in_turn(setting.scenario):
        parts.orders[each.id].send()
