"""The board: its order, and that what was known on a day is not changed by what became known later."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from condition_samples import any_condition, any_history
from hypothesis import given, settings
from hypothesis import strategies as st

from materiel.commitments import (
    Act,
    Commitment,
    Event,
    Happening,
    Saying,
    State,
    Term,
    Words,
    board,
    changes,
    parse,
    record,
)
from materiel.commitments.commitment import Side
from materiel.commitments.days import span_of
from materiel.terms.statements import Assertion, Force

MADE = Saying(Act.MADE, "2024-06-01", "2024-06-01", "s1")


def owes(identity: str, when: Side | None, *, by: str | None = None, since: str = "2024-06-01") -> Commitment:
    made = replace(MADE, said_on=since, known_on=since)
    return Commitment(identity, "KOR", when, parse('event("deed")'), Force.PROMISE, (made,), Term(by))


def happened(what: str, day: str | None, known: str | None = None, says: Assertion = Assertion.STATED) -> Happening:
    return record(f"{what}-{says}", what, Event(what), happened_on=day, known_on=known or day, assertion=says)


def test_nearest_to_being_triggered_comes_first() -> None:
    listed = [
        owes("over", parse('event("never")'), by="2024-06-20"),
        owes("far", parse('event("a") and event("b")')),
        owes("words", Words("a red line is crossed")),
        owes("near", parse('event("a")')),
        owes("nearer", parse('event("a") and event("came")')),
        owes("day open", parse('event("sometime")'), since="2024-06-10"),
        owes("disputed", parse('event("disputed")')),
        owes("came", parse('event("came")')),
        owes("newer", parse('event("b")'), since="2024-06-15"),
    ]
    history = [
        happened("came", "2024-06-20"),
        happened("disputed", "2024-06-21"),
        happened("disputed", None, "2024-06-25", Assertion.DENIED),
        happened("sometime", "2024-06", "2024-07-05"),
    ]
    shown = [standing.id for standing in board(listed, history, as_of="2024-06-30")]
    assert shown[0] == "came"
    assert set(shown[1:3]) == {"day open", "disputed"}
    # Of those that lack as much, the one that was made last comes first.
    assert shown[3:] == ["newer", "near", "nearer", "words", "far", "over"]


def test_the_order_does_not_hang_on_that_of_the_record() -> None:
    random = Random(5)
    listed = [owes(f"c{number}", any_condition(random)) for number in range(30)]
    history = any_history(random)
    shown = [standing.id for standing in board(listed, history, as_of="2024-06-30")]
    for _ in range(5):
        random.shuffle(listed)
        random.shuffle(history)
        assert [standing.id for standing in board(listed, history, as_of="2024-06-30")] == shown


def test_what_moved_is_told_with_its_reason() -> None:
    (moved,) = changes(
        [owes("c1", parse('event("came")')), owes("c2", parse('event("never")'))],
        [happened("came", "2024-06-20", "2024-06-22")],
        from_date="2024-06-21",
        to_date="2024-06-23",
    )
    assert (moved.commitment.id, [each.id for each in moved.happenings]) == ("c1", ["came-stated"])
    assert not moved.is_time
    (lapsed,) = changes(
        [owes("c1", parse('event("never")'), by="2024-06-20")], [], from_date="2024-06-20", to_date="2024-06-21"
    )
    assert lapsed.is_time
    assert lapsed.after is not None
    assert lapsed.after.state is State.LAPSED


DAYS = st.integers(1, 30).map(lambda day: f"2024-06-{day:02}")


@st.composite
def watched(draw: st.DrawFn) -> list[Commitment]:
    """Commitments with sayings of any kind, said and known on any days, in any order."""
    random = Random(draw(st.integers(0, 10**6)))
    found = []
    for number in range(1, 4):
        sayings = draw(
            st.lists(
                st.builds(
                    Saying,
                    st.sampled_from(list(Act)),
                    st.one_of(st.none(), DAYS, st.just("2024-06")),
                    st.one_of(st.none(), DAYS),
                    st.uuids().map(str),
                    st.one_of(st.none(), st.sampled_from(list(Force))),
                ),
                max_size=5,
            )
        )
        term = draw(st.sampled_from([Term(), Term(by="2024-06-15"), Term(within=4)]))
        antecedent = draw(st.sampled_from([None, any_condition(random)]))
        found.append(
            Commitment(
                f"c{number}",
                "KOR",
                antecedent,
                any_condition(random),
                draw(st.sampled_from(list(Force))),
                tuple(sayings),
                term,
            )
        )
    return found


FINAL = {State.KEPT, State.BROKEN, State.LAPSED, State.WITHDRAWN}


@settings(max_examples=150, deadline=None)
@given(watched(), st.integers(0, 10**6), DAYS, st.one_of(st.none(), DAYS))
def test_one_state_on_each_day_and_none_that_hangs_on_later_knowledge(
    commitments: list[Commitment], seed: int, as_of: str, known_by: str | None
) -> None:
    history = any_history(Random(seed), most=20)
    found = board(commitments, history, as_of=as_of, known_by=known_by)
    assert len({each.id for each in found}) == len(found)
    for each in found:
        states = [reached.state for reached in each.way]
        assert len(set(states)) == len(states)
        assert states[-1] is each.state
        assert not FINAL & set(states[:-1])
        assert len([state for state in states if state in FINAL]) <= 1
    if known_by is None:
        return
    day = span_of(known_by)[1]
    known = [
        replace(
            each, sayings=tuple(s for s in each.sayings if s.known_on is not None and span_of(s.known_on)[1] <= day)
        )
        for each in commitments
    ]
    told = [each for each in history if each.known <= day]
    assert board(known, told, as_of=as_of, known_by=known_by) == tuple(
        replace(each, commitment=next(one for one in known if one.id == each.id)) for each in found
    )
