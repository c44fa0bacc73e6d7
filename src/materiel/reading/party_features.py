"""What is known of a party in view of an anchor, as features: short strings that a trained model weighs.

A feature says how the party's phrase hangs on the word of supply, which preposition leads to it, what the rules made of
it, how often the article names it, and which state it is. A coder who reads "the missiles it sent" knows who sends such
missiles, and so do the weights; what a rule read in so many words is stated all the same (:mod:`weighing`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from materiel.reading.actors import Actor, firm_state
from materiel.reading.anchors import Anchor, Trigger
from materiel.reading.clauses import VERBAL, governors, is_passive, once_a_word, prepositions, subject_of
from materiel.reading.findings import FoundTransfer
from materiel.reading.lexicons import words
from materiel.reading.parties import Party
from materiel.reading.roles import codes
from materiel.reading.views import SentenceView
from materiel.terms.actors import states

_UNDATED = "2024"
"""An article without a date is taken to be of the decade of which most are."""
_BODIES = frozenset({"NATO", "EU", "UN", "G7"})


def party_features(view: SentenceView, anchor: Anchor, party: Party, named: Sequence[Party]) -> Iterator[str]:
    """What the sentence says for and against a party in either role of the supply at the anchor."""
    token = party.token
    yield f"src={party.source}"
    if party.source == "memory":
        bucket = "1" if party.ago == 0 else "2" if party.ago == 1 else "4" if party.ago < 4 else "far"
        yield from (f"ago={bucket}", f"ago.subject={bucket}.{party.was_subject:d}", f"recalled={party.recalled_as}")
    if token is None:
        return
    preposition = governing_preposition(token)
    mention = view.parse.actor_at.get(token.i)
    yield from (f"dep={token.dep_}", f"prep={preposition}", f"kind={mention.kind if mention else token.pos_.lower()}")
    side = "before" if token.i < anchor.token.i else "after"
    distance = abs(token.i - anchor.token.i)
    bucket = "1" if distance < 2 else "3" if distance < 4 else "7" if distance < 8 else "15" if distance < 16 else "far"
    yield from (f"side={side}", f"dist={side}.{bucket}", f"side.prep={side}.{preposition}")
    yield f"path={path(anchor.token, token)}"
    for place, trigger in enumerate(anchor.triggers):
        yield from _trigger_links("b" if place else "t", trigger, party, token, preposition)
    if not anchor.triggers:
        yield f"nt.{side}.{preposition}"
    yield f"own.{tie(anchor.token, token)}"
    low, high = sorted((token.i, anchor.token.i))
    yield f"between={min(sum(1 for p in named if p.token is not None and low < p.token.i < high), 3)}"
    if named[0].token is not None and named[0].token.i == token.i:
        yield "first"
    yield from head_features(view, token, preposition)
    if len(party.actors) > 1:
        yield "joined"


def _trigger_links(name: str, trigger: Trigger, party: Party, token: Token, preposition: str) -> Iterator[str]:
    base, hang = f"{name}.{trigger.predicate.frame}", tie(trigger.token, token)
    yield from (f"{base}.{hang}", f"{name}.{hang}", f"{name}.{trigger.predicate.lemma}.{hang}")
    yield f"{base}.side={'before' if token.i < trigger.token.i else 'after'}.{preposition}"
    yield f"{base}.path={path(trigger.token, token)}"
    if trigger.predicate.frame == "operate":
        yield f"{base}.{trigger.predicate.stage}.{hang}"
    if trigger.roles is not None:
        for role in ("suppliers", "recipients", "via"):
            cast = getattr(trigger.roles, role)
            if party.codes & codes(cast):
                yield from (f"{name}.cast.{role}", f"{base}.cast.{role}")
            elif cast:
                yield f"{name}.cast.other-{role}"


def head_features(view: SentenceView, token: Token, preposition: str) -> Iterator[str]:
    """On what the party's phrase hangs."""
    head = token.head
    if head.pos_ == "VERB":
        yield f"head={head.lemma_.lower()}.{token.dep_}"
        if head.lemma_.lower() in words("speech") and token.dep_ == "nsubj":
            yield "speaks"
    elif head.pos_ == "NOUN" and head.i not in view.parse.actor_at:
        yield f"headnoun={head.lemma_.lower()}"
        if head.i in view.parse.good_at:
            yield f"of-good.{token.dep_}"
    elif head.pos_ == "ADP":
        if head.head.i not in view.parse.actor_at:
            yield f"prephead={preposition}.{head.head.lemma_.lower()}"
        yield f"prepheadpos={preposition}.{head.head.pos_}"


