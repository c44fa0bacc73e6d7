"""Supply statements: who supplies what to whom, how far it has come, and who says so.

Rules, each for one way of saying it:

- ``transfer.verb``: "Poland sent Ukraine tanks", "tanks bought from Seoul", "Kyiv asked for shells";
- ``transfer.noun``: "the delivery of tanks to Ukraine", "an order for howitzers", "US arms sales to Taiwan";
- ``transfer.good``: "American shells for Ukraine", where the materiel itself carries the two parties;
- ``transfer.gap``: "Kuwait ordered TB2s, Romania 18 of them", the clauses that leave the verb out;
- ``transfer.list``: the lines under "the package includes:";
- ``transfer.loose``: goods between two actors whose places in the sentence tell their roles, whatever the verb;
- ``transfer.denial``: "Moscow denies it", of what was said just before.

A role that the sentence leaves out is marked as lacking; :mod:`topics` fills it from the rest of the article.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Span, Token

from materiel.reading.actors import OPEN, Actor, Resolver, firm_state
from materiel.reading.amounts import Money, find_money, parse_number
from materiel.reading.calendar import find_dates
from materiel.reading.clauses import (
    governors,
    is_negated,
    is_passive,
    objects_of,
    predicate_of,
    prepositions,
    subject_of,
)
from materiel.reading.goods import Item, items_of, listed_items
from materiel.reading.lexicons import Predicate, words
from materiel.reading.parses import Parse, subtree
from materiel.reading.voices import speaker_text, voice_of
from materiel.terms.statements import Assertion, Stage, Transfer

_TO = frozenset({"to", "into", "towards", "toward", "for", "against"})
_VIA = frozenset({"through", "via", "across"})
_RECALLING = frozenset(
    {
        "it",
        "which",
        "them",
        "they",
        "these",
        "those",
        "this",
        "that",
        "some",
        "all",
        "both",
        "one",
        "ones",
        "more",
        "any",
        "others",
        "none",
    }
)
_RECALLING_NOUNS = frozenset(
    {
        "weapon",
        "delivery",
        "shipment",
        "system",
        "equipment",
        "consignment",
        "item",
        "goods",
        "rest",
        "first",
        "remainder",
        "batch",
        "transfer",
        "supply",
        "sale",
        "arms",
        "aid",
        "ban",
    }
)

_SOFT = frozenset({"personnel", "training", "intelligence", "finance", "supplies", "parts"})
"""Too common in other company to be taken for supply where no pattern of supply fits."""
_ENOUGH_VOTES = 5
"""Two actors in telling places, or one and a subject; less is a guess."""


@dataclass(frozen=True, slots=True)
class Found:
    """A transfer with the tokens that say it and the rule that found it."""

    transfer: Transfer
    tokens: tuple[Token, ...]
    rule: str
    speaker: str | None
    lacks_supplier: bool = False
    lacks_recipient: bool = False
    trigger: int = -1
    speaker_code: str | None = None
    maker: str | None = None


@dataclass(slots=True)
class Thread:
    """What the article has been speaking of: the last supply, its parties and its items."""

    supplier: Actor | None = None
    recipient: Actor | None = None
    items: tuple[Item, ...] = ()
    last: tuple[Found, ...] = ()


@dataclass(frozen=True, slots=True)
class _Roles:
    suppliers: tuple[Actor, ...] = ()
    recipients: tuple[Actor, ...] = ()
    via: tuple[Actor, ...] = ()
    items: tuple[Item, ...] = ()
    tokens: tuple[Token, ...] = ()


def find_transfers(
    parse: Parse, sentence: Span, resolver: Resolver, thread: Thread, published_on: str | None
) -> list[Found]:
    """Every supply that the sentence reports; the thread is carried on."""
    reader = _SentenceReader(parse, sentence, resolver, thread, published_on)
    return list(reader.read())


def read_list_line(parse: Parse, thread: Thread) -> list[Found]:
    """The items of a line under "... includes:", with the parties and the stage of what introduced the list."""
    if not thread.last:
        return []
    introduced = thread.last[-1]
    found = []
    for item in listed_items(parse, parse.doc):
        transfer = replace(introduced.transfer, materiel=item.classes, quantity=item.quantity, unit=item.unit, value_usd=None, value=None, currency=None)
        found.append(replace(introduced, transfer=transfer, tokens=tuple(subtree(item.head)), rule="transfer.list"))
    return found


class _SentenceReader:
    def __init__(
        self, parse: Parse, sentence: Span, resolver: Resolver, thread: Thread, published_on: str | None
    ) -> None:
        self.parse, self.sentence, self.resolver, self.thread = parse, sentence, resolver, thread
        self.published_on = published_on
        self.used: set[int] = set()
        base = sentence.start_char
        self.money = [replace(m, start=m.start + base, end=m.end + base) for m in find_money(sentence.text)]
        self.dates = [
            replace(d, start=d.start + base, end=d.end + base) for d in find_dates(sentence.text, published_on)
        ]

    def read(self) -> Iterator[Found]:
        for token in self.sentence:
            if token.pos_ == "VERB":
                yield from self._read_denial(token)
            predicate = predicate_of(token)
            if predicate is not None and token.i not in self.parse.actor_at:
                if predicate.pos == "verb" and not (
                    token.i in self.parse.good_at and token.dep_ in {"compound", "amod"}
                ):
                    yield from self._read_verb(token, predicate)
                elif predicate.pos == "noun":
                    yield from self._read_noun(token, predicate)
        for token in self.sentence:
            mention = self.parse.good_at.get(token.i)
            if mention is not None and token.i not in self.used and token.dep_ not in {"compound", "amod", "nmod"}:
                yield from self._read_good(token)
        for token in self.sentence:
            mention = self.parse.good_at.get(token.i)
            if mention is not None and token.i == mention.end - 1 and token.i not in self.used:
                yield from self._read_loosely(token)

    def _read_denial(self, verb: Token) -> Iterator[Found]:
        """ "Moscow denies it": the claims just made, denied by the subject."""
        if verb.lemma_.lower() not in words("denial") or is_negated(verb) or not self.thread.last:
            return
        objects = [c for c in verb.children if c.dep_ in {"dobj", "ccomp", "xcomp", "pobj", "prep"}]
        recalls = all(
            c.lower_ in _RECALLING or c.lemma_.lower() in {"claim", "charge", "report", "allegation", "accusation"}
            for c in objects
        )
        subject = subject_of(verb)
        if not recalls or subject is None:
            return
        for found in self.thread.last:
            if found.transfer.assertion is Assertion.STATED:
                denied = replace(found.transfer, assertion=Assertion.DENIED, date=None)
                yield replace(
                    found,
                    transfer=denied,
                    tokens=(subject, verb, *objects),
                    rule="transfer.denial",
                    speaker=speaker_text(subject),
                )
        self.thread.last = ()

    # -- verbs ----------------------------------------------------------------------------------------------------

    def _read_verb(self, verb: Token, predicate: Predicate) -> Iterator[Found]:
        if predicate.frame == "operate" and (predicate.strength == "weak" or self._has_inner_predicate(verb)):
            return
        if verb.lemma_ == "have" and not _is_getting(verb):
            return
        roles = self._verb_roles(verb, predicate)
        if roles is None or not roles.items:
            return
        stage = Stage(predicate.stage) if predicate.stage != "keep" else Stage.DELIVERED
        yield from self._emit(verb, predicate, roles, stage, "transfer.verb")

    def _has_inner_predicate(self, verb: Token) -> bool:
        for child in verb.children:
            if child.dep_ in {"xcomp", "ccomp"} and (inner := predicate_of(child)) is not None and inner.pos == "verb":
                return True
            if (
                child.dep_ in {"dobj", "nsubjpass"}
                and (inner := predicate_of(child)) is not None
                and inner.frame in {"acquire", "request"}
            ):
                return child.i not in self.parse.good_at
            if child.dep_ == "prep":
                for end in child.children:
                    if end.dep_ == "pcomp" and predicate_of(end) is not None:
                        return True
        return False

    def _verb_roles(self, verb: Token, predicate: Predicate) -> _Roles | None:
        passive = is_passive(verb)
        subject = (
            subject_of(verb)
            if not passive
            else next((c for c in verb.children if c.dep_ in {"nsubjpass", "nsubj"}), None)
        )
        if passive and subject is None:
            subject = verb.head if verb.dep_ in {"acl", "relcl", "amod"} else subject_of(verb)
        objects = objects_of(verb)
        dative = [c for c in verb.children if c.dep_ == "dative" and c.pos_ not in {"ADP", "PART"}]
        attached = self._attached(verb, [*objects, *([subject] if passive and subject is not None else [])])
        if predicate.frame == "move" and (subject is None or subject.i not in self.parse.good_at and not items_of(self.parse, subject)):
            return None
        if predicate.frame in {"supply", "operate", "move"}:
            return self._supply_roles(verb, predicate, passive, subject, objects, dative, attached)
        return self._acquire_roles(verb, predicate, passive, subject, objects, attached)

    def _attached(self, verb: Token, nouns: list[Token]) -> list[tuple[str, Token]]:
        """Prepositional phrases of the verb and of its objects, near ones first."""
        phrases = list(prepositions(verb))
        for noun in nouns:
            for place in subtree(noun, without=frozenset({"relcl", "acl", "advcl"})):
                if place.pos_ in {"NOUN", "PROPN", "NUM", "PRON"} and place.i != verb.i:
                    phrases += [(p, end) for p, end in prepositions(place) if p not in {"of"}]
        for governor in governors(verb):
            if governor.pos_ not in {"VERB", "AUX"} or verb.dep_ not in {"xcomp", "conj"}:
                break
            phrases += [(p, end) for p, end in prepositions(governor) if end.i > verb.i]
            break
        return phrases

    def _supply_roles(
        self, verb: Token, predicate: Predicate, passive: bool, subject: Token | None, objects: list[Token],
        dative: list[Token], attached: list[tuple[str, Token]],
    ) -> _Roles | None:  # fmt: skip
        items: list[Item] = []
        suppliers: list[Actor] = []
        recipients: list[Actor] = []
        tokens: list[Token] = [verb]
        object_tokens = list(objects)
        if passive:
            if subject is not None:
                object_tokens.insert(0, subject)
            for preposition, end in attached:
                if preposition == "by":
                    suppliers += self.resolver.resolve(self.parse, end)
                    tokens.append(end)
        elif subject is not None:
            if predicate.frame == "move" or (subject.i in self.parse.good_at and not self._actors(subject)):
                # "Shells went to Ukraine", "tanks arrive": the goods move by themselves.
                object_tokens.insert(0, subject)
            else:
                suppliers += self._actors(subject)
                tokens.append(subject)
        excluded = frozenset(actor.code for actor in suppliers if actor.code)
        for each in object_tokens:
            found = items_of(self.parse, each)
            if found:
                items += found
                tokens += [item.head for item in found]
            else:
                actors = self.resolver.resolve(self.parse, each, excluded)
                if actors and (
                    predicate.strength == "strong"
                    or dative == []
                    and self._with_items(verb)
                    or passive
                    and len(object_tokens) > 1
                    or self._second_object(each, object_tokens)
                ):
                    recipients += actors
                    tokens.append(each)
        if not recipients and not passive and not dative:
            recipients += self._swallowed_recipient(object_tokens)
        helped = self._helped(verb)
        if helped is not None and not recipients and predicate.frame == "supply":
            recipients += self.resolver.resolve(self.parse, helped, excluded)
            tokens.append(helped)
        for each in dative:
            recipients += self.resolver.resolve(self.parse, each, excluded)
            tokens.append(each)
        via: list[Actor] = []
        for preposition, end in attached:
            if preposition == "along with" and items:
                more = items_of(self.parse, end)
                items += more
                tokens += [item.head for item in more]
            if preposition == "with" and recipients and not items:
                found = items_of(self.parse, end)
                items += found
                tokens += [item.head for item in found]
            elif preposition in _TO and end.i not in self.parse.good_at:
                actors = self.resolver.resolve(self.parse, end, excluded)
                if actors and not recipients:
                    recipients += actors
                    tokens.append(end)
            elif preposition in _VIA or preposition == "via":
                via += self._named_actors(end)
            elif preposition == "from" and not suppliers:
                suppliers += self._named_actors(end)
                tokens.append(end)
            elif preposition in {"in", "at", "on"} and predicate.frame == "move" and not recipients:
                recipients += self._named_actors(end)
                tokens.append(end)
        if not items:
            for preposition, end in prepositions(verb):
                if preposition in {"with", "of", "on", "about", "for", "to"} and not items:
                    items += items_of(self.parse, end)
                    tokens += [item.head for item in items]
        if not suppliers:
            suppliers += self._makers(items, frozenset(a.code for a in recipients if a.code))
        if not items and recipients and verb.lemma_.lower() in {"arm", "rearm", "resupply"}:
            items = [Item(("arms",), None, None, None, verb)]
        if not items:
            items = self._recalled(
                verb, object_tokens, bool(recipients or (suppliers and predicate.strength == "strong"))
            )
        return _Roles(tuple(suppliers), tuple(recipients), tuple(via), tuple(items), tuple(tokens))

    def _acquire_roles(
        self, verb: Token, predicate: Predicate, passive: bool, subject: Token | None, objects: list[Token],
        attached: list[tuple[str, Token]],
    ) -> _Roles | None:  # fmt: skip
        items: list[Item] = []
        recipients: list[Actor] = []
        suppliers: list[Actor] = []
        tokens: list[Token] = [verb]
        object_tokens = list(objects)
        if passive and subject is not None:
            object_tokens.insert(0, subject)
        elif subject is not None:
            recipients += self._actors(subject)
            tokens.append(subject)
        excluded = frozenset(actor.code for actor in recipients if actor.code)
        for each in object_tokens:
            found = items_of(self.parse, each)
            if found:
                items += found
                tokens += [item.head for item in found]
            elif predicate.frame == "request":
                suppliers += self.resolver.resolve(self.parse, each, excluded)
                tokens.append(each)
        for preposition, end in attached:
            if preposition in {"for", "of", "on"} and not items:
                items += items_of(self.parse, end)
                tokens += [item.head for item in items]
            elif preposition in {"from", "of", "with", "in"} and not suppliers:
                suppliers += [a for a in self._named_actors(end) if a.code not in excluded]
                tokens.append(end)
            elif preposition == "by" and passive:
                recipients += self.resolver.resolve(self.parse, end)
                tokens.append(end)
            elif preposition == "to" and predicate.frame == "request" and not suppliers:
                suppliers += [a for a in self._named_actors(end) if a.code not in excluded]
                tokens.append(end)
            elif preposition == "for" and predicate.frame == "acquire" and not recipients:
                recipients += self._named_actors(end)
        if not suppliers:
            suppliers += self._makers(items, excluded)
        if suppliers and recipients and all(a.name for a in recipients) and not any(a.name for a in suppliers):
            # "Nexter has signed with Beirut for 24 guns": makers sell.
            suppliers, recipients = recipients, suppliers
        if not items and predicate.frame == "acquire" and suppliers and predicate.stage == "ordered":
            items = self._recalled(verb, object_tokens, True)
        return _Roles(tuple(suppliers), tuple(recipients), (), tuple(items), tuple(tokens))

    def _read_gaps(self, verb: Token, predicate: Predicate, roles: _Roles, emitted: list[Found]) -> Iterator[Found]:
        """ "Kuwait ordered TB2s, Romania 18 of them, Poland 24": clauses that leave the verb out."""
        claimed = {t.i for t in roles.tokens}
        for token in self.sentence:
            mention = self.parse.actor_at.get(token.i)
            if mention is None or mention.start != token.i or token.i <= verb.i or token.i in claimed:
                continue
            if token.nbor(-1).lower_ not in {",", "and", ".", "while", "the"} or mention.end >= self.sentence.end:
                continue
            following = self.parse.doc[mention.end]
            if not (
                following.pos_ == "NUM"
                or following.like_num
                or following.i in self.parse.good_at
                or following.text in {"$", "€", "£"}
            ):
                continue
            head = following
            while (
                head.head.i > following.i
                and head.head.i < self.sentence.end
                and head.head.pos_ in {"NOUN", "PROPN", "NUM"}
            ):
                head = head.head
            items = items_of(self.parse, head) or self._recalled_for(head, roles.items)
            if not items or head.dep_ in {"nsubj", "nsubjpass"}:
                continue
            actors = self.resolver.resolve(self.parse, self.parse.doc[mention.start : mention.end].root)[:1]
            self.used.update(t.i for t in subtree(head))
            for found in emitted[:1]:
                for item in items:
                    role = "supplier" if predicate.frame in {"supply", "operate"} else "recipient"
                    if (
                        not actors
                        or getattr(found.transfer, "recipient" if role == "supplier" else "supplier") == actors[0].code
                    ):
                        continue
                    money = self._money(head, item, single=True)
                    gap = replace(
                        found.transfer,
                        **{role: actors[0].code, f"{role}_name": actors[0].name},
                        materiel=item.classes,
                        quantity=item.quantity,
                        unit=item.unit,
                        value=None,
                        value_usd=money.amount if money and money.currency == "USD" else None,
                    )
                    yield replace(
                        found,
                        transfer=_firms_as_states(gap),
                        tokens=(token, head),
                        rule="transfer.gap",
                        **{f"lacks_{role}": False},
                    )

    def _recalled_for(self, head: Token, items: tuple[Item, ...]) -> list[Item]:
        if not items or not (head.pos_ == "NUM" or head.like_num):
            return []
        return [replace(items[-1], quantity=parse_number(head.text), head=head, is_recalled=True)]

    # -- nouns ----------------------------------------------------------------------------------------------------

    def _read_noun(self, noun: Token, predicate: Predicate) -> Iterator[Found]:
        if noun.i in self.used or (noun.dep_ == "compound" and noun.head.pos_ == "NOUN"):
            return
        items: list[Item] = []
        tokens: list[Token] = [noun]
        phrases = list(prepositions(noun))
        for preposition, end in phrases:
            if preposition in {"of", "for", "on", "in"} and not items:
                items += items_of(self.parse, end)
                tokens += [item.head for item in items]
        own_classes = [g for t in subtree(noun, without=frozenset({"prep", "relcl", "acl", "conj", "appos"})) if (g := self.parse.good_at.get(t.i)) and t.i <= noun.i]  # fmt: skip
        if not items and own_classes:
            best = own_classes[-1]
            items = [Item((best.materiel,), None, None, best.maker, noun)]
        owners = self._owners(noun)
        recipients: list[Actor] = []
        suppliers: list[Actor] = []
        acquires = predicate.frame in {"acquire", "request"}
        (recipients if acquires else suppliers).extend(owners)
        excluded = frozenset(actor.code for actor in owners if actor.code)
        via: list[Actor] = []
        item_phrases = [pair for item in items for pair in prepositions(item.head) if item.head.i != noun.i]
        for preposition, end in phrases + item_phrases:
            if preposition in {"to", "into", "for"} and not acquires and end.i not in self.parse.good_at:
                found = self.resolver.resolve(self.parse, end, excluded)
                if found and not recipients:
                    recipients += found
                    tokens.append(end)
            elif preposition in {"from", "by", "with"} or (acquires and preposition == "to"):
                found = [a for a in self._named_actors(end) if a.code not in excluded]
                target = recipients if (preposition == "by" and acquires) else suppliers
                if found and not target:
                    target.extend(found)
                    tokens.append(end)
            elif preposition in _VIA or preposition == "via":
                via += self._named_actors(end)
            elif preposition == "of" and not items and not owners:
                target = suppliers if not acquires else recipients
                target.extend(self._named_actors(end))
        if not items and not (predicate.strength == "strong" and (recipients or suppliers) and self._recalls(noun)):
            return
        if not items:
            items = self._recalled(noun, [noun], True)
        if acquires and not suppliers:
            suppliers += self._makers(items, frozenset(a.code for a in recipients if a.code))
        taker = self._taking_subject(noun)
        if taker is not None and not owners:
            actors = [a for a in self._actors(taker) if a not in recipients and a not in suppliers]
            if acquires and not recipients:
                recipients += actors
            elif not acquires and not suppliers:
                suppliers += actors
            tokens += [taker] if actors else []
        if not (recipients or suppliers):
            return
        stage = Stage(predicate.stage) if predicate.stage != "keep" else Stage.DELIVERED
        roles = _Roles(tuple(suppliers), tuple(recipients), tuple(via), tuple(items), tuple(tokens))
        yield from self._emit(noun, predicate, roles, stage, "transfer.noun")

    def _taking_subject(self, noun: Token) -> Token | None:
        """The subject of the verb whose object the noun is: "Berlin approved the sale", "Iran stopped deliveries"."""
        token = noun
        while token.dep_ in {"conj", "pobj", "prep"} and token.head != token:
            token = token.head
        governor = token.head
        if token.dep_ in {"dobj", "pobj"} and governor.pos_ in {"VERB", "AUX"} and not is_passive(governor):
            return subject_of(governor)
        if token.dep_ == "nsubjpass" or is_passive(governor):
            for preposition, end in prepositions(governor):
                if preposition == "by":
                    return end
        if token.pos_ in {"VERB"}:
            return subject_of(token)
        return None

    # -- goods that carry their parties -----------------------------------------------------------------------------

    def _read_good(self, good: Token) -> Iterator[Found]:
        owners = self._owners(good)
        recipients: list[Actor] = []
        excluded = frozenset(actor.code for actor in owners if actor.code)
        tokens = [good]
        for preposition, end in prepositions(good):
            if preposition in {"to", "for"} and end.i in self.parse.actor_at:
                recipients += self.resolver.resolve(self.parse, end, excluded)
                tokens.append(end)
            elif preposition == "from" and not owners:
                owners += self._named_actors(end)
                tokens.append(end)
        if not recipients:
            return
        items = items_of(self.parse, good)
        taker = self._taking_subject(good) if not owners else None
        if taker is not None:
            owners += [a for a in self._actors(taker) if a not in recipients]
            tokens.append(taker)
        roles = _Roles(tuple(owners), tuple(recipients), (), tuple(items), tuple(tokens))
        predicate = Predicate(good.lemma_, "noun", "supply", "delivered", "strong")
        yield from self._emit(good, predicate, roles, Stage.DELIVERED, "transfer.good")

    # -- what no pattern caught ---------------------------------------------------------------------------------------

    def _read_loosely(self, good: Token) -> Iterator[Found]:
        """Goods in a sentence with two actors whose places tell their roles, whatever the verb.

        An actor after "to" or "for" is taken for the recipient, one after "from" or before the goods as their origin
        for the supplier, a subject for either, by the frame of a predicate of supply if there is one.
        """
        above = [good, *governors(good)]
        if any(t.lemma_.lower() in words("use-of-force") for t in above) or good.dep_ in {"compound", "amod"} and good.head.i not in self.parse.good_at and good.head.lemma_.lower() not in words("container"):
            return
        predicate = next((p for t in above[1:] if (p := predicate_of(t)) is not None and p.stage != "keep"), None)
        cued = predicate is not None or any(t.lemma_.lower() in words("supply-recall") or predicate_of(t) for t in self.sentence if t.i not in self.parse.good_at)
        if not cued:
            return
        acquires = predicate is not None and predicate.frame in {"acquire", "request"}
        supplier_votes: dict[Actor, int] = {}
        recipient_votes: dict[Actor, int] = {}
        tokens = [good]
        for token in self.sentence:
            mention = self.parse.actor_at.get(token.i)
            is_pronoun_subject = token.dep_ in {"nsubj", "nsubjpass"} and token.lower_ in {"it", "they", "we", "he", "she"}
            if not is_pronoun_subject and (mention is None or token != self.parse.doc[mention.start : mention.end].root):
                continue
            actors = self.resolver.resolve(self.parse, token)
            votes, weight = self._vote(token, good, acquires)
            for actor in actors:
                if actor.is_open or not weight:
                    continue
                book = supplier_votes if votes == "supplier" else recipient_votes
                book[actor] = max(book.get(actor, 0), weight)
                tokens.append(token)
        supplier = max(supplier_votes, key=lambda a: supplier_votes[a], default=None)
        recipients = [a for a in recipient_votes if a != supplier and recipient_votes[a] == max(recipient_votes.values())]
        if supplier is None or not recipients or supplier_votes[supplier] + max(recipient_votes.values()) < _ENOUGH_VOTES:
            return
        if self.parse.good_at[good.i].materiel in _SOFT:
            return
        head = good
        while head.dep_ in {"compound", "amod", "nmod"} and head.head.i > head.i and head.head.pos_ in {"NOUN", "PROPN"}:
            head = head.head
        items = items_of(self.parse, head) or items_of(self.parse, good)
        if not items:
            return
        trigger = next((t for t in above[1:] if predicate_of(t) is not None), next((t for t in above[1:] if t.pos_ == "VERB"), good))
        base = Stage(predicate.stage) if predicate is not None else Stage.DELIVERED
        roles = _Roles((supplier,), tuple(recipients[:3]), (), tuple(items), tuple(tokens))
        yield from self._emit(trigger, predicate or Predicate("", "verb", "supply", "delivered", "weak"), roles, base, "transfer.loose")

    def _vote(self, token: Token, good: Token, acquires: bool) -> tuple[str, int]:
        """The role that an actor's place speaks for, and how strongly (0 to 3)."""
        top = token
        while top.dep_ in {"compound", "poss", "amod", "nmod", "conj"} and top.head != top:
            if top.head == good or top.head.i in self.parse.good_at:
                return "supplier", 3
            top = top.head
        if top.dep_ == "pobj":
            preposition = top.head.lower_
            if preposition in {"to", "for", "into", "towards"}:
                return "recipient", 3
            if preposition in {"from", "by"}:
                return "supplier", 3
            if preposition in {"in", "at", "with", "on"}:
                return ("supplier", 1) if acquires else ("recipient", 1)
            return "recipient", 0
        if top.dep_ == "dative" or (top.dep_ == "dobj" and top.i < good.i):
            return "recipient", 3
        if top.dep_ in {"nsubj"}:
            return ("recipient", 2) if acquires else ("supplier", 2)
        if top.dep_ == "nsubjpass":
            return "recipient", 2
        return "recipient", 0

    # -- shared -----------------------------------------------------------------------------------------------------

    def _emit(self, trigger: Token, predicate: Predicate, roles: _Roles, base: Stage, rule: str) -> Iterator[Found]:
        voice = voice_of(trigger, base, predicate.frame)
        suppliers, recipients = _distinct(roles.suppliers), _distinct(roles.recipients)
        if not any(not a.is_open for a in (*suppliers, *recipients)) and not self._stands_alone(roles, predicate, rule):
            return
        lacks_supplier, lacks_recipient = not suppliers, not recipients
        suppliers, recipients = suppliers or (OPEN,), recipients or (OPEN,)
        self.used.update(t.i for t in roles.tokens)
        self.used.update(t.i for item in roles.items for t in subtree(item.head, without=frozenset({"relcl", "acl"})))
        speaker = speaker_text(voice.speaker)
        speaker_code = next((a.code for a in self._actors(voice.speaker)), None) if voice.speaker is not None else None
        if voice.stage is Stage.WITHHELD and voice.speaker is not None and self._denies(trigger, voice.speaker, suppliers):
            voice = replace(voice, stage=Stage.DELIVERED, assertion=Assertion.DENIED)
        via = next((a.code for a in roles.via if a.code), None)
        date = self._date(trigger)
        emitted: list[Found] = []
        for item in roles.items:
            if (lacks_supplier or lacks_recipient) and set(item.classes) <= _SOFT - {"parts", "supplies"}:
                continue
            stage = Stage.PLEDGED if voice.stage is Stage.DELIVERED and item.quantity and _is_under_way(trigger) else voice.stage
            money = self._money(trigger, item, single=len(roles.items) == 1)
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
                        Found(transfer, tokens, rule, speaker, lacks_supplier, lacks_recipient, trigger.i, speaker_code, item.maker)
                    )
        yield from emitted
        if rule == "transfer.verb":
            yield from self._read_gaps(trigger, predicate, roles, emitted)
        if emitted and voice.assertion is not Assertion.HYPOTHETICAL and rule != "transfer.loose":
            self.thread.supplier = suppliers[0] if not suppliers[0].is_open else self.thread.supplier
            self.thread.recipient = recipients[0] if not recipients[0].is_open else self.thread.recipient
            self.thread.items = roles.items
            self.thread.last = tuple(emitted)
            self.resolver.last_pair = frozenset(a.code for a in (*suppliers, *recipients) if a.code)

    def _stands_alone(self, roles: _Roles, predicate: Predicate, rule: str) -> bool:
        """"All 1,700 missiles have been shipped": a plain supply with goods but without parties."""
        plain = predicate.frame in {"supply", "acquire", "move"} and not roles.suppliers and not roles.recipients
        return plain and rule == "transfer.verb" and all(i.quantity is not None or i.maker or i.is_recalled for i in roles.items)

    def _denies(self, trigger: Token, speaker: Token, suppliers: tuple[Actor, ...]) -> bool:
        """"Tehran insists that it sends no weapons": the supplier itself says of the present or past that it does not."""
        if not is_negated(trigger) or trigger.pos_ != "VERB" or any(c.dep_ == "aux" and c.lower_ in {"will", "would", "wo", "to"} for c in trigger.children):
            return False
        return any(actor in suppliers for actor in self._actors(speaker))

    def _actors(self, token: Token) -> list[Actor]:
        return self.resolver.resolve(self.parse, token)

    def _named_actors(self, token: Token) -> list[Actor]:
        """Actors that the phrase names or plainly describes; open ones and mere places within states left out."""
        if token.i in self.parse.good_at:
            return []
        return [actor for actor in self.resolver.resolve(self.parse, token) if not actor.is_open]

    def _owners(self, noun: Token) -> list[Actor]:
        """The party that stands before the noun: "Iran's deliveries", "US arms sales", "Russian shells"."""
        for child in noun.children:
            if child.dep_ in {"poss", "amod", "compound", "nmod"} and child.i < noun.i:
                mention = self.parse.actor_at.get(child.i)
                if mention is not None:
                    return self.resolver.resolve(self.parse, child)
                if child.dep_ == "poss":
                    actors = self.resolver.resolve(self.parse, child)
                    if actors:
                        return actors
        for place in range(noun.i - 1, max(noun.left_edge.i - 1, -1), -1):
            token = self.parse.doc[place]
            if place in self.parse.actor_at and token.dep_ in {"amod", "compound", "nmod"}:
                return self.resolver.resolve(self.parse, token)
        return []

    def _swallowed_recipient(self, objects: list[Token]) -> list[Actor]:
        """"hand North Korea modern weapons": a recipient that the parser took for a part of the goods."""
        for each in objects:
            mention = self.parse.actor_at.get(each.left_edge.i)
            if mention is None or mention.kind in {"demonym", "firm"} or mention.end >= each.i:
                continue
            following = self.parse.doc[mention.end]
            if following.tag_ != "POS" and (following.pos_ in {"ADJ", "NUM", "DET"} or following.tag_ in {"JJ", "VBN", "VBG"}):
                return self.resolver.resolve(self.parse, self.parse.doc[mention.end - 1])
        return []

    def _helped(self, verb: Token) -> Token | None:
        """"supporting Russia by supplying weapons": whom the supply helps."""
        if verb.dep_ == "pcomp" and verb.head.lower_ in {"by", "with"} and verb.head.head.lemma_.lower() in {"support", "help", "back", "aid", "assist", "favour", "favor"}:
            return next((c for c in verb.head.head.children if c.dep_ == "dobj"), None)
        return None

    def _makers(self, items: list[Item], excluded: frozenset[str]) -> list[Actor]:
        """The supplier that the goods' own adjective names: "French howitzers"."""
        for item in items:
            actors = [a for a in self._owners(item.head) if a.code not in excluded and not a.is_open]
            if actors:
                return actors
        return []

    def _with_items(self, verb: Token) -> bool:
        return any(p == "with" and items_of(self.parse, end) for p, end in prepositions(verb))

    def _second_object(self, token: Token, objects: list[Token]) -> bool:
        return any(other.i > token.i and items_of(self.parse, other) for other in objects)

    def _recalls(self, noun: Token) -> bool:
        return any(
            c.lower_
            in {"such", "the", "these", "those", "its", "their", "any", "first", "more", "new", "further", "some"}
            for c in noun.children
        ) and bool(self.thread.items)

    def _recalled(self, trigger: Token, heads: list[Token], is_anchored: bool) -> list[Item]:
        """Items named before, for a pronoun, a bare number or "the weapons"."""
        if not self.thread.items or not is_anchored:
            return []
        last = self.thread.items[-1]
        for head in heads:
            lemma = head.lemma_.lower()
            counted = head.pos_ == "NUM" or head.like_num
            if head.lower_ in _RECALLING or lemma in _RECALLING_NOUNS or counted:
                number = None
                if counted:
                    from_text = items_of(self.parse, head)
                    number = from_text[0].quantity if from_text else parse_number(head.text)
                classes = tuple(dict.fromkeys(each for item in self.thread.items for each in item.classes))
                return [
                    Item(
                        classes if not counted else last.classes,
                        number,
                        last.unit if counted else None,
                        last.maker,
                        head,
                        True,
                    )
                ]
        return []

    def _money(self, trigger: Token, item: Item, *, single: bool) -> Money | None:
        heads = subtree(item.head)
        low, high = heads[0].idx, heads[-1].idx + len(heads[-1])
        inside = [m for m in self.money if low <= m.start < high]
        if inside:
            return inside[0]
        if not single:
            return None
        clause = subtree(trigger, without=frozenset({"conj", "relcl", "ccomp"}))
        low, high = clause[0].idx, clause[-1].idx + len(clause[-1])
        near = [m for m in self.money if low <= m.start < high]
        return near[0] if len(near) == 1 else None

    def _date(self, trigger: Token) -> str | None:
        if not self.dates:
            return None
        clause = subtree(trigger)
        low, high = clause[0].idx, clause[-1].idx + len(clause[-1])
        near = [d for d in self.dates if low <= d.start < high] or (self.dates if len(self.dates) == 1 else [])
        if not near:
            return None
        return min(near, key=lambda d: abs(d.start - trigger.idx)).date


def _is_getting(have: Token) -> bool:
    """"is to have 15 tanks", "has had 40 lorries": have as get, not as own."""
    to_have = have.dep_ == "xcomp" and have.head.lemma_ == "be"
    has_had = have.tag_ == "VBN" or any(c.dep_ == "aux" and c.lower_ in {"will", "'ll"} for c in have.children)
    return to_have or has_had


def _is_under_way(trigger: Token) -> bool:
    """"is sending 14": a counted supply in the present progressive is announced, not done."""
    auxiliaries = {c.lower_ for c in trigger.children if c.dep_ == "aux"}
    return trigger.tag_ == "VBG" and bool(auxiliaries & {"is", "are", "'s", "'re", "am", "'m"}) and "been" not in auxiliaries


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
