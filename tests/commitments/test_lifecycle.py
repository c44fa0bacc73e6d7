"""Every transition of a commitment's life as a row: what was said, what happened, the two dates, and the state."""

from __future__ import annotations

from itertools import permutations
from random import Random

import pytest
from condition_samples import any_condition, any_history

from materiel.commitments import (
    Act,
    Commitment,
    Note,
    Saying,
    State,
    Term,
    Words,
    board,
    imagine,
    parse,
    record,
)
from materiel.commitments.commitment import Side
from materiel.commitments.happenings import Event, Happening, Telling
from materiel.terms.statements import Assertion, Force

MADE = Saying(Act.MADE, "2024-06-20", "2024-06-20", "st-1")
RETRACTED = Saying(Act.RETRACTED, "2024-08-01", "2024-08-01", "st-9")
RELEASED = Saying(Act.RELEASED, "2024-08-01", "2024-08-01", "st-9")
AGAIN = Saying(Act.MADE, "2024-08-10", "2024-08-10", "st-10")


def happened(what: str, day: str | None, known: str | None = None, says: Assertion = Assertion.STATED) -> Happening:
    known = known or day
    return record(
        f"{what}-{day}-{says}", f"en-{what}", Event(what), happened_on=day, known_on=known, assertion=says,
        tellings=(Telling("doc-1", 1),), grade="B2",
    )  # fmt: skip


CAME = happened("cause", "2024-07-01")
DONE = happened("deed", "2024-07-15")
DENIED_DEED = happened("deed", None, "2024-10-20", Assertion.DENIED)


def commitment(
    force: Force = Force.THREAT,
    term: Term = Term(),  # noqa: B008
    sayings: tuple[Saying, ...] = (MADE,),
    antecedent: Side | None = parse('event("cause")'),  # noqa: B008
    consequent: Side = parse('event("deed")'),  # noqa: B008
) -> Commitment:
    return Commitment("cm-1", "KOR", antecedent, consequent, force, sayings, term, grade="F6")


P, T, Y = Force.PROMISE, Force.THREAT, Force.POLICY
BY, IN = Term(by="2024-09-30"), Term(within=30)
NOT_DEED = parse('not event("deed")')

