"""Articles without meaning, in any number, for measuring speed: what they say does not matter, how words recur does.

Words follow Zipf's law: the most frequent are the common words of English, the others are made of syllables. Every
report is on an event; the reports on one event share names and figures and are otherwise worded on their own. Three in
ten articles are copies of an earlier one: sentences dropped, some put in another order, words replaced.

Each article depends on the seed and its number alone, so none has to be kept.
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np

from materiel.sources.lineage.wording import COMMON_WORDS
from materiel.terms.documents import Document, Passage, Role
from materiel.terms.vocabulary import load_vocabulary

WORDS = 300
VOCABULARY = 100_000
REPORTS_OF_EVENT = 6
NAMES, FIGURES = 12, 6
"""Of one event; a report takes most of them up."""
DETAIL_EVERY = 9
"""About one word in so many is a name or a figure of the event."""
COPIES = frozenset({3, 6, 9})
"""Articles whose number ends so are copies."""
DROPPED, REPLACED = 0.3, 0.12
"""At most these shares of a copy's sentences are left out, and of its words replaced."""

_SYLLABLES = [c + v + e for c in "bdfgklmnprstvz" for v in "aeiou" for e in ("", "n", "r", "s", "l")]
_Sentences = list[list[str]]


def source_of(number: int, seed: int) -> int | None:
    """The number of the article that this one copies, or None: any earlier report."""
    if number % 10 not in COPIES:
        return None
    source = int(_dice("source", number, seed).integers(number))
    return source - 1 if source % 10 in COPIES else source


def invented_article(number: int, seed: int) -> Document:
    """The article with this number, under this seed."""
    source = source_of(number, seed)
    sentences = _report(number, seed) if source is None else _copy(_report(source, seed), number, seed)
    lines = (" ".join(sentence) for sentence in sentences)
    text = " ".join(f"{line[0].upper()}{line[1:]}." for line in lines)
    return Document(text, (Passage(0, len(text), Role.BODY),))


def _report(number: int, seed: int) -> _Sentences:
    dice = _dice("report", number, seed)
    vocabulary, odds = _vocabulary()
    words = [vocabulary[rank] for rank in odds.searchsorted(dice.random(WORDS)).tolist()]
    details = _details(number // REPORTS_OF_EVENT, seed)
    for at in (dice.random(WORDS // DETAIL_EVERY) * WORDS).astype(int).tolist():
        words[at] = details[int(at * 7919 + number) % len(details)]
    ends = np.cumsum(dice.integers(10, 26, WORDS // 10))
    ends = [0, *ends[ends < WORDS - 5].tolist(), WORDS]
    return [words[start:end] for start, end in pairwise(ends)]


def _copy(sentences: _Sentences, number: int, seed: int) -> _Sentences:
    dice = _dice("copy", number, seed)
    kept = [list(sentence) for sentence in sentences if dice.random() >= dice.random() * DROPPED] or sentences
    if dice.random() < 0.5:
        turn = int(dice.integers(len(kept)))
        kept = kept[turn:] + kept[:turn]
    vocabulary, odds = _vocabulary()
    replaced = dice.random() * REPLACED
    for sentence in kept:
        for at in np.flatnonzero(dice.random(len(sentence)) < replaced).tolist():
            sentence[at] = vocabulary[int(odds.searchsorted(dice.random()))]
    return kept


@cache
def _vocabulary() -> tuple[list[str], np.ndarray[Any, np.dtype[np.float64]]]:
    """The words by frequency, and the summed odds up to each."""
    dice = np.random.default_rng(1)
    common = [row["word"] for row in load_vocabulary(COMMON_WORDS)]
    coined: dict[str, None] = {}
    while len(coined) < VOCABULARY - len(common):
        coined["".join(_SYLLABLES[int(at)] for at in dice.integers(len(_SYLLABLES), size=int(dice.integers(2, 5))))] = (
            None
        )
    odds = 1 / (np.arange(VOCABULARY) + 2.7)
    return [*common, *coined], np.cumsum(odds / odds.sum())


def _details(event: int, seed: int) -> list[str]:
    dice = _dice("event", event, seed)
    vocabulary, _ = _vocabulary()
    names = [vocabulary[int(at)].capitalize() for at in dice.integers(2_000, VOCABULARY, NAMES)]
    return names + [f"{int(dice.lognormal(5, 2)) + 2:,}" for _ in range(FIGURES)]


def _dice(purpose: str, number: int, seed: int) -> np.random.Generator:
    return np.random.default_rng([seed, number, *purpose.encode()])
