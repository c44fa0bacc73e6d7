"""Explanations: which rule fired, how each party was found, and what was missing."""

from __future__ import annotations

from materiel.reading import read_document
from materiel.reading.explaining import explain
from materiel.reading.rules import VERSION
from materiel.terms.documents import Document, Passage, Role
from materiel.terms.explanations import Explanation, Resolution


def document(*sentences: str) -> Document:
    text = " ".join(sentences)
    return Document(text, (Passage(0, len(text), Role.BODY),), published_on="2024-06-22")


def resolutions(explanation: Explanation) -> dict[str, Resolution]:
    return {party.role: party for look in explanation.looks for party in look.parties if look.missing is None}


def test_a_stated_supply_shows_its_rule_and_its_parties() -> None:
    (explanation,) = explain(document("Poland has delivered 14 tanks to Ukraine."))
    (statement,) = explanation.statements
    assert statement.reader == f"rules/transfer.verb@{VERSION}"
    look = next(look for look in explanation.looks if look.missing is None and "tanks" in look.words)
    assert look.words == ("tanks", "delivered")
    assert look.rules == ("transfer.verb",)
    assert resolutions(explanation)["supplier"] == Resolution("supplier", ("POL",), "Poland", "named here (state)")
    assert resolutions(explanation)["recipient"] == Resolution("recipient", ("UKR",), "Ukraine", "named here (state)")
    assert look.reasons, "nothing is said of what told"
    assert [name for name, _ in look.known] == ["supplier", "recipient", "together"]


def test_a_pronoun_is_shown_with_whom_it_stands_for() -> None:
    last = explain(document("Poland has delivered 14 tanks to Ukraine.", "It also promised Kyiv shells."))[-1]
    assert resolutions(last)["supplier"] == Resolution("supplier", ("POL",), "It", "a pronoun")


def test_words_of_supply_without_a_statement_say_what_was_missing() -> None:
    text = document("Poland has delivered 14 tanks to Ukraine.", "Nobody spoke of the price of weapons in the hall.")
    silent = [each for each in explain(text) if not each.statements]
    assert [each.sentence for each in silent] == ["Nobody spoke of the price of weapons in the hall."]
    assert all(look.missing for each in silent for look in each.looks)
    assert any("weapons" in look.words for each in silent for look in each.looks)


def test_an_explanation_holds_just_the_statements_of_the_reading() -> None:
    text = document(
        "Poland has delivered 14 tanks to Ukraine.",
        "If Russia arms North Korea, Seoul will send shells to Kyiv.",
        "The weather was fine.",
    )
    explained = [statement for each in explain(text) for statement in each.statements]
    assert explained == read_document(text)


def test_a_document_about_nothing_has_no_explanation() -> None:
    assert explain(document("The choir sang until midnight, and the mayor clapped.")) == []
