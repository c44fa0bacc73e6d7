"""``materiel read``: articles to statements, on the screen or into a dossier."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from materiel import desk
from materiel.cli import model_options as options
from materiel.cli.explanations import explanation_lines
from materiel.cli.model_notes import ModelTally, disagreement_line, refusal_line
from materiel.cli.records import statement_record
from materiel.cli.screen import Counter, make_console, note, print_json, show_progress
from materiel.cli.wording import word_claim


class Tally:
    """How many articles, statements and refusals have gone by."""

    def __init__(self) -> None:
        self.articles = self.statements = self.refusals = 0
        self.model = ModelTally()

    def __str__(self) -> str:
        articles = f"Read {_number(self.articles, 'article')}: {_number(self.statements, 'statement')}"
        return articles + (f", {self.refusals} refused" if self.refusals else "")


class Reader(StrEnum):
    """Who reads."""

    RULES = "rules"
    LLM = "llm"
    BOTH = "both"


def read(
    paths: Annotated[list[str], typer.Argument(metavar="PATH...", help="Files, folders or globs of articles.")],
    into: Annotated[
        Path | None, typer.Option(metavar="DOSSIER", help="Add what is read to this dossier; made if there is none.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one statement a line as JSON.")] = False,
    workers: Annotated[int, typer.Option(min=1, max=256, help="Processes that read at the same time.")] = 1,
    reader: Annotated[Reader, typer.Option(help="Who reads: the rules, a language model, or both.")] = Reader.RULES,
    explain: Annotated[
        bool,
        typer.Option(
            "--explain",
            help="Show for each sentence which rule fired, how each actor was found and what was missing; "
            "of a model, what the article does not bear out.",
        ),
    ] = False,
    model: options.Model = None,
    base_url: options.BaseUrl = None,
    cache: options.Cache = None,
    no_cache: options.NoCache = False,
    concurrency: options.Concurrency = 4,
    window: options.Window = None,
    attempts: options.Attempts = 4,
    timeout: options.Timeout = 300.0,
    max_tokens: options.MaxTokens = 8192,
    price_in: options.PriceIn = None,
    price_out: options.PriceOut = None,
) -> None:
    """Read articles and find what they say about arms supply.

    Reads .txt, .html, .pdf and JSON Lines of articles. Without --into it prints the statements that it found, each with
    its quote. A file that cannot be read is named on stderr, the others are read, and the exit code is 1.

    With --reader llm or both the text of the articles goes to the model's server. What the model says counts only as
    far as the article's words bear it out. The key is taken from OPENAI_API_KEY.
    """
    asking = None
    if _wants_model(reader, model):
        kept_in = None if no_cache else cache or desk.user_cache()
        endpoint = desk.Endpoint(str(model), base_url, attempts, timeout, max_tokens)
        asking = desk.Asking(endpoint, kept_in, concurrency, window)
    tally = Tally()
    added: desk.Added | None = None
    with show_progress(prints=as_json or into is None) as counter:
        readings: Iterable[desk.Reading] = desk.read_paths(paths, workers=workers, announce=counter.expect)
        if asking is not None:
            readings = desk.ask_model(readings, asking, with_rules=reader is Reader.BOTH)
        prints_tables = into is None and not as_json
        readings = _watch(readings, counter, tally, explained=explain and not prints_tables, by=reader)
        if as_json:
            readings = _print_lines(readings)
        elif into is None:
            readings = _print_tables(readings, make_console(), explained=explain, by=reader)
        if into is None:
            for _ in readings:
                pass
        else:
            added = desk.read_into(into, readings, progress=counter.compare)
    if into is not None and added is not None:
        _say_what_is_new(into, added)
    if asking is not None:
        for line in tally.model.lines(price_in, price_out, compares=reader is Reader.BOTH):
            note(line)
    note(str(tally))
    if tally.refusals or tally.model.unanswered:
        raise typer.Exit(1)


def _wants_model(reader: Reader, model: str | None) -> bool:
    """Whether a model is to be asked.

    Raises:
        typer.BadParameter: the options do not fit together.
    """
    if reader is Reader.RULES:
        if model is not None:
            raise typer.BadParameter("a model reads only with --reader llm or --reader both.", param_hint="--model")
        return False
    if not model:
        raise typer.BadParameter(f"--reader {reader.value} needs a model's name.", param_hint="--model")
    return True


def _watch(
    readings: Iterable[desk.Reading], counter: Counter, tally: Tally, *, explained: bool, by: Reader
) -> Iterator[desk.Reading]:
    for reading in readings:
        counter.count()
        tally.model.add(reading)
        for why in reading.unanswered:
            counter.note(f"not answered: {reading.file}, {why}")
        if explained:
            for line in _explanation(reading, by):
                counter.note(f"{reading.file}: {line}")
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


def _print_tables(
    readings: Iterable[desk.Reading], console: Console, *, explained: bool, by: Reader
) -> Iterator[desk.Reading]:
    for reading in readings:
        if reading.document is not None:
            _print_article(reading, console)
            lines = _explanation(reading, by) if explained else [disagreement_line(d) for d in reading.disagreements]
            for line in lines:
                indent = "  " * (1 + (len(line) - len(line.lstrip())) // 2)
                console.print(Padding(Text(" ".join(line.split()), style="yellow"), (0, 0, 0, len(indent))))
            if lines:
                console.print()
        yield reading


def _explanation(reading: desk.Reading, by: Reader) -> list[str]:
    """How the rules came to what they say, then disagreements and refusals, a line each."""
    by_rules = desk.explain(reading.document) if reading.document is not None and by is not Reader.LLM else []
    return [
        *(line for each in by_rules for line in explanation_lines(each)),
        *(disagreement_line(each) for each in reading.disagreements),
        *(refusal_line(refusal) for refusal in reading.refused),
    ]


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
        if reading.usage.questions:
            said.append(f"\nread by {statement.reader}", style="dim")
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
