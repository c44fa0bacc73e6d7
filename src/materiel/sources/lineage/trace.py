"""From documents to their lineage: who derives from whom, and the origin that each rests on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from materiel.sources.lineage.candidates import common_runs, propose_pairs
from materiel.sources.lineage.digests import find_digest_sources
from materiel.sources.lineage.direction import Account, has_credit, is_source
from materiel.sources.lineage.evidence import CARRIED_SHARE, Evidence, weigh_evidence
from materiel.sources.lineage.judge import kind_of, score
from materiel.sources.lineage.weights import Weights
from materiel.sources.lineage.wording import read_wording
from materiel.terms.documents import Document
from materiel.terms.lineage import Derivation, DerivationKind, Lineage

MAX_HOLDERS = 6
"""Runs of words in more documents than this are formulas or boilerplate, and are ignored, unless the two documents
share most of what they say: then it is a story that many have reprinted."""
DERIVED = 0.5
"""The score from which a document counts as derived."""
SAME_STORY = 0.1
"""Share of runs in common that shows two documents to be versions of one text even if one only carries a paragraph."""


def trace_lineage(documents: Sequence[Document]) -> Lineage:
    """Who derives from whom among the documents.

    The result depends on the set of documents only, not on their order; the same document given twice counts once.
    Derivations lead from the later to the earlier document, by date where both have one. A document that rests on
    several origins (a digest) has a derivation for each and goes back to the one with the highest score.
    """
    by_id = {document.id: document for document in documents}
    accounts = [Account(id_, document, read_wording(document)) for id_, document in sorted(by_id.items())]
    accounts.sort(key=lambda account: account.seniority)
    firsts, derivations = _fold_copies(accounts)
    derivations += _Comparison(firsts).derivations()
    return Lineage(
        _origins(sorted(by_id), derivations), tuple(sorted(derivations, key=lambda d: (d.document, d.source)))
    )


def _fold_copies(accounts: Sequence[Account]) -> tuple[list[Account], list[Derivation]]:
    """The first of each group with the same words, and the others as its copies."""
    groups: dict[str, list[Account]] = defaultdict(list)
    for account in accounts:
        groups[account.wording.fingerprint or account.id].append(account)
    firsts, copies = [], []
    for group in groups.values():
        first = group[0]
        firsts.append(first)
        copies += [Derivation(later.id, first.id, DerivationKind.COPY, 1.0) for later in group[1:]]
    return firsts, copies


@dataclass(frozen=True, slots=True)
class _Link:
    """A text and a possible source with the evidence, by place in the list of accounts."""

    text: int
    source: int
    evidence: Evidence
    score: float

    @property
    def nearness(self) -> float:
        return self.evidence.coverage + self.evidence.verbatim


class _Comparison:
    """Distinct documents compared with each other, oldest first."""

    def __init__(self, accounts: Sequence[Account]) -> None:
        self.accounts = accounts
        self.wordings = [account.wording for account in accounts]
        self.weights = Weights(wording.whole.stems for wording in self.wordings)
        self.common = common_runs(self.wordings, MAX_HOLDERS)

    def derivations(self) -> list[Derivation]:
        links = [self._link(one, other) for one, other in propose_pairs(self.wordings, self.weights)]
        parents = self._without_carriers(links, _choose_parents(links, self.accounts))
        roots = {place: _root(place, parents) for place in range(len(self.accounts))}
        candidates: dict[int, list[int]] = defaultdict(list)
        for link in links:
            candidates[link.text].append(link.source)
        found = []
        for text in range(len(self.accounts)):
            parts = find_digest_sources(text, candidates[text], roots, self.wordings, self.weights)
            if parts:
                found += [
                    self._derivation(text, source, DerivationKind.PARTIAL, part)
                    for source, part in sorted(parts.items())
                ]
            elif text in parents:
                link = parents[text]
                found.append(self._derivation(text, link.source, kind_of(link.evidence), link.score))
        return found

    def _derivation(self, text: int, source: int, kind: DerivationKind, value: float) -> Derivation:
        return Derivation(self.accounts[text].id, self.accounts[source].id, kind, round(value, 3))

    def _link(self, one: int, other: int) -> _Link:
        source, text = (one, other) if is_source(self.accounts[one], self.accounts[other]) else (other, one)
        later, earlier = self.wordings[text], self.wordings[source]
        shared = len(later.whole.runs & earlier.whole.runs)
        is_reprint = shared > CARRIED_SHARE * min(len(later.whole.runs), len(earlier.whole.runs))
        ignored = frozenset() if is_reprint else self.common
        evidence = weigh_evidence(later, earlier, self.weights, ignored)
        is_credited = has_credit(self.accounts[text].document, self.accounts[source].document)
        return _Link(text, source, evidence, score(evidence, is_credited=is_credited))

    @staticmethod
    def _without_carriers(links: Sequence[_Link], parents: Mapping[int, _Link]) -> dict[int, _Link]:
        """The parents without those of texts that only carry over a paragraph of another version of the same story."""
        kept = dict(parents)
        for link in sorted(links, key=lambda link: (link.text, link.source)):
            parent = kept.get(link.text)
            if (
                link.evidence.carried
                and parent
                and parent.evidence.verbatim < SAME_STORY
                and _root(link.source, kept, link.text) == _root(parent.source, kept, link.text)
            ):
                del kept[link.text]
        return kept


def _choose_parents(links: Sequence[_Link], accounts: Sequence[Account]) -> dict[int, _Link]:
    """The source of each derived text: the nearest that it can derive from; none that closes a circle.

    What is nearest is judged by content, which finds the right one of several reports of an event more surely than
    the score, in which what the text has of its own weighs more. The older of two that are equally near is taken.
    """
    derived = [link for link in links if link.score >= DERIVED]
    derived.sort(key=lambda link: (-round(link.nearness, 2), accounts[link.source].seniority))
    nearest: dict[int, _Link] = {}
    for link in derived:
        nearest.setdefault(link.text, link)
    parents: dict[int, _Link] = {}
    for link in sorted(nearest.values(), key=lambda link: (-link.score, accounts[link.text].seniority)):
        if _root(link.source, parents) != link.text:
            parents[link.text] = link
    return parents


def _root(place: int, parents: Mapping[int, _Link], end: int | None = None) -> int:
    """Where the sources of a document lead, not going beyond ``end``."""
    while place in parents and place != end:
        place = parents[place].source
    return place


def _origins(ids: Sequence[str], derivations: Sequence[Derivation]) -> dict[str, tuple[str, ...]]:
    """The document that each goes back to along its surest derivations."""
    best: dict[str, Derivation] = {}
    for derivation in sorted(derivations, key=lambda d: (-d.score, d.source)):
        best.setdefault(derivation.document, derivation)
    origins: dict[str, tuple[str, ...]] = {}
    for id_ in ids:
        origin = id_
        while origin in best:
            origin = best[origin].source
        origins[id_] = (origin,)
    return origins
