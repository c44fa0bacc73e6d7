"""A passage made fit for parsing, with the way back to the document's offsets.

Lines wrapped in the middle of a sentence, full stops without a space after them, stock tickers and typographic quotes
confuse a parser. They are mended in a copy; every character of the copy knows where it stands in the document, so a
quote is always a slice of the document as it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_TYPOGRAPHIC = {
    ";": ".",
    "’": "'",
    "‘": "'",
    "“": '"',
    "”": '"',
    "„": '"',
    "«": '"',
    "»": '"',
    "\u00a0": " ",
    "\u202f": " ",
    "‑": "-",
}
_TICKER = re.compile(r"&lt;[A-Z0-9.]{1,8}>|<[A-Z0-9.]{1,8}>")
_ENTITY_BRACKET = re.compile(r"&lt;|&gt;|(?<=\w)>")
_TORN = re.compile(r"(?<=[a-z]-)\s+(?=(?!(?:and|or|to|nor|und|through|as)\b)[a-z])")
"""White space within a compound, as a line's end leaves it: "anti- aircraft", but not "short- and medium-range"."""
_GLUED = re.compile(r"(?<=[a-z\d)\"'”’]{2}[.!?])(?=[A-Z“\"][a-z]+)|(?<=[a-z][.!?][\"”’])(?=[A-Z][a-z]+)")
_DATELINE = re.compile(
    r"\s*(?:[A-Z][A-Z'. -]{2,}(?:,\s[\w .]{2,30}){0,2}(?:\s\([^)]{1,20}\))?\s*(?:--|[-–—])\s+|[A-Z]{4,}\.\s+(?=[A-Z]))"
)


@dataclass(frozen=True, slots=True)
class CleanText:
    """A cleaned copy of a stretch of a document.

    Attributes:
        text: the copy.
        offsets: for each character of the copy its offset in the document; one more for the end.
    """

    text: str
    offsets: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The document's offsets of ``text[start:end]``; the stretch must not be empty."""
        return self.offsets[start], self.offsets[end - 1] + 1


def clean(text: str, base: int) -> CleanText:
    """Clean the stretch ``text`` that begins at offset ``base`` of its document."""
    hidden = bytearray(len(text))
    if dateline := _DATELINE.match(text):
        hidden[: dateline.end()] = b"\x01" * dateline.end()
    for pattern in (_TICKER, _ENTITY_BRACKET):
        for match in pattern.finditer(text):
            hidden[match.start() : match.end()] = b"\x01" * (match.end() - match.start())
    torn = {place for match in _TORN.finditer(text) for place in range(*match.span())} if "-" in text else ()
    glued = {match.start() for match in _GLUED.finditer(text)}
    characters: list[str] = []
    offsets: list[int] = []
    for place, character in enumerate(text):
        if place in glued:
            _add_space(characters, offsets, base + place)
        if place in torn:
            continue
        shown = " " if hidden[place] or character.isspace() else _TYPOGRAPHIC.get(character, character)
        if shown == " ":
            _add_space(characters, offsets, base + place)
        elif character != "\u00ad":
            characters.append(shown)
            offsets.append(base + place)
    while characters and characters[-1] == " ":
        characters.pop()
        offsets.pop()
    return CleanText("".join(characters), (*offsets, (offsets[-1] + 1) if offsets else base))


def _add_space(characters: list[str], offsets: list[int], offset: int) -> None:
    if characters and characters[-1] != " ":
        characters.append(" ")
        offsets.append(offset)
