"""By-lines: which lines are one, and what they say of author, outlet and day of publication."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from materiel.sources.dates import find_days, names_a_day, without_days
from materiel.sources.outlets import (
    desk_outlet,
    ends_sentence,
    is_desk_of_its_own,
    is_section,
    kind_of,
    name_case,
    places,
    words_of,
)

MAX_BYLINE_LENGTH = 140

_WORK = (
    r"(?:(?:[Nn]ews )?(?:[Aa]nalysis|[Rr]eport(?:ing|ed|age)?|[Oo]pinion|[Cc]omment(?:ary)?|[Cc]olumn|[Ee]ssay|"
    r"[Ii]nterview|[Dd]ispatch|[Rr]eview|[Ww]ritten|[Ss]tory|[Ww]ords|[Tt]ext|[Pp]osted|[Pp]ublished|[Pp]resented) )"
)
_BY = re.compile(rf"^{_WORK}?[Bb][Yy]:?\s+(?=[^\W\d_a-z])")
_BY_INSIDE = re.compile(
    rf"(?:^|[.|,\d] |\s[-–—/|·] ){_WORK}?[Bb][Yy]:?\s+(?=[^\W\d_a-z])|{_WORK}[Bb][Yy]:?\s+(?=[^\W\d_a-z])"
)
_AUTHOR_LABEL = re.compile(
    r"^(?:authors?|by-?line|writer|words|text|report(?:er)?|correspondent|presenter|host|interview(?:er)?|analysis):\s+"
    r"(?=(?-i:[^\W\d_a-z]))",
    re.IGNORECASE,
)
_OUTLET_LABEL = re.compile(r"^(?:source|publisher|publication|outlet|newspaper|website):\s+(?=\S)", re.IGNORECASE)
_TITLE_LABEL = re.compile(r"^(?:(?:title|headline):|#{1,2})\s+(?=\S)", re.IGNORECASE)
_EMPHASIS = "*_"
_RELEASE = re.compile(r"^(?:press|media|news) (?:release|statement|notice)\b|^statement$", re.IGNORECASE)
_LEFT_OVER = re.compile(r"(?:\s+(?:on|at|in))+\s*$")
_DATE_LABEL = re.compile(r"^(?:first )?(?:posted|published|date)\b(?: on)?:?", re.IGNORECASE)
_LATER_LABEL = re.compile(r"^(?:last )?(?:modified|updated)\b|^last (?:modified|updated)", re.IGNORECASE)
_NAME_WORD = r"(?:[^\W\d_a-z][\w'’.-]*|de|da|del|di|van|von|der|al|bin|el|la)"
_NAME = re.compile(rf"^[^\W\d_a-z][\w'’.-]*(?: {_NAME_WORD}){{1,3}}$")
_IN_PLACE = re.compile(r" in [A-Z][\w'’.-]+(?: [A-Z][\w'’.-]+)?(?= and |,|$)")
_SEPARATORS = re.compile(r"\s*[|•·]\s*|\s+(?:[-–—/>»›]|//)\s+|[,;:]\s+(?=[^\W_])|(?<=\w\w)\.\s+(?=[^\W_])|\s{2,}")
_VERB = re.compile(r"\b[a-z]+(?:ed|s)\b \w")
_LEAD = re.compile(
    r"^[A-Z][A-Z .'’-]{2,}, (?:[A-Z][\w.]+(?: [A-Z]\w+)?, )?[A-Z][a-z]{2,8}\.? \d{1,2}(?:, \d{4})? "
    r"(?:\([^)]{2,30}\) )?(?:-{1,2}|[–—]) "
    r"(?:\S+ )*?[a-z]+ (?:\S+ )*?[a-z]+\b"
)
"""A date line in capitals with the first words of the report behind it, such as wire copy that is broken to a width."""
_INITIALS = re.compile(r"^[A-Za-z]{2,3}(?:/[A-Za-z]{2,3})+$")


@dataclass(frozen=True, slots=True)
class Masthead:
    """What by-lines say; None for what they do not."""

    author: str | None = None
    publisher: str | None = None
    published_on: str | None = None

    def or_else(self, other: Masthead) -> Masthead:
        """This masthead, with what it lacks from another."""
        return Masthead(
            self.author or other.author,
            self.publisher or other.publisher,
            self.published_on or other.published_on,
        )


def is_byline(line: str) -> bool:
    """Whether a line by itself is a by-line, a date line or a credit, and nothing else."""
    line = line.strip(_EMPHASIS)
    if len(line) > MAX_BYLINE_LENGTH or "\n" in line:
        return False
    if _LATER_LABEL.match(line) or (_DATE_LABEL.match(line) and names_a_day(line)):
        return len(words_of(without_days(line))) <= 8
    if label := _AUTHOR_LABEL.match(line):
        return bool(_NAME.match(re.split(r"[,.|(]| and ", line[label.end() :])[0].strip()))
    if is_section(line):
        return False
    if _BY.match(line):
        return not ends_sentence(line) and len(words_of(without_days(line))) <= 12
    if names_a_day(line):
        if _LEAD.match(line):
            return False
        rest = without_days(line).strip(" .,;:|/-–—")
        is_parted = re.search(r"\s[|/–—-]\s", line)
        return (
            len(words_of(rest)) <= 9 and not ends_sentence(rest) and (is_parted is not None or not _VERB.search(rest))
        )
    words = words_of(line)
    return 1 < len(words) <= 6 and not ends_sentence(line) and kind_of(line) == "desk"


def may_be_byline(line: str) -> bool:
    """Whether a line beside a by-line can be one too: a name, a name with a place or an office."""
    if len(line) > MAX_BYLINE_LENGTH or "\n" in line or ends_sentence(line):
        return False
    if line.startswith("(") and line.endswith(")"):
        return len(words_of(line)) <= 8
    first = re.split(r",| \| | and ", _IN_PLACE.sub("", line))[0].strip()
    return bool(_NAME.match(first)) and len(words_of(line)) <= 9


def is_labelled(line: str) -> bool:
    """Whether a line in the head of an article gives one fact after its label: ``Source: Coast Wire``."""
    return len(line) <= MAX_BYLINE_LENGTH and _OUTLET_LABEL.match(line) is not None


def labelled_title(line: str) -> str | None:
    """The title in a line that labels it so: ``Headline: Guns for Sudria``, or marks it: ``# Guns for Sudria``."""
    label = _TITLE_LABEL.match(line)
    return line[label.end() :] if label else None


