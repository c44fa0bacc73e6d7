"""Units: what a number counts, and how it is brought to the base unit of its kind.

Base units are the unit of the materiel, the week, the share and the currency. A month is a twelfth of 365.25 days.
Factors are exact fractions, so that a number is rounded once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache

from materiel.outlook.refusals import UnitRefused


class Kind(StrEnum):
    """What sort of thing a unit measures."""

    COUNT = "an amount"
    FLOW = "an amount per time"
    DURATION = "a time"
    HAZARD = "a rate of happening"
    MONEY = "money"
    SPENDING = "money per time"
    PRICE = "money per piece"
    SHARE = "a share"
    PLAIN = "a plain number"


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit. ``factor`` times a number in it is the number in the base unit of its kind.

    ``what`` is counted, in the singular, or the currency; ``piece`` is what a price is for.
    """

    kind: Kind
    factor: Fraction
    what: str = ""
    piece: str = ""


SCALES = {
    "hundred": Fraction(100),
    "thousand": Fraction(1000),
    "million": Fraction(1_000_000),
    "billion": Fraction(1_000_000_000),
}
_TIMES = {"day": Fraction(1, 7), "week": Fraction(1), "month": Fraction(1461, 336), "year": Fraction(1461, 28)}
TIMES = {**_TIMES, **{f"{name}s": weeks for name, weeks in _TIMES.items()}}
"""Weeks in each: 365.25 / 12 / 7 in a month, 365.25 / 7 in a year."""
_SHARES = {"share": Fraction(1), "percent": Fraction(1, 100), "per cent": Fraction(1, 100), "%": Fraction(1, 100)}
_PLAIN = frozenset(("none", "times", "points"))
_CURRENCY = re.compile(r"[A-Z]{3}")
_NOUN = re.compile(r"\w[\w .\-]*")

EXAMPLES = "thousand rounds, pieces per month, weeks, per year, share, percent, million USD, USD per piece, none"


@lru_cache(maxsize=10_000)
def parse_unit(text: str) -> Unit:
    """The unit that a text says.

    Raises:
        UnitRefused: it cannot be read.
    """
    words = " ".join(text.replace("%", " percent ").replace("/", " per ").split())
    if words in _PLAIN:
        return Unit(Kind.PLAIN, Fraction(1))
    if words in _SHARES:
        return Unit(Kind.SHARE, _SHARES[words])
    left, per, right = _halves(words)
    if not per:
        return _simple(left, text)
    if right in TIMES:
        return _per_time(left, TIMES[right], text)
    money, piece = _simple(left, text), _simple(right, text)
    if money.kind is not Kind.MONEY or piece.kind is not Kind.COUNT:
        raise _refusal(text, f"after 'per' fits a time ({', '.join(_TIMES)}), or what money is paid for")
    return Unit(Kind.PRICE, money.factor / piece.factor, money.what, piece.what)


def _halves(words: str) -> tuple[str, str, str]:
    left, per, right = f" {words.replace('per cent', 'percent')} ".rpartition(" per ")
    return (left.strip(), per.strip(), right.strip()) if per else (right.strip(), "", "")


def _per_time(left: str, weeks: Fraction, text: str) -> Unit:
    if not left:
        return Unit(Kind.HAZARD, 1 / weeks)
    if left in _SHARES:
        return Unit(Kind.HAZARD, _SHARES[left] / weeks)
    amount = _simple(left, text)
    kinds = {Kind.COUNT: Kind.FLOW, Kind.MONEY: Kind.SPENDING}
    if amount.kind not in kinds:
        raise _refusal(text, f"{amount.kind} per time is nothing that is measured here")
    return Unit(kinds[amount.kind], amount.factor / weeks, amount.what)


def _simple(words: str, text: str) -> Unit:
    if words in TIMES:
        return Unit(Kind.DURATION, TIMES[words])
    factor = Fraction(1)
    scale, _, rest = words.partition(" ")
    while scale in SCALES:
        factor *= SCALES[scale]
        scale, _, rest = rest.partition(" ")
    noun = f"{scale} {rest}".strip()
    if not _NOUN.fullmatch(noun):
        raise _refusal(text, "it does not say what is counted" if not noun else f"'{noun}' is nothing to count in")
    if _CURRENCY.fullmatch(noun):
        return Unit(Kind.MONEY, factor, noun)
    return Unit(Kind.COUNT, factor, singular(noun))


def singular(noun: str) -> str:
    """A noun without the mark of the plural, so that rounds and round are one unit."""
    if noun.endswith("ies") and len(noun) > 4:
        return f"{noun[:-3]}y"
    return noun[:-1] if noun.endswith("s") and not noun.endswith("ss") and len(noun) > 3 else noun


def _refusal(text: str, why: str) -> UnitRefused:
    shown = text if len(text) <= 60 else text[:57] + "..."
    return UnitRefused(f"the unit '{shown}' cannot be read: {why}. Such fit: {EXAMPLES}")
