"""Sentences that answer what was said just before: denials of a claim, refusals of a request."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from materiel.reading.clauses import first_child, is_negated, subject_of
from materiel.reading.findings import FoundTransfer
from materiel.reading.lexicons import words
from materiel.reading.speakers import speaker_phrase
from materiel.reading.views import RECALLING, SentenceView
from materiel.terms.statements import Assertion, Stage


def read_denial(view: SentenceView, verb: Token) -> Iterator[FoundTransfer]:
    """The claims just made, denied by the subject: "Moscow denies it"."""
    if verb.lemma_.lower() not in words("denial") or is_negated(verb) or not view.thread.last:
        return
    objects = [c for c in verb.children if c.dep_ in {"dobj", "ccomp", "xcomp", "pobj", "prep"}]
    recalls = all(c.lower_ in RECALLING or c.lemma_.lower() in words("claim-noun") for c in objects)
    subject = subject_of(verb)
    if not recalls or subject is None:
        return
    for found in view.thread.last:
        if found.claim.assertion is Assertion.STATED:
            yield replace(
                found,
                claim=replace(found.claim, assertion=Assertion.DENIED, date=None),
                tokens=(subject, verb, *objects),
                rule="transfer.denial",
                speaker=speaker_phrase(subject),
            )
    # What has been denied once is not denied again by the next sentence.
    view.thread.last = ()


def read_refusal(view: SentenceView, verb: Token) -> Iterator[FoundTransfer]:
    """The answer to a request or an idea just spoken of, without its object: "Germany refused"."""
    if verb.lemma_.lower() not in words("refusal") or not view.thread.last:
        return
    asked = view.thread.last[-1]
    subject = subject_of(verb)
    has_object = first_child(verb, "dobj", "xcomp", "ccomp", "prep") is not None
    if subject is None or has_object or asked.claim.stage not in {Stage.REQUESTED, Stage.CONSIDERED}:
        return
    for actor in view.actors(subject)[:1]:
        if not actor.is_open and actor.code != asked.claim.recipient:
            refused = replace(
                asked.claim, supplier=actor.code, supplier_name=actor.name, stage=Stage.WITHHELD, date=None
            )
            yield replace(asked, claim=refused, tokens=(subject, verb), rule="transfer.answer", speaker=None)
