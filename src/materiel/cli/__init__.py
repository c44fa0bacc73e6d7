"""The command: it parses a request, asks the desk and shows the answer. One command a file, named as typed."""

from materiel.cli.command import app


def main() -> None:
    """The entry point of the command ``materiel``."""
    app()


__all__ = ["app", "main"]
