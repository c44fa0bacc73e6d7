"""Word classes from a table: what the model's attribute ruler would say of each word, looked up instead of matched.

After tagger and parser the small models match some 180 patterns against every word to set its part of speech, its
morphology and a few lemmas; that is a tenth of a parse. Nearly all patterns look at one word, and of it at nothing but
tag, dependency and spelling. So the ruler is asked once for each such combination, and its answer is kept. Where a
pattern of several words matches ("there are", "gonna"), the ruler itself goes over the passage. The results are the
ruler's, word for word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import numpy as np
from spacy.language import Language
from spacy.matcher import Matcher
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc
from spacy.vocab import Vocab

NAME = "word_classes"
_REPLACED = "attribute_ruler"
_LOOKED_AT = frozenset({"TAG", "DEP", "LOWER", "IS_SPACE"})
"""What patterns may look at for the table to answer in their place."""
_KEPT_WORDS = 100_000
"""So many spellings are kept; then they are looked up anew, so that memory does not grow with what is read."""
_UNNAMED, _SPACE = 0, -1
_SET: list[int | str] = ["POS", "LEMMA", "MORPH", "TAG", "DEP"]
"""What the ruler sets; of white space tag and dependency too."""


def use_table(nlp: Language) -> None:
    """Let the table stand in for the pipeline's attribute ruler, if its patterns look at what the table knows."""
    if _REPLACED not in nlp.pipe_names:
        return
    ruler = nlp.get_pipe(_REPLACED)
    if isinstance(ruler, AttributeRuler) and all(set(each) <= _LOOKED_AT for each in _words_of(_patterns(ruler))):
        nlp.add_pipe(NAME, after=_REPLACED)
        nlp.disable_pipe(_REPLACED)


@Language.factory(NAME)
def _make(nlp: Language, name: str) -> WordClasses:
    ruler = nlp.get_pipe(_REPLACED)
    assert isinstance(ruler, AttributeRuler)
    return WordClasses(ruler, nlp.vocab)


_Key = tuple[int, int, int]
"""Spelling as far as patterns name it, tag and dependency, as the vocabulary numbers them."""


class WordClasses:
    """Sets part of speech, morphology and exceptional lemmas as the ruler does.

    Args:
        ruler: whose patterns look at :data:`_LOOKED_AT` only.
        vocab: the words of ruler and documents.
    """

    def __init__(self, ruler: AttributeRuler, vocab: Vocab) -> None:
        self._ruler, self._vocab = ruler, vocab
        patterns = _patterns(ruler)
        phrases = [pattern for pattern in patterns if len(pattern) > 1]
        self._phrases, self._beginnings = _matcher(vocab, phrases), _matcher(vocab, [phrase[:1] for phrase in phrases])
        spellings = [each["LOWER"] for each in _words_of(patterns) if "LOWER" in each]
        self._named = {word for spelling in spellings for word in _listed(spelling)}
        self._shapes = [re.compile(s["REGEX"]) for s in spellings if isinstance(s, Mapping) and "REGEX" in s]
        self._words: dict[int, int] = {}
        self._answers: dict[_Key, list[int]] = {}
        self._openers: set[_Key] = set()

    def __call__(self, doc: Doc) -> Doc:
        seen = doc.to_array(["ORTH", "TAG", "DEP"]).tolist()
        keys = [(self._spelling(orth), tag, dep) for orth, tag, dep in seen]
        for key, (orth, tag, dep) in zip(keys, seen, strict=True):
            if key not in self._answers:
                self._ask(key, orth, tag, dep)
        if not self._openers.isdisjoint(keys) and self._phrases(doc, allow_missing=True):
            return self._ruler(doc)
        if keys:
            values: Any = np.array([self._answers[key] for key in keys], dtype=np.uint64)
            doc.from_array(_SET, values)
        return doc

    def _spelling(self, orth: int) -> int:
        """The lower-case spelling if a pattern names it, else that none does: all such words are alike."""
        if orth not in self._words:
            if len(self._words) >= _KEPT_WORDS:
                self._words.clear()
            lexeme = self._vocab[orth]
            is_named = lexeme.lower_ in self._named or any(shape.search(lexeme.lower_) for shape in self._shapes)
            self._words[orth] = _SPACE if lexeme.is_space else lexeme.lower if is_named else _UNNAMED
        return self._words[orth]

    def _ask(self, key: _Key, orth: int, tag: int, dep: int) -> None:
        """Keep what the ruler says of the word by itself, and whether a pattern of several words may begin with it."""
        strings = self._vocab.strings
        alone = Doc(self._vocab, words=[strings[orth]], tags=[strings[tag]], deps=[strings[dep]])
        if self._beginnings(alone, allow_missing=True):
            self._openers.add(key)
        self._answers[key] = self._ruler(alone).to_array(_SET)[0].tolist()


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
