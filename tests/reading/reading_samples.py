"""Documents for the tests of the room: short texts, and every article that the repository keeps, each read once."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from materiel.reading import read_document
from materiel.sources import load_documents
from materiel.terms.documents import Document, Passage, Role
from materiel.terms.statements import Statement

ROOT = Path(__file__).parents[2]
SEEDS = ROOT.parent / "shared" / "seeds"
FOLDERS = {
    "articles": ROOT / "gold" / "articles",
    "lineage": ROOT / "gold" / "lineage",
    "korea-2024": ROOT / "examples" / "korea-2024",
    "seeds": SEEDS,
}


def document(text: str, published_on: str | None = "2024-06-22", title: str | None = None) -> Document:
    """A document whose every line is news."""
    lines = re.finditer(r"[^\n]*\S[^\n]*", text)
    return Document(text, tuple(Passage(m.start(), m.end(), Role.BODY) for m in lines), title, published_on)


@cache
def read_text(text: str, published_on: str | None = "2024-06-22") -> tuple[Statement, ...]:
    return tuple(read_document(document(text, published_on)))


@cache
def documents() -> dict[str, Document]:
    """Every article by a short name; those of the seeds only where the folder is at hand."""
    found: dict[str, Document] = {}
    for name, folder in FOLDERS.items():
        for path in sorted(folder.iterdir()) if folder.exists() else ():
            if path.suffix not in {".txt", ".html", ".jsonl"}:
                continue
            for place, (label, loaded) in enumerate(load_documents(path)):
                assert isinstance(loaded, Document), label
                found[f"{name}/{path.stem}" + (f"#{place}" if path.suffix == ".jsonl" else "")] = loaded
    return found


@cache
def statements(name: str) -> tuple[Statement, ...]:
    """What is read in an article."""
    return tuple(read_document(documents()[name]))
