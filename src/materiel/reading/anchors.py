"""Anchors: the words of a sentence that may bear a supply, with everything a judgement on them can go by.

An anchor is materiel, a word of supply, a bare number or a sum of money. For each anchor the parties that may take
part are gathered: those the sentence names or describes, and those the article has been speaking of. What is known
of an anchor and of a party is written down as features, short strings that a trained model weighs
(:mod:`materiel.reading.model`). Nothing is decided here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Span, Token

from materiel.reading.actors import OPEN, Actor, firm_state
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
from materiel.reading.goods import Item, items_of
from materiel.reading.lexicons import Predicate, words
from materiel.reading.memory import Recalled
from materiel.reading.noun_roles import noun_roles
from materiel.reading.parses import Parse
from materiel.reading.roles import Roles, codes
from materiel.reading.verb_roles import verb_roles
from materiel.reading.views import SentenceView
from materiel.reading.voices import voice_of
from materiel.terms.actors import states
from materiel.terms.statements import Stage

_PREMODIFYING = frozenset({"compound", "amod", "nmod", "poss", "nummod", "quantmod"})
_FARTHEST = 6
"""Words above an anchor that are looked at."""


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word of supply near an anchor, and what the lexicon says of it."""

    token: Token
    predicate: Predicate


@dataclass(slots=True)
class Party:
    """Who may be supplier or recipient: one actor, or several that the sentence joins by "and".

    Attributes:
        actors: never empty; open actors ("allies") have no code.
        token: head of the phrase that names them; None where the sentence does not.
    """

    actors: tuple[Actor, ...]
    token: Token | None
    features: list[str] = field(default_factory=list)

    @property
    def key(self) -> frozenset[str | None]:
        return frozenset(actor.code for actor in self.actors)


@dataclass(slots=True)
class Anchor:
    """A word that may bear a supply.

    Attributes:
        kind: ``good``, ``predicate``, ``number`` or ``sum``.
        items: what would be supplied.
        proposals: the supplies that the rules found here.
        triggers: the nearest word of supply above or at the anchor, then one below it.
        sentence_place: number of the sentence within the document.
    """

    parse: Parse
    sentence: Span
    token: Token
    kind: str
    items: tuple[Item, ...]
    proposals: tuple[FoundTransfer, ...]
    triggers: tuple[Trigger, ...]
    date: str | None
    sentence_place: int = 0
    features: list[str] = field(default_factory=list)
    parties: list[Party] = field(default_factory=list)


def anchors_of(
    view: SentenceView, before: Sequence[Item], found: Sequence[FoundTransfer], *, in_list: bool = False
) -> list[Anchor]:
    """The anchors of a sentence, in its order.

    Args:
        view: the sentence.
        before: the goods that the article spoke of before this sentence.
        found: the supplies that the rules found in it.
        in_list: whether it is a line of a list, with no clause to go by.
    """
    anchors: list[Anchor] = []
    covered: set[int] = set()
    for token, kind, items in _places(view, before):
        if token.i in covered:
            continue
        covered.add(token.i)
        triggers = _triggers(token)
        mine = tuple(f for f in found if _is_about(f, token, kind, items))
        anchors.append(
            Anchor(view.parse, view.sentence, token, kind, tuple(items), mine, triggers, view.date(token))
        )
    if not anchors:
        return []
    parties = _parties(view)
    castings = _castings(view, anchors)
    for anchor in anchors:
        cast = castings.get(anchor.token.i)
        if anchor.kind == "predicate" and cast is not None and cast.items:
            anchor.items = (cast.items[0],)
    flags = _sentence_features(view, parties, found)
    if in_list:
        flags.append("in-list")
    for anchor in anchors:
        anchor.features = [*_anchor_features(view, anchor, found), *flags]
        anchor.parties = [
            Party(party.actors, party.token, _party_features(view, anchor, party, parties, castings)) for party in parties
        ]
    return anchors


# -- where ------------------------------------------------------------------------------------------------------------


