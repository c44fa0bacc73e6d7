"""The outlook as a page of its own, and as a section of the briefing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from markupsafe import Markup

from materiel.outlook.answers.outlook import Outlook
from materiel.report import outlook_bars, outlook_fans, outlook_ladder
from materiel.report.names import joined, opened
from materiel.report.outlook_bars import (
    box_marks,
    compared_panels,
    discovery_words,
    needed_marks,
    needed_words,
    tornado_of,
)
from materiel.report.outlook_fans import fan_groups, other_policies
from materiel.report.outlook_ladder import draw_chance_ladders
from materiel.report.outlook_names import Names
from materiel.report.outlook_rows import (
    ChanceRow,
    TallyRow,
    WaitRow,
    chance_rows,
    failed_words,
    percent,
    policy_name,
    tally_rows,
    wait_rows,
)
from materiel.report.outlook_story import story_head, story_weeks
from materiel.report.pages import csp_hash, environment, template_text
from materiel.report.standings import Ladder, Link

Row = TypeVar("Row", WaitRow, TallyRow)


@dataclass(frozen=True)
class OutlookShown:
    """An outlook with what its figures need beside it.

    Attributes:
        ladders: what follows from one event, as on the board.
        links: between the commitments of the ladders.
        ranges: of each uncertain number, as it is drawn.
    """

    outlook: Outlook
    ladders: tuple[Ladder, ...]
    links: tuple[Link, ...]
    ranges: Mapping[str, tuple[float, float]]


def render_outlook(shown: OutlookShown) -> str:
    """The outlook as one self-contained HTML page: no network, no fonts, no script.

    The same outlook gives the same bytes.
    """
    style = template_text("style.css") + template_text("outlook.css")
    page = environment().get_template("outlook_page.html.j2")
    return page.render(
        style=Markup(style),  # noqa: S704 - our own files
        style_hash=csp_hash(style),
        **outlook_parts(shown),
    )


def outlook_parts(shown: OutlookShown) -> dict[str, Any]:
    """What the template of the section asks for."""
    outlook = shown.outlook
    names = Names(outlook.scenario)
    return {
        "outlook": outlook,
        "names": names,
        "title": opened(outlook.scenario.name.replace("-", " ").replace("_", " ")),
        "policies": tuple(policy_name(view.policy) for view in outlook.views),
        "policy_about": {policy_name(name): policy.about for name, policy in outlook.scenario.policies.items()},
        "commitment_rows": _by_commitment(chance_rows(outlook, names)),
        "failures": _failures(outlook),
        "waits": _side_by_side([tuple(wait_rows(view, names)) for view in outlook.views]),
        "tallies": _side_by_side([tuple(tally_rows(view, names)) for view in outlook.views]),
        "ladders": draw_chance_ladders(outlook, names, shown.ladders, shown.links),
        "ladder_geometry": outlook_ladder,
        "fans": fan_groups(outlook, names),
        "fan_geometry": outlook_fans,
        "other_policies": other_policies(outlook),
        "panels": tuple(compared_panels(outlook, names)),
        "bars": outlook_bars,
        "tornado": tornado_of(outlook, names),
        "box": box_marks(outlook, names, shown.ranges),
        "discovery_words": discovery_words(outlook.discovery, names) if outlook.discovery else "",
        "needed": needed_marks(outlook.needed, names) if outlook.needed else (),
        "nowhere": _elsewhere(outlook, names),
        "story_head": story_head(outlook.story, names) if outlook.story else "",
        "story": tuple(story_weeks(outlook.story, names)) if outlook.story else (),
        "share_lines": share_lines(outlook),
        "percent": percent,
    }


def _side_by_side(rows: Sequence[tuple[Row, ...]]) -> tuple[Row, ...]:
    """Rows of several policies, those about one thing together, in the order in which the first policies have them."""
    listed = [row for policy in rows for row in policy]
    order = list(dict.fromkeys(row.name for row in listed))
    return tuple(sorted(listed, key=lambda row: order.index(row.name)))


def _failures(outlook: Outlook) -> tuple[tuple[str, str], ...]:
    """What is to be said of failed members, with the policies under which it is so."""
    found: dict[str, list[str]] = {}
    for view in outlook.views:
        if words := failed_words(view):
            found.setdefault(words, []).append(policy_name(view.policy))
    every = [policy_name(view.policy) for view in outlook.views]
    return tuple(
        ("under every policy" if policies == every else joined(policies), words) for words, policies in found.items()
    )


def _by_commitment(rows: tuple[ChanceRow, ...]) -> tuple[tuple[ChanceRow, tuple[tuple[ChanceRow, ...], ...]], ...]:
    """For each commitment its first row, and its states with a row for each policy."""
    found: dict[str, dict[str, list[ChanceRow]]] = {}
    for row in rows:
        found.setdefault(row.commitment, {}).setdefault(row.state, []).append(row)
    return tuple(
        (next(iter(states.values()))[0], tuple(tuple(state) for state in states.values())) for states in found.values()
    )


def _elsewhere(outlook: Outlook, names: Names) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Numbers whose range has no threshold in it: what is said of them, and their names."""
    found: dict[str, list[str]] = {}
    for one in outlook.needed.numbers if outlook.needed else ():
        if not one.stretches or one.is_everywhere:
            found.setdefault(needed_words(one, names), []).append(one.name)
    return tuple((words, tuple(listed)) for words, listed in found.items())


def share_lines(outlook: Outlook) -> tuple[str, ...]:
    """Where the numbers come from, one line for each way to count."""
    return tuple(outlook.shares.lines)
