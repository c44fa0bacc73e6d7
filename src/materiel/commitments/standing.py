"""Where a commitment stands on a date."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from materiel.commitments.answers import Lack, Outcome
from materiel.commitments.commitment import Commitment, Saying
from materiel.commitments.days import Span
from materiel.commitments.happenings import Happening
from materiel.commitments.tree import State
from materiel.terms.statements import Force


class Note(StrEnum):
    """What a reader should know beside the state."""

    CONDITION_DISPUTED = "whether its condition has come is disputed"
    DONE_DISPUTED = "whether it was done is disputed"
    OVERDUE = "its term is over, and nobody reports that it was done; that is no proof that it was not"
    REFUSED = "somebody denies that it is done, or says that it is refused"
    LATE = "it was done after its term"
    ABANDONED = "it was taken back after its condition had come"
    DAY_TAKEN = "the day is not given: first reported after the commitment was made, it is taken to have come after it"
    CONDITION_IN_WORDS = "its condition is kept in words, and waits for an event that an analyst declares"
    DEED_IN_WORDS = "what was committed to is kept in words, and waits for an event that an analyst declares"
    EARLY = "what it commits to was done without its condition having come; that does not keep it"
    BEFOREHAND = "what it commits to was there before its condition came"
    RUNNING = "nothing is reported against it, and it still runs"
    CIRCULAR = "it asks for the state of a commitment that asks for its own"


@dataclass(frozen=True, slots=True)
class Reached:
    """A state that a commitment came into on the way, and when."""

    state: State
    when: Span
    known: int


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a commitment stands.

    Attributes:
        since: the first and the last day (ordinals) on which it may have come into the state.
        known: the day (ordinal) by which that could be known.
        force: as last said.
        sayings: what was said of it so far, oldest first.
        antecedent, consequent: how its sides are answered; None where that was not asked.
        evidence: the happenings that brought it into its state, or that come near.
        missing: the smallest set of what is missing for the next step: for it to be triggered, then kept.
        due: the day (ordinal) by which it has to be done, once that is known.
        way: every state that it came into, oldest first; the last is its state.
        early: the happenings that did what it commits to before its condition came, and so do not keep it.
    """

    commitment: Commitment
    state: State
    since: Span
    known: int
    force: Force
    sayings: tuple[Saying, ...]
    antecedent: Outcome | None
    consequent: Outcome | None
    evidence: tuple[Happening, ...]
    missing: tuple[Lack, ...]
    due: int | None
    notes: tuple[Note, ...]
    way: tuple[Reached, ...]
    early: tuple[Happening, ...] = ()

    @property
    def id(self) -> str:
        return self.commitment.id

    @property
    def grade(self) -> str | None:
        """The grade that it stands on: of the evidence, the worst on each scale; without evidence the commitment's
        own.
        """
        grades = [each.grade for each in self.evidence if each.grade] or (
            [self.commitment.grade] if self.commitment.grade else []
        )
        return max(grade[0] for grade in grades) + max(grade[1] for grade in grades) if grades else None

    @property
    def is_imagined(self) -> bool:
        """Whether the state rests on something imagined."""
        return any(each.is_imagined for each in self.evidence)
