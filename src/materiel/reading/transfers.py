"""Supply statements: who supplies what to whom, how far it has come, and who says so.

Rules, each for one way of saying it:

- ``transfer.verb``: "Poland sent Ukraine tanks", "tanks bought from Seoul", "Kyiv asked for shells";
- ``transfer.noun``: "the delivery of tanks to Ukraine", "an order for howitzers", "US arms sales to Taiwan";
- ``transfer.good``: "American shells for Ukraine", where the materiel itself carries the two parties;
- ``transfer.gap``: "Kuwait ordered TB2s, Romania 18 of them", the clauses that leave the verb out;
- ``transfer.list``: the lines under "the package includes:";
- ``transfer.denial``: "Moscow denies it", of what was said just before.

A role that the sentence leaves out is marked as lacking; :mod:`topics` fills it from the rest of the article.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Span, Token

from materiel.reading.actors import OPEN, Actor, firm_state
from materiel.reading.amounts import Money
from materiel.reading.clauses import is_negated, predicate_of, prepositions, subject_of
from materiel.reading.goods import Item, items_of, listed_items
from materiel.reading.lexicons import Predicate, words
from materiel.reading.noun_roles import good_roles, noun_roles
from materiel.reading.parses import ActorMention, Parse, subtree
from materiel.reading.resolver import Resolver
from materiel.reading.threads import Found, Roles, Thread
from materiel.reading.verb_roles import has_inner_predicate, verb_roles
from materiel.reading.views import RECALLING, SentenceView
from materiel.reading.voices import speaker_text, voice_of
from materiel.terms.statements import Assertion, Stage, Transfer

SOFT_CLASSES = frozenset({"personnel", "training", "intelligence", "finance", "supplies", "parts"})
"""Too common in other company to be taken for supply unless both parties are named with them."""
_BARE = Predicate("", "noun", "supply", "delivered", "strong")
"""Goods that carry their parties are taken for supplied."""


def read_list_line(parse: Parse, thread: Thread) -> list[Found]:
    """The items of a line under "... includes:", with the parties and the stage of what introduced the list."""
    if not thread.last:
        return []
    introduced = thread.last[-1]
    found = []
    for item in listed_items(parse, parse.doc):
        transfer = replace(
            introduced.transfer,
            materiel=item.classes,
            quantity=item.quantity,
            unit=item.unit,
            value_usd=None,
            value=None,
            currency=None,
        )
        found.append(replace(introduced, transfer=transfer, tokens=tuple(subtree(item.head)), rule="transfer.list"))
    return found


def find_transfers(
    parse: Parse, sentence: Span, resolver: Resolver, thread: Thread, published_on: str | None
) -> list[Found]:
    """Every supply that the sentence reports; the thread is carried on."""
    view = SentenceView(parse, sentence, resolver, thread, published_on)
    return [*_read_predicates(view), *_read_goods(view)]


def _read_predicates(view: SentenceView) -> Iterator[Found]:
    for token in view.sentence:
        if token.pos_ == "VERB":
            yield from _read_denial(view, token)
            yield from _read_answer(view, token)
            yield from _read_share(view, token)
        if token.lemma_ == "be":
            yield from _read_state(view, token)
        predicate = predicate_of(token)
        if predicate is None or token.i in view.parse.actor_at:
            continue
        if predicate.pos == "verb" and not (token.i in view.parse.good_at and token.dep_ in {"compound", "amod"}):
            yield from _read_verb(view, token, predicate)
        elif (
            predicate.pos == "noun"
            and token.i not in view.used
            and not (token.dep_ == "compound" and token.head.pos_ == "NOUN")
        ):
            roles = noun_roles(view, token, predicate)
            if roles is not None:
                yield from _emit(view, token, predicate, roles, "transfer.noun")


def _read_goods(view: SentenceView) -> Iterator[Found]:
    for token in view.sentence:
        if (
            token.i in view.parse.good_at
            and token.i not in view.used
            and token.dep_ not in {"compound", "amod", "nmod"}
        ):
            roles = good_roles(view, token)
            if roles is not None and roles.suppliers:
                yield from _emit(view, token, _BARE, roles, "transfer.good")


def _read_answer(view: SentenceView, verb: Token) -> Iterator[Found]:
    """The answer to a request or an idea just spoken of, without its object: "Germany refused"."""
    if verb.lemma_.lower() not in words("refusal") or not view.thread.last:
        return
    asked = view.thread.last[-1]
    subject = subject_of(verb)
    has_object = any(c.dep_ in {"dobj", "xcomp", "ccomp", "prep"} for c in verb.children)
    if subject is None or has_object or asked.transfer.stage not in {Stage.REQUESTED, Stage.CONSIDERED}:
        return
    for actor in view.actors(subject)[:1]:
        if not actor.is_open and actor.code != asked.transfer.recipient:
            refused = replace(
                asked.transfer, supplier=actor.code, supplier_name=actor.name, stage=Stage.WITHHELD, date=None
            )
            yield replace(asked, transfer=refused, tokens=(subject, verb), rule="transfer.answer", speaker=None)


def _read_state(view: SentenceView, copula: Token) -> Iterator[Found]:
    """Supply as a state: "36 are on order", "the other two are due next year", "tanks are on their way to Kyiv"."""
    subject = next((c for c in copula.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
    if subject is None:
        return
    stage = _stage_of_state(copula)
    items = items_of(view.parse, subject) or view.recalled(copula, [subject], True)
    if stage is None or not items:
        return
    recipients = [
        actor
        for place in (subject, *copula.subtree)
        for preposition, end in prepositions(place)
        if preposition in {"to", "for"}
        for actor in view.named_actors(end)
    ]
    suppliers = view.makers(items, frozenset(a.code for a in recipients if a.code))
    roles = Roles(tuple(suppliers), tuple(recipients), (), tuple(items), (subject, copula))
    yield from _emit(view, copula, replace(_BARE, stage=stage), roles, "transfer.state")


def _stage_of_state(copula: Token) -> str | None:
    for child in copula.children:
        if child.dep_ == "acomp" and child.lower_ in {"due", "outstanding"}:
            return Stage.PLEDGED.value
        if child.dep_ == "prep":
            phrase = " ".join(t.lower_ for t in subtree(child)[:4])
            for effect in ("ordered", "halted", "considered", "withheld", "pledged"):
                if any(phrase.startswith(idiom) for idiom in words(f"idiom-{effect}")):
                    return effect
    return None


def _read_share(view: SentenceView, verb: Token) -> Iterator[Found]:
    """A share of imports is a supply that took place: "Moscow accounted for 94% of its arms imports"."""
    if verb.lemma_.lower() not in {"account", "provide", "supply", "make"} or "import" not in {
        t.lemma_.lower() for t in verb.subtree
    }:
        return
    imports = next(t for t in verb.subtree if t.lemma_.lower() == "import")
    subject = subject_of(verb)
    if subject is None or not any(
        t.text == "%" or t.lower_ in {"percent", "pct", "cent", "half", "third"} for t in verb.subtree
    ):
        return
    classes = tuple(view.parse.good_at[t.i].materiel for t in imports.subtree if t.i in view.parse.good_at)[:1]
    owners = view.owners(imports) or [
        a for p, end in prepositions(imports) if p in {"of", "by"} for a in view.named_actors(end)
    ]
    if owners and classes:
        item = Item(classes, None, None, None, imports)
        roles = Roles(tuple(view.actors(subject)), tuple(owners), (), (item,), (subject, verb, imports))
        yield from _emit(view, verb, _BARE, roles, "transfer.share")


def _read_denial(view: SentenceView, verb: Token) -> Iterator[Found]:
    """The claims just made, denied by the subject: "Moscow denies it"."""
    if verb.lemma_.lower() not in words("denial") or is_negated(verb) or not view.thread.last:
        return
    objects = [c for c in verb.children if c.dep_ in {"dobj", "ccomp", "xcomp", "pobj", "prep"}]
    recalls = all(c.lower_ in RECALLING or c.lemma_.lower() in words("claim-noun") for c in objects)
    subject = subject_of(verb)
    if not recalls or subject is None:
        return
    for found in view.thread.last:
        if found.transfer.assertion is Assertion.STATED:
            denied = replace(found.transfer, assertion=Assertion.DENIED, date=None)
            yield replace(
                found,
                transfer=denied,
                tokens=(subject, verb, *objects),
                rule="transfer.denial",
                speaker=speaker_text(subject),
            )
    view.thread.last = ()


def _read_verb(view: SentenceView, verb: Token, predicate: Predicate) -> Iterator[Found]:
    if predicate.frame == "operate" and (predicate.strength == "weak" or has_inner_predicate(view, verb)):
        return
    if verb.lemma_ == "have" and not _is_getting(verb):
        return
    roles = verb_roles(view, verb, predicate)
    if roles is not None and roles.items:
        yield from _emit(view, verb, predicate, roles, "transfer.verb")


def _read_gaps(
    view: SentenceView, verb: Token, predicate: Predicate, roles: Roles, emitted: list[Found]
) -> Iterator[Found]:
    """Clauses that leave the verb out: "Kuwait ordered TB2s, Romania 18 of them, Poland 24"."""
    claimed = {t.i for t in roles.tokens}
    for token in view.sentence:
        mention = view.parse.actor_at.get(token.i)
        if mention is None or mention.start != token.i or token.i <= verb.i or token.i in claimed:
            continue
        head = _gapped_object(view, mention)
        items = (items_of(view.parse, head) or view.recalled_for(head, roles.items)) if head is not None else []
        if head is None or not items:
            continue
        actor = next(iter(view.actors(view.parse.doc[mention.start : mention.end].root)), OPEN)
        view.used.update(t.i for t in subtree(head))
        for item in items:
            gap = _in_the_gap(emitted[0], predicate, actor, item, view.money(head, item, single=True))
            if gap is not None:
                yield replace(gap, tokens=(token, head))


def _gapped_object(view: SentenceView, mention: ActorMention) -> Token | None:
    """The goods or the number that directly follow an actor after a comma or "and"."""
    doc = view.parse.doc
    before = doc[mention.start - 2 if doc[mention.start - 1].lower_ == "the" else mention.start - 1]
    if before.lower_ not in {",", "and", ".", "while"} or mention.end >= view.sentence.end:
        return None
    following = doc[mention.end]
    counts = following.pos_ == "NUM" or following.like_num or following.text in {"$", "€", "£"}
    if not counts and following.i not in view.parse.good_at:
        return None
    head = following
    while following.i < head.head.i < view.sentence.end and head.head.pos_ in {"NOUN", "PROPN", "NUM"}:
        head = head.head
    return None if head.dep_ in {"nsubj", "nsubjpass"} else head


def _in_the_gap(found: Found, predicate: Predicate, actor: Actor, item: Item, money: Money | None) -> Found | None:
    """The same supply with another subject and other goods; None where both parties would be one."""
    gives = predicate.frame in {"supply", "operate"}
    transfer = found.transfer
    if actor.is_open or actor.code == (transfer.recipient if gives else transfer.supplier):
        return None
    dollars = money.amount if money is not None and money.currency == "USD" else None
    transfer = replace(
        transfer,
        materiel=item.classes,
        quantity=item.quantity,
        unit=item.unit,
        value=None,
        currency=None,
        value_usd=dollars,
    )
    if gives:
        transfer = replace(transfer, supplier=actor.code, supplier_name=actor.name)
        return replace(found, transfer=_firms_as_states(transfer), rule="transfer.gap", lacks_supplier=False)
    transfer = replace(transfer, recipient=actor.code, recipient_name=actor.name)
    return replace(found, transfer=_firms_as_states(transfer), rule="transfer.gap", lacks_recipient=False)


def _emit(view: SentenceView, trigger: Token, predicate: Predicate, roles: Roles, rule: str) -> Iterator[Found]:
    base = Stage(predicate.stage) if predicate.stage != "keep" else Stage.DELIVERED
    voice = voice_of(trigger, base, predicate.frame)
    suppliers, recipients = _distinct(roles.suppliers), _distinct(roles.recipients)
    if not any(not a.is_open for a in (*suppliers, *recipients)) and not _stands_alone(roles, predicate, rule):
        return
    lacks_supplier, lacks_recipient = not suppliers, not recipients
    suppliers, recipients = suppliers or (OPEN,), recipients or (OPEN,)
    view.used.update(t.i for t in roles.tokens)
    view.used.update(t.i for item in roles.items for t in subtree(item.head, without=frozenset({"relcl", "acl"})))
    speaker = speaker_text(voice.speaker)
    speaker_code = next((a.code for a in view.actors(voice.speaker)), None) if voice.speaker is not None else None
    if voice.stage is Stage.WITHHELD and voice.speaker is not None and _denies(view, trigger, voice.speaker, suppliers):
        voice = replace(voice, stage=Stage.DELIVERED, assertion=Assertion.DENIED)
    via = next((a.code for a in roles.via if a.code), None)
    date = view.date(trigger)
    emitted: list[Found] = []
    for item in roles.items:
        if (lacks_supplier or lacks_recipient) and set(item.classes) <= SOFT_CLASSES - {"parts", "supplies"}:
            continue
        stage = (
            Stage.PLEDGED
            if voice.stage is Stage.DELIVERED and item.quantity and _is_under_way(trigger)
            else voice.stage
        )
        money = view.money(trigger, item, single=len(roles.items) == 1)
        for supplier in suppliers:
            for recipient in recipients:
                if supplier.code is not None and supplier.code == recipient.code:
                    continue
                transfer = Transfer(
                    supplier=supplier.code,
                    recipient=recipient.code,
                    materiel=item.classes,
                    stage=stage,
                    assertion=voice.assertion,
                    via=via,
                    quantity=item.quantity,
                    unit=item.unit,
                    value_usd=money.amount if money and money.currency == "USD" else None,
                    value=money.amount if money and money.currency != "USD" else None,
                    currency=money.currency if money and money.currency != "USD" else None,
                    date=date,
                    supplier_name=supplier.name,
                    recipient_name=recipient.name,
                )
                transfer = _firms_as_states(transfer)
                tokens = (*roles.tokens, item.head)
                emitted.append(
                    Found(
                        transfer,
                        tokens,
                        rule,
                        speaker,
                        lacks_supplier,
                        lacks_recipient,
                        trigger.i,
                        speaker_code,
                        item.maker,
                    )
                )
    yield from emitted
    if rule == "transfer.verb":
        yield from _read_gaps(view, trigger, predicate, roles, emitted)
    if emitted and voice.assertion is not Assertion.HYPOTHETICAL:
        view.thread.supplier = suppliers[0] if not suppliers[0].is_open else view.thread.supplier
        view.thread.recipient = recipients[0] if not recipients[0].is_open else view.thread.recipient
        view.thread.items = roles.items
        view.thread.last = tuple(emitted)
        view.resolver.memory.last_pair = frozenset(a.code for a in (*suppliers, *recipients) if a.code)


def _stands_alone(roles: Roles, predicate: Predicate, rule: str) -> bool:
    """A plain supply with goods but without parties: "All 1,700 missiles have been shipped"."""
    if roles.suppliers or roles.recipients:
        return False
    if rule == "transfer.noun":
        return predicate.strength == "strong" and all(item.is_recalled for item in roles.items)
    plain = predicate.frame in {"supply", "acquire", "move"} or predicate.strength == "strong"
    told = predicate.frame == "operate" or all(
        item.quantity is not None or item.maker or item.is_recalled for item in roles.items
    )
    return rule in {"transfer.verb", "transfer.state"} and plain and told


def _denies(view: SentenceView, trigger: Token, speaker: Token, suppliers: tuple[Actor, ...]) -> bool:
    """The supplier itself says of the present or past that it does not: "Tehran insists that it sends no weapons"."""
    if (
        not is_negated(trigger)
        or trigger.pos_ != "VERB"
        or any(c.dep_ == "aux" and c.lower_ in {"will", "would", "wo", "to"} for c in trigger.children)
    ):
        return False
    return any(actor in suppliers for actor in view.actors(speaker))


def _is_getting(have: Token) -> bool:
    """Have as get, not as own: "is to have 15 tanks", "has had 40 lorries"."""
    to_have = have.dep_ == "xcomp" and have.head.lemma_ == "be"
    has_had = have.tag_ == "VBN" or any(c.dep_ == "aux" and c.lower_ in {"will", "'ll"} for c in have.children)
    return to_have or has_had


def _is_under_way(trigger: Token) -> bool:
    """A counted supply in the present progressive is announced, not done: "is sending 14"."""
    auxiliaries = {c.lower_ for c in trigger.children if c.dep_ == "aux"}
    return (
        trigger.tag_ == "VBG"
        and bool(auxiliaries & {"is", "are", "'s", "'re", "am", "'m"})
        and "been" not in auxiliaries
    )


def _distinct(actors: tuple[Actor, ...]) -> tuple[Actor, ...]:
    kept = tuple(dict.fromkeys(actors))
    named = tuple(actor for actor in kept if not actor.is_open)
    return named or kept


def _firms_as_states(transfer: Transfer) -> Transfer:
    """A firm that the vocabulary knows is given by its state, with its name beside it."""
    supplier_state, recipient_state = firm_state(transfer.supplier), firm_state(transfer.recipient)
    if supplier_state and supplier_state != transfer.recipient:
        transfer = replace(transfer, supplier=supplier_state, supplier_name=transfer.supplier)
    if recipient_state and recipient_state != transfer.supplier:
        transfer = replace(transfer, recipient=recipient_state, recipient_name=transfer.recipient)
    return transfer
