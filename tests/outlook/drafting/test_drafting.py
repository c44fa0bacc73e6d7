"""What a draft makes of a record: evidence where something is told, a blank where nothing is, and nothing else."""

from __future__ import annotations

from datetime import date
from typing import Any

from materiel.commitments.commitment import Act, Commitment, Saying, Words
from materiel.commitments.parsing import parse
from materiel.outlook.drafting.drafting import Draft, draft
from materiel.outlook.drafting.text import draft_text
from materiel.outlook.drafting.told import Agreement, Figure, Record, Supply, Told, View
from materiel.outlook.scenario.leaves import numbers_of
from materiel.outlook.scenario.loading import scenario_from_text
from materiel.terms.statements import Attitude, Force, MeasureName, PactKind, PactStatus, Stage

SHELLS = "artillery.ammunition"


def drafted(**parts: Any) -> Draft:
    return draft(Record("try", "try.sqlite", date(2024, 6, 23), 52, **parts))


def supply(entry: str, stage: Stage = Stage.DELIVERED, *told: Told, who: str = "PRK RUS", **slots: Any) -> Supply:
    supplier, recipient = who.split()
    return Supply(entry, supplier, recipient, slots.pop("classes", (SHELLS,)), stage, quantities=told, **slots)


def promise(identity: str, when: str | None, then: str, debtor: str = "KOR") -> Commitment:
    """A side that begins with a capital letter is in words."""

    def side(text: str) -> Any:
        return Words(text) if text[:1].isupper() else parse(text)

    said = (Saying(Act.MADE, "2024-06-23", "2024-06-23", "st-1"),)
    antecedent = side(when) if when else None
    return Commitment(identity, debtor, antecedent, side(then), Force.POLICY, said, sources=(identity,))


def test_a_delivery_is_a_route_whose_pace_is_asked_for() -> None:
    scenario = drafted(supplies=(supply("tr-1", Stage.DELIVERED, Told(13000, "containers", "tr-1")),)).scenario
    (route,) = scenario.routes
    assert (route.supplier, route.recipient, route.materiel) == ("PRK", "RUS", "artillery_ammunition")
    assert not isinstance(route.limit, str)
    assert route.limit.value is None
    assert "told: 13,000 containers (tr-1)" in (route.limit.blank or "")
    openings = {stock.owner: stock.opening for stock in scenario.stocks}
    assert not isinstance(openings["PRK"], str)
    assert openings["PRK"].blank == "pieces of artillery ammunition that North Korea has when it begins"
    assert not isinstance(openings["RUS"], str)
    assert openings["RUS"].value == 0, "nothing is asked about what is never used"


def test_what_is_only_talked_of_is_left_out_and_named() -> None:
    found = drafted(supplies=(supply("tr-1"), supply("tr-2", Stage.CONSIDERED), supply("tr-3", Stage.REQUESTED)))
    assert len(found.scenario.routes) == 1
    assert found.left_out == ("tr-2: only considered", "tr-3: only requested")


def test_a_general_word_is_left_out_where_the_same_is_told_exactly() -> None:
    vague = supply("tr-2", classes=("arms",))
    found = drafted(supplies=(supply("tr-1"), vague))
    assert [route.materiel for route in found.scenario.routes] == ["artillery_ammunition"]
    assert found.left_out == ("tr-2: arms, told more exactly as artillery ammunition",)
    assert [route.materiel for route in drafted(supplies=(vague,)).scenario.routes] == ["arms"]


def test_the_figure_of_what_is_left_out_helps_to_answer() -> None:
    vague = supply("tr-2", Stage.DELIVERED, Told(10000, "containers", "tr-2"), classes=("arms",))
    (route,) = drafted(supplies=(supply("tr-1"), vague)).scenario.routes
    assert not isinstance(route.limit, str)
    assert "10,000 containers (tr-2)" in (route.limit.blank or "")


def test_a_restraint_is_as_broad_as_it_is_told() -> None:
    broad = supply("tr-1", Stage.WITHHELD, who="KOR UKR", classes=("arms",))
    narrow = supply("tr-2", Stage.WITHHELD, who="KOR UKR")
    given = supply("tr-3", who="KOR UKR", classes=("nonlethal.protective",))
    found = drafted(supplies=(broad, narrow, given))
    assert [(route.materiel, bool(route.when)) for route in found.scenario.routes] == [
        ("arms", True),
        ("nonlethal_protective", False),
    ]
    assert found.left_out == ("tr-2: artillery ammunition, told more broadly as arms",)


