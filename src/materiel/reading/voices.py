"""How a supply is said: its stage after all the words that govern it, what the text asserts of it, and who says so.

The words above a predicate are walked from the nearest to the farthest. Each may move the stage ("refused to consider
sending"), take the claim out of the article's voice ("denied that"), or put it inside a condition.
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from materiel.reading.clauses import governors, is_negated, is_passive, predicate_of, subject_of
from materiel.reading.lexicons import words
from materiel.reading.parses import subtree
from materiel.terms.statements import Assertion, Stage

_NEGATIVE = frozenset({Stage.WITHHELD, Stage.HALTED})
_FUTURE = frozenset({"will", "shall", "'ll", "wo", "ll"})
_POSSIBLE = frozenset({"may", "might", "could"})


@dataclass(frozen=True, slots=True)
class Voice:
    """How a claim stands in the text."""

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
    stage = _own_stage(trigger, base, frame)
    assertion = Assertion.STATED
    speaker: Token | None = None
    below = trigger
    for governor in governors(trigger):
        if below.dep_ in {"nsubj", "nsubjpass"} and governor.pos_ in {"VERB", "AUX"} and below.pos_ == "VERB":
            break
        if below.dep_ == "pcomp" and governor.lower_ == "against" and assertion is Assertion.STATED:
            assertion = Assertion.HYPOTHETICAL
        crossing = _crossing(below, governor)
        if crossing == "hypothetical" and assertion is Assertion.STATED:
            assertion = Assertion.HYPOTHETICAL
        if crossing == "outside":
            break
        lemma = governor.lemma_.lower()
        if governor.pos_ in {"VERB", "AUX", "NOUN", "ADJ"}:
            if lemma in words("denial") and _governs_claim(below) and not is_negated(governor):
                assertion = Assertion.DENIED
                speaker = speaker or subject_of(governor)
            elif _is_unknown(governor, below):
                assertion = Assertion.UNKNOWN
            elif (lemma in words("objecting") and below.dep_ in {"dobj", "prep", "pobj"}) or (
                lemma in words("urging") and below.dep_ in {"xcomp", "ccomp", "pcomp", "prep", "advcl", "dobj"}
            ):
                assertion = Assertion.HYPOTHETICAL
            elif (
                lemma in words("speech")
                and below.dep_ in {"ccomp", "parataxis", "prep", "pcomp"}
                and governor.pos_ == "VERB"
            ):
                speaker = speaker or subject_of(governor)
            else:
                stage = _operate(governor, below, stage, frame)
        below = governor
    stage = _idiom(trigger, stage)
    speaker = speaker or _aside_speaker(trigger)
    if assertion is Assertion.STATED and (
        _is_question(trigger) or _is_conditional_main(trigger) or _is_inverted(trigger)
    ):
        assertion = Assertion.HYPOTHETICAL
    if assertion is Assertion.STATED and _may_have(trigger):
        assertion = Assertion.UNKNOWN
    return Voice(stage, assertion, speaker)


def _idiom(trigger: Token, stage: Stage) -> Stage:
    """Fixed phrases on the clause's verb: "is under review", "have been put on hold", "is out of the question"."""
    clause = (
        trigger
        if trigger.pos_ in {"VERB", "AUX"}
        else next((g for g in governors(trigger) if g.pos_ in {"VERB", "AUX"}), trigger)
    )
    for verb in (clause, clause.head):
        for child in verb.children:
            if child.dep_ == "prep" and child.i > verb.i:
                phrase = " ".join(t.lower_ for t in subtree(child)[:4])
                for effect in ("considered", "ordered", "halted", "withheld", "pledged"):
                    if any(phrase.startswith(idiom) for idiom in words(f"idiom-{effect}")):
                        return Stage(effect)
    return stage


