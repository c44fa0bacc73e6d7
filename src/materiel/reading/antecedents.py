"""What has to come true first: a supply, or an event with its doer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Token

from materiel.reading.actors import Actor
from materiel.reading.clauses import (
    SUBJECTS,
    first_child,
    governors,
    is_negated,
    is_passive,
    predicate_of,
    prepositions,
    subject_of,
)
from materiel.reading.conditions import Condition
from materiel.reading.findings import FoundTransfer
from materiel.reading.lexicons import words
from materiel.reading.markers import Sort
from materiel.reading.parses import Parse
from materiel.reading.resolver import Resolver
from materiel.reading.sides import as_clause, between_parties, fill, only_code, owners_of, wording
from materiel.terms.statements import Assertion, Clause, Stage, Transfer

_NOT_DONE = frozenset({Stage.WITHHELD, Stage.HALTED})
_OWNING = frozenset({"amod", "compound", "poss"})
_PERSONAL = frozenset({"it", "they", "he", "she"})


def antecedent_of(
    parse: Parse,
    resolver: Resolver,
    condition: Condition,
    supplies: Sequence[FoundTransfer],
    debtor: Actor,
    answer: Clause,
    bound: frozenset[str] = frozenset(),
) -> Clause:
    """What has to come true first.

    Args:
        parse: the passage.
        resolver: who is who in the article.
        condition: the condition.
        supplies: those that the sentence speaks of.
        debtor: who is bound; seldom the doer of the antecedent.
        bound: codes of all that are bound, for whom a pronoun in the antecedent does not stand.
        answer: the consequent; where it is a supply, its other party is the doer of a bargain.
    """
    what = wording(condition.antecedent)
    inside = {t.i for t in condition.antecedent}
    for found in supplies:
        if found.trigger in inside and _is_heart(found, condition):
            if _is_done(parse, found):
                if not found.claim.supplier and (told := _goes_on(parse, resolver, condition, debtor)) is not None:
                    return told
                claim = _rightly_received(parse, resolver, condition, found.claim, debtor)
                if claim.recipient is None and claim.supplier is not None and answer.recipient == debtor.code:
                    claim = between_parties(claim, claim.supplier, debtor.code)
                return as_clause(fill(claim, resolver, debtor.code))
            return Clause("event", who=found.claim.supplier, what=what)
    told = (
        _named_supply(parse, resolver, condition)
        or _bargain(parse, resolver, condition, debtor, answer)
        or _does_likewise(parse, resolver, condition, answer)
        or _goes_on(parse, resolver, condition, debtor)
        or _plain_supply(parse, resolver, condition, debtor, answer)
        or _taken_in(parse, resolver, condition, debtor)
    )
    if told is not None:
        return told
    if condition.verb is not None and (used := _used_abroad(parse, resolver, condition, debtor)) is not None:
        return used
    return Clause("event", who=_doer(parse, resolver, condition, debtor, answer, bound), what=what)


def _rightly_received(
    parse: Parse, resolver: Resolver, condition: Condition, claim: Transfer, debtor: Actor
) -> Transfer:
    """The supply without a recipient that was only guessed: who is bound is seldom "the island" that is armed."""
    if claim.recipient != debtor.code or claim.supplier is None:
        return claim
    for token in condition.antecedent:
        is_own = token.lower_ in {"us", "our", "we", "it", "its", "him", "them", "they", "he"}
        if is_own or (token.i in parse.actor_at and debtor in resolver.named(parse, token)):
            return claim
    return between_parties(claim, claim.supplier, None)


def _is_heart(found: FoundTransfer, condition: Condition) -> bool:
    """Whether the supply is what the antecedent supposes, not something that it mentions."""
    trigger = condition.antecedent[0].doc[found.trigger]
    if set(found.claim.materiel) <= {"supplies"}:
        return False
    if not condition.marker and not (found.claim.supplier or found.claim.recipient):
        return False
    if condition.verb is None:
        return True
    for token in (trigger, *governors(trigger)):
        if token == condition.verb:
            return True
        if token.dep_ == "relcl" or token.head.lemma_.lower() in words("heeding"):
            return False
        if token.dep_ == "conj" and token.head == condition.verb:
            return True
    return condition.verb in trigger.subtree


def _is_done(parse: Parse, found: FoundTransfer) -> bool:
    """Whether the supply is supposed to take place: "if it gets none" is no supply."""
    trigger = parse.doc[found.trigger]
    above = [trigger, *(g for g in governors(trigger) if g.sent == trigger.sent)]
    near = above[: 1 + next((n for n, t in enumerate(above) if t.dep_ in {"advcl", "ROOT", "ccomp"}), 0)]
    return found.claim.stage not in _NOT_DONE and not any(is_negated(token) for token in near)


def _named_supply(parse: Parse, resolver: Resolver, condition: Condition) -> Clause | None:
    """A supply that a noun phrase names, its parties around it: "American missiles in Poland", "the use of"."""
    if condition.marker:
        return None
    goods = [t for t in condition.antecedent if t.i in parse.good_at]
    supplying = [
        t for t in condition.antecedent if t.dep_ == "relcl" and (p := predicate_of(t)) and p.frame == "supply"
    ]
    if supplying:
        # "Anyone who arms the rebels": whoever it is, the supplier is left open.
        materiel = tuple(parse.good_at[t.i].materiel for t in goods[:1]) or ("arms",)
        armed = [a for t in condition.antecedent if t.i in parse.actor_at for a in resolver.named(parse, t)]
        told = [t.recipient for t in reversed(resolver.memory.supplies) if t.recipient]
        recipient = only_code(armed[:1]) or next(iter(told), None)
        return Clause("transfer", recipient=recipient, materiel=materiel)
    if not goods:
        before = resolver.memory.told_last or tuple(resolver.memory.supplies[-1:])
        return as_clause(fill(before[-1], resolver, None)) if before else None
    named = [t for t in condition.antecedent if t.i in parse.actor_at]
    makers = [t for t in condition.antecedent if t.dep_ in _OWNING and t.head.i in parse.good_at]
    givers = [t for t in named if t.head.lower_ in {"by", "from"}]
    takers = [t for t in named if t.dep_ == "pobj" and t.head.lower_ in {"to", "in", "for"}]
    suppliers = [actor for t in (*makers, *givers) for actor in resolver.named(parse, t)]
    recipients = [actor for t in takers for actor in resolver.named(parse, t)]
    claim = Transfer(
        only_code(suppliers[:1]), only_code(recipients[:1]), (parse.good_at[goods[0].i].materiel,), Stage.DELIVERED,
        assertion=Assertion.HYPOTHETICAL,
    )  # fmt: skip
    return as_clause(fill(claim, resolver, None))


def _goes_on(parse: Parse, resolver: Resolver, condition: Condition, debtor: Actor) -> Clause | None:
    """Goods or deliveries that move: "as long as deliveries continue", "if replacements from America arrive".

    What the clause leaves out is taken from the supplies told before.
    """
    verb = condition.verb
    subject = subject_of(verb) if verb is not None else None
    if verb is None or subject is None or is_negated(verb) or verb.lemma_.lower() not in words("going-on"):
        return None
    inside = {t.i for t in condition.antecedent}
    if subject.i not in inside or (verb.lemma_ in {"keep", "go", "stay"} and is_passive(verb)):
        return None
    materiel = parse.good_at[subject.i].materiel if subject.i in parse.good_at else None
    lemma = subject.lemma_.lower()
    stands_in = subject.lower_ in {"they", "it", "these"} and is_passive(verb)
    stands_in = stands_in and bool(resolver.memory.supplies or resolver.memory.maker)
    if materiel is None and lemma not in words("goods-noun") | {"one"} and not stands_in:
        return None
    senders = [a for p, end in prepositions(verb) if p == "from" for a in resolver.named(parse, end)]
    supplier = only_code(owners_of(parse, resolver, subject) or senders)
    maker = resolver.maker_of(parse, subject)
    below = {t.i for t in subject.subtree}
    after = [t for t in condition.antecedent if t.i in parse.actor_at and t.i not in below and t.i > verb.i]
    takers = [actor for t in after if t.head.lower_ != "from" for actor in resolver.named(parse, t)]
    recipient = only_code(takers[:1])
    if recipient is None and lemma in {"replacement", "one"}:
        recipient = debtor.code
    told = [t for t in reversed(resolver.memory.supplies) if t.supplier != debtor.code]
    same = [t for t in told if materiel is None or materiel in t.materiel] or ([] if maker else told)
    same = sorted(same, key=lambda t: None in (t.supplier, t.recipient))
    fits = [t for t in same if supplier in {None, t.supplier} and recipient in {None, t.recipient}]
    if supplier is None and recipient is None:
        whole = [claim for each in fits if (claim := fill(each, resolver, debtor.code)).supplier]
        if whole or (fits and resolver.memory.maker in {None, debtor.code}):
            return as_clause(whole[0] if whole else fill(fits[0], resolver, debtor.code))
        return _arriving(parse, resolver, condition, debtor, subject)
    goods = (materiel,) if materiel else fits[0].materiel if fits else ("arms",)
    claim = Transfer(
        supplier or (fits[0].supplier if fits else maker), recipient or (fits[0].recipient if fits else None),
        goods, Stage.DELIVERED, assertion=Assertion.HYPOTHETICAL,
    )  # fmt: skip
    return as_clause(fill(claim, resolver, debtor.code)) if claim.supplier != claim.recipient else None


def _arriving(parse: Parse, resolver: Resolver, condition: Condition, debtor: Actor, goods: Token) -> Clause | None:
    """Goods that come or are set up where no supply has been told: from their maker to whom the article is about."""
    materiel = (parse.good_at[goods.i].materiel,) if goods.i in parse.good_at else ("arms",)
    supplier = resolver.maker_of(parse, goods) or resolver.memory.maker
    if supplier is None or supplier == debtor.code:
        return None
    taker = resolver.memory.topical_state(frozenset(filter(None, (supplier, debtor.code))))
    return Clause("transfer", supplier=supplier, recipient=only_code(taker), materiel=materiel)


def _taken_in(parse: Parse, resolver: Resolver, condition: Condition, debtor: Actor) -> Clause | None:
    """Another state's goods that somebody takes or sets up: "if the island installs Russian missiles"."""
    verb = condition.verb
    subject = subject_of(verb) if verb is not None else None
    if verb is None or subject is None or is_negated(verb) or is_passive(verb):
        return None
    if verb.lemma_.lower() not in words("getting") | words("going-on"):
        return None
    for goods in (c for c in verb.children if c.dep_ == "dobj" and c.i in parse.good_at):
        takers = resolver.named(parse, subject)
        supplier, recipient = resolver.maker_of(parse, goods), only_code(takers)
        if supplier and recipient and supplier != recipient:
            materiel = (parse.good_at[goods.i].materiel,)
            return Clause("transfer", supplier=supplier, recipient=recipient, materiel=materiel)
    return None


