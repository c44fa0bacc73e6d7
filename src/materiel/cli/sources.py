"""``materiel sources``: the documents of a dossier and how many independent origins they make."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from materiel import desk
from materiel.cli.records import source_record
from materiel.cli.screen import make_console, print_json


def sources(
    dossier: Annotated[Path, typer.Argument(metavar="DOSSIER", help="The dossier's file.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print one document a line as JSON.")] = False,
) -> None:
    """Show a dossier's documents: which derives from which, and how many independent origins there are."""
    listed = desk.sources(dossier)
    if as_json:
        for source in listed:
            print_json(source_record(source))
    else:
        print_sources(listed, make_console())


def print_sources(listed: Sequence[desk.Source], console: Console) -> None:
    """The documents as a table, and a line that counts them and their origins."""
    has_counts = any(source.statements is not None for source in listed)
    table = Table(box=box.SIMPLE_HEAD, expand=True)
    table.add_column("Date", no_wrap=True, width=10)
    table.add_column("Publisher", ratio=3, overflow="fold")
    table.add_column("File", ratio=5, overflow="fold")
    table.add_column("Derives from", ratio=6, overflow="fold")
    if has_counts:
        table.add_column("Stat.", justify="right", no_wrap=True, width=5)
    folder = _shared_folder(listed)
    for source in listed:
        derived = [f"{a.kind.value} of {a.file[len(folder) :]} ({a.score:.2f})" for a in source.derived_from]
        derived = derived or [f"reports after {source.outside}" if source.outside else "an origin of its own"]
        if others := [name for name in source.credited if name != source.outside]:
            derived.append(f"credits {', '.join(others)}")
        document = source.document
        cells = [
            document.published_on or "",
            document.publisher or "",
            source.file[len(folder) :],
            "; ".join(derived),
        ]
        cells += [str(source.statements)] if has_counts else []
        table.add_row(*(Text(cell) for cell in cells))
    console.print(table)
    origins = len({source.origin for source in listed})
    documents = f"{len(listed)} document{'' if len(listed) == 1 else 's'}"
    if folder:
        console.print(Text(f"Files are in {folder}", style="dim"))
    console.print(f"{documents}, {origins} independent origin{'' if origins == 1 else 's'}")


def _shared_folder(listed: Sequence[desk.Source]) -> str:
    """The folder that all files are in, with its last separator; "" where they share none, or there is but one file."""
    folders = {str(Path(source.file).parent) for source in listed}
    if len(listed) < 2 or len({Path(folder).is_absolute() for folder in folders}) > 1:
        return ""
    shared = os.path.commonpath(folders)
    return shared + os.sep if shared and all(s.file.startswith(shared + os.sep) for s in listed) else ""
