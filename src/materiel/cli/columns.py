"""Two texts in two columns, the earlier on the left, with the passages that they share facing each other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from materiel import desk
from materiel.cli.wording import word_direction, word_pair
from materiel.terms.lineage import DerivationKind

_VERBATIM, _RETOLD, _OWN = "green", "yellow", "magenta"


def print_facings(asked: desk.Source, facings: Sequence[desk.Facing], console: Console) -> None:
    """Every pair under a heading of its own."""
    if not facings:
        console.print(Text(f"{asked.file} derives from no document here, and none derives from it."))
        return
    for number, facing in enumerate(facings):
        if number:
            console.print()
        _print_facing(facing, console)


def _print_facing(facing: desk.Facing, console: Console) -> None:
    console.print(Text(word_pair(facing), style="bold"))
    for remark in _remarks(facing):
        console.print(Text(remark))
    console.print()
    table = Table(box=box.SIMPLE_HEAD, expand=True, leading=1, show_edge=False, show_header=False, pad_edge=False)
    table.add_column(ratio=1, overflow="fold")
    table.add_column(ratio=1, overflow="fold")
    table.add_row(_heading(facing.earlier, "Earlier"), _heading(facing.later, "Later"), end_section=True)
    for line in facing.lines:
        table.add_row(_cell(facing.earlier, line.earlier, line), _cell(facing.later, line.later, line))
    console.print(table)


def _remarks(facing: desk.Facing) -> Iterator[str]:
    kind = facing.pair.kind
    if kind is not DerivationKind.INDEPENDENT:
        yield f"Direction: {word_direction(facing)}"
    text = facing.later.document.text
    named: dict[str, str] = {}
    for credit in facing.credits:
        words = "the whole of it" if credit.is_whole else f"“{_flat(text[credit.start : credit.end])}”"
        named.setdefault(credit.name, words)
    for name, words in named.items():
        yield f"Credits {name}: {_shortened(words)}"
    verbatim = sum(passage.is_verbatim for passage in facing.pair.passages)
    retold = len(facing.pair.passages) - verbatim
    shared = [f"{verbatim} word for word [n =]"] * bool(verbatim) + [f"{retold} retold [n ~]"] * bool(retold)
    yield f"Shared passages: {', '.join(shared) or 'none'}"
    if kind not in (DerivationKind.POSSIBLE, DerivationKind.INDEPENDENT):
        count = len(facing.own)
        own = f"{count or 'no'} stretch{'' if count == 1 else 'es'} [own]"
        yield f"Of its own: {own}; what bears no mark was not aligned"


def _heading(source: desk.Source, age: str) -> Text:
    document = source.document
    parts = (document.published_on or "no date", document.publisher, source.file, document.title)
    return Text("\n".join(_flat(part) for part in (f"{age}: {parts[0]}", *parts[1:]) if part), style="bold")


def _cell(source: desk.Source, span: tuple[int, int] | None, line: desk.Line) -> Text:
    if span is None:
        return Text()
    text = _paragraphs(source.document.text[slice(*span)])
    if line.number is not None:
        sign, style = ("=", _VERBATIM) if line.is_verbatim else ("~", _RETOLD)
        return Text.assemble((f"[{line.number} {sign}] ", f"bold {style}"), (text, style))
    if line.is_own:
        return Text.assemble(("[own] ", f"bold {_OWN}"), (text, _OWN))
    return Text(text, style="dim")


def _paragraphs(text: str) -> str:
    """The text with its paragraphs and no other breaks of lines; their ends are the terminal's to choose."""
    return "\n".join(_flat(part) for part in re.split(r"\n\s*\n", text) if part.strip())


def _flat(text: str) -> str:
    return " ".join(text.split())


def _shortened(words: str, most: int = 160) -> str:
    return words if len(words) <= most else words[:most].rpartition(" ")[0] + " …"
