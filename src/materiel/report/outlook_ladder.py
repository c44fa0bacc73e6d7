"""The ladder of the board with the share of members in which each step comes about."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from dataclasses import dataclass

from materiel.outlook.answers.outlook import Outlook
from materiel.outlook.answers.view import Fate
from materiel.report.ladder import GAP, INDENT, LINE, MOST_INDENTS, PAD, WIDTH, in_order
from materiel.report.names import opened
from materiel.report.outlook_names import Names
from materiel.report.outlook_rows import percent, spaced
from materiel.report.standings import Ladder, Link

_CHARACTER = 7.4
POLICY_WIDTH, BAR, STRIDE = 170, 230, 24
"""Room for the name of a policy, for its bar, and from one bar to the next, in user units."""


@dataclass(frozen=True, slots=True)
class StepBar:
    """The shares of one policy in a step.

    Attributes:
        triggered, kept, broken: ends of the parts of the bar, in user units from its begin.
    """

    y: int
    policy: str
    triggered: float
    kept: float
    broken: float
    words: str


@dataclass(frozen=True, slots=True)
class ChanceStep:
    """A box of the figure: the event at the top, or a commitment with its bars.

    Attributes:
        rung: 0 for the event.
        path: from the box that sets it off; "" for the event.
        commitment: "" for the event.
    """

    rung: int
    x: int
    y: int
    width: int
    height: int
    head: str
    text: str
    lines: tuple[tuple[int, str], ...]
    bars: tuple[StepBar, ...]
    path: str
    commitment: str


@dataclass(frozen=True, slots=True)
class ChanceLadder:
    event: str
    height: int
    steps: tuple[ChanceStep, ...]


def draw_chance_ladders(
    outlook: Outlook, names: Names, ladders: tuple[Ladder, ...], links: tuple[Link, ...]
) -> tuple[ChanceLadder, ...]:
    """Every ladder; what one of them shows from its start is not drawn again."""
    fates = [{fate.id: fate for fate in view.fates} for view in outlook.views]
    found: list[ChanceLadder] = []
    drawn: list[set[str]] = []
    for ladder in sorted(ladders, key=lambda one: (-len(one.rungs), -sum(map(len, one.rungs)), one.event)):
        members = {each for rung in ladder.rungs for each in rung}
        if not any(members <= others for others in drawn):
            drawn.append(members)
            found.append(_draw(ladder, links, outlook, names, fates))
    return tuple(found)


def _draw(
    ladder: Ladder,
    links: tuple[Link, ...],
    outlook: Outlook,
    names: Names,
    fates: list[dict[str, Fate]],
) -> ChanceLadder:
    first = _step(0, 4, "If", ladder.event, (), None, "")
    steps = [first]
    at: dict[str, ChanceStep] = {}
    y = first.y + first.height + GAP
    for rung, identity, parent in in_order(ladder, links):
        policies = [spaced(view.policy) for view in outlook.views]
        chances = tuple(
            (policy, fate[identity]) for policy, fate in zip(policies, fates, strict=True) if identity in fate
        )
        set_off_by = at[parent] if parent else first
        head = opened(names.debtor(identity))
        step = _step(rung, y, head, names.commitment(identity), chances, set_off_by, identity)
        at[identity] = step
        steps.append(step)
        y = step.y + step.height + GAP
    return ChanceLadder(ladder.event, y, tuple(steps))


def _step(
    rung: int,
    y: int,
    head: str,
    text: str,
    chances: tuple[tuple[str, Fate], ...],
    parent: ChanceStep | None,
    identity: str,
) -> ChanceStep:
    x = 1 + INDENT * min(rung, MOST_INDENTS)
    width = WIDTH - x - 1
    wrapped = textwrap.wrap(text, int((width - 2 * PAD) / _CHARACTER)) or [""]
    first = y + PAD + 2 * LINE - 4
    lines = tuple((first + LINE * place, line) for place, line in enumerate(wrapped))
    under = first + LINE * len(wrapped) + 4
    bars = tuple(_bar(under + STRIDE * place, policy, fate) for place, (policy, fate) in enumerate(chances))
    height = 2 * PAD + LINE * (len(wrapped) + 1) + (STRIDE * len(bars) + PAD if bars else 0)
    path = ""
    if parent is not None:
        path = f"M{parent.x + INDENT // 2} {parent.y + parent.height} V{y + height // 2} H{x - 7}"
    return ChanceStep(rung, x, y, width, height, head, text, lines, bars, path, identity)


def _bar(y: int, policy: str, fate: Fate) -> StepBar:
    shares: Mapping[str, float] = {turn.state: turn.by.share for turn in fate.turns}
    triggered, kept, broken = (shares.get(state, 0.0) for state in ("triggered", "kept", "broken"))
    words = f"condition comes {percent(triggered)}, kept {percent(kept)}, broken {percent(broken)}"
    return StepBar(y, policy, BAR * triggered, BAR * kept, BAR * broken, words)
