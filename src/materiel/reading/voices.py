"""How a supply is said: its stage after all the words that govern it, what the text asserts of it, and who says so.

The words above a predicate are walked from the nearest to the farthest. Each may move the stage ("refused to consider
sending"), take the claim out of the article's voice ("denied that"), or put it inside a condition.
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from materiel.reading.assertions import (
    Crossing,
    crossing,
    is_fronted,
    is_hypothetical,
    is_lacking,
    is_left_open,
    may_have,
)
from materiel.reading.clauses import SUBJECTS, VERBAL, governors, is_negated, subject_of
from materiel.reading.lexicons import words
from materiel.reading.speakers import aside_speaker
from materiel.reading.stages import announced_stage, governed_stage, idiom_stage, is_of_announced, own_stage
from materiel.terms.statements import Assertion, Stage

_CLAIM_LINKS = frozenset({"ccomp", "dobj", "pcomp", "xcomp", "pobj", "prep", "acl", "conj", "nsubjpass"})
_EVIDENCE_LINKS = frozenset({"acl", "ccomp", "relcl", "prep"})
_SAID_LINKS = frozenset({"ccomp", "parataxis", "prep", "pcomp"})
_OBJECTED_LINKS = frozenset({"dobj", "prep", "pobj"})
_URGED_LINKS = frozenset({"xcomp", "ccomp", "pcomp", "prep", "advcl", "dobj"})


@dataclass(frozen=True, slots=True)
class Voice:
    """How a claim stands in the text; ``speaker`` is the head of the phrase that names the speaker."""

    stage: Stage
    assertion: Assertion
    speaker: Token | None


def voice_of(trigger: Token, base: Stage, frame: str) -> Voice:
    """Walk up from the word that names a supply.

    Args:
        trigger: the verb or noun of supply.
        base: the stage that it gives by itself.
        frame: its frame; an agreement to ``acquire`` is an order, an agreement to supply a pledge.
    """
    seen: dict[tuple[int, Stage, str], Voice] = trigger.doc.user_data.setdefault("voices", {})
    key = (trigger.i, base, frame)
    if key not in seen:
        seen[key] = _voice_of(trigger, base, frame)
    return seen[key]


def _voice_of(trigger: Token, base: Stage, frame: str) -> Voice:
    stage = own_stage(trigger, base)
    assertion = Assertion.STATED
    speaker: Token | None = None
    inside_condition = is_fronted(trigger)
    below = trigger
    for governor in governors(trigger):
        if below.dep_ in SUBJECTS and governor.pos_ in VERBAL and below.pos_ == "VERB":
            break
        crossed = crossing(below, governor)
        if crossed is Crossing.HYPOTHETICAL and assertion is Assertion.STATED:
            assertion = Assertion.HYPOTHETICAL
            inside_condition = True
        if crossed is Crossing.OUTSIDE:
            if stage is Stage.DELIVERED and is_of_announced(below):
                stage = Stage.PLEDGED
            break
        if governor.pos_ in {"VERB", "AUX", "NOUN", "ADJ"}:
            lemma = governor.lemma_.lower()
            if lemma in words("denial") and below.dep_ in _CLAIM_LINKS and not is_negated(governor):
                assertion = Assertion.DENIED
                speaker = speaker or subject_of(governor)
            elif lemma in words("evidence") and below.dep_ in _EVIDENCE_LINKS and is_lacking(governor):
                assertion = Assertion.DENIED
                speaker = speaker or subject_of(governor.head)
            elif is_left_open(governor, below):
                assertion = Assertion.UNKNOWN
            elif _is_objected_or_urged(lemma, below):
                assertion = Assertion.HYPOTHETICAL
            elif lemma in words("speech") and below.dep_ in _SAID_LINKS and governor.pos_ == "VERB":
                speaker = speaker or subject_of(governor)
                stage = announced_stage(governor, below, stage)
            else:
                stage = governed_stage(governor, below, stage, frame)
        below = governor
    if assertion is Assertion.STATED and is_hypothetical(trigger):
        assertion = Assertion.HYPOTHETICAL
    if assertion is Assertion.STATED and may_have(trigger):
        assertion = Assertion.UNKNOWN
    stage = idiom_stage(trigger) or stage
    if inside_condition and stage is Stage.PLEDGED:
        # "Were China to supply": what a condition supposes is the supply itself, not its promise.
        stage = Stage.DELIVERED
    return Voice(stage, assertion, speaker or aside_speaker(trigger))


def _is_objected_or_urged(lemma: str, below: Token) -> bool:
    return (lemma in words("objecting") and below.dep_ in _OBJECTED_LINKS) or (
        lemma in words("urging") and below.dep_ in _URGED_LINKS
    )
