"""What two documents have in common that speaks for derivation, and what speaks against it, as a few numbers.

A derived text takes over: runs of words, or, reworded, the content and the details of its source. A report of its own
brings details and quotations of its own. A paragraph of background that is carried over whole shows neither, so where
one is, the rest of the later text is judged.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

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

Weigh = Callable[[frozenset[str]], float]
"""The summed weight of some stems: the rarer, the heavier."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One ordered pair, a text and its possible source. All but the last two are shares from 0 to 1.

    Attributes:
        verbatim: runs of five words, outside quotations, in the source; of the shorter of the two.
        coverage: the text's content, by weight, that is in the source, drawn to 0 where there is little.
        kept: the text's details, by weight, that are in the source, drawn to 0 where there are few.
        carried: words of the text in paragraphs carried over whole, where these are its only common wording.
        fresh: names and figures of its own, in 100 words.
        voices: quotations of its own, in 100 words.
    """

    verbatim: float
    coverage: float
    kept: float
    carried: float
    fresh: float
    voices: float


def weigh_evidence(text: Wording, source: Wording, weigh: Weigh, ignored: frozenset[str] = frozenset()) -> Evidence:
    """The evidence that ``text`` derives from ``source``.

    Args:
        text: the later of the two.
        source: the earlier.
        weigh: the summed weight of stems.
        ignored: runs that prove nothing, since many unlike documents have them.
    """
    runs = source.whole.runs - ignored
    rest, carried = _without_carried(text, source, ignored)
    own_runs = rest.runs - ignored
    shared = len(own_runs & runs)
    content, details = weigh(rest.stems), weigh(rest.details)
    known = source.whole.stems
    return Evidence(
        verbatim=shared / max(RUN_FLOOR, min(len(own_runs), len(runs))) if shared else 0.0,
        coverage=weigh(rest.stems & known) / (content + CONTENT_PRIOR),
        kept=weigh(rest.details & known) / (details + DETAIL_PRIOR),
        carried=carried,
        fresh=_fresh(rest, known),
        voices=100 * len(rest.quotes - source.whole.quotes) / (rest.length + FRESH_PRIOR),
    )


def _fresh(text: Block, known: frozenset[str]) -> float:
    if len(text.details) < FEW_DETAILS:
        return TYPICAL_FRESH
    return 100 * (len(text.details - known) + 1) / (text.length + FRESH_PRIOR)


def _without_carried(text: Wording, source: Wording, ignored: frozenset[str]) -> tuple[Block, float]:
    """The text without paragraphs carried over, and their share; the whole text where its wording is shared beyond."""
    runs = source.whole.runs - ignored
    if not text.whole.runs or text.whole.runs.isdisjoint(runs):
        return text.whole, 0.0
    carried: list[Block] = []
    rest: list[Block] = []
    for paragraph in text.paragraphs:
        own = paragraph.runs - ignored
        is_carried = paragraph.length >= CARRIED_LENGTH and len(own & runs) >= CARRIED_SHARE * len(own) > 0
        (carried if is_carried else rest).append(paragraph)
    left = join(rest)
    share = join(carried).length / max(text.whole.length, 1)
    stray = len((left.runs - ignored) & runs) / max(len(left.runs), 1)
    embeds = len(text.whole.runs & runs) >= CARRIED_SHARE * max(len(runs), RUN_FLOOR)
    if not carried or share > CARRIED_SHARE or stray > STRAY_SHARE or embeds:
        return text.whole, 0.0
    return left, share
