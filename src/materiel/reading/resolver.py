"""Who is meant: names, capitals, offices, pronouns and descriptions to actors.

The resolver walks through a document sentence by sentence. Where nothing fits it says so (an empty list); where the
text leaves the actor open it says that (an actor without a code). It does not guess from outside the text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from spacy.tokens import Span, Token

from materiel.reading.actors import OPEN, Actor
from materiel.reading.clauses import conjuncts, first_child
from materiel.reading.introduced import full_names, own_states
from materiel.reading.lexicons import actor_finder, words
from materiel.reading.memory import Memory, Recalled
from materiel.reading.organisations import government_of, is_firm_name, names_firm, organisation_name
from materiel.reading.parses import ActorMention, Parse
from materiel.terms.actors import states

_SUBJECT = frozenset({"nsubj", "nsubjpass", "csubj"})
_HE = frozenset({"he", "she", "him", "her", "his"})
_IT = frozenset({"it", "its", "itself"})
_THEY = frozenset({"they", "them", "their", "themselves", "theirs"})
_WE = frozenset({"we", "us", "our", "ours", "i", "my", "me"})
_THIRD_PERSON = _HE | _IT | _THEY
_PRONOUNS = _THIRD_PERSON | _WE
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "its", "their", "his", "her"})
_MODIFIER = frozenset({"amod", "compound", "poss", "nmod", "npadvmod"})
_BELONGING = frozenset({"of", "in", "from", "for", "at", "near"})
_END_OF_SOVIET_UNION = "1991-12-26"
"""Dissolved on this day by declaration no. 142-N of its Supreme Soviet."""
_NOTHING: frozenset[str] = frozenset()
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"'”’)]*\s+")
_OPENING = re.compile(r"\W*(?!(?:In|On|At|To|For|From|With|By|Of|After|Before|Toward)\b)(?:[\w']+\W+){0,3}")
"""What may stand before a name for it to be taken for the subject: a title, an article; no preposition."""
_LABEL = re.compile(
    r"(?:(?:MR|MS|MRS|DR|GEN|SECRETARY|PRESIDENT|THE)\.? )*(?P<name>[A-Z][A-Z'-]+(?: [A-Z][A-Z'-]+)*):\s"
)


class Resolver:
    """Resolves mentions to actors within one document, in the order of the text.

    Attributes:
        memory: what the document has said of actors so far.
        government: the one that speaks, where the document is a government's own statement.
    """

    def __init__(self, published_on: str | None, publisher: str | None, text: str = "") -> None:
        self.memory = Memory()
        self._full_names = full_names(text)
        self._is_soviet = "Soviet" in text and "Russia" not in text
        self._published_on = published_on or ""
        self.government = government_of(publisher)
        self._last_quoted: Actor | None = None
        self._text = text
        self._own: list[tuple[str, int]] | None = None

    def finish(self, parse: Parse, sentence: Span) -> None:
        """Remember the actors of a sentence and whom it quotes, once its statements are read."""
        if '"' in sentence.text:
            self._last_quoted = self._quoted(parse, sentence[-1]) or self._last_quoted
        recalled: list[Recalled] = []
        for token in sentence:
            if token.i in parse.good_at:
                self.memory.maker = self.maker_of(parse, token) or self.memory.maker
            mention = parse.actor_at.get(token.i)
            if mention is not None:
                if token.i != max(mention.start, sentence.start):
                    continue
                span = parse.doc[mention.start : mention.end]
                is_person = mention.kind == "person"
                recalled.append(
                    Recalled(self._meaning(mention, span.text), _is_subject(span.root), is_person, mention.kind)
                )
                if is_person:
                    self.memory.persons[span[-1].text] = mention.meanings
            elif token.dep_ in _SUBJECT and token.pos_ in {"NOUN", "PROPN"}:
                speaks = token.lemma_.lower() in words("government-noun")
                recalled += [Recalled(actor, True, speaks, "noun phrase") for actor in self.named(parse, token)]
            elif token.dep_ in _SUBJECT and token.lower_ in _PRONOUNS:
                recalled += [
                    Recalled(actor, True, token.lower_ in _HE, "pronoun") for actor in self.named(parse, token)
                ]
        self.memory.add(recalled)

    def maker_of(self, parse: Parse, goods: Token) -> str | None:
        """The state whose goods these are, by an adjective or by their designation; None for what is no materiel."""
        if goods.i not in parse.good_at:
            return None
        for child in goods.children:
            if child.dep_ in _MODIFIER and (mention := parse.actor_at.get(child.i)) is not None:
                code = self._meaning(mention).code
                return code if code in states() else None
            if child.dep_ == "acl" and child.lemma_.lower() in {"make", "build", "produce", "manufacture"}:
                for end in (end for place in child.children for end in place.children):
                    if (built_by := parse.actor_at.get(end.i)) is not None:
                        return self._meaning(built_by).code
        maker = parse.good_at[goods.i].maker
        return self._of_the_time(maker) if maker else None

    def skip(self, passage: str) -> None:
        """Remember the actors of a passage that is not parsed, by their names and as its full stops divide it."""
        for sentence in _SENTENCE_END.split(passage):
            recalled: list[Recalled] = []
            for name in actor_finder().find(sentence):
                mention, written = ActorMention(0, 1, name.payload), sentence[name.start : name.end]
                is_person = mention.kind == "person"
                opens = not recalled and _OPENING.fullmatch(sentence, 0, name.start) is not None
                recalled.append(Recalled(self._meaning(mention, written), opens, is_person, mention.kind))
                if is_person:
                    self.memory.persons[written.split()[-1]] = mention.meanings
            self.memory.add(recalled)

    def resolve(self, parse: Parse, token: Token, exclude: frozenset[str] = _NOTHING) -> list[Actor]:
        """The actors that the noun phrase with this head stands for, those joined to it by "and" included.

        ``exclude`` holds codes that it cannot be, such as the subject's for its own object. Open actors are given only
        where the phrase names no others.
        """
        actors = dict.fromkeys(
            actor for head in (token, *conjuncts(token)) for actor in self._resolve_one(parse, head, exclude)
        )
        return [actor for actor in actors if not actor.is_open] or list(actors)

    def named(self, parse: Parse, token: Token) -> list[Actor]:
        """Like :meth:`resolve`, open actors left out."""
        return [actor for actor in self.resolve(parse, token) if not actor.is_open]

    def voice(self, parse: Parse, token: Token) -> Actor | None:
        """For whom a sentence speaks that names nobody: a transcript's label, the publisher, a quote that goes on."""
        if actor := self._labelled(parse) or self.government:
            return actor
        if '"' in token.sent.text and self._last_quoted is not None:
            return self._last_quoted
        return None

    def _resolve_one(self, parse: Parse, token: Token, exclude: frozenset[str]) -> list[Actor]:
        mention = parse.actor_at.get(token.i)
        if mention is not None:
            return self._mentioned(parse, mention, exclude)
        if token.tag_ in {"WDT", "WP"} or (
            token.lemma_.lower() in {"that", "which", "who"} and token.dep_ in {"nsubj", "nsubjpass"}
        ):
            return self._antecedent(parse, token, exclude)
        if token.lower_ in _PRONOUNS:
            return self._pronoun(parse, token, exclude)
        if token.lower_ in {"south", "north"} and token.i and token.nbor(-1).lower_ == "the":
            return self._korea(token.lower_)
        if token.text in {"Korean", "Koreans"}:
            places = self.memory.places
            return self._korea("north" if "PRK" in places and "KOR" not in places else "south")
        if token.pos_ not in {"NOUN", "PROPN", "ADJ", "NUM", "PRON", "DET"} or token.i in parse.good_at:
            return []
        return self._described(parse, token, exclude)

    # -- names ----------------------------------------------------------------------------------------------------

    def _mentioned(self, parse: Parse, mention: ActorMention, exclude: frozenset[str]) -> list[Actor]:
        actor = self._meaning(mention, parse.doc[mention.start : mention.end].text)
        return [] if actor.code in exclude else [actor]

    def _meaning(self, mention: ActorMention, written: str = "") -> Actor:
        """What the mention stands for: a person for the office held on the day, a firm for its name as written."""
        for meaning in mention.meanings:
            # "~" sorts after every digit, so that an office left in "2022" or "2022-05" lasts to the end of it.
            in_office = meaning.since[:10] <= self._published_on and (
                not meaning.until or self._published_on <= meaning.until + "~"
            )
            if in_office and meaning.kind == "person":
                return Actor(meaning.code)
        first = mention.meanings[0]
        if first.kind in {"firm", "group"}:
            name = self._full_names.get(first.code) or first.code
            return Actor(name, name if first.kind == "firm" else None)
        return Actor(self._of_the_time(first.code))

    def _of_the_time(self, code: str) -> str:
        """Russia in a text of the time of the Soviet Union is the Soviet Union; undated texts tell by their words."""
        is_before = self._published_on < _END_OF_SOVIET_UNION if self._published_on else self._is_soviet
        return "SUN" if code == "RUS" and is_before else code

    def _korea(self, direction: str) -> list[Actor]:
        """The South or the North, where the article speaks of Korea or has spoken of no state yet."""
        places = self.memory.places
        if {"KOR", "PRK"} & set(places) or not places:
            return [Actor("KOR" if direction == "south" else "PRK")]
        return []

    # -- descriptions ---------------------------------------------------------------------------------------------

    def _described(self, parse: Parse, token: Token, exclude: frozenset[str]) -> list[Actor]:
        """The actor of a description: "its northern neighbour", "the French government", "the company"."""
        lemma = token.lemma_.lower()
        for child in token.children:
            if child.dep_ == "appos" and child.i in parse.actor_at:
                return self._mentioned(parse, parse.actor_at[child.i], exclude)
        possessor = first_child(token, "poss")
        if lemma in words("event-noun"):
            return self._resolve_one(parse, possessor, exclude) if possessor is not None else []
        owner = self._owner(parse, token, exclude)
        if lemma in words("opposite-number") and possessor is not None:
            return self.memory.latest_states(exclude | {actor.code for actor in owner if actor.code}, 1)
        if lemma in {"side", "camp", "party"} and any(c.lower_ == "other" for c in token.children):
            return self.memory.latest_states(exclude | self.memory.last_pair, 1)
        if lemma in words("firm-noun"):
            return owner or [self.memory.latest_firm() if _is_definite(token) else OPEN]
        if lemma in words("rebel"):
            return self._rebels(parse, token)
        if lemma in words("government-noun"):
            return owner or self._seated(parse, token, exclude) or self._government_in_question(token, lemma, exclude)
        if lemma in {"country", "side", "neighbour", "partner", "government", "nation"} and _is_pair(token):
            return self.memory.latest_states(exclude, 2)
        if lemma in words("place-noun") or lemma in words("open-actor"):
            return owner or self._place(token, lemma, exclude)
        if owner and lemma not in words("speech") and lemma not in words("supply-recall"):
            return owner
        return self._unlisted(token)

    def _government_in_question(self, token: Token, lemma: str, exclude: frozenset[str]) -> list[Actor]:
        """The state of "the ministry" or "an official" where the phrase does not say whose."""
        if lemma in words("open-actor") and not _is_definite(token):
            return [OPEN]
        if self.government is not None and lemma in words("own-government"):
            return [self.government]
        is_someone = token.tag_ in {"NN", "NNP"} and lemma in words("official-noun")
        return self.memory.topical_state(exclude) if is_someone or _is_definite(token) else []

    def _seated(self, parse: Parse, token: Token, exclude: frozenset[str]) -> list[Actor]:
        """The state in whose capital a ministry or a spokesman speaks: "In Oslo a government spokesman said"."""
        if token.dep_ not in _SUBJECT or token.lemma_.lower() not in words("speaks-at-home"):
            return []
        for child in token.head.children:
            if child.dep_ == "prep" and child.lower_ == "in" and child.i < token.i:
                for end in child.children:
                    mention = parse.actor_at.get(end.i)
                    if mention is not None and mention.kind == "capital":
                        return self._mentioned(parse, mention, exclude)
        return []

    def _rebels(self, parse: Parse, token: Token) -> list[Actor]:
        """An armed group by its description, as written: "the rebels", "Syrian rebels"."""
        named = [c for c in token.children if c.i < token.i and c.dep_ in _MODIFIER and c.i in parse.actor_at]
        for modifier in named:
            mention = parse.actor_at[modifier.i]
            if mention.kind == "group":
                return [self._meaning(mention, parse.doc[mention.start : mention.end].text)]
        latest = self.memory.latest_group()
        if latest is not None and _is_definite(token) and not named:
            return [latest]
        start = min((c.i for c in named), default=token.i)
        return [Actor(parse.doc[start : token.i + 1].text if named else token.text)]

    def _place(self, token: Token, lemma: str, exclude: frozenset[str]) -> list[Actor]:
        """The state of "the kingdom", the body of "NATO countries"; "allies" and "a country" are open."""
        modifiers = {child.lower_ for child in token.children}
        if modifiers & {"nato", "eu"}:
            return [Actor("NATO" if "nato" in modifiers else "EU")]
        is_one = token.tag_ in {"NN", "NNP"} and lemma in words("place-noun")
        if is_one and modifiers & {"the", "this", "that"} and not modifiers & {"other", "another", "third"}:
            return self.memory.latest_states(exclude, 1)
        return [OPEN]

    def _unlisted(self, token: Token) -> list[Actor]:
        """Names that no vocabulary lists: a firm by its suffix, a person by the last name."""
        if token.pos_ != "PROPN":
            return []
        if names_firm(token.sent) and token.ent_type_ == "ORG" and is_firm_name(name := organisation_name(token)):
            self.memory.firms.add(name)
            return [Actor(name, name)]
        meanings = self.memory.persons.get(token.text)
        return [self._meaning(ActorMention(token.i, token.i + 1, meanings))] if meanings else []

    def _owner(self, parse: Parse, token: Token, exclude: frozenset[str]) -> list[Actor]:
        """The actor to whom the thing belongs: by an adjective, a name before it, a possessive or "of"."""
        for child in token.children:
            if child.dep_ in _MODIFIER and (found := self._owning(parse, child, exclude)):
                return found
        for child in token.children:
            if child.dep_ == "prep" and child.lower_ in _BELONGING:
                for end in child.children:
                    if end.dep_ == "pobj" and end.i in parse.actor_at:
                        return self.resolve(parse, end, exclude)
        return []

    def _owning(self, parse: Parse, modifier: Token, exclude: frozenset[str]) -> list[Actor]:
        if modifier.i in parse.actor_at:
            return self.resolve(parse, modifier, exclude)
        if modifier.dep_ == "poss" or modifier.text == "Korean":
            return self._resolve_one(parse, modifier, exclude)
        for below in modifier.children:
            if below.i in parse.actor_at and below.dep_ in _MODIFIER:
                return self._mentioned(parse, parse.actor_at[below.i], exclude)
        return []

    # -- pronouns -------------------------------------------------------------------------------------------------

    def _antecedent(self, parse: Parse, relative: Token, exclude: frozenset[str]) -> list[Actor]:
        """What "which" or "who" stands for: the noun on which its clause hangs."""
        verb = relative.head
        while verb.dep_ in {"xcomp", "ccomp", "conj", "aux", "auxpass"} and verb.head != verb:
            verb = verb.head
        if verb.dep_ == "relcl" and verb.head.i != relative.i:
            return self.resolve(parse, verb.head, exclude)
        return []

    def _pronoun(self, parse: Parse, token: Token, exclude: frozenset[str]) -> list[Actor]:
        if token.lower_ in _WE:
            actor = self._quoted(parse, token) or self._labelled(parse) or self.government
            if actor is None:
                # A quote that goes on is still the last speaker's; outside quotes a statement speaks for its leaders.
                is_quote = '"' in token.sent.text
                actor = self._last_quoted if is_quote else self.memory.leaders_state() or self._own_state()
            return [actor] if actor else []
        wants_person = token.lower_ in _HE
        for recalled in self._candidates(parse, token):
            fits = recalled.is_person if wants_person else recalled.kind != "person"
            if fits and not recalled.actor.is_open and recalled.actor.code not in exclude:
                return [recalled.actor]
        return self.memory.latest_states(exclude, 1)

    def _candidates(self, parse: Parse, pronoun: Token) -> Iterator[Recalled]:
        """Actors before the pronoun, likeliest first: subjects above it, then earlier in the sentence, then before."""
        above = pronoun
        while above.head != above:
            above = above.head
            for child in above.children:
                if child.dep_ not in _SUBJECT or child.i >= pronoun.i:
                    continue
                if child.lower_ in _THIRD_PERSON:
                    for actor in self._pronoun(parse, child, _NOTHING):
                        yield Recalled(actor, True, child.lower_ in _HE, "pronoun")
                elif child.lower_ not in _WE:
                    for actor in self._subject(parse, child):
                        yield Recalled(actor, True, child.lemma_.lower() in words("government-noun"), "noun phrase")
        earlier: list[Recalled] = []
        for token in parse.doc[pronoun.sent.start : pronoun.i]:
            mention = parse.actor_at.get(token.i)
            if mention and mention.start == token.i:
                head = parse.doc[mention.start : mention.end].root
                earlier.append(
                    Recalled(self._meaning(mention), _is_subject(head), mention.kind == "person", mention.kind)
                )
        yield from (r for r in earlier if r.is_subject)
        if pronoun.dep_ in _SUBJECT:
            # A subject goes on from the subject before it sooner than from something named in passing.
            yield from self.memory.last_subjects()
        yield from (r for r in reversed(earlier) if not r.is_subject)
        yield from self.memory.before()

    def _subject(self, parse: Parse, token: Token) -> list[Actor]:
        if token.i in parse.actor_at:
            return [self._meaning(parse.actor_at[token.i])]
        return self._described(parse, token, _NOTHING) if token.pos_ in {"NOUN", "PROPN"} else []

    def _quoted(self, parse: Parse, token: Token) -> Actor | None:
        """Who is quoted in the same sentence: "We have sent 20," the French president said."""
        for verb in token.sent:
            if verb.lemma_.lower() not in words("speech") or verb.pos_ != "VERB":
                continue
            subject = next((c for c in verb.children if c.dep_ == "nsubj" and c.lower_ not in _PRONOUNS), None)
            if subject is None or token in subject.subtree:
                continue
            if actors := self.named(parse, subject):
                return actors[0]
        return None

    def _own_state(self) -> Actor | None:
        """The state of which a text says "our": "France is filling our depots"."""
        if self._own is None:
            self._own = Counter(own_states(self._text)).most_common(1)
        return Actor(self._of_the_time(self._own[0][0])) if self._own else None

    def _labelled(self, parse: Parse) -> Actor | None:
        """The speaker of a transcript's passage: "MR. KIRBY: ..."."""
        label = _LABEL.match(parse.clean.text)
        found = actor_finder().find(label["name"].title()) if label is not None else []
        return self._meaning(ActorMention(0, 1, found[0].payload)) if found else None


def _is_subject(token: Token) -> bool:
    while token.dep_ in {"conj", "compound", "poss", "nmod"} and token.head != token:
        token = token.head
    return token.dep_ in _SUBJECT


def _is_definite(token: Token) -> bool:
    return any(child.lower_ in _DEFINITE for child in token.children)


def _is_pair(token: Token) -> bool:
    return token.tag_ in {"NNS", "NNPS"} and any(child.lower_ in {"two", "both"} for child in token.children)
