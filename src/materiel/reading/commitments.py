"""Conditional commitments: if the antecedent comes true, the debtor will, may or must do something about supply.

Rules by the shape of the condition:

- ``commitment.clause``: a subordinate clause ("if", "unless", "once", "as long as", "were ... to", "should ...");
- ``commitment.phrase``: "in return for", "on condition of", "contingent on", "pending", "subject to", "in the event
  of";
- ``commitment.pact``: the trigger clause of a pact, one commitment for each party.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Span, Token

from materiel.reading.actors import Actor
from materiel.reading.clauses import VERBAL, first_child, governors, is_negated, is_passive, prepositions, subject_of
from materiel.reading.conditions import MARKER, MODALS, Condition, conditions
from materiel.reading.findings import Finding, FoundTransfer
from materiel.reading.lexicons import words
from materiel.reading.parses import Parse
from materiel.reading.resolver import Resolver
from materiel.reading.speakers import speaker_phrase
from materiel.terms.statements import Clause, Commitment, Force

_EACH_PARTY = re.compile(
    r"\beither (?:party|side|country|state|nation|of (?:the two|them)|one|is|were|be)\b|\bindependence of either\b"
    r"|\beach other\b|\bif one (?!day)|\bone (?:of (?:the two|them)|party|side|country|state|nation)\b"
    r"|\bthe other(?:,| (?:must|will|would|shall|owes|has to|is to))",
    re.IGNORECASE,
)
_PHRASAL = frozenset({"in return for", "in exchange for", "pending", "subject to", "in case of", "in the event of"})


def find_commitments(
    parse: Parse,
    sentence: Span,
    resolver: Resolver,
    transfers: Sequence[FoundTransfer],
    recent: Sequence[FoundTransfer],
    pact_parties: tuple[str, ...],
) -> list[Finding[Commitment]]:
    """Every conditional commitment of the sentence.

    ``transfers`` are the supplies found in it, hypothetical ones included, ``recent`` those told last before it, for
    "if that happens"; ``pact_parties`` those of the pact that the article has been speaking of, for "either party". A
    condition or a consequent of which no words are left is none.
    """
    recalls = bool(recent) and any(t.lower_ in {"that", "this", "so", "such", "it"} for t in sentence[:8])
    if not recalls and not _is_relevant(parse, sentence, transfers):
        return []
    for condition in conditions(sentence):
        found = list(_commitments(parse, sentence, resolver, transfers, pact_parties, condition))
        if found:
            return found
    return _mutual(sentence, pact_parties)


def _commitments(
    parse: Parse, sentence: Span, resolver: Resolver, transfers: Sequence[FoundTransfer], parties: tuple[str, ...],
    condition: Condition,
) -> Iterator[Finding[Commitment]]:  # fmt: skip
    inside = set(range(condition.start, condition.end))
    main = _main_verb(sentence, condition)
    if (
        main is None
        or main.lemma_.lower() in words("becoming")
        or _is_remark(main)
        or (condition.marker in _PHRASAL and not _looks_ahead(main))
    ):
        return
    speaker = _speaker(main, sentence)
    antecedent = _clause(parse, resolver, sentence.doc[condition.start : condition.end], transfers, "event", None)
    both = _each_party(sentence) and len(parties) == 2
    debtors = [Actor(code) for code in parties] if both else _debtors(parse, resolver, sentence, main, inside, speaker)
    rest = [t for t in sentence if t.i not in inside]
    for debtor in debtors:
        if debtor.is_open or (antecedent.kind != "transfer" and not antecedent.what):
            continue
        consequent = _clause(parse, resolver, _around(main, rest), transfers, "policy", debtor)
        if consequent.kind != "transfer" and not consequent.what:
            continue
        force = _force(sentence, main, debtor, antecedent, consequent)
        if both:
            antecedent = replace(antecedent, who=None)
        rule = (
            "commitment.pact" if both else "commitment.phrase" if condition.marker in _PHRASAL else "commitment.clause"
        )
        yield Finding(
            Commitment(debtor.code, force, antecedent, consequent), tuple(sentence), rule, speaker_phrase(speaker)
        )


def _is_remark(main: Token) -> bool:
    """A judgement, not an undertaking: "it would be an irony if"."""
    subject = first_child(main, "nsubj")
    return (
        main.lemma_ == "be" and subject is not None and subject.lower_ == "it" and first_child(main, "attr") is not None
    )


def _mutual(sentence: Span, parties: tuple[str, ...]) -> list[Finding[Commitment]]:
    """A trigger clause without a conditional word: "will treat an attack on one as an attack on both"."""
    if len(parties) != 2 or not re.search(
        r"attack (?:on|against) (?:one|either|any)\b.*\battack (?:on|against) (?:both|all|the other|itself)",
        sentence.text,
        re.IGNORECASE,
    ):
        return []
    antecedent = Clause("event", what="an attack on one of the parties")
    return [
        Finding(
            Commitment(
                code, Force.PROMISE, antecedent, Clause("policy", who=code, what="treat it as an attack on itself")
            ),
            tuple(sentence),
            "commitment.pact",
            None,
        )
        for code in parties
    ]


def _main_verb(sentence: Span, condition: Condition) -> Token | None:
    """The verb of the consequent: the nearest with a modal, a refusal or a promise outside the condition."""
    after = [t for t in sentence if t.i >= condition.end]
    before = [t for t in reversed(list(sentence)) if t.i < condition.start]
    ordered = after + before if condition.end < sentence.end else before + after
    for token in ordered:
        if token.lower_ in MODALS and token.dep_ == "aux":
            return token.head
        if token.lower_ in MODALS:
            return token
    for token in ordered:
        if token.lemma_.lower() in words("normative") and token.pos_ in {"VERB", "AUX", "ADJ", "NOUN"}:
            return token
    if condition.marker.startswith(("in return", "in exchange", "contingent", "conditional", "only")):
        return next(
            (t for t in ordered if t.pos_ in VERBAL and t.tag_ != "VBG" and t.lemma_.lower() not in words("speech")),
            None,
        )
    return None


def _around(main: Token, rest: Sequence[Token]) -> list[Token]:
    """The consequent's own words: the clause of its verb, without who says so."""
    below = {t.i for t in main.subtree}
    kept = [t for t in rest if t.i in below and not (t.lemma_.lower() in words("speech") and t != main)]
    return kept or list(rest)


