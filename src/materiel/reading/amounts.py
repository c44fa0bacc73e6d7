"""Numbers and money as text writes them: "half a million", "two dozen", "$1.16 billion", "910 mln dlrs"."""

from __future__ import annotations

import re
from dataclasses import dataclass

_SMALL = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19,
    "a": 1, "an": 1, "another": 1, "single": 1,
}  # fmt: skip
_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_SCALES = {
    "dozen": 12.0, "score": 20.0, "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12,
    "k": 1e3, "m": 1e6, "mn": 1e6, "mln": 1e6, "bn": 1e9, "bln": 1e9, "b": 1e9, "tn": 1e12, "crore": 1e7, "lakh": 1e5,
}  # fmt: skip
NOT_COUNTS = frozenset({"DATE", "TIME", "MONEY", "PERCENT", "ORDINAL"})
"""Kinds of number, as the parser's entities name them, that count no goods."""
_PARTS = {"half": 0.5, "quarter": 0.25, "third": 1 / 3}

_CURRENCIES = {
    "US$": "USD", "$": "USD", "C$": "CAD", "CA$": "CAD", "A$": "AUD", "AU$": "AUD", "NZ$": "NZD", "S$": "SGD",
    "NT$": "TWD", "HK$": "HKD", "€": "EUR", "£": "GBP", "¥": "JPY", "₩": "KRW", "₹": "INR", "₽": "RUB", "R$": "BRL",
    "dollar": "USD", "dlr": "USD", "usd": "USD", "us dollar": "USD", "u.s. dollar": "USD", "euro": "EUR",
    "eur": "EUR", "stg": "GBP", "pound sterling": "GBP", "pound": "GBP", "yen": "JPY", "won": "KRW", "rupee": "INR",
    "rouble": "RUB", "ruble": "RUB", "zloty": "PLN", "shekel": "ILS", "lira": "TRY", "yuan": "CNY", "franc": "CHF",
    "mark": "DEM", "krona": "SEK", "peso": "PHP", "swiss franc": "CHF", "french franc": "FRF", "deutschmark": "DEM",
    "danish kroner": "DKK", "swedish kronor": "SEK", "kronor": "SEK", "kroner": "NOK", "kroner crown": "NOK",
    "crown": "CZK", "riyal": "SAR", "dirham": "AED", "real": "BRL", "canadian dollar": "CAD",
    "australian dollar": "AUD", "new taiwan dollar": "TWD", "singapore dollar": "SGD", "baht": "THB",
    "Rs": "INR",
    "ringgit": "MYR", "rand": "ZAR", "norwegian kroner": "NOK", "czech crown": "CZK", "indian rupee": "INR",
    "swedish crown": "SEK", "norwegian crown": "NOK", "danish crown": "DKK", "polish zloty": "PLN",
    "russian rouble": "RUB", "russian ruble": "RUB", "south korean won": "KRW", "japanese yen": "JPY",
    "israeli shekel": "ILS", "turkish lira": "TRY", "chinese yuan": "CNY", "saudi riyal": "SAR",
}  # fmt: skip
"""Currencies by symbol or name, ISO 4217; bare dollar, pound, franc, crown and peso take their commonest reading."""

CURRENCY_NAMES = frozenset(name.lower() for name in _CURRENCIES)
_CODES = frozenset(_CURRENCIES.values())

_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_WORD_NUMBER = "|".join(sorted((*_SMALL, *_TENS), key=len, reverse=True))
_SCALE = "|".join(sorted(_SCALES, key=len, reverse=True))
_SYMBOL = "|".join(
    re.escape(symbol) for symbol in sorted(_CURRENCIES, key=len, reverse=True) if not symbol[-1].isalpha()
)
_CODE = "|".join(sorted(_CODES))
_NAME = "|".join(sorted((re.escape(name) for name in _CURRENCIES if name[-1].isalpha()), key=len, reverse=True))
_MONEY = re.compile(
    rf"(?P<symbol>{_SYMBOL}|\b(?-i:{_CODE}|Rs)\b)(?-i:(?<=\bRs)\.)?\s?(?P<n1>{_NUMBER})(?:[ -]?(?P<s1>{_SCALE})\b)?"
    rf"|\b(?P<n2>{_NUMBER}|(?:{_WORD_NUMBER}|half a))(?:[ -]?(?P<s2>{_SCALE})s?)?[ -](?P<name>(?i:{_NAME}))s?\b",
    re.IGNORECASE,
)

_HINTS = tuple(sorted({name.lower() for name in (*_CURRENCIES, *_CODES) if name != "Rs"}))
"""One of these, in lower case, is in every sum; they are sought faster than the pattern."""


@dataclass(frozen=True, slots=True)
class Money:
    """A sum at ``text[start:end]``; ``amount`` in units of ``currency`` (ISO 4217)."""

    start: int
    end: int
    amount: float
    currency: str


def find_money(text: str) -> list[Money]:
    """Every sum of money in the text, in order."""
    lowered = text.lower()
    if "Rs" not in text and not any(hint in lowered for hint in _HINTS):
        return []
    found = []
    for match in _MONEY.finditer(text):
        symbol = match["symbol"] or match["name"].lower()
        currency = symbol if symbol in _CODES else None
        for written in (symbol, symbol.upper(), symbol.rstrip("s")):
            currency = currency or _CURRENCIES.get(written)
        number = match["n1"] or match["n2"]
        scale = match["s1"] or match["s2"]
        amount = parse_number(f"{number} {scale}" if scale else number)
        if currency and amount is not None:
            found.append(Money(match.start(), match.end(), amount, currency))
    return found


def parse_number(text: str) -> float | None:
    """The number that a phrase names, or None where it names none or no exact one ("dozens").

    >>> parse_number("half a million"), parse_number("two dozen"), parse_number("1.2m"), parse_number("twenty-four")
    (500000.0, 24.0, 1200000.0, 24.0)
    """
    lowered = re.sub(rf"(?<=\d)(?=(?:{_SCALE})\b)", " ", text.lower().replace("-", " ").replace("/", " "))
    total, group, seen = 0.0, 0.0, False
    words = [word for word in lowered.split() if word not in {"and", "of", "some", "about", "around", "nearly"}]
    for place, word in enumerate(words):
        bare = word.replace(",", "")
        if re.fullmatch(r"\d+(\.\d+)?", bare):
            group, seen = group + float(bare), True
        elif word in _PARTS:
            group, seen = group + _PARTS[word], True
        elif word in {"a", "an"} and {*words[place + 1 : place + 2], *words[max(place - 1, 0) : place]} & _PARTS.keys():
            continue  # "a third", "half a million"
        elif word in _SMALL:
            group, seen = group + _SMALL[word], True
        elif word in _TENS:
            group, seen = group + _TENS[word], True
        elif word in _SCALES and (seen or word in {"dozen", "hundred", "thousand", "million", "billion"}):
            scale = _SCALES[word]
            group = (group or 1) * scale
            if scale >= 1000:
                total, group = total + group, 0.0
            seen = True
        else:
            return None
    return total + group if seen else None
