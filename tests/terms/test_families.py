"""Families: every document in exactly one of them, under each of its sources, from any derivations whatever."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from materiel.terms.families import Place, find_families

NAMES = [f"d{number}" for number in range(9)]
graphs = st.fixed_dictionaries({name: st.lists(st.sampled_from([*NAMES, "stranger"]), max_size=3) for name in NAMES})


def test_a_digest_stands_under_each_of_its_sources() -> None:
    above = {"a": [], "b": [], "c": ["a"], "digest": ["a", "b"], "copy": ["digest"], "z": []}
    first, alone = find_families(above)
    assert first.documents == ("a", "b", "c", "digest", "copy")
    assert first.places == (
        Place("a", None, 0, False),
        Place("c", "a", 1, False),
        Place("digest", "a", 1, True),
        Place("b", None, 0, False),
        Place("digest", "b", 1, False),
        Place("copy", "digest", 2, False),
    )
    assert alone.documents == ("z",)


def test_a_circle_has_a_head_all_the_same() -> None:
    (family,) = find_families({"a": ["b"], "b": ["a"], "c": ["b"]})
    assert [(place.document, place.depth, place.is_again) for place in family.places] == [
        ("a", 0, False),
        ("b", 1, False),
        ("a", 2, True),
        ("c", 2, False),
    ]


def test_a_long_line_of_descent_needs_no_deep_recursion() -> None:
    above = {f"d{number}": [f"d{number - 1}"] if number else [] for number in range(5000)}
    (family,) = find_families(above)
    assert family.places[-1].depth == 4999


@given(graphs)
def test_every_document_is_in_one_family_and_shown_in_full_once(above: dict[str, list[str]]) -> None:
    families = find_families(above)
    assert sorted(one for family in families for one in family.documents) == NAMES
    for family in families:
        assert {one for document in family.documents for one in above[document]} - {"stranger"} <= set(family.documents)
        whole = [place.document for place in family.places if not place.is_again]
        assert sorted(whole) == sorted(family.documents)
        links = {(place.document, place.above) for place in family.places if place.above}
        assert links == {(one, source) for one in family.documents for source in above[one] if source != "stranger"}
        for before, place in zip((None, *family.places), family.places, strict=False):
            assert place.depth == 0 or (before is not None and place.depth <= before.depth + 1)
