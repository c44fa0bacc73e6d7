"""Which document derives from which, and what that leaves of the number of independent accounts."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class DerivationKind(StrEnum):
    COPY = "copy"
    LIGHT_EDIT = "light-edit"
    REWRITE = "rewrite"
    TRANSLATION = "translation"
    """A rewrite that follows its source sentence by sentence in other words, as machine translation does."""
    PARTIAL = "partial"
    """A part of the document comes from the source, the rest is its own."""
    DIGEST = "digest"
    """The document retells several sources, this being one."""
    POSSIBLE = "possible"
    """It cannot be told: neither derived nor independent. Counts as independent."""
    INDEPENDENT = "independent"
    """The two share passages, and yet each has its own account."""


@dataclass(frozen=True, slots=True, order=True)
class SharedPassage:
    """``text[start:end]`` of a document says what ``text[source_start:source_end]`` of another says."""

    start: int
    end: int
    source_start: int
    source_end: int
    is_verbatim: bool
    """Word for word, but for a few words; otherwise retold."""

    def turned(self) -> SharedPassage:
        """The same, looked at from the other document."""
        return SharedPassage(self.source_start, self.source_end, self.start, self.end, self.is_verbatim)


@dataclass(frozen=True, slots=True)
class Derivation:
    """How ``document`` stands to ``source`` (both document ids).

    Attributes:
        score: 0 to 1; 0.5 and more is derived.
        passages: what shows it, in the order of the document.
    """

    document: str
    source: str
    kind: DerivationKind
    score: float
    passages: tuple[SharedPassage, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class Credit:
    """Words of a document that name an outside source for what ``text[start:end]`` tells.

    Attributes:
        name: the source, an agency, outlet or broadcaster, as it is usually written.
        is_whole: the credit is for the whole document: an agency's line under the headline or at the end.
    """

    start: int
    end: int
    name: str
    is_whole: bool


@dataclass(frozen=True, slots=True)
class Lineage:
    """The derivations among some documents and the origins that each rests on.

    Attributes:
        origins: for every document id the ids of the documents that it goes back to, the surest first: its own where
            it is an origin, several for a digest.
        derivations: sorted by document, then source.
        related: pairs that are not derived and yet have something to show: ``possible`` ones, and ``independent`` ones
            with shared passages. Sorted likewise.
        outside: origin -> the name of the outside source that it reports after. Such a document is only the first
            here to carry that source's account.
        credits: by document, in the order of the text.
        own: by derived document, the stretches that tell what none of its sources tells, in order.
    """

    origins: dict[str, tuple[str, ...]]
    derivations: tuple[Derivation, ...] = ()
    related: tuple[Derivation, ...] = ()
    outside: dict[str, str] = field(default_factory=dict)
    credits: dict[str, tuple[Credit, ...]] = field(default_factory=dict)
    own: dict[str, tuple[tuple[int, int], ...]] = field(default_factory=dict)

    def origin_of(self, document: str) -> str:
        """The origin that a document rests on before others; the document itself where the lineage doesn't know it."""
        return self.origins.get(document, (document,))[0]
