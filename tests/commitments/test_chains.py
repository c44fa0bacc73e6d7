"""Chains: links, ladders, cycles, and the smallest sets of outside events, held against all subsets of events."""

from __future__ import annotations

import time
from itertools import combinations
from random import Random

import pytest

from materiel.commitments import Act, Commitment, Saying, Words, chains, parse, print_condition, smallest_sets
from materiel.commitments.commitment import Side, condition_of
from materiel.commitments.tree import And, Condition, EventAtom, Not, Or
from materiel.errors import NotFound
from materiel.terms.statements import Force

MADE = (Saying(Act.MADE, "2024-06-01", "2024-06-01", "s"),)


def owes(identity: str, when: str | Side | None, then: str | Side) -> Commitment:
    """If ``when`` then ``then``: conditions, or the name of an event."""
    return Commitment(identity, "KOR", side(when) if when else None, side(then), Force.THREAT, MADE)


def side(given: str | Side) -> Side:
    if not isinstance(given, str):
        return given
    return parse(given) if "(" in given else EventAtom(given)


LADDER = [
    owes("c1", "transfer(RUS -> PRK, precision, delivered)", "transfer(KOR -> UKR, missile, delivered)"),
    owes("c2", "transfer(KOR -> UKR, arms, delivered)", "transfer(RUS -> PRK, technology, delivered)"),
    owes("c3", "transfer(RUS -> PRK, technology, delivered)", Words("Seoul leaves the talks")),
]


def test_links_are_sure_where_the_deed_always_is_what_is_waited_for() -> None:
    found = chains([*LADDER, owes("c4", "transfer(KOR -> UKR, missile.cruise, delivered)", "deed")])
    assert [(link.source, link.target, link.is_sure) for link in found.links] == [
        ("c1", "c2", True),
        ("c1", "c4", False),
        ("c2", "c3", True),
    ]


def test_a_ladder_shows_what_follows_rung_by_rung() -> None:
    found = chains(LADDER)
    assert [(ladder.event.text, ladder.rungs) for ladder in found.ladders] == [
        ("transfer(RUS -> PRK, precision, delivered)", (("c1",), ("c2",), ("c3",))),
        ("transfer(KOR -> UKR, arms, delivered)", (("c2",), ("c3",))),
        ("transfer(RUS -> PRK, technology, delivered)", (("c3",),)),
    ]
    assert [[event.text for event in events] for events in found.most.sets] == [[found.ladders[0].event.text]]
    assert found.most.sets_off == ("c1", "c2", "c3")


@pytest.mark.parametrize(
    ("commitments", "cycles"),
    [
        (LADDER, ()),
        ([owes("a", "x", "y"), owes("b", "y", "x")], (("a", "b"),)),
        ([owes("a", "x", "x")], (("a",),)),
        ([owes("a", "x", "y"), owes("b", "y", "z"), owes("c", "z", "x")], (("a", "b", "c"),)),
        ([owes("a", "x", "y"), owes("b", "y", "x"), owes("c", "x", "z")], (("a", "b"),)),
        # Of a figure of eight both rings are shown.
        ([owes("a", "x", "y"), owes("b", "y", "x"), owes("c", "y", "x")], (("a", "b"), ("a", "c"))),
        # What may follow is no sure link, and makes no cycle.
        ([owes("a", "x", 'event("y") or event("z")'), owes("b", "y", "x")], ()),
        ([owes("a", "not event(\"x\")", "x")], ()),
    ],
)  # fmt: skip
def test_cycles(commitments: list[Commitment], cycles: tuple[tuple[str, ...], ...]) -> None:
    assert chains(commitments).cycles == cycles


def test_an_unknown_commitment_is_refused() -> None:
    with pytest.raises(NotFound, match="No commitment has the id 'nobody'"):
        smallest_sets(LADDER, "nobody")


def test_events_that_exclude_each_other_are_not_asked_for_together() -> None:
    both = [owes("a", "x", "y"), owes("b", 'not event("x")', "z")]
    most = chains(both).most
    assert [[event.text for event in events] for events in most.sets] == [['event("x")'], ['not event("x")']]
    assert most.sets_off == ("a",)
    assert most.is_exact
    three = [*both, owes("c", 'not event("x") and event("w")', "z")]
    most = chains(three).most
    assert [[event.text for event in events] for events in most.sets] == [['event("w")', 'not event("x")']]
    assert most.sets_off == ("b", "c")
    impossible = owes("c", 'event("x") and not event("x")', "w")
    assert smallest_sets([impossible], "c").sets == ()


# Against all subsets.

EVENTS = [f"e{number}" for number in range(7)]
INNER = [f"d{number}" for number in range(5)]


def any_need(random: Random, names: list[str], depth: int = 2, most: int = 3) -> Condition:
    if depth == 0 or random.random() < 0.3:
        return EventAtom(random.choice(names))
    parts = tuple(any_need(random, names, depth - 1, most) for _ in range(random.randint(2, most)))
    return And(parts) if random.random() < 0.5 else Or(parts)


def any_network(random: Random, count: int, events: list[str], inner: list[str]) -> list[Commitment]:
    names = [*events, *inner]
    return [
        owes(
            f"c{number:03}",
            None if random.random() < 0.1 else any_need(random, names),
            EventAtom(random.choice(inner)) if random.random() < 0.8 else Not(EventAtom(random.choice(inner))),
        )
        for number in range(count)
    ]