# what is committed to, what happened, the day asked of, the state, a note that has to be there
CASES: list[tuple[str, Commitment, list[Happening], str, State, Note | None]] = [
    ("made, nothing more", commitment(), [], "2024-12-31", State.STANDING, None),
    ("a threat whose condition never comes is not broken", commitment(T), [DENIED_DEED], "2030", State.STANDING, None),
    ("nor a promise", commitment(P), [], "2030", State.STANDING, None),
    ("the condition came before it was made", commitment(), [happened("cause", "2024-06-01")], "2025", State.STANDING, None),  # noqa: E501
    ("the condition came", commitment(), [CAME], "2024-07-01", State.TRIGGERED, None),
    ("it came on the very day", commitment(), [happened("cause", "2024-06-20")], "2025", State.TRIGGERED, None),
    ("it came later than the day asked of", commitment(), [CAME], "2024-06-30", State.STANDING, None),
    ("it may have come before", commitment(), [happened("cause", "2024", "2025-01-01")], "2025", State.STANDING, None),
    ("reported without a day, after", commitment(), [happened("cause", None, "2024-07-01")], "2025", State.TRIGGERED, Note.DAY_TAKEN),  # noqa: E501
    ("reported without a day, before", commitment(), [happened("cause", None, "2024-06-01")], "2025", State.STANDING, None),  # noqa: E501
    ("its coming is disputed", commitment(), [CAME, happened("cause", None, "2024-07-02", Assertion.DENIED)], "2025", State.STANDING, Note.CONDITION_DISPUTED),  # noqa: E501
    ("its coming is denied", commitment(), [happened("cause", None, "2024-07-02", Assertion.DENIED)], "2025", State.STANDING, None),  # noqa: E501
    ("nothing is asked for first", commitment(P, antecedent=None), [], "2025", State.TRIGGERED, None),
    ("done after its condition", commitment(), [CAME, DONE], "2025", State.KEPT, None),
    ("a threat carried out without its condition", commitment(T), [DONE], "2025", State.STANDING, None),
    ("a threat carried out before its condition", commitment(T), [happened("deed", "2024-06-25"), CAME], "2025", State.TRIGGERED, None),  # noqa: E501
    ("a policy followed without its condition", commitment(Y), [DONE], "2025", State.STANDING, None),
    ("a promise kept early", commitment(P), [DONE], "2025", State.KEPT, Note.EARLY),
    ("done, and disputed", commitment(), [CAME, DONE, DENIED_DEED], "2025", State.TRIGGERED, Note.DONE_DISPUTED),
    ("denied, no term", commitment(P), [CAME, DENIED_DEED], "2025", State.TRIGGERED, Note.REFUSED),
    ("silence breaks nothing", commitment(P, BY), [CAME], "2025", State.TRIGGERED, Note.OVERDUE),
    ("denied at the end of its term", commitment(P, BY), [CAME, DENIED_DEED], "2025", State.BROKEN, Note.REFUSED),
    ("denied, and the term still runs", commitment(P, Term(by="2026")), [CAME, DENIED_DEED], "2025", State.TRIGGERED, Note.REFUSED),  # noqa: E501
    ("done on the last day", commitment(P, BY), [CAME, happened("deed", "2024-09-30")], "2025", State.KEPT, None),
    ("done a day late", commitment(P, BY), [CAME, happened("deed", "2024-10-01")], "2025", State.BROKEN, Note.LATE),
    ("done in an open month", commitment(P, BY), [CAME, happened("deed", "2024-09", "2025-01-01")], "2025", State.KEPT, None),  # noqa: E501
    ("done in an open year", commitment(P, BY), [CAME, happened("deed", "2024", "2025-01-01")], "2025", State.TRIGGERED, Note.OVERDUE),  # noqa: E501
    ("within days of its condition", commitment(T, IN), [CAME, happened("deed", "2024-07-31")], "2025", State.KEPT, None),  # noqa: E501
    ("not within them", commitment(T, IN), [CAME, happened("deed", "2024-08-01")], "2025", State.BROKEN, Note.LATE),
    ("the term runs from the latest day it may be", commitment(T, IN), [happened("cause", "2024-07"), happened("deed", "2024-08-30")], "2025", State.KEPT, None),  # noqa: E501
    ("its condition did not come by its term", commitment(T, BY), [], "2024-10-01", State.LAPSED, None),
    ("the term is not over", commitment(T, BY), [], "2024-09-30", State.STANDING, None),
    ("its condition came too late", commitment(T, BY), [happened("cause", "2024-10-05")], "2025", State.LAPSED, None),
    ("lapsed, but its coming is disputed", commitment(T, BY), [CAME, happened("cause", None, "2024-07-02", Assertion.DENIED)], "2025", State.STANDING, Note.CONDITION_DISPUTED),  # noqa: E501
    ("taken back while it stood", commitment(P, sayings=(MADE, RETRACTED)), [], "2025", State.WITHDRAWN, None),
    ("not taken back yet", commitment(P, sayings=(MADE, RETRACTED)), [], "2024-07-31", State.STANDING, None),
    ("its condition came after it was taken back", commitment(P, sayings=(MADE, RETRACTED)), [happened("cause", "2024-08-05")], "2025", State.WITHDRAWN, None),  # noqa: E501
    ("a promise taken back after its condition came", commitment(P, sayings=(MADE, RETRACTED)), [CAME], "2025", State.BROKEN, Note.ABANDONED),  # noqa: E501
    ("a threat taken back after its condition came", commitment(T, sayings=(MADE, RETRACTED)), [CAME], "2025", State.WITHDRAWN, Note.ABANDONED),  # noqa: E501
    ("a policy changed after its condition came", commitment(Y, sayings=(MADE, RETRACTED)), [CAME], "2025", State.WITHDRAWN, Note.ABANDONED),  # noqa: E501
    ("released after its condition came", commitment(P, sayings=(MADE, RELEASED)), [CAME], "2025", State.WITHDRAWN, None),  # noqa: E501
    ("kept stays kept", commitment(P, sayings=(MADE, RETRACTED)), [CAME, DONE], "2025", State.KEPT, None),
    ("made again", commitment(P, sayings=(MADE, RETRACTED, AGAIN)), [CAME], "2025", State.STANDING, None),
    ("made again, and its condition came again", commitment(P, sayings=(MADE, RETRACTED, AGAIN)), [CAME, happened("cause", "2024-08-20")], "2025", State.TRIGGERED, None),  # noqa: E501
    ("a restraint stands unbroken", commitment(P, antecedent=None, consequent=NOT_DEED), [], "2025", State.TRIGGERED, Note.RUNNING),  # noqa: E501
    ("a restraint given up", commitment(P, antecedent=None, consequent=NOT_DEED), [DONE], "2025", State.BROKEN, None),
    ("a restraint given up after its term", commitment(P, Term(by="2024-07-10"), antecedent=None, consequent=NOT_DEED), [DONE], "2025", State.TRIGGERED, Note.OVERDUE),  # noqa: E501
    ("a restraint that somebody vouches for, after its term", commitment(P, BY, antecedent=None, consequent=NOT_DEED), [DENIED_DEED], "2025", State.KEPT, None),  # noqa: E501
    ("a condition in words", commitment(antecedent=Words("a red line is crossed")), [CAME], "2025", State.STANDING, Note.CONDITION_IN_WORDS),  # noqa: E501
    ("its event is declared", commitment(antecedent=Words("A red line is crossed.")), [happened("a red line is crossed", "2024-07-01")], "2025", State.TRIGGERED, None),  # noqa: E501
    ("a deed in words", commitment(consequent=Words("ties would suffer")), [CAME], "2025", State.TRIGGERED, Note.DEED_IN_WORDS),  # noqa: E501
]  # fmt: skip


