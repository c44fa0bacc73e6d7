"""The two seed documents, where they are at hand: what must be said of them, and that their rest is not read as news.

Only what is reported is written here, none of the seeds' words.
"""

from __future__ import annotations

from functools import cache

import pytest
from reading_cases import complaints, wording
from reading_samples import SEEDS, documents, statements

from materiel.terms.statements import Commitment, Pact, Statement, Transfer

pytestmark = pytest.mark.skipif(not SEEDS.exists(), reason="the seeds are not beside this checkout")
BUYERS = ("POL", "USA", "AUS", "ARE", "SAU")

FIRST = [
    "PRK>RUS artillery.ammunition delivered",
    "PRK>RUS missile.ballistic|missile.other|missile delivered",
    "PRK>RUS arms delivered",
    "KOR>UKR arms considered",
    "KOR>UKR nonlethal.protective+nonlethal.demining delivered",
    "KOR>UKR arms withheld",
    'KOR>USA ammunition delivered speaker="security experts"',
    "USA>UKR ammunition|arms delivered",
    *(f"KOR>{buyer} arms ordered" for buyer in BUYERS),
    'KOR>POL armour.tank delivered supplier_name="Hyundai Rotem"',
    "RUS>PRK arms pledged unknown",
    "RUS>PRK precision delivered hypothetical",
    "commitment KOR when=RUS>PRK then=policy",
    "pact PRK+RUS mutual-defence signed",
    "stance NATO supports KOR>UKR",
    "measure KOR export-value 14000000000 unit=USD period=2023",
]
SECOND = [
    "KOR>UKR arms considered",
    "commitment KOR when=RUS>PRK then=policy",
    "pact PRK+RUS mutual-defence signed|in-force",
]
REDUCED_AWAY = ("measure", "stance")


@cache
def seed(place: int) -> str:
    return sorted(name for name in documents() if name.startswith("seeds/"))[place]


def missing(found: tuple[Statement, ...], line: str) -> list[str]:
    return [complaint for complaint in complaints(found, [line]) if complaint.startswith("missing")]


@pytest.mark.parametrize("line", FIRST)
def test_what_the_first_seed_reports(line: str) -> None:
    found = statements(seed(0))
    assert missing(found, line) == [], [wording(s) for s in found if s.kind in line or ">" in line.split()[0]]


@pytest.mark.parametrize("line", SECOND)
def test_what_the_second_seed_reports(line: str) -> None:
    found = statements(seed(1))
    assert missing(found, line) == [], [wording(s) for s in found if s.kind in line or ">" in line.split()[0]]


def test_the_commitment_has_its_speaker_and_its_materiel() -> None:
    [found] = [s for s in statements(seed(0)) if isinstance(s.claim, Commitment) and s.claim.debtor == "KOR"]
    assert isinstance(found.claim, Commitment)
    assert found.claim.antecedent.materiel == ("precision",)
    assert found.speaker is not None
    assert any("Chang Ho Jin" in name for name in (found.speaker, full_name(found)))


def bound_by(place: int) -> set[str | None]:
    return {s.claim.debtor for s in statements(seed(place)) if isinstance(s.claim, Commitment)}


def test_in_the_first_seed_only_seoul_and_the_pact_s_giver_are_bound() -> None:
    assert bound_by(0) == {"KOR", "RUS"}


def test_in_the_second_seed_nobody_else_is_bound() -> None:
    assert bound_by(1) == {"KOR"}


def full_name(statement: Statement) -> str:
    """The name that a pronoun as speaker stands for: the last one before it."""
    text = documents()[seed(0)].text[: statement.start]
    return text[text.rfind("adviser") :] if statement.speaker in {"he", "she"} else ""


def test_the_pact_has_its_trigger_clause() -> None:
    pacts = [s.claim for s in statements(seed(0)) if isinstance(s.claim, Pact)]
    assert any(pact.trigger and "defensive" in pact.trigger for pact in pacts), pacts


def test_the_second_seed_says_less() -> None:
    assert len(statements(seed(1))) < len(statements(seed(0)))
    assert {s.kind for s in statements(seed(1))} & set(REDUCED_AWAY) == set()


def suppliers_in(place: int) -> set[str | None]:
    return {s.claim.supplier for s in statements(seed(place)) if isinstance(s.claim, Transfer)}


def test_the_first_seed_names_four_suppliers() -> None:
    assert suppliers_in(0) == {"PRK", "KOR", "USA", "RUS"}


def test_the_second_seed_names_no_other_suppliers() -> None:
    assert suppliers_in(1) <= {"PRK", "KOR", "USA", "RUS"}
