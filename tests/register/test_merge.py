"""What statements add up to."""

from __future__ import annotations

import dataclasses

import pytest
from register_samples import bind, claim, document, lineage_of, say

from materiel.register import build_entries
from materiel.terms.entries import Entry
from materiel.terms.lineage import Lineage
from materiel.terms.statements import (
    Assertion,
    Claim,
    Clause,
    Commitment,
    Force,
    Measure,
    MeasureName,
    Stage,
    Statement,
)


def entries_of(*statements: Statement, copies: dict[str, str] | None = None) -> tuple[Entry, ...]:
    documents = {document(s.document).id: document(s.document) for s in statements}
    return build_entries([bind(statement) for statement in statements], documents, lineage_of(documents, copies or {}))


def only(*statements: Statement, copies: dict[str, str] | None = None) -> Entry:
    (entry,) = entries_of(*statements, copies=copies)
    return entry


def test_reports_of_one_supply_by_two_origins_are_one_line() -> None:
    entry = only(say("a", claim()), say("b", claim(stage=Stage.DELIVERED, date="2024-06-01")))
    assert entry.support == 2
    assert entry.claim == claim(date="2024-06-01")


def test_a_copy_adds_a_statement_but_no_support() -> None:
    entry = only(say("a", claim()), say("b", claim()), copies={"b": "a"})
    assert entry.support == 1
    assert len(entry.statements) == 2


def test_a_denial_is_kept_beside_the_claim() -> None:
    entry = only(say("a", claim()), say("b", claim(assertion=Assertion.DENIED), speaker="Moscow"))
    assert entry.is_disputed
    assert entry.support == 1
    assert entry.grade.credibility == "4"
    assert entry.conflicts == ("delivered: denied by Moscow (Outlet b, 2024-06-02)",)


def test_denying_a_delivery_does_not_contradict_talks_about_it() -> None:
    entry = only(say("a", claim(stage=Stage.CONSIDERED)), say("b", claim(assertion=Assertion.DENIED)))
    assert not entry.is_disputed
    assert entry.claim.stage == Stage.CONSIDERED  # type: ignore[union-attr]
    assert len(entry.conflicts) == 1


def test_a_later_stage_moves_the_entry_on_and_keeps_its_history() -> None:
    entry = only(
        say("c", claim(stage=Stage.DELIVERED)),
        say("a", claim(stage=Stage.CONSIDERED)),
        say("b", claim(stage=Stage.PLEDGED)),
    )
    assert [step.stage for step in entry.history] == ["considered", "pledged", "delivered"]
    assert entry.claim.stage == Stage.DELIVERED  # type: ignore[union-attr]
    assert entry.support == 1, "who says considered does not bear out delivered"


@pytest.mark.parametrize(
    ("stages", "current"),
    [
        (["delivered", "halted"], "halted"),
        (["delivered", "halted", "considered"], "considered"),
        (["withheld", "considered"], "considered"),
        (["considered", "withheld"], "withheld"),
        (["delivered", "considered"], "delivered"),
    ],
)
def test_negatives_supersede_and_are_superseded(stages: list[str], current: str) -> None:
    entry = only(*(say("abc"[day], claim(stage=Stage(stage))) for day, stage in enumerate(stages)))
    assert entry.claim.stage == current  # type: ignore[union-attr]


def test_refusal_and_reconsideration_in_one_article_leave_the_supply_considered() -> None:
    entry = only(say("a", claim(stage=Stage.WITHHELD)), say("a", claim(stage=Stage.CONSIDERED), start=9))
    assert entry.claim.stage == Stage.CONSIDERED  # type: ignore[union-attr]
    assert [step.stage for step in entry.history] == ["withheld", "considered"]
    assert not entry.is_disputed


def test_hypothetical_supplies_make_no_line() -> None:
    assert entries_of(say("a", claim(assertion=Assertion.HYPOTHETICAL))) == ()


def test_what_is_not_known_has_no_support_and_cannot_be_judged() -> None:
    entry = only(say("a", claim(assertion=Assertion.UNKNOWN)))
    assert (entry.support, str(entry.grade)) == (0, "F6")
    assert entry.claim.assertion == Assertion.UNKNOWN  # type: ignore[union-attr]


def test_arms_alone_glue_nothing() -> None:
    entries = entries_of(
        say("a", claim(materiel=("arms",))),
        say("a", claim(materiel=("artillery.ammunition",)), start=9),
        say("b", claim(materiel=("missile.ballistic",))),
    )
    assert sorted(entry.claim.materiel for entry in entries) == [  # type: ignore[union-attr]
        ("arms",),
        ("artillery.ammunition",),
        ("missile.ballistic",),
    ]


def test_a_general_class_joins_the_only_specific_line() -> None:
    entry = only(say("a", claim(materiel=("artillery",))), say("b", claim(materiel=("artillery.ammunition",))))
    assert entry.claim.materiel == ("artillery.ammunition",)  # type: ignore[union-attr]


def test_a_general_class_that_fits_two_lines_stands_apart() -> None:
    goods = [("missile",), ("missile.ballistic",), ("missile.cruise",)]
    assert len(entries_of(*(say("a", claim(materiel=one), start=n) for n, one in enumerate(goods)))) == 3


def test_a_firm_and_its_state_are_one_supplier() -> None:
    tanks = {"recipient": "POL", "materiel": ("armour.tank",)}
    entry = only(
        say("a", claim(supplier="KOR", supplier_name="Hyundai Rotem", **tanks)),
        say("b", claim(supplier="Hyundai Rotem", **tanks)),
        say("c", claim(supplier="KOR", **tanks)),
    )
    assert (entry.claim.supplier, entry.claim.supplier_name) == ("KOR", "Hyundai Rotem")  # type: ignore[union-attr]
    assert entry.support == 3


