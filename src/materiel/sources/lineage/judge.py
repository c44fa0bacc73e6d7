"""From evidence to a verdict: a score from 0 to 1, derived from 0.5 upwards, and the kind of derivation.

The score is logistic in the evidence. Its weights are fitted to the families of ``gold/lineage`` and ``gold/families``
(those that are not kept aside) by ``make train-lineage`` and stand in ``data/derivation_weights.csv``.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from materiel.terms.lineage import DerivationKind
from materiel.terms.vocabulary import load_vocabulary

WEIGHTS = Path(__file__).parent.parent / "data" / "derivation_weights.csv"
BIAS = "(bias)"

DERIVED = 0.5
"""The score from which a document counts as derived."""
POSSIBLE = 0.25
"""The score from which it is shown as possible."""

COPY_SHARE, EDIT_SHARE = 0.9, 0.18
"""Share of runs in common from which a text is a copy, or a light edit."""
EDIT_TOLD = 0.62
"""An edited text tells in this share of its words what its source tells; one that tells less is so in part."""
TRANSLATED_ORDER, TRANSLATED_SHARE, TRANSLATED_WHOLE = 0.88, 0.42, 0.85
"""A translation tells what its source tells, in its order; it has this share of the source's content, and the source
has hardly more of its own: who retells leaves out, who translates does not."""


@cache
def _weights(column: str) -> Mapping[str, float]:
    return {row["feature"]: float(row[column]) for row in load_vocabulary(WEIGHTS)}


def score(evidence: Mapping[str, float]) -> float:
    """How likely the text derives from the source: 0 to 1.

    Raises:
        KeyError: the evidence lacks a feature that has a weight.
    """
    weights = _weights("derivation")
    logit = math.fsum(weight * evidence[name] for name, weight in weights.items() if name != BIAS) + weights[BIAS]
    return 1 / (1 + math.exp(-logit))


def leans(forth: Mapping[str, float], back: Mapping[str, float]) -> float:
    """Above 0 where, of two documents one of which derives from the other, the first derives from the second.

    Args:
        forth: the evidence that it does.
        back: the evidence for the reverse.
    """
    weights = _weights("direction")
    return round(math.fsum(w * (forth[name] - back[name]) for name, w in weights.items() if name != BIAS), 9)


def kind_of(verbatim: float, evidence: Mapping[str, float]) -> DerivationKind:
    """What sort of derivation the evidence shows, given that it is one.

    Args:
        verbatim: share of runs of five words in common, of the shorter text.
        evidence: of the pair.
    """
    if verbatim >= COPY_SHARE:
        return DerivationKind.COPY
    if verbatim >= EDIT_SHARE:
        return DerivationKind.LIGHT_EDIT if evidence["told_share"] >= EDIT_TOLD else DerivationKind.PARTIAL
    is_translated = evidence["order"] >= TRANSLATED_ORDER and evidence["source_told"] >= max(
        TRANSLATED_SHARE, TRANSLATED_WHOLE * evidence["told"]
    )
    return DerivationKind.TRANSLATION if is_translated else DerivationKind.REWRITE
