"""Supplies sorted by flow: which lines of the register a draft is made of, and which it leaves out and why.

One and the same supply is often told twice, exactly and in general words ("shells", "weapons"). What was given is
drafted as it is told most exactly, what is withheld as it is told most broadly, for a ban on arms is one on shells too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from materiel.commitments.materiel_tree import covers
from materiel.outlook.drafting.naming import goods
from materiel.outlook.drafting.told import HELD, Supply
from materiel.terms.statements import Stage

Flow = tuple[str, str, str]
"""Supplier, recipient and class."""
_DRAFTED = HELD | {Stage.DELIVERED, Stage.PLEDGED, Stage.ORDERED}


@dataclass(frozen=True)
class Sorted:
    """The supplies of a draft.

    Attributes:
        flows: the lines of the register on each flow.
        hints: lines on a broader or narrower class of a flow, whose figures may help.
        left_out: what is no part of the draft, and why, in words.
    """

    flows: dict[Flow, tuple[Supply, ...]]
    hints: dict[Flow, tuple[Supply, ...]]
    left_out: tuple[str, ...]


def sort_out(supplies: Iterable[Supply]) -> Sorted:
    """The supplies by flow, in the order of the flows' names."""
    grouped: dict[Flow, list[Supply]] = defaultdict(list)
    left_out: list[str] = []
    for supply in supplies:
        if supply.stage not in _DRAFTED:
            left_out.append(f"{supply.entry}: only {supply.stage}")
            continue
        if supply.supplier == supply.recipient:
            left_out.append(f"{supply.entry}: from {supply.supplier} to itself")
            continue
        for name in supply.classes:
            grouped[supply.supplier, supply.recipient, name].append(supply)
    flows: dict[Flow, tuple[Supply, ...]] = {}
    hints: dict[Flow, tuple[Supply, ...]] = {}
    for flow, members in sorted(grouped.items()):
        if better := _told_better(flow, grouped):
            how = "broadly" if is_withheld(members) else "exactly"
            left_out.append(f"{_entries(members)}: {goods(flow[2])}, told more {how} as {goods(better[0][2])}")
            for other in better:
                hints[other] = (*hints.get(other, ()), *members)
            continue
        held = [each for each in members if each.stage in HELD]
        if held and len(held) < len(members):
            left_out.append(f"{_entries(held)}: withheld or halted, and told as given too")
        flows[flow] = tuple(each for each in members if each not in held or len(held) == len(members))
    return Sorted(flows, hints, tuple(dict.fromkeys(left_out)))


def is_withheld(members: Sequence[Supply]) -> bool:
    """Whether nothing of it is given."""
    return all(each.stage in HELD for each in members)


def _told_better(flow: Flow, grouped: dict[Flow, list[Supply]]) -> list[Flow]:
    """The flows of the same two that tell of the same, given or withheld, in better words."""
    withheld = is_withheld(grouped[flow])
    return sorted(
        other
        for other in grouped
        if other[:2] == flow[:2] and other[2] != flow[2] and is_withheld(grouped[other]) is withheld
        if (covers(other[2], flow[2]) if withheld else covers(flow[2], other[2]))
    )


def _entries(members: Iterable[Supply]) -> str:
    return ", ".join(sorted({each.entry for each in members}))