def test_an_order_holds_what_is_not_delivered_yet_and_its_price() -> None:
    ordered = supply(
        "tr-1",
        Stage.ORDERED,
        Told(180, "tanks", "tr-1"),
        who="KOR POL",
        classes=("armour.tank",),
        values=(Told(3.4e9, "USD", "tr-1"),),
        day="2022-08-26",
    )
    given = supply("tr-2", Stage.DELIVERED, Told(10, "k2s", "tr-2"), who="KOR POL", classes=("armour.tank",))
    scenario = drafted(supplies=(ordered, given)).scenario
    assert not scenario.routes
    (order,) = scenario.orders
    assert order.quantity == "max(0, $kor_pol_armour_tank_order_told - $kor_pol_armour_tank_order_got)"
    assert order.unit_value == "$kor_pol_armour_tank_order_value / $kor_pol_armour_tank_order_told"
    assert order.placed == date(2022, 8, 26)
    assert scenario.numbers["kor_pol_armour_tank_order_got"].evidence == ("tr-2",)
    (line,) = scenario.lines
    assert (line.owner, line.materiel) == ("KOR", "armour_tank")


def test_an_order_without_a_number_is_a_blank() -> None:
    (order,) = drafted(supplies=(supply("tr-1", Stage.ORDERED, who="KOR SAU"),)).scenario.orders
    assert not isinstance(order.quantity, str)
    assert "told without a number: tr-1" in (order.quantity.blank or "")


def test_what_is_withheld_waits_behind_a_switch_that_the_commitment_turns() -> None:
    held = supply("tr-1", Stage.WITHHELD, who="KOR UKR", classes=("arms",))
    line = promise("cm-1", "transfer(RUS -> PRK, precision, delivered)", "transfer(KOR -> UKR, arms, delivered)")
    scenario = drafted(supplies=(held,), commitments=(line,)).scenario
    (switch,) = scenario.switches
    assert not switch.initially
    assert switch.on == (
        'event("South Korea ends its restraint: arms for Ukraine") or event("South Korea acts on cm-1")'
    )
    arms = next(route for route in scenario.routes if route.materiel == "arms")
    assert arms.when == f"state(KOR, {switch.name}) >= 1"
    precision = next(route for route in scenario.routes if route.materiel == "precision")
    assert precision.when == 'event("Russia begins to supply precision weapons to North Korea")'
    assert {event.title for event in scenario.events} == {
        "South Korea ends its restraint: arms for Ukraine",
        "Russia begins to supply precision weapons to North Korea",
    }


def test_a_commitment_in_words_waits_for_an_event_and_is_one() -> None:
    scenario = drafted(commitments=(promise("cm-1", "The ally goes too far", "Seoul will respond"),)).scenario
    (pledge,) = scenario.commitments
    assert pledge.antecedent == 'event("The ally goes too far")'
    assert pledge.consequent == pledge.deeds[0].happens == 'event("Seoul will respond")'
    assert pledge.evidence == ("cm-1",)
    assert not isinstance(pledge.kept_with, str)
    assert pledge.kept_with.blank == "how likely South Korea acts on it once its condition has come"
    (event,) = scenario.events
    assert (event.title, event.once) == ("The ally goes too far", True)


def test_what_is_triggered_already_is_not_asked_for_again() -> None:
    line = promise("cm-1", "transfer(RUS -> PRK, precision, delivered)", "transfer(KOR -> UKR, arms, delivered)")
    scenario = drafted(commitments=(line,), triggered=frozenset({"cm-1"})).scenario
    assert scenario.commitments[0].antecedent is None
    assert not scenario.events
    assert [route.materiel for route in scenario.routes] == ["arms"]


def test_one_commitments_deed_is_anothers_condition() -> None:
    seoul = promise("cm-1", "transfer(RUS -> PRK, precision, delivered)", "transfer(KOR -> UKR, arms, delivered)")
    moscow = promise(
        "cm-2", "transfer(KOR -> UKR, arms, delivered)", "transfer(RUS -> PRK, technology, delivered)", "RUS"
    )
    scenario = drafted(commitments=(seoul, moscow)).scenario
    assert {(route.materiel, route.when) for route in scenario.routes} == {
        ("arms", 'event("South Korea acts on cm-1")'),
        ("technology", 'event("Russia acts on cm-2")'),
        ("precision", 'event("Russia begins to supply precision weapons to North Korea")'),
    }


