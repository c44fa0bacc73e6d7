"""Words for how likely something is, by the scale of the US Intelligence Community Directive 203.

They say how often something comes out, never how sure anybody is of it: likelihood and confidence are two things.
"""

from __future__ import annotations

SCALE: tuple[tuple[float, str], ...] = (
    (0.05, "almost no chance"),
    (0.20, "very unlikely"),
    (0.45, "unlikely"),
    (0.55, "roughly even chance"),
    (0.80, "likely"),
    (0.95, "very likely"),
    (1.00, "almost certain"),
)
"""The upper end of each band, and its word. The directive's scale runs from 1 to 99 percent; its outer bands are drawn
out to 0 and 1 here, for shares of imagined futures reach both."""


def likelihood_word(share: float) -> str:
    """The word of the band in which a share (0 to 1) lies; at a common end the lower one."""
    return next(word for end, word in SCALE if share <= end)


def likelihood_words(low: float, high: float) -> str:
    """The word of an interval of shares; "unlikely to roughly even chance" where its ends lie in different bands."""
    first, last = likelihood_word(low), likelihood_word(high)
    return first if first == last else f"{first} to {last}"
