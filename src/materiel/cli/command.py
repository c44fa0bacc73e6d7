"""The command group: its options, its commands, and how a refusal is shown."""

from __future__ import annotations

from importlib.metadata import version
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from materiel import desk
from materiel.cli.board import board
from materiel.cli.commit import commit
from materiel.cli.lineage import lineage
from materiel.cli.outlook import outlook
from materiel.cli.publishers import publishers
from materiel.cli.read import read
from materiel.cli.register import register
from materiel.cli.report import report
from materiel.cli.scenario import scenario
from materiel.cli.sources import sources
from materiel.cli.whatif import whatif
from materiel.cli.why import why
from materiel.errors import MaterielError


class RefusingGroup(TyperGroup):
    """Shows every refusal on stderr and leaves with code 1; anything else is a fault and stays loud.

    A refusal is one line, and below it whatever it lists, each in a line of its own.
    """

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except MaterielError as refusal:
            head, *listed = (" ".join(line.split()) for line in refusal.lines)
            typer.echo(f"materiel: {head}", err=True)
            for line in listed:
                typer.echo(f"  {line}", err=True)
            if place := desk.place_of(refusal):
                typer.echo(place, err=True)
            raise typer.Exit(1) from refusal


def _show_version(is_asked: bool) -> None:
    if is_asked:
        typer.echo(f"materiel {version('materiel')}")
        raise typer.Exit


def _begin(
    _: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and leave.")
    ] = False,
) -> None:
    """Who arms whom, with what, and on what conditions: a register in which every line leads back to a sentence."""


app = typer.Typer(
    cls=RefusingGroup,
    no_args_is_help=True,
    callback=_begin,
    pretty_exceptions_enable=False,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for _command in (read, register, why, board, whatif, commit, scenario, outlook, sources, lineage, publishers, report):
    app.command()(_command)
