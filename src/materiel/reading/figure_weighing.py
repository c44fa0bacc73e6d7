"""Weigh what the numbers measure of which no rule says so: the features of :mod:`numbers` with trained weights."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from spacy.tokens import Span, Token

from materiel.reading.findings import Finding
from materiel.reading.numbers import Number
from materiel.reading.weights import figure_weights, shares
from materiel.terms.statements import Measure, MeasureName

LIKELY = 0.5
"""The chance of a measure under which none is stated."""
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
    models = figure_weights()
    for number in numbers:
        figure = number.figure
        if any(abs(each.claim.value - figure.value) <= _SAME * abs(figure.value) for each in ruled):
            continue
        chances = dict(zip(models["figure"].outcomes, shares(models["figure"].scores(number.features)), strict=True))
        if 1 - chances.pop(NO_MEASURE) < LIKELY:
            continue
        name = MeasureName(max(chances, key=lambda each: chances[each]))
        owner = owner_of(number)
        if owner is not None:
            period = figure.rate if name is not MeasureName.STOCK else None
            measure = Measure(owner, name, figure.value, figure.unit, period or period_at(figure.number))
            yield Finding(measure, tuple(sentence), "measure.weighed")


def owner_of(number: Number) -> str | None:
    """Whose figure it likeliest is; None where the article has named nobody."""
    if not number.owners:
        return None
    model = figure_weights()["owner"]
    scores = [model.score(features) for _, features in number.owners]
    return number.owners[scores.index(max(scores))][0].code
