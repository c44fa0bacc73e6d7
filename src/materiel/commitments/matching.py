"""What of the happenings is what an atom asks for, who denies it, and how sure that is.

1. A stated happening *fits* an atom if every slot does: actors in the sets, one of its classes covered, its stage at
   least as far (withheld, halted and ended stand for themselves). An actor that is left open fits ``*`` alone.
2. It is contested where a denial reaches it: see :mod:`denials`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

from materiel.commitments.cells import Asking, HappeningIndex, classes_asked
from materiel.commitments.days import Span
from materiel.commitments.denials import REFUSABLE
from materiel.commitments.happenings import RANKS, Deed, Event, Happening, Turn, comes_as_far
from materiel.commitments.materiel_tree import any_covers, covering_classes
from materiel.commitments.tree import (
    CommitmentAtom,
    EventAtom,
    MeasureAtom,
    Names,
    PactAtom,
    StanceAtom,
    Total,
    TransferAtom,
)
from materiel.terms.statements import Measure, MeasureName, Pact, Stance, Transfer


class Matches(NamedTuple):
    """What an atom finds, whatever its limits.

    Attributes:
        stated: what fits, in its order, each with the day from which a denial that reaches it is known.
        unknown: what is said to be not known, and would fit.
    """

    stated: list[tuple[Happening, int]]
    unknown: list[Happening]


def find_matches(asking: Asking, index: HappeningIndex) -> Matches:
    """What an atom finds in an index; its limits play no part."""
    bare = replace(asking, limits=()) if asking.limits else asking
    found = index.cache.get(bare)
    if not isinstance(found, Matches):
        found = index.cache[bare] = _search(bare, index)
    return found


def _search(asking: Asking, index: HappeningIndex) -> Matches:
    fits = _fitting(asking)
    classes = classes_asked(asking)
    stated: dict[str, tuple[Happening, int]] = {}
    for shelf, cell in index.shelves_for(asking):
        for place, happening in enumerate(shelf.sort()):
            if fits(happening) and happening.id not in stated:
                stated[happening.id] = happening, index.contested_from(shelf, place, cell)
    unknown = [
        each
        for cell in index.cells_for(asking)
        for each in cell.unknown
        if fits(each) and _is_of(classes, each.deed)
    ]
    unknown.sort(key=lambda each: each.id)
    return Matches(sorted(stated.values(), key=lambda match: match[0].order), unknown)


def first_clean(asking: Asking, index: HappeningIndex, window: Span, known_by: int, since: int) -> Happening | None:
    """The first happening that fits, is not contested and lies surely in a window.

    It is what the first of the matches would be; the rest of them are not sought.
    """
    fits = _fitting(asking)
    begin, end = window
    best: Happening | None = None
    for shelf, cell in index.shelves_for(asking):
        happenings = shelf.sort()
        for place in range(shelf.place_of(begin), len(happenings)):
            happening = happenings[place]
            if happening.order[0] > end or (best is not None and happening.order >= best.order):
                break
            if (
                happening.known <= known_by
                and fits(happening)
                and (happening.span[0] >= begin or placed(happening, since)[0] >= begin)
                and index.contested_from(shelf, place, cell) > known_by
            ):
                best = happening
                break
    return best


def placed(happening: Happening, since: int) -> Span:
    """The span of a happening where only what happened since a day counts.

    What nobody dates, and what first became known on that day or later, is taken to have happened after it: a report
    tells
    news. Where only a month or a year is given, it is that which counts.
    """
    first, last = happening.span
    return (since, last) if happening.happened_on is None and first < since <= last else happening.span


def _fitting(asking: Asking) -> Callable[[Happening], bool]:
    """Whether a happening of the right cells and shelves is what an atom asks for, made ready to be asked often."""
    if isinstance(asking, TransferAtom | Total):
        # Cell and shelf have seen to the actors and the classes.
        wanted = RANKS[asking.stage]
        via = asking.via if isinstance(asking, TransferAtom) else None
        if via is not None:
            return lambda each: comes_as_far(each.rank, wanted) and getattr(each.deed, "via", None) in via
        return (lambda each: each.rank >= wanted) if wanted >= 0 else (lambda each: each.rank == wanted)
    return lambda each: _fits(asking, each.deed, each.rank)


def _fits(asking: Asking, deed: Deed, rank: int) -> bool:
    match asking, deed:
        case PactAtom(), Pact():
            return (
                (asking.kind is None or deed.pact is asking.kind)
                and comes_as_far(rank, RANKS[asking.status])
                and _parties_fit(asking.parties, frozenset(deed.parties))
            )
        case StanceAtom(), Stance():
            return (
                deed.stance is asking.stance
                and _among(asking.holders, deed.holder)
                and _among(asking.suppliers, deed.supplier)
                and _among(asking.recipients, deed.recipient)
            )
        case EventAtom(), Event():
            return True
        case CommitmentAtom(), Turn():
            return deed.state is asking.state
        case MeasureAtom(), Measure():
            unit = wanted_unit(asking)
            return (
                deed.measure is asking.name
                and _among(asking.subjects, deed.subject)
                and (unit is None or (deed.unit or "").casefold() == unit)
            )
        case _:
            return False


def _is_of(classes: Names, deed: Deed) -> bool:
    return classes is None or (isinstance(deed, Transfer) and any_covers(classes, deed.materiel))


def _among(names: Names, name: str | None) -> bool:
    return names is None or name in names


def _parties_fit(wanted: tuple[Names, ...], parties: frozenset[str]) -> bool:
    """Whether each set wanted has a party of its own. The sets that name actors come first, so ``*`` takes what is
    left.
    """
    if len(wanted) > len(parties):
        return False
    if not wanted:
        return True
    candidates = parties if wanted[0] is None else parties & set(wanted[0])
    return any(_parties_fit(wanted[1:], parties - {party}) for party in candidates)


def wanted_unit(asking: MeasureAtom) -> str | None:
    """The unit that a figure has to be in; money is in US dollars where none is named."""
    if asking.unit is not None:
        return asking.unit.casefold()
    return "usd" if asking.name is MeasureName.EXPORT_VALUE else None


def against(asking: Asking, index: HappeningIndex) -> list[Happening]:
    """Denials, and refusals, that may cover an atom; by known day, then id."""
    found: dict[str, Happening] = {}
    classes = classes_asked(asking)
    can_be_refused = isinstance(asking, TransferAtom) and asking.stage in REFUSABLE
    general = {name: None for each in classes or () for name in covering_classes(each)} if classes else {"": None}
    for cell in index.cells_for(asking):
        for name in general:
            found.update((each.id, each) for each in cell.denied.get(name, ()))
            if can_be_refused:
                found.update((each.id, each) for each in cell.refused.get(name, ()))
    return sorted(found.values(), key=lambda each: (each.known, each.id))
