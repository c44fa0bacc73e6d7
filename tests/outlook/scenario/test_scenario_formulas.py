"""Formulas: what is read, what is written, what is refused and where."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from materiel.outlook.refusals import FormulaRefused
from materiel.outlook.scenario.formula_tree import ARITIES, SITUATION, Call, Combine, Formula, Named, Plain, TheWeek
from materiel.outlook.scenario.formulas import MAX_LENGTH, parse_formula, print_formula

names = st.from_regex(r"[a-z]\w{0,5}(-\w{1,3})?", fullmatch=True) | st.text(
    st.characters(categories=("L", "N", "P", "Zs")), min_size=1, max_size=6
)
situations = st.sampled_from(sorted(SITUATION)).flatmap(
    lambda function: st.tuples(*[names] * len(SITUATION[function])).map(lambda given: Call(function, given))
)
leaves: st.SearchStrategy[Formula] = (
    st.floats(-1e15, 1e15).map(lambda value: Plain(value + 0.0))
    | st.from_regex(r"[a-zA-Z][a-zA-Z0-9_]{0,5}", fullmatch=True).map(Named)
    | st.just(TheWeek())
    | situations
)


def combined(parts: st.SearchStrategy[Formula]) -> st.SearchStrategy[Formula]:
    return st.sampled_from(sorted(ARITIES)).flatmap(
        lambda operator: st.lists(parts, min_size=ARITIES[operator][0], max_size=min(ARITIES[operator][1], 3)).map(
            lambda given: Combine(operator, tuple(given))
        )
    )


formulas = st.recursive(leaves, combined, max_leaves=8)


@given(formulas)
def test_what_is_written_is_read_back(formula: Formula) -> None:
    assert parse_formula(print_formula(formula)) == formula


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("1 - 2 - 3", "(1 - 2) - 3"),
        ("8 / 4 * 2", "(8 / 4) * 2"),
        ("1 + 2 * $a", "1 + (2 * $a)"),
        ("-$a * 2", "(0 - $a) * 2"),
        ("1 + 2 > $a - 1", "(1 + 2) > ($a - 1)"),
        ("$a-1", "$a - 1"),
        ("week-1", "week - 1"),
        ("sent(ring-1)-2", "sent(ring-1) - 2"),
    ],
)
def test_what_binds_tighter(text: str, same: str) -> None:
    assert parse_formula(text) == parse_formula(same)


def test_a_minus_before_a_number_is_part_of_it() -> None:
    assert parse_formula("-3") == Plain(-3.0)


@pytest.mark.parametrize(
    ("text", "column", "words"),
    [
        ("", 1, "ends too early"),
        ("1 + ", 4, "ends too early"),
        ("stok(KOR, shell)", 1, "'stok' is no function. Fits: stock"),
        ("stock(KOR)", 1, "takes 2 names, and has 1. The form is stock(ACTOR, MATERIEL)"),
        ("1 < 2 < 3", 7, "'<' does not fit"),
        ("clip(1, 2)", 1, "takes 3 numbers, and has 2"),
        ("1 $a", 3, "'$a' does not fit"),
        ("threat * 2", 8, "A named number is written $threat"),
        ("2 * threat", 11, "A named number is written $threat"),
        ("$", 1, "'$' does not fit"),
        ("1e400", 1, "the number is over"),
        ("(" * 41 + "1" + ")" * 41, 41, "more than 40 levels deep"),
        ("-" * 60 + "1", 1, "more than 40 levels deep"),
        ("1" + " + 1" * MAX_LENGTH, MAX_LENGTH + 1, "at most 5,000 are read"),
        ("stock(KOR; shell)", 10, "';' does not fit"),
    ],
)
def test_refusals_name_the_column_and_what_fits(text: str, column: int, words: str) -> None:
    with pytest.raises(FormulaRefused) as caught:
        parse_formula(text)
    assert caught.value.column == column
    assert words in str(caught.value)
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)


def read(text: str) -> Formula | FormulaRefused:
    try:
        return parse_formula(text)
    except FormulaRefused as refusal:
        return refusal


@given(st.text(max_size=80))
def test_any_text_is_read_or_refused(text: str) -> None:
    found = read(text)
    if isinstance(found, FormulaRefused):
        assert 1 <= found.column <= len(text) + 1
        assert found.text == text
    else:
        assert parse_formula(print_formula(found)) == found
