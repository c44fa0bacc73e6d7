"""The materiel vocabularies: complete against the annotation guide, and without contradiction."""

from __future__ import annotations

from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from materiel.terms import actors
from materiel.terms.materiel import designations, is_kind_of, materiel_classes

GUIDE_CLASSES = [
    "arms",
    "precision",
    "armour",
    "armour.tank",
    "armour.vehicle",
    "artillery",
    "artillery.gun",
    "artillery.rocket",
    "artillery.ammunition",
    "aircraft",
    "aircraft.combat",
    "aircraft.helicopter",
    "aircraft.uav",
    "aircraft.other",
    "ship",
    "ship.surface",
    "ship.submarine",
    "missile",
    "missile.ballistic",
    "missile.cruise",
    "missile.antitank",
    "missile.other",
    "airdefence",
    "smallarms",
    "smallarms.ammunition",
    "mine",
    "ammunition",
    "bomb",
    "sensor",
    "nonlethal",
    "nonlethal.protective",
    "nonlethal.demining",
    "nonlethal.medical",
    "nonlethal.vehicle",
    "parts",
    "technology",
    "technology.space",
    "technology.nuclear",
    "technology.missile",
    "personnel",
    "training",
    "intelligence",
    "nuclear",
    "supplies",
    "finance",
]
"""The annotation guide's classes, those of its clarifications included."""

SIPRI_CATEGORIES = {
    "",
    "Aircraft",
    "Air-defence systems",
    "Anti-submarine warfare weapons",
    "Armoured vehicles",
    "Artillery",
    "Engines",
    "Missiles",
    "Naval weapons",
    "Other",
    "Satellites",
    "Sensors",
    "Ships",
}
UNROCA_CATEGORIES = {"", "I", "II", "III", "IV", "V", "VI", "VII", "VIII"}

SHARED_NAMES: set[str] = set()
"""Names that two designations share on purpose; none so far."""

class_names = st.sampled_from(GUIDE_CLASSES)


def matching_form(name: str) -> str:
    """How a matcher sees a name: hyphen and space alike, case aside."""
    return " ".join(name.replace("-", " ").casefold().split())


def test_every_class_of_the_guide_is_present_in_its_order() -> None:
    assert list(materiel_classes()) == GUIDE_CLASSES


def test_every_class_has_a_label_and_its_parent() -> None:
    for name, materiel_class in materiel_classes().items():
        assert materiel_class.name == name
        assert materiel_class.label
        assert name.rpartition(".")[0] in {"", *GUIDE_CLASSES}


def test_labels_are_unique() -> None:
    labels = [materiel_class.label for materiel_class in materiel_classes().values()]
    assert len(labels) == len(set(labels))


def test_each_class_has_at_least_ten_terms() -> None:
    for materiel_class in materiel_classes().values():
        assert len(materiel_class.terms) >= 10, materiel_class.name


def test_no_term_stands_under_two_classes_or_twice() -> None:
    places = defaultdict(list)
    for materiel_class in materiel_classes().values():
        for term in materiel_class.terms:
            places[matching_form(term)].append(materiel_class.name)
    assert {term: names for term, names in places.items() if len(names) > 1} == {}
    assert len(places) > 600


def test_terms_are_lower_case_with_spaces() -> None:
    for materiel_class in materiel_classes().values():
        for term in materiel_class.terms:
            assert term == term.lower()
            assert term == " ".join(term.split())
            assert "," not in term


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        ("shell", "artillery.ammunition"),
        ("155mm round", "artillery.ammunition"),
        ("fighter jet", "aircraft.combat"),
        ("mortar", "artillery.gun"),
        ("armored personnel carrier", "armour.vehicle"),
        ("anti armor system", "missile.antitank"),
        ("interceptor", "airdefence"),
        ("glide bomb", "bomb"),
        ("cluster munition", "ammunition"),
        ("helmet", "nonlethal.protective"),
        ("mine clearance equipment", "nonlethal.demining"),
        ("security assistance", "arms"),
        ("foreign military financing", "finance"),
        ("instructor", "personnel"),
        ("know how", "technology"),
    ],
)
def test_terms_name_the_class_of_the_guide(term: str, expected: str) -> None:
    assert [name for name, entry in materiel_classes().items() if term in entry.terms] == [expected]


def test_there_are_at_least_550_designations() -> None:
    assert len(designations()) >= 550


