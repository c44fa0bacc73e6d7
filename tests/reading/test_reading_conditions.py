"""A conditional sentence is cut into its two sides, whatever stands between them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from materiel.reading import read_document
from materiel.reading.conditions import conditions, is_aside
from materiel.reading.markers import Sort
from materiel.reading.parses import parser
from materiel.terms.documents import Document, Passage, Role


def cut(text: str) -> list[tuple[Sort, str, str, str]]:
    """Sort, antecedent, consequent and the consequent's verb of each condition of a text."""
    return [
        (each.sort, _words(each.antecedent), _words(each.consequent), each.main.text)
        for sentence in parser()(text).sents
        for each in conditions(sentence)
    ]


def _words(tokens: tuple[object, ...]) -> str:
    return " ".join(str(token) for token in tokens)


@pytest.mark.parametrize(
    ("text", "sort", "antecedent", "consequent"),
    [
        ("If Oslo agrees, Riga will pay.", Sort.IF, "Oslo agrees", "Riga will pay"),
        ("Riga will pay if Oslo agrees.", Sort.IF, "Oslo agrees", "Riga will pay"),
        ("Should Oslo agree, she told reporters, Riga would pay.", Sort.IF, "Oslo agree", "Riga would pay"),
        ("Riga said it would pay once Oslo agreed.", Sort.IF, "Oslo agreed", "it would pay"),
        ("Unless Oslo agrees, Riga will not pay.", Sort.UNTIL, "Oslo agrees", "Riga will not pay"),
        ("Riga will pay as long as Oslo agrees, a clerk said.", Sort.WHILE, "Oslo agrees", "Riga will pay"),
        ("In exchange for guns, Riga will pay.", Sort.EXCHANGE, "guns", "Riga will pay"),
        ("Aid to Riga is contingent on reform.", Sort.DEPEND, "reform", "Aid to Riga"),
    ],
)
def test_the_two_sides(text: str, sort: Sort, antecedent: str, consequent: str) -> None:
    assert [each[:3] for each in cut(text)] == [(sort, antecedent, consequent)]


@pytest.mark.parametrize(
    "text",
    [
        "Once again Riga has paid.",
        "Riga will pay for as long as it takes.",
        "He asked if Riga would pay.",
        "A clerk spoke on condition of anonymity after Riga paid.",
        "Once owned by Oslo, the guns belong to Riga.",
    ],
)
def test_words_that_open_no_condition(text: str) -> None:
    assert cut(text) == []


@given(st.sampled_from(["If", "Unless", "Once", "As long as", "Provided that"]), st.booleans(), st.booleans())
def test_the_sides_share_no_word_and_stand_in_their_sentence(marker: str, leads: bool, said: bool) -> None:
    aside = ", a minister said," if said else ""
    clause = f"{marker} Oslo sends the guns"
    text = f"{clause}{aside or ','} Riga will pay." if leads else f"Riga{aside} will pay {clause.lower()}."
    for sentence in parser()(text).sents:
        for each in conditions(sentence):
            sides = [{token.i for token in side} for side in (each.antecedent, each.consequent)]
            assert not sides[0] & sides[1]
            assert all(sentence.start <= place < sentence.end for place in sides[0] | sides[1])
            assert each.main.i in sides[1]


def test_who_says_so_is_no_part_of_a_side() -> None:
    sentence = parser()("the minister said")
    assert is_aside(sentence[:])
    assert not is_aside(parser()("Riga would respond")[:])


@pytest.mark.parametrize(
    ("passage", "is_read"),
    [
        ("If the ovens go cold they crack, a stoker said.", False),
        ("Until the new rule arrives, it says, nobody knows what is allowed.", False),
        ("If they attack us, we will respond.", True),
        ("If Oslo sends shells, Riga will close the strait.", True),
    ],
)
def test_a_condition_far_from_all_names_binds_nobody(passage: str, is_read: bool) -> None:
    before = "Norway sold Latvia 40 howitzers. The Latvian army paid for them."
    text = f"{before}\n\n{passage}"
    split = len(before) + 2
    document = Document(
        text, (Passage(0, len(before), Role.BODY), Passage(split, len(text), Role.BODY)), None, "2024-05-01", None
    )
    assert any(found.kind == "commitment" for found in read_document(document)) is is_read
