"""The two sides of a condition as clauses: a supply, an event with its doer, or a decision of policy."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

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
    subject_of,
)
from materiel.reading.conditions import Condition, Sort
from materiel.reading.findings import FoundTransfer
from materiel.reading.lexicons import words
from materiel.reading.parses import Parse
from materiel.reading.resolver import Resolver
from materiel.terms.statements import Assertion, Clause, Stage, Transfer

_LONGEST = 160
_NOT_DONE = frozenset({Stage.WITHHELD, Stage.HALTED})
_OWNING = frozenset({"amod", "compound", "poss"})
_PERSONAL = frozenset({"it", "they", "he", "she"})


# -- the antecedent ---------------------------------------------------------------------------------------------------


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
                claim = found.claim
                if claim.recipient is None and claim.supplier is not None and answer.recipient == debtor.code:
                    claim = _between_parties(claim, claim.supplier, debtor.code)
                return as_clause(fill(claim, resolver, debtor.code))
            return Clause("event", who=found.claim.supplier, what=what)
    told = (
        _named_supply(parse, resolver, condition)
        or _bargain(parse, resolver, condition, debtor, answer)
        or _does_likewise(parse, resolver, condition, answer)
        or _goes_on(parse, resolver, condition, debtor)
        or _plain_supply(parse, resolver, condition, debtor, answer)
    )
    if told is not None:
        return told
    if condition.verb is not None and (used := _used_abroad(parse, resolver, condition)) is not None:
        return used
    return Clause("event", who=_doer(parse, resolver, condition, debtor, answer, bound), what=what)


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
    if not goods:
        told = resolver.memory.told_last or tuple(resolver.memory.supplies[-1:])
        return as_clause(fill(told[-1], resolver, None)) if told else None
    suppliers = [
        a for t in condition.antecedent
        if (t.dep_ in _OWNING and t.head.i in parse.good_at) or (t.i in parse.actor_at and t.head.lower_ in {"by", "from"})
        for a in resolver.named(parse, t)
    ]  # fmt: skip
    recipients = [
        a for t in condition.antecedent if t.i in parse.actor_at and t.dep_ == "pobj" and t.head.lower_ in {"to", "in", "for"}
        for a in resolver.named(parse, t)
    ]  # fmt: skip
    claim = Transfer(
        _only(suppliers[:1]), _only(recipients[:1]), (parse.good_at[goods[0].i].materiel,), Stage.DELIVERED,
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
    if materiel is None and lemma not in words("goods-noun"):
        return None
    supplier = _only(owners_of(parse, resolver, subject))
    below = {t.i for t in subject.subtree}
    recipient = _only(
        [a for t in condition.antecedent if t.i in parse.actor_at and t.i not in below and t.i > verb.i
         for a in resolver.named(parse, t)][:1]
    )  # fmt: skip
    if recipient is None and lemma == "replacement":
        recipient = debtor.code
    told = [t for t in reversed(resolver.memory.supplies) if t.supplier != debtor.code]
    same = [t for t in told if materiel is None or materiel in t.materiel] or told
    same = sorted(same, key=lambda t: None in (t.supplier, t.recipient))
    fits = [t for t in same if supplier in {None, t.supplier} and recipient in {None, t.recipient}]
    if supplier is None and recipient is None:
        return as_clause(fill(fits[0], resolver, debtor.code)) if fits else None
    goods = (materiel,) if materiel else fits[0].materiel if fits else ("arms",)
    claim = Transfer(
        supplier or (fits[0].supplier if fits else None), recipient or (fits[0].recipient if fits else None),
        goods, Stage.DELIVERED, assertion=Assertion.HYPOTHETICAL,
    )  # fmt: skip
    return as_clause(fill(claim, resolver, debtor.code)) if claim.supplier != claim.recipient else None


def _bargain(
    parse: Parse, resolver: Resolver, condition: Condition, debtor: Actor, answer: Clause
) -> Clause | None:
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
    while verb is not None and (below := first_child(verb, "xcomp")) is not None and below.i in inside:
        verb = below
    predicate = predicate_of(verb) if verb is not None else None
    if condition.verb is not None and condition.verb.lemma_.lower() in words("refusal"):
        return None
    if verb is None or predicate is None or predicate.frame != "supply" or is_negated(verb) or is_passive(verb):
        return None
    goods = next(
        (c for c in verb.children if c.dep_ == "dobj" and c.lemma_.lower() in words("goods-noun") | words("pointing")), None
    )
    subject = subject_of(verb)
    supplier = _only(resolver.named(parse, subject)) if subject is not None and subject.i in inside else None
    if goods is None or supplier is None or supplier == debtor.code:
        return None
    recipients = [
        actor.code
        for preposition, end in prepositions(verb)
        if preposition == "to"
        for actor in resolver.named(parse, end)
    ]
    materiel = answer.materiel or ("arms",)
    recipient = next(iter(recipients), None)
    if recipient is None and goods.lemma_ == "replacement":
        recipient = debtor.code
    if recipient is None and goods.lemma_ in {"own", "one"}:
        recipient = answer.recipient
    claim = Transfer(supplier, recipient, materiel, Stage.DELIVERED, assertion=Assertion.HYPOTHETICAL)
    return as_clause(fill(claim, resolver, debtor.code))


def _does_likewise(
    parse: Parse, resolver: Resolver, condition: Condition, answer: Clause
) -> Clause | None:
    """The antecedent that repeats the consequent's supply for another: "only if the Americans did too"."""
    verb = condition.verb
    subject = subject_of(verb) if verb is not None else None
    if verb is None or subject is None or verb.lemma_ != "do" or is_negated(verb) or answer.kind != "transfer":
        return None
    if any(c.dep_ in {"dobj", "ccomp", "xcomp"} and c.lower_ not in words("likewise") for c in verb.children):
        return None
    doer = _only(resolver.named(parse, subject) or owners_of(parse, resolver, subject))
    if doer is None or doer in {answer.supplier, answer.recipient}:
        return None
    return replace(answer, supplier=doer)


