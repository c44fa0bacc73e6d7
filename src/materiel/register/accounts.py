"""An account: a statement together with what its document adds: when it became known, who published it, its origin."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from materiel.register.backing import OriginFinder
from materiel.register.dates import span
from materiel.terms.documents import Document
from materiel.terms.entries import Backing, outside_name
from materiel.terms.lineage import Lineage
from materiel.terms.reliability import publisher_key
from materiel.terms.statements import Stage, Statement

LAST = "9999"
"""Sorts what has no date after everything that has one."""

Value = TypeVar("Value", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Account:
    """A statement as evidence for an entry.

    Attributes:
        id: the statement's id, computed once.
        known_on: publication date of the document, or None.
        near_on: that of the document in which the trail ends, for a reprint says nothing of its own day; where that is
            undated, the first date of those that go back to the same origin, else the document's own.
        origin: whose account it is, as in :class:`materiel.terms.entries.Backing`.
        publisher: of the origin: of the document, or the outside source. None where it is not named.
        outlet: the publisher of the statement's own document.
        carried_from: the document from which it is carried along, or None.
    """

    statement: Statement
    id: str
    known_on: str | None
    near_on: str | None
    origin: str
    publisher: str | None
    outlet: str | None = None
    carried_from: str | None = None

    @property
    def is_outside(self) -> bool:
        """Whether a source that is not in the dossier is credited with it."""
        return outside_name(self.origin) is not None

    @property
    def backing(self) -> Backing:
        return Backing(self.id, self.origin, self.carried_from)

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
    distinct: dict[str, Statement] = {}
    for statement in statements:
        identity = statement.id
        # Two readers may find the same; the reader's name is no part of the id, so the first by name stands.
        if identity not in distinct or statement.reader < distinct[identity].reader:
            distinct[identity] = statement
    finder = OriginFinder(distinct.values(), lineage)
    days = _first_days(documents, lineage)
    accounts = []
    for identity, statement in distinct.items():
        document = documents[statement.document]
        trail = finder.find(statement)
        told_in = documents.get(trail.told_in, document)
        near_on = told_in.published_on or days.get(lineage.origin_of(trail.told_in)) or document.published_on
        publisher = outside_name(trail.origin) or told_in.publisher
        known_on, outlet = document.published_on, document.publisher
        accounts.append(
            Account(statement, identity, known_on, near_on, trail.origin, publisher, outlet, trail.carried_from)
        )
    return sorted(accounts, key=lambda account: account.order)


def settle_credits(accounts: Sequence[Account], documents: Mapping[str, Document]) -> list[Account]:
    """The accounts of one entry, those credited to a publisher that itself bears the entry out here led back to it.

    "According to the Courier" is no second source beside the Courier's own article. Where that outlet has several
    articles on the matter, the first of them stands.
    """
    homes: dict[str, tuple[str, str]] = {}
    for account in accounts:
        credits_itself = account.is_outside and _is_same_publisher(account.outlet, account.publisher)
        identity = account.statement.document if credits_itself else account.origin
        if (document := documents.get(identity)) and document.publisher:
            key = publisher_key(document.publisher)
            homes[key] = min(homes.get(key, (LAST * 2, "")), (document.published_on or LAST, identity))
    settled = []
    for account in accounts:
        name = outside_name(account.origin)
        if name is None or publisher_key(name) not in homes:
            settled.append(account)
            continue
        _, origin = homes[publisher_key(name)]
        carried_from = account.carried_from or (None if account.statement.document == origin else origin)
        publisher = documents[origin].publisher
        settled.append(replace(account, origin=origin, publisher=publisher, carried_from=carried_from))
    return settled


def _is_same_publisher(one: str | None, other: str | None) -> bool:
    return bool(one and other) and publisher_key(one or "") == publisher_key(other or "")


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
    """The id of the statement that became known first, of what is carried along last; the smaller id where several did.

    So a copy, whatever its date, gives no entry another name.
    """
    return min((account.carried_from is not None, account.known_on or LAST, account.id) for account in accounts)[2]


def count_origins(accounts: Iterable[Account], value_of: Callable[[Account], Value | None]) -> dict[Value, int]:
    """How many origins give each value; accounts that give none are left out. What a copy repeats weighs nothing."""
    given: dict[Value, set[str]] = defaultdict(set)
    for account in accounts:
        if (value := value_of(account)) is not None:
            given[value].add(account.origin)
    return {value: len(origins) for value, origins in given.items()}
