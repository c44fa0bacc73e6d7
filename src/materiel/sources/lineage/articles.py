"""A document as lineage looks at it: its wording, whom it credits, and its age."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from materiel.sources.lineage.credits import are_initials, find_credits, normal_name, words_of_kind
from materiel.sources.lineage.wording import Wording, read_wording
from materiel.terms.documents import Document, Role
from materiel.terms.lineage import Credit

_ASIDE = re.compile(r"[?!](?=[\s\"'”’)]|$)|\b(?:you|your|you're|you'll|let's)\b", re.IGNORECASE)
LEAD_SENTENCES = 4
"""Headline and first sentences: who is credited there is credited for the news."""

FEW_SENTENCES = 6
_QUOTED = re.compile('“[^”]{1,2000}”|"[^"]{1,2000}"|«[^»]{1,2000}»')

Seniority = tuple[str, int, str]


@dataclass(frozen=True, slots=True)
class Article:
    """A document with what was read of it.

    Attributes:
        outlets: its own outlet's name, if it is known, as credits are compared.
        wholes: the sources that are credited for all of it.
        leads: the sources credited at its beginning.
        head: the words of that beginning.
        asides: questions, exclamations and words to the reader, for each sentence: who was there has no need of them.
        hearsay: sayings of nobody in particular and platitudes, for each sentence.
    """

    id: str
    document: Document
    wording: Wording
    credits: tuple[Credit, ...]
    outlets: frozenset[str]
    wholes: frozenset[str]
    leads: frozenset[str]
    head: str
    asides: float
    hearsay: float

    @property
    def named(self) -> frozenset[str]:
        """Everybody whom the text credits."""
        return frozenset(credit.name for credit in self.credits)

    @property
    def seniority(self) -> Seniority:
        """Sorts the oldest first; undated ones last, the longest of them first."""
        return self.document.published_on or "9999", -self.wording.whole.length, self.id


def read_article(document: Document) -> Article:
    """The article of a document: a pure function of it, whatever others there are."""
    wording = read_wording(document)
    found = find_credits(document, wording)
    plain = _QUOTED.sub(" ", " ".join(raw for _, raw in document.stretches(Role.HEADLINE, Role.BODY)))
    many = max(len(wording.sentences), FEW_SENTENCES)
    lead_starts = {block.start for block in wording.sentences[:LEAD_SENTENCES]}
    return Article(
        document.id,
        document,
        wording,
        found,
        frozenset({normal_name(document.publisher)} if document.publisher else ()),
        frozenset(credit.name for credit in found if credit.is_whole),
        frozenset(credit.name for credit in found if not credit.is_whole and credit.start in lead_starts),
        " ".join(document.text[block.start : block.end] for block in wording.sentences[:LEAD_SENTENCES]),
        len(_ASIDE.findall(plain)) / many,
        len(_hearsay().findall(plain)) / many,
    )


@cache
def _hearsay() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{words_of_kind('hearsay')})\b", re.IGNORECASE)


def meet(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two sets of sources have one in common, by name or by initials (``TP``, ``Transatlantic Press``)."""
    if not one or not other:
        return False
    return bool(one & other) or any(are_initials(a, b) or are_initials(b, a) for a in one for b in other)
