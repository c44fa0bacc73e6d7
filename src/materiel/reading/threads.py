"""What passes from sentence to sentence of a document about its supplies."""

from __future__ import annotations

from dataclasses import dataclass

from materiel.reading.findings import FoundTransfer
from materiel.reading.goods import Item


@dataclass(slots=True)
class Thread:
    """What the article has been speaking of: the goods of the last supply, and all that its clause said."""

    items: tuple[Item, ...] = ()
    last: tuple[FoundTransfer, ...] = ()
