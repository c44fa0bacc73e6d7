"""Work that several share: goods made jointly, under licence, in a partner's country or from a supply in part."""

from __future__ import annotations

from spacy.tokens import Token

from materiel.reading.clauses import auxiliaries, is_passive, prepositions, subject_of
from materiel.reading.lexicons import words
from materiel.reading.pact_gathering import CLAUSES, Parties, is_named, says_two
from materiel.reading.parses import Parse, subtree
from materiel.reading.resolver import Resolver
from materiel.terms.actors import states


def joint_work(parse: Parse, resolver: Resolver, verb: Token) -> tuple[list[str], list[Token]] | None:
    """Who makes it together: "China builds it together with Pakistan", "Japan and Italy agreed to build jointly"."""
    together = [c for c in verb.subtree if c.lower_ in {"together", "jointly"}]
    joint = bool(together) or is_co_made(verb)
    partners = [
        end for place in (verb, *together) for p, end in prepositions(place) if p in {"with", "by", "along with"}
    ]
    if not joint and not any(p == "with" and end.i in parse.actor_at for p, end in prepositions(verb)):
        return None
    subject = subject_of(verb)
    if not joint and not _touches_goods(parse, verb):
        return None
    is_made = is_passive(verb) or (
        subject is not None and (subject.i in parse.good_at or not (is_named(parse, subject) or says_two(subject)))
    )
    tokens = [*together, *[t for t in (subject if not is_made else None, *partners) if t is not None]]
    return _between(parse, resolver, verb, tokens, recalls=is_made and _touches_goods(parse, verb))


def is_co_made(verb: Token) -> bool:
    """Whether "co-" stands before the verb, however the parser splits it."""
    doc = verb.doc
    return verb.lower_.startswith("co-") or (
        verb.i > 1 and doc[verb.i - 1].text == "-" and doc[verb.i - 2].lower_ == "co"
    )


def _touches_goods(parse: Parse, verb: Token) -> bool:
    if verb.dep_ in {"acl", "relcl"} and verb.head.i in parse.good_at:
        return True
    return any(
        c.dep_ in {"dobj", "nsubjpass"} and any(t.i in parse.good_at for t in subtree(c, without=CLAUSES))
        for c in verb.children
    )


def licensed_work(parse: Parse, resolver: Resolver, verb: Token) -> tuple[list[str], list[Token]] | None:
    """Who makes whose: "makes them on a licence from Lockheed Martin", "has assembled Israeli drones under licence"."""
    licence = next((t for t in verb.subtree if t.lemma_.lower() in {"licence", "license"}), None)
    if licence is None:
        return None
    subject = subject_of(verb)
    maker = [t for t in [subject] if t is not None and t.i not in parse.good_at]
    places = [end for p, end in prepositions(verb) if p in {"in", "at"} and end.i in parse.actor_at]
    licensor = [end for p, end in prepositions(licence) if p in {"from", "of", "by", "with"}]
    if licensor and is_passive(verb):
        maker += [end for p, end in prepositions(verb) if p == "by"]
    licensor += [t for t in licence.children if t.i in parse.actor_at]
    licensor += [
        t
        for t in [*verb.subtree, *(subject.subtree if subject is not None else [])]
        if t.i in parse.actor_at and t.dep_ in {"amod", "compound", "nmod"} and t.head.i in parse.good_at
    ]
    named = [t for t in maker if resolver.named(parse, t) or (t.pos_ == "PROPN" and t.ent_type_ == "ORG")]
    makers = named or places
    return _between(parse, resolver, verb, [licence, *makers, *licensor], recalls=not makers)


def _between(
    parse: Parse, resolver: Resolver, verb: Token, tokens: list[Token], *, recalls: bool = False
) -> tuple[list[str], list[Token]] | None:
    """Those whom the tokens name; ``recalls`` where one partner may be whom the article is about."""
    found = Parties(parse, resolver, verb)
    for token in tokens:
        if token.pos_ == "ADV" or token.lemma_.lower() in {"licence", "license"}:
            found.tokens.append(token)
        else:
            found.add(token)
    found.add_two(verb)
    is_with = not any(p == "by" for p, _ in prepositions(verb))
    if recalls and found.codes and is_with and (topical := resolver.memory.topical_state(frozenset(found.codes))):
        found.add_code(topical[0].code)
    return (found.codes, found.tokens) if len(found.codes) >= 2 else None


def sited_work(parse: Parse, resolver: Resolver, verb: Token) -> tuple[list[str], list[Token]] | None:
    """A maker's works in another state: "Saab will open a plant in Brazil to build fighters"."""
    places = {"nsubjpass"} if is_passive(verb) else {"dobj"}
    works = next((c for c in verb.children if c.dep_ in places and c.lemma_.lower() in words("works")), None)
    if works is None or not any(t.i in parse.good_at for t in verb.subtree):
        return None
    where = [end for word in (verb, works) for p, end in prepositions(word) if p in {"in", "near", "at"}]
    states = [end for end in where if end.i in parse.actor_at]
    maker = next((end for p, end in prepositions(verb) if p == "by"), None) if is_passive(verb) else subject_of(verb)
    if maker is None or not states:
        return None
    return _between(parse, resolver, verb, [works, maker, *states[:1]])


def local_work(parse: Parse, resolver: Resolver, verb: Token) -> tuple[list[str], list[Token]] | None:
    """A part of a supply that is made where it goes: "some will be assembled locally", "to be built in Poland"."""
    pair = sorted(resolver.memory.last_pair)
    if len(pair) != 2 or not (is_passive(verb) or verb.dep_ == "xcomp"):
        return None
    if any(c.lower_ in {"locally", "domestically"} for c in verb.children) and set(pair) & states().keys():
        return pair, list(verb.subtree)
    for preposition, end in prepositions(verb):
        if preposition in {"in", "at"} and any(a.code in pair for a in resolver.resolve(parse, end)):
            is_planned = bool(auxiliaries(verb) & {"will", "would", "to", "could", "may"})
            return (pair, list(verb.subtree)) if is_planned else None
    return None
