"""Which of the things that can happen are what an atom of a condition asks for."""

from __future__ import annotations

from materiel.commitments.cells import classes_asked
from materiel.commitments.figures import HOLDERS
from materiel.commitments.happenings import RANKS, Deed, Event, Turn, comes_as_far, event_key, rank_of
from materiel.commitments.matching import wanted_unit
from materiel.commitments.materiel_tree import any_covers
from materiel.commitments.tree import (
    CommitmentAtom,
    EventAtom,
    MeasureAtom,
    Names,
    Occurrence,
    PactAtom,
    StanceAtom,
    Total,
    TotalKind,
    TransferAtom,
)
from materiel.terms.statements import Measure, Pact, Stance, Transfer

Asking = Occurrence | MeasureAtom | Total


def fits(asking: Asking, deed: Deed) -> bool:
    """Whether a deed is of the sort that an atom asks for; its limits play no part."""
    match asking, deed:
        case ((TransferAtom() | Total()), Transfer()):
            classes = classes_asked(asking)
            via = asking.via if isinstance(asking, TransferAtom) else None
            return (
                _among(asking.suppliers, deed.supplier)
                and _among(asking.recipients, deed.recipient)
                and (classes is None or any_covers(classes, deed.materiel))
                and comes_as_far(rank_of(deed), RANKS[asking.stage])
                and _among(via, deed.via)
            )
        case PactAtom(), Pact():
            return (
                (asking.kind is None or deed.pact is asking.kind)
                and comes_as_far(rank_of(deed), RANKS[asking.status])
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
            return event_key(asking.what) == event_key(deed.what)
        case CommitmentAtom(), Turn():
            return (asking.commitment, asking.state) == (deed.commitment, deed.state)
        case MeasureAtom(), Measure():
            unit = wanted_unit(asking)
            return (
                deed.measure is asking.name
                and _among(asking.subjects, deed.subject)
                and (unit is None or (deed.unit or "").casefold() == unit)
            )
        case _:
            return False


def counts_towards(total: Total, deed: Transfer) -> bool:
    """Whether a quantity is counted in the unit asked for, a value in its currency."""
    if total.kind is TotalKind.QUANTITY:
        unit = (deed.unit or "").casefold()
        return unit == total.unit.casefold() if total.unit else unit not in HOLDERS
    return total.kind is TotalKind.COUNT or (deed.currency or "USD") == (total.unit or "USD").upper()


def _among(names: Names, name: str | None) -> bool:
    return names is None or name in names


def _parties_fit(wanted: tuple[Names, ...], parties: frozenset[str]) -> bool:
    """Whether each set wanted has a party of its own; the sets that name actors come first."""
    if len(wanted) > len(parties):
        return False
    if not wanted:
        return True
    candidates = parties if wanted[0] is None else parties & set(wanted[0])
    return any(_parties_fit(wanted[1:], parties - {party}) for party in candidates)
