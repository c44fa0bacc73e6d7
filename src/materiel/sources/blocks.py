"""From the lines of a plain text to its paragraphs.

A blank line ends a paragraph. Inside a stretch without blank lines, lines are joined where they were broken to fit a
width, and kept apart where each says something of its own: by-lines, list items, paragraphs of one long line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from materiel.sources.passages import Block, trimmed

MIN_WIDTH, MAX_WIDTH = 40, 140
"""Characters: a stretch whose longest line lies outside was not broken to fit a width."""
FILLED_SHARE = 0.8
"""A line broken to fit has this share of the width taken, counting the word that did not fit any more."""
MAX_HEAD_LINES = 5
"""So many lines with a by-line among them are a head: headline, name and date, none of them wrapped."""
BULLET = re.compile(r"\s*(?:[-–—•*·▪]\s+|\(?\d{1,2}[.)]\s+|\(?[a-z][.)]\s+)")
BLANK = re.compile(r"\n[^\S\n]*\n\s*")

Line = tuple[int, int]


def paragraphs(text: str, stands_alone: Callable[[str], bool] = lambda line: False) -> Iterator[Block]:
    """The paragraphs of a text in order; together they hold every character that is not white space.

    Args:
        text: the whole text.
        stands_alone: says of a line's text whether it is never part of a paragraph of several lines.
    """
    start = 0
    for gap in [*BLANK.finditer(text), None]:
        end = gap.start() if gap else len(text)
        for place, block in enumerate(_cut(text, start, end, stands_alone)):
            yield replace(block, opens_group=place == 0)
        start = gap.end() if gap else end


def _cut(text: str, start: int, end: int, stands_alone: Callable[[str], bool]) -> Iterator[Block]:
    lines = list(_lines(text, start, end))
    if not lines:
        return
    if len(lines) == 1:
        yield _block(text, *lines[0])
        return
    width = max(line_end - line_start for line_start, line_end in lines)
    alone = {line[0] for line in lines if stands_alone(text[line[0] : line[1]].strip())}
    apart = bool(alone) and len(lines) <= MAX_HEAD_LINES
    indents = {_indent(text[line[0] : line[1]]) for line in lines}
    is_indented = len(indents) == 2 and not any(BULLET.match(text[line[0] : line[1]]) for line in lines)
    first, last = lines[0]
    for line, above in zip(lines[1:], lines, strict=False):
        if not (apart or line[0] in alone or above[0] in alone) and _continues(text, above, line, width, is_indented):
            last = line[1]
            continue
        yield _block(text, first, last)
        first, last = line
    yield _block(text, first, last)


def _lines(text: str, start: int, end: int) -> Iterator[Line]:
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        line = text[start:stop]
        if line.strip():
            yield start, start + len(line.rstrip())
        start = stop + 1


def _continues(text: str, above: Line, line: Line, width: int, is_indented: bool) -> bool:
    """Whether a line goes on with the paragraph of the line above. In an indented text the indents alone decide."""
    upper, lower = text[above[0] : above[1]], text[line[0] : line[1]]
    if not MIN_WIDTH <= width <= MAX_WIDTH or BULLET.match(lower):
        return False
    if _indent(lower) > _indent(upper) and not BULLET.match(upper):
        return False
    if is_indented or (lower.lstrip()[0].islower() and len(upper) >= width / 3):
        return True
    return len(upper) + 1 + len(lower.split(maxsplit=1)[0]) >= FILLED_SHARE * width


def _indent(line: str) -> int:
    expanded = line.expandtabs(4)
    return len(expanded) - len(expanded.lstrip())


def _block(text: str, start: int, end: int) -> Block:
    start, end = trimmed(text, start, end)
    return Block(start, end, text[start:end])
