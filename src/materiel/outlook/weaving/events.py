"""Events that may happen in any week, and contingencies: shocks on a date or on a condition."""

from __future__ import annotations

from materiel.outlook.program import Constant, Expression, Name, Uniform, Week
from materiel.outlook.scenario.elements import ChanceEvent, Contingency
from materiel.outlook.weaving.arithmetic import add, both, choose, equal, less
from materiel.outlook.weaving.calendar import AT_HAZARDS
from materiel.outlook.weaving.conditions import Asked
from materiel.outlook.weaving.effects import weave_effects
from materiel.outlook.weaving.setting import Setting
from materiel.outlook.weaving.supply import first_week


class EventWork:
    """An event with a hazard."""

    def __init__(self, setting: Setting, event: ChanceEvent) -> None:
        self._setting, self._event = setting, event
        loom = setting.loom
        self._happened = loom.variable(f"happened {event.id}")
        self._count = loom.variable(f"count {event.id}")
        self._first = loom.variable(f"first {event.id}", float(setting.scenario.weeks))
        self._drawn = Name(event.id)
        loom.follow(self._happened, event.title, "")
        loom.describe(event.id, event.title, "")
        loom.tell(f"first {event.id}", self._first, f"First week of: {event.title}", "week")
        loom.tell(f"count {event.id}", self._count, f"How often: {event.title}", "times")

    def draw(self) -> None:
        """Its hazard, on the situation at the end of the week before."""
        event, setting = self._event, self._setting
        where = f"events.{event.id}"
        rate = setting.numbers.amount(event.hazard, f"{where}.hazard")
        may = setting.conditions.ask(event.when, f"{where}.when", Asked(AT_HAZARDS))
        if event.once:
            may = both(may, equal(self._count, 0.0))
        setting.loom.hazard(self._drawn.name, choose(may, rate, 0.0), f"event {event.id}")

    def happen(self) -> None:
        _happen(self._setting, self._drawn, self._happened, self._count, self._first)
        weave_effects(self._setting, self._event.effects, self._happened, f"events.{self._event.id}.effects")


class ShockWork:
    """A contingency."""

    def __init__(self, setting: Setting, shock: Contingency) -> None:
        self._setting, self._shock = setting, shock
        loom = setting.loom
        self._happened = loom.variable(f"happened {shock.id}")
        self._count = loom.variable(f"count {shock.id}")
        self._first = loom.variable(f"first {shock.id}", float(setting.scenario.weeks))
        self._luck = loom.variable(f"luck {shock.id}", Uniform(f"chance {shock.id}"))
        self._asked: Expression = Constant(1.0)
        loom.follow(self._happened, shock.title, "")
        loom.tell(f"first {shock.id}", self._first, f"First week of: {shock.title}", "week")
        loom.tell(f"count {shock.id}", self._count, f"How often: {shock.title}", "times")

    def ask(self) -> None:
        shock, setting = self._shock, self._setting
        where = f"contingencies.{shock.id}"
        self._asked = setting.conditions.ask(shock.when, f"{where}.when")
        if shock.on is not None:
            self._asked = both(self._asked, equal(Week(), float(setting.week_of(shock.on))))
        self._asked = both(self._asked, equal(self._count, 0.0))

    def decide(self) -> None:
        """Whether it comes, on the situation after the events; all shocks are decided before one takes effect.

        Where it has a chance, it comes or does not come with that when it first could.
        """
        shock, setting = self._shock, self._setting
        if shock.chance is not None:
            chance = setting.share(shock.chance, f"contingencies.{shock.id}.chance")
            self._asked = both(self._asked, less(self._luck, chance))
        self._asked = setting.loom.note("comes", self._asked)

    def happen(self) -> None:
        _happen(self._setting, self._asked, self._happened, self._count, self._first)
        weave_effects(self._setting, self._shock.effects, self._happened, f"contingencies.{self._shock.id}.effects")


def _happen(setting: Setting, drawn: Expression, happened: Name, count: Name, first: Name) -> None:
    loom = setting.loom
    loom.assign(happened, drawn)
    loom.assign(count, add(count, happened))
    first_week(setting, first, happened)
