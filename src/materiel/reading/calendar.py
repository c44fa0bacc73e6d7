"""Dates as the text gives them, against the date of publication.

Dates are ISO days, months or years, whichever the text supports. Without a publication date only absolute dates are
found.
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
_SEASONS = ("spring", "summer", "autumn", "fall", "winter")
_STEPS = {"earlier this": 0, "last": -1, "this": 0, "next": 1, "current": 0, "previous": -1, "past": -1, "coming": 1}
"""How far from the month or year of publication a word leads."""
_COUNTS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "ten": 10}


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
    lowered = text.lower()
    taken: list[When] = []
    for hints, pattern, rule in _RULES:
        if not any(hint in lowered for hint in hints):
            continue
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
    if unit == "year":
        return str(published.year + _STEPS[lead])
    if unit == "month":
        return _month_after(published, _STEPS[lead])
    # A season: "last summer" said before June is the one of the year before.
    return str(published.year - (lead == "last" and published.month < 6))


_LONGEST_AGO = 150
"""Years or months further back than this are no dates of arms supply."""


def _ago(match: re.Match[str], published: datetime.date | None) -> str | None:
    if not published:
        return None
    written = match["count"].lower()
    count = int(written) if written.isdecimal() else _COUNTS.get(written)
    if count is None or count > _LONGEST_AGO:
        return None
    return str(published.year - count) if match["unit"].lower() == "year" else _month_after(published, -count)


def _month_after(published: datetime.date, step: int) -> str:
    """The month so many months after (before, where negative) the day's own."""
    months_since_zero = published.year * 12 + published.month - 1 + step
    return f"{months_since_zero // 12}-{months_since_zero % 12 + 1:02}"


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
_ORDINAL_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_LEADS = r"(?P<lead>(?:in|since|last|by|until|from|next|this)(?: (?:early|mid|late|last|next))?)"
_MONTH_HINTS = tuple(dict.fromkeys(name[:3] for name in _MONTHS))
_RULES: list[tuple[tuple[str, ...], re.Pattern[str], Rule]] = [
    (hints, re.compile(pattern, re.IGNORECASE), rule)
    for hints, pattern, rule in (
        (_MONTH_HINTS, rf"\b{_ORDINAL_DAY} (?P<month>{_MONTH})\b\.?(?:,? {_YEAR4})?\b", _day_month),
        (_MONTH_HINTS, rf"\b(?P<month>{_MONTH})\b\.? {_ORDINAL_DAY}\b(?!\d)(?:,? {_YEAR4})?", _day_month),
        (_MONTH_HINTS, rf"\b(?P<month>{_MONTH})\b\.?,? (?:of )?{_YEAR4}\b", _month_year),
        (_MONTH_HINTS, rf"\b{_LEADS}[ -](?P<month>{_MONTH})\b", _month),
        (
            ("19", "20"),
            rf"\b(?:in|since|by|of|during|until|from|for|end of|early|late|mid)[ -]{_YEAR4}\b",
            _year,
        ),
        (("day",), rf"\b(?P<lead>on|last|next|this|by)? ?(?P<weekday>{_DAY})\b", _weekday),
        (
            ("year", "month", *_SEASONS),
            rf"\b(?P<lead>{'|'.join(_STEPS)}) (?P<unit>year|month|{'|'.join(_SEASONS)})\b",
            _relative,
        ),
        (("ago", "earlier"), r"\b(?P<count>\w+) (?P<unit>year|month)s? (?:ago|earlier)\b", _ago),
        (("today", "yesterday", "tonight", "tomorrow"), r"\b(?P<word>today|yesterday|tonight|tomorrow)\b", _spoken_day),
    )
]
"""In the order of precedence: a place that one rule has read is not read by a later one. A rule is tried only on texts
that hold one of its hints, which are sought faster than patterns."""
