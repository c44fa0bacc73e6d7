"""Each site of an article in view of the others."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from materiel.reading.neighbours import NOBODY, Company, Impression

TANKS, SHELLS = frozenset({"armour.tank"}), frozenset({"artillery.ammunition"})
CODES = ("FRA", "POL", "UKR", NOBODY)


def impression(place: int, supplier: str, recipient: str, chance: float = 0.8) -> Impression:
    """A site that has the pair for nearly sure."""
    roles = [{code: 0.9 if code == wanted else 0.1 / 3 for code in CODES} for wanted in (supplier, recipient)]
    return Impression(place, "good", TANKS, None, chance, *roles)


def of_party(company: Company, number: int, code: str, source: str = "memory") -> set[str]:
    ((*found,),) = company.party_features(number, [(source, frozenset({code}))])
    return set(found)


def test_a_party_is_seen_in_the_role_that_it_has_elsewhere() -> None:
    company = Company([impression(1, "FRA", "UKR"), impression(2, "FRA", "UKR"), impression(3, "POL", "UKR", 0.2)])
    assert {"gives.memory=5", "gives.most.memory", "gets.memory=0"} <= of_party(company, 2, "FRA")
    assert {"gets.memory=5", "gets.most.memory", "gives.memory=0"} <= of_party(company, 2, "UKR")
    assert "gives.memory=0" in of_party(company, 2, "POL"), "what a site says itself does not count as said elsewhere"


def test_what_stands_in_the_same_sentence_is_beside_not_elsewhere() -> None:
    company = Company([impression(1, "FRA", "UKR"), impression(1, "POL", "UKR")])
    found = of_party(company, 0, "POL", "sentence")
    assert {"gives.sentence=0", "beside.gives=5", "beside.gets=0"} <= found
    assert "before0.gives=5" in of_party(company, 1, "FRA"), "what was told before in the sentence is known as such"


def test_a_nearer_supply_counts_more() -> None:
    near = Company([impression(1, "FRA", "UKR"), impression(30, "POL", "UKR"), impression(31, "UKR", "POL")])
    assert {"gives.memory=4", "gives.most.memory"} <= of_party(near, 2, "POL")
    assert "gives.memory=2" in of_party(near, 2, "FRA")


def test_an_unlikely_site_is_not_what_was_told_before() -> None:
    company = Company([impression(1, "FRA", "UKR"), impression(2, "POL", "UKR", 0.2), impression(3, "POL", "UKR")])
    assert "before2.gives=5" in of_party(company, 2, "FRA")


def test_an_actor_whom_no_site_knows() -> None:
    with pytest.raises(KeyError, match="BRA"):
        of_party(Company([impression(1, "FRA", "UKR")]), 0, "BRA")


def test_an_open_party_is_nobody() -> None:
    company = Company([impression(1, NOBODY, "UKR"), impression(2, "FRA", "UKR")])
    ((*found,),) = company.party_features(1, [("nobody", frozenset())])
    assert {"gives.nobody=5", "gives.most.nobody"} <= set(found)


def test_the_same_goods_between_the_same_parties_told_twice() -> None:
    first, again = impression(1, "FRA", "UKR"), impression(4, "FRA", "UKR", 0.4)
    company = Company([first, replace(first, place=2, classes=SHELLS), again])
    found = set(company.site_features(2))
    assert {"among.before.same=5.0", "among.before.goods=5", "among.after.same=0.0", "among.rank=0"} <= found
    other = Company([replace(first, quantity=14.0), again])
    assert {"among.before.goods=5", "among.before.number=0.0"} <= set(other.site_features(1))


def test_likelier_sites_of_the_sentence_rank_before() -> None:
    company = Company([impression(1, "FRA", "UKR", 0.9), impression(1, "FRA", "UKR", 0.3)])
    assert "among.rank=0" in set(company.site_features(0))
    assert {"among.rank=1", "among.beside=5", "among.rank.kind=good.1"} <= set(company.site_features(1))


def test_a_site_without_company() -> None:
    company = Company([impression(1, "FRA", "UKR")])
    found = set(company.site_features(0))
    assert {"among.most=0", "among.sum=0", "among.beside.n=0", "among.suppliers=5.0"} <= found


@given(
    st.lists(
        st.tuples(st.integers(1, 6), st.sampled_from(CODES), st.sampled_from(CODES), st.floats(0.12, 1)),
        min_size=1,
        max_size=6,
    )
)
def test_every_site_and_party_has_features_once(told: list[tuple[int, str, str, float]]) -> None:
    sites = [impression(place, one, other, chance) for place, one, other, chance in sorted(told)]
    company = Company(sites)
    for number in range(len(sites)):
        found = list(company.site_features(number))
        assert len(found) == len(set(found))
        parties = [("memory", frozenset({code})) for code in ("FRA", "POL", "UKR")]
        for features in company.party_features(number, parties):
            assert len(features) == len(set(features)) > 0


def test_a_role_needs_a_candidate() -> None:
    with pytest.raises(ValueError, match="max"):
        Company([Impression(1, "good", TANKS, None, 0.5, {}, {"UKR": 1.0})])
