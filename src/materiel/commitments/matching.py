"""What of the happenings is what an atom asks for, who denies it, and how sure that is.

1. A stated happening *fits* an atom if every slot does: actors in the sets, one of its classes covered, its stage at
   least as far (withheld, halted and ended stand for themselves). An actor that is left open fits ``*`` alone.
2. It is contested where a denial reaches it: see :mod:`denials`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from materiel.commitments.cells import Asking, HappeningIndex, classes_asked
from materiel.commitments.days import Span
from materiel.commitments.denials import REFUSABLE
from materiel.commitments.happenings import RANKS, Deed, Event, Happening, Turn, comes_as_far
from materiel.commitments.materiel_tree import any_covers
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

Match = tuple[Happening, int]
"""A stated happening that fits, and the day from which a denial that reaches it is known."""


def find_matches(asking: Asking, index: HappeningIndex) -> list[Match]:
    """What fits an atom, in its order; the limits of the atom play no part."""
    bare = replace(asking, limits=()) if asking.limits else asking
    found = index.cache.get(bare)
    if found is None:
        found = index.cache[bare] = _search(bare, index)
    return found


def _search(asking: Asking, index: HappeningIndex) -> list[Match]:
    fits = _fitting(asking)
    stated: dict[str, Match] = {}
    for shelf, cell in index.shelves_for(asking):
        for place, happening in enumerate(shelf.sort()):
            if fits(happening) and happening.id not in stated:
                stated[happening.id] = happening, index.contested_from(shelf, place, cell)
    return sorted(stated.values(), key=lambda match: match[0].order)


def first_clean(
    asking: Asking, index: HappeningIndex, window: Span, known_by: int, since: int
) -> tuple[Happening | None, bool]:
    """The first happening that fits, is not contested and lies surely in a window; the rest are not sought.

    With it, whether there may be others that fit and lie in the window, however surely.
    """
    fits = _fitting(asking)
    begin, end = window
    best: Happening | None = None
    are_others = False
    for shelf, cell in index.shelves_for(asking):
        happenings = shelf.sort()
        if best is not None and happenings[0].order >= best.order:
            continue
        for place in range(shelf.place_of(begin), len(happenings)):
            happening = happenings[place]
            if happening.order[0] > end or (best is not None and happening.order >= best.order):
                are_others = True
                break
            if happening.known <= known_by and fits(happening):
                are_others = True
                if (happening.span[0] >= begin or placed(happening, since)[0] >= begin) and index.contested_from(
                    shelf, place, cell
                ) > known_by:
                    best = happening
                    break
    return best, are_others


def said_unknown(asking: Asking, index: HappeningIndex, known_by: int) -> tuple[Happening, ...]:
    """The first few by id of what would fit, and of which accounts say that it is not known."""
    fits = _fitting(asking)
    classes = classes_asked(asking)
    found = [
        each
        for cell in index.cells_for(asking)
        if cell.unknown
        for each in cell.unknown
        if each.known <= known_by and fits(each) and _is_of(classes, each.deed)
    ]
    return tuple(sorted(found, key=lambda each: each.id)[:3])


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
    refusals = isinstance(asking, TransferAtom) and asking.stage in REFUSABLE
    names = classes_asked(asking) or ("",)
    for cell in index.cells_for(asking):
        if cell.denied or cell.refused:
            for name in names:
                contrary = [*cell.denying(name), *cell.refusing(name)] if refusals else cell.denying(name)
                for each in contrary:
                    found[each.id] = each
    return sorted(found.values(), key=lambda each: (each.known, each.id)) if found else []