def _own_stage(trigger: Token, base: Stage, frame: str) -> Stage:
    if trigger.pos_ not in {"VERB", "AUX"} and trigger.tag_ not in {"VBG", "VBN", "VBD"}:
        if any(c.dep_ == "det" and c.lower_ == "no" for c in trigger.children):
            return Stage.WITHHELD
        modifiers = {c.lower_ for c in trigger.children if c.dep_ == "amod"}
        if modifiers & words("considered-adjective"):
            return Stage.CONSIDERED
        if modifiers & words("pledged-adjective"):
            return Stage.PLEDGED
        return base
    return _tensed(trigger, base, frame)


def _tensed(verb: Token, stage: Stage, frame: str) -> Stage:
    """The stage after the verb's own auxiliaries and negation."""
    auxiliaries = {c.lower_ for c in verb.children if c.dep_ in {"aux", "auxpass"}}
    if is_negated(verb):
        return Stage.WITHHELD if stage not in _NEGATIVE else Stage.CONSIDERED
    if auxiliaries & _POSSIBLE and "have" not in auxiliaries:
        return Stage.CONSIDERED if stage not in _NEGATIVE else stage
    promised = Stage.PLEDGED if frame != "acquire" or stage is Stage.DELIVERED else Stage.ORDERED
    if stage is Stage.DELIVERED and (auxiliaries & _FUTURE or ("would" in auxiliaries or "should" in auxiliaries)):
        return promised
    return stage


def _operate(governor: Token, below: Token, stage: Stage, frame: str) -> Stage:
    lemma = governor.lemma_.lower()
    linked = below.dep_ in {
        "xcomp",
        "ccomp",
        "dobj",
        "pcomp",
        "pobj",
        "prep",
        "acl",
        "nsubjpass",
        "conj",
        "nsubj",
        "attr",
        "oprd",
        "advcl",
        "dative",
        "csubj",
        "csubjpass",
    }
    if not linked:
        return stage
    if below.dep_ == "conj":
        return _shared(governor, below, stage, frame)
    if below.dep_ in {"pobj", "prep", "pcomp"} and governor.pos_ == "ADP":
        return stage
    if below.dep_ == "advcl" and below.tag_ == "VBG" and (ruled := predicate_of(governor)) and ruled.frame == "operate":
        # "has ruled out sending": the parser takes the gerund for an adverbial.
        return _compose(governor, ruled.stage, stage, frame)
    if below.dep_ == "advcl" or (below.dep_ == "nsubj" and governor.pos_ == "VERB" and predicate_of(governor) is None):
        if below.dep_ == "advcl" and stage is Stage.DELIVERED and _is_purpose(below):
            return Stage.CONSIDERED
        return stage
    if (
        lemma in {"be", "have"}
        and below.dep_ == "xcomp"
        and any(c.dep_ == "aux" and c.lower_ == "to" for c in below.children)
    ):
        if is_negated(governor):
            return Stage.WITHHELD
        return Stage.PLEDGED if stage in {Stage.DELIVERED, Stage.ORDERED} else stage
    if governor.pos_ == "ADJ" or (lemma == "be" and any(c.dep_ == "acomp" for c in governor.children)):
        return _adjectival(governor, below, stage)
    predicate = predicate_of(governor)
    if predicate is None or predicate.frame == "request":
        if (
            predicate is not None
            and below.dep_ in {"xcomp", "dobj", "ccomp", "pobj", "prep"}
            and stage not in _NEGATIVE
        ):
            own = Stage.REQUESTED if frame != "acquire" else Stage.CONSIDERED
            return Stage.WITHHELD if is_negated(governor) else own
        if governor.pos_ == "VERB" and is_negated(governor) and below.dep_ == "xcomp":
            return Stage.WITHHELD
        return stage
    if predicate.frame != "operate":
        return stage
    if governor.pos_ == "VERB" and below.dep_ == "nsubj" and predicate.stage not in {"halted", "delivered", "keep"}:
        return stage
    return _compose(governor, predicate.stage, stage, frame)


