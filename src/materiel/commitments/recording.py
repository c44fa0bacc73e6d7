"""Entries of the register to recorded happenings. Pure, and blind to how the register came about.

Each step of an entry's history becomes a happening of its own. What is only supposed (hypothetical) is none, and
neither
is a commitment, which is watched and does not happen.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterable, Mapping

from materiel.commitments.days import span_or_none
from materiel.commitments.happenings import NEVER_KNOWN, Deed, Recorded, Telling, record
from materiel.terms.entries import Entry, Step
from materiel.terms.statements import (
    Assertion,
    Attitude,
    Claim,
    Commitment,
    Measure,
    Pact,
    PactStatus,
    Stage,
    Stance,
    Transfer,
)


def record_entries(entries: Iterable[Entry], published: Mapping[str, str | None] | None = None) -> tuple[Recorded, ...]:
    """The happenings that entries tell of, in the order of the entries and of their steps.

    Args:
        entries: of any kind.
        published: the day of publication of each document by its id. With it, support can be asked as it was known by
            any day; without it every origin of a step counts from the day when the step first became known.
    """
    return tuple(happening for entry in entries for happening in _record(entry, published or {}))


def _record(entry: Entry, published: Mapping[str, str | None]) -> Iterable[Recorded]:
    if isinstance(entry.claim, Commitment):
        return
    claims = {statement.id: statement.claim for statement in entry.statements}
    documents = {statement.id: statement.document for statement in entry.statements}
    origins = {backing.statement: backing.origin for backing in entry.backings}
    for number, step in enumerate(entry.history):
        if step.assertion == Assertion.HYPOTHETICAL:
            continue
        days: dict[str, int] = {}
        for statement in step.statements:
            known = _known(published.get(documents.get(statement, ""), step.known_on))
            origin = origins.get(statement)
            if origin is not None:
                days[origin] = min(known, days.get(origin, NEVER_KNOWN))
        for origin in step.origins:
            days.setdefault(origin, _known(step.known_on))
        deed = _deed(entry.claim, step, [claims[each] for each in step.statements if each in claims])
        yield record(
            f"{entry.id}#{number}",
            entry.id,
            deed,
            happened_on=step.happened_on or _period(deed),
            known_on=step.known_on,
            assertion=Assertion(step.assertion),
            tellings=tuple(Telling(origin, days[origin]) for origin in sorted(days)),
            grade=str(entry.grade),
        )


def _known(day: str | None) -> int:
    span = span_or_none(day)
    return span[1] if span else NEVER_KNOWN


def _deed(claim: Claim, step: Step, said: list[Claim]) -> Deed:
    """The entry's claim as it stood at a step: its stage, and the figures given at that stage."""
    match claim:
        case Transfer():
            stage, assertion = Stage(step.stage), Assertion(step.assertion)
            staged = dataclasses.replace(claim, stage=stage, assertion=assertion, date=step.happened_on)
            return _with_figures(staged, said) if said else staged
        case Pact():
            return dataclasses.replace(claim, status=PactStatus(step.stage), date=step.happened_on)
        case Stance():
            return dataclasses.replace(claim, stance=Attitude(step.stage))
        case Measure():
            figures = [each.value for each in said if isinstance(each, Measure)]
            return dataclasses.replace(claim, value=figures[0] if figures else float(step.stage.replace(",", "")))
        case Commitment():
            raise TypeError("a commitment is watched; it does not happen")


def _with_figures(claim: Transfer, said: list[Claim]) -> Transfer:
    """With the figure that most statements of the step give; of as many, the first one given."""
    transfers = [each for each in said if isinstance(each, Transfer)]
    quantity, unit = _commonest([(each.quantity, each.unit) for each in transfers])
    value_usd, _ = _commonest([(each.value_usd, None) for each in transfers])
    value, currency = _commonest([(each.value, each.currency) for each in transfers])
    return dataclasses.replace(claim, quantity=quantity, unit=unit, value_usd=value_usd, value=value, currency=currency)


def _commonest(figures: list[tuple[float | None, str | None]]) -> tuple[float | None, str | None]:
    given = Counter(figure for figure in figures if figure[0] is not None)
    return given.most_common(1)[0][0] if given else (None, None)


def _period(deed: Deed) -> str | None:
    """The year or month that a figure is of, where its period is one."""
    return deed.period if isinstance(deed, Measure) and span_or_none(deed.period) else None
