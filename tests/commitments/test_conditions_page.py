"""docs/conditions.md is so: each example is read, printed, put into English and answered as the page shows it."""

from __future__ import annotations

from typing import get_args

import pytest
from conditions_page import PAGE, blocks_of, record_of, worked

from materiel.commitments import HappeningIndex, parse
from materiel.commitments.building import CALLS
from materiel.commitments.tree import Leaf, Relation, leaves

TEXT = PAGE.read_text(encoding="utf-8")
BLOCKS = blocks_of(TEXT)
INDEX = HappeningIndex(record_of(TEXT))
CONDITIONS = [body for kind, body in BLOCKS if kind == "condition"]


@pytest.mark.parametrize(("kind", "body"), BLOCKS, ids=[body.splitlines()[0] for _, body in BLOCKS])
def test_an_example_comes_out_as_shown(kind: str, body: str) -> None:
    assert worked(kind, body, INDEX) == body, "If it is meant so: python tests/commitments/conditions_page.py"


def test_what_is_printed_on_the_page_is_the_same_condition() -> None:
    for body in CONDITIONS:
        text, printed = body.splitlines()[:2]
        assert parse(printed.removeprefix("printed: ")) == parse(text)


def test_every_word_of_the_language_and_every_answer_has_an_example() -> None:
    shown = "\n".join(CONDITIONS)
    words = (*CALLS, *(relation.value for relation in Relation), "and", "or", "not", "last", "via", "named", "at least")
    assert [word for word in (*words, "with support", "with grade", "*", "{") if word not in shown] == []
    for answer in ("holds", "does not hold", "disputed", "not reported", "imagined only"):
        assert f": {answer}" in shown


def test_every_example_is_answered_at_least_once() -> None:
    assert len(CONDITIONS) >= 40
    assert all("\nas of " in body for body in CONDITIONS)


def test_the_record_of_the_page_is_used() -> None:
    shown = "\n".join(CONDITIONS)
    used = {each.id for each in record_of(TEXT) if f"{each.id}," in shown or f"{each.id})" in shown}
    assert used == {each.id for each in record_of(TEXT)}


def test_every_sort_of_leaf_has_an_example() -> None:
    conditions = [parse(body.splitlines()[0]) for body in CONDITIONS]
    assert {type(leaf) for condition in conditions for leaf in leaves(condition)} == set(get_args(Leaf))
