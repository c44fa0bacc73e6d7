"""A dossier as a briefing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from materiel.desk.boards import board_of, chains_of
from materiel.desk.collect import open_computed
from materiel.desk.outlooks import outlook_shown
from materiel.desk.watching import Watched, watch
from materiel.outlook.answers.outlook import Outlook
from materiel.register import load_documents, load_entries, load_files, load_lineage
from materiel.report import Briefing, SourceDocument
from materiel.report.rendering import render_briefing
from materiel.report.standings import BoardShown


def report(
    dossier: Path,
    title: str | None = None,
    outlook: Outlook | None = None,
    *,
    tell: Callable[[str], None] | None = None,
) -> str:
    """The briefing on a dossier as one HTML page that opens offline.

    Args:
        dossier: the file.
        title: the headline; made from the file's name where none is given.
        outlook: of a scenario, shown as a section.
        tell: is told of each entry that the scenario names as evidence and that the dossier does not have.

    Raises:
        DossierRefused: the file is not a dossier.
        InputRefused: the briefing would hold a line that nobody can check.
    """
    watched = watch(dossier)
    with open_computed(dossier) as opened, opened.transaction() as connection:
        documents = load_documents(connection)
        files = load_files(connection)
        entries = load_entries(connection)
        lineage = load_lineage(connection)
    headline = title or dossier.stem.replace("-", " ").replace("_", " ").strip().capitalize()
    given = tuple(SourceDocument(document, files[identity][0]) for identity, document in documents.items())
    shown = shown_of(watched) if watched.is_dated else None
    briefing = Briefing(headline, tuple(entries), given, lineage, shown)
    imagined = None if outlook is None else outlook_shown(outlook, watched.entries)
    if imagined is not None and tell is not None:
        for line in imagined.unfounded:
            tell(line)
    return render_briefing(briefing, imagined)


def shown_of(watched: Watched) -> BoardShown:
    """The board of the last day, with its ladders and cycles."""
    standing = board_of(watched)
    chained = chains_of(watched)
    return BoardShown(standing.as_of, standing.cards, chained.ladders, chained.links, chained.cycles)
