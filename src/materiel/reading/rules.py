"""The rules reader: every statement of a document, offline and deterministic."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial

from spacy.tokens import Doc, Token

from materiel.reading.commitments import find_commitments
from materiel.reading.lexicons import actor_finder
from materiel.reading.measures import find_measures
from materiel.reading.pacts import find_pacts, trigger_clause
from materiel.reading.parses import Parse, parser
from materiel.reading.passages import clean
from materiel.reading.resolver import Resolver
from materiel.reading.stances import find_stances
from materiel.reading.threads import Found, Thread
from materiel.reading.topics import complete
from materiel.reading.transfers import find_transfers, read_list_line
from materiel.terms.documents import Document, Role
from materiel.terms.statements import Claim, Pact, Statement, Transfer

VERSION = 1
"""Raised with every change of what the rules find."""


def read_document(document: Document) -> list[Statement]:
    """Every statement of one document, in the order of the text.

    Each quote is the slice ``document.text[start:end]``.
    """
    return next(iter(read_documents([document])))


def read_documents(documents: Iterable[Document]) -> Iterator[list[Statement]]:
    """The statements of each document in turn."""
    for document in documents:
        yield _read(document)


def _read(document: Document) -> list[Statement]:
    resolver = Resolver(document.published_on, document.publisher)
    thread = Thread()
    transfers: list[tuple[Parse, Found]] = []
    others: list[Statement] = []
    texts = [clean(text, start) for start, text in document.stretches(Role.BODY)]
    in_title = [name.payload[0].code for name in actor_finder().find(document.title or "")]
    resolver.memory.introduce(in_title)
    headline = _headline(document, resolver)
    in_list = False
    parties: tuple[str, ...] = ()
    latest_pact: int | None = None
    for cleaned, doc in zip(texts, parser().pipe(each.text for each in texts), strict=True):
        parse = Parse(doc, cleaned)
        if in_list and _is_list_line(doc):
            transfers += [(parse, found) for found in read_list_line(parse, thread)]
            continue
        in_list = cleaned.text.endswith(":")
        for sentence in doc.sents:
            recent = thread.last
            supplies = find_transfers(parse, sentence, resolver, thread, document.published_on)
            transfers += [(parse, found) for found in supplies]
            say = partial(_say, document, parse)
            for pact in find_pacts(parse, sentence, resolver, document.published_on):
                parties = pact.pact.parties
                others.append(say(pact.pact, pact.tokens, pact.rule, None))
                latest_pact = len(others) - 1
            if latest_pact is not None and (clause := trigger_clause(sentence)):
                others[latest_pact] = _with_trigger(others[latest_pact], parse, clause, document)
            for promise in find_commitments(parse, sentence, resolver, supplies, parties):
                others.append(say(promise.commitment, promise.tokens, promise.rule, promise.speaker))
            for stance in find_stances(parse, sentence, resolver, supplies, recent):
                others.append(say(stance.stance, stance.tokens, stance.rule, stance.speaker))
            for measure in find_measures(parse, sentence, resolver, document.published_on):
                others.append(say(measure.measure, measure.tokens, measure.rule, None))
            resolver.finish(parse, sentence)
    everything = headline + [found for _, found in transfers]
    completed = complete(everything, resolver.memory.places, in_title)[len(headline) :]
    statements = [
        _say(document, parse, found.transfer, found.tokens, found.rule, found.speaker)
        for (parse, _), found in zip(transfers, completed, strict=True)
        if found.transfer.supplier != found.transfer.recipient and (found.transfer.supplier or found.transfer.recipient)
    ]
    return _once(sorted([*statements, *others], key=lambda s: (s.start, s.end, s.kind)))


def _with_trigger(statement: Statement, parse: Parse, clause: Iterable[Token], document: Document) -> Statement:
    """The pact with the words that say when it binds; the first such words stay."""
    pact = statement.claim
    if not isinstance(pact, Pact) or pact.trigger is not None:
        return statement
    return replace(statement, claim=replace(pact, trigger=parse.quote(clause, document.text)[2]))


def _headline(document: Document, resolver: Resolver) -> list[Found]:
    """What the title says of supply: no statement of its own, but a hint of who the article is about."""
    if not document.title:
        return []
    cleaned = clean(document.title, 0)
    parse = Parse(parser()(cleaned.text), cleaned)
    return [
        f
        for sentence in parse.doc.sents
        for f in find_transfers(parse, sentence, resolver, Thread(), document.published_on)
    ]


def _say(
    document: Document, parse: Parse, claim: Claim, tokens: Iterable[Token], rule: str, speaker: str | None
) -> Statement:
    start, end, quote = parse.quote(tokens, document.text)
    return Statement(document.id, claim, quote, start, end, f"rules/{rule}@{VERSION}", speaker)


def _is_list_line(doc: Doc) -> bool:
    """Whether the passage is an item of a list, not a sentence: it has no verb that bears a tense."""
    return len(doc) < 60 and not any(token.tag_ in {"VBD", "VBZ", "VBP", "MD"} for token in doc)


def _once(statements: list[Statement]) -> list[Statement]:
    """Each item once a document, however often its text repeats it."""
    kept: dict[object, Statement] = {}
    for statement in statements:
        claim = statement.claim
        key: object = replace(claim, date=None) if isinstance(claim, Transfer) else claim
        kept.setdefault(key, statement)
    return list(kept.values())
