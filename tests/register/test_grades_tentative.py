"""What weights alone have read is graded as not judged, whatever the speaker."""

from __future__ import annotations

import dataclasses

from materiel.register.accounts import Account
from materiel.register.grades import grade
from materiel.terms.statements import WEIGHED, Stage, Statement, Transfer

PLAIN = Statement(
    "doc-1",
    Transfer("POL", "UKR", ("armour.tank",), Stage.DELIVERED),
    "Poland has delivered tanks to Ukraine",
    0,
    37,
    "rules/transfer.verb@2",
)


def test_a_statement_by_a_rule_with_both_parties_is_not_tentative() -> None:
    assert not PLAIN.is_tentative


def test_inferred_slots_and_weights_make_a_statement_tentative() -> None:
    assert dataclasses.replace(PLAIN, inferred=("recipient",)).is_tentative
    assert dataclasses.replace(PLAIN, reader=f"rules/{WEIGHED}@2").is_tentative
    assert dataclasses.replace(PLAIN, reader=f"llm/some-model@1 + rules/{WEIGHED}@2").is_tentative


def test_one_source_that_only_weights_read_cannot_be_judged() -> None:
    weighed = dataclasses.replace(PLAIN, reader=f"rules/{WEIGHED}@2", speaker="the ministry")
    grades = []
    for statement in (PLAIN, weighed):
        account = Account(statement, statement.id, "2024-06-22", "2024-06-22", "doc-1", "Coast Wire")
        grades.append(grade([account], is_disputed=False, figures_differ=False))
    assert "read by weights alone" not in " ".join(grades[0].reasons)
    assert grades[1].credibility == "6"
    assert "read by weights alone" in " ".join(grades[1].reasons)
