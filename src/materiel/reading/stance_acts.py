"""Stances by what is said or done: judgements of a supply, demands to stop it, permissions given or refused."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from materiel.reading.clauses import (
    SUBJECTS,
    VERBAL,
    auxiliaries,
    first_child,
    governors,
    is_held_back,
    is_negated,
    is_passive,
    prepositions,
)
from materiel.reading.cues import OPPOSITE, Cue, holder_of, objects, sayer_of, sayer_or, turned
from materiel.reading.lexicons import words
from materiel.terms.statements import Attitude

OUGHT = frozenset({"must", "should", "ought", "shall"})


def judged(tokens: Iterator[Token] | tuple[Token, ...] | list[Token]) -> Attitude | None:
    """What the words of a judgement amount to: a mistake, a welcome step, something with consequences."""
    found: Attitude | None = None
    tokens = list(tokens)
    text = " ".join(token.lower_ for token in tokens)
    if any(phrase in text for phrase in words("judged-warned-phrase")):
        return Attitude.WARNS
    for token in tokens:
        lemma = token.lemma_.lower()
        if lemma in words("judged-warned"):
            return Attitude.WARNS
        if lemma == "interest" and "against" in text:
            return Attitude.OPPOSES
        if lemma in words("judged-bad"):
            found = Attitude.OPPOSES
        elif lemma in words("judged-good") and found is None:
            found = Attitude.SUPPORTS
    return found


def judgement(verb: Token, lemma: str) -> Iterator[Cue]:
    """Such as "Called the sale a mistake", "sees it as a provocation", "dubbed the delivery a road to nowhere"."""
    if lemma not in words("judging-verb") or is_demand_to_stop(verb, lemma):
        return
    holder = sayer_or(holder_of(verb), verb)
    object_ = first_child(verb, "dobj", "nsubjpass")
    clause = first_child(verb, "ccomp", "xcomp")
    said = [t for c in verb.children if c.i > verb.i and c.dep_ not in {"nsubj", "advcl", "dobj"} for t in c.subtree]
    said += list(object_.subtree) if object_ is not None and clause is None else []
    attitude = judged(said)
    if attitude is None and lemma in words("name-calling") and first_child(verb, "oprd", "ccomp") is not None:
        attitude = Attitude.OPPOSES
    if attitude is Attitude.SUPPORTS and lemma not in words("name-calling"):
        return
    is_of_claim = object_ is not None and object_.lemma_.lower() in words("told-noun")
    if holder is None or attitude is None or is_of_claim:
        return
    inner = first_child(clause, *SUBJECTS) if clause is not None else None
    about = tuple(t for t in (object_, inner or clause) if t is not None)
    yield Cue(turned(attitude, verb), verb, holder, about)


def said_judgement(verb: Token) -> Iterator[Cue]:
    """Such as "The deliveries would only prolong the war, Moscow said", "said that the sale was a mistake"."""
    subject = first_child(verb, *SUBJECTS)
    lemma = verb.lemma_.lower()
    if subject is None or lemma in words("speech"):
        return
    after = [c for c in verb.children if c.i > verb.i and c.dep_ not in {"advcl", "punct"}]
    if lemma in words("harming"):
        attitude: Attitude | None = None if is_negated(verb) else Attitude.OPPOSES
    elif lemma in words("amounting"):
        attitude = judged([t for c in after for t in c.subtree])
    elif lemma in words("judged-warned"):
        attitude = Attitude.WARNS
    else:
        attitude = None
    speaker = sayer_of(verb)
    if attitude is Attitude.SUPPORTS and subject.lemma_.lower() not in words("stance-matter"):
        return
    if attitude is not None and speaker is not None and speaker != subject:
        about = (subject, *(c for c in verb.children if c.i > verb.i and c.dep_ != "punct"))
        doubts = [g for g in governors(verb) if g.lemma_ in {"think", "believe"}]
        yield Cue(turned(attitude, verb, *doubts), verb, speaker, about)


def demand(verb: Token, lemma: str) -> Iterator[Cue]:
    """Such as "Called on Washington to stop arming", "demanded an end to", "must be stopped, the envoy said"."""
    if is_demand_to_stop(verb, lemma):
        holder = holder_of(verb)
        if holder is not None:
            asked = tuple(_demanded(verb))
            attitude = Attitude.SUPPORTS if any(_ends_a_stop(t) for t in asked) else Attitude.OPPOSES
            is_bare = all(first_child(t, "dobj", "xcomp", "prep", "ccomp") is None for t in asked)
            yield Cue(turned(attitude, verb), verb, holder, asked, stops=True, is_bare=is_bare)
    elif auxiliaries(verb) & OUGHT and (is_negated(verb) or _stops(verb)):
        speaker = sayer_of(verb)
        if speaker is not None:
            subject = first_child(verb, *SUBJECTS)
            about = tuple(t for t in (subject, verb) if t is not None)
            yield Cue(Attitude.OPPOSES, verb, speaker, about, stops=True)
    elif _ought_to(verb) and (speaker := sayer_of(verb)) is not None:
        yield Cue(Attitude.SUPPORTS, verb, speaker, (verb,), demands=True)


def _ought_to(verb: Token) -> bool:
    """Whether it is said that something ought to be done; "should he do it" is a condition."""
    subject = first_child(verb, *SUBJECTS)
    return subject is not None and any(c.lower_ in OUGHT and c.i > subject.i for c in verb.children)


def _ends_a_stop(word: Token) -> bool:
    """Whether what is to end is itself a stop: "drop its restrictions", "lift the embargo on"."""
    below = [c for c in word.children if c.dep_ == "dobj"] + [end for p, end in prepositions(word) if p in {"to", "of"}]
    return _stops(word) and any(c.lemma_.lower() in words("suspending") for c in below)


def _demanded(verb: Token) -> list[Token]:
    """What a demand asks for: its clause or its noun, those joined to them included."""
    asked = [
        c
        for c in verb.children
        if c.i > verb.i
        and (c.dep_ in {"xcomp", "ccomp", "dobj"} or (c.dep_ == "advcl" and first_child(c, "mark", "advmod") is None))
    ]
    asked += [end for p, end in prepositions(verb) if p in {"for", "to"}]
    return asked + [c for each in asked for c in each.children if c.dep_ == "conj"]


def is_demand_to_stop(verb: Token, lemma: str) -> bool:
    """Whether the verb asks for an end of something: "urged them not to", "demanded a halt", "asked that no more"."""
    if lemma not in words("demanding-to-stop"):
        return False
    for asked in _demanded(verb):
        if asked.lemma_.lower() in words("told-about"):
            continue
        if lemma in words("telling-to") and asked.dep_ != "xcomp":
            continue
        if _stops(asked):
            return True
        is_bare = any(c.lower_ == "be" for c in asked.children if c.dep_ in {"aux", "auxpass"}) or asked.tag_ == "VB"
        is_wish = asked.dep_ == "xcomp" or (is_bare and not auxiliaries(asked) - {"to", "be"})
        if asked.pos_ in VERBAL and is_wish and is_negated(asked):
            return True
    return False


def _stops(word: Token) -> bool:
    """Whether the word ends or forbids what it governs, or undergoes it: "must be stopped"."""
    thinks_again = word.lemma_ == "think" and any(c.lower_ in {"again", "twice"} for c in word.children)
    return word.lemma_.lower() in words("stopping") or is_held_back(word) or thinks_again


def _place_of(verb: Token) -> Token | None:
    """The capital where something was forbidden or allowed: "the sale was blocked in Washington"."""
    if not is_passive(verb):
        return None
    return next((end for p, end in prepositions(verb) if p == "in" and end.pos_ == "PROPN"), None)


def permission(verb: Token, lemma: str) -> Iterator[Cue]:
    """Such as "Allowed Warsaw to pass on", "authorised third-party transfers", "blocked the re-export"."""
    is_bare = lemma in {"agree", "consent"} and first_child(verb, "nsubj") is not None and not objects(verb)
    agrees = is_bare or (lemma == "agree" and any(p == "to" for p, _ in prepositions(verb)))
    keeps_from = lemma in {"stop", "keep", "deter", "dissuade"} and any(
        p == "from" and end.pos_ in VERBAL for p, end in prepositions(verb)
    )
    tries_to_stop = lemma in {"stop", "halt"} and verb.dep_ == "xcomp" and verb.head.lemma_.lower() in words("trying")
    lets = agrees or lemma in words("permitting")
    if not lets and not keeps_from and not tries_to_stop and lemma not in words("forbidding"):
        return
    holder = holder_of(verb) or _place_of(verb)
    if holder is None or (lemma == "let" and first_child(verb, "ccomp", "xcomp") is None):
        return
    attitude = Attitude.SUPPORTS if lets else Attitude.OPPOSES
    above = verb.head
    if verb.dep_ == "xcomp" and above.lemma_.lower() in {"refuse", "decline", "fail"}:
        attitude = OPPOSITE[attitude]
    yield Cue(turned(attitude, verb), verb, holder, objects(verb), permits=True, is_bare=is_bare)
