"""How far a supply has come by the words around its predicate: auxiliaries, negation, and each word above it."""

from __future__ import annotations

from spacy.tokens import Token

from materiel.reading.assertions import is_purpose
from materiel.reading.clauses import VERBAL, auxiliaries, first_child, governors, is_negated, predicate_of, verb_above
from materiel.reading.lexicons import words
from materiel.reading.parses import subtree
from materiel.terms.statements import Stage

_NEGATIVE = frozenset({Stage.WITHHELD, Stage.HALTED})
_FUTURE = frozenset({"will", "shall", "'ll", "wo", "ll"})
_POSSIBLE = frozenset({"may", "might", "could"})
_LINKED = frozenset(
    {
        "xcomp", "ccomp", "dobj", "pcomp", "pobj", "prep", "acl", "nsubjpass", "conj", "nsubj", "attr", "oprd", "advcl",
        "dative", "csubj", "csubjpass",
    }
)  # fmt: skip
_REQUESTED_LINKS = frozenset({"xcomp", "dobj", "ccomp", "pobj", "prep"})
_LISTED = 60
"""So many words back a list may have been announced."""
_IDIOM_STAGES = (Stage.ORDERED, Stage.HALTED, Stage.CONSIDERED, Stage.WITHHELD, Stage.PLEDGED)


def own_stage(trigger: Token, base: Stage) -> Stage:
    """The stage that a predicate has by itself, its own auxiliaries, adjectives and negation included."""
    if trigger.pos_ in VERBAL or trigger.tag_ in {"VBG", "VBN", "VBD"}:
        return _tensed(trigger, base)
    if any(c.dep_ == "det" and c.lower_ == "no" for c in trigger.children):
        return Stage.WITHHELD
    modifiers = {c.lower_ for c in trigger.children if c.dep_ == "amod"}
    if modifiers & words("considered-adjective"):
        return Stage.CONSIDERED
    return Stage.PLEDGED if modifiers & words("pledged-adjective") else base


def _tensed(verb: Token, stage: Stage) -> Stage:
    """The stage after the verb's own auxiliaries and negation."""
    own = {c.lower_ for c in verb.children if c.dep_ in {"aux", "auxpass"}}
    if is_negated(verb):
        return Stage.WITHHELD if stage not in _NEGATIVE else Stage.CONSIDERED
    if own & _POSSIBLE and "have" not in own:
        return Stage.CONSIDERED if stage not in _NEGATIVE else stage
    return Stage.PLEDGED if stage is Stage.DELIVERED and own & (_FUTURE | {"would", "should"}) else stage


def announced_stage(announcing: Token, below: Token, stage: Stage) -> Stage:
    """The stage of what is announced: "announced that it is sending tanks" is a promise."""
    is_promise = announcing.lemma_.lower() in words("announcing") and below.tag_ == "VBG"
    return Stage.PLEDGED if is_promise and stage is Stage.DELIVERED and "been" not in auxiliaries(below) else stage


def is_of_announced(participle: Token) -> bool:
    """Whether it belongs to goods of which more are announced: "a new package, including two radars given by Italy"."""
    if participle.dep_ != "acl" or participle.tag_ != "VBN":
        return False
    is_included = False
    above = participle
    for above in governors(participle):
        is_included = is_included or above.lower_ in {"including", "includes", "include", "comprising", "among"}
        if above.lemma_.lower() in words("announcing") or (is_included and auxiliaries(above) & _FUTURE):
            return is_included
        if above.dep_ in {"relcl", "advcl"}:
            return False
    return above.pos_ in {"NOUN", "PROPN"} and _goes_on_listing(participle)


def _goes_on_listing(participle: Token) -> bool:
    """Whether a sentence without a verb goes on listing what the one before announced, as after a semicolon."""
    first = participle.sent.start
    before = {participle.doc[place].lemma_.lower() for place in range(max(first - _LISTED, 0), first)}
    return bool(before & words("announcing")) and bool(before & {"include", "including"})


def idiom_stage(trigger: Token) -> Stage | None:
    """Fixed phrases on the clause's verb: "is under review", "have been put on hold", "is out of the question"."""
    clause = trigger if trigger.pos_ in VERBAL else verb_above(trigger) or trigger
    for verb in (clause, clause.head):
        for child in verb.children:
            if child.dep_ == "prep" and child.i > verb.i and (stage := idiom_of(child)) is not None:
                return stage
    return None


def idiom_of(preposition: Token) -> Stage | None:
    """The stage that a prepositional phrase gives by itself: "on order", "on hold", "in the pipeline"."""
    phrase = " ".join(token.lower_ for token in subtree(preposition)[:4])
    for stage in _IDIOM_STAGES:
        if phrase.startswith(tuple(words(f"idiom-{stage.value}"))):
            return stage
    return None


