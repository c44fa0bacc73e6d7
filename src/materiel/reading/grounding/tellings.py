"""Whether a supply's stage, negation and assertion are borne out by the words of its sentence."""

from __future__ import annotations

from materiel.reading.grounding.grounds import Support
from materiel.reading.lexicons import words
from materiel.terms.judgements import Reason
from materiel.terms.statements import Assertion, Stage, Transfer

_NOT = frozenset({Stage.WITHHELD, Stage.HALTED})
_GROUPS = {Stage.DELIVERED: "done", Stage.WITHHELD: "not", Stage.HALTED: "not"}


def unborne_stage(claim: Transfer, support: Support) -> tuple[Reason, str] | None:
    """What of the stage the words do not bear out; None where they do."""
    told = {telling.stage for telling in support.tellings}
    is_negative = bool(told & _NOT) or _is_negated(support)
    if claim.stage in _NOT:
        if not is_negative:
            return Reason.NEGATION, f"nothing in the words says that it is {claim.stage.value}"
        return None
    if claim.assertion is Assertion.DENIED or claim.assertion is Assertion.HYPOTHETICAL:
        # "It never sent them" denies a delivery; a condition tells a delivery as "would send".
        return None
    if told and told <= _NOT:
        return Reason.NEGATION, f"the words say that it is {min(told).value}, not {claim.stage.value}"
    groups = {_GROUPS.get(stage, "ahead") for stage in told - _NOT}
    if support.lemmas & words("cue-bought"):
        # What was bought may have come.
        groups |= {"done", "ahead"}
    if not support.tells and support.lemmas & words("cue-ahead"):
        groups.add("ahead")
    group = _GROUPS.get(claim.stage, "ahead")
    if groups and group not in groups:
        seen = ", ".join(sorted(stage.value for stage in told - _NOT)) or "ahead"
        return Reason.STAGE, f"the words say {seen}, not {claim.stage.value}"
    return None


def unborne_assertion(claim: Transfer, support: Support) -> str:
    """Why the words do not bear the assertion out; "" where they do."""
    told = {telling.assertion for telling in support.tellings}
    if claim.assertion in told:
        return ""
    lemmas = support.lemmas
    match claim.assertion:
        case Assertion.STATED:
            return f"the words make it {min(told).value}" if told else ""
        case Assertion.DENIED:
            is_denied = lemmas & (words("denial") | words("cue-denied")) or _is_negated(support)
            return "" if is_denied else "nobody denies it in the words"
        case Assertion.UNKNOWN:
            return (
                "" if lemmas & (words("unknown-cue") | words("cue-unknown")) else "nothing in the words leaves it open"
            )
        case Assertion.HYPOTHETICAL:
            is_supposed = lemmas & words("cue-supposed") or "?" in support.text
            return "" if is_supposed else "the words make no condition and ask nothing"


def _is_negated(support: Support) -> bool:
    return any(sentence.is_negated for sentence in support.sentences) or bool(support.lemmas & words("cue-not"))
