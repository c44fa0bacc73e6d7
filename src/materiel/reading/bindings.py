"""Who is bound by a condition: the actor that will, may or must do what the consequent says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Span, Token

from materiel.reading.actors import Actor
from materiel.reading.clauses import SUBJECTS, first_child, governors, is_passive, prepositions, subject_of
from materiel.reading.conditions import Condition
from materiel.reading.findings import FoundTransfer
from materiel.reading.lexicons import words
from materiel.reading.markers import Sort
from materiel.reading.parses import Parse
from materiel.reading.resolver import Resolver
from materiel.reading.sides import owners_of
from materiel.terms.statements import PactKind

_OWNERS = frozenset({"poss", "amod", "compound", "nmod"})
_TOWARDS = frozenset({"to", "for", "against", "on", "with", "into", "toward", "towards", "in", "at", "near", "of"})
_RECEIVING = frozenset({"receive", "get", "obtain", "have", "see", "be"})
"""What is done for the subject by somebody else: it is bound to nothing."""


def speaker_of(sentence: Span, main: Token, sides: frozenset[int]) -> Token | None:
    """Who says it: the subject of the verb of speech above the consequent, or of one put between.

    ``sides`` are the numbers of the words of both sides: what is said in them is no attribution.
    """
    for above in governors(main):
        if _says(above) and above.i not in sides:
            speaker = first_child(above, *SUBJECTS) or _inverted_subject(above) or subject_of(above)
            if speaker is not None and speaker.i not in sides:
                return speaker
    for token in sentence:
        if token.i in sides:
            continue
        if token.lower_ == "known" and (let := next((t for t in governors(token) if t.lemma_ == "let"), None)):
            return first_child(let, *SUBJECTS)
        if token.lower_ == "according":
            for to in token.children:
                if (end := first_child(to, "pobj")) is not None:
                    return end
        if _says(token):
            speaker = first_child(token, *SUBJECTS) or _inverted_subject(token)
            if speaker is not None:
                return speaker
    return None


def _says(token: Token) -> bool:
    lemma = token.lemma_.lower()
    return token.pos_ == "VERB" and lemma in words("speech") | words("aside-verb") and lemma not in words("no-speaker")


def _inverted_subject(verb: Token) -> Token | None:
    """The speaker after the verb: "said a state secretary"."""
    return first_child(verb, "dobj") if first_child(verb, "mark") is None else None


def debtors(
    parse: Parse,
    resolver: Resolver,
    condition: Condition,
    supplies: Sequence[FoundTransfer],
    speaker: Token | None,
) -> list[Actor]:
    """Who is bound: the subject of the consequent or its owner, else who supplies, else who says so.

    Who does what the antecedent supposes is not taken for bound by it where the text says "he", "the government" or
    nothing. ``supplies`` are those of the consequent. An empty list where nobody is named.
    """
    main = condition.main
    doers = _doers(parse, resolver, condition) | _addressed(parse, resolver, condition)
    if condition.sort is Sort.WITHOUT and (owners := _consenting(parse, resolver, condition)):
        return owners
    if main.lemma_.lower() in words("victim-verb"):
        threatening = [
            actor
            for t in condition.consequent
            if t.i in parse.actor_at
            and any(above.lower_ == "by" for above in governors(t) if above.i in _numbers(condition))
            for actor in resolver.named(parse, t)
            if actor.code not in doers
        ]
        if threatening:
            return list(dict.fromkeys(threatening))
        subject = subject_of(main)
        doers |= {a.code for a in resolver.named(parse, subject) if a.code} if subject is not None else set()
    for actors in (
        ()
        if main.lemma_.lower() in words("victim-verb")
        else _candidates(parse, resolver, condition, supplies, doers, speaker)
    ):
        if actors:
            return actors
    suppliers = [Actor(f.claim.supplier, f.claim.supplier_name) for f in supplies if f.claim.supplier]
    chain = {main.i, *(t.i for t in main.subtree if t.dep_ in {"xcomp", "conj"})}
    if suppliers and any(f.trigger in chain and f.claim.supplier for f in supplies):
        return suppliers[:1]
    if speaker is not None and (actors := _speaking(parse, resolver, speaker, doers)):
        return actors[:1]
    if (voice := resolver.voice(parse, main)) is not None and voice.code not in doers:
        return [voice]
    if condition.sort is Sort.DEPEND and not suppliers:
        return [a for t in condition.antecedent if t.i in parse.actor_at for a in resolver.named(parse, t)][:1]
    for token in condition.consequent:
        if token.i in parse.actor_at and not (token.dep_ == "pobj" and token.head.lower_ in _TOWARDS):
            actors = [a for a in resolver.named(parse, token) if a.code not in doers]
            if actors and actors[0].code not in {f.claim.recipient for f in supplies}:
                return suppliers[:1] or actors[:1]
    sides = (*condition.antecedent, *condition.consequent)
    subject = first_child(main, *SUBJECTS)
    if subject is not None and subject.lower_ == "we" and not suppliers:
        return resolver.memory.topical_state(doers)
    if not any(t.i in parse.good_at or t.lemma_.lower() in words("commitment-topic") for t in sides):
        return suppliers[:1]
    told = [t.supplier for t in reversed(resolver.memory.supplies) if t.supplier and t.supplier not in doers]
    return suppliers[:1] or [Actor(code) for code in told[:1]] or resolver.memory.topical_state(doers)


def _numbers(condition: Condition) -> set[int]:
    return {t.i for t in condition.consequent}


def _doers(parse: Parse, resolver: Resolver, condition: Condition) -> frozenset[str]:
    """Who is named as doing what the antecedent supposes."""
    subject = first_child(condition.verb, *SUBJECTS) if condition.verb is not None else None
    if subject is None:
        return frozenset()
    near = [subject, *(c for c in subject.children if c.dep_ in _OWNERS)]
    return frozenset(
        actor.code
        for token in near
        if token.i in parse.actor_at
        for actor in resolver.named(parse, token)
        if actor.code
    )


def _addressed(parse: Parse, resolver: Resolver, condition: Condition) -> frozenset[str]:
    """For whom or against whom it is that which is done by nobody named: "missiles for Kyiv will be considered"."""
    if not is_passive(condition.main):
        return frozenset()
    return frozenset(
        actor.code
        for t in condition.consequent
        if t.i in parse.actor_at and t.dep_ == "pobj" and t.head.lower_ in {"to", "for", "against"}
        for actor in resolver.named(parse, t)
        if actor.code
    )


def _consenting(parse: Parse, resolver: Resolver, condition: Condition) -> list[Actor]:
    """Whose consent is wanted: "without Berlin's consent none may go" binds Berlin."""
    for token in condition.antecedent:
        if token.lemma_.lower() in words("consent"):
            return _owners(parse, resolver, token) or [
                actor
                for p, end in prepositions(token)
                if p in {"of", "from", "in"}
                for actor in resolver.named(parse, end)
            ]
    return []


def _candidates(
    parse: Parse, resolver: Resolver, condition: Condition, supplies: Sequence[FoundTransfer], doers: frozenset[str],
    speaker: Token | None,
) -> Iterator[list[Actor]]:  # fmt: skip
    inside = {t.i for t in condition.consequent}
    main = condition.main
    subject = subject_of(main)
    if subject is not None and subject.i not in inside and subject.tag_ not in {"WDT", "WP"}:
        # The parser gave the verb to the clause of who says so.
        subject = next((t for t in condition.consequent if t.dep_ in SUBJECTS and t.i < main.i), subject)
    if is_passive(main):
        for preposition, end in prepositions(main):
            if preposition == "by":
                yield resolver.named(parse, end)
    if subject is None or subject.i not in inside:
        named = [t for t in condition.consequent if t.i < main.i and t.i in parse.actor_at]
        yield [actor for t in named[:1] for actor in resolver.named(parse, t) if actor.code not in doers]
    if (
        subject is None
        or subject.i in {t.i for t in condition.antecedent}
        or not (subject.i in inside or subject.tag_ in {"WDT", "WP"} or subject.lower_ == "that")
    ):
        return
    is_own_word = speaker is not None and (subject.lower_ == "we" or _is_said_of_self(subject, speaker))
    if speaker is not None and is_own_word and (actors := _speaking(parse, resolver, speaker, doers)):
        yield actors[:1]
    own = [] if subject.i in parse.good_at else _meant(parse, resolver, subject, doers)
    if is_passive(main) and own and {actor.code for actor in own} <= doers:
        # "If Paris follows, its firms will be shut out": nobody binds himself to be punished.
        return
    is_given = is_passive(main) or main.lemma_.lower() in _RECEIVING
    if is_given and any(actor.code == f.claim.recipient for actor in own for f in supplies):
        yield [Actor(f.claim.supplier, f.claim.supplier_name) for f in supplies if f.claim.supplier][:1]
    elif not (is_passive(main) and main.lemma_.lower() in words("giving-to")):
        yield own
        if subject.i not in parse.actor_at:
            yield [actor for actor in _owners(parse, resolver, subject) if actor.code not in doers]


def _speaking(parse: Parse, resolver: Resolver, speaker: Token, doers: frozenset[str]) -> list[Actor]:
    """For whom the speaker speaks: a firm's manager for the firm, "a member of the Russian delegation" for Russia."""
    names_actor = any(t.i in parse.actor_at for t in speaker.subtree)
    names_firm = any(t.lemma_.lower() in words("firm-noun") for t in speaker.subtree)
    if speaker.lemma_.lower() in words("employee") and (names_firm or not names_actor):
        firm = resolver.memory.latest_firm()
        if not firm.is_open:
            return [firm]
    if names_actor:
        meant, owners = resolver.named(parse, speaker), owners_of(parse, resolver, speaker)
        # "An adviser to the Peruvian minister" is of Peru, whoever the article is about.
        is_plain = speaker.i not in parse.actor_at and first_child(speaker, "poss") is None
        is_of_other = is_plain and bool(owners) and not set(meant) & set(_within(parse, resolver, speaker))
        return owners if is_of_other else meant or owners
    return _meant(parse, resolver, speaker, doers)


