"""Numbers, money and partial dates in words, the same everywhere and without a locale."""

from __future__ import annotations

_MONTHS = (
    "January February March April May June July August September October November December".split()  # noqa: SIM905
)
_SMALL = "no one two three four five six seven eight nine ten eleven twelve".split()  # noqa: SIM905
_CURRENCIES = {
    "USD": "US dollars",
    "EUR": "euros",
    "GBP": "pounds",
    "KRW": "won",
    "PLN": "zlotys",
    "JPY": "yen",
    "RUB": "roubles",
    "AUD": "Australian dollars",
    "CAD": "Canadian dollars",
    "CHF": "Swiss francs",
    "CNY": "yuan",
    "INR": "rupees",
}


def number_words(value: float) -> str:
    """``14 billion``, ``1.4 million``, ``10,000``, ``2.5``: never more digits than the value has."""
    for size, name in ((1e12, "trillion"), (1e9, "billion"), (1e6, "million")):
        if abs(value) >= size:
            return f"{_plain(value / size)} {name}"
    return _plain(value)


def _plain(value: float) -> str:
    return f"{value:,.0f}" if value == round(value) else f"{value:,.6f}".rstrip("0").rstrip(".")


def money_words(value: float, currency: str | None) -> str:
    """``14 billion US dollars``; the ISO code where the currency has no name here."""
    unit = _CURRENCIES.get(currency, currency) if currency else "in a currency not named"
    return f"{number_words(value)} {unit}"


def count_words(count: int, one: str, many: str) -> str:
    """``one origin``, ``three origins``, ``14 origins``."""
    return f"{_SMALL[count] if 0 <= count < len(_SMALL) else f'{count:,}'} {one if count == 1 else many}"


def counted(count: int, one: str, many: str) -> str:
    """``1 origin``, ``3 origins``: for tables and labels."""
    return f"{count:,} {one if count == 1 else many}"


def date_words(date: str | None) -> str:
    """An ISO day, month or year in words, as exact as it is and no more; other text as it stands."""
    if not date:
        return "no date"
    parts = date.split("-")
    if len(parts) > 3 or not all(part.isdigit() for part in parts) or not _is_calendar(parts):
        return date
    day = [str(int(parts[2]))] if len(parts) == 3 else []
    month = [_MONTHS[int(parts[1]) - 1]] if len(parts) > 1 else []
    return " ".join([*day, *month, parts[0]])


def _is_calendar(parts: list[str]) -> bool:
    return len(parts) == 1 or 1 <= int(parts[1]) <= 12


def month_words(date: str) -> str:
    """The month of an ISO day or month: ``June 2024``."""
    return date_words(date[:7])


def short_date(date: str) -> str:
    """An ISO day or month beside a heading that gives its year: ``3 Sep``, ``Sep``; a year as it is."""
    words = date_words(date).split(" ")
    if words == [date]:
        return date
    return " ".join([*words[:-2], words[-2][:3]])
