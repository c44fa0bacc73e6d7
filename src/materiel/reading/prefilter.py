"""Which passages of an article are worth parsing: a look at the raw text by word lists, without a parse.

Parsing is what reading costs, and most news has nothing to do with arms supply. A passage is worth parsing if it could
bear a statement by itself: arms in the company of a supply word or of two actors, an agreement of two actors, a
condition on a matter of war, figures of the arms trade. Where it names an actor as well, the article is likely to go
on about it, and the passages around it are worth parsing too if they could lean on it ("Both were delivered by May",
"Moscow denies it"): if they name goods, an actor or a topic. And so is the passage before, for its actors. Where a
passage or the title names arms, an actor and a word of supply, the article is on arms supply, and all of it is worth
parsing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cache

from materiel.reading.finder import Finder, plural
from materiel.reading.lexicons import (
    Predicate,
    actor_finder,
    designation_finder,
    predicates,
    term_finder,
    topic_finder,
    words,
)
from materiel.reading.markers import may_open_condition

REACH = 2
"""How many passages away from a leading one a passage may lean on it; 1 would lose next to nothing on gold/."""

_COMMON = frozenset(
    {
        "supplies", "technology", "finance", "nonlethal", "nonlethal.medical", "nonlethal.vehicle", "parts",
        "personnel", "training", "intelligence", "aircraft.helicopter", "mine",
    }
)  # fmt: skip
"""Goods whose names are too common in other news to tell by themselves: fuel, loans, spares, staff, pits."""

_LINE_END = re.compile(r"[.!?][\"'”’)\]]*$")
_NUMBER = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen"
    r"|(?:twen|thir|for|fif|six|seven|eigh|nine)ty|dozen|hundred|thousand)s?\b"
    r"|\b(?:doubl|tripl|trebl|quadrupl|halv)(?:e|es|ed|ing)\b",
    re.IGNORECASE,
)
_CONTRACT = re.compile(r"\b(?:contract|order)s?\b")
_SERVICE = re.compile(r"\b(?:Army|Navy|Air Force|Marine Corps|Pentagon|Defen[cs]e Department)\b")
"""A firm's contract with an armed service may name no arms but "helicopters" and "engines"."""
_LARGE = re.compile(r"\d{3}|\b(?:hundred|thousand|million)s?\b", re.IGNORECASE)
"""A number of men that may be a strength or a loss, not a battle's toll."""
_SENTENCE_END = re.compile(r"(?<=[a-z\d)%\"”][a-z\d)%\"”][.!?])[\"'”’)]*\s+(?=[A-Z\"“])")
_BULLET = re.compile(r"\s*[-–—•*·▪]")


@dataclass(frozen=True, slots=True)
class _Look:
    """What a passage names: arms (and nothing else) by kind, any goods at all, and how many actors."""

    text: str
    arms: bool
    goods: bool
    actors: int


class _Worth(IntEnum):
    """What a passage has to say by itself: nothing, perhaps a statement, or something that others lean on."""

    NOTHING = 0
    ALONE = 1
    LEADING = 2


def worth_parsing(passages: Sequence[str], title: str | None = None) -> list[bool]:
    """For each passage of one article, in order, whether it may hold a statement; the title tells what it is about."""
    if title and _announces_supply(title):
        return [True] * len(passages)
    looks = [_look(text) for text in passages]
    is_on_arms = any(look.arms or _topics("military").contains_any(look.text) for look in looks)
    own = [_own_worth(look, is_on_arms) for look in looks]
    if _Worth.LEADING in own and any(map(_tells_of_supply, looks)):
        return [True] * len(looks)
    places = _places(passages)
    led = {
        place + step
        for place, each in zip(places, own, strict=True)
        if each is _Worth.LEADING
        for step in range(-REACH, REACH + 1)
    }
    worth = [
        each > _Worth.NOTHING or (place in led and _may_lean(look))
        for look, place, each in zip(looks, places, own, strict=True)
    ]
    # What stands before a passage says who "he" and "the ministry" are in it, and what the lines of a list are about.
    return [
        each or (following and (look.actors > 0 or look.text.rstrip().endswith(":")))
        for each, following, look in zip(worth, [*worth, False][1:], looks, strict=True)
    ]


def _announces_supply(title: str) -> bool:
    """Whether the title names an actor, a word of supply and the military or arms: "Army Sales to Peru Delayed"."""
    return (
        _supply_finder().contains_any(title)
        and actor_finder().contains_any(title)
        and _topics("military").contains_any(title)
    )


def _tells_of_supply(look: _Look) -> bool:
    """Whether the passage names arms, a word of supply and two actors, or one where a sentence has both words.

    Then all of the article may lean on it: "So the request was declined" names neither goods nor parties, and bears a
    statement nevertheless.
    """
    if not (look.arms and look.actors and _supply_finder().contains_any(look.text)):
        return False
    return look.actors >= 2 or any(names_supply_of_arms(each) for each in _sentences(look.text))


def names_supply_of_arms(sentence: str) -> bool:
    """Whether the sentence names arms and has a word of supply."""
    return _names_arms(sentence) and _supply_finder().contains_any(sentence)


def _look(text: str) -> _Look:
    actors = {found.payload[0].code for found in actor_finder().find(text)}
    return _Look(text, _names_arms(text), _names_goods(text), len(actors))


def _names_arms(text: str) -> bool:
    found = term_finder().find(text)
    return any(each.payload not in _COMMON for each in found) or designation_finder().contains_any(text)


def _names_goods(text: str) -> bool:
    return term_finder().contains_any(text) or designation_finder().contains_any(text)


