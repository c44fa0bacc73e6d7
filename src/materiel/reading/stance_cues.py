"""The words by which somebody takes a stance: who, for or against, and which words say towards what.

A cue only says that somebody approves, objects or warns; whether of a supply is for :mod:`stances` to find out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from materiel.reading.clauses import (
    SUBJECTS,
    VERBAL,
    auxiliaries,
    first_child,
    governors,
    is_negated,
    is_passive,
    prepositions,
    subject_of,
    verb_above,
)
from materiel.reading.lexicons import words
from materiel.reading.speakers import aside_speaker
from materiel.terms.statements import Attitude

_OBJECTS = frozenset({"dobj", "ccomp", "xcomp", "acomp", "nsubjpass", "pobj", "attr", "oprd", "dative"})
OPPOSITE = {Attitude.SUPPORTS: Attitude.OPPOSES, Attitude.OPPOSES: Attitude.SUPPORTS, Attitude.WARNS: Attitude.WARNS}


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that tell a stance.

    Attributes:
        word: the word that tells it.
        holder: the head of the phrase that names who takes it.
        about: heads of the phrases that say towards what; empty where it is what the sentence is about.
        permits: it lets another's supply happen or not, so that the holder cannot be the supplier.
        demands: it asks for the supply, so that the holder cannot be the one who is to receive.
    """

    attitude: Attitude
    word: Token
    holder: Token
    about: tuple[Token, ...]
    permits: bool = False
    demands: bool = False


def cues_at(token: Token) -> Iterator[Cue]:
    """The stances that this word tells, on its own or with what hangs on it."""
    lemma = token.lemma_.lower()
    if token.pos_ in VERBAL:
        yield from _attitude_verb(token, lemma)
        yield from _judgement(token, lemma)
        yield from _demand(token, lemma)
        yield from _permission(token, lemma)
        yield from _said_judgement(token)
    elif token.pos_ == "NOUN":
        yield from _attitude_noun(token, lemma)
    elif token.pos_ == "ADJ":
        yield from _attitude_adjective(token, lemma)
    elif token.pos_ in {"ADP", "SCONJ"} and lemma in {"against", "for", "behind"} and token.head.lemma_ in {"be", "stand"}:
        holder = subject_of(token.head)
        if holder is not None:
            attitude = Attitude.OPPOSES if lemma == "against" else Attitude.SUPPORTS
            yield Cue(_turned(attitude, token.head), token, holder, tuple(token.children))


def _turned(attitude: Attitude, *tokens: Token) -> Attitude:
    """The stance after each "not"."""
    for token in tokens:
        if is_negated(token):
            attitude = OPPOSITE[attitude]
    return attitude


def _of_list(lemma: str, part: str) -> Attitude | None:
    return next((a for a in Attitude if lemma in words(f"{a.value}-{part}")), None)


def _objects(token: Token) -> tuple[Token, ...]:
    found = [c for c in token.children if c.dep_ in _OBJECTS or (c.dep_ == "advcl" and c.i > token.i)]
    return (*found, *(end for _, end in prepositions(token)))


def _holder_of(verb: Token) -> Token | None:
    if is_passive(verb):
        return next((end for p, end in prepositions(verb) if p == "by"), None)
    return subject_of(verb)


# -- words of approval, objection and warning -------------------------------------------------------------------------


def _attitude_verb(verb: Token, lemma: str) -> Iterator[Cue]:
    """"Oslo welcomed", "was condemned by", "speaks out against", "frets over"."""
    attitude = _of_list(lemma, "verb") or _phrasal(verb, lemma)
    holder = _holder_of(verb)
    if attitude is not None and holder is not None:
        demands = lemma in words("demanding")
        yield Cue(_turned(attitude, verb), verb, holder, _objects(verb), demands=demands)


def _phrasal(verb: Token, lemma: str) -> Attitude | None:
    """Verbs that take a stance with their particle: "speak out against", "stand behind", "call for"."""
    after = {c.lower_ for c in verb.children if c.dep_ in {"prep", "prt", "advmod"} and c.i > verb.i}
    after |= {c.lower_ for child in verb.children if child.dep_ in {"prep", "prt", "advmod"} for c in child.children}
    if lemma in words("siding-verb"):
        if "against" in after:
            return Attitude.OPPOSES
        if after & {"behind", "favour", "favor", "for"}:
            return Attitude.SUPPORTS
    return None


def _attitude_noun(noun: Token, lemma: str) -> Iterator[Cue]:
    """"Turkish objections to", "warnings from Washington", "voiced concern about", "over the protests of"."""
    attitude = _of_list(lemma, "noun")
    if attitude is None:
        return
    governor = verb_above(noun)
    owner = first_child(noun, "poss") or next((end for p, end in prepositions(noun) if p in {"of", "from", "by"}), None)
    demonym = next((c for c in noun.children if c.dep_ in {"amod", "compound"} and c.text[0].isupper()), None)
    holder = owner or demonym
    if holder is None and governor is not None and governor.lemma_.lower() in words("voicing"):
        holder = _holder_of(governor)
    if holder is None:
        return
    if governor is not None and noun.dep_ in {"dobj", "nsubjpass"} and governor.lemma_.lower() in words("giving-up"):
        attitude = OPPOSITE[attitude]
    if governor is not None and noun.dep_ in {"dobj", "nsubjpass"} and is_negated(governor):
        attitude = OPPOSITE[attitude]
    about = tuple(end for p, end in prepositions(noun) if p not in {"of", "from", "by"} or end != owner)
    about += tuple(c for c in noun.children if c.dep_ in {"acl", "ccomp"})
    yield Cue(_turned(attitude, noun), noun, holder, about, permits=lemma in words("permit-noun"))


