"""Where output goes: tables and JSON to stdout, progress and notes to stderr."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.text import Text

WIDTH_IN_A_PIPE = 100
"""Columns of a table that goes to a file or a pipe, unless ``COLUMNS`` says otherwise."""
WHOLE_LINES = 100_000
"""Columns where nothing is to be wrapped."""


def make_console(width_in_a_pipe: int = WIDTH_IN_A_PIPE) -> Console:
    """A console on the present stdout, without emoji codes and markup: article text is shown as it is."""
    is_sized = sys.stdout.isatty() or "COLUMNS" in os.environ
    return Console(width=None if is_sized else width_in_a_pipe, markup=False, emoji=False, highlight=False)


def print_json(values: Mapping[str, Any]) -> None:
    """One JSON object on a line of its own."""
    typer.echo(json.dumps(values, ensure_ascii=False))


def note(text: str) -> None:
    """One line on stderr."""
    typer.echo(" ".join(text.split()), err=True)


class Counter:
    """Counts articles on a progress bar if there is one."""

    def __init__(self, progress: Progress | None) -> None:
        self._progress = progress
        self._task = progress.add_task("Reading", total=None) if progress else None
        self._pairs: TaskID | None = None

    def expect(self, files: int) -> None:
        """Says how many files there are; a file may hold many articles, so the bar may grow."""
        if self._progress and self._task is not None:
            self._progress.update(self._task, total=files)

    def note(self, text: str) -> None:
        """One line on stderr, above the bar if there is one."""
        if self._progress:
            self._progress.console.print(Text(" ".join(text.split())), soft_wrap=True)
        else:
            note(text)

    def compare(self, compared: int, pairs: int) -> None:
        """Says how many pairs of documents have been compared, and how many there are."""
        if self._progress:
            if self._pairs is None:
                self._pairs = self._progress.add_task("Comparing", total=pairs)
            self._progress.update(self._pairs, completed=compared, total=pairs)

    def count(self) -> None:
        if self._progress and self._task is not None:
            task = self._progress.tasks[0]
            total = None if task.total is None else max(task.total, task.completed + 1)
            self._progress.update(self._task, advance=1, total=total)


@contextmanager
def show_progress(*, prints: bool) -> Iterator[Counter]:
    """A progress bar on stderr while the block runs, if stderr is a terminal.

    There is none where the block prints to a terminal: the results themselves then show how far it is.
    """
    if not sys.stderr.isatty() or (prints and sys.stdout.isatty()):
        yield Counter(None)
        return
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    # Results go to stdout, which may be a pipe: the bar must not catch them.
    with Progress(*columns, console=console, transient=True, redirect_stdout=False) as progress:
        yield Counter(progress)


@contextmanager
def show_stages() -> Iterator[Callable[[str, int, int | None], None]]:
    """Takes what is being done, how much of it is done and of how much; a bar for each, if stderr is a terminal."""
    if not sys.stderr.isatty():
        yield lambda what, done, in_all: None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True, redirect_stdout=False) as progress:
        tasks: dict[str, TaskID] = {}

        def tell(what: str, done: int, in_all: int | None) -> None:
            if what not in tasks:
                tasks[what] = progress.add_task(what, total=in_all)
            progress.update(tasks[what], completed=done, total=in_all)

        yield tell
