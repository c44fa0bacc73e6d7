"""What is known of an anchor and of a party, as features: short strings that a trained model weighs.

A feature says one thing about the words: how a phrase hangs on the verb of supply, which preposition leads to it, what
the rules made of it, how often the article names it. No feature names a state: who usually arms whom must not
decide what a text says.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from materiel.reading.actors import Actor, firm_state
from materiel.reading.anchors import Anchor, Party, Trigger
from materiel.reading.clauses import (
    VERBAL,
    auxiliaries,
    governors,
    is_negated,
    is_passive,
    objects_of,
    predicate_of,
    prepositions,
    subject_of,
)
from materiel.reading.findings import FoundTransfer
from materiel.reading.lexicons import words
from materiel.reading.parses import Parse
from materiel.reading.roles import codes
from materiel.reading.views import SentenceView
from materiel.reading.voices import voice_of
from materiel.terms.actors import states
from materiel.terms.statements import Stage

# -- features ---------------------------------------------------------------------------------------------------------


def anchor_features(
    view: SentenceView, anchor: Anchor, named: Sequence[Party], found: Sequence[FoundTransfer], *, in_list: bool
) -> list[str]:
    """What speaks for and against a supply at the anchor, and for its stage.

    Args:
        view: the sentence.
        anchor: the anchor.
        named: the parties that the sentence names.
        found: the supplies that the rules found in it.
        in_list: whether it is a line of a list, with no clause to go by.
    """
    return list(
        dict.fromkeys(
            [
                *_own_features(view, anchor),
                *_chain_features(anchor.token),
                *_triggers_features(view, anchor),
                *_window_features(view, anchor.token),
                *_proposal_features(anchor.proposals),
                *(f"other.stage={f.claim.stage}" for f in [f for f in found if f not in anchor.proposals][:2]),
                *_sentence_features(view, named, found, in_list),
            ]
        )
    )


def _sentence_features(
    view: SentenceView, named: Sequence[Party], found: Sequence[FoundTransfer], in_list: bool
) -> Iterator[str]:
    lower = {t.lower_ for t in view.sentence}
    lemmas = {t.lemma_.lower() for t in view.sentence}
    yield f"sent.actors={min(len({p.codes for p in named}), 4)}"
    yield f"sent.found={min(len(found), 2)}"
    yield from (f"sent.has={word}" for word in sorted(_TELLING & lower))
    yield from (f"sent.lemma={word}" for word in sorted(_TELLING_LEMMAS & lemmas))
    if view.sentence.text.rstrip().endswith("?"):
        yield "sent.question"
    if '"' in view.sentence.text:
        yield "sent.quoted"
    if in_list:
        yield "in-list"


_BODIES = frozenset({"NATO", "EU", "UN", "G7"})
_CHAIN, _NEAR_CHAIN = 5, 3
"""Words above an anchor: so many count, and so many of them with their place."""
_TELLING = frozenset(
    {
        "if", "unless", "would", "could", "may", "might", "should", "will", "not", "no", "never", "whether", "unclear",
        "until", "once", "reportedly", "allegedly", "including", "includes", "since", "already", "ready", "under",
        "via", "through", "without", "against", "were", "possible", "planned", "potential", "future", "first", "killed",
        "fired", "attack", "attacked", "struck", "launched", "war", "destroyed", "exercise",
    }
)  # fmt: skip
_TELLING_LEMMAS = frozenset(
    {
        "deny", "claim", "accuse", "warn", "want", "need", "ask", "seek", "refuse", "stop", "halt", "suspend", "cancel",
        "resume", "delay", "ban", "embargo", "consider", "discuss", "negotiate", "plan", "agree", "sign", "order",
        "contract", "announce", "pledge", "promise", "approve", "offer", "deliver", "send", "supply", "provide", "sell",
        "buy", "export", "receive", "produce", "use", "fire", "destroy", "seize", "capture", "intercept", "licence",
        "license", "budget", "package", "reject", "dismiss", "know", "believe", "block", "veto", "test", "launch",
        "deploy", "lose", "operate", "develop", "build", "own",
    }
)  # fmt: skip


def _own_features(view: SentenceView, anchor: Anchor) -> Iterator[str]:
    token, item = anchor.token, anchor.item
    yield from (f"kind={anchor.kind}", f"dep={token.dep_}", f"kind.dep={anchor.kind}.{token.dep_}")
    yield from (f"class={materiel}" for materiel in item.classes[:2])
    yield from (f"top={materiel.split('.')[0]}" for materiel in item.classes[:2])
    yield f"lemma={token.lemma_.lower()}"
    if item.quantity is not None:
        yield "counted"
    if item.maker:
        yield "made"
    for child in token.children:
        if child.dep_ in {"det", "poss", "amod", "neg"}:
            yield f"child.{child.dep_}={child.lower_ if child.dep_ != 'poss' else 'x'}"
        if child.dep_ == "prep":
            yield f"child.prep={child.lower_}"
            if any(end.i in view.parse.actor_at for end in child.children):
                yield f"child.prep.actor={child.lower_}"
        if child.i in view.parse.actor_at:
            yield f"child.actor.{child.dep_}"
        if child.dep_ in {"relcl", "acl"}:
            yield f"child.{child.dep_}={child.lemma_.lower()}"


def _window_features(view: SentenceView, token: Token) -> Iterator[str]:
    """The three words before the anchor's phrase and the three after the anchor."""
    first = max(token.left_edge.i, view.sentence.start)
    for offset in (-3, -2, -1, 1, 2, 3):
        place = (first if offset < 0 else token.i) + offset
        if view.sentence.start <= place < view.sentence.end:
            word = view.parse.doc[place].lower_
            yield f"w{'-' if offset < 0 else '+'}={word}"
            if abs(offset) == 1:
                yield f"w{offset}={word}"


