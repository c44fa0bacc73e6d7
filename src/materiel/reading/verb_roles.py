"""Who plays what part around a verb of supply, acquisition or request."""

from __future__ import annotations

from dataclasses import dataclass, replace

from spacy.tokens import Token

from materiel.reading.actors import Actor
from materiel.reading.clauses import (
    RELATIVE_TAGS,
    SUBJECTS,
    VERBAL,
    auxiliaries,
    first_child,
    is_passive,
    joins_others,
    objects_of,
    predicate_of,
    prepositions,
    subject_of,
)
from materiel.reading.goods import Item
from materiel.reading.lexicons import Predicate, words
from materiel.reading.parses import subtree
from materiel.reading.roles import VIA, Casting, Roles, codes
from materiel.reading.views import SentenceView
from materiel.terms.actors import states

_TO = frozenset({"to", "into", "towards", "toward", "for", "against"})


@dataclass(frozen=True, slots=True)
class _Frame:
    """A verb with what stands around it.

    Attributes:
        subject: what does it; of a passive what undergoes it.
        objects: what undergoes it; of a passive the subject first.
        phrases: prepositional phrases of the verb and of its objects, near ones first.
    """

    verb: Token
    predicate: Predicate
    passive: bool
    subject: Token | None
    objects: list[Token]
    phrases: list[tuple[str, Token]]


def verb_roles(view: SentenceView, verb: Token, predicate: Predicate) -> Roles | None:
    """The parts around a verb; None where it moves something else than goods ("troops arrived")."""
    passive = is_passive(verb)
    subject = _undergoer(verb) if passive else subject_of(verb)
    undergoing = [subject] if passive and subject is not None else []
    objects = objects_of(verb)
    phrases = _phrases(verb, [*objects, *undergoing])
    ends = [end for preposition, end in phrases if preposition in {"to", "from", "by"}]
    parties = [*undergoing, *objects, *ends, *([subject] if subject is not None else [])]
    if any(party.lemma_.lower() in words("civil-party") for party in parties):
        return None
    frame = _Frame(verb, predicate, passive, subject, [*undergoing, *objects], phrases)
    if predicate.frame == "move" and (
        subject is None or (subject.i not in view.parse.good_at and not view.items(subject))
    ):
        return None
    if predicate.frame in {"supply", "operate", "move"}:
        return _supply_roles(view, frame)
    return _acquire_roles(view, frame)


def has_inner_predicate(view: SentenceView, verb: Token) -> bool:
    """Whether another word of supply stands below the verb and says more: "agreed to send", "approved the purchase"."""
    for child in verb.children:
        inner = predicate_of(child)
        if child.dep_ in {"xcomp", "ccomp"} and inner is not None and inner.pos == "verb":
            return True
        if child.dep_ in {"dobj", "nsubjpass"} and inner is not None and inner.frame in {"acquire", "request"}:
            return child.i not in view.parse.good_at
        if child.dep_ == "prep" and any(
            end.dep_ == "pcomp" and predicate_of(end) is not None for end in child.children
        ):
            return True
    return False


def _undergoer(verb: Token) -> Token | None:
    """The subject of a passive, or the noun on which its participle hangs."""
    own = first_child(verb, *SUBJECTS)
    if own is not None:
        return own
    return verb.head if verb.dep_ in {"acl", "relcl", "amod"} else subject_of(verb)


def _phrases(verb: Token, nouns: list[Token]) -> list[tuple[str, Token]]:
    phrases = [
        (p, verb.head if end.tag_ in RELATIVE_TAGS and verb.dep_ == "relcl" else end) for p, end in prepositions(verb)
    ]
    for noun in nouns:
        for place in subtree(noun, without=frozenset({"relcl", "acl", "advcl"})):
            if place.pos_ in {"NOUN", "PROPN", "NUM", "PRON"} and place.i != verb.i:
                phrases += [(p, end) for p, end in prepositions(place) if p != "of"]
    for child in verb.children:
        if child.lower_ == "worth":
            phrases += prepositions(child)
    if verb.head != verb and verb.head.pos_ in VERBAL and verb.dep_ in {"xcomp", "conj"}:
        phrases += [(p, end) for p, end in prepositions(verb.head) if end.i > verb.i]
    return phrases


# -- supply: X gives to Y ---------------------------------------------------------------------------------------------


