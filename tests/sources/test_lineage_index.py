"""The index of candidates: what qualifies, that no order shows, the families under gold/, hard inputs."""

import json
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from materiel.sources import load_documents
from materiel.sources.lineage import postings
from materiel.sources.lineage.index import ELDERS, MIN_RUNS, STEM_PRIOR, STEM_SHARE, CandidateIndex
from materiel.sources.lineage.postings import KEY_SHIFT, Postings
from materiel.sources.lineage.sketches import Sketch, sketch, sketch_all
from materiel.sources.lineage.words import WEIGHT_STEP
from materiel.terms.documents import Document, Passage, Role

GOLD = Path(__file__).parents[2] / "gold"
RUN_HOLDERS, STEM_HOLDERS = 4, 5


def document(text: str) -> Document:
    return Document(text, (Passage(0, len(text), Role.BODY),))


# -- what qualifies, and that no order shows ------------------------------------------------------------------------


@dataclass(frozen=True)
class Item:
    """A document by the small numbers of its runs and by its stems with their weights."""

    id: str
    seniority: tuple[int]
    runs: frozenset[int]
    stems: tuple[tuple[int, int], ...]

    @property
    def rank(self) -> tuple[tuple[int], str]:
        return self.seniority, self.id

    @property
    def content(self) -> tuple[frozenset[int], tuple[tuple[int, int], ...]]:
        return self.runs, self.stems

    @property
    def weight(self) -> float:
        return sum(weight for _, weight in self.stems) * WEIGHT_STEP

    def sketched(self) -> Sketch:
        runs = np.array(sorted(self.runs), np.uint64)
        stems = np.array(sorted(stem << 16 | 255 - weight for stem, weight in self.stems), np.uint64)
        return Sketch(format(hash(self.content) & (1 << 64) - 1, "032x"), runs, stems)

    def added(self) -> tuple[str, tuple[int], Sketch]:
        return self.id, self.seniority, self.sketched()


contents = st.tuples(
    st.frozensets(st.integers(1, 8), max_size=4),
    st.dictionaries(st.integers(1, 8), st.integers(20, 60), max_size=4).map(lambda stems: tuple(sorted(stems.items()))),
)
collections = st.lists(st.tuples(contents, st.integers(0, 5)), max_size=25).map(
    lambda rows: [Item(f"d{at:02}", (age,), *content) for at, (content, age) in enumerate(rows)]
)


def qualifying(items: Sequence[Item]) -> set[tuple[str, str]]:
    """By the definition, looking at all pairs."""
    firsts: dict[object, Item] = {}
    for item in sorted(items, key=lambda item: item.rank):
        firsts.setdefault(item.content, item)
    inside = sorted(firsts.values(), key=lambda item: item.rank)
    holders = {run: [item for item in inside if run in item.runs] for run in range(1, 9)}
    stems = {stem: sum(stem in dict(item.stems) for item in inside) for stem in range(1, 9)}
    found = set()
    for one, other in combinations(inside, 2):
        runs = sum(
            len(holders[run]) <= RUN_HOLDERS or one in holders[run][:ELDERS] or other in holders[run][:ELDERS]
            for run in one.runs & other.runs
        )
        own, others = dict(one.stems), dict(other.stems)
        common = [stem for stem in own.keys() & others.keys() if stems[stem] <= STEM_HOLDERS]
        weight = sum(min(own[stem], others[stem]) for stem in common) * WEIGHT_STEP
        if runs >= MIN_RUNS or weight >= STEM_SHARE * (min(one.weight, other.weight) + STEM_PRIOR):
            found.add((one.id, other.id))
    return found


def index() -> CandidateIndex:
    return CandidateIndex(run_holders=RUN_HOLDERS, stem_holders=STEM_HOLDERS)


