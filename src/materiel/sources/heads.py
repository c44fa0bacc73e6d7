"""What stands before the first paragraph of an article: outlet, sections and menu, headline, standfirst, by-lines."""

from __future__ import annotations

import re
from collections.abc import Sequence

from materiel.sources.boilerplate import marker_of
from materiel.sources.bylines import is_byline, is_labelled, labelled_title, may_be_byline
from materiel.sources.dates import names_a_day
from materiel.sources.outlets import has_motto, is_outlet, is_proper_name, is_section, words_of
from materiel.sources.passages import Block
from materiel.terms.documents import Role

MAX_HEADLINE_LENGTH = 200
MIN_HEADLINE_WORDS = 4
"""A shorter line gives way to a longer one below it where it stands like the name of an outlet."""
MAX_KICKER_WORDS = 2

_MENU_SEPARATOR = re.compile(r"[|•·»]|\s{2,}")
_RULE = re.compile(r"^[-_=*~–—]{3,}$")


def head_roles(head: Sequence[Block]) -> list[Role]:
    """The role of each block that stands before the first paragraph."""
    headline = _headline(head)
    roles = [Role.BOILERPLATE] * len(head)
    for index, block in enumerate(head):
        text = block.text
        if index == headline:
            roles[index] = Role.HEADLINE
        elif is_byline(text) or is_labelled(text):
            roles[index] = Role.BYLINE
        elif headline is None or index < headline or _is_furniture(text):
            continue
        elif may_be_byline(text) or is_outlet(text):
            roles[index] = Role.BYLINE
        elif marker_of(text, is_tail=False) is None:
            roles[index] = Role.BODY
    return roles


def is_menu(block: str) -> bool:
    """``Home | About | Archive``: three short names at least, parted by strokes or gaps, and no date among them."""
    if len(block) > MAX_HEADLINE_LENGTH:
        return False
    items = [item.strip() for item in _MENU_SEPARATOR.split(block) if item.strip()]
    return len(items) > 2 and all(len(item) <= 20 and re.fullmatch(r"[\w'’& ]+", item) for item in items)


def _headline(head: Sequence[Block]) -> int | None:
    """The place of the headline: labelled or underlined, otherwise the first line that is neither name nor section."""
    labelled = next((index for index, block in enumerate(head) if labelled_title(block.text)), None)
    if labelled is not None:
        return labelled
    open_places = [index for index, block in enumerate(head) if _may_be_headline(block.text)]
    titles = [index for index in open_places if not is_outlet(head[index].text)]
    underlined = [index for index in titles if _is_underlined(head, index)]
    if underlined:
        return underlined[-1]
    below_menu = _below_menu(head)
    start = max(below_menu, _below_masthead(head, titles), _below_kicker(head, titles))
    for index in titles:
        # a line that could be a person's name is the headline only where it comes first
        is_first = index == titles[0] or index == below_menu
        if index >= start and (is_first or not may_be_byline(head[index].text)):
            return index
    sections = [index for index, block in enumerate(head) if is_section(block.text) and not is_byline(block.text)]
    return next(iter([*titles, *open_places, *sections]), None)


def _may_be_headline(text: str) -> bool:
    return not (is_byline(text) or is_labelled(text) or _is_furniture(text)) and marker_of(text, is_tail=False) is None


def _is_furniture(text: str) -> bool:
    return is_menu(text) or is_section(text) or _RULE.match(text) is not None


def _is_underlined(head: Sequence[Block], index: int) -> bool:
    below = head[index + 1] if index + 1 < len(head) else None
    return below is not None and not below.opens_group and _RULE.match(below.text) is not None


def _below_menu(head: Sequence[Block]) -> int:
    """The place under a menu that stands over the first by-line: what is above it is the page's, not the article's."""
    for index, block in enumerate(head):
        if is_byline(block.text):
            return 0
        if is_menu(block.text):
            return index + 1
    return 0


def _below_masthead(head: Sequence[Block], titles: Sequence[int]) -> int:
    """The place under the first group of lines, if that is an outlet's masthead and a headline stands below it."""
    end = next((index for index, block in enumerate(head) if index and block.opens_group), len(head))
    below = [index for index in titles if index >= end and not may_be_byline(head[index].text)]
    if not below or not is_masthead(head[:end]):
        return 0
    first = head[0].text
    is_sure = is_outlet(first) or has_motto(first)
    return end if is_sure or len(words_of(head[below[0]].text)) >= MIN_HEADLINE_WORDS else 0


def _below_kicker(head: Sequence[Block], titles: Sequence[int]) -> int:
    """The place under a word or two that stand over a line as long as a headline: ``Ukraine war``."""
    if len(titles) < 2:
        return 0
    first, second = (len(words_of(head[index].text)) for index in titles[:2])
    is_kicker = first <= MAX_KICKER_WORDS and second >= MIN_HEADLINE_WORDS and not may_be_byline(head[titles[1]].text)
    return titles[1] if is_kicker else 0


def is_masthead(group: Sequence[Block]) -> bool:
    """Whether the first lines of a text are an outlet's: its name, then its motto, sections, number or day."""
    if not group:
        return False
    first = group[0].text
    if is_outlet(first) or has_motto(first):
        return True
    return (
        is_proper_name(first)
        and len(words_of(first)) < MIN_HEADLINE_WORDS
        and any(_numbers_an_issue(block.text) for block in group[1:2])
    )


def _numbers_an_issue(line: str) -> bool:
    """``No. 214, 29 November 2024``, ``Issue 31``."""
    return bool(re.match(r"(?:issue|no\.?|number|vol(?:ume)?\.?) ?#?\d+", line, re.IGNORECASE)) and (
        names_a_day(line) or is_section(line)
    )
