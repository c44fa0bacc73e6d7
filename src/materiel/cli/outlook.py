"""``materiel outlook``: what follows from a scenario, and how often."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from materiel import desk
from materiel.cli.outlook_records import outlook_records
from materiel.cli.outlook_tables import print_outlook
from materiel.cli.screen import make_console, note, print_json, show_stages
from materiel.errors import InputRefused


def outlook(
    scenario: Annotated[Path, typer.Argument(metavar="SCENARIO", help="The scenario's YAML file.")],
    members: Annotated[int, typer.Option("--members", metavar="N", help="Imagined courses of events.")] = desk.MEMBERS,
    policy: Annotated[
        list[str] | None,
        typer.Option("--policy", metavar="NAME", help="A policy; give it again to compare. None: all that there are."),
    ] = None,
    seed: Annotated[int, typer.Option("--seed", metavar="S", help="Of all draws: the same gives the same.")] = 1,
    by: Annotated[
        str | None, typer.Option("--by", metavar="DATE", help="Chances up to this day. None: to the end.")
    ] = None,
    about: Annotated[
        str | None,
        typer.Option(
            "--about",
            metavar="OUTCOME",
            help='What the next four ask about: "broken ID", "broken ID by DATE", "NAME >= NUMBER". '
            "None: the first outcome that the scenario marks as bad.",
        ),
    ] = None,
    sensitivity: Annotated[
        bool, typer.Option("--sensitivity", help="What drives it: Sobol indices of the uncertain numbers.")
    ] = False,
    discovery: Annotated[
        bool, typer.Option("--discovery", help="Under which assumptions it happens: a box of numbers, by PRIM.")
    ] = False,
    needed: Annotated[
        float | None,
        typer.Option("--needed", metavar="SHARE", help="What would have to be true for it to reach this share."),
    ] = None,
    story: Annotated[
        int | None, typer.Option("--story", metavar="MEMBER", help="Tell one member's course, from 0, week by week.")
    ] = None,
    base: Annotated[
        int, typer.Option("--base", metavar="N", help="Base samples of --sensitivity, a power of two.")
    ] = desk.BASE,
    engine: Annotated[
        Literal["auto", "arrays", "kernel"], typer.Option(help="The kernel compiles first, and is faster for many.")
    ] = "auto",
    resume: Annotated[
        Path | None,
        typer.Option("--resume", metavar="FOLDER", help="Keep finished parts there, to go on after a stop."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one answer a line as JSON.")] = False,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write an HTML page of it as well.")
    ] = None,
) -> None:
    """Run a scenario many times and show what follows: how often each commitment is triggered, kept or broken, how
    stocks run, and what a policy changes.

    A share is that of all members, with the 95 % interval of its Monte Carlo error and a word of the ICD 203 scale. It
    says what follows from the scenario's numbers, not what comes; where these come from is printed with it.
    Policies are compared on the same draws, the first with each of the others.
    """
    questions = desk.Questions(about, base if sensitivity else None, discovery, needed, story)
    if about is not None and not questions.need_aim:
        raise InputRefused(
            "--about goes with --sensitivity, --discovery or --needed. Add one of them, or leave it out."
        )
    with show_stages() as progress:
        found = desk.outlook(
            scenario,
            members=members,
            policies=policy or (),
            seed=seed,
            by=by,
            questions=questions,
            engine=engine,
            resume=resume,
            progress=progress,
        )
    if as_json:
        for record in outlook_records(found):
            print_json(record)
    else:
        print_outlook(found, make_console())
    if output is not None:
        _write(desk.outlook_page(found), output)


def _write(page: str, output: Path) -> None:
    try:
        output.write_text(page, encoding="utf-8")
    except OSError as error:
        raise InputRefused(f"{output}: {error.strerror}. Name a file in a folder that you may write to.") from error
    note(f"Wrote {output}")
