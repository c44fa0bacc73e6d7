"""Is it in the text? What a reader that may invent things says is held against the document before it counts.

1. :mod:`quotes` finds the quote in the document, word for word, typography aside; the statement gets the document's
   own slice.
2. :mod:`evidence` walks through the document with the finder, the resolver and the stages of the rules reader.
3. :mod:`checks` asks whether the quote and its antecedents bear out each slot: actors (:mod:`parties`), numbers
   (:mod:`numbers`), stage, negation and assertion (:mod:`tellings`). What is not borne out is refused with the reason.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from materiel.reading.grounding.checks import Fault, faults
from materiel.reading.grounding.grounds import Grounds, Support
from materiel.reading.grounding.parties import canonical
from materiel.reading.grounding.proposals import Proposal
from materiel.reading.grounding.quotes import Place
from materiel.terms.documents import Document
from materiel.terms.judgements import Reason, Refusal
from materiel.terms.statements import Statement

__all__ = ["Grounded", "Grounds", "Proposal", "ground", "judge"]


@dataclass(frozen=True, slots=True)
class Grounded:
    """What the document bears out, in the order of its text, and what it does not."""

    statements: tuple[Statement, ...]
    refusals: tuple[Refusal, ...]


def ground(document: Document, proposals: Iterable[Proposal], rules: list[Statement], reader: str) -> Grounded:
    """Keep what the document bears out and refuse the rest.

    Args:
        document: what they are held against.
        proposals: what somebody says that the document says.
        rules: what the rules reader found in it, as a second opinion on who supplies whom.
        reader: what the statements are marked with.
    """
    grounds = Grounds(document, rules)
    kept: dict[str, Statement] = {}
    refusals: list[Refusal] = []
    for proposal in proposals:
        judged = judge(proposal, grounds, reader)
        if isinstance(judged, Refusal):
            refusals.append(judged)
        else:
            kept.setdefault(judged.id, judged)
    return Grounded(tuple(sorted(kept.values(), key=lambda s: (s.start, s.end, s.kind, s.id))), tuple(refusals))


def judge(proposal: Proposal, grounds: Grounds, reader: str) -> Statement | Refusal:
    """The statement that a proposal amounts to, with the document's own words, or why it is refused."""
    claim = canonical(proposal.claim, grounds)
    places = grounds.places(proposal.quote)
    if not places:
        why = "the quote is not in the article, word for word"
        return Refusal(Reason.QUOTE, why, proposal.quote, claim, reader)
    speaker = None
    if proposal.speaker is not None:
        spoken = _nearest(grounds.places(proposal.speaker), places[0])
        if spoken is None:
            why = f"the speaker, {proposal.speaker!r}, is not in the article as written"
            return Refusal(Reason.SPEAKER, why, proposal.quote, claim, reader)
        speaker = " ".join(grounds.slice(spoken).split())
    # Words that stand in the text twice count where they bear the claim out.
    first: Fault | None = None
    for place in places:
        support = Support(grounds, place, speaker)
        fault = next(faults(claim, support), None)
        if fault is None:
            return Statement(grounds.document.id, claim, support.quote, place.start, place.end, reader, speaker)
        first = first or fault
    assert first is not None
    return Refusal(first[0], first[1], proposal.quote, claim, reader)


def _nearest(places: list[Place], quote: Place) -> Place | None:
    return min(places, key=lambda place: (abs(place.start - quote.start), place.start), default=None)
