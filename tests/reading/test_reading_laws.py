"""What holds of every document: quotes are slices of news, slots have legal values, reading again changes nothing."""

from __future__ import annotations

import re

import pytest
from reading_samples import documents, statements

from materiel.reading import read_document, read_documents
from materiel.terms.actors import organisations, states
from materiel.terms.documents import Document, Role
from materiel.terms.materiel import materiel_classes
from materiel.terms.statements import (
    CLAIM_TYPES,
    Clause,
    Commitment,
    Pact,
    Statement,
    Transfer,
    claim_from_slots,
    claim_slots,
)

NAMES = sorted(documents())
PARTIAL_DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")


def actors_of(statement: Statement) -> set[str | None]:
    claim = statement.claim
    match claim:
        case Transfer():
            return {claim.supplier, claim.recipient, claim.via, claim.supplier_name, claim.recipient_name}
        case Commitment():
            sides = (claim.antecedent, claim.consequent)
            return {claim.debtor, *(actor for side in sides for actor in (side.supplier, side.recipient, side.who))}
        case Pact():
            return set(claim.parties)
    return {getattr(claim, slot, None) for slot in ("holder", "subject", "supplier", "recipient")}


def materiel_of(statement: Statement) -> set[str]:
    claim = statement.claim
    if isinstance(claim, Transfer):
        return set(claim.materiel)
    if isinstance(claim, Commitment):
        return {*claim.antecedent.materiel, *claim.consequent.materiel}
    return set()


def straight(text: str) -> str:
    return text.translate(str.maketrans("’‘“”\u00a0\u2011", "''\"\" -")).replace("\u00ad", "")


def plain(text: str) -> str:
    return " ".join(text.split()).casefold()


@pytest.mark.parametrize("name", NAMES)
def test_a_quote_is_a_slice_of_the_body(name: str) -> None:
    document = documents()[name]
    body = [(start, start + len(text)) for start, text in document.stretches(Role.BODY)]
    for statement in statements(name):
        assert statement.document == document.id
        assert statement.quote == document.text[statement.start : statement.end]
        assert statement.quote.strip() == statement.quote != ""
        assert any(start <= statement.start < statement.end <= end for start, end in body), statement.quote


@pytest.mark.parametrize("name", NAMES)
def test_ids_are_unique_and_the_order_is_that_of_the_text(name: str) -> None:
    found = statements(name)
    assert len({statement.id for statement in found}) == len(found)
    assert [statement.start for statement in found] == sorted(statement.start for statement in found)


@pytest.mark.parametrize("name", NAMES)
def test_slots_have_legal_values(name: str) -> None:
    document = documents()[name]
    text = plain(f"{document.title or ''} {document.text}")
    for statement in statements(name):
        for actor in actors_of(statement) - {None}:
            assert actor in states() or actor in organisations() or plain(str(actor)) in text, actor
        assert materiel_of(statement) <= set(materiel_classes())
        date = getattr(statement.claim, "date", None)
        assert date is None or PARTIAL_DATE.fullmatch(date), date
        assert statement.speaker is None or straight(plain(statement.speaker)) in straight(text)
        assert claim_from_slots(statement.kind, claim_slots(statement.claim)) == statement.claim
        assert CLAIM_TYPES[statement.kind] is type(statement.claim)
        assert re.fullmatch(r"rules/[a-z-]+\.[a-z-]+@\d+", statement.reader), statement.reader


@pytest.mark.parametrize("name", NAMES)
def test_each_claim_makes_sense_in_itself(name: str) -> None:
    for statement in statements(name):
        claim = statement.claim
        if isinstance(claim, Transfer):
            assert claim.supplier or claim.recipient
            assert claim.supplier != claim.recipient
            assert claim.materiel
            assert claim.quantity is None or claim.quantity > 0
            assert (claim.value is None) is (claim.currency is None)
            assert claim.value_usd is None or claim.value_usd > 0
        elif isinstance(claim, Pact):
            assert len(set(claim.parties)) == len(claim.parties) >= 2
        elif isinstance(claim, Commitment):
            assert claim.debtor
            for side in (claim.antecedent, claim.consequent):
                assert side.kind in {"transfer", "event", "policy"}
                assert is_bare_of_foreign_slots(side)


def is_bare_of_foreign_slots(side: Clause) -> bool:
    if side.kind == "transfer":
        return side.who is None and side.what is None
    return side.supplier is None and side.recipient is None and not side.materiel


def test_a_side_that_is_no_supply_says_what_it_is() -> None:
    for name in NAMES:
        for claim in (s.claim for s in statements(name) if isinstance(s.claim, Commitment)):
            sides = [side for side in (claim.antecedent, claim.consequent) if side.kind != "transfer"]
            assert all(side.what and side.what.strip() for side in sides), name


def test_a_speaker_is_given_as_written() -> None:
    for name in NAMES:
        text = plain(documents()[name].text)
        assert all(plain(statement.speaker) in text for statement in statements(name) if statement.speaker), name


def read_in_order(order: list[str]) -> dict[str, list[Statement]]:
    loaded: list[Document] = [documents()[name] for name in order]
    return dict(zip(order, read_documents(loaded), strict=True))


def test_reading_again_in_another_order_changes_nothing() -> None:
    again = read_in_order(NAMES[::-3])
    assert {name: tuple(found) for name, found in again.items()} == {name: statements(name) for name in again}


def test_reading_one_document_twice_in_a_row_changes_nothing() -> None:
    for name in NAMES[::9]:
        assert read_document(documents()[name]) == read_document(documents()[name])
