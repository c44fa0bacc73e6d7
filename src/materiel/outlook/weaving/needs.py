"""Needs: what an actor uses up of its stock in a week, and what comes of it where that falls short."""

from __future__ import annotations

from materiel.outlook.program import Name
from materiel.outlook.scenario.elements import Need
from materiel.outlook.weaving.arithmetic import add, choose, equal, least, less, multiply, subtract
from materiel.outlook.weaving.effects import weave_effects
from materiel.outlook.weaving.setting import Setting
from materiel.outlook.weaving.supply import stock


class NeedWork:
    """A need of one actor for one materiel."""

    def __init__(self, setting: Setting, need: Need) -> None:
        self._setting, self._need = setting, need
        loom, key = setting.loom, f"{need.actor} {need.materiel}"
        unit = setting.scenario.materiel[need.materiel].unit
        words = f"{need.materiel} of {need.actor}"
        self._asked = loom.variable(f"need {key}")
        self._unmet = loom.variable(f"unmet {key}")
        self._total = loom.variable(f"total unmet {key}")
        self._weeks = loom.variable(f"weeks short {key}") if need.when_unmet is not None else None
        self._short = Name(f"short {key}")
        loom.follow(self._unmet, f"Unmet need: {words}", f"{unit} per week")
        loom.tell(f"unmet {key}", self._total, f"Unmet need in all: {words}", unit)

    def use(self) -> None:
        need, setting, loom = self._need, self._setting, self._setting.loom
        where = f"needs.{need.actor}.{need.materiel}"
        loom.assign(self._asked, setting.quantity(need.per_week, need.materiel, f"{where}.per_week"))
        here = stock(need.actor, need.materiel)
        used = loom.note("used", least(here, self._asked))
        loom.assign(here, subtract(here, used))
        setting.book(need.materiel, "used", used)
        loom.assign(self._unmet, subtract(self._asked, used))
        loom.assign(self._total, add(self._total, self._unmet))
        if need.when_unmet is None or self._weeks is None:
            return
        share = setting.share(need.when_unmet.share, f"{where}.when_unmet.share")
        is_short = less(multiply(share, self._asked), self._unmet)
        loom.assign(self._weeks, choose(is_short, add(self._weeks, 1.0), 0.0))
        # Once in a row of weeks, when it has lasted so long.
        loom.assign(self._short, equal(self._weeks, float(need.when_unmet.weeks)))
        weave_effects(setting, need.when_unmet.effects, self._short, f"{where}.when_unmet.effects")
