"""Conditions that stand in the sentence before: "In that case ...", "Until then ...", "Otherwise ..."."""

from __future__ import annotations

import re
from functools import cache

from spacy.tokens import Span

from materiel.reading.conditions import Condition, main_verb
from materiel.reading.lexicons import words
from materiel.reading.markers import Sort


@cache
def _opening() -> re.Pattern[str]:
    phrases = sorted(words("condition-recall") | words("condition-recall-until"), key=lambda each: (-len(each), each))
    return re.compile(rf"[\"'(]?(?:and |but |so )?(?P<phrase>{'|'.join(phrases)})\b,?", re.IGNORECASE)


def recalled_condition(sentence: Span) -> Condition | None:
    """The condition that the sentence's first words take up; its antecedent are these words alone."""
    match = _opening().match(sentence.text)
    if match is None:
        return None
    phrase = sentence.doc.char_span(
        sentence.start_char + match.start("phrase"), sentence.start_char + match.end("phrase"), alignment_mode="expand"
    )
    if phrase is None:
        return None
    consequent = tuple(sentence.doc[phrase.end : sentence.end])
    main = main_verb(consequent)
    if main is None:
        return None
    waits = match["phrase"].lower() in words("condition-recall-until")
    return Condition(
        Sort.UNTIL if waits else Sort.IF, match["phrase"].lower(), tuple(phrase), consequent, main, None, phrase.start
    )
