"""``materiel report``: a dossier as a briefing, one HTML file that opens offline."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from materiel import desk
from materiel.cli.screen import note, show_stages
from materiel.errors import InputRefused


def report(
    dossier: Annotated[Path, typer.Argument(metavar="DOSSIER", help="The dossier's file.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="The HTML file to write.")] = Path("briefing.html"),
    title: Annotated[str | None, typer.Option(help="The briefing's headline; made from the file's name.")] = None,
    scenario: Annotated[
        Path | None, typer.Option("--scenario", metavar="FILE", help="A scenario; its outlook becomes a section.")
    ] = None,
    members: Annotated[
        int, typer.Option("--members", metavar="N", help="Imagined courses of events of the outlook.")
    ] = desk.MEMBERS,
) -> None:
    """Write a dossier's briefing: findings, commitments, flows, timeline, register and sources."""
    outlook = None
    if scenario is not None:
        with show_stages() as progress:
            outlook = desk.outlook(scenario, members=members, progress=progress)
    page = desk.report(dossier, title, outlook, tell=note)
    try:
        output.write_text(page, encoding="utf-8")
    except OSError as error:
        raise InputRefused(f"{output}: {error.strerror}. Name a file in a folder that you may write to.") from error
    note(f"Wrote {output}")
