"""The finder against a naive one that tries every phrase at every place."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from materiel.reading.finder import Finder, plural
from materiel.reading.lexicons import designation_finder, families

QUICK = settings(deadline=None, derandomize=True)

WORDS = ["tank", "tanks", "T", "90", "k2", "is", "Leopard", "s", "gun"]
PHRASES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join)
GLUE = st.sampled_from([" ", "-", ", ", "", "s ", "–", "\n"])
TEXTS = st.lists(st.tuples(st.sampled_from([*WORDS, "x", "Tank", "9"]), GLUE), max_size=10).map(
    lambda parts: "".join(word + glue for word, glue in parts)
)


def naive(phrases: set[str], text: str, fold_case: bool) -> list[tuple[int, int]]:
    """Every place of every phrase by trying each; longest first, then leftmost, without overlap."""
    folded = re.sub(r"[-‑–\n]", " ", text.lower() if fold_case else text)
    places: set[tuple[int, int]] = set()
    for phrase in phrases:
        wanted = phrase.lower() if fold_case else phrase
        for start in range(len(folded)):
            end = start + len(wanted)
            if folded[start:end] != wanted or (start and folded[start - 1].isalnum()):
                continue
            if folded[end : end + 1] == "s" and not folded[end + 1 : end + 2].isalnum():
                end += 1
            if not folded[end : end + 1].isalnum():
                places.add((start, end))
    kept: list[tuple[int, int]] = []
    for start, end in sorted(places, key=lambda place: (place[0] - place[1], place[0])):
        if all(end <= other[0] or other[1] <= start for other in kept):
            kept.append((start, end))
    return sorted(kept)


@given(st.sets(PHRASES, min_size=1, max_size=5), TEXTS, st.booleans())
@settings(QUICK, max_examples=300)
def test_the_finder_finds_what_trying_each_phrase_finds(phrases: set[str], text: str, fold_case: bool) -> None:
    finder = Finder([(phrase, phrase) for phrase in sorted(phrases)], fold_case=fold_case)
    found = finder.find(text)
    assert [(each.start, each.end) for each in found] == naive(phrases, text, fold_case)
    assert finder.contains_any(text) is bool(found)


@given(st.sets(PHRASES, max_size=3), st.text(max_size=60), st.booleans())
@QUICK
def test_the_finder_bears_any_text(phrases: set[str], text: str, fold_case: bool) -> None:
    for each in Finder([(phrase, None) for phrase in sorted(phrases)], fold_case=fold_case).find(text):
        assert 0 <= each.start < each.end <= len(text)


@pytest.mark.parametrize(
    ("one", "many"),
    [
        ("tank", "tanks"), ("battery", "batteries"), ("aircraft", "aircraft"), ("ammunition", "ammunition"),
        ("torpedo", "torpedoes"),
        ("grenade launcher", "grenade launchers"), ("convoy", "convoys"), ("rifleman", "riflemen"),
        ("minesweeper", "minesweepers"),
    ],
)  # fmt: skip
def test_plurals(one: str, many: str) -> None:
    assert plural(one) == many


def test_a_family_of_types_is_known_by_its_plural() -> None:
    found = designation_finder().find(
        "Peru flew Mirages; the Mirage was old. The Guards and the Generals flew nothing."
    )
    assert [(each.start, each.payload) for each in found] == [(10, ("aircraft.combat", "FRA"))]


def test_a_family_of_several_classes_means_what_they_share() -> None:
    assert families()["Hawk"] == ("arms", "")
