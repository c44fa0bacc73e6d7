"""Stances by words of approval, objection and warning: verbs, adjectives and "for" or "against"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from materiel.reading.clauses import (
    SUBJECTS,
    VERBAL,
    auxiliaries,
    first_child,
    is_held_back,
    is_negated,
    is_passive,
    prepositions,
    subject_of,
)
from materiel.reading.cues import Cue, holder_of, objects, sayer_of, sayer_or, turned
from materiel.reading.lexicons import words
from materiel.reading.stance_acts import is_demand_to_stop, judged
from materiel.terms.statements import Attitude

_CLAIMS = frozenset({"this", "that", "it", "them"})
"""What stands for a claim after "rejected" or "dismissed"."""


def attitude_verb(verb: Token, lemma: str) -> Iterator[Cue]:
    """Such as "Oslo welcomed", "was condemned by", "speaks out against", "would like to see"."""
    attitude = of_list(lemma, "verb") or _phrasal(verb, lemma)
    holder = sayer_or(holder_of(verb), verb)
    if holder is None and lemma in words("tolerating") and is_passive(verb):
        holder = sayer_of(verb)
    if attitude is None or holder is None or is_demand_to_stop(verb, lemma):
        return
    if lemma in words("helping-too") and not is_for_a_matter(verb):
        return
    if attitude is Attitude.WARNS and any(_stops_own(c) for c in verb.children if c.dep_ == "xcomp"):
        return
    if lemma == "complain" and first_child(verb, "ccomp") is not None:
        return
    if lemma in words("denial") and any(
        t.lemma_.lower() in words("claim-noun") or (t.head == verb and t.dep_ == "dobj" and t.lower_ in _CLAIMS)
        for t in verb.subtree
    ):
        return
    yield Cue(
        turned(attitude, verb),
        verb,
        holder,
        objects(verb),
        demands=lemma in words("asking-for-supply"),
        is_bare=lemma in words("bare-stance") or (attitude is Attitude.WARNS and judged(verb.subtree) is attitude),
    )


def _stops_own(threat: Token) -> bool:
    """Whether what is threatened is to hold something back oneself: "threatened to withhold the shells"."""
    return threat.lemma_.lower() in words("suspending") or is_held_back(threat)


def moved(verb: Token, lemma: str) -> Iterator[Cue]:
    """Such as "The sale angered Athens", "Athens is alarmed by the sale"."""
    if lemma not in words("moving-against"):
        return
    if is_passive(verb) or first_child(verb, "auxpass") is not None:
        holder = first_child(verb, *SUBJECTS)
        about = tuple(end for p, end in prepositions(verb) if p in {"by", "at", "over", "about", "with"})
    else:
        holder = first_child(verb, "dobj")
        about = tuple(c for c in verb.children if c.dep_ in SUBJECTS)
    if holder is not None:
        yield Cue(turned(Attitude.OPPOSES, verb), verb, holder, about)


def is_for_a_matter(verb: Token) -> bool:
    """Whether what is supported is a matter, such as a sale or a plan, and not somebody: "supports Ukraine"."""
    objects = [c for c in verb.children if c.dep_ in {"dobj", "nsubjpass", "pobj", "pcomp"}]
    objects += [end for p, end in prepositions(verb) if p == "for"]
    return any(t.lemma_.lower() in words("stance-matter") or t.tag_ == "VBG" for t in objects)


def _phrasal(verb: Token, lemma: str) -> Attitude | None:
    """Verbs that take a stance with their particle: "speak out against", "stand behind", "call for"."""
    after = {c.lower_ for c in verb.children if c.dep_ in {"prep", "prt", "advmod"} and c.i > verb.i}
    after |= {c.lower_ for child in verb.children if child.dep_ in {"prep", "prt", "advmod"} for c in child.children}
    if lemma in {"like", "love", "want"} and any(c.dep_ == "xcomp" and c.lemma_ == "see" for c in verb.children):
        return Attitude.SUPPORTS
    if lemma in words("asking-for-supply"):
        asked = first_child(verb, "xcomp", "ccomp", "advcl")
        is_for_act = asked is not None and asked.i > verb.i and "to" in auxiliaries(asked) and not is_negated(asked)
        is_of_another = first_child(verb, "dobj") is not None or any(p in {"on", "with"} for p, _ in prepositions(verb))
        is_for_leave = any(p == "for" for p, _ in prepositions(verb))
        if is_for_act and is_of_another and not is_for_leave:
            return Attitude.SUPPORTS
    if lemma in {"react", "respond"}:
        return Attitude.OPPOSES if after & words("angrily") else None
    if lemma in words("siding-verb"):
        if "against" in after:
            return Attitude.OPPOSES
        if after & {"behind", "favour", "favor", "for"}:
            return Attitude.SUPPORTS
    return None


def attitude_adjective(adjective: Token, lemma: str) -> Iterator[Cue]:
    """Such as "Is furious at", "remains opposed to", "alarmed by"."""
    attitude = of_list(lemma, "adjective")
    verb = adjective.head
    if attitude is None or adjective.dep_ not in {"acomp", "oprd", "conj", "advcl"} or verb.pos_ not in VERBAL:
        return
    holder = subject_of(verb)
    if holder is not None:
        about = objects(adjective) + tuple(
            end for p, end in prepositions(verb) if p in {"at", "about", "over", "by", "of", "with", "to", "for"}
        )
        yield Cue(turned(attitude, verb), adjective, holder, about)


def being_for_or_against(preposition: Token, lemma: str) -> Iterator[Cue]:
    """Such as "Is against any such sale", "is all for it", "dead set against handing over"."""
    verb = preposition.head if preposition.head.pos_ in VERBAL else preposition.head.head
    if lemma != "against" and preposition.head != verb:
        return
    if lemma == "against" and verb.lemma_ == "have" and preposition.nbor(-1).lower_ == "nothing":
        holder = sayer_or(subject_of(verb), verb)
        if holder is not None:
            about = tuple(end for p, end in prepositions(preposition.head) if p == "against")
            yield Cue(Attitude.SUPPORTS, preposition, holder, about)
        return
    if verb.lemma_ not in {"be", "stand", "remain", "set"} or preposition.i - verb.i > 3 or preposition.i < verb.i:
        return
    holder = sayer_or(subject_of(verb), verb)
    if holder is not None:
        attitude = Attitude.OPPOSES if lemma == "against" else Attitude.SUPPORTS
        about = tuple(c for c in preposition.children if c.dep_ in {"pobj", "pcomp"})
        if lemma == "for" and not any(
            t.lower_ in {"it", "them"} or t.lemma_.lower() in words("supply-noun") for t in about
        ):
            return
        yield Cue(turned(attitude, verb), preposition, holder, about, is_bare=lemma == "against")


def of_list(lemma: str, part: str) -> Attitude | None:
    """The stance that a verb, a noun or an adjective tells by itself."""
    return next((a for a in Attitude if lemma in words(f"{a.value}-{part}")), None)
