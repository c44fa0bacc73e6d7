"""The words by which somebody takes a stance: who, for or against, and which words say towards what.

A cue only says that somebody approves, objects or warns; whether of a supply is for :mod:`stances` to find out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Token

from materiel.reading.clauses import (
    RELATIVE_TAGS,
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
_OUGHT = frozenset({"must", "should", "ought", "shall"})
_CUE_LISTS = (
    "moving-against",
    "siding-verb",
    "judging-verb",
    "harming",
    "amounting",
    "judged-warned",
    "demanding-to-stop",
    "permitting",
    "forbidding",
)
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


def cues_at(token: Token) -> Iterator[Cue]:
    """The stances that this word tells, on its own or with what hangs on it."""
    lemma = token.lemma_.lower()
    if lemma not in _cue_words() and not _is_owed(token):
        return
    if token.pos_ in VERBAL:
        yield from _moved(token, lemma)
        yield from _attitude_verb(token, lemma)
        yield from _judgement(token, lemma)
        yield from _demand(token, lemma)
        yield from _permission(token, lemma)
        yield from _said_judgement(token)
    elif token.pos_ == "NOUN":
        yield from _attitude_noun(token, lemma)
    elif token.pos_ == "ADJ":
        yield from _attitude_adjective(token, lemma)
    elif token.pos_ in {"ADP", "SCONJ", "ADV"} and lemma in {"against", "for", "behind"}:
        yield from _being_for_or_against(token, lemma)


@cache
def _cue_words() -> frozenset[str]:
    """Every word with which a stance can begin: a cheap look before the rules."""
    lists = [words(f"{a.value}-{part}") for a in Attitude for part in ("verb", "noun", "adjective")]
    lists += [words(sense) for sense in _CUE_LISTS]
    return frozenset({"like", "love", "want", "against", "for", "behind"}.union(*lists))


def _is_owed(verb: Token) -> bool:
    """Whether "must" or "should" stands before the verb."""
    return verb.pos_ in VERBAL and any(c.lower_ in _OUGHT for c in verb.children)


def _being_for_or_against(preposition: Token, lemma: str) -> Iterator[Cue]:
    """Such as "Is against any such sale", "is all for it", "dead set against handing over"."""
    verb = preposition.head if preposition.head.pos_ in VERBAL else preposition.head.head
    if lemma != "against" and preposition.head != verb:
        return
    if verb.lemma_ not in {"be", "stand", "remain", "set"} or preposition.i - verb.i > 3 or preposition.i < verb.i:
        return
    holder = _sayer_or(subject_of(verb), verb)
    if holder is not None:
        attitude = Attitude.OPPOSES if lemma == "against" else Attitude.SUPPORTS
        about = tuple(c for c in preposition.children if c.dep_ in {"pobj", "pcomp"})
        if lemma == "for" and not any(
            t.lower_ in {"it", "them"} or t.lemma_.lower() in words("supply-noun") for t in about
        ):
            return
        yield Cue(_turned(attitude, verb), preposition, holder, about, is_bare=lemma == "against")


def _sayer_or(holder: Token | None, verb: Token) -> Token | None:
    """The speaker who says "they are against": the pronoun stands for whoever says it."""
    if holder is not None and holder.lower_ in {"they", "it", "he", "she"} and verb.dep_ == "ccomp":
        above = verb.head
        subject = subject_of(above) if above.lemma_.lower() in words("speech") else None
        if subject is not None and subject.pos_ in {"NOUN", "PROPN"}:
            return subject
    return holder


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
    if token.dep_ == "relcl" and not any(c.dep_ == "dobj" and c.tag_ not in RELATIVE_TAGS for c in token.children):
        found.append(token.head)
    return (*found, *(end for _, end in prepositions(token)))


def _holder_of(verb: Token) -> Token | None:
    if is_passive(verb):
        return next((end for p, end in prepositions(verb) if p == "by"), None)
    return subject_of(verb)


# -- words of approval, objection and warning -------------------------------------------------------------------------


def _attitude_verb(verb: Token, lemma: str) -> Iterator[Cue]:
    """Such as "Oslo welcomed", "was condemned by", "speaks out against", "would like to see"."""
    attitude = _of_list(lemma, "verb") or _phrasal(verb, lemma)
    holder = _sayer_or(_holder_of(verb), verb)
    if attitude is None or holder is None or _is_demand_to_stop(verb, lemma):
        return
    if lemma in words("helping-too") and not _is_for_a_matter(verb):
        return
    if lemma in words("denial") and any(t.lemma_.lower() in words("claim-noun") for t in verb.subtree):
        return
    yield Cue(
        _turned(attitude, verb),
        verb,
        holder,
        _objects(verb),
        demands=lemma in words("demanding"),
        is_bare=lemma in words("bare-stance"),
    )


def _moved(verb: Token, lemma: str) -> Iterator[Cue]:
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
        yield Cue(_turned(Attitude.OPPOSES, verb), verb, holder, about)


def _is_for_a_matter(verb: Token) -> bool:
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
    if lemma in words("siding-verb"):
        if "against" in after:
            return Attitude.OPPOSES
        if after & {"behind", "favour", "favor", "for"}:
            return Attitude.SUPPORTS
    return None


def _attitude_noun(noun: Token, lemma: str) -> Iterator[Cue]:
    """Such as "Turkish objections to", "warnings from Washington", "voiced concern about", "over the protests of"."""
    attitude = _of_list(lemma, "noun")
    if attitude is None or noun.dep_ == "compound":
        return
    governor = verb_above(noun)
    sides = lemma in words("taking-sides")
    owner = first_child(noun, "poss") or next(
        (end for p, end in prepositions(noun) if p in {"of", "from", "by"} and not sides), None
    )
    granted = governor is not None and governor.lemma_.lower() in words("granting") and noun.dep_ == "dobj"
    before = {"amod"} if granted else {"amod", "compound"}
    demonym = next((c for c in noun.children if c.dep_ in before and c.text[0].isupper()), None)
    is_in = noun.dep_ == "pobj" and noun.head.lower_ in {"in", "with"}
    if lemma in words("helping-too") and not is_in and (not _is_for_a_matter(noun) or demonym is not None):
        return
    if lemma in {"support", "backing"} and (governor is None or governor.lemma_.lower() not in words("avowing")):
        return
    if sides and not (governor is not None and noun.dep_ == "attr"):
        return
    holder = owner or demonym
    if is_in and governor is not None and (owner is None or lemma in {"favour", "favor"}):
        holder = subject_of(governor)
    if holder is None and governor is not None and governor.lemma_ == "be" and noun.dep_ == "attr":
        holder = subject_of(governor)
    if holder is None and governor is not None and governor.lemma_.lower() in words("voicing"):
        holder = _holder_of(governor)
    if holder is None:
        return
    if governor is not None and noun.dep_ in {"dobj", "nsubjpass"} and _gives_up(governor):
        attitude = OPPOSITE[attitude]
    if governor is not None and noun.dep_ in {"dobj", "nsubjpass"} and is_negated(governor):
        attitude = OPPOSITE[attitude]
    about = tuple(end for p, end in prepositions(noun) if p not in {"of", "from", "by"} or end != owner)
    about += tuple(c for c in noun.children if c.dep_ in {"acl", "ccomp"})
    is_bare = not about
    yield Cue(_turned(attitude, noun), noun, holder, about, permits=lemma in words("permit-noun"), is_bare=is_bare)


def _gives_up(verb: Token) -> bool:
    """Whether a consent or an objection is given up by this verb: "dropped its objection", "withdrew its approval"."""
    if verb.lemma_.lower() == "give":
        return any(c.dep_ == "prt" and c.lower_ == "up" for c in verb.children)
    return verb.lemma_.lower() in words("giving-up")


def _attitude_adjective(adjective: Token, lemma: str) -> Iterator[Cue]:
    """Such as "Is furious at", "remains opposed to", "alarmed by"."""
    attitude = _of_list(lemma, "adjective")
    verb = adjective.head
    if attitude is None or adjective.dep_ not in {"acomp", "oprd", "conj", "advcl"} or verb.pos_ not in VERBAL:
        return
    holder = subject_of(verb)
    if holder is not None:
        about = _objects(adjective) + tuple(
            end for p, end in prepositions(verb) if p in {"at", "about", "over", "by", "of", "with", "to", "for"}
        )
        yield Cue(_turned(attitude, verb), adjective, holder, about)


# -- judgements -------------------------------------------------------------------------------------------------------


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


def _judgement(verb: Token, lemma: str) -> Iterator[Cue]:
    """Such as "Called the sale a mistake", "sees it as a provocation", "dubbed the delivery a road to nowhere"."""
    if lemma not in words("judging-verb"):
        return
    holder = _sayer_or(_holder_of(verb), verb)
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
    yield Cue(_turned(attitude, verb), verb, holder, about)


def _said_judgement(verb: Token) -> Iterator[Cue]:
    """Such as "The deliveries would only prolong the war, Moscow said", "said that the sale was a mistake"."""
    subject = first_child(verb, *SUBJECTS)
    lemma = verb.lemma_.lower()
    if subject is None or lemma in words("speech"):
        return
    after = [c for c in verb.children if c.i > verb.i and c.dep_ not in {"advcl", "punct"}]
    if lemma in words("harming"):
        attitude: Attitude | None = Attitude.OPPOSES
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
        yield Cue(_turned(attitude, verb, *doubts), verb, speaker, about)


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
    """Such as "Called on Washington to stop arming", "demanded an end to", "must be stopped, the envoy said"."""
    if _is_demand_to_stop(verb, lemma):
        holder = _holder_of(verb)
        if holder is not None:
            asked = tuple(_demanded(verb))
            attitude = Attitude.SUPPORTS if any(_ends_a_stop(t) for t in asked) else Attitude.OPPOSES
            is_bare = all(first_child(t, "dobj", "xcomp", "prep", "ccomp") is None for t in asked)
            yield Cue(_turned(attitude, verb), verb, holder, asked, stops=True, is_bare=is_bare)
    elif auxiliaries(verb) & _OUGHT and (is_negated(verb) or _stops(verb)):
        speaker = sayer_of(verb)
        if speaker is not None:
            subject = first_child(verb, *SUBJECTS)
            about = tuple(t for t in (subject, verb) if t is not None)
            yield Cue(Attitude.OPPOSES, verb, speaker, about, stops=True)


def _ends_a_stop(word: Token) -> bool:
    """Whether what is to end is itself a stop: "drop its restrictions", "lift the embargo on"."""
    below = [c for c in word.children if c.dep_ == "dobj"] + [end for p, end in prepositions(word) if p in {"to", "of"}]
    return _stops(word) and any(c.lemma_.lower() in words("suspending") for c in below)


def _demanded(verb: Token) -> list[Token]:
    """What a demand asks for: its clause or its noun, those joined to them included."""
    asked = [c for c in verb.children if c.dep_ in {"xcomp", "ccomp", "dobj", "advcl"} and c.i > verb.i]
    asked += [end for p, end in prepositions(verb) if p in {"for", "to"}]
    return asked + [c for each in asked for c in each.children if c.dep_ == "conj"]


def _is_demand_to_stop(verb: Token, lemma: str) -> bool:
    """Whether the verb asks for an end of something: "urged them not to", "demanded a halt", "asked that no more"."""
    if lemma not in words("demanding-to-stop"):
        return False
    for asked in _demanded(verb):
        if asked.lemma_.lower() in words("stopping"):
            return True
        is_bare = any(c.lower_ == "be" for c in asked.children if c.dep_ in {"aux", "auxpass"}) or asked.tag_ == "VB"
        is_wish = asked.dep_ == "xcomp" or (is_bare and not auxiliaries(asked) - {"to", "be"})
        if asked.pos_ in VERBAL and is_wish and is_negated(asked):
            return True
    return False


def _stops(word: Token) -> bool:
    """Whether the word ends or forbids what it governs, or undergoes it: "must be stopped"."""
    return word.lemma_.lower() in words("stopping")


def _permission(verb: Token, lemma: str) -> Iterator[Cue]:
    """Such as "Allowed Warsaw to pass on", "authorised third-party transfers", "blocked the re-export"."""
    lets = lemma in words("permitting")
    if not lets and lemma not in words("forbidding"):
        return
    holder = _holder_of(verb)
    if holder is None or (lemma == "let" and first_child(verb, "ccomp", "xcomp") is None):
        return
    attitude = Attitude.SUPPORTS if lets else Attitude.OPPOSES
    above = verb.head
    if verb.dep_ == "xcomp" and above.lemma_.lower() in {"refuse", "decline", "fail"}:
        attitude = OPPOSITE[attitude]
    yield Cue(_turned(attitude, verb), verb, holder, _objects(verb), permits=True)
