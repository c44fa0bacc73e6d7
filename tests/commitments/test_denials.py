"""What a denial reaches: a report's day, the day on which it was told, and the time that the denial speaks of."""

from __future__ import annotations

from random import Random

import pytest
from condition_samples import any_history

from materiel.commitments import Answer, Happening, HappeningIndex, evaluate, imagine, parse, record
from materiel.commitments.cells import key_of
from materiel.commitments.denials import UNCONTESTED, reaches
from materiel.commitments.shelves import UNSOUGHT
from materiel.terms.statements import Assertion, Stage, Transfer

SUPPLY = Transfer("RUS", "PRK", ("missile",), Stage.DELIVERED)
ASKED = parse("transfer(RUS -> PRK, missile, delivered)")

# the report's day, and when it was told; the denial's day, and when it was told; whether that contests the report
CASES: list[tuple[str, tuple[str | None, str | None], tuple[str | None, str | None], bool]] = [
    ("told, then denied", (None, "2024-06-10"), (None, "2024-06-20"), True),
    ("told and denied on one day", (None, "2024-06-20"), (None, "2024-06-20"), True),
    ("denied, then told as news", (None, "2024-06-25"), (None, "2024-06-20"), False),
    ("denied, then told of a day before", ("2024-06-15", "2024-06-25"), (None, "2024-06-20"), True),
    ("denied, then told of the very day", ("2024-06-20", "2024-06-25"), (None, "2024-06-20"), True),
    ("denied, then told of a day after", ("2024-06-22", "2024-06-25"), (None, "2024-06-20"), False),
    ("told of the month of the denial", ("2024-06", "2024-07-05"), (None, "2024-06-20"), True),
    ("told of a later month", ("2024-07", "2024-08-05"), (None, "2024-06-20"), False),
    ("told before the year that is denied was over", (None, "2023-12-10"), ("2023", "2024-06-20"), True),
    ("told after the year that is denied", (None, "2024-06-10"), ("2023", "2024-06-20"), False),
    ("told before the month that is denied", (None, "2024-05-10"), ("2024-06", "2024-06-20"), False),
    ("told in the month that is denied", (None, "2024-06-10"), ("2024-06", "2024-06-20"), True),
    ("of the year that is denied", ("2023-05", "2023-06-01"), ("2023", "2024-06-20"), True),
    ("of another year", ("2024-05-05", "2024-05-06"), ("2023", "2024-06-20"), False),
    ("nobody knows when it was told", (None, None), (None, "2024-06-20"), True),
    ("nobody knows when it was denied", (None, "2024-06-10"), (None, None), True),
    ("nor when it was denied, of a dated one", ("2024-06-10", "2024-06-10"), (None, None), True),
]


def told(identity: str, day: str | None, known: str | None, says: Assertion) -> Happening:
    return record(identity, identity, SUPPLY, happened_on=day, known_on=known, assertion=says)


@pytest.mark.parametrize(("report", "denial", "contested"), [case[1:] for case in CASES], ids=[c[0] for c in CASES])
def test_what_a_denial_reaches(
    report: tuple[str | None, str | None], denial: tuple[str | None, str | None], contested: bool
) -> None:
    # Reports that nobody knows the day of lie in time only if all time is asked about.
    as_of = "9999-12-31" if report == (None, None) else "2024-12-31"
    history = [told("report", *report, Assertion.STATED), told("denial", *denial, Assertion.DENIED)]
    for order in (history, history[::-1]):
        answer = evaluate(ASKED, order, as_of=as_of).answer
        assert answer is (Answer.DISPUTED if contested else Answer.HOLDS)


@pytest.mark.parametrize("denial", [case[2] for case in CASES])
def test_what_is_imagined_is_never_contested(denial: tuple[str | None, str | None]) -> None:
    imagined = imagine("i", SUPPLY, "2024-06-15")
    assert evaluate(ASKED, [imagined, told("denial", *denial, Assertion.DENIED)], as_of="2024-12-31").holds


def test_an_earlier_day_of_knowledge_does_not_see_a_later_denial() -> None:
    history = [
        told("report", None, "2024-06-10", Assertion.STATED),
        told("denial", None, "2024-06-20", Assertion.DENIED),
    ]
    assert evaluate(ASKED, history, as_of="2024-12-31", known_by="2024-06-19").holds
    assert evaluate(ASKED, history, as_of="2024-12-31", known_by="2024-06-20").answer is Answer.DISPUTED


def test_the_day_from_which_something_is_contested_is_that_of_the_first_denial_that_reaches_it() -> None:
    """Told by numbers, or sought one by one where numbers do not tell: both are what :func:`reaches` says."""
    told_by_numbers = sought = contested = 0
    for seed in range(400):
        history = any_history(Random(seed), 60)
        index = HappeningIndex(history)
        (layer,) = index.layers
        denials = [each for each in history if each.assertion is Assertion.DENIED]
        for place, stated in enumerate(layer.shelves.happenings):
            known = [each.known for each in denials if key_of(each) == key_of(stated) and reaches(each, stated)]
            is_told = layer.shelves.contested[place] != UNSOUGHT
            assert index.contested_from(layer, place) == min(known, default=UNCONTESTED)
            told_by_numbers += is_told and bool(known)
            sought += not is_told
            contested += bool(known)
    assert min(told_by_numbers, sought, contested) > 100
