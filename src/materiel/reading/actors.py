"""Who is meant: names, capitals, offices, pronouns and descriptions to actors.

The resolver walks through a document sentence by sentence and remembers who was the subject of what. Where nothing fits
it says so (an empty list); where the text leaves the actor open ("allies", "the West") it says that (an actor without
a code). It does not guess from outside the text.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Span, Token

from materiel.reading.lexicons import ActorName, actor_finder, words
from materiel.reading.parses import ActorMention, Parse
from materiel.terms.actors import organisations, states

_SUBJECT = frozenset({"nsubj", "nsubjpass", "csubj"})
_COLLECTIVES = {"NATO", "EU", "UN", "G7"}
_HE = frozenset({"he", "she", "him", "her", "his"})
_IT = frozenset({"it", "its", "itself"})
_THEY = frozenset({"they", "them", "their", "themselves", "theirs"})
_WE = frozenset({"we", "us", "our", "ours", "i", "my", "me"})
PRONOUNS = _HE | _IT | _THEY | _WE
_MODIFIER = frozenset({"amod", "compound", "poss", "nmod", "npadvmod"})
_BELONGING = frozenset({"of", "in", "from", "for", "at", "near"})
_LABEL = re.compile(
    r"(?:(?:MR|MS|MRS|DR|GEN|SECRETARY|PRESIDENT|THE)\.? )*(?P<name>[A-Z][A-Z'-]+(?: [A-Z][A-Z'-]+)*):\s"
)
_RECENT, _LASTING, _SUBJECT_WEIGHT = 0.7, 0.15, 1.5
"""How a mention counts for "the president": less with each sentence that has passed, but never nothing."""


@dataclass(frozen=True, slots=True)
class Actor:
    """An actor as a slot takes it; ``code`` None where the text leaves it open."""

    code: str | None
    name: str | None = None

    @property
    def is_open(self) -> bool:
        return self.code is None


OPEN = Actor(None)


@dataclass(frozen=True, slots=True)
class _Recalled:
    actor: Actor
    is_subject: bool
    is_person: bool
    kind: str


class Resolver:
    """Resolves mentions to actors within one document, in the order of the text."""

    def __init__(self, published_on: str | None, publisher: str | None) -> None:
        self._published_on = published_on or ""
        self._memory: list[list[_Recalled]] = []
        self._persons: dict[str, tuple[ActorName, ...]] = {}
        self._firms: set[str] = set()
        self._places: list[str] = []
        self._speaker: Actor | None = None
        self.last_pair: frozenset[str] = frozenset()
        self._voice = self._voice_of(publisher)

    # -- what is remembered ---------------------------------------------------------------------------------------

    def finish(self, parse: Parse, sentence: Span) -> None:
        """Remember the actors of a sentence, once its statements are read."""
        recalled: list[_Recalled] = []
        seen: set[int] = set()
        for token in sentence:
            mention = parse.actor_at.get(token.i)
            if mention is not None:
                if token.i in seen:
                    continue
                seen.update(range(mention.start, mention.end))
                head = parse.doc[mention.start : mention.end].root
                actor = self._of_mention(mention, parse.doc[mention.start : mention.end].text)
                recalled.append(_Recalled(actor, _is_subject(head), mention.kind == "person", mention.kind))
                if mention.kind == "person":
                    self._persons[parse.doc[mention.end - 1].text] = mention.meanings
            elif token.dep_ in _SUBJECT and token.pos_ in {"NOUN", "PROPN"}:
                recalled.extend(
                    _Recalled(actor, True, token.lemma_.lower() in words("government-noun"), "noun phrase")
                    for actor in self.resolve(parse, token)
                    if not actor.is_open
                )
            elif token.dep_ in _SUBJECT and token.lower_ in PRONOUNS:
                recalled.extend(
                    _Recalled(actor, True, token.lower_ in _HE, "pronoun")
                    for actor in self.resolve(parse, token)
                    if not actor.is_open
                )
        self._memory.append(recalled)
        self._places += [r.actor.code for r in recalled if r.actor.code and r.kind != "pronoun"]

    def introduce(self, codes: list[str]) -> None:
        """Remember the actors of the title before the first sentence."""
        self._memory.append([_Recalled(Actor(code), False, False, "state") for code in codes])

    def remember_speaker(self, actor: Actor) -> None:
        """The actor for whom "we" stands in the quotes that follow."""
        if not actor.is_open:
            self._speaker = actor

    def mentioned_states(self) -> list[str]:
        """Codes of the actors mentioned so far, the latest last, with repetitions."""
        return self._places

    # -- resolving ------------------------------------------------------------------------------------------------

    def resolve(self, parse: Parse, token: Token, exclude: frozenset[str] = frozenset()) -> list[Actor]:
        """The actors that the noun phrase with this head stands for, those joined to it by "and" included.

        Args:
            exclude: codes that it cannot be, such as the subject for its own object.
        """
        actors: list[Actor] = []
        for head in (token, *conjuncts(token)):
            for actor in self._resolve_one(parse, head, exclude):
                if actor not in actors:
                    actors.append(actor)
        named = [actor for actor in actors if not actor.is_open]
        return named or actors

    def _resolve_one(self, parse: Parse, token: Token, exclude: frozenset[str]) -> list[Actor]:
        mention = parse.actor_at.get(token.i)
        if mention is not None and not (token.dep_ == "amod" and mention.kind == "demonym" and token.head == token):
            return self._named(parse, token, mention, exclude)
        lemma = token.lemma_.lower()
        if token.tag_ in {"WDT", "WP"} or (lemma in {"that", "which", "who"} and token.dep_ in {"nsubj", "nsubjpass"}):
            return self._antecedent(parse, token, exclude)
        if token.lower_ in PRONOUNS:
            return self._pronoun(parse, token, exclude)
        if token.lower_ in {"south", "north"} and token.i and token.nbor(-1).lower_ == "the":
            return self._korea(token.lower_)
        if token.text in {"Korean", "Koreans"}:
            return self._korea("north" if "PRK" in self._places and "KOR" not in self._places else "south")
        if token.pos_ not in {"NOUN", "PROPN", "ADJ", "NUM", "PRON", "DET"} or token.i in parse.good_at:
            return []
        return self._described(parse, token, lemma, exclude)

    def _named(self, parse: Parse, token: Token, mention: ActorMention, exclude: frozenset[str]) -> list[Actor]:
        actor = self._of_mention(mention, parse.doc[mention.start : mention.end].text)
        if actor.code in exclude:
            return []
        return [actor]

    def _of_mention(self, mention: ActorMention, written: str = "") -> Actor:
        """What the mention stands for; a firm goes by its name as written."""
        meanings = mention.meanings
        for meaning in meanings:
            in_office = meaning.since[:10] <= self._published_on and (
                not meaning.until or self._published_on <= meaning.until + "~"
            )
            if in_office and meaning.kind == "person":
                return Actor(meaning.code)
        meaning = meanings[0]
        if meaning.kind == "firm":
            return Actor(written or meaning.code, written or meaning.code)
        return Actor(meaning.code)

    def _antecedent(self, parse: Parse, token: Token, exclude: frozenset[str]) -> list[Actor]:
        verb = token.head
        while verb.dep_ in {"xcomp", "ccomp", "conj", "aux", "auxpass"} and verb.head != verb:
            verb = verb.head
        if verb.dep_ == "relcl" and verb.head.i != token.i:
            return self.resolve(parse, verb.head, exclude)
        return []

    def _korea(self, direction: str) -> list[Actor]:
        if {"KOR", "PRK"} & set(self._places) or not self._places:
            return [Actor("KOR" if direction == "south" else "PRK")]
        return []

    def _described(self, parse: Parse, token: Token, lemma: str, exclude: frozenset[str]) -> list[Actor]:
        for child in token.children:
            if child.dep_ == "appos" and child.i in parse.actor_at:
                return self._named(parse, child, parse.actor_at[child.i], exclude)
        if lemma in words("event-noun"):
            possessor = next((c for c in token.children if c.dep_ == "poss"), None)
            return self._resolve_one(parse, possessor, exclude) if possessor is not None else []
        owner = self._owner(parse, token, exclude)
        is_neighbour = lemma in words("opposite-number")
        if is_neighbour and any(c.dep_ == "poss" for c in token.children):
            others = exclude | {actor.code for actor in owner if actor.code}
            return self._latest(others, 1)
        if lemma in {"side", "camp", "party"} and any(c.lower_ == "other" for c in token.children):
            return self._latest(exclude | self.last_pair, 1)
        if lemma in words("firm-noun"):
            return owner or (self._latest_firm() if _is_definite(token) else [OPEN])
        if lemma in words("government-noun"):
            if owner:
                return owner
            if lemma in words("open-actor") and not _is_definite(token):
                return [OPEN]
            is_someone = token.tag_ in {"NN", "NNP"} and lemma in words("official-noun")
            return self._topical(exclude) if is_someone or _is_definite(token) else []
        if lemma in {"country", "side", "neighbour", "partner", "government", "nation"} and _is_pair(token):
            return self._latest(exclude, 2)
        if lemma in words("place-noun") or lemma in words("open-actor"):
            if owner:
                return owner
            modifiers = {child.lower_ for child in token.children}
            if modifiers & {"nato", "eu"}:
                return [Actor("NATO" if "nato" in modifiers else "EU")]
            if (
                token.tag_ in {"NN", "NNP"}
                and lemma in words("place-noun")
                and ({"the", "this", "that"} & modifiers)
                and not ({"other", "another", "third"} & modifiers)
            ):
                return self._latest(exclude, 1)
            return [OPEN]
        if owner and lemma not in words("speech") and lemma not in words("supply-recall"):
            return owner
        if token.ent_type_ == "ORG" and token.pos_ == "PROPN" and _is_firm_name(name := _entity_name(token)):
            self._firms.add(name)
            return [Actor(name, name)]
        if token.pos_ == "PROPN" and token.text in self._persons:
            return [self._of_mention(ActorMention(token.i, token.i + 1, self._persons[token.text]))]
        return []

    def _owner(self, parse: Parse, token: Token, exclude: frozenset[str]) -> list[Actor]:
        """The actor to whom the thing belongs: by an adjective, a name before it, a possessive or "of"."""
        for child in token.children:
            if child.dep_ in _MODIFIER:
                found = self._owning(parse, child, exclude)
                if found:
                    return found
        for child in token.children:
            if child.dep_ == "prep" and child.lower_ in _BELONGING:
                for end in child.children:
                    if end.dep_ == "pobj" and end.i in parse.actor_at:
                        return self.resolve(parse, end, exclude)
        return []

    def _owning(self, parse: Parse, child: Token, exclude: frozenset[str]) -> list[Actor]:
        if child.i in parse.actor_at:
            return self.resolve(parse, child, exclude)
        if child.dep_ == "poss" or child.text == "Korean":
            return self._resolve_one(parse, child, exclude)
        for below in child.children:
            if below.i in parse.actor_at and below.dep_ in _MODIFIER:
                return self._named(parse, below, parse.actor_at[below.i], exclude)
        return []

    # -- pronouns and memory --------------------------------------------------------------------------------------

    def _pronoun(self, parse: Parse, token: Token, exclude: frozenset[str]) -> list[Actor]:
        if token.lower_ in _WE:
            actor = (
                self._quoting(parse, token)
                or self._speaker_label(parse, token)
                or self._speaker
                or self._voice
                or self._leaders_state()
            )
            return [actor] if actor else []
        want_person = token.lower_ in _HE
        for recalled in self._candidates(parse, token):
            if recalled.actor.code in exclude or recalled.actor.is_open:
                continue
            if want_person and not recalled.is_person:
                continue
            if not want_person and recalled.is_person and recalled.kind == "person":
                continue
            return [recalled.actor]
        return self._latest(exclude, 1)

    def _candidates(self, parse: Parse, token: Token) -> Iterator[_Recalled]:
        """Actors before the pronoun, likeliest first: subjects above it, then earlier in the sentence, then before."""
        above = token
        while above.head != above:
            above = above.head
            for child in above.children:
                if child.dep_ in _SUBJECT and child.i < token.i and child.lower_ in _IT | _THEY | _HE:
                    for actor in self._pronoun(parse, child, frozenset()):
                        yield _Recalled(actor, True, child.lower_ in _HE, "pronoun")
                if child.dep_ in _SUBJECT and child.i < token.i and child.lower_ not in PRONOUNS:
                    for actor in self._resolve_named(parse, child):
                        yield _Recalled(actor, True, child.lemma_.lower() in words("government-noun"), "")
        earlier: list[_Recalled] = []
        for before in parse.doc[token.sent.start : token.i]:
            mention = parse.actor_at.get(before.i)
            if mention and mention.start == before.i:
                head = parse.doc[mention.start : mention.end].root
                earlier.append(
                    _Recalled(self._of_mention(mention), _is_subject(head), mention.kind == "person", mention.kind)
                )
        yield from [r for r in earlier if r.is_subject]
        yield from reversed([r for r in earlier if not r.is_subject])
        for sentence in reversed(self._memory[-4:]):
            yield from [r for r in sentence if r.is_subject]
            yield from reversed([r for r in sentence if not r.is_subject and r.kind != "demonym"])

    def _resolve_named(self, parse: Parse, token: Token) -> list[Actor]:
        if token.i in parse.actor_at:
            return [self._of_mention(parse.actor_at[token.i])]
        if token.pos_ in {"NOUN", "PROPN"}:
            return self._described(parse, token, token.lemma_.lower(), frozenset())
        return []

    def _latest(self, exclude: frozenset[str], count: int) -> list[Actor]:
        """The states mentioned last, the latest subject first."""
        found: list[Actor] = []
        for sentence in reversed(self._memory[-6:]):
            ordered = [r for r in sentence if r.is_subject] + [r for r in reversed(sentence) if not r.is_subject]
            for recalled in ordered:
                actor = recalled.actor
                if actor.code in states() and actor.code not in exclude and actor not in found:
                    found.append(actor)
                if len(found) == count:
                    return found
        return found

    def _topical(self, exclude: frozenset[str]) -> list[Actor]:
        """The state of "the president" or "an official": the one spoken of most and last."""
        scores: defaultdict[str, float] = defaultdict(float)
        for age, sentence in enumerate(reversed(self._memory)):
            for recalled in sentence:
                code = recalled.actor.code
                if code in states() and code not in exclude:
                    recent = _RECENT ** min(age, 8)
                    scores[code] += (_SUBJECT_WEIGHT if recalled.is_subject else 1.0) * (recent + _LASTING)
        return [Actor(max(sorted(scores), key=lambda code: scores[code]))] if scores else []

    def _latest_firm(self) -> list[Actor]:
        for sentence in reversed(self._memory):
            for recalled in sentence:
                code = recalled.actor.code
                if code and (recalled.kind == "firm" or code in self._firms):
                    return [recalled.actor]
        return [OPEN]

    def _quoting(self, parse: Parse, token: Token) -> Actor | None:
        """Who is quoted in the same sentence: "We have sent 20," the French president said."""
        for verb in token.sent:
            if verb.lemma_.lower() in words("speech") and verb.pos_ == "VERB":
                subject = next((c for c in verb.children if c.dep_ == "nsubj" and c.lower_ not in PRONOUNS), None)
                if subject is None or any(t.i == token.i for t in subject.subtree):
                    continue
                actors = [a for a in self.resolve(parse, subject) if not a.is_open]
                if actors:
                    return actors[0]
        return None

    def _speaker_label(self, parse: Parse, token: Token) -> Actor | None:
        """The speaker of a transcript's passage: "MR. KIRBY: ..."."""
        label = _LABEL.match(parse.clean.text)
        if label is None:
            return None
        for found in actor_finder().find(label["name"].title()):
            return self._of_mention(ActorMention(0, 1, found.payload))
        return None

    def _leaders_state(self) -> Actor | None:
        """For a statement in the first person without a named speaker: the state whose leaders it names most."""
        named = Counter(
            r.actor.code for sentence in self._memory for r in sentence if r.kind in {"person", "seat"} and r.actor.code
        )
        return Actor(named.most_common(1)[0][0]) if named else None

    def _voice_of(self, publisher: str | None) -> Actor | None:
        """A government's own briefing speaks for the government: "we" in it is the state."""
        if not publisher:
            return None
        for state in states().values():
            if publisher.removeprefix("The ") in {seat.removeprefix("the ") for seat in state.seats}:
                return Actor(state.code)
        return None


