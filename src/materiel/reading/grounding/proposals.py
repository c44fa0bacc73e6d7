"""What somebody says that a document says, before it is held against the document."""

from __future__ import annotations

from dataclasses import dataclass

from materiel.terms.statements import Claim


@dataclass(frozen=True, slots=True)
class Proposal:
    """A claim, with the words that are said to bear it out and to whom they are said to be attributed."""

    claim: Claim
    quote: str
    speaker: str | None = None
