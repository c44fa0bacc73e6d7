"""Entries of a register made by hand: a claim, and who told it when."""

from __future__ import annotations

from dataclasses import dataclass

from materiel.terms.entries import Backing, Entry, Grade, Step
from materiel.terms.statements import Assertion, Claim, Statement


@dataclass(frozen=True)
class Told:
    """One telling: published on a day (None: no date), of a stage, by an origin of its own unless one is named."""

    published: str | None
    stage: str
    assertion: str = Assertion.STATED
    happened_on: str | None = None
    claim: Claim | None = None
    origin: str = ""


def entry_of(identity: str, claim: Claim, *told: Told, grade: str = "B3") -> Entry:
    """An entry with a step for each stage and assertion, known from its first telling."""
    statements: list[Statement] = []
    backings: list[Backing] = []
    steps: dict[tuple[str, str, str | None], list[tuple[Told, Statement, str]]] = {}
    for number, each in enumerate(told):
        document = document_of(identity, number)
        statement = Statement(document, each.claim or claim, f"quote {number}", number, number + 7, "test@1")
        origin = each.origin or document
        statements.append(statement)
        backings.append(Backing(statement.id, origin))
        steps.setdefault((each.stage, each.assertion, each.happened_on), []).append((each, statement, origin))
    history = tuple(
        Step(
            stage, assertion, happened_on,
            min((each.published for each, _, _ in members if each.published), default=None),
            tuple(statement.id for _, statement, _ in members),
            tuple(sorted({origin for _, _, origin in members})),
        )
        for (stage, assertion, happened_on), members in steps.items()
    )  # fmt: skip
    stated = [backing.origin for each, backing in zip(told, backings, strict=True) if each.assertion == "stated"]
    return Entry(
        identity, claim, history, tuple(statements), tuple(backings), tuple(sorted(set(stated))), False, (),
        Grade(grade[0], grade[1], ()),
    )  # fmt: skip


def document_of(identity: str, number: int) -> str:
    return f"doc-{identity}-{number}"


def published_of(entries: dict[str, list[Told]]) -> dict[str, str | None]:
    """The days of publication, by document, of entries given by what was told of each."""
    return {
        document_of(identity, number): each.published
        for identity, told in entries.items()
        for number, each in enumerate(told)
    }
