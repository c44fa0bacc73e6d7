"""Ladders and cycles as figures: what an event sets off, step by step, and who escalates into whom.

Drawn here, as the other figures are: boxes of horizontal text, each joined to the one that sets it off, are plain SVG
of some kilobytes that prints sharp and needs no script.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from materiel.report.standings import Card, Ladder, Link

WIDTH = 1000
INDENT, LINE, PAD, GAP = 56, 18, 9, 14
MOST_INDENTS = 8
"""Steps further in are drawn below one another, so that their text keeps its room."""
MOST_STEPS, MOST_FIGURES = 16, 4
"""Commitments in one figure, and figures of a sort; how many more there are is said in words."""
MARGIN = 40
"""The room at the right of a cycle, where the way leads back from its last box to its first."""
_CHARACTER = 7.4
"""The width of a character of the figure's text, on the safe side."""


@dataclass(frozen=True)
class Step:
    """A box of the figure.

    Attributes:
        rung: 0 for the event, or for the first of a cycle; else how many steps after it.
        head: the debtor, or what the box is.
        lines: the text, each line with its height.
        path: SVG path data from the box that sets it off; "" for what is set off by none.
        tip: SVG path data of the arrow's head at the end of it; "" likewise.
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
    tip: str
    card: Card | None


@dataclass(frozen=True)
class Figure:
    """The geometry of one ladder or cycle in SVG user units.

    Attributes:
        title: what the figure shows.
        more: commitments of it that are not drawn.
        back: SVG path data from the last box to the first, and the arrow's head; "" for a ladder.
    """

    title: str
    height: int
    steps: tuple[Step, ...]
    more: int
    back: tuple[str, str] = ("", "")


@dataclass(frozen=True)
class Figures:
    """Figures of a sort, and how many more there are than are drawn."""

    drawn: tuple[Figure, ...] = ()
    more: int = 0


def draw_ladders(ladders: Sequence[Ladder], links: Sequence[Link], cards: Sequence[Card]) -> Figures:
    """The ladders of more than one rung, each as a figure; what one of them shows from its start is not drawn again."""
    by_id = {card.id: card for card in cards}
    kept: list[Ladder] = []
    drawn: list[set[str]] = []
    for ladder in sorted(ladders, key=lambda one: (-len(one.rungs), -sum(map(len, one.rungs)), one.event)):
        members = {each for rung in ladder.rungs for each in rung}
        if len(ladder.rungs) > 1 and not any(members <= others for others in drawn):
            drawn.append(members)
            kept.append(ladder)
    figures = tuple(_draw(ladder, links, by_id) for ladder in kept[:MOST_FIGURES])
    return Figures(figures, len(kept) - len(figures))


def draw_cycles(cycles: Sequence[Sequence[str]], cards: Sequence[Card]) -> Figures:
    """Each cycle as boxes below one another, with the way back from the last to the first; the shortest first."""
    by_id = {card.id: card for card in cards}
    figures = tuple(_draw_cycle([by_id[each] for each in cycle]) for cycle in cycles[:MOST_FIGURES])
    return Figures(figures, len(cycles) - len(figures))


def _draw_cycle(cards: Sequence[Card]) -> Figure:
    """Of a long cycle the beginning is drawn; its way back leads over those that are not."""
    steps: list[Step] = []
    y = 4
    for card in cards[:MOST_STEPS]:
        step = _step(0, y, _debtor(card), card.deed, card, None, WIDTH - MARGIN)
        if steps:
            middle = step.x + INDENT // 2
            path = f"M{middle} {steps[-1].y + steps[-1].height} V{y - 7}"
            step = replace(step, path=path, tip=f"M{middle - 4} {y - 8} l4 8 l4 -8 Z")
        steps.append(step)
        y += step.height + GAP + LINE
    first, last = steps[0], steps[-1]
    right, top = first.x + first.width, first.y + first.height // 2
    back = (
        f"M{right} {last.y + last.height // 2 + (6 if first is last else 0)} H{WIDTH - 8} V{top - 6} H{right + 7}",
        f"M{right + 8} {top - 10} l-8 4 l8 4 Z",
    )
    names = " → ".join(_debtor(card) for card in (*cards, cards[0]))
    return Figure(f"Who escalates into whom: {names}", y, tuple(steps), len(cards) - len(steps), back)


def _draw(ladder: Ladder, links: Sequence[Link], cards: Mapping[str, Card]) -> Figure:
    # The rungs nearest to the event are drawn, so that what sets a box off is drawn too.
    kept = set([each for rung in ladder.rungs for each in rung][:MOST_STEPS])
    shown = replace(ladder, rungs=tuple(tuple(each for each in rung if each in kept) for rung in ladder.rungs))
    first = _step(0, 4, "If", ladder.event, None, None)
    steps = [first]
    at: dict[str, Step] = {}
    y = first.y + first.height + GAP
    for rung, identity, parent in in_order(shown, links):
        card = cards[identity]
        step = _step(rung, y, _debtor(card), card.deed, card, at[parent] if parent else first)
        at[identity] = step
        steps.append(step)
        y = step.y + step.height + GAP
    return Figure(f"What follows if {ladder.event}", y, tuple(steps), sum(map(len, ladder.rungs)) - len(kept))


def _debtor(card: Card) -> str:
    return card.debtor[:1].upper() + card.debtor[1:]


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


def _step(rung: int, y: int, head: str, text: str, card: Card | None, parent: Step | None, right: int = WIDTH) -> Step:
    x = 1 + INDENT * min(rung, MOST_INDENTS)
    width = right - x - 1
    wrapped = textwrap.wrap(text, int((width - 2 * PAD) / _CHARACTER)) or [""]
    first = y + PAD + 2 * LINE - 4
    lines = tuple((first + LINE * place, line) for place, line in enumerate(wrapped))
    height = 2 * PAD + LINE * (len(wrapped) + 1)
    path, tip = "", ""
    if parent is not None:
        path = f"M{parent.x + INDENT // 2} {parent.y + parent.height} V{y + height // 2} H{x - 7}"
        tip = f"M{x - 8} {y + height // 2 - 4} l8 4 l-8 4 Z"
    return Step(rung, x, y, width, height, head, lines, path, tip, card)
