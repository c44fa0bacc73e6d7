"""Steps from an empty file to the present schema. Each has a name, runs once in a transaction, and is written down.

A step is never changed once released; a new schema is a new step at the end, and the version is the number of steps.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import version

from sqlalchemy import Connection, insert, select, text

from materiel.register.schema import DOSSIER, METADATA, MIGRATION
from materiel.register.views import VIEWS


def _create_the_first_tables(connection: Connection) -> None:
    METADATA.create_all(connection)
    for name, query in VIEWS.items():
        connection.execute(text(f"create view {name} as {query}"))


STEPS: tuple[tuple[str, Callable[[Connection], None]], ...] = (("create-the-first-tables", _create_the_first_tables),)


def apply_missing(
    connection: Connection, *, steps: tuple[tuple[str, Callable[[Connection], None]], ...] = STEPS
) -> int:
    """Runs the steps that this dossier has not seen, inside the caller's transaction.

    Returns:
        how many were run.
    """
    METADATA.create_all(connection, tables=[DOSSIER, MIGRATION])
    seen = set(connection.scalars(select(MIGRATION.c.name)))
    missing = [(name, step) for name, step in steps if name not in seen]
    for name, step in missing:
        step(connection)
        connection.execute(insert(MIGRATION), {"name": name})
    if connection.execute(select(DOSSIER)).first() is None:
        created_by = f"materiel {version('materiel')}"
        connection.execute(insert(DOSSIER), {"version": len(steps), "created_by": created_by})
    elif missing:
        connection.execute(DOSSIER.update().values(version=len(steps)))
    return len(missing)
