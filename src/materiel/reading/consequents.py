"""What follows: the debtor supplies or takes, decides on policy, or does something else that is told as an event."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from materiel.reading.actors import Actor
from materiel.reading.clauses import (
    SUBJECTS,
    VERBAL,
    first_child,
    governors,
    is_negated,
    is_passive,
    predicate_of,
    prepositions,
)
from materiel.reading.conditions import Condition
from materiel.reading.findings import FoundTransfer
from materiel.reading.lexicons import words
from materiel.reading.markers import Sort
from materiel.reading.parses import Parse
from materiel.reading.resolver import Resolver
from materiel.reading.sides import as_clause, between_parties, fill, only_code, wording
from materiel.terms.actors import states
from materiel.terms.statements import Assertion, Clause, Stage, Transfer

_SELLER_AFTER = {"buy": "from", "order": "from", "purchase": "from", "import": "from", "turn": "to", "go": "to"}
"""The preposition before the seller, by the verb."""
_GOODS_PRONOUNS = frozenset({"they", "these", "those", "some", "more", "others", "it", "another", "rest"})


def consequent_of(
    parse: Parse, resolver: Resolver, condition: Condition, supplies: Sequence[FoundTransfer], debtor: Actor
) -> Clause:
    """What the debtor will do: give or take, decide, or something that is no matter of supply policy."""
    what = wording(condition.consequent)
    opens_way = condition.sort in {Sort.UNTIL, Sort.EXCHANGE, Sort.DEPEND} or "only" in condition.marker
    if not opens_way and _is_refused(condition):
        return Clause("policy", who=debtor.code, what=what)
    if _is_deed(parse, condition, frozenset()):
        return Clause("event", who=debtor.code, what=what)
    if (bought := _bought_elsewhere(parse, resolver, condition, debtor)) is not None:
        return bought
    if (given := _given_when_asked(resolver, condition, debtor)) is not None:
        return given
    if not _decides(condition, opens_way=opens_way):
        found = _supply(parse, resolver, condition, supplies, debtor)
        if found is not None:
            return found
        if _is_deed(parse, condition, words("deed-noun")) or not _concerns_policy(condition):
            return Clause("event", who=debtor.code, what=what)
    return Clause("policy", who=debtor.code, what=what)


def _given_when_asked(resolver: Resolver, condition: Condition, debtor: Actor) -> Clause | None:
    """Goods that a pronoun stands for, which come or are had: "they will follow", "if it asks, it will get them"."""
    main, subject = condition.main, first_child(condition.main, *SUBJECTS)
    if subject is None or is_negated(main):
        return None
    told = resolver.memory.supplies
    own = [t for t in reversed(told) if t.supplier == debtor.code and t.recipient]
    is_asked = condition.verb is not None and condition.verb.lemma_.lower() in words("asking")
    if is_asked and main.lemma_.lower() in words("getting"):
        is_meant = any(c.dep_ == "dobj" and c.lower_ in words("pointing") for c in main.children)
    else:
        is_vague = subject.lemma_.lower() in words("vague-subject") or subject.tag_ == "CD"
        points = (is_vague and bool(told)) or (bool(own) and subject.lower_ in _GOODS_PRONOUNS)
        is_meant = points and main.lemma_.lower() in words("coming-along")
    if not is_meant:
        return None
    claim = own[0] if own else Transfer(debtor.code, None, ("arms",), Stage.DELIVERED)
    return as_clause(fill(claim, resolver, debtor.code))


def _bought_elsewhere(parse: Parse, resolver: Resolver, condition: Condition, debtor: Actor) -> Clause | None:
    """A purchase of which only the seller is named: "we will buy from Paris", "would turn to the Chinese"."""
    for verb in _verbs(condition):
        wanted = _SELLER_AFTER.get(verb.lemma_.lower())
        if wanted is None or is_negated(verb) or is_passive(verb) or any(t.i in parse.good_at for t in verb.children):
            continue
        sellers = [a for p, end in prepositions(verb) if p == wanted for a in resolver.named(parse, end)]
        if (seller := only_code(sellers)) is not None and seller in states() and seller != debtor.code:
            return Clause("transfer", supplier=seller, recipient=debtor.code, materiel=("arms",))
    return None


def _is_about(condition: Condition, goods: Sequence[Token]) -> bool:
    """Whether goods are what the clause is about: "the howitzers would be in Baku by May"."""
    verbs = _verbs(condition)
    return any(t.head in verbs and t.dep_ in {"nsubj", "nsubjpass", "dobj"} for t in goods)


def _sends(condition: Condition) -> bool:
    """Whether the verb is of sending, so that people go to somebody: not "its soldiers would leave"."""
    return any((p := predicate_of(verb)) is not None and p.frame == "supply" for verb in _verbs(condition))


def _concerns_policy(condition: Condition) -> bool:
    """Whether the consequent is about arms, aid or a state's position, or an answer left vague."""
    return any(t.lemma_.lower() in words("policy-topic") for t in condition.consequent)


