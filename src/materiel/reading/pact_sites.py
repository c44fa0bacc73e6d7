"""Where an article may tell of a pact, and who may be a party to it.

A site is a word that may tell of a pact: a noun ("treaty", "licence"), a verb of agreeing or of making goods. What the
rules of :mod:`pacts` found there is kept with it as a proposal. Whether it tells of one, between whom, of which kind
and how far it has come, :mod:`pact_weighing` decides.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from spacy.tokens import Doc, Span, Token

from materiel.reading.actors import Actor
from materiel.reading.findings import Finding
from materiel.reading.lexicons import words
from materiel.reading.organisations import organisation_name
from materiel.reading.pacts import is_unmade
from materiel.reading.parses import Parse
from materiel.reading.parties import Party, remembered
from materiel.reading.views import SentenceView
from materiel.terms.statements import Pact

_REMEMBERED = 8
"""So many actors of the sentences before may be parties."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may be a party to the pact.

    Attributes:
        code: as a pact's slot takes it: a state's code, a body's, or a firm's name.
        named: each phrase of the sentence that means the candidate; none where only earlier sentences do.
        recalled: the candidate as remembered from a sentence before; None where this one names it.
    """

    code: str
    named: tuple[Party, ...]
    recalled: Party | None = None


@dataclass(frozen=True, slots=True)
class Spot:
    """A word that may tell of a pact, and what the rules made of it."""

    word: Token
    proposals: tuple[Finding[Pact], ...]


def spots(sentence: Span, proposed: Sequence[tuple[Token, Finding[Pact]]]) -> list[Spot]:
    """The words of a sentence that may tell of a pact, in their order."""
    by_word: dict[int, list[Finding[Pact]]] = {}
    for word, finding in proposed:
        by_word.setdefault(word.i, []).append(finding)
    lemmas = {token.lemma_.lower() for token in sentence}
    return [
        Spot(token, tuple(by_word.get(token.i, ())))
        for token in sentence
        if token.i in by_word or _may_tell(token, lemmas)
    ]


def may_tell_of_pact(passage: Doc) -> bool:
    """Whether a word of the passage may tell of a pact."""
    return any(spots(sentence, ()) for sentence in passage.sents)


def _may_tell(token: Token, lemmas: set[str]) -> bool:
    """Whether the word may tell of a pact; verbs do where no noun of the sentence does, or with "jointly"."""
    lemma = token.lemma_.lower().rstrip(".")
    if token.pos_ in {"NOUN", "PROPN"}:
        if lemma in words("pact-name"):
            tells = token.text[0].isupper()
        else:
            tells = lemma in words("pact-noun") or lemma in words("pact-word") or lemma in words("pact-hint")
        is_before_noun = token.dep_ == "compound" and token.head.pos_ in {"NOUN", "PROPN"}
        return tells and not is_before_noun and not is_unmade(token)
    if token.pos_ != "VERB":
        return False
    if lemma in words("pact-hint-verb"):
        return not lemmas & (words("pact-noun") | words("pact-word"))
    if lemma in words("making") or lemma in words("siting"):
        return bool(lemmas & words("joint-cue")) or any(c.lower_ == "with" for c in token.children)
    return False


def candidates(view: SentenceView) -> list[Candidate]:
    """Who may be a party to a pact of this sentence: whom it names, then whom the sentences before have named."""
    parties = [*view.parties, *_unlisted(view.parse, view.sentence)]
    by_code: dict[str, list[Party]] = {}
    for party in parties:
        for actor in party.actors:
            if actor.code is not None:
                by_code.setdefault(actor.code, []).append(party)
    found = [Candidate(code, tuple(named)) for code, named in by_code.items()]
    recalled = remembered(view.resolver.memory.sentences, parties)
    government = view.resolver.government
    near = recalled[:_REMEMBERED]
    codes = {code for party in near for code in party.codes} | by_code.keys()
    found += [Candidate(code, (), party) for party in near for code in sorted(party.codes)]
    if government is not None and government.code is not None and government.code not in codes:
        found.append(Candidate(government.code, (), Party((government,), source="memory", ago=len(recalled))))
    return found


def _may_be_of_a_name(parse: Parse, start: int, token: Token) -> bool:
    """Whether the word is written large, and not only because it begins the sentence, and no vocabulary has it."""
    is_large = token.text[:1].isupper() and (token.i > start or token.pos_ == "PROPN")
    return is_large and token.i not in parse.actor_at and token.i not in parse.good_at


def _unlisted(parse: Parse, sentence: Span) -> Iterator[Party]:
    """Organisations that no vocabulary lists, each by its name as written."""
    if not any(map(partial(_may_be_of_a_name, parse, sentence.start), sentence)):
        return  # named entities cost half a parse
    for token in sentence:
        is_end = token.ent_type_ == "ORG" and (token.i + 1 >= sentence.end or token.nbor().ent_iob_ != "I")
        if not is_end or token.i in parse.actor_at or token.i in parse.good_at:
            continue
        name = organisation_name(token)
        start = token.i
        while start > sentence.start and parse.doc[start].ent_iob_ == "I":
            start -= 1
        if any(place in parse.actor_at for place in range(start, token.i)):
            continue
        lemmas = set(name.lower().split())
        if name[:1].isupper() and not lemmas & (words("pact-noun") | words("pact-name") | words("government-noun")):
            yield Party((Actor(name, name),), token, "organisation")
