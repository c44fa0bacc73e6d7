"""Stances: an actor that supports, opposes or warns against a supply.

What the rules here do not see, :mod:`stance_weighing` may find likely.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Span, Token

from materiel.reading.clauses import is_held_back, predicate_of
from materiel.reading.cues import OPPOSITE, Cue
from materiel.reading.findings import Finding, FoundTransfer
from materiel.reading.lexicons import words
from materiel.reading.parses import Parse, subtree
from materiel.reading.resolver import Resolver
from materiel.reading.stance_cues import cues_at
from materiel.terms.statements import Attitude, Stage, Stance, Transfer

_MOST_HOLDERS = 6
_MOST_SUPPLIES = 4
_RECALLING = frozenset({"it", "this", "that", "them", "these", "those", "either", "anything", "both"})
_BODIES = frozenset({"UN", "EU", "NATO"})
"""Those who have nothing to supply themselves: what they forbid is the supply of others."""
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "such", "any", "its", "their", "further"})


@dataclass(frozen=True, slots=True)
class _Supply:
    """A supply that a stance is about, by its parties; ``is_halted`` where the text speaks of its stop."""

    supplier: str | None
    recipient: str | None
    is_halted: bool = False


def find_stances(
    parse: Parse,
    sentence: Span,
    resolver: Resolver,
    transfers: Sequence[FoundTransfer],
    recent: Sequence[FoundTransfer],
    *,
    is_on_supply: bool = False,
) -> list[Finding[Stance]]:
    """Every stance of the sentence towards a supply named in it or just before it.

    ``transfers`` are the supplies found in it, ``recent`` those found last before it, for "such deliveries" and "the
    decision"; ``is_on_supply`` says that a supply is likely to have been spoken of a sentence or two before. Each
    holder takes one stance a sentence, towards each supply that it is about.
    """
    before = _told(resolver, recent, is_on_supply=is_on_supply)
    found: dict[tuple[str | None, bool, str | None, str | None], Finding[Stance]] = {}
    settled: dict[tuple[str | None, bool], Attitude] = {}
    for token in sentence:
        for cue in cues_at(token):
            warns = cue.attitude is Attitude.WARNS
            if cue.holder.lemma_.lower() in words("no-state"):
                continue
            supplies = _supplies(parse, resolver, cue, transfers, before)
            if not supplies:
                continue
            for actor in resolver.resolve(parse, cue.holder)[:_MOST_HOLDERS]:
                if actor.is_open:
                    continue
                for supply in supplies:
                    attitude = OPPOSITE[cue.attitude] if supply.is_halted and not cue.stops else cue.attitude
                    if _is_own(actor.code, attitude, cue, supply):
                        continue
                    if settled.setdefault((actor.code, warns), attitude) is not attitude:
                        continue
                    supplier = None if supply.supplier == actor.code else supply.supplier
                    stance = Stance(actor.code, attitude, supplier, supply.recipient)
                    tokens = (cue.holder, token, *(t for each in cue.about for t in subtree(each)))
                    key = (actor.code, warns, supplier, supply.recipient)
                    told = next((k for k in found if k[:2] == key[:2] and found[k].tokens[1] != token), key)
                    if told in found:
                        # Said twice in one sentence: one stance, whose quote reaches over both.
                        tokens = (*found[told].tokens, *tokens)
                        found[told] = replace(found[told], tokens=tokens)
                    else:
                        found[key] = Finding(stance, tokens, "stance.cue")
    return list(found.values())


def _told(resolver: Resolver, recent: Sequence[FoundTransfer], *, is_on_supply: bool) -> list[Transfer]:
    """The supplies told last; where rules found none but one is likely, the last one spoken of, or one of nobody."""
    if recent or not is_on_supply:
        return [each.claim for each in recent]
    return resolver.memory.supplies[-1:] or [Transfer(None, None, (), Stage.DELIVERED)]


def _is_own(holder: str | None, attitude: Attitude, cue: Cue, supply: _Supply) -> bool:
    """Whether the holder only speaks of what it does itself: one's own supply, one's own wish."""
    if holder == supply.supplier:
        # Who asks others to stop, or lets others pass on, does not speak of a supply of his own.
        return not (cue.stops or cue.attitude is Attitude.WARNS or (cue.permits and supply.recipient != holder))
    if cue.demands and None in (supply.supplier, supply.recipient):
        return True
    return holder == supply.recipient and (cue.permits or attitude is Attitude.SUPPORTS)


def _supplies(
    parse: Parse,
    resolver: Resolver,
    cue: Cue,
    transfers: Sequence[FoundTransfer],
    recent: Sequence[Transfer],
) -> list[_Supply]:
    """The supplies that the stance is about: inside its object, spoken of in it, or told just before; at most four."""
    about = [t for each in cue.about for t in subtree(each)]
    inside = {t.i for t in about}
    named = [each for each in transfers if each.claim.supplier or each.claim.recipient]
    told = [each.claim for each in named if any(t.i in inside for t in each.tokens if t != cue.word)]
    holders = {actor.code for actor in resolver.named(parse, cue.holder) if actor.code}
    before = [each.claim for each in named if each.claim.supplier not in holders] or list(recent)
    if told and recent and _recalls(cue) and all(each.supplier in holders for each in told):
        told = [each for each in recent if each.supplier not in holders] or told
    is_refusal = cue.word.lemma_.lower() in words("denial")
    if not (cue.permits or cue.demands or is_refusal) and not _names_any(parse, resolver, about, holders):
        # Who judges "the sale of tanks to Chad" was taken for its supplier only because he is the subject.
        told = [replace(each, supplier=None) if each.supplier in holders else each for each in told]
    if cue.permits:
        return _permitted(cue, about, told, before, holders)
    if cue.demands:
        return list(dict.fromkeys(_of_transfer(each, about) for each in told))[:_MOST_SUPPLIES]
    is_spoken_of = _speaks_of_supply(parse, about, cue.attitude, bool(before or parse.good_at), cue)
    if not told and not is_spoken_of:
        others = [t for t in about if t.i in parse.actor_at]
        if cue.names_supplier:
            others = [t for t in others if not _supplies_one_of(parse, resolver, t, before)]
        is_alone = cue.is_bare and not others
        told = before if _recalls(cue) or is_alone else []
    if told:
        return list(dict.fromkeys(_of_transfer(each, about) for each in told))[:_MOST_SUPPLIES]
    if not is_spoken_of:
        return []
    described = _described(parse, resolver, about)
    if described.supplier is None and described.recipient is None and before:
        return [_of_transfer(before[-1], about)]
    return [described]


def _names_any(parse: Parse, resolver: Resolver, about: Iterable[Token], codes: set[str]) -> bool:
    """Whether one of the words means one of the actors: "its own sales"."""
    return any(
        actor.code in codes
        for token in about
        if token.i in parse.actor_at or token.pos_ == "PRON"
        for actor in resolver.named(parse, token)
    )


def _supplies_one_of(parse: Parse, resolver: Resolver, name: Token, told: Sequence[Transfer]) -> bool:
    """Whether the actor named is the supplier in one of the supplies."""
    suppliers = {each.supplier for each in told}
    return any(actor.code in suppliers for actor in resolver.named(parse, name))


def _permitted(
    cue: Cue, about: Sequence[Token], told: Sequence[Transfer], before: Sequence[Transfer], holders: set[str]
) -> list[_Supply]:
    """The supplies by others that somebody lets happen or not; a supply of one's own is no matter of permission."""
    others = [each for each in told if each.supplier and each.supplier not in holders]
    if not others and holders and holders <= _BODIES:
        others = list(told)
    if not told and (cue.is_bare or (cue.attitude is Attitude.OPPOSES and _recalls(cue))):
        others = [each for each in before if each.supplier and not holders & {each.supplier, each.recipient}]
    if others:
        return list(dict.fromkeys(_of_transfer(each, ()) for each in others))[:_MOST_SUPPLIES]
    if _is_of_others(about):
        return list(dict.fromkeys(_Supply(None, each.recipient) for each in told or before))[:1]
    return []


