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
from dataclasses import dataclass, replace

from spacy.tokens import Span, Token

from materiel.reading.actors import Actor
from materiel.reading.clauses import governors, is_negated, is_passive, prepositions, subject_of
from materiel.reading.lexicons import words
from materiel.reading.parses import Parse
from materiel.reading.resolver import Resolver
from materiel.reading.threads import Found as FoundTransfer
from materiel.reading.voices import speaker_text
from materiel.terms.statements import Clause, Commitment, Force

_MODALS = frozenset(
    {"will", "would", "may", "might", "could", "can", "must", "shall", "'ll", "'d", "should", "wo", "ca"}
)
_MARKER = re.compile(
    r"\b(?:only (?:if|after|once|when)|if and only if|unless(?: and until)?|if|once|provided(?: that)?|providing that|"
    r"as long as|so long as|as soon as|(?:on|upon) (?:the )?condition that|in the event (?:of|that)|in case of|"
    r"in (?:return|exchange) for|contingent (?:up)?on|conditional (?:up)?on|pending|subject to|until|assuming(?: that)?)\b"
    r"|(?:(?<=^)|(?<=, )|(?<=\. )|(?<=: )|(?<=that )|(?<=\" )|(?<=\"))(?:should|were|had)(?= (?:the |a |an |either |any |one |its |his |that |[A-Z]|it |they |both ))",
    re.IGNORECASE,
)
_PHRASAL = frozenset({"in return for", "in exchange for", "pending", "subject to", "in case of", "in the event of"})


@dataclass(frozen=True, slots=True)
class Found:
    """A commitment with the tokens that say it and the rule that found it."""

    commitment: Commitment
    tokens: tuple[Token, ...]
    rule: str
    speaker: str | None


def find_commitments(
    parse: Parse, sentence: Span, resolver: Resolver, transfers: Sequence[FoundTransfer], pact_parties: tuple[str, ...]
) -> list[Found]:
    """Every conditional commitment of the sentence.

    Args:
        transfers: the supplies found in the sentence, hypothetical ones included.
        pact_parties: parties of the pact that the article has been speaking of, for "either party".
    """
    if not _is_relevant(parse, sentence, transfers):
        return []
    for condition in _conditions(sentence):
        found = list(_commitments(parse, sentence, resolver, transfers, pact_parties, condition))
        if found:
            return found
    return _mutual(sentence, pact_parties)


@dataclass(frozen=True, slots=True)
class _Condition:
    """A condition at ``doc[start:end]`` of its sentence, with the words that open it."""

    marker: str
    start: int
    end: int


def _conditions(sentence: Span) -> Iterator[_Condition]:
    """Every condition of a sentence, by the words that open it and the commas that close it."""
    for match in _MARKER.finditer(sentence.text):
        opening = sentence.doc.char_span(
            sentence.start_char + match.start(), sentence.start_char + match.end(), alignment_mode="expand"
        )
        if opening is None:
            continue
        before = sentence.doc[opening.start - 1].lower_ if opening.start > sentence.start else ""
        after = sentence.doc[opening.end].lower_ if opening.end < sentence.end else ""
        marker = match.group().lower()
        if marker == "if" and (
            before in words("no-condition-before") or after in {"not", "only", "any", "ever", "necessary", "possible"}
        ):
            continue
        if marker == "once" and (
            (after in {"again", "more", "a", "the", ","} and after != "the") or opening.end == sentence.end
        ):
            continue
        if marker == "until" and not any(
            t.dep_ == "neg" or t.lower_ in {"no", "refuse", "refuses", "refused"}
            for t in sentence[: max(opening.start - sentence.start, 1)]
        ):
            continue
        yield _Condition(marker, opening.start, _condition_end(sentence, opening))


def _condition_end(sentence: Span, opening: Span) -> int:
    """Where the condition ends: at the comma before the consequent, or at the end of the sentence."""
    leads = opening.start == sentence.start or sentence.doc[opening.start - 1].text in {",", '"', ":", "that", "."}
    for token in sentence.doc[opening.end : sentence.end]:
        if token.text == "," and (leads or _is_aside(token)):
            rest = sentence.doc[token.i + 1 : sentence.end]
            if any(t.lower_ in _MODALS or t.pos_ in {"VERB", "AUX"} for t in rest):
                return token.i
    return sentence.end


def _is_aside(comma: Token) -> bool:
    following = comma.doc[comma.i + 1 : comma.i + 4]
    return any(t.lemma_.lower() in words("speech") for t in following)


