"""Documents as trees: the origin, under it what derives from it, and what is merely like it."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from rich.console import Console
from rich.text import Text
from rich.tree import Tree

from materiel import desk
from materiel.terms.families import Family, Place, find_families
from materiel.terms.lineage import DerivationKind

MOST_PAIRS = 20
"""So many lines of a sort are listed, the nearest first; --json has them all."""

NEAREST = 3
"""So many possible sources of one document are named."""

DEEPEST = 10
"""Deeper ones stand beside the document from which they come and name it, so that there is room for words."""

_GAP = "  "


def print_trees(listed: Sequence[desk.Source], console: Console) -> None:
    """Each family as a tree for each of its origins, then the documents without one, then pairs of different origins
    that are alike, and a line that counts.
    """
    by_name = {source.name: source for source in listed}
    folder = _shared_folder(listed)
    families = find_families({source.name: source.above for source in listed})
    trees = [family for family in families if len(family.documents) > 1]
    for family in trees:
        for tree in _trees(family, by_name, folder):
            console.print(tree)
        console.print()
    singles = [by_name[family.documents[0]] for family in families if len(family.documents) == 1]
    if singles:
        if trees:
            console.print(Text("Without a family", style="bold"))
        for source in singles:
            console.print(_label(source, folder, _after(source)))
        console.print()
    _print_pairs("Cannot be told", _possible(by_name, folder), console)
    _print_pairs("Independent, and yet with passages in common", _sharing(by_name, folder), console)
    if folder:
        console.print(Text(f"Files are in {folder}", style="dim"))
    counts = (
        _counted(len(listed), "document", "documents"),
        _counted(len(trees), "family", "families"),
        _counted(len({source.first for source in listed}), "independent origin", "independent origins"),
    )
    console.print(Text(", ".join(counts)))


def _trees(family: Family, by_name: Mapping[str, desk.Source], folder: str) -> list[Tree]:
    """The family's trees; each branch hangs on the one last seen that is a step higher."""
    trees: list[Tree] = []
    path: list[Tree] = []
    seen: set[str] = set()
    for place in family.places:
        label = _place_label(place, by_name, folder, is_repeated=place.document in seen)
        seen.add(place.document)
        del path[min(place.depth, DEEPEST) :]
        path.append(path[-1].add(label) if path else Tree(label, guide_style="dim"))
        if place.depth == 0:
            trees.append(path[0])
    return trees


def _place_label(place: Place, by_name: Mapping[str, desk.Source], folder: str, *, is_repeated: bool) -> Text:
    source = by_name[place.document]
    if place.above is None:
        return _label(source, folder, _after(source), style="bold")
    tie = next((tie for tie in source.derived_from if tie.name == place.above), None)
    if tie is None:
        return _label(source, folder, kind=f"also after {source.outside}" if source.outside else "same outside source")
    remarks = [f"from {tie.file[len(folder) :]}"] if place.depth > DEEPEST else []
    remarks += ["the rest its own"] if tie.kind is DerivationKind.PARTIAL else []
    if source.is_origin and source.outside:
        remarks.append(_after(source))
    if place.is_again or is_repeated:
        remarks.append("also below" if place.is_again else "also above")
    return _label(source, folder, "; ".join(remarks), kind=f"{tie.kind.value} {tie.score:.2f}")


def _label(source: desk.Source, folder: str, remark: str = "", *, kind: str = "", style: str = "") -> Text:
    """As in "2024-06-25  rewrite 0.97  BuzzHarbor  05-rewrite.txt  (remark)"."""
    document = source.document
    label = Text(overflow="fold")
    label.append(f"{document.published_on or 'no date':<10}", style="cyan" if document.published_on else "dim")
    if kind:
        label.append(_GAP + kind, style="yellow")
    if document.publisher:
        label.append(_GAP + " ".join(document.publisher.split()), style=style)
    label.append(_GAP + source.file[len(folder) :], style="" if document.publisher else style)
    if remark:
        label.append(f"{_GAP}({remark})", style="magenta")
    return label


def _after(source: desk.Source) -> str:
    return f"after {source.outside}, as credited" if source.outside else ""


def _possible(by_name: Mapping[str, desk.Source], folder: str) -> list[str]:
    """A line for each document that counts as an origin and yet might derive from others; the nearest are named."""
    found = []
    for source in by_name.values():
        ties = [tie for tie in source.possible if by_name[tie.name].first != source.first]
        if source.is_origin and ties:
            found.append((source, sorted(ties, key=lambda tie: (-tie.score, tie.file))))
    found.sort(key=lambda pair: (-pair[1][0].score, pair[0].file))
    return [
        f"{source.file[len(folder) :]} possibly from "
        + ", ".join(f"{tie.file[len(folder) :]} {tie.score:.2f}" for tie in ties[:NEAREST])
        + (f", {len(ties) - NEAREST} more" if len(ties) > NEAREST else "")
        for source, ties in found
    ]


def _sharing(by_name: Mapping[str, desk.Source], folder: str) -> list[str]:
    """Each pair once, as seen from the one that stands later in the list."""
    place = {name: number for number, name in enumerate(by_name)}
    found = [
        (sum(p.end - p.start for p in tie.passages), source.file, tie)
        for source in by_name.values()
        for tie in source.shares_with
        if place[source.name] > place[tie.name] and by_name[tie.name].first != source.first
    ]
    found.sort(key=lambda pair: (-pair[0], pair[1], pair[2].file))
    return [
        f"{file[len(folder) :]} and {tie.file[len(folder) :]}: independent; shares "
        + ("one passage" if len(tie.passages) == 1 else f"{len(tie.passages)} passages")
        for _, file, tie in found
    ]


def _print_pairs(title: str, lines: Sequence[str], console: Console) -> None:
    if not lines:
        return
    console.print(Text(title, style="bold"))
    for line in lines[:MOST_PAIRS]:
        console.print(Text(line, overflow="fold"))
    if len(lines) > MOST_PAIRS:
        console.print(Text(f"and {len(lines) - MOST_PAIRS} more, in --json", style="dim"))
    console.print()


def _counted(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"


def _shared_folder(listed: Sequence[desk.Source]) -> str:
    """The folder that all files are in, with its last separator; "" where they share none, or there is but one file."""
    folders = {str(Path(source.file).parent) for source in listed}
    if len(listed) < 2 or len({Path(folder).is_absolute() for folder in folders}) > 1:
        return ""
    shared = os.path.commonpath(folders)
    return shared + os.sep if shared and all(s.file.startswith(shared + os.sep) for s in listed) else ""
