"""``materiel lineage``: which of some articles derives from which, without a dossier."""

from __future__ import annotations

from typing import Annotated

import typer

from materiel import desk
from materiel.cli.records import lineage_record
from materiel.cli.screen import WHOLE_LINES, make_console, note, print_json
from materiel.cli.trees import print_trees


def lineage(
    paths: Annotated[list[str], typer.Argument(metavar="PATH...", help="Files, folders or globs of articles.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print one document a line as JSON.")] = False,
) -> None:
    """Show which article derives from which: copy, light edit, rewrite, translation, part or digest.

    A file that cannot be read is named on stderr, the others are compared, and the exit code is 1.
    """
    listed, refusals = desk.trace(paths)
    for refusal in refusals:
        note(f"refused: {refusal}")
    if as_json:
        for source in listed:
            print_json(lineage_record(source))
    else:
        print_trees(listed, make_console(WHOLE_LINES))
    if refusals:
        raise typer.Exit(1)
