"""From comparisons to lineage: which of the possible sources each document has, and the origins that this leaves.

A pure function of what is known of each document and of each pair; the texts are not read again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from materiel.sources.lineage.articles import Article, Seniority
from materiel.sources.lineage.compare import Comparison
from materiel.sources.lineage.judge import DERIVED, POSSIBLE
from materiel.terms.lineage import Credit, Derivation, DerivationKind, Lineage, SharedPassage

SAME_STORY = 0.1
"""Share of runs in common that shows two documents to be versions of one text even if one only carries a paragraph."""
TOLD = 0.38
"""A block may tell what a source tells if the source covers this share of its content, by weight."""
MARGIN = 0.05
"""... and covers it by so much more than documents of other origins do."""
APART = 0.25
"""... and by so much more than it covers the blocks taken from others: the sections of a digest are different stories,
those of one report of an event are not."""
FORMULA_HOLDERS, STORY = 3, 0.7
"""A passage that a document has word for word in common with so many others is a formula of an outlet or of the trade,
unless shared passages make up this share of one of two that have it."""
REPRINTED = 0.5
"""A text with this share of its runs in another is a version of that one, whatever else it resembles."""
MOST = 0.5
"""A digest's told blocks make up at least this share of its words."""
CREDITED_DAYS, CREDITED_NEAR, CREDITED_UNDATED = 4, 0.12, 0.15
"""Two documents that credit one outside source for their news are of one origin if they appeared within so many days
and tell, by weight, that much of the same, or more where a day is not known: an agency has more than one story."""
DIGEST_DAYS = 40
"""A round-up appears at most so many days after what it rounds up."""


@dataclass(frozen=True, slots=True)
class Profile:
    """What assembling needs to know of a document.

    Attributes:
        fingerprint: equal for documents with the same words; "" for one without words.
        published_on: ISO date or None.
        words: number of words.
        blocks: words of each larger block, in the order of :attr:`Comparison.covers`.
        after: the outside sources that it credits for its news; its own outlet is none.
        span: where in the text headline and body begin and end.
    """

    id: str
    seniority: Seniority
    fingerprint: str
    published_on: str | None
    words: int
    blocks: tuple[int, ...]
    after: tuple[str, ...]
    credits: tuple[Credit, ...]
    span: tuple[int, int]


def profile(article: Article) -> Profile:
    """The profile of an article."""
    wording = article.wording
    return Profile(
        article.id,
        article.seniority,
        wording.fingerprint,
        article.document.published_on,
        wording.whole.length,
        tuple(block.length for block in wording.blocks),
        tuple(sorted(article.leads)),
        article.credits,
        (wording.whole.start, wording.whole.end),
    )


def fold_copies(profiles: Iterable[Profile]) -> tuple[dict[str, Profile], list[Derivation]]:
    """The first of each group with the same words, by id, and the others as its copies."""
    groups: dict[str, list[Profile]] = defaultdict(list)
    for item in sorted(profiles, key=lambda item: item.seniority):
        groups[item.fingerprint or item.id].append(item)
    firsts = {group[0].id: group[0] for group in groups.values()}
    copies = [
        Derivation(later.id, group[0].id, DerivationKind.COPY, 1.0, (SharedPassage(*later.span, *group[0].span, True),))
        for group in groups.values()
        for later in group[1:]
    ]
    return firsts, copies


def assemble(profiles: Sequence[Profile], comparisons: Iterable[Comparison]) -> Lineage:
    """The lineage of some documents.

    Args:
        profiles: of every document, in any order.
        comparisons: of the pairs that are worth it, in any order; those of copies are left aside.
    """
    firsts, copies = fold_copies(profiles)
    compared = sorted(
        (c for c in comparisons if c.text in firsts and c.source in firsts), key=lambda c: (c.text, c.source)
    )
    sound = _without_formulas(compared, firsts)
    parents = _without_carriers(sound, _choose_parents(sound, firsts))
    digests = _find_digests(sound, firsts, parents)
    derivations = [
        Derivation(c.text, c.source, c.kind, round(c.score, 3), c.passages)
        for c in parents.values()
        if c.text not in digests
    ]
    derivations += [derivation for found in digests.values() for derivation in found]
    derivations += [
        Derivation(c.text, c.source, DerivationKind.PARTIAL, round(max(c.score, DERIVED), 3), c.passages)
        for c in _best_partials(sound, firsts)
        if c.text not in digests and c.text not in parents and _root(c.source, parents) != c.text
    ]
    derivations += copies
    derivations.sort(key=lambda d: (d.document, d.source))
    after = _outside(compared, firsts, parents, digests)
    origins, outside = _origins(profiles, firsts, derivations, after)
    linked = {(d.document, d.source) for d in derivations}
    return Lineage(
        origins,
        tuple(derivations),
        tuple(_related(compared, linked, origins)),
        outside,
        {item.id: item.credits for item in sorted(profiles, key=lambda item: item.id) if item.credits},
        _own(compared, derivations),
    )


