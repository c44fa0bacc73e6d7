"""The readers' word lists, as data: ``reading/lexicon/*.csv`` and the vocabularies of :mod:`materiel.terms`."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from materiel.reading.finder import Finder, plural
from materiel.terms.actors import office_holders, organisations, states
from materiel.terms.materiel import designations, materiel_classes
from materiel.terms.statements import PactKind
from materiel.terms.vocabulary import load_vocabulary, members

LEXICON = Path(__file__).parent / "lexicon"


@dataclass(frozen=True, slots=True)
class Predicate:
    """What a verb or a noun says about supply.

    Attributes:
        lemma: the word in its base form.
        pos: ``verb`` or ``noun``.
        frame: ``supply`` (X gives to Y), ``acquire`` (Y gets from X), ``request`` (Y asks X), ``move`` (the goods
            themselves go to Y), ``operate`` (changes the stage of the supply that it governs).
        stage: the stage that it gives, or ``keep`` where it leaves the stage of what it governs.
        strength: ``strong`` words of supply may stand without a named item; ``weak`` ones need materiel.
    """

    lemma: str
    pos: str
    frame: str
    stage: str
    strength: str


@cache
def predicates() -> dict[tuple[str, str], Predicate]:
    """Every predicate by lemma and part of speech; phrasal ones under ``"hand over"``."""
    found: dict[tuple[str, str], Predicate] = {}
    for row in load_vocabulary(LEXICON / "predicates.csv"):
        for lemma in members(row["lemmas"]):
            found[lemma, row["pos"]] = Predicate(lemma, row["pos"], row["frame"], row["stage"], row["strength"])
    return found


@cache
def words(sense: str) -> frozenset[str]:
    """The words of one sense of ``words.csv``, such as the verbs of speech.

    Raises:
        KeyError: the file has no such sense; a rule asks for a word list that is not there.
    """
    lists = [members(row["words"]) for row in load_vocabulary(LEXICON / "words.csv") if row["sense"] == sense]
    if not lists:
        raise KeyError(sense)
    return frozenset(word for each in lists for word in each)


@cache
def combining_forms() -> dict[str, str]:
    """Codes of states by the form that they take before another's adjective: ``sino`` in "Sino-Russian"."""
    return {row["form"]: row["actor"] for row in load_vocabulary(LEXICON / "combining.csv")}


@dataclass(frozen=True, slots=True)
class NamedPact:
    """A pact that has a name of its own: its parties as codes, sorted, and its kind."""

    parties: tuple[str, ...]
    kind: PactKind


@cache
def named_pact_finder() -> Finder[NamedPact]:
    """Finds pacts by their names."""
    phrases = []
    for row in load_vocabulary(LEXICON / "pacts.csv"):
        pact = NamedPact(tuple(sorted(members(row["parties"]))), PactKind(row["kind"]))
        phrases += [(name, pact) for name in members(row["names"])]
    return Finder(phrases, fold_case=False)


@dataclass(frozen=True, slots=True)
class ActorName:
    """What a name stands for: the actor's code, and how it names it (state, demonym, capital, seat, person, ...)."""

    code: str
    kind: str
    since: str = ""
    until: str = ""


@cache
def actor_finder() -> Finder[tuple[ActorName, ...]]:
    """Finds actors by every name that the vocabularies know. A person may have held several offices."""
    meanings: dict[str, list[ActorName]] = defaultdict(list)
    for state in states().values():
        for kind, names in (
            ("state", state.names),
            ("demonym", state.demonyms),
            ("capital", (state.capital,)),
            ("seat", state.seats),
        ):
            for name in names:
                meanings[name.removeprefix("the ").removeprefix("The ")].append(ActorName(state.code, kind))
    for organisation in organisations().values():
        for name in organisation.names:
            meanings[name.removeprefix("the ")].append(ActorName(organisation.code, organisation.kind))
    for holder in office_holders():
        for name in (holder.person, *holder.aliases):
            meanings[name].append(ActorName(holder.actor, "person", holder.since, holder.until))
    blocked = words("not-an-actor")
    phrases: list[tuple[str, tuple[ActorName, ...]]] = []
    for name, found in meanings.items():
        if name and name not in blocked and "," not in name:
            phrases.append((name, tuple(found)))
            if len(name) > 3 and found[0].kind == "state":
                # Datelines and headlines stand in capitals.
                phrases.append((name.upper(), tuple(found)))
    return Finder(phrases, fold_case=False)


@cache
def term_finder() -> Finder[str]:
    """Finds the common nouns of materiel; the payload is the class."""
    phrases = []
    blocked = words("not-goods")
    for materiel in materiel_classes().values():
        for term in sorted(set(materiel.terms) - blocked):
            phrases += [(term, materiel.name), (plural(term), materiel.name)]
    for row in load_vocabulary(LEXICON / "goods.csv"):
        for term in members(row["terms"]):
            phrases += [(term, row["class"]), (plural(term), row["class"])]
    return Finder(phrases, fold_case=True)


@cache
def topic_finder() -> Finder[str]:
    """Finds words of pacts, conditions and figures; a text without them and without materiel is not read."""
    topics = sorted(words("pact-noun") | words("commitment-topic") | words("counted"))
    return Finder(((form, topic) for topic in topics for form in (topic, plural(topic))), fold_case=True)


@cache
def designation_finder() -> Finder[tuple[str, str]]:
    """Finds types of materiel by name; the payload is (class, maker)."""
    phrases = []
    for designation in designations():
        meaning = (designation.materiel, designation.maker)
        for name in (designation.name, *designation.aliases):
            phrases.append((name, meaning))
            if "-" in name and name.replace("-", "").isalnum():
                phrases.append((name.replace("-", ""), meaning))
    phrases += [(plural(family), meaning) for family, meaning in families().items()]
    return Finder(phrases, fold_case=False)


_FAMILY = re.compile(r"[A-Z][a-z]{3,}")


@cache
def families() -> dict[str, tuple[str, str]]:
    """What a capitalised word in the names of types means by itself in the plural: "Mirages", "Hornets", "Sukhois".

    The payload is as that of :func:`designation_finder`; where types of several classes share the word, it is the class
    above them, or ``arms``; where their makers differ, the maker is empty.
    """
    known = {name for each in designations() for name in (each.name, *each.aliases)}
    blocked = words("not-a-family")
    meanings: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for each in designations():
        for name in (each.name, *each.aliases):
            for word in name.split():
                if _FAMILY.fullmatch(word) and word not in known and word not in blocked:
                    meanings[word].add((each.materiel, each.maker))
    return {word: _shared(meaning) for word, meaning in sorted(meanings.items())}


def _shared(meanings: set[tuple[str, str]]) -> tuple[str, str]:
    """What all meanings of a family's name have in common."""
    classes = {materiel for materiel, _ in meanings}
    tops = {materiel.split(".")[0] for materiel in classes}
    makers = {maker for _, maker in meanings}
    shared = classes if len(classes) == 1 else tops if len(tops) == 1 else {"arms"}
    return min(shared), min(makers) if len(makers) == 1 else ""
