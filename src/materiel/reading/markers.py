"""The words that open a condition, and how each kind of them binds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from functools import cache

from spacy.tokens import Span

from materiel.reading.clauses import SUBJECTS, VERBAL, first_child
from materiel.reading.lexicons import words

FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
COMMAS = frozenset({",", "--", "–", "—"})
_INVERTED = (
    r"(?:(?:(?<=^)|(?<=, )|(?<=[.:] )|(?<=that )|(?<=and )|(?<=but )|(?<=or )|(?<=\"))(?P<inverted>should|were|had)"
    r"(?= (?:the |a |an |any |one |either |its |his |their |our |those |these |such |that |this |it |they |both |no "
    r"|(?-i:[A-Z]))))"
)
"""An auxiliary before its subject, at the head of a clause."""
_FIRST = r"(?P<first>^should(?= [a-z]))"
"""At the head of a sentence that is no question, whatever the subject: "Should consent be withheld, ..."."""
_OF_TIME = frozenset({"before", "while"})
"""Conditions only where something is refused as long."""
_NEVER_TWICE = frozenset({"again", "more", ",", "and", "was", "in", "upon", "for", "every"})
"""After "once" as an adverb."""


class Sort(Enum):
    """How a condition binds."""

    IF = "if"
    UNTIL = "until"
    """ "unless", "until": the consequent is refused before, and follows after."""
    WHILE = "while"
    EXCHANGE = "exchange"
    NOUN = "noun"
    """An event named by a noun: "in the event of war", "pending approval"."""
    WITHOUT = "without"
    DEPEND = "depend"
    """The consequent is the subject: "aid is contingent on", "sales hinge on"."""
    TIME = "time"
    """ "when", "after": a condition only where a promise looks ahead to it."""


@cache
def _markers() -> tuple[re.Pattern[str], dict[str, Sort]]:
    sorts = {marker: sort for sort in Sort for marker in words(f"condition-{sort.value}")}
    ordered = sorted(sorts, key=lambda marker: (-len(marker), marker))
    return re.compile(rf"\b(?P<plain>{'|'.join(ordered)})\b|{_INVERTED}|{_FIRST}", re.IGNORECASE), sorts


def may_open_condition(text: str) -> bool:
    """Whether raw text holds words that open a condition; words of time alone do not count."""
    pattern, sorts = _markers()
    found = {match.group().lower() for match in pattern.finditer(text)}
    return any(sorts.get(marker, Sort.IF) is not Sort.TIME for marker in found - _OF_TIME)


def openings(sentence: Span) -> list[tuple[Span, Sort]]:
    """The words that open a condition in the sentence, in order, with how each binds."""
    pattern, sorts = _markers()
    found: list[tuple[Span, Sort]] = []
    for match in pattern.finditer(sentence.text):
        opening = sentence.doc.char_span(
            sentence.start_char + match.start(), sentence.start_char + match.end(), alignment_mode="expand"
        )
        sort = sorts.get(match.group().lower(), Sort.IF)
        is_inverted = (match["inverted"] or match["first"]) is not None
        if opening is not None and _opens(opening, sort, sentence, is_inverted=is_inverted):
            found.append((opening, sort))
    return sorted([*found, *_inverted(sentence, {o.start for o, _ in found})], key=lambda each: each[0].start)


def _inverted(sentence: Span, known: set[int]) -> Iterator[tuple[Span, Sort]]:
    """Auxiliaries before their subject in the middle of a sentence: "has promised to close it should Pale refuse"."""
    if sentence.text.rstrip().endswith("?"):
        return
    for token in sentence[2:]:
        if token.lower_ == "should" and token.i not in known and token.i + 1 < sentence.end:
            following, before = sentence.doc[token.i + 1], sentence.doc[token.i - 1]
            subject = next((c for c in token.head.children if c.dep_ in SUBJECTS and c.i > token.i), None)
            starts = following.pos_ in {"PROPN", "PRON", "DET", "NOUN", "ADJ"} and following.tag_ not in {"WDT", "WP"}
            if (
                subject is not None
                and starts
                and before.dep_ not in SUBJECTS
                and before.pos_ in {"NOUN", "VERB", "PROPN", "ADV"}
                and token.head.tag_ in {"VB", "VBN"}
            ):
                yield sentence.doc[token.i : token.i + 1], Sort.IF


def _opens(opening: Span, sort: Sort, sentence: Span, *, is_inverted: bool) -> bool:
    """Whether the words open a condition here: not "even if", "once again", "a pending deal"."""
    doc, marker = opening.doc, opening.text.lower()
    before = doc[opening.start - 1].lower_ if opening.start > sentence.start else ""
    after = doc[opening.end] if opening.end < sentence.end else None
    if after is None:
        return False
    if marker in _OF_TIME:
        return _holds_back(opening, sentence)
    if marker == "if":
        return before not in words("no-condition-before") and after.lower_ not in words("no-condition-after")
    if marker == "once":
        return (
            _has_subject(doc[opening.end : sentence.end])
            and after.pos_ not in {*VERBAL, "ADP"}
            and after.lower_ not in _NEVER_TWICE
            and not (after.lower_ in {"a", "an"} and after.head.lower_ in words("period"))
            and before not in {"had", "has", "have", "at", "was", "were", "more"}
        )
    if marker in {"pending", "provided", "providing", "assuming", "in case"}:
        return (
            before not in {"a", "the", "any", "its", "been", "be", "has", "have", "is", "are", "was", "were", "by"}
            and (marker == "pending" or after.tag_ != "IN" or after.lower_ == "that")
            and not (
                marker in {"provided", "providing", "assuming"} and not _has_subject(doc[opening.end : sentence.end])
            )
        )
    if sort is Sort.TIME:
        return _awaits(opening, sentence)
    if sort is Sort.WHILE:
        # "For as long as it takes" promises without a condition.
        following = {t.lower_ for t in doc[opening.end : min(opening.end + 2, sentence.end)]}
        return not following & words("whatever-it-takes")
    if sort is Sort.UNTIL and marker.startswith(("until", "till")):
        return after.lower_ not in words("calendar-word") and after.ent_type_ not in {"DATE", "TIME"}
    if marker == "on condition of":
        return after.lower_ not in {"anonymity", "confidentiality"}
    if sort is Sort.WITHOUT:
        return before not in {"or", "with"} and any(
            t.lemma_.lower() in words("consent") for t in doc[opening.end : min(opening.end + 8, sentence.end)]
        )
    if is_inverted:
        return not sentence.text.rstrip().endswith("?") or "," in sentence.text
    return True


def _holds_back(opening: Span, sentence: Span) -> bool:
    """Whether "before" or "while" says what something waits for: "will send none before the debt has been paid"."""
    before = sentence.doc[sentence.start : opening.start]
    is_refused = any(t.dep_ == "neg" or t.lower_ in {"no", "none", "nothing", "neither"} for t in before)
    if not is_refused or not any(t.lower_ in {"will", "wo", "shall", "would", "can", "ca", "could"} for t in before):
        return False
    clause = next((t.head for t in opening if t.dep_ in {"mark", "advmod"} and t.head.i > opening.start), None)
    if clause is None or clause.pos_ not in VERBAL or first_child(clause, *SUBJECTS) is None:
        return False
    is_perfect = any(t.dep_ == "aux" and t.lower_ in {"has", "have", "had"} for t in clause.children)
    return is_perfect or opening.text.lower() == "while"


def _awaits(opening: Span, sentence: Span) -> bool:
    """Whether "when" or "after" opens what is still to come: "when the war is over", "after training is completed"."""
    verb = next(
        (t.head for t in opening if t.dep_ in {"mark", "advmod"} and t.head.pos_ in VERBAL and t.head.i > t.i), None
    )
    if verb is None:
        verb = next((c for t in opening for c in t.children if c.dep_ == "pcomp" and c.pos_ in VERBAL), None)
    subject = first_child(verb, *SUBJECTS) if verb is not None else None
    if verb is None or subject is None:
        return False
    tenses = {t.tag_ for t in (verb, *verb.children) if t.pos_ in VERBAL}
    near = {verb.lemma_.lower(), *(c.lemma_.lower() for c in verb.children)}
    is_perfect = any(c.dep_ == "aux" and c.lower_ in {"has", "have"} for c in verb.children)
    if "VBD" in tenses or "MD" in tenses or subject.lower_ in {"we", "you", "i"}:
        return False
    if not is_perfect and not near & words("completing"):
        return False
    return stands_first(sentence, opening) or opening.text.lower() == "after" or is_perfect


def _has_subject(clause: Span) -> bool:
    """Whether a clause follows, not a plain object: "provided that it agrees", not "provided helmets"."""
    for token in clause:
        if token.tag_ in FINITE:
            return True
        if token.text in COMMAS:
            return False
    return False


def stands_first(sentence: Span, opening: Span) -> bool:
    """Whether the condition may come before its consequent: it opens a clause."""
    if opening.start == sentence.start:
        return True
    before = sentence.doc[opening.start - 1]
    return (
        before.text in {",", '"', ":", "(", *COMMAS}
        or before.lower_ in {"that", "but", "and", "or", "then", "so", "only"}
        or before.lemma_.lower() in words("speech")
        or before.pos_ in {"PUNCT", "SPACE"}
    )
