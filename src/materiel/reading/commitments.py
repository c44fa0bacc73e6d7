"""Conditional commitments: if the antecedent comes true, the debtor will, may or must do something about supply.

Rules by the shape of the condition:

- ``commitment.clause``: a subordinate clause ("if", "unless", "once", "as long as", "were ... to", "should ...");
- ``commitment.phrase``: "in return for", "contingent on", "pending", "subject to", "without ... consent";
- ``commitment.recall``: a condition that takes up what was said before ("if so", "in that case", "until then");
- ``commitment.warning``: a supply as the subject of its consequences ("any delivery would be answered");
- ``commitment.pact``: the trigger clause of a pact, one commitment for each party.

:mod:`conditions` cuts the sentence into its two sides, :mod:`bindings` says who is bound, :mod:`antecedents` and
:mod:`consequents` what each side is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from spacy.tokens import Span, Token

from materiel.reading.actors import OPEN, Actor
from materiel.reading.antecedents import antecedent_of
from materiel.reading.bindings import debtors, speaker_of
from materiel.reading.clauses import auxiliaries, first_child, governors, is_negated, is_passive, predicate_of
from materiel.reading.conditions import MODALS, Condition, conditions, looks_ahead
from materiel.reading.consequents import consequent_of
from materiel.reading.findings import Finding, FoundTransfer
from materiel.reading.lexicons import topic_finder, words
from materiel.reading.markers import Sort
from materiel.reading.parses import Parse
from materiel.reading.recalls import recalled_condition
from materiel.reading.reprisals import reprisals
from materiel.reading.resolver import Resolver
from materiel.reading.sides import as_clause, fill, wording
from materiel.reading.speakers import speaker_phrase
from materiel.terms.actors import states
from materiel.terms.statements import Clause, Commitment, Force

_EACH_PARTY = re.compile(
    r"\beither (?:party|side|country|state|nation|of (?:the two|them)|one|is|were|be)\b|\bindependence of either\b"
    r"|\beach (?:other|will|would|shall|must|is to|party|side|country|state)\b|\bone another\b"
    r"|\b(?:if|should|were) (?:any )?one (?!day)"
    r"|\bone (?:of (?:the two|them) (?:is|was|were|be|comes?|finds?)|party|side|country|state|nation)\b"
    r"|\bthe other (?:is|was|were|be|comes|gets)\b|\bboth (?:will|would|shall|must|are to)\b"
    r"|\bthe other(?:,| (?:must|will|would|shall|owes|has to|is to))",
    re.IGNORECASE,
)
_PHRASAL = frozenset({Sort.EXCHANGE, Sort.NOUN, Sort.WITHOUT, Sort.DEPEND})
_RECALLING = re.compile(
    r"(?:that|this|it|so|such an? \w+|they|he|she|the \w+)?\s*"
    r"(?:should |does |do |did |were to |was |ever |actually |in fact )*"
    r"(?:happens?|happened|happen|do(?:es)? (?:so|that|it|this)|did (?:so|that|it)|occurs?|came to pass|be the case|so"
    r"|were the case|is the case|come to that|go ahead|goes ahead|went ahead)\b[\w\s]{0,25}",
    re.IGNORECASE,
)


def find_commitments(
    parse: Parse,
    sentence: Span,
    resolver: Resolver,
    transfers: Sequence[FoundTransfer],
    recent: Sequence[FoundTransfer],
    pact_parties: tuple[str, ...],
) -> list[Finding[Commitment]]:
    """Every conditional commitment of the sentence.

    ``transfers`` are the supplies found in it, hypothetical ones included; ``pact_parties`` those of the pact that the
    article has been speaking of, for "either party". What "if that happens" takes up is kept in the resolver's memory,
    for ``recent``, the supplies told last, lacks the hypothetical ones; it only helps where nothing is kept yet. A
    condition or a consequent of which no words are left is none.
    """
    memory = resolver.memory
    if not memory.supplies:
        memory.supplies += [each.claim for each in recent]
    found: list[Finding[Commitment]] = []
    if transfers or _may_bind(parse, sentence):
        found = list(_found(parse, sentence, resolver, transfers, pact_parties))
    memory.told_last = tuple(each.claim for each in transfers)
    memory.supplies += memory.told_last
    return found


def _may_bind(parse: Parse, sentence: Span) -> bool:
    """Whether a condition here may bind a party: not "If the ovens go cold they crack", far from all names.

    The passage names an actor, goods or a topic, or the sentence says "we".
    """
    if parse.actor_at or parse.good_at or topic_finder().contains_any(parse.clean.text):
        return True
    return any(token.lower_ in {"we", "us", "our", "i"} for token in sentence)


def _found(
    parse: Parse, sentence: Span, resolver: Resolver, transfers: Sequence[FoundTransfer], parties: tuple[str, ...]
) -> Iterator[Finding[Commitment]]:
    found = [
        each
        for condition in conditions(sentence)
        for each in _read(parse, sentence, resolver, transfers, parties, condition)
    ]
    if not found and (taken_up := recalled_condition(sentence)) is not None:
        found = list(_read(parse, sentence, resolver, transfers, (), taken_up))
    if not found:
        found = [
            each
            for condition in reprisals(parse, sentence, transfers)
            for each in _read(parse, sentence, resolver, transfers, (), condition)
        ]
    yield from found or _mutual(sentence, parties)


def _read(
    parse: Parse, sentence: Span, resolver: Resolver, transfers: Sequence[FoundTransfer], parties: tuple[str, ...],
    condition: Condition,
) -> Iterator[Finding[Commitment]]:  # fmt: skip
    sides = frozenset(t.i for t in (*condition.antecedent, *condition.consequent))
    speaker = speaker_of(sentence, condition.main, sides)
    is_mutual = _EACH_PARTY.search(sentence.text) is not None
    both = is_mutual and (parties := _pair(parties, resolver)) != ()
    if not _binds(
        parse,
        sentence,
        condition,
        speaker,
        is_pact=both,
        is_told=bool(transfers or parties or resolver.memory.supplies),
    ):
        return
    inside = {t.i for t in condition.consequent}
    answered = [f for f in transfers if f.trigger in inside]
    bound = [Actor(code) for code in parties] if both else debtors(parse, resolver, condition, answered, speaker)
    both = both or (is_mutual and len(bound) == 2)
    codes = frozenset(debtor.code for debtor in bound if debtor.code)
    for debtor in bound:
        if both:
            antecedent = _trigger(parse, resolver, condition, codes)
            shares_danger = any(t.lemma_.lower() in words("common-danger") for t in condition.consequent)
            consequent = Clause(
                "event" if shares_danger else "policy", who=debtor.code, what=wording(condition.consequent)
            )
        else:
            consequent = consequent_of(parse, resolver, condition, transfers, debtor)
            antecedent = _recalled(parse, resolver, condition, debtor) or antecedent_of(
                parse, resolver, condition, transfers, debtor, consequent, codes
            )
        if (antecedent.kind != "transfer" and not antecedent.what) or (
            consequent.kind != "transfer" and not consequent.what
        ):
            continue
        force = _force(sentence, condition, debtor, antecedent, consequent)
        rule = "commitment.pact" if both else _rule(condition)
        yield Finding(
            Commitment(debtor.code, force, antecedent, consequent), tuple(sentence), rule, speaker_phrase(speaker)
        )


def _rule(condition: Condition) -> str:
    if not condition.marker:
        return "commitment.warning"
    if condition.marker in words("condition-recall") | words("condition-recall-until"):
        return "commitment.recall"
    return "commitment.phrase" if condition.sort in _PHRASAL else "commitment.clause"


def _what(condition: Condition) -> str:
    tokens = condition.antecedent
    return tokens[0].doc[tokens[0].i : tokens[-1].i + 1].text.strip(" ,.\"'")[:160]


def _trigger(parse: Parse, resolver: Resolver, condition: Condition, parties: frozenset[str]) -> Clause:
    """What makes a pact bind; its doer where the text names one that is no party."""
    clause = antecedent_of(parse, resolver, condition, (), OPEN, Clause("policy"))
    return Clause("event", who=None if clause.who in parties else clause.who, what=_what(condition))


def _pair(parties: tuple[str, ...], resolver: Resolver) -> tuple[str, ...]:
    """The two states of a trigger clause, the last named if no pact was; nothing where there are not two."""
    if len(parties) == 2 and all(party in states() for party in parties):
        return parties
    meant = resolver.memory.latest_states(frozenset(), 2) if not parties else []
    return tuple(actor.code for actor in meant if actor.code) if len(meant) == 2 else ()


def _recalled(parse: Parse, resolver: Resolver, condition: Condition, debtor: Actor) -> Clause | None:
    """What was said before, where the antecedent only points to it: "if it did so", "should that happen"."""
    text = " ".join(t.text for t in condition.antecedent).strip(" ,\"'")
    is_phrase = condition.marker in words("condition-recall") | words("condition-recall-until")
    if not is_phrase and not _RECALLING.fullmatch(text):
        return None
    told = resolver.memory.told_last or (() if is_phrase else tuple(resolver.memory.supplies[-3:]))
    others = [each for each in reversed(told) if each.supplier != debtor.code]
    if others and condition.sort is not Sort.UNTIL:
        return as_clause(fill(others[0], resolver, debtor.code))
    doers = [r.actor.code for r in resolver.memory.last_subjects() if r.actor.code and r.actor.code != debtor.code]
    return Clause("event", who=doers[0] if doers else None, what=text)


# -- what binds -------------------------------------------------------------------------------------------------------


def _binds(
    parse: Parse, sentence: Span, condition: Condition, speaker: Token | None, *, is_pact: bool, is_told: bool
) -> bool:
    """Whether the sentence states what somebody will do, not what would follow, be wise or have been."""
    main = condition.main
    if _is_no_undertaking(sentence, condition):
        return False
    if not (is_told or _is_relevant(parse, sentence, condition)) or _is_surmise(condition) or _is_remark(main):
        return False
    subject = first_child(main, "nsubj")
    own = auxiliaries(main) | (auxiliaries(main.head) if main.dep_ in {"xcomp", "conj"} else set())
    if "have" in own and own & MODALS:
        return False
    is_demand = "must" in own and not is_passive(main) and (subject is None or subject.lower_ != "we")
    is_demand = is_demand and not any(t.lemma_.lower() in words("pact-noun") for t in sentence)
    if not is_pact and (own & words("advice") or is_demand) and condition.sort is not Sort.UNTIL:
        return False
    undergone = main.lemma_.lower() in words("fate") and not is_negated(main) and condition.sort is Sort.IF
    undergone = undergone and not any(t.dep_ == "attr" and t.lemma_.lower() == "target" for t in main.children)
    if undergone and (subject is None or subject.lemma_.lower() not in words("tie-noun")):
        return False
    if sentence.text.rstrip().endswith("?") or (
        first_child(main, "expl") is not None and own & {"could", "may", "might"}
    ):
        return False
    stays_able = condition.sort is Sort.UNTIL or main.lemma_.lower() in words("standing-by")
    if (
        own & {"can", "could", "ca"}
        and is_negated(main)
        and not stays_able
        and not _speaks_of_goods(parse, condition.consequent)
    ):
        return False
    if condition.sort is Sort.EXCHANGE and _is_price(parse, condition):
        return False
    if condition.sort is Sort.WITHOUT and not (own & MODALS or _is_held_back(condition)):
        return False
    ready = {main.lemma_.lower(), *([main.head.lemma_.lower()] if main.dep_ == "xcomp" else [])}
    if condition.sort is Sort.TIME and not (own & {"will", "'ll"} or ready & words("standing-ready")):
        return False
    if condition.marker in {"until", "till", "until then", "before", "while"}:
        leads = condition.opening < main.i and bool(own & {"will", "would", "'ll", "'d"})
        return leads or _is_held_back(condition)
    if main.lemma_.lower() in words("surmise") and not own & MODALS:
        return False
    if condition.sort in _PHRASAL:
        return True
    return looks_ahead(main) or condition.marker.startswith(("on condition", "on the"))


def _is_no_undertaking(sentence: Span, condition: Condition) -> bool:
    """Terms for talking, a reporter's question, a fear, and ties that are denied."""
    if condition.marker.startswith("on condition") and any(
        t.lemma_.lower() in words("told-about") for t in condition.antecedent
    ):
        return True
    if re.match(r"\s*(?:Q|QUESTION)[:.]", sentence.text) or sentence.text.rstrip().endswith("--"):
        return True
    if condition.sort is Sort.DEPEND and is_negated(condition.main):
        return True
    return any(t.lemma_ in words("fearing") and t.tag_ in {"VBP", "VBZ", "VBD"} for t in sentence)


