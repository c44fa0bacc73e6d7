"""Find known phrases in raw text: one Aho-Corasick automaton per vocabulary, longest match first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

import ahocorasick

Payload = TypeVar("Payload")

_FOLDED = str.maketrans({"-": " ", "‑": " ", "–": " ", "’": "'", "\n": " "})


@dataclass(frozen=True, slots=True)
class Found(Generic[Payload]):
    """A phrase found at ``text[start:end]``, with what the vocabulary says of it."""

    start: int
    end: int
    payload: Payload


class Finder(Generic[Payload]):
    """Finds the phrases of a vocabulary in a text.

    Hyphens and spaces count as the same. A plural ``s`` may follow. A phrase must stand between word boundaries.

    Args:
        phrases: (phrase, what it means); of two meanings the first stays.
        fold_case: whether case is ignored; names are matched as written.
    """

    def __init__(self, phrases: Iterable[tuple[str, Payload]], *, fold_case: bool) -> None:
        self._fold_case = fold_case
        self._automaton = ahocorasick.Automaton()
        for phrase, payload in phrases:
            folded = self._fold(phrase).strip()
            if folded and folded not in self._automaton:
                self._automaton.add_word(folded, (len(folded), payload))
        self._automaton.make_automaton()

    def _fold(self, text: str) -> str:
        folded = text.translate(_FOLDED)
        if not self._fold_case:
            return folded
        # Lower-casing may change the length of exotic letters; offsets must not move.
        lowered = folded.lower()
        return (
            lowered if len(lowered) == len(folded) else "".join(c if len(c.lower()) > 1 else c.lower() for c in folded)
        )

    def find(self, text: str) -> list[Found[Payload]]:
        """Every phrase in the text, longest first where two overlap, in the order of the text."""
        if not text or not len(self._automaton):
            return []
        folded = self._fold(text)
        candidates = sorted(self._bounded(folded), key=lambda found: (found.start - found.end, found.start))
        taken = bytearray(len(folded))
        kept: list[Found[Payload]] = []
        for found in candidates:
            if not any(taken[found.start : found.end]):
                taken[found.start : found.end] = b"\x01" * (found.end - found.start)
                kept.append(found)
        return sorted(kept, key=lambda found: found.start)

    def contains_any(self, text: str) -> bool:
        """Whether any phrase is in the text."""
        return any(True for _ in self._bounded(self._fold(text)))

    def _bounded(self, folded: str) -> Iterator[Found[Payload]]:
        for last, (length, payload) in self._automaton.iter(folded):
            start, end = last - length + 1, last + 1
            if start and folded[start - 1].isalnum() and folded[start].isalnum():
                continue
            if end < len(folded) and folded[end].isalnum() and folded[end - 1].isalnum():
                if folded[end] == "s" and not folded[end + 1 : end + 2].isalnum():
                    end += 1
                else:
                    continue
            yield Found(start, end, payload)


_IRREGULAR = {"man": "men", "aircraft": "aircraft", "howitzer": "howitzers", "torpedo": "torpedoes"}
_SAME_PLURAL = re.compile(r"(craft|personnel|equipment|ammunition|ordnance|weaponry)$")


def plural(phrase: str) -> str:
    """The plural of a phrase by its last word: battery, batteries; grenade launcher, grenade launchers."""
    head, _, last = phrase.rpartition(" ")
    lead = f"{head} " if head else ""
    if _SAME_PLURAL.search(last):
        return phrase
    if last in _IRREGULAR:
        return lead + _IRREGULAR[last]
    if last.endswith("man"):
        return lead + last[:-3] + "men"
    if re.search(r"[^aeiou]y$", last):
        return lead + last[:-1] + "ies"
    if re.search(r"(s|x|z|ch|sh)$", last):
        return phrase + "es"
    return phrase + "s"
