"""The numbers that a quote gives, in digits and in words."""

from __future__ import annotations

import re

from materiel.reading.amounts import find_money, parse_number

_LONGEST_RUN = 6
_WORD = re.compile(
    r"(?P<named>[^\W\d_][^\W_]*(?:-?\d[^\W_]*)+)"
    r"|(?P<number>\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?P<scale>bn|bln|mn|mln|tn|m|k|b)?(?![^\W_])"
    r"|(?P<measured>\d[\w.,]*)|(?P<word>[^\W\d_]+)"
)
"""A name with a number in it (F-16, K2), a number with its scale, a number of millimetres (155mm), a word."""
_SCALES = frozenset(
    {"dozen", "score", "hundred", "thousand", "million", "billion", "trillion", "crore", "lakh"}
    | {"bn", "bln", "mn", "mln", "tn", "m", "k", "b"}
)
_PARTS = frozenset({"half", "third", "quarter", "thirds", "quarters"})
_TENS = re.compile(r"(?:twen|thir|for|fif|six|seven|eigh|nine)ty")
_FEW = {"pair": 2.0, "couple": 2.0, "twice": 2.0, "both": 2.0, "trio": 3.0, "once": 1.0, "another": 1.0}
_ARTICLES = frozenset({"a", "an"})
_TOLERANCE = 1e-9


def numbers_in(text: str) -> frozenset[float]:
    """Every number that the text names, the longest reading of each: "half a million", "14", "two dozen".

    A number that belongs to a name ("F-16", "K2") or to a calibre ("155mm") counts nothing and is left out, and so
    is a number without limits ("dozens").
    """
    words = _words(text)
    found: set[float] = set()
    place = 0
    while place < len(words):
        number, length = _longest(words[place:])
        if number is not None:
            found.add(number)
        place += length
    return frozenset(found)


def sums_in(text: str) -> frozenset[tuple[float, str]]:
    """Every sum of money in the text: (amount, ISO 4217 code)."""
    return frozenset((money.amount, money.currency) for money in find_money(text))


def is_among(value: float, numbers: frozenset[float]) -> bool:
    """Whether the number is one of these."""
    return any(abs(value - each) <= _TOLERANCE * max(abs(value), abs(each)) for each in numbers)


def _words(text: str) -> list[str]:
    words: list[str] = []
    for match in _WORD.finditer(text):
        if match["number"]:
            words += [match["number"], match["scale"]] if match["scale"] else [match["number"]]
        else:
            words.append(match["word"].lower() if match["word"] else "-")
    return words


def _longest(words: list[str]) -> tuple[float | None, int]:
    """The number that the words begin with, and how many of them it takes."""
    if words[0] in _FEW:
        return _FEW[words[0]], 1
    for length in range(min(_LONGEST_RUN, len(words)), 0, -1):
        if _is_number(words[:length]) and (number := parse_number(" ".join(words[:length]))) is not None:
            return number, length
    return None, 1


def _is_number(run: list[str]) -> bool:
    """Whether the words may be read together as one number; "ten and twelve" and "2021: thirty" may not."""
    first, rest = run[0], run[1:]
    if first[0].isdigit():
        return all(word in _SCALES for word in rest)
    if first in {"and", "of", "some", "about", "around", "nearly"} or first in _SCALES & {"m", "k", "b"}:
        return False
    for before, word in zip(run, rest, strict=False):
        joins = (
            word in _SCALES
            or (word == "a" and before in _PARTS)
            or (word in _PARTS and before not in _SCALES)
            or before in _SCALES
            or before == "and"
            or (_TENS.fullmatch(before) is not None and word.isalpha())
        )
        if not joins or word[0].isdigit() or (before in _ARTICLES and word not in _SCALES | _PARTS):
            return False
    return run[-1] not in {"and", "of"}
