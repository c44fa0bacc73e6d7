"""Numbers in a condition: the latest figure of an actor, supplies added up over a window, levels of a simulation."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping

from materiel.commitments.answers import Answer, Judged, LackKind, Need
from materiel.commitments.cells import HappeningIndex
from materiel.commitments.days import LAST_DAY, YES, Span
from materiel.commitments.happenings import Happening
from materiel.commitments.limits import CONTESTED, Clocks, Found, find, window_of
from materiel.commitments.matching import said_unknown
from materiel.commitments.materiel_tree import covers
from materiel.commitments.tree import (
    Compare,
    Figure,
    Leaf,
    Level,
    LevelComparison,
    MeasureAtom,
    Named,
    Support,
    Total,
    TotalKind,
)
from materiel.terms.statements import Measure, Transfer

COMPARED: dict[Compare, Callable[[float, float], bool]] = {
    Compare.AT_LEAST: operator.ge,
    Compare.MORE: operator.gt,
    Compare.AT_MOST: operator.le,
    Compare.LESS: operator.lt,
    Compare.EQUAL: operator.eq,
    Compare.UNEQUAL: operator.ne,
}
HOLDERS = frozenset(
    (
        "container",
        "containers",
        "crate",
        "crates",
        "box",
        "boxes",
        "ton",
        "tons",
        "tonne",
        "tonnes",
        "train",
        "trains",
        "wagon",
        "wagons",
        "railcars",
        "shipment",
        "shipments",
        "shiploads",
        "truckloads",
        "batch",
        "batches",
        "packages",
    )
)
"""Units that hold or weigh items, and do not count them."""


def judged(
    leaf: Leaf,
    answer: Answer,
    deciding: tuple[Happening, ...] = (),
    lack: LackKind = LackKind.HAPPENING,
    when: Span | None = None,
) -> Judged:
    """The judgement of a leaf about numbers; ``when`` is given where it is decided."""
    entry = deciding[0].entry if deciding else ""
    contrary = LackKind.DISPUTE if answer is Answer.DISPUTED else LackKind.CONTRARY
    known = max((each.known for each in deciding), default=0) if when else None
    return Judged(answer, deciding, Need("", (), leaf, answer, lack, contrary, entry), when, known)


def judge_measure(leaf: MeasureAtom, index: HappeningIndex, clocks: Clocks, since: int) -> Judged:
    """Whether the latest figure is so. Of figures of which each may be the latest, all have to agree."""
    found = [
        each
        for each in find(leaf, index, clocks, window_of(leaf, clocks, since), since)
        if _is_backed(each, leaf, clocks)
    ]
    if not found:
        return judged(leaf, Answer.NOT_REPORTED, said_unknown(leaf, tuple(index.cells_for(leaf)), clocks.known_by))
    sure = [each for each in found if each.quality >= CONTESTED]
    begin = max((each.happening.span[0] for each in sure), default=0)
    latest = [each for each in found if each.happening.span[1] >= begin]
    compare = COMPARED[leaf.compare]
    yes = [each for each in latest if _holds_for(each, compare, plain(leaf.number))]
    no = [each for each in latest if not _holds_for(each, compare, plain(leaf.number))]
    deciding = tuple(each.happening for each in latest)
    if any(each.quality < CONTESTED for each in latest) and (not sure or (yes and no)):
        return judged(leaf, Answer.NOT_REPORTED, deciding[:3], LackKind.DAY)
    if (yes and no) or any(each.quality == CONTESTED for each in latest):
        return judged(leaf, Answer.DISPUTED, deciding, LackKind.DISPUTE)
    first = min(each.happening.span[0] for each in latest), max(each.happening.span[1] for each in latest)
    return judged(leaf, Answer.HOLDS if yes else Answer.DOES_NOT_HOLD, deciding, LackKind.HAPPENING, first)


def _holds_for(found: Found, compare: Callable[[float, float], bool], number: float) -> bool:
    deed = found.happening.deed
    return isinstance(deed, Measure) and compare(deed.value, number)


def _is_backed(found: Found, leaf: MeasureAtom | Total, clocks: Clocks) -> bool:
    """Whether enough origins tell of it. Figures of one line differ from happening to happening, so each stands
    alone.
    """
    needed = max((limit.origins for limit in leaf.limits if isinstance(limit, Support)), default=1)
    happening = found.happening
    return needed == 1 or happening.is_imagined or happening.support(clocks.known_by) >= needed


def judge_total(leaf: Total, index: HappeningIndex, clocks: Clocks, since: int, *, is_complete: bool) -> Judged:
    """Whether supplies add up to what is asked.

    Each line of the register counts once, with its largest amount. What is reported is a lower limit of what there was:
    it can prove "at least", and disprove "at most", never the reverse, unless the happenings are complete.
    """
    found = find(leaf, index, clocks, window_of(leaf, clocks, since), since)
    amounts: dict[str, tuple[float, float, float, Happening]] = {}
    for each in found:
        if not _is_backed(each, leaf, clocks):
            continue
        amount, is_whole = amount_of(leaf, each.happening)
        if not amount:
            continue
        quality = each.quality if is_whole else min(each.quality, 1)
        sure, stated, possible, _ = amounts.get(each.happening.entry, (0.0, 0.0, 0.0, each.happening))
        amounts[each.happening.entry] = (
            max(sure, amount if quality == YES else 0.0),
            max(stated, amount if quality >= CONTESTED else 0.0),
            max(possible, amount),
            each.happening,
        )
    sure = sum(amount[0] for amount in amounts.values())
    stated = sum(amount[1] for amount in amounts.values())
    possible = sum(amount[2] for amount in amounts.values())
    lines = tuple(amount[3] for amount in amounts.values())
    top = possible if is_complete else None
    answers = {_bounded(leaf, low, top) for low in (sure, stated)}
    if len(answers) > 1:
        return judged(leaf, Answer.DISPUTED, lines, LackKind.DISPUTE)
    answer = answers.pop()
    if answer is Answer.NOT_REPORTED:
        lack = LackKind.DAY if _bounded(leaf, possible, top) is not answer else LackKind.HAPPENING
        return judged(leaf, answer, lines, lack)
    when = _reached(leaf, [(amount[0], amount[3]) for amount in amounts.values()]) if lines else None
    return judged(leaf, answer, lines, LackKind.HAPPENING, when)


def amount_of(leaf: Total, happening: Happening) -> tuple[float, bool]:
    """What a happening adds, and whether the whole amount is of the classes asked for."""
    deed = happening.deed
    assert isinstance(deed, Transfer)
    if leaf.kind is TotalKind.COUNT:
        return 1.0, True
    is_whole = leaf.classes is None or all(any(covers(c, d) for c in leaf.classes) for d in deed.materiel)
    if leaf.kind is TotalKind.QUANTITY:
        unit = (deed.unit or "").casefold()
        counts = unit == leaf.unit.casefold() if leaf.unit else unit not in HOLDERS
        return (deed.quantity or 0.0) if counts else 0.0, is_whole
    currency = (leaf.unit or "USD").upper()
    if currency == "USD" and deed.value_usd is not None:
        return deed.value_usd, is_whole
    return (deed.value or 0.0) if deed.currency == currency else 0.0, is_whole


def _bounded(leaf: Total, low: float, top: float | None) -> Answer:
    """What follows for a number of which only the bounds are known; ``top`` None: without limit."""
    compare, number = COMPARED[leaf.compare], plain(leaf.number)
    high = float("inf") if top is None else max(low, top)
    match leaf.compare:
        case Compare.AT_LEAST | Compare.MORE:
            always, ever = compare(low, number), compare(high, number)
        case Compare.AT_MOST | Compare.LESS:
            always, ever = compare(high, number), compare(low, number)
        case Compare.EQUAL:
            always, ever = low == high == number, low <= number <= high
        case Compare.UNEQUAL:
            always, ever = not low <= number <= high, not low == high == number
    return Answer.HOLDS if always else Answer.NOT_REPORTED if ever else Answer.DOES_NOT_HOLD


def _reached(leaf: Total, amounts: list[tuple[float, Happening]]) -> Span:
    """When the sum passed the number: the span of the line that took it there."""
    total = 0.0
    spans = sorted((happening.span[::-1], amount) for amount, happening in amounts if amount)
    for (last, first), amount in spans:
        total += amount
        if total >= plain(leaf.number):
            return first, last
    return (spans[-1][0][1], spans[-1][0][0]) if spans else (LAST_DAY, LAST_DAY)


def compare_levels(leaf: LevelComparison, levels: Mapping[Level, float]) -> bool:
    """Whether levels compare as asked.

    Raises:
        KeyError: the simulation does not know a level.
    """
    right = levels[leaf.right] if isinstance(leaf.right, Level) else plain(leaf.right)
    return COMPARED[leaf.compare](levels[leaf.left], right)


def plain(figure: Figure) -> float:
    """The number itself.

    Raises:
        TypeError: it is only named; :func:`tree.bind` comes first.
    """
    if isinstance(figure, Named):
        raise TypeError(f"${figure.name} has no value here: bind the condition to numbers first")
    return figure
