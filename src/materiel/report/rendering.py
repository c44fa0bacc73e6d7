"""From a briefing to one HTML file that needs nothing else: no network, no fonts, no script."""

from __future__ import annotations

from markupsafe import Markup

from materiel.report import descent, ladder, network
from materiel.report.briefing import Briefing
from materiel.report.findings import headline_findings
from materiel.report.outlook_page import OutlookShown, outlook_parts
from materiel.report.pages import csp_hash, environment, template_text
from materiel.report.rows import KINDS, cards, families, register_rows
from materiel.report.standings import evidence_words
from materiel.report.statuses import LABELS, SHORT
from materiel.report.timeline import timeline


def render_briefing(briefing: Briefing, outlook: OutlookShown | None = None) -> str:
    """The briefing as one self-contained HTML page, with a section on the outlook if one is given.

    The same briefing gives the same bytes, in whatever order its entries and documents come: there is no clock in
    it but the newest day of publication. Everything that comes from articles is escaped, and a content security
    policy lets nothing run or load but the page's own style and script.
    """
    rows = register_rows(briefing)
    flows = network.flows_of(briefing.entries)
    board = briefing.board
    style, script = template_text("style.css"), template_text("behaviour.js")
    if outlook is not None:
        style += template_text("outlook.css")
    page = environment().get_template("briefing.html.j2")
    return page.render(
        briefing=briefing,
        style=Markup(style),  # noqa: S704 - our own file
        script=Markup(script),  # noqa: S704 - our own file
        style_hash=csp_hash(style),
        script_hash=csp_hash(script),
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
        is_page=False,
        **({"outlook": None} if outlook is None else outlook_parts(outlook)),
    )
