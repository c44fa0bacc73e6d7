"""An account: a statement together with what its document adds: when it became known, who published it, its origin."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from materiel.register.dates import span
from materiel.terms.documents import Document
from materiel.terms.lineage import Lineage
from materiel.terms.statements import Stage, Statement

LAST = "9999"
"""Sorts what has no date after everything that has one."""


@dataclass(frozen=True, slots=True)
class Account:
    """A statement as evidence for an entry.

    Attributes:
        id: the statement's id, computed once.
        known_on: publication date of the document, or None.
        near_on: the same; for an undated document the first date of those that go back to the same origin.
        origin: id of the document that this one goes back to.
        publisher: of the origin where it is known here, otherwise of the document.
    """

    statement: Statement
    id: str
    known_on: str | None
    near_on: str | None
    origin: str
    publisher: str | None

    @property
    def happened_on(self) -> str | None:
        """The date that the claim itself gives, or None."""
        return getattr(self.statement.claim, "date", None) or None

    @property
    def assertion(self) -> str:
        """What the text does with the claim; kinds that have no such slot are stated."""
        return str(getattr(self.statement.claim, "assertion", "stated"))

    @property
    def span(self) -> tuple[int, int] | None:
        """The days that the account may speak of: the claim's date, else the day of publication.

        A refusal or a stop is a state that lasts: "has sent no weapons since 2022" speaks of 2022 until its own day.
        """
        happened, near = span(self.happened_on), span(self.near_on)
        if happened and near and getattr(self.statement.claim, "stage", None) in (Stage.WITHHELD, Stage.HALTED):
            return happened[0], max(happened[1], near[1])
        return happened or near

    @property
    def moment(self) -> str:
        """Where the account stands in a history: the claim's date, or publication where that falls in the same period.

        "2024", published on 2024-06-22, stands at 2024-06-22: what a report calls this year was so by its day.
        """
        happened, known = self.happened_on, self.near_on
        if happened and not (known and known.startswith(happened)):
            return happened
        return known or ""

    @property
    def order(self) -> tuple[str, str, int, str]:
        """Known date, then place in the document: the order of an entry's statements."""
        return (self.known_on or LAST, self.statement.document, self.statement.start, self.id)


def gather_accounts(
    statements: Iterable[Statement], documents: Mapping[str, Document], lineage: Lineage
) -> list[Account]:
    """One account for each distinct statement, in the order of their known dates and places.

    Raises:
        KeyError: a statement's document is not among the documents.
    """
    days = _first_days(documents, lineage)
    accounts: dict[str, Account] = {}
    for statement in statements:
        identity = statement.id
        document = documents[statement.document]
        origin = lineage.origin_of(statement.document)
        source = documents.get(origin, document)
        known_on = document.published_on
        publisher = source.publisher or document.publisher
        found = Account(statement, identity, known_on, known_on or days.get(origin), origin, publisher)
        # Two readers may find the same; the reader's name is no part of the id, so the first by name stands.
        if identity not in accounts or statement.reader < accounts[identity].statement.reader:
            accounts[identity] = found
    return sorted(accounts.values(), key=lambda account: account.order)


def _first_days(documents: Mapping[str, Document], lineage: Lineage) -> dict[str, str]:
    days: dict[str, str] = {}
    for identity, document in documents.items():
        if day := document.published_on:
            origin = lineage.origin_of(identity)
            days[origin] = min(day, days.get(origin, day))
    return days


def origins_of(accounts: Iterable[Account]) -> tuple[str, ...]:
    """The independent origins behind some accounts, sorted."""
    return tuple(sorted({account.origin for account in accounts}))


def first_id(accounts: Sequence[Account]) -> str:
    """The id of the statement that became known first; the smaller id where several did."""
    return min((account.known_on or LAST, account.id) for account in accounts)[1]
