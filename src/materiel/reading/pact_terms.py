"""What a pact is and how far it has come: its kind, its status and its date."""

from __future__ import annotations

from collections.abc import Collection

from spacy.tokens import Span, Token

from materiel.reading.calendar import find_dates
from materiel.reading.clauses import auxiliaries, first_child
from materiel.reading.lexicons import words
from materiel.reading.pact_parties import clause_above
from materiel.reading.parses import Parse, subtree
from materiel.terms.actors import states
from materiel.terms.statements import PactKind, PactStatus

_FUTURE = frozenset({"will", "would", "may", "might", "could", "shall", "'ll"})
_STRONG = frozenset({"treaty", "pact", "alliance", "coalition", "accord"})


def pact_kind(parse: Parse, noun: Token, sentence: Span, parties: Collection[str]) -> PactKind | None:
    """What kind of pact the noun names in its sentence; None where it is a mere deal or contract, or no matter of arms."""
    own = subtree(noun, without=frozenset({"relcl", "acl", "appos"}))
    name = " ".join(t.lower_ for t in own if t.i <= noun.i)
    near = " ".join(t.lower_ for t in subtree(noun, without=frozenset({"relcl"}))) + " " + noun.lower_
    text = sentence.text.lower()
    lemma = noun.lemma_.lower()
    has_goods = any(t.i in parse.good_at for t in sentence)
    if _has(near, "pact-co-production"):
        return PactKind.CO_PRODUCTION if has_goods or _has(text, "pact-cooperation") else None
    if lemma in words("co-production-only"):
        return None
    if _has(near, "pact-other"):
        return PactKind.OTHER
    if _has(near, "pact-civil"):
        return None
    if _has(name, "pact-mutual-defence") or _has(text, "mutual-defence-clause"):
        return PactKind.MUTUAL_DEFENCE
    is_sale = _has(near, "pact-arms-deal") or lemma in {"barter", "swap"} or _is_of_sale(noun)
    if lemma in words("sale-pact-noun"):
        # A contract with a firm is an order; between states, or where the text says so, it is a pact too.
        among_states = all(party in states() for party in parties) or "between" in near
        return PactKind.ARMS_DEAL if (has_goods or "arms" in near) and is_sale and among_states else None
    if is_sale and (has_goods or "arms" in near or "military" in near):
        return PactKind.ARMS_DEAL
    if lemma in _STRONG or has_goods or _has(text, "pact-cooperation"):
        return PactKind.COOPERATION
    return None


def _has(text: str, sense: str) -> bool:
    return any(cue in text for cue in words(sense))


def _is_of_sale(noun: Token) -> bool:
    """Whether the pact is for a purchase: "an agreement to buy", "on the supply of", "under which Oslo will sell"."""
    below = [t for t in noun.subtree if t.i > noun.i]
    governed: list[Token] = []
    if noun.dep_ == "pobj" and noun.head.lower_ in {"under", "by", "through"}:
        governed = [t for verb in clause_above(noun)[-1:] for t in (verb, *verb.children) if t.pos_ == "VERB"]
    return any(t.lemma_.lower() in words("sale") for t in (*below, *governed))


def pact_status(noun: Token, sentence: Span) -> PactStatus:
    """How far the pact that the noun names has come, by the words below it and above it."""
    above = clause_above(noun)
    clauses = [c for c in noun.children if c.dep_ in {"relcl", "acl"}]
    before = {t.lemma_.lower() for t in noun.children if t.i < noun.i} | {t.lower_ for t in noun.children if t.i < noun.i}
    verb = above[-1] if above else noun
    scope = {t.lemma_.lower() for t in above} | before
    for word in above:
        scope |= {c.lemma_.lower() for c in word.children if c.dep_ not in {"advcl", "ccomp", "conj"}}
    scope |= {c.lemma_.lower() for child in noun.children for c in child.children if child.dep_ in {"prep", "poss"}}
    signed_in_clause = [t for t in clauses if t.lemma_.lower() in words("signing")]
    future = any(auxiliaries(t) & _FUTURE for t in (*above, *signed_in_clause)) or any(
        t.lemma_.lower() in words("signing") and "to" in auxiliaries(t) for t in (*above, *signed_in_clause)
    )
    scope |= {t.lemma_.lower() for t in clauses if t.lemma_.lower() in words("pact-ended") | {"ratify"}}
    if scope & words("pact-ended") and not future:
        return PactStatus.ENDED
    if scope & {"ratify", "ratification"} or _is_passed(verb):
        return PactStatus.RATIFIED if not future else PactStatus.SIGNED
    if any(t.tag_ in {"VBD", "VBN"} for t in signed_in_clause) and not future:
        return PactStatus.SIGNED
    seals = bool(scope & words("signing"))
    if scope & words("pact-proposed") or before & words("pact-draft") or (future and seals):
        return PactStatus.PROPOSED
    if seals or scope & words("pact-signed"):
        return PactStatus.SIGNED
    if scope & words("pact-in-force") or verb.tag_ in {"VBZ", "VBP"}:
        return PactStatus.IN_FORCE
    return PactStatus.SIGNED if any(t.lemma_.lower() in words("signing") for t in sentence) else PactStatus.IN_FORCE


def _is_passed(verb: Token) -> bool:
    """Whether a parliament passes it."""
    subject = first_child(verb, "nsubj", "agent")
    if verb.lemma_.lower() not in {"approve", "pass", "adopt", "endorse", "back"} or subject is None:
        return False
    return any(t.lemma_.lower() in words("chamber") for t in subject.subtree)


def work_status(verb: Token) -> PactStatus:
    """How far joint or licensed work has come, by its verb."""
    above = clause_above(verb) if verb.dep_ not in {"relcl", "acl", "ROOT"} else []
    lemmas = {t.lemma_.lower() for t in above}
    if lemmas & {"agree", "sign"} and any(t.tag_ in {"VBD", "VBN"} for t in above if t.lemma_.lower() in {"agree", "sign"}):
        return PactStatus.SIGNED
    chain = (verb, *above)
    if any(auxiliaries(t) & (_FUTURE | {"to"}) for t in chain) or lemmas & words("pact-proposed"):
        return PactStatus.PROPOSED
    return PactStatus.IN_FORCE


def pact_date(word: Token, sentence: Span, published_on: str | None) -> str | None:
    """The date of the sentence that stands nearest to the word."""
    dates = find_dates(sentence.text, published_on)
    if not dates:
        return None
    place = word.idx - sentence.start_char
    return min(dates, key=lambda when: abs(when.start - place)).date
