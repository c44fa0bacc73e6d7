"""The outlook as a page of its own, and as a section of the briefing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from markupsafe import Markup

from materiel.outlook.answers.outlook import Outlook
from materiel.report import outlook_bars, outlook_fans, outlook_ladder
from materiel.report.outlook_bars import box_marks, compared_panels, needed_marks, tornado_of
from materiel.report.outlook_fans import fan_groups
from materiel.report.outlook_ladder import draw_chance_ladders
from materiel.report.outlook_names import Names
from materiel.report.outlook_rows import ChanceRow, WaitRow, policy_name
from materiel.report.outlook_story import story_head
from materiel.report.outlook_told import tell_outlook
from materiel.report.pages import csp_hash, environment, template_text
from materiel.report.standings import Ladder, Link


@dataclass(frozen=True)
class OutlookShown:
    """An outlook with what its figures need beside it.

    Attributes:
        ladders: what follows from one event, as on the board.
        links: between the commitments of the ladders.
        ranges: of each uncertain number, as it is drawn.
        unfounded: a sentence for each entry that is named as evidence and that the dossier beside it does not have.
    """

    outlook: Outlook
    ladders: tuple[Ladder, ...]
    links: tuple[Link, ...]
    ranges: Mapping[str, tuple[float, float]]
    unfounded: tuple[str, ...] = ()


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
    told = tell_outlook(outlook)
    return {
        "outlook": outlook,
        "told": told,
        "unfounded": shown.unfounded,
        "policy_about": {policy_name(name): policy.about for name, policy in outlook.scenario.policies.items()},
        "commitment_rows": _by_commitment(told.chances),
        "chance_ladders": draw_chance_ladders(outlook, names, shown.ladders, shown.links),
        "chance_geometry": outlook_ladder,
        "fans": fan_groups(outlook, names),
        "fan_geometry": outlook_fans,
        "panels": tuple(compared_panels(outlook, names)),
        "bars": outlook_bars,
        "tornado": tornado_of(outlook, names),
        "box": box_marks(outlook, names, shown.ranges),
        "needed": needed_marks(outlook.needed, names) if outlook.needed else (),
        "story_head": story_head(outlook.story, names) if outlook.story else "",
        "waits": _by_name(told.waits, told.policies),
        "tallies": tuple(tuple(rows) for _, rows in groupby(told.tallies, key=lambda row: row.name)),
    }


@dataclass(frozen=True)
class WaitCells:
    """One thing that comes: a cell for each policy, None where it comes in no member."""

    title: str
    cells: tuple[WaitRow | None, ...]


def _by_name(rows: tuple[WaitRow, ...], policies: tuple[str, ...]) -> tuple[WaitCells, ...]:
    found = []
    for _, some in groupby(rows, key=lambda row: row.name):
        by_policy = {row.policy: row for row in some}
        title = next(iter(by_policy.values())).title
        found.append(WaitCells(title, tuple(by_policy.get(policy) for policy in policies)))
    return tuple(found)


def _by_commitment(rows: tuple[ChanceRow, ...]) -> tuple[tuple[ChanceRow, tuple[tuple[ChanceRow, ...], ...]], ...]:
    """For each commitment its first row, and its states with a row for each policy."""
    found: dict[str, dict[str, list[ChanceRow]]] = {}
    for row in rows:
        found.setdefault(row.commitment, {}).setdefault(row.state, []).append(row)
    return tuple(
        (next(iter(states.values()))[0], tuple(tuple(state) for state in states.values())) for states in found.values()
    )
