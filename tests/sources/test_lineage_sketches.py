"""Sketches of documents: what they take from a text, that typography does not change them, and their bytes."""

import random
import string
import time
import unicodedata
import zlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from materiel.errors import InputRefused
from materiel.sources.lineage.sketches import FEW_RUNS, KEY_STEMS, Sketch, sketch, sketch_all
from materiel.sources.lineage.wording import MAX_WORDS
from materiel.sources.lineage.words import WEIGHT_STEP, read_words
from materiel.terms.documents import Document, Passage, Role

REPORT = (
    "Officials in Graz said on Monday that Norland would send 1,200 shells to Ukraine before winter, after talks with "
    "the South Korean maker Hansol. The minister, Ana Velloso, called the price fair. “We keep our word,” she told the "
    "Herald of Graz, “and we keep it on time.” A first train left the depot at Erdoğan Square last week; two others "
    "wait for papers. The café owner across the road counted forty wagons and went back to her crossword."
)


def document(text: str, *, headline: str = "") -> Document:
    end = len(headline)
    passages = (Passage(0, end, Role.HEADLINE), Passage(end, end + len(text), Role.BODY))
    return Document(headline + text, passages if headline else passages[1:])


def same(one: Sketch, other: Sketch) -> bool:
    return one.to_bytes() == other.to_bytes()


def words_of(count: int, seed: int) -> list[str]:
    dice = random.Random(seed)
    return ["".join(dice.choices(string.ascii_lowercase, k=7)) for _ in range(count)]


def shared(one: Sketch, other: Sketch) -> int:
    return len(np.intersect1d(one.runs, other.runs))


def stems_in(text: str) -> set[int]:
    return {stem | 255 for stem in sketch(document(text)).stems.tolist()}


def test_a_sketch_is_the_same_on_every_machine_and_in_every_version() -> None:
    # If this fails, words are read, hashed or weighed in another way than before: raise VERSION.
    found = sketch(document(REPORT))
    assert (len(found.runs), len(found.stems), found.weights.sum()) == (57, 34, 192.1875)
    assert zlib.crc32(found.to_bytes()[:-4]) == 4130253986
    assert zlib.crc32(sketch(document(" ".join(words_of(300, 5)))).to_bytes()[:-4]) == 2762897602


@pytest.mark.parametrize(
    "disguise",
    [
        lambda text: text.replace("e", "e\u200b"),
        lambda text: text.replace("n", "\u00adn"),
        lambda text: "\ufeff" + text.replace(" ", "\u2060 "),
        lambda text: "".join(chr(ord(c) + 0xFEE0) if c in string.ascii_letters + string.digits else c for c in text),
        lambda text: unicodedata.normalize("NFD", text),
        lambda text: text.replace("i", "i\u0301"),
        lambda text: text.replace("a", "a\u0336\u034f"),
        lambda text: text.replace("ğ", "g").replace("é", "e"),
        lambda text: text.replace(" ", "\u00a0"),
        lambda text: text.replace("fi", "\ufb01"),
        lambda text: text.replace(". ", ".\n\n"),
    ],
    ids=[
        "zero width",
        "soft hyphens",
        "joiners",
        "full width",
        "decomposed",
        "accents",
        "struck out",
        "no accents",
        "fixed spaces",
        "ligatures",
        "paragraphs",
    ],
)
def test_disguised_letters_change_nothing(disguise: object) -> None:
    assert callable(disguise)
    disguised = disguise(REPORT)
    assert disguised != REPORT
    assert same(sketch(document(disguised)), sketch(document(REPORT)))


def test_lone_surrogates_are_read() -> None:
    broken = sketch(document("A train\ud800 left the \udfff depot at Graz on Monday."))
    assert broken.fingerprint
    assert same(Sketch.from_bytes(broken.to_bytes()), broken)


def test_signs_are_no_letters() -> None:
    plain = "A train left the depot at Graz on Monday and two others wait"
    assert same(sketch(document(plain.replace(" left", " – left…"))), sketch(document(plain)))
    assert same(sketch(document(plain + " \U0001f682 → • ☎")), sketch(document(plain)))


@settings(deadline=None)
@given(st.lists(st.text(), max_size=5))
def test_documents_are_sketched_together_as_alone(texts: list[str]) -> None:
    documents = [document(text) for text in [*texts, REPORT, "South", "Korea"]]
    assert [s.to_bytes() for s in sketch_all(documents)] == [sketch(d).to_bytes() for d in documents]


@settings(deadline=None)
@given(st.lists(st.text(), max_size=5))
def test_stretches_are_read_together_as_alone(stretches: list[str]) -> None:
    together = read_words(["United", *stretches, "States"])
    for place, stretch in enumerate(stretches, start=1):
        start, end = together.bounds[place : place + 2]
        alone = read_words([stretch])
        assert together.letters[start:end].tolist() == alone.letters.tolist()
        assert together.stems[start:end].tolist() == alone.stems.tolist()


def test_only_headline_and_body_count() -> None:
    body = "A train left the depot at Graz on Monday."
    page = Document(
        body + " Read more about trains here.",
        (Passage(0, len(body), Role.BODY), Passage(len(body), 70, Role.BOILERPLATE)),
    )
    assert same(sketch(page), sketch(document(body)))
    assert not same(sketch(document(body, headline="Trains roll\n")), sketch(document(body)))


