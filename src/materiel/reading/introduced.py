"""Names that an article introduces by itself: firms by their legal form, armed groups by what they call themselves.

No vocabulary lists every firm. "Karlshamra Vapen AB" is one by its last word, and "Karlshamra" further down is the
same. The names are sought once in the whole text, before it is parsed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from materiel.reading.finder import Finder
from materiel.reading.lexicons import ActorName, actor_finder, designation_finder, words

_WORD = r"(?:[A-Z][\w’'-]*|[A-Z]\.(?:[A-Z]\.)*)"
_JOINT = r"(?:&|of|de|do|da|und|et|for)"
_GAP = r"(?:[ \u00a0]+|[ \u00a0]*\n[ \u00a0]*)"
BYSTANDER = "bystander"
"""The kind of a name that stands for somebody who takes no part."""
_SPEAKS = re.compile(r"(?:,[^,.]{3,60},)?\s(?:said|told|added|admitted|testified|argued|replied|wrote|insisted)\b")
_FIRST_WORD_LENGTH = 5
"""A shorter first word of a firm's name is no name by itself."""


def introduced_names(text: str) -> Finder[tuple[ActorName, ...]]:
    """A finder of the firms and armed groups that the text names in full, by their full and their short names.

    People who bear the name of a weapon are among them, as :data:`BYSTANDER`: they are neither actors nor materiel.
    """
    return Finder({**dict(_bystanders(text)), **dict(_names(text))}.items(), fold_case=False)


def bears_given_name(before: str) -> bool:
    """Whether the word before a name is a given name: "Hamilton Jordan" is no kingdom."""
    return before in words("given-name")


def _bystanders(text: str) -> Iterator[tuple[str, tuple[ActorName, ...]]]:
    """People who are called like a weapon: "Elliott Abrams", and Abrams alone where the text names no such weapon."""
    known: dict[str, bool] = {}
    for each in designation_finder().find(text):
        name = text[each.start : each.end]
        if not (name.isalpha() and name.istitle()):
            continue
        before = text[max(each.start - _NAME_LENGTH, 0) : each.start].split()[-1:]
        is_person = bool(before) and (before[0].rstrip(".") in words("person-title") or bears_given_name(before[0]))
        known[name] = known.get(name, False) or is_person or _SPEAKS.match(text, each.end) is not None
        if is_person:
            yield f"{before[0]} {name}", (ActorName(name, BYSTANDER),)
    for name, is_person in known.items():
        if is_person and not re.search(rf"\d {name}\b|\b{name}s? (?:main|battle|tank|missile|vehicle|system)", text):
            yield name, (ActorName(name, BYSTANDER),)


def full_names(text: str) -> dict[str, str]:
    """For each firm and group of the vocabulary the longest of its names that the text uses, by its code."""
    found: dict[str, str] = {}
    for each in actor_finder().find(text):
        meaning = each.payload[0]
        written = " ".join(text[each.start : each.end].split()).removesuffix(" rebels")
        if meaning.kind in {"firm", "group"} and len(written) > len(found.get(meaning.code, "")):
            found[meaning.code] = written
    return found


def own_states(text: str) -> Iterator[str]:
    """The states that do things with what the text calls "our": "France is filling our depots".

    What stands in quotation marks is another's voice.
    """
    plain = _QUOTED.sub(" ", text)
    for match in _OURS.finditer(plain):
        for found in actor_finder().find(plain[max(match.start() - _NAME_LENGTH, 0) : match.start()]):
            if found.end == min(_NAME_LENGTH, match.start()) and found.payload[0].kind in {"state", "seat"}:
                yield found.payload[0].code


def _names(text: str) -> Iterator[tuple[str, tuple[ActorName, ...]]]:
    for kind, pattern in (("firm", _FIRM), ("group", _GROUP)):
        for match in pattern.finditer(text):
            name = _LEAD.sub("", " ".join(match["name"].split()))
            if " " not in name or _is_known_otherwise(name, kind) or _is_shouted(name):
                continue
            meaning = (ActorName(name, kind),)
            yield name, meaning
            for short in _short_names(name, kind):
                if re.search(rf"(?<!\w){re.escape(short)}(?!\w)", text) and not _names_another(short):
                    yield short, meaning
            if match["acronym"]:
                yield match["acronym"], meaning
    yield from _extended(text)


