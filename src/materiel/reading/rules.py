"""The rules reader: every statement of a document, offline and deterministic."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from spacy.tokens import Doc

from materiel.reading.actors import Resolver
from materiel.reading.lexicons import actor_finder
from materiel.reading.parses import Parse, parser
from materiel.reading.passages import clean
from materiel.reading.topics import complete
from materiel.reading.transfers import Found, Thread, find_transfers, read_list_line
from materiel.terms.documents import Document, Role
from materiel.terms.statements import Statement, Transfer

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
    texts = [clean(text, start) for start, text in document.stretches(Role.BODY)]
    in_title = [name.payload[0].code for name in actor_finder().find(document.title or "")]
    resolver.introduce(in_title)
    in_list = False
    for cleaned, doc in zip(texts, parser().pipe(each.text for each in texts), strict=True):
        parse = Parse(doc, cleaned)
        if in_list and _is_list_line(doc):
            transfers += [(parse, found) for found in read_list_line(parse, thread)]
            continue
        in_list = cleaned.text.endswith(":")
        for sentence in doc.sents:
            for found in find_transfers(parse, sentence, resolver, thread, document.published_on):
                transfers.append((parse, found))
            resolver.finish(parse, sentence)
    completed = complete([found for _, found in transfers], resolver.mentioned_states(), in_title)
    statements = [_statement(document, parse, found) for (parse, _), found in zip(transfers, completed, strict=True)]
    return _once([s for s in statements if s is not None])


def _is_list_line(doc: Doc) -> bool:
    """Whether the passage is an item of a list, not a sentence: it has no verb that bears a tense."""
    return len(doc) < 60 and not any(token.tag_ in {"VBD", "VBZ", "VBP", "MD"} for token in doc)


def _statement(document: Document, parse: Parse, found: Found) -> Statement | None:
    transfer = found.transfer
    if transfer.supplier == transfer.recipient:
        return None
    start, end, quote = parse.quote(found.tokens, document.text)
    return Statement(document.id, found.transfer, quote, start, end, f"rules/{found.rule}@{VERSION}", found.speaker)


def _once(statements: list[Statement]) -> list[Statement]:
    """Each item once a document, however often its text repeats it."""
    kept: dict[object, Statement] = {}
    for statement in statements:
        claim = statement.claim
        key: object = replace(claim, date=None, unit=None) if isinstance(claim, Transfer) else claim
        kept.setdefault(key, statement)
    return list(kept.values())
