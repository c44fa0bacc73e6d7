"""Which document derives from which, and what that leaves of the number of independent accounts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class DerivationKind(StrEnum):
    COPY = "copy"
    LIGHT_EDIT = "light-edit"
    REWRITE = "rewrite"
    TRANSLATION = "translation"
    PARTIAL = "partial"


@dataclass(frozen=True, slots=True)
class Derivation:
    """``document`` derives from ``source`` (both document ids); ``score`` is from 0 to 1."""

    document: str
    source: str
    kind: DerivationKind
    score: float


@dataclass(frozen=True, slots=True)
class Lineage:
    """The derivations among some documents and the origin that each rests on.

    Attributes:
        origins: for every document id the id of the document that it goes back to (its own where it is an origin).
        derivations: sorted by document, then source.
    """

    origins: dict[str, str]
    derivations: tuple[Derivation, ...]
