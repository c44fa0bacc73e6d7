"""From a briefing to one HTML file that needs nothing else: no network, no fonts, no script."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from materiel.report import descent, ladder, network
from materiel.report.attribution import speaker_words
from materiel.report.briefing import Briefing
from materiel.report.figures import count_words, counted, date_words
from materiel.report.findings import headline_findings
from materiel.report.names import opened, sentence
from materiel.report.rows import KINDS, cards, families, register_rows
from materiel.report.standings import evidence_words
from materiel.report.statuses import LABELS, SHORT
from materiel.report.timeline import timeline

TEMPLATES = Path(__file__).parent / "templates"


def render_briefing(briefing: Briefing) -> str:
    """The briefing as one self-contained HTML page.

    The same briefing gives the same bytes, in whatever order its entries and documents come: there is no clock in
    it but the newest day of publication. Everything that comes from articles is escaped, and a content security
    policy lets nothing run or load but the page's own style and script.
    """
    rows = register_rows(briefing)
    flows = network.flows_of(briefing.entries)
    board = briefing.board
    style, script = _asset("style.css"), _asset("behaviour.js")
    page = _environment().get_template("briefing.html.j2")
    return page.render(
        briefing=briefing,
        style=Markup(style),  # noqa: S704 - our own file
        script=Markup(script),  # noqa: S704 - our own file
        style_hash=_csp_hash(style),
        script_hash=_csp_hash(script),
        findings=headline_findings(briefing),
        cards=cards(rows),
        rows=rows,
        kinds={kind: label for kind, label in KINDS.items() if any(row.entry.kind == kind for row in rows)},
        flows=flows,
        figure=network.draw(flows),
        geometry=network,
        periods=timeline(briefing.entries),
        families=families(briefing),
        ladders=ladder.Figures() if board is None else ladder.draw_ladders(board.ladders, board.links, board.cards),
        cycles=ladder.Figures() if board is None else ladder.draw_cycles(board.cycles, board.cards),
        ladder_geometry=ladder,
        entry_ids={entry.id for entry in briefing.entries},
        evidence_words=evidence_words,
        descent=descent.draw_descent(briefing),
        descent_geometry=descent,
        legend=LABELS,
        short=SHORT,
    )


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {
        "date": date_words,
        "counted": counted,
        "count_words": count_words,
        "speaker": speaker_words,
        "opened": opened,
        "sentence": sentence,
        "actor": network.actor_text,
    }
    return environment


def _asset(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8")


def _csp_hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
