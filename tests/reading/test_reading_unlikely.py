"""Who usually arms whom is weighed, but what a sentence says in so many words stands, however unlikely."""

from __future__ import annotations

import pytest
from reading_samples import read_text

from materiel.terms.statements import Transfer

NAMES = {
    "CHN": "China", "CUB": "Cuba", "IND": "India", "IRN": "Iran", "ISR": "Israel", "KOR": "South Korea",
    "PAK": "Pakistan", "PRK": "North Korea", "RUS": "Russia", "TWN": "Taiwan", "UKR": "Ukraine",
    "USA": "the United States",
}  # fmt: skip
DYADS = [
    "CHN>TWN", "CUB>USA", "IND>PAK", "IRN>ISR", "ISR>IRN", "KOR>PRK", "PAK>IND", "PRK>KOR", "PRK>UKR", "RUS>UKR",
    "RUS>USA", "TWN>CHN", "UKR>RUS", "UKR>USA", "USA>CUB", "USA>PRK", "USA>RUS",
]  # fmt: skip
SENTENCES = [
    "{supplier} has delivered 40 tanks to {recipient}.",
    "{recipient} bought 40 tanks from {supplier} last year.",
    "40 tanks were handed over to {recipient} by {supplier} on Monday.",
    "The delivery of 40 tanks by {supplier} to {recipient} began in May.",
    "{supplier} gave {recipient} 40 tanks.",
    "{supplier} plans to supply {recipient} with 40 tanks.",
]


@pytest.mark.parametrize("sentence", SENTENCES)
@pytest.mark.parametrize("dyad", DYADS)
def test_an_unlikely_dyad_is_read_as_it_is_written(dyad: str, sentence: str) -> None:
    supplier, recipient = dyad.split(">")
    text = sentence.format(supplier=NAMES[supplier], recipient=NAMES[recipient])
    claims = [each.claim for each in read_text(text[0].upper() + text[1:])]
    assert {(c.supplier, c.recipient) for c in claims if isinstance(c, Transfer)} == {(supplier, recipient)}


def test_an_unlikely_dyad_is_read_beside_a_likely_one() -> None:
    text = (
        "The United States has sent missiles to Ukraine for two years. On Monday North Korea delivered 40 tanks to"
        " Ukraine. Russia has bought shells from North Korea."
    )
    claims = [each.claim for each in read_text(text)]
    found = {(c.supplier, c.recipient) for c in claims if isinstance(c, Transfer)}
    assert found == {("USA", "UKR"), ("PRK", "UKR"), ("PRK", "RUS")}
