"""Packages of the extra ``materiel[outlook]``: asked for where they are needed, refused in one sentence."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

from materiel.errors import InputRefused


def needed(package: str, what: str) -> ModuleType:
    """A package of the extra.

    Args:
        package: the module's name.
        what: what it is needed for, to say so.

    Raises:
        InputRefused: it is not installed.
    """
    try:
        return import_module(package)
    except ModuleNotFoundError as error:
        raise InputRefused(
            f"{what} needs {package.partition('.')[0]}, which is not installed. "
            "Install it with: pip install 'materiel[outlook]'"
        ) from error
