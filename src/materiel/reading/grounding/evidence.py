"""What a document offers as evidence, sentence by sentence: actors, goods, figures and how a supply is said.

Everything comes from the parts that the rules reader is made of: its finder of actors and goods, its resolver of
pronouns and descriptions, its ladder of stages. The document is walked once, in order, so that "the other side"
stands for what it stands for at that place.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Span, Token

from materiel.reading.actors import firm_state
from materiel.reading.clauses import is_negated, predicate_of
from materiel.reading.grounding.quotes import NEWS, Place
from materiel.reading.lexicons import ActorName, actor_finder
from materiel.reading.parses import Parse, parser
from materiel.reading.passages import clean
from materiel.reading.resolver import Resolver
from materiel.reading.voices import voice_of
from materiel.terms.documents import Document
from materiel.terms.statements import Assertion, Stage

_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "ADJ", "DET", "NUM"})


@dataclass(frozen=True, slots=True)
class Mention:
    """Who is meant at ``text[start:end]`` of the document.

    Attributes:
        codes: as slots take them; a person's every office, a firm's name and its state.
        is_name: it is a name, not a pronoun or a description.
        series: the same number for mentions that "and" or commas join.
        preposition: what governs it, such as "to" and "from"; "" where nothing does.
    """

    start: int
    end: int
    codes: frozenset[str]
    is_name: bool
    series: int
    preposition: str


@dataclass(frozen=True, slots=True)
class Good:
    """Materiel named at ``text[start:end]`` of the document."""

    start: int
    end: int
    materiel: str


@dataclass(frozen=True, slots=True)
class Telling:
    """How the word at ``start`` of the document tells a supply.

    Attributes:
        stage, assertion: after all the words that govern it.
        frame: as :class:`materiel.reading.lexicons.Predicate` has it.
    """

    start: int
    stage: Stage
    assertion: Assertion
    frame: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """The evidence of one sentence, ``text[start:end]`` of the document.

    Attributes:
        lemmas: base forms of its words, lower case, and the words themselves.
        is_negated: some word of it is negated.
    """

    start: int
    end: int
    mentions: tuple[Mention, ...]
    goods: tuple[Good, ...]
    tellings: tuple[Telling, ...]
    lemmas: frozenset[str]
    is_negated: bool


@dataclass(frozen=True, slots=True)
class Evidence:
    """The sentences of a document's headline and body, in order, and whom its title names."""

    sentences: tuple[Sentence, ...]
    in_title: frozenset[str]

    def around(self, place: Place) -> tuple[Sentence, ...]:
        """The sentences in which the place lies."""
        return tuple(each for each in self.sentences if each.start < place.end and place.start < each.end)

    def before(self, place: Place) -> Iterator[Sentence]:
        """The sentences before the place, the nearest first."""
        return (each for each in reversed(self.sentences) if each.end <= place.start)


def gather(document: Document) -> Evidence:
    """Parse the news in a document and note all that a statement could lean on."""
    resolver = Resolver(document.published_on, document.publisher)
    in_title = [code for found in actor_finder().find(document.title or "") for code in _codes(found.payload, "")]
    resolver.memory.introduce(in_title)
    texts = [clean(text, start) for start, text in document.stretches(*NEWS)]
    sentences: list[Sentence] = []
    for cleaned, doc in zip(texts, parser().pipe(each.text for each in texts), strict=True):
        parse = Parse(doc, cleaned)
        for span in doc.sents:
            sentences.append(_sentence(parse, span, resolver))
            resolver.finish(parse, span)
    return Evidence(tuple(sentences), frozenset(in_title))


def _sentence(parse: Parse, span: Span, resolver: Resolver) -> Sentence:
    start, end = parse.clean.span(span.start_char, span.end_char)
    return Sentence(
        start,
        end,
        tuple(_mentions(parse, span, resolver)),
        tuple(_goods(parse, span)),
        tuple(_tellings(parse, span)),
        frozenset(form for token in span for form in (token.lemma_.lower(), token.lower_)),
        any(is_negated(token) or token.lower_ in {"no", "not", "n't", "never", "without"} for token in span),
    )


def _mentions(parse: Parse, span: Span, resolver: Resolver) -> Iterator[Mention]:
    for token in span:
        mention = parse.actor_at.get(token.i)
        if mention is not None:
            if token.i == max(mention.start, span.start):
                words = parse.doc[mention.start : mention.end]
                start, end = parse.clean.span(words.start_char, words.end_char)
                yield Mention(start, end, _codes(mention.meanings, words.text), True, *_standing(words.root))
        elif token.pos_ in _NOMINAL:
            actors = resolver.named(parse, token)
            codes = frozenset(code for actor in actors for code in (actor.code, firm_state(actor.name)) if code)
            if codes:
                start, end = _span(parse, token)
                yield Mention(start, end, codes, False, *_standing(token))


def _standing(token: Token) -> tuple[int, str]:
    """The number of the first word of the series to which a word belongs, and the preposition before the series."""
    first = token
    while first.dep_ in {"conj", "appos", "compound", "amod"} and first.head != first:
        first = first.head
    while token.dep_ == "conj" and token.head != token:
        token = token.head
    return first.idx, token.head.lower_ if token.dep_ == "pobj" else ""


def _codes(meanings: Sequence[ActorName], written: str) -> frozenset[str]:
    codes = {meaning.code for meaning in meanings}
    for meaning in meanings:
        if meaning.kind == "firm":
            codes |= {code for code in (written, firm_state(meaning.code)) if code}
    return frozenset(codes)


def _goods(parse: Parse, span: Span) -> Iterator[Good]:
    for token in span:
        if (good := parse.good_at.get(token.i)) is not None and token.i == max(good.start, span.start):
            words = parse.doc[good.start : good.end]
            yield Good(*parse.clean.span(words.start_char, words.end_char), good.materiel)


def _tellings(parse: Parse, span: Span) -> Iterator[Telling]:
    for token in span:
        predicate = predicate_of(token)
        if predicate is not None and predicate.stage != "keep" and token.dep_ not in {"aux", "auxpass"}:
            voice = voice_of(token, Stage(predicate.stage), predicate.frame)
            yield Telling(_span(parse, token)[0], voice.stage, voice.assertion, predicate.frame)


def _span(parse: Parse, token: Token) -> tuple[int, int]:
    return parse.clean.span(token.idx, token.idx + len(token))
