"""Weigh what a sentence may say of supply: is it one, how far has it come, who gives and who gets.

The rules propose; the weights decide. Each anchor that looks like a supply is kept with its parties while the article
is read (:mod:`sites`). When all is read, stage, assertion and the pair of parties with the best chance are chosen, and
what stays too unlikely is dropped.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from spacy.tokens import Span, Token

from materiel.reading.amounts import Money
from materiel.reading.assertions import is_judged
from materiel.reading.clauses import VERBAL
from materiel.reading.dyads import dyad_features
from materiel.reading.findings import FoundTransfer
from materiel.reading.parses import Parse, subtree
from materiel.reading.parties import Party
from materiel.reading.repeats import is_same_supply, says_as_much, says_less, settles
from materiel.reading.sites import ROLES, Site
from materiel.reading.speakers import speaker_phrase
from materiel.reading.supplies import between, with_goods
from materiel.reading.voices import voice_of
from materiel.reading.weights import AMONG, Weights, shares, transfer_weights
from materiel.terms.statements import WEIGHED, Assertion, Stage, Transfer

LIKELY = 0.1
"""The chance of supply and parties together under which nothing is stated. This and most chances below were set by
hand, near where F1 of the texts trained on was best when each was read with weights that had not seen it; those for
goods in other company and for a word beside a rule's supply, by ordinary sentences. Lower ones find more, and more of
it is wrong."""
LIKELY_OPEN = 0.3
"""The same where a party stays open: such supplies are oftener none."""
LIKELY_SOFT = 0.3
"""The same for goods that are common in other company: "satellite images suggest", "food prices", "help"."""
SOFT_CLASSES = frozenset({"intelligence", "personnel", "training", "finance", "supplies", "technology"})
LIKELY_ALONE = 0.25
"""The same where goods stand without a word of supply and no party in their phrase: "the price of weapons"."""
LIKELY_BESIDE = 0.25
"""The same for a bare word of supply in a sentence of which a rule has told one."""
LIKELY_LATER = 0.3
"""The same where a party is named only further down."""
LIKELY_STRANGE, STRANGE = 0.5, -0.8
"""The same for a dyad whose weight is below the second: of enemies in arms the one is seldom the other's supplier."""
SURE, FEW_SENTENCES = 0.45, 5
"""An article longer than this must have one supply as likely as this."""
CONTENDERS = 6
"""So many of the likeliest parties are tried for each role."""
OVERRULED = 2.0
"""So many times likelier must another stage be than the one that a rule gave to a supply with both parties."""
PLAIN = frozenset({Stage.DELIVERED, Stage.ORDERED, Stage.PLEDGED})
"""Stages that a word of supply has by itself ("bought"), so that the sentence may say better. The others a rule gives
for words that say so ("may send", "refused to"), and there it is as often right as the weights."""
REPLIES = frozenset({"transfer.denial", "transfer.answer", "transfer.gap", "transfer.share"})
"""Rules whose supplies hang on words said before: a denial, an answer, a clause without its verb."""

Told = tuple[Parse, FoundTransfer]
"""A supply with the passage that it stands in."""


@dataclass(frozen=True)
class Choice:
    """What was chosen at a site, and how sure it is; stage and assertion are weighed when they are asked for.

    Attributes:
        pair_chance: the chance of the pair among all pairs.
    """

    site: Site
    supplier: Party
    recipient: Party
    pair_chance: float

    @cached_property
    def stages(self) -> Mapping[Stage, float]:
        """The chance of each stage."""
        return {Stage(name): chance for name, chance in _chances("stage", self.site.telling).items()}

    @cached_property
    def assertion(self) -> Assertion:
        """The likeliest assertion; what somebody only judges is supposed."""
        if is_judged(self.site.anchor.token):
            return Assertion.HYPOTHETICAL
        chances = _chances("assertion", self.site.telling)
        return Assertion(max(chances, key=lambda name: chances[name]))

    @cached_property
    def known(self) -> float:
        """The weight of the dyad, whatever the text says."""
        return transfer_weights()["dyad"].score(dyad_features(self.supplier, self.recipient))

    @property
    def stage(self) -> Stage:
        """The likeliest stage."""
        return max(self.stages, key=lambda stage: self.stages[stage])

    @property
    def chance(self) -> float:
        """How likely there is a supply between just these parties."""
        return self.site.chance * self.pair_chance


