"""Which of two related documents came first: by date, else by credits, else by what each has that the other lacks."""

from __future__ import annotations

import math
from dataclasses import dataclass

from materiel.sources.lineage.wording import Wording, clean
from materiel.terms.documents import Document

MIN_PUBLISHER = 4
"""Letters that an outlet's name needs before finding it in a text means a credit."""


@dataclass(frozen=True, slots=True)
class Account:
    """A document, its id and its wording."""

    id: str
    document: Document
    wording: Wording

    @property
    def seniority(self) -> tuple[str, int, str]:
        """Sorts the oldest first; undated ones last, the longest of them first."""
        return self.document.published_on or "9999", -self.wording.whole.length, self.id


def has_credit(text: Document, source: Document) -> bool:
    """Whether the text names the outlet of the source, and is not that outlet's own."""
    if not source.publisher or source.publisher == text.publisher:
        return False
    name = " ".join(clean(source.publisher).casefold().removeprefix("the ").split())
    return len(name) >= MIN_PUBLISHER and name in " ".join(clean(text.text).casefold().split())


def is_source(source: Account, text: Account) -> bool:
    """Whether, of two documents one of which derives from the other, ``source`` is the one derived from.

    Published dates decide. Without them, a credit does; then the document that has more names, figures, quotations
    and words that the other lacks is the source, since who copies cuts; at last the smaller id.
    """
    first, second = source.document.published_on, text.document.published_on
    if first and second and first[:10] != second[:10]:
        return first < second
    named, naming = has_credit(text.document, source.document), has_credit(source.document, text.document)
    if named != naming:
        return named
    lean = _surplus(source.wording, text.wording)
    return lean > 0 if lean else source.id < text.id


def _surplus(one: Wording, other: Wording) -> float:
    """Above 0 where ``one`` has more of its own; the negative of the same with the two exchanged."""
    own = len(one.whole.details - other.whole.stems) + len(one.whole.quotes - other.whole.quotes)
    others = len(other.whole.details - one.whole.stems) + len(other.whole.quotes - one.whole.quotes)
    longer = math.log(max(one.whole.length, 1)) - math.log(max(other.whole.length, 1))
    return round(math.log1p(own) - math.log1p(others) + longer, 9)