def _supply_roles(view: SentenceView, frame: _Frame) -> Roles:
    cast = Casting(tokens=[frame.verb])
    objects = _cast_giver(view, frame, cast)
    excluded = codes(cast.suppliers)
    _cast_objects(view, frame, cast, objects, excluded)
    _cast_receivers(view, frame, cast, objects, excluded)
    _cast_supply_phrases(view, frame, cast, excluded)
    if not cast.suppliers:
        cast.suppliers = view.makers(cast.items, codes(cast.recipients))
    if not cast.items:
        cast.items = _goods_spoken_of(view, frame, cast, objects)
    return cast.roles()


def _cast_giver(view: SentenceView, frame: _Frame, cast: Casting) -> list[Token]:
    """Cast the supplier; what is left are the objects, goods that move by themselves among them."""
    if frame.passive:
        for preposition, end in frame.phrases:
            if preposition == "by":
                cast.suppliers += view.actors(end)
                cast.with_others = bool(codes(cast.suppliers)) and joins_others(end)
                cast.tokens.append(end)
        return frame.objects
    subject = frame.subject
    if subject is None:
        return frame.objects
    if frame.predicate.frame == "move" or (subject.i in view.parse.good_at and not view.actors(subject)):
        # "Shells went to Ukraine", "tanks arrive": the goods move by themselves.
        return [subject, *frame.objects]
    cast.suppliers += view.actors(subject)
    cast.with_others = bool(codes(cast.suppliers)) and joins_others(subject)
    cast.tokens.append(subject)
    return frame.objects


def _cast_objects(
    view: SentenceView, frame: _Frame, cast: Casting, objects: list[Token], excluded: frozenset[str]
) -> None:
    """Objects are the goods, or whoever receives them."""
    for each in objects:
        if found := view.items(each):
            cast.add_items(found)
            continue
        actors = view.actors(each, excluded) if predicate_of(each) is None else []
        if actors and _may_receive(view, frame, each, objects):
            cast.recipients += actors
            cast.tokens.append(each)


def _may_receive(view: SentenceView, frame: _Frame, each: Token, objects: list[Token]) -> bool:
    """Whether an object that is an actor receives the goods, rather than being what is talked about."""
    predicate = frame.predicate
    return (
        (predicate.strength == "strong" and predicate.frame == "supply")
        or predicate.frame == "move"
        or (not _datives(frame.verb) and any(p == "with" and view.items(end) for p, end in prepositions(frame.verb)))
        or (frame.passive and len(objects) > 1)
        or any(other.i > each.i and view.items(other) for other in objects)
    )


def _cast_receivers(
    view: SentenceView, frame: _Frame, cast: Casting, objects: list[Token], excluded: frozenset[str]
) -> None:
    """Receivers without a preposition."""
    datives = _datives(frame.verb)
    if not cast.recipients and not frame.passive and not datives:
        cast.recipients += _swallowed_recipient(view, frame.verb, objects)
    if not cast.recipients and frame.predicate.frame in {"supply", "operate"}:
        cast.recipients += _served(view, frame.verb, excluded)
    helped = _helped(frame.verb)
    if helped is not None and not cast.recipients and frame.predicate.frame == "supply":
        cast.recipients += view.actors(helped, excluded)
        cast.tokens.append(helped)
    for each in datives:
        cast.recipients += view.actors(each, excluded)
        cast.tokens.append(each)


def _datives(verb: Token) -> list[Token]:
    return [child for child in verb.children if child.dep_ == "dative" and child.pos_ not in {"ADP", "PART"}]


