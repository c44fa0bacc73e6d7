"""``materiel register``: the lines of a dossier's register."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from materiel import desk
from materiel.cli.records import entries_csv, entry_record
from materiel.cli.screen import make_console, print_json
from materiel.cli.wording import (
    name_actor,
    name_goods,
    name_pair,
    word_claim,
    word_clause,
    word_figures,
    word_state,
    word_when,
)
from materiel.errors import InputRefused
from materiel.terms.actors import actor_name
from materiel.terms.entries import Entry
from materiel.terms.statements import Commitment, Measure, Pact, Stance, Transfer

Cells = tuple[str, ...]

NARROW = 90
"""Below so many columns a table would squeeze words into slivers, so entries are shown as a list."""


def register(
    dossier: Annotated[Path, typer.Argument(metavar="DOSSIER", help="The dossier's file.")],
    kind: Annotated[
        str | None, typer.Option(help="Only transfer, commitment, pact, stance or measure entries.")
    ] = None,
    supplier: Annotated[str | None, typer.Option(help="Only this supplier or party: a code or a name.")] = None,
    recipient: Annotated[str | None, typer.Option(help="Only this recipient or party: a code or a name.")] = None,
    since: Annotated[str | None, typer.Option(metavar="DATE", help="Only what moved on this day or later.")] = None,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print a CSV table.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one entry a line as JSON.")] = False,
) -> None:
    """Show the register: what the statements add up to, with support and grade.

    Support is the number of independent origins that state an entry. The grade follows the Admiralty code:
    reliability A to F, credibility 1 to 6; F and 6 mean that it cannot be judged.
    """
    if as_csv and as_json:
        raise InputRefused("--csv and --json cannot be had together. Give one of them.")
    entries = desk.register(dossier, kind=kind, supplier=supplier, recipient=recipient, since=since)
    if as_json:
        for entry in entries:
            print_json(entry_record(entry))
    elif as_csv:
        typer.echo(entries_csv(entries), nl=False)
    else:
        _print_tables(entries, make_console())


def _print_tables(entries: Sequence[Entry], console: Console) -> None:
    if not entries:
        console.print("No entry fits.")
    if console.width < NARROW:
        _print_list(entries, console)
        return
    for kind, (title, columns, cells_of) in _TABLES.items():
        lines = [entry for entry in entries if entry.kind == kind]
        if not lines:
            continue
        table = Table(title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD)
        table.add_column("Entry", no_wrap=True, width=11)
        rows = [cells_of(entry) for entry in lines]
        for column in columns:
            table.add_column(column, overflow="fold", no_wrap=column == "When")
        table.add_column("Sup.", justify="right", no_wrap=True, width=4)
        table.add_column("Grade", no_wrap=True, width=5)
        for entry, row in zip(lines, rows, strict=True):
            shown = (entry.id, *row, str(entry.support), str(entry.grade))
            table.add_row(*(Text(cell) for cell in shown), style="yellow" if entry.is_disputed else "")
        console.print(table)


def _print_list(entries: Sequence[Entry], console: Console) -> None:
    for entry in entries:
        state, when = word_state(entry), word_when(entry)
        facts = [state if entry.is_disputed else "", when, f"support {entry.support}", f"grade {entry.grade}"]
        console.print(Text(f"{entry.id}  {word_claim(entry.claim)}"))
        console.print(Text("  " + "; ".join(fact for fact in facts if fact), style="dim"))


def _transfer_cells(entry: Entry) -> Cells:
    claim = entry.claim
    assert isinstance(claim, Transfer)
    via = f" via {name_actor(claim.via)}" if claim.via else ""
    pair = f"{name_actor(claim.supplier, claim.supplier_name)} → {name_actor(claim.recipient, claim.recipient_name)}"
    figures = word_figures(claim)
    goods = name_goods(claim.materiel) + (f" ({figures})" if figures else "")
    return pair + via, goods, word_state(entry), word_when(entry)


def _commitment_cells(entry: Entry) -> Cells:
    claim = entry.claim
    assert isinstance(claim, Commitment)
    return (
        f"{name_actor(claim.debtor)} ({claim.force.value})",
        word_clause(claim.antecedent),
        word_clause(claim.consequent),
        word_when(entry),
    )


def _pact_cells(entry: Entry) -> Cells:
    claim = entry.claim
    assert isinstance(claim, Pact)
    parties = ", ".join(actor_name(party) for party in claim.parties)
    return parties, claim.pact.value, word_state(entry), word_when(entry)


def _stance_cells(entry: Entry) -> Cells:
    claim = entry.claim
    assert isinstance(claim, Stance)
    return name_actor(claim.holder), claim.stance.value, name_pair(claim.supplier, claim.recipient), word_when(entry)


def _measure_cells(entry: Entry) -> Cells:
    claim = entry.claim
    assert isinstance(claim, Measure)
    figure = f"{claim.value:,.15g} {claim.unit or ''}".strip()
    return name_actor(claim.subject), claim.measure.value, figure, claim.period or word_when(entry)


_TABLES: dict[str, tuple[str, Cells, Callable[[Entry], Cells]]] = {
    "transfer": (
        "Transfers",
        ("Supplier → recipient", "Materiel", "Stage", "When"),
        _transfer_cells,
    ),
    "commitment": ("Commitments", ("Who", "If", "Then", "When"), _commitment_cells),
    "pact": ("Pacts", ("Parties", "Kind", "Status", "When"), _pact_cells),
    "stance": ("Stances", ("Who", "Stance", "Supply", "When"), _stance_cells),
    "measure": ("Measures", ("Subject", "Measure", "Value", "Period"), _measure_cells),
}
