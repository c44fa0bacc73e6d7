"""What tracing lineage has found out about documents and pairs of them, kept so that it need not be found out again.

Opaque here: who appends it knows what it means and whether it still holds. It is no record and no part of the register;
a dossier without it says the same.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert

from materiel.register.schema import COMPARISON, SKETCH


def load_sketches(connection: Connection) -> dict[str, bytes]:
    """Every document's sketch by the document's id, sorted by id."""
    return {row.document: row.sketch for row in connection.execute(select(SKETCH).order_by(SKETCH.c.document))}


def append_sketches(connection: Connection, sketches: Mapping[str, bytes]) -> None:
    """Keeps sketches by document id; a newer one takes the place of the one that was there."""
    if sketches:
        added = insert(SKETCH)
        replacing = added.on_conflict_do_update(["document"], set_={"sketch": added.excluded.sketch})
        connection.execute(replacing, [{"document": d, "sketch": sketch} for d, sketch in sorted(sketches.items())])


def load_comparisons(connection: Connection) -> dict[tuple[str, str], str]:
    """The evidence for each pair of document and source, sorted by both."""
    rows = connection.execute(select(COMPARISON).order_by(COMPARISON.c.document, COMPARISON.c.source))
    return {(row.document, row.source): row.evidence for row in rows}


def append_comparisons(connection: Connection, comparisons: Mapping[tuple[str, str], str]) -> None:
    """Keeps the evidence for pairs of document and source; newer evidence takes the place of the old."""
    if comparisons:
        added = insert(COMPARISON)
        replacing = added.on_conflict_do_update(["document", "source"], set_={"evidence": added.excluded.evidence})
        rows = [
            {"document": document, "source": source, "evidence": evidence}
            for (document, source), evidence in sorted(comparisons.items())
        ]
        connection.execute(replacing, rows)
