"""Where the parts of a scenario become one program: it collects parameters, variables, rings, hazards and steps."""

from __future__ import annotations

from materiel.outlook.compiled import Drawn
from materiel.outlook.program import (
    Assign,
    Expression,
    Hazard,
    Name,
    Parameter,
    Program,
    Put,
    Ring,
    RingGet,
    Step,
    Variable,
)
from materiel.outlook.scenario.numbers import Spread
from materiel.outlook.weaving.arithmetic import Term, term


class Loom:
    """Steps come into the program in the order in which they are woven."""

    def __init__(self, weeks: int) -> None:
        self.weeks = weeks
        self.titles: dict[str, str] = {}
        self.units: dict[str, str] = {}
        self._drawn: dict[str, Drawn] = {}
        self._variables: dict[str, Variable] = {}
        self._rings: list[Ring] = []
        self._hazards: list[Hazard] = []
        self._steps: list[Step] = []
        self._outcomes: dict[str, Expression] = {}
        self._series: list[str] = []
        self._guards: list[str] = []
        self._notes = 0

    def parameter(self, name: str, spread: Spread | float, purpose: str) -> Parameter:
        """A number that each member draws once, or that a policy sets."""
        known = self._drawn.setdefault(name, Drawn(name, spread, purpose))
        assert known == Drawn(name, spread, purpose), f"two parameters are named {name}"
        return Parameter(name)

    def variable(self, name: str, opening: Term = 0.0) -> Name:
        """A number that lives from week to week."""
        assert name not in self._variables, f"two variables are named {name}"
        self._variables[name] = Variable(name, term(opening))
        return Name(name)

    def has(self, name: str) -> bool:
        return name in self._variables

    def assign(self, name: Name, value: Term) -> None:
        """The next step: a name takes a value."""
        self._steps.append(Assign(name.name, term(value)))

    def note(self, what: str, value: Term) -> Name:
        """The next step: a value is worked out now, and good until the end of the week."""
        self._notes += 1
        name = Name(f"{what} #{self._notes}")
        self.assign(name, value)
        return name

    def ring(self, name: str, length: int) -> RingGet:
        """A delay; what comes off it this week. It is read before it is put on."""
        self._rings.append(Ring(name, length))
        return RingGet(name)

    def put(self, ring: RingGet, value: Term) -> None:
        """The next step: a value is put on a ring."""
        self._steps.append(Put(ring.ring, term(value)))

    def hazard(self, name: str, rate: Term, purpose: str) -> Name:
        """1 in a week in which it happens; drawn before all steps."""
        self._hazards.append(Hazard(name, term(rate), purpose))
        return Name(name)

    def tell(self, outcome: str, value: Term, title: str = "", unit: str = "") -> None:
        """What is told of each member after the last week."""
        assert outcome not in self._outcomes, f"two outcomes are named {outcome}"
        self._outcomes[outcome] = term(value)
        self.describe(outcome, title, unit)

    def follow(self, name: Name, title: str = "", unit: str = "") -> None:
        """What can be followed week by week."""
        self._series.append(name.name)
        self.describe(name.name, title, unit)

    def describe(self, name: str, title: str, unit: str) -> None:
        if title:
            self.titles[name] = title
        if unit:
            self.units[name] = unit

    def guard(self, name: Name) -> None:
        """What has to stay finite."""
        self._guards.append(name.name)

    def drawn(self) -> tuple[Drawn, ...]:
        return tuple(self._drawn.values())

    def program(self) -> Program:
        return Program(
            weeks=self.weeks,
            parameters=tuple(self._drawn),
            variables=tuple(self._variables.values()),
            rings=tuple(self._rings),
            hazards=tuple(self._hazards),
            steps=tuple(self._steps),
            outcomes=tuple(self._outcomes.items()),
            series=tuple(self._series),
            guards=tuple(self._guards),
        )
