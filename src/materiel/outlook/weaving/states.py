"""Slow states, and switches: policies that are in force or not."""

from __future__ import annotations

from materiel.outlook.program import Constant, Expression
from materiel.outlook.scenario.elements import SlowState, Switch
from materiel.outlook.weaving.arithmetic import add, both, choose, clipped, divide, either, multiply, negated, subtract
from materiel.outlook.weaving.ranges import combine, ranges
from materiel.outlook.weaving.setting import Setting

MARGIN = 1e-6


class StateWork:
    """A slow state and its drives."""

    def __init__(self, setting: Setting, state: SlowState) -> None:
        self._setting, self._state = setting, state
        self._where = f"states.{state.actor}.{state.name}"
        opening = state.base if state.opening is None else state.opening
        field = "base" if state.opening is None else "opening"
        value = setting.numbers.amount(opening, f"{self._where}.{field}")
        name = f"state {state.actor} {state.name}"
        self._name = setting.loom.variable(name, clipped(value, state.low, state.high))
        self._asked: list[Expression] = []
        setting.loom.follow(self._name, f"{state.name} of {state.actor}", "")
        setting.loom.guard(self._name)

    def ask(self) -> None:
        conditions = self._setting.conditions
        self._asked = [
            conditions.ask(drive.when, f"{self._where}.drives.{place}.when")
            for place, drive in enumerate(self._state.drives, start=1)
        ]

    def decide(self) -> None:
        """The conditions of its drives answered, at the time of decisions."""
        note = self._setting.loom.note
        self._asked = [each if isinstance(each, Constant) else note("drives", each) for each in self._asked]

    def move(self) -> None:
        """A step towards its base and what drives it."""
        state, numbers = self._state, self._setting.numbers
        aim = numbers.amount(state.base, f"{self._where}.base")
        for place, (drive, asked) in enumerate(zip(state.drives, self._asked, strict=True), start=1):
            where = f"{self._where}.drives.{place}"
            push = multiply(numbers.amount(drive.gain, f"{where}.gain"), numbers.formula(drive.by, f"{where}.by"))
            aim = add(aim, choose(asked, push, 0.0))
        fades = numbers.amount(state.fades, f"{self._where}.fades")
        moved = add(self._name, divide(subtract(aim, self._name), fades))
        self._setting.loom.assign(self._name, moved if self._stays() else clipped(moved, state.low, state.high))

    def _stays(self) -> bool:
        """Whether what it moves towards always lies well within its bounds, so that it never has to be clipped."""
        state, range_of = self._state, ranges(self._setting.scenario)
        low, high = range_of(state.base)
        for drive in state.drives:
            push = combine("*", [range_of(drive.gain), range_of(drive.by)])
            # Without its condition a drive adds nothing.
            low, high = low + min(push[0], 0.0), high + max(push[1], 0.0)
        return state.low + MARGIN < low and high < state.high - MARGIN and range_of(state.fades)[0] >= 1.0


class SwitchWork:
    """A policy that is taken and dropped on conditions. Where both hold, it stays as it was."""

    def __init__(self, setting: Setting, switch: Switch) -> None:
        self._setting, self._switch = setting, switch
        self._name = setting.loom.variable(f"state {switch.actor} {switch.name}", float(switch.initially))
        self._on: Expression = Constant(0.0)
        self._off: Expression = Constant(0.0)
        setting.loom.follow(self._name, f"{switch.name} of {switch.actor}", "")

    def ask(self) -> None:
        where, conditions = f"switches.{self._switch.actor}.{self._switch.name}", self._setting.conditions
        if self._switch.on is not None:
            self._on = conditions.ask(self._switch.on, f"{where}.on")
        if self._switch.off is not None:
            self._off = conditions.ask(self._switch.off, f"{where}.off")

    def decide(self) -> None:
        self._on, self._off = (self._setting.loom.note("switched", each) for each in (self._on, self._off))

    def turn(self) -> None:
        taken, dropped = both(self._on, negated(self._off)), both(self._off, negated(self._on))
        self._setting.loom.assign(self._name, both(either(self._name, taken), negated(dropped)))
