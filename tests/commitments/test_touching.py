"""One new happening: what it may touch, and that nothing else changes."""

from __future__ import annotations

from random import Random

import pytest
from condition_samples import any_condition, any_happening, any_history

from materiel.commitments import Act, Commitment, Saying, State, Term, Watch, board, parse, record
from materiel.commitments.happenings import Event
from materiel.commitments.tree import CommitmentAtom
from materiel.terms.statements import Force

AS_OF = "2024-06-30"
MADE = (Saying(Act.MADE, "2024-06-02", "2024-06-02", "s1"),)


def any_commitments(random: Random) -> list[Commitment]:
    """Some ask for the state of c1 or c2, which are among them."""
    return [
        Commitment(
            f"c{number}",
            "KOR",
            None if random.random() < 0.1 else any_condition(random),
            any_condition(random),
            random.choice(list(Force)),
            MADE,
            random.choice([Term(), Term(by="2024-06-14"), Term(within=5)]),
        )
        for number in range(1, 9)
    ]


@pytest.mark.parametrize("seed", range(100))
def test_watching_gives_what_judging_all_again_gives(seed: int) -> None:
    """And a happening that is said to touch nothing of a commitment changes nothing of it."""
    random = Random(seed)
    commitments, history = any_commitments(random), any_history(random, most=12)
    watch = Watch(commitments, history, as_of=AS_OF)
    untouched = 0
    for number in range(100, 108):
        added = any_happening(random, number)
        touched = set(watch.touched_by([added]))
        again = watch.with_added([added])
        history.append(added)
        fresh = {each.id: each for each in board(commitments, history, as_of=AS_OF)}
        for each in commitments:
            if each.id not in touched:
                untouched += 1
                assert fresh[each.id] == watch.standings[each.id]
            assert fresh[each.id].state == again.standings[each.id].state
            assert fresh[each.id].notes == again.standings[each.id].notes
            assert fresh[each.id].since == again.standings[each.id].since
        watch = again
    assert untouched


def test_a_commitment_that_asks_for_anothers_state_is_touched_with_it() -> None:
    first = Commitment("c1", "KOR", parse('event("war")'), parse('event("help")'), Force.PROMISE, MADE)
    second = Commitment(
        "c2", "RUS", CommitmentAtom("c1", State.TRIGGERED), parse('event("summit")'), Force.THREAT, MADE
    )
    third = Commitment("c3", "PRK", parse('event("peace")'), parse('event("summit")'), Force.THREAT, MADE)
    watch = Watch([first, second, third], [], as_of=AS_OF)
    war = record("h1", "h1", Event("War."), happened_on="2024-06-10", known_on="2024-06-11")
    assert watch.touched_by([war]) == ("c1", "c2")
    after = watch.with_added([war])
    assert {each: standing.state for each, standing in after.standings.items()} == {
        "c1": State.TRIGGERED,
        "c2": State.TRIGGERED,
        "c3": State.STANDING,
    }
    assert watch.standings["c1"].state is State.STANDING
