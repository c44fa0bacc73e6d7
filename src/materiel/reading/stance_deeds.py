"""Stances by deeds: an envoy recalled, sanctions imposed for a supply, pressure put on those who supply."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from materiel.reading.clauses import VERBAL, auxiliaries, first_child, is_negated, prepositions, verb_above
from materiel.reading.cues import Cue, holder_of
from materiel.reading.lexicons import words
from materiel.terms.statements import Attitude

_PERHAPS = frozenset({"would", "could", "may", "might", "should"})


def reprisal(verb: Token, lemma: str) -> Iterator[Cue]:
    """Such as "Recalled its ambassador in protest at", "imposed sanctions over", "was sued for supplying"."""
    object_ = first_child(verb, "dobj", "nsubjpass")
    is_of_envoy = (
        lemma in words("recalling-envoys") and object_ is not None and object_.lemma_.lower() in words("envoy")
    )
    is_punishment = lemma in words("punishing") or (
        lemma in words("imposing") and object_ is not None and object_.lemma_.lower() in words("punishment")
    )
    holder = holder_of(verb)
    if holder is None or not (is_of_envoy or is_punishment) or is_negated(verb) or auxiliaries(verb) & _PERHAPS:
        return
    about = tuple(_reasons(verb)) + (tuple(_reasons(object_)) if object_ is not None else ())
    if about:
        yield Cue(Attitude.OPPOSES, verb, holder, about)


def _reasons(word: Token) -> Iterator[Token]:
    """For what it is done: "over the sale", "for selling", "because of", "in protest at", "in response to"."""
    for preposition, end in prepositions(word):
        if preposition in words("for-reason"):
            yield end
        elif preposition in {"in", "as"} and end.lemma_.lower() in words("protest-noun"):
            yield from (inner for p, inner in prepositions(end) if p in words("for-reason") | {"at", "against", "to"})
    for child in word.children:
        if child.lower_ == "because":
            yield from (end for of in child.children if of.lower_ == "of" for end in of.children if end.dep_ == "pobj")


def pressure(noun: Token, lemma: str) -> Iterator[Cue]:
    """Such as "Under American pressure to cancel", "after pressure from Oslo", "resisted pressure not to sell"."""
    if lemma != "pressure":
        return
    holder = first_child(noun, "poss") or next((end for p, end in prepositions(noun) if p == "from"), None)
    holder = holder or next((c for c in noun.children if c.dep_ == "amod" and c.text[0].isupper()), None)
    if holder is None:
        return
    to_do = next((c for c in noun.children if c.dep_ == "acl" and c.pos_ in VERBAL), None)
    if to_do is not None:
        stops = is_negated(to_do) or to_do.lemma_.lower() in words("stopping")
        yield Cue(Attitude.OPPOSES if stops else Attitude.SUPPORTS, noun, holder, (to_do,), stops=stops)
        return
    governor = verb_above(noun)
    gives_up = governor is not None and (
        governor.lemma_.lower() in words("stopping") | words("giving-up")
        or (governor.lemma_ == "give" and any(c.dep_ == "prt" and c.lower_ == "up" for c in governor.children))
    )
    if governor is not None and gives_up:
        yield Cue(Attitude.OPPOSES, noun, holder, (governor,), stops=True)