@once_a_word
def governing_preposition(token: Token) -> str:
    above = token
    while above.dep_ in {"conj", "compound", "amod", "poss", "nmod", "appos"} and above.head != above:
        above = above.head
    return above.head.lower_ if above.dep_ in {"pobj", "pcomp"} and above.head.pos_ in {"ADP", "SCONJ", "PART"} else "-"


def tie(trigger: Token, token: Token) -> str:
    """How a phrase hangs on a trigger, constructions aside: subject, object, dative, owner, or by a preposition."""
    top = token
    while top.dep_ in {"conj", "appos"} and top.head != top:
        top = top.head
    owner = top
    while (
        owner.dep_ in {"compound", "amod", "poss", "nmod", "npadvmod"}
        and owner.head != owner
        and owner.head.i != trigger.i
    ):
        owner = owner.head
    if trigger.pos_ in VERBAL or trigger.tag_.startswith("VB"):
        subject = subject_of(trigger)
        passive = "p" if is_passive(trigger) else ""
        if subject is not None and subject.i in {top.i, token.i}:
            return f"{passive}subject"
        if subject is not None and subject.i == owner.i:
            return f"{passive}subject-owner"
    if top.head.i == trigger.i:
        return f"child.{top.dep_}"
    for preposition, end in prepositions(trigger):
        if end.i in {top.i, token.i}:
            return f"prep.{preposition}"
        if end.i == owner.i:
            return f"prep-owner.{preposition}"
    if any(g.i == trigger.i for g in governors(token)):
        return f"below.{governing_preposition(token)}"
    return f"outside.{governing_preposition(token)}"


def path(start: Token, end: Token) -> str:
    ups: dict[int, int] = {start.i: 0}
    labels: list[str] = []
    token = start
    while token.head != token:
        labels.append(token.lower_ if token.pos_ == "ADP" else token.dep_)
        token = token.head
        ups[token.i] = len(labels)
    down: list[str] = []
    token = end
    while token.i not in ups and token.head != token:
        if token.dep_ != "conj":
            down.append(token.lower_ if token.pos_ == "ADP" else token.dep_)
        token = token.head
    if token.i not in ups:
        return "none"
    up = labels[: ups[token.i]]
    if len(up) + len(down) > 7:
        return "long"
    return "^".join(up) + "|" + "/".join(reversed(down))


@dataclass(frozen=True, slots=True)
class ArticleView:
    """What a whole article says of its actors.

    Attributes:
        ranks: the place of each actor by the number of its mentions, from 0.
        in_title: the actors that the title names.
        gives, gets: how often the rules found each actor as supplier and as recipient.
    """

    ranks: Mapping[str, int]
    in_title: frozenset[str]
    gives: Counter[str | None]
    gets: Counter[str | None]


def article_view(mentioned: Sequence[str], in_title: Sequence[str], completed: Sequence[FoundTransfer]) -> ArticleView:
    """The view of an article.

    Args:
        mentioned: codes of the actors mentioned, with repetitions.
        in_title: codes of the actors that the title names.
        completed: the supplies that the rules found in the article, lacking parties filled.
    """
    mentions = Counter(mentioned)
    ranked = sorted(mentions, key=lambda code: (-mentions[code], code))
    return ArticleView(
        {code: rank for rank, code in enumerate(ranked)},
        frozenset(in_title),
        Counter(f.claim.supplier for f in completed if not f.lacks_supplier),
        Counter(f.claim.recipient for f in completed if not f.lacks_recipient),
    )


