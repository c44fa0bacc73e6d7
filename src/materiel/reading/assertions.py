"""What the text asserts of a claim: in a condition, a question or a fear it is hypothetical; it may be left open."""

from __future__ import annotations

from enum import Enum, auto

from spacy.tokens import Token

from materiel.reading.clauses import auxiliaries, first_child, governors, is_negated
from materiel.reading.lexicons import words

_WOULD = frozenset({"would", "will", "could", "might", "may", "'ll", "'d"})
_INVERTIBLE = frozenset({"should", "were", "had"})
_ASKING = frozenset({"whether", "if", "how", "when", "what"})
_CLAUSAL = frozenset({"ccomp", "csubj", "nsubj", "xcomp", "advcl"})


class Crossing(Enum):
    """What it means for a claim to go up from one word to the next."""

    PLAIN = auto()
    HYPOTHETICAL = auto()
    OUTSIDE = auto()
    """The words above say nothing of the claim: it is a relative or an adverbial clause of theirs."""


def crossing(below: Token, governor: Token) -> Crossing:
    """What it means to go up from ``below`` to the word on which it hangs."""
    if below.dep_ == "pcomp" and governor.lower_ == "against":
        return Crossing.HYPOTHETICAL
    if governor.lemma_.lower() in words("pretext") and below.dep_ in {"acl", "relcl", "prep"}:
        return Crossing.HYPOTHETICAL
    if below.dep_ == "relcl":
        return Crossing.OUTSIDE
    if below.dep_ == "advcl":
        return _out_of_adverbial(below)
    if below.dep_ == "acl" and below.tag_ == "VBN" and first_child(below, "mark", "nsubj") is None:
        return Crossing.OUTSIDE
    return Crossing.PLAIN


def _out_of_adverbial(verb: Token) -> Crossing:
    if is_purpose(verb) and is_negated(verb):
        return Crossing.HYPOTHETICAL
    first = min(token.i for token in verb.subtree)
    marks = {c.lower_ for c in verb.children if c.dep_ in {"mark", "advmod"}}
    is_inverted = any(c.dep_ == "aux" and c.lower_ in _INVERTIBLE and c.i == first for c in verb.children)
    is_were = verb.lower_ == "were" or (verb.lemma_ == "be" and verb.i == first)
    if marks & words("conditional-mark") or is_inverted or is_were:
        return Crossing.HYPOTHETICAL
    return Crossing.OUTSIDE if marks else Crossing.PLAIN


def is_purpose(verb: Token) -> bool:
    """Whether the verb stands with "to"."""
    return "to" in auxiliaries(verb)


def is_left_open(governor: Token, below: Token) -> bool:
    """Whether the words above say that it is not known: "it is unclear whether", "could not confirm that"."""
    lemma, cues = governor.lemma_.lower(), words("unknown-cue")
    complements = {c.lower_ for c in governor.children if c.dep_ in {"acomp", "attr"}}
    if below.dep_ in _CLAUSAL and (complements & cues or governor.lower_ in cues):
        return True
    if below.dep_ == "csubjpass" and governor.lower_ in cues:
        return True
    marks = {c.lower_ for c in below.children if c.dep_ in {"mark", "advmod", "det", "dobj"}} | {below.lower_}
    if lemma == "ask" and "whether" in marks:
        return True
    is_asked = bool(marks & _ASKING)
    if is_negated(governor):
        if lemma in words("proving"):
            return True
        is_of_knowing = complements & {"clear", "certain", "sure", "known"} or lemma in words("knowing")
        if is_of_knowing and (is_asked or any(t.lower_ == "whether" for t in below.subtree)):
            return True
    return is_asked and lemma == "remain" and any(t.lower_ in cues for t in governor.children)


def is_lacking(evidence: Token) -> bool:
    """Whether there is none of it: "no evidence that", "have not seen any sign that", "without proof that"."""
    while evidence.dep_ == "conj":
        evidence = evidence.head
    if any(child.lower_ in {"no", "little", "any"} and child.dep_ == "det" for child in evidence.children):
        return True
    above = evidence.head
    return above.lower_ == "without" or (above != evidence and is_negated(above))


def is_hypothetical(trigger: Token) -> bool:
    """Whether the sentence asks it, or makes it the consequent or the antecedent of a condition."""
    return trigger.sent.text.rstrip().endswith("?") or _is_consequent(trigger) or is_fronted(trigger)


def _is_consequent(trigger: Token) -> bool:
    """Whether the supply is the consequent of a condition: "if ..., X would send ..."."""
    chain = [trigger, *governors(trigger)]
    for verb in chain:
        if verb.dep_ == "relcl":
            return False
        for child in verb.children:
            if child.dep_ == "advcl" and child not in chain and crossing(child, verb) is Crossing.HYPOTHETICAL:
                return bool(auxiliaries(verb) & _WOULD) or verb.lemma_ == "be"
    return False


def is_fronted(trigger: Token) -> bool:
    """The auxiliary before its subject, and no question: "Should Moscow hand over weapons, ..."."""
    for verb in (trigger, *governors(trigger)):
        for child in verb.children:
            if child.dep_ == "aux" and child.lower_ in _INVERTIBLE:
                subject = first_child(verb, "nsubj")
                return subject is not None and child.i < subject.i
        if verb.dep_ not in {"xcomp", "conj"}:
            return False
    return False


def is_judged(word: Token) -> bool:
    """Whether the word stands in an infinitive that somebody judges, as it would be: "it would be wrong to send"."""
    has_infinitive = False
    for above in governors(word):
        has_infinitive |= is_purpose(above)
        if has_infinitive and above.lemma_ == "be" and auxiliaries(above) & {"would", "'d"}:
            return True
    return False


def may_have(trigger: Token) -> bool:
    """Whether it is given as possible of the past: "may have sent"."""
    own = auxiliaries(trigger)
    return "have" in own and bool(own & {"may", "might", "could"})
