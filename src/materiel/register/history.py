"""The history of an entry: what was said of it in which order, and where that leaves it.

A transfer moves along requested, considered, pledged, ordered, delivered. ``withheld`` and ``halted`` are its
negatives: they set aside what was said before them and are set aside by what is said after them, so a supply that was
delivered, halted and is now considered again is *considered*. Of what is said on one day the earlier state comes
first: a day's report that tells of refusal and of reconsideration leaves the supply considered, and one that tells of
delivery and of a stop leaves it halted. A pact moves along proposed, signed, ratified, in-force, ended.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby

from materiel.register.accounts import LAST, Account, origins_of
from materiel.terms.entries import Step
from materiel.terms.statements import Commitment, Measure, Pact, PactStatus, Stage, Stance, Transfer

NEGATIVE = frozenset({Stage.WITHHELD.value, Stage.HALTED.value})

_ORDER_ON_ONE_DAY = ("requested", "withheld", "considered", "pledged", "ordered", "delivered", "halted")
_STATUSES = tuple(status.value for status in PactStatus)


@dataclass(frozen=True, slots=True)
class Course:
    """Where an entry stands.

    Attributes:
        stage: the current one; "" where nothing is stated.
        bearers: the accounts that state the current stage or, since it last changed sign, a further one.
        steps: the history, oldest first.
    """

    stage: str
    bearers: tuple[Account, ...]
    steps: tuple[Step, ...]


def stage_of(account: Account) -> str:
    """A transfer's stage, a pact's status; for other kinds the value that the claim turns on."""
    match account.statement.claim:
        case Transfer() as transfer:
            return transfer.stage.value
        case Pact() as pact:
            return pact.status.value
        case Commitment() as commitment:
            return commitment.force.value
        case Stance() as stance:
            return stance.stance.value
        case Measure() as measure:
            return f"{measure.value:,.15g}"


def rank_of(stage: str) -> int:
    """How far a stage or status is; 0 for the values of the other kinds."""
    for scale in (_ORDER_ON_ONE_DAY, _STATUSES):
        if stage in scale:
            return scale.index(stage)
    return 0


def plot_course(accounts: Sequence[Account]) -> Course:
    """The course of an entry; where nothing is stated, that of what is unknown, else of what is denied."""
    leading = next(
        chosen
        for assertion in ("stated", "unknown", "denied", "hypothetical")
        if (chosen := [account for account in accounts if account.assertion == assertion])
    )
    phases = _phases(leading)
    current = phases[-1][1]
    last = phases[-1][0]
    bearers = tuple(
        account
        for account in leading
        if _phase_at(phases, account.moment) == last and _bears_out(stage_of(account), current)
    )
    return Course(current, bearers, _steps(accounts, lambda account: _phase_at(phases, account.moment)))


def _phases(accounts: Sequence[Account]) -> list[tuple[str, str]]:
    """For each stretch between changes of sign: the moment when it begins and the stage that it ends with."""
    phases: list[tuple[str, str]] = []
    current = ""
    for moment, said in groupby(sorted(accounts, key=lambda a: a.moment), key=lambda a: a.moment):
        before = current
        for stage in sorted({stage_of(account) for account in said}, key=lambda stage: (rank_of(stage), stage)):
            if not current or stage in NEGATIVE or current in NEGATIVE or rank_of(stage) >= rank_of(current):
                current = stage
        if not phases or (before in NEGATIVE) != (current in NEGATIVE):
            phases.append((moment, current))
        else:
            phases[-1] = (phases[-1][0], current)
    return phases


def _phase_at(phases: list[tuple[str, str]], moment: str) -> str:
    return max((begin for begin, _ in phases if begin <= moment), default=phases[0][0])


def _bears_out(stage: str, current: str) -> bool:
    """Who says delivered bears out pledged, not the reverse; a negative is borne out by itself alone."""
    if current in NEGATIVE or stage in NEGATIVE:
        return stage == current
    return rank_of(stage) >= rank_of(current)


def _steps(accounts: Sequence[Account], phase_of: Callable[[Account], str]) -> tuple[Step, ...]:
    grouped: dict[tuple[str, str, str, str], list[Account]] = {}
    for account in accounts:
        key = (phase_of(account), stage_of(account), account.assertion, account.happened_on or "")
        grouped.setdefault(key, []).append(account)
    steps: list[tuple[tuple[str, int, str, str, str], Step]] = []
    for (_, stage, assertion, happened_on), members in grouped.items():
        members.sort(key=lambda account: (account.known_on or LAST, account.id))
        known_on = members[0].known_on
        step = Step(
            stage,
            assertion,
            happened_on or None,
            known_on,
            tuple(account.id for account in members),
            origins_of(members),
        )
        moment = min(account.moment for account in members)
        steps.append(((moment, rank_of(stage), stage, assertion, happened_on), step))
    return tuple(step for _, step in sorted(steps, key=lambda pair: pair[0]))
