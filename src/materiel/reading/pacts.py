"""Agreements between actors: who with whom, of what kind, and how far they have come."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Span, Token

from materiel.reading.actors import firm_state
from materiel.reading.clauses import governors, is_negated, verb_above
from materiel.reading.findings import Finding
from materiel.reading.lexicons import named_pact_finder, words
from materiel.reading.pact_parties import bilateral, clause_above, named_pact_parties, pact_parties, parties_of_another
from materiel.reading.pact_terms import (
    is_alike,
    is_bare,
    is_left_to_end,
    pact_date,
    pact_kind,
    pact_status,
    proper_name,
    status_by_age,
    work_status,
)
from materiel.reading.pact_work import joint_work, licensed_work, local_work, sited_work
from materiel.reading.parses import Parse
from materiel.reading.resolver import Resolver
from materiel.terms.statements import Pact, PactKind, PactStatus

PACT_MENTION = "pact.mention"
"""The rule of a pact that is named in passing: it gives way to a sentence that tells of it."""
_ANOTHER = frozenset({"one", "another"})
"""Words for a pact of the kind just spoken of: "and a similar one with Chile"."""
_TRIGGER = re.compile(
    r"in the event of|in case of|\bif\b.{0,80}\b(?:attack\w*|invad\w+|war|threaten\w*|aggress\w+)\b"
    r"|attack(?:ed)? (?:on|against) (?:one|either|any)|\bshould\b.{0,80}\b(?:attack\w*|invad\w+|war|threaten\w*)\b"
    r"|when(?:ever)?\b.{0,60}\battacked|come to (?:the|each) other|other's aid",
    re.IGNORECASE,
)
"""Words by which a pact says when it binds."""


def propose_pacts(
    parse: Parse, sentence: Span, resolver: Resolver, published_on: str | None
) -> Iterator[tuple[Token, Finding[Pact]]]:
    """Every pact that the rules see in the sentence by a name, a noun ("a treaty with") or joint work; and its word."""
    named: set[int] = set()
    for name in named_pact_finder().find(sentence.text):
        span = sentence.char_span(name.start, name.end, alignment_mode="expand")
        if span is not None:
            named.update(t.i for t in span)
            date = pact_date(span.root, sentence, published_on)
            status = pact_status(span.root, date, published_on) or status_by_age(span.root, date, published_on)
            pact = Pact(name.payload.parties, name.payload.kind, status, date)
            clause = [t for t in (*span, *clause_above(span.root)) if t in sentence]
            finding = Finding(pact, tuple(clause), "pact.name")
            _remember(resolver, finding, sentence.text[name.start : name.end])
            yield span.root, finding
    for token in sentence:
        if token.i in named:
            continue
        for each in _pacts_at(parse, sentence, resolver, token, published_on):
            _remember(resolver, each, proper_name(token))
            yield token, each


def _remember(resolver: Resolver, pact: Finding[Pact], name: str | None) -> None:
    """Remember that a pact of these parties and this kind has been told, for what leans on it."""
    told = resolver.memory.pacts
    parties, kind = frozenset(pact.claim.parties), pact.claim.pact
    key = (parties, kind, name or (PACT_MENTION if pact.rule == PACT_MENTION else None))
    if key not in told:
        told.add(key)
        resolver.memory.last_pact = (len(resolver.memory.sentences), kind)
        if name is not None:
            told.add((parties, kind, None))


def _pacts_at(
    parse: Parse, sentence: Span, resolver: Resolver, token: Token, published_on: str | None
) -> Iterator[Finding[Pact]]:
    """The pact of which this word is the head."""
    lemma = token.lemma_.lower()
    if _is_pact_noun(token):
        parties, tokens = pact_parties(parse, resolver, token)
        if len(parties) < 2 or _is_own_firm(parties):
            return
        kind = pact_kind(parse, token, sentence, parties)
        if kind is PactKind.COOPERATION and is_alike(token) and resolver.memory.last_pact is not None:
            kind = resolver.memory.last_pact[1]
        if kind is None:
            return
        if kind is PactKind.COOPERATION and is_bare(token) and _is_of_last_supply(resolver, frozenset(parties)):
            kind = PactKind.ARMS_DEAL
        for between in bilateral(parse, resolver, token, parties):
            date = pact_date(token, sentence, published_on)
            told = pact_status(token, date, published_on)
            status = told or status_by_age(token, date, published_on)
            rule = "pact.noun" if told is not None else PACT_MENTION
            yield Finding(Pact(tuple(sorted(between)), kind, status, date), tuple(tokens), rule)
    elif token.lower_ in _ANOTHER and (last := resolver.memory.last_pact) is not None:
        read_then, kind = last
        parties, tokens = parties_of_another(parse, resolver, token)
        if len(parties) == 2 and len(resolver.memory.sentences) - read_then <= 1:
            date = pact_date(token, sentence, published_on)
            status = pact_status(token, date, published_on) or status_by_age(token, date, published_on)
            yield Finding(Pact(tuple(sorted(parties)), kind, status, date), tuple(tokens), "pact.another")
    elif token.pos_ == "VERB" and (lemma in words("making") or lemma in words("siting")):
        made = None
        if lemma in words("making"):
            made = (
                joint_work(parse, resolver, token)
                or licensed_work(parse, resolver, token)
                or local_work(parse, resolver, token)
            )
        made = made or sited_work(parse, resolver, token)
        if made is not None:
            parties, tokens = made
            date = pact_date(token, sentence, published_on)
            pact = Pact(tuple(sorted(parties)), PactKind.CO_PRODUCTION, work_status(token), date)
            yield Finding(pact, tuple(tokens), "pact.making")
    elif token.pos_ == "VERB" and lemma in {"agree", "sign", "conclude"}:
        parties, tokens = named_pact_parties(parse, resolver, token)
        if len(parties) >= 2:
            date = pact_date(token, sentence, published_on)
            pact = Pact(tuple(sorted(parties)), PactKind.COOPERATION, PactStatus.SIGNED, date)
            yield Finding(pact, tuple(tokens), "pact.named")


def _is_of_last_supply(resolver: Resolver, parties: frozenset[str]) -> bool:
    """Whether the supply spoken of last is between the two, and no pact of theirs was spoken of."""
    memory = resolver.memory
    return memory.last_pair == parties and not any(told == parties for told, _, _ in memory.pacts)


def _is_own_firm(parties: list[str]) -> bool:
    """Whether the only two parties are a firm and its own state."""
    return len(parties) == 2 and any(firm_state(one) in parties for one in parties)


def _is_pact_noun(token: Token) -> bool:
    """Whether the word names a pact; "declaration" and its like do so as part of a name only."""
    if token.pos_ not in {"NOUN", "PROPN"}:
        return False
    lemma = token.lemma_.lower().rstrip(".")
    if lemma in words("pact-name"):
        names_one = token.text[0].isupper()
    elif lemma == "fire":
        names_one = token.i > 1 and token.nbor(-1).text == "-" and token.nbor(-2).lower_ == "cease"
    else:
        names_one = lemma in words("pact-noun") or lemma in words("pact-word")
    if not names_one or (token.dep_ == "compound" and token.head.pos_ in {"NOUN", "PROPN"}):
        return False
    return not is_unmade(token)


def is_unmade(noun: Token) -> bool:
    """Whether the text says that there is none: "no treaty", "has not signed one", "denied that it had signed one"."""
    if any(child.lower_ in {"no", "neither", "without"} for child in noun.children) or noun.head.lower_ == "without":
        return True
    governor = verb_above(noun)
    if governor is None or is_left_to_end(governor):
        return False
    is_denied = any(above.lemma_.lower() in words("denial") and above.pos_ == "VERB" for above in governors(governor))
    is_open = is_negated(governor) or governor.lemma_.lower() in words("not-concluded") or _rules_out(governor)
    return is_denied or (is_open and noun.dep_ in {"dobj", "pobj", "attr"})


def _rules_out(verb: Token) -> bool:
    return verb.lemma_.lower() == "rule" and any(child.lower_ == "out" for child in verb.children)


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
