"""Plain text to a document: headline and by-lines at its head, boilerplate at its end, paragraphs between."""

from __future__ import annotations

import re
from collections.abc import Sequence

from materiel.sources.blocks import BULLET, paragraphs
from materiel.sources.boilerplate import is_biography, marker_of
from materiel.sources.bylines import is_byline, read_masthead
from materiel.sources.heads import MAX_HEADLINE_LENGTH, head_roles, is_menu
from materiel.sources.mastheads import masthead_of, title_of
from materiel.sources.outlets import is_outlet_name
from materiel.sources.passages import Block, passages_of
from materiel.terms.documents import Document, Role

MAX_HEAD_BLOCKS = 12
"""So many blocks may stand before the first paragraph; a text with more is no article with a headline."""
MIN_PROSE_LENGTH = 120
MIN_SENTENCE_LENGTH = 30

_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*$")


def document_from_text(text: str, roles: dict[int, Role] | None = None) -> Document:
    r"""The document of a plain text whose line ends are ``\n``; its text stays as it is.

    Args:
        text: the whole text.
        roles: roles that are known beforehand, by the offset where their block starts (running heads of a PDF).
    """
    blocks = list(paragraphs(text, _stands_alone))
    known = roles or {}
    open_blocks = [block for block in blocks if block.start not in known]
    told = layout(open_blocks)
    found = dict(zip((block.start for block in open_blocks), told, strict=True)) | known
    placed = [(block, found[block.start]) for block in blocks]
    masthead = masthead_of(placed)
    return Document(
        text,
        passages_of(placed),
        title=title_of(placed),
        published_on=masthead.published_on,
        publisher=masthead.publisher,
        author=masthead.author,
    )


def layout(blocks: Sequence[Block]) -> list[Role]:
    """The role of each block of an article, told from its words and its place."""
    body = _body_start(blocks)
    roles = [*head_roles(blocks[:body]), *[Role.BODY] * (len(blocks) - body)]
    author = read_masthead(block.text for block, role in zip(blocks, roles, strict=True) if role is Role.BYLINE).author
    _mark_sections(blocks, roles, body)
    _mark_tail(blocks, roles, body, author)
    return roles


def _stands_alone(line: str) -> bool:
    return is_byline(line) or (marker_of(line, is_tail=False) is not None and len(line) < MIN_PROSE_LENGTH)


def is_prose(block: str) -> bool:
    """Whether a block reads like a paragraph of an article."""
    if len(block) >= MIN_PROSE_LENGTH:
        return True
    return len(block) >= MIN_SENTENCE_LENGTH and bool(_SENTENCE_END.search(block)) and not is_byline(block)


def _body_start(blocks: Sequence[Block]) -> int:
    for index, block in enumerate(blocks[:MAX_HEAD_BLOCKS]):
        text = block.text
        starts_list = text.endswith(":") or bool(BULLET.match(text))
        if _is_legal_note(text):
            continue
        if (is_prose(text) and not is_menu(text) and not _is_long_headline(blocks, index)) or starts_list:
            return index
    return (
        0
        if len(blocks) > 1 and not any(is_byline(block.text) for block in blocks[:MAX_HEAD_BLOCKS])
        else min(len(blocks), _last_byline(blocks) + 1)
    )


def _is_legal_note(block: str) -> bool:
    """A short block that its own words show to be no news, such as a copyright line under the headline."""
    return len(block) < MIN_PROSE_LENGTH and marker_of(block, is_tail=False) is not None


def _is_long_headline(blocks: Sequence[Block], index: int) -> bool:
    """A first block that ends without a full stop and is followed by a by-line is a headline, however long."""
    text = blocks[index].text
    if index + 1 >= len(blocks) or len(text) > MAX_HEADLINE_LENGTH or re.search(r"\.[\"'”’)]*$", text):
        return False
    return is_byline(blocks[index + 1].text)


def _last_byline(blocks: Sequence[Block]) -> int:
    return max((index for index, block in enumerate(blocks[:MAX_HEAD_BLOCKS]) if is_byline(block.text)), default=-1)


def _mark_sections(blocks: Sequence[Block], roles: list[Role], body: int) -> None:
    """Boilerplate that its own words give away, wherever it stands after the article has begun."""
    in_rest = False
    for index in range(body, len(blocks)):
        marker = None if in_rest else marker_of(blocks[index].text, is_tail=False)
        if in_rest or marker:
            roles[index] = Role.BOILERPLATE
            in_rest = in_rest or (marker is not None and marker.takes_rest)
        elif index - body < 4 and index > 0 and is_byline(blocks[index].text):
            roles[index] = Role.BYLINE


def _mark_tail(blocks: Sequence[Block], roles: list[Role], body: int, author: str | None) -> None:
    """From the end up: what is boilerplate only because it stands behind the article. One paragraph always stays."""
    for index in range(len(blocks) - 1, body, -1):
        text = blocks[index].text
        if roles[index] is not Role.BODY:
            continue
        if marker_of(text, is_tail=True) or is_biography(text, author) or is_outlet_name(text):
            roles[index] = Role.BOILERPLATE
        elif is_byline(text):
            roles[index] = Role.BYLINE
        else:
            return