def test_no_name_belongs_to_two_designations() -> None:
    owners = defaultdict(list)
    for designation in designations():
        for name in (designation.name, *designation.aliases):
            owners[matching_form(name)].append(designation.name)
    shared = {name: of for name, of in owners.items() if len(of) > 1}
    assert set(shared) == SHARED_NAMES, shared


def test_no_designation_is_written_like_a_term_of_another_class() -> None:
    places = {matching_form(t): c.name for c in materiel_classes().values() for t in c.terms}
    clashes = {
        name: (designation.materiel, places[matching_form(name)])
        for designation in designations()
        for name in (designation.name, *designation.aliases)
        if places.get(matching_form(name), designation.materiel) != designation.materiel
    }
    assert clashes == {}


def test_designations_belong_to_known_classes_and_categories() -> None:
    for designation in designations():
        assert designation.materiel in materiel_classes(), designation.name
        assert designation.sipri in SIPRI_CATEGORIES, designation.name
        assert designation.unroca in UNROCA_CATEGORIES, designation.name
    for materiel_class in materiel_classes().values():
        assert materiel_class.sipri in SIPRI_CATEGORIES
        assert materiel_class.unroca in UNROCA_CATEGORIES


def test_designations_stand_in_the_order_of_the_classes() -> None:
    positions = [GUIDE_CLASSES.index(designation.materiel) for designation in designations()]
    assert positions == sorted(positions)


@pytest.mark.skipif(not (actors.DATA / "states.csv").is_file(), reason="the states are not there yet")
def test_makers_are_states() -> None:
    assert {designation.maker for designation in designations()} <= set(actors.states())


@pytest.mark.parametrize(
    ("name", "expected", "maker"),
    [
        ("T-72", "armour.tank", "SUN"),
        ("K9 Thunder", "artillery.gun", "KOR"),
        ("Chunmoo", "artillery.rocket", "KOR"),
        ("HIMARS", "artillery.rocket", "USA"),
        ("GMLRS", "artillery.ammunition", "USA"),
        ("ATACMS", "missile.ballistic", "USA"),
        ("KN-23", "missile.ballistic", "PRK"),
        ("SA-11", "airdefence", "SUN"),
        ("Patriot", "airdefence", "USA"),
        ("Shahed-136", "aircraft.uav", "IRN"),
        ("Storm Shadow", "missile.cruise", "GBR"),
        ("Leopard", "armour.tank", "DEU"),
        ("Gripen", "aircraft.combat", "SWE"),
        ("Silkworm", "missile.other", "CHN"),
        ("Humvee", "nonlethal.vehicle", "USA"),
        ("JDAM", "bomb", "USA"),
        ("KSS-III", "ship.submarine", "KOR"),
    ],
)
def test_names_lead_to_their_class_and_maker(name: str, expected: str, maker: str) -> None:
    found = [d for d in designations() if name in (d.name, *d.aliases)]
    assert [(d.materiel, d.maker) for d in found] == [(expected, maker)]


@pytest.mark.parametrize(
    "bare", ["Tor", "Hawk", "Arrow", "Spike", "Archer", "Harm", "HARM", "Hot", "HOT", "Buk", "Merlin", "AHEAD", "Tamir"]
)
def test_names_that_are_common_words_stand_only_in_safe_forms(bare: str) -> None:
    assert not [d.name for d in designations() if bare in (d.name, *d.aliases)]


@given(class_names)
def test_a_class_is_a_kind_of_itself(name: str) -> None:
    assert is_kind_of(name, name)


@given(class_names, class_names)
def test_only_equal_classes_are_kinds_of_each_other(one: str, other: str) -> None:
    assert (is_kind_of(one, other) and is_kind_of(other, one)) == (one == other)


@given(class_names, class_names, class_names)
def test_kinds_of_kinds_are_kinds(one: str, two: str, three: str) -> None:
    if is_kind_of(one, two) and is_kind_of(two, three):
        assert is_kind_of(one, three)


@given(class_names)
def test_a_class_is_a_kind_of_its_parent_and_of_no_other_top(name: str) -> None:
    tops = [other for other in GUIDE_CLASSES if "." not in other and is_kind_of(name, other)]
    assert tops == [name.split(".")[0]]


def test_a_common_beginning_is_not_enough() -> None:
    assert not is_kind_of("missile.antitank", "miss")
    assert not is_kind_of("smallarms", "small")
    assert not is_kind_of("armour", "armour.tank")