def _compose(governor: Token, operator: str, stage: Stage, frame: str) -> Stage:
    negated = is_negated(governor)
    auxiliaries = {c.lower_ for c in governor.children if c.dep_ == "aux"}
    if operator == "keep":
        if negated:
            return Stage.WITHHELD
        if (
            auxiliaries & (_FUTURE | {"would"})
            and stage is Stage.DELIVERED
            and (predicate_of(governor) or governor).lemma not in {"continue", "keep", "go on", "carry on"}
        ):
            return Stage.PLEDGED
        return Stage.CONSIDERED if auxiliaries & _POSSIBLE and stage is Stage.DELIVERED else stage
    effect = Stage(operator)
    if effect is Stage.WITHHELD:
        return Stage.CONSIDERED if negated and stage not in _NEGATIVE else Stage.WITHHELD
    if effect is Stage.HALTED:
        if negated:
            return stage
        return Stage.CONSIDERED if auxiliaries & _POSSIBLE else Stage.HALTED
    if stage in _NEGATIVE:
        return stage
    if negated:
        return Stage.WITHHELD
    if effect is Stage.DELIVERED:
        return Stage.PLEDGED if auxiliaries & (_FUTURE | {"would"}) else Stage.DELIVERED
    if effect is Stage.PLEDGED:
        if auxiliaries & _POSSIBLE:
            return Stage.CONSIDERED
        if frame == "acquire" and stage is not Stage.DELIVERED:
            return Stage.ORDERED
        return Stage.PLEDGED if stage in {Stage.DELIVERED, Stage.ORDERED, Stage.PLEDGED, Stage.REQUESTED} else stage
    return Stage.CONSIDERED


def _adjectival(governor: Token, below: Token, stage: Stage) -> Stage:
    adjectives = (
        {governor.lower_} if governor.pos_ == "ADJ" else {c.lower_ for c in governor.children if c.dep_ == "acomp"}
    )
    negated = is_negated(governor) or (governor.pos_ == "ADJ" and is_negated(governor.head))
    if adjectives & words("readiness"):
        if negated:
            return Stage.WITHHELD
        if stage is Stage.DELIVERED:
            return Stage.CONSIDERED if adjectives & words("leaning") else Stage.PLEDGED
    if "able" in adjectives and negated:
        return Stage.WITHHELD
    if adjectives & words("unwillingness"):
        return Stage.WITHHELD
    return stage


def _shared(first: Token, below: Token, stage: Stage, frame: str) -> Stage:
    """A second verb shares the auxiliaries of the first: "will buy and deliver"."""
    if any(c.dep_ in {"aux", "auxpass", "nsubj", "nsubjpass"} for c in below.children) or below.pos_ != "VERB":
        return stage
    if below.tag_ in {"VB", "VBN", "VBG"} and first.tag_ == below.tag_:
        return _tensed(first, stage, frame) if stage is Stage.DELIVERED else stage
    return stage


def _crossing(below: Token, governor: Token) -> str:
    """What it means to go up from one word to the next."""
    if governor.lemma_.lower() in words("pretext") and below.dep_ in {"acl", "relcl", "prep"}:
        return "hypothetical"
    if below.dep_ == "relcl":
        return "outside"
    if below.dep_ == "advcl":
        if _is_purpose(below) and is_negated(below):
            return "hypothetical"
        marks = {c.lower_ for c in below.children if c.dep_ in {"mark", "advmod"}}
        inverted = any(
            c.dep_ == "aux" and c.lower_ in {"should", "were", "had"} and c.i == min(t.i for t in below.subtree)
            for c in below.children
        )
        were = below.lower_ == "were" or (below.lemma_ == "be" and below.i == min(t.i for t in below.subtree))
        if marks & words("conditional-mark") or inverted or were:
            return "hypothetical"
        return "outside" if marks else ""
    if below.dep_ == "acl" and below.tag_ == "VBN":
        has_clause = any(c.dep_ in {"mark", "nsubj"} for c in below.children)
        return "" if has_clause else "outside"
    return ""


def _governs_claim(below: Token) -> bool:
    return below.dep_ in {"ccomp", "dobj", "pcomp", "xcomp", "pobj", "prep", "acl", "conj", "nsubjpass"}


