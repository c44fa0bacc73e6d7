"""A program as one flat list of operations: nothing is computed twice, nothing that no result needs is computed.

Both engines run this form. Every rule below keeps each result's bits, for infinities and what is not a number as
well; what would change a bit (``x * 0``, ``x + 0``, another order of a sum) is left alone.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from materiel.outlook.engine.flat import REACH_OF, Chance, Delay, Flat, Node, Reach, Source, State, pruned
from materiel.outlook.program import (
    Apply,
    Assign,
    Constant,
    Expression,
    Name,
    Operation,
    Parameter,
    Program,
    RingGet,
    Uniform,
    Week,
)

ARITY: Final = {Operation.CHOOSE: 3, Operation.GRID: 2, Operation.FINITE: 1}
COMPARISONS: Final = frozenset({Operation.LESS, Operation.AT_MOST, Operation.EQUAL, Operation.FINITE})
ZERO_AND_ONE: Final = ((0.0).hex(), (1.0).hex())
MEETING: Final = frozenset({Operation.ADD, Operation.MULTIPLY})
"""Operations whose arguments may change places without any change of bits."""


def simplify(program: Program, outcomes: Collection[str] | None = None, series: Collection[str] = ()) -> Flat:
    """The flat form of a program, with these outcomes (default: all) and these series.

    Raises:
        ValueError: the program uses a name before it has a value, or has an operation with a wrong number of arguments.
    """
    return pruned(_Flattening(program).flat(outcomes, series))


@dataclass
class _Nodes:
    """Nodes, each of them once."""

    nodes: list[Node] = field(default_factory=list)
    places: dict[tuple[object, ...], int] = field(default_factory=dict)
    flags: set[int] = field(default_factory=set)
    """Places of nodes that are 0 or 1."""

    def leaf(self, what: Source, index: int = 0) -> int:
        place = self._add(Node(what, index=index, reach=REACH_OF[what]), (what, index))
        if what is Source.HAPPENED:
            self.flags.add(place)
        return place

    def constant(self, value: float) -> int:
        value = float(value)
        place = self._add(Node(Source.CONSTANT, value=value), (Source.CONSTANT, value.hex()))
        if value.hex() in ZERO_AND_ONE:
            self.flags.add(place)
        return place

    def apply(self, operation: Operation, arguments: tuple[int, ...]) -> int:
        if len(arguments) != ARITY.get(operation, 2):
            msg = f"{operation} has {len(arguments)} arguments"
            raise ValueError(msg)
        simpler = self._simpler(operation, arguments)
        if simpler is not None:
            return simpler
        if operation in MEETING:
            arguments = (min(arguments), max(arguments))
        reach = Reach.NOTHING
        for argument in arguments:
            reach |= self.nodes[argument].reach
        place = self._add(Node(operation, arguments, reach=reach), (operation, arguments))
        if operation in COMPARISONS or self._keeps_flags(operation, arguments):
            self.flags.add(place)
        return place

    def _keeps_flags(self, operation: Operation, arguments: tuple[int, ...]) -> bool:
        match operation:
            case Operation.MULTIPLY | Operation.LEAST | Operation.GREATEST:
                return self.flags.issuperset(arguments)
            case Operation.CHOOSE:
                return self.flags.issuperset(arguments[1:])
            case Operation.SUBTRACT:
                return self._value(arguments[0]) == 1.0 and arguments[1] in self.flags
            case _:
                return False

    def _value(self, place: int) -> float | None:
        node = self.nodes[place]
        return node.value if node.what is Source.CONSTANT else None

    def _simpler(self, operation: Operation, arguments: tuple[int, ...]) -> int | None:
        """A node that is there already, or a constant, with the same bits; None where there is none."""
        values = [self._value(argument) for argument in arguments]
        plain = [value for value in values if value is not None]
        if len(plain) == len(values):
            return self.constant(fold(operation, plain))
        others = {argument for argument, value in zip(arguments, values, strict=True) if value is None}
        if len(others) == 1 and others <= self.flags:
            return self._simpler_of_a_flag(operation, arguments, values, *others)
        a, b = arguments[0], arguments[-1]
        match operation:
            case Operation.MULTIPLY if 1.0 in plain:
                return a if values[1] == 1.0 else b
            case Operation.DIVIDE if values[1] is not None and _power_of_two(values[1]):
                return self.apply(Operation.MULTIPLY, (a, self.constant(1.0 / values[1])))
            case Operation.SUBTRACT if values[1] is not None and values[1].hex() == "0x0.0p+0":
                return a
            case Operation.LEAST | Operation.GREATEST if a == b:
                return a
            case Operation.CHOOSE if values[0] is not None:
                return arguments[1] if values[0] != 0.0 else arguments[2]
            case Operation.CHOOSE if arguments[1] == arguments[2]:
                return arguments[1]
            case _:
                return None

    def _simpler_of_a_flag(
        self, operation: Operation, arguments: tuple[int, ...], values: list[float | None], flag: int
    ) -> int | None:
        """An operation on one flag and constants: what it gives for 0 and for 1 says what it is."""
        if operation is Operation.SUBTRACT and values[0] == 1.0:
            node = self.nodes[flag]
            turned = node.what is Operation.SUBTRACT and self._value(node.arguments[0]) == 1.0
            return node.arguments[1] if turned and node.arguments[1] in self.flags else None
        for_no, for_yes = (
            fold(operation, (given if value is None else value for value in values)) for given in (0.0, 1.0)
        )
        match for_no.hex(), for_yes.hex():
            case no, yes if no == yes:
                return self.constant(for_no)
            case "0x0.0p+0", "0x1.0000000000000p+0":
                return flag
            case "0x1.0000000000000p+0", "0x0.0p+0":
                return self.apply(Operation.SUBTRACT, (self.constant(1.0), flag))
            case _:
                return None

    def _add(self, node: Node, key: tuple[object, ...]) -> int:
        place = self.places.get(key)
        if place is None:
            place = self.places[key] = len(self.nodes)
            self.nodes.append(node)
        return place


def fold(operation: Operation, values: Iterable[float]) -> float:
    """What an operation gives for plain numbers, with the bits of the engines."""
    with np.errstate(all="ignore"):
        return float(FOLDS[operation](*(np.float64(value) for value in values)))


FOLDS: Final[Mapping[Operation, Callable[..., float]]] = {
    Operation.ADD: lambda a, b: a + b,
    Operation.SUBTRACT: lambda a, b: a - b,
    Operation.MULTIPLY: lambda a, b: a * b,
    Operation.DIVIDE: lambda a, b: a / b,
    Operation.LEAST: lambda a, b: min(b, a),
    Operation.GREATEST: lambda a, b: max(b, a),
    Operation.LESS: lambda a, b: float(a < b),
    Operation.AT_MOST: lambda a, b: float(a <= b),
    Operation.EQUAL: lambda a, b: float(a == b),
    Operation.CHOOSE: lambda a, b, c: b if a != 0 else c,
    Operation.GRID: lambda a, b: (a + b) - b,
    Operation.FINITE: lambda a: float(a - a == 0),
}


def _power_of_two(value: float) -> bool:
    """Whether dividing by it is multiplying by its inverse, which is then exact too."""
    return np.frexp(value)[0] == 0.5 and 2.0**-1000 < value < 2.0**1000


class _Flattening:
    """Walks a program in its own order, and gives every name the node of its latest value."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.nodes = _Nodes()
        self.purposes: dict[str, int] = {}
        self.parameters = {name: place for place, name in enumerate(program.parameters)}
        self.rings = {ring.name: place for place, ring in enumerate(program.rings)}
        self.names: dict[str, int] = {}
        self.put: set[str] = set()
        self.once = True
        """Whether openings are being read, in which a uniform number is one that is drawn once."""

    def flat(self, outcomes: Collection[str] | None, series: Collection[str]) -> Flat:
        program = self.program
        openings = self._openings()
        changing = {step.name for step in program.steps if isinstance(step, Assign)}
        states = [variable.name for variable in program.variables if variable.name in changing]
        at_start = {name: self.nodes.leaf(Source.STATE, place) for place, name in enumerate(states)}
        self.nodes.flags.update(at_start[name] for name in flag_variables(program) & at_start.keys())
        self.names = openings | at_start
        self.once = False
        chances = self._chances()
        puts = self._steps()
        at_end = dict(self.names)
        self.names = openings | at_start
        told = tuple(
            (name, self._outcome(name, value))
            for name, value in program.outcomes
            if outcomes is None or name in outcomes
        )
        return Flat(
            weeks=program.weeks,
            nodes=tuple(self.nodes.nodes),
            parameters=program.parameters,
            purposes=tuple(self.purposes),
            states=tuple(State(name, openings[name], at_end[name]) for name in states),
            delays=tuple(Delay(ring.length, puts[ring.name]) for ring in program.rings),
            chances=chances,
            outcomes=told,
            series=tuple((name, _known(at_end, name)) for name in program.series if name in series),
            guards=tuple((name, _known(at_end, name)) for name in program.guards),
            flags=frozenset(self.nodes.flags),
        )

    def _openings(self) -> dict[str, int]:
        for variable in self.program.variables:
            place = self.names[variable.name] = self._place(variable.opening)
            if self.nodes.nodes[place].reach & Reach.WEEK:
                msg = f"the opening of {variable.name!r} asks for something of a week"
                raise ValueError(msg)
        return dict(self.names)

    def _outcome(self, name: str, value: Expression) -> int:
        place = self._place(value)
        if {Source.UNIFORM, Source.RING, Source.HAPPENED} & {node.what for node in _tree(self.nodes.nodes, place)}:
            msg = f"the outcome {name!r} asks for something of a week"
            raise ValueError(msg)
        return place

    def _chances(self) -> tuple[Chance, ...]:
        chances = tuple(
            Chance(hazard.name, self._place(hazard.rate), self._purpose(hazard.purpose))
            for hazard in self.program.hazards
        )
        for place, hazard in enumerate(self.program.hazards):
            self.names[hazard.name] = self.nodes.leaf(Source.HAPPENED, place)
        return chances

    def _steps(self) -> dict[str, int]:
        puts = {ring.name: self.nodes.constant(0.0) for ring in self.program.rings}
        for step in self.program.steps:
            if isinstance(step, Assign):
                self.names[step.name] = self._place(step.value)
            else:
                self._refuse_second(step.ring)
                puts[step.ring] = self._place(step.value)
                self.put.add(step.ring)
        return puts

    def _refuse_second(self, ring: str) -> None:
        if ring in self.put:
            msg = f"the ring {ring!r} is used after this week's put"
            raise ValueError(msg)

    def _purpose(self, purpose: str) -> int:
        return self.purposes.setdefault(purpose, len(self.purposes))

    def _place(self, expression: Expression) -> int:
        match expression:
            case Constant(value):
                return self.nodes.constant(value)
            case Parameter(name):
                return self.nodes.leaf(Source.PARAMETER, _known(self.parameters, name))
            case Name(name):
                return _known(self.names, name)
            case Week():
                return self.nodes.leaf(Source.WEEK)
            case Uniform(purpose):
                return self.nodes.leaf(Source.ONCE if self.once else Source.UNIFORM, self._purpose(purpose))
            case RingGet(ring):
                self._refuse_second(ring)
                return self.nodes.leaf(Source.RING, _known(self.rings, ring))
            case Apply(operation, arguments):
                return self.nodes.apply(operation, tuple(self._place(argument) for argument in arguments))


