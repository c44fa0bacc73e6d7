"""Commitments, changes and chains as blocks of text that wrap at any width."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.console import Console
from rich.text import Text

from materiel import desk

_STYLES = {
    "standing": "bold cyan",
    "triggered": "bold yellow",
    "kept": "bold green",
    "broken": "bold red",
    "lapsed": "bold",
    "withdrawn": "bold",
}
_LABEL = 10
"""Columns of the labels, without the space after them."""


def print_card(card: desk.Card, console: Console) -> None:
    """A commitment: its state, its two sides, what it rests on, what is missing."""
    _print_heading(card, console)
    _print_rows(_rows(card), console)


def print_moves(moves: Sequence[desk.Moved], title: str, console: Console) -> None:
    """What moved, each with the reason."""
    print_line(Text(title, style="bold"), console)
    if not moves:
        console.print("Nothing moved.")
    for move in moves:
        console.print()
        _print_move(move, console)


def print_supposed(supposed: desk.Supposition, console: Console) -> None:
    """A ladder: what is supposed, what that moves, what follows if it is kept."""
    print_line(Text(f"Imagined on {supposed.as_of}; nothing of this is stored.", style="bold"), console)
    print_line(Text("Each step supposes that what the one before set off is done."), console)
    for number, rung in enumerate(supposed.rungs, 1):
        console.print()
        print_line(Text(f"{number}. {'; '.join(rung.supposed)}", style="bold"), console)
        if not rung.moves:
            print_line(Text("   moves no commitment."), console)
        for move in rung.moves:
            _print_move(move, console)


def print_chains(chains: desk.Chained, console: Console) -> None:
    """Ladders, cycles, and the smallest sets of outside events that set off the most."""
    if not chains.ladders:
        console.print("No commitment has a condition that could come.")
        return
    cards = {card.id: card for card in chains.cards}
    ladders = [ladder for ladder in chains.ladders if len(ladder.rungs) > 1]
    print_line(Text("Ladders: what follows from one event, if all that it sets off is kept", style="bold"), console)
    if not ladders:
        console.print("None: no commitment that is set off sets off another.")
    for ladder in ladders:
        console.print()
        print_line(Text(ladder.event), console)
        for number, rung in enumerate(ladder.rungs, 1):
            _print_rows([(f"  {number}.", f"{_deed(cards[each])}  [{each}]") for each in rung], console, width=4)
    if single := [ladder for ladder in chains.ladders if len(ladder.rungs) == 1]:
        console.print()
        print_line(Text("Events that go one step and no further", style="bold"), console)
    for ladder in single:
        print_line(Text(ladder.event), console)
        _print_rows([("  →", f"{_deed(cards[each])}  [{each}]") for each in ladder.rungs[0]], console, width=4)
    console.print()
    print_line(Text("Cycles: who escalates into whom", style="bold"), console)
    if not chains.cycles:
        console.print("None.")
    for cycle in chains.cycles:
        named = [f"{cards[each].debtor} ({each})" for each in (*cycle, cycle[0])]
        print_line(Text(" → ".join(named)), console)
    console.print()
    print_line(Text("The smallest sets of events that set off the most", style="bold"), console)
    count = f"{len(chains.most.sets_off)} of {len(cards)} commitments"
    size = len(chains.most.sets[0]) if chains.most.sets else 0
    print_line(Text(f"{count} by {size} {'event' if size == 1 else 'events'}" + _exactness(chains.most)), console)
    for events in chains.most.sets:
        _print_rows([("  -" if not place else "", event) for place, event in enumerate(events)], console, width=4)
    console.print()
    print_line(Text("Commitments that no single event sets off, and the smallest sets that do", style="bold"), console)
    several = {identity: sets for identity, sets in chains.smallest.items() if not sets.takes_one}
    if not several:
        console.print("None: one event sets off any of them.")
    for identity, solution in several.items():
        sets = "; or ".join(" and ".join(events) for events in solution.sets) or "no event does"
        _print_rows([(identity, sets + _exactness(solution))], console, width=16)


def _deed(card: desk.Card) -> str:
    """What a debtor will do, with the debtor named once."""
    return card.deed if card.deed.startswith(card.debtor) else f"{card.debtor}: {card.deed}"


def _exactness(solution: desk.Sets) -> str:
    return "" if solution.is_exact else " (not proved to be the smallest)"


def _print_move(move: desk.Moved, console: Console) -> None:
    was = move.before.state.value if move.before else "not on the board"
    now = move.after.state.value if move.after else "not on the board"
    _print_heading(move.card, console, f"{was} → {now}" if was != now else f"{now}, as before")
    _print_rows(
        [
            *([("if", move.card.condition)] if move.card.condition else []),
            ("then", move.card.deed),
            *(("because", why) for why in move.reasons),
        ],
        console,
    )


def _print_heading(card: desk.Card, console: Console, state: str | None = None) -> None:
    name = card.debtor[:1].upper() + card.debtor[1:]
    heading = Text.assemble(
        (state or card.state.value.upper(), _STYLES[card.state.value]),
        f"  {name}, {card.standing.force.value}  ",
        (card.id, "dim"),
    )
    print_line(heading, console)


def _rows(card: desk.Card) -> Iterator[tuple[str, str]]:
    words = " (in the source's words)"
    if card.condition:
        yield "if", card.condition + (words if card.is_condition_in_words else "")
    yield "then", card.deed + (words if card.is_deed_in_words else "")
    if card.due:
        yield "due", card.due
    yield "since", card.since
    for missing in card.missing:
        yield "missing", missing
    for evidence in card.evidence:
        yield "evidence", f"{desk.evidence_words(evidence)}  [{evidence.entry}]"
    for evidence in card.early:
        yield "before", f"{desk.evidence_words(evidence)}  [{evidence.entry}]"
    for said in card.said:
        outlet = f", {said.outlet}" if said.outlet else ""
        quote = f": “{' '.join(said.quote.split())}”" if said.quote else f"  [{said.source}]"
        if said.is_repeated:
            quote = ""
        yield said.act, f"{said.when}{outlet}{quote}"
    yield "grade", card.grade
    for remark in card.remarks:
        yield "note", remark
    for decision in card.decisions:
        what = decision.kind if decision.kind != "verdict" else f"{decision.target} {desk.decision_words(decision)}"
        yield "decided", f"{what}, by {decision.decided_by} on {decision.decided_on}: {decision.reason}"


def _print_rows(rows: Iterable[tuple[str, str]], console: Console, width: int = _LABEL) -> None:
    """Labels on the left, words that wrap beside them, and no spaces at the ends of lines."""
    for label, text in rows:
        for number, line in enumerate(Text(text).wrap(console, max(console.width - width - 1, 20))):
            line.rstrip()
            console.print(Text.assemble(((label if not number else "").ljust(width + 1), "dim"), line))


def print_line(text: Text, console: Console) -> None:
    """A text that wraps, with no spaces at the ends of lines."""
    for line in text.wrap(console, console.width):
        line.rstrip()
        console.print(line)
