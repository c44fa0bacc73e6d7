"""Names of outlets, desks and official bodies, and the section lines that stand beside them."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from materiel.terms.actors import states
from materiel.terms.vocabulary import load_vocabulary

DATA = Path(__file__).parent / "data"
MAX_NAME_WORDS = 5
MAX_SECTION_WORDS = 6

_SMALL = frozenset({"of", "the", "and", "de", "do", "da", "la", "le", "for", "in", "on", "a", "an"})
_MOTTO = re.compile(r"\s+(?:--|[-–—>»|·])\s+")
_LABEL = re.compile(
    r"^(?:section|length|ref(?:erence)?|edition|page|contact|tel(?:ephone)?|language|photo(?:graph)?s?|pictures?|images?|"
    r"illustrations?|load-date|document)(?: no\.?| by)?\s*[:#]\s*\S"
    r"|^https?://\S+$|^photo(?:graph)?s? by \S|^\d[\d,.]* words$|^\d{1,2}[:.]\d{2}$"
    r"|^(?:issue|no\.?|vol(?:ume)?\.?) ?#?\d+(?:\W+(?:issue|no\.?|number) ?#?\d+)?$",
    re.IGNORECASE,
)


def is_outlet(line: str) -> bool:
    """Whether a short line is the name of an outlet: in capitals, as a path, or with a word that only outlets bear."""
    head = _head(line)
    words = words_of(head)
    if not words or len(words) > MAX_NAME_WORDS + 2 or ends_sentence(line) or is_section(line):
        return False
    if is_body_name(head):
        return True
    return len(words) <= MAX_NAME_WORDS and (is_certain_outlet(line) or (head.isupper() and len(head) > 3))


def is_certain_outlet(line: str) -> bool:
    """Whether a line is an outlet's name by more than its capitals."""
    head = _head(line)
    return bool(re.search(r"\S [>»] \S", line)) or is_outlet_name(head) or is_body_name(head)


def is_proper_name(line: str) -> bool:
    """Whether a line could be a name that is no outlet's on its face: a few words, all of them in capitals."""
    head = _head(line)
    words = [word for word in re.findall(r"[\w'’.-]+", head) if word.lower() not in _SMALL]
    return 0 < len(words) <= MAX_NAME_WORDS - 1 and all(word[0].isupper() for word in words) and not is_section(line)


def has_motto(line: str) -> bool:
    """Whether a name and what it stands for share the line: ``The Quay -- a letter on ships``."""
    parts = re.split(r"\s+--\s+", line)
    return len(parts) == 2 and is_proper_name(parts[0])


def is_section(line: str) -> bool:
    """Whether a line only names a part of a paper or the kind of a piece: ``Strategy & Politics``."""
    if _LABEL.match(line):
        return True
    words = [word.lower() for word in re.findall(r"[\w'’&-]*\w[\w'’-]*", line)]
    telling = [word for word in words if word not in _SMALL]
    return (
        bool(telling) and len(words) <= MAX_SECTION_WORDS and all(word in _words_of_kind("section") for word in telling)
    )


def outlet_name(line: str) -> str:
    """The outlet's name from a line that is one: ``"SAHEL TELEGRAPH - long reads"`` is ``"Sahel Telegraph"``."""
    return name_case(_head(line))


def kind_of(part: str) -> str:
    """``outlet``, ``desk`` or ``body`` where a part of a by-line is the name of one, otherwise ``""``."""
    words = _bare_words(part)
    if is_body_name(part):
        return "body"
    if _is_paper_called_after_a_desk(part):
        return "outlet"
    if any(word in _words_of_kind("desk") for word in words) and part.split()[0][:1].isupper():
        return "desk"
    return "outlet" if len(words) <= MAX_NAME_WORDS + 1 and is_outlet_name(part) else ""


def desk_outlet(part: str) -> str | None:
    """The outlet whose desk or writer it is: ``Asia Echo desk``, ``GlobalFeed24 staff writer``."""
    words = part.split()
    for count in range(1, len(words)):
        if words[count].lower() in _words_of_kind("desk"):
            name = " ".join(words[:count])
            return name if is_outlet_name(name) else None
    return None


