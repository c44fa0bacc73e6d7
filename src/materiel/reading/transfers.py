"""Supply statements: who supplies what to whom, how far it has come, and who says so.

Rules, each for one way of saying it:

- ``transfer.verb``: "Poland sent Ukraine tanks", "tanks bought from Seoul", "Kyiv asked for shells", and contracts
  that are won (:mod:`awards`);
- ``transfer.noun``: "the delivery of tanks to Ukraine", "an order for howitzers", "US arms sales to Taiwan";
- ``transfer.good``: "American shells for Ukraine", where the materiel itself carries the two parties;
- ``transfer.state``: "36 are on order", where the supply is a state of the goods;
- ``transfer.share``: "Moscow accounted for 94% of its arms imports";
- ``transfer.gap``: "Kuwait ordered TB2s, Romania 18 of them", the clauses that leave the verb out (:mod:`gaps`);
- ``transfer.list``: the lines under "the package includes:";
- ``transfer.denial``, ``transfer.answer``: "Moscow denies it", "Berlin refused", of what was said just before
  (:mod:`replies`).

A role that the sentence leaves out is marked as lacking; :mod:`topics` fills it from the rest of the article.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Doc, Span, Token

from materiel.reading.awards import AWARD, awards
from materiel.reading.clauses import SUBJECTS, auxiliaries, first_child, predicate_of, prepositions, subject_of
from materiel.reading.findings import FoundTransfer
from materiel.reading.gaps import read_gaps
from materiel.reading.goods import Item, items_of, listed_items
from materiel.reading.lexicons import Predicate
from materiel.reading.noun_roles import good_roles, noun_roles
from materiel.reading.parses import Parse, subtree
from materiel.reading.replies import read_denial, read_refusal
from materiel.reading.roles import Roles, codes
from materiel.reading.stages import idiom_of
from materiel.reading.supplies import carry_on, supplies, with_goods
from materiel.reading.threads import Thread
from materiel.reading.verb_roles import has_inner_predicate, verb_roles
from materiel.reading.views import SentenceView
from materiel.terms.statements import Stage

_BARE = Predicate("", "noun", "supply", "delivered", "strong")
"""Goods that carry their parties are taken for supplied."""
_PREMODIFYING = frozenset({"compound", "amod", "nmod"})


def find_transfers(view: SentenceView) -> list[FoundTransfer]:
    """Every supply that the sentence reports; the thread is carried on."""
    return [*_read_predicates(view), *_read_goods(view)]


def read_list_line(parse: Parse, line: Doc | Span, thread: Thread) -> list[FoundTransfer]:
    """The items of a line under "... includes:", with the parties and the stage of what introduced the list."""
    if not thread.last:
        return []
    introduced = thread.last[-1]
    return [
        replace(
            introduced,
            claim=with_goods(introduced.claim, item, None),
            tokens=tuple(subtree(item.head)),
            rule="transfer.list",
        )
        for item in listed_items(parse, line)
    ]


def _read_predicates(view: SentenceView) -> Iterator[FoundTransfer]:
    awarded = dict(awards(view))
    for verb, roles in awarded.items():
        yield from _emit(view, verb, AWARD, roles, "transfer.verb")
    for token in view.sentence:
        if token.pos_ == "VERB":
            yield from read_denial(view, token)
            yield from read_refusal(view, token)
            yield from _read_share(view, token)
        if token.lemma_ == "be":
            yield from _read_state(view, token)
        predicate = predicate_of(token)
        if predicate is None or token.i in view.parse.actor_at or token in awarded:
            continue
        if predicate.pos == "verb":
            if token.i not in view.parse.good_at or token.dep_ not in {"compound", "amod"}:
                yield from _read_verb(view, token, predicate)
        elif token.i not in view.used and not (token.dep_ == "compound" and token.head.pos_ == "NOUN"):
            yield from _emit(view, token, predicate, noun_roles(view, token, predicate), "transfer.noun")


def _read_goods(view: SentenceView) -> Iterator[FoundTransfer]:
    for token in view.sentence:
        if token.i in view.parse.good_at and token.i not in view.used and token.dep_ not in _PREMODIFYING:
            roles = good_roles(view, token)
            if roles is not None and roles.suppliers:
                yield from _emit(view, token, _BARE, roles, "transfer.good")


def _read_verb(view: SentenceView, verb: Token, predicate: Predicate) -> Iterator[FoundTransfer]:
    if predicate.frame == "operate" and (predicate.strength == "weak" or has_inner_predicate(view, verb)):
        return
    if verb.lemma_ == "have" and not _is_getting(verb):
        return
    roles = verb_roles(view, verb, predicate)
    if roles is not None and roles.items:
        yield from _emit(view, verb, predicate, roles, "transfer.verb")


def _read_state(view: SentenceView, copula: Token) -> Iterator[FoundTransfer]:
    """Supply as a state: "36 are on order", "the other two are due next year", "tanks are on their way to Kyiv"."""
    subject = first_child(copula, *SUBJECTS)
    stage = _stage_of_state(copula)
    if subject is None or stage is None:
        return
    items = items_of(view.parse, subject) or view.recalled([subject])
    if not items:
        return
    recipients = [
        actor
        for place in (subject, *copula.subtree)
        for preposition, end in prepositions(place)
        if preposition in {"to", "for"}
        for actor in view.named_actors(end)
    ]
    suppliers = view.makers(items, codes(recipients))
    roles = Roles(tuple(suppliers), tuple(recipients), (), tuple(items), (subject, copula))
    yield from _emit(view, copula, replace(_BARE, stage=stage.value), roles, "transfer.state")


def _stage_of_state(copula: Token) -> Stage | None:
    for child in copula.children:
        if child.dep_ == "acomp" and child.lower_ in {"due", "outstanding"}:
            return Stage.PLEDGED
        if child.dep_ == "prep" and (stage := idiom_of(child)) is not None:
            return stage
    return None


def _read_share(view: SentenceView, verb: Token) -> Iterator[FoundTransfer]:
    """A share of imports is a supply that took place: "Moscow accounted for 94% of its arms imports"."""
    if verb.lemma_.lower() not in {"account", "provide", "supply", "make"}:
        return
    imports = next((t for t in verb.subtree if t.lemma_.lower() == "import"), None)
    subject = subject_of(verb)
    if imports is None or subject is None or not any(_is_share(token) for token in verb.subtree):
        return
    classes = tuple(view.parse.good_at[t.i].materiel for t in imports.subtree if t.i in view.parse.good_at)[:1]
    owners = view.owners(imports) or [
        a for p, end in prepositions(imports) if p in {"of", "by"} for a in view.named_actors(end)
    ]
    if owners and classes:
        item = Item(classes, None, None, None, imports)
        roles = Roles(tuple(view.actors(subject)), tuple(owners), (), (item,), (subject, verb, imports))
        yield from _emit(view, verb, _BARE, roles, "transfer.share")


def _is_share(token: Token) -> bool:
    return token.text == "%" or token.lower_ in {"percent", "pct", "cent", "half", "third"}


def _is_getting(have: Token) -> bool:
    """Have as get, not as own: "is to have 15 tanks", "has had 40 lorries"."""
    to_have = have.dep_ == "xcomp" and have.head.lemma_ == "be"
    return to_have or have.tag_ == "VBN" or bool(auxiliaries(have) & {"will", "'ll"})


def _emit(
    view: SentenceView, trigger: Token, predicate: Predicate, roles: Roles | None, rule: str
) -> Iterator[FoundTransfer]:
    """The supplies of the roles, those of the clauses that share their verb included; the thread is carried on."""
    if roles is None:
        return
    found = supplies(view, trigger, predicate, roles, rule)
    yield from found
    if found and rule == "transfer.verb":
        yield from read_gaps(view, trigger, predicate, roles, found[0])
    carry_on(view, found, roles)
