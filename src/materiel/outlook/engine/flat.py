"""A program as one flat list of nodes: what both engines run.

A node has a *reach*: whether its value differs by week, by member, both or neither. What does not differ by week is
computed once for each member, what does not differ by member once a week.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import IntFlag, StrEnum
from typing import Final

from materiel.outlook.program import Operation


class Source(StrEnum):
    """What a node is that computes nothing; ``index`` says which."""

    CONSTANT = "constant"
    PARAMETER = "parameter"
    STATE = "state"
    """A variable at the end of the week before; among outcomes: after the last week."""
    WEEK = "week"
    HAPPENED = "happened"
    """A hazard's 0 or 1 of this week."""
    UNIFORM = "uniform"
    ONCE = "once"
    """A uniform number that a member draws once: what :class:`Uniform` is in an opening."""
    RING = "ring"
    """What comes off a ring this week."""


class Reach(IntFlag):
    NOTHING = 0
    WEEK = 1
    MEMBER = 2
    BOTH = 3


@dataclass(frozen=True, slots=True)
class Node:
    what: Operation | Source
    arguments: tuple[int, ...] = ()
    index: int = 0
    value: float = 0.0
    reach: Reach = Reach.NOTHING


@dataclass(frozen=True, slots=True)
class State:
    name: str
    opening: int
    next: int


@dataclass(frozen=True, slots=True)
class Delay:
    length: int
    put: int


@dataclass(frozen=True, slots=True)
class Chance:
    """A hazard: its rate's node, and the place of its purpose."""

    name: str
    rate: int
    purpose: int


@dataclass(frozen=True, slots=True)
class Flat:
    """A program, flat: numbers are places in ``nodes``, in which arguments stand before what uses them.

    Attributes:
        purposes: whose uniform numbers are used; ``Node.index`` of UNIFORM and ONCE is a place in it.
        flags: nodes that are 0 or 1.
        outcomes: over the states after the last week; all else is over those at the end of the week before.
    """

    weeks: int
    nodes: tuple[Node, ...]
    parameters: tuple[str, ...]
    purposes: tuple[str, ...]
    states: tuple[State, ...]
    delays: tuple[Delay, ...]
    chances: tuple[Chance, ...]
    outcomes: tuple[tuple[str, int], ...]
    series: tuple[tuple[str, int], ...]
    guards: tuple[tuple[str, int], ...]
    flags: frozenset[int]


REACH_OF: Final = {
    Source.CONSTANT: Reach.NOTHING,
    Source.PARAMETER: Reach.MEMBER,
    Source.STATE: Reach.BOTH,
    Source.WEEK: Reach.WEEK,
    Source.HAPPENED: Reach.BOTH,
    Source.UNIFORM: Reach.BOTH,
    Source.ONCE: Reach.MEMBER,
    Source.RING: Reach.BOTH,
}


def pruned(flat: Flat) -> Flat:
    """The same without what no outcome, series, guard or hazard needs.

    Hazards and guards stay, so that which members fail does not depend on what is asked of them.
    """
    live = _live(flat)
    kept = sorted(live)
    at = {place: new for new, place in enumerate(kept)}
    whats = [(flat.nodes[place].what, flat.nodes[place].index) for place in kept]
    states = _renumbered(index for what, index in whats if what is Source.STATE)
    rings = _renumbered(index for what, index in whats if what is Source.RING)
    drawn = {index for what, index in whats if what in (Source.UNIFORM, Source.ONCE)}
    purposes = _renumbered(drawn | {chance.purpose for chance in flat.chances})
    new_index: Mapping[Operation | Source, Mapping[int, int]] = {
        Source.STATE: states,
        Source.RING: rings,
        Source.UNIFORM: purposes,
        Source.ONCE: purposes,
    }

    def moved(node: Node) -> Node:
        index = new_index[node.what][node.index] if node.what in new_index else node.index
        return replace(node, arguments=tuple(at[argument] for argument in node.arguments), index=index)

    return Flat(
        weeks=flat.weeks,
        nodes=tuple(moved(flat.nodes[place]) for place in kept),
        parameters=flat.parameters,
        purposes=tuple(flat.purposes[index] for index in purposes),
        states=tuple(
            State(state.name, at[state.opening], at[state.next]) for state in (flat.states[index] for index in states)
        ),
        delays=tuple(Delay(delay.length, at[delay.put]) for delay in (flat.delays[index] for index in rings)),
        chances=tuple(Chance(chance.name, at[chance.rate], purposes[chance.purpose]) for chance in flat.chances),
        outcomes=tuple((name, at[place]) for name, place in flat.outcomes),
        series=tuple((name, at[place]) for name, place in flat.series),
        guards=tuple((name, at[place]) for name, place in flat.guards),
        flags=frozenset(at[place] for place in flat.flags & live),
    )


def _renumbered(indices: Iterable[int]) -> dict[int, int]:
    return {index: new for new, index in enumerate(sorted(set(indices)))}


def _live(flat: Flat) -> set[int]:
    live: set[int] = set()
    waiting = [place for _, place in (*flat.outcomes, *flat.series, *watched(flat))]
    while waiting:
        place = waiting.pop()
        if place in live:
            continue
        live.add(place)
        node = flat.nodes[place]
        waiting.extend(node.arguments)
        match node.what:
            case Source.STATE:
                waiting.extend((flat.states[node.index].opening, flat.states[node.index].next))
            case Source.RING:
                waiting.append(flat.delays[node.index].put)
            case _:
                pass
    return live


def watched(flat: Flat) -> list[tuple[str, int]]:
    """What has to be finite in every week, and the words for it."""
    return [(f"hazard of {chance.name}", chance.rate) for chance in flat.chances] + list(flat.guards)


def is_computed(flat: Flat, place: int) -> bool:
    """Whether a node has to be computed each week for each member, as against what is kept or is the same for all."""
    node = flat.nodes[place]
    return node.reach is Reach.BOTH and node.what not in (Source.STATE, Source.RING, Source.HAPPENED)


def watch_order(flat: Flat) -> list[int]:
    """What is watched, in the order in which both engines add it up: as it is computed, rates first.

    It is the sum that has to be finite, which costs half as much to see as each number.
    """
    rates = set(needed(flat.nodes, (chance.rate for chance in flat.chances)))
    places = dict.fromkeys(place for _, place in watched(flat))
    computed = [place for place in places if is_computed(flat, place)]
    first = sorted(place for place in computed if place in rates)
    second = sorted(place for place in computed if place not in rates)
    return [*first, *second, *(place for place in places if place not in computed)]


def weekly_roots(flat: Flat) -> list[int]:
    """What a week has to compute."""
    return [
        *(place for _, place in watched(flat)),
        *(place for _, place in flat.series),
        *(state.next for state in flat.states),
        *(delay.put for delay in flat.delays),
    ]


def needed(nodes: Sequence[Node], roots: Iterable[int]) -> list[int]:
    """The places of these nodes and of all that they are made of, in order."""
    needed: set[int] = set()
    waiting = list(roots)
    while waiting:
        place = waiting.pop()
        if place not in needed:
            needed.add(place)
            waiting.extend(nodes[place].arguments)
    return sorted(needed)
