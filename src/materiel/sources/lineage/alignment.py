"""Which sentence of one text says what a sentence of the other says.

A sentence is aligned to the place of the other text that covers most of its content, by weight; two neighbouring
sentences count as one place, since rewriters split and join. What is covered well enough is shared, and neighbouring
shared sentences that lie near each other in the other text make one passage.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from materiel.sources.lineage.weights import weigh, weight_of
from materiel.sources.lineage.wording import Block
from materiel.terms.lineage import SharedPassage

MIN_STEMS = 4
"""Content words that a sentence needs to be aligned: fewer can be found anywhere."""
JOINT_COST = 0.06
"""A place of two sentences covers more by its mere length."""
SHARED = 0.3
"""A sentence of which a place covers this share of the content says something that is said there."""
RETOLD = 0.42
"""... and from this share on, it is shown as retold: below, the place is a guess."""
VERBATIM = 0.5
"""A sentence is word for word if this share of its runs of five words is there."""
LOOSE = 0.18
"""In a text known to derive from the other, a sentence in its order may have so little of its place's content."""
NEAR = 3
"""Sentences of one passage are at most so many places apart in the other text."""


@dataclass(frozen=True, slots=True)
class Aligned:
    """A sentence of a text and its place in the other.

    Attributes:
        sentence: its number in the text.
        length: words.
        place: the number of the sentence of the other text that covers it best; -1 for none.
        cover: share of its content there, 0 to 1.
        verbatim: share of its runs of five words that are anywhere in the other text.
    """

    sentence: int
    length: int
    place: int
    cover: float
    verbatim: float


def align(text: Sequence[Block], other: Sequence[Block]) -> list[Aligned]:
    """The sentences of ``text`` with enough content, each with its best place in ``other``."""
    holders: dict[str, list[int]] = defaultdict(list)
    for place, block in enumerate(other):
        for stem in block.stems:
            holders[stem].append(place)
    runs = frozenset[str]().union(*(block.runs for block in other))
    found = []
    for number, block in enumerate(text):
        if len(block.stems) < MIN_STEMS:
            continue
        whole = weigh(block.stems)
        place, covered = _best_place(block, holders, len(other), JOINT_COST * whole)
        verbatim = len(block.runs & runs) / len(block.runs) if block.runs else 0.0
        found.append(Aligned(number, block.length, place, covered / whole if whole else 0.0, verbatim))
    return found


def _best_place(block: Block, holders: Mapping[str, list[int]], places: int, cost: float) -> tuple[int, float]:
    """The first place that covers most, and how much by weight; -1 and 0 where none covers anything.

    Args:
        block: the sentence.
        holders: the places of each stem, ascending.
        places: how many there are.
        cost: taken off what a place covers together with the next one.
    """
    alone, joint = [0.0] * places, [0.0] * places
    for stem in sorted(block.stems):
        weight, last = weight_of(stem), -1
        for place in holders.get(stem, ()):
            alone[place] += weight
            joint[place] += weight
            if place and last != place - 1:
                joint[place - 1] += weight
            last = place
    best, at = 0.0, -1
    for place in range(places):
        cover = max(alone[place], joint[place] - cost)
        if cover > best + 1e-9:
            best, at = cover, place
    return at, best


def in_order(places: Sequence[int]) -> float:
    """How far the places follow one another: the longest part that does, as a share; 0.6 where there are too few."""
    if len(places) < 3:
        return 0.6
    tails: list[int] = []
    for place in places:
        at = bisect_right(tails, place)
        tails[at : at + 1] = [place]
    return len(tails) / len(places)


def passages(
    text: Sequence[Block], other: Sequence[Block], aligned: Sequence[Aligned], *, is_derived: bool
) -> tuple[SharedPassage, ...]:
    """The shared passages in the order of the text.

    Args:
        text: its sentences.
        other: those of the other.
        aligned: the one with the other.
        is_derived: the text comes from the other, so that fewer words in common show a passage if the order is kept.
    """
    found: list[SharedPassage] = []
    last: Aligned | None = None
    in_chain = _chain([item for item in aligned if item.cover >= LOOSE]) if is_derived else frozenset[int]()
    for item in aligned:
        is_verbatim = item.verbatim >= VERBATIM
        if item.place < 0 or not (is_verbatim or item.cover >= RETOLD or item.sentence in in_chain):
            continue
        block, place = text[item.sentence], other[item.place]
        if (
            last
            and item.sentence == last.sentence + 1
            and abs(item.place - last.place) <= NEAR
            and found[-1].is_verbatim == is_verbatim
        ):
            one = found[-1]
            found[-1] = SharedPassage(
                one.start, block.end, min(one.source_start, place.start), max(one.source_end, place.end), is_verbatim
            )
        else:
            found.append(SharedPassage(block.start, block.end, place.start, place.end, is_verbatim))
        last = item
    return tuple(found)


def _chain(items: Sequence[Aligned]) -> frozenset[int]:
    """The sentences of the longest part whose places follow one another; of several the one that covers most."""
    best: list[tuple[int, float, int]] = []
    for at, item in enumerate(items):
        before = [(best[one][0], best[one][1], -one) for one in range(at) if items[one].place <= item.place]
        length, cover, link = max(before, default=(0, 0.0, 1))
        best.append((length + 1, cover + item.cover, -link))
    at = max(range(len(best)), key=lambda one: best[one][:2], default=-1)
    kept: list[int] = []
    while at >= 0:
        kept.append(items[at].sentence)
        at = best[at][2]
    return frozenset(kept)
