"""A commitment: who is bound to what, if what comes, by when; and what was said of it since."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from materiel.commitments.tree import Condition, EventAtom
from materiel.terms.statements import Force


@dataclass(frozen=True, slots=True)
class Words:
    """A side that could not be put into the language, as the source words it.

    On the record it waits for an event of these very words, which an analyst may declare.
    """

    text: str

    @property
    def condition(self) -> EventAtom:
        return EventAtom(self.text)


Side = Condition | Words


class Act(StrEnum):
    """What a statement does to a commitment."""

    MADE = "made"
    REPEATED = "repeated"
    HARDENED = "hardened"
    SOFTENED = "softened"
    RETRACTED = "retracted"
    """By the debtor. Singh: cancelled."""
    RELEASED = "released"
    """By whom it was made to, or by an agreement's end. Singh: released."""


ENDING = frozenset((Act.RETRACTED, Act.RELEASED))


@dataclass(frozen=True, slots=True)
class Saying:
    """A statement that makes a commitment, repeats it, changes its force or takes it back.

    Attributes:
        said_on: ISO day, month or year; None: the day when it became known.
        known_on: when it was published; None where no document says.
        source: id of the statement or entry.
        force: the force from then on; None where it does not change.
    """

    act: Act
    said_on: str | None
    known_on: str | None
    source: str = ""
    force: Force | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """How long a commitment runs: by a date, or within so many days of its condition."""

    by: str | None = None
    within: int | None = None


@dataclass(frozen=True, slots=True)
class Commitment:
    """If the antecedent comes true, the debtor will bring about the consequent.

    Attributes:
        debtor: an actor's code.
        antecedent: None where nothing is asked for first.
        sayings: at least the one that makes it, in any order.
        creditor: to whom it is made, if to somebody.
        sources: entries of the register, or ids of decisions, that it rests on.
        grade: of the entry that it comes from, by the Admiralty code; None where nobody graded it.
    """

    id: str
    debtor: str
    antecedent: Side | None
    consequent: Side
    force: Force
    sayings: tuple[Saying, ...]
    term: Term = Term()
    creditor: str | None = None
    sources: tuple[str, ...] = ()
    grade: str | None = None


def condition_of(side: Side) -> Condition:
    """What the evaluator looks for."""
    return side.condition if isinstance(side, Words) else side


def is_in_words(side: Side | None) -> bool:
    """Whether a side waits for somebody to translate it, or to declare its event."""
    return isinstance(side, Words)
