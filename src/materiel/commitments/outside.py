"""The smallest sets of outside events that set commitments off: exact, by sets that are minimal for each commitment.

Sets of events and of commitments are bits of integers. For each commitment the *minimal sets* are found by repetition:
those of a leaf are the events that make it true and the minimal sets of the commitments that bring it about; ``or``
joins
families, ``and`` pairs them; what contains another set goes. It ends because families only get better.

To set off the most, one minimal set for each commitment is chosen such that their union is smallest, by branch and
bound,
part by part: commitments that share no event and no link are independent. The bound counts commitments none of whose
minimal
sets have an event in common. Where a family or the search grows beyond its limit the answer says that it is not exact.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from materiel.commitments.entailing import entails
from materiel.commitments.printing import print_condition
from materiel.commitments.tree import And, Condition, Leaf, Not, Or

MAX_FAMILY = 3_000
"""Minimal sets kept for one commitment."""
MAX_PAIRS = 300_000
"""Pairs of sets that are joined for one ``and``."""
MAX_STEPS = 200_000
"""Sets tried in one search."""
MAX_SHOWN = 50
"""Smallest sets given of as many."""


@dataclass(frozen=True, slots=True)
class Outside:
    """Something that happens by itself: a leaf of an antecedent, or that it fails."""

    condition: Leaf | Not
    text: str = field(compare=False)


@dataclass(frozen=True, slots=True)
class Solution:
    """The smallest sets of outside events for an aim.

    Attributes:
        sets: each sorted by text; all of one size, at most :data:`MAX_SHOWN`; empty where nothing would do.
        sets_off: ids of the commitments that the first of them sets off, sorted.
        is_exact: no smaller set would do.
    """

    sets: tuple[tuple[Outside, ...], ...]
    sets_off: tuple[str, ...]
    is_exact: bool


@dataclass(frozen=True, slots=True)
class _Literal:
    """A leaf of an antecedent: events that make it true, commitments that bring it about."""

    events: int
    sources: int


_Need = _Literal | tuple[str, tuple["_Need", ...]]


class Network:
    """Antecedents as formulas over outside events and commitments."""

    def __init__(
        self,
        ids: Sequence[str],
        needs: Sequence[Condition | None],
        sources_of: Callable[[int, Leaf], int],
    ) -> None:
        """Built once and not changed.

        Args:
            ids: of the commitments.
            needs: the antecedent of each; None where it needs nothing.
            sources_of: for a commitment's place and a leaf of its antecedent, the bits of who brings it about.
        """
        self.ids = tuple(ids)
        found = {literal for need in needs if need is not None for literal in _literals(need, True)}
        outside = [Outside(each, print_condition(each)) for each in found]
        self.events: tuple[Outside, ...] = tuple(sorted(outside, key=lambda event: event.text))
        self._places = {event.condition: place for place, event in enumerate(self.events)}
        self._makes = {event.condition: self._made_by(event.condition) for event in self.events}
        self._conflicts = [self._opposed(event.condition) for event in self.events]
        self._exclusive = sum(1 << place for place, conflict in enumerate(self._conflicts) if conflict)
        self._needs: list[_Need | None] = [
            None if need is None else self._compile(need, True, lambda leaf, p=place: sources_of(p, leaf))  # type: ignore[misc]
            for place, need in enumerate(needs)
        ]
        self._families: list[tuple[int, ...]] | None = None
        self._is_exact = True

    def _made_by(self, wanted: Leaf | Not) -> int:
        if isinstance(wanted, Not):
            return 1 << self._places[wanted]
        bits = 0
        for event, place in self._places.items():
            if not isinstance(event, Not) and entails(event, wanted):
                bits |= 1 << place
        return bits

    def _opposed(self, event: Leaf | Not) -> int:
        """The events that cannot come together with one."""
        bits = 0
        for other, place in self._places.items():
            one, no = (other, event) if isinstance(event, Not) else (event, other)
            if isinstance(no, Not) and not isinstance(one, Not) and entails(one, no.part):  # type: ignore[arg-type]
                bits |= 1 << place
        return bits

    def _compile(self, condition: Condition, wanted: bool, sources_of: Callable[[Leaf], int]) -> _Need:
        match condition:
            case And(parts) | Or(parts):
                joins = "and" if isinstance(condition, And) == wanted else "or"
                return joins, tuple(self._compile(part, wanted, sources_of) for part in parts)
            case Not(part):
                return self._compile(part, not wanted, sources_of)
            case _:
                if wanted:
                    return _Literal(self._makes[condition], sources_of(condition))
                return _Literal(self._makes[Not(condition)], 0)

    def rungs(self, events: int) -> list[list[int]]:
        """What follows from events, rung by rung; what needs nothing is on no rung, and counts from the start."""
        off = sum(1 << place for place, need in enumerate(self._needs) if need is None)
        rungs: list[list[int]] = []
        while True:
            rung = [
                place
                for place, need in enumerate(self._needs)
                if need is not None and not off >> place & 1 and _is_met(need, events, off)
            ]
            if not rung:
                return rungs
            rungs.append(rung)
            off |= sum(1 << place for place in rung)

    def set_off(self, events: int) -> int:
        """The commitments that events set off in the end, with those that need nothing, as bits."""
        free = sum(1 << place for place, need in enumerate(self._needs) if need is None)
        return free | sum(1 << place for rung in self.rungs(events) for place in rung)

    def smallest_for(self, target: int) -> Solution:
        """The smallest sets that set off one commitment."""
        family = self._minimal_sets()[target]
        if not family:
            return Solution((), (), self._is_exact)
        least = min(bits.bit_count() for bits in family)
        return self._solution([bits for bits in family if bits.bit_count() == least], self._is_exact)

    def smallest_for_most(self) -> Solution:
        """The smallest sets that set off as many commitments as can be, by events that do not exclude each other."""
        families = self._minimal_sets()
        aims = [place for place, need in enumerate(self._needs) if need is not None and families[place]]
        total, is_exact = [0], self._is_exact
        for part in self._parts(aims):
            search = _Search(self, part, families)
            found = search.run()
            is_exact = is_exact and search.is_exact
            total = [one | other for one in total for other in found][:MAX_SHOWN]
        return self._solution(total, is_exact)

    def _parts(self, aims: list[int]) -> list[list[int]]:
        """Aims whose events are none of another part's, and exclude none of them."""
        families = self._minimal_sets()
        parts: list[tuple[int, list[int]]] = []
        for aim in aims:
            bits, members = self._with_excluded(_union(families[aim])), [aim]
            apart = []
            for other_bits, others in parts:
                if other_bits & bits:
                    bits, members = bits | other_bits, others + members
                else:
                    apart.append((other_bits, others))
            parts = [*apart, (bits, members)]
        return [sorted(members) for _, members in parts]

    def _with_excluded(self, events: int) -> int:
        """Events, and those that exclude one of them."""
        if not events & self._exclusive:
            return events
        return events | _union([conflict for place, conflict in enumerate(self._conflicts) if events >> place & 1])

    def excludes(self, events: int) -> bool:
        """Whether some of the events cannot come together."""
        if not events & self._exclusive:
            return False
        return any(events >> place & 1 and events & conflict for place, conflict in enumerate(self._conflicts))

    def _solution(self, sets: list[int], is_exact: bool) -> Solution:
        shown = sorted({self._named(bits): bits for bits in sets}.items(), key=lambda pair: [e.text for e in pair[0]])
        if not shown:
            return Solution((), (), is_exact)
        off = self.set_off(shown[0][1])
        ids = tuple(identity for place, identity in enumerate(self.ids) if off >> place & 1)
        return Solution(tuple(named for named, _ in shown[:MAX_SHOWN]), ids, is_exact)

    def _named(self, bits: int) -> tuple[Outside, ...]:
        return tuple(event for place, event in enumerate(self.events) if bits >> place & 1)

    def _minimal_sets(self) -> list[tuple[int, ...]]:
        """For each commitment the minimal sets of events that set it off."""
        if self._families is None:
            families: list[tuple[int, ...]] = [(0,) if need is None else () for need in self._needs]
            waiting: list[list[int]] = [[] for _ in self._needs]
            for place, need in enumerate(self._needs):
                for source in _sources(need):
                    waiting[source].append(place)
            # Only what waits for a family that has got better is worked out again.
            queue = deque(place for place, need in enumerate(self._needs) if need is not None)
            queued = set(queue)
            while queue:
                place = queue.popleft()
                queued.discard(place)
                need = self._needs[place]
                better = families[place] if need is None else self._family(need, families)
                if better != families[place]:
                    families[place] = better
                    queue.extend(each for each in waiting[place] if each not in queued)
                    queued.update(waiting[place])
            self._families = families
        return self._families

    def _family(self, need: _Need, families: list[tuple[int, ...]]) -> tuple[int, ...]:
        if isinstance(need, _Literal):
            sets = [1 << place for place in range(len(self.events)) if need.events >> place & 1]
            for place, family in enumerate(families):
                if need.sources >> place & 1:
                    sets.extend(family)
            return self._minimal(sets)
        joins, parts = need
        inner = [self._family(part, families) for part in parts]
        if joins == "or":
            return self._minimal([bits for family in inner for bits in family])
        joined: tuple[int, ...] = (0,)
        for family in inner:
            most = max(1, MAX_PAIRS // max(len(joined), 1))
            if len(family) > most:
                self._is_exact = False
            joined = self._minimal([one | other for one in joined for other in family[:most]])
        return joined

    def _minimal(self, sets: list[int]) -> tuple[int, ...]:
        kept: list[int] = []
        # By their lowest event: a set lies inside another only if that event does.
        by_lowest: dict[int, list[int]] = {}
        for bits in sorted(set(sets), key=lambda bits: (bits.bit_count(), bits)):
            if not bits:
                return (0,)
            left, is_minimal = bits, True
            while left and is_minimal:
                lowest = left & -left
                left ^= lowest
                is_minimal = not any(smaller & bits == smaller for smaller in by_lowest.get(lowest, ()))
            if is_minimal and not self.excludes(bits):
                if len(kept) == MAX_FAMILY:
                    self._is_exact = False
                    break
                kept.append(bits)
                by_lowest.setdefault(bits & -bits, []).append(bits)
        return tuple(kept)


class _Search:
    """Branch and bound over one part: the smallest unions of minimal sets that set off as many of its aims as can be.

    Where events exclude each other not all aims may be met at once; then one is given up, then two, and so on.
    """

    def __init__(self, network: Network, aims: list[int], families: list[tuple[int, ...]]) -> None:
        self.network = network
        self.families = {aim: families[aim] for aim in aims}
        self.best: list[int] = []
        self.least = len(network.events) + 1
        self.steps = 0
        self.seen: set[tuple[int, frozenset[int]]] = set()
        self.is_exact = True

    def run(self) -> list[int]:
        """The smallest unions found, at most :data:`MAX_SHOWN`."""
        aims = sorted(self.families, key=lambda aim: (len(self.families[aim]), aim))
        for given_up in range(len(aims)):
            self.seen.clear()
            self._try(0, aims, given_up, frozenset())
            if self.best:
                return self.best
            if not self.is_exact:
                break
        return [self._greedy(aims)]

    def _try(self, events: int, aims: list[int], spare: int, given_up: frozenset[int]) -> None:
        """Adds events until no aim is open. A commitment is set off where one of its minimal sets is there."""
        if (events, given_up) in self.seen:
            return
        self.seen.add((events, given_up))
        self.steps += 1
        if self.steps > MAX_STEPS:
            self.is_exact = False
            return
        size = events.bit_count()
        still_open = [aim for aim in aims if not any(bits & events == bits for bits in self.families[aim])]
        if not still_open:
            if size < self.least:
                self.least, self.best = size, []
            if size == self.least and len(self.best) < MAX_SHOWN:
                self.best.append(events)
            return
        allowed = self.least - (len(self.best) >= MAX_SHOWN)
        # Where an aim may still be given up, the bound of all of them is none.
        if size + (0 if spare else self._bound(events, still_open)) > allowed:
            return
        aim = still_open[0]
        for bits in sorted(self.families[aim], key=lambda bits: ((bits & ~events).bit_count(), bits)):
            if not self.network.excludes(events | bits):
                self._try(events | bits, still_open, spare, given_up)
        if spare:
            self._try(events, still_open[1:], spare - 1, given_up | {aim})

    def _bound(self, events: int, aims: list[int]) -> int:
        """At least so many more events: of aims that have none in common each needs those of its smallest set."""
        taken, bound = 0, 0
        for aim in aims:
            left = [bits & ~events for bits in self.families[aim]]
            support = _union(left)
            if not support & taken:
                taken |= support
                bound += min(bits.bit_count() for bits in left)
        return bound

    def _greedy(self, aims: list[int]) -> int:
        events = 0
        for aim in aims:
            choices = [bits for bits in self.families[aim] if not self.network.excludes(events | bits)]
            events |= min(choices, key=lambda bits: ((bits & ~events).bit_count(), bits), default=0)
        return events


def _union(family: Sequence[int]) -> int:
    bits = 0
    for each in family:
        bits |= each
    return bits


def _sources(need: _Need | None) -> set[int]:
    """The commitments that bring about something of what is needed."""
    if need is None:
        return set()
    if isinstance(need, _Literal):
        return {place for place in range(need.sources.bit_length()) if need.sources >> place & 1}
    return set().union(*map(_sources, need[1]))


def _is_met(need: _Need, events: int, off: int) -> bool:
    if isinstance(need, _Literal):
        return bool(events & need.events or off & need.sources)
    joins, parts = need
    if joins == "and":
        return all(_is_met(part, events, off) for part in parts)
    return any(_is_met(part, events, off) for part in parts)


def _literals(condition: Condition, wanted: bool) -> list[Leaf | Not]:
    match condition:
        case And(parts) | Or(parts):
            return [literal for part in parts for literal in _literals(part, wanted)]
        case Not(part):
            return _literals(part, not wanted)
        case _:
            return [condition if wanted else Not(condition)]
