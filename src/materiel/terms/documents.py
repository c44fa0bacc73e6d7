"""A document: one article's text and metadata, fixed once made.

The whole visible text is kept. Passages say which part of it is news: the rest (by-lines, comment forms, author
biographies, related links) stays in the text, so offsets into it never move and nothing is lost.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a passage is to a reader of news."""

    HEADLINE = "headline"
    BYLINE = "byline"
    """By-line, dateline, date stamp, credit."""
    BODY = "body"
    BOILERPLATE = "boilerplate"
    """Navigation, comments, related links, author biography, legal notes."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a document's text, ``text[start:end]``, and its role."""

    start: int
    end: int
    role: Role


@dataclass(frozen=True, slots=True)
class Document:
    r"""One article.

    Attributes:
        text: everything that could be seen of it, as it was, line ends as ``\\n``.
        passages: in order, without overlap; what lies between them is white space.
        published_on: ISO date (``2024-06-22``), or None where the source does not say.
        publisher: the outlet's name; None where the source does not say.
        url: where it was found; no part of the document's identity.
    """

    text: str
    passages: tuple[Passage, ...]
    title: str | None = None
    published_on: str | None = None
    publisher: str | None = None
    author: str | None = None
    url: str | None = None

    @property
    def id(self) -> str:
        """``doc-`` and 12 hex digits of the SHA-256 of text, title, date, publisher and author.

        The same text in two outlets is two documents (one of them a copy); the same file read twice is one.
        """
        identity = json.dumps(
            [self.text, self.title, self.published_on, self.publisher, self.author], ensure_ascii=False
        )
        return "doc-" + hashlib.sha256(identity.encode("utf-8", "surrogatepass")).hexdigest()[:12]

    def stretches(self, *roles: Role) -> Iterator[tuple[int, str]]:
        """The offset and the text of each passage that has one of the roles, in order."""
        for passage in self.passages:
            if passage.role in roles:
                yield passage.start, self.text[passage.start : passage.end]
