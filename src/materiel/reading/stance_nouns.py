"""Stances by nouns of approval, objection and warning: "Turkish objections to", "to the fury of", "with consent of"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from materiel.reading.clauses import SUBJECTS, first_child, is_negated, prepositions, subject_of, verb_above
from materiel.reading.cues import OPPOSITE, Cue, holder_of, turned
from materiel.reading.lexicons import words
from materiel.reading.stance_words import is_for_a_matter, of_list
from materiel.terms.statements import Attitude

_TAKEN = frozenset({"dobj", "nsubjpass", "conj", "attr"})
"""How a noun hangs on the verb whose subject has the feeling: "voiced concern", "is a critic"."""


def attitude_noun(noun: Token, lemma: str) -> Iterator[Cue]:
    """Such as "Turkish objections to", "warnings from Washington", "voiced concern about", "over the protests of"."""
    governor = verb_above(noun)
    attitude = _attitude_of(noun, lemma, governor)
    if attitude is None or noun.dep_ == "compound" or _means_something_else(noun, lemma, governor):
        return
    holder, owner = _holder_of(noun, lemma, governor, attitude)
    if holder is None:
        return
    if governor is not None and noun.dep_ in {"dobj", "nsubjpass"}:
        attitude = OPPOSITE[attitude] if _gives_up(governor) else attitude
        attitude = OPPOSITE[attitude] if is_negated(governor) else attitude
    about = tuple(_objects(noun, governor, owner))
    if not about and _is_elicited(governor, attitude) and governor is not None:
        about = tuple(c for c in governor.children if c.dep_ in SUBJECTS and c != noun)
    if not about and not _stands_alone(noun, lemma, governor):
        return
    permits = lemma in words("permit-noun") or _is_green_light(noun, lemma)
    yield Cue(turned(attitude, noun), noun, holder, about, permits=permits, is_bare=not about)


def _attitude_of(noun: Token, lemma: str, governor: Token | None) -> Attitude | None:
    """What the noun tells: by itself, as "green light", or where nobody has it: "has no problem with"."""
    if _is_green_light(noun, lemma):
        return Attitude.SUPPORTS
    if lemma in words("mild-objection") and governor is not None and noun.dep_ == "dobj" and is_negated(governor):
        return Attitude.OPPOSES
    return of_list(lemma, "noun")


def _is_green_light(noun: Token, lemma: str) -> bool:
    return lemma == "light" and any(c.lower_ == "green" for c in noun.children)


def _means_something_else(noun: Token, lemma: str, governor: Token | None) -> bool:
    """Whether it is no stance: "the opposition said", "needs the consent of", "the Chadian threat"."""
    above = governor.lemma_.lower() if governor is not None else ""
    if lemma == "opposition" and noun.dep_ == "nsubj":
        return True
    if lemma in words("permit-noun") and above in words("requiring"):
        return True
    if lemma in {"support", "backing"} and above not in words("avowing"):
        return True
    if lemma in words("taking-sides") and not (governor is not None and noun.dep_ == "attr"):
        return True
    is_made = noun.dep_ == "dobj" and above in words("voicing")
    return lemma == "threat" and first_child(noun, "acl") is None and not is_made


def _holder_of(
    noun: Token, lemma: str, governor: Token | None, attitude: Attitude
) -> tuple[Token | None, Token | None]:
    """Who has the feeling, and the word among them that is the noun's owner: "Oslo's anger", "protests from Oslo"."""
    sides = lemma in words("taking-sides")
    owner = first_child(noun, "poss") or next(
        (end for p, end in prepositions(noun) if p in {"of", "from", "by"} and not sides), None
    )
    granted = governor is not None and governor.lemma_.lower() in words("granting") and noun.dep_ == "dobj"
    before = {"amod"} if granted else {"amod", "compound"}
    demonym = next((c for c in noun.children if c.dep_ in before and c.text[0].isupper()), None)
    if lemma in words("helping-too") and not _is_in(noun) and (not is_for_a_matter(noun) or demonym is not None):
        return None, owner
    holder = owner or demonym
    if governor is None:
        return holder or (_source_after(noun) if noun.dep_ == "pobj" else None), owner
    if _is_in(noun) and (holder is None or lemma in {"favour", "favor"}):
        holder = subject_of(governor)
    if holder is None and governor.lemma_ == "be" and noun.dep_ == "attr":
        holder = subject_of(governor)
    if holder is None and noun.dep_ == "pobj":
        holder = _source_after(noun)
    if holder is None and _is_elicited(governor, attitude):
        holder = next((end for p, end in prepositions(governor) if p in {"from", "in", "among"}), None)
    if holder is None and noun.dep_ in _TAKEN and governor.lemma_.lower() in words("voicing"):
        holder = holder_of(governor)
    return holder, owner


def _objects(noun: Token, governor: Token | None, owner: Token | None) -> Iterator[Token]:
    """Towards what the feeling is, on the noun or on its verb: "expressed regret to Oslo at the sale"."""
    yield from (end for p, end in prepositions(noun) if p not in {"of", "from", "by"} or end != owner)
    yield from (c for c in noun.children if c.dep_ in {"acl", "ccomp"})
    if governor is not None and (noun.dep_ in _TAKEN or _is_in(noun)):
        yield from (end for p, end in prepositions(governor) if p in {"at", "over", "about", "against"})


def _stands_alone(noun: Token, lemma: str, governor: Token | None) -> bool:
    """Whether the noun may go without its object; a feeling must be voiced for that, or be "to the fury of"."""
    if lemma in words("mild-objection"):
        return False
    voiced = words("voicing") - {"have"}
    is_voiced = governor is not None and noun.dep_ in _TAKEN and governor.lemma_.lower() in voiced
    return lemma not in words("felt") or is_voiced or (noun.dep_ == "pobj" and noun.head.lower_ == "to")


def _is_in(noun: Token) -> bool:
    return noun.dep_ == "pobj" and noun.head.lower_ in {"in", "with"}


def _is_elicited(governor: Token | None, attitude: Attitude) -> bool:
    """Whether the verb tells what the feeling came from: "the sale drew protests"."""
    return governor is not None and governor.lemma_.lower() in words("eliciting") and attitude is not Attitude.WARNS


def _source_after(noun: Token) -> Token | None:
    """Who is named right after the noun, whatever the parser hangs it on: "in defiance of warnings from Oslo"."""
    if noun.i + 1 >= len(noun.doc):
        return None
    following = noun.nbor()
    return first_child(following, "pobj") if following.lower_ in {"from", "by"} and following.pos_ == "ADP" else None


def _gives_up(verb: Token) -> bool:
    """Whether a consent or an objection is given up by this verb: "dropped its objection", "withdrew its approval"."""
    if verb.lemma_.lower() == "give":
        return any(c.dep_ == "prt" and c.lower_ == "up" for c in verb.children)
    return verb.lemma_.lower() in words("giving-up")
