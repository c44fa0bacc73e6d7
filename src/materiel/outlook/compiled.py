"""What weaving hands to the engine: a program, and where each of its parameters comes from.

A policy changes values and distributions of parameters only, so that all policies of a scenario share one program.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from materiel.outlook.program import Program
from materiel.outlook.scenario.numbers import Spread


@dataclass(frozen=True, slots=True)
class Drawn:
    """One parameter of the program.

    Attributes:
        name: its name in the program.
        spread: what it is drawn from, once for each member, in the program's units (weeks, ...); or its one value.
        purpose: what its uniform number belongs to, such as ``number trigger_pieces``: the same purpose and the same
            spread give the same value in every policy.
    """

    name: str
    spread: Spread | float
    purpose: str


@dataclass(frozen=True)
class Compiled:
    """A scenario under one policy, ready to run.

    Attributes:
        program: arithmetic only, the same for every policy.
        drawn: one for each of ``program.parameters``, in that order.
        digest: of the scenario's text, for people to tell runs apart.
        titles: words for outcomes, series and hazards, by their names.
        units: of outcomes, series and parameters, by their names.
    """

    program: Program
    drawn: tuple[Drawn, ...]
    digest: str
    titles: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if tuple(drawn.name for drawn in self.drawn) != self.program.parameters:
            msg = "the drawn numbers are not the program's parameters in their order"
            raise ValueError(msg)

    def fixed(self, values: Mapping[str, float]) -> Compiled:
        """The same with these parameters set to one value each."""
        unknown = sorted(set(values) - set(self.program.parameters))
        if unknown:
            msg = f"no parameter is named {', '.join(unknown)}"
            raise ValueError(msg)
        drawn = tuple(replace(one, spread=values.get(one.name, one.spread)) for one in self.drawn)
        return replace(self, drawn=drawn)