def _cast_supply_phrases(view: SentenceView, frame: _Frame, cast: Casting, excluded: frozenset[str]) -> None:
    """Parts with a preposition, then goods that only one names: "supplied Kyiv with", "ready to part with"."""
    predicate = frame.predicate
    direct = frame.objects[1:] if frame.passive and frame.subject is not None else frame.objects
    for preposition, end in frame.phrases:
        if preposition == "along with" and cast.items:
            cast.add_items(view.items(end))
        elif preposition == "with" and cast.recipients and not cast.items:
            # "given help with missiles": what is given is the help.
            if not any(each.pos_ == "NOUN" and each not in cast.tokens for each in direct):
                cast.add_items(view.items(end))
        elif preposition in _TO and end.i not in view.parse.good_at:
            actors = view.actors(end, excluded)
            if actors and not cast.recipients:
                cast.recipients += actors
                cast.tokens.append(end)
        elif preposition in VIA:
            cast.via += view.named_actors(end)
        elif preposition == "from" and predicate.frame == "operate" and predicate.stage in {"withheld", "halted"}:
            cast.recipients = cast.recipients or view.named_actors(end)
            cast.tokens.append(end)
        elif preposition == "from" and not cast.suppliers:
            cast.suppliers += view.named_actors(end)
            cast.tokens.append(end)
        elif preposition in {"in", "at", "on"} and predicate.frame == "move" and not cast.recipients:
            cast.recipients += view.named_actors(end)
            cast.tokens.append(end)
    for preposition, end in prepositions(frame.verb):
        if preposition in {"with", "of", "on", "about", "for", "to"} and not cast.items:
            cast.add_items(view.items(end))


def _goods_spoken_of(view: SentenceView, frame: _Frame, cast: Casting, objects: list[Token]) -> list[Item]:
    """Goods that the clause leaves out."""
    lemma = frame.verb.lemma_.lower()
    if cast.recipients and not objects and lemma in words("selling") and view.thread.items:
        # "would never sell to Moscow": what the article has been speaking of.
        return [replace(item, quantity=None, head=frame.verb, is_recalled=True) for item in view.thread.items]
    if cast.recipients and lemma in words("arming"):
        return [Item(("arms",), None, None, None, frame.verb)]
    if frame.passive and any(each.pos_ == "NOUN" for each in objects[1:]):
        # "has also been given help with missiles": what is given is the help.
        return []
    is_told = cast.recipients or frame.passive or (cast.suppliers and frame.predicate.strength == "strong")
    return view.recalled(objects) if is_told else []


def _swallowed_recipient(view: SentenceView, verb: Token, objects: list[Token]) -> list[Actor]:
    """A recipient that the parser took into the goods: "hand North Korea modern weapons", "sent Ukraine helmets"."""
    for each in objects:
        inside = [c for c in each.children if c.i < each.i and c.dep_ in {"compound", "nmod", "appos", "npadvmod"}]
        mention = next((view.parse.actor_at[c.i] for c in inside if c.i in view.parse.actor_at), None)
        if mention is None or not verb.i < mention.start < mention.end <= each.i:
            continue
        is_people = mention.kind == "demonym" and each.doc[mention.end - 1].text.endswith("s")
        if mention.kind in {"demonym", "firm"} and not is_people:
            continue
        following = view.parse.doc[mention.end]
        is_apart = following.pos_ in {"ADJ", "NUM", "DET"} or following.tag_ in {"JJ", "VBN", "VBG"}
        if following.tag_ != "POS" and (is_apart or verb.lemma_.lower() in words("ditransitive")):
            return view.actors(view.parse.doc[mention.end - 1])
    return []


_SERVED_LINKS = frozenset({"dobj", "poss", "pobj", "compound", "amod", "nsubj"})


def _served(view: SentenceView, verb: Token, excluded: frozenset[str]) -> list[Actor]:
    """Whom a purpose serves: "has delivered missiles to shore up the air defences of Pyongyang"."""
    for child in verb.children:
        if child.dep_ in {"advcl", "xcomp"} and child.lemma_.lower() in words("benefit") and "to" in auxiliaries(child):
            for token in child.subtree:
                if token.i in view.parse.actor_at and token.dep_ in {
                    "dobj",
                    "poss",
                    "pobj",
                    "compound",
                    "amod",
                    "nsubj",
                }:
                    return [actor for actor in view.actors(token) if actor.code and actor.code not in excluded][:1]
    return []


def _helped(verb: Token) -> Token | None:
    """Whom the supply helps: "supporting Russia by supplying weapons"."""
    helping = verb.head.head
    if verb.dep_ == "pcomp" and verb.head.lower_ in {"by", "with"} and helping.lemma_.lower() in words("helping"):
        return first_child(helping, "dobj")
    return None


# -- acquisition and request: Y gets from X, Y asks X -----------------------------------------------------------------


