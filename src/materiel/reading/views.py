"""One sentence as the rules of supply look at it: its parse, its sums and dates, and what the article said before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property
from typing import TypeVar

from spacy.tokens import Span, Token

from materiel.reading.actors import Actor
from materiel.reading.amounts import NOT_COUNTS, Money, find_money, parse_number
from materiel.reading.calendar import When, find_dates
from materiel.reading.clauses import predicate_of, prepositions
from materiel.reading.goods import Item, counted, items_of
from materiel.reading.lexicons import words
from materiel.reading.parses import Parse, subtree
from materiel.reading.parties import Party
from materiel.reading.resolver import Resolver
from materiel.reading.threads import Thread

T = TypeVar("T", Money, When)
RECALLING = frozenset(
    {
        "it", "which", "them", "they", "these", "those", "this", "that", "some", "all", "both", "one", "ones", "more",
        "any", "others", "none",
    }
)  # fmt: skip
"""Pronouns that may stand for goods or claims named before."""
_ANAPHORIC = frozenset(
    {"such", "the", "these", "those", "its", "their", "any", "first", "more", "new", "further", "some"}
)
"""What a noun of supply carries when it takes up one named before: "such deliveries", "the first shipment"."""
_UNCOUNTED = frozenset({"technology", "finance", "training", "intelligence", "supplies"})
"""Goods that do not come by the piece: a number stands for others."""


class SentenceView:
    """A sentence with its resolver and its thread.

    Attributes:
        published_on: ISO date of the document, if known.
        used: the numbers of the tokens that a rule has already read.
    """

    def __init__(
        self, parse: Parse, sentence: Span, resolver: Resolver, thread: Thread, published_on: str | None
    ) -> None:
        self.parse, self.sentence, self.resolver, self.thread = parse, sentence, resolver, thread
        self.published_on = published_on
        self.used: set[int] = set()
        base = sentence.start_char
        self.sums = [replace(m, start=m.start + base, end=m.end + base) for m in find_money(sentence.text)]
        self._dates = [
            replace(d, start=d.start + base, end=d.end + base) for d in find_dates(sentence.text, published_on)
        ]

    # -- actors ---------------------------------------------------------------------------------------------------

    def actors(self, token: Token, excluded: frozenset[str] = frozenset()) -> list[Actor]:
        """The actors that the phrase stands for, none with a code of ``excluded``."""
        return self.resolver.resolve(self.parse, token, excluded)

    def named_actors(self, token: Token) -> list[Actor]:
        """Actors that the phrase names or plainly describes; open ones are left out, and goods are no actors."""
        return [] if token.i in self.parse.good_at else self.resolver.named(self.parse, token)

    def owners(self, noun: Token) -> list[Actor]:
        """The party that stands before the noun: "Iran's deliveries", "US arms sales", "Russian shells"."""
        for child in noun.children:
            if child.dep_ in {"poss", "amod", "compound", "nmod"} and child.i < noun.i:
                is_mentioned = child.i in self.parse.actor_at
                if is_mentioned or child.dep_ == "poss":
                    actors = self.actors(child)
                    if actors or is_mentioned:
                        return actors
        for place in range(noun.i - 1, max(noun.left_edge.i - 1, -1), -1):
            token = self.parse.doc[place]
            if place in self.parse.actor_at and token.dep_ in {"amod", "compound", "nmod"}:
                return self.actors(token)
        return []

    def makers(self, items: Iterable[Item], excluded: frozenset[str]) -> list[Actor]:
        """The supplier that the goods' own adjective names: "French howitzers", "a batch of French howitzers"."""
        for item in items:
            nouns = [t for t in subtree(item.head, without=frozenset({"relcl", "acl"})) if t.pos_ in {"NOUN", "PROPN"}]
            for noun in (item.head, *nouns):
                if noun is not item.head and (noun.i in self.parse.actor_at or noun.i not in self.parse.good_at):
                    continue
                actors = [a for a in self.owners(noun) if a.code not in excluded and not a.is_open]
                if actors:
                    return actors
        return []

    @cached_property
    def parties(self) -> list[Party]:
        """Every actor phrase of the sentence, joined ones together; then each of the joined ones alone."""
        parse, sentence = self.parse, self.sentence
        found: list[Party] = []
        for token in sentence:
            mention = parse.actor_at.get(token.i)
            if mention is not None:
                if token.i != max(mention.start, sentence.start):
                    continue
                head = parse.doc[mention.start : mention.end].root
            elif (
                token.i in parse.good_at
                or token.pos_ not in {"NOUN", "PROPN", "PRON", "DET"}
                or token.tag_ in {"WDT", "WP", "WRB"}
                or predicate_of(token) is not None
            ):
                continue
            else:
                head = token
            actors = self.actors(head)
            if actors:
                found.append(Party(tuple(actors), head))
                if len(actors) > 1 and mention is not None:
                    alone = [a for a in actors if mention.meanings[0].code == a.code]
                    if alone:
                        found.append(Party(tuple(alone), head))
        return found

    # -- goods ----------------------------------------------------------------------------------------------------

    def items(self, token: Token, *, as_count: bool = False) -> list[Item]:
        """What a noun phrase names, a bare number or "five batteries" standing for the goods named before.

        With ``as_count`` a bare number is taken for a count, though it may be a day or a sum.
        """
        found = items_of(self.parse, token)
        if not found and self.is_sum(token):
            for preposition, end in prepositions(token):
                if preposition in {"in", "of"} and (bought := items_of(self.parse, end)):
                    # "$3 million in military aid"
                    return [replace(item, quantity=None, head=token) for item in bought]
            return [Item(("finance",), None, None, None, token)]
        if found or not self.thread.items or token.i in self.parse.actor_at:
            return found
        last = self.thread.items[-1]
        classes = tuple(materiel for materiel in last.classes if materiel.split(".")[0] not in _UNCOUNTED)
        quantity = counted(self.parse, token)
        stands_in = token.lemma_.lower() in words("stand-in") and token.pos_ in {"NOUN", "PRON", "NUM"}
        # Whether a bare number counts is asked last: named entities cost half a parse.
        if not classes or not (
            stands_in or (quantity is not None and _is_bare(token) and (as_count or token.ent_type_ not in NOT_COUNTS))
        ):
            return []
        return [Item(classes, quantity, last.unit, last.maker, token, True)]

    def recalls(self, noun: Token) -> bool:
        """Whether the noun takes up goods named before: "such deliveries"."""
        return bool(self.thread.items) and any(child.lower_ in _ANAPHORIC for child in noun.children)

    def recalled(self, heads: Iterable[Token]) -> list[Item]:
        """Items named before, for the first of the heads that is a pronoun, a bare number or "the weapons"."""
        before = self.thread.items
        for head in heads if before else ():
            last = before[-1]
            if self.is_sum(head):
                continue
            if _is_number(head):
                named = items_of(self.parse, head)
                number = named[0].quantity if named else parse_number(head.text)
                return [Item(last.classes, number, last.unit, last.maker, head, True)]
            if head.lower_ in RECALLING or head.lemma_.lower() in words("recalling-noun"):
                classes = tuple(dict.fromkeys(each for item in before for each in item.classes))
                return [Item(classes, None, None, last.maker, head, True)]
        return []

    def is_sum(self, token: Token) -> bool:
        """Whether the word is the head of a sum of money: it counts no goods."""
        is_amount = _is_number(token) or token.pos_ in {"SYM", "NOUN"}
        return is_amount and any(money.start <= token.idx < money.end for money in self.sums)

    # -- sums and dates -------------------------------------------------------------------------------------------

    def money(self, trigger: Token, item: Item, *, is_only_item: bool) -> Money | None:
        """The price of the item: a sum inside its phrase, or the only sum of the clause where it is the only item."""
        inside = _within(self.sums, subtree(item.head))
        if inside:
            return inside[0]
        near = _within(self.sums, subtree(trigger, without=frozenset({"conj", "relcl", "ccomp"})))
        return near[0] if is_only_item and len(near) == 1 else None

    def date(self, trigger: Token) -> str | None:
        """The date nearest to the word in its clause, or the only date of the sentence."""
        near = _within(self._dates, subtree(trigger)) if self._dates else []
        if not near and len(self._dates) == 1:
            near = self._dates
        return min(near, key=lambda d: abs(d.start - trigger.idx)).date if near else None


def _is_number(token: Token) -> bool:
    return token.pos_ == "NUM" or token.like_num


def _is_bare(token: Token) -> bool:
    return _is_number(token) and token.dep_ != "nummod"


def _within(found: list[T], tokens: list[Token]) -> list[T]:
    """Those that begin between the first and the last of the tokens."""
    low, high = tokens[0].idx, tokens[-1].idx + len(tokens[-1])
    return [each for each in found if low <= each.start < high]
