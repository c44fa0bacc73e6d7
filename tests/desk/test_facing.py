"""Two texts side by side: nothing of either is lost, and what is the same faces itself."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from materiel.desk.facing import Direction, Facing, _grown
from materiel.desk.origins import Source
from materiel.terms.documents import Document, Passage, Role
from materiel.terms.lineage import Derivation, DerivationKind, SharedPassage

LENGTH = 60


def source(text: str, passages: tuple[Passage, ...] | None = None) -> Source:
    document = Document(text, passages or (Passage(0, len(text), Role.BODY),))
    return Source("a.txt", document, "a.txt", "", ("a.txt",), None, (), ())


def facing(
    earlier: Source, later: Source, passages: tuple[SharedPassage, ...], own: tuple[tuple[int, int], ...] = ()
) -> Facing:
    pair = Derivation(later.document.id, earlier.document.id, DerivationKind.REWRITE, 0.8, passages)
    return Facing(earlier, later, pair, Direction.CONTENT, (), own)


def between(text: str, other: str, *pairs: tuple[str, str, bool]) -> tuple[SharedPassage, ...]:
    return tuple(
        SharedPassage(text.index(a), text.index(a) + len(a), other.index(b), other.index(b) + len(b), is_verbatim)
        for a, b, is_verbatim in pairs
    )


def test_passages_face_each_other_in_the_order_of_the_later_text() -> None:
    old = "Head. Ships came. Nobody spoke. Guns left. The end."
    new = "Guns have gone. Our own view. Ships came. And more."
    shared = between(new, old, ("Guns have gone.", "Guns left.", False), ("Ships came.", "Ships came.", True))
    own_start = new.index("Our own")
    lines = facing(source(old), source(new), shared, ((own_start, own_start + 13),)).lines
    assert [
        (
            line.earlier and old[slice(*line.earlier)],
            line.later and new[slice(*line.later)],
            line.number,
            line.is_verbatim,
            line.is_own,
        )
        for line in lines
    ] == [
        ("Head.", None, None, False, False),
        ("Guns left.", "Guns have gone.", 1, False, False),
        ("The end.", None, None, False, False),
        (None, "Our own view.", None, False, True),
        ("Ships came.", "Ships came.", 2, True, False),
        ("Nobody spoke.", None, None, False, False),
        (None, "And more.", None, False, False),
    ]


def test_boilerplate_is_left_out() -> None:
    text = "Ships came. Subscribe now!"
    cut = source(text, (Passage(0, 11, Role.BODY), Passage(12, len(text), Role.BOILERPLATE)))
    (line,) = facing(
        source("Ships came."), cut, between(text, "Ships came.", ("Ships came.", "Ships came.", True))
    ).lines
    assert line.later == (0, 11)


def test_short_sentences_beside_a_passage_belong_to_it() -> None:
    old = "Yes. Cranes lifted grey boxes all night. It rained. Nobody spoke. Ships came at dawn with coal."
    new = "Yes. Cranes lifted grey boxes all night. It rained. Ships came at dawn with coal."
    shared = between(
        new,
        old,
        ("Cranes lifted grey boxes all night.", "Cranes lifted grey boxes all night.", True),
        ("Ships came at dawn with coal.", "Ships came at dawn with coal.", True),
    )
    grown = _grown(shared, source(old).document, source(new).document)
    assert [new[p.start : p.end] for p in grown] == [
        "Yes. Cranes lifted grey boxes all night. It rained.",
        "Ships came at dawn with coal.",
    ]
    assert [old[p.source_start : p.source_end] for p in grown] == [new[p.start : p.end] for p in grown]


texts = st.text(alphabet="ab .\n", min_size=LENGTH, max_size=LENGTH)
cuts = st.lists(st.integers(0, LENGTH), max_size=8).map(lambda found: sorted(set(found)))


@given(
    texts,
    texts,
    cuts,
    st.lists(st.tuples(st.integers(0, LENGTH - 1), st.integers(1, 20)), min_size=4, max_size=4),
    cuts,
)
def test_every_letter_is_shown(
    old: str, new: str, ends: list[int], places: list[tuple[int, int]], own_ends: list[int]
) -> None:
    shared = tuple(
        SharedPassage(a, b, start, min(start + size, LENGTH), is_verbatim=bool(start % 2))
        for (a, b), (start, size) in zip(zip(ends[::2], ends[1::2], strict=False), places, strict=False)
    )
    own = tuple(zip(own_ends[::2], own_ends[1::2], strict=False))
    lines = facing(source(old), source(new), shared, own).lines
    later = [line.later for line in lines if line.later]
    assert later == sorted(later)
    assert all(first[1] <= second[0] for first, second in itertools.pairwise(later)), "nothing is shown twice"
    for text, spans in ((new, later), (old, [line.earlier for line in lines if line.earlier])):
        seen = {place for start, end in spans for place in range(start, end)}
        missed = [text[place] for place in range(LENGTH) if place not in seen]
        assert not any(sign.isalnum() for sign in missed)
