"""By-lines: which lines are one, and what they say of author, outlet and day of publication."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from materiel.sources.dates import find_days, names_a_day, without_days
from materiel.terms.actors import states
from materiel.terms.vocabulary import load_vocabulary

DATA = Path(__file__).parent / "data"
MAX_BYLINE_LENGTH = 140

_BY = re.compile(r"^(?:(?:[Ww]ritten|[Ss]tory|[Ww]ords|[Tt]ext|[Pp]osted) )?[Bb][Yy]:?\s+(?=[^\W\d_a-z])")
_BY_INSIDE = re.compile(r"(?:^|[.|,\d] |\s[-–—/] |[Pp]osted |[Ww]ritten )[Bb][Yy]:?\s+(?=[^\W\d_a-z])")
_DATE_LABEL = re.compile(r"^(?:first )?(?:posted|published|date)\b(?: on)?:?", re.IGNORECASE)
_LATER_LABEL = re.compile(r"^(?:last )?(?:modified|updated)\b|^last (?:modified|updated)", re.IGNORECASE)
_NAME_WORD = r"(?:[^\W\d_a-z][\w'’.-]*|de|da|del|di|van|von|der|al|bin|el|la)"
_NAME = re.compile(rf"^[^\W\d_a-z][\w'’.-]*(?: {_NAME_WORD}){{1,3}}$")
_IN_PLACE = re.compile(r" in [A-Z][\w'’.-]+(?: [A-Z][\w'’.-]+)?(?= and |,|$)")
_SEPARATORS = re.compile(r"\s*[|•·]\s*|\s+(?:[-–—/>»›]|//)\s+|[,;:]\s+(?=[^\W_])|(?<=\w\w)\.\s+(?=[^\W_])|\s{2,}")
_VERB = re.compile(r"\b[a-z]+(?:ed|s)\b \w")
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
    if len(line) > MAX_BYLINE_LENGTH or "\n" in line:
        return False
    if _LATER_LABEL.match(line) or (_DATE_LABEL.match(line) and names_a_day(line)):
        return len(_words(without_days(line))) <= 8
    if _BY.match(line):
        return not _is_sentence(line) and len(_words(without_days(line))) <= 12
    if names_a_day(line):
        rest = without_days(line).strip(" .,;:|/-–—")
        is_parted = re.search(r"\s[|/–—-]\s", line)
        return len(_words(rest)) <= 9 and not _is_sentence(rest) and (is_parted is not None or not _VERB.search(rest))
    words = _words(line)
    return 1 < len(words) <= 6 and not _is_sentence(line) and _kind_of(line) == "desk"


def may_be_byline(line: str) -> bool:
    """Whether a line beside a by-line can be one too: a name, a name with a place or an office."""
    if len(line) > MAX_BYLINE_LENGTH or "\n" in line or _is_sentence(line):
        return False
    if line.startswith("(") and line.endswith(")"):
        return len(_words(line)) <= 8
    first = re.split(r",| \| | and ", _IN_PLACE.sub("", line))[0].strip()
    return bool(_NAME.match(first)) and len(_words(line)) <= 9


def is_outlet(line: str) -> bool:
    """Whether a short line is the name of an outlet: in capitals, as a path, or with a word that only outlets bear."""
    head = re.split(r"\s+[-–—>»|]\s+", line)[0].strip()
    words = _words(head)
    if not words or len(words) > 5 or _is_sentence(line):
        return False
    return (head.isupper() and len(head) > 3) or bool(re.search(r"\S [>»] \S", line)) or _is_outlet_name(head)


def names_a_desk(name: str) -> bool:
    """Whether a name is an office or a desk and not a person: ``Diplomatic Editor``, ``Staff``."""
    return _kind_of(name) == "desk"


def read_masthead(lines: Iterable[str]) -> Masthead:
    """What by-lines say together; the first line that names a thing is believed, later modifications are not dates."""
    masthead = Masthead()
    for line in lines:
        if not _LATER_LABEL.match(line):
            masthead = masthead.or_else(_read_line(line))
    return masthead


def outlet_name(line: str) -> str:
    """The outlet's name from a line that is one: ``"SAHEL TELEGRAPH - long reads"`` is ``"Sahel Telegraph"``."""
    return _name_case(re.split(r"\s+[-–—>»|]\s+", line)[0].strip())


