"""Steps from the first schema to the present one. Each has a name, runs once in a transaction, and is written down.

A new file gets the present schema at once, with every step marked as done. In an older one each missing step brings the
*record* up to date; what is computed (derived tables and views) is not migrated but made anew, empty, and is computed
again when the dossier is next used. A step is never changed once released, and the version is the number of steps.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib.metadata import version

from sqlalchemy import Connection, insert, select, text

from materiel.register.schema import DERIVED, DOSSIER, METADATA, MIGRATION
from materiel.register.views import VIEWS

Step = tuple[str, Callable[[Connection], None] | None]
"""A name, and what it does to the record; None where only computed tables have changed."""

STEPS: tuple[Step, ...] = (
    ("create-the-first-tables", None),
    ("count-claims-not-documents", None),
)


def apply_missing(connection: Connection, *, steps: Sequence[Step] = STEPS) -> int:
    """Makes a new file's tables, or runs the steps that an older dossier has not seen, in the caller's transaction.

    Returns:
        how many steps were missing.
    """
    METADATA.create_all(connection, tables=[DOSSIER, MIGRATION])
    seen = set(connection.scalars(select(MIGRATION.c.name)))
    missing = [(name, step) for name, step in steps if name not in seen]
    if not missing:
        return 0
    is_new = connection.execute(select(DOSSIER)).first() is None
    for name, step in missing:
        if step and not is_new:
            step(connection)
        connection.execute(insert(MIGRATION), {"name": name})
    _make_computed_anew(connection)
    if is_new:
        created_by = f"materiel {version('materiel')}"
        connection.execute(insert(DOSSIER), {"version": len(steps), "created_by": created_by})
    else:
        connection.execute(DOSSIER.update().values(version=len(steps)))
    return len(missing)


def _make_computed_anew(connection: Connection) -> None:
    """Empty derived tables and views after the present schema, and whatever other table is not there."""
    for name in VIEWS:
        connection.execute(text(f"drop view if exists {name}"))
    METADATA.drop_all(connection, tables=list(DERIVED))
    METADATA.create_all(connection)
    for name, query in VIEWS.items():
        connection.execute(text(f"create view {name} as {query}"))
