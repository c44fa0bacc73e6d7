"""The actors that a person means by a word typed at the desk: a code or a name, in any case."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from materiel.errors import InputRefused
from materiel.terms.actors import organisations, states


def find_actors(word: str, known: Iterable[str]) -> frozenset[str]:
    """Every code and name, in lower case, that stands for the actor meant.

    Args:
        word: ``KOR``, ``south korea``, ``Hanwha Aerospace``.
        known: codes and names that the dossier holds; they may be meant even if no vocabulary has them.

    Raises:
        InputRefused: neither a vocabulary nor the dossier has such an actor; names close ones.
    """
    wanted = word.strip().casefold()
    listed = {name.casefold(): code for code, names in _named() for name in (code, *names)}
    held = {name.casefold() for name in known}
    if wanted in listed:
        code = listed[wanted]
        return frozenset({code.casefold(), *(name for name, owner in listed.items() if owner == code)})
    if wanted in held:
        return frozenset({wanted})
    spelled = {name.casefold(): name for _, names in _named() for name in names[:1]} | {n.casefold(): n for n in known}
    close = [spelled[name] for name in difflib.get_close_matches(wanted, sorted(spelled), n=3)]
    advice = f"Close: {', '.join(close)}." if close else "Give a code such as KOR, a state, a body or a firm."
    raise InputRefused(f"No actor is called {word!r}. {advice}")


def _named() -> Iterable[tuple[str, tuple[str, ...]]]:
    for state in states().values():
        yield state.code, state.names
    for organisation in organisations().values():
        yield organisation.code, organisation.names
