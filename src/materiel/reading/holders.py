"""Who may take a stance in a sentence, and what speaks for each, as features that trained weights look at.

A feature says what the party does in the sentence, with which words, and what part it has in the supplies that are
told. No feature names a state.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Span, Token

from materiel.reading.actors import Actor
from materiel.reading.clauses import SUBJECTS, VERBAL, auxiliaries, first_child, is_negated, prepositions, verb_above
from materiel.reading.findings import FoundTransfer
from materiel.reading.lexicons import words
from materiel.reading.parses import Parse
from materiel.reading.parties import Party
from materiel.reading.party_features import actor_type
from materiel.reading.stage_features import masked
from materiel.terms.statements import Transfer

_JOINED = frozenset({"conj", "appos"})
_OWNING = frozenset({"poss", "amod", "compound", "nmod", "npadvmod"})
_COMPLEMENTS = frozenset({"xcomp", "ccomp", "acomp", "attr", "oprd", "advcl", "pcomp", "prt", "advmod"})
_OBJECTS = frozenset({"dobj", "attr", "acomp", "oprd", "prt", "dative"})
_DEEP = 3
"""So far below a verb its complements are looked at."""
_MANY = 5
"""A sentence that names so many actors seldom tells what each of them thinks."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Who may take a stance in a sentence.

    Attributes:
        actor: never an open one.
        features: what speaks for and against each stance.
    """

    actor: Actor
    features: tuple[str, ...]


def holders(
    parse: Parse,
    sentence: Span,
    named: Sequence[Party],
    supplies: Sequence[FoundTransfer],
    before: Sequence[Transfer],
    chance: float,
) -> Iterator[Holder]:
    """Every actor that the sentence names, each once.

    Args:
        parse: the passage.
        sentence: the sentence.
        named: its parties.
        supplies: the supplies that rules found in it.
        before: those told before.
        chance: how likely it tells of a supply.
    """
    phrases: dict[Actor, dict[int, Token]] = {}
    for party in named:
        for actor in party.actors:
            if actor.code is not None and party.token is not None:
                phrases.setdefault(actor, {})[party.token.i] = party.token
    of_sentence = [f"of={min(len(phrases), _MANY)}", *_sentence_features(sentence, supplies, chance)]
    for actor, heads in phrases.items():
        own = [feature for head in heads.values() for feature in _phrase_features(parse, head)]
        part = _part_features(actor, supplies, before)
        yield Holder(actor, tuple(dict.fromkeys((*own, *part, f"type={actor_type(actor)}", *of_sentence))))


def _sentence_features(sentence: Span, supplies: Sequence[FoundTransfer], chance: float) -> Iterator[str]:
    yield f"supplies={min(len(supplies), 2)}"
    yield from (f"stage={each.claim.stage}.{each.claim.assertion}" for each in supplies)
    yield f"chance={int(chance * 4)}"
    if '"' in sentence.text:
        yield "quoted"
    if sentence.text.rstrip().endswith("?"):
        yield "question"


def _part_features(actor: Actor, supplies: Sequence[FoundTransfer], before: Sequence[Transfer]) -> Iterator[str]:
    """What part the actor has in the supplies of the sentence and in those told before it."""
    for name, claims in (("here", [each.claim for each in supplies]), ("before", before)):
        gives = any(actor.code in {claim.supplier, claim.supplier_name} for claim in claims)
        gets = any(actor.code in {claim.recipient, claim.recipient_name} for claim in claims)
        yield f"{name}={gives:d}{gets:d}{bool(claims):d}"


def _phrase_features(parse: Parse, token: Token) -> Iterator[str]:
    """How one phrase of the actor hangs in the sentence."""
    mention = parse.actor_at.get(token.i)
    yield f"kind={mention.kind if mention else token.pos_.lower()}"
    top = token
    while top.dep_ in _JOINED and top.head != top:
        top = top.head
    owned = top
    while owned.dep_ in _OWNING and owned.head != owned and owned.head.pos_ in {"NOUN", "PROPN"}:
        owned = owned.head
    if owned != top:
        yield from _noun_features(parse, owned, "own")
    if top.dep_ == "pobj" and top.head.head.pos_ in {"NOUN", "PROPN"}:
        yield from _noun_features(parse, top.head.head, top.head.lower_)
    for phrase in {top.i: top, owned.i: owned}.values():
        yield f"dep={phrase.dep_}"
        if phrase.dep_ in SUBJECTS:
            for verb in _shared(phrase.head):
                yield from _verb_features(parse, verb, phrase.dep_)
            continue
        preposition = phrase.head.lower_ if phrase.dep_ in {"pobj", "pcomp"} else ""
        above = verb_above(phrase)
        if above is not None:
            yield f"at={phrase.dep_}.{preposition}"
            yield f"at={phrase.dep_}.{preposition}.{masked(parse, above, above.lemma_)}"


def _shared(verb: Token) -> Iterator[Token]:
    """The verb, and those joined to it that have no subject of their own."""
    yield verb
    for child in verb.children:
        if child.dep_ == "conj" and child.pos_ in VERBAL and first_child(child, *SUBJECTS) is None:
            yield from _shared(child)


def _noun_features(parse: Parse, noun: Token, link: str) -> Iterator[str]:
    """The noun that the actor owns or that a preposition ties to it: "Turkish objections", "warnings from Oslo"."""
    lemma = masked(parse, noun, noun.lemma_)
    yield f"noun.{link}={lemma}"
    yield from (f"noun.{link}={lemma}.{preposition}" for preposition, _ in prepositions(noun))
    verb = verb_above(noun)
    if verb is not None:
        yield f"noun.verb={lemma}.{noun.dep_}.{verb.lemma_.lower()}{_not(verb)}"


def _verb_features(parse: Parse, verb: Token, link: str) -> Iterator[str]:
    """What the actor does, as its verb and what hangs on that say."""
    lemma = f"{verb.lemma_.lower()}{_not(verb)}"
    yield from (f"verb={lemma}", f"verb.{link}={lemma}", f"verb.form={_form(verb)}")
    if verb.lemma_.lower() in words("speech"):
        yield "speaks"
    yield from _complements(parse, verb, verb.lemma_.lower(), 0)
    for preposition, end in prepositions(verb):
        yield f"verb.prep={lemma}.{preposition}"
        yield f"prep={preposition}.{masked(parse, end, end.lemma_)}"
    for child in verb.children:
        if child.dep_ in _OBJECTS:
            yield f"verb.object={lemma}.{masked(parse, child, child.lemma_)}"
            yield f"object={masked(parse, child, child.lemma_)}"


def _complements(parse: Parse, verb: Token, above: str, depth: int) -> Iterator[str]:
    """The words that the verb governs as complements, each with the one above it."""
    for child in verb.children:
        if child.dep_ not in _COMPLEMENTS:
            continue
        lemma = f"{masked(parse, child, child.lemma_)}{_not(child)}"
        yield from (f"below={above}>{lemma}", f"below.{child.dep_}={lemma}")
        if child.pos_ in VERBAL:
            yield f"below.form={_form(child)}"
            objects = [c for c in child.children if c.dep_ in {"dobj", "acomp", "attr"}]
            yield from (f"below.object={lemma}.{masked(parse, c, c.lemma_)}" for c in objects)
        if depth < _DEEP:
            yield from _complements(parse, child, lemma, depth + 1)


def _form(verb: Token) -> str:
    return f"{verb.tag_}.{'+'.join(sorted(auxiliaries(verb)))}"


def _not(word: Token) -> str:
    return ".not" if is_negated(word) else ""