def _is_unknown(governor: Token, below: Token) -> bool:
    cues = words("unknown-cue")
    marks = {c.lower_ for c in below.children if c.dep_ in {"mark", "advmod", "det", "dobj"}} | ({below.lower_})
    asked = bool(marks & {"whether", "if", "how", "when", "what"})
    if governor.lower_ in cues and below.dep_ in {"ccomp", "csubj", "nsubj", "csubjpass", "xcomp", "advcl"}:
        return True
    complements = {c.lower_ for c in governor.children if c.dep_ in {"acomp", "attr"}}
    if complements & cues and below.dep_ in {"ccomp", "csubj", "nsubj", "advcl", "xcomp"}:
        return True
    if governor.lemma_.lower() == "ask" and "whether" in marks:
        return True
    if governor.lemma_.lower() in words("proving") and is_negated(governor):
        return True
    known = complements & {"clear", "certain", "sure", "known"} or governor.lemma_.lower() in words("knowing")
    if known and is_negated(governor) and (asked or any(t.lower_ == "whether" for t in below.subtree)):
        return True
    remains = governor.lemma_.lower() == "remain" and any(t.lower_ in cues for t in governor.children)
    return remains and asked


def _is_purpose(verb: Token) -> bool:
    return any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children)


def _is_question(token: Token) -> bool:
    return token.sent.text.rstrip().endswith("?")


def _is_conditional_main(trigger: Token) -> bool:
    """Whether the supply is the consequent of a condition: "if ..., X would send ..."."""
    chain = [trigger, *governors(trigger)]
    for verb in chain:
        if verb.dep_ == "relcl":
            return False
        auxiliaries = {c.lower_ for c in verb.children if c.dep_ == "aux"}
        for child in verb.children:
            if child.dep_ == "advcl" and child not in chain and _crossing(child, verb) == "hypothetical":
                return (
                    bool(auxiliaries & {"would", "will", "could", "might", "may", "'ll", "'d"}) or verb.lemma_ == "be"
                )
    return False


def _is_inverted(trigger: Token) -> bool:
    """The auxiliary before its subject, and no question: "Should Moscow hand over weapons, ..."."""
    for verb in (trigger, *governors(trigger)):
        for child in verb.children:
            if child.dep_ == "aux" and child.lower_ in {"should", "were", "had"}:
                subject = _subject(verb)
                return subject is not None and child.i < subject.i
        if verb.dep_ not in {"xcomp", "conj"}:
            return False
    return False


def _may_have(trigger: Token) -> bool:
    auxiliaries = {c.lower_ for c in trigger.children if c.dep_ == "aux"}
    return bool(auxiliaries & _POSSIBLE) and "have" in auxiliaries


def _subject(verb: Token) -> Token | None:
    return next((c for c in verb.children if c.dep_ == "nsubj"), None)


def _aside_speaker(trigger: Token) -> Token | None:
    """A speaker named beside the claim: ", he said", "according to X"."""
    for above in (trigger, *governors(trigger)):
        for child in above.children:
            if child.dep_ in {"parataxis", "ccomp"} and child.lemma_.lower() in words("speech") and child != trigger:
                speaker = _subject(child)
                if speaker is not None and not any(t.i == trigger.i for t in child.subtree):
                    return speaker
            if child.dep_ == "prep" and child.lower_ == "according":
                for to in child.children:
                    for end in to.children:
                        if end.dep_ == "pobj":
                            return end
        if above.dep_ == "relcl":
            return None
    return None


def speaker_text(token: Token | None) -> str | None:
    """The speaker as written, without what hangs on it as a clause."""
    if token is None:
        return None
    parts = subtree(token, without=frozenset({"relcl", "acl", "appos", "advcl", "punct", "parataxis"}))
    text = token.doc[parts[0].i : parts[-1].i + 1].text
    return text if len(text) <= 120 else token.text


__all__ = ["Voice", "is_passive", "speaker_text", "voice_of"]
