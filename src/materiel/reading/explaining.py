"""Explain a reading: for each sentence which rule fired, how each party was found, and what was missing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from materiel.reading.outlines import outlines
from materiel.reading.parses import Parse, written
from materiel.reading.parties import Party
from materiel.reading.rules import statements_of, walk
from materiel.reading.sites import POSSIBLE, ROLES, in_company
from materiel.reading.weighing import (
    SURE,
    Choice,
    choices,
    is_on_supply,
    names_both,
    needed,
)
from materiel.reading.weights import AMONG, transfer_weights
from materiel.terms.documents import Document
from materiel.terms.explanations import Explanation, Look, Resolution
from materiel.terms.statements import Statement

REASONS = 4
"""How many features are shown for a look."""
LOOKS = 3
"""How many looks are shown for a sentence of which nothing was stated, the likeliest."""


def explain(document: Document) -> list[Explanation]:
    """The sentences of which something was stated or that have words of supply, in the order of the text."""
    (outline,) = outlines([document])
    if not outline.is_worth_reading:
        return []
    statements = statements_of(outline)
    _, sites = walk(outline, possible=0.0)
    by_sentence: defaultdict[tuple[int, int], list[Look]] = defaultdict(list)
    chosen = list(choices(in_company(sites)))
    is_silent = not is_on_supply([choice for choice in chosen if choice.site.chance >= POSSIBLE])
    for choice in chosen:
        by_sentence[_span(choice)].append(_look(choice, document, is_silent=is_silent))
    spans = [
        parse.clean.span(sentence.start_char, sentence.end_char)
        for parse in outline.passages
        if isinstance(parse, Parse)
        for sentence in parse.doc.sents
        if sentence.text.strip()
    ]
    return [
        Explanation(
            " ".join(document.text[start:end].split()), told, _worth_showing(by_sentence[start, end], bool(told))
        )
        for start, end in spans
        if (told := _within(statements, start, end)) or by_sentence[start, end]
    ]


def _worth_showing(looks: Sequence[Look], is_told: bool) -> tuple[Look, ...]:
    """The likeliest looks where nothing was stated; otherwise those that were followed up."""
    likeliest = sorted(looks, key=lambda look: -look.chance)[:LOOKS]
    return tuple(look for look in looks if (look.stage is not None if is_told else look in likeliest))


def _span(choice: Choice) -> tuple[int, int]:
    sentence = choice.site.sentence
    return choice.site.parse.clean.span(sentence.start_char, sentence.end_char)


def _within(statements: Sequence[Statement], start: int, end: int) -> tuple[Statement, ...]:
    return tuple(statement for statement in statements if start <= statement.start < end)


def _look(choice: Choice, document: Document, *, is_silent: bool) -> Look:
    site, anchor = choice.site, choice.site.anchor
    words = tuple(dict.fromkeys([anchor.token.text, *(t.token.text for t in anchor.triggers)]))
    rules = tuple(dict.fromkeys(found.rule for found in anchor.proposals))
    parties = tuple(
        _resolution(role, party, choice, document)
        for role, party in (("supplier", choice.supplier), ("recipient", choice.recipient))
    )
    followed = site.chance >= POSSIBLE
    return Look(
        words,
        rules,
        site.chance,
        choice.stage.value if followed else None,
        choice.assertion.value if followed else None,
        parties if followed else (),
        tuple(_known(choice)) if followed else (),
        tuple(_reasons(site.features)),
        _missing(choice) or (f"no supply of the article is sure enough (needs {SURE:.2f})" if is_silent else None),
    )


def _resolution(role: str, party: Party, choice: Choice, document: Document) -> Resolution:
    codes = tuple(sorted(party.codes))
    if party.token is not None:
        parse = choice.site.parse
        mention = parse.actor_at.get(party.token.i)
        span = parse.doc[mention.start : mention.end] if mention else parse.doc[party.token.i : party.token.i + 1]
        how = f"named here ({mention.kind})" if mention else "a pronoun" if party.token.pos_ == "PRON" else "described"
        return Resolution(role, codes, written(span, document.text), how)
    if party.source == "memory":
        ago = "the sentence before" if party.ago == 0 else f"{party.ago + 1} sentences before"
        return Resolution(role, codes, None, f"named {ago}")
    how = {"title": "named in the title", "later": "named further down"}.get(party.source, "left open")
    return Resolution(role, codes, None, how)


def _known(choice: Choice) -> Iterator[tuple[str, float]]:
    """What the weights know of the chosen states whatever the text says."""
    models = transfer_weights()
    for role, party in zip(ROLES, (choice.supplier, choice.recipient), strict=True):
        features = next(features for each, features in choice.site.parties if each is party)
        yield role, models[role].score([feature for feature in features if feature.startswith("state")], AMONG)
    yield "together", choice.known


def _reasons(features: Sequence[str]) -> Iterator[tuple[str, float]]:
    weights = transfer_weights()["supply"].of
    known = [(weights[feature][0], feature) for feature in set(features) if feature in weights]
    ranked = sorted(known, key=lambda each: (-abs(each[0]), each[1]))
    return ((feature, weight) for weight, feature in ranked[:REASONS])


def _missing(choice: Choice) -> str | None:
    """Why the choice is not stated; None where it is likely enough or a rule saw both parties."""
    site = choice.site
    if any(map(names_both, site.anchor.proposals)) and site.chance >= POSSIBLE:
        return None
    if site.chance < POSSIBLE:
        return f"a supply is unlikely here ({site.chance:.2f}, needs {POSSIBLE:.2f})"
    if choice.chance >= needed(choice):
        return None
    who = " and ".join(
        role for role, party in (("supplier", choice.supplier), ("recipient", choice.recipient)) if party.token is None
    )
    lacks = f"the sentence names no {who}" if who else "it is not clear who supplies whom"
    return f"{lacks} ({choice.chance:.2f}, needs {needed(choice):.2f})"
