"""Agreements between actors: who with whom, of what kind, and how far they have come."""

from __future__ import annotations

import re

from spacy.tokens import Span, Token

from materiel.reading.findings import Finding
from materiel.reading.lexicons import words
from materiel.reading.pact_parties import joint_work, licensed_work, named_pact_parties, pact_parties
from materiel.reading.pact_terms import pact_date, pact_kind, pact_status, work_status
from materiel.reading.parses import Parse
from materiel.reading.resolver import Resolver
from materiel.terms.statements import Pact, PactKind, PactStatus

_TRIGGER = re.compile(
    r"in the event of|in case of|\bif\b.{0,80}\b(?:attack\w*|invad\w+|war|threaten\w*|aggress\w+)\b"
    r"|attack(?:ed)? (?:on|against) (?:one|either|any)|\bshould\b.{0,80}\b(?:attack\w*|invad\w+|war|threaten\w*)\b"
    r"|when(?:ever)?\b.{0,60}\battacked|come to (?:the|each) other|other's aid",
    re.IGNORECASE,
)
"""Words by which a pact says when it binds."""


def find_pacts(parse: Parse, sentence: Span, resolver: Resolver, published_on: str | None) -> list[Finding[Pact]]:
    """Every pact that the sentence reports, by a noun ("a treaty with") or by joint work ("builds together with")."""
    found: list[Finding[Pact]] = []
    for token in sentence:
        if token.pos_ in {"NOUN", "PROPN"} and token.lemma_.lower() in words("pact-noun"):
            parties, tokens = pact_parties(parse, resolver, token)
            kind = pact_kind(token, sentence)
            if len(parties) >= 2 and kind is not None:
                date = pact_date(token, sentence, published_on)
                pact = Pact(tuple(sorted(parties)), kind, pact_status(token, sentence), date)
                if not any(set(each.claim.parties) == set(pact.parties) and each.claim.pact is kind for each in found):
                    found.append(Finding(pact, tuple(tokens), "pact.noun"))
        elif token.pos_ == "VERB" and token.lemma_.lower() in words("making"):
            made = joint_work(parse, resolver, token) or licensed_work(parse, resolver, token)
            if made is not None:
                parties, tokens = made
                pact = Pact(tuple(sorted(parties)), PactKind.CO_PRODUCTION, work_status(token))
                found.append(Finding(pact, tuple(tokens), "pact.making"))
        elif token.pos_ == "VERB" and token.lemma_.lower() in {"agree", "sign", "conclude"}:
            parties, tokens = named_pact_parties(parse, resolver, token)
            if len(parties) >= 2:
                pact = Pact(
                    tuple(sorted(parties)),
                    PactKind.COOPERATION,
                    PactStatus.SIGNED,
                    pact_date(token, sentence, published_on),
                )
                found.append(Finding(pact, tuple(tokens), "pact.named"))
    return found


def trigger_clause(sentence: Span) -> list[Token]:
    """The words of a sentence about a pact that say when it binds, empty if it does not say so."""
    if not any(
        t.lemma_.lower() in words("pact-noun") or t.lower_ in {"it", "article", "clause", "text", "either", "one"}
        for t in sentence
    ):
        return []
    match = _TRIGGER.search(sentence.text)
    if match is None or not any(t.lower_ in words("binding") for t in sentence):
        return []
    clause = sentence.doc.char_span(
        sentence.start_char + match.start(), sentence.start_char + match.end(), alignment_mode="expand"
    )
    if clause is None:
        return []
    subordinate = next((t for t in sentence if t.dep_ == "ccomp" and clause[0] in t.subtree), None)
    return list(subordinate.subtree) if subordinate is not None else list(sentence)
