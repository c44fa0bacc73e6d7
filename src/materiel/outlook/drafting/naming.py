"""Ids in a draft: made of what they name, each once."""

from __future__ import annotations

import re

from materiel.commitments.names_in_words import materiel_words

PIECES, PEOPLE = "pieces", "people"
"""The units of a draft: sources call one and the same thing shells, rounds and items."""


def slug(text: str) -> str:
    """A text as a plain word: ``artillery.ammunition`` becomes ``artillery_ammunition``; begins with a letter."""
    word = re.sub(r"\W+", "_", text.casefold(), flags=re.ASCII).strip("_")
    return word if word[:1].isalpha() else f"n_{word}"


class Names:
    """Gives each thing an id of its own: the second of a kind is numbered."""

    def __init__(self) -> None:
        self._given: set[str] = set()

    def give(self, *parts: str) -> str:
        name = wanted = slug("_".join(filter(None, parts)))
        number = 2
        while name in self._given:
            name, number = f"{wanted}_{number}", number + 1
        self._given.add(name)
        return name


def unit_of(materiel: str) -> str:
    """In what a class is counted."""
    return PEOPLE if materiel == "personnel" else PIECES


def counted_words(materiel: str) -> str:
    """What is counted, in words: ``pieces of artillery ammunition``."""
    return PEOPLE if materiel == "personnel" else f"{PIECES} of {goods(materiel)}"


def goods(name: str) -> str:
    """A class in words: ``artillery ammunition``."""
    return materiel_words((name,))
