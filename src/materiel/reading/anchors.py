"""Anchors: the words of a sentence that may bear a supply.

An anchor is materiel, a word of supply, a bare number or a sum of money. Nothing is decided here: what is known of an
anchor is written down as features (:mod:`features`), which a trained model weighs (:mod:`weighing`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Token

from materiel.reading.amounts import NOT_COUNTS
from materiel.reading.clauses import governors, predicate_of
from materiel.reading.findings import FoundTransfer
from materiel.reading.goods import Item, counted, counted_above, items_of, part_of_counted
from materiel.reading.lexicons import Predicate
from materiel.reading.noun_roles import noun_roles
from materiel.reading.parses import GoodMention, Parse
from materiel.reading.roles import Roles
from materiel.reading.verb_roles import verb_roles
from materiel.reading.views import SentenceView

_PREMODIFYING = frozenset({"compound", "amod", "nmod", "poss", "nummod", "quantmod"})
_COUNTED_ALONE = frozenset({"some", "many", "dozens", "hundreds"})
_YEAR = re.compile(r"1[6-9]\d\d|20\d\d")
_SCALES = frozenset({"hundred", "thousand", "million", "billion"})
"""Words of number that may be of a sum or a share as well."""
_FARTHEST = 6
"""Words above an anchor that are looked at."""


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word of supply near an anchor, what the lexicon says of it, and the parts that the rules see around it."""

    token: Token
    predicate: Predicate
    roles: Roles | None


@dataclass(frozen=True, slots=True)
class Anchor:
    """A word that may bear a supply.

    Attributes:
        kind: ``good``, ``predicate``, ``number`` or ``sum``.
        item: what would be supplied.
        proposals: the supplies that the rules found here.
        triggers: the nearest word of supply at the anchor or above it, then one below it.
    """

    token: Token
    kind: str
    item: Item
    proposals: tuple[FoundTransfer, ...]
    triggers: tuple[Trigger, ...]

    @property
    def holds(self) -> bool:
        """Whether it is one after all: a number in digits may be a day, a sum or a share by the named entities.

        They cost half a parse, so this is for those to ask who would make something of the anchor.
        """
        return self.kind != "number" or _is_word_of_number(self.token) or self.token.ent_type_ not in NOT_COUNTS


def find_anchors(view: SentenceView, before: Sequence[Item], found: Sequence[FoundTransfer]) -> list[Anchor]:
    """The anchors of a sentence, in its order; whether each holds (:attr:`Anchor.holds`) is not yet asked.

    Args:
        view: the sentence.
        before: the goods that the article spoke of before this sentence.
        found: the supplies that the rules found in it.
    """
    anchors: dict[int, Anchor] = {}
    casts: dict[int, Roles | None] = {}
    for token, kind, item in _places(view, before, found):
        if token.i in anchors:
            continue
        triggers = tuple(_cast(view, word, predicate, casts) for word, predicate in _words_of_supply(token))
        mine = tuple(f for f in found if _is_about(f, token, kind, item))
        roles = triggers[0].roles if kind == "predicate" else None
        anchors[token.i] = Anchor(token, kind, roles.items[0] if roles and roles.items else item, mine, triggers)
    return list(anchors.values())


def _cast(view: SentenceView, word: Token, predicate: Predicate, casts: dict[int, Roles | None]) -> Trigger:
    if word.i not in casts:
        casts[word.i] = (verb_roles if predicate.pos == "verb" else noun_roles)(view, word, predicate)
    return Trigger(word, predicate, casts[word.i])


# -- where ------------------------------------------------------------------------------------------------------------