def _places(view: SentenceView, before: Sequence[Item]) -> Iterator[tuple[Token, str, list[Item]]]:
    parse = view.parse
    seen: set[int] = set()
    sums = view.sums
    for token in view.sentence:
        if token.i in parse.good_at:
            mention = parse.good_at[token.i]
            if token.i != mention.end - 1 and mention.end - 1 < view.sentence.end:
                continue
            head = _phrase_head(parse, token)
            if head.i in seen:
                continue
            items = [item for item in items_of(parse, head) if item.head.i == head.i] or [
                Item((mention.materiel,), None, None, mention.maker, token)
            ]
            seen.update((head.i, token.i))
            yield head, "good", items[:1]
            continue
        if any(each.start <= token.idx < each.end for each in sums):
            first = next(each for each in sums if each.start <= token.idx < each.end)
            if token.idx <= first.start and token.i not in seen:
                seen.add(token.i)
                yield token, "sum", [Item(("finance",), None, None, None, token)]
            continue
        predicate = predicate_of(token)
        if predicate is not None and token.i not in parse.actor_at and token.i not in seen:
            seen.add(token.i)
            yield token, "predicate", [Item(_classes(before), None, None, None, token, True)]
        elif (
            (token.pos_ == "NUM" or token.like_num or token.lower_ in {"some", "many", "dozens", "hundreds"})
            and token.dep_ not in {"nummod", "quantmod", "compound"}
            and token.ent_type_ not in {"DATE", "TIME", "MONEY", "PERCENT", "ORDINAL"}
            and before
            and token.i not in seen
        ):
            seen.add(token.i)
            items = view.items(token) or [Item(_classes(before), None, before[-1].unit, before[-1].maker, token, True)]
            yield token, "number", items[:1]


def _classes(before: Sequence[Item]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each for item in before for each in item.classes)) or ("arms",)


def _phrase_head(parse: Parse, token: Token) -> Token:
    """The head of the noun phrase in which the good is a premodifier: "tank" of "tank deliveries" stays itself."""
    head = token
    while head.dep_ in _PREMODIFYING and head.head.i > head.i and head.head.pos_ in {"NOUN", "PROPN"}:
        above = head.head
        if predicate_of(above) is not None and above.i not in parse.good_at:
            break
        if above.i in parse.actor_at:
            break
        head = above
    return head


def _triggers(token: Token) -> tuple[Trigger, ...]:
    found: list[Trigger] = []
    own = predicate_of(token)
    if own is not None:
        found.append(Trigger(token, own))
    else:
        for place, above in enumerate(governors(token)):
            predicate = predicate_of(above)
            if predicate is not None:
                found.append(Trigger(above, predicate))
                break
            if place >= _FARTHEST:
                break
    for child in token.children:
        if child.dep_ in {"relcl", "acl"} and (predicate := predicate_of(child)) is not None:
            found.append(Trigger(child, predicate))
            break
    return tuple(found)


def _is_about(found: FoundTransfer, token: Token, kind: str, items: Sequence[Item]) -> bool:
    heads = {t.i for t in found.tokens}
    if kind == "good":
        return token.i in heads and bool(
            set(found.claim.materiel) & {c for item in items for c in item.classes}
            or any(t.i == token.i for t in found.tokens[-1:])
        )
    return found.trigger == token.i if kind == "predicate" else token.i in heads


# -- who --------------------------------------------------------------------------------------------------------------


def _parties(view: SentenceView) -> list[Party]:
    """Every actor phrase of the sentence, joined ones together; then each of the joined ones alone."""
    found: list[Party] = []
    for token in view.sentence:
        mention = view.parse.actor_at.get(token.i)
        if mention is not None:
            if token.i != max(mention.start, view.sentence.start):
                continue
            head = view.parse.doc[mention.start : mention.end].root
        elif token.i in view.parse.good_at or token.pos_ not in {"NOUN", "PROPN", "PRON", "DET"}:
            continue
        elif token.tag_ in {"WDT", "WP", "WRB"} or predicate_of(token) is not None:
            continue
        else:
            head = token
        actors = view.actors(head)
        if actors:
            found.append(Party(tuple(actors), head))
            if len(actors) > 1 and mention is not None:
                alone = [a for a in actors if mention.meanings[0].code == a.code]
                if alone:
                    found.append(Party(tuple(alone), head))
    return found


