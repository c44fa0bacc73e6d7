"""A quote is in the text word for word, or it is not in the text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from materiel.reading.grounding.quotes import find_quote, fold

TEXT = (
    "“We’ve sent 1.5 million rounds,” he said — no more.\nThe non-lethal aid went to Riga\u00a0in\u2011house; "
    "F-16s, 10,000 rifles and\n155mm shells can't fol\u00adlow. Kyiv's envoy thanked them… twice."
)


def found(quote: str, text: str = TEXT) -> list[str]:
    return [text[place.start : place.end] for place in find_quote(quote, fold([(0, text)]))]


@pytest.mark.parametrize(
    ("quote", "written"),
    [
        ("We've sent 1.5 million rounds", "We’ve sent 1.5 million rounds"),
        ('"We\'ve sent 1.5 million rounds,"', "We’ve sent 1.5 million rounds,"),
        ("we’ve sent", "We’ve sent"),
        ("he said - no more", "he said — no more"),
        ("he said–no more", "he said — no more"),
        ("he said -- no more.", "he said — no more."),
        ("no more. The non-lethal aid", "no more.\nThe non-lethal aid"),
        ("Riga in-house", "Riga\u00a0in\u2011house"),
        ("shells can't follow", "shells can't fol\u00adlow"),
        ("thanked them... twice", "thanked them… twice"),
        ("Kyiv", "Kyiv"),
        ("no more", "no more"),
    ],
)
def test_typography_may_differ(quote: str, written: str) -> None:
    assert found(quote) == [written]


@pytest.mark.parametrize(
    "quote",
    [
        *("We have sent 1.5 million rounds", "We’ve sent 2.5 million rounds", "5 million rounds", "1.5 million round"),
        *("lethal aid", "the non lethal aid", "the nonlethal aid", "16s", "F", "000 rifles", "10", "155"),
        *("shells can", "shells cant follow", "shells can follow", "he SAID", "", "“ ”", "...", ".*"),
    ],
)
def test_words_may_not_differ(quote: str) -> None:
    assert found(quote) == []


def test_the_first_letter_may_differ_but_no_other() -> None:
    assert found("kyiv's envoy") == ["Kyiv's envoy"]
    assert found("KYIV's envoy") == []


def test_every_place_is_found() -> None:
    assert found("two tanks", "Two tanks, then two tanks.") == ["Two tanks", "two tanks"]


ALPHABET = st.text(st.sampled_from("ab1 .,-—–'’“”\u00a0\u00ad\n"), max_size=40)


@given(ALPHABET, st.data())
def test_what_is_found_is_the_quote_evened_out(text: str, data: st.DataObject) -> None:
    quote = data.draw(ALPHABET)
    for written in found(quote, text):
        assert fold([(0, written)]).text.strip("' ").casefold() == fold([(0, quote)]).text.strip("' ").casefold()


@given(st.lists(st.text("abc12", min_size=1, max_size=4), min_size=1, max_size=12), st.data())
def test_whole_words_of_a_text_are_found_in_it(words: list[str], data: st.DataObject) -> None:
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first + 1, len(words)))
    separator = data.draw(st.sampled_from([" ", "\n", "\u00a0", "  "]))
    assert found(separator.join(words[first:last]), " ".join(words))


@given(st.lists(st.text("abc12", min_size=1, max_size=4), min_size=2, max_size=8), st.data())
def test_a_changed_word_is_not_found(words: list[str], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(words) - 1))
    changed = [*words[:place], words[place] + "x", *words[place + 1 :]]
    assert found(" ".join(changed), " ".join(words)) == []
