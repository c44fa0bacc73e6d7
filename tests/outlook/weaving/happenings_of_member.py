"""What happens to a member, as imagined happenings: written from the scenario and the weeks alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from plain_member import Trace
from scenario_strategies import DECLARATIONS, ITEMS, MATERIEL, PASTS

from materiel.commitments.happenings import Deed, Event, Imagined, Turn
from materiel.commitments.tree import State
from materiel.outlook.scenario.elements import ChanceEvent, Contingency, Effect, Order, Scenario
from materiel.terms.statements import Stage, Transfer


class Recorder:
    def __init__(self, scenario: Scenario, trace: Trace) -> None:
        self.scenario, self.trace = scenario, trace
        self.found: list[Imagined] = []

    def happenings(self) -> list[Imagined]:
        self._past()
        for week, names in enumerate(self.trace.weeks):
            self._events(week, names)
            self._pledges(week, names)
            self._orders(week, names)
            self._flows(week, names)
            for need in self.scenario.needs:
                if need.when_unmet is not None and names[f"short {need.actor} {need.materiel}"]:
                    self._declare(need.when_unmet.effects, 7 * week + 6)
        return self.found

    def _add(self, deed: Deed, day: int, entry: str = "") -> None:
        identity = f"h{len(self.found)}"
        when = self.scenario.start + timedelta(days=day)
        ordinal = when.toordinal()
        self.found.append(Imagined(identity, entry or identity, deed, when.isoformat(), (ordinal, ordinal)))

    def _past(self) -> None:
        deeds = dict(PASTS)
        for text in self.scenario.so_far:
            clause, _, since = text.partition(" since ")
            day = (date_of(since) - self.scenario.start.toordinal()) if since else -1
            self._add(deeds[clause], day)
        for order in self.scenario.orders:
            if order.placed is None and order.when is None:
                self._ordered(order, -1, self.trace.weeks[0][f"ordered {order.id}"], None)
            elif order.placed is not None and order.placed < self.scenario.start:
                days = (order.placed - self.scenario.start).days
                self._ordered(order, days, self.trace.weeks[0][f"ordered {order.id}"], None)

    def _ordered(self, order: Order, day: int, amount: float, stage: Stage | None) -> None:
        items, unit = ITEMS[order.materiel]
        price = 0.0 if order.unit_value is None else order.unit_value.value  # type: ignore[union-attr]
        worth = amount * items * (price or 0.0) if order.unit_value is not None else None
        deed = Transfer(
            order.supplier,
            order.buyer,
            (MATERIEL[order.materiel]["class"],),
            stage or Stage.ORDERED,
            quantity=amount * items,
            unit=unit,
            value_usd=worth,
        )
        if amount > 0:
            self._add(deed, day)

    def _declare(self, effects: tuple[Effect, ...], day: int) -> None:
        deeds = dict(DECLARATIONS)
        for effect in effects:
            if effect.happens is not None:
                self._add(deeds[effect.happens], day)

    def _events(self, week: int, names: dict[str, float]) -> None:
        coming: list[ChanceEvent | Contingency] = [*self.scenario.events, *self.scenario.contingencies]
        for each in coming:
            if names[f"happened {each.id}"]:
                self._add(Event(each.title), 7 * week)
                self._declare(each.effects, 7 * week)
        for unknown in self.scenario.unknowns:
            for signal in unknown.signals:
                if names[f"happened {unknown.id}/{signal.title}"]:
                    self._add(Event(signal.title), 7 * week)

    def _pledges(self, week: int, names: dict[str, float]) -> None:
        before = self.trace.weeks[week - 1] if week else None
        for pledge in self.scenario.commitments:
            for state in State:
                key = f"{state} {pledge.id}"
                if state is not State.STANDING and names[key] and not (before and before[key]):
                    self._add(Turn(pledge.id, state), 7 * week + 1)
            acted = f"acted {pledge.id}"
            if names[acted] and not (before and before[acted]):
                self._declare(pledge.deeds, 7 * week + 1)

    def _orders(self, week: int, names: dict[str, float]) -> None:
        before = self.trace.weeks[week - 1] if week else None
        for order in self.scenario.orders:
            key = f"ordered {order.id}"
            opening = names[key] - names[f"placed {order.id}"]
            placed = names[key] - (before[key] if before else opening)
            self._ordered(order, 7 * week + 1, placed, Stage.ORDERED)
            key = f"delivered {order.id}"
            self._ordered(order, 7 * week + 6, names[key] - (before[key] if before else 0.0), Stage.DELIVERED)

    def _flows(self, week: int, names: dict[str, float]) -> None:
        for route in self.scenario.routes:
            flow = route.supplier, route.recipient, route.materiel, route.via
            self._flow(flow, week, route.id, names[f"sent {route.id}"], Stage.ORDERED, 0)
            self._flow(flow, week, route.id, names[f"arrived {route.id}"], Stage.DELIVERED, route.delay)
        for line in self.scenario.lines:
            if line.returns is not None and line.licensor is not None:
                flow = line.owner, line.licensor, line.materiel, None
                self._flow(flow, week, line.id, names[f"returned {line.id}"], Stage.ORDERED, 0)
                self._flow(flow, week, line.id, names[f"back {line.id}"], Stage.DELIVERED, line.returns.delay)

    def _flow(
        self, flow: tuple[str, str, str, str | None], week: int, name: str, amount: float, stage: Stage, delay: int
    ) -> None:
        if amount <= 0:
            return
        supplier, recipient, materiel, via = flow
        items, unit = ITEMS[materiel]
        classes = (MATERIEL[materiel]["class"],)
        deed = Transfer(supplier, recipient, classes, stage, via=via, quantity=amount * items, unit=unit)
        self._add(deed, 7 * week + 6, f"{name} {week - delay}")


def happenings_of(scenario: Scenario, trace: Trace) -> Iterator[Imagined]:
    yield from Recorder(scenario, trace).happenings()


def date_of(text: str) -> int:
    return date.fromisoformat(text).toordinal()