def conjuncts(token: Token) -> list[Token]:
    """What is joined to a noun phrase by "and", "or", commas or "as well as", in order."""
    joined: list[Token] = []
    for child in token.children:
        if child.dep_ == "conj" or (child.dep_ == "appos" and child.i > token.i + 1 and _is_list_comma(child)):
            joined.append(child)
            joined += conjuncts(child)
    return joined


def firm_state(name: str | None) -> str | None:
    """The state of a firm that the vocabulary knows by this name."""
    return _firm_states().get(name or "")


@cache
def _firm_states() -> dict[str, str]:
    return {
        name: firm.state
        for firm in organisations().values()
        if firm.kind == "firm" and firm.state
        for name in (firm.code, *firm.names)
    }


def _is_list_comma(token: Token) -> bool:
    return any(child.dep_ in {"cc", "conj"} for child in token.children)


def _is_subject(token: Token) -> bool:
    while token.dep_ in {"conj", "compound", "poss", "nmod"} and token.head != token:
        token = token.head
    return token.dep_ in _SUBJECT


def _is_definite(token: Token) -> bool:
    return any(
        child.lower_ in {"the", "this", "that", "these", "those", "its", "their", "his", "her"}
        for child in token.children
    )


def _is_pair(token: Token) -> bool:
    return token.tag_ in {"NNS", "NNPS"} and any(child.lower_ in {"two", "both"} for child in token.children)


def _is_firm_name(name: str) -> bool:
    return bool(set(name.replace(".", "").split()) & words("firm-suffix"))


def _entity_name(token: Token) -> str:
    start = end = token.i
    doc = token.doc
    while start > token.sent.start and doc[start - 1].ent_type_ == "ORG" and doc[start].ent_iob_ == "I":
        start -= 1
    while end + 1 < token.sent.end and doc[end + 1].ent_iob_ == "I":
        end += 1
    return doc[start : end + 1].text.removeprefix("the ").removeprefix("The ").removesuffix("'s")
