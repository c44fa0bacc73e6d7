"""Entries: what the statements about one and the same thing add up to.

An entry is a view. It is computed from statements and lineage and can be thrown away and computed again.
"""

from __future__ import annotations

from dataclasses import dataclass

from materiel.terms.statements import Claim, Statement

OUTSIDE = "outside:"
"""Begins the origin of what no document here has found out: the name of the source that is credited with it follows."""


def outside_name(origin: str) -> str | None:
    """The name of an outside source; None where the origin is a document."""
    return origin.removeprefix(OUTSIDE) if origin.startswith(OUTSIDE) else None


@dataclass(frozen=True, slots=True)
class Backing:
    """Whose account a statement behind an entry is.

    Attributes:
        statement: its id.
        origin: id of the document whose account it is, or ``outside:NAME`` where a source that is not here is credited.
        carried_from: id of the document from which its own document carries it along; None where its own document is
            the origin, or is itself the one that credits the outside source.
    """

    statement: str
    origin: str
    carried_from: str | None = None


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade by the Admiralty code (NATO AJP-2.1), both scales judged apart, with reasons in words.

    ``reliability`` A to F is the source's, ``credibility`` 1 to 6 the information's. F and 6 mean: cannot be judged.
    """

    reliability: str
    credibility: str
    reasons: tuple[str, ...]

    def __str__(self) -> str:
        return self.reliability + self.credibility

    @property
    def machine_tags(self) -> tuple[str, str]:
        """The same in the vocabulary ``admiralty-scale`` of MISP."""
        return (
            f'admiralty-scale:source-reliability="{self.reliability.lower()}"',
            f'admiralty-scale:information-credibility="{self.credibility}"',
        )


@dataclass(frozen=True, slots=True)
class Step:
    """One step of an entry's history: what was said of it, when it happened, when it became known.

    Attributes:
        stage: a transfer's stage, a pact's status; for other kinds the value that the claim turns on.
        assertion: stated, denied, unknown or hypothetical.
        happened_on: ISO day, month or year, or None where no document says.
        known_on: publication date of the first document that says so, or None.
        statements: ids, sorted by known date, then id.
        origins: the independent origins behind those statements, as in :class:`Backing`, sorted.
    """

    stage: str
    assertion: str
    happened_on: str | None
    known_on: str | None
    statements: tuple[str, ...]
    origins: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the register.

    Attributes:
        id: two letters for the kind (``tr``, ``cm``, ``pa``, ``sn``, ``me``) and hex digits of its identity.
        claim: the claim with everything that the statements add up to; its stage is the furthest one stated.
        history: the steps, oldest first.
        statements: every statement behind the entry, sorted by known date, then place in the document.
        backings: whose account each of them is, in the same order.
        origins: the independent origins that state it, as in :class:`Backing`, sorted; their number is the support.
        is_disputed: some statement denies it or says the opposite while another states it.
        conflicts: in words, each conflict that the statements leave (figures, dates, denials).
    """

    id: str
    claim: Claim
    history: tuple[Step, ...]
    statements: tuple[Statement, ...]
    backings: tuple[Backing, ...]
    origins: tuple[str, ...]
    is_disputed: bool
    conflicts: tuple[str, ...]
    grade: Grade

    @property
    def kind(self) -> str:
        return self.claim.kind

    @property
    def support(self) -> int:
        """The number of independent origins that state it."""
        return len(self.origins)
