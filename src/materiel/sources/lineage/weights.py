"""How heavy a word is as evidence: the fewer documents have it, the heavier.

Rarity is counted in a bundled background of arms and war reporting and nowhere else, so that what two documents show is
the same whoever else is there, and in whatever order they came.
"""

from __future__ import annotations

import math
from functools import cache
from pathlib import Path

from materiel.terms.vocabulary import load_vocabulary

BACKGROUND = Path(__file__).parent.parent / "data" / "stem_frequency.csv"


@cache
def background_frequency() -> tuple[dict[str, int], int]:
    """Stem -> number of background documents that have it, and the number of background documents."""
    rows = load_vocabulary(BACKGROUND)
    counts = {row["stem"]: int(row["documents"]) for row in rows}
    return counts, counts.pop("*")


@cache
def weight_of(stem: str) -> float:
    """The inverse document frequency of a stem: 0 where all documents have it, 7 where none has."""
    counts, documents = background_frequency()
    return math.log((documents + 1.0) / (counts.get(stem, 0) + 0.5))


def weigh(stems: frozenset[str]) -> float:
    """The summed weight; summed exactly, so that the order of a set does not show in the last digit."""
    return math.fsum(map(weight_of, stems))
