"""Numbers of a draft: what sources tell, with their entries, as a value or as a range; or a blank."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from materiel.commitments.figures import HOLDERS
from materiel.outlook.drafting.naming import PEOPLE, PIECES, Names
from materiel.outlook.drafting.told import Figure, Told
from materiel.outlook.scenario.numbers import Number, Spread
from materiel.terms.materiel import materiel_classes
from materiel.terms.statements import MeasureName

_PERIODS = {
    "day": "day",
    "daily": "day",
    "week": "week",
    "weekly": "week",
    "month": "month",
    "monthly": "month",
    "year": "year",
    "yearly": "year",
    "annual": "year",
    "annually": "year",
}
_CURRENCY = re.compile(r"[A-Z]{3}")
_NOUN = re.compile(r"[A-Za-z][A-Za-z -]*")
_PEOPLE = frozenset(("people", "men", "soldiers", "troops", "personnel", "workers", "staff"))


@dataclass(frozen=True, slots=True)
class Measured:
    """A named number of the draft, made of the figures of one thing.

    Attributes:
        materiel: the class whose pieces it counts; None where it counts something else.
        is_rate: by the day, week, month or year.
    """

    name: str
    number: Number
    subject: str
    measure: MeasureName
    materiel: str | None
    is_rate: bool


def blank(asked: str, unit: str) -> Number:
    """What no source gives, and somebody has to say."""
    return Number(blank=asked, unit=unit)


def counted(told: Iterable[Told]) -> tuple[Told, ...]:
    """Of some quantities those that count items, and not what holds or weighs them."""
    return tuple(each for each in told if each.unit.casefold() not in HOLDERS)


def number(told: Sequence[Told], unit: str) -> Number:
    """Figures of one thing as one number: a value where they agree, else the range in which all of them lie."""
    low, high = min(each.value for each in told), max(each.value for each in told)
    evidence = tuple(sorted({each.entry for each in told}))
    if low == high:
        return Number(value=low, unit=unit, evidence=evidence)
    return Number(spread=Spread(shape="uniform", low=low, high=high), unit=unit, evidence=evidence)


def told_words(told: Iterable[Told]) -> str:
    """``11,000 containers (tr-1cace54b); 13,000 containers (tr-1cace54b)``."""
    return "; ".join(f"{each.value:,.15g} {each.unit or 'items'} ({each.entry})" for each in told)


def measured(figures: Iterable[Figure], names: Names) -> tuple[Measured, ...]:
    """The figures of the record as named numbers, those of one thing as one, sorted by what they are of."""
    groups: dict[tuple[str, MeasureName, str, str, str], list[Figure]] = defaultdict(list)
    for figure in figures:
        when = figure.period or "" if not _period_of(figure) else ""
        groups[figure.subject, figure.measure, _class_of(figure) or "", when, _unit_of(figure)].append(figure)
    found = []
    for (subject, measure, materiel, when, unit), members in sorted(groups.items()):
        name = names.give(*dict.fromkeys((subject, measure, materiel, when)))
        value = number([each.told for each in members], unit)
        found.append(Measured(name, value, subject, measure, materiel or None, " per " in unit))
    return tuple(found)


def _unit_of(figure: Figure) -> str:
    """The unit in a draft: money as it is, items of a class as pieces, anything else by its noun; by the period."""
    said = figure.told.unit.strip()
    if _CURRENCY.fullmatch(said):
        # What was sold in a year is an amount: the year says when, and is no rate.
        return said
    if said.casefold() in {"percent", "%", "per cent"}:
        return "percent"
    noun = PIECES
    if _class_of(figure) == "personnel":
        noun = PEOPLE
    elif not _class_of(figure) and said.casefold() not in {"", "items"} and _NOUN.fullmatch(said):
        noun = said
    period = _period_of(figure)
    return f"{noun} per {period}" if period else noun


def _period_of(figure: Figure) -> str | None:
    """What a figure is counted by: day, week, month or year; None for what is no rate."""
    words = re.findall(r"[a-z]+", (figure.period or "").casefold())
    return next((_PERIODS[word] for word in words if word in _PERIODS), None)


def _class_of(figure: Figure) -> str | None:
    """The class that the counted noun names, such as artillery.ammunition for shells; None where it names none."""
    noun = figure.told.unit.casefold()
    if noun in _PEOPLE or figure.measure is MeasureName.PERSONNEL:
        return "personnel"
    nouns = {noun, noun.removesuffix("s")}
    found = [name for name, materiel in materiel_classes().items() if nouns & set(materiel.terms)]
    return found[0] if len(found) == 1 else None
