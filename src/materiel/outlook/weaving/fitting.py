"""Which of the things that can happen are what an atom of a condition asks for."""

from __future__ import annotations

from materiel.commitments.cells import classes_asked
from materiel.commitments.figures import HOLDERS
from materiel.commitments.happenings import RANKS, Deed, Event, Turn, comes_as_far, event_key, rank_of
from materiel.commitments.matching import among, deed_fits
from materiel.commitments.materiel_tree import any_covers
from materiel.commitments.tree import (
    CommitmentAtom,
    EventAtom,
    MeasureAtom,
    Occurrence,
    PactAtom,
    Total,
    TotalKind,
    TransferAtom,
)
from materiel.terms.statements import Pact, Transfer

Asking = Occurrence | MeasureAtom | Total


def fits(asking: Asking, deed: Deed) -> bool:
    """Whether a deed is of the sort that an atom asks for; its limits play no part."""
    match asking, deed:
        case ((TransferAtom() | Total()), Transfer()):
            classes = classes_asked(asking)
            via = asking.via if isinstance(asking, TransferAtom) else None
            return (
                among(asking.suppliers, deed.supplier)
                and among(asking.recipients, deed.recipient)
                and (classes is None or any_covers(classes, deed.materiel))
                and comes_as_far(rank_of(deed), RANKS[asking.stage])
                and among(via, deed.via)
            )
        case PactAtom(), Pact():
            return comes_as_far(rank_of(deed), RANKS[asking.status]) and deed_fits(asking, deed)
        case EventAtom(), Event():
            return event_key(asking.what) == event_key(deed.what)
        case CommitmentAtom(), Turn():
            return asking.commitment == deed.commitment and deed_fits(asking, deed)
        case _:
            return deed_fits(asking, deed)


def counts_towards(total: Total, deed: Transfer) -> bool:
    """Whether a quantity is counted in the unit asked for, a value in its currency."""
    if total.kind is TotalKind.QUANTITY:
        unit = (deed.unit or "").casefold()
        return unit == total.unit.casefold() if total.unit else unit not in HOLDERS
    return total.kind is TotalKind.COUNT or (deed.currency or "USD") == (total.unit or "USD").upper()