def _own_worth(look: _Look, is_on_arms: bool) -> _Worth:
    if look.goods:
        worth = _worth_of_goods(look, is_on_arms)
        if worth is not _Worth.NOTHING:
            return worth
    if is_on_arms and _topics("arms-trade").contains_any(look.text):
        return _Worth.LEADING if look.actors else _Worth.ALONE
    if not look.actors:
        return _Worth.NOTHING
    if (is_on_arms or look.actors >= 2) and _topics("arming").contains_any(look.text):
        return _Worth.LEADING
    if look.actors >= 2 and any(
        _topics("pact-noun").contains_any(each) and (is_on_arms or _topics("alliance").contains_any(each))
        for each in _sentences(look.text)
    ):
        return _Worth.LEADING if is_on_arms else _Worth.ALONE
    sentences = _sentences(look.text)
    if look.actors >= 2 and any(_binds_two(each) for each in sentences):
        return _Worth.ALONE
    if any(_counts_men(each) for each in sentences):
        return _Worth.ALONE
    if look.text.rstrip().endswith(":") and _supply_finder().contains_any(look.text):
        return _Worth.LEADING
    if is_on_arms and any(
        may_open_condition(each) for each in _sentences(look.text) if _topics("war").contains_any(each)
    ):
        return _Worth.ALONE
    return _Worth.NOTHING


def _binds_two(sentence: str) -> bool:
    """Whether two actors may be bound here: to help each other, or by a condition on aid or war."""
    if _topics("mutual-help").contains_any(sentence):
        return True
    return _topics("leverage").contains_any(sentence) and may_open_condition(sentence)


def _counts_men(sentence: str) -> bool:
    """Whether an actor's soldiers, losses or rounds are counted here."""
    return (
        _LARGE.search(sentence) is not None
        and _topics("manpower").contains_any(sentence)
        and actor_finder().contains_any(sentence)
    )


def _worth_of_goods(look: _Look, is_on_arms: bool) -> _Worth:
    sentences = [each for each in _sentences(look.text) if (_names_arms if look.arms else _names_goods)(each)]
    is_supply = any(_supply_finder().contains_any(each) for each in sentences)
    if look.actors >= 2:
        if is_supply or (look.arms and is_on_arms):
            return _Worth.LEADING
        return _Worth.ALONE if any(_moving_finder().contains_any(each) for each in sentences) else _Worth.NOTHING
    if not look.arms:
        is_award = look.actors and any(_CONTRACT.search(each) and _SERVICE.search(each) for each in sentences)
        return _Worth.ALONE if is_award else _Worth.NOTHING
    if look.actors:
        if is_supply:
            return _Worth.LEADING
        return _Worth.ALONE if any(_NUMBER.search(each) for each in sentences) else _Worth.NOTHING
    is_told = any(_strong_finder().contains_any(each) or _CONTRACT.search(each) for each in sentences)
    return _Worth.ALONE if is_told else _Worth.NOTHING


def _sentences(text: str) -> list[str]:
    return _SENTENCE_END.split(text)


def _may_lean(look: _Look) -> bool:
    return look.goods or look.actors > 0 or topic_finder().contains_any(look.text)


def _places(passages: Sequence[str]) -> list[int]:
    """The passages numbered; the lines of a list have the number of the passage that they stand under."""
    places: list[int] = []
    for text in passages:
        is_line = _BULLET.match(text) is not None or _LINE_END.search(text.rstrip()) is None
        places.append((places[-1] if places else 0) + (0 if is_line else 1))
    return places


# -- word lists -------------------------------------------------------------------------------------------------------


@cache
def _supply_finder() -> Finder[None]:
    """Finds the words of supply in all their forms.

    Words that only change the stage of another supply are left out unless they are strong ("halt"), and so are those
    of moving and having, which stand in every text.
    """
    return _supply_words(
        predicate
        for predicate in predicates().values()
        if (predicate.frame not in {"operate", "move"} or predicate.strength == "strong")
        and predicate.lemma not in words("everyday-supply")
    )


@cache
def _strong_finder() -> Finder[None]:
    """Finds those words of supply that mean it even where nobody is named: "were delivered", "on order"."""
    return _supply_words(
        p for p in predicates().values() if p.frame in {"supply", "acquire"} and p.strength == "strong"
    )


@cache
def _moving_finder() -> Finder[None]:
    """Finds the words of goods on their way: "arrived", "came"; they tell between two actors only."""
    return _supply_words(p for p in predicates().values() if p.frame == "move")


def _supply_words(chosen: Iterable[Predicate]) -> Finder[None]:
    forms = {form for each in chosen for form in _all_forms(each)}
    return _finder(forms | words("irregular-form"))


def _all_forms(predicate: Predicate) -> tuple[str, ...]:
    lemma = predicate.lemma
    return _forms(lemma) if predicate.pos == "verb" else (lemma, plural(lemma))


@cache
def _topics(sense: str) -> Finder[None]:
    """Finds the words of one sense of words.csv as nouns and as verbs."""
    return _finder(form for word in words(sense) for form in (*_forms(word), plural(word)))


def _finder(forms: Iterable[str]) -> Finder[None]:
    return Finder(((form, None) for form in sorted(forms)), fold_case=True)


def _forms(verb: str) -> tuple[str, ...]:
    """The regular forms of a verb; more than it has ("sendded"), which do no harm."""
    head, space, rest = verb.partition(" ")
    stem = head.removesuffix("e")
    written = [head, plural(head), stem + "ed", stem + "ing", head + head[-1] + "ed", head + head[-1] + "ing"]
    if head.endswith("y"):
        written.append(head[:-1] + "ied")
    return tuple(each + space + rest for each in written)
