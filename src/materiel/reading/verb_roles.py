"""Who plays what part around a verb of supply, acquisition or request."""

from __future__ import annotations

from spacy.tokens import Token

from materiel.reading.actors import Actor
from materiel.reading.clauses import governors, is_passive, objects_of, predicate_of, prepositions, subject_of
from materiel.reading.goods import Item
from materiel.reading.lexicons import Predicate, words
from materiel.reading.parses import subtree
from materiel.reading.threads import Roles
from materiel.reading.views import SentenceView

_TO = frozenset({"to", "into", "towards", "toward", "for", "against"})
VIA = frozenset({"through", "via", "across"})


def verb_roles(view: SentenceView, verb: Token, predicate: Predicate) -> Roles | None:
    passive = is_passive(verb)
    subject = (
        subject_of(verb) if not passive else next((c for c in verb.children if c.dep_ in {"nsubjpass", "nsubj"}), None)
    )
    if passive and subject is None:
        subject = verb.head if verb.dep_ in {"acl", "relcl", "amod"} else subject_of(verb)
    objects = objects_of(verb)
    dative = [c for c in verb.children if c.dep_ == "dative" and c.pos_ not in {"ADP", "PART"}]
    attached = _attached(view, verb, [*objects, *([subject] if passive and subject is not None else [])])
    if predicate.frame == "move" and (
        subject is None or (subject.i not in view.parse.good_at and not view.items(subject))
    ):
        return None
    if predicate.frame in {"supply", "operate", "move"}:
        return _supply_roles(view, verb, predicate, passive, subject, objects, dative, attached)
    return _acquire_roles(view, verb, predicate, passive, subject, objects, attached)


def has_inner_predicate(view: SentenceView, verb: Token) -> bool:
    for child in verb.children:
        if child.dep_ in {"xcomp", "ccomp"} and (inner := predicate_of(child)) is not None and inner.pos == "verb":
            return True
        if (
            child.dep_ in {"dobj", "nsubjpass"}
            and (inner := predicate_of(child)) is not None
            and inner.frame in {"acquire", "request"}
        ):
            return child.i not in view.parse.good_at
        if child.dep_ == "prep":
            for end in child.children:
                if end.dep_ == "pcomp" and predicate_of(end) is not None:
                    return True
    return False


def _attached(view: SentenceView, verb: Token, nouns: list[Token]) -> list[tuple[str, Token]]:
    """Prepositional phrases of the verb and of its objects, near ones first."""
    phrases = [
        (p, verb.head if end.tag_ in {"WDT", "WP"} and verb.dep_ == "relcl" else end) for p, end in prepositions(verb)
    ]
    for noun in nouns:
        for place in subtree(noun, without=frozenset({"relcl", "acl", "advcl"})):
            if place.pos_ in {"NOUN", "PROPN", "NUM", "PRON"} and place.i != verb.i:
                phrases += [(p, end) for p, end in prepositions(place) if p != "of"]
    for child in verb.children:
        if child.lower_ == "worth":
            phrases += list(prepositions(child))
    for governor in governors(verb):
        if governor.pos_ not in {"VERB", "AUX"} or verb.dep_ not in {"xcomp", "conj"}:
            break
        phrases += [(p, end) for p, end in prepositions(governor) if end.i > verb.i]
        break
    return phrases


def _supply_roles(view: SentenceView, verb: Token, predicate: Predicate, passive: bool, subject: Token | None, objects: list[Token],
    dative: list[Token], attached: list[tuple[str, Token]],
) -> Roles | None:  # fmt: skip
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
                suppliers += view.resolver.resolve(view.parse, end)
                tokens.append(end)
    elif subject is not None:
        if predicate.frame == "move" or (subject.i in view.parse.good_at and not view.actors(subject)):
            # "Shells went to Ukraine", "tanks arrive": the goods move by themselves.
            object_tokens.insert(0, subject)
        else:
            suppliers += view.actors(subject)
            tokens.append(subject)
    excluded = frozenset(actor.code for actor in suppliers if actor.code)
    for each in object_tokens:
        found = view.items(each)
        if found:
            items += found
            tokens += [item.head for item in found]
        else:
            actors = view.resolver.resolve(view.parse, each, excluded) if predicate_of(each) is None else []
            if actors and (
                (predicate.strength == "strong" and predicate.frame == "supply")
                or predicate.frame == "move"
                or (dative == [] and _with_items(view, verb))
                or (passive and len(object_tokens) > 1)
                or _second_object(view, each, object_tokens)
            ):
                recipients += actors
                tokens.append(each)
    if not recipients and not passive and not dative:
        recipients += _swallowed_recipient(view, verb, object_tokens)
    helped = _helped(view, verb)
    if helped is not None and not recipients and predicate.frame == "supply":
        recipients += view.resolver.resolve(view.parse, helped, excluded)
        tokens.append(helped)
    for each in dative:
        recipients += view.resolver.resolve(view.parse, each, excluded)
        tokens.append(each)
    via: list[Actor] = []
    for preposition, end in attached:
        if preposition == "along with" and items:
            more = view.items(end)
            items += more
            tokens += [item.head for item in more]
        if preposition == "with" and recipients and not items and not _has_other_object(objects, tokens):
            found = view.items(end)
            items += found
            tokens += [item.head for item in found]
        elif preposition in _TO and end.i not in view.parse.good_at:
            actors = view.resolver.resolve(view.parse, end, excluded)
            if actors and not recipients:
                recipients += actors
                tokens.append(end)
        elif preposition in VIA:
            via += view.named_actors(end)
        elif preposition == "from" and predicate.frame == "operate" and predicate.stage in {"withheld", "halted"}:
            recipients += [a for a in view.named_actors(end) if not recipients]
            tokens.append(end)
        elif preposition == "from" and not suppliers:
            suppliers += view.named_actors(end)
            tokens.append(end)
        elif preposition in {"in", "at", "on"} and predicate.frame == "move" and not recipients:
            recipients += view.named_actors(end)
            tokens.append(end)
    if not items:
        for preposition, end in prepositions(verb):
            if preposition in {"with", "of", "on", "about", "for", "to"} and not items:
                items += view.items(end)
                tokens += [item.head for item in items]
    if not suppliers:
        suppliers += view.makers(items, frozenset(a.code for a in recipients if a.code))
    if not items and not object_tokens and recipients and verb.lemma_.lower() in words("selling"):
        # "would never sell to Moscow": what the article has been speaking of.
        items = list(view.thread.items)
    if not items and recipients and verb.lemma_.lower() in words("arming"):
        items = [Item(("arms",), None, None, None, verb)]
    if not items:
        items = view.recalled(
            verb, object_tokens, bool(recipients or passive or (suppliers and predicate.strength == "strong"))
        )
    return Roles(tuple(suppliers), tuple(recipients), tuple(via), tuple(items), tuple(tokens))


