"""Who plays what part around a noun of supply, or around goods that carry their parties with them."""

from __future__ import annotations

from spacy.tokens import Token

from materiel.reading.actors import Actor
from materiel.reading.clauses import VERBAL, is_passive, prepositions, subject_of
from materiel.reading.goods import Item
from materiel.reading.lexicons import Predicate, words
from materiel.reading.parses import subtree
from materiel.reading.roles import VIA, Casting, Roles, codes
from materiel.reading.views import SentenceView
from materiel.terms.statements import Attitude


def noun_roles(view: SentenceView, noun: Token, predicate: Predicate) -> Roles | None:
    """The parts around a noun of supply: "the delivery of tanks to Ukraine", "Seoul's order for jets".

    None where no goods are named or taken up, and for a line of business that goes to nobody in particular.
    """
    acquires = predicate.frame in {"acquire", "request"}
    phrases = list(prepositions(noun))
    owners = view.owners(noun)
    cast = Casting(suppliers=[] if acquires else list(owners), recipients=list(owners) if acquires else [])
    cast.items, cast.tokens = _noun_items(view, noun, phrases)
    phrases += [pair for item in cast.items for pair in prepositions(item.head) if item.head.i != noun.i]
    if noun.dep_ == "dobj":
        # "approved the sale of missiles to Japan": the parser may hang "to Japan" on the verb.
        phrases += [(p, end) for p, end in prepositions(noun.head) if end.i > noun.i and p in {"to", "for", "from"}]
    _cast_phrases(view, noun, cast, phrases, owners, acquires)
    if not cast.items:
        if predicate.strength != "strong" or not view.recalls(noun):
            return None
        cast.items = view.recalled([noun])
    if not cast.suppliers:
        cast.suppliers = view.makers(cast.items, codes(cast.recipients))
    if acquires:
        _turn(cast)
    if not owners:
        _cast_taker(view, noun, predicate, cast, acquires)
    if not cast.recipients and not acquires and noun.lemma_.lower() in words("trade"):
        return None
    return cast.roles()


def _cast_phrases(
    view: SentenceView,
    noun: Token,
    cast: Casting,
    phrases: list[tuple[str, Token]],
    owners: list[Actor],
    acquires: bool,
) -> None:
    excluded = codes(owners)
    for preposition, end in phrases:
        if preposition in _toward(noun) and not acquires and end.i not in view.parse.good_at:
            found = view.actors(end, excluded)
            if found and not cast.recipients:
                cast.recipients += found
                cast.tokens.append(end)
        elif preposition in {"from", "by", "with"} or (acquires and preposition == "to"):
            found = [a for a in view.named_actors(end) if a.code not in excluded]
            side = cast.recipients if preposition == "by" and acquires else cast.suppliers
            if found and not side:
                side += found
                cast.tokens.append(end)
        elif preposition in VIA:
            cast.via += view.named_actors(end)
        elif preposition == "of" and not cast.items and not owners:
            (cast.recipients if acquires else cast.suppliers).extend(view.named_actors(end))


def _cast_taker(view: SentenceView, noun: Token, predicate: Predicate, cast: Casting, acquires: bool) -> None:
    """The subject of the verb that takes the noun plays the part that is still open on his side."""
    taker = taking_subject(noun)
    if taker is None:
        return
    actors = [a for a in view.actors(taker) if a not in cast.recipients and a not in cast.suppliers]
    in_talks = predicate.stage == "considered" and cast.suppliers and not cast.recipients
    side = cast.recipients if acquires or in_talks else cast.suppliers
    if actors and not side:
        side += actors
        cast.tokens.append(taker)


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


def _turn(cast: Casting) -> None:
    """The partner is the buyer where the goods are not of his making: "a contract with Poland for K2 tanks"."""
    makers = {item.maker for item in cast.items if item.maker}
    if cast.suppliers and not cast.recipients and makers and not makers & codes(cast.suppliers):
        cast.suppliers, cast.recipients = [], cast.suppliers


def good_roles(view: SentenceView, good: Token) -> Roles | None:
    """The parts that goods carry with them: "American shells for Ukraine"; None where no recipient is among them."""
    owners = view.owners(good)
    excluded = codes(owners)
    cast = Casting(suppliers=owners, tokens=[good])
    for preposition, end in prepositions(good):
        if preposition in {"to", "for"} and end.i in view.parse.actor_at:
            cast.recipients += view.actors(end, excluded)
            cast.tokens.append(end)
        elif preposition == "from" and not cast.suppliers:
            cast.suppliers += view.named_actors(end)
            cast.tokens.append(end)
    if not cast.recipients:
        return None
    taker = taking_subject(good) if not cast.suppliers else None
    if taker is not None:
        cast.suppliers += [a for a in view.actors(taker) if a not in cast.recipients]
        cast.tokens.append(taker)
    cast.items = view.items(good)
    return cast.roles()


def _takes_a_stance(verb: Token) -> bool:
    """Whoever judges a supply does not make it: "Greece protested against the sale"."""
    lemma = verb.lemma_.lower()
    return lemma not in words("own-act") and any(lemma in words(f"{attitude.value}-verb") for attitude in Attitude)


def taking_subject(noun: Token) -> Token | None:
    """The subject of the verb whose object the noun is: "Berlin approved the sale", "Iran stopped deliveries"."""
    token = noun
    while token.dep_ in {"conj", "pobj", "prep"} and token.head != token:
        token = token.head
    governor = token.head
    if _takes_a_stance(governor):
        return None
    if token.dep_ in {"dobj", "pobj"} and governor.pos_ in VERBAL and not is_passive(governor):
        return subject_of(governor)
    if token.dep_ == "nsubjpass" or is_passive(governor):
        for preposition, end in prepositions(governor):
            if preposition == "by":
                return end
    return subject_of(token) if token.pos_ in VERBAL else None
