"""A dossier of the bundled example as it was coded by hand, so that what is drafted of it does not hang on the readers.

`python tests/outlook/drafting/coded_korea.py` writes the golden draft again.
"""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

from materiel import desk
from materiel.terms.documents import Document
from materiel.terms.statements import CLAIM_TYPES, Statement, claim_from_slots

ROOT = Path(__file__).parents[3]
EXAMPLE = ROOT / "examples" / "korea-2024"
GOLDEN = Path(__file__).with_name("korea-2024.golden.yaml")
KINDS = {
    "transfers": "transfer",
    "commitments": "commitment",
    "pacts": "pact",
    "stances": "stance",
    "measures": "measure",
}


def _coded() -> list[dict[str, Any]]:
    """What was coded of each article."""
    return [json.loads(path.read_text("utf-8")) for path in sorted((EXAMPLE / "gold").glob("*.json"))]


def find_coded(document: Document, coded: Iterable[dict[str, Any]]) -> Iterator[Statement]:
    """The hand-coded statements of an article: of the one whose quotes stand in it."""
    best = max(coded, key=lambda each: sum(_place(document.text, quote) is not None for quote in _quotes(each)))
    for field, kind in KINDS.items():
        for row in best[field]:
            place = _place(document.text, row["quote"])
            if place is None:
                continue
            slots = {
                name: row[name]
                for name in (field.name for field in dataclasses.fields(CLAIM_TYPES[kind]))
                if name in row
            }
            if kind == "pact":
                slots["pact"] = row["kind"]
            if kind == "transfer":
                slots |= {"value": row["value_usd"], "currency": "USD" if row["value_usd"] else None}
            claim = claim_from_slots(kind, slots)
            yield Statement(document.id, claim, document.text[slice(*place)], *place, "hand@1", row.get("speaker"))


def _quotes(each: dict[str, Any]) -> list[str]:
    return [row["quote"] for field in KINDS for row in each[field]]


def _place(text: str, quote: str) -> tuple[int, int] | None:
    """Where a quote stands, whatever the line breaks in it."""
    found = re.search(r"\s+".join(map(re.escape, quote.split())), text)
    return found.span() if found else None


def coded_dossier(folder: Path) -> Path:
    """A dossier of the fourteen articles, in a folder."""
    coded = _coded()
    path = folder / "korea-2024.sqlite"
    with patch("materiel.desk.collect.read_documents", lambda found: [list(find_coded(each, coded)) for each in found]):
        desk.read_into(path, desk.read_paths([str(EXAMPLE)]))
    return path


def masked(text: str) -> str:
    """A draft without what hangs on the folder or on the computing of ids."""
    text = re.sub(r"\b(tr|cm|pa|sn|me|ac|de)-[0-9a-f]{8,12}\b", r"\1-00000000", text)
    return re.sub(r"/\S*/korea-2024\.sqlite", "korea-2024.sqlite", text)


if __name__ == "__main__":
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        GOLDEN.write_text(masked(desk.draft_scenario(coded_dossier(Path(folder))).text), "utf-8")