def names_a_desk(name: str) -> bool:
    """Whether a name is an office or a desk and not a person: ``Diplomatic Editor``, ``Staff``."""
    return kind_of(name) == "desk"


def read_masthead(lines: Iterable[str], *, with_credit: bool = True) -> Masthead:
    """What by-lines say together; the first line that names a thing is believed, later modifications are not dates.

    Args:
        lines: the by-lines.
        with_credit: whether an outlet behind a person's name (``Ann Lee, Coast Wire``), which may only be the one that
            the article was taken from, counts as the publisher where no other outlet is named.
    """
    masthead, credit = Masthead(), Masthead()
    for printed in lines:
        line = printed.strip(_EMPHASIS)
        if not _LATER_LABEL.match(line):
            read = _read_line(line)
            if _is_credit(line, read):
                credit, read = credit.or_else(Masthead(publisher=read.publisher)), replace(read, publisher=None)
            masthead = masthead.or_else(read)
    return masthead.or_else(credit) if with_credit else masthead


def _is_credit(line: str, read: Masthead) -> bool:
    """Whether a line names a person, then behind a comma an outlet, and no day."""
    if not (read.author and read.publisher and read.published_on is None) or names_a_desk(read.author):
        return False
    author, publisher = line.lower().find(read.author.lower()), line.lower().find(read.publisher.lower())
    return 0 <= author < publisher


def _read_line(line: str) -> Masthead:
    if label := _OUTLET_LABEL.match(line):
        return Masthead(publisher=name_case(_bare(line[label.end() :])))
    if label := _AUTHOR_LABEL.match(line):
        line = "By " + line[label.end() :]
    day = next((printed.day for printed in find_days(line)), None)
    masthead = Masthead(published_on=day)
    by = _BY_INSIDE.search(line)
    if by:
        named = re.split(r"\s*[|(,;]\s*|\s+[-–—/·]\s+|\s\s+", without_days(line[by.end() :]).strip())
        masthead = replace(masthead, author=_author(_LEFT_OVER.sub("", named[0])))
        tail = re.split(r"\s*\|\s*|\s+[-–—/·]\s+", line[by.end() :])[1:]
        rest = [line[: by.start()], *tail]
    else:
        rest = [re.sub(r"^From (?=[A-Z])", "", line)]
    for part in _parts(" | ".join(rest)):
        masthead = masthead.or_else(_read_part(part, alone=not by and day is None))
    return masthead


def _parts(line: str) -> list[str]:
    line = re.sub(r"\(\d+\)", " ", without_days(_DATE_LABEL.sub("", line)))
    return [cleaned for part in _SEPARATORS.split(line) if (cleaned := _bare(part))]


def _read_part(part: str, *, alone: bool) -> Masthead:
    people = _IN_PLACE.sub("", part)
    if _RELEASE.match(part):
        return Masthead()
    match kind_of(part):
        case "outlet" | "body":
            return Masthead(publisher=name_case(part))
        case "desk" if is_desk_of_its_own(part):
            return Masthead(publisher=name_case(part))
        case "desk":
            named = re.search(r"\b(?:writer|reporter|correspondent|editor)s? (.+)$", part)
            author = named[1] if named else re.sub(r"^(?:from|by) ", "", part, flags=re.IGNORECASE)
            return Masthead(author=_author(author), publisher=desk_outlet(part))
    if part.lower() in places() or part.startswith("("):
        return Masthead()
    if _NAME.match(people) and not (people.isupper() and not alone):
        return Masthead(author=_author(people))
    if " and " in people and all(_NAME.match(name) for name in people.split(" and ")):
        return Masthead(author=_author(people))
    return Masthead(author=part) if _INITIALS.match(part) else Masthead()


def _author(name: str) -> str | None:
    name = _bare(_IN_PLACE.sub("", name))
    return (name_case(name) or None) if len(name) <= 80 else None


def _bare(part: str) -> str:
    """Without the punctuation around it, but with the stop of an initial: ``Tanya R.``."""
    part = part.strip(" ,;:|/-–—").lstrip(".")
    return part if re.search(r"\b[A-Z]\.$", part) else part.rstrip(" .,")