def _used_abroad(parse: Parse, resolver: Resolver, condition: Condition) -> Clause | None:
    """Arms of one state at another's front presuppose the supply: "if Korean shells killed Russians"."""
    verb = condition.verb
    subject = first_child(verb, *SUBJECTS) if verb is not None else None
    if subject is None or subject.i not in parse.good_at or verb is None:
        return None
    if verb.lemma_.lower() not in words("harm") | {"use", "appear", "see", "find", "turn"}:
        return None
    for child in subject.children:
        if child.dep_ in {"amod", "compound", "poss"} and (owners := resolver.named(parse, child)):
            claim = Transfer(
                owners[0].code, None, (parse.good_at[subject.i].materiel,), Stage.DELIVERED, assertion=Assertion.HYPOTHETICAL
            )
            return as_clause(fill(claim, resolver, None))
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
                return _only(agents)
        if verb.lemma_.lower() in words("harm"):
            return None
    if subject.lower_ in _PERSONAL:
        others = [a for a in resolver.resolve(parse, subject, bound) if not a.is_open]
        return _only(others)
    actors = [] if subject.i in parse.good_at else resolver.named(parse, subject)
    if not actors and subject.i not in parse.good_at:
        actors = owners_of(parse, resolver, subject)
    if not actors:
        return _other_party(parse, resolver, condition, subject, answer, debtor)
    return _only(actors)


def _other_party(
    parse: Parse, resolver: Resolver, condition: Condition, subject: Token, answer: Clause, debtor: Actor
) -> str | None:
    """Whose elections, arrears or reforms a supply waits for, where the text need not say: the other party's."""
    nouns = {subject.lemma_.lower(), *(c.lemma_.lower() for c in subject.head.children if c.dep_ == "attr")}
    if not nouns & words("counterparty-noun"):
        return None
    named = [
        actor.code for t in condition.consequent if t.i in parse.actor_at for actor in resolver.named(parse, t)
    ]
    told = [
        code for t in reversed(resolver.memory.supplies) if debtor.code in {t.supplier, t.recipient}
        for code in (t.recipient, t.supplier)
    ]  # fmt: skip
    others = [answer.recipient, answer.supplier, *named, *told]
    return next((code for code in others if code and code != debtor.code), None)


def _doer_of_noun(
    parse: Parse, resolver: Resolver, condition: Condition, debtor: Actor, answer: Clause
) -> str | None:
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


def _only(actors: Sequence[Actor]) -> str | None:
    codes = {actor.code for actor in actors if actor.code}
    return codes.pop() if len(codes) == 1 else None


def owners_of(parse: Parse, resolver: Resolver, noun: Token) -> list[Actor]:
    """Whose the thing is: "training of the Ukrainian crews", "Seoul's export bank"."""
    for token in noun.subtree:
        if token.i in parse.actor_at and token != noun and token.dep_ not in {"nsubj", "dobj", "appos"}:
            if any(above.dep_ in {"relcl", "acl"} for above in _between(token, noun)):
                continue
            if actors := resolver.named(parse, token):
                return actors
    return []


def _between(token: Token, top: Token) -> Iterable[Token]:
    while token != top:
        yield token
        if token.head == token:
            return
        token = token.head


# -- the consequent ---------------------------------------------------------------------------------------------------


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
    if not _decides(condition, opens_way=opens_way):
        found = _supply(parse, resolver, condition, supplies, debtor)
        if found is not None:
            return found
        if _is_deed(parse, condition, words("deed-noun")):
            return Clause("event", who=debtor.code, what=what)
    return Clause("policy", who=debtor.code, what=what)


