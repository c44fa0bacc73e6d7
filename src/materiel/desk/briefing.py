"""A dossier as a briefing."""

from __future__ import annotations

from pathlib import Path

from materiel.desk.collect import open_computed
from materiel.register import load_documents, load_entries, load_files, load_lineage
from materiel.report import Briefing, SourceDocument, render_briefing


def report(dossier: Path, title: str | None = None) -> str:
    """The briefing on a dossier as one HTML page that opens offline.

    Args:
        dossier: the file.
        title: the headline; made from the file's name where none is given.

    Raises:
        DossierRefused: the file is not a dossier.
        InputRefused: the briefing would hold a line that nobody can check.
    """
    with open_computed(dossier) as opened, opened.transaction() as connection:
        documents = load_documents(connection)
        files = load_files(connection)
        entries = load_entries(connection)
        lineage = load_lineage(connection)
    headline = title or dossier.stem.replace("-", " ").replace("_", " ").strip().capitalize()
    given = tuple(SourceDocument(document, files[identity][0]) for identity, document in documents.items())
    return render_briefing(Briefing(headline, tuple(entries), given, lineage))
