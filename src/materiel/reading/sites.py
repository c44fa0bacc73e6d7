"""Sites: the places of an article where a supply may be told, with all that is known of each.

A site is an anchor that looks like a supply, the parties that may take part, and what speaks for and against them. It
is kept while the article is read; when all is read, each is weighed by itself and then in the company of the others
(:mod:`neighbours`). Which of them are stated is decided in :mod:`weighing`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from spacy.tokens import Span

from materiel.reading.actors import OPEN, Actor
from materiel.reading.anchors import Anchor, find_anchors
from materiel.reading.features import anchor_features, sentence_features
from materiel.reading.findings import FoundTransfer
from materiel.reading.goods import Item
from materiel.reading.neighbours import NOBODY, Company, Impression
from materiel.reading.parses import Parse
from materiel.reading.parties import Party, remembered
from materiel.reading.party_features import ArticleView, article_view, party_features, role_features
from materiel.reading.stage_features import stage_features, wording_features
from materiel.reading.views import SentenceView
from materiel.reading.weights import ALONE, AMONG, Weights, probability, shares, transfer_weights
from materiel.terms.statements import Stage

POSSIBLE = 0.12
"""The chance of a supply under which an anchor is not followed up."""
ROLES = ("supplier", "recipient")


@dataclass(frozen=True)
class Site:
    """An anchor with all that the article had said when it was read.

    Attributes:
        place: the number of its sentence within the document.
        features: the anchor's features.
        told: the stages of the supplies that rules found in the sentences before.
        chance: how likely there is a supply here.
        parties: who may take part, each with its features so far.
        anchors: all that the sentence may have.
        company: what the other sites say for and against a supply here; empty until it has been weighed among them.
    """

    view: SentenceView
    anchor: Anchor
    place: int
    features: tuple[str, ...]
    told: tuple[Stage, ...]
    chance: float
    parties: tuple[tuple[Party, tuple[str, ...]], ...]
    anchors: tuple[Anchor, ...]
    company: tuple[str, ...] = ()

    @property
    def is_alone(self) -> bool:
        """Whether its anchor is the only one of the sentence."""
        return not any(each.token.i != self.anchor.token.i and each.holds for each in self.anchors)

    @cached_property
    def telling(self) -> tuple[str, ...]:
        """The features for its stage and what is asserted of it."""
        return (*self.features, *wording_features(self.view), *stage_features(self.view, self.anchor, self.told))

    @property
    def parse(self) -> Parse:
        return self.view.parse

    @property
    def sentence(self) -> Span:
        return self.view.sentence


def sites_of(
    view: SentenceView,
    before: Sequence[Item],
    found: Sequence[FoundTransfer],
    told: Sequence[Stage] = (),
    *,
    in_list: bool = False,
    possible: float = POSSIBLE,
) -> list[Site]:
    """The anchors of a sentence that may bear a supply.

    Args:
        view: the sentence.
        before: the goods that the article spoke of before it.
        found: the supplies that the rules found in it.
        told: the stages of those that they found before it, in their order.
        in_list: whether it is a line of a list.
        possible: the least chance of a supply to be followed up.
    """
    anchors = find_anchors(view, before, found)
    if not anchors:
        return []
    model, memory = transfer_weights()["supply"], view.resolver.memory.sentences
    named: list[Party] = []
    recalled: list[Party] = []
    sites: list[Site] = []
    of_sentence = list(sentence_features(view, found, in_list=in_list))
    for anchor in anchors:
        features = anchor_features(view, anchor, found, of_sentence)
        chance = probability(model.score(features, ALONE))
        if chance < possible or not anchor.holds:
            continue
        if not sites:
            named = view.parties
            recalled = remembered(memory, named)
        parties = tuple((p, tuple(party_features(view, anchor, p, named))) for p in [*named, *recalled])
        sites.append(Site(view, anchor, len(memory), tuple(features), tuple(told), chance, parties, tuple(anchors)))
    return sites


def with_filled(sites: Sequence[Site], filled: dict[int, FoundTransfer]) -> list[Site]:
    """The same sites, their proposals replaced by those with lacking parties filled, by the id of the object."""
    return [
        replace(site, anchor=replace(site.anchor, proposals=tuple(filled[id(f)] for f in site.anchor.proposals)))
        if site.anchor.proposals
        else site
        for site in sites
    ]


def with_article(
    sites: Sequence[Site], mentioned: Sequence[str], in_title: Sequence[str], completed: Sequence[FoundTransfer]
) -> list[Site]:
    """The same sites with what the whole article says of each party, and the parties that only it names."""
    article = article_view(mentioned, in_title, completed)
    elsewhere = [Party((Actor(code),), source="title") for code in sorted(article.in_title)]
    elsewhere += [Party((Actor(code),), source="later") for code in article.ranks if code not in article.in_title]
    elsewhere.append(Party((OPEN,), source="nobody"))
    return [
        replace(site, parties=_in_article(site, sites[:number], article, elsewhere))
        for number, site in enumerate(sites)
    ]


def _in_article(
    site: Site, before: Sequence[Site], article: ArticleView, elsewhere: Sequence[Party]
) -> tuple[tuple[Party, tuple[str, ...]], ...]:
    last = next((s.anchor.proposals[-1] for s in reversed(before) if s.anchor.proposals and s.place < site.place), None)
    named = {code for party, _ in site.parties for code in party.codes}
    day = site.view.published_on
    others = [party for party in elsewhere if not party.codes & named]
    parties = [*site.parties, *((party, (f"src={party.source}",)) for party in others)]
    return tuple(
        (party, tuple(dict.fromkeys((*own, *role_features(party, site.anchor, site.features, last, article, day)))))
        for party, own in parties
    )


def in_company(sites: Sequence[Site]) -> list[Site]:
    """The same sites, those that are followed up weighed again in view of each other."""
    models, weighed = transfer_weights(), list(sites)
    for number, site in beside_others(sites, models).items():
        chance = probability(models["supply"].score((*site.features, *site.company), AMONG))
        weighed[number] = replace(site, chance=chance)
    return weighed


def beside_others(sites: Sequence[Site], models: Mapping[str, Weights]) -> dict[int, Site]:
    """Those of an article's sites that are followed up, by their number, with what they say of each other.

    Args:
        sites: in the order of the text.
        models: for each role the model that says who has it, for a site by itself.
    """
    followed = {number: site for number, site in enumerate(sites) if site.chance >= POSSIBLE}
    company = Company([_impression(site, models) for site in followed.values()])
    return {number: _beside(site, company, place) for place, (number, site) in enumerate(followed.items())}


def _impression(site: Site, models: Mapping[str, Weights]) -> Impression:
    item = site.anchor.item
    roles = (
        _by_code(site, shares([models[role].score(features, ALONE) for _, features in site.parties])) for role in ROLES
    )
    return Impression(site.place, site.anchor.kind, frozenset(item.classes), item.quantity, site.chance, *roles)


def _beside(site: Site, company: Company, place: int) -> Site:
    found = company.party_features(place, [(party.source, party.codes) for party, _ in site.parties])
    parties = tuple((party, (*own, *new)) for (party, own), new in zip(site.parties, found, strict=True))
    return replace(site, company=tuple(company.site_features(place)), parties=parties)


def _by_code(site: Site, chances: Sequence[float]) -> dict[str, float]:
    """The chance of each actor: the best of the parties that it is one of."""
    found: dict[str, float] = {}
    for (party, _), chance in zip(site.parties, chances, strict=True):
        for code in sorted(party.codes) or [NOBODY]:  # in order, as the first of equals counts
            found[code] = max(found.get(code, 0.0), chance)
    return found