def test_a_condition_that_asks_for_a_state_is_left_out() -> None:
    found = drafted(commitments=(promise("cm-1", "state(KOR, threat) > 0.6", "transfer(KOR -> UKR, arms)"),))
    assert not found.scenario.commitments
    assert found.left_out == ("cm-1: it asks for a state or a stock, which a draft does not have",)


def test_figures_of_one_thing_that_differ_are_a_range_with_both_entries() -> None:
    figures = (
        Figure("PRK", MeasureName.PERSONNEL, Told(11000, "soldiers", "me-2")),
        Figure("PRK", MeasureName.PERSONNEL, Told(10000, "men", "me-1")),
        Figure("KOR", MeasureName.EXPORT_VALUE, Told(14e9, "USD", "me-3"), "2023"),
        Figure("KOR", MeasureName.EXPORT_VALUE, Told(9.5e9, "USD", "me-4"), "2024"),
    )
    numbers = drafted(supplies=(supply("tr-1"),), figures=figures).scenario.numbers
    troops = numbers["prk_personnel"]
    assert troops.spread is not None
    assert (troops.spread.low, troops.spread.high, troops.unit) == (10000, 11000, "people")
    assert troops.evidence == ("me-1", "me-2")
    assert [numbers[f"kor_export_value_{year}"].value for year in (2023, 2024)] == [14e9, 9.5e9], "of two years"


def test_a_rate_of_production_that_is_told_is_the_rate_of_the_line() -> None:
    figure = Figure("PRK", MeasureName.PRODUCTION_RATE, Told(14000, "shells", "me-1"), "per month")
    scenario = drafted(supplies=(supply("tr-1"),), figures=(figure,)).scenario
    (line,) = scenario.lines
    assert line.rate == "$prk_production_rate_artillery_ammunition"
    number = scenario.numbers["prk_production_rate_artillery_ammunition"]
    assert (number.value, number.unit, number.evidence) == (14000, "pieces per month", ("me-1",))


def test_a_need_and_a_stock_that_are_told_are_used() -> None:
    figures = (
        Figure("RUS", MeasureName.NEED_RATE, Told(10000, "shells", "me-1"), "day"),
        Figure("PRK", MeasureName.STOCK, Told(5e6, "shells", "me-2")),
    )
    scenario = drafted(supplies=(supply("tr-1"),), figures=figures).scenario
    (need,) = scenario.needs
    assert (need.actor, need.per_week) == ("RUS", "$rus_need_rate_artillery_ammunition")
    openings = {stock.owner: stock.opening for stock in scenario.stocks}
    assert openings["PRK"] == "$prk_stock_artillery_ammunition"
    assert not isinstance(openings["RUS"], str)
    assert openings["RUS"].blank, "who uses it up has some of its own"


def test_pacts_and_stances_stand_when_it_begins() -> None:
    scenario = drafted(
        supplies=(supply("tr-1"),),
        agreements=(Agreement("pa-1", ("PRK", "RUS"), PactKind.MUTUAL_DEFENCE, PactStatus.SIGNED),),
        views=(View("sn-1", "NATO", Attitude.SUPPORTS, "KOR", None),),
    ).scenario
    assert scenario.so_far == ("pact(PRK, RUS, mutual-defence, signed)", "stance(NATO, supports, KOR -> *)")


def test_nothing_is_invented() -> None:
    """Every number is told by an entry, or a blank, or the 0 from which deliveries are counted."""
    found = drafted(
        supplies=(supply("tr-1"), supply("tr-2", Stage.ORDERED, Told(30, "guns", "tr-2"), who="KOR AUS")),
        commitments=(promise("cm-1", "transfer(RUS -> PRK, precision)", "transfer(KOR -> UKR, arms)"),),
    )
    kinds = {(bool(n.evidence), n.blank is not None, n.value == 0) for _, _, n in numbers_of(found.scenario)}
    assert kinds == {(True, False, False), (False, True, False), (False, False, True)}


def test_the_text_is_the_scenario() -> None:
    found = drafted(
        supplies=(supply("tr-1"), supply("tr-2", Stage.CONSIDERED), supply("tr-3", Stage.WITHHELD, who="KOR UKR")),
        figures=(Figure("PRK", MeasureName.PERSONNEL, Told(11000, "soldiers", "me-2")),),
        commitments=(promise("cm-1", 'event("a \\"war\\": of words")', "Seoul's answer: none"),),
    )
    text = draft_text(found)
    assert scenario_from_text(text, "draft.yaml") == found.scenario
    assert text == draft_text(found)
    assert "#   tr-2: only considered" in text
    assert "\n# What is sent." in text
