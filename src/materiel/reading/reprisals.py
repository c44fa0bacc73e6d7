"""Supplies as the subject of their consequences: "any delivery of tanks would be answered", "would treat arms as"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Span, Token

from materiel.reading.clauses import SUBJECTS, auxiliaries, first_child, predicate_of
from materiel.reading.conditions import Condition
from materiel.reading.findings import FoundTransfer
from materiel.reading.lexicons import words
from materiel.reading.markers import Sort
from materiel.reading.parses import Parse

_AHEAD = frozenset({"will", "would", "'ll", "'d", "could", "may", "might"})


def reprisals(parse: Parse, sentence: Span, supplies: Sequence[FoundTransfer]) -> Iterator[Condition]:
    """Conditions without a conditional word: a supply, and what somebody says that it would bring.

    The antecedent is the phrase of the supply; the consequent the rest of the clause.
    """
    triggers = {found.trigger for found in supplies}
    for verb in sentence:
        if (
            verb.pos_ not in {"VERB", "AUX"}
            or not auxiliaries(verb) & _AHEAD
            or first_child(verb, "advcl", "mark") is not None
        ):
            continue
        subject = first_child(verb, *SUBJECTS)
        if subject is None or subject.i > verb.i or not _answers(verb):
            continue
        for phrase in (subject, *_objects(verb)):
            if _is_supply(parse, phrase, triggers):
                below = {t.i for t in phrase.subtree}
                rest = tuple(t for t in verb.subtree if t.i not in below and t.sent == sentence and t.pos_ != "SPACE")
                yield Condition(Sort.IF, "", tuple(phrase.subtree), rest, verb, None, phrase.left_edge.i)
                break


def _answers(verb: Token) -> bool:
    """Whether the clause speaks of an answer: consequences, a response, ruined relations, a red line."""
    near = [verb, *(t for t in verb.subtree if t.dep_ in {"dobj", "pobj", "attr", "oprd", "acomp", "conj", "xcomp"})]
    return any(t.lemma_.lower() in words("reprisal") | words("victim-verb") for t in near)


def _objects(verb: Token) -> list[Token]:
    found = [c for c in verb.children if c.dep_ == "dobj"]
    return found + [
        end
        for c in verb.children
        if c.dep_ == "prep" and c.lower_ in {"to", "for"}
        for end in c.children
        if end.dep_ == "pobj"
    ]


def _supplies(verb: Token, triggers: set[int]) -> bool:
    """Whether a relative clause is of supplying: "those who arm the rebels"."""
    predicate = predicate_of(verb)
    return verb.i in triggers or (predicate is not None and predicate.frame == "supply")


def _is_supply(parse: Parse, phrase: Token, triggers: set[int]) -> bool:
    below = {t.i for t in phrase.subtree}
    lemma = phrase.lemma_.lower()
    if lemma in words("open-actor") | {"those", "whoever"}:
        return any(child.dep_ == "relcl" and _supplies(child, triggers) for child in phrase.children)
    if lemma in words("step-noun") and any(c.lower_ in {"such", "any", "this", "that"} for c in phrase.children):
        return True
    if below & triggers and (lemma in words("goods-noun") or phrase.i in triggers or phrase.i in parse.good_at):
        return True
    names_a_party = any(t.i in parse.actor_at for t in phrase.subtree)
    is_goods = phrase.i in parse.good_at or (
        lemma in words("supplying-noun") and any(i in parse.good_at for i in below)
    )
    return is_goods and names_a_party
