"""Who plays what part around a noun of supply, or around goods that carry their parties with them."""

from __future__ import annotations

from spacy.tokens import Token

from materiel.reading.actors import Actor
from materiel.reading.clauses import is_passive, prepositions, subject_of
from materiel.reading.goods import Item
from materiel.reading.lexicons import Predicate, words
from materiel.reading.parses import subtree
from materiel.reading.threads import Roles
from materiel.reading.verb_roles import VIA
from materiel.reading.views import SentenceView
from materiel.terms.statements import Attitude


def noun_roles(view: SentenceView, noun: Token, predicate: Predicate) -> Roles | None:
    """The parts around a noun of supply: "the delivery of tanks to Ukraine", "Seoul's order for jets"."""
    acquires = predicate.frame in {"acquire", "request"}
    phrases = list(prepositions(noun))
    items, tokens = _noun_items(view, noun, phrases)
    owners = view.owners(noun)
    recipients: list[Actor] = list(owners) if acquires else []
    suppliers: list[Actor] = [] if acquires else list(owners)
    excluded = frozenset(actor.code for actor in owners if actor.code)
    via: list[Actor] = []
    phrases += [pair for item in items for pair in prepositions(item.head) if item.head.i != noun.i]
    if noun.dep_ == "dobj":
        # "approved the sale of missiles to Japan": the parser may hang "to Japan" on the verb.
        phrases += [(p, end) for p, end in prepositions(noun.head) if end.i > noun.i and p in {"to", "for", "from"}]
    for preposition, end in phrases:
        if preposition in _toward(noun) and not acquires and end.i not in view.parse.good_at:
            found = view.resolver.resolve(view.parse, end, excluded)
            if found and not recipients:
                recipients += found
                tokens.append(end)
        elif preposition in {"from", "by", "with"} or (acquires and preposition == "to"):
            found = [a for a in view.named_actors(end) if a.code not in excluded]
            target = recipients if (preposition == "by" and acquires) else suppliers
            if found and not target:
                target.extend(found)
                tokens.append(end)
        elif preposition in VIA:
            via += view.named_actors(end)
        elif preposition == "of" and not items and not owners:
            (recipients if acquires else suppliers).extend(view.named_actors(end))
    if not items:
        if predicate.strength != "strong" or not view.recalls(noun):
            return None
        items = view.recalled(noun, [noun], True)
    if acquires:
        suppliers = suppliers or view.makers(items, frozenset(a.code for a in recipients if a.code))
        suppliers, recipients = _turned(items, suppliers, recipients)
    if not acquires and not suppliers:
        suppliers = view.makers(items, frozenset(a.code for a in recipients if a.code))
    taker = taking_subject(view, noun) if not owners else None
    if taker is not None:
        actors = [a for a in view.actors(taker) if a not in recipients and a not in suppliers]
        in_talks = predicate.stage == "considered" and suppliers and not recipients
        side = recipients if acquires or in_talks else suppliers
        if actors and not side:
            side.extend(actors)
            tokens.append(taker)
    if not recipients and not acquires and noun.lemma_.lower() in words("trade"):
        return None
    return Roles(tuple(suppliers), tuple(recipients), tuple(via), tuple(items), tuple(tokens))


def _noun_items(view: SentenceView, noun: Token, phrases: list[tuple[str, Token]]) -> tuple[list[Item], list[Token]]:
    items: list[Item] = []
    for preposition, end in phrases:
        if preposition in {"of", "for", "on", "in", "about", "over"} and not items:
            items = view.items(end)
    if items:
        return items, [noun, *[item.head for item in items]]
    own = [
        view.parse.good_at[token.i]
        for token in subtree(noun, without=frozenset({"prep", "relcl", "acl", "conj", "appos"}))
        if token.i in view.parse.good_at and token.i <= noun.i
    ]
    return ([Item((own[-1].materiel,), None, None, own[-1].maker, noun)] if own else []), [noun]


def _toward(noun: Token) -> frozenset[str]:
    """The prepositions that lead to the recipient: an arrival is in a country, a delivery to it."""
    return frozenset({"in", "at", "on"} if noun.lemma_.lower() == "arrival" else {"to", "into", "for"})


def _turned(items: list[Item], suppliers: list[Actor], recipients: list[Actor]) -> tuple[list[Actor], list[Actor]]:
    """The partner is the buyer where the goods are not of his making: "a contract with Poland for K2 tanks"."""
    makers = {item.maker for item in items if item.maker}
    if suppliers and not recipients and makers and not makers & {a.code for a in suppliers}:
        return [], suppliers
    return suppliers, recipients


def good_roles(view: SentenceView, good: Token) -> Roles | None:
    """The parts that goods carry with them: "American shells for Ukraine"."""
    owners = view.owners(good)
    recipients: list[Actor] = []
    excluded = frozenset(actor.code for actor in owners if actor.code)
    tokens = [good]
    for preposition, end in prepositions(good):
        if preposition in {"to", "for"} and end.i in view.parse.actor_at:
            recipients += view.resolver.resolve(view.parse, end, excluded)
            tokens.append(end)
        elif preposition == "from" and not owners:
            owners += view.named_actors(end)
            tokens.append(end)
    if not recipients:
        return None
    taker = taking_subject(view, good) if not owners else None
    if taker is not None:
        owners += [a for a in view.actors(taker) if a not in recipients]
        tokens.append(taker)
    return Roles(tuple(owners), tuple(recipients), (), tuple(view.items(good)), tuple(tokens))


def _takes_a_stance(verb: Token) -> bool:
    """Whoever judges a supply does not make it: "Greece protested against the sale"."""
    lemma = verb.lemma_.lower()
    return any(lemma in words(f"{attitude.value}-verb") for attitude in Attitude if lemma not in words("own-act"))


def taking_subject(view: SentenceView, noun: Token) -> Token | None:
    """The subject of the verb whose object the noun is: "Berlin approved the sale", "Iran stopped deliveries"."""
    token = noun
    while token.dep_ in {"conj", "pobj", "prep"} and token.head != token:
        token = token.head
    governor = token.head
    if _takes_a_stance(governor):
        return None
    if token.dep_ in {"dobj", "pobj"} and governor.pos_ in {"VERB", "AUX"} and not is_passive(governor):
        return subject_of(governor)
    if token.dep_ == "nsubjpass" or is_passive(governor):
        for preposition, end in prepositions(governor):
            if preposition == "by":
                return end
    if token.pos_ in {"VERB", "AUX"}:
        return subject_of(token)
    return None
