"""Whatever a register tells, its draft is a scenario that loads, and runs once its blanks are filled."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from materiel.commitments.commitment import Act, Commitment, Saying, Term, Words
from materiel.commitments.parsing import parse
from materiel.outlook.drafting.drafting import draft
from materiel.outlook.drafting.text import draft_text
from materiel.outlook.drafting.told import Agreement, Figure, Record, Supply, Told, View
from materiel.outlook.engine.run import run
from materiel.outlook.scenario.blanks import blanks
from materiel.outlook.scenario.elements import Scenario
from materiel.outlook.scenario.loading import scenario_from_text
from materiel.outlook.scenario.numbers import Number, Weeks
from materiel.outlook.weaving.weave import weave
from materiel.terms.materiel import materiel_classes
from materiel.terms.statements import Attitude, Force, MeasureName, PactKind, PactStatus, Stage

ACTORS = ("KOR", "PRK", "RUS", "UKR", "NATO", 'Northern "Free" Militia', "Group No. 7: the rest")
CONDITIONS = (
    "transfer(RUS -> PRK, precision, delivered)",
    "transfer(KOR -> UKR, {arms, technology}, delivered)",
    "transfer(* -> UKR, airdefence)",
    "not transfer(KOR -> UKR, arms)",
    "transfer(RUS -> PRK, technology.missile) or pact(PRK, RUS, mutual-defence, in-force)",
    'event("war: on the \\"peninsula\\"", last 30 days) and stance(RUS, warns, KOR -> UKR)',
    "quantity(PRK -> RUS, artillery.ammunition, last 365 days) >= 500_000",
    "count(KOR -> UKR, arms) >= 2",
    'measure(PRK, personnel, in "men") > 10000',
    "state(KOR, threat) > 0.6",
    "transfer(KOR -> UKR, arms, withheld)",
)
UNITS = ("", "shells", "containers", "k2s", "tonnes", "men", "barrels per day", "100 %", "USD", "items")

actors = st.sampled_from(ACTORS)
texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60).filter(
    str.strip
)
entries = st.integers(0, 99).map("tr-{:08d}".format)
told = st.builds(Told, st.floats(0, 1e9), st.sampled_from(UNITS), entries)
figures_of = st.lists(told, max_size=3).map(tuple)
supplies = st.builds(
    Supply,
    entries,
    actors,
    actors,
    st.lists(st.sampled_from(sorted(materiel_classes())), min_size=1, max_size=3, unique=True).map(tuple),
    st.sampled_from(Stage),
    st.none() | actors,
    figures_of,
    st.lists(st.builds(Told, st.floats(1, 1e9), st.sampled_from(("USD", "EUR")), entries), max_size=2).map(tuple),
    st.sampled_from((None, "2024", "2024-06", "2024-06-20")),
)
sides = st.sampled_from(CONDITIONS).map(parse) | texts.map(Words)
commitments = st.builds(
    Commitment,
    st.integers(0, 9).map("cm-{:08d}".format),
    actors,
    st.none() | sides,
    sides,
    st.sampled_from(Force),
    st.just((Saying(Act.MADE, "2024-06-20", "2024-06-20"),)),
    st.builds(Term, st.sampled_from((None, "2025", "2025-01-31"))) | st.builds(Term, st.none(), st.integers(1, 400)),
    st.none() | actors,
    st.just(("cm-1",)),
)
records = st.builds(
    Record,
    st.just("any"),
    st.just("any.sqlite"),
    st.just(date(2024, 6, 23)),
    st.just(12),
    st.lists(supplies, max_size=6).map(tuple),
    st.lists(
        st.builds(
            Agreement,
            entries,
            st.lists(actors, min_size=2, max_size=3, unique=True).map(tuple),
            st.sampled_from(PactKind),
            st.sampled_from(PactStatus),
        ),
        max_size=2,
    ).map(tuple),
    st.lists(
        st.builds(View, entries, actors, st.sampled_from(Attitude), st.none() | actors, st.none() | actors), max_size=2
    ).map(tuple),
    st.lists(
        st.builds(
            Figure, actors, st.sampled_from(MeasureName), told, st.sampled_from((None, "2023", "a month", "daily"))
        ),
        max_size=4,
    ).map(tuple),
    st.lists(commitments, max_size=4, unique_by=lambda each: each.id).map(tuple),
    st.sampled_from((frozenset(), frozenset({"cm-00000001"}))),
)


def filled(value: Any) -> Any:
    """The scenario with a value in the place of every blank."""
    match value:
        case Weeks(number=Number(blank=str())):
            return 2
        case Number(blank=str()):
            amount = 0.5 if value.unit == "share" else 3.0
            return Number(value=amount, unit=value.unit, assumption="Filled by a test.")
        case tuple():
            return tuple(filled(each) for each in value)
        case dict():
            return {key: filled(each) for key, each in value.items()}
    fields = getattr(type(value), "model_fields", None)
    if fields is None or isinstance(value, Number):
        return value
    return value.model_copy(update={name: filled(getattr(value, name)) for name in fields})


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(records)
def test_a_draft_loads_and_runs_when_it_is_filled(record: Record) -> None:
    drafted = draft(record)
    text = draft_text(drafted)
    read = scenario_from_text(text, "draft.yaml")
    assert read == drafted.scenario
    whole: Scenario = filled(read)
    assert not blanks(whole)
    ran = run(weave(whole), members=4, engine="arrays", follow=0)
    assert not ran.failures
