"""A quote at its place in a document, with all that it may lean on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from materiel.reading.grounding.evidence import Evidence, Good, Mention, Sentence, Telling, gather
from materiel.reading.grounding.quotes import FoldedText, Place, find_quote, fold_news
from materiel.terms.documents import Document
from materiel.terms.statements import Statement

_STEM = re.compile(r"\b[^\W\d_]{4,}")
_STEM_LETTERS = 5


def stems_of(text: str) -> frozenset[str]:
    """The first five letters of each word of four letters or more, lower case."""
    return frozenset(word[:_STEM_LETTERS].lower() for word in _STEM.findall(text))


class Grounds:
    """A document as evidence.

    Attributes:
        rules: what the rules found in the document.
    """

    def __init__(self, document: Document, rules: list[Statement]) -> None:
        self.document, self.rules = document, rules

    @cached_property
    def folded(self) -> FoldedText:
        return fold_news(self.document)

    @cached_property
    def evidence(self) -> Evidence:
        """Costs a parse, so it is made when the first quote is found."""
        return gather(self.document)

    @cached_property
    def stems(self) -> frozenset[str]:
        """The beginnings of the words of the news, as :func:`stems_of` gives them."""
        return stems_of(self.folded.text)

    def places(self, words: str) -> list[Place]:
        """Where words stand in the news, word for word."""
        return list(find_quote(words, self.folded))

    def slice(self, place: Place) -> str:
        return self.document.text[place.start : place.end]


@dataclass(frozen=True)
class Support:
    """The evidence of one place: the quote itself, its sentences, and what stands before.

    Attributes:
        speaker: to whom it is attributed, as the document writes it.
    """

    grounds: Grounds
    place: Place
    speaker: str | None

    @property
    def quote(self) -> str:
        return self.grounds.slice(self.place)

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        return self.grounds.evidence.around(self.place)

    @cached_property
    def text(self) -> str:
        """The sentences of the quote, whole."""
        return " ".join(self.grounds.document.text[each.start : each.end] for each in self.sentences)

    @cached_property
    def lemmas(self) -> frozenset[str]:
        return frozenset(lemma for sentence in self.sentences for lemma in sentence.lemmas)

    @cached_property
    def mentions(self) -> list[Mention]:
        """Who is meant in the quote."""
        return [m for s in self.sentences for m in s.mentions if self._is_inside(m.start, m.end)]

    @cached_property
    def goods(self) -> list[Good]:
        """What materiel the quote names."""
        return [g for s in self.sentences for g in s.goods if self._is_inside(g.start, g.end)]

    @cached_property
    def tellings(self) -> list[Telling]:
        """How the quote tells a supply; where it has no word of supply, how its sentences do."""
        told = [telling for sentence in self.sentences for telling in sentence.tellings]
        return [telling for telling in told if self._holds(telling)] or told

    @property
    def tells(self) -> bool:
        """Whether the quote itself has a word of supply."""
        return any(map(self._holds, self.tellings))

    def _holds(self, telling: Telling) -> bool:
        return self.place.start <= telling.start < self.place.end

    def rules_here(self) -> Iterator[Statement]:
        """What the rules found in words that the quote shares."""
        return (s for s in self.grounds.rules if s.start < self.place.end and self.place.start < s.end)

    def _is_inside(self, start: int, end: int) -> bool:
        return start < self.place.end and self.place.start < end
