"""Whom a text credits for what it tells: an agency, a broadcaster, a newspaper, whether that is at hand or not.

A credit is either for the whole document (``SEOUL (Yonhap) --``, ``By arrangement with the Coast Post``, a last line that
is an agency's name) or for a sentence (``Nikkei reported``, ``he told Al Jazeera``), together with the sentences that go on
from it (``the daily said``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from materiel.sources.lineage.wording import Block, Wording, clean
from materiel.sources.outlets import ends_as_outlet, is_outlet_name, places
from materiel.terms.actors import states
from materiel.terms.documents import Document, Role
from materiel.terms.lineage import Credit
from materiel.terms.vocabulary import load_vocabulary, members

SOURCES = Path(__file__).parent.parent / "data" / "outside_sources.csv"

_CAPITALS = r"[A-Z][\w'’&-]*(?:\s+(?:of|the|and|&|de|del|la|le|am)\s+[A-Z][\w'’&-]*|\s+[A-Z][\w'’&-]*){0,4}"
_OUTLET_NOUN = (
    r"(?:(?:state|public|private|national|business|local|financial|sunday|german|french|british|american|russian|tokyo)[ -])?"
    r"(?:newspaper|daily|weekly|broadcaster|network|channel|station|(?:news )?agency|news site|news website|website|magazine"
    r"|paper|radio|television|TV|tabloid|outlet|news service|newswire|wire)"
)
_SAID = (
    r"(?:reported|reports|said|says|wrote|writes|revealed|disclosed|quoted|quotes|cited|claimed|claims|announced|aired"
    r"|broadcast|broke|published|carried|learned|learnt|adds|added|hears|heard|found|has found|showed|understands)"
)
_BEFORE = re.compile(
    r"(?:according to|citing|cited|quoting|quoted (?:by|in)|reported (?:by|in|on)|published (?:by|in)|carried by|aired (?:by|on)|"
    r"broadcast (?:by|on)|released by|obtained by|seen by|disclosed by|revealed (?:by|in|on)|told|telling|tells|informed|"
    r"interview(?:ed)? (?:with|by|to|on|in|for)|interview(?: \w+){0,3} (?:with|by|to|on|in)|speaking (?:to|on|with)|spoke (?:to|on|with)|"
    r"comments to|remarks to|antenna of|(?:report|story|article|investigation|account|leak|broadcast|despatch|dispatch|"
    r"documents?|scoop)(?: \w+){0,3} (?:in|by|from|on|of)|source of|first reported by|, (?:writes|reports|says))\s+"
    r"(?:\w+day(?:'s)? (?:by|in|on|evening on|night on)\s+)?"
    r"(?:(?:the|a|an|its?|their|Russia's|Japan's|Germany's|Britain's|Israel's|Turkey's|Qatar's|(?:[A-Z]\w+(?:'s|’s)?))\s+)?"
    rf"(?:{_OUTLET_NOUN}\s+)?$"
)
_AFTER = re.compile(
    rf"^(?:['’]s)?(?:,? (?:the|a) [^,.;]{{1,40}},)?(?:\s+(?:{_OUTLET_NOUN}))?(?:\s+(?:news agency|has|had|also|first|itself|later|"
    rf"exclusively|separately|\w+ly|on \w+day|\w+day))*\s+{_SAID}\b"
    r"|^(?:['’]s)?\s+(?:report|interview|investigation|article|story|account|correspondent|reporters?)\b"
)
_GOES_ON = re.compile(
    rf"\b(?:it|the (?:{_OUTLET_NOUN}|report|broadcast|article|story|account|programme|program|interview|interviewer|cable|paper|"
    rf"document|official|source|minister|general))\s+(?:also |further |later )?{_SAID}\b|according to the (?:report|{_OUTLET_NOUN})|"
    r"in the (?:same )?(?:interview|broadcast|programme|program|report)\b|told the (?:interviewer|broadcaster|network|"
    r"channel|station|newspaper|paper|daily|agency|magazine)\b",
    re.IGNORECASE,
)
_OTHER = re.compile(rf"(?<![\w-]){_CAPITALS}")
_TRAILING = re.compile(r"[.!?][\"”']*\s*[-–—]{1,2}\s*\(?([A-Z][\w&'’-]*(?:[ -][A-Z][\w&'’-]*){0,3})\)?\.?$")
_DATELINE = re.compile(r"^[^a-z]{0,60}?[^.!?]{0,60}?\(([^()]{2,40})\)\s*(?:[-–—:]+|\s)")
_BARE_DATELINE = re.compile(r"^(?:[A-Z][A-Z/ .]{2,40}[,.]? )?(?:\w+ \d+,? )?([A-Z]{2,8})\s+(?:[-–—]{1,2})\s")
_WHOLE_LINE = re.compile(
    r"^(?:by arrangement with|courtesy of|originally (?:published|appeared) (?:by|in|on)|"
    r"(?:this (?:article|story|report) )?(?:was )?first (?:published|appeared) (?:by|in|on)|"
    r"(?:news )?source\s*:|credit\s*:|via|from|by|©|copyright(?: \d{4})?|with (?:material|reporting|inputs?|files) (?:from|by)|with|.{0,30}, with (?:inputs?|material) from|"
    r"from our partner|distributed by|syndicated (?:from|by)|[-–—])\s*(?:the\s+)?(.{2,60}?)[.\s]*$",
    re.IGNORECASE,
)
_PLAIN = frozenset(
    "Independent Times Trend Insider Sana Turan MAP APS Hindu Dawn ENA TT NAN UNI AP Petra MENA INA Saba Telegraph Guardian "
    "Economist Intercept Express Globe Fars Mehr Hina Kan Sabah Politika RT DW FT Welt Liberation SPA CNA PNA APA Srna Antara "
    "Tasnim RIA RAI Rai RFA Dow Spiegel Bild Pap PAP INA WAM Tass".split()
)
"""Names that are words or initials of other things too."""
_REFUSED_TO = re.compile(
    r"(?:request|questions?|calls?|messages?|e-?mails?|letters?)(?: for comment)?(?: \w+){0,2} (?:from|by|of)\s+$"
)
_POSSESSOR = re.compile(r"^(?:The )?[A-Z]\w+['’]s ")
_GOES_BEFORE = re.compile(r"(?:^|[^.!?\s]\s+)(?!The |State )[A-Z][a-z]+\s+$")
_TAIL = re.compile(r"(?<=\w) (?:TV|Television|television|Radio|radio|News Agency|news agency|agency|newspaper|channel)$")
_NO_OUTLET = frozenset(
    {"watch", "minister", "ministry", "office", "council", "party", "service", "command", "international"}
)
_LAST_LINES = 3
"""Lines at the end of the text that may be a credit."""


@dataclass(frozen=True, slots=True)
class _Known:
    name: str
    is_agency: bool
    is_plain: bool
    """Any word of the language may be meant; it is a credit only where the sentence uses it as one."""


@cache
def _known() -> dict[str, _Known]:
    """Every name that a text may give an outside source -> the source."""
    found: dict[str, _Known] = {}
    for row in load_vocabulary(SOURCES):
        for alias in (row["name"], *members(row["aliases"])):
            found[alias] = _Known(row["name"], row["kind"] == "agency", alias in _PLAIN)
    return found


@cache
def _known_names() -> re.Pattern[str]:
    known = "|".join(re.escape(name) for name in sorted(_known(), key=lambda name: (-len(name), name)))
    return re.compile(rf"(?<![\w-])(?:{known})(?![\w-])")


def normal_name(name: str) -> str:
    """The name of an outlet as credits are compared: known ones by their usual name, others without "the"."""
    bare = " ".join(clean(name).split())
    bare = bare[4:] if bare[:4].casefold() == "the " else bare
    known = _known().get(bare) or _known().get(bare.title())
    if known is None:
        bare = _TAIL.sub("", bare) or bare
        known = _known().get(bare)
    return known.name if known else bare


def find_credits(document: Document, wording: Wording) -> tuple[Credit, ...]:
    """The credits of a document in the order of the text; its own outlet's name is none.

    Args:
        document: the text.
        wording: of it.
    """
    own = normal_name(document.publisher) if document.publisher else ""
    found = [*_whole_credits(document), *_sentence_credits(document.text, wording.sentences)]
    return tuple(sorted({credit for credit in found if credit.name != own}))


def _whole_credits(document: Document) -> Iterator[Credit]:
    body = list(document.stretches(Role.BODY))
    whole = (min((p.start for p in document.passages), default=0), max((p.end for p in document.passages), default=0))
    if body:
        start, text = body[0]
        for pattern in (_DATELINE, _BARE_DATELINE):
            match = pattern.match(text[:160])
            if match and (name := _agency(match.group(1), is_loose=pattern is _DATELINE)):
                yield Credit(*whole, name, True)
                break
    lines = [text.strip() for _, text in document.stretches(Role.BYLINE)]
    lines += [
        line.strip() for _, text in document.stretches(Role.BODY, Role.BOILERPLATE) for line in text.splitlines()
    ][-_LAST_LINES:]
    last = next((line for line in reversed(lines) if line), "")
    if match := _TRAILING.search(last):
        yield Credit(*whole, normal_name(match.group(1)), True)
    elif re.fullmatch(r"[A-Z][\w'’-]+(?: [A-Z][\w'’-]+){0,3}", last) and body and body[-1][1].strip().endswith(last):
        yield Credit(*whole, normal_name(last), True)
    for line in lines:
        if len(line) > 90:
            continue
        match = _WHOLE_LINE.match(line.strip("() "))
        for part in re.split(r"\s*(?:,|/|;| and | - |\|)\s*", match.group(1) if match else line.strip("()-–— .")):
            if name := _agency(part, is_loose=bool(match) and not line.casefold().startswith("by ")):
                yield Credit(*whole, name, True)


def _agency(text: str, *, is_loose: bool) -> str | None:
    """The source of this name: an agency; where the line says that it is a credit, any outlet."""
    bare = text.strip(" .")
    bare = bare[4:] if bare[:4].casefold() == "the " else bare
    known = _known().get(bare) or _known().get(bare.title())
    if known and (known.is_agency or is_loose):
        return known.name
    if is_loose and (is_outlet_name(bare) or re.fullmatch(r"[A-Z]{2,6}", bare)):
        return normal_name(bare)
    return None


def _sentence_credits(text: str, sentences: Sequence[Block]) -> Iterator[Credit]:
    last: str | None = None
    for sentence in sentences:
        words = text[sentence.start : sentence.end]
        names = list(_credited_names(words))
        if names:
            last = names[-1]
        elif last and _GOES_ON.search(words):
            names = [last]
        else:
            last = None
        for name in names:
            yield Credit(sentence.start, sentence.end, name, False)


def _credited_names(words: str) -> Iterator[str]:
    taken: list[tuple[int, int]] = []
    for match in _known_names().finditer(words):
        taken.append(match.span())
        known = _known()[match.group()]
        before, after = words[: match.start()], words[match.end() :]
        if _GOES_BEFORE.search(before):
            taken.pop()  # the end of a longer name, such as Pacific Press Association
            continue
        if not _REFUSED_TO.search(before) and (not known.is_plain or _is_credited(before, after)):
            yield known.name
    for match in _OTHER.finditer(words):
        name, before = _POSSESSOR.sub("", match.group()), words[: match.start()]
        if _is_no_name(name) or any(match.start() < end and start < match.end() for start, end in taken):
            continue
        after = words[match.end() :]
        is_called = bool(re.search(rf"\b{_OUTLET_NOUN}\s+$", before) or re.match(rf"\s+{_OUTLET_NOUN}\b", after))
        if (is_called or _could_be_outlet(name)) and _is_credited(before, after):
            yield normal_name(name)


def _is_credited(before: str, after: str) -> bool:
    return bool(_BEFORE.search(before[-90:]) or _AFTER.match(after))


def _is_no_name(name: str) -> bool:
    """Whether it is only the article, a state, or a people's adjective."""
    return name.casefold() in _plain_words() or name.endswith(("'s", "’s"))


@cache
def _plain_words() -> frozenset[str]:
    peoples = {word.casefold() for state in states().values() for word in state.demonyms}
    return (
        places()
        | peoples
        | {"the", "a", "an", "us", "u.s", "uk", "tv", "this", "our", "one", "western", "local", "state"}
    )


def _could_be_outlet(name: str) -> bool:
    last = name.split()[-1].casefold()
    return " " in name and last not in _NO_OUTLET and ends_as_outlet(name)
