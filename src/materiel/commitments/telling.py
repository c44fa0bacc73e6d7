"""A standing in words: what is committed to, how it stands, since when, and what is missing."""

from __future__ import annotations

from materiel.commitments.answers import Lack, LackKind
from materiel.commitments.commitment import Commitment, Side, Words
from materiel.commitments.days import FIRST_DAY, LAST_DAY, Span, iso, span_words
from materiel.commitments.names_in_words import actor_words, date_words, days_words
from materiel.commitments.standing import Note, Standing
from materiel.commitments.tree import MeasureAtom, State, Total
from materiel.commitments.wording import say
from materiel.terms.statements import Force

_FORCES = {Force.THREAT: "threat", Force.PROMISE: "promise", Force.POLICY: "policy"}
_BROKEN = {Force.THREAT: "not carried out", Force.PROMISE: "broken", Force.POLICY: "departed from"}


def tell(standing: Standing) -> tuple[str, ...]:
    """Sentences: the commitment, its state and since when, what is missing, and the notes."""
    commitment = standing.commitment
    sentences = [tell_commitment(commitment, standing.force), f"{_state(standing)}."]
    if standing.state in {State.STANDING, State.TRIGGERED} and standing.missing:
        lead = "For it to be triggered" if standing.state is State.STANDING else "For it to be kept"
        sentences.append(f"{lead}: {'; '.join(tell_lack(lack) for lack in standing.missing)}.")
    if standing.due is not None and standing.state is State.TRIGGERED:
        sentences.append(f"It is due by {date_words(iso(standing.due))}.")
    return (*sentences, *(f"{note[:1].upper()}{note[1:]}." for note in standing.notes))


def tell_commitment(commitment: Commitment, force: Force | None = None) -> str:
    """The commitment in one sentence."""
    debtor = actor_words(commitment.debtor)
    what = f"{debtor[:1].upper()}{debtor[1:]}, {_FORCES[force or commitment.force]}: "
    if commitment.antecedent is not None:
        what += f"if {tell_side(commitment.antecedent)}, then "
    what += tell_side(commitment.consequent)
    if commitment.term.within is not None:
        what += f", within {days_words(commitment.term.within)}"
    if commitment.term.by is not None:
        what += f", by {date_words(commitment.term.by)}"
    return what + "."


def tell_side(side: Side) -> str:
    """A side as a clause; words stand in quotation marks."""
    return f"“{side.text}”" if isinstance(side, Words) else say(side)


def tell_lack(lack: Lack) -> str:
    """What is missing, as a clause."""
    leaf = say(lack.condition)
    at = f" ({lack.entry})" if lack.entry else ""
    match lack.kind:
        case LackKind.HAPPENING:
            verb = "the figures fall short of it" if isinstance(lack.condition, Total | MeasureAtom) and at else ""
            return f"{leaf}: {verb or 'nobody reports it'}{at}"
        case LackKind.CONTRARY:
            return f"that it is not so that {leaf}: nobody denies it, or it has happened{at}"
        case LackKind.DAY:
            return f"{leaf}: it is told, but its day is not known well enough{at}"
        case LackKind.SUPPORT:
            return f"{leaf}: it is told, but not by enough or not well enough{at}"
        case LackKind.DISPUTE:
            return f"{leaf}: it is stated and denied{at}"
        case LackKind.LEVEL:
            return f"{leaf}: only a simulation knows it, no report does"


def _state(standing: Standing) -> str:
    state: str = standing.state
    if standing.state is State.BROKEN:
        state = _BROKEN[standing.force]
    if Note.OVERDUE in standing.notes:
        state += ", overdue"
    grade = f", graded {standing.grade}" if standing.evidence and standing.grade else ""
    imagined = " in imagination" if standing.is_imagined else ""
    return f"{state[:1].upper()}{state[1:]}{imagined} {_since(standing.since)}{grade}"


def _since(since: Span) -> str:
    words = span_words(since)
    if since[0] == since[1]:
        return f"since {date_words(words)}"
    if since == (FIRST_DAY, LAST_DAY):
        return "since a day not given"
    return f"since a day {words}" if words.startswith(("by", "between")) else f"since {words}"