def governed_stage(governor: Token, below: Token, stage: Stage, frame: str) -> Stage:
    """The stage after one more word above the predicate.

    Args:
        governor: the word above.
        below: the word under it, through which the predicate hangs on it.
        stage: the stage after all words up to ``below``.
        frame: the predicate's frame.
    """
    link = below.dep_
    if link not in _LINKED or (link in {"pobj", "prep", "pcomp"} and governor.pos_ == "ADP"):
        return stage
    if link == "conj":
        return _shared(governor, below, stage)
    predicate = predicate_of(governor)
    if governor.lemma_ == "go" and governor.tag_ == "VBG" and link == "xcomp" and "to" in auxiliaries(below):
        # "is going to send"
        return Stage.PLEDGED if stage is Stage.DELIVERED and not is_negated(governor) else stage
    if link == "advcl":
        if below.tag_ == "VBG" and predicate is not None and predicate.frame == "operate":
            # "has ruled out sending": the parser takes the gerund for an adverbial.
            return _operated(governor, predicate.stage, stage, frame)
        return Stage.CONSIDERED if stage is Stage.DELIVERED and is_purpose(below) else stage
    if link == "nsubj" and governor.pos_ == "VERB" and predicate is None:
        return stage
    if governor.lemma_.lower() in {"be", "have"} and link == "xcomp" and "to" in auxiliaries(below):
        if is_negated(governor):
            return Stage.WITHHELD
        return Stage.PLEDGED if stage in {Stage.DELIVERED, Stage.ORDERED} else stage
    if governor.pos_ == "ADJ" or (governor.lemma_.lower() == "be" and first_child(governor, "acomp") is not None):
        return _adjectival(governor, stage)
    if predicate is None or predicate.frame == "request":
        if predicate is not None and link in _REQUESTED_LINKS and stage not in _NEGATIVE:
            return _requested(governor, frame)
        if governor.pos_ == "NOUN" and link in {"acl", "relcl"} and governor.lemma_.lower() in words("funds"):
            return Stage.PLEDGED if stage in {Stage.DELIVERED, Stage.ORDERED} else stage
        return _borne(governor, link, stage) if governor.pos_ == "VERB" and predicate is None else stage
    is_subject = governor.pos_ == "VERB" and link == "nsubj"
    if predicate.frame != "operate" or (is_subject and predicate.stage not in {"halted", "delivered", "keep"}):
        return stage
    return _operated(governor, predicate.stage, stage, frame)


def _borne(governor: Token, link: str, stage: Stage) -> Stage:
    """Under a verb that says nothing of supply by itself: "will join others in sending", "will play a part in"."""
    if link == "xcomp" and is_negated(governor):
        return Stage.WITHHELD
    if stage is Stage.DELIVERED and governor.lemma_.lower() in words("taking-part") and auxiliaries(governor) & _FUTURE:
        return Stage.PLEDGED
    return stage


def _requested(request: Token, frame: str) -> Stage:
    """Under a request: who asks to be given requests, who asks to acquire considers."""
    if is_negated(request):
        return Stage.WITHHELD
    return Stage.REQUESTED if frame != "acquire" else Stage.CONSIDERED


def _operated(governor: Token, operator: str, stage: Stage, frame: str) -> Stage:
    """The stage under a word that changes stages.

    Args:
        governor: that word, with its own auxiliaries and negation.
        operator: the stage that it gives, or ``keep``.
        stage: the stage of what it governs.
        frame: the frame of the predicate at the bottom.
    """
    is_not, own = is_negated(governor), auxiliaries(governor)
    if operator == "keep":
        return _kept(governor, stage, frame)
    effect = Stage(operator)
    if effect is Stage.WITHHELD:
        return Stage.CONSIDERED if is_not and stage not in _NEGATIVE else Stage.WITHHELD
    if effect is Stage.HALTED:
        if is_not:
            return stage
        return Stage.CONSIDERED if own & _POSSIBLE else Stage.HALTED
    if stage in _NEGATIVE:
        return stage
    if is_not:
        return Stage.WITHHELD
    if effect is Stage.DELIVERED:
        return Stage.PLEDGED if own & (_FUTURE | {"would"}) else Stage.DELIVERED
    if effect is Stage.PLEDGED and not own & _POSSIBLE:
        if frame == "acquire" and stage is not Stage.DELIVERED:
            return Stage.ORDERED
        return stage if stage is Stage.CONSIDERED else Stage.PLEDGED
    return Stage.CONSIDERED


def _kept(governor: Token, stage: Stage, frame: str) -> Stage:
    """Under "begin", "continue", "help": the stage stays, but for negation and tense.

    Whoever will go on supplying promises it; goods that will go on coming are coming.
    """
    if is_negated(governor):
        return Stage.WITHHELD
    own, predicate = auxiliaries(governor), predicate_of(governor)
    if stage is Stage.DELIVERED and own & (_FUTURE | {"would"}):
        goes_on = predicate is not None and predicate.lemma in {"continue", "keep", "go on", "carry on"}
        if not goes_on or frame == "supply":
            return Stage.PLEDGED
    return Stage.CONSIDERED if stage is Stage.DELIVERED and own & _POSSIBLE else stage


def _adjectival(governor: Token, stage: Stage) -> Stage:
    """Under "ready", "willing", "reluctant", "unable"."""
    is_adjective = governor.pos_ == "ADJ"
    adjectives = {governor.lower_} if is_adjective else {c.lower_ for c in governor.children if c.dep_ == "acomp"}
    is_not = is_negated(governor) or (is_adjective and is_negated(governor.head))
    if is_not and adjectives & (words("readiness") | {"able"}):
        return Stage.WITHHELD
    if stage is Stage.DELIVERED and adjectives & words("readiness"):
        return Stage.CONSIDERED if adjectives & words("leaning") else Stage.PLEDGED
    return Stage.WITHHELD if adjectives & words("unwillingness") else stage


def _shared(first: Token, below: Token, stage: Stage) -> Stage:
    """A second verb shares the auxiliaries of the first: "will buy and deliver"."""
    if below.pos_ != "VERB" or first_child(below, "aux", "auxpass", "nsubj", "nsubjpass") is not None:
        return stage
    if stage is Stage.DELIVERED and below.tag_ in {"VB", "VBN", "VBG"} and first.tag_ == below.tag_:
        return _tensed(first, stage)
    return stage
