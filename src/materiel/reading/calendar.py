"""Dates as the text gives them, against the date of publication.

Dates are ISO days, months or years, whichever the text supports. Without a publication date only absolute dates are found.
"""

from __future__ import annotations

import calendar as months
import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass

_MONTHS = {name.lower(): number for number, name in enumerate(months.month_name) if name}
_MONTHS |= {name.lower(): number for number, name in enumerate(months.month_abbr) if name} | {"sept": 9}
_DAYS = {name.lower(): number for number, name in enumerate(months.day_name)}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DAY = "|".join(_DAYS)
_SEASONS = {"spring": None, "summer": None, "autumn": None, "fall": None, "winter": None}


@dataclass(frozen=True, slots=True)
class When:
    """A date at ``text[start:end]``."""

    start: int
    end: int
    date: str


Rule = Callable[[re.Match[str], datetime.date | None], str | None]


def find_dates(text: str, published_on: str | None) -> list[When]:
    """Every date in the text, in order, without overlap; the first rule that fits a place wins."""
    published = datetime.date.fromisoformat(published_on) if published_on and len(published_on) == 10 else None
    taken: list[When] = []
    for pattern, rule in _RULES:
        for match in pattern.finditer(text):
            if any(match.start() < when.end and when.start < match.end() for when in taken):
                continue
            date = rule(match, published)
            if date:
                taken.append(When(match.start(), match.end(), date))
    return sorted(taken, key=lambda when: when.start)


def _day_month(match: re.Match[str], published: datetime.date | None) -> str | None:
    day, month = int(match["day"]), _MONTHS[match["month"].lower().rstrip(".")]
    year = match["year"]
    if year:
        return _iso(int(year), month, day)
    if not published:
        return None
    date = _iso(published.year, month, day)
    if date and date > (published + datetime.timedelta(days=45)).isoformat():
        return _iso(published.year - 1, month, day)
    return date


def _month_year(match: re.Match[str], published: datetime.date | None) -> str | None:
    month = _MONTHS[match["month"].lower().rstrip(".")]
    return f"{match['year']}-{month:02}"


def _month(match: re.Match[str], published: datetime.date | None) -> str | None:
    if not published:
        return None
    month = _MONTHS[match["month"].lower().rstrip(".")]
    lead = match["lead"].lower()
    year = published.year
    if "last" in lead and month >= published.month:
        year -= 1
    elif "next" in lead:
        year += month <= published.month
    elif month > published.month and lead.split()[0] in {"in", "since", "last"}:
        year -= 1
    elif month < published.month and lead.split()[0] in {"by", "until", "from"}:
        year += 1
    return f"{year}-{month:02}"


def _year(match: re.Match[str], published: datetime.date | None) -> str | None:
    return match["year"]


def _weekday(match: re.Match[str], published: datetime.date | None) -> str | None:
    if not published:
        return None
    wanted = _DAYS[match["weekday"].lower()]
    if (match["lead"] or "").lower().startswith("next"):
        return (published + datetime.timedelta(days=(wanted - published.weekday() - 1) % 7 + 1)).isoformat()
    return (published - datetime.timedelta(days=(published.weekday() - wanted) % 7)).isoformat()


def _relative(match: re.Match[str], published: datetime.date | None) -> str | None:
    if not published:
        return None
    lead, unit = match["lead"].lower(), match["unit"].lower()
    step = {"last": -1, "this": 0, "next": 1, "current": 0, "previous": -1, "past": -1, "coming": 1, "earlier this": 0}[
        lead
    ]
    if unit == "year" or unit in _SEASONS:
        return str(published.year + (step if unit == "year" else (-1 if lead == "last" and published.month < 6 else 0)))
    if unit == "month":
        first = published.replace(day=1)
        other = (
            first
            if step == 0
            else (first - datetime.timedelta(days=1) if step < 0 else first + datetime.timedelta(days=32))
        )
        return f"{other.year}-{other.month:02}"
    return None


def _ago(match: re.Match[str], published: datetime.date | None) -> str | None:
    if not published:
        return None
    count = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "ten": 10}.get(
        match["count"].lower()
    )
    count = count if count is not None else int(match["count"]) if match["count"].isdigit() else None
    if count is None:
        return None
    if match["unit"].lower() == "year":
        return str(published.year - count)
    if match["unit"].lower() == "month":
        months_back = published.year * 12 + published.month - 1 - count
        return f"{months_back // 12}-{months_back % 12 + 1:02}"
    return None


def _spoken_day(match: re.Match[str], published: datetime.date | None) -> str | None:
    if not published:
        return None
    step = {"today": 0, "yesterday": -1, "tonight": 0, "tomorrow": 1}[match["word"].lower()]
    return (published + datetime.timedelta(days=step)).isoformat()


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return None


_YEAR4 = r"(?P<year>(?:19|20)\d\d)"
_RULES: list[tuple[re.Pattern[str], Rule]] = [
    (re.compile(rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?P<month>{_MONTH})\b\.?(?:,? {_YEAR4})?\b", re.IGNORECASE), _day_month),
    (re.compile(rf"\b(?P<month>{_MONTH})\b\.? (?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?!\d)(?:,? {_YEAR4})?", re.IGNORECASE), _day_month),
    (re.compile(rf"\b(?P<month>{_MONTH})\b\.?,? (?:of )?{_YEAR4}\b", re.IGNORECASE), _month_year),
    (re.compile(rf"\b(?P<lead>(?:in|since|last|by|until|from|next|this)(?: (?:early|mid|late|last|next))?)[ -](?P<month>{_MONTH})\b", re.IGNORECASE), _month),
    (re.compile(rf"\b(?:in|since|by|of|during|until|from|for|end of|early|late|mid)[ -]{_YEAR4}\b", re.IGNORECASE), _year),
    (re.compile(rf"\b(?P<lead>on|last|next|this|by)? ?(?P<weekday>{_DAY})\b", re.IGNORECASE), _weekday),
    (re.compile(r"\b(?P<lead>earlier this|last|this|next|current|previous|past|coming) (?P<unit>year|month|spring|summer|autumn|fall|winter)\b", re.IGNORECASE), _relative),
    (re.compile(r"\b(?P<count>\w+) (?P<unit>year|month)s? (?:ago|earlier)\b", re.IGNORECASE), _ago),
    (re.compile(r"\b(?P<word>today|yesterday|tonight|tomorrow)\b", re.IGNORECASE), _spoken_day),
]  # fmt: skip