def _commitments(
    parse: Parse, sentence: Span, resolver: Resolver, transfers: Sequence[FoundTransfer], parties: tuple[str, ...],
    condition: _Condition,
) -> Iterator[Found]:  # fmt: skip
    inside = set(range(condition.start, condition.end))
    main = _main_verb(sentence, condition)
    if main is None or (condition.marker in _PHRASAL and not _looks_ahead(main)):
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
        force = _force(sentence, main, debtor, antecedent, consequent)
        if both:
            antecedent = replace(antecedent, who=None)
        rule = (
            "commitment.pact" if both else "commitment.phrase" if condition.marker in _PHRASAL else "commitment.clause"
        )
        yield Found(
            Commitment(debtor.code, force, antecedent, consequent), tuple(sentence), rule, speaker_text(speaker)
        )


def _mutual(sentence: Span, parties: tuple[str, ...]) -> list[Found]:
    """A trigger clause without a conditional word: "will treat an attack on one as an attack on both"."""
    if len(parties) != 2 or not re.search(
        r"attack (?:on|against) (?:one|either|any)\b.*\battack (?:on|against) (?:both|all|the other|itself)",
        sentence.text,
        re.IGNORECASE,
    ):
        return []
    antecedent = Clause("event", what="an attack on one of the parties")
    return [
        Found(
            Commitment(
                code, Force.PROMISE, antecedent, Clause("policy", who=code, what="treat it as an attack on itself")
            ),
            tuple(sentence),
            "commitment.pact",
            None,
        )
        for code in parties
    ]


def _main_verb(sentence: Span, condition: _Condition) -> Token | None:
    """The verb of the consequent: the nearest with a modal, a refusal or a promise outside the condition."""
    after = [t for t in sentence if t.i >= condition.end]
    before = [t for t in reversed(list(sentence)) if t.i < condition.start]
    ordered = after + before if condition.end < sentence.end else before + after
    for token in ordered:
        if token.lower_ in _MODALS and token.dep_ == "aux":
            return token.head
        if token.lower_ in _MODALS:
            return token
    for token in ordered:
        if token.lemma_.lower() in words("normative") and token.pos_ in {"VERB", "AUX", "ADJ", "NOUN"}:
            return token
    if condition.marker.startswith(("in return", "in exchange", "contingent", "conditional", "only")):
        return next(
            (
                t
                for t in ordered
                if t.pos_ in {"VERB", "AUX"} and t.tag_ != "VBG" and t.lemma_.lower() not in words("speech")
            ),
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
        t.lower_ in _MODALS or t.lemma_.lower() in words("offering") or (t.lemma_ == "be" and t.tag_ in {"VBD", "VBZ"})
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
            actors = [a for a in resolver.resolve(parse, candidate) if not a.is_open]
            if actors:
                return actors
    for token in sentence:
        if token.i not in inside and token.i in parse.actor_at:
            return resolver.resolve(parse, token)[:1]
    return []


def _speaker(main: Token, sentence: Span) -> Token | None:
    for above in governors(main):
        if above.lemma_.lower() in words("speech"):
            return next((c for c in above.children if c.dep_ == "nsubj"), None)
    for token in sentence:
        if token.dep_ in {"parataxis", "ccomp", "ROOT"} and token.lemma_.lower() in words("speech"):
            speaker = next((c for c in token.children if c.dep_ == "nsubj"), None)
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
            debtor is None or debtor.code in {found.transfer.supplier, found.transfer.recipient} or found.lacks_supplier
        ):
            transfer = found.transfer
            supplier = transfer.supplier or (debtor.code if debtor is not None and found.lacks_supplier else None)
            return Clause("transfer", supplier=supplier, recipient=transfer.recipient, materiel=transfer.materiel)
    if debtor is not None:
        return Clause(otherwise, who=debtor.code, what=_words(tokens))
    subject = next((t for t in tokens if t.dep_ in {"nsubj", "nsubjpass", "poss"}), None)
    actors = [a for a in resolver.resolve(parse, subject) if not a.is_open] if subject is not None else []
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
    opening = _MARKER.match(text)
    text = (text[opening.end() :] if opening else text).strip(" ,.\"'")
    return text if len(text) <= 160 else text[:157].rsplit(" ", 1)[0] + " ..."


def _each_party(sentence: Span) -> bool:
    lowered = sentence.text.lower()
    return "if one " in lowered or any(cue in lowered for cue in words("each-party"))


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
