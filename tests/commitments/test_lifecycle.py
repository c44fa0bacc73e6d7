"""Every transition of a commitment's life as a row of a table: what was said, what happened, the day, and the state."""

from __future__ import annotations

import re
from itertools import permutations
from pathlib import Path
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
from materiel.commitments.happenings import Deed, Event, Happening, Telling
from materiel.terms.statements import Assertion, Force, Pact, PactKind, PactStatus, Stage, Transfer

SIDES: dict[str, Side | None] = {
    "nothing": None,
    "cause": parse('event("cause")'),
    "deed": parse('event("deed")'),
    "words": Words("A red line is crossed."),
    "not deed": parse('not event("deed")'),
    "war": parse('event("war")'),
    "arms": parse("transfer(RUS -> PRK, arms, delivered)"),
    "missiles": parse("transfer(RUS -> PRK, missile, delivered)"),
    "ordered": parse("transfer(RUS -> PRK, arms, ordered)"),
    "not arms": parse("not transfer(RUS -> PRK, arms, delivered)"),
    "two supplies": parse("count(RUS -> PRK, arms) >= 2"),
    "arms after arms": parse("transfer(RUS -> PRK, arms, delivered) after transfer(RUS -> PRK, arms, delivered)"),
    "pact": parse("pact(PRK, RUS, mutual-defence, signed)"),
    "pact in force": parse("pact(PRK, RUS, mutual-defence, in-force)"),
}
DEEDS: dict[str, Deed] = {
    "cause": Event("cause"),
    "deed": Event("deed"),
    "words": Event("a red line is crossed"),
    "war": Event("war"),
    "arms": Transfer("RUS", "PRK", ("arms",), Stage.DELIVERED),
    "missiles": Transfer("RUS", "PRK", ("missile.cruise",), Stage.DELIVERED),
    "ordered": Transfer("RUS", "PRK", ("arms",), Stage.ORDERED),
    "pact": Pact(("PRK", "RUS"), PactKind.MUTUAL_DEFENCE, PactStatus.SIGNED),
    "pact in force": Pact(("PRK", "RUS"), PactKind.MUTUAL_DEFENCE, PactStatus.IN_FORCE),
}


def history_of(cell: str) -> list[Happening]:
    """What happened: ``denied deed - told 2024-10-20; arms 2024-07-01 line 1``."""
    found: list[Happening] = []
    for number, each in enumerate(filter(None, (part.strip() for part in cell.split(";")))):
        shaped = re.fullmatch(r"(denied )?(.+?) (-|\d[\d-]*)(?: told (\S+))?(?: line (\d))?", each)
        assert shaped, each
        denied, what, day, told, line = shaped.groups()
        found.append(
            record(
                f"h{number}", f"line-{line}" if line else f"h{number}", DEEDS[what],
                happened_on=None if day == "-" else day, known_on=told or day,
                assertion=Assertion.DENIED if denied else Assertion.STATED,
                tellings=(Telling("doc-1", 1),), grade="B2",
            )
        )  # fmt: skip
    return found


def commitment(text: str = "threat", said: str = "") -> Commitment:
    """A commitment made on 20 June: ``promise by 2024-09-30 if war then arms``."""
    shaped = re.fullmatch(r"(\w+)(?: by (\S+))?(?: within (\d+))?(?: if (.+?))?(?: then (.+))?", text)
    assert shaped, text
    force, by, within, antecedent, consequent = shaped.groups()
    sayings = [saying("made 2024-06-20")] + [saying(each) for each in said.split(";") if each.strip()]
    then = SIDES[consequent or "deed"]
    assert then is not None
    term = Term(by, int(within) if within else None)
    return Commitment("cm-1", "KOR", SIDES[antecedent or "cause"], then, Force(force), tuple(sayings), term, grade="F6")


def saying(text: str) -> Saying:
    """``hardened 2024-07-05 promise``."""
    act, day, *force = text.split()
    return Saying(Act(act), day, day, f"st-{day}", Force(force[0]) if force else None)


TABLE = Path(__file__).with_name("life_cycle.txt").read_text(encoding="utf-8")
ROWS = [
    [cell.strip() for cell in line.split("|")]
    for line in TABLE.splitlines()
    if "|" in line and not line.startswith("#")
]
CAME, DONE = history_of("cause 2024-07-01; deed 2024-07-15")


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_each_transition(row: list[str]) -> None:
    _, terms, said, happened, as_of, state, note = row
    history = history_of(happened)
    for order in permutations(history):
        (standing,) = board([commitment(terms, said)], order, as_of=as_of)
        assert standing.state == state
        warnings = {Note.EARLY, Note.BEFOREHAND, Note.LATE, Note.ABANDONED, Note.OVERDUE, Note.REFUSED}
        expected = {Note[note]} if note else set()
        assert expected <= set(standing.notes)
        assert warnings & set(standing.notes) <= expected
        assert standing.way[-1].state is standing.state
        assert standing.way[0].state is State.STANDING
        days = [reached.when[1] for reached in standing.way]
        assert days == sorted(days)
        assert [each.act for each in standing.sayings] == [
            each.act for each in commitment(terms, said).sayings if (each.said_on or "") <= as_of[:10]
        ]


def test_every_state_is_reached_in_the_table() -> None:
    assert {row[5] for row in ROWS} == {str(state) for state in State}


def test_it_is_not_on_the_board_before_it_is_made_or_known() -> None:
    assert board([commitment()], [], as_of="2024-06-19") == ()
    assert board([commitment()], [], as_of="2024-12-31", known_by="2024-06-01") == ()


def test_what_was_known_later_does_not_count_earlier() -> None:
    (told_late,) = history_of("cause 2024-07-01 told 2024-11-01")
    (then,) = board([commitment()], [told_late], as_of="2024-12-31", known_by="2024-10-31")
    (now,) = board([commitment()], [told_late], as_of="2024-12-31", known_by="2024-11-01")
    assert (then.state, now.state) == (State.STANDING, State.TRIGGERED)


def test_its_history_is_kept_and_its_force_is_the_last_one_said() -> None:
    watched = commitment("policy", "hardened 2024-07-01 threat")
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
