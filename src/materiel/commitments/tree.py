"""A condition as an immutable tree.

Leaves ask something about happenings, or about levels that only a simulation knows; ``And``, ``Or`` and ``Not`` join
them. Every tree is in normal form by construction, so that equal trees are equal values: sets are sorted, a group
directly inside a group of its own sort is part of it, limits have one order.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from materiel.terms.statements import Attitude, MeasureName, PactKind, PactStatus, Stage

Names = tuple[str, ...] | None
"""A sorted set of actors or of materiel classes; None is ``*``: whichever."""


class State(StrEnum):
    """The states of a commitment, as they are shown.

    Singh's names for them: conditional, detached, discharged, violated, expired, and cancelled or released.
    """

    STANDING = "standing"
    TRIGGERED = "triggered"
    KEPT = "kept"
    BROKEN = "broken"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"


class Relation(StrEnum):
    """How a day lies to a moment: ``since`` and ``until`` include it, ``within`` is so many days to either side."""

    BEFORE = "before"
    AFTER = "after"
    SINCE = "since"
    UNTIL = "until"
    WITHIN = "within"


class Compare(StrEnum):
    AT_LEAST = ">="
    MORE = ">"
    AT_MOST = "<="
    LESS = "<"
    EQUAL = "=="
    UNEQUAL = "!="


class TotalKind(StrEnum):
    """What is added up over a window: lines of the register, items, or money."""

    COUNT = "count"
    QUANTITY = "quantity"
    VALUE = "value"


class LevelKind(StrEnum):
    """What only a simulation knows: a slow state of an actor, its stock, the reserve below which it does not give."""

    STATE = "state"
    STOCK = "stock"
    RESERVE = "reserve"


@dataclass(frozen=True, slots=True)
class Named:
    """A number that a scenario names, ``$name``. Only a scenario can say how large it is."""

    name: str


Figure = float | Named


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """In time, relative to a date (ISO day, month or year) or to a happening. ``days`` is for ``within`` alone."""

    relation: Relation
    moment: str | Occurrence
    days: int | None = None


@dataclass(frozen=True, slots=True)
class Last:
    """In the last so many days up to the day that the question is asked of, that day included."""

    days: int


@dataclass(frozen=True, slots=True)
class Support:
    """Told by at least so many independent origins."""

    origins: int


@dataclass(frozen=True, slots=True)
class Grading:
    """Graded at least so on both scales of the Admiralty code: ``B2`` takes A1, A2, B1 and B2."""

    reliability: str
    credibility: str

    def __str__(self) -> str:
        return self.reliability + self.credibility


Limit = TimeLimit | Last | Support | Grading


def _limit_order(limit: Limit) -> tuple[int, str, str]:
    match limit:
        case Last(days):
            return 0, "", f"{days:09}"
        case TimeLimit(relation, moment, days):
            place = list(Relation).index(relation)
            return 1, str(place), f"{moment!r} {days}"
        case Support(origins):
            return 2, "", f"{origins:09}"
        case Grading():
            return 3, "", str(limit)


@dataclass(frozen=True, slots=True)
class _Named:
    """What every leaf about happenings shares: its limits, in one order, each once."""

    def _settle(self, *sets: str) -> None:
        for name in sets:
            value: Names = getattr(self, name)
            if value is not None:
                object.__setattr__(self, name, tuple(sorted(set(value))))
        limits: tuple[Limit, ...] = self.limits  # type: ignore[attr-defined]
        if len(limits) > 1:
            object.__setattr__(self, "limits", _settled(limits))


def _settled(limits: tuple[Limit, ...]) -> tuple[Limit, ...]:
    """Limits in their order. Of several windows of last days, supports or grades the strictest says what all say."""
    last = [limit.days for limit in limits if isinstance(limit, Last)]
    origins = [limit.origins for limit in limits if isinstance(limit, Support)]
    grades = [limit for limit in limits if isinstance(limit, Grading)]
    kept: list[Limit] = [limit for limit in dict.fromkeys(limits) if isinstance(limit, TimeLimit)]
    if last:
        kept.append(Last(min(last)))
    if origins:
        kept.append(Support(max(origins)))
    if grades:
        kept.append(Grading(min(each.reliability for each in grades), min(each.credibility for each in grades)))
    return tuple(sorted(kept, key=_limit_order))


@dataclass(frozen=True, slots=True)
class TransferAtom(_Named):
    """A supply that has come at least as far as ``stage``; withheld and halted stand for themselves alone."""

    suppliers: Names
    recipients: Names
    classes: Names
    stage: Stage
    via: Names = None
    limits: tuple[Limit, ...] = ()

    def __post_init__(self) -> None:
        self._settle("suppliers", "recipients", "classes", "via")


@dataclass(frozen=True, slots=True)
class PactAtom(_Named):
    """A pact that has at least these parties, each a set of its own, and has come at least as far as ``status``."""

    parties: tuple[Names, ...]
    kind: PactKind | None
    status: PactStatus
    limits: tuple[Limit, ...] = ()

    def __post_init__(self) -> None:
        settled = (None if party is None else tuple(sorted(set(party))) for party in self.parties)
        object.__setattr__(self, "parties", tuple(sorted(settled, key=lambda party: (party is None, party or ()))))
        self._settle()


@dataclass(frozen=True, slots=True)
class StanceAtom(_Named):
    holders: Names
    stance: Attitude
    suppliers: Names
    recipients: Names
    limits: tuple[Limit, ...] = ()

    def __post_init__(self) -> None:
        self._settle("holders", "suppliers", "recipients")


@dataclass(frozen=True, slots=True)
class EventAtom(_Named):
    """An event that an analyst declares, or a simulation lets happen, by these very words."""

    what: str
    limits: tuple[Limit, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "what", " ".join(self.what.split()))
        self._settle()


@dataclass(frozen=True, slots=True)
class CommitmentAtom(_Named):
    """A commitment that has come into a state."""

    commitment: str
    state: State
    limits: tuple[Limit, ...] = ()

    def __post_init__(self) -> None:
        self._settle()


Occurrence = TransferAtom | PactAtom | StanceAtom | EventAtom | CommitmentAtom
"""What happens on a day, and can be looked at from another: before, after, within."""


@dataclass(frozen=True, slots=True)
class MeasureAtom(_Named):
    """The latest figure of an actor, compared with a number. ``unit`` None: money in US dollars, else any unit."""

    subjects: Names
    name: MeasureName
    unit: str | None
    compare: Compare
    number: Figure
    limits: tuple[Limit, ...] = ()

    def __post_init__(self) -> None:
        self._settle("subjects")


@dataclass(frozen=True, slots=True)
class Total(_Named):
    """Supplies added up over a window and compared with a number.

    ``unit`` is what a quantity counts (None: items, but not what holds items, such as containers) or the currency of a
    value (None: US dollars).
    """

    kind: TotalKind
    suppliers: Names
    recipients: Names
    classes: Names
    stage: Stage
    unit: str | None
    compare: Compare
    number: Figure
    limits: tuple[Limit, ...] = ()

    def __post_init__(self) -> None:
        self._settle("suppliers", "recipients", "classes")


@dataclass(frozen=True, slots=True)
class Level:
    """A level of a simulation: of ``actor``, named ``what`` (a state's name, or a materiel class)."""

    kind: LevelKind
    actor: str
    what: str


@dataclass(frozen=True, slots=True)
class LevelComparison:
    left: Level
    compare: Compare
    right: Level | Figure


Leaf = Occurrence | MeasureAtom | Total | LevelComparison


@dataclass(frozen=True, slots=True)
class And:
    parts: tuple[Condition, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "parts", _flat(And, self.parts))


@dataclass(frozen=True, slots=True)
class Or:
    parts: tuple[Condition, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "parts", _flat(Or, self.parts))


@dataclass(frozen=True, slots=True)
class Not:
    part: Condition


Condition = And | Or | Not | Leaf


def _flat(sort: type[And] | type[Or], parts: tuple[Condition, ...]) -> tuple[Condition, ...]:
    flat: list[Condition] = []
    for part in parts:
        flat.extend(part.parts if isinstance(part, sort) else (part,))
    return tuple(flat)


def leaves(condition: Condition) -> Iterator[Leaf]:
    """Every leaf, in the order of reading; those that only fix a moment are not among them."""
    match condition:
        case And(parts) | Or(parts):
            for part in parts:
                yield from leaves(part)
        case Not(part):
            yield from leaves(part)
        case _:
            yield condition


def moments(leaf: Leaf) -> Iterator[Occurrence]:
    """The happenings that limit a leaf in time, theirs included."""
    if isinstance(leaf, LevelComparison):
        return
    for limit in leaf.limits:
        if isinstance(limit, TimeLimit) and not isinstance(limit.moment, str):
            yield limit.moment
            yield from moments(limit.moment)


def is_positive(condition: Condition) -> bool:
    """Whether more statements can only help it: nothing is negated and no figure has to be low or the latest one."""
    match condition:
        case And(parts) | Or(parts):
            return all(is_positive(part) for part in parts)
        case Not() | MeasureAtom() | LevelComparison():
            return False
        case Total():
            return condition.compare in {Compare.AT_LEAST, Compare.MORE}
        case _:
            return True


def figure_of(leaf: Leaf) -> Figure | None:
    """The number that a leaf is compared with; None where there is none."""
    match leaf:
        case MeasureAtom() | Total():
            return leaf.number
        case LevelComparison():
            return None if isinstance(leaf.right, Level) else leaf.right
        case _:
            return None


def named_in(condition: Condition) -> tuple[str, ...]:
    """The numbers that a scenario has to name, in the order of reading, each once."""
    figures = (figure_of(leaf) for leaf in leaves(condition))
    return tuple(dict.fromkeys(figure.name for figure in figures if isinstance(figure, Named)))


def bind(condition: Condition, values: Mapping[str, float]) -> Condition:
    """The condition with plain numbers in place of named ones.

    Raises:
        KeyError: a number is named that has no value.
    """
    match condition:
        case And(parts):
            return And(tuple(bind(part, values) for part in parts))
        case Or(parts):
            return Or(tuple(bind(part, values) for part in parts))
        case Not(part):
            return Not(bind(part, values))
        case MeasureAtom() | Total() if isinstance(condition.number, Named):
            return replace(condition, number=values[condition.number.name])
        case LevelComparison(right=Named(name)):
            return replace(condition, right=values[name])
        case _:
            return condition
