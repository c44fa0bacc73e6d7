"""Which passages of an article are worth parsing: a look at the raw text by word lists, without a parse.

Parsing is what reading costs, and most news has nothing to do with arms supply. Two looks decide. A passage is
*telling* if it could bear a statement by itself: arms in the company of a supply word or of two actors, an agreement
of two actors, a condition on a matter of war, figures of the arms trade. Around telling passages those are worth
parsing that could lean on them ("Both were delivered by May", "Moscow denies it"): they name goods, an actor or a topic.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from materiel.reading.conditions import MARKER
from materiel.reading.finder import Finder, plural
from materiel.reading.lexicons import (
    actor_finder,
    designation_finder,
    predicates,
    term_finder,
    topic_finder,
    words,
)

REACH = 3
"""How many passages away from a telling one a passage may lean on it. Measured on gold/: with 2 statements are lost."""

_COMMON = frozenset(
    {
        "supplies", "technology", "finance", "nonlethal", "nonlethal.medical", "nonlethal.vehicle", "parts",
        "personnel", "training", "intelligence",
    }
)  # fmt: skip
"""Goods whose names are too common in other news to tell by themselves: fuel, loans, spares, staff, courses."""

_LINE_END = re.compile(r"[.!?][\"'”’)\]]*$")
_NUMBER = re.compile(r"\d|\b(?:dozen|hundred|thousand)s?\b", re.IGNORECASE)
_BULLET = re.compile(r"\s*[-–—•*·▪]")


@dataclass(frozen=True, slots=True)
class _Look:
    """What a passage names: arms (and nothing else) by kind, any goods at all, and how many actors."""

    text: str
    arms: bool
    goods: bool
    actors: int


def worth_parsing(passages: Sequence[str]) -> list[bool]:
    """For each passage of one article, in order, whether it may hold a statement."""
    looks = [_look(text) for text in passages]
    is_on_arms = any(look.arms or _topics("military").contains_any(look.text) for look in looks)
    places = _places(passages)
    telling = [_is_telling(look, is_on_arms) for look in looks]
    near = {
        place + step for place, tells in zip(places, telling, strict=True) if tells for step in range(-REACH, REACH + 1)
    }
    worth = [
        tells or (place in near and _may_lean(look)) for look, place, tells in zip(looks, places, telling, strict=True)
    ]
    for index, text in enumerate(passages[:-1]):
        # "... will provide:" is read for what it says of the lines under it.
        worth[index] |= worth[index + 1] and text.rstrip().endswith(":")
    return worth


def _look(text: str) -> _Look:
    has_type = designation_finder().contains_any(text)
    classes = {found.payload for found in term_finder().find(text)}
    actors = {found.payload[0].code for found in actor_finder().find(text)}
    return _Look(text, has_type or bool(classes - _COMMON), has_type or bool(classes), len(actors))


def _is_telling(look: _Look, is_on_arms: bool) -> bool:
    text, actors = look.text, look.actors
    if look.arms and (actors >= 2 or _supply_finder().contains_any(text)):
        return True
    if look.arms and actors and _NUMBER.search(text):
        return True
    if look.goods and is_on_arms and actors >= 2:
        return True
    if _topics("arms-trade").contains_any(text):
        return True
    if not actors:
        return False
    if _topics("arming").contains_any(text):
        return True
    if actors >= 2 and _topics("pact-noun").contains_any(text):
        return _topics("alliance").contains_any(text) or _topics("military").contains_any(text)
    return _topics("war").contains_any(text) and MARKER.search(text) is not None


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
    """Finds the words of supply in all their forms, those left out that only change the stage of another."""
    lemmas = [
        (predicate.lemma, predicate.pos)
        for predicate in predicates().values()
        if predicate.frame != "operate" or predicate.strength == "strong"
    ]
    regular = {form for lemma, pos in lemmas for form in (_forms(lemma) if pos == "verb" else (lemma, plural(lemma)))}
    return _finder(regular | words("irregular-form"))


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