def _verbs(condition: Condition) -> list[Token]:
    """The verbs of the consequent, nearest to its head first: "would stop fighting and would close the border"."""
    inside = {t.i for t in condition.consequent}
    found = [condition.main]
    if condition.main.dep_ == "conj" and condition.main.head.i in inside and condition.main.head.pos_ == "VERB":
        found.append(condition.main.head)
    for verb in found:
        below = [
            *verb.children,
            *(c for child in verb.children if child.dep_ in {"acomp", "attr", "oprd"} for c in child.children),
        ]
        found += [
            c
            for c in below
            if c.dep_ in {"xcomp", "conj", "ccomp"} and c.i in inside and c.pos_ in VERBAL and c not in found
        ]
    return found


def _decides(condition: Condition, *, opens_way: bool) -> bool:
    """Whether the verb is of deciding on supply, not of supply: "would review its policy of giving no arms"."""
    deciding = words("policy-verb") - words("holding-back") if opens_way else words("policy-verb")
    return any(t.lemma_.lower() in deciding for t in _verbs(condition))


def _is_refused(condition: Condition) -> bool:
    main = condition.main
    text = " ".join(t.lower_ for t in condition.consequent)
    if any(idiom in text for idiom in words("idiom-withheld")):
        return not text.startswith("nothing")
    if main.lemma_.lower() in words("unhesitating"):
        return False
    if is_negated(main) or main.lemma_.lower() in words("refusal"):
        return True
    chain = [t for t in condition.consequent if t.dep_ == "xcomp" and t.head == main]
    return any(is_negated(t) for t in chain) or any(
        t.lower_ in {"no", "nothing", "nobody", "none"} and t.i < main.i + 4 for t in condition.consequent
    )


