"""Words as the index of candidates sees them: hashes, read from a text without a Python step for each word.

A word is a row of letters and digits, with points and commas between digits; an apostrophe or a hyphen ends it.
Capitals are told from small letters, and lowered, in ASCII only: after ``plain`` there are few others in English.
"""

from __future__ import annotations

import math
import unicodedata
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from re import compile as pattern
from threading import Lock
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

Hashes = np.ndarray[Any, np.dtype[np.uint64]]
_Places = np.ndarray[Any, np.dtype[np.int64]]

_OPENS = np.uint64(256)
"""This bit of a stem's hash is 0 where a name of several words may begin, until names are joined."""
_MARKS = pattern(
    "[\u00ad\u0300-\u036f\u0483-\u0489\u061c\u180e\u1ab0-\u1aff\u1dc0-\u1dff\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f\ufeff\U000e0000-\U000e0fff]"
)
"""Invisible characters, and marks put on letters."""

_NONE, _LETTER, _DIGIT, _POINT = range(4)


def _class_of(byte: int) -> int:
    """What a byte of UTF-8 is part of."""
    if byte in b"0123456789":
        return _DIGIT
    if byte in b".,:":
        return _POINT
    return _LETTER if byte > 127 or chr(byte).isalpha() else _NONE


_CLASSES = bytes(map(_class_of, range(256)))
_LOWER = bytes(b + 32 * (65 <= b <= 90) for b in range(256))
_SIGNS = {0xC2: 2, 0xE2: 3, 0xEF: 3, 0xF0: 4}
"""First byte of what in UTF-8 are signs, mostly, and no letters; and how many bytes they have."""
_LEADS = bytes(b in _SIGNS for b in range(256))

_REACH = 24
"""Bytes of a word that are hashed; of longer ones the length, besides."""
_MASKS = np.array(
    [[(1 << 8 * min(max(length - at, 0), 8)) - 1 for at in (0, 8, 16)] for length in range(_REACH + 1)], np.uint64
)
_FACTORS = np.array([0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB], np.uint64)
_MIX, _NAME = np.uint64(0xD6E8FEB86659FD93), np.uint64(0xA0761D6478BD642F)

_SLOT_BITS = 20
"""The stems of so many words are kept (16 MB). When it gets full, words lose their slot to others."""


def plain(text: str) -> str:
    """The text as an index should see it: compatibility forms unified, without accents and invisible characters."""
    return text if text.isascii() else _MARKS.sub("", unicodedata.normalize("NFKD", text))


@dataclass(frozen=True, slots=True)
class Words:
    """The words of some stretches of text.

    Attributes:
        letters: a hash of each word.
        stems: the hash of each word's stem. Its lowest byte is 255 less the weight in WEIGHT_STEPs, so that of one stem
            the heaviest sorts first. NO_STEM where the word is no content. A name of several words ("South Korea") has
            one stem, that of its state, and NO_STEM after it.
        bounds: stretch i has the words from ``bounds[i]`` to ``bounds[i + 1]``.
    """

    letters: Hashes
    stems: Hashes
    bounds: list[int]


def read_words(stretches: Sequence[str]) -> Words:
    """The words of plain texts, of each as if it were alone."""
    raws = [stretch.encode("utf-8", "surrogatepass") for stretch in stretches]
    raw, starts, ends = _find(b" ".join(raws))
    bounds = starts.searchsorted(np.cumsum([1, *(len(part) + 1 for part in raws)])).tolist()
    words = _hash_words(raw, starts, ends)
    stems = _stems.of(raw, starts, ends, words)
    end = 0
    for at in np.flatnonzero((stems & _OPENS) == 0).tolist():
        for name, stem_hash in _long_names().get(tuple(words[at : at + 2].tolist()), ()) if at >= end else ():
            is_whole = at + len(name) <= bounds[bisect_right(bounds, at)]
            if is_whole and tuple(words[at : at + len(name)].tolist()) == name:
                end = at + len(name)
                stems[at:end] = NO_STEM
                stems[at] = stem_hash
                break
    stems |= _OPENS
    return Words(words, stems, bounds)


def _find(text: bytes) -> tuple[bytes, _Places, _Places]:
    """The text with room around, and where its words start and end there."""
    raw = b" " + text + b" " * _REACH
    classes = np.frombuffer(bytearray(raw.translate(_CLASSES)), np.uint8)
    if not text.isascii():
        for at in np.flatnonzero(np.frombuffer(raw.translate(_LEADS), np.uint8)).tolist():
            classes[at : at + _SIGNS[raw[at]]] = _NONE
    points = np.flatnonzero(classes == _POINT)
    classes[points] = np.minimum(classes[points - 1], classes[points + 1]) == _DIGIT
    is_word = classes > _NONE
    edges = np.flatnonzero(is_word[1:] != is_word[:-1]) + 1
    return raw, edges[::2], edges[1::2]


