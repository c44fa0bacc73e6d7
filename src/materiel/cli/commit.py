"""``materiel commit``: an analyst's own commitments, and what analysts decide about those that were read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from materiel import desk
from materiel.cli.cards import print_line
from materiel.cli.records import decision_record
from materiel.cli.screen import make_console, note, print_json
from materiel.errors import InputRefused

_ACTIONS = ("correct", "merge", "withdraw", "reject", "accept", "event")


def commit(
    dossier: Annotated[Path, typer.Argument(metavar="DOSSIER", help="The dossier's file.")],
    debtor: Annotated[str | None, typer.Option(help="Who is bound: a code or a name.")] = None,
    when: Annotated[str | None, typer.Option(metavar="CONDITION", help="If this comes true (none: at once).")] = None,
    then: Annotated[str | None, typer.Option(metavar="CONDITION", help="The debtor brings this about.")] = None,
    by: Annotated[str | None, typer.Option(metavar="DATE", help="It is to be done by this day.")] = None,
    within: Annotated[
        str | None, typer.Option(metavar="DAYS", help="Or so many days after its condition came: 90d.")
    ] = None,
    force: Annotated[str | None, typer.Option(help="threat, promise or policy.")] = None,
    source: Annotated[
        list[str] | None, typer.Option(metavar="ENTRY", help="An entry of the register that it rests on. Repeatable.")
    ] = None,
    day: Annotated[
        str | None, typer.Option(metavar="DATE", help="When it was said or happened; none: when the source was known.")
    ] = None,
    correct: Annotated[str | None, typer.Option(metavar="ID", help="Correct this commitment's terms.")] = None,
    merge: Annotated[str | None, typer.Option(metavar="ID", help="This one is the same as the one of --into.")] = None,
    into: Annotated[str | None, typer.Option(metavar="ID", help="The commitment that stays.")] = None,
    withdraw: Annotated[str | None, typer.Option(metavar="ID", help="The debtor took this one back.")] = None,
    reject: Annotated[str | None, typer.Option(metavar="ID", help="This is none, or was read wrongly.")] = None,
    accept: Annotated[str | None, typer.Option(metavar="ID", help="Confirm this one, or put it back.")] = None,
    event: Annotated[
        str | None, typer.Option(metavar="TEXT", help="This happened: an event that conditions ask for by its words.")
    ] = None,
    author: Annotated[str, typer.Option(metavar="NAME", help="Who decides.")] = "",
    reason: Annotated[str, typer.Option(metavar="TEXT", help="Why.")] = "",
    on: Annotated[str | None, typer.Option("--on", metavar="DATE", help="The day of it; today's if none.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one decision a line as JSON.")] = False,
) -> None:
    """Add a commitment, or decide about one; with no option but --json, list what was decided.

    A commitment of your own has --debtor and --then, mostly --when, and at least one --source. --correct, --merge ID
    --into ID, --withdraw, --reject and --accept decide about one on the board, and --event declares that something
    happened. Each is stored with --author, --reason and its day; a later one supersedes it, and none is overwritten.
    """
    given = {"correct": correct, "merge": merge, "withdraw": withdraw, "reject": reject, "accept": accept}
    given["event"] = event
    asked = [action for action in _ACTIONS if given[action] is not None]
    terms = {"debtor": debtor, "when": when, "then": then, "by": by, "within": within, "force": force}
    named = [name for name, value in terms.items() if value is not None]
    loose = {"--into": into, "--source": source, "--day": day, "--author": author, "--reason": reason, "--on": on}
    if not asked and not named:
        if extra := [name for name, value in loose.items() if value]:
            raise InputRefused(f"{extra[0]} goes with a decision: give --debtor and --then, or --correct ID and so on.")
        _show(desk.decisions(dossier), as_json)
        return
    action = _one(asked)
    _check(action, named, into, source, day)
    # The only clock: a decision has a day, and whoever types it without one means today.
    who = desk.Author(author, reason, on or datetime.now().astimezone().date().isoformat())
    sources = tuple(source or ())
    match action:
        case None:
            if debtor is None or then is None:
                raise InputRefused("A commitment needs --debtor and --then; --when says on what condition.")
            terms |= {"force": force or "policy"}
            made = desk.commit(dossier, who, **terms, sources=sources, day=day)  # type: ignore[arg-type]
        case "correct":
            made = desk.correct(dossier, who, correct or "", **terms)
        case "merge":
            made = desk.merge(dossier, who, merge or "", into or "")
        case "withdraw":
            made = desk.withdraw(dossier, who, withdraw or "", sources=sources, day=day)
        case "reject":
            made = desk.reject(dossier, who, reject or "")
        case "accept":
            made = desk.accept(dossier, who, accept or "")
        case _:
            made = desk.declare(dossier, who, event or "", sources=sources, day=day)
    if as_json:
        print_json(decision_record(made))
    else:
        note(f"{made.target}: {desk.decision_words(made)} ({made.id})")


def _one(asked: Sequence[str]) -> str | None:
    if len(asked) > 1:
        raise InputRefused(f"--{asked[0]} and --{asked[1]} cannot be had together. Decide one thing at a time.")
    return asked[0] if asked else None


def _check(
    action: str | None, named: Sequence[str], into: str | None, source: Sequence[str] | None, day: str | None
) -> None:
    """Refuses options that the decision does not use, so that none is dropped in silence."""
    if named and action not in (None, "correct"):
        raise InputRefused(f"--{named[0]} does not go with --{action}. Correct the terms with --correct ID.")
    if (into is None) == (action == "merge"):
        raise InputRefused("--merge ID and --into ID go together.")
    if action not in (None, "withdraw", "event") and (source or day):
        raise InputRefused(f"--source and --day do not go with --{action}.")


def _show(made: Sequence[desk.Decision], as_json: bool) -> None:
    if as_json:
        for decision in made:
            print_json(decision_record(decision))
        return
    console = make_console()
    if not made:
        console.print("Nothing was decided about commitments.")
    for decision in made:
        _print(decision, console)


def _print(decision: desk.Decision, console: Console) -> None:
    gone = f" (superseded by {decision.superseded_by})" if decision.superseded_by else ""
    print_line(Text(f"{decision.decided_on}  {decision.decided_by}  {decision.id}{gone}", style="bold"), console)
    print_line(Text(f"  {decision.target}: {desk.decision_words(decision)}"), console)
    print_line(Text(f"  because: {decision.reason}"), console)
