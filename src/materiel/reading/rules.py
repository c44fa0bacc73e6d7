"""The rules reader: every statement of a document, offline and deterministic."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from spacy.tokens import Doc, Span

from materiel.reading.commitments import find_commitments
from materiel.reading.figure_weighing import may_measure, weighed_measures
from materiel.reading.findings import Finding, FoundTransfer
from materiel.reading.firms import with_firms
from materiel.reading.goods import listed_items
from materiel.reading.holders import Holder, holders
from materiel.reading.lexicons import actor_finder, designation_finder, term_finder
from materiel.reading.measures import find_measures, period_at
from materiel.reading.numbers import Number, numbers
from materiel.reading.outlines import Outline, outlines
from materiel.reading.pact_features import article_actors
from materiel.reading.pact_weighing import WEIGHED, PactSite, chosen, in_article, pact_sites
from materiel.reading.pacts import propose_pacts, trigger_clause
from materiel.reading.parses import Parse, written
from materiel.reading.parties import remembered
from materiel.reading.resolver import Resolver
from materiel.reading.sites import POSSIBLE, Site, in_company, sites_of, with_article, with_filled
from materiel.reading.stage_features import TOLD_BEFORE
from materiel.reading.stance_weighing import weighed_stances
from materiel.reading.stances import find_stances
from materiel.reading.threads import Thread
from materiel.reading.topics import complete
from materiel.reading.transfers import find_transfers, read_list_line
from materiel.reading.views import SentenceView
from materiel.reading.weighing import REPLIES, choices, stated
from materiel.reading.weights import pact_weights
from materiel.terms.documents import Document, Role
from materiel.terms.statements import Claim, Commitment, Measure, Stage, Stance, Statement, Transfer

VERSION = 6
"""Raised with every change of what the rules find."""


_ON_SUPPLY, _ON_SUPPLY_FOR = 0.5, 3
"""How likely a supply must be, and for how many sentences, for "the idea" or "is against" to be about it."""


def read_document(document: Document) -> list[Statement]:
    """Every statement of one document, in the order of the text.

    Each quote is the slice ``document.text[start:end]``.
    """
    return next(iter(read_documents([document])))


def read_documents(documents: Iterable[Document], *, every_passage: bool = False) -> Iterator[list[Statement]]:
    """The statements of each document in turn; they do not depend on the documents beside it.

    Only passages that could hold a statement are parsed (:mod:`prefilter`), or ``every_passage``.
    """
    for outline in outlines(documents, every_passage=every_passage):
        yield statements_of(outline)


def statements_of(outline: Outline) -> list[Statement]:
    """Every statement of an outlined document, in the order of the text."""
    if not outline.is_worth_reading:
        return []
    document, (reading, sites) = outline.document, walk(outline, every_number=False)
    speaks_of_arms = _speaks_of_arms(document)
    statements = [
        replace(_state(document, parse, found), inferred=_inferred(found))
        for parse, found in with_firms(stated(list(choices(in_company(sites))), reading.replies))
        if found.claim.supplier != found.claim.recipient and (speaks_of_arms or not _may_be_civil(found.claim))
    ]
    told = [*statements, *_pacts(reading, document, speaks_of_arms, is_on_supply=bool(statements))]
    # Where no supply is told, what weights alone find of other kinds is seldom about arms.
    others = reading.others if statements else [each for each in reading.others if not each.is_tentative]
    return _once(sorted([*told, *others], key=lambda s: (s.start, s.end, s.kind)))


def walk(outline: Outline, *, possible: float = POSSIBLE, every_number: bool = True) -> tuple[Walk, list[Site]]:
    """Go through a document sentence by sentence: what the rules find in it, and where its supplies may be.

    Args:
        outline: the document.
        possible: the least chance of a supply to be followed up.
        every_number: whether to keep numbers that cannot come to be stated, too.
    """
    document = outline.document
    resolver = Resolver(document.published_on, document.publisher, document.text)
    in_title = [name.payload[0].code for name in actor_finder().find(document.title or "")]
    resolver.memory.introduce(in_title)
    headline = _headline(outline, resolver)
    reading = Walk(document, resolver, possible, every_number=every_number)
    for passage in outline.passages:
        if isinstance(passage, Parse):
            reading.read_passage(passage)
        else:
            reading.skip_passage(passage)
    completed = complete([*headline, *reading.transfers], resolver.memory.places, in_title)[len(headline) :]
    filled = {id(found): full for found, full in zip(reading.transfers, completed, strict=True)}
    sites = with_filled(reading.sites, filled)
    actors = article_actors(resolver.memory.sentences, (found.claim for found in reading.transfers))
    reading.pact_sites = in_article(reading.pact_sites, actors)
    return reading, with_article(sites, resolver.memory.places, in_title, completed)


_CIVIL_TOO = frozenset({"supplies", "technology", "finance", "nonlethal", "nonlethal.medical", "nonlethal.vehicle"})
"""Goods that are materiel only in the company of arms: grain, lorries, loans."""


def _speaks_of_arms(document: Document) -> bool:
    """Whether the body names goods that are arms and nothing else."""
    return any(
        designation_finder().contains_any(text)
        or any(found.payload not in {*_CIVIL_TOO, "parts"} for found in term_finder().find(text))
        for _, text in document.stretches(Role.BODY)
    )


def _may_be_civil(transfer: Transfer) -> bool:
    """Whether the goods may be none of war: grain and loans always, parts where a party is not named."""
    if set(transfer.materiel) <= _CIVIL_TOO:
        return True
    return transfer.materiel == ("parts",) and None in (transfer.supplier, transfer.recipient)


class Walk:
    """What has been found in a document so far, and what carries over from one sentence to the next.

    Attributes:
        transfers: the supplies that the rules found, in the order of the text.
        replies: those of them that hang on words said before, with the passage that they stand in.
        sites: where a supply may be told; they decide (:mod:`weighing`).
        pact_sites: where a pact may be told; so do they (:mod:`pact_weighing`).
        triggers: by the parties of a pact, the words that say when it binds.
        others: the statements of the other kinds.
        holders, numbers: who may take a stance and what may measure something, each with passage and sentence; the
            weights are trained on them.
    """

    def __init__(self, document: Document, resolver: Resolver, possible: float, *, every_number: bool) -> None:
        self.transfers: list[FoundTransfer] = []
        self.replies: list[tuple[Parse, FoundTransfer]] = []
        self.sites: list[Site] = []
        self.others: list[Statement] = []
        self.holders: list[tuple[Parse, Span, Holder]] = []
        self.numbers: list[tuple[Parse, Span, Number]] = []
        self.pact_sites: list[PactSite] = []
        self.triggers: dict[frozenset[str], str] = {}
        self._document, self._resolver, self._possible = document, resolver, possible
        self._every_number = every_number
        self._thread = Thread()
        self._in_list = False
        self._parties: tuple[str, ...] = ()

    def read_passage(self, parse: Parse) -> None:
        if self._in_list and _is_list_line(parse.doc):
            self._read_list_line(parse, parse.doc[:])
            return
        self._in_list = parse.clean.text.endswith(":")
        in_series = False
        for sentence in parse.doc.sents:
            if in_series and _is_list_line(sentence):
                self._read_list_line(parse, sentence)
            else:
                self._read_sentence(parse, sentence)
                in_series = ":" in sentence.text

    def skip_passage(self, passage: str) -> None:
        """Go past a passage that is not worth parsing: its actors are remembered, and a sentence ends a list."""
        self._resolver.skip(passage)
        self._in_list = self._in_list and not passage.rstrip().endswith(".")

    def _read_sentence(self, parse: Parse, sentence: Span) -> None:
        published_on, resolver = self._document.published_on, self._resolver
        recent = self._thread.last
        before = self._thread.items
        view = SentenceView(parse, sentence, resolver, self._thread, published_on)
        supplies = find_transfers(view)
        self.sites += sites_of(view, before, supplies, self._told_before(), possible=self._possible)
        self.transfers += supplies
        self.replies += [(parse, found) for found in supplies if found.rule in REPLIES]
        if not supplies and (spoken_of := listed_items(parse, sentence)):
            self._thread.items = tuple(spoken_of)
        proposed = list(propose_pacts(parse, sentence, resolver, published_on))
        self.pact_sites += pact_sites(view, proposed, published_on)
        if proposed:
            self._parties = proposed[-1][1].claim.parties
        if self._parties and (clause := trigger_clause(sentence)):
            self.triggers.setdefault(frozenset(self._parties), parse.quote(clause, self._document.text)[2])
        bound = list(find_commitments(parse, sentence, resolver, supplies, recent, self._parties))
        self._add(parse, bound)
        self._add(parse, self._stances(view, supplies, recent, [each.claim for each in bound]))
        self._add(parse, self._measures(view, supplies))
        resolver.finish(parse, sentence)

    def _stances(
        self,
        view: SentenceView,
        supplies: Sequence[FoundTransfer],
        recent: Sequence[FoundTransfer],
        bound: Sequence[Commitment],
    ) -> list[Finding[Stance]]:
        """The stances that rules see, and those of other actors that are likely by the weights.

        Who is ``bound`` in answer to a supply takes no further stance on it in the same sentence.
        """
        parse, sentence, is_on_supply = view.parse, view.sentence, self._is_on_supply()
        if not (supplies or recent or parse.good_at or is_on_supply):
            return []
        ruled = find_stances(parse, sentence, self._resolver, supplies, recent, is_on_supply=is_on_supply)
        before = [each.claim for each in recent] or self._resolver.memory.supplies[-1:]
        found = list(holders(parse, sentence, view.parties, supplies, before, self._chance(view)))
        self.holders += [(parse, sentence, holder) for holder in found]
        deeds = [(each.debtor, each.antecedent) for each in bound if each.antecedent.kind == "transfer"]
        answers = {(debtor, deed.supplier, deed.recipient) for debtor, deed in deeds}
        weighed = weighed_stances(sentence, found, ruled, [each.claim for each in supplies] or before)
        return [
            *ruled,
            *(
                each
                for each in weighed
                if (each.claim.holder, each.claim.supplier, each.claim.recipient) not in answers
            ),
        ]

    def _measures(self, view: SentenceView, supplies: Sequence[FoundTransfer]) -> list[Finding[Measure]]:
        """The figures that rules see, and those of other numbers that are likely by the weights."""
        parse, sentence, published_on = view.parse, view.sentence, self._document.published_on
        ruled = find_measures(parse, sentence, self._resolver, published_on, is_on_arms=bool(self.sites))
        if not (self.sites or parse.good_at) or not any(token.like_num for token in sentence):
            return ruled
        named = view.parties
        recalled = remembered(self._resolver.memory.sentences, named)
        may_matter = None if self._every_number else partial(may_measure, ruled=ruled)
        found = list(numbers(view, named, recalled, supplies, self._chance(view), may_matter))
        self.numbers += [(parse, sentence, number) for number in found]
        start = sentence.start_char
        return [
            *ruled,
            *weighed_measures(sentence, found, ruled, lambda t: period_at(sentence, published_on, t.idx - start)),
        ]

    def _chance(self, view: SentenceView) -> float:
        """How likely the sentence just read tells of a supply."""
        return max((site.chance for site in self.sites[-8:] if site.view is view), default=0.0)

    def _is_on_supply(self) -> bool:
        """Whether one of the sentences just read is likely to have told of a supply."""
        read = len(self._resolver.memory.sentences)
        return any(read - site.place <= _ON_SUPPLY_FOR and site.chance >= _ON_SUPPLY for site in self.sites[-8:])

    def _read_list_line(self, parse: Parse, line: Span) -> None:
        """A line under "... includes:"."""
        view = SentenceView(parse, line, self._resolver, self._thread, self._document.published_on)
        found = read_list_line(parse, line, self._thread)
        self.sites += sites_of(view, (), found, self._told_before(), in_list=True, possible=self._possible)
        self.transfers += found

    def _told_before(self) -> list[Stage]:
        return [found.claim.stage for found in self.transfers[-TOLD_BEFORE:]]

    def _add(self, parse: Parse, found: Iterable[Finding[Claim]]) -> None:
        self.others += [_state(self._document, parse, each) for each in found]


def _pacts(reading: Walk, document: Document, speaks_of_arms: bool, *, is_on_supply: bool) -> Iterator[Statement]:
    """The statements of pacts; the first of the same parties bears the words that say when their pact binds.

    In an article that does not name arms, a pact is none of this matter unless a rule says so; in one that tells of no
    supply, neither is a pact on civil things.
    """
    triggers = dict(reading.triggers)
    for choice in chosen(reading.pact_sites, pact_weights()):
        is_near = speaks_of_arms and (is_on_supply or not choice.option.site.is_civil)
        if choice.finding.rule == WEIGHED and not is_near:
            continue
        statement = _state(document, choice.option.site.parse, choice.finding)
        trigger = triggers.pop(choice.option.parties, None)
        yield replace(statement, claim=replace(choice.finding.claim, trigger=trigger))


def _headline(outline: Outline, resolver: Resolver) -> list[FoundTransfer]:
    """What the title says of supply: no statement of its own, but a hint of who the article is about."""
    if outline.title is None:
        return []
    return [
        found
        for sentence in outline.title.doc.sents
        for found in find_transfers(
            SentenceView(outline.title, sentence, resolver, Thread(), outline.document.published_on)
        )
    ]


def _state(document: Document, parse: Parse, found: Finding[Claim]) -> Statement:
    """The statement that a finding amounts to: its words and its speaker as the document writes them."""
    start, end, quote = parse.quote(found.tokens, document.text)
    speaker = written(found.speaker, document.text) if found.speaker is not None else None
    return Statement(document.id, found.claim, quote, start, end, f"rules/{found.rule}@{VERSION}", speaker)


def _inferred(found: FoundTransfer) -> tuple[str, ...]:
    """The parties that the sentence leaves out and the rest of the article supplied."""
    lacking = {"supplier": found.lacks_supplier, "recipient": found.lacks_recipient}
    return tuple(role for role, lacks in lacking.items() if lacks and getattr(found.claim, role) is not None)


def _is_list_line(line: Doc | Span) -> bool:
    """Whether the words are an item of a list, not a sentence: they have no verb that bears a tense."""
    return len(line) < 60 and not any(token.tag_ in {"VBD", "VBZ", "VBP", "MD"} for token in line)


def _once(statements: list[Statement]) -> list[Statement]:
    """Each item once a document, however often its text repeats it."""
    kept: dict[object, Statement] = {}
    for statement in statements:
        claim = statement.claim
        key: object = replace(claim, date=None) if isinstance(claim, Transfer) else claim
        kept.setdefault(key, statement)
    return list(kept.values())
