"""What is supplied: noun phrases to materiel with class, quantity, unit and maker."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from materiel.reading.amounts import NOT_COUNTS, parse_number
from materiel.reading.clauses import conjuncts
from materiel.reading.lexicons import words
from materiel.reading.parses import Parse, subtree

_OVERRIDDEN = frozenset(
    {"arms", "missile", "armour", "aircraft", "ship", "artillery", "ammunition", "precision", "bomb", "sensor"}
)
"""General classes that a more telling word before them makes specific: Patriot missiles, Leopard tanks."""
_SOFT = frozenset({"parts", "technology", "training", "finance", "intelligence", "ammunition", "artillery.ammunition"})
"""Classes that stay what they are whatever stands before them: tank parts, F-16 training."""
_SCALES = frozenset({"dozen", "hundred", "thousand", "million", "billion", "mln", "bln", "m"})
_NUMBER_WORDS = _SCALES | {"half"}
_ORDINALS = frozenset({"first", "second", "third", "fourth", "fifth", "last", "next"})
_ORDINAL = re.compile(r"(?:\d(?:st|nd|rd)|first|second|third|th)$")
"""How words end that may be ordinals, or the last part of one ("twenty-first")."""
_CALIBRE_UNITS = frozenset({"mm", "millimetre", "millimeter", "cm", "kg", "km", "pound", "%"})
"""A number before one of these measures the goods; it does not count them."""
_LINKS = frozenset({"of", "including", "such", "like"})
_PAIRS = frozenset({"pair", "couple", "brace"})
"""Nouns that count by themselves."""


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a supply.

    Attributes:
        classes: materiel classes, in the order of the text.
        quantity, unit: how many of what, where the text counts.
        maker: ISO code of the maker's state where a designation names the type.
        head: the head of its noun phrase.
        is_recalled: the item stands for one named before ("such deliveries", "14").
    """

    classes: tuple[str, ...]
    quantity: float | None
    unit: str | None
    maker: str | None
    head: Token
    is_recalled: bool = False


def items_of(parse: Parse, token: Token) -> list[Item]:
    """The items that a noun phrase names, those joined by "and" and "including" included.

    Items with a number of their own stay apart; the others are one item of several classes.
    """
    counted: list[Item] = []
    plain: list[Item] = []
    for head in (token, *conjuncts(token)):
        for item in _items_of_one(parse, head):
            (counted if item.quantity is not None else plain).append(item)
    if len(plain) > 1:
        classes = tuple(dict.fromkeys(each for item in plain for each in item.classes))
        plain = [Item(classes, None, None, plain[0].maker, plain[0].head)]
    return sorted(counted + plain, key=lambda item: item.head.i)


def listed_items(parse: Parse, tokens: Iterable[Token]) -> list[Item]:
    """The items of a line in a list, where there is no clause to go by: every noun phrase with materiel in it."""
    heads: dict[int, Token] = {}
    for token in tokens:
        if token.i in parse.good_at:
            head = token
            while (
                head.dep_ in {"compound", "amod", "nmod"}
                and head.head.i > head.i
                and head.head.pos_ in {"NOUN", "PROPN"}
            ):
                head = head.head
            while head.dep_ == "pobj" and head.head.lower_ == "of" and head.head.head.pos_ in {"NOUN", "PROPN"}:
                head = head.head.head
            if not any(
                above.i in heads for above in head.ancestors if above.pos_ in {"NOUN", "PROPN"} and head.dep_ != "conj"
            ):
                heads[head.i] = head
    found = [item for head in heads.values() for item in _items_of_one(parse, head)]
    counted = [item for item in found if item.quantity is not None]
    plain = [item for item in found if item.quantity is None]
    if len(plain) > 1:
        plain = [Item(tuple(dict.fromkeys(c for item in plain for c in item.classes)), None, None, None, plain[0].head)]
    return counted + plain