def follow(commitments: list[Commitment], events: frozenset[str]) -> set[str]:
    """What is set off in the end: everything is tried again until nothing more comes."""
    true = set(events)
    off: set[str] = set()
    while True:
        new = {
            each.id
            for each in commitments
            if each.id not in off and (each.antecedent is None or holds(condition_of(each.antecedent), true))
        }
        if not new:
            return off
        off |= new
        true |= {
            then.what
            for each in commitments
            if each.id in new and isinstance(then := condition_of(each.consequent), EventAtom)
        }


def holds(condition: Condition, true: set[str]) -> bool:
    match condition:
        case And(parts):
            return all(holds(part, true) for part in parts)
        case Or(parts):
            return any(holds(part, true) for part in parts)
        case EventAtom(what):
            return what in true
    raise AssertionError(condition)


@pytest.mark.parametrize("seed", range(60))
def test_the_smallest_sets_are_those_of_all_subsets(seed: int) -> None:
    random = Random(seed)
    commitments = any_network(random, random.randint(1, 8), EVENTS[: random.randint(1, 7)], INNER)
    named = {leaf.what for each in commitments if each.antecedent for leaf in leaves_of(condition_of(each.antecedent))}
    subsets = [frozenset(chosen) for size in range(len(named) + 1) for chosen in combinations(sorted(named), size)]
    followed = {chosen: follow(commitments, chosen) for chosen in subsets}
    for each in commitments:
        doing = [chosen for chosen in subsets if each.id in followed[chosen]]
        least = min(map(len, doing), default=0)
        solution = smallest_sets(commitments, each.id)
        assert solution.is_exact
        assert names_of(solution.sets) == {chosen for chosen in doing if len(chosen) == least}
    found = chains(commitments)
    most = max(len(off) for off in followed.values())
    doing = [chosen for chosen, off in followed.items() if len(off) == most]
    least = min(map(len, doing))
    assert found.most.is_exact
    if any(each.antecedent is not None for each in commitments):
        expected = {chosen for chosen in doing if len(chosen) == least}
        assert names_of(found.most.sets) <= expected
        assert len(found.most.sets) == min(len(expected), 50)
        assert len(found.most.sets_off) == most
    for ladder in found.ladders:
        assert isinstance(ladder.event.condition, EventAtom)
        alone = follow(commitments, frozenset({ladder.event.condition.what}))
        free = {each.id for each in commitments if each.antecedent is None}
        assert {each for rung in ladder.rungs for each in rung} == alone - free


def leaves_of(condition: Condition) -> list[EventAtom]:
    match condition:
        case And(parts) | Or(parts):
            return [leaf for part in parts for leaf in leaves_of(part)]
        case EventAtom():
            return [condition]
    raise AssertionError(print_condition(condition))


def names_of(sets: tuple[tuple[object, ...], ...]) -> set[frozenset[str]]:
    return {frozenset(event.condition.what for event in events) for events in sets}  # type: ignore[attr-defined]


@pytest.mark.parametrize("seed", range(3))
def test_many_that_wait_for_two_things_are_exact_too(seed: int) -> None:
    """What brings few deeds about in many ways, and needs most of them together, has very many minimal sets."""
    random = Random(seed)
    names = [f"d{number}" for number in range(60)]
    commitments = [
        owes(
            f"c{number:03}",
            And(tuple(EventAtom(name) for name in random.sample(names, 2 if number % 5 < 3 else 1))),
            EventAtom(random.choice(names)),
        )
        for number in range(200)
    ]
    found = chains(commitments)
    assert found.most.is_exact
    assert all(solution.is_exact for solution in found.smallest.values())
    for identity, solution in found.smallest.items():
        assert identity in follow(commitments, min(names_of(solution.sets), key=sorted))
    (chosen, *_) = names_of(found.most.sets)
    assert len(follow(commitments, chosen)) == len(found.most.sets_off) == 200
    assert all(len(follow(commitments, chosen - {event})) < 200 for event in chosen)


def test_a_search_that_gives_up_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("materiel.commitments.outside.MAX_CONFLICTS", 100)
    random = Random(7)
    names = [f"d{number}" for number in range(40)]
    commitments = [
        owes(f"c{number:03}", And(tuple(map(EventAtom, random.sample(names, 3)))), random.choice(names))
        for number in range(100)
    ]
    most = chains(commitments).most
    assert not most.is_exact
    assert set(most.sets_off) == follow(commitments, min(names_of(most.sets), key=sorted))


@pytest.mark.parametrize("seed", range(3))
def test_two_hundred_commitments_are_exact_and_quick(seed: int) -> None:
    """Most wait for one of 200 things, some for two; 120 of these are what others bring about."""
    random = Random(seed)
    events = [f"e{number}" for number in range(80)]
    inner = [f"d{number}" for number in range(120)]
    commitments = [
        owes(f"c{number:03}", any_need(random, [*events, *inner], number % 3 // 2, 2), EventAtom(random.choice(inner)))
        for number in range(200)
    ]
    begun = time.process_time()
    found = chains(commitments)
    assert found.most.is_exact
    assert all(solution.is_exact for solution in found.smallest.values())
    assert follow(commitments, frozenset().union(*names_of(found.most.sets[:1]))) == set(found.most.sets_off)
    assert time.process_time() - begun < 60