def _triggers_features(view: SentenceView, anchor: Anchor) -> Iterator[str]:
    for place, trigger in enumerate(anchor.triggers):
        own = trigger.token.i == anchor.token.i
        yield from _trigger_features("b" if place else "o" if own else "t", trigger, view.parse)
    if not anchor.triggers:
        yield "t=none"


def _chain_features(token: Token) -> Iterator[str]:
    """The words above the anchor, the nearest first."""
    below = token
    for place, above in enumerate(governors(token)):
        if place >= _CHAIN:
            break
        lemma = above.lemma_.lower()
        yield f"up={lemma}"
        if place < _NEAR_CHAIN:
            yield f"up{place}={lemma}"
            yield f"up{place}.dep={below.dep_}.{above.pos_}"
        if above.pos_ in VERBAL:
            yield from (f"up.aux={word}" for word in sorted(auxiliaries(above)))
            if is_negated(above):
                yield "up.negated"
            yield f"up.tag={above.tag_}"
            if above.dep_ == "advcl":
                yield from (f"up.mark={c.lower_}" for c in above.children if c.dep_ in {"mark", "advmod"})
            if any(c.dep_ == "mark" and c.lower_ in words("conditional-mark") for c in above.children):
                yield "up.conditional"
        below = above
    yield f"root={token.sent.root.lemma_.lower()}"


def _trigger_features(name: str, trigger: Trigger, parse: Parse) -> Iterator[str]:
    token, predicate = trigger.token, trigger.predicate
    yield f"{name}={predicate.pos}.{predicate.frame}.{predicate.stage}"
    for slot in ("lemma", "frame", "stage", "strength"):
        yield f"{name}.{slot}={getattr(predicate, slot)}"
    yield f"{name}.tag={token.tag_}"
    if token.pos_ in VERBAL:
        yield from _verb_features(name, token, parse)
    else:
        yield from (f"{name}.det={child.lower_}" for child in token.children if child.dep_ in {"det", "amod"})
    ends = list(prepositions(token))
    if any(p in {"to", "for", "into"} and end.i in parse.actor_at for p, end in ends):
        yield f"{name}.to-actor"
    if any(p == "from" and end.i in parse.actor_at for p, end in ends):
        yield f"{name}.from-actor"
    if any(end.i in parse.good_at for _, end in ends):
        yield f"{name}.prep-good"
    voice = voice_of(token, Stage(predicate.stage) if predicate.stage != "keep" else Stage.DELIVERED, predicate.frame)
    yield f"{name}.voice={voice.stage}"
    yield f"{name}.assertion={voice.assertion}"
    yield f"{name}.voice={voice.stage}.{predicate.frame}"
    above = next((found for governor in governors(token) if (found := predicate_of(governor)) is not None), None)
    if above is not None:
        yield f"{name}.above={above.frame}.{above.stage}"
        yield f"{name}.pair={predicate.stage}>{above.stage}"


def _verb_features(name: str, verb: Token, parse: Parse) -> Iterator[str]:
    own = sorted(auxiliaries(verb))
    yield from (f"{name}.aux={word}" for word in own)
    yield f"{name}.form={verb.tag_}.{'+'.join(own)}"
    if is_negated(verb):
        yield f"{name}.negated"
    if is_passive(verb):
        yield f"{name}.passive"
    subject = subject_of(verb)
    if subject is None:
        yield f"{name}.subject=none"
    else:
        named = "actor" if subject.i in parse.actor_at else "good" if subject.i in parse.good_at else subject.pos_
        yield f"{name}.subject={named}"
    if any(each.i in parse.good_at for each in objects_of(verb)):
        yield f"{name}.object=good"


def _proposal_features(proposals: Sequence[FoundTransfer]) -> list[str]:
    if not proposals:
        return ["rule=none"]
    first = proposals[0]
    return [
        "rule=some",
        f"rule={first.rule}",
        f"rule.stage={first.claim.stage}",
        f"rule.assertion={first.claim.assertion}",
        f"rule.lacks={first.lacks_supplier:d}{first.lacks_recipient:d}",
        f"rule.parties={first.claim.supplier is not None:d}{first.claim.recipient is not None:d}",
    ]


