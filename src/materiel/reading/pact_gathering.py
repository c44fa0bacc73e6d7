"""The parties of a pact while they are gathered: what phrases name them, and whom the article means by the rest."""

from __future__ import annotations

from spacy.tokens import Token

from materiel.reading.clauses import (
    RELATIVE_TAGS,
    conjuncts,
    prepositions,
    subject_of,
)
from materiel.reading.lexicons import words
from materiel.reading.organisations import organisation_name
from materiel.reading.parses import Parse, subtree
from materiel.reading.resolver import Resolver
from materiel.terms.actors import states

CLAUSES = frozenset({"relcl", "acl", "advcl"})
PARTNER = frozenset({"with", "between", "among", "amongst", "by", "along with", "alongside"})
"""Prepositions before those with whom something is agreed."""
_PAIR = frozenset({"two", "both", "each", "three"})


class Parties:
    """The parties of a pact while they are being gathered, each once, and the tokens that name them."""

    def __init__(self, parse: Parse, resolver: Resolver, *tokens: Token) -> None:
        self.codes: list[str] = []
        self.tokens = list(tokens)
        self._says_two = self._between_two = False
        self._parse, self._resolver = parse, resolver

    def add(self, token: Token) -> None:
        """Add whom the phrase names; "the two leaders" names nobody before all else has been looked at."""
        if any(child.lower_ in _PAIR for child in token.children) and token.i not in self._parse.actor_at:
            self._says_two = self._says_two or says_two(token)
            return
        for actor in self._resolver.resolve(self._parse, token, frozenset(self.codes)):
            self.add_code(actor.code)
        for head in (token, *conjuncts(token)):
            if _may_be_firm(head) and not self._resolver.resolve(self._parse, head) and not self._names_one(head):
                self.add_code(_name_of(head))
        below = subtree(token, without=CLAUSES)
        self.tokens += [token, *(t for t in below if t.i in self._parse.actor_at)]

    def add_all(self, end: Token) -> None:
        """Add the phrase and every actor of it: "between the Government of Chile and the Ministry of Peru"."""
        self.add(end)
        self._between_two = self._says_two
        for inner in subtree(end, without=CLAUSES):
            if inner.i in self._parse.actor_at and not _is_topic(inner, end):
                self.add(inner)

    def add_partners(self, word: Token, *, to_whom: bool = False) -> None:
        """Add with whom it is done; ``to_whom`` where it is proposed to them."""
        for preposition, end in prepositions(word):
            if preposition in {"between", "among"}:
                self.add_all(end)
            elif preposition in PARTNER or (to_whom and preposition == "to"):
                self.add(end)
        if to_whom:
            for child in word.children:
                if child.dep_ in {"dative", "iobj"} and child.pos_ in {"NOUN", "PROPN"}:
                    self.add(child)

    def add_subject(self, verb: Token, *, but: Token) -> None:
        """Add the verb's subject where it names an actor."""
        subject = subject_of(verb)
        if subject is not None and subject.i != but.i and (is_named(self._parse, subject) or says_two(subject)):
            self.add(subject)

    def add_dealing(self, verb: Token) -> None:
        """Add who does what to whom on the ground of a pact, where both are named: "Peru is selling Chile two"."""
        subject = subject_of(verb)
        ends = [end for preposition, end in prepositions(verb) if preposition in {"to", "from", "with"}]
        ends += [child for child in verb.children if child.dep_ in {"dative", "dobj"}]
        partners = [end for end in ends if end.i in self._parse.actor_at]
        if subject is not None and partners and self.meant(subject):
            for party in (subject, *partners):
                self.add(party)

    def meant(self, token: Token) -> list[str]:
        """The codes that the word stands for."""
        return [actor.code for actor in self._resolver.resolve(self._parse, token) if actor.code]

    def add_two(self, noun: Token) -> None:
        """Add whom "the two countries", "both governments" stand for, where some phrase has said so."""
        says_two_below = any(t.lemma_.lower() in words("one-of-two") and says_two(t) for t in noun.subtree)
        if len(self.codes) >= 2 or not (self._says_two or says_two_below):
            return
        pair = self._resolver.memory.latest_pair()
        if self._between_two:
            self.codes = list(pair)
        elif set(self.codes) <= set(pair):
            self.codes += [code for code in pair if code not in self.codes]

    def recall(self, noun: Token) -> None:
        """Fill up to two parties from what the article is about.

        One is the government whose statement it is; else the supply told last, then the states named most.
        """
        memory, own = self._resolver.memory, self._resolver.government
        if own is not None and len(self.codes) == 1 and own.code not in self.codes:
            self.add_code(own.code)
            self.tokens.append(noun)
            return
        pair = memory.last_pair
        if len(pair) == 2 and set(self.codes) <= pair and pair <= states().keys():
            for code in sorted(pair):
                self.add_code(code)
        if self.codes:
            for recalled in memory.last_subjects()[:1]:
                self.add_code(recalled.actor.code)
            for actor in memory.latest_states(frozenset(self.codes), 2 - len(self.codes)):
                self.add_code(actor.code)
        while len(self.codes) < 2 and (topical := memory.topical_state(frozenset(self.codes))):
            self.add_code(topical[0].code)
        self.tokens.append(noun)

    def add_code(self, code: str | None) -> None:
        if code and code not in self.codes:
            self.codes.append(code)

    def _names_one(self, token: Token) -> bool:
        return any(t.i in self._parse.actor_at for t in subtree(token, without=CLAUSES) if t.dep_ != "conj")


def says_two(phrase: Token) -> bool:
    """Whether the phrase stands for two without naming them: "the two countries", "both"."""
    return any(t.lower_ in {"two", "both"} for t in (phrase, *phrase.children))


def is_named(parse: Parse, subject: Token) -> bool:
    """Whether a subject names its state or is a pronoun: "the upper house" alone is too little to make it a party."""
    named = any(t.i in parse.actor_at for t in subtree(subject, without=CLAUSES))
    is_other = subject.lower_ in {"south", "north"} or (subject.pos_ == "PRON" and subject.tag_ not in RELATIVE_TAGS)
    return named or is_other or subject.ent_type_ == "ORG"


def _may_be_firm(token: Token) -> bool:
    """Whether a name that no vocabulary lists may be a firm's: a proper noun that the parser takes for nothing else."""
    if token.pos_ != "PROPN" or not token.text[0].isupper() or token.ent_type_ not in {"ORG", "PRODUCT", ""}:
        return False
    return not set(_name_of(token).lower().split()) & (
        words("pact-noun") | words("pact-name") | words("government-noun")
    )


def _name_of(token: Token) -> str:
    """The name as written: the entity, or the capitalised words before its last word."""
    if token.ent_type_ == "ORG":
        return organisation_name(token)
    start = token.i
    while start > token.sent.start and token.doc[start - 1].pos_ == "PROPN" and token.doc[start - 1].head == token:
        start -= 1
    return token.doc[start : token.i + 1].text


def _is_topic(token: Token, end: Token) -> bool:
    """Whether an actor below a party is what the pact is about: "between Peru and Chile on Bolivian gas"."""
    for above in token.ancestors:
        if above.i == end.i:
            return False
        if above.dep_ == "prep" and above.lower_ in {"on", "over", "about", "for", "against", "in", "to"}:
            return True
    return False
