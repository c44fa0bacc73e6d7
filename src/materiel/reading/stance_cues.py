"""The words by which somebody takes a stance.

A cue only says that somebody approves, objects or warns; whether of a supply is for :mod:`stances` to find out.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from spacy.tokens import Token

from materiel.reading.clauses import VERBAL
from materiel.reading.cues import Cue
from materiel.reading.lexicons import words
from materiel.reading.stance_acts import OUGHT, demand, judgement, permission, said_judgement
from materiel.reading.stance_deeds import pressure, reprisal
from materiel.reading.stance_nouns import attitude_noun
from materiel.reading.stance_words import attitude_adjective, attitude_verb, being_for_or_against, moved
from materiel.terms.statements import Attitude

_CUE_LISTS = (
    "moving-against",
    "siding-verb",
    "judging-verb",
    "harming",
    "amounting",
    "judged-warned",
    "demanding-to-stop",
    "permitting",
    "mild-objection",
    "asking-for-supply",
    "forbidding",
    "recalling-envoys",
    "punishing",
    "imposing",
)


def cues_at(token: Token) -> Iterator[Cue]:
    """The stances that this word tells, on its own or with what hangs on it."""
    lemma = token.lemma_.lower()
    if lemma not in _cue_words() and not _is_owed(token):
        return
    if token.pos_ in VERBAL:
        yield from moved(token, lemma)
        yield from attitude_verb(token, lemma)
        yield from judgement(token, lemma)
        yield from demand(token, lemma)
        yield from permission(token, lemma)
        yield from said_judgement(token)
        yield from reprisal(token, lemma)
    elif token.pos_ == "NOUN":
        yield from attitude_noun(token, lemma)
        yield from pressure(token, lemma)
    elif token.pos_ == "ADJ":
        yield from attitude_adjective(token, lemma)
    elif token.pos_ in {"ADP", "SCONJ", "ADV"} and lemma in {"against", "for", "behind"}:
        yield from being_for_or_against(token, lemma)


@cache
def _cue_words() -> frozenset[str]:
    """Every word with which a stance can begin: a cheap look before the rules."""
    lists = [words(f"{a.value}-{part}") for a in Attitude for part in ("verb", "noun", "adjective")]
    lists += [words(sense) for sense in _CUE_LISTS]
    return words("stance-beginning").union(*lists)


def _is_owed(verb: Token) -> bool:
    """Whether "must" or "should" stands before the verb."""
    return verb.pos_ in VERBAL and any(c.lower_ in OUGHT for c in verb.children)
