"""The laws of docs/conditions.md, on random conditions and histories."""

from __future__ import annotations

import dataclasses
from collections import Counter
from random import Random

from condition_samples import any_condition, any_happening, any_history
from hypothesis import given, settings
from hypothesis import strategies as st

from materiel.commitments import HappeningIndex, evaluate
from materiel.commitments.answers import NEGATED, Answer
from materiel.commitments.cells import handles_asked, handles_touched
from materiel.commitments.days import span_of
from materiel.commitments.happenings import Happening
from materiel.commitments.tree import And, Condition, LevelComparison, Not, Or, is_positive, leaves, moments
from materiel.terms.statements import Assertion

AS_OF = "2024-06-14"
PER_HISTORY = 20
seeds = st.integers(min_value=0, max_value=2**40)


def answer(condition: Condition, happenings: list[Happening], known_by: str | None = None) -> Answer:
    return evaluate(condition, happenings, as_of=AS_OF, known_by=known_by).answer


def more(random: Random) -> list[Happening]:
    """Further happenings, with ids of their own and lines that may be old ones."""
    return [any_happening(random, number) for number in range(1_000, 1_000 + random.randint(1, 10))]


def test_what_holds_goes_on_holding_whatever_else_is_stated() -> None:
    counted: Counter[str] = Counter()

    @settings(max_examples=150, deadline=None)
    @given(seeds)
    def check(seed: int) -> None:
        random = Random(seed)
        history, added = any_history(random), [each for each in more(random) if each.assertion is not Assertion.DENIED]
        before, after = HappeningIndex(history), HappeningIndex([*history, *added])
        for condition in filter(is_positive, (any_condition(random) for _ in range(PER_HISTORY))):
            held = evaluate(condition, before, as_of=AS_OF).answer
            holds = evaluate(condition, after, as_of=AS_OF).answer
            assert held is not Answer.HOLDS or holds is Answer.HOLDS
            counted[held] += 1
            counted["came to hold"] += held is not holds and holds is Answer.HOLDS

    check()
    assert counted[Answer.HOLDS] > 200, counted
    assert counted["came to hold"] > 30, counted


def test_the_law_needs_its_provisos() -> None:
    """A denial, a ``not`` and a latest figure each turn something that holds: the law is not wider than it says."""
    random = Random(2)
    turned: Counter[str] = Counter()
    for _ in range(300):
        history = any_history(random)
        added = [
            *more(random),
            *(any_happening(random, 2_000 + n, random.choice(history).deed) for n in range(9) if history),
        ]
        stated = [each for each in added if each.assertion is not Assertion.DENIED]
        denials = [dataclasses.replace(each, id=f"{each.id} denied", assertion=Assertion.DENIED) for each in history]
        for condition in (any_condition(random) for _ in range(5)):
            if answer(condition, history) is Answer.HOLDS:
                if is_positive(condition):
                    turned["denied"] += answer(condition, [*history, *denials]) is not Answer.HOLDS
                else:
                    turned["not positive"] += answer(condition, [*history, *stated]) is not Answer.HOLDS
    assert min(turned["denied"], turned["not positive"]) > 0, turned


def test_what_no_part_of_a_condition_mentions_changes_nothing() -> None:
    """Stated or denied. It is by this that one new happening is judged against few commitments."""
    counted: Counter[str] = Counter()

    @settings(max_examples=150, deadline=None)
    @given(seeds)
    def check(seed: int) -> None:
        random = Random(seed)
        history, added = any_history(random), more(random)
        for condition in (any_condition(random) for _ in range(PER_HISTORY)):
            asked = {
                handle
                for leaf in leaves(condition)
                if not isinstance(leaf, LevelComparison)
                for atom in (leaf, *moments(leaf))
                for handle in handles_asked(atom)
            }
            strange = [each for each in added if asked.isdisjoint(handles_touched(each))]
            before = evaluate(condition, history, as_of=AS_OF)
            assert evaluate(condition, [*history, *strange], as_of=AS_OF) == before
            counted["strange"] += bool(strange)
            counted["touching"] += len(strange) < len(added)

    check()
    assert min(counted["strange"], counted["touching"]) > 500, counted


@settings(max_examples=150, deadline=None)
@given(seeds, st.sampled_from(["2024-06-08", "2024-06-10", "2024-06-14"]))
def test_what_became_known_later_changes_nothing(seed: int, known_by: str) -> None:
    random = Random(seed)
    history = any_history(random)
    day = span_of(known_by)[1]
    known = [
        dataclasses.replace(each, tellings=tuple(told for told in each.tellings if told.known <= day))
        if each.tellings
        else each
        for each in history
        if each.known <= day
    ]
    whole, early = HappeningIndex(history), HappeningIndex(known)
    for condition in (any_condition(random) for _ in range(PER_HISTORY)):
        now = evaluate(condition, whole, as_of=AS_OF, known_by=known_by)
        then = evaluate(condition, early, as_of=AS_OF, known_by=known_by)
        assert now.answer is then.answer
        assert [each.id for each in now.deciding] == [each.id for each in then.deciding]


@settings(max_examples=150, deadline=None)
@given(seeds)
def test_an_index_that_grew_answers_like_one_made_at_once(seed: int) -> None:
    random = Random(seed)
    history = any_history(random, most=100)
    cut = random.randint(0, len(history))
    grown = HappeningIndex(history[:cut])
    for happening in history[cut:]:
        grown = grown.with_added([happening])
    random.shuffle(history)
    made = HappeningIndex(history)
    assert sorted(each.id for each in grown) == sorted(each.id for each in made)
    for condition in (any_condition(random) for _ in range(PER_HISTORY)):
        assert evaluate(condition, grown, as_of=AS_OF) == evaluate(condition, made, as_of=AS_OF)


@settings(max_examples=150, deadline=None)
@given(seeds)
def test_not_and_or_are_those_of_logic(seed: int) -> None:
    random = Random(seed)
    history = any_history(random)
    index = HappeningIndex(history)

    def given_by(condition: Condition) -> Answer:
        return evaluate(condition, index, as_of=AS_OF).answer

    for _ in range(PER_HISTORY):
        one, two, three = (any_condition(random, 1) for _ in range(3))
        assert given_by(Not(one)) is NEGATED[given_by(one)]
        assert given_by(Not(Not(one))) is given_by(one)
        assert given_by(Not(And((one, two)))) is given_by(Or((Not(one), Not(two))))
        assert given_by(Not(Or((one, two)))) is given_by(And((Not(one), Not(two))))
        for join in (And, Or):
            assert given_by(join((one, two, three))) is given_by(join((three, one, two)))
            assert join((join((one, two)), three)) == join((one, join((two, three))))
