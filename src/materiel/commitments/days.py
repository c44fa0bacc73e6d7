"""Days that are only partly known.

A day is a proleptic ordinal (``date.toordinal``). A *span* is the first and the last day on which something may have
happened: ``2024-06-20`` spans one day, ``2024-06`` thirty, and where nobody says, the span reaches back without limit.
A question about time is answered *yes* only where every day of the span answers yes, and *no* only where every day
answers no; otherwise it is *maybe*.
"""

from __future__ import annotations

import calendar
from datetime import date

from materiel.commitments.refusals import DayRefused

Span = tuple[int, int]
"""First and last day, both included."""

FIRST_DAY = date.min.toordinal()
LAST_DAY = date.max.toordinal()
ANY_DAY: Span = (FIRST_DAY, LAST_DAY)

NO, MAYBE, YES = 0, 1, 3
"""Whether something lies in time as asked. 2 is left for what is stated and denied: see :mod:`matching`."""


def span_of(day: str) -> Span:
    """The span of an ISO day, month or year.

    Raises:
        DayRefused: it is none of these, or the calendar has no such day.
    """
    parts = day.split("-")
    shaped = [len(part) for part in parts] == [4, 2, 2][: len(parts)] and all(
        part.isascii() and part.isdigit() for part in parts
    )
    try:
        numbers = [int(part) for part in parts] if shaped else []
        match numbers:
            case [year]:
                return date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
            case [year, month]:
                last = calendar.monthrange(year, month)[1]
                return date(year, month, 1).toordinal(), date(year, month, last).toordinal()
            case [year, month, number]:
                ordinal = date(year, month, number).toordinal()
                return ordinal, ordinal
    except ValueError as error:
        raise DayRefused(f"{day!r} is no day of the calendar. Write a day, month or year that there is.") from error
    raise DayRefused(f"{day!r} is no date. Write a day (2024-06-20), a month (2024-06) or a year (2024).")


def span_or_none(day: str | None) -> Span | None:
    """The same for what a document says, where a text that is no date ("spring") says nothing about the day."""
    try:
        return span_of(day[:10]) if day else None
    except DayRefused:
        return None


def iso(day: int) -> str:
    """The day as ``2024-06-20``."""
    return date.fromordinal(day).isoformat()


def inside(span: Span, window: Span) -> int:
    """Whether a day known as ``span`` lies in a window whose ends are certain: YES, MAYBE or NO."""
    if window[0] <= span[0] and span[1] <= window[1]:
        return YES
    return NO if span[1] < window[0] or span[0] > window[1] else MAYBE


def clipped(day: int) -> int:
    """A day of arithmetic, kept inside the calendar."""
    return min(max(day, FIRST_DAY), LAST_DAY)


def earliest(spans: list[Span]) -> Span:
    """When the first of several things happened that each happened somewhere in its span."""
    return min(first for first, _ in spans), min(last for _, last in spans)


def latest(spans: list[Span]) -> Span:
    """When the last of several things had happened."""
    return max(first for first, _ in spans), max(last for _, last in spans)


def span_words(span: Span) -> str:
    """A span for a sentence: ``2024-06-20``, ``2024-06``, ``2024``, ``by 2024-06-20``, ``between ... and ...``."""
    first, last = date.fromordinal(span[0]), date.fromordinal(span[1])
    if first == last:
        return first.isoformat()
    if span[0] == FIRST_DAY:
        return "on a day not given" if span[1] == LAST_DAY else f"by {last.isoformat()}"
    if span[1] == LAST_DAY:
        return f"since {first.isoformat()}"
    if first.year == last.year and first.day == 1:
        if (first.month, last.month, last.day) == (1, 12, 31):
            return f"{first.year:04}"
        if first.month == last.month and last.day == calendar.monthrange(last.year, last.month)[1]:
            return first.isoformat()[:7]
    return f"between {first.isoformat()} and {last.isoformat()}"
