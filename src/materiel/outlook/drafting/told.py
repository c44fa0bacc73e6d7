"""What a draft is made of: lines of the register as they were known on a day, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from materiel.commitments.commitment import Commitment
from materiel.terms.statements import Attitude, MeasureName, PactKind, PactStatus, Stage

HELD = frozenset((Stage.WITHHELD, Stage.HALTED))
"""The stages of what is not given."""


@dataclass(frozen=True, slots=True, order=True)
class Told:
    """A figure that somebody gives, and the entry that it stands in. ``unit`` is as the source has it, or ""."""

    value: float
    unit: str
    entry: str


@dataclass(frozen=True, slots=True)
class Supply:
    """A supply between two named actors.

    Attributes:
        stage: the furthest one that was stated; withheld and halted stand for themselves.
        quantities: every quantity told of it, sorted, each once.
        values: every value in money, likewise; the unit is the currency.
        day: of the stage, ISO day, month or year; None where nobody says.
    """

    entry: str
    supplier: str
    recipient: str
    classes: tuple[str, ...]
    stage: Stage
    via: str | None = None
    quantities: tuple[Told, ...] = ()
    values: tuple[Told, ...] = ()
    day: str | None = None


@dataclass(frozen=True, slots=True)
class Agreement:
    """A pact as far as it had come."""

    entry: str
    parties: tuple[str, ...]
    kind: PactKind
    status: PactStatus


@dataclass(frozen=True, slots=True)
class View:
    """A stance towards a supply; None for whoever it is."""

    entry: str
    holder: str
    stance: Attitude
    supplier: str | None
    recipient: str | None


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of capacity, stock, export or need. ``period`` is as the text gives it."""

    subject: str
    measure: MeasureName
    told: Told
    period: str | None = None


@dataclass(frozen=True)
class Record:
    """All that is drafted from, sorted by the register's order.

    Attributes:
        name: of the scenario.
        dossier: as the user named it.
        start: the day on which the scenario begins, and as of which the record is told.
        commitments: those that are standing or triggered on that day.
        triggered: the ids of the latter.
    """

    name: str
    dossier: str
    start: date
    weeks: int
    supplies: tuple[Supply, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    views: tuple[View, ...] = ()
    figures: tuple[Figure, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    triggered: frozenset[str] = frozenset()
