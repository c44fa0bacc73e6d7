"""What is known of an anchor, as features: short strings that a trained model weighs.

A feature says one thing about the words: which word of supply is near, what governs it, what stands beside it, what
the rules made of it. No feature names a state: whether there is a supply, and how far it came, the words tell.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from materiel.reading.anchors import Anchor, Trigger
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
from materiel.reading.views import SentenceView
from materiel.reading.voices import voice_of
from materiel.terms.statements import Stage


def anchor_features(
    view: SentenceView, anchor: Anchor, found: Sequence[FoundTransfer], of_sentence: Sequence[str]
) -> list[str]:
    """What speaks for and against a supply at the anchor, and for its stage.

    Args:
        view: the sentence.
        anchor: the anchor.
        found: the supplies that the rules found in it.
        of_sentence: the features of the sentence.
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
                *of_sentence,
            ]
        )
    )


def sentence_features(view: SentenceView, found: Sequence[FoundTransfer], *, in_list: bool) -> Iterator[str]:
    """What the whole sentence tells, whichever the anchor.

    Args:
        view: the sentence.
        found: the supplies that the rules found in it.
        in_list: whether it is a line of a list, with no clause to go by.
    """
    lower = {t.lower_ for t in view.sentence}
    lemmas = {t.lemma_.lower() for t in view.sentence}
    actors = {mention.meanings[0].code for t in view.sentence if (mention := view.parse.actor_at.get(t.i)) is not None}
    yield f"sent.actors={min(len(actors), 4)}"
    yield f"sent.found={min(len(found), 2)}"
    yield from (f"sent.has={word}" for word in sorted(_TELLING & lower))
    yield from (f"sent.lemma={word}" for word in sorted(_TELLING_LEMMAS & lemmas))
    if view.sentence.text.rstrip().endswith("?"):
        yield "sent.question"
    if '"' in view.sentence.text:
        yield "sent.quoted"
    if in_list:
        yield "in-list"


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
            word = "(actor)" if place in view.parse.actor_at else view.parse.doc[place].lower_
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
