"""``materiel whatif``: what would follow if something happened. It stores nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from materiel import desk
from materiel.cli.cards import print_supposed
from materiel.cli.records import supposed_records
from materiel.cli.screen import make_console, print_json


def whatif(
    dossier: Annotated[Path, typer.Argument(metavar="DOSSIER", help="The dossier's file.")],
    conditions: Annotated[
        list[str], typer.Argument(metavar="CONDITION...", help='Such as "transfer(RUS -> PRK, precision, delivered)".')
    ],
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="DATE", help="The day on which it happens. None: the last day.")
    ] = None,
    known_by: Annotated[
        str | None, typer.Option("--known-by", metavar="DATE", help="What was published by this day. None: all.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one rung a line as JSON.")] = False,
) -> None:
    """Suppose that something happens and show what follows, rung by rung, if each commitment it sets off is kept.

    Nothing is stored: what is imagined never becomes evidence.
    """
    supposed = desk.what_if(dossier, *conditions, as_of=as_of, known_by=known_by)
    if as_json:
        for record in supposed_records(supposed):
            print_json(record)
    else:
        print_supposed(supposed, make_console())
