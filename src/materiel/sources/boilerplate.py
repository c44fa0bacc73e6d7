"""What is not news, told by its words: the markers of ``data/boilerplate.csv`` and author biographies."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from materiel.errors import VocabularyRefused
from materiel.terms.vocabulary import load_vocabulary

DATA = Path(__file__).parent / "data"
MAX_TAIL_LENGTH = 400
"""Characters: a longer block is never boilerplate only because of where it stands."""
MAX_MARKED_LENGTH = 800
"""Characters: a longer block is never boilerplate by its words."""
MAX_REST_LENGTH = 120
"""Characters: a longer block does not open a section of comments or links."""

_BIO_VERBS = (
    r"(?:covers|teaches|writes|reports|edits|lives|works|has (?:reported|covered|written|worked|advised)|"
    r"is (?:an?|the)|was (?:an?|the)|can be reached|joined)\b"
)
_WRITERS = r"\b(?:writer|reporter|correspondent|editor|journalist|columnist|freelancer|blogger)\b"


@dataclass(frozen=True, slots=True)
class Marker:
    """A sign of boilerplate; see the head of ``data/boilerplate.csv``."""

    pattern: re.Pattern[str]
    is_at_start: bool
    takes_rest: bool
    in_tail_only: bool


@cache
def markers() -> tuple[Marker, ...]:
    """Every marker, in the order of the file.

    Raises:
        VocabularyRefused: a marker is no regular expression, or a column holds a word that the file's head lacks.
    """
    return tuple(_marker(row) for row in load_vocabulary(DATA / "boilerplate.csv"))


def marker_of(block: str, *, is_tail: bool) -> Marker | None:
    """The first marker that a block bears.

    Args:
        block: its text.
        is_tail: whether the block stands behind the last paragraph of the article.
    """
    if len(block) > MAX_MARKED_LENGTH or not _bears_any(block):
        return None
    for marker in markers():
        if marker.in_tail_only and not (is_tail and len(block) <= MAX_TAIL_LENGTH):
            continue
        if marker.takes_rest and len(block) > MAX_REST_LENGTH:
            continue
        if marker.pattern.search(block):
            return marker
    return None


def _bears_any(block: str) -> bool:
    at_start, anywhere = _all_patterns()
    return at_start.match(block) is not None or anywhere.search(block) is not None


@cache
def _all_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """All markers as two patterns, what a block starts with and what it contains: most blocks bear none."""
    at_start = [marker.pattern.pattern for marker in markers() if marker.is_at_start]
    anywhere = [marker.pattern.pattern for marker in markers() if not marker.is_at_start]
    one, other = ("|".join(f"(?:{pattern})" for pattern in patterns) for patterns in (at_start, anywhere))
    return re.compile(one or r"(?!)", re.IGNORECASE), re.compile(other or r"(?!)", re.IGNORECASE)


def is_biography(block: str, author: str | None) -> bool:
    """Whether a block behind the article tells who wrote it: it starts with the author's name, or names a writer."""
    if len(block) > MAX_TAIL_LENGTH:
        return False
    for name in re.split(r",| and | & ", author or ""):
        if len(name.strip()) > 3 and re.match(re.escape(name.strip()) + r"\W{0,3}(?:, .{1,60}, )?" + _BIO_VERBS, block):
            return True
    name = r"[A-Z][\w'’.-]+(?: [A-Z][\w'’.-]+){1,2} "
    return re.match(name + r"(?:is|was) (?:an?|the) [^.]{0,60}" + _WRITERS, block) is not None


def _marker(row: dict[str, str]) -> Marker:
    words = re.escape(row["marker"]).replace("'", "['’]")
    opening = r"^" if row["marker"][:1].isalnum() else r"^\s*"
    forms = {
        "whole": rf"^{words}[\s.:!…]*(?:\(?\d*\)?)?$",
        "start": opening + words + (r"(?!\w)" if row["marker"][-1:].isalnum() else ""),
        "anywhere": words,
        "pattern": row["marker"],
    }
    if row["match"] not in forms or row["extent"] not in {"block", "rest"} or row["where"] not in {"any", "tail"}:
        raise VocabularyRefused(
            f"boilerplate.csv: the marker {row['marker']!r} has match {row['match']!r}, extent {row['extent']!r}, "
            f"where {row['where']!r}. Use whole, start, anywhere or pattern; block or rest; any or tail."
        )
    try:
        pattern = re.compile(forms[row["match"]], re.IGNORECASE)
    except re.error as error:
        raise VocabularyRefused(
            f"boilerplate.csv: {row['marker']!r} is no regular expression ({error}). Correct it, or match it as start."
        ) from error
    is_at_start = row["match"] in {"whole", "start"} or row["marker"].startswith("^")
    return Marker(pattern, is_at_start, row["extent"] == "rest", row["where"] == "tail")