def _attitude_adjective(adjective: Token, lemma: str) -> Iterator[Cue]:
    """"Is furious at", "remains opposed to", "alarmed by"."""
    attitude = _of_list(lemma, "adjective")
    verb = adjective.head
    if attitude is None or adjective.dep_ not in {"acomp", "oprd", "conj", "advcl"} or verb.pos_ not in VERBAL:
        return
    holder = subject_of(verb)
    if holder is not None:
        about = _objects(adjective) + tuple(c for c in adjective.children if c.dep_ in {"ccomp", "xcomp"})
        yield Cue(_turned(attitude, verb), adjective, holder, about)


# -- judgements -------------------------------------------------------------------------------------------------------


def judged(tokens: Iterator[Token] | tuple[Token, ...] | list[Token]) -> Attitude | None:
    """What the words of a judgement amount to: a mistake, a welcome step, something with consequences."""
    found: Attitude | None = None
    for token in tokens:
        lemma = token.lemma_.lower()
        if lemma in words("judged-warned"):
            return Attitude.WARNS
        if lemma in words("judged-bad"):
            found = Attitude.OPPOSES
        elif lemma in words("judged-good") and found is None:
            found = Attitude.SUPPORTS
    return found


def _judgement(verb: Token, lemma: str) -> Iterator[Cue]:
    """"Called the sale a mistake", "sees it as a provocation"."""
    if lemma not in words("judging-verb"):
        return
    holder = _holder_of(verb)
    object_ = first_child(verb, "dobj", "nsubjpass", "nsubj" if is_passive(verb) else "dobj")
    said = [t for c in verb.children if c.i > verb.i and c.dep_ not in {"nsubj", "advcl"} for t in c.subtree]
    clause = first_child(verb, "ccomp", "xcomp")
    attitude = judged(said)
    if holder is None or attitude is None:
        return
    about = tuple(t for t in (object_, clause) if t is not None)
    yield Cue(_turned(attitude, verb), verb, holder, about)


def _said_judgement(verb: Token) -> Iterator[Cue]:
    """"The deliveries would only prolong the war, Moscow said", "said that the sale was a mistake"."""
    subject = first_child(verb, *SUBJECTS)
    if subject is None or verb.lemma_.lower() in words("speech"):
        return
    if verb.lemma_.lower() in words("harming"):
        attitude: Attitude | None = Attitude.OPPOSES
    elif verb.lemma_.lower() in {"be", "constitute", "represent", "mean", "have", "carry", "cross", "amount", "bring"}:
        attitude = judged([t for c in verb.children if c.i > verb.i and c.dep_ != "advcl" for t in c.subtree])
    elif verb.lemma_.lower() in words("judged-warned"):
        attitude = Attitude.WARNS
    else:
        attitude = None
    speaker = sayer_of(verb)
    if attitude is not None and speaker is not None and speaker != subject:
        clauses = tuple(c for c in verb.children if c.dep_ in {"advcl", "xcomp"})
        yield Cue(_turned(attitude, verb), verb, speaker, (subject, *clauses))


def sayer_of(verb: Token) -> Token | None:
    """Who says the clause of this verb: the subject of the verb of speech above it or beside it."""
    below = verb
    for governor in governors(verb):
        if governor.pos_ in VERBAL and governor.lemma_.lower() in words("speech") | words("opinion"):
            return subject_of(governor) if below.dep_ in {"ccomp", "parataxis", "xcomp", "advcl"} else None
        if governor.pos_ in VERBAL and below.dep_ not in {"ccomp", "conj", "xcomp"}:
            break
        below = governor
    return aside_speaker(verb)


# -- demands and permissions ------------------------------------------------------------------------------------------


def _demand(verb: Token, lemma: str) -> Iterator[Cue]:
    """"Called on Washington to stop arming", "demanded an end to", "must be stopped, the envoy said"."""
    complement = [c for c in verb.children if c.dep_ in {"xcomp", "ccomp", "dobj", "advcl"} and c.i > verb.i]
    ends = [end for p, end in prepositions(verb) if p in {"for", "to", "against"}]
    if lemma in words("demanding-to-stop"):
        holder = _holder_of(verb)
        stops = [t for t in (*complement, *ends) if _stops(t)]
        if holder is not None and stops:
            yield Cue(_turned(Attitude.OPPOSES, verb), verb, holder, tuple(stops))
        return
    if auxiliaries(verb) & {"must", "should", "ought", "shall"} and (speaker := sayer_of(verb)) is not None:
        stops_itself = is_negated(verb) or _stops(verb)
        if stops_itself:
            subject = first_child(verb, *SUBJECTS)
            yield Cue(Attitude.OPPOSES, verb, speaker, tuple(t for t in (subject, verb) if t is not None))


def _stops(word: Token) -> bool:
    """Whether the word, or the verb that it is, ends or forbids what it governs."""
    lemma = word.lemma_.lower()
    if lemma in words("stopping"):
        return True
    return word.pos_ in VERBAL and is_negated(word)


def _permission(verb: Token, lemma: str) -> Iterator[Cue]:
    """"Allowed Warsaw to pass on", "authorised third-party transfers", "blocked the re-export"."""
    lets = lemma in words("permitting")
    if not lets and lemma not in words("forbidding"):
        return
    holder = _holder_of(verb)
    if holder is None:
        return
    attitude = Attitude.SUPPORTS if lets else Attitude.OPPOSES
    above = verb.head
    if verb.dep_ == "xcomp" and above.lemma_.lower() in {"refuse", "decline", "fail"}:
        attitude = OPPOSITE[attitude]
    yield Cue(_turned(attitude, verb), verb, holder, _objects(verb), permits=True)