def _choose_parents(compared: Sequence[Comparison], firsts: Mapping[str, Profile]) -> dict[str, Comparison]:
    """The source of each derived text: the nearest that it can derive from; none that closes a circle.

    What is nearest is judged by content, which finds the right one of several reports of an event more surely than
    the score, in which what the text has of its own weighs more. The older of two that are equally near is taken.
    """
    derived = [c for c in compared if c.score >= DERIVED]
    derived.sort(key=lambda c: (-round(c.score + 2 * c.nearness, 2), firsts[c.source].seniority))
    nearest: dict[str, Comparison] = {}
    for comparison in derived:
        nearest.setdefault(comparison.text, comparison)
    parents: dict[str, Comparison] = {}
    for comparison in sorted(nearest.values(), key=lambda c: (-c.score, firsts[c.text].seniority)):
        if _root(comparison.source, parents) != comparison.text:
            parents[comparison.text] = comparison
    return parents


def _root(document: str, parents: Mapping[str, Comparison], end: str | None = None) -> str:
    """Where the sources of a document lead, not going beyond ``end``."""
    while document in parents and document != end:
        document = parents[document].source
    return document


def _without_carriers(compared: Sequence[Comparison], parents: Mapping[str, Comparison]) -> dict[str, Comparison]:
    """The parents without those of texts that only carry over a paragraph of another version of the same story."""
    kept = dict(parents)
    for comparison in compared:
        parent = kept.get(comparison.text)
        if (
            comparison.is_carrier
            and parent
            and parent.verbatim < SAME_STORY
            and _root(comparison.source, kept, comparison.text) == _root(parent.source, kept, comparison.text)
        ):
            del kept[comparison.text]
    return kept


def _find_digests(
    compared: Sequence[Comparison], firsts: Mapping[str, Profile], parents: Mapping[str, Comparison]
) -> dict[str, list[Derivation]]:
    """Documents put together from several others, by id, with a derivation from each of the sources.

    Such a document is not near to any of its sources as a whole; its blocks are, each to one. The score is the share
    of content that the source covers of the blocks taken from it.
    """
    by_text: dict[str, list[Comparison]] = defaultdict(list)
    for comparison in compared:
        apart = _days_apart(firsts[comparison.text], firsts[comparison.source])
        if apart is None or apart <= DIGEST_DAYS:
            by_text[comparison.text].append(comparison)
    found: dict[str, list[Derivation]] = {}
    for text, candidates in sorted(by_text.items()):
        words = firsts[text].blocks
        if text in parents and parents[text].verbatim >= REPRINTED:
            continue
        best: dict[str, list[tuple[int, Comparison]]] = defaultdict(list)
        for number in range(len(words)):
            top = max(candidates, key=lambda c: (round(c.covers[number], 4), firsts[c.source].seniority))
            root = _root(top.source, parents)
            rival = max(
                (c.covers[number] for c in candidates if _root(c.source, parents) not in (root, text)), default=0.0
            )
            if top.covers[number] >= max(TOLD, rival + MARGIN) and root != text:
                best[root].append((number, top))
        told = sum(words[number] for taken in best.values() for number, _ in taken)
        if len(best) < 2 or told < MOST * firsts[text].words or not _are_apart(best):
            continue
        for _, taken in sorted(best.items()):
            number, top = max(taken, key=lambda pair: (words[pair[0]], -pair[0]))
            share = sum(c.covers[n] * words[n] for n, c in taken) / sum(words[n] for n, _ in taken)
            found.setdefault(text, []).append(
                Derivation(text, top.source, DerivationKind.DIGEST, round(share, 3), top.passages)
            )
    return found


def _are_apart(taken: Mapping[str, list[tuple[int, Comparison]]]) -> bool:
    """Whether each source covers its own blocks far better than the blocks taken from the others."""
    for root, own in taken.items():
        others = [number for other, blocks in taken.items() if other != root for number, _ in blocks]
        for number, source in own:
            if source.covers[number] < max(source.covers[other] for other in others) + APART:
                return False
    return True


def _without_formulas(compared: Sequence[Comparison], firsts: Mapping[str, Profile]) -> list[Comparison]:
    """The comparisons that do not rest on formulas: passages that many have word for word, and nobody as a story.

    A story that many reprint, whole or in part, makes up most of at least one of those that have it.
    """
    holders: dict[tuple[str, int], set[str]] = defaultdict(set)
    stories: set[tuple[str, int]] = set()
    for c in compared:
        ends = (
            (c.text, c.source, sum(p.end - p.start for p in c.passages)),
            (c.source, c.text, sum(p.source_end - p.source_start for p in c.passages)),
        )
        is_story = any(length >= STORY * (firsts[one].span[1] - firsts[one].span[0]) for one, _, length in ends)
        for passage in c.passages:
            for (one, other, _), start in zip(ends, (passage.start, passage.source_start), strict=True):
                if passage.is_verbatim:
                    holders[one, start].add(other)
                    stories.update([(one, start)] if is_story else ())
    formulas = {place for place, others in holders.items() if len(others) >= FORMULA_HOLDERS} - stories
    return [
        c
        for c in compared
        if not any(p.is_verbatim for p in c.passages)
        or any(p.is_verbatim and (c.text, p.start) not in formulas for p in c.passages)
    ]