def _supply(
    parse: Parse, resolver: Resolver, condition: Condition, supplies: Sequence[FoundTransfer], debtor: Actor
) -> Clause | None:
    inside = {t.i for t in condition.consequent}
    for found in supplies:
        if found.trigger not in inside or set(found.claim.materiel) <= {"supplies"}:
            continue
        trigger = condition.main.doc[found.trigger]
        if trigger != condition.main and any(
            t.dep_ == "relcl" and t != condition.main for t in (trigger, *governors(trigger))
        ):
            continue
        if (
            found.claim.supplier
            and found.claim.recipient
            and debtor.code not in {found.claim.supplier, found.claim.recipient}
        ):
            continue
        claim = found.claim
        if claim.supplier is None and claim.recipient != debtor.code:
            claim = between_parties(claim, debtor.code, claim.recipient)
        return as_clause(fill(claim, resolver, debtor.code))
    goods = [t for t in condition.consequent if t.i in parse.good_at and parse.good_at[t.i].materiel != "supplies"]
    if condition.sort is Sort.DEPEND and condition.consequent and _head(condition) in words("deciding-noun"):
        return None
    supplied = [
        t for t in condition.consequent if t.lemma_.lower() in words("goods-noun") and t.pos_ in {"NOUN", "PROPN"}
    ]
    if supplied and not goods and (_moves(condition) or condition.sort is Sort.DEPEND):
        others = [
            actor.code
            for t in condition.consequent
            if t.i in parse.actor_at and t.dep_ == "pobj" and t.head.lower_ in {"to", "for"}
            for actor in resolver.named(parse, t)
            if actor.code != debtor.code
        ]
        claim = Transfer(
            debtor.code, next(iter(others), None), ("arms",), Stage.DELIVERED, assertion=Assertion.HYPOTHETICAL
        )
        return as_clause(fill(claim, resolver, debtor.code))
    if not goods and (meant := _goods_meant(parse, resolver, condition)):
        claim = Transfer(debtor.code, None, meant, Stage.DELIVERED, assertion=Assertion.HYPOTHETICAL)
        return as_clause(fill(claim, resolver, debtor.code))
    if goods and all(parse.good_at[t.i].materiel == "personnel" for t in goods) and not _sends(condition):
        return None
    if goods and (_moves(condition) or condition.sort is Sort.DEPEND or _is_about(condition, goods)):
        materiel = tuple(dict.fromkeys(parse.good_at[t.i].materiel for t in goods))
        gets = condition.main.lemma_.lower() in words("getting")
        supplier, recipient = (None, debtor.code) if gets else (debtor.code, None)
        claim = Transfer(supplier, recipient, materiel, Stage.DELIVERED, assertion=Assertion.HYPOTHETICAL)
        return as_clause(fill(claim, resolver, debtor.code))
    return None


def _head(condition: Condition) -> str:
    """The noun that a dependent consequent is about: "any decision on weapons"."""
    subject = first_child(condition.main, *SUBJECTS, "csubj")
    return subject.lemma_.lower() if subject is not None else ""


def _goods_meant(parse: Parse, resolver: Resolver, condition: Condition) -> tuple[str, ...]:
    """The goods that "them" stands for after a verb of supply."""
    for verb in _verbs(condition):
        predicate = predicate_of(verb)
        if predicate is None or predicate.frame != "supply":
            continue
        things = words("pointing") | words("vague-good") | words("counted") | words("goods-noun")
        points = any(c.dep_ == "dobj" and c.lemma_.lower() in things for c in verb.children)
        if points or predicate.strength == "strong":
            named = [parse.good_at[t.i].materiel for t in condition.antecedent if t.i in parse.good_at]
            told = [t.materiel for t in resolver.memory.supplies[-1:]]
            return tuple(named[:1]) or (told[0] if told else ("arms",))
    return ()


def _moves(condition: Condition) -> bool:
    for token in _verbs(condition):
        predicate = predicate_of(token)
        if predicate is not None and predicate.frame in {"supply", "acquire", "move"}:
            return True
        if token.lemma_.lower() in words("moving"):
            return True
    text = " ".join(t.lower_ for t in condition.consequent)
    return any(idiom in text for idiom in words("idiom-withheld"))


def _is_deed(parse: Parse, condition: Condition, nouns: frozenset[str]) -> bool:
    """Whether the consequent is an act or a turn of events outside supply: force, sanctions, payment, ruined ties."""
    verbs = _verbs(condition)
    if any(t.lemma_.lower() in words("deed-verb") and t.i not in parse.good_at for t in verbs):
        return True
    if any(
        t.lemma_ in {"use", "employ"} and any(c.dep_ == "dobj" and _is_force(parse, c) for c in t.children)
        for t in verbs
    ):
        return True
    return any(
        t.lemma_.lower() in nouns and t.pos_ == "NOUN" and t.i not in parse.good_at for t in condition.consequent
    )


def _is_force(parse: Parse, noun: Token) -> bool:
    return noun.i in parse.good_at or noun.lemma_.lower() in {"force", "influence", "means"}
