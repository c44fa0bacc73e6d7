"""Events, states, switches and commitments, by hand."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from small_world import number, played, rounds, route, stock, sure, weekly, weeks_of, world

from materiel.outlook.program import Program
from materiel.outlook.refusals import ScenarioRefused
from materiel.outlook.weaving import weave


def test_events_hit_states_within_their_bounds_before_decisions() -> None:
    raid = sure("raid", "raid", effects=[{"state": ("KOR", "threat"), "add": number(0.4, "none")}])
    state = {"actor": "KOR", "name": "threat", "base": number(0.0, "share"), "fades": number(2, "weeks")}
    alarm = {"actor": "KOR", "name": "alarm", "on": "state(KOR, threat) >= 0.6"}
    scenario = world(events=[raid], states=[state], switches=[alarm], weeks=4)
    assert weeks_of(scenario, "state KOR threat") == [0.2, 0.3, 0.35, 0.375]
    assert weeks_of(scenario, "state KOR alarm") == [0, 1, 1, 1]


def test_a_line_that_waits_for_a_switch_works_in_the_week_in_which_it_turns() -> None:
    shock = {"id": "lift", "title": "lift", "on": "2024-07-09"}
    switch = {"actor": "KOR", "name": "lifted", "on": 'event("lift")'}
    follows = {"actor": "KOR", "name": "follows", "on": "state(KOR, lifted) >= 0.5"}
    line = {"id": "works", "owner": "KOR", "materiel": "shell", "rate": weekly(3), "when": "state(KOR, lifted) >= 0.5"}
    scenario = world(contingencies=[shock], switches=[switch, follows], lines=[line], weeks=4)
    assert weeks_of(scenario, "output works") == [0, 3, 3, 3]
    # Switches look at each other as they were the week before.
    assert weeks_of(scenario, "state KOR follows") == [0, 0, 1, 1]


def test_a_switch_is_taken_and_dropped_at_different_levels() -> None:
    need = {"actor": "KOR", "materiel": "shell", "per_week": weekly(10)}
    line = {"id": "works", "owner": "KOR", "materiel": "shell", "rate": weekly(40), "when": "state(KOR, low) >= 0.5"}
    switch = {
        "actor": "KOR",
        "name": "low",
        "on": "stock(KOR, artillery.ammunition) < 75",
        "off": "stock(KOR, artillery.ammunition) > 120",
    }
    scenario = world(needs=[need], lines=[line], switches=[switch], weeks=9)
    assert weeks_of(scenario, "state KOR low") == [0, 0, 0, 1, 1, 0, 0, 0, 0]


def test_a_contingency_comes_in_the_week_of_its_date_with_its_chance() -> None:
    vote = {"id": "vote", "title": "the vote", "on": "2024-07-21", "chance": number(0.3, "share")}
    outcomes = played(world(contingencies=[vote]), members=20_000).outcomes
    assert set(outcomes["first vote"]) == {2.0, 10.0}
    assert outcomes["count vote"].mean() == pytest.approx(0.3, abs=4 * math.sqrt(0.21 / 20_000))


def test_a_conditional_contingency_comes_once_after_the_events() -> None:
    raid = sure("raid", "raid")
    shock = {"id": "alarm", "title": "alarm", "when": 'event("raid", last 7 days)'}
    scenario = world(events=[raid], contingencies=[shock], weeks=3)
    assert weeks_of(scenario, "happened alarm") == [1, 0, 0]


def pledge(**more: Any) -> dict[str, Any]:
    given: dict[str, Any] = {"id": "word", "title": "a word", "debtor": "KOR", "force": "threat"}
    given |= {"kept_with": number(1, "share"), "delay": number(2, "weeks")}
    return given | {"antecedent": 'event("war")', "consequent": 'event("aid")'} | more


WAR = {"id": "war", "title": "war", "on": "2024-07-09"}
AID = [{"happens": 'event("aid")'}]


def states_of(scenario: Any) -> dict[str, float]:
    outcomes = played(scenario).outcomes
    return {state: outcomes[f"{state} word"][0] for state in ("triggered", "kept", "broken", "lapsed", "withdrawn")}


def test_the_debtor_acts_after_its_delay_and_so_keeps_it() -> None:
    scenario = world(contingencies=[WAR], commitments=[pledge(deeds=AID)])
    # The war comes in week 1; the deed of week 3 is dated after that week's decisions, so it is seen in week 4.
    assert states_of(scenario) == {"triggered": 1, "kept": 4, "broken": 10, "lapsed": 10, "withdrawn": 10}


def test_what_is_not_done_in_time_is_broken_and_what_is_done_late_does_not_mend_it() -> None:
    scenario = world(contingencies=[WAR], commitments=[pledge(deeds=AID, within=14)])
    # The war is on 8 July, the term over on 22 July, the first day of week 3; the deed comes the day after.
    assert states_of(scenario)["broken"] == 4
    assert states_of(scenario)["kept"] == 10


def test_a_threat_whose_condition_never_comes_lapses_with_its_term_and_is_not_broken() -> None:
    assert states_of(world(commitments=[pledge(by="2024-07-20")])) == {
        "triggered": 10,
        "kept": 10,
        "broken": 10,
        "lapsed": 3,
        "withdrawn": 10,
    }


@pytest.mark.parametrize(("force", "state"), [("promise", "broken"), ("threat", "withdrawn"), ("policy", "withdrawn")])
def test_what_is_taken_back_after_its_condition_came(force: str, state: str) -> None:
    back = {"id": "back", "title": "taken back", "on": "2024-07-17", "effects": [{"withdraw": "word"}]}
    scenario = world(contingencies=[WAR, back], commitments=[pledge(force=force, deeds=AID, delay=number(5, "weeks"))])
    found = states_of(scenario)
    assert found[state] == 2
    # Whoever takes it back does not act on it.
    assert found["kept"] == 10


def test_what_is_taken_back_while_it_stands_is_withdrawn() -> None:
    back = {"id": "back", "title": "taken back", "on": "2024-07-02", "effects": [{"withdraw": "word"}]}
    scenario = world(contingencies=[WAR, back], commitments=[pledge(force="promise", deeds=AID)])
    assert states_of(scenario) == {"triggered": 10, "kept": 10, "broken": 10, "lapsed": 10, "withdrawn": 0}


def test_a_restraint_is_broken_by_the_deed_and_kept_when_its_term_is_over() -> None:
    restraint = pledge(antecedent=None, consequent="not transfer(KOR -> UKR, arms)", by="2024-07-20", force="promise")
    assert states_of(world(commitments=[restraint]))["kept"] == 3
    shipped = world(commitments=[restraint], routes=[route("sea", "KOR", "UKR", 1)])
    assert states_of(shipped)["broken"] == 2
    assert states_of(shipped)["kept"] == 10


def test_what_sets_it_off_does_not_keep_it() -> None:
    word = pledge(antecedent="transfer(KOR -> UKR, arms)", consequent="transfer(* -> UKR, artillery.ammunition)")
    once = route("sea", "KOR", "UKR", 100)
    assert states_of(world(commitments=[word], routes=[once]))["kept"] == 10
    twice = route("sea", "KOR", "UKR", 50)
    assert states_of(world(commitments=[word], routes=[twice]))["kept"] == 3


def test_what_was_done_before_does_not_keep_it_but_a_pact_that_is_there_does() -> None:
    war = {"id": "war", "title": "war", "on": "2024-07-23"}
    given = pledge(consequent="transfer(KOR -> UKR, arms)", force="promise")
    sent = world(contingencies=[war], commitments=[given], routes=[route("sea", "KOR", "UKR", 100)])
    assert states_of(sent) == {"triggered": 3, "kept": 10, "broken": 10, "lapsed": 10, "withdrawn": 10}
    signed = pledge(consequent="pact(KOR, UKR)")
    past = ["pact(KOR, UKR, arms-deal, signed) since 2024-06-01"]
    assert states_of(world(contingencies=[war], commitments=[signed], so_far=past))["kept"] == 3


def test_a_level_that_completes_the_condition_dates_it() -> None:
    """The war was before; what was sent between it and the shortage does not keep a promise to send in a shortage."""
    given = pledge(
        antecedent='event("war") and stock(KOR, artillery.ammunition) < 45', consequent="transfer(KOR -> UKR, arms)"
    )
    sending = route("sea", "KOR", "UKR", 20, when='event("war", last 7 days)')
    need = {"actor": "KOR", "materiel": "shell", "per_week": weekly(10)}
    scenario = world(contingencies=[WAR], commitments=[given], routes=[sending], needs=[need])
    assert weeks_of(scenario, "stock KOR shell")[:4] == [90, 60, 50, 40]
    assert weeks_of(scenario, "arrived sea")[:4] == [0, 0, 20, 0]
    assert states_of(scenario)["triggered"] == 4
    assert states_of(scenario)["kept"] == 10


def test_a_commitment_may_be_triggered_when_the_scenario_begins() -> None:
    scenario = world(commitments=[pledge(deeds=AID, delay=number(3, "weeks"))], so_far=["commitment(word, triggered)"])
    assert states_of(scenario)["triggered"] == 0
    assert states_of(scenario)["kept"] == 4


def test_it_is_kept_as_often_as_it_is_said_to_be() -> None:
    scenario = world(contingencies=[WAR], commitments=[pledge(deeds=AID, kept_with=number(0.7, "share"))])
    kept = played(scenario, members=20_000).outcomes["kept word"]
    assert (kept == 4).mean() == pytest.approx(0.7, abs=4 * math.sqrt(0.21 / 20_000))
    assert set(kept) == {4.0, 10.0}


def test_a_policy_changes_numbers_and_nothing_else() -> None:
    cap = {"uniform": [8, 10], "unit": "thousand rounds per week", "assumption": "x"}
    scenario = world(
        numbers={"cap": weekly(5)},
        routes=[route("sea", "KOR", "UKR", 0) | {"limit": "$cap"}],
        policies={
            "more": {
                "about": "more",
                "sets": {"cap": cap},
            }
        },
    )
    plain, more = weave(scenario), weave(scenario, "more")
    assert plain.program == more.program
    assert isinstance(plain.program, Program)
    assert played(scenario).outcomes["arrived sea"][0] == 45
    arrived = played(scenario, members=50, policy="more").outcomes["arrived sea"]
    assert 72 <= arrived.min() < arrived.max() <= 90
    with pytest.raises(ScenarioRefused, match=r"less is no policy of small\. Policies: more"):
        weave(scenario, "less")


def test_outcomes_are_gathered_over_the_weeks() -> None:
    formulas = {"end": "stock(UKR, shell)", "sum": "arrived(sea)", "least": "stock(KOR, shell) - week"}
    formulas |= {"greatest": "sent(sea) * week", "first": "arrived(sea) > 0"}
    outcomes = {
        over: {"title": over, "formula": formula, "over": over, "unit": "none"} for over, formula in formulas.items()
    }
    scenario = world(routes=[route("sea", "KOR", "UKR", 30, delay=2)], outcomes=outcomes)
    found = played(scenario).outcomes
    assert {over: float(found[over][0]) for over in formulas} == {
        "end": 100,
        "sum": 100,
        "least": -9,
        "greatest": 60,
        "first": 2,
    }


def test_a_named_number_in_a_total_counts_items() -> None:
    switch = {"actor": "UKR", "name": "enough", "on": "quantity(KOR -> UKR, artillery.ammunition) >= $enough"}
    scenario = world(
        numbers={"enough": number(25_000, "rounds")}, switches=[switch], routes=[route("sea", "KOR", "UKR", 10)]
    )
    assert weeks_of(scenario, "state UKR enough")[:6] == [0, 0, 0, 0, 1, 1]


def test_more_than_can_be_counted_exactly_is_a_failure_and_not_a_rounding() -> None:
    line = {"id": "works", "owner": "KOR", "materiel": "shell", "rate": "10 + 1e12 * stock(KOR, shell)"}
    ensemble = played(world(lines=[line], weeks=6))
    assert ensemble.failures
    assert np.isnan(ensemble.outcomes["final KOR shell"][0])


CANNOT: list[tuple[str, str]] = [
    ("stock(RUS, artillery.ammunition) > 1", "RUS has no stock of artillery.ammunition"),
    ("state(KOR, resolve) > 1", "KOR has no state resolve"),
    ("state(KOR, threat >", "refused at column"),
]


@pytest.mark.parametrize(("clause", "why"), CANNOT)
def test_what_the_scenario_does_not_have_is_refused(clause: str, why: str) -> None:
    scenario = world(switches=[{"actor": "KOR", "name": "s", "on": clause}])
    with pytest.raises(ScenarioRefused, match=why):
        weave(scenario)


def test_a_total_may_be_settled_by_what_comes_after_it() -> None:
    near = 'quantity(KOR -> UKR, arms) within 7 days of event("war")'
    switch = {"actor": "KOR", "name": "s", "on": near.replace(") within", ") >= 20_000 within")}
    war = {"id": "war", "title": "war", "on": "2024-07-29"}
    scenario = world(switches=[switch], routes=[route("sea", "KOR", "UKR", 10)], contingencies=[war])
    # The war is on the first day of week 4; of the deliveries on Sundays those of weeks 3 and 4 are near it.
    assert weeks_of(scenario, "state KOR s") == [0, 0, 0, 0, 0, 1, 1, 1, 1, 1]


def test_seven_happenings_are_too_many_to_set_against_each_other() -> None:
    clause = 'event("a")'
    for letter in "bcdefg":
        clause = f'event("{letter}") after ({clause})'
    with pytest.raises(ScenarioRefused, match="sets 7 happenings against each other"):
        weave(world(switches=[{"actor": "KOR", "name": "s", "on": clause}]))


@pytest.mark.parametrize(
    ("happens", "why"),
    [
        ("transfer(KOR -> UKR, artillery.ammunition)", "moves on routes and orders"),
        ('event("x") or event("y")', "no 'or'"),
        ("measure(KOR, stock) > 5", "write == in place of >"),
        ("pact(KOR, UKR)", "name the kind"),
        ("stance({KOR, UKR}, warns)", "a single one"),
        ("commitment(word, kept)", "comes into a state by itself"),
    ],
)
def test_what_cannot_be_declared_is_refused(happens: str, why: str) -> None:
    with pytest.raises(ScenarioRefused, match=why):
        weave(world(events=[sure("e", "e", effects=[{"happens": happens}])], stocks=[stock("KOR", 1)]))


def test_blanks_and_unknown_names_are_refused() -> None:
    blank = {"blank": "how many are there?", "unit": "thousand rounds"}
    with pytest.raises(ScenarioRefused, match="it is a blank: how many are there"):
        weave(world(stocks=[{"owner": "KOR", "materiel": "shell", "opening": blank}]))
    with pytest.raises(ScenarioRefused, match=r"\$more is no number of the scenario"):
        weave(world(routes=[route("sea", "KOR", "UKR", 1) | {"limit": "$more"}]))
    assert rounds(1)["unit"] == "thousand rounds"