def _items_of_one(parse: Parse, head: Token) -> list[Item]:
    if head.i in parse.actor_at and head.i not in parse.good_at:
        return []
    found = _class_of(parse, head)
    inner = _contained(parse, head)
    if found is None and inner:
        quantity, unit = _count(parse, head)
        if len(inner) == 1 and inner[0].quantity is not None and (part := part_of_counted(parse, head)) is not None:
            return [replace(inner[0], quantity=part, head=head)]
        if quantity is not None and len(inner) == 1 and inner[0].quantity is None:
            only = inner[0]
            return [Item(only.classes, quantity, unit, only.maker, head)]
        return inner
    if found is None:
        return []
    quantity, unit = _count(parse, head)
    item = Item((found[0],), quantity, unit, found[1], head)
    nested = [
        each
        for child in head.children
        if child.dep_ == "prep" and child.lower_ in {"including", "among"}
        for end in child.children
        if end.dep_ == "pobj"
        for each in items_of(parse, end)
    ]
    return [item, *(each for each in nested if each.quantity is not None)]


def _class_of(parse: Parse, head: Token) -> tuple[str, str | None] | None:
    """Class and maker that the head and what stands before it name; None where they name no materiel."""
    own = parse.good_at.get(head.i)
    before = [parse.good_at[token.i] for token in _premodifiers(head) if token.i in parse.good_at]
    telling = next((good for good in reversed(before) if good is not own and good.materiel != "arms"), None)
    if own is not None:
        if telling and own.materiel in _OVERRIDDEN and own.materiel not in _SOFT:
            return telling.materiel, telling.maker
        return own.materiel, own.maker or (telling.maker if telling else None)
    if before and (
        head.lemma_.lower() in words("vague-good")
        or head.pos_ == "PROPN"
        or (head.tag_ in {"NNS", "NN"} and head.lemma_.lower() in words("container"))
    ):
        good = telling or before[-1]
        return good.materiel, good.maker
    return None


def _premodifiers(head: Token) -> list[Token]:
    found: list[Token] = []
    for child in head.children:
        if child.i < head.i and child.dep_ in {
            "compound",
            "amod",
            "nmod",
            "nummod",
            "poss",
            "npadvmod",
            "advmod",
            "quantmod",
        }:
            found += subtree(child, without=frozenset({"prep", "relcl", "acl"}))
    return found


def _contained(parse: Parse, head: Token) -> list[Item]:
    """What a batch, a dozen or a package consists of: "of ...", "including ..."."""
    lemma = head.lemma_.lower()
    if lemma not in words("container") and head.pos_ not in {"NUM", "DET", "PRON"} and not head.like_num:
        return []
    found: list[Item] = []
    for child in head.children:
        if child.dep_ == "prep" and (
            child.lower_ in _LINKS
            or (child.lower_ == "in" and (head.like_num or head.lower_ in {"worth", "billion", "million"}))
        ):
            for end in child.children:
                if end.dep_ in {"pobj", "pcomp"}:
                    found += items_of(parse, end)
        elif child.dep_ == "appos":
            found += items_of(parse, child)
    return found


def _count(parse: Parse, head: Token) -> tuple[float | None, str | None]:
    """The number before the head, and the word that is counted."""
    unit = head.lower_ if head.pos_ in {"NOUN", "PROPN"} and not head.like_num else None
    doc, first = head.doc, max(head.left_edge.i, head.sent.start)
    if head.i in parse.good_at:
        first = max(min(first, parse.good_at[head.i].start), head.sent.start)
    phrase = doc[first : head.i + (1 if unit is None else 0)]
    has_ordinal = any(_ORDINAL.search(token.lower_) for token in phrase)
    run: list[str] = []
    for token in phrase:
        is_number = token.pos_ == "NUM" or token.like_num or token.lower_ in _NUMBER_WORDS
        if token.lower_ in _ORDINALS or (has_ordinal and (is_number or run) and token.ent_type_ == "ORDINAL"):
            continue
        names = token.i in parse.good_at or _is_named(token, head)
        if is_number and run and run[-1][0].isdigit() and not token.text[0].isdigit() and token.lower_ not in _SCALES:
            break  # "10 twelve-metre boats"
        if is_number and not (names or _is_calibre(token) or _is_money(token)):
            run.append(token.text)
        elif run and not (token.lower_ in {"a", "an"} or token.text == "-"):
            break
    while run and run[-1].lower() in {"a", "an"}:
        run.pop()
    number = parse_number(" ".join(run)) if run else _in_brackets_before(doc, first) or _just_before(head, first)
    if unit in _PAIRS:
        return 2 * (number or 1.0), unit
    number = number if number is not None else _in_apposition(parse, head)
    if number is not None:
        return number, unit
    if (
        not run
        and head.tag_ in {"NN", "NNP"}
        and any(c.dep_ == "det" and c.lower_ in {"a", "an", "another"} for c in head.children)
    ):
        return 1.0, unit
    return None, unit


