"""From what a person names to the files that can be read."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from materiel.errors import SourceRefused

READABLE = (".txt", ".html", ".htm", ".pdf", ".jsonl")
"""Suffixes of articles. ``.json`` is none of them: annotations lie beside articles under that name."""
_ACCEPTED = ", ".join(READABLE[:-1]) + " or " + READABLE[-1]


def find_sources(paths: Sequence[str]) -> list[Path | SourceRefused]:
    """The files behind files, folders (with all that is in them) and globs, each once.

    In the order of the arguments, sorted within each. Hidden files and folders inside a folder are passed over. What
    does not exist, matches nothing or cannot be read stands in its place as a refusal.
    """
    found: list[Path | SourceRefused] = []
    seen: set[str] = set()
    for path in paths:
        for source in _behind(path):
            if isinstance(source, Path):
                place = os.path.abspath(source)  # noqa: PTH100  (a link and its target are two sources; resolve() would join them)
                if place in seen:
                    continue
                seen.add(place)
            found.append(source)
    return found


def is_readable(path: Path) -> bool:
    return path.suffix.lower() in READABLE


def refuse_suffix(path: Path) -> SourceRefused:
    kind = f"its suffix {path.suffix!r} is" if path.suffix else "it has no suffix, so its kind is"
    return SourceRefused(str(path), f"{kind} none that can be read", f"Give a file that ends in {_ACCEPTED}.")


def _behind(path: str) -> Iterator[Path | SourceRefused]:
    named = Path(path)
    try:
        is_folder, exists = named.is_dir(), os.path.lexists(path)
    except ValueError:  # a NUL in the name
        is_folder = exists = False
    if is_folder:
        yield from _in_folder(named)
    elif exists:
        yield named if is_readable(named) else refuse_suffix(named)
    elif glob.has_magic(path):
        yield from _matching(path)
    else:
        yield SourceRefused(path, "no such file or folder", "Check the path; quote it if it holds spaces.")


def _in_folder(folder: Path) -> Iterator[Path | SourceRefused]:
    files, refusals = _walk(folder)
    yield from files
    yield from refusals
    if not files and not refusals:
        yield SourceRefused(str(folder), "the folder holds no article", f"Articles end in {_ACCEPTED}.")


def _walk(folder: Path) -> tuple[list[Path], list[SourceRefused]]:
    files: list[Path] = []
    refusals: list[SourceRefused] = []

    def refuse(error: OSError) -> None:
        why = f"the folder cannot be opened: {error.strerror}"
        refusals.append(SourceRefused(str(error.filename), why, "Check its permissions."))

    for place, folders, names in os.walk(folder, onerror=refuse):
        folders[:] = [name for name in folders if not name.startswith(".")]
        files += [Path(place, name) for name in names if not name.startswith(".") and is_readable(Path(name))]
    return sorted(files), refusals


def _matching(pattern: str) -> Iterator[Path | SourceRefused]:
    matches = sorted(Path(match) for match in glob.glob(pattern, recursive=True))  # noqa: PTH207  (Path.glob takes no absolute pattern)
    files: list[Path] = []
    refusals: list[SourceRefused] = []
    for match in matches:
        if match.is_dir():
            inside, refused = _walk(match)
            files += inside
            refusals += refused
        elif is_readable(match):
            files.append(match)
    yield from sorted(set(files))
    yield from refusals
    if not files and not refusals:
        why = "the pattern matches nothing" if not matches else "the pattern matches no article"
        yield SourceRefused(pattern, why, f"Articles end in {_ACCEPTED}.")