def role_features(
    party: Party,
    anchor: Anchor,
    own: Sequence[str],
    last: FoundTransfer | None,
    article: ArticleView,
    published_on: str | None,
) -> Iterator[str]:
    """What the whole article says for and against a party in either role.

    Args:
        party: the party.
        anchor: the anchor, its proposals with lacking parties filled.
        own: the anchor's own features.
        last: the supply that the rules found last in the sentences before.
        article: what the article says of its actors.
        published_on: ISO date of the article.
    """
    if not party.codes:
        yield from _open_features(party, anchor, own)
        return
    for proposal in anchor.proposals[:4]:
        claim = proposal.claim
        for role, lacks in (("supplier", proposal.lacks_supplier), ("recipient", proposal.lacks_recipient)):
            if {getattr(claim, role), getattr(claim, f"{role}_name")} & party.codes:
                yield from (f"R.{role}", f"R.{role}.{'filled' if lacks else proposal.rule}")
    code = min(party.codes)
    yield f"D.rank={min(article.ranks.get(code, 9), 4)}"
    if code in article.in_title:
        yield "D.title"
    gave, got = article.gives[code], article.gets[code]
    role = "none" if not gave + got else "gives" if gave > 2 * got else "gets" if got > 2 * gave else "both"
    yield from (f"D.role={role}", f"D.gives={min(gave, 3)}", f"D.gets={min(got, 3)}")
    if last is not None and last.claim.supplier == code:
        yield "L.gives"
    if last is not None and last.claim.recipient == code:
        yield "L.gets"
    if anchor.item.maker == code:
        yield "maker"
    yield f"type={actor_type(party.actors[0])}"
    yield from _state_features(party, anchor, published_on)


def _state_features(party: Party, anchor: Anchor, published_on: str | None) -> Iterator[str]:
    """Which state it is: by itself, with the goods, and with the decade, as who arms whom changes."""
    for state in party.states:
        yield f"state={state}"
        yield from (f"state.{materiel.split('.')[0]}={state}" for materiel in anchor.item.classes[:1])
        yield f"state.lemma={state}.{anchor.token.lemma_.lower()}"
        yield f"state.decade={state}.{(published_on or _UNDATED)[:3]}0s"


def _open_features(party: Party, anchor: Anchor, own: Sequence[str]) -> Iterator[str]:
    """What speaks for a party that the text leaves open."""
    yield from ("open", f"open.{'named' if party.token is not None else 'nobody'}")
    trigger = anchor.triggers[0].predicate if anchor.triggers else None
    yield f"open.t={trigger.frame}.{trigger.stage}" if trigger else "open.t=none"
    yield f"open.kind={anchor.kind}"
    claim = anchor.proposals[0].claim if anchor.proposals else None
    yield f"open.rule={claim.supplier is None:d}{claim.recipient is None:d}" if claim else "open.rule=none"
    yield from (f"open.class={materiel.split('.')[0]}" for materiel in anchor.item.classes[:1])
    yield from (f"open.{each}" for each in own if each.startswith(_OPENNESS))


_OPENNESS = (
    "t.frame", "o.frame", "b.frame", "t.subject", "o.subject", "t.to-actor", "o.to-actor", "t.from-actor",
    "o.from-actor", "t.passive", "o.passive", "sent.actors", "child.prep.actor", "child.det", "sent.found",
    "rule.lacks", "rule.parties", "t.lemma", "o.lemma", "in-list", "dep=", "kind.dep",
)  # fmt: skip
"""Features of an anchor that tell whether it leaves a party open."""


def actor_type(actor: Actor) -> str:
    if actor.code in states():
        return "state"
    if actor.code in _BODIES:
        return "body"
    return "firm" if actor.name or firm_state(actor.code) else "other"
