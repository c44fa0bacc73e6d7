"""The language: one canonical form, errors that say where and what fits, English on every screen."""

from __future__ import annotations

from random import Random

import pytest
from condition_samples import any_condition
from hypothesis import given, settings
from hypothesis import strategies as st

from materiel.commitments import ConditionRefused, parse, print_condition, say
from materiel.commitments.tree import And, Condition, EventAtom, Or, TransferAtom
from materiel.terms.statements import Stage

conditions = st.integers(min_value=0).map(lambda seed: any_condition(Random(seed), depth=4))


@settings(max_examples=1000, deadline=None)
@given(conditions)
def test_what_is_printed_is_read_back_as_the_same_tree(condition: Condition) -> None:
    text = print_condition(condition)
    assert parse(text) == condition
    assert print_condition(parse(text)) == text


names = st.text(min_size=1, max_size=12).map(lambda name: " ".join(name.split())).filter(bool)


@settings(max_examples=300, deadline=None)
@given(names, names)
def test_any_words_and_names_are_read_back(name: str, words: str) -> None:
    condition = Or((TransferAtom((name,), None, None, Stage.DELIVERED), EventAtom(words)))
    assert parse(print_condition(condition)) == condition


@settings(max_examples=300, deadline=None)
@given(conditions)
def test_every_condition_can_be_said(condition: Condition) -> None:
    words = say(condition)
    assert words == words.strip()
    assert "  " not in words
    assert "None" not in words
    assert "_" not in words


def test_a_group_inside_a_group_of_its_sort_is_part_of_it() -> None:
    assert parse('(event("a") and event("b")) and event("c")') == And(tuple(map(EventAtom, "abc")))
    assert (
        print_condition(parse('event("a") or (event("b") or event("c"))')) == 'event("a") or event("b") or event("c")'
    )


@pytest.mark.parametrize(
    ("loose", "canonical"),
    [
        ('transfer(Russia->"north korea")', "transfer(RUS -> PRK, *, delivered)"),
        ("transfer({RUS, RUS, PRK} -> *)", "transfer({PRK, RUS} -> *, *, delivered)"),
        ("transfer(RUS -> PRK, at least ordered)", "transfer(RUS -> PRK, *, ordered)"),
        ("pact(RUS, PRK, mutual-defence)", "pact(PRK, RUS, mutual-defence, signed)"),
        ("value(* -> POL) > 3.5 billion", "value(* -> POL, *, delivered) > 3_500_000_000"),
        ('event("a  b") with grade B2 since 2024', 'event("a b") since 2024 with grade >= B2'),
        ("count(* -> UKR, last 1 day) >= 2", "count(* -> UKR, *, delivered, last 1 days) >= 2"),
    ],
)
def test_one_canonical_form(loose: str, canonical: str) -> None:
    assert print_condition(parse(loose)) == canonical


@pytest.mark.parametrize(
    ("text", "column", "seen", "fits"),
    [
        ("transfer(RUSS -> PRK)", 10, "RUSS", "RUS (Russia)"),
        ("transfer(RU\u0405 -> PRK)", 10, "RU\u0405", "RUS (Russia)"),
        ('transfer("Nort Korea" -> RUS)', 10, "Nort Korea", "PRK (North Korea)"),
        ("transfer(RUS -> PRK, precison)", 22, "precison", "precision"),
        ("transfer(RUS -> PRK, arms, deliverd)", 28, "", "delivered"),
        ("transfr(RUS -> PRK)", 1, "transfr", "transfer"),
        ("pact(KOR, RUS, singed)", 16, "singed", ""),
        ("transfer(RUS -> PRK) an pact(KOR, RUS)", 22, "an", "and"),
        ("transfer(RUS -> PRK", 20, "", ")"),
        ('event("a") within 90 days off event("b")', 27, "off", "of"),
        ("measure(KOR, stok) > 3", 14, "stok", "stock"),
        ("commitment(cm-1, brokn)", 18, "brokn", "broken"),
        ("quantity(KOR -> USA) >= lots", 25, "lots", "a number"),
        ("transfer(RUS -> PRK) since yesterday", 28, "yesterday", "a date (2024-06-20, 2024-06 or 2024)"),
        ("transfer(RUS -> PRK, at least halted)", 31, "halted", ""),
        ('event("a") before 2024-02-30', 19, "2024-02-30", ""),
        ('event("a") with grade >= G7', 26, "G7", ""),
        ("transfer(KOR -> USA) >= 3", 1, "transfer", ""),
        ("count(KOR -> USA)", 1, "count", ""),
        ('(event("a") or event("b")) before 2024', 28, "before", ""),
        ("state(KOR, threat) > stance(KOR, supports)", 22, "stance", "stock"),
        ("", 1, "", "a word"),
    ],
)
def test_a_refusal_says_where_what_and_what_fits(text: str, column: int, seen: str, fits: str) -> None:
    with pytest.raises(ConditionRefused) as refused:
        parse(text)
    assert refused.value.column == column, refused.value
    assert refused.value.seen.strip("'").startswith(seen) or not seen
    if fits:
        assert fits in refused.value.fits
    assert f"column {column}" in str(refused.value)
    assert refused.value.pointed().splitlines()[1].index("^") <= column


def test_a_name_of_several_actors_is_refused_with_their_codes() -> None:
    with pytest.raises(ConditionRefused, match="several actors") as refused:
        parse('transfer("KIA" -> *)')
    assert refused.value.fits == ("Kachin Independence Army", "Kia")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("transfer(RUS -> PRK, precision)", "Russia delivers precision weapons to North Korea"),
        ("not transfer(RUS -> PRK, precision)", "Russia does not deliver precision weapons to North Korea"),
        ("not transfer(* -> UKR)", "nobody delivers materiel to Ukraine"),
        ("transfer(KOR -> USA, ordered)", "the United States orders materiel from South Korea, or goes further"),
        ("transfer(KOR -> UKR, arms, withheld)", "South Korea withholds arms from Ukraine"),
        ("pact(PRK, RUS, mutual-defence, signed)", "North Korea and Russia sign a mutual-defence pact, or go further"),
        ("stance(NATO, supports, KOR -> UKR)", "NATO supports supplies from South Korea to Ukraine"),
        ('event("war") within 90 days of 2024-06-20', "“war” comes about within 90 days of 20 June 2024"),
        (
            "quantity(KOR -> USA, artillery.ammunition, last 365 days) >= 500_000",
            (
                "deliveries of artillery ammunition from South Korea to the United States come to 500,000 items or "
                "more in the last 365 days"
            ),
        ),
        ("measure(KOR, export-value) > 14 billion", "South Korea's export value is more than 14 billion US dollars"),
        (
            "stock(USA, artillery.ammunition) < reserve(USA, artillery.ammunition)",
            "the United States' stock of artillery ammunition is below its reserve",
        ),
        (
            'transfer(RUS -> PRK, precision) and (event("a") or event("b"))',
            "Russia delivers precision weapons to North Korea, and either “a” comes about, or “b” comes about",
        ),
        (
            "transfer(RUS -> PRK, precision) with support >= 2 after pact(PRK, RUS)",
            (
                "Russia delivers precision weapons to North Korea after North Korea and Russia sign a pact as at least "
                "2 independent origins tell"
            ),
        ),
    ],
)
def test_conditions_in_english(text: str, words: str) -> None:
    assert say(parse(text)) == words
