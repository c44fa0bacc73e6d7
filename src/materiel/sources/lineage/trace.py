"""From documents to their lineage: sketch each, ask the index which pairs are worth comparing, compare, assemble."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from materiel.sources.lineage.articles import Article, read_article
from materiel.sources.lineage.assemble import Profile, assemble, profile
from materiel.sources.lineage.compare import Comparison, compare
from materiel.sources.lineage.index import CandidateIndex
from materiel.sources.lineage.kept import pack_comparison, pack_document, unpack_comparison, unpack_document
from materiel.sources.lineage.sketches import Sketch, sketch
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
    known = {id_: found for id_ in documents if (found := unpack_document(sketches.get(id_, b"")))}
    new = {id_: _read(document) for id_, document in sorted(documents.items()) if id_ not in known}
    profiles = {**{id_: item for id_, (item, _) in known.items()}, **{id_: item for id_, (item, _) in new.items()}}
    index = CandidateIndex()
    index.load((id_, item.seniority, sketched) for id_, (item, sketched) in sorted(known.items()))
    index.load((id_, item.seniority, sketched) for id_, (item, sketched) in sorted(new.items()))
    wanted = sorted(index.pairs())
    kept = {
        frozenset(pair): comparison
        for pair, packed in comparisons.items()
        if (comparison := unpack_comparison(*pair, packed))
    }
    missing = [pair for pair in wanted if frozenset(pair) not in kept]
    made = list(_compare(missing, documents, progress))
    found = {**kept, **{frozenset((c.text, c.source)): c for c in made}}
    lineage = assemble(list(profiles.values()), [found[frozenset(pair)] for pair in wanted])
    return Traced(
        lineage,
        {id_: pack_document(item, sketched) for id_, (item, sketched) in new.items()},
        {(c.text, c.source): pack_comparison(c) for c in made},
    )


def _read(document: Document) -> tuple[Profile, Sketch]:
    sketched = sketch(document)
    return replace(profile(read_article(document)), fingerprint=sketched.fingerprint), sketched


def _compare(
    pairs: Sequence[tuple[str, str]], documents: Mapping[str, Document], progress: Progress | None
) -> Iterable[Comparison]:
    @lru_cache(ARTICLES_AT_HAND)
    def article(id_: str) -> Article:
        return read_article(documents[id_])

    for number, (one, other) in enumerate(pairs, start=1):
        yield compare(article(one), article(other))
        if progress:
            progress(number, len(pairs))
