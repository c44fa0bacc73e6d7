"""What the parts of a scenario share while they are woven."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from materiel.outlook.program import Expression, Name
from materiel.outlook.scenario.elements import Scenario
from materiel.outlook.scenario.numbers import Amount
from materiel.outlook.weaving.arithmetic import add, clipped, greatest, gridded
from materiel.outlook.weaving.calendar import DAYS
from materiel.outlook.weaving.conditions import Conditions
from materiel.outlook.weaving.formulas import Numbers
from materiel.outlook.weaving.loom import Loom
from materiel.outlook.weaving.ranges import Grid, grid_of, ranges


@dataclass(slots=True)
class Setting:
    """A scenario on the loom.

    Attributes:
        grids: the grid of each materiel.
        ledgers: what has been produced, used, lost and is in transit so far, by materiel and by that word.
    """

    loom: Loom
    scenario: Scenario
    numbers: Numbers
    conditions: Conditions
    grids: dict[str, Grid] = field(default_factory=dict)
    ledgers: dict[tuple[str, str], Name] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.grids = {materiel: grid_of(self.scenario, materiel) for materiel in self.scenario.materiel}

    def quantity(self, value: Amount | None, materiel: str, where: str, default: float = 0.0) -> Expression:
        """An amount of a materiel, not below 0, on its grid."""
        return self.on_grid(self.not_negative(value, where, default), materiel)

    def not_negative(self, value: Amount | None, where: str, default: float = 0.0) -> Expression:
        """A number that counts as 0 where it is below."""
        expression = self.numbers.amount(value, where, default)
        is_safe = value is None or ranges(self.scenario)(value)[0] >= 0.0
        return expression if is_safe else greatest(expression, 0.0)

    def share(self, value: Amount | None, where: str, default: float = 1.0) -> Expression:
        """A share, brought between 0 and 1."""
        expression = self.numbers.amount(value, where, default)
        low, high = (default, default) if value is None else ranges(self.scenario)(value)
        return expression if low >= 0.0 and high <= 1.0 else clipped(expression, 0.0, 1.0)

    def on_grid(self, value: Expression, materiel: str) -> Expression:
        return gridded(value, self.grids[materiel].step)

    def book(self, materiel: str, what: str, amount: Expression) -> None:
        """Adds to a ledger, for the proof that nothing is lost."""
        name = self.ledgers[materiel, what]
        self.loom.assign(name, add(name, amount))

    def week_of(self, day: date) -> int:
        """The week in which a day lies; below 0 before the start."""
        return (day - self.scenario.start).days // DAYS