def _bargain(parse: Parse, resolver: Resolver, condition: Condition, debtor: Actor, answer: Clause) -> Clause | None:
    """Goods given in return: "in exchange for shells"."""
    if condition.sort is not Sort.EXCHANGE or condition.antecedent[0].tag_ == "VBG":
        return None
    heads = [t for t in condition.antecedent if t.head.i < condition.antecedent[0].i]
    goods = [parse.good_at[t.i].materiel for t in heads if t.i in parse.good_at]
    other = _doer_of_noun(parse, resolver, condition, debtor, answer)
    return Clause("transfer", supplier=other, recipient=debtor.code, materiel=tuple(goods[:1])) if goods else None


def _plain_supply(
    parse: Parse, resolver: Resolver, condition: Condition, debtor: Actor, answer: Clause
) -> Clause | None:
    """A verb of supply whose goods the text only points to: "once Berlin sends its own", "if they hand them over"."""
    verb = condition.verb
    inside = {t.i for t in condition.antecedent}
    if verb is not None and verb.dep_ == "aux" and verb.head.i in inside:
        verb = verb.head
    while verb is not None and (below := first_child(verb, "xcomp")) is not None and below.i in inside:
        verb = below
    predicate = predicate_of(verb) if verb is not None else None
    if verb is not None and verb.lemma_ == "do":
        # "If it did export arms": the parser took the verb for a noun.
        predicate = next((p for c in verb.children for t in c.children if (p := predicate_of(t))), None)
    if verb is not None and verb.lemma_.lower() in words("arming") and not is_negated(verb):
        armed = subject_of(verb) if is_passive(verb) else None
        recipient = only_code(resolver.named(parse, armed)) if armed is not None and armed.i in inside else None
        if recipient is not None and recipient != debtor.code:
            return Clause("transfer", recipient=recipient, materiel=answer.materiel or ("arms",))
    if condition.verb is not None and condition.verb.lemma_.lower() in words("refusal"):
        return None
    if verb is None or predicate is None or predicate.frame != "supply" or is_negated(verb) or is_passive(verb):
        return None
    goods = next(
        (
            c
            for c in verb.children
            if c.dep_ == "dobj"
            and (c.i in parse.good_at or c.lemma_.lower() in words("goods-noun") | words("pointing"))
        ),
        None,
    )
    subject = subject_of(verb)
    supplier = only_code(resolver.named(parse, subject)) if subject is not None and subject.i in inside else None
    if subject is not None and subject.lower_ == "you" and supplier is None:
        # "If you supply them": whoever does so beside the one who is bound.
        told = resolver.memory.supplies
        supplier = next((t.supplier for t in reversed(told) if t.supplier not in {None, debtor.code}), None)
    if goods is None or supplier is None or supplier == debtor.code:
        return None
    recipients = [
        actor.code
        for preposition, end in prepositions(verb)
        if preposition == "to"
        for actor in resolver.named(parse, end)
    ]
    materiel = (parse.good_at[goods.i].materiel,) if goods.i in parse.good_at else answer.materiel or ("arms",)
    recipient = next(iter(recipients), None)
    if recipient is None and goods.lemma_ == "replacement":
        recipient = debtor.code
    if recipient is None and goods.lemma_ in {"own", "one"}:
        recipient = answer.recipient
    claim = Transfer(supplier, recipient, materiel, Stage.DELIVERED, assertion=Assertion.HYPOTHETICAL)
    return as_clause(fill(claim, resolver, debtor.code))


