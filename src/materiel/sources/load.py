"""One file to its documents. Whatever is in the file, the answer is a document or a refusal, never an exception."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from materiel.errors import SourceRefused
from materiel.sources.decode import decoded
from materiel.sources.find import is_readable, refuse_suffix
from materiel.sources.jsonl import document_from_line
from materiel.sources.plain import document_from_text
from materiel.terms.documents import Document

MAX_TEXT_BYTES = 20_000_000
"""A text, a page or a line of JSON that is larger is no article."""
MAX_PDF_BYTES = 200_000_000
_MB = 1_000_000

Loaded = tuple[str, Document | SourceRefused]


def load_documents(path: Path) -> Iterator[Loaded]:
    """The documents of one file, each with a label: the path, for JSON Lines the path and the line's number.

    Nothing is raised for what is in the file, or for a file that cannot be opened: the refusal takes the document's
    place. Without network and without a clock; the same bytes give the same documents.
    """
    label = str(path)
    try:
        if not path.exists():
            yield label, SourceRefused(label, "no such file", "Check the path.")
        elif not path.is_file():
            why = "a folder, not a file" if path.is_dir() else "no ordinary file"
            yield label, SourceRefused(label, why, "Name the articles in it.")
        elif not is_readable(path):
            yield label, refuse_suffix(path)
        elif path.suffix.lower() == ".jsonl":
            yield from _lines(path, label)
        else:
            yield label, _whole(path, label)
    except OSError as error:
        yield label, _cannot_open(label, error)


def _whole(path: Path, label: str) -> Document | SourceRefused:
    is_pdf = path.suffix.lower() == ".pdf"
    limit = MAX_PDF_BYTES if is_pdf else MAX_TEXT_BYTES
    with path.open("rb") as file:
        size = path.stat().st_size
        content = b"" if size > limit else file.read(limit + 1)
    if max(size, len(content)) > limit:
        why = f"too large: {max(size, len(content)) / _MB:,.0f} MB, the limit is {limit // _MB} MB"
        return SourceRefused(label, why, "Split it into its articles.")
    if not content.strip():
        return SourceRefused(label, "the file is empty", "Save the article's text in it.")
    try:
        return _document(path.suffix.lower(), content, label)
    except SourceRefused as refusal:
        return refusal


def _document(suffix: str, content: bytes, label: str) -> Document:
    # trafilatura and pypdf take long to import, so their modules are loaded with the first file that needs them
    if suffix == ".pdf":
        from materiel.sources.pdf import document_from_pdf

        return document_from_pdf(content, label)
    if suffix in {".html", ".htm"}:
        from materiel.sources.pages import document_from_page

        return document_from_page(decoded(content, label, is_page=True), label)
    text = decoded(content, label)
    if not any(char.isalnum() for char in text):
        raise SourceRefused(label, "the file holds no words", "Save the article's text in it.")
    return document_from_text(text)


def _lines(path: Path, label: str) -> Iterator[Loaded]:
    with path.open("rb") as file:
        number, is_empty = 0, True
        while line := file.readline(MAX_TEXT_BYTES + 1):
            number += 1
            where = f"{label}:{number}"
            if number == 1 and 0 in line[:4096]:
                yield (
                    label,
                    SourceRefused(label, "not JSON Lines: a binary file", "Give one JSON object a line, in UTF-8."),
                )
                return
            if len(line) > MAX_TEXT_BYTES:
                if not line.endswith(b"\n"):
                    _skip_line(file)
                why = f"the line is larger than {MAX_TEXT_BYTES // _MB} MB"
                yield where, SourceRefused(where, why, "Give one article a line.")
            elif line.strip():
                yield where, _from_line(line, where)
            else:
                continue
            is_empty = False
    if is_empty:
        yield label, SourceRefused(label, "the file is empty", "Give one JSON object a line.")


def _from_line(line: bytes, where: str) -> Document | SourceRefused:
    try:
        return document_from_line(line, where)
    except SourceRefused as refusal:
        return refusal


def _skip_line(file: BinaryIO) -> None:
    """Reads on to the end of a line, in pieces that fit into memory."""
    while (piece := file.readline(MAX_TEXT_BYTES)) and not piece.endswith(b"\n"):
        pass


def _cannot_open(label: str, error: OSError) -> SourceRefused:
    if isinstance(error, PermissionError):
        return SourceRefused(label, "no permission to read it", "Change its permissions, or read it as another user.")
    return SourceRefused(label, f"it cannot be read ({error.strerror or error})", "Check the file and the disk.")
