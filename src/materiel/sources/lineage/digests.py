"""Documents put together from several others: a weekly round-up, a ticker, a compilation of two agencies.

Such a document is not near to any of its sources as a whole; its paragraphs are, each to one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from materiel.sources.lineage.weights import Weights
from materiel.sources.lineage.wording import BLOCK_STEMS, Block, Wording

TOLD = 0.5
"""A block tells what a source tells if the source covers this share of its content, by weight. Reports of the same
event cover up to 0.4 of a block."""
MOST = 0.5
"""A digest's told blocks make up at least this share of its words."""


def find_digest_sources(
    text: int,
    candidates: Sequence[int],
    roots: Mapping[int, int],
    wordings: Sequence[Wording],
    weights: Weights,
) -> dict[int, float]:
    """The sources of a digest, each with the share of content that it covers of the blocks taken from it.

    Empty where the text is no digest: unless its blocks come from at least two documents with different roots and
    together make up most of it.

    Args:
        text: the place of the document in ``wordings``.
        candidates: the places of documents that may be sources.
        roots: the place of each document's origin, by place.
        wordings: all documents.
        weights: of stems.
    """
    told: dict[int, list[Block]] = defaultdict(list)
    for block in wordings[text].blocks:
        if len(block.stems) < BLOCK_STEMS:
            continue
        weight = weights(block.stems)
        cover = {
            source: weights(block.stems & wordings[source].whole.stems) / weight for source in candidates if weight
        }
        best = max(cover, key=lambda source: (round(cover[source], 6), -source), default=None)
        if best is not None and cover[best] >= TOLD:
            told[roots[best]].append(block)
    told.pop(text, None)
    told_words = sum(block.length for blocks in told.values() for block in blocks)
    if len(told) < 2 or told_words < MOST * wordings[text].whole.length:
        return {}
    sources = {}
    for root, blocks in sorted(told.items()):
        stems = frozenset[str]().union(*(block.stems for block in blocks))
        members = [source for source in candidates if roots[source] == root]
        shares = {source: weights(stems & wordings[source].whole.stems) / weights(stems) for source in members}
        best = max(members, key=lambda source: (round(shares[source], 6), -source))
        sources[best] = shares[best]
    return sources
