"""Two documents compared: how near one is to the other, and what shows it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from materiel.sources.lineage.alignment import VERBATIM, Aligned, align, passages
from materiel.sources.lineage.articles import Article, meet
from materiel.sources.lineage.evidence import CARRIED_SHARE, has_credit, shared_lead, verbatim_share, weigh_evidence
from materiel.sources.lineage.judge import DERIVED, POSSIBLE, kind_of, leans, score
from materiel.sources.lineage.weights import weigh
from materiel.sources.lineage.wording import BLOCK_STEMS, Wording
from materiel.terms.lineage import DerivationKind, SharedPassage

SHORT = 30
"""Words below which a text that is not word for word shows too little: the score sinks with its length."""
CREDITED_COVER = 0.4
"""Share of content that a section taken from a credited source has in common with it."""
NEXT = 150
"""Characters between a credit and the passage that it is for: about a sentence."""
COPIED_WORDS, COPIED_AT_ONCE, COPIED_SHARE = 50, 80, 0.15
"""Words taken over in several paragraphs, or in one, and their share of the text, from which they are more than a
paragraph of background: follow-ups repeat up to 68 words in one."""
OWN_COVER = 0.3
"""A sentence that no place of the source covers to this share may tell something of its own."""
OWN_DETAILS = 2
"""Names and figures that the source has not, from which such a sentence does."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """How ``text`` stands to ``source``, two document ids; a pure function of the two documents.

    Attributes:
        score: 0 to 1, how likely it derives from it.
        kind: of derivation, if it is one.
        verbatim: share of the runs of five words of the shorter one that the other has.
        nearness: how much of the text's content the source has; to choose among several sources.
        after: the outside source that both report after, or None.
        is_partial: the text credits the source's outlet for a passage that the source has, or has taken over more than
            a paragraph of it word for word.
        is_carrier: the two share a paragraph word for word and nothing else.
        covers: share of the content of each larger block of the text that the source has, by weight.
        passages: what the two share, in the order of the text.
        own: stretches of the text that tell what the source does not.
    """

    text: str
    source: str
    score: float
    kind: DerivationKind
    verbatim: float
    nearness: float
    after: str | None
    is_partial: bool
    is_carrier: bool
    covers: tuple[float, ...]
    passages: tuple[SharedPassage, ...]
    own: tuple[tuple[int, int], ...]


def compare(one: Article, other: Article) -> Comparison:
    """The comparison in the direction in which the one derives from the other, if it does.

    Dates decide the direction; then what each credits, lacks and adds.
    """
    first, second = one.document.published_on, other.document.published_on
    told, kept = (
        align(one.wording.sentences, other.wording.sentences),
        align(other.wording.sentences, one.wording.sentences),
    )
    forth, back = weigh_evidence(one, other, told, kept), weigh_evidence(other, one, kept, told)
    if first and second and first[:10] != second[:10]:
        is_forth = first > second
    elif forth["credits_source"] != back["credits_source"]:
        is_forth = forth["credits_source"] > 0
    else:
        lean = leans(forth, back)
        is_forth = lean > 0 if lean else one.id > other.id
    return _comparison(one, other, forth, told) if is_forth else _comparison(other, one, back, kept)


def evidence_of(text: Article, source: Article) -> dict[str, float]:
    """What speaks for and against ``text`` deriving from ``source``: what the weights are fitted on."""
    told = align(text.wording.sentences, source.wording.sentences)
    kept = align(source.wording.sentences, text.wording.sentences)
    return weigh_evidence(text, source, told, kept)


def _comparison(text: Article, source: Article, evidence: Mapping[str, float], told: list[Aligned]) -> Comparison:
    verbatim = verbatim_share(text.wording, source.wording)
    short = min(text.wording.whole.length, source.wording.whole.length) / SHORT if verbatim < VERBATIM else 1.0
    value = round(score(evidence) * min(short, 1.0), 6)
    known = source.wording.whole.stems
    covers = tuple(
        round(weigh(block.stems & known) / weigh(block.stems), 6) if len(block.stems) >= BLOCK_STEMS else 0.0
        for block in text.wording.blocks
    )
    is_derived = value >= DERIVED
    shared = passages(text.wording.sentences, source.wording.sentences, told, is_derived=is_derived)
    return Comparison(
        text.id,
        source.id,
        value,
        kind_of(verbatim, evidence),
        round(verbatim, 6),
        round(evidence["coverage"] + verbatim, 6),
        shared_lead(text, source),
        (max(covers, default=0.0) >= CREDITED_COVER and _is_credited_part(text, source, shared))
        or _is_copied_part(text, source),
        evidence["carried"] > 0,
        covers,
        shared,
        _own(text.wording, source.wording, told) if value >= POSSIBLE else (),
    )


def _is_credited_part(text: Article, source: Article, shared: Sequence[SharedPassage]) -> bool:
    """Whether a credit to the source's outlet stands in a passage that the two share, or beside it."""
    theirs = source.outlets | source.wholes
    spans = [(c.start, c.end) for c in text.credits if not c.is_whole and meet(frozenset({c.name}), theirs)]
    publisher = source.document.publisher
    if not spans and publisher and has_credit(text, source):
        spans = [
            (m.start(), m.end()) for m in re.finditer(re.escape(publisher.removeprefix("The ")), text.document.text)
        ]
    return any(a <= passage.end + NEXT and b >= passage.start - NEXT for a, b in spans for passage in shared)


def _is_copied_part(text: Article, source: Article) -> bool:
    """Whether the text has taken over more than one paragraph of background from another outlet."""
    if text.outlets & source.outlets:
        return False
    runs = source.wording.whole.runs
    copied = [p for p in text.wording.paragraphs if p.runs and len(p.runs & runs) >= CARRIED_SHARE * len(p.runs)]
    words = sum(paragraph.length for paragraph in copied)
    least = COPIED_WORDS if len(copied) > 1 else COPIED_AT_ONCE
    return words >= max(least, COPIED_SHARE * text.wording.whole.length)


def _own(text: Wording, source: Wording, told: list[Aligned]) -> tuple[tuple[int, int], ...]:
    known = source.whole.stems
    found: list[tuple[int, int]] = []
    for item in told:
        block = text.sentences[item.sentence]
        if item.cover < OWN_COVER and item.verbatim == 0 and len(block.details - known) >= OWN_DETAILS:
            found.append((block.start, block.end))
    return tuple(found)
