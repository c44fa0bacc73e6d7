"""PDF to documents: lines joined to paragraphs again, running heads and page numbers set apart."""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from pypdf import PdfReader
from pypdf.errors import DependencyError, FileNotDecryptedError

from materiel.errors import SourceRefused
from materiel.sources.blocks import BULLET
from materiel.sources.bylines import is_byline
from materiel.sources.decode import clean
from materiel.sources.passages import joined
from materiel.sources.plain import document_from_text
from materiel.terms.documents import Document, Role

MAX_TEXT_CHARS = 20_000_000
EDGE_LINES = 2
"""Lines at the head and at the foot of a page that may be running heads."""
SHORT_LINE_SHARE = 0.75
"""Of the usual width: a line that ends a sentence before it ends the paragraph too."""
_PAGE_NUMBER = re.compile(r"^(?:page )?\d{1,4}(?:\s*(?:/|of)\s*\d{1,4})?$|^[-–—]\s*\d{1,4}\s*[-–—]$", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?…:][\"'”’)\]]*$")
_BROKEN_WORD = re.compile(r"(?<=[a-z])-$")

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # its warnings about damage come back as one refusal or as text


def document_from_pdf(content: bytes, where: str) -> Document:
    """The document of a PDF with a text layer.

    Args:
        content: the bytes.
        where: how the file is called in a refusal.

    Raises:
        SourceRefused: encrypted with a password, damaged, or without text.
    """
    pages, title, author = _read(content, where)
    if not any(char.isalnum() for page in pages for line in page for char in line):
        raise SourceRefused(
            where, "the PDF has no text layer: its pages are images", "Run OCR on it first (ocrmypdf IN OUT)."
        )
    paragraphs = _paragraphs(pages)
    text, blocks = joined(paragraph for paragraph, _ in paragraphs)
    running = [is_running for paragraph, is_running in paragraphs if paragraph.strip()]
    known = {block.start: Role.BOILERPLATE for block, is_running in zip(blocks, running, strict=True) if is_running}
    document = document_from_text(text, known)
    return replace(document, title=document.title or title, author=document.author or author)


def _read(content: bytes, where: str) -> tuple[list[list[str]], str | None, str | None]:
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise _encrypted(where)
        pages, size = [], 0
        for page in reader.pages:
            lines = [line.strip() for line in clean(page.extract_text()).split("\n")]
            size += sum(map(len, lines))
            if size > MAX_TEXT_CHARS:
                raise SourceRefused(
                    where, f"its text is longer than {MAX_TEXT_CHARS:,} characters", "Split it into its articles."
                )
            pages.append(lines)
        return pages, _told(reader, "/Title"), _told(reader, "/Author")
    except SourceRefused:
        raise
    except (FileNotDecryptedError, DependencyError) as error:
        raise _encrypted(where) from error
    except (
        Exception
    ) as error:  # a damaged file can raise anything from inside pypdf: PyPdfError, zlib.error, struct.error
        raise _damaged(where) from error


def _encrypted(where: str) -> SourceRefused:
    return SourceRefused(where, "the PDF is encrypted with a password", "Save it without one (qpdf --decrypt IN OUT).")


def _damaged(where: str) -> SourceRefused:
    return SourceRefused(where, "the PDF is damaged", "Download it again, or repair it (qpdf IN OUT).")


def _told(reader: PdfReader, key: str) -> str | None:
    value = reader.metadata.get(key) if reader.metadata else None
    told = clean(str(value)).strip() if value else ""
    return (
        told
        if told and not re.match(r"^(?:untitled|microsoft word|unknown|admin|user)\b|\.\w{2,5}$", told, re.IGNORECASE)
        else None
    )


def _paragraphs(pages: Sequence[Sequence[str]]) -> list[tuple[str, bool]]:
    """Each paragraph, and whether it is a running head."""
    running = _running_heads(pages)
    width = _usual_width(pages)
    found: list[tuple[str, bool]] = []
    for page in pages:
        is_page_start = True
        ended = False
        edges = _edges(page)
        for index, line in enumerate(page):
            if not line:
                ended = True
                continue
            if index in edges and (_PAGE_NUMBER.match(line) or _shape(line) in running):
                found.append((line, True))
                continue
            last = next((place for place in range(len(found) - 1, -1, -1) if not found[place][1]), None)
            if last is None or _starts_paragraph(found[last][0], line, width, ended and not is_page_start):
                found.append((line, False))
            elif last == len(found) - 1:
                found[last] = (_glued(found[last][0], line), False)
            else:  # a paragraph that runs on under a running head: the head goes before it
                found.append((_glued(found.pop(last)[0], line), False))
            is_page_start = ended = False
    return found


def _starts_paragraph(above: str, line: str, width: int, is_parted: bool) -> bool:
    last_line = above.rsplit("\n", 1)[-1]
    if BULLET.match(line) or is_byline(line) or is_byline(above):
        return True
    if line[0].islower():
        return False
    if is_parted:
        return True
    used = len(last_line) % max(width, 1) if len(last_line) > width * 1.2 else len(last_line)
    is_short = used < SHORT_LINE_SHARE * width
    return is_short and (bool(_SENTENCE_END.search(last_line)) or len(above) < width)


def _glued(above: str, line: str) -> str:
    """Two lines of a paragraph as one; a hyphen at the break stays, unless it only broke a word of small letters."""
    if _BROKEN_WORD.search(above) and line[0].islower():
        return above[:-1] + line
    return f"{above} {line}"


def _running_heads(pages: Sequence[Sequence[str]]) -> frozenset[str]:
    """The shapes of lines that stand at the edge of at least half of the pages, two at least."""
    shapes = Counter(shape for page in pages for shape in {_shape(page[index]) for index in _edges(page)})
    return frozenset(shape for shape, count in shapes.items() if count >= max(2, (len(pages) + 1) // 2))


def _edges(page: Sequence[str]) -> frozenset[int]:
    filled = [index for index, line in enumerate(page) if line]
    return frozenset(filled[:EDGE_LINES] + filled[-EDGE_LINES:])


def _shape(line: str) -> str:
    return re.sub(r"\d+", "#", line.lower())


def _usual_width(pages: Sequence[Sequence[str]]) -> int:
    lengths = sorted(len(line) for page in pages for line in page if line)
    return lengths[int(len(lengths) * 0.8)] if lengths else 0
