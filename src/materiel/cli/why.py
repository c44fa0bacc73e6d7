"""``materiel why``: every statement behind an entry."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from materiel import desk
from materiel.cli.records import entry_record, evidence_record
from materiel.cli.screen import make_console, print_json
from materiel.cli.wording import word_claim, word_state
from materiel.errors import InputRefused
from materiel.terms.entries import Step

DOSSIER_VARIABLE = "MATERIEL_DOSSIER"
"""The environment variable that names the dossier of commands that are given none."""

_FOLDERS = (Path(), Path("build"))


def why(
    entry: Annotated[str, typer.Argument(metavar="ENTRY", help="The entry's id, or the beginning of it.")],
    named: Annotated[Path | None, typer.Argument(metavar="[DOSSIER]", help="The dossier's file.")] = None,
    dossier: Annotated[Path | None, typer.Option("--dossier", "-d", help="The same, as an option.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the entry and its evidence as one JSON line.")] = False,
) -> None:
    """Show why an entry stands in the register: each quote with its article and speaker, and whose account it is.

    Without a dossier it takes the one that MATERIEL_DOSSIER names, else the only .sqlite file here or in ./build.
    """
    reasoning = desk.why(named or dossier or find_dossier(), entry)
    if as_json:
        evidence = [evidence_record(item) for item in reasoning.evidence]
        print_json({**entry_record(reasoning.entry), "support_words": reasoning.support, "evidence": evidence})
    else:
        _print_reasoning(reasoning, make_console())


def find_dossier() -> Path:
    """The dossier meant where none is named.

    Raises:
        InputRefused: there is none, or several.
    """
    if named := os.environ.get(DOSSIER_VARIABLE):
        return Path(named)
    found = sorted(path for folder in _FOLDERS for path in folder.glob("*.sqlite"))
    if len(found) == 1:
        return found[0]
    if not found:
        raise InputRefused(
            f"No dossier is named, and there is no .sqlite file here or in ./build. "
            f"Name one with --dossier, or set {DOSSIER_VARIABLE}."
        )
    raise InputRefused(
        f"No dossier is named, and there are {len(found)}: {', '.join(map(str, found))}. Name one with --dossier."
    )


def _print_reasoning(reasoning: desk.Reasoning, console: Console) -> None:
    entry = reasoning.entry
    console.print(Text(f"{entry.id}  {word_claim(entry.claim)}", style="bold"))
    state = word_state(entry)
    console.print(Text(f"{state + '; ' if state else ''}grade {entry.grade}"))
    console.print(Text(f"support: {reasoning.support}"))
    for reason in entry.grade.reasons:
        console.print(Text(f"  {reason}", style="dim"))
    _print_list(console, "In conflict", entry.conflicts)
    _print_list(console, "History", [_word_step(step) for step in entry.history])
    count = len(reasoning.evidence)
    console.print(Text(f"\n{count} statement{'' if count == 1 else 's'}", style="bold"))
    for item in reasoning.evidence:
        _print_evidence(item, console)


def _print_list(console: Console, title: str, lines: tuple[str, ...] | list[str]) -> None:
    if lines:
        console.print(Text(f"\n{title}", style="bold"))
        for line in lines:
            console.print(Text(f"  {line}"))


def _word_step(step: Step) -> str:
    happened = f", {step.happened_on}" if step.happened_on else ""
    known = f", known on {step.known_on}" if step.known_on else ""
    assertion = "" if step.assertion == "stated" else f" ({step.assertion})"
    count = len(step.origins)
    return f"{step.stage}{assertion}{happened}{known}, {count} origin{'' if count == 1 else 's'}"


def _print_evidence(item: desk.Evidence, console: Console) -> None:
    statement, document = item.statement, item.document
    source = ", ".join(part for part in (document.publisher, document.published_on, document.title) if part)
    console.print(Text(f"\n“{' '.join(statement.quote.split())}”", style="italic"))
    console.print(Text(f"  {source or 'publisher and date not given'}"))
    said = f"according to {statement.speaker}" if statement.speaker else "in the article's own voice"
    console.print(Text(f"  {said}; {word_claim(statement.claim)}", style="dim"))
    if statement.inferred:
        slots = " and the ".join(statement.inferred)
        console.print(Text(f"  the {slots}: not in this sentence, taken from the rest of the article", style="yellow"))
    where = f"{item.file}, characters {statement.start} to {statement.end}"
    console.print(Text(f"  {where}; {_word_account(item)}; {statement.id}", style="dim"))


def _word_account(item: desk.Evidence) -> str:
    """Whose account a statement is."""
    words = [f"carried along from {item.carried_from}"] if item.carried_from else []
    if item.outside:
        words.append(f"credited to {item.outside}")
    elif item.carried_from and item.origin != item.carried_from:
        words.append(f"goes back to {item.origin}")
    return ", ".join(words) or "its own account"
