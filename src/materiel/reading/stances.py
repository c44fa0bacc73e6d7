"""Stances: an actor that supports, opposes or warns against a supply."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Span, Token

from materiel.reading.clauses import is_negated, is_passive, prepositions, subject_of
from materiel.reading.findings import Finding, FoundTransfer
from materiel.reading.lexicons import words
from materiel.reading.parses import Parse, subtree
from materiel.reading.resolver import Resolver
from materiel.terms.statements import Attitude, Stage, Stance

_OPPOSITE = {Attitude.SUPPORTS: Attitude.OPPOSES, Attitude.OPPOSES: Attitude.SUPPORTS, Attitude.WARNS: Attitude.WARNS}


def find_stances(
    parse: Parse,
    sentence: Span,
    resolver: Resolver,
    transfers: Sequence[FoundTransfer],
    recent: Sequence[FoundTransfer],
) -> list[Finding[Stance]]:
    """Every stance of the sentence towards a supply named in it or just before it.

    ``transfers`` are the supplies found in it, ``recent`` those found last before it, for "such deliveries" and "the
    decision".
    """
    found: list[Finding[Stance]] = []
    for token in sentence:
        attitude = _attitude(token)
        if attitude is None:
            continue
        objects = _objects(token)
        supply = _supply(parse, token, objects, transfers, recent)
        holder_token = _holder(token)
        if supply is None or holder_token is None:
            continue
        if is_negated(token):
            attitude = _OPPOSITE[attitude]
        if supply.claim.stage is Stage.HALTED and supply in transfers:
            attitude = _OPPOSITE[attitude]
        for actor in resolver.resolve(parse, holder_token)[:2]:
            if actor.code == supply.claim.supplier and attitude is Attitude.SUPPORTS:
                continue
            parties = {supply.claim.supplier, supply.claim.recipient} - {None}
            if actor.is_open or (actor.code in parties and len(parties) < 2 and supply not in transfers):
                continue
            stance = Stance(actor.code, attitude, supply.claim.supplier, supply.claim.recipient)
            tokens = [holder_token, token, *[t for each in objects for t in subtree(each)]]
            found.append(Finding(stance, tuple(tokens), "stance.verb"))
    kept: dict[str | None, Finding[Stance]] = {}
    for each in found:
        kept.setdefault(each.claim.holder, each)
    return list(kept.values())


def _attitude(token: Token) -> Attitude | None:
    if token.pos_ not in {"VERB", "NOUN", "ADJ", "ADP", "AUX"}:
        return None
    lemma = token.lemma_.lower()
    suffix = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "ADJ": "adjective"}.get(token.pos_)
    if suffix is None:
        return Attitude.OPPOSES if lemma == "against" and token.head.lemma_ == "be" else None
    for attitude in Attitude:
        if lemma in words(f"{attitude.value}-{suffix}"):
            return attitude
    return None


def _objects(token: Token) -> list[Token]:
    found = [
        c for c in token.children if c.dep_ in {"dobj", "ccomp", "xcomp", "acomp", "nsubjpass", "pobj", "attr", "advcl"}
    ]
    return found + [end for _, end in prepositions(token)]


def _holder(token: Token) -> Token | None:
    if token.pos_ in {"VERB", "AUX"}:
        if is_passive(token):
            return next((end for p, end in prepositions(token) if p == "by"), None)
        return subject_of(token)
    if token.pos_ == "NOUN":
        owner = next((c for c in token.children if c.dep_ == "poss"), None) or next(
            (end for p, end in prepositions(token) if p in {"of", "from", "by"}), None
        )
        if owner is not None:
            return owner
    return subject_of(token.head) if token.head.pos_ in {"VERB", "AUX"} else None


def _supply(
    parse: Parse,
    token: Token,
    objects: list[Token],
    transfers: Sequence[FoundTransfer],
    recent: Sequence[FoundTransfer],
) -> FoundTransfer | None:
    """The supply that the stance is about: inside its object, elsewhere in the sentence, or just before."""
    inside = {t.i for each in objects for t in subtree(each)}
    named = [found for found in transfers if found.claim.supplier or found.claim.recipient]
    for found in named:
        if any(t.i in inside for t in found.tokens):
            return found
    recalls = any(
        t.i in parse.good_at or t.lemma_.lower() in words("supply-recall") for each in objects for t in subtree(each)
    )
    if recalls:
        return next(iter(named), None) or (recent[-1] if recent else None)
    return None