def _does_likewise(parse: Parse, resolver: Resolver, condition: Condition, answer: Clause) -> Clause | None:
    """The antecedent that repeats the consequent's supply for another: "only if the Americans did too"."""
    verb = condition.verb
    subject = subject_of(verb) if verb is not None else None
    if verb is None or subject is None or verb.lemma_ != "do" or is_negated(verb) or answer.kind != "transfer":
        return None
    if any(c.dep_ in {"dobj", "ccomp", "xcomp"} and c.lower_ not in words("likewise") for c in verb.children):
        return None
    doer = only_code(resolver.named(parse, subject) or owners_of(parse, resolver, subject))
    if doer is None or doer in {answer.supplier, answer.recipient}:
        return None
    return replace(answer, supplier=doer)


def _used_abroad(parse: Parse, resolver: Resolver, condition: Condition, debtor: Actor) -> Clause | None:
    """Arms of one state at another's front presuppose the supply: "if Korean shells killed Russians"."""
    verb = condition.verb
    if verb is None or verb.lemma_.lower() not in words("harm") | words("wielding"):
        return None
    for good in (t for t in condition.antecedent if t.i in parse.good_at and t.dep_ not in _OWNING):
        for child in good.children:
            if child.dep_ in _OWNING and (owners := resolver.named(parse, child)) and owners[0] != debtor:
                materiel = (parse.good_at[good.i].materiel,)
                claim = Transfer(owners[0].code, None, materiel, Stage.DELIVERED, assertion=Assertion.HYPOTHETICAL)
                return as_clause(fill(claim, resolver, debtor.code))
    return None