def _acquire_roles(view: SentenceView, frame: _Frame) -> Roles:
    cast = Casting(tokens=[frame.verb])
    if not frame.passive and frame.subject is not None:
        cast.recipients += view.actors(frame.subject)
        cast.tokens.append(frame.subject)
    excluded = codes(cast.recipients)
    if frame.predicate.frame == "request" and _asks_own_parliament(view, frame, excluded):
        return _granting_roles(view, frame, cast)
    for each in frame.objects:
        if found := view.items(each):
            cast.add_items(found)
        elif frame.predicate.frame == "request":
            cast.suppliers += view.actors(each, excluded)
            cast.tokens.append(each)
    _cast_acquire_phrases(view, frame, cast, excluded)
    if not cast.suppliers and cast.recipients and (others := _buys_for_another(view, frame, excluded)):
        cast.suppliers, cast.recipients = cast.recipients, others
    if not cast.suppliers:
        cast.suppliers = view.makers(cast.items, excluded)
    if cast.suppliers and cast.recipients and _are_firms(cast.recipients) and not any(a.name for a in cast.suppliers):
        # "Nexter has signed with Beirut for 24 guns": makers sell.
        cast.suppliers, cast.recipients = cast.recipients, cast.suppliers
    if not cast.items and cast.suppliers and frame.predicate.frame == "acquire" and frame.predicate.stage == "ordered":
        cast.items = view.recalled(frame.objects)
    return cast.roles()


def _asks_own_parliament(view: SentenceView, frame: _Frame, own: frozenset[str]) -> bool:
    """Whether a government asks its own parliament for money: it is going to give, not to get."""
    for each in frame.objects:
        mention = view.parse.actor_at.get(each.i)
        if mention is not None and mention.kind == "seat" and mention.meanings[0].code in own:
            return True
        if each.lemma_.lower() in words("parliament") and bool(own & set(states())):
            return mention is None
    return False


def _granting_roles(view: SentenceView, frame: _Frame, cast: Casting) -> Roles:
    """The parts where a government seeks the means of its own parliament: "asked Congress for $3 million for Chad"."""
    cast.suppliers, cast.recipients = cast.recipients, []
    for preposition, end in frame.phrases:
        if preposition == "for" and not cast.items:
            places = [end, *subtree(end, without=frozenset({"relcl", "acl"}))]
            cast.add_items(next((items for place in places if (items := view.items(place))), []))
            below = (pair for place in places for pair in prepositions(place))
            found = (view.named_actors(inner) for each, inner in below if each in {"to", "for"})
            cast.recipients += next(filter(None, found), [])
        elif preposition in {"to", "for"} and not cast.recipients:
            cast.recipients += view.named_actors(end)
    if not cast.recipients and any(item.classes != ("finance",) for item in cast.items):
        # "Chad asked its parliament for two helicopters": it wants them for itself.
        cast.suppliers, cast.recipients = [], cast.suppliers
    return cast.roles()


def _buys_for_another(view: SentenceView, frame: _Frame, own: frozenset[str]) -> list[Actor]:
    """For whom goods are bought as a gift: "has raised money to buy shells for Kyiv"."""
    if frame.passive or frame.predicate.frame != "acquire" or frame.verb.lemma_.lower() not in words("buying"):
        return []
    ends = [end for preposition, end in frame.phrases if preposition == "for" and end.i > frame.verb.i]
    found = (view.named_actors(end) for end in ends if end.i in view.parse.actor_at)
    return next((actors for actors in found if actors and not own & codes(actors)), [])


def _cast_acquire_phrases(view: SentenceView, frame: _Frame, cast: Casting, excluded: frozenset[str]) -> None:
    kind = frame.predicate.frame
    for preposition, end in frame.phrases:
        if preposition in {"for", "of", "on"} and not cast.items:
            cast.add_items(view.items(end))
        elif not cast.suppliers and (
            preposition in {"from", "of", "with", "in"} or (preposition == "to" and kind == "request")
        ):
            cast.suppliers += [a for a in view.named_actors(end) if a.code not in excluded]
            cast.tokens.append(end)
        elif preposition == "by" and frame.passive:
            cast.recipients += view.actors(end)
            cast.tokens.append(end)
        elif preposition == "for" and kind == "acquire" and not cast.recipients:
            cast.recipients += view.named_actors(end)


def _are_firms(actors: list[Actor]) -> bool:
    return all(actor.name for actor in actors)