def _verbs(condition: Condition) -> list[Token]:
    """The verbs of the consequent, nearest to its head first: "would stop fighting and would close the border"."""
    inside = {t.i for t in condition.consequent}
    found = [condition.main]
    if condition.main.dep_ == "conj" and condition.main.head.i in inside and condition.main.head.pos_ == "VERB":
        found.append(condition.main.head)
    for verb in found:
        below = [*verb.children, *(c for child in verb.children if child.dep_ in {"acomp", "attr", "oprd"} for c in child.children)]
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
        if trigger != condition.main and any(t.dep_ == "relcl" and t != condition.main for t in (trigger, *governors(trigger))):
            continue
        if found.claim.supplier and found.claim.recipient and debtor.code not in {
            found.claim.supplier, found.claim.recipient
        }:
            continue
        claim = found.claim
        if claim.supplier is None and claim.recipient != debtor.code:
            claim = _between_parties(claim, debtor.code, claim.recipient)
        return as_clause(fill(claim, resolver, debtor.code))
    goods = [t for t in condition.consequent if t.i in parse.good_at and parse.good_at[t.i].materiel != "supplies"]
    if condition.sort is Sort.DEPEND and condition.consequent and _head(condition) in words("deciding-noun"):
        return None
    supplied = [t for t in condition.consequent if t.lemma_.lower() in words("goods-noun") and t.pos_ == "NOUN"]
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
    if goods and all(parse.good_at[t.i].materiel == "personnel" for t in goods):
        return None
    if goods and (_moves(condition) or condition.sort is Sort.DEPEND):
        materiel = tuple(dict.fromkeys(parse.good_at[t.i].materiel for t in goods))
        gets = condition.main.lemma_.lower() in words("getting")
        supplier, recipient = (None, debtor.code) if gets else (debtor.code, None)
        claim = Transfer(supplier, recipient, materiel, Stage.DELIVERED, assertion=Assertion.HYPOTHETICAL)
        return as_clause(fill(claim, resolver, debtor.code))
    return None


def _head(condition: Condition) -> str:
    """The noun that a dependent consequent is about: "any decision on weapons"."""
    subject = first_child(condition.main, *SUBJECTS)
    return subject.lemma_.lower() if subject is not None else ""


def _goods_meant(parse: Parse, resolver: Resolver, condition: Condition) -> tuple[str, ...]:
    """The goods that "them" stands for after a verb of supply."""
    for verb in _verbs(condition):
        predicate = predicate_of(verb)
        if predicate is None or predicate.frame != "supply":
            continue
        points = any(c.dep_ == "dobj" and c.lower_ in words("pointing") for c in verb.children)
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
    if any(t.lemma_ in {"use", "employ"} and any(c.dep_ == "dobj" and _is_force(parse, c) for c in t.children) for t in verbs):
        return True
    return any(t.lemma_.lower() in nouns and t.pos_ == "NOUN" and t.i not in parse.good_at for t in condition.consequent)


def _is_force(parse: Parse, noun: Token) -> bool:
    return noun.i in parse.good_at or noun.lemma_.lower() in {"force", "influence", "means"}


# -- both -------------------------------------------------------------------------------------------------------------


def fill(claim: Transfer, resolver: Resolver, debtor: str | None) -> Transfer:
    """The supply with the party that its clause leaves out, from the supplies told before."""
    supplier, recipient = claim.supplier, claim.recipient
    if supplier is not None and recipient is not None:
        return claim
    told = [each for each in reversed(resolver.memory.supplies) if each.supplier or each.recipient]
    if recipient is None:
        recipient = next((t.recipient for t in told if t.recipient and supplier in {t.supplier}), None) or next(
            (
                t.recipient
                for t in told
                if t.recipient and t.recipient not in {supplier, debtor} and (supplier == debtor or t.supplier != debtor)
            ),
            None,
        )
    if supplier is None:
        supplier = next((t.supplier for t in told if t.supplier and recipient in {t.recipient}), None)
        if supplier is None and recipient == debtor:
            supplier = next((t.supplier for t in told if t.supplier and t.supplier != debtor), None)
    if recipient is None and supplier not in {None, debtor}:
        known = {t.recipient for t in told if t.supplier == debtor and t.recipient}
        rest = resolver.memory.topical_state(frozenset({*known, *filter(None, (supplier, debtor))}))
        recipient = rest[0].code if rest else None
    return _between_parties(claim, supplier, recipient) if supplier != recipient else claim


def _between_parties(claim: Transfer, supplier: str | None, recipient: str | None) -> Transfer:
    return Transfer(supplier, recipient, claim.materiel, claim.stage, assertion=claim.assertion)


def as_clause(claim: Transfer) -> Clause:
    return Clause("transfer", supplier=claim.supplier, recipient=claim.recipient, materiel=claim.materiel)


def wording(tokens: Sequence[Token]) -> str:
    """The longest unbroken run of the tokens, in the text's words, cut at 160 characters."""
    runs: list[list[Token]] = []
    for token in tokens:
        if runs and token.i == runs[-1][-1].i + 1:
            runs[-1].append(token)
        else:
            runs.append([token])
    if not runs:
        return ""
    run = max(runs, key=len)
    text = run[0].doc[run[0].i : run[-1].i + 1].text.strip(" ,.\"'")
    return text if len(text) <= _LONGEST else text[: _LONGEST - 3].rsplit(" ", 1)[0] + " ..."
