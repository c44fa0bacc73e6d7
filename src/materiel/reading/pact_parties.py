"""Between whom a pact stands: by its noun, by the verbs above and below it, or by what the article spoke of before."""

from __future__ import annotations

from spacy.tokens import Token

from materiel.reading.clauses import (
    RELATIVE_TAGS,
    SUBJECTS,
    VERBAL,
    first_child,
    governors,
    prepositions,
    subject_of,
    verb_above,
)
from materiel.reading.lexicons import actor_finder, combining_forms, words
from materiel.reading.pact_gathering import PARTNER, Parties
from materiel.reading.parses import Parse
from materiel.reading.resolver import Resolver

_SENTENCE_LINKS = frozenset({"ROOT", "ccomp", "relcl", "advcl", "parataxis"})
_BASIS = frozenset({"under", "by", "through", "in", "within", "via"})
"""Prepositions by which a pact is the ground of what its clause tells: "under an agreement with Kenya, they train"."""
_REACH = 60
"""How many words after its noun a list of parties may end."""
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_LIST_END = frozenset({"for", "on", "to", "over", "about", "under", "which", "that", "who", "concerning", "in"})


def clause_above(noun: Token) -> list[Token]:
    """The words above a noun up to the verb of its clause, nearest first: "in talks with Oman on a treaty"."""
    above: list[Token] = []
    for governor in governors(noun):
        above.append(governor)
        if governor.pos_ in VERBAL and (governor.dep_ in _SENTENCE_LINKS or first_child(governor, *SUBJECTS)):
            break
    return above


def pact_parties(parse: Parse, resolver: Resolver, noun: Token) -> tuple[list[str], list[Token]]:
    """Those between whom a pact stands, and the tokens that tell: "between X and Y", "with Y", "X and Y signed"."""
    found = Parties(parse, resolver, noun)
    _add_modifiers(found, parse, noun)
    _add_prepositional(found, parse, noun)
    _add_clauses(found, noun)
    _add_listed(found, parse, noun)
    _add_owner(found, parse, noun)
    above = clause_above(noun)
    if (
        len(found.codes) < 2
        or _are_partners(parse, resolver, noun, found.codes)
        or noun.lemma_.lower() in words("joined-pact-noun")
    ):
        _add_above(found, noun, above)
    if len(found.codes) < 2:
        _add_bound(found, noun)
    found.add_two(noun)
    if len(found.codes) < 2 and noun.lemma_.lower() not in words("loose-pact-noun"):
        _add_only_pair(found, parse, list(noun.subtree))
        if (found.codes and _is_told(noun, above)) or _is_ground_or_sealed(noun):
            _add_only_pair(found, parse, list(noun.sent))
    is_told_again = bool(resolver.memory.pacts) and first_child(noun, "det") is not None and not found.codes
    if len(found.codes) < 2 and not is_told_again and _recalls(noun, above, found.codes):
        found.recall(noun)
    return found.codes, found.tokens


def parties_of_another(parse: Parse, resolver: Resolver, word: Token) -> tuple[list[str], list[Token]]:
    """Between whom "another" pact stands: the clause's subject, and the partner of its own or of its verb."""
    found, verb = Parties(parse, resolver, word), verb_above(word)
    partners = [end for preposition, end in prepositions(word) if preposition == "with"]
    if not partners and verb is not None and word.dep_ == "dobj":
        partners = [end for preposition, end in prepositions(verb) if preposition == "with"]
    if verb is None or not partners or verb.lemma_.lower() not in words("pact-verb"):
        return [], []
    found.add(partners[0])
    found.add_subject(verb, but=word)
    return found.codes, found.tokens


def _are_partners(parse: Parse, resolver: Resolver, noun: Token, codes: list[str]) -> bool:
    """Whether all that are known stand after "with": the one who agrees with them is still to be found."""
    partners = Parties(parse, resolver)
    for preposition, end in prepositions(noun):
        if preposition == "with":
            partners.add(end)
    return set(partners.codes) >= set(codes)


def _add_modifiers(found: Parties, parse: Parse, noun: Token) -> None:
    """What stands before the noun: "the Greek-Egyptian agreement", "a Sino-Russian treaty"."""
    for place in range(_start_of_name(parse, noun), noun.i):
        token = parse.doc[place]
        code = combining_forms().get(token.lower_)
        if code is not None and parse.doc[place + 1].text in {"-", "–"}:
            found.add_code(code)
        if "-" in token.text.strip("-"):
            for named in actor_finder().find(token.text):
                found.add_code(named.payload[0].code)
        mention = parse.actor_at.get(place)
        if mention is not None and mention.start == place and not _is_maker(parse, token, noun):
            found.add(parse.doc[mention.end - 1])


