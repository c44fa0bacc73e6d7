"""From documents to their lineage: sketch each, ask the index which pairs are worth comparing, compare, assemble."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from materiel.sources.lineage.articles import Article, read_article
from materiel.sources.lineage.assemble import assemble, profile
from materiel.sources.lineage.compare import Comparison, compare
from materiel.sources.lineage.index import CandidateIndex
from materiel.sources.lineage.kept import pack_comparison, pack_document, unpack_comparison, unpack_document
from materiel.sources.lineage.sketches import sketch_all
from materiel.terms.documents import Document
from materiel.terms.lineage import Lineage

ARTICLES_AT_HAND = 5_000
"""Articles that are kept in memory while pairs of them are compared."""

Progress = Callable[[int, int], None]
"""Is told how many pairs have been compared, and how many there are."""


@dataclass(frozen=True, slots=True)
class Traced:
    """A lineage, and what was newly found out on the way, to be kept.

    Attributes:
        sketches: by document id.
        comparisons: by the ids of text and source.
    """

    lineage: Lineage
    sketches: dict[str, bytes]
    comparisons: dict[tuple[str, str], str]


def trace_lineage(documents: Sequence[Document], *, progress: Progress | None = None) -> Lineage:
    """Who derives from whom among the documents.

    The result depends on the set of documents only, not on their order; the same document given twice counts once.
    Derivations lead from the later to the earlier document, by date where both have one.
    """
    return extend_lineage({document.id: document for document in documents}, {}, {}, progress=progress).lineage


def extend_lineage(
    documents: Mapping[str, Document],
    sketches: Mapping[str, bytes],
    comparisons: Mapping[tuple[str, str], str],
    *,
    progress: Progress | None = None,
) -> Traced:
    """The same, given what was found out before: a new document is compared with its candidates and with nothing else.

    Args:
        documents: all of them, by id.
        sketches: kept from before; what does not hold any more counts as not there.
        comparisons: likewise.
        progress: as the comparing goes on.

    Returns:
        the lineage of all documents, the same as if they had all come at once, in any order.
    """

    @lru_cache(ARTICLES_AT_HAND)
    def article(id_: str) -> Article:
        return read_article(documents[id_])

    read = {id_: kept for id_ in documents if (kept := unpack_document(sketches.get(id_, b"")))}
    new = sorted(documents.keys() - read.keys())
    for id_, sketched in zip(new, sketch_all([documents[id_] for id_ in new]), strict=True):
        read[id_] = replace(profile(article(id_)), fingerprint=sketched.fingerprint), sketched
    index = CandidateIndex()
    index.load((id_, item.seniority, sketched) for id_, (item, sketched) in sorted(read.items()))
    wanted = sorted(index.pairs())
    found: dict[frozenset[str], Comparison] = {}
    for (text, source), packed in comparisons.items():
        if comparison := unpack_comparison(text, source, packed):
            found[frozenset((text, source))] = comparison
    missing = [pair for pair in wanted if frozenset(pair) not in found]
    made: list[Comparison] = []
    for number, (one, other) in enumerate(missing, start=1):
        made.append(compare(article(one), article(other)))
        if progress:
            progress(number, len(missing))
    found.update((frozenset((c.text, c.source)), c) for c in made)
    return Traced(
        assemble([item for item, _ in read.values()], [found[frozenset(pair)] for pair in wanted]),
        {id_: pack_document(*read[id_]) for id_ in new},
        {(c.text, c.source): pack_comparison(c) for c in made},
    )
