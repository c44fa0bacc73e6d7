"""Weigh what the numbers measure of which no rule says so: the features of :mod:`numbers` with trained weights."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from spacy.tokens import Span, Token

from materiel.reading.figures import Figure
from materiel.reading.findings import Finding
from materiel.reading.numbers import MOST_FIGURES, Number, crowd
from materiel.reading.weights import figure_weights, shares
from materiel.terms.statements import Measure, MeasureName

LIKELY = 0.5
"""The chance of a measure under which none is stated."""
ALMOST = 0.999
"""Sums of the same numbers in another order differ a little."""
NO_MEASURE = "none"
"""The outcome beside the measures."""
_SAME = 0.02
"""A number this near to one that a rule has read is the same."""


def weighed_measures(
    sentence: Span,
    numbers: Sequence[Number],
    ruled: Sequence[Finding[Measure]],
    period_at: Callable[[Token], str | None],
) -> Iterator[Finding[Measure]]:
    """What those numbers measure that no rule has read.

    Args:
        sentence: the sentence.
        numbers: its numbers.
        ruled: the measures that rules found in it.
        period_at: the period that the sentence gives for a number.
    """
    for number in numbers:
        figure = number.figure
        if _is_read(figure, ruled):
            continue
        chances = _chances(number.features)
        if 1 - chances.pop(NO_MEASURE) < LIKELY:
            continue
        name = MeasureName(max(chances, key=lambda each: chances[each]))
        owner = owner_of(number)
        if owner is not None:
            period = figure.rate if name is not MeasureName.STOCK else None
            measure = Measure(owner, name, figure.value, figure.unit, period or period_at(figure.number))
            yield Finding(measure, tuple(sentence), "measure.weighed")


def may_measure(figure: Figure, features: Sequence[str], ruled: Sequence[Finding[Measure]]) -> bool:
    """Whether a number that no rule has read may be stated, however many figures the sentence turns out to have.

    Args:
        figure: the number.
        features: what is known of it but for that.
        ruled: the measures that rules found in the sentence.
    """
    return not _is_read(figure, ruled) and any(
        1 - _chances(dict.fromkeys((*features, crowd(figures))))[NO_MEASURE] >= ALMOST * LIKELY
        for figures in range(1, MOST_FIGURES + 1)
    )


def _is_read(figure: Figure, ruled: Sequence[Finding[Measure]]) -> bool:
    return any(abs(each.claim.value - figure.value) <= _SAME * abs(figure.value) for each in ruled)


def _chances(features: Iterable[str]) -> dict[str, float]:
    model = figure_weights()["figure"]
    return dict(zip(model.outcomes, shares(model.scores(features)), strict=True))


def owner_of(number: Number) -> str | None:
    """Whose figure it likeliest is; None where the article has named nobody."""
    if not number.owners:
        return None
    model = figure_weights()["owner"]
    scores = [model.score(features) for _, features in number.owners]
    return number.owners[scores.index(max(scores))][0].code