def _start_of_name(parse: Parse, noun: Token) -> int:
    """Where the phrase begins; a name such as "the Peru, Chile and Bolivia Security Treaty" may be torn apart."""
    start = noun.left_edge.i
    if noun.text[0].isupper():
        place = noun.i - 1
        while place > noun.sent.start and (
            parse.doc[place].pos_ in {"PROPN", "ADJ", "NOUN"} or parse.doc[place].text in {",", "and", "-", "–"}
        ):
            place -= 1
        start = min(start, place + 1)
    return start


def _is_maker(parse: Parse, token: Token, noun: Token) -> bool:
    """Whether an actor before the noun belongs to the goods: "an agreement", but "the French tank deal"."""
    return token.head.i != noun.i and token.head.i in parse.good_at


def _add_prepositional(found: Parties, parse: Parse, noun: Token) -> None:
    """Add the parties after the noun and after what it is about: "a treaty of friendship between"."""
    topics = [end for p, end in prepositions(noun) if p in {"of", "on", "for", "to"} and end.pos_ == "NOUN"]
    takes_to = noun.lemma_.lower() == "party" or noun.head.lemma_.lower() in words("proposing")
    for preposition, end in [pair for place in (noun, *topics) for pair in prepositions(place)]:
        if preposition in {"between", "among", "amongst"}:
            found.add_all(end)
        elif preposition == "of" and end.i not in parse.actor_at:
            continue
        elif preposition in PARTNER or preposition == "of" or (preposition == "to" and takes_to):
            found.add(end)


def _add_clauses(found: Parties, noun: Token) -> None:
    """What hangs on the noun: "signed by Peru and Chile", "that Peru concluded with Chile"."""
    for child in noun.children:
        if child.dep_ not in {"relcl", "acl", "appos"} or child.pos_ not in VERBAL:
            continue
        verbs = [child, *(c for c in child.children if c.dep_ in {"acl", "conj"} and c.pos_ == "VERB")]
        for verb in verbs:
            subject = first_child(verb, *SUBJECTS)
            if subject is not None and subject.tag_ not in RELATIVE_TAGS and _seals(verb):
                found.add(subject)
            found.add_partners(verb)


def _seals(verb: Token) -> bool:
    return verb.lemma_.lower() in words("pact-verb") or verb.pos_ == "AUX"


def _add_listed(found: Parties, parse: Parse, noun: Token) -> None:
    """A list of parties that the parser tore apart: "between the Governments of X, Y and Z", "joined by X, Y and Z"."""
    last = min(noun.i + _REACH, noun.sent.end)
    opened = False
    for token in parse.doc[noun.i + 1 : last]:
        if token.lemma_.lower() in words("pact-noun"):
            return
        if not opened:
            after_seal = token.lower_ == "by" and parse.doc[token.i - 1].lemma_.lower() in words("sealing-participle")
            opened = after_seal or token.lower_ in {"between", "among"}
        elif token.i in parse.actor_at:
            mention = parse.actor_at[token.i]
            if token.i == mention.end - 1 and mention.kind != "person":
                found.add(token)
        elif token.tag_ in _FINITE or token.lower_ in _LIST_END or token.text in {".", ":", ";"}:
            return


def _is_told(noun: Token, above: list[Token]) -> bool:
    """Whether the clause is about the pact: it is signed, it binds, or it is the ground of what is done."""
    if noun.lemma_.lower() in words("plain-pact-noun") or (noun.dep_ == "pobj" and noun.head.lower_ in _BASIS):
        return True
    return any(w.lemma_.lower() in words("signing") | words("binding-verb") | words("proposing") for w in above[-1:])


def _is_ground_or_sealed(noun: Token) -> bool:
    """Whether the clause stands on the pact ("sent under an accord") or tells that it was signed, by whomever."""
    is_sealed = noun.dep_ == "nsubjpass" and noun.head.lemma_.lower() in words("signing")
    return is_sealed or (noun.dep_ == "pobj" and noun.head.lower_ in _BASIS)


