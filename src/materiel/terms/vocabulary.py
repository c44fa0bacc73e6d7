"""Vocabulary files: CSV with a header, ``#`` comment lines, and ``;`` between the members of a list.

Every word that the readers know stands in such a file (``terms/data/`` and ``reading/lexicon/``). An analyst can
extend any of them without code: ``MATERIEL_VOCABULARY`` names a folder whose files of the same name are read after
the bundled ones.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from materiel.errors import VocabularyRefused

EXTENSION_FOLDER = "MATERIEL_VOCABULARY"
"""The environment variable that names the folder of an analyst's own vocabulary files."""


@cache
def load_vocabulary(bundled: Path) -> tuple[dict[str, str], ...]:
    """The rows of a bundled vocabulary file, then those of the analyst's file of the same name, if there is one.

    Args:
        bundled: the file inside the package.

    Raises:
        VocabularyRefused: a row has too few or too many columns; says which file, line and columns. Or the analyst's
            folder is not there.
    """
    rows = list(_rows(bundled))
    folder = os.environ.get(EXTENSION_FOLDER)
    if folder and not Path(folder).is_dir():
        raise VocabularyRefused(
            f"{EXTENSION_FOLDER} names {folder}, which is no folder. Make it, or unset the variable."
        )
    if folder and (own := Path(folder) / bundled.name).is_file():
        columns = set(rows[0]) if rows else set()
        for row in _rows(own):
            if unknown := set(row) - columns:
                raise VocabularyRefused(
                    f"{own}: unknown columns {sorted(unknown)}. {bundled.name} has {sorted(columns)}; name those."
                )
            rows.append({column: row.get(column, "") for column in columns})
    return tuple(rows)


def members(cell: str) -> tuple[str, ...]:
    """The members of a list cell: ``"a; b"`` is ``("a", "b")``."""
    return tuple(member.strip() for member in cell.split(";") if member.strip())


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        numbered = _content_lines(file)
        header: list[str] | None = None
        for number, line in numbered:
            cells = [cell.strip() for cell in next(csv.reader([line]))]
            if header is None:
                header = cells
                continue
            if len(cells) != len(header):
                raise VocabularyRefused(
                    f"{path}, line {number}: {len(cells)} columns where the header names {len(header)} "
                    f"({', '.join(header)}). Quote a cell that holds a comma."
                )
            yield dict(zip(header, cells, strict=True))


def _content_lines(file: Iterable[str]) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(file, start=1):
        if line.strip() and not line.startswith("#"):
            yield number, line.rstrip("\r\n")