def _doer(
    parse: Parse, resolver: Resolver, condition: Condition, debtor: Actor, answer: Clause, bound: frozenset[str]
) -> str | None:
    """Who does what the antecedent supposes; None where nobody is named, or several are."""
    if condition.verb is None:
        return _doer_of_noun(parse, resolver, condition, debtor, answer)
    verb = condition.verb
    inside = {t.i for t in condition.antecedent}
    subject = subject_of(verb)
    if subject is None or subject.i not in inside:
        subject = next((t for t in condition.antecedent if t.dep_ in SUBJECTS), None)
    if subject is not None and subject.lower_ == "it" and (told := first_child(verb, "ccomp")) is not None:
        subject, verb = subject_of(told), told
    if subject is None:
        subject = first_child(verb, "attr")
    if subject is None:
        return None
    if is_passive(verb):
        for preposition, end in prepositions(verb):
            if preposition == "by" and (agents := resolver.named(parse, end)):
                return only_code(agents)
        if verb.lemma_.lower() in words("harm"):
            return None
    if subject.lower_ in _PERSONAL:
        others = [a for a in resolver.resolve(parse, subject, bound) if not a.is_open]
        return only_code(others)
    is_thing = subject.i in parse.good_at and parse.good_at[subject.i].materiel != "personnel"
    actors = [] if is_thing else resolver.named(parse, subject)
    if not actors and not is_thing:
        actors = owners_of(parse, resolver, subject)
    if not actors and subject.text in words("us-legislature") and debtor.code == "USA":
        return debtor.code
    if not actors and subject.text in words("eu-name"):
        return "EU"
    if not actors:
        return _other_party(parse, resolver, condition, subject, answer, debtor)
    return only_code(actors)


