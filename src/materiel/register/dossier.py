"""A dossier: one SQLite file that holds a record and the register that follows from it.

Opening, checking and one unit of work at a time; what is written and read stands in ``writing`` and ``lookup``.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, select
from sqlalchemy.exc import DatabaseError, IntegrityError, ProgrammingError

from materiel.errors import DossierRefused
from materiel.register.migrations import STEPS, apply_missing
from materiel.register.schema import DOSSIER

_SQLITE_HEADER = b"SQLite format 3\x00"


class Dossier:
    """An open dossier. Use it as a context manager, or call :meth:`close`."""

    def __init__(self, path: Path, engine: Engine) -> None:
        self.path = path
        self._engine = engine

    def __enter__(self) -> Dossier:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._engine.dispose()

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """One unit of work: committed when the block ends, rolled back when it raises.

        Raises:
            DossierRefused: the database cannot do it (locked, read-only, damaged, disk full).
        """
        try:
            with self._engine.begin() as connection:
                yield connection
        except (IntegrityError, ProgrammingError):
            raise  # a fault of ours, not of the file
        except DatabaseError as error:
            raise DossierRefused(
                f"{self.path}: {error.orig}. Nothing of this step was stored; "
                "close other programs that use the file, check that it may be written, and try again."
            ) from error


def open_dossier(path: Path, *, create: bool = False) -> Dossier:
    """Opens a dossier and brings its schema up to date; ``create`` makes a new one where there is no such file.

    Raises:
        DossierRefused: there is no such file, it is not a dossier, or a later materiel wrote it.
    """
    is_new = not path.exists()
    if is_new and not create:
        raise DossierRefused(f"{path}: there is no such dossier. Make one with `materiel read PATH... --into {path}`.")
    if is_new and not path.parent.is_dir():
        raise DossierRefused(f"{path}: there is no folder {path.parent}. Make it, or name another place.")
    if not is_new:
        _check_header(path)
    engine = _connect(path)
    dossier = Dossier(path, engine)
    try:
        with dossier.transaction() as connection:
            if not is_new:
                _check_version(path, connection)
            apply_missing(connection)
    except BaseException:
        dossier.close()
        raise
    return dossier


def _check_header(path: Path) -> None:
    try:
        with path.open("rb") as file:
            header = file.read(len(_SQLITE_HEADER))
    except OSError as error:
        raise DossierRefused(f"{path}: {error.strerror}. Name a dossier file that you may read.") from error
    if header != _SQLITE_HEADER:
        raise DossierRefused(
            f"{path}: not a dossier (it is not an SQLite file). Name a file that `materiel read --into` made."
        )


def _check_version(path: Path, connection: Connection) -> None:
    tables = set(inspect(connection).get_table_names())
    version = connection.scalar(select(DOSSIER.c.version)) if {"dossier", "migration"} <= tables else None
    if version is None:
        raise DossierRefused(
            f"{path}: not a dossier (an SQLite file without a `dossier` table). "
            "Name a file that `materiel read --into` made, or a new one."
        )
    if version > len(STEPS):
        raise DossierRefused(
            f"{path}: a dossier of version {version}; this materiel knows versions 1 to {len(STEPS)}. "
            "Update materiel, or read the articles into a new dossier."
        )


def _connect(path: Path) -> Engine:
    engine = create_engine(f"sqlite:///{path}")

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _: object) -> None:
        # The driver's own transactions do not cover DDL; SQLAlchemy begins them itself below.
        connection.isolation_level = None
        connection.execute("pragma foreign_keys = on")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("begin")

    return engine
