"""One member's story: what comes about in it, week by week.

A flow that runs for two years is not news every week. What is told of a flow is when it begins and when it stops, of a
need when it begins to be short and when it is met again; a gap of less than :data:`GAP` weeks does not end it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from materiel.outlook.answers.aims import TURNS
from materiel.outlook.answers.chances import Flags, Numbers

GAP = 4


class Tale(StrEnum):
    """What is told."""

    HAPPENS = "happens"
    """An event, a contingency or a signal."""
    TURNS = "turns"
    """A commitment comes into a state; the state is in ``what``."""
    TAKEN = "taken"
    """A policy is taken."""
    DROPPED = "dropped"
    ARRIVES = "arrives"
    """A route's deliveries begin to arrive; the amount is that of the first week."""
    STOPS = "stops"
    """They stop; the amount is what arrived since they began."""
    SHORT = "short"
    """A need begins to be short; the amount is what is missing in the first week."""
    MET = "met"
    """It is met again; the amount is what was missing since it began."""
    DEPLETED = "depleted"
    """A stock comes down to its reserve."""
    EMPTIED = "emptied"
    RECOVERED = "recovered"
    """A stock is above its reserve again."""


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that is told.

    Attributes:
        about: what it is about: an id of an event, commitment or route, or an actor and a materiel or a name.
        what: the state that a commitment comes into; else "".
        amount: in the unit of the materiel; None where nothing is counted.
    """

    week: int
    tale: Tale
    about: tuple[str, ...]
    what: str = ""
    amount: float | None = None


@dataclass(frozen=True)
class Followed:
    """What is followed of one member: for each name an array over weeks.

    Attributes:
        happens: events, contingencies and signals by id: 1 in the weeks in which they happen.
        turns: (commitment, state): 1 from the week on in which it comes.
        switches: (actor, name): 1 while it is in force.
        arrived: by route, in the week.
        unmet: (actor, materiel), in the week.
        margins: (actor, materiel): the stock above its reserve at the end of the week.
        stocks: (actor, materiel): the stock.
    """

    happens: Mapping[str, Numbers]
    turns: Mapping[tuple[str, str], Numbers]
    switches: Mapping[tuple[str, str], Numbers]
    arrived: Mapping[str, Numbers]
    unmet: Mapping[tuple[str, str], Numbers]
    margins: Mapping[tuple[str, str], Numbers]
    stocks: Mapping[tuple[str, str], Numbers]


@dataclass(frozen=True)
class Story:
    """What comes about in one member.

    Attributes:
        policy: None where the scenario ran as it stands.
        told: by week; within one in the order in which a week runs: events, turns, policies, arrivals, needs, stocks.
        numbers: what was drawn for it, by name.
        failed: the week and the reason where the member failed; None where it ran to its end.
    """

    member: int
    policy: str | None
    told: tuple[Told, ...]
    numbers: Mapping[str, float]
    failed: tuple[int, str] | None = None


def tell(followed: Followed) -> tuple[Told, ...]:
    """What is told of a member, by week."""
    return tuple(sorted(_all(followed), key=lambda told: told.week))


def _all(followed: Followed) -> Iterator[Told]:
    for event, happens in followed.happens.items():
        yield from (Told(week, Tale.HAPPENS, (event,)) for week in np.flatnonzero(happens > 0).tolist())
    for (commitment, state), came in sorted(followed.turns.items(), key=lambda one: TURNS.index(one[0][1])):
        yield from (Told(week, Tale.TURNS, (commitment,), state) for week in np.flatnonzero(came > 0)[:1].tolist())
    for about, level in followed.switches.items():
        for week, is_on in _changes(level > 0):
            yield Told(week, Tale.TAKEN if is_on else Tale.DROPPED, about)
    for route, arrived in followed.arrived.items():
        yield from _flow((route,), arrived, Tale.ARRIVES, Tale.STOPS)
    for about, unmet in followed.unmet.items():
        yield from _flow(about, unmet, Tale.SHORT, Tale.MET)
    for about, margin in followed.margins.items():
        stock = followed.stocks[about]
        yield from _stock(about, margin, stock)


def _changes(is_on: Flags) -> Iterator[tuple[int, bool]]:
    """The weeks in which something that did not hold before the first week begins or ceases to."""
    before = False
    for week, now in enumerate(is_on.tolist()):
        if now != before:
            yield week, now
            before = now


def _flow(about: tuple[str, ...], values: Numbers, begins: Tale, ends: Tale) -> Iterator[Told]:
    for first, after in spells(values > 0):
        yield Told(first, begins, about, amount=float(values[first]))
        if after < len(values):
            yield Told(after, ends, about, amount=float(values[first:after].sum()))


def _stock(about: tuple[str, ...], margin: Numbers, stock: Numbers) -> Iterator[Told]:
    for first, after in spells(margin <= 0):
        if not first and stock[0] <= 0:
            continue  # a stock that is not there yet is none that ran out
        yield Told(first, Tale.DEPLETED if stock[first] > 0 else Tale.EMPTIED, about, amount=float(stock[first]))
        if after < len(margin):
            yield Told(after, Tale.RECOVERED, about, amount=float(stock[after]))


def spells(is_so: Flags) -> Iterator[tuple[int, int]]:
    """Stretches of weeks in which something holds: the first, and the one after the last; short gaps do not end one."""
    weeks = np.flatnonzero(is_so)
    if not len(weeks):
        return
    breaks = np.flatnonzero(np.diff(weeks) > GAP)
    for first, last in zip([0, *(breaks + 1)], [*breaks, len(weeks) - 1], strict=True):
        after = int(weeks[last]) + 1
        # A stretch that runs to within a gap of the end is not known to be over.
        yield int(weeks[first]), after if after + GAP <= len(is_so) else len(is_so)