def party_features(view: SentenceView, anchor: Anchor, party: Party, named: Sequence[Party]) -> Iterator[str]:
    """What the sentence says for and against a party in either role of the supply at the anchor."""
    token = party.token
    yield f"src={party.source}"
    if party.source == "memory":
        bucket = "1" if party.ago == 0 else "2" if party.ago == 1 else "4" if party.ago < 4 else "far"
        yield from (f"ago={bucket}", f"ago.subject={bucket}.{party.was_subject:d}", f"recalled={party.recalled_as}")
    if token is None:
        return
    preposition = _governing_preposition(token)
    mention = view.parse.actor_at.get(token.i)
    yield from (f"dep={token.dep_}", f"prep={preposition}", f"kind={mention.kind if mention else token.pos_.lower()}")
    side = "before" if token.i < anchor.token.i else "after"
    distance = abs(token.i - anchor.token.i)
    bucket = "1" if distance < 2 else "3" if distance < 4 else "7" if distance < 8 else "15" if distance < 16 else "far"
    yield from (f"side={side}", f"dist={side}.{bucket}", f"side.prep={side}.{preposition}")
    yield f"path={_path(anchor.token, token)}"
    for place, trigger in enumerate(anchor.triggers):
        yield from _trigger_links("b" if place else "t", trigger, party, token, preposition)
    if not anchor.triggers:
        yield f"nt.{side}.{preposition}"
    yield f"own.{_link(anchor.token, token)}"
    low, high = sorted((token.i, anchor.token.i))
    yield f"between={min(sum(1 for p in named if p.token is not None and low < p.token.i < high), 3)}"
    if named[0].token is not None and named[0].token.i == token.i:
        yield "first"
    yield from _head_features(view, token, preposition)
    if len(party.actors) > 1:
        yield "joined"


def _trigger_links(name: str, trigger: Trigger, party: Party, token: Token, preposition: str) -> Iterator[str]:
    base, link = f"{name}.{trigger.predicate.frame}", _link(trigger.token, token)
    yield from (f"{base}.{link}", f"{name}.{link}", f"{name}.{trigger.predicate.lemma}.{link}")
    yield f"{base}.side={'before' if token.i < trigger.token.i else 'after'}.{preposition}"
    yield f"{base}.path={_path(trigger.token, token)}"
    if trigger.predicate.frame == "operate":
        yield f"{base}.{trigger.predicate.stage}.{link}"
    if trigger.roles is not None:
        for role in ("suppliers", "recipients", "via"):
            cast = getattr(trigger.roles, role)
            if party.codes & codes(cast):
                yield from (f"{name}.cast.{role}", f"{base}.cast.{role}")
            elif cast:
                yield f"{name}.cast.other-{role}"


def _head_features(view: SentenceView, token: Token, preposition: str) -> Iterator[str]:
    """On what the party's phrase hangs."""
    head = token.head
    if head.pos_ == "VERB":
        yield f"head={head.lemma_.lower()}.{token.dep_}"
        if head.lemma_.lower() in words("speech") and token.dep_ == "nsubj":
            yield "speaks"
    elif head.pos_ == "NOUN":
        yield f"headnoun={head.lemma_.lower()}"
        if head.i in view.parse.good_at:
            yield f"of-good.{token.dep_}"
    elif head.pos_ == "ADP":
        yield f"prephead={preposition}.{head.head.lemma_.lower()}"
        yield f"prepheadpos={preposition}.{head.head.pos_}"


def _governing_preposition(token: Token) -> str:
    above = token
    while above.dep_ in {"conj", "compound", "amod", "poss", "nmod", "appos"} and above.head != above:
        above = above.head
    return above.head.lower_ if above.dep_ in {"pobj", "pcomp"} and above.head.pos_ in {"ADP", "SCONJ", "PART"} else "-"


def _link(trigger: Token, token: Token) -> str:
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
        return f"below.{_governing_preposition(token)}"
    return f"outside.{_governing_preposition(token)}"


def _path(start: Token, end: Token) -> str:
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
    party: Party, anchor: Anchor, own: Sequence[str], last: FoundTransfer | None, article: ArticleView
) -> Iterator[str]:
    """What the whole article says for and against a party in either role.

    Args:
        party: the party.
        anchor: the anchor, its proposals with lacking parties filled.
        own: the anchor's own features.
        last: the supply that the rules found last in the sentences before.
        article: what the article says of its actors.
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
    yield f"type={_type(party.actors[0])}"


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


def _type(actor: Actor) -> str:
    if actor.code in states():
        return "state"
    if actor.code in _BODIES:
        return "body"
    return "firm" if actor.name or firm_state(actor.code) else "other"