def _in_brackets_before(doc: Doc, first: int) -> float | None:
    """The number in brackets before a phrase, as notices repeat it in figures: "twelve (12) recovery vehicles"."""
    if first < 3 or [doc[first - 3].text, doc[first - 1].text] != ["(", ")"]:
        return None
    return parse_number(doc[first - 2].text)


def _just_before(head: Token, first: int) -> float | None:
    """The number right before a phrase of goods, which the parser hung elsewhere: "gave Turkey 300 BTR-60 carriers"."""
    if first <= head.sent.start:
        return None
    token = head.doc[first - 1]
    if not (token.pos_ == "NUM" or token.like_num) or token.lower_ in _ORDINALS:
        return None
    is_year = token.text.isdigit() and len(token.text) == 4
    if is_year or _is_money(token) or _is_calibre(token) or token.ent_type_ in NOT_COUNTS:
        return None
    return parse_number(token.text)


def _in_apposition(parse: Parse, head: Token) -> float | None:
    """The number with which a phrase is said again: "its first jets, six F-5s", "rifles, 100,000 of them"."""
    for child in head.children:
        if child.dep_ == "appos" and child.i > head.i:
            if child.like_num and any(c.lower_ == "of" for c in child.children):
                return parse_number(child.text)
            if child.i in parse.good_at:
                return _count(parse, child)[0]
    return None


def part_of_counted(parse: Parse, head: Token) -> float | None:
    """How many of a counted whole a phrase speaks of: 46 in "46 of the 180 tanks", 1 in "the second of two ships"."""
    if not any(child.dep_ == "prep" and child.lower_ == "of" for child in head.children):
        return None
    if head.lower_ in _ORDINALS:
        return _count(parse, head)[0] or 1.0
    return _count(parse, head)[0] if head.pos_ == "NUM" or head.like_num else None


def counted_above(parse: Parse, head: Token) -> tuple[float | None, str | None]:
    """The number, and what it counts, of the phrase that consists of the head's: "30 of the tanks", "900 rounds of"."""
    if head.dep_ != "pobj" or head.head.lower_ != "of":
        return None, None
    above = head.head.head
    is_count = above.pos_ == "NUM" or above.like_num or above.lemma_.lower() in words("container")
    if not is_count or above.i in parse.actor_at:
        return None, None
    number, unit = _count(parse, above)
    if number is None or (number <= 1 and unit is not None) or above.ent_type_ in NOT_COUNTS:
        return None, None
    return number, unit


def counted(parse: Parse, token: Token) -> float | None:
    """The number before a noun, or that a bare number is."""
    return _count(parse, token)[0]


def _is_named(token: Token, head: Token) -> bool:
    """Whether the number belongs to a name: the 2 of Leopard 2."""
    return (
        token.i > max(head.left_edge.i, 0)
        and token.text.isdigit()
        and len(token.text) < 4
        and _may_be_named(token.nbor(-1))
        and token.nbor(-1).i >= head.left_edge.i
        and token.nbor(-1).ent_type_ not in {"GPE", "NORP", "LOC"}
    )


def _may_be_named(token: Token) -> bool:
    """Whether the word may be of a name: "Leopard", and what a headline writes large, but not "The" or "About"."""
    return token.pos_ == "PROPN" or (token.is_title and token.pos_ in {"NOUN", "ADJ", "VERB"})


def _is_money(token: Token) -> bool:
    return token.i > 0 and token.nbor(-1).text in {"$", "€", "£", "US$", "C$", "A$"}


def _is_calibre(token: Token) -> bool:
    following = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
    return following is not None and following.lower_ in _CALIBRE_UNITS
