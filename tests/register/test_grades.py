"""Both letters of a grade: how many sources with a voice of their own, what is at first hand, whose letter it is."""

from __future__ import annotations

import dataclasses
import itertools
import random
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from register_samples import claim

from materiel.register.accounts import Account
from materiel.register.grades import count_sources, grade
from materiel.register.speakers import Speaker, kind_of, side_of, voice_of
from materiel.terms.entries import Grade
from materiel.terms.reliability import Reliability
from materiel.terms.statements import Statement


def account(outlet: str | None, speaker: str | None = None, *, origin: str = "", of: str | None = None) -> Account:
    """What an outlet's article states; ``of`` is the outside source that it credits."""
    identity = origin or f"doc-{outlet}"
    statement = Statement(identity, claim(), "words", 0, 5, "test@1", speaker)
    if of:
        return Account(statement, statement.id, "2024-06-22", "2024-06-22", f"outside:{of}", of, outlet)
    return Account(statement, statement.id, "2024-06-22", "2024-06-22", identity, outlet, outlet)


def graded(
    *bearers: Account, judged: Sequence[Reliability] = (), disputed: bool = False, differ: bool = False
) -> Grade:
    return grade(bearers, is_disputed=disputed, figures_differ=differ, judged=judged)


def judge(publisher: str, letter: str) -> Reliability:
    return Reliability(publisher, letter, f"why {letter}.", "K. Analyst", "2024-12-01")


@pytest.mark.parametrize(
    ("bearers", "figure"),
    [
        ([], "6"),
        ([account("Quay Post")], "6"),
        ([account("Quay Post", "he")], "6"),
        ([account("Quay Post", "a senior official")], "6"),
        ([account("Quay Post", "Maria Lund")], "3"),
        ([account("Quay Post", "the Kremlin")], "3"),
        ([account("Quay Post"), account("Tide Review")], "2"),
        ([account("Quay Post"), account("Quay Post", origin="doc-2")], "6"),
        ([account("Quay Post", "Maria Lund"), account("Tide Review", "Maria Lund")], "3"),
        ([account("Quay Post", "Seoul"), account("Tide Review", "South Korea's defence ministry")], "3"),
        ([account("Quay Post", "Seoul"), account("Tide Review", "Kyiv")], "2"),
        ([account("Quay Post", "an official"), account("Tide Review", "two officials")], "6"),
        ([account("Quay Post", "Seoul"), account("Tide Review", "Seoul"), account("Tide Review")], "2"),
        ([account("Quay Post"), account("Tide Review"), account("Dock Times")], "1"),
        ([account("Quay Post", of="Coast Agency"), account("Tide Review", of="Coast Agency")], "6"),
        ([account("Quay Post", of="Coast Agency"), account("Tide Review", of="Radio Sloboda")], "3"),
        ([account("Quay Post", of="Coast Agency"), account("Tide Review")], "2"),
        ([account("Quay Post", of="Coast Agency"), account("Coast Agency")], "6"),
        ([account(None), account(None, origin="doc-2")], "2"),
    ],
)
def test_credibility_counts_sources_with_a_voice_of_their_own(bearers: list[Account], figure: str) -> None:
    assert graded(*bearers).credibility == figure


def test_contradiction_and_differing_figures_lower_it() -> None:
    one, two = account("Quay Post", "Maria Lund"), account("Tide Review")
    assert graded(one, disputed=True).credibility == "4"
    assert graded(one, two, disputed=True).credibility == "3"
    assert graded(one, two, differ=True).credibility == "3"


def test_reasons_say_what_is_one_who_says_it_and_what_is_at_first_hand() -> None:
    both = graded(account("Quay Post", "Moscow"), account("Tide Review", "Moscow's envoy"))
    assert both.reasons[1] == (
        "Credibility 3: 1 independent source (2 origins in 2 outlets that quote one speaker or one side), which names "
        "who says so; nothing confirms it."
    )
    assert both.reasons[2:] == (
        "Said by Moscow, a party to it; Moscow's envoy, a party to it.",
        "At first hand: Quay Post, Tide Review report it; Moscow speaks of an own act.",
    )
    outside = graded(account("Quay Post", "a source", of="Coast Agency"))
    assert outside.reasons[2:] == (
        "Said by speakers without a name (“a source”).",
        "Nothing at first hand. At second hand: Coast Agency is only credited with it, and not seen here.",
    )