def test_long_silence_separates_supplies() -> None:
    assert len(entries_of(say("a", claim(date="2014")), say("b", claim(date="2024")))) == 2


def test_different_routes_are_different_lines() -> None:
    assert len(entries_of(say("a", claim(via="BLR")), say("b", claim()))) == 2


def test_figures_that_disagree_are_shown_side_by_side() -> None:
    entry = only(
        say("a", claim(quantity=10000.0, unit="containers")),
        say("b", claim(quantity=13000.0, unit="containers")),
        say("c", claim(quantity=13200.0, unit="containers")),
    )
    assert entry.conflicts == (
        "quantity differs: 10,000 containers (1 origin); 13,000 containers (1 origin); 13,200 containers (1 origin)",
    )
    assert entry.grade.credibility == "3"
    assert not entry.is_disputed


def test_figures_within_rounding_agree() -> None:
    entry = only(say("a", claim(quantity=10000.0, unit="shells")), say("b", claim(quantity=9900.0, unit="shells")))
    assert entry.conflicts == ()


def test_three_origins_of_one_outlet_confirm_nothing() -> None:
    one_outlet = [say(name, claim(), speaker="Seoul") for name in ("x1", "x2", "x3")]
    entry = only(*one_outlet)
    assert (entry.support, entry.grade.credibility) == (3, "3")
    assert "(3 origins in 1 outlet)" in entry.grade.reasons[1]


@pytest.mark.parametrize(("names", "credibility"), [("a", "6"), ("ab", "2"), ("abc", "1")])
def test_credibility_grows_with_independent_sources(names: str, credibility: str) -> None:
    assert only(*(say(name, claim()) for name in names)).grade.credibility == credibility


def condition(consequent: Clause, force: Force = Force.THREAT) -> Commitment:
    given = Clause("transfer", supplier="RUS", recipient="PRK", materiel=("precision",))
    return Commitment("KOR", force, given, consequent)


def test_one_promise_in_other_words_is_one_commitment() -> None:
    said: list[Claim] = [
        condition(Clause("policy", who="KOR", what="lift restrictions on weapons to Ukraine")),
        condition(Clause("policy", who="KOR", what="lift all restrictions on weapons"), Force.POLICY),
        condition(Clause("transfer", supplier="KOR", recipient="UKR", materiel=("arms",)), Force.POLICY),
    ]
    entry = only(*(say("abc"[n], claim) for n, claim in enumerate(said)))
    assert entry.support == 3
    assert entry.claim.force == Force.POLICY  # type: ignore[union-attr]


def test_a_promise_and_its_negation_are_two_commitments() -> None:
    supply, refusal = "supply weapons to Ukraine", "not supply weapons to Ukraine"
    said = [condition(Clause("policy", who="KOR", what=what)) for what in (supply, refusal)]
    assert len(entries_of(say("a", said[0]), say("b", said[1]))) == 2


def test_figures_of_one_measure_conflict_side_by_side() -> None:
    def exports(value: float) -> Measure:
        return Measure("KOR", MeasureName.EXPORT_VALUE, value, "USD", "2023")

    entry = only(say("a", exports(14e9)), say("b", exports(14.2e9)), say("c", exports(17e9)))
    assert entry.conflicts[0].startswith("export-value differs: 14,000,000,000 USD (1 origin); ")
    assert entry.claim.value == 17e9, "of figures with equally many origins the latest known stands"  # type: ignore[union-attr]
    assert entry.support == 1


def test_a_refusal_lasts_until_it_is_reported() -> None:
    """Has sent no weapons since 2022, said in June 2024, is about June 2024 too."""
    entry = only(say("a", claim(stage=Stage.WITHHELD, date="2022")), say("b", claim(stage=Stage.CONSIDERED)))
    assert entry.claim.stage == Stage.CONSIDERED  # type: ignore[union-attr]
    assert [step.stage for step in entry.history] == ["withheld", "considered"]


def test_an_undated_document_stands_with_its_dated_copy() -> None:
    dated = document("b")
    undated = dataclasses.replace(document("a"), published_on=None)
    said = [dataclasses.replace(bind(say("a", claim())), document=undated.id), bind(say("b", claim()))]
    old = bind(say("b", claim(date="2014"), start=9))
    documents = {undated.id: undated, dated.id: dated}
    lineage = Lineage({dated.id: (undated.id,), undated.id: (undated.id,)})
    entries = build_entries([*said, old], documents, lineage)
    assert sorted(len(entry.statements) for entry in entries) == [1, 2]


def test_many_reprints_outvote_nobody() -> None:
    """Neither whose words an entry takes nor which line a mixed list of goods joins is decided by reprints."""
    reprints = {"b": "a", "c": "a"}
    often = condition(Clause("policy", who="KOR", what="lift all restrictions on weapons"))
    twice = condition(Clause("policy", who="KOR", what="lift restrictions on weapons"))
    said = [*(say(name, often) for name in "abc"), *(say(name, twice) for name in "de")]
    assert only(*said, copies=reprints).claim == twice
    guns, cruise = ("artillery.gun",), ("missile.cruise",)
    supplies = [
        *(say(name, claim(materiel=guns)) for name in "abc"),
        *(say(name, claim(materiel=cruise)) for name in "de"),
        say("f", claim(materiel=guns + cruise)),
    ]
    sizes = {
        entry.claim.materiel: entry.support  # type: ignore[union-attr]
        for entry in entries_of(*supplies, copies=reprints)
    }
    assert sizes == {guns: 1, guns + cruise: 3}
