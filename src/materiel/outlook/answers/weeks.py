"""Days and weeks of a scenario. What commitments come to in week t is dated its second day (docs/model.md)."""

from __future__ import annotations

from datetime import date, timedelta

TURNS_ON = 1
"""Days from the first day of a week to the day on which its turns of commitments are dated."""


def day_of(start: date, week: int) -> date:
    """The first day of a week."""
    return start + timedelta(days=7 * week)


def turn_day(start: date, week: int) -> date:
    """The day on which the turns of a week are dated."""
    return day_of(start, week) + timedelta(days=TURNS_ON)


def last_week_by(start: date, day: date) -> int:
    """The last week whose turns are dated by a day; -1 where none is."""
    return max(-1, ((day - start).days - TURNS_ON) // 7)
