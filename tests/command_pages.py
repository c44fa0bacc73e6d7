"""The text of docs/cli.md, from the commands' own help; ``make docs`` writes it, ``test_docs`` compares it."""

from __future__ import annotations

import html
import subprocess
import sys

COMMAND = (sys.executable, "-m", "typer", "materiel.cli", "utils", "docs", "--name", "materiel", "--title", "Commands")


def write_command_pages() -> str:
    """Every command with its arguments and options, as Markdown."""
    written = subprocess.run(COMMAND, check=True, capture_output=True, text=True, encoding="utf-8").stdout
    return html.unescape(written).rstrip() + "\n"


if __name__ == "__main__":
    sys.stdout.write(write_command_pages())
