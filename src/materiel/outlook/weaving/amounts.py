"""What a happening adds to a total."""

from __future__ import annotations

from collections.abc import Callable

from materiel.commitments.tree import Figure, Named, Total, TotalKind
from materiel.outlook.program import Constant, Expression
from materiel.outlook.weaving.fitting import counts_towards, fits
from materiel.outlook.weaving.sources import Past, Source
from materiel.terms.statements import Transfer


def amount_of(leaf: Total, source: Source) -> Expression | None:
    """What a source adds in a week in which it happens, 0 in others; None where it is nothing of the kind."""
    deed = source.deed
    if not isinstance(deed, Transfer) or not fits(leaf, deed) or not counts_towards(leaf, deed):
        return None
    match leaf.kind:
        case TotalKind.COUNT:
            return source.happens
        case TotalKind.QUANTITY:
            return source.amount
        case TotalKind.VALUE:
            return source.worth


def past_amount_of(leaf: Total, past: Past, items_of: Callable[[Figure], Expression]) -> Expression:
    """What something that stands at the start adds."""
    deed = past.deed
    if not isinstance(deed, Transfer) or not counts_towards(leaf, deed):
        return Constant(0.0)
    if leaf.kind is TotalKind.COUNT:
        return Constant(1.0)
    figure = past.amount if leaf.kind is TotalKind.QUANTITY else past.worth
    if figure is None:
        return Constant(0.0)
    return items_of(figure) if isinstance(figure, float | int | Named) else figure