def flag_variables(program: Program) -> set[str]:
    """Variables that are 0 or 1 in every week: they open so, and every step keeps them so if all of them are so."""
    flags: set[str] = set()
    for variable in program.variables:
        if _is_flag(variable.opening, flags):
            flags.add(variable.name)
    while True:
        now = flags | {hazard.name for hazard in program.hazards}
        for step in program.steps:
            if isinstance(step, Assign):
                (now.add if _is_flag(step.value, now) else now.discard)(step.name)
        if flags <= now:
            return flags
        flags &= now


def _is_flag(expression: Expression, flags: Collection[str]) -> bool:
    match expression:
        case Constant(value):
            return float(value).hex() in ZERO_AND_ONE
        case Name(name):
            return name in flags
        case Apply(operation, _) if operation in COMPARISONS:
            return True
        case Apply(Operation.MULTIPLY | Operation.LEAST | Operation.GREATEST, arguments):
            return all(_is_flag(argument, flags) for argument in arguments)
        case Apply(Operation.CHOOSE, (_, then, other)):
            return _is_flag(then, flags) and _is_flag(other, flags)
        case Apply(Operation.SUBTRACT, (Constant(1.0), argument)):
            return _is_flag(argument, flags)
        case _:
            return False


def _known(places: Mapping[str, int], name: str) -> int:
    if name not in places:
        msg = f"the program uses {name!r} before it has a value"
        raise ValueError(msg)
    return places[name]


def _tree(nodes: Sequence[Node], root: int) -> Iterator[Node]:
    """The nodes that this one is made of, itself too."""
    seen, waiting = {root}, [root]
    while waiting:
        node = nodes[waiting.pop()]
        yield node
        waiting.extend(argument for argument in node.arguments if argument not in seen)
        seen.update(node.arguments)
