"""The visible text of a web page as paragraphs, each with what the page's structure says about it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from lxml import etree, html

from materiel.terms.documents import Role
from materiel.terms.vocabulary import load_vocabulary

DATA = Path(__file__).parent / "data"

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
_BOILERPLATE_TAGS = frozenset(
    ("nav", "aside", "footer", "form", "button", "select", "option", "textarea", "dialog", "menu", "figcaption")
)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_SPACES = re.compile(r"[^\S\n]+")
_WORDS = re.compile(r"[a-z]+|\d+")
_BREAK = "\n"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A block of a page.

    Attributes:
        text: white space collapsed; a line break stays one.
        heading: the level of the heading that it is, or 0.
        region: what the parts of the page that hold it are known for, or None.
        container: the block around it, as a number; paragraphs of one article mostly share it.
        link_share: the share of its characters that are links.
    """

    text: str
    heading: int
    region: Role | None
    container: int
    link_share: float


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in the tree the text that is being gathered stands."""

    heading: int = 0
    region: Role | None = None
    container: int = 0
    is_link: bool = False


@dataclass(slots=True)
class _Gathering:
    """Text gathered until a block begins or ends; the place is that of its first visible piece."""

    pieces: list[tuple[str, _Place]] = field(default_factory=list)

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


def visible_paragraphs(tree: Any) -> list[Paragraph]:
    """Every paragraph that a reader of the page can see, in order."""
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
                gathering.pieces.append((element.tail, place))
            continue
        stack.append((element, place, True))
        if not tag or tag in _UNSEEN or _is_hidden(element):
            continue
        if tag in _BLOCKS:
            found += gathering.taken()
            number += 1
        inner = _inside(element, tag, place, number)
        if tag == "br":
            gathering.pieces.append((_BREAK, inner))
        if element.text:
            gathering.pieces.append((element.text, inner))
        stack.extend((child, inner, False) for child in reversed(element))
    found += gathering.taken()
    return found


def _inside(element: Any, tag: str, place: _Place, number: int) -> _Place:
    region = place.region
    if region is not Role.BOILERPLATE:
        region = _region(element, tag) or region
    container = place.container
    if tag in _BLOCKS and tag != "p":
        container = number
    heading = int(tag[1]) if tag in _HEADINGS else place.heading
    return _Place(heading, region, container, place.is_link or tag == "a")


def _region(element: Any, tag: str) -> Role | None:
    if tag in _BOILERPLATE_TAGS:
        return Role.BOILERPLATE
    if tag in {"html", "body", "main", "article"}:
        return None  # their classes describe the whole page ("no-sidebar", "has-comments")
    names = f"{element.get('class', '')} {element.get('id', '')} {element.get('role', '')}"
    words = _WORDS.findall(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", names).lower())
    roles = {role for word in words if (role := _region_words().get(word))}
    if (
        tag in {"time", "address"}
        or element.get("rel") == "author"
        or element.get("itemprop") in {"author", "datePublished"}
    ):
        roles.add(Role.BYLINE)
    return next((role for role in (Role.BOILERPLATE, Role.BYLINE, Role.HEADLINE) if role in roles), None)


def _is_hidden(element: Any) -> bool:
    style = (element.get("style") or "").replace(" ", "").lower()
    return element.get("hidden") is not None or "display:none" in style or "visibility:hidden" in style


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
        region,
        place.container,
        linked / sum(len(piece) for piece, _ in seen),
    )


@cache
def _region_words() -> dict[str, Role]:
    return {row["word"]: Role(row["role"]) for row in load_vocabulary(DATA / "page_regions.csv")}
