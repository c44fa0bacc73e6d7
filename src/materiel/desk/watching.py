"""A dossier as commitments and happenings: what was read, what analysts added, and what they decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from materiel.commitments.cells import HappeningIndex
from materiel.commitments.days import iso, span_or_none
from materiel.commitments.recording import record_entries
from materiel.commitments.translating import commitments_from
from materiel.desk.collect import open_computed
from materiel.desk.decided import KINDS, Decided, apply_decisions
from materiel.errors import InputRefused
from materiel.register import load_decisions, load_documents, load_entries
from materiel.terms.decisions import Decision
from materiel.terms.documents import Document
from materiel.terms.entries import Entry


@dataclass(frozen=True)
class Watched:
    """What the board is made of.

    Attributes:
        index: the happenings of the register and those that analysts declared.
        entries: the lines of the register, by id.
        documents: by id.
        history: every decision on commitments and events, superseded ones too.
    """

    decided: Decided
    index: HappeningIndex
    entries: Mapping[str, Entry]
    documents: Mapping[str, Document]
    history: tuple[Decision, ...]

    @property
    def is_dated(self) -> bool:
        """Whether anything of the record has a date."""
        return bool(self._days)

    @property
    def last_day(self) -> str:
        """The last day (ISO) that the record knows of: of publication, or of what an analyst declared.

        Raises:
            InputRefused: nothing in the dossier has a date.
        """
        if not self._days:
            raise InputRefused("No document of the dossier is dated, so there is no last day. Give --as-of DATE.")
        return iso(max(self._days))

    @cached_property
    def _days(self) -> tuple[int, ...]:
        """The last day (ordinal) that each date of the record may be."""
        days = [document.published_on for document in self.documents.values()]
        days += [event.happened_on for event in self.decided.events]
        days += [saying.known_on for each in self.decided.commitments for saying in each.sayings]
        return tuple(span[1] for day in days if (span := span_or_none(day)))


def watch(dossier: Path) -> Watched:
    """Everything of a dossier that the board needs.

    Raises:
        DossierRefused: the file is not a dossier.
    """
    with open_computed(dossier) as opened, opened.transaction() as connection:
        entries = {entry.id: entry for entry in load_entries(connection)}
        documents = load_documents(connection)
        history = tuple(load_decisions(connection, KINDS))
    published = {identity: document.published_on for identity, document in documents.items()}
    decided = apply_decisions(commitments_from(entries.values(), published), history, entries)
    recorded = record_entries(entries.values(), published)
    return Watched(decided, HappeningIndex((*recorded, *decided.events)), entries, documents, history)
