"""A cleaned passage: every character of the copy knows where it stands in the document."""

from __future__ import annotations

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from materiel.reading.passages import clean

QUICK = settings(deadline=None, derandomize=True)

TYPOGRAPHY = {"’": "'", "‘": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‑": "-", ";": "."}
MESSY = st.text(alphabet="abcXYZ .,;:!?'\"“”‘’„«»-‑\u00a0\u202f\u00ad\n\t<>&lt;019", max_size=120)


@given(MESSY | st.text(max_size=80), st.integers(0, 10_000))
@QUICK
def test_cleaning_keeps_the_way_back(text: str, base: int) -> None:
    cleaned = clean(text, base)
    assert len(cleaned.offsets) == len(cleaned.text) + 1
    assert list(cleaned.offsets) == sorted(cleaned.offsets)
    for character, offset in zip(cleaned.text, cleaned.offsets, strict=False):
        if character != " ":
            original = text[offset - base]
            assert TYPOGRAPHY.get(original, original) == character


@given(MESSY, st.integers(0, 50), st.data())
@QUICK
def test_a_span_of_the_copy_comes_back_as_the_same_words(text: str, base: int, data: st.DataObject) -> None:
    cleaned = clean(text, base)
    assume(cleaned.text.strip())
    inked = [place for place, character in enumerate(cleaned.text) if character != " "]
    first = data.draw(st.sampled_from(inked))
    last = data.draw(st.sampled_from([place for place in inked if place >= first]))
    start, end = cleaned.span(first, last + 1)
    assert 0 <= start - base < end - base <= len(text)
    assert TYPOGRAPHY.get(text[start - base], text[start - base]) == cleaned.text[first]
    assert TYPOGRAPHY.get(text[end - base - 1], text[end - base - 1]) == cleaned.text[last]


def test_sentences_that_were_glued_come_apart_and_tickers_vanish() -> None:
    assert clean("It sold tanks.Poland bought them.", 0).text == "It sold tanks. Poland bought them."
    assert clean("Northrop &lt;NOC> sold jets", 0).text == "Northrop sold jets"
    assert clean("broken\n  lines", 7).text == "broken lines"