def _looks_ahead(main: Token) -> bool:
    tokens = [main, *main.children, main.head]
    return any(
        t.lower_ in MODALS or t.lemma_.lower() in words("offering") or (t.lemma_ == "be" and t.tag_ in {"VBD", "VBZ"})
        for t in tokens
    )


def _is_relevant(parse: Parse, sentence: Span, transfers: Sequence[FoundTransfer]) -> bool:
    if transfers or any(t.i in parse.good_at for t in sentence):
        return True
    return any(t.lemma_.lower() in words("commitment-topic") for t in sentence)


def _debtors(
    parse: Parse, resolver: Resolver, sentence: Span, main: Token, inside: set[int], speaker: Token | None
) -> list[Actor]:
    """Who is bound: the subject of the consequent, the supplier that it names, or else who says so."""
    subject = subject_of(main)
    candidates: list[Token | None] = []
    if subject is not None and subject.i not in inside:
        candidates.append(subject)
        candidates += [c for c in subject.children if c.dep_ in {"poss", "amod", "compound", "nmod"}]
    if is_passive(main):
        candidates = [*(end for p, end in prepositions(main) if p == "by"), *candidates]
    candidates.append(speaker)
    for candidate in candidates:
        if candidate is not None and candidate.i not in parse.good_at:
            actors = resolver.named(parse, candidate)
            if actors:
                return actors
    if main.lemma_.lower() in words("stative"):
        return []
    for token in sentence:
        if token.i not in inside and token.i in parse.actor_at:
            return resolver.resolve(parse, token)[:1]
    return []


def _speaker(main: Token, sentence: Span) -> Token | None:
    for above in governors(main):
        if above.lemma_.lower() in words("speech"):
            return first_child(above, "nsubj")
    for token in sentence:
        if token.dep_ in {"parataxis", "ccomp", "ROOT"} and token.lemma_.lower() in words("speech"):
            speaker = first_child(token, "nsubj")
            if speaker is not None:
                return speaker
    return None


def _clause(
    parse: Parse, resolver: Resolver, tokens: Iterable[Token], transfers: Sequence[FoundTransfer], otherwise: str,
    debtor: Actor | None,
) -> Clause:  # fmt: skip
    """The side as a supply where a supply was found in it, otherwise in the text's own words."""
    tokens = list(tokens)
    inside = {t.i for t in tokens}
    for found in transfers:
        if found.trigger in inside and (
            debtor is None or debtor.code in {found.claim.supplier, found.claim.recipient} or found.lacks_supplier
        ):
            transfer = found.claim
            supplier = transfer.supplier or (debtor.code if debtor is not None and found.lacks_supplier else None)
            return Clause("transfer", supplier=supplier, recipient=transfer.recipient, materiel=transfer.materiel)
    if debtor is not None:
        return Clause(otherwise, who=debtor.code, what=_words(tokens))
    subject = next((t for t in tokens if t.dep_ in {"nsubj", "nsubjpass", "poss"}), None)
    actors = resolver.named(parse, subject) if subject is not None else []
    return Clause(otherwise, who=actors[0].code if actors else None, what=_words(tokens))


def _words(tokens: Sequence[Token]) -> str:
    """The longest unbroken run of the tokens, without the words that open a condition."""
    runs: list[list[Token]] = []
    for token in tokens:
        if runs and token.i == runs[-1][-1].i + 1:
            runs[-1].append(token)
        else:
            runs.append([token])
    run = max(runs, key=len)
    text = run[0].doc[run[0].i : run[-1].i + 1].text
    opening = MARKER.match(text)
    text = (text[opening.end() :] if opening else text).strip(" ,.\"'")
    return text if len(text) <= 160 else text[:157].rsplit(" ", 1)[0] + " ..."


def _each_party(sentence: Span) -> bool:
    return _EACH_PARTY.search(sentence.text) is not None


def _force(sentence: Span, main: Token, debtor: Actor, antecedent: Clause, consequent: Clause) -> Force:
    lemmas = {t.lemma_.lower() for t in sentence}
    if lemmas & words("threat"):
        return Force.THREAT
    both_supply = antecedent.kind == "transfer" and consequent.kind == "transfer"
    is_answer = antecedent.supplier != debtor.code and antecedent.recipient not in {debtor.code, consequent.recipient}
    if both_supply and is_answer and not is_negated(main):
        return Force.THREAT
    if lemmas & words("promise"):
        return Force.PROMISE
    return Force.POLICY
