"""``materiel scenario``: a scenario drafted from a dossier, with its evidence and its blanks."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from materiel import desk
from materiel.cli.screen import note
from materiel.errors import InputRefused


def scenario(
    dossier: Annotated[Path, typer.Argument(metavar="DOSSIER", help="The dossier's file.")],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="The YAML file to write.")],
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="DATE", help="The day on which it begins. None: the last day.")
    ] = None,
    known_by: Annotated[
        str | None, typer.Option("--known-by", metavar="DATE", help="What was published by this day. None: all.")
    ] = None,
    weeks: Annotated[int, typer.Option("--weeks", metavar="N", help="How many weeks it runs.")] = 104,
    replace: Annotated[bool, typer.Option("--replace", help="Write over FILE if there is one.")] = False,
) -> None:
    """Draft a scenario: supplies, orders, commitments, pacts and figures of the register, each with its entry.

    Where the model needs a number that no source gives, the draft has a blank that says what is asked for. Fill the
    blanks, and `materiel outlook FILE` runs it.
    """
    drafted = desk.draft_scenario(dossier, as_of=as_of, known_by=known_by, weeks=weeks)
    try:
        with output.open("w" if replace else "x", encoding="utf-8") as file:
            file.write(drafted.text)
    except FileExistsError as error:
        raise InputRefused(
            f"{output}: there is one, perhaps with blanks that you filled. Name another, or give --replace."
        ) from error
    except OSError as error:
        raise InputRefused(f"{output}: {error.strerror}. Name a file in a folder that you may write to.") from error
    left_out = f"; {len(drafted.left_out)} lines of the register left out, see its head" if drafted.left_out else ""
    note(f"Wrote {output}: {drafted.evidenced} numbers from the register, {drafted.blanks} blanks to fill{left_out}")
