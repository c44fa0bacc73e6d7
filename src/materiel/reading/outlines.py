"""Documents as the rules take them up: the passages worth parsing parsed, the others as they are.

spaCy works best on many texts at a time, so documents are taken some at a time and their passages parsed together. A
parse does not depend on the texts beside it, and so a document's statements don't depend on its company.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from materiel.reading.finder import Finder
from materiel.reading.introduced import introduced_names
from materiel.reading.lexicons import ActorName
from materiel.reading.pact_sites import may_tell_of_pact
from materiel.reading.parses import Parse, parses_of, seek_entities
from materiel.reading.passages import CleanText, clean
from materiel.reading.prefilter import worth_parsing
from materiel.terms.documents import Document, Role

DOCUMENTS_AT_ONCE = 16
"""Enough that parsing is as fast as it gets, few enough that memory stays small."""


@dataclass(frozen=True, slots=True)
class Outline:
    """A document with what has been parsed of it.

    Attributes:
        title: the parsed title; None where there is none, or where nothing is worth parsing.
        passages: the body in order, each passage parsed, or its text where it is not worth parsing.
    """

    document: Document
    title: Parse | None
    passages: tuple[Parse | str, ...]

    @property
    def is_worth_reading(self) -> bool:
        return any(isinstance(passage, Parse) for passage in self.passages)


def outlines(documents: Iterable[Document], *, every_passage: bool = False) -> Iterator[Outline]:
    """The outline of each document in turn; ``every_passage`` parses all of them, to measure what skipping loses."""
    waiting = iter(documents)
    while batch := [_skimmed(document, every_passage) for document in islice(waiting, DOCUMENTS_AT_ONCE)]:
        texts = [text for skimmed in batch for text in skimmed.to_parse()]
        names = [skimmed.introduced for skimmed in batch for _ in skimmed.to_parse()]
        parses = list(map(Parse, parses_of(text.text for text in texts) if texts else (), texts, names))
        # What may tell of a pact is weighed by its named entities; elsewhere few passages come to be asked for them.
        seek_entities(parse.doc for parse in parses if may_tell_of_pact(parse.doc))
        waiting_parses = iter(parses)
        for skimmed in batch:
            yield skimmed.outline(waiting_parses)


@dataclass(frozen=True, slots=True)
class _Skimmed:
    """A document before parsing: cleaned what is to be parsed, the rest as it is; and the names that it introduces."""

    document: Document
    introduced: Finder[tuple[ActorName, ...]]
    title: CleanText | None
    passages: tuple[CleanText | str, ...]

    def to_parse(self) -> Iterator[CleanText]:
        if self.title is not None:
            yield self.title
        yield from (passage for passage in self.passages if isinstance(passage, CleanText))

    def outline(self, parses: Iterator[Parse]) -> Outline:
        """With the parses of :meth:`to_parse`, taken off the iterator in its order."""
        title = next(parses) if self.title is not None else None
        passages = tuple(passage if isinstance(passage, str) else next(parses) for passage in self.passages)
        return Outline(self.document, title, passages)


def _skimmed(document: Document, every_passage: bool) -> _Skimmed:
    body = list(document.stretches(Role.BODY))
    worth = [every_passage] * len(body) if every_passage else worth_parsing([text for _, text in body], document.title)
    passages = tuple(
        clean(text, start) if is_worth else text for (start, text), is_worth in zip(body, worth, strict=True)
    )
    title = clean(document.title, 0) if document.title and any(worth) else None
    return _Skimmed(document, introduced_names(document.text if any(worth) else ""), title, passages)
