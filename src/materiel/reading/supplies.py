"""From roles to transfers: one supply for each item, supplier and recipient, with stage, speaker and price."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Token

from materiel.reading.actors import OPEN, Actor, firm_state
from materiel.reading.amounts import Money
from materiel.reading.clauses import auxiliaries, is_negated
from materiel.reading.findings import FoundTransfer
from materiel.reading.goods import Item
from materiel.reading.lexicons import Predicate
from materiel.reading.parses import subtree
from materiel.reading.roles import Roles, codes
from materiel.reading.speakers import speaker_phrase
from materiel.reading.views import SentenceView
from materiel.reading.voices import Voice, voice_of
from materiel.terms.statements import Assertion, Stage, Transfer

_SOFT_CLASSES = frozenset({"personnel", "training", "intelligence", "finance"})
"""Too common in other company to be taken for supply unless both parties are named with them."""


def supplies(view: SentenceView, trigger: Token, predicate: Predicate, roles: Roles, rule: str) -> list[FoundTransfer]:
    """The supplies that the roles around the trigger amount to; none where nobody and nothing certain is named.

    The tokens of the roles count as read from now on, and the thread goes on from here with :func:`carry_on`.
    """
    suppliers, recipients = _distinct(roles.suppliers), _distinct(roles.recipients)
    if not codes((*suppliers, *recipients)) and not _stands_alone(roles, predicate, rule):
        return []
    view.used.update(t.i for t in roles.tokens)
    view.used.update(t.i for item in roles.items for t in subtree(item.head, without=frozenset({"relcl", "acl"})))
    voice = _voice(view, trigger, predicate, suppliers)
    speakers = view.actors(voice.speaker) if voice.speaker is not None else []
    pattern = FoundTransfer(
        Transfer(None, None, (), voice.stage, voice.assertion, date=view.date(trigger)),
        roles.tokens,
        rule,
        speaker_phrase(voice.speaker),
        lacks_supplier=not suppliers,
        lacks_recipient=not recipients,
        trigger=trigger.i,
        speaker_code=speakers[0].code if speakers else None,
    )
    found: list[FoundTransfer] = []
    for item in roles.items:
        if (not suppliers or not recipients) and set(item.classes) <= _SOFT_CLASSES:
            continue
        is_announced = voice.stage is Stage.DELIVERED and item.quantity and _is_under_way(trigger)
        money = view.money(trigger, item, is_only_item=len(roles.items) == 1)
        claim = replace(pattern.claim, via=next((a.code for a in roles.via if a.code), None))
        claim = with_goods(replace(claim, stage=Stage.PLEDGED) if is_announced else claim, item, money)
        for supplier in (*suppliers, OPEN) if roles.with_others else suppliers or (OPEN,):
            for recipient in recipients or (OPEN,):
                if supplier.code is None or supplier.code != recipient.code:
                    transfer = between(claim, supplier, recipient)
                    tokens, by_others = (*roles.tokens, item.head), roles.with_others and supplier.is_open
                    found.append(replace(pattern, claim=transfer, tokens=tokens, maker=item.maker, by_others=by_others))
    return found


def carry_on(view: SentenceView, found: list[FoundTransfer], roles: Roles) -> None:
    """Let the thread go on from these supplies, unless they are hypothetical."""
    if found and found[0].claim.assertion is not Assertion.HYPOTHETICAL:
        view.thread.items = roles.items
        view.thread.last = tuple(found)
        view.resolver.memory.last_pair = codes((*roles.suppliers, *roles.recipients))


def with_goods(transfer: Transfer, item: Item, money: Money | None) -> Transfer:
    """The same supply of this item at this price."""
    is_dollars = money is not None and money.currency == "USD"
    return replace(
        transfer,
        materiel=item.classes,
        quantity=item.quantity,
        unit=item.unit,
        value_usd=money.amount if money and is_dollars else None,
        value=money.amount if money and not is_dollars else None,
        currency=money.currency if money and not is_dollars else None,
    )


def between(transfer: Transfer, supplier: Actor, recipient: Actor) -> Transfer:
    """The same supply between these two; a firm that the vocabulary knows is given by its state, its name beside it."""
    transfer = replace(
        transfer,
        supplier=supplier.code,
        supplier_name=supplier.name,
        recipient=recipient.code,
        recipient_name=recipient.name,
    )
    supplier_state, recipient_state = firm_state(supplier.code), firm_state(recipient.code)
    if supplier_state and supplier_state != transfer.recipient:
        transfer = replace(transfer, supplier=supplier_state, supplier_name=transfer.supplier)
    if recipient_state and recipient_state != transfer.supplier:
        transfer = replace(transfer, recipient=recipient_state, recipient_name=transfer.recipient)
    return transfer


def _voice(view: SentenceView, trigger: Token, predicate: Predicate, suppliers: tuple[Actor, ...]) -> Voice:
    base = Stage(predicate.stage) if predicate.stage != "keep" else Stage.DELIVERED
    voice = voice_of(trigger, base, predicate.frame)
    if voice.stage is Stage.WITHHELD and voice.speaker is not None and _denies(view, trigger, voice.speaker, suppliers):
        return replace(voice, stage=Stage.DELIVERED, assertion=Assertion.DENIED)
    return voice


def _stands_alone(roles: Roles, predicate: Predicate, rule: str) -> bool:
    """A plain supply with goods but without parties: "All 1,700 missiles have been shipped"."""
    if roles.suppliers or roles.recipients:
        return False
    if rule == "transfer.noun":
        return predicate.strength == "strong" and all(item.is_recalled for item in roles.items)
    is_plain = predicate.frame in {"supply", "acquire", "move"} or predicate.strength == "strong"
    is_told = all(item.quantity is not None or item.maker or item.is_recalled for item in roles.items)
    return rule in {"transfer.verb", "transfer.state"} and is_plain and is_told


def _denies(view: SentenceView, trigger: Token, speaker: Token, suppliers: tuple[Actor, ...]) -> bool:
    """The supplier itself says of the present or past that it does not: "Tehran insists that it sends no weapons"."""
    if not is_negated(trigger) or trigger.pos_ != "VERB" or auxiliaries(trigger) & {"will", "would", "wo", "to"}:
        return False
    return any(actor in (suppliers or (OPEN,)) for actor in view.actors(speaker))


def _is_under_way(trigger: Token) -> bool:
    """A counted supply in the present progressive is announced, not done: "is sending 14"."""
    own = auxiliaries(trigger)
    return trigger.tag_ == "VBG" and bool(own & {"is", "are", "'s", "'re", "am", "'m"}) and "been" not in own


def _distinct(actors: tuple[Actor, ...]) -> tuple[Actor, ...]:
    """Each actor once; open ones only where no others are named."""
    kept = tuple(dict.fromkeys(actors))
    return tuple(actor for actor in kept if not actor.is_open) or kept
