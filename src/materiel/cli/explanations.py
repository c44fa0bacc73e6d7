"""Explanations of a reading as lines of text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from materiel.cli.wording import word_claim
from materiel.terms.explanations import Explanation, Look, Resolution


def explanation_lines(explanation: Explanation) -> Iterator[str]:
    """A sentence, the statements that came of it with their rules, and each word that was looked at."""
    yield f"“{explanation.sentence}”"
    for statement in explanation.statements:
        inferred = f"; not in these words: {', '.join(statement.inferred)}" if statement.inferred else ""
        words = " ".join(statement.quote.split())
        yield f"  {statement.kind} by {statement.reader}: {word_claim(statement.claim)}{inferred}; “{words}”"
    for look in explanation.looks:
        yield from _look_lines(look)


def _look_lines(look: Look) -> Iterator[str]:
    rules = f", seen by {', '.join(look.rules)}" if look.rules else ", seen by no rule"
    yield f"  looked at {' < '.join(look.words)}{rules}: chance of a supply {look.chance:.2f}"
    if look.stage is not None:
        yield f"    {look.stage}, {look.assertion}; {'; '.join(map(_resolved, look.parties))}"
    if look.known:
        yield f"    known beforehand: {_weights(look.known)}"
    told = _weights(look.reasons)
    yield f"    what told: {told}" if told else "    nothing known told for or against it"
    if look.missing is not None:
        yield f"    not stated: {look.missing}"


def _weights(weights: Iterable[tuple[str, float]]) -> str:
    return ", ".join(f"{name} {weight:+.2f}" for name, weight in weights)


def _resolved(party: Resolution) -> str:
    who = ", ".join(party.actors) or "open"
    return f"{party.role} {who}, " + (f"“{party.words}” {party.how}" if party.words else party.how)
