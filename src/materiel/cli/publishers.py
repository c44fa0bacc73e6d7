"""``materiel publishers``: who published a dossier's documents, whom they credit, and how reliable they are judged."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from materiel import desk
from materiel.cli.records import publisher_record
from materiel.cli.screen import make_console, note, print_json


def publishers(
    dossier: Annotated[Path, typer.Argument(metavar="DOSSIER", help="The dossier's file.")],
    judge: Annotated[
        tuple[str, str] | None, typer.Option(metavar="NAME LETTER", help="Judge a publisher: A to E, or F.")
    ] = None,
    reason: Annotated[str, typer.Option(metavar="TEXT", help="Why it is judged so.")] = "",
    decided_by: Annotated[str, typer.Option("--by", metavar="WHO", help="Who judges.")] = "",
    decided_on: Annotated[
        str | None, typer.Option("--on", metavar="DATE", help="The day of it; today's if none.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one publisher a line as JSON.")] = False,
) -> None:
    """Show who published a dossier's documents, whom they credit, and how reliable they are judged to be.

    The letters are those of the Admiralty code: A completely reliable, B usually, C fairly, D not usually, E
    unreliable, F cannot be judged, which is also the letter of whom nobody has judged. A judgement supersedes the one
    before and is kept with its reason; the register is built anew.
    """
    if judge is not None:
        name, letter = judge
        # The only clock: a judgement has a day, and whoever types it without one means today.
        today = datetime.now().astimezone().date().isoformat()
        judged = desk.judge(dossier, name, letter, reason=reason, decided_by=decided_by, decided_on=decided_on or today)
        note(f"{judged.name} is judged {judged.letter}; the register is built anew")
    elif reason or decided_by or decided_on:
        raise typer.BadParameter("--reason, --by and --on belong to --judge NAME LETTER.", param_hint="--judge")
    if judge is not None and not as_json:
        return
    listed = desk.publishers(dossier)
    if as_json:
        for publisher in listed:
            print_json(publisher_record(publisher))
    else:
        _print_publishers(listed, make_console())


def _print_publishers(listed: Sequence[desk.Publisher], console: Console) -> None:
    if not listed:
        console.print("No document names its publisher or credits a source.")
        return
    table = Table(box=box.SIMPLE_HEAD, expand=True)
    table.add_column("Publisher", ratio=4, overflow="fold")
    for title in ("Doc.", "Origins", "Credited"):
        table.add_column(title, justify="right", no_wrap=True)
    table.add_column("Rel.", no_wrap=True)
    table.add_column("Judged", ratio=6, overflow="fold")
    for publisher in listed:
        counts = (publisher.documents, publisher.origins, publisher.credited_by)
        cells = (publisher.name, *(str(count or "") for count in counts), publisher.letter, _word_judgement(publisher))
        table.add_row(*(Text(cell) for cell in cells))
    console.print(table)
    judged = sum(publisher.judgement is not None for publisher in listed)
    console.print(f"{len(listed)} publisher{'' if len(listed) == 1 else 's'} and credited sources, {judged} judged")


def _word_judgement(publisher: desk.Publisher) -> str:
    judgement = publisher.judgement
    if judgement is None:
        return "by nobody yet"
    return f"by {judgement.decided_by} on {judgement.decided_on}: {judgement.reason}"
