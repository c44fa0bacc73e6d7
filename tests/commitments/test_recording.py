"""Entries of the register as happenings: one for each step, dated, denied and told as the step is."""

from __future__ import annotations

import pytest

from materiel.commitments import Happening, evaluate, parse, record_entries
from materiel.commitments.days import Span, span_of
from materiel.commitments.happenings import NEVER_KNOWN
from materiel.terms.statements import (
    Assertion,
    Attitude,
    Clause,
    Commitment,
    Force,
    Measure,
    MeasureName,
    Pact,
    PactKind,
    PactStatus,
    Stage,
    Stance,
    Transfer,
)
from record_samples import Told, document_of, entry_of, published_of

SHELLS = Transfer("PRK", "RUS", ("artillery.ammunition",), Stage.DELIVERED)


def recorded(*told: Told, claim: Transfer | Pact | Stance | Measure = SHELLS) -> tuple[Happening, ...]:
    return record_entries([entry_of("en-1", claim, *told)], published_of({"en-1": list(told)}))


def test_each_step_of_a_history_is_a_happening_of_one_line() -> None:
    ordered, delivered, denied = recorded(
        Told("2024-06-01", "ordered"),
        Told("2024-07-01", "delivered", happened_on="2024-06-20"),
        Told("2024-07-05", "delivered", Assertion.DENIED),
    )
    assert [each.id for each in (ordered, delivered, denied)] == ["en-1#0", "en-1#1", "en-1#2"]
    assert {each.entry for each in (ordered, delivered, denied)} == {"en-1"}
    assert [each.deed.stage for each in (ordered, delivered) if isinstance(each.deed, Transfer)] == [
        Stage.ORDERED,
        Stage.DELIVERED,
    ]
    assert [each.assertion for each in (ordered, delivered, denied)] == ["stated", "stated", "denied"]
    assert {each.grade for each in (ordered, delivered, denied)} == {"B3"}


def test_what_is_only_supposed_and_what_is_committed_to_does_not_happen() -> None:
    assert recorded(Told("2024-06-01", "delivered", Assertion.HYPOTHETICAL)) == ()
    promise = Commitment("KOR", Force.PROMISE, Clause("event", what="war"), Clause("event", what="help"))
    assert record_entries([entry_of("cm-1", promise, Told("2024-06-01", "promise"))]) == ()


DAY = span_of("2024-07-01")
FIRST, LAST = 1, span_of("9999")[1]
SPANS: list[tuple[str, str | None, str | None, str, Span]] = [
    ("a day", "2024-06-20", "2024-07-01", "delivered", span_of("2024-06-20")),
    ("a month that is over", "2024-06", "2024-07-01", "delivered", span_of("2024-06")),
    ("the running month ends with the report", "2024-07", "2024-07-01", "delivered", DAY),
    ("no day: by that of the report", None, "2024-07-01", "delivered", (FIRST, DAY[1])),
    ("no day, and no day of the report", None, None, "delivered", (FIRST, LAST)),
    ("a plan: the day is of the delivery", "2026", "2024-07-01", "ordered", (FIRST, DAY[1])),
    ("an announced delivery is of its day", "2026", "2024-07-01", "delivered", span_of("2026")),
]


@pytest.mark.parametrize(("happened_on", "published", "stage", "span"), [each[1:] for each in SPANS])
def test_the_span_is_as_narrow_as_both_dates_allow(
    happened_on: str | None, published: str | None, stage: str, span: Span
) -> None:
    (happening,) = recorded(Told(published, stage, happened_on=happened_on))
    assert happening.span == span


def test_every_origin_counts_from_its_own_day() -> None:
    (happening,) = recorded(
        Told("2024-06-01", "delivered", origin="a"),
        Told("2024-06-05", "delivered", origin="b"),
        Told("2024-06-09", "delivered", origin="a"),
        Told(None, "delivered", origin="c"),
    )
    assert [(each.origin, each.known) for each in happening.tellings] == [
        ("a", span_of("2024-06-01")[0]),
        ("b", span_of("2024-06-05")[0]),
        ("c", NEVER_KNOWN),
    ]
    asked = parse("transfer(PRK -> RUS, ammunition, delivered) with support >= 2")
    answers = [evaluate(asked, [happening], as_of="2025", known_by=day).holds for day in ("2024-06-04", "2024-06-05")]
    assert answers == [False, True]


def test_without_days_of_publication_every_origin_counts_from_the_step() -> None:
    told = (Told("2024-06-01", "delivered", origin="a"), Told("2024-06-05", "delivered", origin="b"))
    (happening,) = record_entries([entry_of("en-1", SHELLS, *told)])
    assert {each.known for each in happening.tellings} == {span_of("2024-06-01")[0]}


def test_a_step_has_the_figure_that_most_of_its_statements_give() -> None:
    def of(quantity: float | None) -> Transfer:
        return Transfer("PRK", "RUS", ("artillery.ammunition",), Stage.DELIVERED, quantity=quantity, unit="shells")

    (happening,) = recorded(*(Told("2024-06-01", "delivered", claim=of(each)) for each in (None, 10.0, 20.0, 20.0)))
    assert isinstance(happening.deed, Transfer)
    assert (happening.deed.quantity, happening.deed.unit) == (20.0, "shells")


def test_pacts_stances_and_figures_keep_their_slots() -> None:
    pact = Pact(("PRK", "RUS"), PactKind.MUTUAL_DEFENCE, PactStatus.PROPOSED)
    proposed, signed = recorded(Told("2024-06-01", "proposed"), Told("2024-06-20", "signed"), claim=pact)
    assert [each.deed.status for each in (proposed, signed) if isinstance(each.deed, Pact)] == ["proposed", "signed"]
    stance = Stance("USA", Attitude.SUPPORTS, "KOR", "UKR")
    (warned,) = recorded(Told("2024-06-01", "warns"), claim=stance)
    assert warned.deed == Stance("USA", Attitude.WARNS, "KOR", "UKR")
    figure = Measure("KOR", MeasureName.STOCK, 3.0, "shells", "2023")
    (stock,) = recorded(Told("2024-06-01", "3", claim=figure), claim=figure)
    assert (stock.deed, stock.span) == (figure, span_of("2023"))
    assert document_of("en-1", 0) == "doc-en-1-0"
