"""How heavy a shared word is: the fewer documents have it, the heavier.

Rarity is counted in the documents at hand together with a bundled background of arms news, so that two documents
alone are judged like the same two among a thousand.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from materiel.terms.vocabulary import load_vocabulary

BACKGROUND = Path(__file__).parent.parent / "data" / "stem_frequency.csv"


class Weights:
    """The weights of stems, by their inverse document frequency.

    Args:
        documents: the content stems of each distinct document.
    """

    def __init__(self, documents: Iterable[frozenset[str]]) -> None:
        counts, background = background_frequency()
        self._frequency = Counter(counts)
        self._documents = background
        for stems in documents:
            self._frequency.update(stems)
            self._documents += 1
        self._weights: dict[str, float] = {}

    def of(self, stem: str) -> float:
        """The weight of one stem: 0 where all documents have it, 4 to 5 where one in a hundred has."""
        weight = self._weights.get(stem)
        if weight is None:
            rarity = math.log((self._documents + 1.0) / (self._frequency[stem] + 0.5))
            weight = self._weights[stem] = max(rarity, 0.0)
        return weight

    def __call__(self, stems: frozenset[str]) -> float:
        """The summed weight; summed exactly, so that the order of a set does not show in the last digit."""
        return math.fsum(map(self.of, stems))


@cache
def background_frequency() -> tuple[dict[str, int], int]:
    """Stem -> number of background documents that have it, and the number of background documents."""
    rows = load_vocabulary(BACKGROUND)
    counts = {row["stem"]: int(row["documents"]) for row in rows}
    return counts, counts.pop("*")
