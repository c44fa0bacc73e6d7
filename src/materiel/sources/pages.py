"""Web pages to documents.

trafilatura finds main text and metadata; the visible text is walked here, so that nothing of it is lost. Where the two
disagree, the structure of the page and the markers of boilerplate decide.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from functools import partial
from typing import Any

import trafilatura

from materiel.errors import SourceRefused
from materiel.sources.boilerplate import is_biography, marker_of
from materiel.sources.bylines import Masthead, is_byline, names_a_desk, read_masthead
from materiel.sources.dates import find_days
from materiel.sources.passages import joined, passages_of
from materiel.sources.plain import is_prose
from materiel.sources.visible import Paragraph, parse, visible_paragraphs
from materiel.terms.documents import Document, Role

_DATE_SEARCH = {"original_date": True, "extensive_search": False, "max_date": "2100-12-31"}
"""The first date and no guess from the text; the bound stands where htmldate would otherwise look at the clock."""
MIN_LINE = 40
"""Letters: a shorter line of the main text may stand anywhere on the page."""
MIN_PART = 20
"""Letters: a shorter paragraph is not found inside a line of the main text, only as one."""
MOST = 0.5
MIN_PARAGRAPHS = 2
"""So many paragraphs of the main text show a frame to be the article's."""
MAX_LINK_SHARE = 0.5
MAX_REST_SHARE = 0.5
"""Of the body's characters: a marker that takes the rest does so only where less than this follows."""


@dataclass(frozen=True, slots=True)
class _Extract:
    """What trafilatura found."""

    title: str | None
    masthead: Masthead
    url: str | None
    main_lines: frozenset[str]
    main_text: str

    def keeps(self, text: str) -> bool:
        """Whether a paragraph belongs to the main text, of which a line may hold several paragraphs of the page."""
        normal = _normal(text)
        return normal in self.main_lines or (len(normal) >= MIN_PART and normal in self.main_text)


def document_from_page(page: str, where: str) -> Document:
    """The document of an HTML page.

    Args:
        page: its markup.
        where: how the page is called in a refusal.

    Raises:
        SourceRefused: no text can be seen on the page.
    """
    tree = parse(page)
    facts = _extracted(tree) if tree is not None else {}
    main_lines = [normal for line in (facts.get("text") or "").split("\n") if (normal := _normal(line))]
    paragraphs = (
        visible_paragraphs(tree, partial(_holds, [line for line in main_lines if len(line) > MIN_LINE]))
        if tree is not None
        else []
    )
    if not any(char.isalnum() for paragraph in paragraphs for char in paragraph.text):
        raise SourceRefused(where, "no text can be seen on the page", "Save the page again, with its text.")
    extract = _extract(facts, main_lines, " ".join((tree.findtext(".//title") or "").split()), paragraphs)
    roles = _roles(paragraphs, extract)
    text, blocks = joined(paragraph.text for paragraph in paragraphs)
    shown = _shown_masthead(paragraphs, roles)
    masthead = _mended(extract.masthead, shown).or_else(shown)
    title = extract.title or next(
        (p.text for p, role in zip(paragraphs, roles, strict=True) if role is Role.HEADLINE), None
    )
    return Document(
        text,
        passages_of(zip(blocks, roles, strict=True)),
        title=" ".join(title.split()) if title else None,
        published_on=masthead.published_on,
        publisher=masthead.publisher,
        author=masthead.author,
        url=extract.url,
    )


def _extracted(tree: Any) -> dict[str, Any]:
    """What trafilatura finds: main text and metadata by name; nothing where it finds no article."""
    found = trafilatura.bare_extraction(
        deepcopy(tree),
        include_comments=False,
        include_tables=True,
        deduplicate=False,
        with_metadata=True,
        date_extraction_params=_DATE_SEARCH,
    )
    if found is None:
        return {}
    return found if isinstance(found, dict) else found.as_dict()


def _holds(main_lines: Sequence[str], element: Any) -> bool:
    """Whether an element holds most of the main text."""
    if not main_lines:
        return False
    text = _normal(element.text_content())
    return sum(len(line) for line in main_lines if line in text) > MOST * sum(map(len, main_lines))


def _extract(
    facts: dict[str, Any], main_lines: Sequence[str], page_title: str, paragraphs: Sequence[Paragraph]
) -> _Extract:
    publisher = facts.get("sitename")
    if publisher and re.fullmatch(r"[\w-]+(\.[\w-]+)+", publisher):
        publisher = None  # a host name is no outlet's name
    title, _ = _split_title(facts.get("title") or page_title, paragraphs)
    _, named = _split_title(page_title, paragraphs)
    masthead = Masthead(facts.get("author"), publisher or named, facts.get("date"))
    return _Extract(title, masthead, facts.get("url"), frozenset(main_lines), "".join(main_lines))


def _split_title(title: str | None, paragraphs: Sequence[Paragraph]) -> tuple[str | None, str | None]:
    """A page's title and the outlet that stands beside it, where the page shows the title without the outlet."""
    if not title:
        return None, None
    headings = {_normal(paragraph.text) for paragraph in paragraphs if paragraph.heading}
    if _normal(title) in headings:
        return title, None
    for cut in re.finditer(r"\s+[|–—·»-]\s+|:\s+", title):
        before, after = title[: cut.start()], title[cut.end() :]
        if _normal(before) in headings:
            return before, after
        if _normal(after) in headings:
            return after, before
    return title, None


