"""Dates that are only partly known, and groups of reports that are close in time."""

from __future__ import annotations

import calendar
from collections.abc import Callable, Sequence
from datetime import date
from typing import TypeVar

Item = TypeVar("Item")


def span(day: str | None) -> tuple[int, int] | None:
    """First and last day (proleptic ordinals) of an ISO day, month or year; None where it is no date."""
    if not day:
        return None
    try:
        numbers = [int(part) for part in day[:10].split("-")]
        match numbers:
            case [year]:
                return date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
            case [year, month]:
                last = calendar.monthrange(year, month)[1]
                return date(year, month, 1).toordinal(), date(year, month, last).toordinal()
            case [year, month, number]:
                ordinal = date(year, month, number).toordinal()
                return ordinal, ordinal
    except ValueError:  # a reader's "2024-06-31" or "spring" is no date; the document's own day then stands for it
        return None
    return None


def are_apart(first: str | None, second: str | None, days: int) -> bool:
    """Whether both dates are known and more than some days lie between them."""
    one, other = span(first), span(second)
    return one is not None and other is not None and max(one[0] - other[1], other[0] - one[1]) > days


def group_by_time(
    items: Sequence[Item], span_of: Callable[[Item], tuple[int, int] | None], *, gap_days: int
) -> list[list[Item]]:
    """Groups such that between one group and the next lie more than ``gap_days`` of which nobody speaks.

    What has no date joins the only group; where there are several it stands apart, for nothing says where it belongs.
    The result depends on the items alone, not on their order, up to the order inside a group.
    """
    dated = sorted(((reach, item) for item in items if (reach := span_of(item)) is not None), key=lambda pair: pair[0])
    undated = [item for item in items if span_of(item) is None]
    groups: list[list[Item]] = []
    latest = 0
    for reach, item in dated:
        if groups and reach[0] - latest <= gap_days:
            groups[-1].append(item)
            latest = max(latest, reach[1])
        else:
            groups.append([item])
            latest = reach[1]
    if not undated:
        return groups
    if len(groups) == 1:
        groups[0].extend(undated)
    else:
        groups.append(undated)
    return groups
