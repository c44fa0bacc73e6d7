"""The visible text of a web page as paragraphs, each with what the page's structure says about it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree, html

from materiel.sources.regions import is_hidden, region_of
from materiel.terms.documents import Role

_UNSEEN = frozenset(
    (
        "head",
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "math",
        "iframe",
        "object",
        "audio",
        "video",
        "canvas",
        "map",
        "datalist",
        "param",
    )
)
_BLOCKS = frozenset(
    (
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "optgroup",
        "option",
        "p",
        "pre",
        "section",
        "select",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "button",
        "textarea",
        "caption",
        "time",
    )
)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_FLOWING = frozenset(("p", "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "pre", "center", *_HEADINGS))
"""Blocks that are parts of one running text, not frames around one."""
_SPACES = re.compile(r"[^\S\n]+")
_BREAK = "\n"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A block of a page.

    Attributes:
        text: white space collapsed; a line break stays one.
        heading: the level of the heading that it is, or 0.
        is_item: it is an item of a list.
        region: what the parts of the page that hold it are known for, or None.
        container: the frame around it, as a number; paragraphs of one article mostly share it.
        link_share: the share of its characters that are links.
    """

    text: str
    heading: int
    is_item: bool
    region: Role | None
    container: int
    link_share: float


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in the tree the text that is being gathered stands."""

    heading: int = 0
    is_item: bool = False
    region: Role | None = None
    container: int = 0
    is_link: bool = False
    is_preformatted: bool = False


@dataclass(slots=True)
class _Gathering:
    """Text gathered until a block begins or ends; the place is that of its first visible piece."""

    pieces: list[tuple[str, _Place]] = field(default_factory=list)

    def add(self, text: str, place: _Place) -> None:
        """Takes a piece of text; in preformatted text each line end is a line break."""
        for number, line in enumerate(text.split("\n") if place.is_preformatted else [text]):
            if number:
                self.pieces.append((_BREAK, place))
            self.pieces.append((line, place))

    def taken(self) -> Iterator[Paragraph]:
        """The paragraphs gathered so far: line breaks in a row part them."""
        run: list[tuple[str, _Place]] = []
        breaks = 0
        for text, place in self.pieces:
            if text == _BREAK:
                breaks += 1
                run.append((text, place))
                continue
            if text.strip():
                if breaks > 1:
                    yield from _paragraph(run)
                    run = []
                breaks = 0
            run.append((text, place))
        yield from _paragraph(run)
        self.pieces.clear()


def parse(page: str) -> Any:
    """The page as a tree, mended where its markup is broken; None where nothing is left of it."""
    page = re.sub(r"^\s*<\?xml[^>]*\?>", "", page)
    page = re.sub(r"[\x00-\x08\x0b\x0e-\x1f\ufffe\uffff]", "", page)
    if not page.strip():
        return None
    try:
        return html.document_fromstring(
            page, parser=html.HTMLParser(encoding=None, remove_comments=True, huge_tree=True)
        )
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


def visible_paragraphs(tree: Any, holds_article: Callable[[Any], bool] = lambda element: False) -> list[Paragraph]:
    """Every paragraph that a reader of the page can see, in order.

    Args:
        tree: from :func:`parse`; it is not changed.
        holds_article: says of an element whether the article is in it. Such an element's names say nothing: a frame
            called "with-sidebar" is no sidebar.
    """
    gathering = _Gathering()
    found: list[Paragraph] = []
    stack: list[tuple[Any, _Place, bool]] = [(tree, _Place(), False)]
    number = 0
    while stack:
        element, place, is_end = stack.pop()
        tag = element.tag if isinstance(element.tag, str) else ""
        if is_end:
            if tag in _BLOCKS:
                found += gathering.taken()
            if element.tail:  # place is that of the parent here
                gathering.add(element.tail, place)
            continue
        stack.append((element, place, True))
        if not tag or tag in _UNSEEN or is_hidden(element):
            continue
        if tag in _BLOCKS:
            found += gathering.taken()
            number += 1
        inner = _inside(element, tag, place, number, holds_article)
        if tag == "br":
            gathering.pieces.append((_BREAK, inner))
        if element.text:
            gathering.add(element.text, inner)
        stack.extend((child, inner, False) for child in reversed(element))
    found += gathering.taken()
    return found


def _inside(element: Any, tag: str, place: _Place, number: int, holds_article: Callable[[Any], bool]) -> _Place:
    region = place.region
    if region is not Role.BOILERPLATE:
        own = region_of(element, tag)
        region = region if own is None or holds_article(element) else own
    container = place.container
    if tag in _BLOCKS and tag not in _FLOWING:
        container = number
    heading = int(tag[1]) if tag in _HEADINGS else place.heading
    return _Place(
        heading,
        place.is_item or tag == "li",
        region,
        container,
        place.is_link or tag == "a",
        place.is_preformatted or tag == "pre",
    )


def _paragraph(run: list[tuple[str, _Place]]) -> Iterator[Paragraph]:
    pieces = [(text if text == _BREAK else re.sub(r"\s+", " ", text), place) for text, place in run]
    seen = [(text, place) for text, place in pieces if text.strip()]
    if not seen:
        return
    text = "".join(text for text, _ in pieces).replace("\u00ad", "")
    text = re.sub(r" ?\n ?", "\n", _SPACES.sub(" ", text)).strip()
    if not text:
        return
    linked = sum(len(piece) for piece, place in seen if place.is_link)
    place = seen[0][1]
    regions = {place.region for _, place in seen}
    region = place.region if len(regions) == 1 or place.region is not None else None
    yield Paragraph(
        re.sub(r"\n+", "\n", text),
        place.heading,
        place.is_item,
        region,
        place.container,
        linked / sum(len(piece) for piece, _ in seen),
    )
