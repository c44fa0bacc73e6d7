"""From documents to their lineage."""

from __future__ import annotations

from collections.abc import Sequence

from materiel.sources.lineage.articles import read_article
from materiel.sources.lineage.assemble import assemble, fold_copies, profile
from materiel.sources.lineage.compare import compare
from materiel.sources.lineage.weights import weigh
from materiel.terms.documents import Document
from materiel.terms.lineage import Lineage


def trace_lineage(documents: Sequence[Document]) -> Lineage:
    """Who derives from whom among the documents.

    The result depends on the set of documents only, not on their order; the same document given twice counts once.
    Derivations lead from the later to the earlier document, by date where both have one.
    """
    articles = {article.id: article for article in map(read_article, documents)}
    profiles = [profile(article) for article in articles.values()]
    firsts, _ = fold_copies(profiles)
    names = sorted(firsts)
    comparisons = []
    import itertools

    for a, b in itertools.combinations(names, 2):
        if weigh(articles[a].wording.whole.stems & articles[b].wording.whole.stems) > 20:
            comparisons.append(compare(articles[a], articles[b]))
    return assemble(profiles, comparisons)
