"""Happenings: what a condition may look at, each recorded or imagined by its type.

The register yields recorded ones; a simulation, or somebody who asks "what if", imagined ones. No function makes the
one from the other, so a simulated delivery cannot become evidence.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from materiel.commitments.days import ANY_DAY, FIRST_DAY, LAST_DAY, Span, span_of, span_or_none
from materiel.commitments.tree import State
from materiel.terms.statements import Assertion, Measure, Pact, PactStatus, Stage, Stance, Transfer

NEVER_KNOWN = LAST_DAY + 1
"""The known day of what nobody says when it was published: no question "as known by" sees it."""


@dataclass(frozen=True, slots=True)
class Event:
    """An event by its words, as ``event("...")`` asks for it."""

    what: str


@dataclass(frozen=True, slots=True)
class Turn:
    """A commitment comes into a state."""

    commitment: str
    state: State


Deed = Transfer | Pact | Stance | Measure | Event | Turn
"""What happens, in the slots of the register's claims."""


_STAGES = (Stage.REQUESTED, Stage.CONSIDERED, Stage.PLEDGED, Stage.ORDERED, Stage.DELIVERED)
_STATUSES = (PactStatus.PROPOSED, PactStatus.SIGNED, PactStatus.RATIFIED, PactStatus.IN_FORCE)
RANKS: dict[str, int] = {
    **{stage.value: rank for rank, stage in enumerate(_STAGES)},
    **{status.value: rank for rank, status in enumerate(_STATUSES)},
    Stage.WITHHELD.value: -1,
    Stage.HALTED.value: -2,
    PactStatus.ENDED.value: -3,
}
"""How far stages and statuses are; those that stand for themselves alone are below 0."""
NO_RANK = -9


def rank_of(deed: Deed) -> int:
    """How far a supply or a pact has come; :data:`NO_RANK` for what has no stages."""
    if isinstance(deed, Transfer):
        return RANKS[deed.stage]
    return RANKS[deed.status] if isinstance(deed, Pact) else NO_RANK


def comes_as_far(rank: int, wanted: int) -> bool:
    """Whether something is at least so far; what stands for itself alone is nothing else."""
    return rank >= wanted if wanted >= 0 else rank == wanted


@dataclass(frozen=True, slots=True)
class Telling:
    """An independent origin that tells of it, and the day (ordinal) when that became known."""

    origin: str
    known: int


@dataclass(frozen=True, slots=True)
class Happening:
    """What recorded and imagined happenings have in common.

    Attributes:
        id: one for each happening.
        entry: the line of the register to which it belongs; lines, not happenings, are counted and added up.
        deed: what happens.
        happened_on: ISO day, month or year as it is given; None where nobody says.
        span: the first and last day (ordinals) on which it may have happened.
        known: the day (ordinal) when it became known; imagined ones are always known.
        assertion: stated, denied or unknown.
        tellings: the independent origins behind it, each once.
        grade: of the Admiralty code ("B2"), or None.
        rank: how far its deed has come: see :func:`rank_of`.
        order: where it stands among others: by the day by which it had surely happened, then the first day on which it
            may have, then the id.
    """

    id: str
    entry: str
    deed: Deed
    happened_on: str | None = None
    span: Span = ANY_DAY
    known: int = FIRST_DAY
    assertion: Assertion = Assertion.STATED
    tellings: tuple[Telling, ...] = ()
    grade: str | None = None
    rank: int = field(init=False, default=NO_RANK, compare=False, repr=False)
    order: tuple[int, int, str] = field(init=False, default=(0, 0, ""), compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "rank", rank_of(self.deed))
        object.__setattr__(self, "order", (self.span[1], self.span[0], self.id))

    @property
    def is_imagined(self) -> bool:
        return isinstance(self, Imagined)

    def support(self, known_by: int) -> int:
        """The number of independent origins that tell of it by a day."""
        return sum(telling.known <= known_by for telling in self.tellings)


@dataclass(frozen=True, slots=True)
class Recorded(Happening):
    """What the register says."""


@dataclass(frozen=True, slots=True)
class Imagined(Happening):
    """What a simulation or a question supposes. It carries no evidence: neither origins nor a grade."""

    tellings: tuple[Telling, ...] = field(default=(), init=False)
    grade: str | None = field(default=None, init=False)


def record(
    identity: str,
    entry: str,
    deed: Deed,
    *,
    happened_on: str | None = None,
    known_on: str | None = None,
    assertion: Assertion = Assertion.STATED,
    tellings: tuple[Telling, ...] = (),
    grade: str | None = None,
) -> Recorded:
    """A recorded happening whose span is as narrow as the two dates allow.

    What was published on a day as having happened had happened by then, so a date of a month or a year ends with the
    day when it became known. A date wholly after that day is a plan: of a supply that is only asked for, considered,
    pledged or ordered it is the day of the delivery to come, and says nothing about when that was done.
    """
    known = span_or_none(known_on)
    given = span_or_none(happened_on)
    limit = known[1] if known else LAST_DAY
    if given is None:
        span = (FIRST_DAY, limit)
    elif given[0] <= limit:
        span = given[0], min(given[1], limit)
    elif isinstance(deed, Transfer) and deed.stage not in {Stage.DELIVERED, Stage.WITHHELD, Stage.HALTED}:
        span = (FIRST_DAY, limit)
    else:
        span = given
    return Recorded(
        identity, entry, deed, happened_on, span, known[1] if known else NEVER_KNOWN, assertion, tellings, grade
    )


def imagine(identity: str, deed: Deed, happened_on: str | None = None) -> Imagined:
    """An imagined happening.

    Raises:
        DayRefused: the date is none.
    """
    return Imagined(identity, identity, deed, happened_on, span_of(happened_on) if happened_on else ANY_DAY)


def event_key(what: str) -> str:
    """What two texts of one and the same event have in common: letters, without case, spacing or a final stop."""
    return " ".join(what.split()).casefold().rstrip(".!? ")
