"""Whom a text credits: for all of it, or for a sentence."""

import pytest

from materiel.sources.lineage.articles import read_article
from materiel.sources.lineage.credits import normal_name
from materiel.sources.lineage.evidence import shared_lead
from materiel.terms.documents import Document, Passage, Role


def document(*body: str, bylines: tuple[str, ...] = (), publisher: str | None = None) -> Document:
    text, passages = "", []
    for role, lines in ((Role.HEADLINE, ("Ministry weighs new order",)), (Role.BYLINE, bylines), (Role.BODY, body)):
        for line in lines:
            passages.append(Passage(len(text), len(text) + len(line), role))
            text += line + "\n\n"
    return Document(text, tuple(passages), publisher=publisher)


def wholes(given: Document) -> set[str]:
    return {credit.name for credit in read_article(given).credits if credit.is_whole}


def parts(given: Document) -> list[tuple[str, str]]:
    return [(c.name, given.text[c.start : c.end]) for c in read_article(given).credits if not c.is_whole]


PLAIN = "The ministry will decide on the howitzers next week, officials said."


@pytest.mark.parametrize(
    ("body", "bylines", "name"),
    [
        (("SEOUL, June 3 (Yonhap) -- " + PLAIN,), (), "Yonhap"),
        (("ADEN/DUBAI (Reuters) - " + PLAIN,), (), "Reuters"),
        (("WARSAW (QNW) - " + PLAIN,), (), "QNW"),
        ((PLAIN, "Agence France-Presse"), (), "AFP"),
        ((PLAIN + " — Reuters",), (), "Reuters"),
        ((PLAIN, "(with TASS)"), (), "TASS"),
        ((PLAIN, "By arrangement with the Coast Courier"), (), "Coast Courier"),
        ((PLAIN, "Source: Kyodo News"), (), "Kyodo"),
        ((PLAIN,), ("By our web desk, with input from Anadolu Agency",), "Anadolu"),
        ((PLAIN,), ("Reuters, Aden",), "Reuters"),
    ],
)
def test_a_credit_for_the_whole_text(body: tuple[str, ...], bylines: tuple[str, ...], name: str) -> None:
    assert wholes(document(*body, bylines=bylines)) == {name}


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("Poland will order 96 helicopters, Nikkei reported on Friday.", ["Nikkei"]),
        ("Poland will order 96 helicopters, the business daily Nikkei reported.", ["Nikkei"]),
        ("According to a report in Der Spiegel, Berlin has doubts.", ["Der Spiegel"]),
        ("He told Al Jazeera that the guns had come by sea.", ["Al Jazeera"]),
        ("Speaking to the BBC from Juba, the general ruled it out.", ["BBC"]),
        ("Russia's Interfax quoted an unnamed official.", ["Interfax"]),
        ("The plan was first reported by the Harbour Courier.", ["Harbour Courier"]),
        ("A draft which the Northgate agency says it has seen names four dealers.", ["Northgate"]),
        ("Citing the newspaper Podil, the site wrote of 40 tanks.", ["Podil"]),
        ("The ministry did not respond to a request for comment from Reuters.", []),
        ("The Independent Commission said so.", []),
        ("Human Rights Watch said that the shells were cluster munitions.", []),
        ("The minister told parliament that the guns had come by sea.", []),
        ("France said on Monday that it would deliver.", []),
        ("Pacific Press Association was quoted by nobody.", []),
    ],
)
def test_a_credit_for_a_sentence(sentence: str, names: list[str]) -> None:
    assert [name for name, _ in parts(document(PLAIN, sentence + " Nothing is signed."))] == names


def test_sentences_go_on_from_a_credit() -> None:
    given = document(
        "Tokyo will widen its list, Nikkei reported. The daily said that lasers were on it. Makers of lasers fell."
    )
    assert [name for name, _ in parts(given)] == ["Nikkei", "Nikkei"]
    assert parts(given)[1][1] == "The daily said that lasers were on it."


def test_its_own_outlet_is_no_credit() -> None:
    assert parts(document("He told the Harbour Courier so.", publisher="The Harbour Courier")) == []
    assert wholes(document("OSLO (HC) - " + PLAIN, publisher="Harbour Courier")) == set()


def test_two_texts_after_one_broadcast() -> None:
    one = read_article(
        document("Troops leave in August, an adviser told the BBC on Thursday.", publisher="Levant Post")
    )
    two = read_article(document("Bases empty early. In remarks heard on BBC radio he named a day.", publisher="Wire X"))
    own = read_article(document("Troops leave in August, an adviser told the BBC on Thursday.", publisher="BBC"))
    assert shared_lead(one, two) == "BBC"
    assert shared_lead(one, own) is None  # the broadcast itself is at hand: that is a source, not a common one


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("the Yonhap News Agency", "Yonhap"),
        ("Agence France-Presse", "AFP"),
        ("N1 TV", "N1"),
        ("The Coast Courier", "Coast Courier"),
        ("SCMP", "South China Morning Post"),
    ],
)
def test_names_of_one_source_are_one(given: str, name: str) -> None:
    assert normal_name(given) == name
