"""Names in a condition: actors to their codes, classes and other words to the vocabulary, and what is close to a
typo.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from functools import cache

from materiel.terms.actors import actor_name, organisations, states
from materiel.terms.materiel import materiel_classes

_CLOSE = 0.6
_LONGEST = 60
"""Nothing longer is compared with the vocabulary: no name is, and comparing takes time."""


def is_known_actor(code: str) -> bool:
    """Whether a code, or the name of a body, group or firm, is in the vocabulary."""
    return code in states() or code in organisations()


def find_actors(name: str) -> tuple[str, ...]:
    """The codes that a code or a name may mean, sorted: none, one, or several where the name is ambiguous.

    A code is taken as written; of names the case does not matter.
    """
    if is_known_actor(name):
        return (name,)
    return _codes_by_name().get(_folded(name), ())


def close_actors(name: str) -> tuple[str, ...]:
    """What may have been meant, as it can be written: ``PRK (North Korea)``."""
    if len(name) > _LONGEST:
        return ()
    by_name = _codes_by_name()
    found: dict[str, None] = {}
    if len(name) == 3 and name.isalpha():
        found.update(dict.fromkeys(get_close_matches(name.upper(), states(), n=3, cutoff=_CLOSE)))
    for match in get_close_matches(_folded(name), by_name, n=4, cutoff=_CLOSE):
        found.update(dict.fromkeys(by_name[match]))
    return tuple(f"{code} ({actor_name(code)})" if actor_name(code) != code else code for code in list(found)[:4])


def is_class(name: str) -> bool:
    return name in materiel_classes()


def close_words(word: str, words: Iterable[str]) -> tuple[str, ...]:
    """Those of some words that look like this one, the closest first; all of them where few, or where none does."""
    known = list(words)
    close = get_close_matches(word.lower(), known, n=4, cutoff=_CLOSE) if len(word) <= _LONGEST else []
    return tuple(close) or (tuple(known) if len(known) <= 12 else ())


def close_classes(word: str) -> tuple[str, ...]:
    """Classes that look like a word, or whose last part or label does."""
    if len(word) > _LONGEST:
        return ()
    handles: dict[str, str] = {}
    for name, materiel in materiel_classes().items():
        for handle in (name, name.rpartition(".")[2], materiel.label.lower(), name.partition(".")[0]):
            handles.setdefault(handle, name)
    close = get_close_matches(word.lower(), handles, n=4, cutoff=_CLOSE)
    return tuple(dict.fromkeys(handles[handle] for handle in close))


@cache
def _codes_by_name() -> dict[str, tuple[str, ...]]:
    codes: dict[str, set[str]] = {}
    for code, state in states().items():
        for name in (code, *state.names):
            codes.setdefault(_folded(name), set()).add(code)
    for code, organisation in organisations().items():
        for name in (code, *organisation.names):
            codes.setdefault(_folded(name), set()).add(code)
    return {name: tuple(sorted(found)) for name, found in codes.items()}


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()
