"""From evidence to a verdict: a score from 0 to 1, derived from 0.5 upwards, and the kind of derivation.

The score is logistic in seven features. The weights were set by hand to round numbers, with all the families under
``gold/lineage`` in view; the notes under the constants say what each is worth. A ridge regression on those families
leans more on details and not at all on coverage, and does worse on families left out; it has too few rewrites to go by.
The weights have to be judged again if the features change: ``tests/sources/test_lineage_gold.py`` shows the effect.
"""

from __future__ import annotations

import math

from materiel.sources.lineage.evidence import Evidence
from materiel.terms.lineage import DerivationKind

BIAS = -1.2
VERBATIM = 2.0
"""Times log(1 + 50 share): 3 % of the runs of five words is worth 1.8, 10 % 3.6, all of them 7.9. Independent texts
share next to none outside quotations."""
COVERAGE = 8.0
"""Unrelated texts cover 0.05 to 0.15 of each other's content, worth about 1; rewrites 0.1 to 0.3, translations 0.5."""
KEPT = 5.0
"""A rewrite takes nearly all its names and figures from its source, an independent report a half or fewer."""
FRESH = -1.5
"""Times log(1 + names and figures of its own in 100 words): rewrites have 0 to 2, reports 4 to 10 (-2.4 to -3.6)."""
VOICES = -2.0
"""Times quotations of its own in 100 words, at most 1: who has heard people speak has been there."""
CARRIED = -3.0
"""A text with one paragraph of another and none of its other wording: who copies would have copied on."""
CREDIT = 2.0
"""The text names the outlet of the other."""

COPY_SHARE, EDIT_SHARE = 0.9, 0.3
"""Share of runs in the source from which a text is a copy, or a light edit."""


def score(evidence: Evidence, *, is_credited: bool = False) -> float:
    """How likely the text derives from the source: 0 to 1."""
    logit = (
        BIAS
        + VERBATIM * math.log1p(50 * evidence.verbatim)
        + COVERAGE * evidence.coverage
        + KEPT * evidence.kept
        + FRESH * math.log1p(evidence.fresh)
        + VOICES * min(evidence.voices, 1.0)
        + CARRIED * (evidence.carried > 0)
        + CREDIT * is_credited
    )
    return 1 / (1 + math.exp(-logit))


def kind_of(evidence: Evidence) -> DerivationKind:
    """What sort of derivation the evidence shows, given that it is one."""
    if evidence.verbatim >= COPY_SHARE:
        return DerivationKind.COPY
    return DerivationKind.LIGHT_EDIT if evidence.verbatim >= EDIT_SHARE else DerivationKind.REWRITE
