"""``materiel sources``: the documents of a dossier, their families, and two of them side by side."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from materiel import desk
from materiel.cli.columns import print_facings
from materiel.cli.records import facing_record, source_record
from materiel.cli.screen import WHOLE_LINES, make_console, print_json
from materiel.cli.trees import print_trees


def sources(
    dossier: Annotated[Path, typer.Argument(metavar="DOSSIER", help="The dossier's file.")],
    document: Annotated[
        str | None,
        typer.Argument(metavar="[DOCUMENT]", help="A document's id, the beginning of it, or its file's name."),
    ] = None,
    other: Annotated[
        str | None, typer.Option("--with", metavar="OTHER", help="Show DOCUMENT beside this one only.")
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one document a line as JSON; with DOCUMENT, one pair a line.")
    ] = False,
) -> None:
    """Show a dossier's documents as families: which derives from which, and how many independent origins there are.

    With DOCUMENT it shows that one side by side with each document that it derives from, or, if it is an origin, with
    each that derives from it. Passages that both have face each other under one number: [1 =] word for word,
    [1 ~] retold. What the later text has from nobody here is marked "own".
    """
    if document is None:
        if other is not None:
            raise typer.BadParameter("--with needs a DOCUMENT to compare with OTHER.", param_hint="--with")
        listed = desk.sources(dossier)
        if as_json:
            for source in listed:
                print_json(source_record(source))
        else:
            print_trees(listed, make_console(WHOLE_LINES))
        return
    asked, facings = desk.face(dossier, document, other)
    if as_json:
        for facing in facings:
            print_json(facing_record(facing))
    else:
        print_facings(asked, facings, make_console())