def is_desk_of_its_own(part: str) -> bool:
    """Whether a desk bears a name of its own and no section's or place's: ``HAN RIVER DESK``, not ``FOREIGN DESK``."""
    words = _bare_words(part)
    own = [word for word in words[:-1] if word not in _SMALL]
    is_named = part.isupper() and len(words) > 1 and words[-1] in {"desk", "bureau", "newsroom"}
    return is_named and not all(word in _words_of_kind("section") for word in own) and " ".join(own) not in places()


def is_outlet_name(name: str) -> bool:
    """Whether a name has a word that only outlets bear, or is coined as only theirs are."""
    words = re.sub(r"\(.*?\)", "", name).split()
    if not words or not (words[0][0].isupper() or words[0][0].isdigit()):
        return False
    if any(word[0].islower() and word not in _SMALL for word in words):
        return False
    if _is_paper_called_after_a_desk(name):
        return True
    bare = _bare_words(name)
    if len(bare) == 1 and bare[0] in _words_of_kind("agency"):
        return True
    if any(word in _words_of_kind("body") for word in bare):  # "Defence Ministry Orders Shells" is a headline
        return False
    has_word = any(word in _words_of_kind("outlet") | _words_of_kind("agency") for word in bare)
    return (has_word and (len(words) > 1 or name.isupper())) or any(_is_coined(word) for word in words)


def ends_as_outlet(line: str) -> bool:
    """Whether a whole line is a name whose last word only outlets bear: ``WEEKLY ARMS DIGEST``."""
    words = _bare_words(line)
    return 1 < len(words) <= MAX_NAME_WORDS and words[-1] in _words_of_kind("outlet") and is_outlet_name(line)


def is_body_name(name: str) -> bool:
    """``Ministry of Defence``, ``Norland Defence Ministry``: a name in capitals that begins or ends with the body."""
    words = name.split()
    bare = _bare_words(name)
    if len(words) < 2 or len(words) > MAX_NAME_WORDS + 2 or "," in name:
        return False
    if any(not (word[0].isupper() or word.lower() in _SMALL or word == "&") for word in words):
        return False
    at = [index for index, word in enumerate(bare) if word in _words_of_kind("body")]
    return bool(at) and (at[0] == len(bare) - 1 or bare[at[0] + 1] in {"of", "for"})


def name_case(name: str) -> str:
    """A name as one writes it: ``HERALD OF THE COAST`` is ``Herald of the Coast``."""
    name = re.sub(r"\s*\([^)]*\bedition\)$", "", name, flags=re.IGNORECASE)
    if not name.isupper() or (" " not in name and len(name) <= 5):
        return name
    first, *rest = name.split()
    return " ".join([first.title(), *(word.lower() if word.lower() in _SMALL else word.title() for word in rest)])


def ends_sentence(line: str) -> bool:
    """Whether a line ends as a sentence does, and not with an initial, a time or a figure."""
    ends = re.search(r"[.!?…]['\"”’)]*$", line)
    return bool(ends) and not re.search(r"(?:\b\w|\b[ap]\.m|\d)\.$", line)


def words_of(line: str) -> list[str]:
    return re.findall(r"\w[\w'’.-]*", line)


@cache
def places() -> frozenset[str]:
    """States and their capitals, in small letters."""
    found = {state.capital.lower() for state in states().values()}
    return frozenset(found | {name.lower() for state in states().values() for name in state.names})


def _head(line: str) -> str:
    return _MOTTO.split(line)[0].strip()


def _is_paper_called_after_a_desk(name: str) -> bool:
    """``The Podil Correspondent``: the article, a name of its own, and a role that papers are called after."""
    words = name.split()
    bare = _bare_words(name)
    return (
        2 < len(words) <= MAX_NAME_WORDS
        and words[0] in {"The", "THE"}
        and all(word[0].isupper() for word in words)
        and bare[-1] in {"correspondent", "desk", "reporter"}
        and not all(word in _words_of_kind("section") for word in bare[1:-1])
    )


def _bare_words(name: str) -> list[str]:
    return [word.lower().strip("().,'’") for word in name.split()]


def _is_coined(word: str) -> bool:
    """NewsBlink, GlobalFeed24: names that nobody but an outlet bears. McDonald is not one."""
    return bool(re.search(r"[a-z]{3,}[A-Z][a-z]{2,}|[a-z]{3,}\d+$", word))


@cache
def _words_of_kind(kind: str) -> frozenset[str]:
    return frozenset(row["word"] for row in load_vocabulary(DATA / "outlet_words.csv") if row["kind"] == kind)
