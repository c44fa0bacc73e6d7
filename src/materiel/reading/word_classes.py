"""Word classes and lemmas from a table: what the model would say of each word, looked up instead of worked out.

After tagger and parser the small models match some 180 patterns against every word to set its part of speech and its
morphology, and then seek its lemma; that is an eighth of a parse. Nearly all patterns look at one word, and of it at
nothing but tag, dependency and spelling. So ruler and lemmatizer are asked once for each such combination, and their
answer is kept. Where a pattern of several words matches ("there are", "gonna"), they go over the passage themselves.
The results are theirs, word for word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import numpy as np
from spacy.language import Language
from spacy.matcher import Matcher
from spacy.pipeline import AttributeRuler, Lemmatizer
from spacy.tokens import Doc
from spacy.vocab import Vocab

NAME = "word_classes"
_RULER, _LEMMATIZER = _REPLACED = ("attribute_ruler", "lemmatizer")
_LOOKED_AT = frozenset({"TAG", "DEP", "LOWER", "IS_SPACE"})
"""What patterns may look at for the table to answer in their place."""
_KEPT_WORDS = 100_000
"""So many combinations are kept; then they are looked up anew, so that memory does not grow with what is read."""
_UNNAMED, _SPACE = 0, -1
_SET: list[int | str] = ["POS", "LEMMA", "MORPH", "TAG", "DEP"]
"""What they set; of white space tag and dependency too."""


def use_table(nlp: Language) -> None:
    """Let the table stand in for the pipeline's attribute ruler and lemmatizer, if it knows all that they look at."""
    if not set(_REPLACED) <= set(nlp.pipe_names):
        return
    ruler, lemmatizer = nlp.get_pipe(_RULER), nlp.get_pipe(_LEMMATIZER)
    if (
        isinstance(ruler, AttributeRuler)
        and isinstance(lemmatizer, Lemmatizer)
        and lemmatizer.mode in {"rule", "lookup"}
        and all(set(each) <= _LOOKED_AT for each in _words_of(_patterns(ruler)))
    ):
        nlp.add_pipe(NAME, after=_LEMMATIZER)
        for name in _REPLACED:
            nlp.disable_pipe(name)


@Language.factory(NAME)
def _make(nlp: Language, name: str) -> WordClasses:
    ruler, lemmatizer = nlp.get_pipe(_RULER), nlp.get_pipe(_LEMMATIZER)
    assert isinstance(ruler, AttributeRuler)
    assert isinstance(lemmatizer, Lemmatizer)
    return WordClasses(ruler, lemmatizer, nlp.vocab)


_Key = tuple[int, ...]
"""Spelling, tag and dependency, as the vocabulary numbers them."""


class WordClasses:
    """Sets part of speech, morphology and lemma as ruler and lemmatizer do.

    Args:
        ruler: whose patterns look at :data:`_LOOKED_AT` only.
        lemmatizer: which looks at a word's spelling, part of speech and morphology only.
        vocab: the words of ruler and documents.
    """

    def __init__(self, ruler: AttributeRuler, lemmatizer: Lemmatizer, vocab: Vocab) -> None:
        self._ruler, self._lemmatizer, self._vocab = ruler, lemmatizer, vocab
        patterns = _patterns(ruler)
        phrases = [pattern for pattern in patterns if len(pattern) > 1]
        self._phrases, self._beginnings = _matcher(vocab, phrases), _matcher(vocab, [phrase[:1] for phrase in phrases])
        spellings = [each["LOWER"] for each in _words_of(patterns) if "LOWER" in each]
        self._named = {word for spelling in spellings for word in _listed(spelling)}
        self._shapes = [re.compile(s["REGEX"]) for s in spellings if isinstance(s, Mapping) and "REGEX" in s]
        self._answers: dict[_Key, tuple[list[int], bool]] = {}
        self._rows: dict[_Key, list[int]] = {}
        self._openers: set[_Key] = set()

    def __call__(self, doc: Doc) -> Doc:
        keys = list(map(tuple, doc.to_array(["ORTH", "TAG", "DEP"]).tolist()))
        rows = self._rows
        if len(rows) >= _KEPT_WORDS:
            rows.clear()
            self._openers.clear()
        for key in keys:
            if key not in rows:
                self._learn(key)
        if not self._openers.isdisjoint(keys) and self._phrases(doc, allow_missing=True):
            return self._lemmatizer(self._ruler(doc))
        if keys:
            values: Any = np.array([rows[key] for key in keys], dtype=np.uint64)
            doc.from_array(_SET, values)
        return doc

    def _learn(self, key: _Key) -> None:
        """Keep what is to be said of a word with this tag and dependency."""
        orth, tag, dep = key
        like = (self._spelling(orth), tag, dep)
        if like not in self._answers:
            alone = self._alone(orth, tag, dep)
            opens = bool(self._beginnings(alone, allow_missing=True))
            self._answers[like] = self._ruler(alone).to_array(_SET)[0].tolist(), opens
        said, opens = self._answers[like]
        alone, values = self._alone(orth, tag, dep), np.array([said], dtype=np.uint64)
        as_given: Any = values
        self._rows[key] = self._lemmatizer(alone.from_array(_SET, as_given)).to_array(_SET)[0].tolist()
        if opens:
            self._openers.add(key)

    def _alone(self, orth: int, tag: int, dep: int) -> Doc:
        strings = self._vocab.strings
        return Doc(self._vocab, words=[strings[orth]], tags=[strings[tag]], deps=[strings[dep]])

    def _spelling(self, orth: int) -> int:
        """The lower-case spelling if a pattern names it, else that none does: to the ruler all such words are alike."""
        lexeme = self._vocab[orth]
        if lexeme.is_space:
            return _SPACE
        is_named = lexeme.lower_ in self._named or any(shape.search(lexeme.lower_) for shape in self._shapes)
        return lexeme.lower if is_named else _UNNAMED


def _matcher(vocab: Vocab, patterns: list[list[dict[str, Any]]]) -> Matcher:
    matcher = Matcher(vocab)
    if patterns:
        matcher.add("pattern", patterns)
    return matcher


def _patterns(ruler: AttributeRuler) -> list[list[dict[str, Any]]]:
    """The ruler's patterns, each a list of what it asks of one word after another."""
    rules: Any = ruler.patterns
    return [pattern for rule in rules for pattern in rule["patterns"]]


def _words_of(patterns: Iterable[list[dict[str, Any]]]) -> Iterator[dict[str, Any]]:
    for pattern in patterns:
        yield from pattern


def _listed(spelling: str | Mapping[str, Any]) -> Iterable[str]:
    """The words that a condition on the spelling lists; none where it gives a shape."""
    if isinstance(spelling, str):
        return (spelling,)
    return [word for words in spelling.values() if not isinstance(words, str) for word in words]