@settings(deadline=None)
@given(collections)
def test_what_qualifies_is_what_the_definition_says(items: list[Item]) -> None:
    added = index()
    assert added.add_all(item.added() for item in items) == qualifying(items)
    assert added.pairs() == qualifying(items)


@settings(deadline=None)
@given(
    collections, st.randoms(use_true_random=False), st.lists(st.integers(0, 6), max_size=8), st.sampled_from([1, 20])
)
def test_no_order_shows_and_what_qualifies_has_been_proposed(
    items: list[Item], dice: random.Random, sizes: list[int], first: int
) -> None:
    arriving = list(items)
    dice.shuffle(arriving)
    added = index()
    proposed: set[frozenset[str]] = set()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(postings, "FIRST", first)
        patch.setattr(postings, "RATIO", 2)
        for size in [*sizes, len(items)]:
            batch, arriving = arriving[:size], arriving[size:]
            if size % 3 == 1:
                added.load(())
                for item in batch:
                    proposed |= {frozenset((item.id, other)) for other in added.add(*item.added())}
            else:
                proposed |= set(map(frozenset, added.add_all(item.added() for item in batch)))
    assert added.pairs() == qualifying(items)
    assert proposed >= set(map(frozenset, added.pairs()))
    everything = index()
    everything.load(item.added() for item in items)
    assert everything.pairs() == added.pairs()
    assert everything.firsts() == added.firsts()
    assert len(everything) == len(items)


@settings(deadline=None)
@given(collections)
def test_copies_go_by_the_most_senior(items: list[Item]) -> None:
    added = index()
    added.load(item.added() for item in items)
    for item in items:
        same = [other for other in items if other.content == item.content]
        assert added.firsts()[item.id] == min(same, key=lambda other: other.rank).id


def test_a_document_is_added_once() -> None:
    one = Item("a", (1,), frozenset({1, 2}), ())
    other = Item("b", (2,), frozenset({1, 2, 3}), ())
    added = index()
    assert added.add(*one.added()) == []
    assert added.add(*other.added()) == ["a"]
    assert added.add(*other.added()) == []
    assert added.pairs() == {("a", "b")}


def test_a_more_senior_copy_takes_the_place_of_the_first() -> None:
    late, early = (Item(id_, (age,), frozenset({1, 2}), ()) for id_, age in (("late", 9), ("early", 1)))
    other = Item("other", (5,), frozenset({1, 2, 3}), ())
    added = index()
    added.add_all([late.added(), other.added()])
    assert added.pairs() == {("other", "late")}
    assert added.add(*early.added()) == ["other"]
    assert added.pairs() == {("early", "other")}
    assert added.firsts() == {"late": "early", "early": "early", "other": "other"}


@settings(deadline=None)
@given(st.lists(st.lists(st.integers(0, 30), max_size=30), max_size=10), st.integers(0, 30), st.booleans())
def test_postings_find_what_was_added(batches: list[list[int]], key: int, only_smaller: bool) -> None:
    filed, value = Postings(), 0
    added: list[tuple[int, int]] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(postings, "FIRST", 5)
        patch.setattr(postings, "RATIO", 2)
        for batch in batches:
            new = [(number, value := value + 1) for number in batch]
            filed.add(np.array([number << KEY_SHIFT | below for number, below in new], np.uint64))
            added += new
    asked = value // 2
    found = filed.find(np.array([key << KEY_SHIFT | asked], np.uint64), only_smaller=only_smaller)
    own, others = filed.values(found)
    wanted = [below for number, below in added if number == key and (below < asked or not only_smaller)]
    assert found.counts.tolist() == [sum(number == key for number, _ in added)]
    assert sorted(others.tolist()) == wanted
    assert own.tolist() == [asked] * len(wanted)


# -- the families under gold/ ---------------------------------------------------------------------------------------