def _read_line(line: str) -> Masthead:
    day = next((printed.day for printed in find_days(line)), None)
    masthead = Masthead(published_on=day)
    by = _BY_INSIDE.search(line)
    if by:
        named = re.split(r"\s*[|(,;]\s*|\s+[-–—/]\s+|\s\s+", without_days(line[by.end() :]).strip())
        masthead = replace(masthead, author=_author(named[0]))
        tail = re.split(r"\s*\|\s*|\s+[-–—/]\s+", line[by.end() :])[1:]
        rest = [line[: by.start()], *tail]
    else:
        rest = [line]
    for part in _parts(" | ".join(rest)):
        masthead = masthead.or_else(_read_part(part, alone=not by and day is None))
    return masthead


def _parts(line: str) -> list[str]:
    line = re.sub(r"\(\d+\)", " ", without_days(_DATE_LABEL.sub("", line)))
    return [cleaned for part in _SEPARATORS.split(line) if (cleaned := _bare(part))]


def _read_part(part: str, *, alone: bool) -> Masthead:
    people = _IN_PLACE.sub("", part)
    match _kind_of(part):
        case "outlet":
            return Masthead(publisher=_name_case(part))
        case "desk":
            named = re.search(r"\b(?:writer|reporter|correspondent|editor)s? (.+)$", part)
            author = named[1] if named else re.sub(r"^(?:from|by) ", "", part, flags=re.IGNORECASE)
            return Masthead(author=_author(author), publisher=_desk_outlet(part))
    if part.lower() in _places() or part.startswith("("):
        return Masthead()
    if _NAME.match(people) and not (people.isupper() and not alone):
        return Masthead(author=_author(people))
    if " and " in people and all(_NAME.match(name) for name in people.split(" and ")):
        return Masthead(author=_author(people))
    return Masthead(author=part) if _INITIALS.match(part) else Masthead()


def _desk_outlet(part: str) -> str | None:
    """The outlet whose desk or writer it is: ``Asia Echo desk``, ``GlobalFeed24 staff writer``."""
    words = part.split()
    for count in range(1, len(words)):
        if _outlet_words().get(words[count].lower()) == "desk":
            name = " ".join(words[:count])
            return name if _is_outlet_name(name) else None
    return None


def _author(name: str) -> str | None:
    name = _bare(_IN_PLACE.sub("", name))
    return (_name_case(name) or None) if len(name) <= 80 else None


def _bare(part: str) -> str:
    """Without the punctuation around it, but with the stop of an initial: ``Tanya R.``."""
    part = part.strip(" ,;:|/-–—").lstrip(".")
    return part if re.search(r"\b[A-Z]\.$", part) else part.rstrip(" .,")


def _name_case(name: str) -> str:
    name = re.sub(r"\s*\([^)]*\bedition\)$", "", name, flags=re.IGNORECASE)
    return name.title() if name.isupper() and (" " in name or len(name) > 5) else name


def _kind_of(part: str) -> str:
    words = [word.lower().strip("().,'’") for word in part.split()]
    vocabulary = _outlet_words()
    if any(vocabulary.get(word) == "desk" for word in words) and part.split()[0][:1].isupper():
        return "desk"
    return "outlet" if len(words) <= 6 and _is_outlet_name(part) else ""


def _is_outlet_name(name: str) -> bool:
    bare = [word.lower().strip("().,'’") for word in name.split()]
    words = re.sub(r"\(.*?\)", "", name).split()
    if not words or not (words[0][0].isupper() or words[0][0].isdigit()):
        return False
    small = {"of", "the", "and", "de", "do", "da", "la", "le", "for", "in"}
    if any(word[0].islower() and word not in small for word in words):
        return False
    has_word = any(_outlet_words().get(word) == "outlet" for word in bare)
    return (has_word and (len(words) > 1 or name.isupper())) or any(_is_coined(word) for word in words)


def _is_coined(word: str) -> bool:
    """NewsBlink, GlobalFeed24: names that nobody but an outlet bears. McDonald is not one."""
    return bool(re.search(r"[a-z]{3,}[A-Z][a-z]{2,}|[a-z]{3,}\d+$", word))


def _is_sentence(line: str) -> bool:
    ends = re.search(r"[.!?…]['\"”’)]*$", line)
    return bool(ends) and not re.search(r"(?:\b\w|\b[ap]\.m|\d)\.$", line)


def _words(line: str) -> list[str]:
    return re.findall(r"\w[\w'’.-]*", line)


@cache
def _outlet_words() -> dict[str, str]:
    return {row["word"]: row["kind"] for row in load_vocabulary(DATA / "outlet_words.csv")}


@cache
def _places() -> frozenset[str]:
    found = {state.capital.lower() for state in states().values()}
    return frozenset(found | {name.lower() for state in states().values() for name in state.names})
