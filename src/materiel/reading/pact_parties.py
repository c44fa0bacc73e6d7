"""Between whom a pact stands: by its noun, by joint or licensed work, or by its name."""

from __future__ import annotations

from spacy.tokens import Token

from materiel.reading.clauses import RELATIVE_TAGS, SUBJECTS, VERBAL, prepositions, subject_of, verb_above
from materiel.reading.lexicons import words
from materiel.reading.parses import Parse, subtree
from materiel.reading.resolver import Resolver


def pact_parties(parse: Parse, resolver: Resolver, noun: Token) -> tuple[list[str], list[Token]]:
    """Those between whom a pact stands, and the tokens that tell: "between X and Y", "with Y", "X and Y signed"."""
    found = _Parties(parse, resolver, noun)
    for place in range(noun.left_edge.i, noun.i):
        mention = parse.actor_at.get(place)
        if mention is not None and mention.start == place:
            found.add(parse.doc[mention.end - 1])
    _add_prepositional(found, noun)
    for child in noun.children:
        if child.dep_ in {"relcl", "acl"} and child.pos_ in VERBAL:
            subject = next((c for c in child.children if c.dep_ in SUBJECTS and c.tag_ not in RELATIVE_TAGS), None)
            if subject is not None:
                found.add(subject)
            found.add_partners(child)
    for child in noun.children:
        if child.dep_ == "poss" or (child.dep_ in {"amod", "compound", "nmod"} and child.i in parse.actor_at):
            found.add(child)
    governor = verb_above(noun)
    if len(found.codes) < 2 and governor is not None:
        found.add_partners(governor, to_whom=governor.lemma_.lower() in words("proposing"))
        subject = subject_of(governor)
        if (
            subject is not None
            and subject.i != noun.i
            and _is_named(parse, subject)
            and (noun.lemma_.lower() not in words("loose-pact-noun") or governor.lemma_.lower() in words("pact-verb"))
        ):
            found.add(subject)
    return found.codes, found.tokens


def _is_named(parse: Parse, subject: Token) -> bool:
    """Whether a subject names its state or is a pronoun: "the upper house" alone is too little to make it a party."""
    named = any(t.i in parse.actor_at for t in subtree(subject, without=frozenset({"relcl", "acl"})))
    return named or subject.pos_ == "PRON"


class _Parties:
    """The parties of a pact while they are being gathered, each once, and the tokens that name them."""

    def __init__(self, parse: Parse, resolver: Resolver, noun: Token) -> None:
        self.codes: list[str] = []
        self.tokens = [noun]
        self.parse, self._resolver = parse, resolver

    def add(self, token: Token) -> None:
        """Add whom the phrase names; "the two leaders" names nobody whom the pact itself does not."""
        if any(child.lower_ in {"two", "both"} for child in token.children) and token.i not in self.parse.actor_at:
            return
        for actor in self._resolver.resolve(self.parse, token, frozenset(self.codes)):
            if actor.code and actor.code not in self.codes:
                self.codes.append(actor.code)
        below = subtree(token, without=frozenset({"relcl", "acl", "advcl"}))
        self.tokens += [token, *(t for t in below if t.i in self.parse.actor_at)]

    def add_partners(self, verb: Token, *, to_whom: bool = False) -> None:
        """Add with whom the verb's subject does it; ``to_whom`` where it is proposed to them."""
        for preposition, end in prepositions(verb):
            if preposition in {"with", "between", "by"} or (to_whom and preposition == "to"):
                self.add(end)


def _add_prepositional(found: _Parties, noun: Token) -> None:
    """Add the parties after the noun and after what it is about: "a treaty of friendship between"."""
    topics = [end for p, end in prepositions(noun) if p in {"of", "on", "for"} and end.pos_ == "NOUN"]
    takes_to = noun.lemma_.lower() == "party" or noun.head.lemma_.lower() in words("proposing")
    for preposition, end in [pair for place in (noun, *topics) for pair in prepositions(place)]:
        if preposition not in {"between", "among", "with", "of", "by", "to"}:
            continue
        if (preposition == "of" and end.i not in found.parse.actor_at) or (preposition == "to" and not takes_to):
            continue
        found.add(end)
        if preposition == "between":
            for inner in subtree(end, without=frozenset({"relcl", "acl"})):
                if inner.i in found.parse.actor_at:
                    found.add(inner)


def joint_work(parse: Parse, resolver: Resolver, verb: Token) -> tuple[list[str], list[Token]] | None:
    """Who makes it together: "China builds it together with Pakistan", "Japan and Italy agreed to build jointly"."""
    together = [c for c in verb.subtree if c.lower_ in {"together", "jointly"}]
    if not together and verb.lemma_.lower() not in {"co-produce", "coproduce", "co-develop"}:
        return None
    subject = subject_of(verb)
    partners = [end for place in (verb, *together) for p, end in prepositions(place) if p in {"with", "by"}]
    return _between(parse, resolver, verb, [*together, *[t for t in (subject, *partners) if t is not None]])


def licensed_work(parse: Parse, resolver: Resolver, verb: Token) -> tuple[list[str], list[Token]] | None:
    """Who makes whose: "makes them on a licence from Lockheed Martin", "has assembled Israeli drones under licence"."""
    licence = next((t for t in verb.subtree if t.lemma_.lower() in {"licence", "license"}), None)
    if licence is None:
        return None
    maker = [t for t in [subject_of(verb)] if t is not None]
    places = [end for p, end in prepositions(verb) if p in {"in", "at"} and end.i in parse.actor_at]
    licensor = [end for p, end in prepositions(licence) if p in {"from", "of"}]
    licensor += [t for t in licence.children if t.i in parse.actor_at]
    licensor += [
        t
        for t in verb.subtree
        if t.i in parse.actor_at and t.dep_ in {"amod", "compound", "nmod"} and t.head.i in parse.good_at
    ]
    return _between(parse, resolver, verb, [licence, *(maker or places), *licensor])


def _between(
    parse: Parse, resolver: Resolver, verb: Token, tokens: list[Token]
) -> tuple[list[str], list[Token]] | None:
    codes: list[str] = []
    for token in tokens:
        for actor in resolver.resolve(parse, token, frozenset(codes)):
            if actor.code and actor.code not in codes:
                codes.append(actor.code)
    return (codes, [verb, *tokens]) if len(codes) >= 2 else None


def named_pact_parties(parse: Parse, resolver: Resolver, verb: Token) -> tuple[list[str], list[Token]]:
    """A pact by its name, the parties after "between": "AUKUS was agreed between Australia, Britain and America"."""
    codes: list[str] = []
    tokens = [verb]
    for preposition, end in prepositions(verb):
        if preposition == "between":
            codes += [a.code for a in resolver.resolve(parse, end) if a.code]
            tokens += [end, *[t for t in subtree(end) if t.i in parse.actor_at]]
    return codes, tokens