def test_quotations_have_no_runs_but_stems() -> None:
    spoken = "“The valve of the pump at Orrel broke on the coldest night of the year”"
    quoting = sketch(document(f"{spoken}, he said."))
    telling = sketch(document(f"{spoken[1:-1]}, he said."))
    assert len(quoting.runs) == 0
    assert len(telling.runs) > 0
    assert quoting.stems.tolist() == telling.stems.tolist()
    assert quoting.fingerprint != telling.fingerprint


def test_the_same_words_have_the_same_fingerprint() -> None:
    assert (
        sketch(document("A train left; Graz waits.")).fingerprint
        == sketch(document("A train left: Graz waits")).fingerprint
    )
    assert sketch(document("A train left Graz.")).fingerprint != sketch(document("A train left Linz.")).fingerprint


def test_states_are_one_stem_however_they_are_named() -> None:
    named = [
        stems_in(f"yesterday {name} yesterday") for name in ("South Korea", "South Korean", "Seoul", "South Korea’s")
    ]
    assert len(named[0] - stems_in("yesterday")) == 1
    assert named[1] == named[0]
    assert named[0] <= named[2]
    assert named[0] <= named[3]


def test_names_and_figures_weigh_more_than_words() -> None:
    weights = {text: sketch(document(text)).weights.tolist() for text in ("brindle", "Brindle", "4711", "4,711")}
    assert weights["Brindle"] == weights["4711"] == [2 * weights["brindle"][0]]
    assert stems_in("4711") == stems_in("4,711")
    assert stems_in("Brindle") == stems_in("brindle")


def test_the_heaviest_stems_are_kept() -> None:
    names = [word.capitalize() for word in words_of(40, 1)]
    found = sketch(document(" ".join([*words_of(300, 2), *names])))
    assert len(found.stems) == KEY_STEMS
    assert {stem for name in names for stem in stems_in(name)} <= {stem | 255 for stem in found.stems.tolist()}
    assert (np.diff(found.stems) > 0).all()


def test_weights_are_exact_multiples() -> None:
    weights = sketch(document(REPORT)).weights
    assert weights.dtype == np.float32
    assert (weights > 0).all()
    assert (weights % WEIGHT_STEP == 0).all()


def test_long_texts_are_sampled_alike_and_short_ones_kept_whole() -> None:
    words = words_of(2000, 3)
    long = sketch(document(" ".join(words)))
    assert 400 < len(long.runs) < 600
    assert (np.diff(long.runs.astype(object)) > 0).all()
    excerpt = sketch(document(" ".join(words[500:540])))
    assert len(excerpt.runs) == 36 < FEW_RUNS
    assert 3 < shared(excerpt, long) < 18
    half = sketch(document(" ".join(words[1000:])))
    assert shared(half, long) == len(half.runs)


@pytest.mark.parametrize("text", ["", " \n", "?!", "\u200b"])
def test_a_document_without_words_has_an_empty_sketch(text: str) -> None:
    found = sketch(document(text))
    assert (found.fingerprint, len(found.runs), len(found.stems), found.weights.sum()) == ("", 0, 0, 0)
    assert same(Sketch.from_bytes(found.to_bytes()), found)


def test_one_sentence() -> None:
    found = sketch(document("A train left the depot at Graz on Monday."))
    assert len(found.runs) == 5
    assert 2 <= len(found.stems) <= 4


@pytest.mark.parametrize(
    "unit", ["{} ", "{}", "“{} ", "«{} ", '"{}" ', "1.{},", "é{} ", "South "], ids=lambda unit: repr(unit)
)
def test_five_megabytes_are_fast(unit: str) -> None:
    text = "".join(unit.format(word) for word in words_of(1000, 4)) * (5_000_000 // (1000 * len(unit)))
    assert len(text) > 3_000_000
    start = time.process_time()
    found = sketch(document(text[:5_000_000]))
    assert time.process_time() - start < 3
    assert len(found.runs) <= MAX_WORDS
    assert found.fingerprint != sketch(document(text[:4_999_990] + " other")).fingerprint


def test_arrays_cannot_be_written() -> None:
    found = sketch(document(REPORT))
    for array in (found.runs, found.stems):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 1


@settings(deadline=None)
@given(st.text())
def test_bytes_bring_the_sketch_back(text: str) -> None:
    found = sketch(document(f"{REPORT} {text}"))
    again = Sketch.from_bytes(found.to_bytes())
    assert again.fingerprint == found.fingerprint
    assert again.runs.tolist() == found.runs.tolist()
    assert again.stems.tolist() == found.stems.tolist()


@settings(deadline=None)
@given(st.data())
def test_damaged_bytes_are_refused(data: st.DataObject) -> None:
    whole = sketch(document(REPORT)).to_bytes()
    at = data.draw(st.integers(0, len(whole) - 1))
    flip = data.draw(st.integers(1, 255))
    for damaged in (whole[:at], whole[:at] + bytes([whole[at] ^ flip]) + whole[at + 1 :], whole + b"\0"):
        with pytest.raises(InputRefused, match="Sketch the document anew"):
            Sketch.from_bytes(damaged)


def test_another_version_is_refused_by_name() -> None:
    whole = sketch(document(REPORT)).to_bytes()
    with pytest.raises(InputRefused, match="version 200"):
        Sketch.from_bytes(whole[:2] + bytes([200]) + whole[3:])
