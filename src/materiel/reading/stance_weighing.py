"""Weigh who takes a stance where no rule sees one: the words of :mod:`holders` with trained weights."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Span

from materiel.reading.findings import Finding
from materiel.reading.holders import Holder
from materiel.reading.weights import shares, stance_weights
from materiel.terms.statements import Attitude, Stance, Transfer

LIKELY = 0.3
"""The chance of a stance under which none is stated: set by hand between .25 and .35, each of which found more than .5
on most sets, on the texts kept aside too."""
NO_STANCE = "none"
"""The outcome beside the attitudes."""


def weighed_stances(
    sentence: Span, holders: Sequence[Holder], ruled: Sequence[Finding[Stance]], supplies: Sequence[Transfer]
) -> Iterator[Finding[Stance]]:
    """The stances of those holders of whom the rules found none.

    Args:
        sentence: the sentence.
        holders: who may take a stance in it.
        ruled: the stances that rules found in it.
        supplies: what they may be about: the supplies of the sentence, else those told before; the first is taken.
    """
    settled, model = {each.claim.holder for each in ruled}, stance_weights()
    supplier, recipient = (supplies[0].supplier, supplies[0].recipient) if supplies else (None, None)
    for holder in holders:
        code = holder.actor.code
        if code in settled:
            continue
        chances = dict(zip(model.outcomes, shares(model.scores(holder.features)), strict=True))
        if 1 - chances.pop(NO_STANCE) >= LIKELY:
            attitude = Attitude(max(chances, key=lambda each: chances[each]))
            stance = Stance(
                code, attitude, supplier if supplier != code else None, recipient if recipient != code else None
            )
            yield Finding(stance, tuple(sentence), "stance.weighed")