def _other_party(
    parse: Parse, resolver: Resolver, condition: Condition, subject: Token, answer: Clause, debtor: Actor
) -> str | None:
    """Whose elections, arrears or reforms a supply waits for, where the text need not say: the other party's.

    So too of what only the other party can do: "if the licence is granted", "once the conditions are met".
    """
    nouns = {subject.lemma_.lower(), *(c.lemma_.lower() for c in subject.head.children if c.dep_ == "attr")}
    verb = condition.verb
    is_granted = verb is not None and is_passive(verb) and verb.lemma_.lower() in words("counterparty-deed")
    if not (is_granted or nouns & words("counterparty-noun")):
        return None
    named = [actor.code for t in condition.consequent if t.i in parse.actor_at for actor in resolver.named(parse, t)]
    told = [
        code for t in reversed(resolver.memory.supplies) if debtor.code in {t.supplier, t.recipient}
        for code in (t.recipient, t.supplier)
    ]  # fmt: skip
    topical = resolver.memory.topical_state(frozenset({debtor.code} if debtor.code else ()))
    others = [answer.recipient, answer.supplier, *named, *told, *(actor.code for actor in topical)]
    return next((code for code in others if code and code != debtor.code), None)


def _doer_of_noun(parse: Parse, resolver: Resolver, condition: Condition, debtor: Actor, answer: Clause) -> str | None:
    """Of a bargain the other party, of a consent whose it is."""
    if condition.sort is Sort.EXCHANGE:
        others = [code for code in (answer.recipient, answer.supplier) if code]
        others += [
            actor.code
            for t in (*condition.consequent, *condition.antecedent)
            if t.i in parse.actor_at
            for actor in resolver.named(parse, t)
            if actor.code
        ]
        return next((code for code in others if code != debtor.code), None)
    for token in condition.antecedent:
        if token.i in parse.actor_at or token.lower_ in {"its", "their", "his", "our"}:
            is_named = token.i in parse.actor_at
            excluded = frozenset() if is_named or debtor.code is None else frozenset({debtor.code})
            found = [actor for actor in resolver.resolve(parse, token, excluded) if not actor.is_open]
            if found:
                return found[0].code
    return None