def _places(
    view: SentenceView, before: Sequence[Item], found: Sequence[FoundTransfer]
) -> Iterator[tuple[Token, str, Item]]:
    parse = view.parse
    proposed = {each.trigger for each in found}
    seen: set[int] = set()
    for token in view.sentence:
        amount = next((each for each in view.sums if each.start <= token.idx < each.end), None)
        mention = parse.good_at.get(token.i)
        if mention is not None:
            if token.i == min(mention.end, view.sentence.end) - 1:
                head = _phrase_head(parse, token)
                if head.i not in seen:
                    seen.update((head.i, token.i))
                    yield head, "good", _good_item(parse, head, token, mention)
        elif amount is not None:
            if token.idx <= amount.start:
                yield token, "sum", Item(("finance",), None, None, None, token)
        elif token.i in seen or token.i in parse.actor_at:
            continue
        elif (predicate := predicate_of(token)) is not None:
            if token.i in proposed or not _tells_little(predicate):
                yield token, "predicate", Item(_classes(before), None, None, None, token, True)
        elif before and _may_count_alone(token):
            named = view.items(token, as_count=not _is_word_of_number(token))
            recalled = Item(_classes(before), None, before[-1].unit, before[-1].maker, token, True)
            yield token, "number", named[0] if named else recalled


def _good_item(parse: Parse, head: Token, token: Token, mention: GoodMention) -> Item:
    """The item of a phrase with materiel, counted by its own number or by that of the phrase above it."""
    own = next((item for item in items_of(parse, head) if item.head.i == head.i), None)
    item = own or Item((mention.materiel,), counted(parse, head), None, mention.maker, token)
    if item.quantity is not None:
        part = part_of_counted(parse, head.head.head) if head.dep_ == "pobj" and head.head.lower_ == "of" else None
        return item if part is None else replace(item, quantity=part)
    quantity, unit = counted_above(parse, head)
    return item if quantity is None else replace(item, quantity=quantity, unit=unit or item.unit)


def _tells_little(predicate: Predicate) -> bool:
    """Whether the word alone hardly ever tells a supply that no rule saw: "has", "plans", "ends"."""
    return predicate.lemma == "have" or (predicate.frame == "operate" and predicate.strength == "weak")


def _may_count_alone(token: Token) -> bool:
    """Whether the word is a number that no noun follows: "36 are on order"."""
    return (
        (token.pos_ == "NUM" or token.like_num or token.lower_ in _COUNTED_ALONE)
        and token.dep_ not in {"nummod", "quantmod", "compound"}
        and not (_YEAR.fullmatch(token.text) or _is_ordinal(token))
    )


def _is_word_of_number(token: Token) -> bool:
    """Whether the number is written as a word, and is of no sum or share."""
    return token.text.isalpha() and token.lower_ not in _SCALES


def _is_ordinal(number: Token) -> bool:
    """Whether the number says which, or for which time: "the first four", "first spoke of it"."""
    return number.tag_ in {"JJ", "RB"} and number.dep_ in {"amod", "advmod"} and number.like_num


def _classes(before: Sequence[Item]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each for item in before for each in item.classes)) or ("arms",)


def _phrase_head(parse: Parse, token: Token) -> Token:
    """The head of the noun phrase in which the good is a premodifier: "tank" of "tank deliveries" stays itself."""
    head = token
    while head.dep_ in _PREMODIFYING and head.head.i > head.i and head.head.pos_ in {"NOUN", "PROPN"}:
        above = head.head
        if predicate_of(above) is not None and above.i not in parse.good_at:
            break
        if above.i in parse.actor_at:
            break
        head = above
    return head


def _words_of_supply(token: Token) -> Iterator[tuple[Token, Predicate]]:
    """The word of supply at the token or nearest above it, then one in a clause that hangs on it."""
    own = predicate_of(token)
    if own is not None:
        yield token, own
    else:
        for place, above in enumerate(governors(token)):
            predicate = predicate_of(above)
            if predicate is not None:
                yield above, predicate
                break
            if place >= _FARTHEST:
                break
    for child in token.children:
        if child.dep_ in {"relcl", "acl"} and (predicate := predicate_of(child)) is not None:
            yield child, predicate
            break


def _is_about(found: FoundTransfer, token: Token, kind: str, item: Item) -> bool:
    heads = {t.i for t in found.tokens}
    if kind == "good":
        is_named = bool(set(found.claim.materiel) & set(item.classes)) or found.tokens[-1].i == token.i
        return token.i in heads and is_named
    return found.trigger == token.i if kind == "predicate" else token.i in heads
