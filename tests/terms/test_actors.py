"""The actor vocabularies: complete, unambiguous, dated and sourced."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from itertools import groupby, pairwise

import pycountry
import pytest

from materiel.terms.actors import (
    OfficeHolder,
    Organisation,
    State,
    actor_name,
    office_holders,
    organisations,
    states,
)
from materiel.terms.vocabulary import members

FORMER_STATES = {"CSK", "DDR", "RVN", "SCG", "SUN", "YAR", "YPR", "YUG"}
WITHOUT_ISO_CODE = {"XKX"}
WITHOUT_CAPITAL = {"ATA", "BVT", "HKG", "HMD", "MAC", "NFK", "PSE", "TKL", "UMI"}
"""Uninhabited, a city, without one, or (Norfolk Island) with one that is better known as another state's."""
NOBODY_S_WORDS = {"Korea", "Korean", "Koreans", "Ministry of Defence", "Ministry of Defense"}
ORDINARY_WORDS = {"CAR", "IT", "Arsenal", "Kalashnikov", "Male", "Nice", "The", "Alliance", "West", "Union"}
SHARED_OFFICES = {
    ("POL", "Deputy Defence Minister"),
    ("RUS", "Deputy Foreign Minister"),
    ("USA", "Special envoy"),
}
"""Offices that several people hold at a time."""


def state_aliases(state: State) -> set[str]:
    return {alias for alias in (*state.names, *state.demonyms, state.capital, *state.seats) if alias}


def term_of(holder: OfficeHolder) -> str:
    return f"{holder.actor}, {holder.office}: {holder.person} {holder.since} to {holder.until}"