def _is_said_of_self(subject: Token, speaker: Token) -> bool:
    """Whether a pronoun stands for who says so: "the minister said he would", "the Danes say that they can"."""
    if subject.lower_ not in {"it", "he", "she", "they"} or speaker.i > subject.i or speaker.sent != subject.sent:
        return False
    is_many = speaker.tag_ in {"NNS", "NNPS"} or speaker.lower_ in {"both", "two", "all"}
    is_many = is_many or first_child(speaker, "conj") is not None
    return is_many == (subject.lower_ == "they")


def _within(parse: Parse, resolver: Resolver, phrase: Token) -> list[Actor]:
    """Every actor that a phrase names."""
    return [actor for t in phrase.subtree if t.i in parse.actor_at for actor in resolver.named(parse, t)]


def _meant(parse: Parse, resolver: Resolver, token: Token, doers: frozenset[str]) -> list[Actor]:
    """The actors of a phrase; where it does not name them itself, others than the doers if there are any."""
    noun = token.lemma_.lower()
    body = "NATO" if noun in words("nato-noun") else "EU" if noun in words("eu-noun") else None
    if body == "NATO" and any(kind is PactKind.MUTUAL_DEFENCE for _, kind, _ in resolver.memory.pacts):
        # The alliance is the one that the article tells of.
        body = None
    if body in resolver.memory.places and not any(t.i in parse.actor_at for t in token.subtree):
        return [Actor(body)]
    actors = resolver.named(parse, token)
    is_named = any(t.i in parse.actor_at for t in token.subtree)
    if is_named or not doers & {actor.code for actor in actors}:
        return list(dict.fromkeys(actors))
    return [actor for actor in resolver.resolve(parse, token, doers) if not actor.is_open] or list(
        dict.fromkeys(actors)
    )


def _owners(parse: Parse, resolver: Resolver, noun: Token) -> list[Actor]:
    """Whose the subject is: "German tanks would roll", "France's door is open"."""
    for child in noun.children:
        if child.dep_ in _OWNERS and (actors := resolver.named(parse, child)):
            return actors
    return []