def _extended(text: str) -> Iterator[tuple[str, tuple[ActorName, ...]]]:
    """Firms of the vocabulary whose name goes on in the text: "General Dynamics Land Systems"."""
    for each in actor_finder().find(text):
        if each.payload[0].kind == "firm" and (rest := _REST.match(text, each.end)) is not None:
            name = " ".join(text[each.start : rest.end()].split())
            yield name, (ActorName(name, "firm"),)
            yield " ".join(text[each.start : each.end].split()), (ActorName(name, "firm"),)


def _names_another(short: str) -> bool:
    """Whether the vocabulary has the short name for a state, a place or a person."""
    return any(found.payload[0].kind != "firm" for found in actor_finder().find(short))


def _short_names(name: str, kind: str) -> Iterator[str]:
    """The name without its legal form, then its first word."""
    parts = name.split()
    if kind != "firm":
        return
    while len(parts) > 1 and parts[-1].rstrip(".").replace(".", "") in words("legal-form"):
        parts = parts[:-1]
    if len(parts) < len(name.split()) and (len(parts) > 1 or len(parts[0]) >= _FIRST_WORD_LENGTH - 1):
        yield " ".join(parts)
    if len(parts[0]) >= _FIRST_WORD_LENGTH and parts[0].isalpha() and parts[0] not in words("common-first"):
        yield parts[0]


def _is_known_otherwise(name: str, kind: str) -> bool:
    """Whether the vocabulary has these very words for an actor or for materiel."""
    known = actor_finder().find(name)
    if any(each.start == 0 and each.end == len(name) for each in known):
        return True
    if kind == "group":
        return any(each.payload[0].kind == "group" for each in known)
    return any(each.start == 0 and each.end == len(name) for each in designation_finder().find(name))


def _is_shouted(name: str) -> bool:
    """Whether the words are a headline's in capitals."""
    return sum(len(word) > 3 and word.isupper() for word in name.split()) > 1


def _any_of(sense: str) -> str:
    return "|".join(sorted((re.escape(word) for word in words(sense)), key=lambda w: (-len(w), w)))


_QUOTED = re.compile(r"[\"“][^\"“”]*[\"”]")
_OURS = re.compile(r"(?: government)? (?:is|are|has|have|will|continues to)\b(?: \w+){1,4} our\b")
_NAME_LENGTH = 40
_LEAD = re.compile(r"^(?:(?:The|State|Its|[A-Z][\w-]*-owned|[A-Z][\w ]{2,30}?['’]s?) )+")
_ACRONYM = r"(?: \((?P<acronym>[A-Z][A-Za-z]{1,6})\))?"
_FIRM = re.compile(
    rf"(?<![\w-])(?P<name>{_WORD}(?:{_GAP}(?:{_WORD}|{_JOINT}(?={_GAP}{_WORD}))){{0,4}}?"
    rf"(?:{_GAP}(?:{_any_of('firm-word')}|{_any_of('legal-form')}))+)(?!\w){_ACRONYM}"
)
_REST = re.compile(
    rf"(?:{_GAP}(?:&|{_WORD})){{0,3}}?{_GAP}(?:{_any_of('firm-word')}|{_any_of('legal-form')}|Systems|Group|Marine)(?!\w)"
)
_GROUP = re.compile(
    rf"(?<![\w-])(?P<name>{_WORD}(?:{_GAP}(?:{_WORD}|{_JOINT}(?:{_GAP}the)?(?={_GAP}{_WORD}))){{0,4}}?"
    rf"{_GAP}(?:{_any_of('group-word')})(?:{_GAP}(?:of|for){_GAP}(?:the{_GAP})?{_WORD}(?:{_GAP}{_WORD})*)?)(?!\w){_ACRONYM}"
)
