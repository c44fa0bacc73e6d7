"""A ladder as a figure: an event at the top, and under it, step by step, the commitments that it sets off.

Drawn here, as the other figures are: a tree of boxes of horizontal text, each joined to the one that sets it off, is
plain SVG of some kilobytes that prints sharp and needs no script.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from materiel.report.standings import Card, Ladder, Link

WIDTH = 1000
INDENT, LINE, PAD, GAP = 56, 18, 9, 14
MOST_INDENTS = 8
"""Steps further in are drawn below one another, so that their text keeps its room."""
_CHARACTER = 7.4
"""The width of a character of the figure's text, on the safe side."""


@dataclass(frozen=True)
class Step:
    """A box of the figure.

    Attributes:
        rung: 0 for the event, else how many steps after it.
        head: the debtor, or what the box is.
        lines: the text, each line with its height.
        path: SVG path data from the box that sets it off; "" for the event.
        card: None for the event.
    """

    rung: int
    x: int
    y: int
    width: int
    height: int
    head: str
    lines: tuple[tuple[int, str], ...]
    path: str
    card: Card | None


@dataclass(frozen=True)
class LadderFigure:
    """The geometry of one ladder in SVG user units."""

    event: str
    height: int
    steps: tuple[Step, ...]


def draw_ladders(ladders: Sequence[Ladder], links: Sequence[Link], cards: Sequence[Card]) -> tuple[LadderFigure, ...]:
    """The ladders of more than one rung, each as a figure; what one of them shows from its start is not drawn again."""
    by_id = {card.id: card for card in cards}
    found: list[LadderFigure] = []
    drawn: list[set[str]] = []
    for ladder in sorted(ladders, key=lambda one: (-len(one.rungs), -sum(map(len, one.rungs)), one.event)):
        members = {each for rung in ladder.rungs for each in rung}
        if len(ladder.rungs) > 1 and not any(members <= others for others in drawn):
            drawn.append(members)
            found.append(_draw(ladder, links, by_id))
    return tuple(found)


def _draw(ladder: Ladder, links: Sequence[Link], cards: Mapping[str, Card]) -> LadderFigure:
    first = _step(0, 4, "If", ladder.event, None, None)
    steps = [first]
    at: dict[str, Step] = {}
    y = first.y + first.height + GAP
    for rung, identity, parent in in_order(ladder, links):
        card = cards[identity]
        debtor = card.debtor[:1].upper() + card.debtor[1:]
        step = _step(rung, y, debtor, card.deed, card, at[parent] if parent else first)
        at[identity] = step
        steps.append(step)
        y = step.y + step.height + GAP
    return LadderFigure(ladder.event, y, tuple(steps))


def in_order(ladder: Ladder, links: Sequence[Link]) -> Iterator[tuple[int, str, str | None]]:
    """Rung, id and the id of what sets it off (None: the event), each under its parent."""
    sure = {(link.source, link.target) for link in links if link.is_sure}
    children: dict[str | None, list[str]] = {}
    for rung, members in enumerate(ladder.rungs):
        for member in members:
            before = ladder.rungs[rung - 1] if rung else ()
            parent = next((each for each in before if (each, member) in sure), None)
            children.setdefault(parent, []).append(member)
    waiting = [(1, each, None) for each in reversed(children.get(None, []))]
    stack: list[tuple[int, str, str | None]] = list(waiting)
    while stack:
        rung, identity, parent = stack.pop()
        yield rung, identity, parent
        stack.extend((rung + 1, each, identity) for each in reversed(children.get(identity, [])))


def _step(rung: int, y: int, head: str, text: str, card: Card | None, parent: Step | None) -> Step:
    x = 1 + INDENT * min(rung, MOST_INDENTS)
    width = WIDTH - x - 1
    wrapped = textwrap.wrap(text, int((width - 2 * PAD) / _CHARACTER)) or [""]
    first = y + PAD + 2 * LINE - 4
    lines = tuple((first + LINE * place, line) for place, line in enumerate(wrapped))
    height = 2 * PAD + LINE * (len(wrapped) + 1)
    path = ""
    if parent is not None:
        path = f"M{parent.x + INDENT // 2} {parent.y + parent.height} V{y + height // 2} H{x - 7}"
    return Step(rung, x, y, width, height, head, lines, path, card)
