"""What analysts' decisions make of the commitments that were read."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from materiel.commitments import Act, Commitment, State, Term, board, commitments_from, parse, record_entries
from materiel.commitments.days import span_of
from materiel.desk.decided import KINDS, Decided, apply_decisions, decision_words, known_since, terms_of, value_of
from materiel.terms.decisions import Decision
from materiel.terms.entries import Entry
from materiel.terms.statements import Clause, Force, Stage, Transfer
from materiel.terms.statements import Commitment as Read
from record_samples import Told, entry_of, published_of

PRECISION = Clause("transfer", "RUS", "PRK", ("precision",))
TOLD: dict[str, list[Told]] = {
    "cm-1": [Told("2024-06-23", "policy"), Told("2024-07-01", "threat")],
    "cm-2": [Told("2024-06-25", "promise")],
    "cm-3": [Told("2024-06-10", "policy")],
    "tr-1": [Told("2024-09-10", "delivered", happened_on="2024-09-05", origin="a")],
    "tr-2": [Told(None, "delivered")],
}
CLAIMS = {
    identity: Read("KOR", Force.POLICY, PRECISION, Clause("transfer", "KOR", "UKR", (materiel,)))
    for identity, materiel in (("cm-1", "missile"), ("cm-2", "arms"), ("cm-3", "ammunition"))
} | {
    "tr-1": Transfer("RUS", "PRK", ("precision",), Stage.DELIVERED),
    "tr-2": Transfer("KOR", "UKR", ("arms",), Stage.DELIVERED),
}
ENTRIES: dict[str, Entry] = {
    identity: entry_of(identity, CLAIMS[identity], *told, grade="C4" if identity == "tr-1" else "B3")
    for identity, told in TOLD.items()
}
READ = commitments_from(ENTRIES.values(), published_of(TOLD))
HAPPENED = record_entries(ENTRIES.values(), published_of(TOLD))
OWN: dict[str, Any] = {
    "debtor": "RUS", "when": "transfer(KOR -> UKR, arms, delivered)", "then": 'event("answer")', "by": None,
    "within": None, "force": "threat", "sources": ["tr-1", "cm-3"], "day": "2024-06-20",
}  # fmt: skip


def decide(kind: str, target: str, number: int = 1, **terms: Any) -> Decision:
    return Decision(f"de-{number}", kind, target, value_of(terms), "because", "K. Analyst", f"2024-12-{number:02}")


def applied(*decisions: Decision) -> Decided:
    return apply_decisions(READ, decisions, ENTRIES)


def by_id(decided: Decided) -> dict[str, Commitment]:
    return {each.id: each for each in decided.commitments}


def test_without_decisions_it_is_as_it_was_read() -> None:
    assert applied() == Decided(READ, (), {}, {}, ())


def test_a_commitment_of_ones_own_is_known_once_all_its_sources_are() -> None:
    own = by_id(applied(decide("commitment", "ac-1", **OWN)))["ac-1"]
    assert (own.debtor, own.force, own.term) == ("RUS", Force.THREAT, Term())
    assert own.antecedent == parse(OWN["when"])
    assert [(each.act, each.said_on, each.known_on) for each in own.sayings] == [(Act.MADE, "2024-06-20", "2024-09-10")]
    assert own.sources == ("tr-1", "cm-3", "de-1")
    # The worst of the sources on each scale.
    assert own.grade == "C4"


def test_a_correction_puts_terms_in_place_of_those_read_and_leaves_the_rest() -> None:
    read = by_id(applied())["cm-1"]
    corrected = by_id(applied(decide("correction", "cm-1", then='event("x")', by="2024-12-31", within=None)))["cm-1"]
    assert corrected == replace(read, consequent=parse('event("x")'), term=Term("2024-12-31"), sources=("cm-1", "de-1"))
    unconditional = by_id(applied(decide("correction", "cm-1", when=None, debtor="JPN")))["cm-1"]
    assert (unconditional.antecedent, unconditional.debtor) == (None, "JPN")


def test_a_corrected_force_is_the_analysts_whatever_is_merged_into_it() -> None:
    force = decide("correction", "cm-1", force="promise")
    merge = decide("verdict", "cm-2", 2, act="merge", into="cm-1")
    for decisions in ([force], [force, merge], [merge, force]):
        (standing,) = (each for each in board(applied(*decisions).commitments, [], as_of="2025") if each.id == "cm-1")
        assert standing.force is Force.PROMISE


def test_a_merge_adds_what_was_said_and_takes_the_other_off() -> None:
    decided = applied(decide("verdict", "cm-2", act="merge", into="cm-1"))
    assert set(by_id(decided)) == {"cm-1", "cm-3"}
    assert [(each.act, each.known_on, each.force) for each in by_id(decided)["cm-1"].sayings] == [
        (Act.MADE, "2024-06-23", Force.POLICY),
        (Act.HARDENED, "2024-06-25", Force.PROMISE),
        (Act.REPEATED, "2024-07-01", Force.THREAT),
    ]
    assert decided.merged == {"cm-2": "cm-1"}
    assert [each.target for each in decided.decisions["cm-1"]] == ["cm-2"]
    # What was said first makes it, whichever of the two stays.
    earlier = by_id(applied(decide("verdict", "cm-3", act="merge", into="cm-1")))["cm-1"]
    assert (earlier.sayings[0].act, earlier.sayings[0].known_on) == (Act.MADE, "2024-06-10")


def test_merges_in_a_row_end_where_the_last_one_points() -> None:
    decided = applied(
        decide("verdict", "cm-3", act="merge", into="cm-2"), decide("verdict", "cm-2", 2, act="merge", into="cm-1")
    )
    assert decided.merged == {"cm-3": "cm-1", "cm-2": "cm-1"}
    assert len(by_id(decided)["cm-1"].sayings) == 4


def test_of_two_that_are_merged_into_each_other_the_first_decision_is_followed() -> None:
    """As when two people decide at the same time."""
    decided = applied(
        decide("verdict", "cm-1", 2, act="merge", into="cm-2"), decide("verdict", "cm-2", 1, act="merge", into="cm-1")
    )
    assert decided.merged == {"cm-2": "cm-1"}


def test_what_is_merged_into_what_nobody_finds_stays() -> None:
    assert "cm-2" in by_id(applied(decide("verdict", "cm-2", act="merge", into="cm-9")))


def test_withdrawn_from_the_day_on_which_its_sources_are_known() -> None:
    decided = applied(decide("verdict", "cm-2", act="withdraw", day="2024-07-15", sources=["tr-1"]))
    assert by_id(decided)["cm-2"].sources == ("cm-2", "tr-1")
    states = {
        known: next(
            each.state for each in board(decided.commitments, [], as_of="2025", known_by=known) if each.id == "cm-2"
        )
        for known in ("2024-09-09", "2024-09-10")
    }
    assert states == {"2024-09-09": State.STANDING, "2024-09-10": State.WITHDRAWN}


def test_rejected_and_accepted_again() -> None:
    reject = decide("verdict", "cm-1", act="reject")
    assert "cm-1" not in by_id(applied(reject))
    accept = decide("verdict", "cm-1", 2, act="accept")
    decided = applied(replace(reject, superseded_by="de-2"), accept)
    assert by_id(decided)["cm-1"] == by_id(applied())["cm-1"]
    assert decided.decisions == {"cm-1": (accept,)}


def test_an_event_happened_on_its_day_and_is_known_with_its_sources() -> None:
    event = decide("event", "ev-1", what="war", day="2024-09-01", sources=["tr-1"])
    (happening,) = applied(event).events
    assert (happening.happened_on, happening.grade) == ("2024-09-01", "C4")
    assert [each.origin for each in happening.tellings] == ["a"]
    assert happening.known == span_of("2024-09-10")[1]
    assert applied(event, decide("verdict", "ev-1", 2, act="reject")).events == ()


def test_what_no_reading_finds_any_more_is_loose() -> None:
    gone = decide("correction", "cm-9", force="threat")
    assert applied(gone).loose == (gone,)
    assert applied(gone).commitments == READ


@pytest.mark.parametrize(
    ("sources", "day"),
    [
        (["tr-1"], "2024-09-10"),
        (["tr-1", "cm-3"], "2024-09-10"),
        (["tr-2"], None),
        (["tr-1", "tr-2"], None),
        ([], None),
    ],
)
def test_sources_are_known_once_all_of_them_are(sources: list[str], day: str | None) -> None:
    assert known_since(sources, ENTRIES) == day


@pytest.mark.parametrize(
    ("decision", "words"),
    [
        (decide("event", "ev-1", what="war", day="2024-09-01", sources=[]), 'happened on 2024-09-01: "war"'),
        (decide("verdict", "cm-1", act="merge", into="cm-2"), "merged into cm-2"),
        (
            decide("verdict", "cm-1", act="withdraw", day="2024-09-01", sources=[]),
            "taken back by its debtor on 2024-09-01",
        ),
        (decide("verdict", "cm-1", act="reject"), "rejected"),
        (decide("correction", "cm-1", force="threat", within=90), "corrected: force threat; within 90 days"),
    ],
)
def test_a_decision_in_words(decision: Decision, words: str) -> None:
    assert decision_words(decision) == words


# Any decisions in any order.


def any_decision(random: Random, history: list[Decision]) -> Decision:
    """One that the desk would take: about what is on the board, or put back on it."""
    decided = applied(*history)
    shown = [each.id for each in decided.commitments]
    number = len(history) + 1
    day = f"2024-{random.randint(5, 12):02}-{random.randint(1, 28):02}"
    sources = random.sample(["tr-1", "cm-3"], random.randint(0, 2))
    target = random.choice(shown or ["cm-1"])
    match random.choice(("own", "event", "correct", "accept", "reject", "withdraw", "merge", "merge")):
        case "own":
            return decide("commitment", f"ac-{number}", number, **(OWN | {"sources": sources or ["tr-1"], "day": day}))
        case "event":
            what = random.choice(("answer", "war"))
            return decide("event", f"ev-{number}", number, what=what, day=day, sources=sources)
        case "correct":
            terms: dict[str, Any] = random.choice(
                [
                    {"force": "promise"},
                    {"when": None},
                    {"when": 'event("war")'},
                    {"then": 'event("answer")'},
                    {"by": day, "within": None},
                ]
            )
            return decide("correction", target, number, **terms)
        case "withdraw":
            return decide("verdict", target, number, act="withdraw", day=day, sources=sources)
        case "merge":
            others = [each for each in shown if each != target]
            into = random.choice(others) if others else "cm-9"
            return decide("verdict", target, number, act="merge", into=into)
        case act:
            gone = [each.target for each in history if each.kind == "verdict"]
            back = random.choice(gone) if act == "accept" and gone else target
            return decide("verdict", back, number, act=act)


def append(history: list[Decision], decision: Decision) -> list[Decision]:
    """As the register does: the one in force of the same kind about the same is superseded."""
    return [
        replace(each, superseded_by=decision.id)
        if (each.kind, each.target, each.superseded_by) == (decision.kind, decision.target, None)
        else each
        for each in history
    ] + [decision]


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**9), st.integers(1, 12))
def test_no_sequence_of_decisions_leaves_a_commitment_twice_or_in_two_states(seed: int, count: int) -> None:
    random = Random(seed)
    history: list[Decision] = []
    for _ in range(count):
        before, decision = applied(*history), any_decision(random, history)
        history = append(history, decision)
        assert decision.kind in KINDS
        decided = applied(*history)
        assert applied(*random.sample(history, len(history))) == decided
        ids = [each.id for each in decided.commitments]
        assert len(set(ids)) == len(ids)
        assert not set(ids) & decided.merged.keys()
        off = {each.target for each in history if each.superseded_by is None and terms_of(each).get("act") == "reject"}
        assert not set(ids) & off
        for as_of in ("2024-06-24", "2024-08-01", "2024-12-31"):
            for known_by in (None, "2024-06-24", "2024-08-01"):
                found = board(decided.commitments, [*HAPPENED, *decided.events], as_of=as_of, known_by=known_by)
                assert len({each.id for each in found}) == len(found)
                assert all(each.way[-1].state is each.state for each in found)
                # What was taken back, or happened, is known with its sources, and not before.
                terms = terms_of(decision)
                rests_on_later = known_since(terms.get("sources", ()), ENTRIES) or terms.get("day", "")
                adds = decision.kind == "event" or terms.get("act") == "withdraw"
                was_about = [each for each in history if each.target == decision.target]
                if adds and len(was_about) == 1 and known_by is not None and rests_on_later > known_by:
                    former = board(before.commitments, [*HAPPENED, *before.events], as_of=as_of, known_by=known_by)
                    assert [(each.id, each.state) for each in found] == [(each.id, each.state) for each in former]
