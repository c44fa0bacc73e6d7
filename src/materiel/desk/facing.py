"""Two documents side by side: what the later one has from the earlier, and where."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path, PurePath

from materiel.desk.origins import Listing, Source, load_sources
from materiel.errors import InputRefused, NotFound
from materiel.sources.lineage.articles import read_article
from materiel.sources.lineage.compare import compare
from materiel.sources.lineage.judge import DERIVED, POSSIBLE
from materiel.terms.documents import Document, Role
from materiel.terms.lineage import Credit, Derivation, DerivationKind, SharedPassage

Span = tuple[int, int]

NAMED = 5
"""So many documents are named where several fit."""


NEIGHBOUR = 2000
"""Characters before a passage that are looked at for sentences that it shares too."""

_WORD = re.compile(r"\S+")
_SENTENCE_END = re.compile(r"[.!?:][\"'”’)\]]*$")


class Direction(StrEnum):
    """What shows which of two documents is the later one."""

    DATE = "date"
    CREDIT = "credit"
    """The later one names the earlier one's publisher."""
    CONTENT = "content"
    """What each adds to the other and leaves out."""
    UNKNOWN = "unknown"
    """Nothing does: they have the same words."""


@dataclass(frozen=True, slots=True)
class Line:
    """Stretches of two documents that stand beside each other, each as start and end, or one with nothing beside it.

    Attributes:
        number: of the shared passage, in the order of the later document; None where the two do not share it.
        is_own: the later document's own account.
    """

    earlier: Span | None
    later: Span | None
    number: int | None = None
    is_verbatim: bool = False
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class Facing:
    """Two documents of a dossier.

    Attributes:
        pair: how the later stands to the earlier, with the passages that they share.
        credits: what the later one credits outside sources with.
        own: the stretches of the later one that none of its sources tells.
    """

    earlier: Source
    later: Source
    pair: Derivation
    direction: Direction
    credits: tuple[Credit, ...]
    own: tuple[Span, ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        """Both texts from beginning to end in the order of the later one: shared passages face each other, and what
        the earlier one has besides stands after the passage that it follows there. Boilerplate is left out.
        """
        return tuple(_lines(self.earlier.document, self.later.document, self.pair.passages, self.own))


def face(dossier: Path, document: str, other: str | None = None) -> tuple[Source, tuple[Facing, ...]]:
    """A document beside each of its sources; an origin beside each document that derives from it; one that has neither
    beside those with which it has something in common, if there are such.

    Args:
        dossier: the file.
        document: its id, the beginning of it, or its file's name.
        other: likewise; shows the two, whatever they have in common.

    Raises:
        DossierRefused: the file is not a dossier.
        NotFound: no document, or more than one, is called so.
        InputRefused: both names mean one document.
    """
    listing = load_sources(dossier)
    asked = _pick(listing, document)
    if other is not None:
        second = _pick(listing, other)
        if second == asked:
            raise InputRefused(f"{document} and {other} are one document. Name another one to compare it with.")
        return asked, (_facing(listing, _pair(listing, asked, second)),)
    identity, lineage = asked.document.id, listing.lineage
    pairs = (
        [pair for pair in lineage.derivations if pair.document == identity]
        or [pair for pair in lineage.derivations if pair.source == identity]
        or [pair for pair in lineage.related if identity in (pair.document, pair.source)]
    )
    return asked, tuple(_facing(listing, pair) for pair in pairs)


def _pick(listing: Listing, wanted: str) -> Source:
    wanted = wanted.strip()
    called = [source for source in listing.sources if wanted and _is_called(source, listing, wanted)]
    exact = [s for s in called if wanted == s.document.id or wanted in listing.files[s.document.id]]
    found = exact or called
    if len(found) == 1:
        return found[0]
    if found:
        some = ", ".join(f"{s.document.id} ({s.file})" for s in found[:NAMED]) + (", ..." if len(found) > NAMED else "")
        raise NotFound(f"{len(found)} documents are called {wanted}: {some}. Give more of the path, or the id.")
    names = {s.document.id for s in listing.sources}
    names |= {PurePath(file).name for files in listing.files.values() for file in files}
    close = [name for name in sorted(names) if wanted and wanted.casefold() in name.casefold()][:3]
    close = close or difflib.get_close_matches(wanted, sorted(names), n=3, cutoff=0.5)
    advice = f"Close: {', '.join(close)}." if close else "`materiel sources DOSSIER` lists the documents."
    raise NotFound(f"No document has the id or file name {wanted or '(nothing)'}. {advice}")


def _is_called(source: Source, listing: Listing, wanted: str) -> bool:
    identity = source.document.id
    parts = PurePath(wanted).parts
    return identity.startswith(wanted.lower()) or any(
        PurePath(file).parts[-len(parts) :] == parts for file in listing.files[identity]
    )


def _pair(listing: Listing, one: Source, other: Source) -> Derivation:
    """What the lineage has on two documents; where it has nothing, what comparing them gives."""
    both = {one.document.id, other.document.id}
    for pair in (*listing.lineage.derivations, *listing.lineage.related):
        if {pair.document, pair.source} == both:
            return pair
    found = compare(read_article(one.document), read_article(other.document))
    # Two that derive from one another would be in the lineage; these derive from somebody nearer.
    kind = DerivationKind.POSSIBLE if POSSIBLE <= found.score < DERIVED else DerivationKind.INDEPENDENT
    kind = found.kind if found.score >= DERIVED else kind
    return Derivation(found.text, found.source, kind, found.score, found.passages)


def _facing(listing: Listing, pair: Derivation) -> Facing:
    by_id = {source.document.id: source for source in listing.sources}
    earlier, later = by_id[pair.source], by_id[pair.document]
    passages = pair.passages
    whole = _news(earlier.document), _news(later.document)
    direction = _direction(earlier, later, pair)
    if _has_same_words(earlier.document, later.document) and all(whole):
        passages = (SharedPassage(whole[1][0][0], whole[1][-1][1], whole[0][0][0], whole[0][-1][1], True),)
    passages = _grown(passages, earlier.document, later.document)
    pair = Derivation(pair.document, pair.source, pair.kind, pair.score, passages)
    credits_found = listing.lineage.credits.get(pair.document, ())
    return Facing(earlier, later, pair, direction, credits_found, later.own)


def _grown(shared: Sequence[SharedPassage], earlier: Document, later: Document) -> tuple[SharedPassage, ...]:
    """The passages with the sentences beside those that are word for word, as far as they are the same in both:
    a sentence that is too short to be aligned by itself is no gap. Passages that then meet are one.
    """
    found: list[SharedPassage] = []
    passages = sorted(shared)
    bounds = [passage.start for passage in passages[1:]] + [len(later.text)]
    for passage, bound in zip(passages, bounds, strict=True):
        if not passage.is_verbatim:
            found.append(passage)
            continue
        last = found[-1] if found else None
        floor = last.end if last else 0
        before = _same_before(
            later.text[max(floor, passage.start - NEIGHBOUR) : passage.start],
            earlier.text[max(0, passage.source_start - NEIGHBOUR) : passage.source_start],
        )
        after = _same_after(
            later.text[passage.end : bound], earlier.text[passage.source_end :][: bound - passage.end + NEIGHBOUR]
        )
        grown = SharedPassage(
            passage.start - before[0],
            passage.end + after[0],
            passage.source_start - before[1],
            passage.source_end + after[1],
            is_verbatim=True,
        )
        gaps = last and (later.text[last.end : grown.start], earlier.text[last.source_end : grown.source_start])
        if last and last.is_verbatim and gaps and not "".join(gaps).strip() and last.source_end <= grown.source_start:
            found[-1] = SharedPassage(last.start, grown.end, last.source_start, grown.source_end, is_verbatim=True)
        else:
            found.append(grown)
    return tuple(found)


def _same_after(text: str, other: str) -> Span:
    """How many characters of each, from the beginning, are the same whole sentences."""
    reach = (0, 0)
    for one, two in zip(_WORD.finditer(text), _WORD.finditer(other), strict=False):
        if one[0] != two[0]:
            break
        if _SENTENCE_END.search(one[0]):
            reach = one.end(), two.end()
    return reach


def _same_before(text: str, other: str) -> Span:
    """How many characters of each, up to the end, are the same whole sentences."""
    reach = (0, 0)
    ones, twos = [*_WORD.finditer(text)], [*_WORD.finditer(other)]
    for back in range(1, min(len(ones), len(twos)) + 1):
        if ones[-back][0] != twos[-back][0]:
            break
        if back == len(ones) or _SENTENCE_END.search(ones[-back - 1][0]):
            reach = len(text) - ones[-back].start(), len(other) - twos[-back].start()
    return reach


def _direction(earlier: Source, later: Source, pair: Derivation) -> Direction:
    first, second = earlier.document.published_on, later.document.published_on
    if first and second and first[:10] != second[:10]:
        return Direction.DATE
    publisher = earlier.document.publisher
    if publisher and publisher.removeprefix("The ").casefold() in {name.casefold() for name in later.credited}:
        return Direction.CREDIT
    return Direction.UNKNOWN if _has_same_words(earlier.document, later.document) else Direction.CONTENT


def _has_same_words(one: Document, other: Document) -> bool:
    """Whether headline and body are the same word for word, so that the documents face each other as a whole."""
    first, second = (
        [
            word[0].casefold()
            for _, text in document.stretches(Role.HEADLINE, Role.BODY)
            for word in _WORD.finditer(text)
        ]
        for document in (one, other)
    )
    return first == second


def _news(document: Document) -> list[Span]:
    """What of a document is to be read: headline, by-line and body."""
    return [
        (start, start + len(text)) for start, text in document.stretches(Role.HEADLINE, Role.BYLINE, Role.BODY) if text
    ]


def _lines(earlier: Document, later: Document, shared: Sequence[SharedPassage], own: Sequence[Span]) -> Iterator[Line]:
    passages = sorted(shared)
    rest = _without(_news(earlier), [(p.source_start, p.source_end) for p in passages])
    after: dict[int, list[Span]] = {}
    for span in _worded(earlier, rest):
        before = [(p.source_end, -number) for number, p in enumerate(passages) if p.source_end <= span[0]]
        after.setdefault(-max(before)[1] if before else -1, []).append(span)
    gaps = _without(_news(later), [(p.start, p.end) for p in passages])
    others = [(span, False) for span in _worded(later, _without(gaps, own))]
    parts = sorted(others + [(span, True) for span in _worded(later, _cut(gaps, own))])
    yield from (Line(span, None) for span in after.get(-1, ()))
    for number, passage in enumerate(passages):
        while parts and parts[0][0][0] < passage.start:
            span, is_own = parts.pop(0)
            yield Line(None, span, is_own=is_own)
        at = (passage.source_start, passage.source_end)
        yield Line(at, (passage.start, passage.end), number + 1, passage.is_verbatim)
        yield from (Line(span, None) for span in after.get(number, ()))
    yield from (Line(None, span, is_own=is_own) for span, is_own in parts)


def _without(spans: Iterable[Span], holes: Iterable[Span]) -> list[Span]:
    """The spans without what lies in a hole."""
    cuts = sorted(holes)
    left = []
    for start, end in spans:
        for a, b in cuts:
            if a < end and b > start:
                if start < a:
                    left.append((start, a))
                start = max(start, b)
        if start < end:
            left.append((start, end))
    return left


def _cut(spans: Iterable[Span], wanted: Sequence[Span]) -> list[Span]:
    """What of the spans lies in those that are wanted."""
    return [(max(a, c), min(b, d)) for a, b in spans for c, d in wanted if max(a, c) < min(b, d)]


def _worded(document: Document, spans: Iterable[Span]) -> list[Span]:
    """The spans without the white space at their ends; none that has no letter or figure."""
    found = []
    for start, end in spans:
        text = document.text[start:end]
        if any(sign.isalnum() for sign in text):
            found.append((end - len(text.lstrip()), start + len(text.rstrip())))
    return found