def _roles(paragraphs: Sequence[Paragraph], extract: _Extract) -> list[Role]:
    headline = _headline(paragraphs, extract)
    containers = Counter(
        paragraph.container
        for paragraph in paragraphs
        if paragraph.region is None and is_prose(paragraph.text) and extract.keeps(paragraph.text)
    )
    roles = [
        Role.HEADLINE if index == headline else _role(paragraph, extract, containers)
        for index, paragraph in enumerate(paragraphs)
    ]
    _mend_items(paragraphs, roles, containers)
    if Role.BODY not in roles:
        roles = [
            Role.BODY if role is Role.BOILERPLATE and _reads_as_article(paragraph) else role
            for paragraph, role in zip(paragraphs, roles, strict=True)
        ]
    _mark_rest(paragraphs, roles)
    return roles


def _mend_items(paragraphs: Sequence[Paragraph], roles: list[Role], containers: Counter[int]) -> None:
    """Lists and subheadings amid the article's paragraphs belong to it, a subheading only where the article goes on."""
    first_body = roles.index(Role.BODY) if Role.BODY in roles else len(roles)
    for index in range(len(paragraphs) - 1, 0, -1):
        paragraph = paragraphs[index]
        if roles[index] is not Role.BOILERPLATE or containers[paragraph.container] < MIN_PARAGRAPHS:
            continue
        if paragraph.region or paragraph.link_share > MAX_LINK_SHARE or marker_of(paragraph.text, is_tail=True):
            continue
        goes_on = index + 1 < len(roles) and roles[index + 1] is Role.BODY
        if first_body < index and (paragraph.is_item or (paragraph.heading and goes_on)):
            roles[index] = Role.BODY


def _headline(paragraphs: Sequence[Paragraph], extract: _Extract) -> int | None:
    title = _normal(extract.title or "")
    headings = [index for index, paragraph in enumerate(paragraphs) if paragraph.heading]
    same = [index for index in headings if title and _normal(paragraphs[index].text) == title]
    first = [
        index
        for index in headings
        if paragraphs[index].heading == 1 and paragraphs[index].region is not Role.BOILERPLATE
    ]
    marked = [index for index, paragraph in enumerate(paragraphs) if paragraph.region is Role.HEADLINE]
    return next(iter([*same, *first, *marked]), None)


def _role(paragraph: Paragraph, extract: _Extract, containers: Counter[int]) -> Role:
    text = paragraph.text
    if paragraph.region is Role.BOILERPLATE or marker_of(text, is_tail=False):
        return Role.BOILERPLATE
    if (paragraph.region is Role.BYLINE and not _is_paragraph(text)) or is_byline(text):
        return Role.BYLINE
    if is_biography(text, extract.masthead.author) or marker_of(text, is_tail=True):
        return Role.BOILERPLATE
    if paragraph.link_share > MAX_LINK_SHARE:
        return Role.BOILERPLATE
    if extract.keeps(paragraph.text):
        return Role.BODY
    return Role.BODY if containers[paragraph.container] and is_prose(text) else Role.BOILERPLATE


def _is_paragraph(text: str) -> bool:
    return len(text) > 140 or (len(text) > 60 and is_prose(text))


def _reads_as_article(paragraph: Paragraph) -> bool:
    return (
        paragraph.region is None
        and is_prose(paragraph.text)
        and paragraph.link_share <= MAX_LINK_SHARE
        and not marker_of(paragraph.text, is_tail=False)
    )


def _mark_rest(paragraphs: Sequence[Paragraph], roles: list[Role]) -> None:
    """After a heading such as "Leave a Reply" nothing is news, unless most of the article would follow it."""
    sizes = [len(paragraph.text) if role is Role.BODY else 0 for paragraph, role in zip(paragraphs, roles, strict=True)]
    for index, paragraph in enumerate(paragraphs):
        marker = marker_of(paragraph.text, is_tail=False)
        if not (marker and marker.takes_rest):
            continue
        if sum(sizes[:index]) > 0 and sum(sizes[index:]) < MAX_REST_SHARE * sum(sizes):
            roles[index:] = [Role.BOILERPLATE] * (len(roles) - index)
            return


def _shown_masthead(paragraphs: Sequence[Paragraph], roles: Sequence[Role]) -> Masthead:
    return read_masthead(_byline_texts(paragraphs, roles))


def _byline_texts(paragraphs: Sequence[Paragraph], roles: Sequence[Role]) -> Iterator[str]:
    for paragraph, role in zip(paragraphs, roles, strict=True):
        if role is Role.BYLINE:
            yield from paragraph.text.split("\n")


def _mended(told: Masthead, shown: Masthead) -> Masthead:
    """The page's metadata, mended where extraction spoils them: an initial without its stop, a year as a day."""
    author, day = told.author, told.published_on
    if author and re.search(r"\b[A-Z]$", author):
        author += "."
    if author:
        names = author.split("; ")
        author = " and ".join([name for name in names if not names_a_desk(name)] or names)
    if day and not any(True for _ in find_days(day)):
        day = None
    if day and day.endswith("-01-01") and shown.published_on:
        day = shown.published_on
    return Masthead(author, told.publisher, day)


def _normal(text: str) -> str:
    """Letters and digits only, in lower case: what typography cannot change."""
    return re.sub(r"[\W_]+", "", text).lower()
