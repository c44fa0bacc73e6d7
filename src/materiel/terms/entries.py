"""Entries: what the statements about one and the same thing add up to.

An entry is a view. It is computed from statements and lineage and can be thrown away and computed again.
"""

from __future__ import annotations

from dataclasses import dataclass

from materiel.terms.statements import Claim, Statement


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


@dataclass(frozen=True, slots=True)
class Step:
    """One step of an entry's history: what was said of it, when it happened, when it became known.

    Attributes:
        stage: a transfer's stage, a pact's status; for other kinds the value that the claim turns on.
        assertion: stated, denied, unknown or hypothetical.
        happened_on: ISO day, month or year, or None where no document says.
        known_on: publication date of the first document that says so, or None.
        statements: ids, sorted by known date, then id.
        origins: ids of the independent origins behind those statements, sorted.
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
        origins: the independent origins that state it, sorted; their number is the support.
        is_disputed: some statement denies it or says the opposite while another states it.
        conflicts: in words, each conflict that the statements leave (figures, dates, denials).
    """

    id: str
    claim: Claim
    history: tuple[Step, ...]
    statements: tuple[Statement, ...]
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
