"""Agreements between actors: who with whom, of what kind, and how far they have come."""

from __future__ import annotations

import re

from spacy.tokens import Span, Token

from materiel.reading.calendar import find_dates
from materiel.reading.clauses import governors, is_passive, prepositions, subject_of
from materiel.reading.findings import Finding
from materiel.reading.lexicons import words
from materiel.reading.parses import Parse, subtree
from materiel.reading.resolver import Resolver
from materiel.terms.statements import Pact, PactKind, PactStatus

_TRIGGER = re.compile(
    r"in the event of|in case of|\bif\b.{0,80}\b(?:attack|invad|war|threaten|aggress)|attack(?:ed)? (?:on|against) (?:one|either|any)|"
    r"\bshould\b.{0,80}\b(?:attack|invad|war|threaten)|when(?:ever)?\b.{0,60}\battacked|come to (?:the|each) other|other's aid",
    re.IGNORECASE,
)


def find_pacts(parse: Parse, sentence: Span, resolver: Resolver, published_on: str | None) -> list[Finding[Pact]]:
    """Every pact that the sentence reports, by a noun ("a treaty with") or by joint work ("builds together with")."""
    found: list[Finding[Pact]] = []
    for token in sentence:
        if token.pos_ in {"NOUN", "PROPN"} and token.lemma_.lower() in words("pact-noun"):
            parties, tokens = _parties(parse, resolver, token)
            kind = _kind(token, sentence)
            if len(parties) >= 2 and kind is not None:
                date = _date(token, sentence, published_on)
                pact = Pact(tuple(sorted(parties)), kind, _status(token, sentence), date)
                if not any(set(each.claim.parties) == set(pact.parties) and each.claim.pact is kind for each in found):
                    found.append(Finding(pact, tuple(tokens), "pact.noun"))
        elif token.pos_ == "VERB" and token.lemma_.lower() in words("making"):
            made = _joint_work(parse, resolver, token) or _licensed_work(parse, resolver, token)
            if made is not None:
                parties, tokens = made
                pact = Pact(tuple(sorted(parties)), PactKind.CO_PRODUCTION, _verb_status(token))
                found.append(Finding(pact, tuple(tokens), "pact.making"))
        elif token.pos_ == "VERB" and token.lemma_.lower() in {"agree", "sign", "conclude"}:
            parties, tokens = _named_pact(parse, resolver, token)
            if len(parties) >= 2:
                pact = Pact(
                    tuple(sorted(parties)),
                    PactKind.COOPERATION,
                    PactStatus.SIGNED,
                    _date(token, sentence, published_on),
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


def _parties(parse: Parse, resolver: Resolver, noun: Token) -> tuple[list[str], list[Token]]:
    """Those between whom it stands: "between X and Y", "with Y", "X and Y signed", "X's pact with Y"."""
    codes: list[str] = []
    tokens = [noun]

    def add(token: Token) -> None:
        for actor in resolver.resolve(parse, token, frozenset(codes)):
            if actor.code and actor.code not in codes:
                codes.append(actor.code)
        tokens.append(token)
        tokens.extend(t for t in subtree(token, without=frozenset({"relcl", "acl", "advcl"})) if t.i in parse.actor_at)

    for place in range(noun.left_edge.i, noun.i):
        if place in parse.actor_at and parse.actor_at[place].start == place:
            add(parse.doc[parse.actor_at[place].end - 1])
    phrases = [pair for place in (noun, *_linked_nouns(noun)) for pair in prepositions(place)]
    for preposition, end in phrases:
        if preposition in {"between", "among", "with", "of", "by", "to"} and (
            end.i in parse.actor_at or preposition != "of"
        ):
            if (
                preposition == "to"
                and noun.lemma_.lower() != "party"
                and noun.head.lemma_.lower() not in words("proposing")
            ):
                continue
            add(end)
            if preposition == "between":
                for inner in subtree(end, without=frozenset({"relcl", "acl"})):
                    if inner.i in parse.actor_at:
                        add(inner)
    for child in noun.children:
        if child.dep_ in {"relcl", "acl"} and child.pos_ in {"VERB", "AUX"}:
            subject = next(
                (c for c in child.children if c.dep_ in {"nsubj", "nsubjpass"} and c.tag_ not in {"WDT", "WP"}), None
            )
            if subject is not None:
                add(subject)
            for preposition, end in prepositions(child):
                if preposition in {"with", "between", "by"}:
                    add(end)
    for child in noun.children:
        if child.dep_ in {"poss", "amod", "compound", "nmod"} and (child.i in parse.actor_at or child.dep_ == "poss"):
            add(child)
        elif child.dep_ in {"amod", "compound", "nmod"} and "-" in child.text:
            continue
    if len(codes) < 2:
        for governor in governors(noun):
            if governor.pos_ in {"VERB", "AUX"}:
                for preposition, end in prepositions(governor):
                    if preposition in {"with", "between", "by"} or (
                        preposition == "to" and governor.lemma_.lower() in words("proposing")
                    ):
                        add(end)
                subject = subject_of(governor)
                if subject is not None and subject.i != noun.i and not (is_passive(governor) and subject.i == noun.i):
                    add(subject)
                break
    return codes, tokens


def _linked_nouns(noun: Token) -> list[Token]:
    found = []
    for preposition, end in prepositions(noun):
        if preposition in {"of", "on", "for"} and end.pos_ == "NOUN":
            found.append(end)
    return found


def _kind(noun: Token, sentence: Span) -> PactKind | None:
    near = " ".join(t.lower_ for t in subtree(noun, without=frozenset({"relcl"}))) + " " + noun.lower_
    text = sentence.text.lower()
    if any(cue in near for cue in words("pact-co-production")):
        return PactKind.CO_PRODUCTION
    if any(cue in near for cue in words("pact-mutual-defence")) or any(
        cue in text for cue in words("mutual-defence-clause")
    ):
        return PactKind.MUTUAL_DEFENCE
    lemma = noun.lemma_.lower()
    if lemma in {"barter", "swap"} or any(cue in near for cue in words("pact-arms-deal")):
        return PactKind.ARMS_DEAL
    if lemma in {"deal", "contract"}:
        return PactKind.ARMS_DEAL if "between" in near or "government" in near else None
    if lemma in {"treaty", "pact", "alliance", "coalition"} or any(cue in text for cue in words("pact-cooperation")):
        return PactKind.COOPERATION
    return None


def _status(noun: Token, sentence: Span) -> PactStatus:
    governor = next((g for g in governors(noun) if g.pos_ in {"VERB", "AUX"}), noun)
    scope = {
        t.lemma_.lower()
        for t in (governor, *governor.children, *noun.children, *[c for child in noun.children for c in child.children])
    }
    clauses = [c for c in noun.children if c.dep_ in {"relcl", "acl"}]
    scope |= {g.lemma_.lower() for g in governors(noun)} | {t.lemma_.lower() for t in clauses}
    if any(t.lemma_.lower() in words("signing") and t.tag_ in {"VBD", "VBN"} for t in clauses):
        return PactStatus.SIGNED
    future = any(
        c.lower_ in {"will", "would", "may", "might", "could", "to"} and c.dep_ == "aux" for c in governor.children
    )
    if scope & words("pact-ended"):
        return PactStatus.ENDED
    if scope & {"ratify", "ratification"}:
        return PactStatus.RATIFIED if not future else PactStatus.SIGNED
    if scope & words("pact-proposed") or (future and scope & {"sign", "conclude", "reach"}):
        return PactStatus.PROPOSED
    if scope & words("pact-signed"):
        return PactStatus.SIGNED
    if scope & words("pact-in-force") or governor.tag_ in {"VBZ", "VBP"}:
        return PactStatus.IN_FORCE
    return PactStatus.SIGNED if any(t.lemma_.lower() in {"sign", "conclude"} for t in sentence) else PactStatus.IN_FORCE


def _joint_work(parse: Parse, resolver: Resolver, verb: Token) -> tuple[list[str], list[Token]] | None:
    """Who makes it together: "China builds it together with Pakistan", "Japan and Italy agreed to build jointly"."""
    together = [c for c in verb.subtree if c.lower_ in {"together", "jointly"}]
    if not together and verb.lemma_.lower() not in {"co-produce", "coproduce", "co-develop"}:
        return None
    subject = subject_of(verb)
    partners = [end for place in (verb, *together) for p, end in prepositions(place) if p in {"with", "by"}]
    return _between(parse, resolver, verb, [*together, *[t for t in (subject, *partners) if t is not None]])


def _licensed_work(parse: Parse, resolver: Resolver, verb: Token) -> tuple[list[str], list[Token]] | None:
    """Who makes whose: "makes them on a licence from Lockheed Martin", "has assembled Israeli drones under licence"."""
    licence = next((t for t in verb.subtree if t.lemma_.lower() in {"licence", "license"}), None)
    if licence is None:
        return None
    maker = [t for t in [subject_of(verb)] if t is not None]
    places = [end for p, end in prepositions(verb) if p in {"in", "at"} and end.i in parse.actor_at]
    licensor = [end for p, end in prepositions(licence) if p in {"from", "of"}]
    licensor += [t for t in licence.children if t.i in parse.actor_at]
    licensor += [
        t
        for t in verb.subtree
        if t.i in parse.actor_at and t.dep_ in {"amod", "compound", "nmod"} and t.head.i in parse.good_at
    ]
    return _between(parse, resolver, verb, [licence, *(maker or places), *licensor])


def _between(
    parse: Parse, resolver: Resolver, verb: Token, tokens: list[Token]
) -> tuple[list[str], list[Token]] | None:
    codes: list[str] = []
    for token in tokens:
        for actor in resolver.resolve(parse, token, frozenset(codes)):
            if actor.code and actor.code not in codes:
                codes.append(actor.code)
    return (codes, [verb, *tokens]) if len(codes) >= 2 else None


def _named_pact(parse: Parse, resolver: Resolver, verb: Token) -> tuple[list[str], list[Token]]:
    """A pact by its name, the parties after "between": "AUKUS was agreed between Australia, Britain and America"."""
    codes: list[str] = []
    tokens = [verb]
    for preposition, end in prepositions(verb):
        if preposition == "between":
            codes += [a.code for a in resolver.resolve(parse, end) if a.code]
            tokens += [end, *[t for t in subtree(end) if t.i in parse.actor_at]]
    return codes, tokens


def _verb_status(verb: Token) -> PactStatus:
    if verb.head.lemma_.lower() in {"agree", "decide"} and verb.head.tag_ in {"VBD", "VBN"}:
        return PactStatus.SIGNED
    if any(c.lower_ in {"will", "would", "may", "could", "might", "to"} and c.dep_ == "aux" for c in verb.children):
        return PactStatus.PROPOSED
    return PactStatus.IN_FORCE


def _date(noun: Token, sentence: Span, published_on: str | None) -> str | None:
    dates = find_dates(sentence.text, published_on)
    if not dates:
        return None
    place = noun.idx - sentence.start_char
    return min(dates, key=lambda when: abs(when.start - place)).date
