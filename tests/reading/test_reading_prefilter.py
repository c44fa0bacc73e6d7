"""What the prefilter lets through: everything that could say something, and little of other news."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reading_cases import Case, cases
from reading_samples import ROOT

from materiel.reading import read_documents
from materiel.reading.outlines import outlines
from materiel.reading.parses import Parse
from materiel.reading.prefilter import REACH, names_supply_of_arms, worth_parsing
from materiel.reading.resolver import Resolver
from materiel.sources import load_documents
from materiel.terms.documents import Document, Passage, Role

TELLING = [
    "Poland sent 14 tanks to Ukraine.",
    "All the howitzers have been delivered.",
    "Ankara and Baku signed a defence pact.",
    "Washington will arm Warsaw.",
    "If the war goes on, Berlin may reconsider.",
    "Turkey's defence exports rose to $5 billion.",
    "Russia holds 3,000 tanks.",
    "American shells for Ukraine are on the way.",
    "The kingdom bought Gripens from Sweden.",
]
DULL = [
    "Rovers drew at home after a shot from the edge of the box.",
    "The court in Leeds heard two witnesses.",
    "Copper fell as buyers in Chile waited.",
    "A helicopter flew two hikers to safety.",
    "France and Spain signed an agreement on river fish.",
    "If it rains in Norway, the match is off.",
    "The fish tank held nine sharks.",
    "",
]
LEANING = "Moscow denied it."
ALOOF = "It rained."


def says_something(case: Case) -> bool:
    return any(line != "nothing" and not line.startswith("no ") for line in case.expected)


def document(*passages: str, title: str | None = None) -> Document:
    text, places = "", []
    for passage in passages:
        places.append(Passage(len(text), len(text) + len(passage), Role.BODY))
        text += passage + "\n\n"
    return Document(text, tuple(places), title, "2024-05-01", "Wire")


@pytest.mark.parametrize("passage", TELLING)
def test_a_passage_that_could_say_something_is_worth_parsing(passage: str) -> None:
    assert worth_parsing([passage]) == [True]


@pytest.mark.parametrize("passage", DULL)
def test_other_news_is_not(passage: str) -> None:
    assert worth_parsing([passage]) == [False]


def test_what_could_lean_on_a_telling_passage_is_worth_parsing_near_it() -> None:
    far = [ALOOF] * REACH
    leading = "Washington will arm Warsaw."
    assert worth_parsing([leading, LEANING, ALOOF]) == [True, True, False]
    assert worth_parsing([LEANING, leading]) == [True, True]
    assert worth_parsing([leading, *far, LEANING]) == [True, *[False] * REACH, False]
    assert worth_parsing([LEANING]) == [False]


def test_an_article_that_tells_of_a_supply_of_arms_is_parsed_whole() -> None:
    assert all(worth_parsing([*[ALOOF] * (REACH + 1), "Poland sent 14 tanks to Ukraine.", "The request was declined."]))
    assert all(worth_parsing([*[ALOOF] * (REACH + 1), "The army of Peru sold its rifles. It denied this."]))
    assert worth_parsing(["Rifles were sold at an auction.", ALOOF]) == [True, False]


def test_an_article_whose_title_announces_a_supply_of_arms_is_parsed_whole() -> None:
    assert worth_parsing([ALOOF, LEANING], "Military sales to Peru: why deliveries are late") == [True, True]
    assert worth_parsing([ALOOF, LEANING], "Court fines firm in Peru for sale of helmets") == [False, False]
    assert worth_parsing([ALOOF, LEANING], "Peru's exports of wheat grow") == [False, False]
    assert worth_parsing([ALOOF, LEANING], "Military sales: why deliveries are late") == [False, False]


def test_goods_of_peace_on_their_way_between_two_are_worth_parsing_by_themselves_only() -> None:
    assert worth_parsing(["200 soldiers from Peru and Chile crossed the heath.", LEANING]) == [True, False]


def test_the_lines_of_a_list_are_as_near_as_what_they_stand_under() -> None:
    lines = ["- 40 armoured vehicles;", "- winter gear;", "- two radars;", "- field kitchens and tanks."]
    assert all(worth_parsing(["Canada will give Ukraine:", *lines]))
    assert worth_parsing(["Here is the menu:", "- two radishes;"]) == [False, False]


def test_a_word_of_supply_counts_in_its_own_sentence_only() -> None:
    assert names_supply_of_arms("The army sold its rifles.")
    assert not names_supply_of_arms("Police found rifles.")
    assert worth_parsing(["The shop sold cakes. Police found rifles in the attic."]) == [False]


@given(st.lists(st.sampled_from([*TELLING, *DULL, LEANING, ALOOF, "He said: yes", "x:"]), max_size=8))
@settings(deadline=None, derandomize=True)
def test_each_passage_gets_an_answer_and_telling_ones_stay(passages: list[str]) -> None:
    answers = worth_parsing(passages)
    assert len(answers) == len(passages)
    assert all(answer for passage, answer in zip(passages, answers, strict=True) if passage in TELLING[:2])
    if not set(passages) & set(TELLING):
        assert not any(answers)


def test_only_passages_worth_it_are_parsed_and_the_others_kept_as_text() -> None:
    [outline] = outlines([document(TELLING[3], DULL[1], title="Tanks")])
    assert [isinstance(passage, Parse) for passage in outline.passages] == [True, False]
    assert outline.passages[1] == DULL[1]
    assert outline.title is not None
    [dull] = outlines([document(*DULL[:3], title="Rain")])
    assert not dull.is_worth_reading
    assert dull.title is None
    [whole] = outlines([document(*DULL[:3])], every_passage=True)
    assert all(isinstance(passage, Parse) for passage in whole.passages)


def test_the_actors_of_a_skipped_passage_are_remembered() -> None:
    resolver = Resolver("2024-05-01", None)
    resolver.skip("Rain fell on Lisbon. Vladimir Putin met a farmer from Kenya.")
    assert resolver.memory.places == ["PRT", "RUS", "KEN"]
    assert [recalled.actor.code for recalled in resolver.memory.last_subjects()] == ["RUS"]
    assert "Putin" in resolver.memory.persons


def test_the_statements_of_a_document_do_not_depend_on_its_company() -> None:
    documents = [document(passage, LEANING) for passage in TELLING] + [document(*DULL)]
    alone = [next(iter(read_documents([each]))) for each in documents]
    assert list(read_documents(documents * 4)) == alone * 4
    assert list(read_documents(documents[::-1])) == alone[::-1]
    assert sum(map(len, alone)) >= 5
    assert alone[-1] == []


def test_hardly_a_statement_of_the_articles_is_lost() -> None:
    """A fifth of gold/articles here; benchmarks/speed.py measures all sets."""
    gold = sorted(path for path in (ROOT / "gold" / "articles").iterdir() if path.suffix in {".txt", ".html"})[::5]
    documents = [loaded for path in gold for _, loaded in load_documents(path) if isinstance(loaded, Document)]
    every = [set(found) for found in read_documents(documents, every_passage=True)]
    chosen = [set(found) for found in read_documents(documents)]
    kept = sum(len(one & other) for one, other in zip(every, chosen, strict=True))
    assert sum(map(len, every)) >= 40, json.dumps([path.name for path in gold])
    assert kept >= 0.995 * sum(map(len, every))


@pytest.mark.parametrize("case", [case for case in cases() if case.is_read and says_something(case)], ids=str)
def test_every_case_that_is_read_is_worth_parsing(case: Case) -> None:
    assert any(worth_parsing([line for line in case.text.split("\n") if line.strip()]))