def _of_transfer(supply: Transfer, about: Sequence[Token]) -> _Supply:
    return _Supply(supply.supplier, supply.recipient, _is_stop(about))


def _is_stop(about: Sequence[Token]) -> bool:
    """Whether the words speak of a stop of supply ("the suspension of deliveries"), and not of the end of a stop."""
    stops = [t for t in about if t.lemma_.lower() in words("suspending") or is_held_back(t)]
    ended = [t for t in stops if any(g.lemma_.lower() in words("ending-a-stop") for g in t.ancestors if g in about)]
    return (len(stops) - len(ended)) % 2 == 1


def _recalls(cue: Cue) -> bool:
    """Whether the object takes up a supply told before: "it", "the decision", "such deliveries"."""
    for head in (*cue.about, *(c for each in cue.about for c in each.children if c.dep_ == "dobj")):
        if head.lower_ in _RECALLING:
            return True
        is_definite = any(c.lower_ in _DEFINITE or c.dep_ == "poss" for c in head.children)
        if head.lemma_.lower() in words("recalled-supply") and is_definite:
            return True
    return False


def _speaks_of_supply(parse: Parse, about: Sequence[Token], attitude: Attitude, is_topic: bool, cue: Cue) -> bool:
    """Whether the words speak of a supply of arms: goods with a word of supply, or goods for somebody.

    Where the article has told of supplies (``is_topic``), goods alone are enough, or any delivery.
    """
    has_goods = any(t.i in parse.good_at for t in about)
    if is_topic and attitude is Attitude.WARNS and has_goods:
        return True
    if any(t.lemma_.lower() in words("attacking") for t in about):
        return False
    if is_topic and (has_goods or any(t.lemma_.lower() in words("supply-noun") for t in about)):
        return True
    if is_topic and any(_supplies_by_itself(t) or t.lemma_.lower() == "embargo" for t in about):
        return True
    if not has_goods:
        return False
    if any(head.i in parse.good_at for head in cue.about):
        return True
    for token in about:
        predicate = predicate_of(token)
        if predicate is not None and predicate.frame in {"supply", "acquire", "move"} and token.lemma_ != "have":
            return True
        if (
            token.dep_ == "prep"
            and token.lower_ in {"for", "to"}
            and any(c.i in parse.actor_at for c in token.children)
        ):
            return True
    return False


def _supplies_by_itself(word: Token) -> bool:
    """Whether the word is a verb that means a supply of arms even without goods: "arming"."""
    return word.lemma_.lower() in {"arm", "rearm"} and word.pos_ == "VERB"


def _is_of_others(about: Iterable[Token]) -> bool:
    """Whether the words speak of another's passing on: "third-party transfers", "re-export"."""
    text = " ".join(t.lower_ for t in about)
    return any(cue in text for cue in words("onward"))


def _described(parse: Parse, resolver: Resolver, about: Sequence[Token]) -> _Supply:
    """The parties of a supply that no rule of transfers has found: "German missiles for Kyiv"."""
    supplier = recipient = None
    for token in about:
        if token.i not in parse.actor_at:
            continue
        actor = next(iter(resolver.named(parse, token)), None)
        if actor is None:
            continue
        if token.dep_ == "pobj" and token.head.lower_ in {"to", "for"}:
            recipient = recipient or actor.code
        elif token.dep_ in {"amod", "poss", "nsubj", "compound"} or (
            token.dep_ == "pobj" and token.head.lower_ == "by"
        ):
            supplier = supplier or actor.code
    return _Supply(supplier, recipient, _is_stop(about))
