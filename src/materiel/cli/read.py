"""``materiel read``: articles to statements, on the screen or into a dossier."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from materiel import desk
from materiel.cli.records import statement_record
from materiel.cli.screen import Counter, make_console, note, print_json, show_progress
from materiel.cli.wording import word_claim


class Tally:
    """How many articles, statements and refusals have gone by."""

    def __init__(self) -> None:
        self.articles = self.statements = self.refusals = 0

    def __str__(self) -> str:
        articles = f"Read {_number(self.articles, 'article')}: {_number(self.statements, 'statement')}"
        return articles + (f", {self.refusals} refused" if self.refusals else "")


def read(
    paths: Annotated[list[str], typer.Argument(metavar="PATH...", help="Files, folders or globs of articles.")],
    into: Annotated[
        Path | None, typer.Option(metavar="DOSSIER", help="Add what is read to this dossier; made if there is none.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one statement a line as JSON.")] = False,
    workers: Annotated[int, typer.Option(min=1, max=256, help="Processes that read at the same time.")] = 1,
) -> None:
    """Read articles and find what they say about arms supply.

    Reads .txt, .html, .pdf and JSON Lines of articles. Without --into it prints the statements that it found, each with
    its quote. A file that cannot be read is named on stderr, the others are read, and the exit code is 1.
    """
    tally = Tally()
    added: desk.Added | None = None
    with show_progress(prints=as_json or into is None) as counter:
        readings = _watch(desk.read_paths(paths, workers=workers, announce=counter.expect), counter, tally)
        if as_json:
            readings = _print_lines(readings)
        elif into is None:
            readings = _print_tables(readings, make_console())
        if into is None:
            for _ in readings:
                pass
        else:
            added = desk.read_into(into, readings)
    if into is not None and added is not None:
        _say_what_is_new(into, added)
    note(str(tally))
    if tally.refusals:
        raise typer.Exit(1)


def _watch(readings: Iterable[desk.Reading], counter: Counter, tally: Tally) -> Iterator[desk.Reading]:
    for reading in readings:
        counter.count()
        if reading.refusal:
            tally.refusals += 1
            counter.note(f"refused: {reading.refusal}")
        else:
            tally.articles += 1
            tally.statements += len(reading.statements)
        yield reading


def _print_lines(readings: Iterable[desk.Reading]) -> Iterator[desk.Reading]:
    for reading in readings:
        for statement in reading.statements:
            print_json(statement_record(reading, statement))
        yield reading


def _print_tables(readings: Iterable[desk.Reading], console: Console) -> Iterator[desk.Reading]:
    for reading in readings:
        if reading.document is not None:
            _print_article(reading, console)
        yield reading


def _print_article(reading: desk.Reading, console: Console) -> None:
    document = reading.document
    assert document is not None
    about = ", ".join(part for part in (document.publisher, document.published_on) if part)
    console.print(Text(document.title or reading.file, style="bold"))
    console.print(Text(f"{reading.file}{' · ' + about if about else ''}", style="dim"))
    if not reading.statements:
        console.print("  nothing about arms supply\n")
        return
    table = Table(box=None, show_header=False, padding=(0, 1), expand=True)
    table.add_column(no_wrap=True, width=10)
    table.add_column(ratio=1, overflow="fold")
    for statement in reading.statements:
        said = Text(word_claim(statement.claim))
        said.append(f"\n“{' '.join(statement.quote.split())}”", style="italic dim")
        if statement.speaker:
            said.append(f"\naccording to {statement.speaker}", style="dim")
        table.add_row(Text(statement.kind, style="cyan"), said)
    console.print(table)
    console.print()


def _say_what_is_new(into: Path, added: desk.Added) -> None:
    if added.new_documents or added.new_statements:
        new = f"{_number(added.new_documents, 'new document')}, {_number(added.new_statements, 'new statement')}"
    else:
        new = "nothing new"
    note(f"{into}: {new}; {added.entries} {'entry' if added.entries == 1 else 'entries'} in the register")


def _number(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
