"""Stances that no rule sees: who may take one, what is known of them, and when the weights speak."""

from __future__ import annotations

import pytest
from reading_samples import document as document_of

from materiel.reading import stance_weighing
from materiel.reading.holders import Holder
from materiel.reading.outlines import outlines
from materiel.reading.rules import read_document, walk
from materiel.reading.weights import BIAS, Weights
from materiel.terms.documents import Document
from materiel.terms.statements import Stance

TEXT = (
    "Sweden sold Chad forty howitzers in March. "
    "Norway would not hear of it, and Denmark's frown at the howitzers was set down in a letter to Stockholm."
)
EAGER = Weights(("none", "supports", "opposes", "warns"), {BIAS: (0.0, 0.0, 0.0, 0.0), "noun.own=frown": (0, 0, 9, 0)})


def _holders(document: Document) -> dict[str | None, Holder]:
    (outline,) = outlines([document])
    return {holder.actor.code: holder for _, sentence, holder in walk(outline)[0].holders if "letter" in sentence.text}


def test_everybody_named_may_take_a_stance_once_a_sentence() -> None:
    assert {"NOR", "DNK", "SWE"} <= _holders(document_of(TEXT)).keys()


def test_features_say_what_a_party_does_and_what_part_it_has_in_the_supply() -> None:
    found = _holders(document_of(TEXT))
    assert "verb=hear.not" in found["NOR"].features
    assert "noun.own=frown" in found["DNK"].features
    assert "before=001" in found["DNK"].features
    assert "before=101" in found["SWE"].features


@pytest.fixture
def eager(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stance_weighing, "stance_weights", lambda: EAGER)


@pytest.mark.usefixtures("eager")
def test_what_the_weights_find_likely_is_stated_of_the_supply_told_before() -> None:
    stances = [s for s in read_document(document_of(TEXT)) if isinstance(s.claim, Stance) and ".weighed@" in s.reader]
    claims = {s.claim.holder: s.claim for s in stances if isinstance(s.claim, Stance)}
    assert claims["DNK"].stance == "opposes"
    assert (claims["DNK"].supplier, claims["DNK"].recipient) == ("SWE", "TCD")
    assert all(s.is_tentative for s in stances)


@pytest.mark.usefixtures("eager")
def test_nothing_is_stated_by_weights_alone_where_no_supply_is_told() -> None:
    text = (
        "Denmark's frown at the howitzers was set down in a letter. It was sent by post; the howitzers stood in rain."
    )
    assert "noun.own=frown" in {f for holder in _holders(document_of(text)).values() for f in holder.features}
    assert read_document(document_of(text)) == []