def is_day_month_or_year(date: str) -> bool:
    match = re.fullmatch(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", date)
    if not match:
        return False
    month, day = int(match[2] or 1), int(match[3] or 1)
    days = [31, 29 if int(match[1]) % 4 == 0 else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return 1 <= month <= 12 and 1 <= day <= days[month - 1]


def is_not_after(earlier: str, later: str) -> bool:
    """Compared at the precision that both have: 2024-05 is not after 2024-05-12."""
    precision = min(len(earlier), len(later))
    return earlier[:precision] <= later[:precision]


class TestStates:
    def test_every_iso_state_is_there_and_no_other_but_the_named_ones(self) -> None:
        iso_codes = {country.alpha_3 for country in pycountry.countries}
        assert len(iso_codes) == 249
        assert set(states()) == iso_codes | FORMER_STATES | WITHOUT_ISO_CODE

    def test_no_alias_is_claimed_by_two_states(self) -> None:
        claims: defaultdict[str, set[str]] = defaultdict(set)
        for code, state in states().items():
            for alias in state_aliases(state):
                claims[alias.casefold()].add(code)
        assert {alias: codes for alias, codes in claims.items() if len(codes) > 1} == {}

    def test_every_living_state_with_a_government_has_a_capital(self) -> None:
        without = {code for code, state in states().items() if not state.capital}
        assert without - FORMER_STATES == WITHOUT_CAPITAL

    def test_no_word_that_belongs_to_nobody(self) -> None:
        taken = {alias for state in states().values() for alias in state_aliases(state)}
        assert taken & (NOBODY_S_WORDS | ORDINARY_WORDS) == set()

    def test_aliases_are_capitalised_as_newspapers_write_them(self) -> None:
        lower = {a for state in states().values() for a in state_aliases(state) if a == a.lower()}
        assert lower == {"armasuisse"}

    @pytest.mark.parametrize(
        ("alias", "code"),
        [
            ("South Korea", "KOR"),
            ("ROK", "KOR"),
            ("South Koreans", "KOR"),
            ("Blue House", "KOR"),
            ("Seoul", "KOR"),
            ("DPRK", "PRK"),
            ("Pyongyang", "PRK"),
            ("U.S.", "USA"),
            ("America", "USA"),
            ("Foggy Bottom", "USA"),
            ("Pentagon", "USA"),
            ("Britain", "GBR"),
            ("Britons", "GBR"),
            ("Türkiye", "TUR"),
            ("Turkey", "TUR"),
            ("Czechia", "CZE"),
            ("Kiev", "UKR"),
            ("Kyiv", "UKR"),
            ("Kremlin", "RUS"),
            ("Soviet", "SUN"),
            ("USSR", "SUN"),
            ("Burma", "MMR"),
            ("Zaire", "COD"),
            ("West Germany", "DEU"),
            ("Bonn", "DEU"),
            ("East German", "DDR"),
            ("Emirati", "ARE"),
            ("Poles", "POL"),
            ("The Hague", "NLD"),
            ("Quai d'Orsay", "FRA"),
            ("Rawalpindi", "PAK"),
            ("Ceylon", "LKA"),
            ("Kosovar", "XKX"),
        ],
    )
    def test_a_newspaper_s_word_finds_its_state(self, alias: str, code: str) -> None:
        assert [found for found, state in states().items() if alias in state_aliases(state)] == [code]

    def test_short_names_read_well_in_a_table(self) -> None:
        names = {code: actor_name(code) for code in ("KOR", "PRK", "USA", "RUS", "SUN", "ARE")}
        assert names == {
            "KOR": "South Korea",
            "PRK": "North Korea",
            "USA": "United States",
            "RUS": "Russia",
            "SUN": "Soviet Union",
            "ARE": "United Arab Emirates",
        }


class TestOrganisations:
    def test_there_are_enough_of_each_kind(self) -> None:
        kinds = Counter(organisation.kind for organisation in organisations().values())
        assert set(kinds) == {"body", "group", "firm"}
        assert kinds["firm"] >= 350
        assert kinds["group"] >= 60
        assert kinds["body"] >= 20

    def test_the_bodies_of_the_annotation_guide_have_their_codes(self) -> None:
        assert {organisations()[code].kind for code in ("NATO", "EU", "UN", "G7")} == {"body"}

    def test_every_firm_has_a_state_and_nobody_else_has(self) -> None:
        misplaced = {o.code: o.state for o in organisations().values() if (o.state in states()) != (o.kind == "firm")}
        assert misplaced == {}
        assert {o.code for o in organisations().values() if o.kind != "firm" and o.state} == set()

    def test_every_row_has_a_source(self) -> None:
        assert [o.code for o in organisations().values() if not o.source] == []

    def test_no_name_is_claimed_twice_or_by_a_state(self) -> None:
        claims: defaultdict[str, set[str]] = defaultdict(set)
        for code, state in states().items():
            for alias in state_aliases(state):
                claims[alias].add(code)
        for code, organisation in organisations().items():
            for name in (code, *organisation.names):
                claims[name].add(code)
        assert {name: codes for name, codes in claims.items() if len(codes) > 1} == {}

    def test_no_name_is_an_ordinary_word(self) -> None:
        taken = {name for organisation in organisations().values() for name in organisation.names}
        assert taken & (NOBODY_S_WORDS | ORDINARY_WORDS | {"Brussels"}) == set()

    @pytest.mark.parametrize(
        ("name", "code", "state"),
        [
            ("Raytheon", "RTX", "USA"),
            ("Hyundai Rotem", "Hyundai Rotem", "KOR"),
            ("Nexter", "KNDS France", "FRA"),
            ("Polska Grupa Zbrojeniowa", "PGZ", "POL"),
            ("Turkish Aerospace Industries", "Turkish Aerospace", "TUR"),
            ("Rosoboronexport", "Rosoboronexport", "RUS"),
            ("Excalibur Army", "Czechoslovak Group", "CZE"),
            ("Ansar Allah", "Houthis", ""),
            ("North Atlantic Alliance", "NATO", ""),
            ("European Commission", "EU", ""),
        ],
    )
    def test_a_name_finds_its_organisation(self, name: str, code: str, state: str) -> None:
        found: list[Organisation] = [o for o in organisations().values() if name in o.names]
        assert [(o.code, o.state) for o in found] == [(code, state)]


class TestOfficeHolders:
    def test_there_are_enough_and_they_cover_the_world(self) -> None:
        assert len(office_holders()) >= 850
        assert len({holder.actor for holder in office_holders()}) >= 120

    def test_every_actor_exists(self) -> None:
        known = set(states()) | set(organisations())
        assert {holder.actor for holder in office_holders()} - known == set()

    def test_every_row_has_an_office_and_a_source(self) -> None:
        assert [term_of(h) for h in office_holders() if not (h.person and h.office and h.source and h.since)] == []

    def test_dates_are_dates_and_in_order(self) -> None:
        wrong = [
            term_of(h)
            for h in office_holders()
            if not all(is_day_month_or_year(date) for date in (h.since, h.until) if date)
            or (h.until and not is_not_after(h.since, h.until))
        ]
        assert wrong == []

    def test_the_file_is_sorted(self) -> None:
        keys = [(h.actor, h.office, h.since, h.person) for h in office_holders()]
        assert keys == sorted(keys)

    def test_terms_of_one_office_do_not_overlap(self) -> None:
        overlaps = [
            (term_of(before), term_of(after))
            for office, terms in groupby(office_holders(), key=lambda h: (h.actor, h.office))
            if office not in SHARED_OFFICES
            for before, after in pairwise(terms)
            if not before.until or not is_not_after(before.until, after.since)
        ]
        assert overlaps == []

    def test_an_alias_belongs_to_one_person(self) -> None:
        people: defaultdict[str, set[str]] = defaultdict(set)
        for holder in office_holders():
            for alias in (holder.person, *holder.aliases):
                people[alias].add(holder.person)
        assert {alias: names for alias, names in people.items() if len(names) > 1} == {}

    def test_no_common_family_name_stands_alone(self) -> None:
        bare = {alias for h in office_holders() for alias in h.aliases if " " not in alias}
        assert (
            bare & {"Kim", "Park", "Lee", "Moon", "Yoon", "Michel", "Johnson", "Brown", "Miller", "Li", "Wang"} == set()
        )

    def test_no_alias_is_that_of_a_state_or_an_organisation(self) -> None:
        taken = {alias for state in states().values() for alias in state_aliases(state)}
        taken |= {name for organisation in organisations().values() for name in organisation.names}
        assert {alias for h in office_holders() for alias in (h.person, *h.aliases)} & taken == set()

    @pytest.mark.parametrize(
        ("alias", "day", "office", "actor"),
        [
            ("Chang Ho Jin", "2024-06-20", "National Security Adviser", "KOR"),
            ("Yoon Suk-yeol", "2024-11-07", "President", "KOR"),
            ("Putin", "2024-06-19", "President", "RUS"),
            ("Kim Jong Un", "2024-06-19", "Supreme Leader", "PRK"),
            ("Stoltenberg", "2024-06-18", "Secretary General", "NATO"),
            ("Rutte", "2024-11-01", "Secretary General", "NATO"),
            ("Rutte", "2023-01-20", "Prime Minister", "NLD"),
            ("Zelenskyy", "2024-06-20", "President", "UKR"),
            ("Weinberger", "1986-01-17", "Secretary of Defense", "USA"),
            ("Trump", "2018-06-12", "President", "USA"),
            ("Trump", "2025-06-12", "President", "USA"),
            ("Shoigu", "2023-07-26", "Defence Minister", "RUS"),
            ("Shoigu", "2024-09-13", "Secretary of the Security Council", "RUS"),
        ],
    )
    def test_a_name_on_a_day_gives_its_office(self, alias: str, day: str, office: str, actor: str) -> None:
        found = [
            (h.office, h.actor)
            for h in office_holders()
            if alias in (h.person, *h.aliases) and h.since <= day and (not h.until or day < h.until)
        ]
        assert found == [(office, actor)]


def test_lists_have_no_repeated_members() -> None:
    repeated = [
        names
        for names in (
            *(state.names for state in states().values()),
            *(state.demonyms for state in states().values()),
            *(state.seats for state in states().values()),
            *(organisation.names for organisation in organisations().values()),
            *((h.person, *h.aliases) for h in office_holders()),
        )
        if len(set(names)) != len(names)
    ]
    assert repeated == []
    assert members("a; b ;; c") == ("a", "b", "c")
