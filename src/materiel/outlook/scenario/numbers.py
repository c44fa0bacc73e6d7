"""A number with its unit and where it comes from: a value or a distribution, evidence or assumption, or a blank."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field


class Part(BaseModel):
    """What every part of a scenario is: immutable, and nothing is passed over in it."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Spread(Part):
    """A distribution. Exactly the fields of its ``shape`` are given; all in the number's own unit."""

    shape: Literal["uniform", "triangular", "normal", "lognormal", "chance"]
    low: float | None = None
    high: float | None = None
    mode: float | None = None
    mean: float | None = None
    deviation: float | None = None
    median: float | None = None
    factor: float | None = None
    """lognormal: two thirds of the members lie within the median divided and multiplied by it."""
    probability: float | None = None
    """chance: 1 with this probability, else 0."""


class Number(Part):
    """A number: exactly one of value, spread and blank; and, unless blank, one of evidence, source and assumption.

    Attributes:
        unit: "thousand rounds", "pieces per month", "weeks", "share", "per week", "million USD" ...
        evidence: ids of entries of the register.
        source: a public source by its name, where the dossier holds no entry.
        assumption: the reason for it.
        blank: what is asked for, where no source gives it. A scenario with blanks is not run.
    """

    value: float | None = None
    spread: Spread | None = None
    blank: str | None = None
    unit: str
    evidence: tuple[str, ...] = ()
    source: str | None = None
    assumption: str | None = None


Formula = Annotated[str, Field(description="Arithmetic: numbers, $names, stock(KOR, shell), state(KOR, threat) ...")]
Amount = Number | Formula
"""A number written in place, or a formula; ``$name`` alone is the plainest formula."""
Clause = Annotated[str, Field(description="A condition in the one language of conditions; $name for a named number")]
