"""``materiel board``: where each commitment of a dossier stands, what moved, and what follows from what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from materiel import desk
from materiel.cli.cards import print_card, print_chains, print_line, print_moves
from materiel.cli.records import card_record, chains_records, move_record
from materiel.cli.screen import make_console, note, print_json
from materiel.errors import InputRefused


def board(
    dossier: Annotated[Path, typer.Argument(metavar="DOSSIER", help="The dossier's file.")],
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="DATE", help="What had happened by this day. None: the last day.")
    ] = None,
    known_by: Annotated[
        str | None, typer.Option("--known-by", metavar="DATE", help="What was published by this day. None: all.")
    ] = None,
    changes: Annotated[
        tuple[str, str] | None, typer.Option(metavar="FROM TO", help="What moved between two days, and why.")
    ] = None,
    chains: Annotated[
        bool, typer.Option("--chains", help="What follows from what: ladders, cycles, what sets them off.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one commitment, change or chain a line.")] = False,
) -> None:
    """Show where every commitment stands: triggered first, then those nearest to it, then what is over.

    A commitment is standing (its condition has not come), triggered (it has), kept, broken, lapsed (its term ran out)
    or withdrawn. Dates are days, months or years. The last day is the last one that the record knows of: no result
    depends on today's date.
    """
    if changes and chains:
        raise InputRefused("--changes and --chains cannot be had together. Give one of them.")
    if changes:
        if as_of:
            raise InputRefused("--changes FROM TO names its days; --as-of does not go with it.")
        found = desk.changes(dossier, *changes, known_by=known_by)
        if as_json:
            for move in found:
                print_json(move_record(move))
        else:
            print_moves(found, f"Between {changes[0]} and {changes[1]}", make_console())
        return
    if chains:
        linked = desk.chains(dossier, as_of=as_of, known_by=known_by)
        if as_json:
            for record in chains_records(linked):
                print_json(record)
        else:
            print_chains(linked, make_console())
        return
    shown = desk.board(dossier, as_of=as_of, known_by=known_by)
    for decision in shown.loose:
        note(f"{decision.id} of {decision.decided_by} is about {decision.target}, which no reading finds any more")
    if as_json:
        for card in shown.cards:
            print_json(card_record(card))
    else:
        _print_board(shown, make_console())


def _print_board(shown: desk.Board, console: Console) -> None:
    known = f"by what was published by {shown.known_by}" if shown.known_by else "by all that is known"
    print_line(Text(f"The board on {shown.as_of}, {known}", style="bold"), console)
    if not shown.cards:
        console.print("No commitment had been made and was known.")
        return
    print_line(Text(_count(shown.cards)), console)
    for card in shown.cards:
        console.print()
        print_card(card, console)


def _count(cards: Sequence[desk.Card]) -> str:
    counts = Counter(card.state.value for card in cards)
    return ", ".join(f"{counts[state]} {state}" for state in dict.fromkeys(card.state.value for card in cards))
