"""The timeline: every step of transfers, pacts, commitments and stances, at the date it has and no closer."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from materiel.report.figures import date_words, month_words, short_date
from materiel.report.names import sentence
from materiel.report.statuses import Status, status_of
from materiel.report.wording import claim_clause
from materiel.terms.entries import Entry, Step
from materiel.terms.statements import Assertion, Claim, Measure, Pact, PactStatus, Stage, Transfer

_UNDATED = "No date given"


@dataclass(frozen=True)
class Moment:
    """A step on the timeline.

    Attributes:
        when: the date in words, with "by" where only the day it became known is on record.
        known: when it became known, in words, where that is another day; else "".
        iso: the date for the machine; "" where none.
    """

    when: str
    known: str
    iso: str
    text: str
    status: Status
    entry: Entry
    support: int


@dataclass(frozen=True)
class Period:
    """The moments of one month, of one year whose months are not known, or without any date."""

    heading: str
    moments: tuple[Moment, ...]


def timeline(entries: Sequence[Entry]) -> tuple[Period, ...]:
    """All steps in order of date: a bare year before its months, a bare month before its days, the undated last."""
    moments = sorted(
        (_moment(entry, step) for entry in entries if not isinstance(entry.claim, Measure) for step in entry.history),
        key=lambda moment: (moment.iso or "9999-99", moment.entry.id, moment.text),
    )
    return tuple(
        Period(heading, tuple(group)) for heading, group in groupby(moments, key=lambda moment: _heading(moment.iso))
    )


def _heading(iso: str) -> str:
    if not iso:
        return _UNDATED
    return f"{iso}, month not given" if len(iso) <= 4 else month_words(iso)


def _moment(entry: Entry, step: Step) -> Moment:
    claim = _at_step(entry.claim, step)
    iso = step.happened_on or step.known_on or ""
    known = ""
    if step.happened_on and step.known_on and step.known_on != step.happened_on:
        known = f"known {date_words(step.known_on)}"
    return Moment(
        _when(step), known, iso, sentence(_worded(claim, step.assertion)), status_of(claim), entry, len(step.origins)
    )


def _when(step: Step) -> str:
    """The date beside its period's heading; "by" where it is only the day on which the step became known."""
    if step.happened_on:
        return ("" if len(step.happened_on) > 7 else "in ") + short_date(step.happened_on)
    return f"by {short_date(step.known_on)}" if step.known_on else "—"


def _at_step(claim: Claim, step: Step) -> Claim:
    """The claim as it stood at this step. Quantities belong to the entry as a whole and stay out of a single step."""
    if isinstance(claim, Transfer):
        return dataclasses.replace(
            claim,
            stage=Stage(step.stage),
            assertion=Assertion(step.assertion),
            quantity=None,
            value=None,
            value_usd=None,
        )
    if isinstance(claim, Pact):
        return dataclasses.replace(claim, status=PactStatus(step.stage))
    return claim


def _worded(claim: Claim, assertion: str) -> str:
    clause = claim_clause(claim)
    match assertion:
        case Assertion.UNKNOWN:
            return f"not known whether {clause}"
        case Assertion.DENIED:
            return f"denied that {clause}"
        case Assertion.HYPOTHETICAL:
            return f"only supposed, in a condition or a question: {clause}"
    return clause