@pytest.mark.parametrize(
    ("watched", "history", "as_of", "state", "note"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_each_transition(
    watched: Commitment, history: list[Happening], as_of: str, state: State, note: Note | None
) -> None:
    for order in list(permutations(history))[:6]:
        (standing,) = board([watched], order, as_of=as_of)
        assert standing.state == state
        assert note is None or note in standing.notes
        assert standing.way[-1].state is state
        assert next(reached.state for reached in standing.way) is State.STANDING


def test_every_state_is_reached_in_the_table() -> None:
    assert {case[4] for case in CASES} == set(State)


def test_it_is_not_on_the_board_before_it_is_made_or_known() -> None:
    assert board([commitment()], [], as_of="2024-06-19") == ()
    assert board([commitment()], [], as_of="2024-12-31", known_by="2024-06-01") == ()


def test_what_was_known_later_does_not_count_earlier() -> None:
    told_late = happened("cause", "2024-07-01", "2024-11-01")
    (then,) = board([commitment()], [told_late], as_of="2024-12-31", known_by="2024-10-31")
    (now,) = board([commitment()], [told_late], as_of="2024-12-31", known_by="2024-11-01")
    assert (then.state, now.state) == (State.STANDING, State.TRIGGERED)


def test_its_history_is_kept_and_its_force_is_the_last_one_said() -> None:
    hardened = Saying(Act.HARDENED, "2024-07-01", "2024-07-01", "st-2", Force.THREAT)
    watched = commitment(Force.POLICY, sayings=(hardened, MADE))
    (before,) = board([watched], [], as_of="2024-06-30")
    (after,) = board([watched], [], as_of="2024-07-01")
    assert (before.force, after.force) == (Force.POLICY, Force.THREAT)
    assert [saying.act for saying in after.sayings] == [Act.MADE, Act.HARDENED]


def test_what_is_missing_is_named_and_the_evidence_is_graded() -> None:
    (standing,) = board([commitment()], [], as_of="2024-12-31")
    assert [lack.condition for lack in standing.missing] == [parse('event("cause")')]
    (triggered,) = board([commitment()], [CAME], as_of="2024-12-31")
    assert [lack.condition for lack in triggered.missing] == [parse('event("deed")')]
    assert triggered.grade == "B2"
    assert triggered.evidence == (CAME,)


def test_what_rests_on_imagination_says_so() -> None:
    (standing,) = board([commitment()], [imagine("i1", Event("cause"), "2024-07-01")], as_of="2024-12-31")
    assert standing.state is State.TRIGGERED
    assert standing.is_imagined
    assert standing.grade == "F6"


@pytest.mark.parametrize("seed", range(40))
def test_no_sequence_leaves_a_commitment_in_two_states(seed: int) -> None:
    """One state on each day, whatever the order in which things are told; terminal states do not come undone in
    time.
    """
    random = Random(seed)
    sayings = [
        Saying(
            random.choice(list(Act)),
            f"2024-06-{random.randint(1, 28):02}",
            f"2024-06-{random.randint(1, 28):02}",
            f"s{n}",
        )
        for n in range(random.randint(1, 5))
    ]
    watched = Commitment(
        "cm-1", "KOR", random.choice([None, any_condition(random)]), any_condition(random), random.choice(list(Force)),
        tuple(sayings), random.choice([Term(), Term(by="2024-06-20"), Term(within=5)]),
    )  # fmt: skip
    history = any_history(random, most=20)
    for day in range(1, 30):
        found = board([watched], history, as_of=f"2024-06-{day:02}")
        random.shuffle(history)
        shuffled = Commitment(
            watched.id, watched.debtor, watched.antecedent, watched.consequent, watched.force,
            tuple(random.sample(sayings, len(sayings))), watched.term,
        )  # fmt: skip
        again = board([shuffled], history, as_of=f"2024-06-{day:02}")
        assert len(found) <= 1
        assert [each.state for each in found] == [each.state for each in again]
        for each in found:
            states = [reached.state for reached in each.way]
            assert len(states) == len(set(states))
            assert states[-1] is each.state
            assert not set(states[:-1]) & {State.KEPT, State.BROKEN, State.LAPSED, State.WITHDRAWN}
