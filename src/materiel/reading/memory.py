"""What a document has said of actors so far, sentence by sentence, for pronouns and descriptions to draw on."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from materiel.reading.actors import OPEN, Actor
from materiel.reading.lexicons import ActorName
from materiel.terms.actors import states
from materiel.terms.statements import PactKind, Transfer

_FADING, _LASTING, _SUBJECT_WEIGHT = 0.7, 0.15, 1.5
"""How a mention counts for "the president": less with each sentence that has passed, but never nothing; a subject
counts more. Set by hand on gold/articles and the passages' develop half."""
_FADED_AFTER = 8
_PRONOUN_REACH, _DESCRIPTION_REACH, _PAIR_REACH = 4, 6, 2
"""How many sentences back a pronoun, a description ("the other side") and "the two countries" may point."""


@dataclass(frozen=True, slots=True)
class Recalled:
    """An actor as a sentence mentioned it.

    Attributes:
        is_person: it was mentioned as somebody for whom "he" or "she" can stand.
        kind: how the vocabulary names it (state, capital, person, ...), or "noun phrase" or "pronoun".
    """

    actor: Actor
    is_subject: bool
    is_person: bool
    kind: str


class Memory:
    """The actors of the sentences read so far.

    Attributes:
        places: codes of the actors mentioned, with repetitions, the latest last; pronouns left out.
        persons: what a person's last name stands for, once the full name has been read.
        firms: names that were found to be firms without the vocabulary.
        last_pair: the parties of the supply spoken of last, for "the other side".
        supplies: every supply spoken of, hypothetical ones included, the latest last, for "if that happens".
        told_last: those of the sentence before.
        maker: the state by which the materiel named last was qualified, as in "Russian missiles".
        last_pact: how many sentences had been read when a pact was told last, and its kind, for "a similar one with".
        pacts: parties, kind and name (or rule) of each pact read so far, as a pact told twice is one.
    """

    def __init__(self) -> None:
        self.sentences: list[list[Recalled]] = []
        self.places: list[str] = []
        self.persons: dict[str, tuple[ActorName, ...]] = {}
        self.firms: set[str] = set()
        self.last_pair: frozenset[str] = frozenset()
        self.supplies: list[Transfer] = []
        self.told_last: tuple[Transfer, ...] = ()
        self.maker: str | None = None
        self.last_pact: tuple[int, PactKind] | None = None
        self.pacts: set[tuple[frozenset[str], PactKind, str | None]] = set()

    def add(self, sentence: list[Recalled]) -> None:
        """Remember the actors of a sentence, in its order."""
        self.sentences.append(sentence)
        self.places += [r.actor.code for r in sentence if r.actor.code and r.kind != "pronoun"]

    def introduce(self, codes: list[str]) -> None:
        """Remember the actors of the title before the first sentence; they are no mentions of the text."""
        self.sentences.append([Recalled(Actor(code), False, False, "state") for code in codes])

    def before(self) -> Iterator[Recalled]:
        """What a pronoun may stand for, likeliest first: of each sentence before it the subjects, then the rest."""
        for sentence in reversed(self.sentences[-_PRONOUN_REACH:]):
            yield from (r for r in sentence if r.is_subject)
            yield from (r for r in reversed(sentence) if not r.is_subject and r.kind != "demonym")

    def last_subjects(self) -> list[Recalled]:
        """The subjects of the sentence before."""
        return [r for r in self.sentences[-1] if r.is_subject] if self.sentences else []

    def latest_states(self, exclude: frozenset[str], count: int) -> list[Actor]:
        """The states mentioned last, the latest subject first; fewer than ``count`` where there are no more."""
        found: list[Actor] = []
        for sentence in reversed(self.sentences[-_DESCRIPTION_REACH:]):
            for recalled in [r for r in sentence if r.is_subject] + [r for r in reversed(sentence) if not r.is_subject]:
                actor = recalled.actor
                if actor.code in states() and actor.code not in exclude and actor not in found:
                    found.append(actor)
                if len(found) == count:
                    return found
        return found

    def latest_pair(self) -> tuple[str, ...]:
        """The two states of "the two countries": of the last sentences or the title, whichever names just two.

        Empty where neither does.
        """
        near = [*self.sentences[:1], *reversed(self.sentences[-_PAIR_REACH:])]
        for sentence in near:
            named = tuple(dict.fromkeys(r.actor.code for r in sentence if r.actor.code and r.actor.code in states()))
            if len(named) == 2:
                return named
        return ()

    def topical_state(self, exclude: frozenset[str]) -> list[Actor]:
        """The state of "the president" or "an official": the one spoken of most and last."""
        scores: defaultdict[str, float] = defaultdict(float)
        for age, sentence in enumerate(reversed(self.sentences)):
            recent = _FADING ** min(age, _FADED_AFTER)
            for recalled in sentence:
                code = recalled.actor.code
                if code in states() and code not in exclude:
                    scores[code] += (_SUBJECT_WEIGHT if recalled.is_subject else 1.0) * (recent + _LASTING)
        return [Actor(max(sorted(scores), key=lambda code: scores[code]))] if scores else []

    def latest_firm(self) -> Actor:
        """The firm mentioned last; open where there was none."""
        for sentence in reversed(self.sentences):
            for recalled in sentence:
                if recalled.actor.code and (recalled.kind == "firm" or recalled.actor.code in self.firms):
                    return recalled.actor
        return OPEN

    def latest_group(self) -> Actor | None:
        """The armed group named last."""
        for sentence in reversed(self.sentences):
            for recalled in reversed(sentence):
                if recalled.kind == "group":
                    return recalled.actor
        return None

    def leaders_state(self) -> Actor | None:
        """The state whose leaders were named most: "we" in a statement that names no speaker."""
        named = Counter(
            r.actor.code
            for sentence in self.sentences
            for r in sentence
            if r.kind in {"person", "seat"} and r.actor.code
        )
        return Actor(named.most_common(1)[0][0]) if named else None
