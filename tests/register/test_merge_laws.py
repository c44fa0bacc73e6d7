"""Laws of merging, for any statements."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st
from register_samples import bind, document, lineage_of, say

from materiel.register import build_entries
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
    Statement,
    Transfer,
)

ACTORS = st.sampled_from([None, "KOR", "PRK", "RUS", "Hanwha Aerospace", "Some Militia"])
CLASSES = st.sampled_from(
    ["arms", "artillery", "artillery.gun", "artillery.ammunition", "ammunition", "missile.cruise"]
)
DATES = st.sampled_from([None, None, "2014", "2023-05", "2024", "2024-06-03", "2024-06-31"])
CLAUSES = st.one_of(
    st.builds(Clause, st.just("transfer"), ACTORS, ACTORS, st.lists(CLASSES, max_size=2).map(tuple)),
    st.builds(
        lambda who, what: Clause("policy", who=who, what=what),
        ACTORS,
        st.sampled_from([None, "lift restrictions", "lift all restrictions", "not lift restrictions", "send arms"]),
    ),
)
CLAIMS = st.one_of(
    st.builds(
        Transfer,
        ACTORS,
        ACTORS,
        st.lists(CLASSES, max_size=3).map(tuple),
        st.sampled_from(Stage),
        st.sampled_from(Assertion),
        via=st.sampled_from([None, None, "BLR"]),
        quantity=st.sampled_from([None, 10.0, 1000.0]),
        unit=st.just("shells"),
        date=DATES,
        supplier_name=st.sampled_from([None, None, "Hyundai Rotem", "Hanwha"]),
    ),
    st.builds(Commitment, ACTORS, st.sampled_from(Force), CLAUSES, CLAUSES),
    st.builds(
        Pact, st.permutations(["RUS", "PRK"]).map(tuple), st.sampled_from(PactKind), st.sampled_from(PactStatus), DATES
    ),
    st.builds(Stance, ACTORS, st.sampled_from(Attitude), ACTORS, ACTORS),
    st.builds(
        Measure,
        ACTORS,
        st.sampled_from(MeasureName),
        st.sampled_from([0.0, 10.0, 14.0]),
        st.sampled_from([None, "USD"]),
        st.sampled_from([None, "2023", "last year"]),
    ),
)
NAMES = ("a", "a2", "b", "c", "p")
STATEMENTS = st.lists(
    st.builds(
        lambda name, claim, speaker, start: bind(say(name, claim, speaker=speaker, start=start)),
        st.sampled_from(NAMES),
        CLAIMS,
        st.sampled_from([None, "Seoul"]),
        st.integers(0, 3),
    ),
    max_size=25,
)
DOCUMENTS = {document(name).id: document(name) for name in NAMES}
LINEAGE = lineage_of(DOCUMENTS, {"c": "b", "a2": "a"})


@settings(max_examples=80, deadline=None)
@given(STATEMENTS, st.randoms(use_true_random=False))
def test_order_and_repetition_change_nothing(statements: list[Statement], dice: random.Random) -> None:
    shuffled = statements + statements[: len(statements) // 2]
    dice.shuffle(shuffled)
    assert build_entries(statements, DOCUMENTS, LINEAGE) == build_entries(shuffled, DOCUMENTS, LINEAGE)


@settings(max_examples=80, deadline=None)
@given(STATEMENTS)
def test_every_statement_that_can_make_an_entry_is_in_exactly_one(statements: list[Statement]) -> None:
    entries = build_entries(statements, DOCUMENTS, LINEAGE)
    wanted = {s.id for s in statements if getattr(s.claim, "assertion", "stated") != "hypothetical"}
    held = [statement.id for entry in entries for statement in entry.statements]
    assert len(held) == len(set(held))
    assert set(held) == wanted


@settings(max_examples=80, deadline=None)
@given(STATEMENTS)
def test_support_rests_on_origins_and_history_on_all_statements(statements: list[Statement]) -> None:
    for entry in build_entries(statements, DOCUMENTS, LINEAGE):
        assert [backing.statement for backing in entry.backings] == [statement.id for statement in entry.statements]
        for backing, statement in zip(entry.backings, entry.statements, strict=True):
            assert backing.origin == LINEAGE.origin_of(statement.document)
            assert (backing.carried_from is None) == (backing.origin == statement.document)
        assert set(entry.origins) <= {backing.origin for backing in entry.backings}
        stepped = [identity for step in entry.history for identity in step.statements]
        assert sorted(stepped) == sorted(statement.id for statement in entry.statements)
        assert entry.grade.reliability == "F"
        assert (entry.support == 0) == (getattr(entry.claim, "assertion", "stated") != "stated")


@settings(max_examples=40, deadline=None)
@given(STATEMENTS)
def test_ids_are_distinct_and_show_their_kind(statements: list[Statement]) -> None:
    entries = build_entries(statements, DOCUMENTS, LINEAGE)
    prefixes = {"transfer": "tr-", "commitment": "cm-", "pact": "pa-", "stance": "sn-", "measure": "me-"}
    assert len({entry.id for entry in entries}) == len(entries)
    assert all(entry.id.startswith(prefixes[entry.kind]) for entry in entries)
