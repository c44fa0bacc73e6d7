"""What of the happenings is what an atom asks for, who denies it, and how sure that is.

1. A stated happening *fits* an atom if every slot does: actors in the sets, one of its classes covered, its stage at
   least as far (withheld, halted and ended stand for themselves). An actor that is left open fits ``*`` alone.
2. It is contested where a denial reaches it: see :mod:`denials`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from materiel.commitments.cells import Asking, HappeningIndex, classes_asked
from materiel.commitments.days import Span
from materiel.commitments.denials import REFUSABLE
from materiel.commitments.happenings import NEVER_KNOWN, NO_RANK, RANKS, Deed, Event, Happening, Turn, comes_as_far
from materiel.commitments.materiel_tree import any_covers
from materiel.commitments.shelves import UNSOUGHT, Cell
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
    for layer in index.layers:
        for place in layer.shelves.places(layer.shelves_for(asking), _wanted_rank(asking), NEVER_KNOWN):
            happening = layer.shelves.happenings[place]
            if happening.id not in stated and fits(happening):
                stated[happening.id] = happening, index.contested_from(layer, place)
    return sorted(stated.values(), key=lambda match: match[0].order)


def first_clean(
    asking: Asking, index: HappeningIndex, window: Span, known_by: int, since: int
) -> tuple[Happening | None, bool]:
    """The first happening that fits, is not contested and lies surely in a window; the rest are not sought.

    With it, whether there may be others that fit and lie in the window, however surely.
    """
    fits, wanted = _fitting(asking), _wanted_rank(asking)
    begin, end = window
    best: Happening | None = None
    are_others = False
    is_alone = len(index.layers) == 1
    for layer in index.layers:
        shelves = layer.shelves
        firsts, lasts, contested = shelves.firsts, shelves.lasts, shelves.contested
        for run in shelves.runs(layer.shelves_for(asking), wanted, known_by):
            for place in run:
                first, last = firsts[place], lasts[place]
                are_others = True
                # Those of the same days need not come in the order of their ids.
                if last > end or (best is not None and (last, first) > (best.span[1], best.span[0])):
                    break
                if last < begin:
                    continue
                begun = contested[place]
                if (begun if is_alone and begun != UNSOUGHT else index.contested_from(layer, place)) <= known_by:
                    continue
                happening = shelves.happenings[place]
                if (
                    (first >= begin or placed(happening, since)[0] >= begin)
                    and fits(happening)
                    and (best is None or happening.order < best.order)
                ):
                    best = happening
    return best, are_others


def _wanted_rank(asking: Asking) -> int:
    match asking:
        case TransferAtom() | Total():
            return RANKS[asking.stage]
        case PactAtom():
            return RANKS[asking.status]
        case _:
            return NO_RANK


def said_unknown(asking: Asking, cells: Sequence[Cell], known_by: int) -> tuple[Happening, ...]:
    """The first few by id of what would fit, and of which accounts say that it is not known."""
    heard = [each for cell in cells for each in cell.unknown if each.known <= known_by]
    if not heard:
        return ()
    fits, wanted, classes = _fitting(asking), _wanted_rank(asking), classes_asked(asking)
    found = [each for each in heard if comes_as_far(each.rank, wanted) and fits(each) and _is_of(classes, each.deed)]
    return tuple(sorted(found, key=lambda each: each.id)[:3])


def placed(happening: Happening, since: int) -> Span:
    """The span of a happening where only what happened since a day counts.

    What nobody dates, and what first became known on that day or later, is taken to have happened after it: a report
    tells news. Where only a month or a year is given, it is that which counts.
    """
    first, last = happening.span
    return (since, last) if happening.happened_on is None and first < since <= last else happening.span


def _fitting(asking: Asking) -> Callable[[Happening], bool]:
    """Whether a happening of the right cells, classes and rank is what an atom asks for."""
    if isinstance(asking, TransferAtom | Total):
        via = asking.via if isinstance(asking, TransferAtom) else None
        return _always if via is None else (lambda each: getattr(each.deed, "via", None) in via)
    return lambda each: deed_fits(asking, each.deed)


def _always(_: Happening) -> bool:
    return True


def deed_fits(asking: Asking, deed: Deed) -> bool:
    """Whether a deed is what an atom asks for, in all that its cell, its classes and its rank do not say already."""
    match asking, deed:
        case PactAtom(), Pact():
            return (asking.kind is None or deed.pact is asking.kind) and _parties_fit(
                asking.parties, frozenset(deed.parties)
            )
        case StanceAtom(), Stance():
            return (
                deed.stance is asking.stance
                and among(asking.holders, deed.holder)
                and among(asking.suppliers, deed.supplier)
                and among(asking.recipients, deed.recipient)
            )
        case EventAtom(), Event():
            return True
        case CommitmentAtom(), Turn():
            return deed.state is asking.state
        case MeasureAtom(), Measure():
            unit = wanted_unit(asking)
            return (
                deed.measure is asking.name
                and among(asking.subjects, deed.subject)
                and (unit is None or (deed.unit or "").casefold() == unit)
            )
        case _:
            return False


def _is_of(classes: Names, deed: Deed) -> bool:
    return classes is None or (isinstance(deed, Transfer) and any_covers(classes, deed.materiel))


def among(names: Names, name: str | None) -> bool:
    """Whether a set of names holds a name; None holds all."""
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


def against(asking: Asking, cells: Sequence[Cell]) -> list[Happening]:
    """Denials, and refusals, that may cover an atom; by known day, then id."""
    found: dict[str, Happening] = {}
    wanted = _wanted_rank(asking)
    refusals = isinstance(asking, TransferAtom) and asking.stage in REFUSABLE
    for cell in cells:
        if cell.denied or (refusals and cell.refused):
            for name in classes_asked(asking) or ("",):
                for each in cell.denying(name):
                    if comes_as_far(wanted, each.rank):
                        found[each.id] = each
                if refusals:
                    found.update((each.id, each) for each in cell.refusing(name))
    return sorted(found.values(), key=lambda each: (each.known, each.id)) if len(found) > 1 else [*found.values()]