def _speaks_of_goods(parse: Parse, tokens: Sequence[Token]) -> bool:
    return any(t.i in parse.good_at or t.lemma_.lower() in words("goods-noun") | words("selling") for t in tokens)


def _is_price(parse: Parse, condition: Condition) -> bool:
    """Whether nothing but money is given in return: a sale."""
    names_money = any(t.text in {"$", "€", "£"} or t.ent_type_ == "MONEY" for t in condition.antecedent)
    return names_money and not _speaks_of_goods(parse, condition.antecedent)


def _is_held_back(condition: Condition) -> bool:
    """Whether something waits for the antecedent: "will sell none until", "stays frozen until"."""
    return (
        is_negated(condition.main)
        or any(t.dep_ == "neg" or t.lower_ in {"no", "none", "nothing"} for t in condition.consequent)
        or any(t.lemma_.lower() in words("holding-back") for t in condition.consequent)
    )


def _is_relevant(parse: Parse, sentence: Span, condition: Condition) -> bool:
    sides = (*condition.antecedent, *condition.consequent)
    if any(t.i in parse.good_at for t in sides):
        return True
    if any((told := predicate_of(t)) is not None and told.frame == "supply" for t in condition.consequent):
        return True
    return any(t.lemma_.lower() in words("commitment-topic") for t in sentence)