def _pattern(site: Site) -> tuple[Transfer, Span | None]:
    """The claim but for stage, assertion and parties: goods, price, date, way; and who is named as speaker."""
    view, anchor = site.view, site.anchor
    word = anchor.triggers[0].token if anchor.triggers else anchor.token
    via = anchor.triggers[0].roles.via if anchor.triggers and anchor.triggers[0].roles else ()
    money: Money | None = view.money(word, anchor.item, is_only_item=anchor.kind == "sum" or site.is_alone)
    blank = Transfer(None, None, (), Stage.DELIVERED, date=view.date(word), via=next((a.code for a in via), None))
    claim = with_goods(blank, anchor.item, money)
    if anchor.proposals:
        return claim, anchor.proposals[0].speaker
    return claim, speaker_phrase(voice_of(word, Stage.DELIVERED, "supply").speaker)


def choices(sites: Sequence[Site]) -> Iterator[Choice]:
    """What is chosen at each site; none where no two parties fit together."""
    models = transfer_weights()
    beside: dict[tuple[Parse, int], list[FoundTransfer]] = defaultdict(list)
    for site in sites:
        beside[site.parse, site.sentence.start] += site.anchor.proposals
    for site in sites:
        suppliers, recipients = (
            _logarithms(models[role], site, _engaged(site, beside[site.parse, site.sentence.start], role))
            for role in ROLES
        )
        apart = {
            (one, other): suppliers[one] + recipients[other] for one, other in dyads_of(site, suppliers, recipients)
        }
        if apart:
            (one, other), chance = _best_together(site, apart, models["dyad"])
            yield Choice(site, site.parties[one][0], site.parties[other][0], chance)


def dyads_of(site: Site, suppliers: Mapping[int, float], recipients: Mapping[int, float]) -> list[tuple[int, int]]:
    """The likeliest suppliers with the likeliest recipients, by their numbers; nobody is both.

    Args:
        site: whose parties they are.
        suppliers: the logarithm of the chance of each party to be the supplier, by its number.
        recipients: the same for the recipient.
    """
    return [
        (one, other)
        for one in _likeliest(suppliers)
        for other in _likeliest(recipients)
        if not site.parties[one][0].codes & site.parties[other][0].codes
    ]


def _best_together(site: Site, apart: Mapping[tuple[int, int], float], model: Weights) -> tuple[tuple[int, int], float]:
    """The likeliest dyad and its chance, once what is known of dyads has shifted the chances among them."""
    parties = [party for party, _ in site.parties]
    known = [model.score(dyad_features(parties[one], parties[other])) for one, other in apart]
    chances = shares([chance + weight for chance, weight in zip(apart.values(), known, strict=True)])
    best, (one, other) = max(zip(chances, ((-one, -other) for one, other in apart), strict=True))
    return (-one, -other), best * sum(map(math.exp, apart.values()))


def _likeliest(logarithms: Mapping[int, float]) -> list[int]:
    return sorted(logarithms, key=lambda place: (-logarithms[place], place))[:CONTENDERS]


def _logarithms(model: Weights, site: Site, engaged: frozenset[int]) -> dict[int, float]:
    """The logarithm of the chance of each party to have a role, by its number; without those engaged otherwise."""
    free = [number for number, (party, _) in enumerate(site.parties) if not (party.token and party.token.i in engaged)]
    chances = shares([model.score(site.parties[number][1], AMONG) for number in free])
    return {number: math.log(chance) for number, chance in zip(free, chances, strict=True)}


def _engaged(site: Site, beside: Iterable[FoundTransfer], role: str) -> frozenset[int]:
    """The words that take part in a supposed supply of the sentence, where the rules saw all but this role of this one.

    "It has refrained from selling any, so as not to give Quito a reason to arm Lima": neither city is the recipient.
    """
    own = site.anchor.proposals
    if not own or not all(each.lacks_supplier if role == "supplier" else each.lacks_recipient for each in own):
        return frozenset()
    mine = {token.i for each in own for token in each.tokens}
    supposed = [each for each in beside if each.claim.assertion is Assertion.HYPOTHETICAL and names_both(each)]
    return frozenset(token.i for each in supposed for token in each.tokens) - mine


def _chances(of: str, features: Sequence[str]) -> dict[str, float]:
    model = transfer_weights()[of]
    return dict(zip(model.outcomes, shares(model.scores(features)), strict=True))


