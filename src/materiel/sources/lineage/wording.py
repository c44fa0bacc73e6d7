"""The words of a document as lineage compares them: sentences with stems, names, figures, and runs of five words.

Only headline and body count, so an outlet's own boilerplate proves nothing. Quoted speech is left out of the runs of
words: independent reporters write down the same official sentence.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from materiel.terms.actors import states
from materiel.terms.documents import Document, Role
from materiel.terms.vocabulary import load_vocabulary

RUN_WORDS = 5
MAX_WORDS = 20_000
"""Words of one document that are compared; the rest is not read. The longest magazine features have about 15,000."""
TITLE_SHARE = 0.65
"""In a title this share of its words of more than three letters has a capital."""
BLOCK_STEMS = 15
"""A block is a paragraph, with those that follow it while it has fewer stems: wire copy has one sentence in each."""

COMMON_WORDS = Path(__file__).parent.parent / "data" / "common_words.csv"

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_WORD = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*")
_SENTENCE_END = re.compile(r"[.!?:][\"'”’)\]]*\s|\n")
_SENTENCE_BREAK = re.compile(
    r"(?<=[.!?])(?<!\b[A-Z]\.)(?<!\b(?:Mr|Ms|Dr|Lt|Gn|St|Sr|Jr|No)\.)(?<!\b(?:Mrs|Gen|Col|Maj|Sen|Rep|Gov|Adm|Cpt|Sgt)\.)"
    r"(?<!\b(?:Capt|Prof|Brig|Sept)\.)[\"'”’)\]]*\s+(?=[\"'“‘(\[]*[A-Z0-9])|(?<=[a-z]{3}[.!?])(?=[A-Z][a-z])|\n\s*"
)
_QUOTED = re.compile('“[^”]{1,2000}”|"[^"]{1,2000}"|«[^»]{1,2000}»')
_SUFFIXES = ("ingly", "edly", "ings", "ing", "ies", "ied", "ers", "ed", "es", "er", "ly", "s")
_STEM_LETTERS = 6


@dataclass(frozen=True, slots=True)
class Block:
    """A headline, a sentence, a paragraph, or a few paragraphs together.

    Attributes:
        start, end: its place in the document's text.
        length: words.
        stems: the content stems; a place stands as the code of its state.
        details: what a reporter brings home: stems of names (capitals inside a sentence) and figures as written.
        runs: the runs of five words inside one sentence and outside quotation marks.
        quotes: quotations of more than two words, case-folded, without punctuation.
    """

    start: int
    end: int
    length: int
    stems: frozenset[str]
    details: frozenset[str]
    runs: frozenset[str]
    quotes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Wording:
    """What one document says, in comparable pieces: headline and sentences, headline and paragraphs, the body in
    larger blocks, and all in one.

    ``fingerprint`` is equal where headline and body have the same words; "" where there are none.
    """

    fingerprint: str
    sentences: tuple[Block, ...]
    paragraphs: tuple[Block, ...]
    blocks: tuple[Block, ...]
    whole: Block


def clean(text: str) -> str:
    """The text with compatibility characters unified and invisible ones removed."""
    return _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))


@cache
def stem(word: str) -> str:
    """A case-folded word without a common English ending, cut to six letters: delivered, delivery, delivers are one."""
    word = word.replace("'", "")
    if word[0].isdigit():
        return word.replace(",", "")
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 4:
            word = word[: -len(suffix)]
            break
    return word[:_STEM_LETTERS].rstrip("eiy") or word


@cache
def _common_words() -> frozenset[str]:
    return frozenset(row["word"] for row in load_vocabulary(COMMON_WORDS))


@cache
def _places() -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """First word of a place or people's name -> (its words, its state's code), the longest first."""
    by_first: dict[str, set[tuple[tuple[str, ...], str]]] = defaultdict(set)
    for code, state in sorted(states().items()):
        for name in (*state.names, *state.demonyms, state.capital, *state.seats):
            words = tuple(_fold(word) for word in _WORD.findall(name) if word.casefold() != "the")
            if words:
                by_first[words[0]].add((words, code))
    return {first: tuple(sorted(found, key=lambda f: (-len(f[0]), f))) for first, found in by_first.items()}


def _stems(words: list[tuple[str, bool]]) -> Iterator[tuple[str, bool]]:
    """Each content word's stem, places as the code of their state, and whether it is a detail."""
    folded = [_fold(word) for word, _ in words]
    common, places = _common_words(), _places()
    at = 0
    while at < len(words):
        word, is_name = words[at]
        found = places.get(folded[at], ()) if word[0].isupper() else ()
        place = next(((name, code) for name, code in found if name == tuple(folded[at : at + len(name)])), None)
        if place:
            yield "=" + place[1], True
            at += len(place[0])
            continue
        if folded[at] not in common:
            yield stem(folded[at]), is_name or word[0].isdigit()
        at += 1


def _fold(word: str) -> str:
    return word.casefold().replace("’", "'").removesuffix("'s")


