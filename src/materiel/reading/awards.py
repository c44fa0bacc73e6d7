"""Contracts as they are won and awarded: the firm that gets the contract supplies, whoever awards it receives.

"Harrow Corp was awarded a $40 million Army contract for missiles" has its winner where other verbs have the recipient.
The customer is often no more than "the Navy": a service without a state is that of the firm's own country.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from materiel.reading.actors import Actor, firm_state
from materiel.reading.clauses import SUBJECTS, VERBAL, first_child, governors, is_passive, prepositions, subject_of
from materiel.reading.goods import Item, listed_items
from materiel.reading.lexicons import Predicate, words
from materiel.reading.parses import subtree
from materiel.reading.roles import Roles, codes
from materiel.reading.views import SentenceView

AWARD = Predicate("award", "verb", "acquire", "ordered", "strong")
_BEFORE = frozenset({"compound", "amod", "nmod", "poss"})
_ASIDE = frozenset({"relcl", "advcl", "conj", "ccomp"})


def awards(view: SentenceView) -> Iterator[tuple[Token, Roles]]:
    """Each verb of the sentence by which a contract for goods goes to its winner, with the parts around it."""
    if not view.sums and not any(map(_is_contract, view.sentence)):
        return
    for verb in view.sentence:
        if verb.pos_ in VERBAL and verb.lemma_.lower() in words("award-verb") | words("win-verb"):
            roles = _roles(view, verb)
            if roles is not None:
                yield verb, roles


def _roles(view: SentenceView, verb: Token) -> Roles | None:
    passive = is_passive(verb)
    subject = _undergoer(verb) if passive else subject_of(verb)
    objects = [c for c in verb.children if c.dep_ in {"dobj", "oprd", "attr"}]
    contract = next((c for c in objects if _is_contract(c) or view.is_sum(c)), None)
    if contract is None and passive and subject is not None and _is_contract(subject):
        contract, subject = subject, None
    if contract is None:
        return None
    items = _goods(view, verb, contract)
    heads = [item.head for item in items]
    ends = [pair for head in (contract, verb, *heads) for pair in prepositions(head)]
    if verb.lemma_.lower() in words("award-verb"):
        receiver = next((c for c in verb.children if c.dep_ == "dative" and c.pos_ not in {"ADP", "PART"}), None)
        to = next((end for preposition, end in ends if preposition == "to"), None)
        winner = subject if passive and subject is not None else receiver or to
        customer = next((end for preposition, end in ends if preposition == "by"), None) if passive else subject
    elif passive:
        return None
    else:
        winner = subject
        customer = next((end for preposition, end in ends if preposition in {"from", "with"}), None)
    suppliers = _firms(view, winner) if winner is not None else []
    if not items or not suppliers or winner is None:
        return None
    if not _is_contract(contract) and not all(actor.name for actor in suppliers):
        return None  # States are given money as well: "Kyiv was given $6 million for drones".
    final = [view.named_actors(end) for preposition, end in ends if preposition in {"for", "to"} and end.i > contract.i]
    recipients = next(filter(None, final), []) or _customers(view, verb, contract, customer, suppliers)
    if not recipients and not any(actor.name for actor in suppliers):
        return None
    return Roles(tuple(suppliers), tuple(recipients), (), tuple(items), (winner, verb, contract, *heads))


def _undergoer(verb: Token) -> Token | None:
    own = first_child(verb, *SUBJECTS)
    if own is not None:
        return own
    return verb.head if verb.dep_ in {"acl", "relcl"} else subject_of(verb)


def _is_contract(token: Token) -> bool:
    return token.lemma_.lower() in words("award-noun")


def _goods(view: SentenceView, verb: Token, contract: Token) -> list[Item]:
    """What the contract is for: "for missiles", "to build jets", "covering the supply of tanks", "a tank contract"."""
    for making in (child for head in (contract, verb) for child in head.children):
        if making.dep_ in {"acl", "xcomp", "advcl", "relcl"} and making.i > contract.i:
            if making.lemma_.lower() in words("upkeep"):
                return []
            below = [c for c in making.children if c.dep_ == "dobj"] + [end for _, end in prepositions(making)]
            if items := next((items for end in below if (items := _within(view, end))), []):
                return items
    worth = [child for child in contract.children if child.lower_ == "worth"]
    for preposition, end in (pair for head in (contract, *worth, verb) for pair in prepositions(head)):
        if preposition in {"for", "of", "on", "covering"} and (items := _within(view, end)):
            return items
    return view.items(contract) if _is_contract(contract) else []


def _within(view: SentenceView, end: Token) -> list[Item]:
    """The goods of a phrase, or of what it is the production or the delivery of."""
    if end.lemma_.lower() in words("upkeep"):
        return []
    if end.dep_ == "pcomp":
        below = [c for c in end.children if c.dep_ == "dobj"]
    else:
        below = [end, *(inner for preposition, inner in prepositions(end) if preposition in {"of", "for", "on"})]
    named = next((items for each in below if (items := view.items(each))), [])
    return named or listed_items(view.parse, subtree(end, without=_ASIDE | {"prep", "acl"}))


def _firms(view: SentenceView, winner: Token) -> list[Actor]:
    """Who won: a firm or a state, or of "its missile division" the firm that the division belongs to."""
    found = view.named_actors(winner)
    if not found and winner.lemma_.lower() in words("firm-part"):
        above = [c for c in winner.children if c.dep_ in _BEFORE]
        above += [end for preposition, end in prepositions(winner) if preposition == "of"]
        found = next((actors for each in above if (actors := view.named_actors(each))), [])
    return found


def _customers(
    view: SentenceView, verb: Token, contract: Token, customer: Token | None, suppliers: list[Actor]
) -> list[Actor]:
    """Who awarded it: the party named, else whose contract it is ("a Navy contract"), else the service that says so."""
    excluded = codes(suppliers)
    places = [customer] if customer is not None else []
    places += [c for c in contract.children if c.dep_ in _BEFORE and c.i < contract.i]
    places += [end for preposition, end in prepositions(contract) if preposition in {"with", "from"}]
    for above in (verb, *governors(verb)):
        if above.lemma_.lower() in words("speech") and above.pos_ in VERBAL:
            places += [c for c in above.children if c.dep_ == "nsubj" and _is_service(view, c)]
    for place in places:
        if _is_service(view, place):
            return _at_home(view, place, suppliers)
        if place is customer or place.i in view.parse.actor_at:
            found = [actor for actor in view.actors(place) if actor.code not in excluded]
            if found:
                return found
    return []


def _is_service(view: SentenceView, token: Token) -> bool:
    """Whether the phrase is an armed service or the ministry above it, and no state is named with it."""
    named = any(each.i in view.parse.actor_at for each in subtree(token, without=_ASIDE | {"prep"}))
    return token.lemma_.lower() in words("armed-service") and not named


def _at_home(view: SentenceView, service: Token, suppliers: list[Actor]) -> list[Actor]:
    """The state of "the Navy": the firm's own, else the one the article is on, else that in whose money it pays."""
    home = next((state for actor in suppliers if (state := firm_state(actor.name))), None)
    if home is not None:
        return [Actor(home)]
    found = [actor for actor in view.named_actors(service) if actor not in suppliers]
    return found or ([Actor("USA")] if any(money.currency == "USD" for money in view.sums) else [])
