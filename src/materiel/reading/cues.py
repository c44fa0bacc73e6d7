"""A cue of a stance: who is for or against, by which word, and which words say towards what."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from materiel.reading.clauses import (
    RELATIVE_TAGS,
    VERBAL,
    governors,
    is_negated,
    is_passive,
    prepositions,
    subject_of,
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
        stops: the words of a stop in ``about`` are part of the cue ("asked them to stop sending").
        is_bare: it may stand without its object ("Delhi objected"), which is then what was told before.
    """

    attitude: Attitude
    word: Token
    holder: Token
    about: tuple[Token, ...]
    permits: bool = False
    demands: bool = False
    stops: bool = False
    is_bare: bool = False

    @property
    def names_supplier(self) -> bool:
        """Whether its object may be the supplier himself: "asked Oslo to stop", "warned Oslo of the consequences"."""
        return self.stops or self.attitude is Attitude.WARNS


def turned(attitude: Attitude, *tokens: Token) -> Attitude:
    """The stance after each "not"."""
    for token in tokens:
        if is_negated(token):
            attitude = OPPOSITE[attitude]
    return attitude


def objects(token: Token) -> tuple[Token, ...]:
    found = [c for c in token.children if c.dep_ in _OBJECTS or (c.dep_ == "advcl" and c.i > token.i)]
    if token.dep_ == "relcl" and not any(c.dep_ == "dobj" and c.tag_ not in RELATIVE_TAGS for c in token.children):
        found.append(token.head)
    return (*found, *(end for _, end in prepositions(token)))


def holder_of(verb: Token) -> Token | None:
    if is_passive(verb):
        return next((end for p, end in prepositions(verb) if p == "by"), None)
    return subject_of(verb)


def sayer_or(holder: Token | None, verb: Token) -> Token | None:
    """The speaker who says "they are against": the pronoun stands for whoever says it."""
    if holder is not None and holder.lower_ in {"they", "it", "he", "she"} and verb.dep_ == "ccomp":
        above = verb.head
        subject = subject_of(above) if above.lemma_.lower() in words("speech") else None
        if subject is not None and subject.pos_ in {"NOUN", "PROPN"}:
            return subject
    return holder


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
