"""An outlook in rows of words, all at once: what the command prints, and what the page shows between its figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from materiel.outlook.answers.outlook import Outlook
from materiel.report.figures import counted
from materiel.report.names import joined, opened
from materiel.report.outlook_bars import discovery_words, limit_words, needed_words
from materiel.report.outlook_names import Names
from materiel.report.outlook_rows import (
    ChanceRow,
    ComparedRow,
    DriverRow,
    TallyRow,
    WaitRow,
    chance_rows,
    compared_rows,
    driver_rows,
    failed_words,
    percent,
    policy_name,
    tally_rows,
    wait_rows,
)
from materiel.report.outlook_story import StoryWeek, story_weeks

MOST_NAMES = 12
Row = TypeVar("Row", WaitRow, TallyRow)


@dataclass(frozen=True, slots=True)
class Line:
    """A number, what is said of it, and where it comes from."""

    name: str
    words: str
    why: str


@dataclass(frozen=True)
class OutlookTold:
    """An outlook in words.

    Attributes:
        title: of the scenario.
        policies: in their order.
        failures: what is to be said of failed members, with the policies under which it is so.
        luck: the share of variance that is luck alone, in words; "" where nobody asked.
        box: the sentence of the discovery; "" where nobody asked.
        limits: of the box.
        needed: the numbers that bring the outcome to the level somewhere in their range, but not everywhere.
        nowhere: what is said of the others, and their names, the first few.
        basis: where the numbers of the scenario come from.
    """

    title: str
    policies: tuple[str, ...]
    failures: tuple[tuple[str, str], ...]
    chances: tuple[ChanceRow, ...]
    waits: tuple[WaitRow, ...]
    tallies: tuple[TallyRow, ...]
    compared: tuple[ComparedRow, ...]
    drivers: tuple[DriverRow, ...]
    luck: str
    box: str
    limits: tuple[Line, ...]
    needed_head: str
    needed: tuple[Line, ...]
    nowhere: tuple[tuple[str, tuple[str, ...]], ...]
    story: tuple[StoryWeek, ...]
    basis: tuple[str, ...]


def tell_outlook(outlook: Outlook) -> OutlookTold:
    """An outlook in words."""
    names = Names(outlook.scenario)
    found, needed = outlook.discovery, outlook.needed
    return OutlookTold(
        title=scenario_title(outlook),
        policies=tuple(policy_name(view.policy) for view in outlook.views),
        failures=_failures(outlook),
        chances=chance_rows(outlook, names),
        waits=_side_by_side([tuple(wait_rows(view, names)) for view in outlook.views]),
        tallies=_side_by_side([tuple(tally_rows(view, names)) for view in outlook.views]),
        compared=tuple(compared_rows(outlook, names)),
        drivers=tuple(driver_rows(outlook.sensitivity.drivers, names)) if outlook.sensitivity else (),
        luck=_luck(outlook),
        box=discovery_words(found, names) if found else "",
        limits=tuple(Line(one.name, limit_words(one, names), names.why(one.name)) for one in found.limits)
        if found
        else (),
        needed_head=_needed_head(outlook),
        needed=tuple(
            Line(one.name, needed_words(one, names), names.why(one.name))
            for one in needed.numbers
            if one.stretches and not one.is_everywhere
        )
        if needed
        else (),
        nowhere=_nowhere(outlook, names),
        story=tuple(story_weeks(outlook.story, names)) if outlook.story else (),
        basis=outlook.shares.lines,
    )


def scenario_title(outlook: Outlook) -> str:
    return opened(outlook.scenario.name.replace("-", " ").replace("_", " "))


def _failures(outlook: Outlook) -> tuple[tuple[str, str], ...]:
    found: dict[str, list[str]] = {}
    for view in outlook.views:
        if words := failed_words(view):
            found.setdefault(words, []).append(policy_name(view.policy))
    every = [policy_name(view.policy) for view in outlook.views]
    return tuple(
        ("under every policy" if policies == every else joined(policies), words) for words, policies in found.items()
    )


def _side_by_side(rows: Sequence[tuple[Row, ...]]) -> tuple[Row, ...]:
    """Rows of several policies, those about one thing together, in the order in which the first policies have them."""
    listed = [row for policy in rows for row in policy]
    order = list(dict.fromkeys(row.name for row in listed))
    return tuple(sorted(listed, key=lambda row: order.index(row.name)))


def _luck(outlook: Outlook) -> str:
    found = outlook.sensitivity
    if found is None:
        return ""
    if not found.base:
        return "In every base sample a run failed, so nothing can be said."
    if found.luck is None:
        return "It comes out the same in every run: nothing drives it."
    return (
        f"Luck alone (what hazards, chances and facts come to): {found.luck.value:.2f} ± {found.luck.half:.2f} of the "
        "variance."
    )


def _needed_head(outlook: Outlook) -> str:
    found = outlook.needed
    if found is None:
        return ""
    members = counted(found.as_drawn.members, "member", "members")
    does = "keeps it at" if found.as_drawn.share >= found.level else "brings it to"
    return (
        f"With every number as drawn it comes about in {percent(found.as_drawn.share)} of {members}. Where one number, "
        f"by itself and with all others as drawn, {does} {percent(found.level)} or more:"
    )


def _nowhere(outlook: Outlook, names: Names) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Numbers whose range has no threshold in it: what is said of them, and their names."""
    found: dict[str, list[str]] = {}
    for one in outlook.needed.numbers if outlook.needed else ():
        if not one.stretches or one.is_everywhere:
            found.setdefault(needed_words(one, names), []).append(one.name)
    if outlook.needed and outlook.needed.passed_over:
        found["not looked at, for the ensemble shows no difference near this share"] = list(outlook.needed.passed_over)
    return tuple((words, _few(listed)) for words, listed in found.items())


def _few(names: Sequence[str]) -> tuple[str, ...]:
    return (*names[:MOST_NAMES], *([f"and {len(names) - MOST_NAMES} more"] if len(names) > MOST_NAMES else []))
