"""Actors, materiel, numbers and dates inside an English sentence."""

from __future__ import annotations

from collections.abc import Sequence

from materiel.commitments.tree import Figure, Named, Names
from materiel.terms.actors import actor_name
from materiel.terms.materiel import materiel_classes

_WITH_ARTICLE = frozenset(
    (
        "ARE",
        "BHS",
        "CAF",
        "COD",
        "COM",
        "CZR",
        "DDR",
        "DOM",
        "EU",
        "GBR",
        "GMB",
        "MDV",
        "MHL",
        "NLD",
        "PHL",
        "SLB",
        "SUN",
        "UN",
        "USA",
        "YUG",
        "G7",
    )
)
"""Codes whose names take the article inside a sentence: "to the United States"."""
_CURRENCIES = {"USD": "US dollars", "EUR": "euros", "GBP": "pounds", "KRW": "won", "PLN": "zlotys", "JPY": "yen"}
_SCALES = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def actor_words(code: str) -> str:
    name = actor_name(code)
    return f"the {name}" if code in _WITH_ARTICLE and not name.lower().startswith("the ") else name


def actors_words(names: Names, anyone: str) -> str:
    """A set of actors: "Russia or North Korea"; ``anyone`` for whoever it is."""
    return anyone if names is None else joined([actor_words(name) for name in names], "or")


def materiel_words(classes: Names, last: str = "or") -> str:
    """Classes of materiel: "precision weapons or missiles"."""
    if classes is None:
        return "materiel"
    return joined([_label(name) for name in classes], last)


def joined(parts: Sequence[str], last: str) -> str:
    """``a, b and c``."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} {last} {parts[-1]}"


def number_words(number: Figure) -> str:
    """``14 billion``, ``500,000``, ``0.6``; ``$name`` for what a scenario names."""
    if isinstance(number, Named):
        return f"${number.name}"
    for size, name in _SCALES:
        if abs(number) >= size:
            return f"{_plain(number / size)} {name}"
    return _plain(number)


def money_words(number: Figure, currency: str) -> str:
    return f"{number_words(number)} {_CURRENCIES.get(currency, currency)}"


def date_words(day: str) -> str:
    """``20 June 2024``, ``June 2024``, ``2024``."""
    year, *rest = day.split("-")
    return " ".join(
        [*(str(int(number)) for number in rest[1:]), *(_MONTHS[int(number) - 1] for number in rest[:1]), year]
    )


def days_words(days: int) -> str:
    return "day" if days == 1 else f"{days:,} days"


def possessive(name: str) -> str:
    return f"{name}'" if name.endswith("s") else f"{name}'s"


def _plain(number: float) -> str:
    return f"{number:,.0f}" if number == round(number) else f"{number:,.6f}".rstrip("0").rstrip(".")


def _label(name: str) -> str:
    """A table's label made fit for a sentence."""
    known = materiel_classes().get(name)
    label = known.label.partition(" (")[0] if known else name
    return f"{label.removeprefix('other ')} of other kinds" if label.startswith("other ") else label
