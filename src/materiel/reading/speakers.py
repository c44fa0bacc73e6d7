"""Who says it: speakers beside a claim, and the phrase by which a speaker is given."""

from __future__ import annotations

from spacy.tokens import Span, Token

from materiel.reading.clauses import first_child, governors
from materiel.reading.lexicons import words
from materiel.reading.parses import subtree

_CLAUSES = frozenset({"relcl", "acl", "appos", "advcl", "punct", "parataxis"})
_LONGEST = 120
"""A longer phrase is a misparse, not a speaker: its head is given alone."""


def aside_speaker(trigger: Token) -> Token | None:
    """A speaker named beside the claim: ", he said", "according to X"."""
    for above in (trigger, *governors(trigger)):
        for child in above.children:
            if child.dep_ in {"parataxis", "ccomp"} and child.lemma_.lower() in words("speech") and child != trigger:
                speaker = first_child(child, "nsubj")
                if speaker is not None and trigger not in child.subtree:
                    return speaker
            if child.dep_ == "prep" and child.lower_ == "according":
                for to in child.children:
                    if (end := first_child(to, "pobj")) is not None:
                        return end
        if above.dep_ == "relcl":
            return None
    return None


def speaker_phrase(head: Token | None) -> Span | None:
    """The phrase that names the speaker, without what hangs on it as a clause."""
    if head is None:
        return None
    parts = subtree(head, without=_CLAUSES)
    phrase = head.doc[parts[0].i : parts[-1].i + 1]
    return phrase if len(phrase.text) <= _LONGEST else head.doc[head.i : head.i + 1]
