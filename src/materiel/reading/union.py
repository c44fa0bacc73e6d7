"""What two readers found in one document, as one, and where they disagree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from materiel.terms.judgements import Disagreement
from materiel.terms.statements import Statement, claim_slots


@dataclass(frozen=True, slots=True)
class Union:
    """The statements of both readers in the order of the text, and their disagreements in the same order."""

    statements: tuple[Statement, ...]
    disagreements: tuple[Disagreement, ...]


def unite(one: Sequence[Statement], other: Sequence[Statement]) -> Union:
    """Both readers' statements; what both found is one statement, with the first reader's quote, marked with both.

    Statements are taken for the same finding where they are of one kind and share words; of several, those that
    differ in the fewest slots go together. Findings that differ in any slot are both kept.
    """
    alike = sorted(
        (len(slots := _differing(first, second)), _distance(first, second), row, column, slots)
        for row, first in enumerate(one)
        for column, second in enumerate(other)
        if _share_words(first, second)
    )
    partner: dict[int, tuple[int, tuple[str, ...]]] = {}
    taken: set[int] = set()
    for _, _, row, column, slots in alike:
        if row not in partner and column not in taken:
            partner[row] = (column, slots)
            taken.add(column)
    statements: list[Statement] = []
    disagreements: list[Disagreement] = []
    for row, first in enumerate(one):
        column, slots = partner.get(row, (-1, ()))
        if column < 0:
            statements.append(first)
            disagreements.append(Disagreement(first, None))
        elif slots:
            statements += [first, other[column]]
            disagreements.append(Disagreement(first, other[column], slots))
        else:
            statements.append(replace(first, reader=f"{first.reader} + {other[column].reader}"))
    alone = [second for column, second in enumerate(other) if column not in taken]
    return Union(
        tuple(sorted({s.id: s for s in [*alone, *statements]}.values(), key=_place)),
        tuple(sorted([*disagreements, *(Disagreement(None, second) for second in alone)], key=_place_of)),
    )


def _share_words(one: Statement, other: Statement) -> bool:
    return one.kind == other.kind and one.start < other.end and other.start < one.end


def _distance(one: Statement, other: Statement) -> int:
    return abs(one.start - other.start) + abs(one.end - other.end)


def _differing(one: Statement, other: Statement) -> tuple[str, ...]:
    first, second = claim_slots(one.claim), claim_slots(other.claim)
    return tuple(name for name in first if first[name] != second[name])


def _place(statement: Statement) -> tuple[int, int, str, str]:
    return statement.start, statement.end, statement.kind, statement.id


def _place_of(disagreement: Disagreement) -> tuple[int, int, str, str]:
    found = disagreement.one or disagreement.other
    assert found is not None
    return _place(found)