def _add_only_pair(found: Parties, parse: Parse, tokens: list[Token]) -> None:
    """The two states of a phrase that names no others, where one or none of them is known to be a party."""
    named: dict[str, Token] = {}
    for token in tokens:
        mention = parse.actor_at.get(token.i)
        if mention is not None and mention.kind in {"state", "demonym", "capital", "seat", "person"}:
            for actor in found.meant(token):
                named.setdefault(actor, token)
    if len(named.keys() | set(found.codes)) == 2:
        for token in named.values():
            found.add(token)


def _add_owner(found: Parties, parse: Parse, noun: Token) -> None:
    for child in noun.children:
        if child.dep_ == "poss" or (child.dep_ in {"amod", "compound", "nmod"} and child.i in parse.actor_at):
            found.add(child)


def _add_above(found: Parties, noun: Token, above: list[Token]) -> None:
    """The subject and the partners of the words above: "X signed with Y", "X is in talks with Y on"."""
    is_loose = noun.lemma_.lower() in words("loose-pact-noun")
    for word in above:
        lemma = word.lemma_.lower()
        if word.pos_ in VERBAL:
            is_basis = noun.dep_ == "pobj" and noun.head.lower_ in _BASIS and noun.head.head == word
            found.add_partners(word, to_whom=lemma in words("proposing"))
            if lemma in words("joining"):
                for child in word.children:
                    if child.dep_ == "dobj" and child.i != noun.i:
                        found.add(child)
            if is_basis:
                found.add_dealing(word)
            if lemma in words("pact-verb") or (not is_loose and (is_basis or lemma in words("binding-verb"))):
                found.add_subject(word, but=noun)
        elif word.pos_ == "NOUN":
            found.add_partners(word)
            owner = first_child(word, "poss")
            if owner is not None:
                found.add(owner)


def _add_bound(found: Parties, noun: Token) -> None:
    """Whom a pact binds: "the treaty commits Norway and Iceland", "an accord under which Peru will train Chile's"."""
    verb = noun.head
    if noun.dep_ in SUBJECTS and verb.lemma_.lower() in words("binding-verb"):
        for child in verb.children:
            if child.dep_ in {"dobj", "dative"}:
                found.add(child)
            elif child.dep_ in {"ccomp", "xcomp"} and (subject := first_child(child, *SUBJECTS)) is not None:
                found.add(subject)
        found.add_partners(verb, to_whom=True)
    for child in noun.children:
        if child.dep_ == "relcl" and any(c.dep_ == "prep" and first_child(c, "pobj") for c in child.children):
            subject = first_child(child, *SUBJECTS)
            if subject is not None:
                found.add(subject)
            for preposition, end in prepositions(child):
                if preposition in {"to", "from", "with", "for"} and end.tag_ not in RELATIVE_TAGS:
                    found.add(end)


def _recalls(noun: Token, above: list[Token], codes: list[str]) -> bool:
    """Whether the phrase points back to parties named before: a partner is named, or when it was signed."""
    if noun.lemma_.lower() not in words("recalled-pact-noun"):
        return False
    names_partner = len(codes) == 1 and any(p in PARTNER for p, _ in prepositions(noun))
    sealing = words("signing") | {"ratify", "expire", "lapse"}
    seals = any(w.lemma_.lower() in sealing and w.pos_ == "VERB" for w in (*above[-1:], *noun.children))
    is_dated = any(end.ent_type_ == "DATE" for p, end in prepositions(noun) if p in {"of", "from"})
    return names_partner or seals or is_dated


def bilateral(parse: Parse, resolver: Resolver, noun: Token, codes: list[str]) -> list[list[str]]:
    """The pairs of a plural: "accords with Israel" that two states signed are two, each between one and Israel."""
    places = (noun, *clause_above(noun))
    partner = next((end for place in places for p, end in prepositions(place) if p == "with"), None)
    if noun.tag_ not in {"NNS", "NNPS"} or partner is None or len(codes) < 3:
        return [codes]
    with_whom = Parties(parse, resolver)
    with_whom.add(partner)
    others = [code for code in codes if code not in with_whom.codes]
    return [[one, other] for one in others for other in with_whom.codes] or [codes]


def named_pact_parties(parse: Parse, resolver: Resolver, verb: Token) -> tuple[list[str], list[Token]]:
    """A pact by its name, the parties after "between": "AUKUS was agreed between Australia, Britain and America"."""
    found = Parties(parse, resolver, verb)
    subject = subject_of(verb)
    if subject is not None and subject.lemma_.lower() in words("pact-noun"):
        return [], []
    for preposition, end in prepositions(verb):
        if preposition in {"between", "among"}:
            found.add_all(end)
    return found.codes, found.tokens
