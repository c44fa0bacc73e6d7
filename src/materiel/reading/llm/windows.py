"""Long articles in overlapping windows, so that each fits a model's context and no sentence is cut in two."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from materiel.reading.grounding.quotes import NEWS
from materiel.terms.documents import Document

Stretch = tuple[int, int]
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"'”’)]*\s+|\n+")


def windows(document: Document, longest: int) -> list[list[Stretch]]:
    """The news of a document as lists of stretches (offsets), none of them longer in sum than ``longest`` characters.

    Neighbouring windows share up to an eighth of that, in whole sentences. Comments and adverts are in none.
    """
    pieces = list(_pieces(document, longest))
    found: list[list[Stretch]] = []
    first = 0
    while first < len(pieces):
        last = _fill(pieces, first, longest)
        found.append(_joined(pieces[first:last]))
        if last == len(pieces):
            break
        first = max(_back(pieces, last, longest // 8), first + 1)
    return found


def _fill(pieces: list[Stretch], first: int, longest: int) -> int:
    """Where to end a window that begins with the first piece; it takes at least that one."""
    last, length = first, 0
    while last < len(pieces) and (last == first or length + _length(pieces[last]) <= longest):
        length += _length(pieces[last])
        last += 1
    return last


def _back(pieces: list[Stretch], last: int, shared: int) -> int:
    """Where to begin the next window so that it shares up to so many characters with this one."""
    first, length = last, 0
    while first > 0 and length + _length(pieces[first - 1]) <= shared:
        first -= 1
        length += _length(pieces[first])
    return first


def _pieces(document: Document, longest: int) -> Iterator[Stretch]:
    """Sentences, as far as punctuation tells; a longer one than a window is cut where it must be."""
    for base, text in document.stretches(*NEWS):
        edges = [0, *(match.end() for match in _SENTENCE_END.finditer(text)), len(text)]
        for start, end in pairwise(edges):
            for cut in range(start, end, longest):
                yield base + cut, base + min(cut + longest, end)


def _joined(pieces: list[Stretch]) -> list[Stretch]:
    """Pieces that touch, as one stretch."""
    joined: list[Stretch] = []
    for start, end in pieces:
        if joined and joined[-1][1] == start:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _length(stretch: Stretch) -> int:
    return stretch[1] - stretch[0]
