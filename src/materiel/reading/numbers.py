"""The numbers of a sentence and whose they may be, as features that trained weights look at.

A feature says what a number counts, on which words it hangs and what stands beside it; of an actor, how its phrase
hangs on the number and what the article has said of it. No feature names a state.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from spacy.tokens import Token

from materiel.reading.actors import Actor
from materiel.reading.clauses import VERBAL, auxiliaries, governors, is_negated, subject_of
from materiel.reading.figure_senses import words_above
from materiel.reading.figures import Figure, figures_of
from materiel.reading.findings import FoundTransfer
from materiel.reading.parties import Party
from materiel.reading.party_features import actor_type, governing_preposition, tie
from materiel.reading.stage_features import masked
from materiel.reading.views import SentenceView

_AROUND = (-3, -2, -1, 1, 2, 3, 4)
_NEAR = 2
"""Words so near to a number count with their place."""
_ABOVE, _REMEMBERED = 3, 8
MOST_FIGURES = 4
"""More figures than this in a sentence count as so many."""
_SIZES = (5, 20, 100, 1_000, 10_000, 100_000)
_SAME = 0.02
"""A number this near to the count of a supply is that count."""
_BESIDE = frozenset({"prt", "acomp", "attr", "advmod", "dobj"})


@dataclass(frozen=True, slots=True)
class Number:
    """A number of a sentence.

    Attributes:
        features: what speaks for each thing that it may measure.
        owners: whose figure it may be, each with what speaks for it; no open actor.
    """

    figure: Figure
    features: tuple[str, ...]
    owners: tuple[tuple[Actor, tuple[str, ...]], ...]


def numbers(
    view: SentenceView, named: Sequence[Party], recalled: Sequence[Party], supplies: Sequence[FoundTransfer],
    chance: float, may_matter: Callable[[Figure, Sequence[str]], bool] | None = None,
) -> Iterator[Number]:  # fmt: skip
    """Every number of the sentence that counts something.

    Args:
        view: the sentence.
        named: whom it names.
        recalled: whom the sentences before named, the latest first.
        supplies: the supplies that rules found in it.
        chance: how likely it tells of a supply.
        may_matter: whether a figure is wanted, by its features but for how many figures there are; a sentence with
            none that is wanted has no numbers. Without it all are wanted.
    """
    figures = figures_of(view.sentence)
    if not any(_may_count(view, figure) for figure in figures):
        return
    about = (f"supplies={min(len(supplies), 2)}", f"chance={int(chance * 4)}")
    features = [(*_own(view, f), *_verb(view, f), *_window(view, f), *_supplied(f, supplies)) for f in figures]
    if may_matter and not any(
        may_matter(figure, (*own, *about)) for figure, own in zip(figures, features, strict=True)
    ):
        return  # named entities, which is_a_count asks for, cost half a parse
    counts = [(figure, own) for figure, own in zip(figures, features, strict=True) if figure.is_a_count]
    for figure, own in counts:
        of_sentence = (crowd(len(counts)), *about)
        parties = [*named, *islice(recalled, _REMEMBERED)]
        owners = tuple(
            (party.actors[0], tuple(dict.fromkeys(_owner(view, figure, party, named))))
            for party in parties
            if party.codes and len(party.actors) == 1
        )
        yield Number(figure, tuple(dict.fromkeys((*own, *of_sentence))), owners)


def crowd(figures: int) -> str:
    """The feature that says how many figures a sentence has."""
    return f"figures={min(figures, MOST_FIGURES)}"


def _may_count(view: SentenceView, figure: Figure) -> bool:
    """Whether the number is plainly no year, sum of money or share."""
    number = figure.number
    is_year = number.text.isdigit() and len(number.text) == 4 and figure.counted is None
    is_money = any(money.start <= number.idx < money.end for money in view.sums)
    is_share = figure.after is not None and figure.after.lower_ in {"%", "percent", "per"}
    return not (is_year or is_money or is_share)


def _own(view: SentenceView, figure: Figure) -> Iterator[str]:
    parse, anchor, counted = view.parse, figure.anchor, figure.counted
    yield from (f"dep={anchor.dep_}", f"rate={figure.rate}")
    yield f"size={sum(figure.value >= size for size in _SIZES)}"
    if counted is None:
        yield "counted=none"
    else:
        yield from (f"counted={masked(parse, counted, counted.lemma_)}", f"pos={counted.pos_}")
        if counted.i in parse.good_at:
            yield f"class={parse.good_at[counted.i].materiel.split('.')[0]}"
        for child in counted.children:
            if child.i != figure.number.i:
                yield from (f"child={child.dep_}.{masked(parse, child, child.lemma_)}", f"child={child.dep_}")
        if any(token.i in parse.good_at for token in counted.subtree):
            yield "good"
    for place, above in enumerate(words_above(anchor)[:_ABOVE]):
        lemma = masked(parse, above, above.lemma_)
        yield from (f"up={lemma}", f"up{place}={lemma}.{above.dep_}", f"up={lemma}.{anchor.dep_}")
    if anchor.dep_ == "pobj":
        yield from (f"prep={anchor.head.lower_}", f"prep={anchor.head.lower_}.{anchor.head.head.lemma_.lower()}")


def _verb(view: SentenceView, figure: Figure) -> Iterator[str]:
    parse, anchor, counted = view.parse, figure.anchor, figure.counted
    verb = _verb_of(figure)
    if verb is None:
        return
    lemma = verb.lemma_.lower()
    yield from (f"verb={lemma}{'.not' if is_negated(verb) else ''}", f"verb={lemma}.{anchor.dep_}")
    yield f"verb.form={verb.tag_}.{'+'.join(sorted(auxiliaries(verb)))}"
    yield f"verb.counted={lemma}.{masked(parse, counted, counted.lemma_) if counted is not None else 'none'}"
    subject = subject_of(verb)
    if subject is not None:
        word = masked(parse, subject, subject.lemma_)
        yield from (f"subject={word}", f"subject={word}.{lemma}")
    yield from (f"beside={c.dep_}.{masked(parse, c, c.lemma_)}" for c in verb.children if c.dep_ in _BESIDE)


def _verb_of(figure: Figure) -> Token | None:
    return next((word for word in (figure.anchor, *governors(figure.anchor)) if word.pos_ in VERBAL), None)


def _window(view: SentenceView, figure: Figure) -> Iterator[str]:
    for offset in _AROUND:
        place = figure.number.i + offset
        if view.sentence.start <= place < view.sentence.end:
            word = masked(view.parse, view.parse.doc[place], view.parse.doc[place].lower_)
            yield f"w{'-' if offset < 0 else '+'}={word}"
            if abs(offset) <= _NEAR:
                yield f"w{offset}={word}"


def _supplied(figure: Figure, supplies: Sequence[FoundTransfer]) -> Iterator[str]:
    """Whether the number is what a supply counts."""
    for found in supplies:
        if found.claim.quantity is not None and abs(found.claim.quantity - figure.value) <= _SAME * figure.value:
            yield from ("supplied", f"supplied={found.claim.stage}", f"supplied={found.rule}")
            return


def _owner(view: SentenceView, figure: Figure, party: Party, named: Sequence[Party]) -> Iterator[str]:
    """How an actor's phrase stands to the number."""
    memory = view.resolver.memory
    count, places = sum(code in party.codes for code in memory.places), len(memory.places)
    yield from (f"src={party.source}", f"type={actor_type(party.actors[0])}")
    yield f"share={min(int(4 * count / places), 3) if places else 0}"
    token = party.token
    if token is None:
        bucket = "1" if party.ago == 0 else "2" if party.ago == 1 else "4" if party.ago < 4 else "far"
        here = sum(other.token is not None for other in named)
        yield from (f"ago={bucket}", f"ago={bucket}.{party.was_subject:d}", f"recalled={party.recalled_as}")
        yield f"ago={bucket}.{min(here, 2)}"
        return
    mention = view.parse.actor_at.get(token.i)
    kind = mention.kind if mention is not None else token.lower_ if token.pos_ == "PRON" else token.pos_.lower()
    link, preposition = tie(figure.anchor, token), governing_preposition(token)
    side = "before" if token.i < figure.number.i else "after"
    yield from (
        f"kind={kind}",
        f"dep={token.dep_}",
        f"link={link}",
        f"side={side}.{preposition}",
        f"kind={kind}.{link}",
    )
    if named and named[0].token is token:
        yield "first"
    yield f"only={sum(1 for other in named if other.token is not None) == 1:d}"
    if figure.counted is not None:
        yield f"counted={tie(figure.counted, token)}"
    verb = _verb_of(figure)
    if verb is not None:
        yield from (f"verb={tie(verb, token)}", f"verb={tie(verb, token)}.{verb.lemma_.lower()}")
    low, high = sorted((token.i, figure.number.i))
    yield f"between={min(sum(1 for p in named if p.token is not None and low < p.token.i < high), 3)}"
