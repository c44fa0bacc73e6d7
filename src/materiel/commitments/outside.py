"""The smallest sets of outside events that set commitments off, exact.

Which events are needed is a question of answer set programming: antecedents become rules, so that nothing sets itself
off by a circle; each event may be chosen; and clingo [1]_ looks for the choices of the least events. A search that
passes its limit of conflicts gives the best that it has found, and says that it is not exact.

.. [1] Gebser, Kaminski, Kaufmann, Schaub: Multi-shot ASP solving with clingo. Theory and Practice of Logic Programming
   19 (2019), 27-82.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import clingo

from materiel.commitments.entailing import entails
from materiel.commitments.printing import print_condition
from materiel.commitments.tree import And, Condition, Leaf, Not, Or

MAX_CONFLICTS = 200_000
"""Dead ends that one search may meet."""
MAX_SHOWN = 50
"""Smallest sets given of as many."""
_FEWEST = "#minimize { 1@1, Event: event(Event) }."
_MOST = "#maximize { 1@2, Commitment: off(Commitment) }."


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
        self._needs: list[_Need | None] = [
            None if need is None else self._compile(need, True, lambda leaf, p=place: sources_of(p, leaf))  # type: ignore[misc]
            for place, need in enumerate(needs)
        ]
        self._rules = "\n".join(self._program())
        self._each: clingo.Control | None = None

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
        if self._each is None:
            self._each = _control(self._rules, _FEWEST)
        return self._solve(self._each, [(_atom("off", target), True)])

    def smallest_for_most(self) -> Solution:
        """The smallest sets that set off as many commitments as can be, by events that do not exclude each other."""
        return self._solve(_control(self._rules, _MOST, _FEWEST))

    def _program(self) -> Iterator[str]:
        """The rules of what is chosen, met and set off."""
        for place, opposed in enumerate(self._conflicts):
            yield f"{{ event({place}) }}."
            yield from (f":- event({place}), event({other})." for other in _places(opposed) if other < place)
        for place, need in enumerate(self._needs):
            if need is None:
                yield f"off({place})."
            else:
                yield from _rules_of(need, f"off({place})", f"{place}")
        yield "#show event/1."

    def _solve(self, control: clingo.Control, given: Sequence[tuple[clingo.Symbol, bool]] = ()) -> Solution:
        best: list[int] = []
        cost: list[int] | None = None
        is_proven = False
        with control.solve(yield_=True, assumptions=given) as search:
            for model in search:
                if model.cost != cost or (model.optimality_proven and not is_proven):
                    best, cost, is_proven = [], model.cost, model.optimality_proven
                best.append(sum(1 << atom.arguments[0].number for atom in model.symbols(shown=True)))
            is_exact = is_proven or search.get().exhausted
        named = sorted(((self._named(bits), bits) for bits in best), key=lambda pair: [each.text for each in pair[0]])
        if not named:
            return Solution((), (), is_exact)
        off = self.set_off(named[0][1])
        ids = tuple(identity for place, identity in enumerate(self.ids) if off >> place & 1)
        return Solution(tuple(events for events, _ in named), ids, is_exact)

    def _named(self, bits: int) -> tuple[Outside, ...]:
        return tuple(event for place, event in enumerate(self.events) if bits >> place & 1)


def _control(*program: str) -> clingo.Control:
    # All that are best, up to so many, after one has been proven to be.
    options = ["--opt-mode=optN", f"--models={MAX_SHOWN}", "--opt-strategy=bb", f"--solve-limit={MAX_CONFLICTS}"]
    control = clingo.Control(options, message_limit=0)
    control.add("base", [], "\n".join(program))
    control.ground([("base", [])])
    return control


def _atom(name: str, place: int) -> clingo.Symbol:
    return clingo.Function(name, [clingo.Number(place)])


def _rules_of(need: _Need, head: str, name: str) -> Iterator[str]:
    """Rules by which ``head`` is true where a need is met; ``name`` is that of no other need."""
    if isinstance(need, _Literal):
        yield from (f"{head} :- event({place})." for place in _places(need.events))
        yield from (f"{head} :- off({place})." for place in _places(need.sources))
        return
    joins, parts = need
    names = [f"({name},{place})" for place in range(len(parts))]
    met = [f"met({each})" for each in names]
    for part, part_name, part_met in zip(parts, names, met, strict=True):
        yield from _rules_of(part, part_met, part_name)
    yield from [f"{head} :- {', '.join(met)}."] if joins == "and" else (f"{head} :- {each}." for each in met)


def _places(bits: int) -> Iterator[int]:
    return (place for place in range(bits.bit_length()) if bits >> place & 1)


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