def _is_surmise(condition: Condition) -> bool:
    """Whether it is feared, thought or hoped, not said, or unwanted of others: "does not want it to be unable"."""
    has_subject = False
    supposed = {t.i for t in condition.antecedent}
    for below, above in pairwise((condition.main, *governors(condition.main))):
        holder = first_child(above, "nsubj")
        is_modest = above.lemma_ in {"think", "believe"} and holder is not None and holder.lower_ == "i"
        if above.i in supposed or is_modest:
            continue
        has_subject = has_subject or first_child(below, "nsubj") is not None
        is_unwanted = above.lemma_ == "want" and is_negated(above) and has_subject
        if is_unwanted or above.lemma_.lower() in words("surmise"):
            return True
    return False


def _is_remark(main: Token) -> bool:
    """A judgement, not an undertaking: "it would be an irony if", "could be useful", "this may have implications"."""
    subject = first_child(main, "nsubj")
    if subject is not None and auxiliaries(main) & {"could", "may", "might"}:
        quality = first_child(main, "acomp") if main.lemma_ == "be" else None
        if quality is not None and quality.lemma_.lower() in words("remarkable"):
            return True
        if main.lemma_ == "have" and subject.lower_ in {"this", "that", "it", "which"}:
            return True
    return (
        main.lemma_ == "be" and subject is not None and subject.lower_ == "it" and first_child(main, "attr") is not None
    )


