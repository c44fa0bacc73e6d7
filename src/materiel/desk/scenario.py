"""A scenario drafted from a dossier: its entries, the commitments that stand, and the figures, as known on a day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from materiel.commitments.board import board as stand_on
from materiel.commitments.days import LAST_DAY, iso, span_of, span_or_none
from materiel.commitments.happenings import NEVER_KNOWN, RANKS, rank_of
from materiel.commitments.tree import State
from materiel.desk.watching import Watched, watch
from materiel.errors import InputRefused
from materiel.outlook.drafting.drafting import draft
from materiel.outlook.drafting.text import draft_text
from materiel.outlook.drafting.told import HELD, Agreement, Figure, Record, Supply, Told, View
from materiel.outlook.scenario.leaves import numbers_of
from materiel.terms.entries import Entry
from materiel.terms.statements import Assertion, Claim, Measure, Pact, Stage, Stance, Transfer

LONGEST = 520
"""Weeks of a scenario."""


@dataclass(frozen=True, slots=True)
class Drafted:
    """A scenario drafted from a dossier.

    Attributes:
        text: the YAML.
        start: the day as of which the register was asked.
        evidenced: numbers that an entry tells.
        blanks: numbers that nobody tells.
        left_out: lines of the register that are no part of it, and why.
    """

    text: str
    start: str
    evidenced: int
    blanks: int
    left_out: tuple[str, ...]


def draft_scenario(
    dossier: Path, *, as_of: str | None = None, known_by: str | None = None, weeks: int = 104
) -> Drafted:
    """Drafts a scenario from the register of a dossier.

    Args:
        dossier: the file; it is not changed.
        as_of: the ISO day, month or year as of which it is told, and on whose last day the scenario begins; None for
            the last day that the record knows of.
        known_by: what was published by then counts; None for all that is known.
        weeks: how long it runs.

    Raises:
        DossierRefused: the file is not a dossier.
        InputRefused: a date is none, nothing is dated, the weeks do not fit, or the register tells of no supply,
            order or commitment.
    """
    if not 1 <= weeks <= LONGEST:
        raise InputRefused(f"--weeks {weeks} does not fit. Give a number from 1 to {LONGEST}.")
    watched = watch(dossier)
    day = iso(span_of(as_of or watched.last_day)[1])
    drafted = draft(_record(watched, dossier, day, known_by, weeks))
    scenario = drafted.scenario
    if not (scenario.routes or scenario.orders or scenario.commitments):
        known = f", known by {known_by}" if known_by else ""
        raise InputRefused(
            f"{dossier}: the register tells of no supply, order or commitment as of {day}{known}. "
            "Read articles into it first, or give a later date."
        )
    numbers = [number for _, _, number in numbers_of(scenario)]
    return Drafted(
        draft_text(drafted),
        day,
        sum(bool(number.evidence) for number in numbers),
        sum(number.blank is not None for number in numbers),
        drafted.left_out,
    )


def _record(watched: Watched, dossier: Path, day: str, known_by: str | None, weeks: int) -> Record:
    limit = span_of(known_by)[1] if known_by else LAST_DAY
    asked = _Asked(watched, span_of(day)[1], limit, takes_undated=known_by is None)
    standings = stand_on(watched.decided.commitments, watched.index, as_of=day, known_by=known_by)
    live = sorted(
        (each for each in standings if each.state in {State.STANDING, State.TRIGGERED}),
        key=lambda each: each.commitment.id,
    )
    entries = [watched.entries[identity] for identity in sorted(watched.entries)]
    return Record(
        name=dossier.stem,
        dossier=str(dossier),
        start=date.fromisoformat(day),
        weeks=weeks,
        supplies=tuple(filter(None, (_supply(entry, asked) for entry in entries))),
        agreements=tuple(filter(None, (_agreement(entry, asked) for entry in entries))),
        views=tuple(filter(None, (_view(entry, asked) for entry in entries))),
        figures=tuple(each for entry in entries for each in _figures(entry, asked)),
        commitments=tuple(each.commitment for each in live),
        triggered=frozenset(each.commitment.id for each in live if each.state is State.TRIGGERED),
    )


@dataclass(frozen=True, slots=True)
class _Stated:
    """A claim, the day of what it tells, and the origin that tells it."""

    claim: Claim
    day: str | None
    origin: str


@dataclass(frozen=True)
class _Asked:
    """The two days asked about, as ordinals."""

    watched: Watched
    as_of: int
    known_by: int
    takes_undated: bool

    def claims(self, entry: Entry) -> tuple[_Stated, ...]:
        """What was stated of an entry by both days, oldest first."""
        statements = {statement.id: statement for statement in entry.statements}
        origins = {backing.statement: backing.origin for backing in entry.backings}
        found = []
        for step in entry.history:
            happened = span_or_none(step.happened_on)
            if step.assertion != Assertion.STATED or (happened and happened[0] > self.as_of):
                continue
            for identity in step.statements:
                statement = statements[identity]
                published = self.watched.documents[statement.document].published_on
                if self._is_known(published):
                    found.append(_Stated(statement.claim, step.happened_on, origins.get(identity, identity)))
        return tuple(found)

    def _is_known(self, published: str | None) -> bool:
        day = span_or_none(published)
        known = day[1] if day else NEVER_KNOWN
        return self.takes_undated if known == NEVER_KNOWN else known <= min(self.known_by, self.as_of)


def _supply(entry: Entry, asked: _Asked) -> Supply | None:
    whole = entry.claim
    if not isinstance(whole, Transfer) or not whole.supplier or not whole.recipient or not whole.materiel:
        return None
    said = [(each.claim, each) for each in asked.claims(entry) if isinstance(each.claim, Transfer)]
    if not said:
        return None
    stage = _stage([(claim.stage, each.origin) for claim, each in said])
    classes = tuple(name for name in whole.materiel if any(name in claim.materiel for claim, _ in said))
    return Supply(
        entry=entry.id,
        supplier=whole.supplier,
        recipient=whole.recipient,
        classes=classes or said[-1][0].materiel,
        stage=stage,
        via=whole.via,
        quantities=_told((claim.quantity, claim.unit or "", entry.id) for claim, _ in said),
        values=_told((claim.value or claim.value_usd, claim.currency or "USD", entry.id) for claim, _ in said),
        day=next((each.day for claim, each in said if claim.stage is stage and each.day), None),
    )


def _stage(said: Sequence[tuple[Stage, str]]) -> Stage:
    """How far a supply has come, by what each origin says.

    The furthest stage stands. Where it is told as withheld or halted too, that stands until more origins, or as many,
    tell of a delivery: what is only considered or pledged ends no restraint.
    """
    held = [(stage, origin) for stage, origin in said if stage in HELD]
    given = {origin for stage, origin in said if stage is Stage.DELIVERED}
    if len({origin for _, origin in held}) > len(given):
        return held[-1][0]
    return max((stage for stage, _ in said), key=RANKS.__getitem__)


def _told(figures: Iterable[tuple[float | None, str, str]]) -> tuple[Told, ...]:
    return tuple(sorted({Told(value, unit, entry) for value, unit, entry in figures if value is not None}))


def _agreement(entry: Entry, asked: _Asked) -> Agreement | None:
    claims = [each.claim for each in asked.claims(entry) if isinstance(each.claim, Pact)]
    if not isinstance(entry.claim, Pact) or not claims:
        return None
    furthest = max(claims, key=rank_of)
    return Agreement(entry.id, entry.claim.parties, entry.claim.pact, furthest.status)


def _view(entry: Entry, asked: _Asked) -> View | None:
    claim = entry.claim
    if not isinstance(claim, Stance) or not claim.holder or not asked.claims(entry):
        return None
    return View(entry.id, claim.holder, claim.stance, claim.supplier, claim.recipient)


def _figures(entry: Entry, asked: _Asked) -> tuple[Figure, ...]:
    whole = entry.claim
    if not isinstance(whole, Measure) or not whole.subject:
        return ()
    figures = {
        Figure(whole.subject, whole.measure, Told(claim.value, claim.unit or "", entry.id), claim.period)
        for claim in (each.claim for each in asked.claims(entry))
        if isinstance(claim, Measure)
    }
    return tuple(sorted(figures, key=lambda figure: (figure.told, figure.period or "")))
