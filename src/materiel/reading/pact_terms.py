"""What a pact is and how far it has come: its kind, its status and its date."""

from __future__ import annotations

from spacy.tokens import Span, Token

from materiel.reading.calendar import find_dates
from materiel.reading.clauses import governors, verb_above
from materiel.reading.lexicons import words
from materiel.reading.parses import subtree
from materiel.terms.statements import PactKind, PactStatus


def pact_kind(noun: Token, sentence: Span) -> PactKind | None:
    """What kind of pact the noun names in its sentence; None where it is a mere deal or contract."""
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


def pact_status(noun: Token, sentence: Span) -> PactStatus:
    """How far the pact that the noun names has come."""
    governor = verb_above(noun) or noun
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


def work_status(verb: Token) -> PactStatus:
    """How far joint or licensed work has come, by its verb."""
    if verb.head.lemma_.lower() in {"agree", "decide"} and verb.head.tag_ in {"VBD", "VBN"}:
        return PactStatus.SIGNED
    if any(c.lower_ in {"will", "would", "may", "could", "might", "to"} and c.dep_ == "aux" for c in verb.children):
        return PactStatus.PROPOSED
    return PactStatus.IN_FORCE


def pact_date(word: Token, sentence: Span, published_on: str | None) -> str | None:
    """The date of the sentence that stands nearest to the word."""
    dates = find_dates(sentence.text, published_on)
    if not dates:
        return None
    place = word.idx - sentence.start_char
    return min(dates, key=lambda when: abs(when.start - place)).date