# -- features ---------------------------------------------------------------------------------------------------------


def _sentence_features(view: SentenceView, parties: Sequence[Party], found: Sequence[FoundTransfer]) -> list[str]:
    lower = {t.lower_ for t in view.sentence}
    lemmas = {t.lemma_.lower() for t in view.sentence}
    features = [f"sent.actors={min(len({p.key for p in parties}), 4)}", f"sent.found={min(len(found), 2)}"]
    features += [f"sent.has={w}" for w in _TELLING & lower]
    features += [f"sent.lemma={w}" for w in _TELLING_LEMMAS & lemmas]
    if view.sentence.text.rstrip().endswith("?"):
        features.append("sent.question")
    if '"' in view.sentence.text:
        features.append("sent.quoted")
    return features


_TELLING = frozenset(
    {
        "if", "unless", "would", "could", "may", "might", "should", "will", "not", "no", "never", "whether", "unclear",
        "until", "once", "reportedly", "allegedly", "including", "includes", "since", "already", "ready", "under", "via",
        "through", "without", "against", "were", "possible", "planned", "potential", "future", "first", "killed", "fired",
        "attack", "attacked", "struck", "launched", "war", "destroyed", "exercise",
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


def _anchor_features(view: SentenceView, anchor: Anchor, found: Sequence[FoundTransfer]) -> list[str]:
    token, parse = anchor.token, view.parse
    item = anchor.items[0]
    features = [f"kind={anchor.kind}", f"dep={token.dep_}", f"kind.dep={anchor.kind}.{token.dep_}"]
    features += [f"class={c}" for c in item.classes[:2]]
    features += [f"top={c.split('.')[0]}" for c in item.classes[:2]]
    features.append(f"lemma={token.lemma_.lower()}")
    if item.quantity is not None:
        features.append("counted")
    if item.maker:
        features.append("made")
    for child in token.children:
        if child.dep_ in {"det", "poss", "amod", "neg"}:
            features.append(f"child.{child.dep_}={child.lower_ if child.dep_ != 'poss' else 'x'}")
        if child.dep_ == "prep":
            features.append(f"child.prep={child.lower_}")
            if any(end.i in parse.actor_at for end in child.children):
                features.append(f"child.prep.actor={child.lower_}")
        if child.i in parse.actor_at:
            features.append(f"child.actor.{child.dep_}")
        if child.dep_ in {"relcl", "acl"}:
            features.append(f"child.{child.dep_}={child.lemma_.lower()}")
    features += _chain_features(token)
    for place, trigger in enumerate(anchor.triggers):
        features += _trigger_features("t" if place == 0 and trigger.token.i != token.i else "o" if place == 0 else "b",
                                      trigger, parse)
    if not anchor.triggers:
        features.append("t=none")
    for offset in (-3, -2, -1, 1, 2, 3):
        place = (token.left_edge.i if offset < 0 and token.left_edge.i >= view.sentence.start else token.i) + offset
        if view.sentence.start <= place < view.sentence.end:
            features.append(f"w{'-' if offset < 0 else '+'}={parse.doc[place].lower_}")
            if abs(offset) == 1:
                features.append(f"w{offset}={parse.doc[place].lower_}")
    features += _proposal_features(anchor.proposals)
    others = [f for f in found if f not in anchor.proposals]
    features += [f"other.stage={f.claim.stage}" for f in others[:2]]
    return features


def _chain_features(token: Token) -> list[str]:
    features = []
    below = token
    for place, above in enumerate(governors(token)):
        if place >= 5:
            break
        lemma = above.lemma_.lower()
        features.append(f"up={lemma}")
        if place < 3:
            features += [f"up{place}={lemma}", f"up{place}.dep={below.dep_}.{above.pos_}"]
        if above.pos_ in VERBAL:
            features += [f"up.aux={a}" for a in sorted(auxiliaries(above))]
            if is_negated(above):
                features.append("up.negated")
            features.append(f"up.tag={above.tag_}")
            if above.dep_ == "advcl":
                features += [f"up.mark={c.lower_}" for c in above.children if c.dep_ in {"mark", "advmod"}]
            if any(c.dep_ == "mark" and c.lower_ in words("conditional-mark") for c in above.children):
                features.append("up.conditional")
        below = above
    features.append(f"root={token.sent.root.lemma_.lower()}")
    return features


def _trigger_features(name: str, trigger: Trigger, parse: Parse) -> list[str]:
    token, predicate = trigger.token, trigger.predicate
    base = f"{predicate.pos}.{predicate.frame}.{predicate.stage}"
    features = [f"{name}={base}", f"{name}.lemma={predicate.lemma}", f"{name}.frame={predicate.frame}",
                f"{name}.stage={predicate.stage}", f"{name}.strength={predicate.strength}", f"{name}.tag={token.tag_}"]
    if token.pos_ in VERBAL:
        own = auxiliaries(token)
        features += [f"{name}.aux={a}" for a in sorted(own)]
        features.append(f"{name}.form={token.tag_}.{'+'.join(sorted(own))}")
        if is_negated(token):
            features.append(f"{name}.negated")
        if is_passive(token):
            features.append(f"{name}.passive")
        subject = subject_of(token)
        if subject is None:
            features.append(f"{name}.subject=none")
        else:
            features.append(
                f"{name}.subject={'actor' if subject.i in parse.actor_at else 'good' if subject.i in parse.good_at else subject.pos_}"
            )
        if any(o.i in parse.good_at for o in objects_of(token)):
            features.append(f"{name}.object=good")
    else:
        features += [f"{name}.det={c.lower_}" for c in token.children if c.dep_ in {"det", "amod"}]
    if any(p in {"to", "for", "into"} and e.i in parse.actor_at for p, e in prepositions(token)):
        features.append(f"{name}.to-actor")
    if any(p == "from" and e.i in parse.actor_at for p, e in prepositions(token)):
        features.append(f"{name}.from-actor")
    if any(e.i in parse.good_at for _, e in prepositions(token)):
        features.append(f"{name}.prep-good")
    base_stage = Stage(predicate.stage) if predicate.stage != "keep" else Stage.DELIVERED
    voice = voice_of(token, base_stage, predicate.frame)
    features += [f"{name}.voice={voice.stage}", f"{name}.assertion={voice.assertion}",
                 f"{name}.voice={voice.stage}.{predicate.frame}"]
    above = next((predicate_of(g) for g in governors(token) if predicate_of(g) is not None), None)
    if above is not None:
        features += [f"{name}.above={above.frame}.{above.stage}", f"{name}.pair={predicate.stage}>{above.stage}"]
    return features


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


def _castings(view: SentenceView, anchors: Sequence[Anchor]) -> dict[int, Roles]:
    """What the rules say of the parts around each trigger, whether or not they made a supply of it."""
    found: dict[int, Roles] = {}
    for trigger in {t.token.i: t for anchor in anchors for t in anchor.triggers}.values():
        is_verb = trigger.predicate.pos == "verb"
        roles = (verb_roles if is_verb else noun_roles)(view, trigger.token, trigger.predicate)
        if roles is not None:
            found[trigger.token.i] = roles
    return found


def _party_features(
    view: SentenceView, anchor: Anchor, party: Party, parties: Sequence[Party], castings: dict[int, Roles]
) -> list[str]:
    token = party.token
    assert token is not None
    features = ["src=sentence", f"dep={token.dep_}"]
    preposition = _governing_preposition(token)
    features.append(f"prep={preposition}")
    kind = view.parse.actor_at[token.i].kind if token.i in view.parse.actor_at else token.pos_.lower()
    features.append(f"kind={kind}")
    side = "before" if token.i < anchor.token.i else "after"
    distance = abs(token.i - anchor.token.i)
    bucket = "1" if distance < 2 else "3" if distance < 4 else "7" if distance < 8 else "15" if distance < 16 else "far"
    features += [f"side={side}", f"dist={side}.{bucket}", f"side.prep={side}.{preposition}"]
    features.append(f"path={_path(anchor.token, token)}")
    names = {"t": None, "b": None}
    for place, trigger in enumerate(anchor.triggers):
        names["t" if place == 0 else "b"] = trigger
    for name, trigger in names.items():
        if trigger is None:
            continue
        base = f"{name}.{trigger.predicate.frame}"
        link = _link(trigger.token, token)
        features += [f"{base}.{link}", f"{name}.{link}", f"{name}.{trigger.predicate.lemma}.{link}"]
        features += [f"{base}.side={'before' if token.i < trigger.token.i else 'after'}.{preposition}"]
        features.append(f"{base}.path={_path(trigger.token, token)}")
        if trigger.predicate.frame == "operate":
            features.append(f"{base}.{trigger.predicate.stage}.{link}")
        cast = castings.get(trigger.token.i)
        if cast is not None:
            codes_here = party.key - {None}
            for role in ("suppliers", "recipients", "via"):
                if codes_here & codes(getattr(cast, role)):
                    features += [f"{name}.cast.{role}", f"{base}.cast.{role}"]
                elif getattr(cast, role):
                    features.append(f"{name}.cast.other-{role}")
    if not anchor.triggers:
        features.append(f"nt.{side}.{preposition}")
    features.append(f"own.{_link(anchor.token, token)}")
    between = sum(1 for p in parties if p.token and min(token.i, anchor.token.i) < p.token.i < max(token.i, anchor.token.i))
    features.append(f"between={min(between, 3)}")
    first = next((p.token for p in parties if p.token is not None), None)
    if first is not None and first.i == token.i:
        features.append("first")
    head = token.head
    if head.pos_ == "VERB":
        features.append(f"head={head.lemma_.lower()}.{token.dep_}")
        if head.lemma_.lower() in words("speech") and token.dep_ == "nsubj":
            features.append("speaks")
    elif head.pos_ == "NOUN":
        features.append(f"headnoun={head.lemma_.lower()}")
        if head.i in view.parse.good_at:
            features.append(f"of-good.{token.dep_}")
    elif head.pos_ == "ADP":
        features.append(f"prephead={preposition}.{head.head.lemma_.lower()}")
        features.append(f"prepheadpos={preposition}.{head.head.pos_}")
    if len(party.actors) > 1:
        features.append("joined")
    return features


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
    while owner.dep_ in {"compound", "amod", "poss", "nmod", "npadvmod"} and owner.head != owner and owner.head.i != trigger.i:
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


def add_document_features(
    anchors: Sequence[Anchor], mentioned: Sequence[str], in_title: Sequence[str], completed: Sequence[FoundTransfer]
) -> None:
    """Add to each party what the whole article says of it, and that it may be nobody whom the article names.

    Args:
        mentioned: codes of the actors mentioned, with repetitions.
        in_title: codes of the actors that the title names.
        completed: the supplies that the rules found in the article, lacking parties filled.
    """
    mentions = Counter(mentioned)
    ranks = {code: rank for rank, code in enumerate(sorted(mentions, key=lambda c: (-mentions[c], c)))}
    gives = Counter(f.claim.supplier for f in completed if not f.lacks_supplier)
    gets = Counter(f.claim.recipient for f in completed if not f.lacks_recipient)
    for place, anchor in enumerate(anchors):
        last = next((a for a in reversed(anchors[:place]) if a.proposals and a.sentence_place < anchor.sentence_place), None)
        named = {code for party in anchor.parties for code in party.key}
        for code in in_title:
            if code not in named:
                anchor.parties.append(Party((Actor(code),), None, ["src=title"]))
        named |= set(in_title)
        for code in ranks:
            if code not in named:
                anchor.parties.append(Party((Actor(code),), None, ["src=later"]))
        anchor.parties.append(Party((OPEN,), None, ["src=nobody"]))
        for party in anchor.parties:
            names = party.key - {None}
            features = party.features
            if not names:
                features += ["open", f"open.{'named' if party.token is not None else 'nobody'}"]
                trigger = anchor.triggers[0].predicate if anchor.triggers else None
                features += [f"open.t={trigger.frame}.{trigger.stage}" if trigger else "open.t=none"]
                features += [f"open.kind={anchor.kind}", f"open.rule={_openness(anchor)}"]
                features += [f"open.class={c.split('.')[0]}" for c in anchor.items[0].classes[:1]]
                features += [f"open.{each}" for each in anchor.features if each.startswith(_OPENNESS)]
                continue
            for proposal in anchor.proposals[:4]:
                claim = proposal.claim
                for role, lacks in (("supplier", proposal.lacks_supplier), ("recipient", proposal.lacks_recipient)):
                    if {getattr(claim, role), getattr(claim, f"{role}_name")} & names:
                        features += [f"R.{role}", f"R.{role}.{'filled' if lacks else proposal.rule}"]
            code = min(names)
            features.append(f"D.rank={min(ranks.get(code, 9), 4)}")
            if code in in_title:
                features.append("D.title")
            gave, got = gives[code], gets[code]
            role = "none" if not gave + got else "gives" if gave > 2 * got else "gets" if got > 2 * gave else "both"
            features += [f"D.role={role}", f"D.gives={min(gave, 3)}", f"D.gets={min(got, 3)}"]
            if last is not None:
                claim = last.proposals[-1].claim
                features += ["L.gives"] * (claim.supplier == code) + ["L.gets"] * (claim.recipient == code)
            if any(item.maker == code for item in anchor.items):
                features.append("maker")
            features.append("type=" + _type(party.actors[0]))
        for party in anchor.parties:
            party.features = list(dict.fromkeys(party.features))


_OPENNESS = (
    "t.frame", "o.frame", "b.frame", "t.subject", "o.subject", "t.to-actor", "o.to-actor", "t.from-actor", "o.from-actor",
    "t.passive", "o.passive", "sent.actors", "child.prep.actor", "child.det", "sent.found", "rule.lacks", "rule.parties",
    "t.lemma", "o.lemma", "in-list", "dep=", "kind.dep",
)  # fmt: skip
"""Features of an anchor that tell whether it leaves a party open."""


def _openness(anchor: Anchor) -> str:
    if not anchor.proposals:
        return "none"
    claim = anchor.proposals[0].claim
    return f"{claim.supplier is None:d}{claim.recipient is None:d}"


def _type(actor: Actor) -> str:
    if actor.code in states():
        return "state"
    if actor.code in {"NATO", "EU", "UN", "G7"}:
        return "body"
    return "firm" if actor.name or firm_state(actor.code) else "other"


def remembered(recalled: Sequence[Sequence[Recalled]], named: Iterable[frozenset[str | None]]) -> list[Party]:
    """The parties that the sentences before have named and this one does not, the latest first.

    Args:
        recalled: the actors of the sentences before, in the order of the text.
        named: whom this sentence names.
    """
    here = {code for key in named for code in key}
    found: dict[str, Party] = {}
    for ago, sentence in enumerate(reversed(recalled)):
        for each in sentence:
            code = each.actor.code
            if code is None or code in here:
                continue
            if code not in found:
                bucket = "1" if ago == 0 else "2" if ago == 1 else "4" if ago < 4 else "far"
                found[code] = Party(
                    (each.actor,), None,
                    ["src=memory", f"ago={bucket}", f"ago.subject={bucket}.{each.is_subject:d}", f"recalled={each.kind}"],
                )
    return list(found.values())
