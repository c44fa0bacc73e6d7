"""An outlook as tables and lines that wrap at any width."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from materiel import desk
from materiel.cli.cards import print_line

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
    if not told.chances:
        return
    _heading(f"Commitments by {found.by.isoformat()}", console)
    is_compared = len(told.policies) > 1
    columns = ("Commitment", *(("Policy",) if is_compared else ()), "State", "Members", "95 %", "In words")
    table = _table(columns, {"Members", "95 %"}, wide="Commitment")
    before = None
    for row in told.chances:
        name = Text.assemble(row.title, (f" [{row.commitment}]", "dim")) if row.commitment != before else Text()
        if row.commitment != before and before is not None:
            table.add_section()
        before = row.commitment
        policy = (Text(row.policy),) if is_compared else ()
        table.add_row(name, *policy, Text(row.state), Text(row.share), Text(row.interval), Text(row.words))
    console.print(table)


def _print_waits(told: desk.OutlookTold, console: Console) -> None:
    if not told.waits:
        return
    _heading("What comes, and by which week in 25, 50 and 75 % of all members (–: not within the scenario)", console)
    table = _table(("What", "Policy", "Members", "25", "50", "75"), {"Members", "25", "50", "75"}, wide="What")
    for row in told.waits:
        cells = (row.title, row.policy, row.share, row.quarter, row.half, row.most)
        table.add_row(*(Text(cell) for cell in cells))
    console.print(table)


def _print_tallies(told: desk.OutlookTold, console: Console) -> None:
    if not told.tallies:
        return
    _heading("How much", console)
    table = _table(
        ("Outcome", "Policy", "Mean", "5", "50", "95 %", "Bad if"), {"Mean", "5", "50", "95 %"}, wide="Outcome"
    )
    for row in told.tallies:
        name = f"{row.title} ({row.unit})" if row.unit else row.title
        bad = f"{row.bad}: {row.bad_share}" if row.bad else ""
        table.add_row(*(Text(cell) for cell in (name, row.policy, row.mean, row.low, row.middle, row.high, bad)))
    console.print(table)


def _print_compared(told: desk.OutlookTold, console: Console) -> None:
    for policy in dict.fromkeys(row.after_policy for row in told.compared):
        rows = [row for row in told.compared if row.after_policy == policy]
        _heading(f"What {policy} changes against {rows[0].before_policy}, on the same draws", console)
        table = _table(
            ("Outcome", "Before", "After", "Change", "95 %", "Pairing"),
            {"Before", "After", "Change", "95 %", "Pairing"},
            wide="Outcome",
        )
        for row in rows:
            style = "" if row.item.difference.is_told_apart else "dim"
            cells = (row.title, row.before, row.after, row.change, row.interval, row.gain)
            table.add_row(*(Text(cell, style=style) for cell in cells))
        console.print(table)
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
