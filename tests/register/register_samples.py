"""Documents and statements for the tests of the register."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from materiel.terms.documents import Document, Passage, Role
from materiel.terms.lineage import Derivation, DerivationKind, Lineage
from materiel.terms.statements import Claim, Stage, Statement, Transfer

TEXT = "{name}: a text that is long enough for every place that a test may name in it, and a little longer than that."


def document(name: str) -> Document:
    """A dated article of an outlet; those whose names begin alike share their outlet."""
    text = TEXT.format(name=name)
    day = "abcdefghijklmnopqrstuvwxyz".index(name[0]) + 1
    return Document(
        text,
        (Passage(0, len(text), Role.BODY),),
        title=name,
        published_on=f"2024-06-{day:02}",
        publisher=f"Outlet {name[0]}",
    )


def claim(**slots: Any) -> Transfer:
    given: dict[str, Any] = {
        "supplier": "PRK",
        "recipient": "RUS",
        "materiel": ("artillery.ammunition",),
        "stage": Stage.DELIVERED,
    }
    return Transfer(**(given | slots))


def say(name: str, claim: Claim, *, speaker: str | None = None, start: int = 0) -> Statement:
    """A statement of the document of that name (its ``document`` is the name until it is bound)."""
    return Statement(name, claim, document(name).text[start : start + 5], start, start + 5, "test@1", speaker)


def bind(statement: Statement) -> Statement:
    """The same statement with its document's real id."""
    identity = document(statement.document).id
    return Statement(
        identity, statement.claim, statement.quote, statement.start, statement.end, statement.reader, statement.speaker
    )


def lineage_of(documents: Mapping[str, Document], copies: Mapping[str, str]) -> Lineage:
    """Lineage in which the documents named as keys copy those named as values."""
    copied = {document(copy).id: document(source).id for copy, source in copies.items()}
    origins: dict[str, tuple[str, ...]] = {identity: (copied.get(identity, identity),) for identity in documents}
    derivations = tuple(Derivation(copy, source, DerivationKind.COPY, 1.0) for copy, source in sorted(copied.items()))
    return Lineage(origins, derivations)
