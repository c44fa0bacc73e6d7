"""JSON Lines to documents: one article a line, with id or url, title, text, published, publisher and author."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from materiel.errors import SourceRefused
from materiel.sources.dates import find_days
from materiel.sources.decode import clean
from materiel.sources.plain import document_from_text
from materiel.terms.documents import Document

_FORM = 'Give one JSON object a line, with "text" and, where known, id, url, title, published, publisher, author.'


def document_from_line(line: bytes, where: str) -> Document:
    """The document of one line.

    Args:
        line: its bytes.
        where: the file with the line's number.

    Raises:
        SourceRefused: the line is no JSON object, or holds no text.
    """
    article = _object(line, where)
    text = article.get("text")
    if not isinstance(text, str):
        why = "it has no text" if text is None else f"its text is no string but {type(text).__name__}"
        raise SourceRefused(where, why, _FORM)
    text = clean(text)
    if not any(char.isalnum() for char in text):
        raise SourceRefused(where, "its text is empty", _FORM)
    document = document_from_text(text)
    return replace(
        document,
        title=_told(article, "title") or document.title,
        published_on=_day(article.get("published")) or document.published_on,
        publisher=_told(article, "publisher") or document.publisher,
        author=_told(article, "author") or document.author,
        url=_told(article, "url") or _told(article, "id"),
    )


def _object(line: bytes, where: str) -> dict[str, Any]:
    try:
        article = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise SourceRefused(where, "the line is not UTF-8", "Save the file as UTF-8.") from error
    except json.JSONDecodeError as error:
        raise SourceRefused(where, f"no JSON: {error.msg} at character {error.pos + 1}", _FORM) from error
    except (RecursionError, ValueError) as error:  # brackets, or a number, beyond what Python reads
        raise SourceRefused(
            where, "JSON beyond what can be read: nested too deep or a number too long", _FORM
        ) from error
    if not isinstance(article, dict):
        raise SourceRefused(where, f"no JSON object but {type(article).__name__}", _FORM)
    return article


def _told(article: dict[str, Any], field: str) -> str | None:
    """A field as text; a list of names (several authors) joined, anything else is not told."""
    value = article.get(field)
    if isinstance(value, list) and all(isinstance(member, str) for member in value):
        value = " and ".join(value)
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    return (" ".join(clean(value).split()) or None) if isinstance(value, str) else None


def _day(value: object) -> str | None:
    return next((printed.day for printed in find_days(value)), None) if isinstance(value, str) else None
