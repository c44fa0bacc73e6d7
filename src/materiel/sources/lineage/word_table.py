"""What the index of candidates knows of single words: hashes, weights, and which of them name a state.

Each token is read once and then looked up, so that a text becomes an array without a Python step for each word.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import defaultdict
from functools import cache
from hashlib import blake2b
from struct import Struct
from typing import Any

import numpy as np

from materiel.sources.lineage.weights import background_frequency
from materiel.sources.lineage.wording import COMMON_WORDS, stem
from materiel.terms.actors import states
from materiel.terms.vocabulary import load_vocabulary

WEIGHT_STEP = 1 / 16
"""Weights are multiples of this, so that sums of them are exact, in whatever order. None reaches 255 of them."""
DETAIL = 2
"""A figure, or a word with a capital, weighs so many times as much: a rewrite keeps names and figures, not words."""
WEIGHT_BITS = np.uint64(255)
NO_STEM = np.uint64((1 << 64) - 1)
MAX_TOKENS, MAX_TOKEN_LENGTH = 300_000, 40
"""Tokens that are kept, none of them longer than that. The table starts anew when it is full, which only costs time."""

Hashes = np.ndarray[Any, np.dtype[np.uint64]]
Entries = Hashes
"""One row a word. First the hash of its letters. Then that of its stem; the lowest byte is 255 less the weight in
WEIGHT_STEPs, so that of one stem the heaviest sorts first; NO_STEM where the word is no content."""

_OPENS = np.uint64(256)
"""This bit of a stem's hash is 0 where a name of several words may begin, until names are joined."""
_PACK = Struct("<QQ").pack
_WORD = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*")
_EDGES = ".,:;!?()[]\"'“”‘’«»"
_MARKS = re.compile(
    "[\u00ad\u0300-\u036f\u0483-\u0489\u061c\u180e\u1ab0-\u1aff\u1dc0-\u1dff\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f\ufeff\U000e0000-\U000e0fff]"
)
"""Invisible characters, and marks put on letters."""


def plain(text: str) -> str:
    """The text as an index should see it: compatibility forms unified, without accents and invisible characters."""
    return text if text.isascii() else _MARKS.sub("", unicodedata.normalize("NFKD", text))


class _Table(dict[str, bytes]):
    """Token (what stands between white space) -> the entries of its words, mostly one."""

    def __missing__(self, token: str) -> bytes:
        bare = token.strip(_EDGES)
        entries = self[bare] if bare != token else b"".join(map(_entry, _WORD.findall(token)))
        if len(token) <= MAX_TOKEN_LENGTH:
            self[token] = entries
        return entries


_table = _Table()


def look_up(text: str) -> bytes:
    """The entries of the words of a plain text, in order, as bytes."""
    global _table
    if len(_table) > MAX_TOKENS:
        _table = _Table()
    return b"".join(map(_table.__getitem__, text.split()))


def read_entries(found: bytearray) -> Entries:
    """The entries of a whole text, each name of several words ("South Korea") now one stem, that of its state."""
    entries = np.frombuffer(found, "<u8").reshape(-1, 2)
    words, stems = entries[:, 0], entries[:, 1]
    end = 0
    for at in ((stems & _OPENS) == 0).nonzero()[0].tolist():
        for name, stem_hash in _long_names().get(tuple(words[at : at + 2].tolist()), ()) if at >= end else ():
            if tuple(words[at : at + len(name)].tolist()) == name:
                end = at + len(name)
                stems[at:end] = NO_STEM
                stems[at] = stem_hash
                break
    stems |= _OPENS
    return entries


def _fold(word: str) -> str:
    """The word in small letters, with straight apostrophes and without a possessive s."""
    return word.casefold().replace("’", "'").removesuffix("'s")


def _entry(word: str) -> bytes:
    folded = _fold(word)
    is_name = word[0].isupper()
    names = _names().get(folded, {}) if is_name else {}
    code = names.get((folded,))
    if code is None and folded in _common_words():
        stem_hash = int(NO_STEM)
    else:
        stem_hash = _hash_stem(f"={code}" if code else stem(folded), is_detail=is_name or word[0].isdigit())
    opens = len(names) > (code is not None)
    return _PACK(_hash(folded), stem_hash - int(_OPENS) * opens)


def _hash(text: str) -> int:
    """64 bits that are the same on every machine and in every run."""
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


def _hash_stem(stem_: str, *, is_detail: bool) -> int:
    """The hash of a stem, weighed by the bundled background alone."""
    counts, documents = background_frequency()
    rarity = math.log((documents + 1.0) / (counts.get(stem_, 0) + 0.5))
    weight = min(max(round(rarity / WEIGHT_STEP), 1) * (DETAIL if is_detail else 1), 254)
    return _hash(f"stem {stem_}") & ~int(WEIGHT_BITS) | int(_OPENS) | 255 - weight


@cache
def _common_words() -> frozenset[str]:
    return frozenset(row["word"] for row in load_vocabulary(COMMON_WORDS))


@cache
def _names() -> dict[str, dict[tuple[str, ...], str]]:
    """First word -> the names of states, peoples and capitals that begin with it, and the state that each means."""
    by_first: dict[str, dict[tuple[str, ...], str]] = defaultdict(dict)
    for code, state in sorted(states().items()):
        for name in (*state.names, *state.demonyms, state.capital, *state.seats):
            words = tuple(_fold(word) for word in _WORD.findall(plain(name)) if word.casefold() != "the")
            if words:
                by_first[words[0]].setdefault(words, code)
    return dict(by_first)


@cache
def _long_names() -> dict[tuple[int, ...], list[tuple[tuple[int, ...], int]]]:
    """The hashes of the first two words -> names: the hashes of their words, of the stem; longest first."""
    by_two: dict[tuple[int, ...], list[tuple[tuple[int, ...], int]]] = defaultdict(list)
    for names in _names().values():
        for words, code in sorted(names.items(), key=lambda name: -len(name[0])):
            if len(words) > 1:
                hashes = tuple(map(_hash, words))
                by_two[hashes[:2]].append((hashes, _hash_stem(f"={code}", is_detail=True)))
    return dict(by_two)
