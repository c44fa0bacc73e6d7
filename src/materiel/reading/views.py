"""One sentence as the rules of supply look at it: its parse, its sums and dates, and what the article said before."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Span, Token

from materiel.reading.actors import Actor
from materiel.reading.amounts import Money, find_money, parse_number
from materiel.reading.calendar import find_dates
from materiel.reading.goods import Item, counted, items_of
from materiel.reading.lexicons import words
from materiel.reading.parses import Parse, subtree
from materiel.reading.resolver import Resolver
from materiel.reading.threads import Thread

RECALLING = frozenset(
    {
        "it",
        "which",
        "them",
        "they",
        "these",
        "those",
        "this",
        "that",
        "some",
        "all",
        "both",
        "one",
        "ones",
        "more",
        "any",
        "others",
        "none",
    }
)


_NOT_COUNTS = frozenset({"DATE", "TIME", "MONEY", "PERCENT", "ORDINAL"})


class SentenceView:
    """A sentence with its resolver and its thread; ``used`` holds the tokens that a rule has already read."""

    def __init__(
        self, parse: Parse, sentence: Span, resolver: Resolver, thread: Thread, published_on: str | None
    ) -> None:
        self.parse, self.sentence, self.resolver, self.thread = parse, sentence, resolver, thread
        self.used: set[int] = set()
        base = sentence.start_char
        self.sums = [replace(m, start=m.start + base, end=m.end + base) for m in find_money(sentence.text)]
        self.dates_found = [
            replace(d, start=d.start + base, end=d.end + base) for d in find_dates(sentence.text, published_on)
        ]

    def actors(self, token: Token) -> list[Actor]:
        return self.resolver.resolve(self.parse, token)

    def named_actors(self, token: Token) -> list[Actor]:
        """Actors that the phrase names or plainly describes; open ones and mere places within states left out."""
        if token.i in self.parse.good_at:
            return []
        return [actor for actor in self.resolver.resolve(self.parse, token) if not actor.is_open]

    def owners(self, noun: Token) -> list[Actor]:
        """The party that stands before the noun: "Iran's deliveries", "US arms sales", "Russian shells"."""
        for child in noun.children:
            if child.dep_ in {"poss", "amod", "compound", "nmod"} and child.i < noun.i:
                mention = self.parse.actor_at.get(child.i)
                if mention is not None:
                    return self.resolver.resolve(self.parse, child)
                if child.dep_ == "poss":
                    actors = self.resolver.resolve(self.parse, child)
                    if actors:
                        return actors
        for place in range(noun.i - 1, max(noun.left_edge.i - 1, -1), -1):
            token = self.parse.doc[place]
            if place in self.parse.actor_at and token.dep_ in {"amod", "compound", "nmod"}:
                return self.resolver.resolve(self.parse, token)
        return []

    def makers(self, items: list[Item], excluded: frozenset[str]) -> list[Actor]:
        """The supplier that the goods' own adjective names: "French howitzers", "a batch of French howitzers"."""
        for item in items:
            nouns = [t for t in subtree(item.head, without=frozenset({"relcl", "acl"})) if t.pos_ in {"NOUN", "PROPN"}]
            for noun in (item.head, *nouns):
                if noun.i in self.parse.actor_at and noun is not item.head:
                    continue
                actors = [a for a in self.owners(noun) if a.code not in excluded and not a.is_open]
                if actors and (noun is item.head or noun.i in self.parse.good_at):
                    return actors
        return []

    def items(self, token: Token) -> list[Item]:
        """What a noun phrase names, a bare number or "five batteries" standing for the goods named before."""
        found = items_of(self.parse, token)
        if found or not self.thread.items or token.i in self.parse.actor_at:
            return found
        bare = (token.pos_ == "NUM" or token.like_num) and token.ent_type_ not in _NOT_COUNTS and token.dep_ != "nummod"
        stands_in = token.lemma_.lower() in words("stand-in") and token.pos_ in {"NOUN", "PRON", "NUM"}
        quantity = counted(token)
        if not stands_in and not (bare and quantity is not None):
            return []
        last = self.thread.items[-1]
        return [Item(last.classes, quantity, last.unit, last.maker, token, True)]

    def recalls(self, noun: Token) -> bool:
        return any(
            c.lower_
            in {"such", "the", "these", "those", "its", "their", "any", "first", "more", "new", "further", "some"}
            for c in noun.children
        ) and bool(self.thread.items)

    def recalled(self, trigger: Token, heads: list[Token], is_anchored: bool) -> list[Item]:
        """Items named before, for a pronoun, a bare number or "the weapons"."""
        if not self.thread.items or not is_anchored:
            return []
        last = self.thread.items[-1]
        for head in heads:
            lemma = head.lemma_.lower()
            counted = head.pos_ == "NUM" or head.like_num
            if head.lower_ in RECALLING or lemma in words("recalling-noun") or counted:
                number = None
                if counted:
                    from_text = items_of(self.parse, head)
                    number = from_text[0].quantity if from_text else parse_number(head.text)
                classes = tuple(dict.fromkeys(each for item in self.thread.items for each in item.classes))
                return [
                    Item(
                        classes if not counted else last.classes,
                        number,
                        last.unit if counted else None,
                        last.maker,
                        head,
                        True,
                    )
                ]
        return []

    def recalled_for(self, head: Token, items: tuple[Item, ...]) -> list[Item]:
        if not items or not (head.pos_ == "NUM" or head.like_num):
            return []
        return [replace(items[-1], quantity=parse_number(head.text), head=head, is_recalled=True)]

    def money(self, trigger: Token, item: Item, *, single: bool) -> Money | None:
        heads = subtree(item.head)
        low, high = heads[0].idx, heads[-1].idx + len(heads[-1])
        inside = [m for m in self.sums if low <= m.start < high]
        if inside:
            return inside[0]
        if not single:
            return None
        clause = subtree(trigger, without=frozenset({"conj", "relcl", "ccomp"}))
        low, high = clause[0].idx, clause[-1].idx + len(clause[-1])
        near = [m for m in self.sums if low <= m.start < high]
        return near[0] if len(near) == 1 else None

    def date(self, trigger: Token) -> str | None:
        if not self.dates_found:
            return None
        clause = subtree(trigger)
        low, high = clause[0].idx, clause[-1].idx + len(clause[-1])
        near = [d for d in self.dates_found if low <= d.start < high] or (
            self.dates_found if len(self.dates_found) == 1 else []
        )
        if not near:
            return None
        return min(near, key=lambda d: abs(d.start - trigger.idx)).date
