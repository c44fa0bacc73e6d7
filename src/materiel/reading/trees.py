"""A parse in plain Python objects: spaCy's document with its tokens and spans, unfolded once.

The rules look at each word a hundred times. spaCy makes a new object of a token whenever it is looked at, decodes its
strings anew and seeks its children anew; here each word is one object that has them at hand, and the rules take half
the time. The names are spaCy's and mean the same, as far as the rules use them; so the rules are written against
spaCy's types, and take its own documents as well.

The named entities are half of a parse, and most of them nobody asks for: they are sought in a document when the rules
first ask for one, or beforehand where they surely will.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import cast, overload

from spacy.tokens import Doc, Token


def unfolded(doc: Doc, find_entities: Callable[[Doc], object] | None = None) -> Doc:
    """The same document, its words unfolded: for the rules it is what spaCy gave.

    Args:
        doc: the document.
        find_entities: sets its named entities, if they are not set.
    """
    return cast("Doc", Tree(doc, find_entities))


def folded(doc: Doc) -> Doc:
    """What spaCy gave, of an unfolded document."""
    return cast("Tree", doc).folded


class Word:
    """A token. Words are equal where they are the same object.

    Attributes:
        children: the words that hang on it, in order.
        head: the word that it hangs on; the root of a sentence hangs on itself.
    """

    __slots__ = (
        "_subtree", "_token", "children", "dep_", "doc", "head", "i", "idx", "lemma_", "like_num",
        "lower_", "pos_", "sent", "tag_", "text",
    )  # fmt: skip

    head: Word
    sent: Words

    def __init__(self, doc: Tree, token: Token) -> None:
        self.doc, self._token = doc, token
        self.i, self.idx = token.i, token.idx
        self.text, self.lower_, self.lemma_ = token.text, token.lower_, token.lemma_
        self.pos_, self.tag_, self.dep_ = token.pos_, token.tag_, token.dep_
        self.like_num = token.like_num
        self.children: list[Word] = []
        self._subtree: tuple[Word, ...] | None = None

    def __len__(self) -> int:
        return len(self.text)

    def __bool__(self) -> bool:
        return True

    def __repr__(self) -> str:
        return self.text

    @property
    def ent_type_(self) -> str:
        self.doc.seek_entities()
        return self._token.ent_type_

    @property
    def ent_iob_(self) -> str:
        self.doc.seek_entities()
        return self._token.ent_iob_

    @property
    def is_title(self) -> bool:
        return self._token.is_title

    @property
    def is_upper(self) -> bool:
        return self._token.is_upper

    @property
    def left_edge(self) -> Word:
        return self.doc[self._token.left_edge.i]

    @property
    def subtree(self) -> tuple[Word, ...]:
        """The word and all below it, each between those on its left and on its right."""
        if self._subtree is None:
            found: list[Word] = []
            for child in self.children:
                if child.i < self.i:
                    found += child.subtree
            found.append(self)
            for child in self.children:
                if child.i > self.i:
                    found += child.subtree
            self._subtree = tuple(found)
        return self._subtree

    @property
    def ancestors(self) -> Iterator[Word]:
        """The words above it, the nearest first."""
        word = self
        while word.head is not word:
            word = word.head
            yield word

    @property
    def depth(self) -> int:
        """How many words are above it; of punctuation and white space by itself more than of any other."""
        if not self.children and (self._token.is_punct or self._token.is_space):
            return len(self.doc) - 1
        return sum(1 for _ in self.ancestors)

    def is_ancestor(self, other: Word) -> bool:
        return any(each is self for each in other.ancestors)

    def nbor(self, steps: int = 1) -> Word:
        place = self.i + steps
        if not 0 <= place < len(self.doc):
            msg = f"there is no word {steps} places from '{self.text}'"
            raise IndexError(msg)
        return self.doc[place]


class Words:
    """A span: the words ``doc[start:end]``."""

    __slots__ = ("doc", "end", "start")

    def __init__(self, doc: Tree, start: int, end: int) -> None:
        self.doc, self.start, self.end = doc, start, end

    def __len__(self) -> int:
        return self.end - self.start

    def __iter__(self) -> Iterator[Word]:
        return iter(self.doc.words[self.start : self.end])

    @overload
    def __getitem__(self, place: int) -> Word: ...
    @overload
    def __getitem__(self, place: slice) -> Words: ...
    def __getitem__(self, place: int | slice) -> Word | Words:
        if isinstance(place, int):
            return self.doc.words[self.start : self.end][place]
        start, end, _ = place.indices(len(self))
        return Words(self.doc, self.start + start, self.start + max(start, end))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Words) and (self.doc, self.start, self.end) == (other.doc, other.start, other.end)

    def __hash__(self) -> int:
        return hash((self.start, self.end))

    def __repr__(self) -> str:
        return self.text

    @property
    def start_char(self) -> int:
        return self.doc.words[self.start].idx

    @property
    def end_char(self) -> int:
        last = self.doc.words[self.end - 1]
        return last.idx + len(last)

    @property
    def text(self) -> str:
        return self.doc.text[self.start_char : self.end_char] if self.start < self.end else ""

    @property
    def root(self) -> Word:
        """The root of the sentence if it is among the words, else the first of those nearest to it, no mere comma."""
        words = self.doc.words[self.start : self.end]
        for word in words:
            if word.head is word:
                return word
        tops = [word for word in words if not self.start <= word.head.i < self.end]
        return min(tops, key=lambda word: word.depth)

    def char_span(self, start: int, end: int, *, alignment_mode: str = "strict") -> Words | None:
        base = self.start_char
        return self.doc.char_span(base + start, base + end, alignment_mode=alignment_mode)


class Tree:
    """A document.

    Attributes:
        folded: the document as spaCy gave it.
        user_data: what the rules have found out about the words.
    """

    __slots__ = ("_find_entities", "folded", "sents", "text", "user_data", "words")

    def __init__(self, doc: Doc, find_entities: Callable[[Doc], object] | None) -> None:
        self.folded, self.text, self._find_entities = doc, doc.text, find_entities
        self.user_data: dict[str, object] = {}
        self.words = [Word(self, token) for token in doc]
        for word, steps in zip(self.words, doc.to_array("HEAD").astype("int64").tolist(), strict=True):
            word.head = self.words[word.i + steps]
            if word.head is not word:
                word.head.children.append(word)
        self.sents = [Words(self, sentence.start, sentence.end) for sentence in doc.sents]
        for sentence in self.sents:
            for word in sentence:
                word.sent = sentence

    def __len__(self) -> int:
        return len(self.words)

    def __iter__(self) -> Iterator[Word]:
        return iter(self.words)

    @overload
    def __getitem__(self, place: int) -> Word: ...
    @overload
    def __getitem__(self, place: slice) -> Words: ...
    def __getitem__(self, place: int | slice) -> Word | Words:
        if isinstance(place, int):
            return self.words[place]
        start, end, _ = place.indices(len(self.words))
        return Words(self, start, max(start, end))

    def seek_entities(self) -> None:
        """Have the named entities set, once."""
        if self._find_entities is not None:
            if not self.folded.has_annotation("ENT_IOB"):
                self._find_entities(self.folded)
            self._find_entities = None

    def char_span(self, start: int, end: int, *, alignment_mode: str = "strict") -> Words | None:
        """The words of ``text[start:end]``; None where there are none."""
        span = self.folded.char_span(start, end, alignment_mode=alignment_mode)
        return Words(self, span.start, span.end) if span is not None else None