def _best_partials(compared: Sequence[Comparison], firsts: Mapping[str, Profile]) -> Iterable[Comparison]:
    """For each document a part of which comes from others, the one of these that has most of it."""
    best: dict[str, Comparison] = {}
    for comparison in sorted(
        (c for c in compared if c.is_partial), key=lambda c: (-round(c.nearness, 2), firsts[c.source].seniority)
    ):
        best.setdefault(comparison.text, comparison)
    return best.values()


def _outside(
    compared: Sequence[Comparison],
    firsts: Mapping[str, Profile],
    parents: Mapping[str, Comparison],
    digests: Mapping[str, object],
) -> dict[str, tuple[str, str]]:
    """Document that is no longer an origin -> the document that carried the same outside source first, and its name."""
    roots = {text: text for text in firsts if text not in parents and text not in digests}
    leaders = {text: text for text in roots}

    def leader(text: str) -> str:
        while leaders[text] != text:
            text = leaders[text]
        return text

    names: dict[str, str] = {}
    for comparison in compared:
        one, other = comparison.text, comparison.source
        if one not in roots or other not in roots or not comparison.after:
            continue
        apart = _days_apart(firsts[one], firsts[other])
        if comparison.nearness < (CREDITED_UNDATED if apart is None else CREDITED_NEAR):
            continue
        if apart is not None and apart > CREDITED_DAYS:
            continue
        first, second = sorted((leader(one), leader(other)), key=lambda text: firsts[text].seniority)
        if first != second:
            leaders[second] = first
        names.setdefault(first, comparison.after)
    return {text: (leader(text), names.get(leader(text), "")) for text in roots if leader(text) != text}


def _days_apart(one: Profile, other: Profile) -> int | None:
    """Days between two documents; None where one is not dated to the day."""
    if not one.published_on or not other.published_on or min(len(one.published_on), len(other.published_on)) < 10:
        return None
    return abs((date.fromisoformat(one.published_on[:10]) - date.fromisoformat(other.published_on[:10])).days)


def _origins(
    profiles: Sequence[Profile],
    firsts: Mapping[str, Profile],
    derivations: Sequence[Derivation],
    after: Mapping[str, tuple[str, str]],
) -> tuple[dict[str, tuple[str, ...]], dict[str, str]]:
    """The origins of each document, the surest first, and the outside source that an origin reports after."""
    sources: dict[str, list[Derivation]] = defaultdict(list)
    for derivation in sorted(derivations, key=lambda d: (-d.score, d.source)):
        sources[derivation.document].append(derivation)

    def of(document: str) -> tuple[str, ...]:
        """The ends of all ways from a document to its sources, the surest way first; a circle has no end."""
        ends: list[str] = []
        seen: set[str] = set()
        waiting = [document]
        while waiting:
            one = waiting.pop()
            if one in seen:
                continue
            seen.add(one)
            if one in after:
                waiting.append(after[one][0])
                continue
            taken = sources.get(one, [])
            if not taken or taken[0].kind is DerivationKind.PARTIAL:
                ends.append(one)
            waiting += [derivation.source for derivation in reversed(taken)]
        return tuple(ends) or (min(seen),)

    origins = {item.id: of(item.id) for item in sorted(profiles, key=lambda item: item.id)}
    outside: dict[str, str] = {}
    for origin in sorted({origin for reached in origins.values() for origin in reached}):
        carried = sorted({name for first, name in after.values() if first == origin and name})
        names = (*carried, *firsts[origin].after)
        if names:
            outside[origin] = names[0]
    return origins, outside


def _related(
    compared: Sequence[Comparison], linked: set[tuple[str, str]], origins: Mapping[str, tuple[str, ...]]
) -> Iterable[Derivation]:
    """Pairs with something to show that do not rest on one origin anyway."""
    for c in compared:
        if (c.text, c.source) in linked or set(origins[c.text]) & set(origins[c.source]):
            continue
        if c.score >= POSSIBLE:
            yield Derivation(c.text, c.source, DerivationKind.POSSIBLE, round(c.score, 3), c.passages)
        elif verbatim := tuple(passage for passage in c.passages if passage.is_verbatim):
            yield Derivation(c.text, c.source, DerivationKind.INDEPENDENT, round(c.score, 3), verbatim)


def _own(compared: Sequence[Comparison], derivations: Sequence[Derivation]) -> dict[str, tuple[tuple[int, int], ...]]:
    """By derived document, the stretches that none of its sources covers."""
    by_pair = {(c.text, c.source): c for c in compared}
    own: dict[str, set[tuple[int, int]]] = {}
    for derivation in derivations:
        comparison = by_pair.get((derivation.document, derivation.source))
        stretches = set(comparison.own) if comparison else set()
        own[derivation.document] = own.get(derivation.document, stretches) & stretches
    return {document: tuple(sorted(stretches)) for document, stretches in sorted(own.items()) if stretches}
