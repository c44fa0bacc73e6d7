"""Laws of merging, for any statements."""

from __future__ import annotations

import dataclasses
import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from register_samples import bind, document, lineage_of, say

from materiel.register import build_entries
from materiel.terms.entries import Entry, outside_name
from materiel.terms.lineage import Credit, Derivation, DerivationKind, Lineage, SharedPassage
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


LENGTH = 100
"""Of the stretches of these documents' texts that the lineages below speak of."""
WHOLE = (SharedPassage(0, LENGTH, 0, LENGTH, is_verbatim=True),)
HALVES = (SharedPassage(0, 30, 30, 60, is_verbatim=False), SharedPassage(30, 60, 0, 30, is_verbatim=False))
CREDITS = st.lists(
    st.builds(
        lambda start, name, is_whole: Credit(start, start + 20, name, is_whole),
        st.integers(0, 60),
        st.sampled_from(["Radio Sloboda", "Coast Agency", "Outlet b"]),
        st.booleans(),
    ),
    max_size=2,
    unique_by=lambda credit: credit.start,
).map(lambda found: tuple(sorted(found)))


def identity(name: str) -> str:
    return document(name).id


@st.composite
def lineages(draw: st.DrawFn) -> Lineage:
    """A rewrite that adds (c of b), a reordered one (a2 of a), a digest of both or not (p), and credits anywhere."""
    origins: dict[str, tuple[str, ...]] = {identity(name): (identity(name),) for name in NAMES}
    origins |= {identity("c"): (identity("b"),), identity("a2"): (identity("a"),)}
    derivations = [
        Derivation(identity("c"), identity("b"), DerivationKind.REWRITE, 0.8, HALVES[:1]),
        Derivation(identity("a2"), identity("a"), DerivationKind.LIGHT_EDIT, 0.9, HALVES),
    ]
    if draw(st.booleans()):
        origins[identity("p")] = (identity("a"), identity("b"))
        derivations += [
            Derivation(identity("p"), identity(source), DerivationKind.DIGEST, 0.7, (passage,))
            for source, passage in zip("ab", HALVES, strict=True)
        ]
    outside = draw(st.dictionaries(st.sampled_from([identity("a"), identity("b")]), st.just("Coast Agency")))
    credited = {identity(name): found for name in NAMES if (found := draw(CREDITS))}
    own: dict[str, tuple[tuple[int, int], ...]] = {identity("c"): ((40, 70),)} if draw(st.booleans()) else {}
    ordered = tuple(sorted(derivations, key=lambda d: (d.document, d.source)))
    return Lineage(origins, ordered, outside=outside, credits=credited, own=own)


SPREAD = st.lists(
    st.builds(
        lambda name, claim, speaker, start: bind(say(name, claim, speaker=speaker, start=start)),
        st.sampled_from(NAMES),
        CLAIMS,
        st.sampled_from([None, "Seoul", "officials"]),
        st.integers(0, 60),
    ),
    max_size=20,
)


def with_copy(lineage: Lineage, name: str, copy: str, *, keeps_credits: bool) -> Lineage:
    """The lineage with one more document, a copy of ``name``."""
    source = identity(name)
    derivation = Derivation(identity(copy), source, DerivationKind.COPY, 1.0, WHOLE)
    credited = {identity(copy): lineage.credits[source]} if keeps_credits and source in lineage.credits else {}
    return dataclasses.replace(
        lineage,
        origins=lineage.origins | {identity(copy): lineage.origins[source]},
        derivations=tuple(sorted((*lineage.derivations, derivation), key=lambda d: (d.document, d.source))),
        credits=lineage.credits | credited,
    )


def said_of(entry: Entry) -> tuple[Any, ...]:
    """Everything that an entry says but its name, its statements and the days on which they became known."""
    steps = [(step.stage, step.assertion, step.happened_on, step.origins) for step in entry.history]
    return entry.claim, entry.origins, entry.is_disputed, entry.conflicts, entry.grade, steps


@pytest.mark.parametrize("copy", ["z", "a9"])
@settings(max_examples=150, deadline=None)
@given(statements=SPREAD, lineage=lineages(), name=st.sampled_from(NAMES), keeps_credits=st.booleans())
def test_a_copy_changes_nothing(
    copy: str, statements: list[Statement], lineage: Lineage, name: str, keeps_credits: bool
) -> None:
    """A copy with all statements of its source, printed last (z) or on the first day (a9), with or without credits."""
    more = DOCUMENTS | {identity(copy): document(copy)}
    copied = [dataclasses.replace(s, document=identity(copy)) for s in statements if s.document == identity(name)]
    alone = build_entries(statements, more, lineage)
    beside = build_entries([*statements, *copied], more, with_copy(lineage, name, copy, keeps_credits=keeps_credits))
    assert sorted(map(repr, map(said_of, alone))) == sorted(map(repr, map(said_of, beside)))
    if copy == "z":
        assert [entry.id for entry in alone] == [entry.id for entry in beside]


@settings(max_examples=100, deadline=None)
@given(SPREAD, lineages(), st.randoms(use_true_random=False))
def test_order_changes_nothing_whatever_the_lineage(
    statements: list[Statement], lineage: Lineage, dice: random.Random
) -> None:
    shuffled = list(statements)
    dice.shuffle(shuffled)
    names = sorted(lineage.credits, key=lambda _: dice.random())
    turned = dataclasses.replace(
        lineage, derivations=lineage.derivations[::-1], credits={name: lineage.credits[name] for name in names}
    )
    assert build_entries(statements, DOCUMENTS, lineage) == build_entries(shuffled, DOCUMENTS, turned)


@settings(max_examples=100, deadline=None)
@given(SPREAD, lineages())
def test_a_statement_is_carried_exactly_where_its_document_is_no_origin(
    statements: list[Statement], lineage: Lineage
) -> None:
    for entry in build_entries(statements, DOCUMENTS, lineage):
        documents = {statement.document for statement in entry.statements}
        assert entry.support <= len(documents) + len({backing.origin for backing in entry.backings} - documents)
        for statement, backing in zip(entry.statements, entry.backings, strict=True):
            assert backing.carried_from != statement.document
            if backing.origin == statement.document:
                assert backing.carried_from is None
            else:
                assert backing.carried_from is not None or outside_name(backing.origin)


@settings(max_examples=60, deadline=None)
@given(SPREAD)
def test_what_all_credit_to_one_source_has_one_origin(statements: list[Statement]) -> None:
    whole = (Credit(0, LENGTH, "Radio Sloboda", False),)
    lineage = dataclasses.replace(LINEAGE, credits={identity(name): whole for name in NAMES})
    for entry in build_entries(statements, DOCUMENTS, lineage):
        assert set(entry.origins) <= {"outside:Radio Sloboda"}
        assert entry.grade.credibility not in "12"
