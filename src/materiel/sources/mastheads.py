"""Title, outlet, author and day of a document from all that its head, its dateline and its foot print."""

from __future__ import annotations

import re
from collections.abc import Sequence

from materiel.sources.bylines import Masthead, labelled_title, read_masthead
from materiel.sources.dates import find_days, without_days
from materiel.sources.heads import is_masthead, is_menu
from materiel.sources.outlets import (
    ends_as_outlet,
    is_certain_outlet,
    is_outlet,
    is_outlet_name,
    is_section,
    outlet_name,
    places,
    words_of,
)
from materiel.sources.passages import Block
from materiel.terms.documents import Role

Placed = Sequence[tuple[Block, Role]]

_NAMES = r"[A-Z][\w'’]+(?: (?:(?:&|and|of|the) )?[A-Z][\w'’]+){1,4}"
_OUTLET_SAYS = re.compile(
    rf"^(?:The )?(?P<first>[A-Z][\w'’]+(?: [A-Z][\w'’]+){{1,3}}) (?:is (?:an?|published)|- |– |\| )"
    r"|\bsupport the (?P<second>[A-Z][\w'’]+(?: [A-Z][\w'’]+){0,3})"
    r"|\bfounder of (?P<third>[A-Z][\w'’]+(?: [A-Z][\w'’]+){0,3})"
    rf"|^(?:©|\([cC]\)|Copyright)(?: ©| \([cC]\))?(?: by)? ?(?:\d{{4}},?)? ?(?P<fourth>{_NAMES})"
)
_FIRM = re.compile(r"(?:,? (?:Ltd|Limited|Inc|LLC|PLC|plc|GmbH|AG|SA|Corp|Co|All Rights Reserved|All|Subscribers?))+$")
_REPORTED = re.compile(r"^\(?Report(?:ing|ed) by (?P<names>[A-Z][^;.()]{3,80})")
_DATELINE = re.compile(
    r"^(?P<place>[^\W\d_a-z]{3}[^()\n]{0,60}?)\s*(?:\((?P<outlet>[A-Z][^()\n]{1,40})\)\s*)?(?:--|[-–—])\s"
)
_TITLE_TAIL = re.compile(r"\s+(?:\||-|–|—)\s+(?P<outlet>[^|]{3,40})$")


def title_of(placed: Placed) -> str | None:
    """The headline on one line, without a label before it and the outlet's name behind it."""
    line = _headline(placed)
    if line is None:
        return None
    line = labelled_title(line) or line
    tail = _TITLE_TAIL.search(line)
    return line[: tail.start()] if tail and is_outlet_name(tail["outlet"]) else line


def masthead_of(placed: Placed) -> Masthead:
    """Author, outlet and day, from the most telling place that prints them.

    An outlet's name over the headline is the page's own; the one in a by-line comes next, then a name in capitals
    over the headline, the dateline's agency, what the foot says, and last an outlet behind the author's name.
    """
    bylines = [block.text for block, role in placed if role is Role.BYLINE]
    over = _over_headline(placed)
    masthead = _named(over if over and is_certain_outlet(over) else None).or_else(
        read_masthead(bylines, with_credit=False)
    )
    masthead = masthead.or_else(_named(over)).or_else(_titled(placed))
    dateline = _dateline(placed)
    masthead = masthead.or_else(Masthead(published_on=dateline.published_on))
    masthead = masthead.or_else(Masthead(publisher=_under_article(placed, masthead.author))).or_else(dateline)
    masthead = masthead.or_else(Masthead(author=_reported_by(placed))).or_else(read_masthead(bylines))
    headline = _headline(placed)  # of a digest: "WEEKLY ARMS DIGEST"
    return masthead.or_else(_named(headline if headline and ends_as_outlet(headline) else None))


def _headline(placed: Placed) -> str | None:
    return next((" ".join(block.text.split()) for block, role in placed if role is Role.HEADLINE), None)


def _named(line: str | None) -> Masthead:
    return Masthead(publisher=outlet_name(line) if line else None)


def _titled(placed: Placed) -> Masthead:
    tail = _TITLE_TAIL.search(_headline(placed) or "")
    return Masthead(publisher=tail["outlet"] if tail and is_outlet_name(tail["outlet"]) else None)


def _over_headline(placed: Placed) -> str | None:
    """The line over the headline, or over the article, that names the outlet."""
    head = []
    for block, role in placed:
        if role in {Role.BODY, Role.HEADLINE}:
            break
        head.append((block, role))
    over = [block.text for block, role in head if role is Role.BOILERPLATE and not is_section(block.text)]
    has_masthead = is_masthead([block for block, _ in head]) or any(is_menu(line) for line in over)
    return next((line for line in over if not is_menu(line) and (is_outlet(line) or has_masthead)), None)


def _dateline(placed: Placed) -> Masthead:
    """Agency and day of ``PORT, March 4, 2023 (Coast Wire) -`` before the first paragraph."""
    first = next((block.text for block, role in placed if role is Role.BODY), "")
    found = _DATELINE.match(first)
    if not found or any(word[0].islower() for word in words_of(without_days(found["place"]))):
        return Masthead()
    day = next((printed.day for printed in find_days(found["place"])), None)
    outlet = found["outlet"]
    is_named = outlet and outlet.lower() not in places() and (len(outlet) > 4 or is_outlet_name(outlet))
    return Masthead(publisher=outlet if is_named else None, published_on=day)


def _under_article(placed: Placed, author: str | None) -> str | None:
    """The outlet that a copyright line or a note about itself names."""
    first_body = next((index for index, (_, role) in enumerate(placed) if role is Role.BODY), len(placed))
    for block, role in placed[first_body:]:
        if role is Role.BOILERPLATE and (named := _OUTLET_SAYS.search(block.text)):
            name = _FIRM.sub("", next(group for group in named.groups() if group))
            if name != author:
                return name
    return None


def _reported_by(placed: Placed) -> str | None:
    found = (_REPORTED.match(block.text) for block, _ in placed)
    return next((match["names"].strip() for match in found if match), None)