def gold_documents() -> dict[str, Document]:
    """The families, the other articles, and the reports that are given as JSON Lines."""
    folders = (("lineage", "*.[th][xt][tm]*"), ("articles", "*.txt"), ("articles", "*.html"), ("reports", "*.jsonl"))
    paths = [path for folder, names in folders for path in sorted((GOLD / folder).glob(names))]
    return {
        f"{path.parent.name}/{path.name}{'' if path.suffix != '.jsonl' else f'#{at}'}": found
        for path in paths
        for at, (_, found) in enumerate(load_documents(path))
        if isinstance(found, Document)
    }


def derived_pairs() -> set[frozenset[str]]:
    """Of which one derives from the other, or both from the same document."""
    found = set()
    for family in json.loads((GOLD / "lineage" / "lineage.json").read_text("utf-8"))["families"]:
        by_file = {row["file"]: row for row in family["documents"]}

        def climb(file: str, by_file: dict[str, dict[str, object]] = by_file) -> set[str]:
            row = by_file.get(file)
            if row is None or row["role"] in {"origin", "independent", "follow-up"}:
                return {file}
            derived = row["derived_from"]
            assert isinstance(derived, list)
            return set().union(*(climb(source) for source in derived))

        found |= {frozenset(pair) for pair in combinations(by_file, 2) if climb(pair[0]) & climb(pair[1])}
    return found


def test_every_derived_pair_of_the_families_is_proposed_and_few_others() -> None:
    documents = gold_documents()
    added = CandidateIndex()
    pairs = {frozenset(pair) for pair in added.add_all((file, (), sketch(d)) for file, d in documents.items())}
    wanted = derived_pairs()
    assert len(wanted) >= 60
    assert wanted - pairs == set()
    assert len(pairs) <= 15 * len(documents)


# -- hard inputs ----------------------------------------------------------------------------------------------------


def invented(count: int, seed: int) -> list[str]:
    dice = random.Random(seed)
    return ["".join(dice.choices("abcdefghijklmnoprstuvz", k=7)) for _ in range(count)]


def test_documents_without_words_are_no_copies_of_each_other() -> None:
    added = CandidateIndex()
    assert added.add_all((id_, (), sketch(document(""))) for id_ in "abc") == set()
    assert added.add("d", (), sketch(document(""))) == []
    assert added.firsts() == {id_: id_ for id_ in "abcd"}


def test_one_sentence_is_found_in_a_report() -> None:
    sentence = "A train with forty wagons of Norland shells left the depot at Graz on Monday."
    report = f"{' '.join(invented(150, 1))}. {sentence} {' '.join(invented(150, 2))}."
    added = CandidateIndex()
    added.add("report", (1,), sketch(document(report)))
    assert added.add("sentence", (2,), sketch(document(sentence))) == ["report"]


def test_ten_thousand_identical_documents() -> None:
    made = sketch(document(" ".join(invented(300, 1))))
    added = CandidateIndex()
    start = time.process_time()
    assert all(added.add(f"d{number:05}", (), made) == [] for number in range(10_000))
    assert time.process_time() - start < 5
    assert set(added.firsts().values()) == {"d00000"}
    assert added.pairs() == set()


@pytest.mark.parametrize("single", [True, False])
def test_ten_thousand_nearly_identical_documents(single: bool) -> None:
    words, count = invented(300, 1), 10_000 if not single else 3_000
    texts = [
        " ".join([*words[: number % 290], "printed", str(number), *words[number % 290 :]]) for number in range(count)
    ]
    made = [(f"d{number:05}", (number,), s) for number, s in enumerate(sketch_all(map(document, texts)))]
    added = CandidateIndex()
    start = time.process_time()
    if single:
        assert max(len(added.add(*item)) for item in made) <= 200
    else:
        assert len(added.add_all(made)) < 5 * count
    assert time.process_time() - start < 30
    pairs = added.pairs()
    assert {junior for _, junior in pairs if _ == "d00000"} == {id_ for id_, _, _ in made[1:]}
    assert len(pairs) < 5 * count