def stated(chosen: Sequence[Choice], replies: Sequence[tuple[Parse, FoundTransfer]] = ()) -> list[Told]:
    """The supplies that are likely enough, each once: first those of which a rule saw both parties, then the likeliest.

    Args:
        chosen: what was chosen at each site.
        replies: supplies that rules found between sentences or clauses (:data:`REPLIES`), which no anchor bears.
    """
    surest: dict[int, tuple[Choice, FoundTransfer]] = {}
    for choice in chosen:
        for found in filter(names_both, choice.site.anchor.proposals):
            known = surest.get(id(found))
            if known is None or choice.site.chance > known[0].site.chance:
                surest[id(found)] = choice, found
    ruled = [each for each in replies if names_both(each[1])]
    ruled += [(choice.site.parse, _corrected(found, choice)) for choice, found in surest.values()]
    kept: list[Told] = list(ruled)
    if not ruled and not is_on_supply(chosen):
        return []
    for choice in sorted(chosen, key=lambda c: -c.chance):
        if choice.chance < needed(choice) or any(map(names_both, choice.site.anchor.proposals)):
            continue
        is_open = not choice.supplier.codes or not choice.recipient.codes
        if _is_heading(choice.site.sentence) or (is_open and _is_supposed(choice)):
            continue
        for found in _supplies(choice):
            vague = next((number for number, (_, other) in enumerate(kept) if says_less(other, found)), None)
            if vague is not None:
                kept[vague] = (choice.site.parse, found)
                continue
            if any(says_as_much(other, found, choice.site.anchor.kind) for _, other in kept):
                continue
            if not any(settles(other, found, choice.site.anchor, choice.site.sentence) for _, other in ruled):
                kept.append((choice.site.parse, found))
    return kept


def _corrected(found: FoundTransfer, choice: Choice) -> FoundTransfer:
    """What a rule found, with the stage that is chosen where the rule's is plain and much less likely."""
    told = found.claim.stage
    if told in PLAIN and choice.stages[choice.stage] > OVERRULED * choice.stages[told]:
        return replace(found, claim=replace(found.claim, stage=choice.stage))
    return found


def is_on_supply(chosen: Sequence[Choice]) -> bool:
    """Whether an article tells of supply at all: of more than a few sentences one supply must be quite sure.

    Shells fall and rifles are banned in articles that supply nobody; there every choice is a poor one.
    """
    is_long = max((choice.site.place for choice in chosen), default=0) > FEW_SENTENCES
    return not is_long or any(
        choice.chance >= max(SURE, needed(choice)) or any(map(names_both, choice.site.anchor.proposals))
        for choice in chosen
    )


def needed(choice: Choice) -> float:
    """The chance under which a choice is not stated."""
    parties, site = (choice.supplier, choice.recipient), choice.site
    if choice.known < STRANGE:
        return LIKELY_STRANGE
    if not site.anchor.triggers and "in-list" not in site.features:
        phrase = {token.i for token in subtree(site.anchor.token)}
        if not any(party.token is not None and party.token.i in phrase for party in parties):
            return LIKELY_ALONE
    if any(party.source == "later" for party in parties):
        return LIKELY_LATER
    if set(site.anchor.item.classes) <= SOFT_CLASSES:
        return LIKELY_SOFT
    if site.anchor.kind == "predicate" and "rule=none" in site.features and "sent.found=0" not in site.features:
        return LIKELY_BESIDE
    return LIKELY if all(party.codes for party in parties) else LIKELY_OPEN


def _is_heading(sentence: Span) -> bool:
    """Whether it is a word or three without a verb: "Shells" above an article on them says nothing yet."""
    return len(sentence) <= 3 and not any(token.pos_ in VERBAL for token in sentence)


def _is_supposed(choice: Choice) -> bool:
    """Whether it is supposed only, and even the goods are those of another sentence."""
    return choice.site.anchor.item.is_recalled and choice.assertion is Assertion.HYPOTHETICAL


def names_both(found: FoundTransfer) -> bool:
    """Whether the sentence itself names both parties, or for the supplier has unnamed others beside a named one."""
    named = (found.claim.supplier is not None or found.by_others) and found.claim.recipient is not None
    return named and not found.lacks_supplier and not found.lacks_recipient


def _supplies(choice: Choice) -> Iterator[FoundTransfer]:
    site, anchor = choice.site, choice.site.anchor
    named = [party.token for party in (choice.supplier, choice.recipient) if party.token is not None]
    tokens: tuple[Token, ...] = (anchor.token, *(t.token for t in anchor.triggers[:1]), *named)
    blank, speaker = _pattern(site)
    pattern = replace(blank, stage=choice.stage, assertion=choice.assertion)
    for supplier in choice.supplier.actors:
        for recipient in choice.recipient.actors:
            if supplier.code is not None and supplier.code == recipient.code:
                continue
            claim = between(pattern, supplier, recipient)
            agreeing = next((p for p in anchor.proposals if is_same_supply(p.claim, claim)), None)
            yield FoundTransfer(
                claim,
                tuple({t.i: t for t in (*tokens, *(agreeing.tokens if agreeing else ()))}.values()),
                agreeing.rule if agreeing else WEIGHED,
                speaker,
                lacks_supplier=choice.supplier.token is None,
                lacks_recipient=choice.recipient.token is None,
                trigger=anchor.triggers[0].token.i if anchor.triggers else anchor.token.i,
                maker=anchor.item.maker,
            )