def _words(text: str, names: frozenset[str]) -> list[tuple[str, bool]]:
    """The words, and whether each is a name: it has a capital that does not come from opening a sentence.

    In a line that gives every word one (``Finland Lands Big Deal``) a word is a name if it is one of ``names``.
    """
    found = list(_WORD.finditer(text))
    opens = [True, *(bool(_SENTENCE_END.search(text[a.end() : b.start()] + " ")) for a, b in pairwise(found))]
    if _is_title(found):
        return [(m.group(), _fold(m.group()) in names) for m in found]
    return [(m.group(), m.group()[0].isupper() and not first) for m, first in zip(found, opens, strict=False)]


def _is_title(words: Sequence[re.Match[str]]) -> bool:
    long = [word.group() for word in words if len(word.group()) > 3 and word.group()[0].isalpha()]
    return len(long) >= 2 and sum(word[0].isupper() for word in long) >= TITLE_SHARE * len(long)


def _names(document: Document) -> frozenset[str]:
    """The words with a capital inside the sentences that are no titles, case-folded."""
    found: set[str] = set()
    for _, raw in document.stretches(Role.BODY):
        for sentence in _SENTENCE_BREAK.split(raw[: MAX_WORDS * 12]):
            words = list(_WORD.finditer(clean(sentence)))
            if not _is_title(words):
                found.update(_fold(word.group()) for word in words[1:] if word.group()[0].isupper())
    return frozenset(found)


def _runs(text: str) -> Iterator[str]:
    words = [w.casefold() for w in _WORD.findall(text)]
    for at in range(len(words) - RUN_WORDS + 1):
        yield " ".join(words[at : at + RUN_WORDS])


def read_wording(document: Document) -> Wording:
    """The pieces of the document's headline and body, the headline first."""
    sentences: list[Block] = []
    headlines: list[Block] = []
    paragraphs: list[Block] = []
    room = MAX_WORDS
    names = _names(document)
    digest = hashlib.sha256()
    for role in (Role.HEADLINE, Role.BODY):
        for start, raw in document.stretches(role):
            digest.update(" ".join(_WORD.findall(clean(raw).casefold())).encode("utf-8", "surrogatepass") + b" ")
            found: list[Block] = []
            for block in _read_sentences(raw[: room * 12], start, names):
                if block.length > room:
                    room = 0
                    break
                room -= block.length
                found.append(block)
            if found:
                sentences += found
                (headlines if role is Role.HEADLINE else paragraphs).append(join(found))
    everything = (*headlines, *paragraphs)
    fingerprint = digest.hexdigest() if any(block.length for block in everything) else ""
    return Wording(fingerprint, tuple(sentences), everything, tuple(_enlarge(paragraphs)), join(everything))


def _read_sentences(paragraph: str, offset: int, names: frozenset[str]) -> Iterator[Block]:
    """The sentences of a paragraph. What is quoted is found in the whole of it, for a quotation may have several."""
    quoted = [match.span() for match in _QUOTED.finditer(paragraph)]
    starts = [0, *(match.end() for match in _SENTENCE_BREAK.finditer(paragraph)), len(paragraph)]
    for start, end in pairwise(starts):
        if not paragraph[start:end].strip():
            continue
        inside = [(max(a, start), min(b, end)) for a, b in quoted if a < end and b > start]
        edges = [start, *(edge for span in inside for edge in span), end]
        plain = [paragraph[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True)]
        yield _read_block(paragraph[start:end], plain, [paragraph[a:b] for a, b in inside], offset + start, names)


def _read_block(text: str, plain: Iterable[str], quoted: Iterable[str], start: int, names: frozenset[str]) -> Block:
    words = _words(clean(text), names)
    pieces = list(_stems(words))
    quotes = (" ".join(_WORD.findall(clean(quote).casefold())) for quote in quoted)
    return Block(
        start,
        start + len(text.rstrip()),
        len(words),
        frozenset(piece for piece, _ in pieces),
        frozenset(piece for piece, is_detail in pieces if is_detail),
        frozenset(run for stretch in plain for run in _runs(clean(stretch))),
        frozenset(quote for quote in quotes if quote.count(" ") >= 2),
    )


def join(blocks: Iterable[Block]) -> Block:
    """The blocks as one; of nothing, an empty one."""
    given = tuple(blocks)
    return Block(
        min((b.start for b in given), default=0),
        max((b.end for b in given), default=0),
        sum(b.length for b in given),
        frozenset().union(*(b.stems for b in given)),
        frozenset().union(*(b.details for b in given)),
        frozenset().union(*(b.runs for b in given)),
        frozenset().union(*(b.quotes for b in given)),
    )


def _enlarge(paragraphs: Iterable[Block]) -> Iterator[Block]:
    """The paragraphs, each with those that follow it until there are BLOCK_STEMS."""
    group: list[Block] = []
    for paragraph in paragraphs:
        group.append(paragraph)
        block = join(group)
        if len(block.stems) >= BLOCK_STEMS:
            yield block
            group = []
    if group:
        yield join(group)
