"""What two documents have in common that speaks for derivation, and what speaks against it, as numbers.

A derived text takes over: runs of words, or, reworded, the content and the details of its source, in its order, and it
has little of its own. A report of its own brings details and quotations of its own, however much official wording the
two share. A paragraph of background that is carried over whole shows neither, so where one is, the rest of the later
text is judged.

Every number is a function of the two documents alone (and of a bundled background of how common words are).
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from datetime import date

from materiel.sources.lineage.alignment import SHARED, Aligned, in_order
from materiel.sources.lineage.articles import Article, meet
from materiel.sources.lineage.weights import weigh
from materiel.sources.lineage.wording import Block, Wording, join

CARRIED_SHARE = 0.5
"""A paragraph is carried over if this share of its runs of five words is in the other text."""
CARRIED_LENGTH = 15
"""Words that a paragraph needs to be called carried over."""
STRAY_SHARE = 0.05
"""The rest of a text that merely carries a paragraph has at most this share of its runs in the other text."""
DETAIL_PRIOR = 8.0
"""Weight of details that must be shared before their share is trusted: about two rare names."""
CONTENT_PRIOR = 20.0
"""The same for all content: a sentence of three words can be found in many texts and comes from none of them."""
FRESH_PRIOR = 25
"""Words with one name or figure of their own that are added to every text: a short one shows little by having none."""
FEW_DETAILS, TYPICAL_FRESH = 2, 5.0
"""A text with fewer names and figures than that (all in small letters, say) shows nothing by having none of its own:
it is taken to have as many in 100 words as a report has."""
RUN_FLOOR = 20
"""Shares of runs are taken of at least so many, so that one common phrase in a brief does not look like a copy."""
LEAD = 3
"""Sentences at the head of a text, headline included, that tell its news."""
LOW_COVER = 0.15
"""A sentence that is covered less than that tells something else."""


def weigh_evidence(
    text: Article, source: Article, told: Sequence[Aligned], kept: Sequence[Aligned]
) -> dict[str, float]:
    """The evidence that ``text`` derives from ``source``, by name.

    Args:
        text: the later of the two.
        source: the earlier.
        told: the sentences of the text, each with its place in the source.
        kept: the sentences of the source, each with its place in the text.

    Returns:
        the features of :mod:`materiel.sources.lineage.judge`, each about 0 to 5.
    """
    rest, carried = _without_carried(text.wording, source.wording)
    return {
        **_wording(text.wording, source.wording, rest, carried),
        **_sentences(told, kept),
        **_details(text.wording.whole, source.wording.whole),
        **_credits(text, source),
        "days": _days(text.document.published_on, source.document.published_on),
        "asides": math.log1p(5 * text.asides),
        "hearsay": math.log1p(5 * text.hearsay),
        "source_asides": math.log1p(5 * (source.asides + source.hearsay)),
    }


def verbatim_share(text: Wording, source: Wording) -> float:
    """Share of the runs of five words of the shorter of two texts that are in the other."""
    one, other = text.whole.runs, source.whole.runs
    shared = len(one & other)
    return shared / max(RUN_FLOOR, min(len(one), len(other))) if shared else 0.0


def _wording(text: Wording, source: Wording, rest: Block, carried: float) -> dict[str, float]:
    runs = source.whole.runs
    shared = len(rest.runs & runs)
    verbatim = shared / max(RUN_FLOOR, min(len(rest.runs), len(runs))) if shared else 0.0
    known = source.whole.stems
    common = weigh(text.whole.stems & known)
    return {
        "verbatim": math.log1p(50 * verbatim),
        "coverage": weigh(rest.stems & known) / (weigh(rest.stems) + CONTENT_PRIOR),
        "kept": weigh(rest.details & known) / (weigh(rest.details) + DETAIL_PRIOR),
        "fresh": math.log1p(_fresh(rest, known)),
        "voices": min(100 * len(rest.quotes - source.whole.quotes) / (rest.length + FRESH_PRIOR), 1.0),
        "carried": float(carried > 0),
        "overlap": common / (weigh(text.whole.stems | known) + CONTENT_PRIOR / 2),
        "length": math.log1p(text.whole.length),
        "longer": math.log((text.whole.length + 20) / (source.whole.length + 20)),
    }


def _sentences(told: Sequence[Aligned], kept: Sequence[Aligned]) -> dict[str, float]:
    words = sum(item.length for item in told) or 1
    shared = [item for item in told if item.cover >= SHARED]
    with_runs = [item for item in told if item.verbatim > 0]
    many = max(len(told), LEAD)
    return {
        "told": sum(item.cover * item.length for item in told) / words,
        "told_share": sum(item.length for item in shared) / words,
        "order": in_order([item.place for item in shared]),
        "source_told": sum(item.cover * item.length for item in kept) / (sum(item.length for item in kept) or 1),
        "lead": max((item.cover for item in told[:LEAD]), default=0.0),
        "nearest": max((item.cover for item in told), default=0.0),
        "else": sum(item.cover < LOW_COVER for item in told) / many,
        "touched": len(with_runs) / many,
    }


def _details(text: Block, source: Block) -> dict[str, float]:
    figures, names = _figures(text.details), _names(text.details)
    return {
        "figures_kept": (weigh(figures & _figures(source.details)) + 1) / (weigh(figures) + 4),
        "names_kept": (weigh(names & _names(source.details)) + 2) / (weigh(names) + DETAIL_PRIOR),
        "fresh_figures": math.log1p(len(figures - source.stems)),
        "fresh_names": math.log1p(len(names - source.stems)),
        "own_quotes": math.log1p(len(text.quotes - source.quotes)),
        "same_quotes": math.log1p(len(text.quotes & source.quotes)),
        "left_out": len(source.details - text.stems) / (len(source.details) + 3),
    }


def _credits(text: Article, source: Article) -> dict[str, float]:
    theirs = source.outlets | source.wholes
    return {
        "credits_source": float(meet(text.named, theirs) or has_credit(text, source)),
        "credited_back": float(meet(source.named, text.outlets | text.wholes)),
        "same_lead": float(bool(shared_lead(text, source)) or meet(text.wholes, source.wholes)),
        "other_agency": float(bool(text.wholes and theirs) and not meet(text.wholes, theirs | source.named)),
        "agency_copy": float(bool(text.wholes)),
    }


def _days(one: str | None, other: str | None) -> float:
    """How long after each other the two appeared, from 0; 0 where it is not known."""
    if not one or not other or len(one) < 10 or len(other) < 10:
        return 0.0
    return math.log1p(abs((date.fromisoformat(one[:10]) - date.fromisoformat(other[:10])).days) / 3)


def shared_lead(one: Article, other: Article) -> str | None:
    """The outside source that both credit for their news; one of them may only name it at its beginning.

    Neither is that source's own.
    """
    own = one.outlets | other.outlets
    named = sorted(
        name
        for name in (one.leads | other.leads) - own
        if (name in one.leads or _names_it(one, name)) and (name in other.leads or _names_it(other, name))
    )
    return named[0] if named else None


def _names_it(article: Article, name: str) -> bool:
    return bool(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", article.head))


MIN_PUBLISHER = 4
"""Letters that an outlet's name needs before finding it in a text means a credit."""


