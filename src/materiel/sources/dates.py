"""Days as newspapers print them, read without a clock: what does not name its year is not a date."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
_MONTH_NAME = "(?:" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + ")"
_MONTH = rf"(?P<month>{_MONTH_NAME})\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"\b{_YEAR}-(?P<month>\d{{1,2}})-(?P<day>\d{{1,2}})(?!\d)",
        rf"\b{_YEAR}[./] ?(?P<month>\d{{1,2}})[./] ?(?P<day>\d{{1,2}})(?!\d)\.?",
        rf"\b{_YEAR}年(?P<month>\d{{1,2}})月(?P<day>\d{{1,2}})日",
        rf"\b{_DAY}\.?(?: of)?[ -]{_MONTH},?[ -]{_YEAR}\b",
        rf"\b{_MONTH} {_DAY},? {_YEAR}\b",
        rf"\b(?P<day>\d{{1,2}})\. ?(?P<month>\d{{1,2}})\. ?{_YEAR}\b",
    )
)
_SLASHED = re.compile(rf"\b(?P<one>\d{{1,2}})/(?P<two>\d{{1,2}})/{_YEAR}\b")
_YEARLESS = re.compile(rf"\b(?:\d{{1,2}}(?:st|nd|rd|th)? {_MONTH_NAME}|{_MONTH_NAME}\.? \d{{1,2}})\b", re.IGNORECASE)
_AROUND = re.compile(
    r"\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?,?"
    r"|\b\d{1,2}[:.h]\d{2}(?::\d{2})?\b|\b\d{1,2} ?(?:[ap]\.?m\b\.?)|\b[ap]\.?m\b\.?"
    r"|\b(?:GMT|UTC|BST|CET|CEST|EST|EDT|ET|PST|PDT|KST|JST|PKT|IST|MSK|EET|EEST)\b(?:[+-]\d+)?"
    r"|\b(?:first )?(?:posted|published|updated|last (?:modified|updated)|modified)\b(?: on| at)?:?"
    r"|\b\d+ min(?:ute)?s? read\b|\bcomments? ?\(\d+\)|\b\d+ comments?\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class PrintedDay:
    """A day found in a text: ISO, and the offsets of the words that name it."""

    day: str
    start: int
    end: int


def find_days(text: str) -> Iterator[PrintedDay]:
    """The days that a text names with their year, in order.

    A slashed date whose day and month could be exchanged is left out: which is which depends on who wrote it.
    """
    found = [printed for form in _FORMS for match in form.finditer(text) if (printed := _printed(match))]
    found += [printed for match in _SLASHED.finditer(text) if (printed := _unslashed(match))]
    return iter(sorted(found, key=lambda printed: (printed.start, -printed.end)))


def without_days(text: str) -> str:
    """The text without its days, weekdays, times and the words that go with them: what a date line holds besides."""
    for printed in sorted(find_days(text), key=lambda printed: -printed.start):
        text = text[: printed.start] + " " + text[printed.end :]
    return _AROUND.sub(" ", _YEARLESS.sub(" ", _SLASHED.sub(" ", text)))


def names_a_day(text: str) -> bool:
    """Whether a text names a day, with its year or without."""
    return any(form.search(text) for form in (*_FORMS, _SLASHED, _YEARLESS))


def _printed(match: re.Match[str]) -> PrintedDay | None:
    month = match["month"]
    number = _MONTHS[month.lower()] if month.lower() in _MONTHS else int(month)
    return _checked(int(match["year"]), number, int(match["day"]), match)


def _unslashed(match: re.Match[str]) -> PrintedDay | None:
    one, two = int(match["one"]), int(match["two"])
    if one > 12 or one == two:
        return _checked(int(match["year"]), two, one, match)
    return _checked(int(match["year"]), one, two, match) if two > 12 else None


def _checked(year: int, month: int, day: int, match: re.Match[str]) -> PrintedDay | None:
    try:
        return PrintedDay(date(year, month, day).isoformat(), match.start(), match.end())
    except ValueError:  # the 31st of June is a misprint, not a day
        return None
