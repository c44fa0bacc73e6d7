"""The plain ways of saying each thing are read: the tables under cases/."""

from __future__ import annotations

import pytest
from reading_cases import Case, cases, complaints
from reading_samples import read_text

ALL = list(cases())
READ = [case for case in ALL if case.is_read]
NOT_YET = [case for case in ALL if not case.is_read]


@pytest.mark.parametrize("case", READ, ids=str)
def test_an_ordinary_sentence_is_read(case: Case) -> None:
    assert complaints(read_text(case.text, case.published_on), case.expected) == []


@pytest.mark.xfail(strict=False, reason="an ordinary sentence that the rules do not read yet")
@pytest.mark.parametrize("case", NOT_YET, ids=str)
def test_an_ordinary_sentence_is_to_be_read(case: Case) -> None:
    assert complaints(read_text(case.text, case.published_on), case.expected) == []


def test_each_text_stands_once_in_the_tables() -> None:
    texts = [case.text for case in ALL]
    assert sorted(texts) == sorted(set(texts))
    assert all(case.expected for case in ALL)