def has_credit(text: Article, source: Article) -> bool:
    """Whether the text names the outlet of the source anywhere, and is not that outlet's own."""
    publisher = source.document.publisher
    if not publisher or publisher == text.document.publisher:
        return False
    name = " ".join(publisher.casefold().removeprefix("the ").split())
    return len(name) >= MIN_PUBLISHER and name in " ".join(text.document.text.casefold().split())


def _figures(details: frozenset[str]) -> frozenset[str]:
    return frozenset(detail for detail in details if detail[0].isdigit())


def _names(details: frozenset[str]) -> frozenset[str]:
    """Names of people, firms and places below the state."""
    return frozenset(detail for detail in details if not detail[0].isdigit() and detail[0] != "=")


def _fresh(text: Block, known: frozenset[str]) -> float:
    if len(text.details) < FEW_DETAILS:
        return TYPICAL_FRESH
    return 100 * (len(text.details - known) + 1) / (text.length + FRESH_PRIOR)


def _without_carried(text: Wording, source: Wording) -> tuple[Block, float]:
    """The text without paragraphs carried over, and their share; the whole text where its wording is shared beyond."""
    runs = source.whole.runs
    if not text.whole.runs or text.whole.runs.isdisjoint(runs):
        return text.whole, 0.0
    carried: list[Block] = []
    rest: list[Block] = []
    for paragraph in text.paragraphs:
        is_carried = (
            paragraph.length >= CARRIED_LENGTH and len(paragraph.runs & runs) >= CARRIED_SHARE * len(paragraph.runs) > 0
        )
        (carried if is_carried else rest).append(paragraph)
    left = join(rest)
    share = join(carried).length / max(text.whole.length, 1)
    stray = len(left.runs & runs) / max(len(left.runs), 1)
    embeds = len(text.whole.runs & runs) >= CARRIED_SHARE * max(len(runs), RUN_FLOOR)
    if not carried or share > CARRIED_SHARE or stray > STRAY_SHARE or embeds:
        return text.whole, 0.0
    return left, share