def _acquire_roles(view: SentenceView, verb: Token, predicate: Predicate, passive: bool, subject: Token | None, objects: list[Token],
    attached: list[tuple[str, Token]],
) -> Roles | None:  # fmt: skip
    items: list[Item] = []
    recipients: list[Actor] = []
    suppliers: list[Actor] = []
    tokens: list[Token] = [verb]
    object_tokens = list(objects)
    if passive and subject is not None:
        object_tokens.insert(0, subject)
    elif subject is not None:
        recipients += view.actors(subject)
        tokens.append(subject)
    excluded = frozenset(actor.code for actor in recipients if actor.code)
    for each in object_tokens:
        found = view.items(each)
        if found:
            items += found
            tokens += [item.head for item in found]
        elif predicate.frame == "request":
            suppliers += view.resolver.resolve(view.parse, each, excluded)
            tokens.append(each)
    for preposition, end in attached:
        if preposition in {"for", "of", "on"} and not items:
            items += view.items(end)
            tokens += [item.head for item in items]
        elif preposition in {"from", "of", "with", "in"} and not suppliers:
            suppliers += [a for a in view.named_actors(end) if a.code not in excluded]
            tokens.append(end)
        elif preposition == "by" and passive:
            recipients += view.resolver.resolve(view.parse, end)
            tokens.append(end)
        elif preposition == "to" and predicate.frame == "request" and not suppliers:
            suppliers += [a for a in view.named_actors(end) if a.code not in excluded]
            tokens.append(end)
        elif preposition == "for" and predicate.frame == "acquire" and not recipients:
            recipients += view.named_actors(end)
    if not suppliers:
        suppliers += view.makers(items, excluded)
    if suppliers and recipients and all(a.name for a in recipients) and not any(a.name for a in suppliers):
        # "Nexter has signed with Beirut for 24 guns": makers sell.
        suppliers, recipients = recipients, suppliers
    if not items and predicate.frame == "acquire" and suppliers and predicate.stage == "ordered":
        items = view.recalled(verb, object_tokens, True)
    return Roles(tuple(suppliers), tuple(recipients), (), tuple(items), tuple(tokens))


def _has_other_object(objects: list[Token], tokens: list[Token]) -> bool:
    """What is given is the help: "given help with missiles"."""
    return any(each.pos_ == "NOUN" and each not in tokens for each in objects)


def _swallowed_recipient(view: SentenceView, verb: Token, objects: list[Token]) -> list[Actor]:
    """A recipient that the parser took into the goods: "hand North Korea modern weapons", "sent Ukraine helmets"."""
    for each in objects:
        inside = [c for c in each.children if c.i < each.i and c.dep_ in {"compound", "nmod", "appos", "npadvmod"}]
        mention = next((view.parse.actor_at[c.i] for c in inside if c.i in view.parse.actor_at), None)
        is_people = mention is not None and mention.kind == "demonym" and each.doc[mention.end - 1].text.endswith("s")
        if (
            mention is None
            or (mention.kind in {"demonym", "firm"} and not is_people)
            or not verb.i < mention.start < mention.end <= each.i
        ):
            continue
        following = view.parse.doc[mention.end]
        apart = following.pos_ in {"ADJ", "NUM", "DET"} or following.tag_ in {"JJ", "VBN", "VBG"}
        if following.tag_ != "POS" and (apart or verb.lemma_.lower() in words("ditransitive")):
            return view.resolver.resolve(view.parse, view.parse.doc[mention.end - 1])
    return []


def _helped(view: SentenceView, verb: Token) -> Token | None:
    """Whom the supply helps: "supporting Russia by supplying weapons"."""
    if (
        verb.dep_ == "pcomp"
        and verb.head.lower_ in {"by", "with"}
        and verb.head.head.lemma_.lower() in words("helping")
    ):
        return next((c for c in verb.head.head.children if c.dep_ == "dobj"), None)
    return None


def _with_items(view: SentenceView, verb: Token) -> bool:
    return any(p == "with" and view.items(end) for p, end in prepositions(verb))


def _second_object(view: SentenceView, token: Token, objects: list[Token]) -> bool:
    return any(other.i > token.i and view.items(other) for other in objects)