def _hash_words(raw: bytes, starts: _Places, ends: _Places) -> Hashes:
    loads = np.ndarray((len(raw) - _REACH + 1,), f"V{_REACH}", raw.translate(_LOWER), strides=(1,))
    lengths = ends - starts
    letters = loads[starts].view("<u8").reshape(-1, _REACH // 8)
    letters &= _MASKS[np.minimum(lengths, _REACH)]
    letters *= _FACTORS
    words: Hashes = letters[:, 0] + letters[:, 1]
    words += letters[:, 2]
    words += lengths.view(np.uint64)
    words ^= words >> np.uint64(32)
    words *= _MIX
    words ^= words >> np.uint64(29)
    return words


class _Stems:
    """The hashes of the stems of words that were met before. A word has its place in one of two slots."""

    def __init__(self) -> None:
        self._words = np.zeros(1 << _SLOT_BITS, np.uint64)
        self._stems = np.zeros(1 << _SLOT_BITS, np.uint64)
        self._lock = Lock()

    def of(self, raw: bytes, starts: _Places, ends: _Places, words: Hashes) -> Hashes:
        is_name = np.frombuffer(raw, np.uint8)[starts] - np.uint8(ord("A")) < 26
        words = words + is_name * _NAME
        slots = (words >> np.uint64(64 - _SLOT_BITS)).view(np.int64)
        with self._lock:
            stems = self._stems[slots]
            missed = np.flatnonzero(self._words[slots] != words)
            others = (words[missed] & np.uint64((1 << _SLOT_BITS) - 1)).view(np.int64)
            stems[missed] = self._stems[others]
            is_new = self._words[others] != words[missed]
            new = missed[is_new]
            rows = zip(
                *(row.tolist() for row in (new, starts[new], ends[new], slots[new], others[is_new])), strict=True
            )
            for at, start, end, slot, other in rows:
                stems[at] = _read_stem(raw[start:end].decode("utf-8", "surrogatepass"))
                free = other if self._words[slot] else slot
                self._words[free], self._stems[free] = words[at], stems[at]
        return stems


_stems = _Stems()


def _read_stem(word: str) -> int:
    is_name, folded = word[0].isupper(), word.casefold()
    names = _names().get(folded, {}) if is_name else {}
    code = names.get((folded,))
    if code is None and (len(word) == 1 or folded in _common_words()) and not word.isdigit():
        hashed = int(NO_STEM)
    else:
        hashed = _hash_stem(f"={code}" if code else stem(folded), is_detail=is_name or word[0].isdigit())
    return hashed - int(_OPENS) * (len(names) > (code is not None))


def _hash_stem(stem_: str, *, is_detail: bool) -> int:
    """The hash of a stem, weighed by the bundled background alone."""
    steps, unknown = _steps()
    weight = min(steps.get(stem_, unknown) * (DETAIL if is_detail else 1), 254)
    digest = blake2b(stem_.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "little") & ~int(WEIGHT_BITS) | int(_OPENS) | 255 - weight


@cache
def _steps() -> tuple[dict[str, int], int]:
    """The weight, in WEIGHT_STEPs, of each stem of the background, and of one that is not there."""
    counts, documents = background_frequency()

    def steps(count: int) -> int:
        return max(round(math.log((documents + 1.0) / (count + 0.5)) / WEIGHT_STEP), 1)

    return {stem_: steps(count) for stem_, count in counts.items()}, steps(0)


@cache
def _common_words() -> frozenset[str]:
    """Words that are no content, and the pieces of contracted ones."""
    return frozenset(part for row in load_vocabulary(COMMON_WORDS) for part in row["word"].split("'"))


@cache
def _names() -> dict[str, dict[tuple[str, ...], str]]:
    """First word -> the names of states, peoples and capitals that begin with it, and the state that each means."""
    by_first: dict[str, dict[tuple[str, ...], str]] = defaultdict(dict)
    for code, state in sorted(states().items()):
        for name in (*state.names, *state.demonyms, state.capital, *state.seats):
            raw, starts, ends = _find(plain(name).casefold().removeprefix("the ").encode())
            words = tuple(raw[start:end].decode() for start, end in zip(starts, ends, strict=True))
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
                hashes = tuple(_hash_words(*_find(" ".join(words).encode())).tolist())
                by_two[hashes[:2]].append((hashes, _hash_stem(f"={code}", is_detail=True)))
    return dict(by_two)
