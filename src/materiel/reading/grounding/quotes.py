"""Where a quote stands in a document, if it stands there at all: word for word, typography aside.

Quotation marks, dashes, spaces, soft hyphens, invisible marks and the case of the first letter may differ. A digit, a
word, a letter may not. A quote must begin and end at the edge of a word: "lethal aid" is not in "non-lethal aid", and
"5 million" is not in "1.5 million".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from materiel.terms.documents import Document, Role

NEWS = (Role.HEADLINE, Role.BODY)
"""The passages that report; a quote from a comment form or an advert is no evidence."""

_QUOTATION_MARKS = frozenset("\"'`´‘’‚‛“”„‟«»‹›′″＂＇")
_HYPHENS = frozenset("-‐‑﹣－")
_DASHES = _HYPHENS | frozenset("‒–—―−﹘")


@dataclass(frozen=True, slots=True)
class FoldedText:
    """Text with its typography evened out.

    Attributes:
        text: the evened text; one space for any white space, one mark for any quotation mark or dash.
        starts, ends: for each character of it where what it stands for begins and ends in the document.
        hyphens: the places in it of dashes that are hyphens: no space on either side, and not long ones.
    """

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    hyphens: frozenset[int]


@dataclass(frozen=True, slots=True)
class Place:
    """A quote's place: the document's ``text[start:end]``."""

    start: int
    end: int


def fold(pieces: Iterable[tuple[int, str]]) -> FoldedText:
    """Even out the typography of stretches of a document, given with their offsets, as one text."""
    characters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    hyphens: set[int] = set()
    for offset, character in _characters(pieces):
        shown = _shown(character)
        last = characters[-1] if characters else " "
        if shown in {" ", "-"} and last == "-":
            # "sent shells -- and" is "sent shells—and": spaces and more dashes beside a dash go with it.
            hyphens.discard(len(characters) - 1)
        elif shown == "-" and last == " " and characters:
            characters[-1], ends[-1] = "-", offset + 1
        elif shown != " " or last != " ":
            if character in _HYPHENS:
                hyphens.add(len(characters))
            for each in shown:
                characters.append(each)
                starts.append(offset)
                ends.append(offset + 1)
    while characters and characters[-1] == " ":
        characters.pop()
        starts.pop()
        ends.pop()
    return FoldedText("".join(characters), tuple(starts), tuple(ends), frozenset(hyphens))


def fold_news(document: Document) -> FoldedText:
    """The headline and the body of a document, evened out."""
    return fold(document.stretches(*NEWS))


def find_quote(quote: str, folded: FoldedText) -> Iterator[Place]:
    """Every place at which the quote stands in the text, in order; none where a word of it differs."""
    wanted = fold([(0, quote)]).text.strip("' ")
    if not any(character.isalnum() for character in wanted):
        return
    first = re.escape(wanted[0])
    if wanted[0].isalpha():
        first = f"(?i:{first})"
    for match in re.finditer(f"(?={first}{re.escape(wanted[1:])})", folded.text):
        start, end = match.start(), match.start() + len(wanted)
        if _is_edge(folded, start) and _is_edge(folded, end):
            yield Place(folded.starts[start], folded.ends[end - 1])


def _characters(pieces: Iterable[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    for base, text in pieces:
        for place, character in enumerate(text):
            yield base + place, character
        yield base + len(text), "\n"


def _shown(character: str) -> str:
    """What a character is evened out to; nothing for those that cannot be seen."""
    if character.isspace():
        return " "
    if character in _QUOTATION_MARKS:
        return "'"
    if character in _DASHES:
        return "-"
    if character == "…":
        return "..."
    return "" if unicodedata.category(character) == "Cf" else character


def _is_edge(folded: FoldedText, place: int) -> bool:
    """Whether no word or number runs across the place between two characters."""
    text = folded.text
    before, after = text[place - 1 : place], text[place : place + 1]
    if not after or not before:
        return True
    if after.isalnum():
        return not before.isalnum() and not _joins(folded, place - 1)
    is_genitive = text[place : place + 2] == "'s" and not text[place + 2 : place + 3].isalnum()
    return not before.isalnum() or is_genitive or not _joins(folded, place)


def _joins(folded: FoldedText, place: int) -> bool:
    """Whether the mark at the place makes one word or number of what is on both sides: F-16, 1.5, 10,000, can't."""
    before, mark, after = folded.text[max(place - 1, 0) : place], folded.text[place], folded.text[place + 1 : place + 2]
    are_digits = before.isdigit() and after.isdigit()
    if mark in ".,:/":
        return are_digits
    if mark == "-" and place not in folded.hyphens:
        return are_digits
    return mark in "-'" and before.isalnum() and after.isalnum()
