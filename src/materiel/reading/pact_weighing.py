"""Weigh what a sentence may say of a pact: does it tell of one, between whom, of which kind, how far has it come.

The rules propose; the weights decide. A rule that saw every party in the sentence is believed unless the weights are
all but sure that it errs. Whom a rule recalled from sentences before, and words of which no rule made anything, the
weights judge by themselves, once the whole article is known.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Span, Token

from materiel.reading.findings import Finding
from materiel.reading.pact_features import (
    UNMARTIAL,
    ArticleActors,
    article_features,
    candidate_features,
    telling_features,
    together_features,
    unnamed_features,
    word_features,
)
from materiel.reading.pact_sites import Candidate, Spot, candidates, spots
from materiel.reading.pact_terms import is_bare, pact_date, proper_name
from materiel.reading.parses import Parse
from materiel.reading.views import SentenceView
from materiel.reading.weights import Weights, probability
from materiel.terms.statements import Pact, PactKind, PactStatus

WEIGHED = "pact.weighed"
"""The rule of a pact that no rule saw with these parties."""
LIKELY = 0.3
"""The chance under which nothing is stated. This and the numbers below were set by hand, on texts that the weights had
not seen; they may be changed a good deal before it shows."""
LIKELY_RULED, LIKELY_RECALLED = 0.01, 0.08
"""The same where a rule saw the pact: with every party in the sentence, or with one recalled."""
LIKELY_AGAIN = 0.3
"""The same for a second pact between the parties of a likelier one, of another kind or status."""
PARTY = 0.5
"""The chance from which somebody is a party; the two likeliest are parties in any case."""
_TOPICAL = 3
"""So many of the states that the article names most may be parties where they have not been named before."""

People = tuple[tuple[Candidate, tuple[str, ...]], ...]
"""Who may be a party, each with its features."""


@dataclass(frozen=True, slots=True)
class PactSite:
    """A word that may tell of a pact, with all that the article had said when it was read.

    Attributes:
        people: who may be a party.
        features: the word's own features.
        telling: the features for the pact's kind and status.
    """

    parse: Parse
    sentence: Span
    spot: Spot
    date: str | None
    people: People
    features: tuple[str, ...]
    telling: tuple[str, ...]

    @property
    def is_civil(self) -> bool:
        """Whether the rules take it for a pact on other things than arms: on fish, on trade."""
        return UNMARTIAL in self.telling


@dataclass(frozen=True, slots=True)
class Option:
    """Parties that a pact may have at a site.

    Attributes:
        proposal: the rule's finding with just these parties; None where the weights found them.
        features: those of the site and of the parties together, for whether it is a pact at all.
    """

    site: PactSite
    parties: frozenset[str]
    proposal: Finding[Pact] | None
    features: tuple[str, ...]

    @property
    def is_named(self) -> bool:
        """Whether the sentence names every party."""
        named = {candidate.code for candidate, _ in self.site.people if candidate.named}
        return self.parties <= named


def pact_sites(
    view: SentenceView, proposed: Sequence[tuple[Token, Finding[Pact]]], published_on: str | None
) -> list[PactSite]:
    """The words of a sentence that may tell of a pact.

    Args:
        view: the sentence.
        proposed: what the rules found in it, each with its word.
        published_on: the day of the article.
    """
    found = spots(view.sentence, proposed)
    people = candidates(view) if found else []
    if not people:
        return []
    number = len(view.resolver.memory.sentences)
    sites = []
    for spot in found:
        date = pact_date(spot.word, view.sentence, published_on)
        parties = tuple((each, tuple(dict.fromkeys(candidate_features(view, spot, each, people)))) for each in people)
        features = tuple(dict.fromkeys(word_features(view, spot, date, number=number)))
        telling = tuple(dict.fromkeys(telling_features(view, spot, date, published_on)))
        sites.append(PactSite(view.parse, view.sentence, spot, date, parties, features, telling))
    return sites


def in_article(sites: Sequence[PactSite], actors: ArticleActors) -> list[PactSite]:
    """The same sites with what the whole article says of each party, and the states that it names most."""
    return [replace(site, people=tuple(_in_article(site, actors))) for site in sites]


def _in_article(site: PactSite, actors: ArticleActors) -> Iterator[tuple[Candidate, tuple[str, ...]]]:
    crowd = sum(1 for candidate, _ in site.people if candidate.named)
    known = {candidate.code for candidate, _ in site.people}
    for candidate, features in site.people:
        yield candidate, (*features, *article_features(actors, candidate, crowd))
    for code in actors.states[:_TOPICAL]:
        if code not in known:
            candidate = Candidate(code, ())
            unnamed = unnamed_features(site.spot, crowd)
            yield candidate, (*unnamed, *article_features(actors, candidate, crowd))


def options(site: PactSite, party: Weights) -> list[Option]:
    """The parties of the pacts that the site may tell of: those of the rules, or those that are likelier."""
    chances = {candidate.code: probability(party.score(features)) for candidate, features in site.people}
    ruled = [_option(site, chances, frozenset(each.claim.parties), each) for each in site.spot.proposals]
    mine = _likeliest(chances)
    if named := [each for each in ruled if each.is_named]:
        return named
    if len(mine) < 2 or (ruled and max(_fit(chances, each.parties) for each in ruled) >= _fit(chances, mine)):
        return ruled
    return [_option(site, chances, mine, None)]


def _option(
    site: PactSite, chances: Mapping[str, float], parties: frozenset[str], proposal: Finding[Pact] | None
) -> Option:
    inside = [chance for code, chance in chances.items() if code in parties] or [0.0]
    outside = [chance for code, chance in chances.items() if code not in parties]
    together = together_features(inside, outside, site.spot, parties)
    return Option(site, parties, proposal, (*site.features, *together))


def _likeliest(chances: Mapping[str, float]) -> frozenset[str]:
    ranked = sorted(chances, key=lambda code: (-chances[code], code))
    return frozenset([code for code in ranked if chances[code] >= PARTY] if _has_two(chances) else ranked[:2])


def _has_two(chances: Mapping[str, float]) -> bool:
    return sum(chance >= PARTY for chance in chances.values()) >= 2


def _fit(chances: Mapping[str, float], parties: frozenset[str]) -> float:
    """The logarithm of the chance that just these are parties."""
    return sum(math.log(max(c if code in parties else 1 - c, 1e-9)) for code, c in chances.items())


@dataclass(frozen=True, slots=True)
class PactChoice:
    """A pact as chosen, and how sure it is."""

    option: Option
    finding: Finding[Pact]
    chance: float


def chosen(sites: Sequence[PactSite], models: Mapping[str, Weights]) -> list[PactChoice]:
    """The pacts that are likely enough, each once by parties, kind and status, in the order of the text.

    Args:
        sites: those of an article, with what it says as a whole (:func:`in_article`).
        models: those of :data:`materiel.reading.weights.PACT_MODELS`.
    """
    found = []
    for site in sites:
        for option in options(site, models["party"]):
            chance = probability(models["pact"].score(option.features))
            if chance >= _needed(option):
                found.append(PactChoice(option, _finding(option, models), chance))
    kept: list[PactChoice] = []
    # The sort is stable, so that of two equally likely ones the first of the text stays.
    for choice in sorted(found, key=lambda each: (not _is_plain(each), -each.chance)):
        same = [each for each in kept if each.option.parties == choice.option.parties]
        if all(_is_another(choice, each) for each in same):
            kept.append(choice)
    return [choice for choice in found if any(choice is each for each in kept)]


def _is_plain(choice: PactChoice) -> bool:
    """Whether a rule saw a word for a pact with all its parties: it says more than a word for joint work."""
    return choice.option.is_named and choice.finding.rule == "pact.noun"


def _is_another(choice: PactChoice, other: PactChoice) -> bool:
    """Whether the pact is not the likelier one between the same parties, told again."""
    site, before = choice.option.site, other.option.site
    word, name = site.spot.word, proper_name(site.spot.word)
    if name is not None and name != proper_name(before.spot.word):
        return bool(site.spot.proposals)
    if site.sentence == before.sentence:
        return False
    if is_bare(word) and any(child.lower_ in {"the", "this", "that"} for child in word.children):
        return False
    one, two = choice.finding.claim, other.finding.claim
    return choice.chance >= LIKELY_AGAIN and (one.pact, one.status) != (two.pact, two.status)


def _needed(option: Option) -> float:
    if option.proposal is None:
        return LIKELY
    return LIKELY_RULED if option.is_named else LIKELY_RECALLED


def _finding(option: Option, models: Mapping[str, Weights]) -> Finding[Pact]:
    site, proposal = option.site, option.proposal
    if proposal is not None:
        return proposal
    kind, status = _best(models["kind"], site.telling), _best(models["status"], site.telling)
    pact = Pact(tuple(sorted(option.parties)), PactKind(kind), PactStatus(status), site.date)
    return Finding(pact, tuple(_words_of(option)), WEIGHED)


def _best(model: Weights, features: Sequence[str]) -> str:
    """The likeliest outcome; the first of equal ones."""
    scores = model.scores(features)
    return model.outcomes[scores.index(max(scores))]


def _words_of(option: Option) -> Iterator[Token]:
    """The pact's word and, of each party, the phrase of the sentence that stands nearest to it."""
    word = option.site.spot.word
    yield word
    for candidate, _ in option.site.people:
        phrases = [party.token for party in candidate.named if party.token is not None]
        if candidate.code in option.parties and phrases:
            yield min(phrases, key=lambda token: (abs(token.i - word.i), token.i))