def test_a_rewrite_that_drops_the_speaker_gives_its_origin_no_second_voice() -> None:
    told = account("Tide Review", "Moscow")
    dropped = dataclasses.replace(
        account("Copy Cat"), origin=told.origin, publisher="Tide Review", carried_from="doc-x"
    )
    assert graded(account("Quay Post", "Moscow"), told, dropped).credibility == "3"
    assert graded(account("Quay Post", "Moscow"), dropped).credibility == "2", "all that is here of that origin"


def test_nobody_judged_is_f() -> None:
    assert graded(account("Quay Post")).reasons[0] == "Reliability F: nobody has judged Quay Post yet."
    assert graded(account(None)).reasons[0] == "Reliability F: the documents name no publisher."
    assert graded().reasons == ("Reliability F: no source states it.", "Credibility 6: no document states it.")


def test_the_best_letter_stands_and_the_others_are_named() -> None:
    bearers = [account("Quay Post"), account("Tide Review"), account("Dock Times")]
    found = graded(*bearers, judged=[judge("tide review", "B"), judge("Dock Times", "D"), judge("Elsewhere", "A")])
    assert found.reliability == "B"
    assert found.reasons[0] == (
        "Reliability B: Tide Review is usually reliable, says K. Analyst on 2024-12-01 (why B). The best letter of "
        "those who state it stands, for it would stand on that source alone; Dock Times is judged D. "
        "Nobody has judged Quay Post yet."
    )


def test_for_an_outside_origin_the_letter_of_the_outside_source_counts() -> None:
    credited = account("Quay Post", of="Coast Agency")
    assert graded(credited, judged=[judge("Quay Post", "A")]).reliability == "F"
    assert graded(credited, judged=[judge("Coast Agency", "C")]).reliability == "C"


def test_a_judgement_of_f_is_no_better_than_none_but_says_who_gave_it() -> None:
    found = graded(account("Quay Post"), judged=[judge("Quay Post", "F")])
    assert found.reasons[0] == "Reliability F: Quay Post cannot be judged, says K. Analyst on 2024-12-01 (why F)."


def test_the_grade_as_machine_tags() -> None:
    assert Grade("B", "2", ()).machine_tags == (
        'admiralty-scale:source-reliability="b"',
        'admiralty-scale:information-credibility="2"',
    )


@pytest.mark.parametrize(
    ("speaker", "kind", "side"),
    [
        (None, Speaker.NOBODY, None),
        ("he", Speaker.UNNAMED, None),
        ("Experts", Speaker.UNNAMED, None),
        ("his officials", Speaker.UNNAMED, None),
        ("a Polish official in the delegation", Speaker.UNNAMED, "POL"),
        ("South Korean officials", Speaker.UNNAMED, "KOR"),
        ("The State Department in Washington", Speaker.NAMED, "USA"),
        ("the Kremlin", Speaker.NAMED, "RUS"),
        ("Russia’s envoy", Speaker.NAMED, "RUS"),
        ("an analyst in Moscow", Speaker.UNNAMED, None),
        ("Lund", Speaker.NAMED, None),
        ("Moscow and Pyongyang", Speaker.NAMED, None),
    ],
)
def test_speakers_are_known_by_their_names_alone(speaker: str | None, kind: Speaker, side: str | None) -> None:
    assert (kind_of(speaker), side_of(speaker)) == (kind, side)


def test_one_person_is_one_voice_under_any_title() -> None:
    assert voice_of("deputy head Maria Lund") == voice_of("Maria Lund") != voice_of("Erik Lund")
    assert voice_of("officials") == voice_of("a diplomat")
    assert voice_of(None) is None


BEARERS = st.lists(
    st.builds(
        account,
        st.sampled_from(["Quay Post", "Tide Review", "Dock Times"]),
        st.sampled_from([None, "Moscow", "Maria Lund", "officials"]),
        of=st.sampled_from([None, None, "Coast Agency"]),
    ),
    min_size=1,
    max_size=8,
)


@given(BEARERS, st.randoms(use_true_random=False))
def test_sources_are_as_many_as_can_be_told_apart(bearers: list[Account], dice: random.Random) -> None:
    """Against trying every choice of accounts; and in whatever order they come."""
    pairs = {(each.publisher or "", voice_of(each.statement.speaker) or f"{each.publisher} itself") for each in bearers}
    best = max(
        len(chosen)
        for size in range(1, len(pairs) + 1)
        for chosen in itertools.combinations(sorted(pairs), size)
        if len({outlet for outlet, _ in chosen}) == len({voice for _, voice in chosen}) == size
    )
    assert count_sources(bearers) == best
    shuffled = dice.sample(bearers, len(bearers))
    assert graded(*shuffled) == graded(*bearers)
