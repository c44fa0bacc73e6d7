"""An outlook as tables and lines that wrap at any width."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from materiel import desk
from materiel.cli.cards import print_line

_STATE, _WHAT = 0.13, 0.4
"""Shares of the width that the first column takes."""
MOST = 12
"""Rows of drivers that a screen shows; JSON and the page have all."""


def print_outlook(found: desk.Outlook, console: Console) -> None:
    """Everything that was asked, with what it rests on at the head and the end."""
    told = desk.tell_outlook(found)
    _print_head(found, told, console)
    _print_chances(found, told, console)
    _print_waits(told, console)
    _print_tallies(told, console)
    _print_compared(told, console)
    if found.sensitivity is not None:
        _print_drivers(found.sensitivity, told, console)
    if found.discovery is not None:
        _heading(f"Under which assumptions: {found.discovery.outcome}", console)
        print_line(Text(told.box), console)
        _print_lines(told.limits, console)
    if found.needed is not None:
        _heading(f"What would have to be true: {found.needed.outcome}", console)
        print_line(Text(told.needed_head), console)
        _print_lines(told.needed, console)
        for words, listed in told.nowhere:
            print_line(Text(f"{words[:1].upper()}{words[1:]}: {', '.join(listed)}"), console)
    if found.story is not None:
        _print_story(found.story, told, console)
    console.print()
    for line in told.basis:
        print_line(Text(line), console)


def _print_head(found: desk.Outlook, told: desk.OutlookTold, console: Console) -> None:
    scenario = found.scenario
    weeks = f"{scenario.weeks} weeks from {scenario.start.isoformat()}"
    print_line(
        Text(f"{told.title}: {found.members:,} members, {weeks}, seed {found.seed}", style="bold"),
        console,
    )
    print_line(Text(scenario.about), console)
    print_line(
        Text("Shares are of all members. They say what follows from the numbers below, not what comes."), console
    )
    for policies, words in told.failures:
        print_line(Text(f"{policies}: {words}", style="yellow"), console)


def _print_chances(found: desk.Outlook, told: desk.OutlookTold, console: Console) -> None:
    """Each commitment under its title; a line for each state, a column for each policy."""
    if not told.chances:
        return
    _heading(f"Commitments by {found.by.isoformat()}", console)
    _print_columns(("", *told.policies), [], console, _STATE)
    for commitment in dict.fromkeys(row.commitment for row in told.chances):
        rows = [row for row in told.chances if row.commitment == commitment]
        print_line(Text.assemble(rows[0].title, (f"  [{commitment}]", "dim")), console)
        lines = []
        for state in dict.fromkeys(row.state for row in rows):
            cells = [f"{row.share} ({row.interval[:-2]}) {row.words}" for row in rows if row.state == state]
            lines.append((state, *cells))
        _print_columns(None, lines, console, _STATE)


def _print_waits(told: desk.OutlookTold, console: Console) -> None:
    """A line for each thing, a column for each policy."""
    if not told.waits:
        return
    _heading("What comes, and by which week in 25 / 50 / 75 % of all members (–: not within the scenario)", console)
    lines = []
    for name in dict.fromkeys(row.name for row in told.waits):
        rows = {row.policy: row for row in told.waits if row.name == name}
        cells = [
            f"{row.share}  {row.quarter} / {row.half} / {row.most}" if (row := rows.get(policy)) else "0 %"
            for policy in told.policies
        ]
        lines.append((next(iter(rows.values())).title, *cells))
    _print_columns(("", *told.policies), lines, console, _WHAT)


def _print_columns(head: Sequence[str] | None, lines: Sequence[Sequence[str]], console: Console, first: float) -> None:
    """Columns at the same places in every table: the first takes its share of the width, the others part the rest."""
    count = len(head or lines[0]) - 1
    width = int(console.width * (first if count > 1 else max(first, 0.5)))
    table = Table(box=None, show_header=head is not None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    table.add_column(Text(head[0]) if head else "", width=width - 2, overflow="fold")
    for place in range(count):
        other = (console.width - width) // count - 2
        table.add_column(Text(head[place + 1]) if head else "", width=other, overflow="fold")
    for line in lines:
        table.add_row(*(Text(f"  {cell}" if head is None and not place else cell) for place, cell in enumerate(line)))
    console.print(table)


def _print_tallies(told: desk.OutlookTold, console: Console) -> None:
    """A line for each outcome, a column for each policy; under it the chance of the bad one."""
    if not told.tallies:
        return
    _heading("How much: 5 / 50 / 95 % of the members are below", console)
    lines = []
    for name in dict.fromkeys(row.name for row in told.tallies):
        rows = [row for row in told.tallies if row.name == name]
        title = f"{rows[0].title} ({rows[0].unit})" if rows[0].unit else rows[0].title
        lines.append((title, *(f"{row.low} / {row.middle} / {row.high}" for row in rows)))
        if rows[0].bad:
            lines.append((f"  {rows[0].bad}", *(f"{row.bad_share} of members" for row in rows)))
    _print_columns(("", *told.policies), lines, console, _WHAT)


def _print_compared(told: desk.OutlookTold, console: Console) -> None:
    for policy in dict.fromkeys(row.after_policy for row in told.compared):
        rows = [row for row in told.compared if row.after_policy == policy]
        _heading(f"What {policy} changes against {rows[0].before_policy}, on the same draws", console)
        for is_share, title in ((True, "Share of members"), (False, "Mean")):
            shown = [row for row in rows if row.item.is_share == is_share and row.item.difference.is_told_apart]
            if not shown:
                continue
            table = _table((title, "", "Change", "95 %", "Pairing"), {"", "Change", "95 %", "Pairing"}, wide=title)
            for row in shown:
                cells = (row.title, row.levels, row.change, row.interval, row.gain)
                table.add_row(*(Text(cell) for cell in cells))
            console.print(table)
        if unclear := [row.title for row in rows if not row.item.difference.is_told_apart]:
            print_line(
                Text(f"Changed too little to be told from no change: {'; '.join(unclear)}.", style="dim"), console
            )
    if told.compared:
        print_line(Text("Pairing: how many times more members two runs with luck of their own would need."), console)


def _print_drivers(found: desk.Sensitivity, told: desk.OutlookTold, console: Console) -> None:
    _heading(f"What drives: {found.outcome}", console)
    if told.drivers:
        table = _table(("Number", "Total", "Alone", "Why"), {"Total", "Alone"}, wide="Why")
        for row in told.drivers[:MOST]:
            style = "" if row.driver.total.is_told_from_nothing else "dim"
            table.add_row(*(Text(cell, style=style) for cell in (row.name, row.total, row.first, row.why)))
        console.print(table)
    print_line(Text(told.luck), console)
    left_out = f", {found.left_out} left out because a run failed" if found.left_out else ""
    more = f" {len(told.drivers) - MOST} smaller numbers are not shown." if len(told.drivers) > MOST else ""
    print_line(
        Text(
            f"Shares of the whole variance, of numbers and luck together; {found.base:,} base samples{left_out}, each "
            f"with the luck of one member in all its rows ({found.rows:,} runs).{more}"
        ),
        console,
    )


def _print_story(story: desk.Story, told: desk.OutlookTold, console: Console) -> None:
    policy = f", {story.policy}" if story.policy else ""
    _heading(f"One course of events: member {story.member:,}{policy}", console)
    if not told.story:
        console.print("Nothing of note comes about.")
    for week in told.story:
        for place, sentence in enumerate(week.sentences):
            label = f"{week.day.isoformat()}  {week.number:>3}  " if not place else " " * 17
            for number, line in enumerate(Text(sentence).wrap(console, max(console.width - 17, 20))):
                line.rstrip()
                console.print(Text.assemble((label if not number else " " * 17, "dim"), line))
    if story.failed:
        print_line(Text(f"It failed in week {story.failed[0] + 1}: {story.failed[1]}", style="yellow"), console)


def _print_lines(lines: Iterable[desk.OutlookLine], console: Console) -> None:
    listed = tuple(lines)
    if not listed:
        return
    table = _table(("Number", "Where", "Why"), set(), wide="Why")
    for line in listed:
        table.add_row(Text(line.name), Text(line.words), Text(line.why))
    console.print(table)


def _heading(text: str, console: Console) -> None:
    console.print()
    print_line(Text(text, style="bold"), console)


def _table(columns: Sequence[str], right: set[str], *, wide: str) -> Table:
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for column in columns:
        if column in right:
            table.add_column(column, justify="right", overflow="fold")
        else:
            table.add_column(column, overflow="fold", ratio=3 if column == wide else None)
    return table
