"""Where a sentence states a condition: the words that open it, and the comma or full stop that ends it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Span, Token

from materiel.reading.clauses import VERBAL
from materiel.reading.lexicons import words

MODALS = frozenset(
    {"will", "would", "may", "might", "could", "can", "must", "shall", "'ll", "'d", "should", "wo", "ca"}
)
MARKER = re.compile(
    r"\b(?:only (?:if|after|once|when)|if and only if|unless(?: and until)?|if|once|provided(?: that)?|providing that"
    r"|as long as|so long as|as soon as|(?:on|upon) (?:the )?condition that|in the event (?:of|that)|in case of"
    r"|in (?:return|exchange) for|contingent (?:up)?on|conditional (?:up)?on|pending|subject to|until"
    r"|assuming(?: that)?|depending (?:up)?on"
    r"|without (?=[^,.]{0,40}(?:consent|approval|permission|agreement|assent)\b))\b"
    r"|(?:(?<=^)|(?<=, )|(?<=\. )|(?<=: )|(?<=that )|(?<=\" )|(?<=\"))(?:should|were|had)"
    r"(?= (?:the |a |an |either |any |one |its |his |that |[A-Z]|it |they |both ))",
    re.IGNORECASE,
)
"""The words that open a condition; inverted auxiliaries only at the head of a clause, before a subject."""


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition at ``doc[start:end]`` of its sentence, with the words that open it."""

    marker: str
    start: int
    end: int


def conditions(sentence: Span) -> Iterator[Condition]:
    """Every condition of a sentence, by the words that open it and the commas that close it."""
    for match in MARKER.finditer(sentence.text):
        opening = sentence.doc.char_span(
            sentence.start_char + match.start(), sentence.start_char + match.end(), alignment_mode="expand"
        )
        if opening is None:
            continue
        before = sentence.doc[opening.start - 1].lower_ if opening.start > sentence.start else ""
        after = sentence.doc[opening.end].lower_ if opening.end < sentence.end else ""
        marker = match.group().lower()
        if _opens_condition(marker, before, after, sentence, opening):
            yield Condition(marker, opening.start, _condition_end(sentence, opening))


def _opens_condition(marker: str, before: str, after: str, sentence: Span, opening: Span) -> bool:
    """Whether the words open a condition here: not "even if", "once again", or "until" without a refusal before it."""
    if marker == "if":
        return before not in words("no-condition-before") and after not in words("no-condition-after")
    if marker == "once":
        return after not in {"again", "more", "a", ","} and opening.end != sentence.end
    if marker == "until":
        return any(
            t.dep_ == "neg" or t.lower_ in {"no", "refuse", "refuses", "refused"}
            for t in sentence[: max(opening.start - sentence.start, 1)]
        )
    return True


def _condition_end(sentence: Span, opening: Span) -> int:
    """Where the condition ends: at the comma before the consequent, or at the end of the sentence."""
    leads = opening.start == sentence.start or sentence.doc[opening.start - 1].text in {",", '"', ":", "that", "."}
    for token in sentence.doc[opening.end : sentence.end]:
        if token.text == "," and (leads or _is_aside(token)):
            rest = sentence.doc[token.i + 1 : sentence.end]
            if any(t.lower_ in MODALS or t.pos_ in VERBAL for t in rest):
                return token.i
    return sentence.end


def _is_aside(comma: Token) -> bool:
    following = comma.doc[comma.i + 1 : comma.i + 4]
    return any(t.lemma_.lower() in words("speech") for t in following)
