"""Who speaks: whether an article names him, and for which state.

The speaker is words of an article, nothing more: "the Kremlin", "a senior official", "he". What they do not tell is not
guessed: only a name identifies a speaker, and only names of the vocabularies say whose voice it is.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache, lru_cache

from materiel.terms.actors import office_holders, organisations, states

_PRONOUNS = frozenset("he she it they we i you who this that these those him her them both".split())  # noqa: SIM905
_INDEFINITE = frozenset(
    "a an another any some several many most few one two three four five six other others various".split()  # noqa: SIM905
)
_ROLES = frozenset(
    """
    official officials source sources diplomat diplomats analyst analysts expert experts adviser advisers aide aides
    officer officers commander commanders minister ministers lawmaker lawmakers politician politicians insider insiders
    people person observer observers researcher researchers investigator investigators soldier soldiers executive
    executives management spokesman spokeswoman spokesperson authorities government ministry military intelligence
    service services agency report reports media president premier negotiators envoy envoys critics supporters
    """.split()  # noqa: SIM905 - a column of quoted words reads worse
)
_OBSERVERS = frozenset(
    """
    analyst analysts expert experts professor researcher researchers scholar historian institute institution think-tank
    newspaper daily journalist correspondent columnist opposition activist activists critics former ex
    """.split()  # noqa: SIM905
)
"""Who speaks from a place or of a state without speaking for it."""


SOMEBODY = "somebody"
"""The voice of all who are not named."""


class Speaker(StrEnum):
    """What an article tells of who says it."""

    NAMED = "named"
    UNNAMED = "unnamed"
    """Officials, sources, "he": somebody, but not who."""
    NOBODY = "nobody"
    """The article says it in its own voice."""


@lru_cache(maxsize=10_000)
def kind_of(speaker: str | None) -> Speaker:
    """Whether a speaker, as an article writes it, is a name."""
    words = _words(speaker)
    if not words:
        return Speaker.NOBODY
    folded = [word.casefold() for word in words]
    if folded[0] in _INDEFINITE or (len(words) == 1 and folded[0] in _PRONOUNS | _ROLES):
        return Speaker.UNNAMED
    if folded[-1] in _ROLES and folded[-1].endswith("s") and folded[0] != "the":
        return Speaker.UNNAMED
    if side_of(speaker) and folded[-1] not in _ROLES:
        return Speaker.NAMED
    names = [word for word in words if word[:1].isupper() and word.casefold() not in _ROLES | _PRONOUNS | {"the"}]
    return Speaker.NAMED if names else Speaker.UNNAMED


@lru_cache(maxsize=10_000)
def side_of(speaker: str | None) -> str | None:
    """The code of the state or body that a speaker speaks for; None where none, or more than one, is named.

    An analyst in Moscow does not speak for Russia, and neither does its opposition.
    """
    words = _words(speaker)
    if not words or {word.casefold() for word in words} & _OBSERVERS:
        return None
    text, names = " ".join(words), _names()
    sides = {names[match[0]] for match in _pattern().finditer(text)}
    return sides.pop() if len(sides) == 1 else None


@lru_cache(maxsize=10_000)
def voice_of(speaker: str | None) -> str | None:
    """What two speakers have in common if they are one voice; None for the article's own.

    Whoever speaks for one state is one voice: an embassy and its ministry do not confirm each other. Speakers that no
    article names are one voice too, since nothing shows that they are two.
    """
    match kind_of(speaker):
        case Speaker.NOBODY:
            return None
        case Speaker.UNNAMED:
            return side_of(speaker) or SOMEBODY
        case Speaker.NAMED:
            return side_of(speaker) or _name_in(speaker or "")


def _name_in(speaker: str) -> str:
    """The last two capitalised words: "security adviser Chang Ho-jin" and "Chang Ho-jin" are one man."""
    names = [word for word in _words(speaker) if word[:1].isupper() and word.casefold() not in _ROLES | {"the"}]
    return " ".join(names[-2:]).casefold()


def _words(speaker: str | None) -> list[str]:
    return [word.removesuffix("'s") for word in re.findall(r"[\w.'-]+", (speaker or "").replace("’", "'"))]


@cache
def _names() -> dict[str, str]:
    """Every name that stands for a state or a body, as written, with its code."""
    names = {}
    for holder in office_holders():
        # Terms are not looked at: who has left an office still speaks of what the state did under him.
        names.update(dict.fromkeys((holder.person, *holder.aliases), holder.actor))
    for body in organisations().values():
        if body.kind == "body":
            names.update(dict.fromkeys((body.code, *body.names), body.code))
    for state in states().values():
        seats = (seat.removeprefix("the ") for seat in state.seats)
        names.update(dict.fromkeys((*state.names, *state.demonyms, state.capital, *seats), state.code))
    return {name: code for name, code in names.items() if name[:1].isupper()}


@cache
def _pattern() -> re.Pattern[str]:
    longest_first = sorted(_names(), key=lambda name: (-len(name), name))
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, longest_first)) + r")(?!\w)")
