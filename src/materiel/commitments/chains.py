"""Chains: where what one commitment brings about is what another waits for.

A commitment is *set off* when its antecedent comes true; it is then supposed to be kept. A *link* runs from it to each
commitment that waits for something that it brings about, surely or perhaps. *Outside events* are what antecedents
wait for,
happening by themselves. A condition kept in words waits for an event of these words.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

from materiel.commitments.commitment import Commitment, condition_of
from materiel.commitments.entailing import entails, may_meet
from materiel.commitments.outside import Network, Outside, Solution
from materiel.commitments.tree import And, CommitmentAtom, Condition, Leaf, Not, Or, State, leaves
from materiel.errors import NotFound


@dataclass(frozen=True, slots=True)
class Link:
    """What ``source`` brings about is what ``target`` waits for.

    Attributes:
        leaf: the part of the target's antecedent.
        is_sure: the one always is the other; else it may be (arms that may be missiles, a deed that may come in time).
    """

    source: str
    target: str
    leaf: Leaf
    is_sure: bool


@dataclass(frozen=True, slots=True)
class Ladder:
    """What follows from an outside event, rung by rung: the ids that each rung sets off, sorted."""

    event: Outside
    rungs: tuple[tuple[str, ...], ...]

    @property
    def height(self) -> int:
        return len(self.rungs)


@dataclass(frozen=True, slots=True)
class Chains:
    """The chains of commitments.

    Attributes:
        links: sorted by source, target and the text of the leaf.
        cycles: who escalates into whom: ids along sure links, each from its first by name; for every such link that
        lies
            on a cycle the shortest one through it.
        ladders: for each single outside event that sets anything off, most commitments first.
        most: the smallest sets of outside events that set off as many commitments as can be.
        smallest: the smallest sets that set off each commitment, by its id.
    """

    links: tuple[Link, ...]
    cycles: tuple[tuple[str, ...], ...]
    ladders: tuple[Ladder, ...]
    most: Solution
    smallest: Mapping[str, Solution]


def chains(commitments: Iterable[Commitment]) -> Chains:
    """Links, cycles, ladders and what sets off the most."""
    listed = sorted(commitments, key=lambda commitment: commitment.id)
    links = find_links(listed)
    network = _network(listed, links)
    ladders = []
    for place, event in enumerate(network.events):
        rungs = network.rungs(1 << place)
        if rungs:
            ladders.append(Ladder(event, tuple(tuple(network.ids[each] for each in rung) for rung in rungs)))
    ladders.sort(key=lambda ladder: (-sum(map(len, ladder.rungs)), ladder.event.text))
    smallest = {identity: network.smallest_for(place) for place, identity in enumerate(network.ids)}
    return Chains(links, _cycles(links), tuple(ladders), network.smallest_for_most(), smallest)


def smallest_sets(commitments: Iterable[Commitment], target: str) -> Solution:
    """The smallest sets of outside events that set off a commitment.

    Raises:
        NotFound: no commitment has this id.
    """
    listed = sorted(commitments, key=lambda commitment: commitment.id)
    network = _network(listed, find_links(listed))
    if target not in network.ids:
        raise NotFound(f"No commitment has the id {target!r}. The board lists those there are.")
    return network.smallest_for(network.ids.index(target))


def find_links(commitments: Sequence[Commitment]) -> tuple[Link, ...]:
    """Every link between two commitments, or of one with itself."""
    found: list[Link] = []
    deeds = {commitment.id: (*_deeds(commitment), *_states(commitment)) for commitment in commitments}
    for target in commitments:
        if target.antecedent is None:
            continue
        waits = dict.fromkeys(leaf for leaf, is_wanted in literals(condition_of(target.antecedent)) if is_wanted)
        for leaf in waits:
            for source in commitments:
                sure = any(is_sure and entails(deed, leaf) for deed, is_sure in deeds[source.id])
                if sure or any(may_meet(deed, leaf) for deed, _ in deeds[source.id]):
                    found.append(Link(source.id, target.id, leaf, sure))
    return tuple(sorted(found, key=lambda link: (link.source, link.target, repr(link.leaf))))


def literals(condition: Condition, is_wanted: bool = True) -> list[tuple[Leaf, bool]]:
    """Every leaf with whether the condition wants it to hold (True) or to fail."""
    match condition:
        case And(parts) | Or(parts):
            return [literal for part in parts for literal in literals(part, is_wanted)]
        case Not(part):
            return literals(part, not is_wanted)
        case _:
            return [(condition, is_wanted)]


def _deeds(commitment: Commitment) -> list[tuple[Leaf, bool]]:
    """What is brought about by keeping a commitment, and whether surely: of an ``or``, each part only perhaps."""
    found: list[tuple[Leaf, bool]] = []
    for part in _parts(commitment):
        if isinstance(part, Or | And):
            found.extend((leaf, False) for leaf in leaves(part))
        elif not isinstance(part, Not):
            found.append((part, True))
    return found


def _parts(commitment: Commitment) -> tuple[Condition, ...]:
    condition = condition_of(commitment.consequent)
    return condition.parts if isinstance(condition, And) else (condition,)


def definite_deeds(commitment: Commitment) -> tuple[Leaf, ...]:
    """What is surely brought about by keeping a commitment."""
    return tuple(leaf for leaf, is_sure in _deeds(commitment) if is_sure)


def _states(commitment: Commitment) -> list[tuple[Leaf, bool]]:
    return [(CommitmentAtom(commitment.id, state), True) for state in (State.TRIGGERED, State.KEPT)]


def _network(commitments: Sequence[Commitment], links: Sequence[Link]) -> Network:
    """Antecedents over outside events and the commitments that bring about what they wait for."""
    places = {commitment.id: place for place, commitment in enumerate(commitments)}
    sources: dict[tuple[str, Leaf], int] = {}
    for link in links:
        if link.is_sure:
            key = link.target, link.leaf
            sources[key] = sources.get(key, 0) | 1 << places[link.source]
    needs = [None if each.antecedent is None else condition_of(each.antecedent) for each in commitments]
    return Network(tuple(places), needs, lambda place, leaf: sources.get((commitments[place].id, leaf), 0))


def _cycles(links: Sequence[Link]) -> tuple[tuple[str, ...], ...]:
    follows: dict[str, list[str]] = {}
    for link in links:
        if link.is_sure and link.target not in follows.setdefault(link.source, []):
            follows[link.source].append(link.target)
    try:
        TopologicalSorter(follows).prepare()
    except CycleError:
        pass
    else:
        return ()
    found: set[tuple[str, ...]] = set()
    for source, targets in follows.items():
        for target in targets:
            way = _way(follows, target, source)
            if way:
                start = way.index(min(way))
                found.add(tuple(way[start:] + way[:start]))
    return tuple(sorted(found, key=lambda cycle: (len(cycle), cycle)))


def _way(follows: dict[str, list[str]], begin: str, end: str) -> list[str]:
    """The shortest way, both ends included; empty where there is none."""
    came: dict[str, str | None] = {begin: None}
    queue = deque([begin])
    while queue:
        here = queue.popleft()
        if here == end:
            way = [here]
            while (before := came[way[-1]]) is not None:
                way.append(before)
            return way[::-1]
        for after in follows.get(here, ()):
            if after not in came:
                came[after] = here
                queue.append(after)
    return []
