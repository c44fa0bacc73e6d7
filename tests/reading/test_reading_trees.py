"""Words by table and parses unfolded: both must say what spaCy says, word for word."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from materiel.reading import word_classes
from materiel.reading.parses import Parse, load_model, parser, parses_of
from materiel.reading.passages import clean
from materiel.reading.trees import unfolded

SENTENCES = [
    "There are 14 tanks that Poland hasn't sent; it'll send them once they're mended.",
    "Let's see what we've got: nothin' but y'all's old shells, and they ain't gonna work.",
    "Those who do have arms do not sell, said the minister, but he won't say so.",
    "Had Oslo asked, Riga would have helped it.\n\nThis, however, it didn't do.",
    "Kyiv's 36 F-16s (worth $3.2bn) \u2013 half of what had been promised \u2013 were seen in May.",
    "  That it could be so   is what somebody told me myself. ",
    "",
]
WORDS = sorted({word for sentence in SENTENCES for word in sentence.split()})


PLAIN = load_model()


def _classes(doc: Doc) -> list[tuple[str, ...]]:
    return [(t.text, t.pos_, t.tag_, t.dep_, t.lemma_, str(t.morph), t.ent_type_) for t in doc]


@pytest.mark.parametrize("text", SENTENCES)
def test_the_table_says_what_the_ruler_says(text: str) -> None:
    assert _classes(parser()(text)) == _classes(PLAIN(text))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([*WORDS, "\n", "there", "is", "gon", "na", "all", "y'"]), max_size=12).map(" ".join))
def test_the_table_says_what_the_ruler_says_of_any_words(text: str) -> None:
    assert _classes(parser()(text)) == _classes(PLAIN(text))


def test_the_table_stands_in_for_the_ruler() -> None:
    assert word_classes.NAME in parser().pipe_names
    assert not {"attribute_ruler", "lemmatizer"} & set(parser().pipe_names)


def test_a_ruler_that_looks_at_more_is_left_alone() -> None:
    nlp = load_model()
    ruler = nlp.get_pipe("attribute_ruler")
    ruler.add([[{"SHAPE": "Xxxx"}]], {"POS": "X"})  # type: ignore[attr-defined]
    word_classes.use_table(nlp)
    assert nlp.pipe_names == PLAIN.pipe_names
    assert nlp("Oslo asked Riga.")[0].pos_ == "X"


def test_few_words_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word_classes, "_KEPT_WORDS", 3)
    nlp = load_model()
    word_classes.use_table(nlp)
    for sentence in SENTENCES:
        assert _classes(nlp(sentence)) == _classes(PLAIN(sentence))


@pytest.mark.parametrize("text", SENTENCES)
def test_named_entities_are_the_models_when_they_are_asked_for(text: str) -> None:
    cleaned = clean(text, 0)
    doc = next(parses_of([cleaned.text]))
    parse = Parse(doc, cleaned)
    assert not any(token.ent_iob_ for token in doc)
    asked = [(word.ent_type_, word.ent_iob_) for word in parse.doc]
    assert asked == [(token.ent_type_, token.ent_iob_) for token in PLAIN(cleaned.text)]


@pytest.mark.parametrize("text", SENTENCES)
def test_an_unfolded_parse_is_the_parse(text: str) -> None:
    doc = parser()(text)
    tree = unfolded(doc)
    assert (tree.text, len(tree)) == (doc.text, len(doc))
    assert [(s.start, s.end, s.text) for s in tree.sents] == [(s.start, s.end, s.text) for s in doc.sents]
    for one, other in zip(tree, doc, strict=True):
        for name in ("i", "idx", "text", "lower_", "lemma_", "pos_", "tag_", "dep_", "ent_type_", "ent_iob_"):
            assert getattr(one, name) == getattr(other, name)
        assert (one.like_num, one.is_title, one.is_upper) == (other.like_num, other.is_title, other.is_upper)
        assert (one.head.i, one.left_edge.i, len(one)) == (other.head.i, other.left_edge.i, len(other))
        assert one.sent.text == other.sent.text
        for name in ("children", "subtree", "ancestors"):
            assert [t.i for t in getattr(one, name)] == [t.i for t in getattr(other, name)]
        assert [one.is_ancestor(t) for t in tree] == [other.is_ancestor(t) for t in doc]


@pytest.mark.parametrize("text", [each for each in SENTENCES if each])
def test_spans_of_an_unfolded_parse_are_its_spans(text: str) -> None:
    doc = parser()(text)
    tree = unfolded(doc)
    for start in range(len(doc)):
        for end in range(start + 1, min(len(doc), start + 6) + 1):
            one, other = tree[start:end], doc[start:end]
            assert (one.text, one.start_char, one.end_char) == (other.text, other.start_char, other.end_char)
            assert (one.root.i, len(one), one[-1].i) == (other.root.i, len(other), other[-1].i)
            assert [t.i for t in one[1:]] == [t.i for t in other[1:]]
            assert one == tree[start:end]
    for place in range(len(text)):
        one_span = tree.char_span(place, place + 1, alignment_mode="expand")
        other_span = doc.char_span(place, place + 1, alignment_mode="expand")
        assert (one_span is None) == (other_span is None)
        if one_span is not None and other_span is not None:
            assert (one_span.start, one_span.end) == (other_span.start, other_span.end)


def test_there_is_no_word_before_the_first() -> None:
    first = unfolded(parser()("Oslo asked Riga."))[0]
    with pytest.raises(IndexError):
        first.nbor(-1)
