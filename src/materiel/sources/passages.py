"""Stretches of text with roles: how they are cut to size, and how they become a document's passages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from materiel.terms.documents import Passage, Role

PARAGRAPH_GAP = "\n\n"
"""What separates the paragraphs of a text that is put together from a page or a PDF."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or a line of its own: ``text[start:end]`` without white space around it.

    ``opens_group`` says whether a blank line parts it from what stands before.
    """

    start: int
    end: int
    text: str
    opens_group: bool = True


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The offsets of ``text[start:end]`` without the white space at its ends; equal ones where nothing is left."""
    stretch = text[start:end]
    start += len(stretch) - len(stretch.lstrip())
    return start, start + len(stretch.strip())


def passages_of(blocks: Iterable[tuple[Block, Role]]) -> tuple[Passage, ...]:
    """Passages from blocks in order of their place."""
    return tuple(Passage(block.start, block.end, role) for block, role in blocks if block.end > block.start)


def joined(paragraphs: Iterable[str]) -> tuple[str, tuple[Block, ...]]:
    """Paragraphs put together into one text, and the block of each in it; blank ones are left out."""
    kept = [stripped for paragraph in paragraphs if (stripped := paragraph.strip())]
    return PARAGRAPH_GAP.join(kept), tuple(_placed(kept))


def _placed(paragraphs: list[str]) -> Iterator[Block]:
    start = 0
    for paragraph in paragraphs:
        yield Block(start, start + len(paragraph), paragraph)
        start += len(paragraph) + len(PARAGRAPH_GAP)
