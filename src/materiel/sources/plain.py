"""Plain text to a document: headline and by-lines at its head, boilerplate at its end, paragraphs between."""

from __future__ import annotations

import re
from collections.abc import Sequence

from materiel.sources.blocks import BULLET, paragraphs
from materiel.sources.boilerplate import is_biography, marker_of
from materiel.sources.bylines import Masthead, is_byline, is_outlet, may_be_byline, outlet_name, read_masthead
from materiel.sources.passages import Block, passages_of
from materiel.terms.documents import Document, Role

MAX_HEAD_BLOCKS = 12
"""So many blocks may stand before the first paragraph; a text with more is no article with a headline."""
MIN_PROSE_LENGTH = 120
MIN_SENTENCE_LENGTH = 30
MAX_HEADLINE_LENGTH = 200

_MENU_SEPARATOR = re.compile(r"[|•·»]|\s{2,}")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*$")
_OUTLET_SAYS = re.compile(
    r"^(?:The )?(?P<first>[A-Z][\w'’]+(?: [A-Z][\w'’]+){1,3}) (?:is (?:an?|published)|- |– |\| )"
    r"|\bsupport the (?P<second>[A-Z][\w'’]+(?: [A-Z][\w'’]+){0,3})"
    r"|\bfounder of (?P<third>[A-Z][\w'’]+(?: [A-Z][\w'’]+){0,3})"
    r"|(?:©|Copyright) ?(?:\d{4})? ?(?:The )?(?P<fourth>[A-Z][\w'’]+(?: [A-Z][\w'’]+){1,3})"
)


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
    title = next((" ".join(block.text.split()) for block, role in placed if role is Role.HEADLINE), None)
    return Document(
        text,
        passages_of(placed),
        title=title,
        published_on=masthead.published_on,
        publisher=masthead.publisher,
        author=masthead.author,
    )


def layout(blocks: Sequence[Block]) -> list[Role]:
    """The role of each block of an article, told from its words and its place."""
    body = _body_start(blocks)
    roles = [*_head_roles(blocks[:body]), *[Role.BODY] * (len(blocks) - body)]
    author = read_masthead(block.text for block, role in zip(blocks, roles, strict=True) if role is Role.BYLINE).author
    _mark_sections(blocks, roles, body)
    _mark_tail(blocks, roles, body, author)
    return roles


def masthead_of(placed: Sequence[tuple[Block, Role]]) -> Masthead:
    """Author, outlet and day from the by-lines; the outlet otherwise from what stands over or under the article."""
    masthead = read_masthead(block.text for block, role in placed if role is Role.BYLINE)
    if masthead.publisher:
        return masthead
    first_body = next((index for index, (_, role) in enumerate(placed) if role is Role.BODY), len(placed))
    over = [block.text for block, role in placed[:first_body] if role is Role.BOILERPLATE]
    for line in over:
        if not _is_menu(line) and (is_outlet(line) or len(over) > 1):
            return masthead.or_else(Masthead(publisher=outlet_name(line)))
    for block, role in placed[first_body:]:
        if role is Role.BOILERPLATE and (named := _OUTLET_SAYS.search(block.text)):
            name = next(group for group in named.groups() if group)
            if name != masthead.author:
                return masthead.or_else(Masthead(publisher=name))
    return masthead


def _stands_alone(line: str) -> bool:
    return is_byline(line) or (marker_of(line, is_tail=False) is not None and len(line) < MIN_PROSE_LENGTH)


def is_prose(block: str) -> bool:
    """Whether a block reads like a paragraph of an article."""
    if len(block) >= MIN_PROSE_LENGTH:
        return True
    return len(block) >= MIN_SENTENCE_LENGTH and bool(_SENTENCE_END.search(block)) and not is_byline(block)


def _is_menu(block: str) -> bool:
    """``Home | About | Archive``: three short names at least, parted by strokes or gaps, and no date among them."""
    if len(block) > MAX_HEADLINE_LENGTH:
        return False
    items = [item.strip() for item in _MENU_SEPARATOR.split(block) if item.strip()]
    return len(items) > 2 and all(len(item) <= 20 and re.fullmatch(r"[\w'’& ]+", item) for item in items)


def _body_start(blocks: Sequence[Block]) -> int:
    for index, block in enumerate(blocks[:MAX_HEAD_BLOCKS]):
        text = block.text
        starts_list = text.endswith(":") or bool(BULLET.match(text))
        if (is_prose(text) and not _is_menu(text) and not _is_long_headline(blocks, index)) or starts_list:
            return index
    return (
        0
        if len(blocks) > 1 and not any(is_byline(block.text) for block in blocks[:MAX_HEAD_BLOCKS])
        else min(len(blocks), _last_byline(blocks) + 1)
    )


def _is_long_headline(blocks: Sequence[Block], index: int) -> bool:
    """A first block that ends without a full stop and is followed by a by-line is a headline, however long."""
    text = blocks[index].text
    if index + 1 >= len(blocks) or len(text) > MAX_HEADLINE_LENGTH or re.search(r"\.[\"'”’)]*$", text):
        return False
    return is_byline(blocks[index + 1].text)


def _last_byline(blocks: Sequence[Block]) -> int:
    return max((index for index, block in enumerate(blocks[:MAX_HEAD_BLOCKS]) if is_byline(block.text)), default=-1)


def _head_roles(head: Sequence[Block]) -> list[Role]:
    """Roles of what stands before the first paragraph: outlet and menu, headline, standfirst, by-lines."""
    roles = [Role.BOILERPLATE] * len(head)
    headline: int | None = None
    for index, block in enumerate(head):
        text = block.text
        if is_byline(text):
            roles[index] = Role.BYLINE
        elif _is_menu(text):
            if headline is not None and not any(role is Role.BYLINE for role in roles[:index]):
                roles[headline], headline = Role.BOILERPLATE, None
        elif headline is None:
            if not (is_outlet(text) and _has_other_headline(head[index + 1 :])):
                headline, roles[index] = index, Role.HEADLINE
        elif may_be_byline(text) or is_outlet(text):
            roles[index] = Role.BYLINE
        elif marker_of(text, is_tail=False) is None:
            roles[index] = Role.BODY
    if headline is not None:
        _mend_standfirst(head, roles, headline)
    return roles


def _mend_standfirst(head: Sequence[Block], roles: list[Role], headline: int) -> None:
    """Lines over the menu or a caption were called body by default; over the headline they are not."""
    for index in range(headline):
        if roles[index] is Role.BODY:
            roles[index] = Role.BOILERPLATE


def _has_other_headline(blocks: Sequence[Block]) -> bool:
    rest = (block.text for block in blocks)
    return any(
        not is_byline(text) and not _is_menu(text) and not is_outlet(text) and not may_be_byline(text) for text in rest
    )


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
        if marker_of(text, is_tail=True) or is_biography(text, author):
            roles[index] = Role.BOILERPLATE
        elif is_byline(text):
            roles[index] = Role.BYLINE
        else:
            return