# -- pacts ------------------------------------------------------------------------------------------------------------


def _mutual(sentence: Span, parties: tuple[str, ...]) -> list[Finding[Commitment]]:
    """A trigger clause without a conditional word: "will treat an attack on one as an attack on both"."""
    if len(parties) < 2 or not re.search(
        r"(?:attack|aggression) (?:on|against|upon) .{0,40}\b(?:one|either|any)\b.*"
        r"\b(?:both|all|the others?|itself|the rest)\b",
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


# -- force ------------------------------------------------------------------------------------------------------------


def _force(sentence: Span, condition: Condition, debtor: Actor, antecedent: Clause, consequent: Clause) -> Force:
    """Threat, promise or policy: by a word that says so, else by whom the consequent hurts or helps."""
    main = condition.main
    lemmas = {t.lemma_.lower() for t in sentence}
    if lemmas & words("threat"):
        return Force.THREAT
    doer = antecedent.supplier if antecedent.kind == "transfer" else antecedent.who
    both_supply = antecedent.kind == "transfer" and consequent.kind == "transfer"
    is_answer = antecedent.supplier != debtor.code and antecedent.recipient not in {debtor.code, consequent.recipient}
    if both_supply and is_answer and not is_negated(main):
        return Force.THREAT
    if lemmas & words("promise"):
        return Force.PROMISE
    is_opening = condition.sort in {Sort.IF, Sort.TIME, Sort.NOUN} and "only" not in condition.marker
    if not is_opening or doer == debtor.code:
        return Force.POLICY
    if consequent.kind != "transfer" and any(t.lemma_.lower() in words("hostile") for t in condition.consequent):
        return Force.THREAT
    if consequent.kind == "transfer" and consequent.supplier == debtor.code and not is_negated(main):
        return Force.PROMISE
    return Force.POLICY
