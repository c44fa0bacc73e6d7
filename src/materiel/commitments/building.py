"""What the words of a condition mean: the parser's pieces become leaves of the tree, or are refused by name and
place.
"""

from __future__ import annotations

import dataclasses
import math
import re
from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Any, TypeVar

from lark import Token, Transformer, v_args

from materiel.commitments.days import span_of
from materiel.commitments.happenings import RANKS
from materiel.commitments.names import close_classes, close_words, is_class
from materiel.commitments.pieces import Call, Item, Items, Misfit, Name, actors_of
from materiel.commitments.refusals import DayRefused
from materiel.commitments.tree import (
    And,
    CommitmentAtom,
    Compare,
    Condition,
    EventAtom,
    Figure,
    Grading,
    Last,
    Level,
    LevelComparison,
    LevelKind,
    Limit,
    MeasureAtom,
    Named,
    Names,
    Not,
    Occurrence,
    Or,
    PactAtom,
    Relation,
    StanceAtom,
    State,
    Support,
    TimeLimit,
    Total,
    TotalKind,
    TransferAtom,
)
from materiel.terms.statements import Attitude, MeasureName, PactKind, PactStatus, Stage

MAX_NUMBER = 1e15
MAX_DAYS = 36_500

_CURRENCY = re.compile(r"[A-Z]{3}")
_SCALES = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}

Value = TypeVar("Value", bound=StrEnum)
Limited = TypeVar("Limited", bound=Occurrence | MeasureAtom | Total)


def _classes(names: tuple[Name, ...]) -> Names:
    for name in names:
        if name.how == "anyone":
            if len(names) > 1:
                raise Misfit(name.place, "*", "'*' is any materiel, and stands alone.")
            return None
        if name.how != "bare" or not is_class(name.text):
            fits = close_classes(name.text) or close_words(name.text, Stage)
            raise Misfit(name.place, name.text, f"{name.shown} is no class of materiel.", fits)
    return tuple(name.text for name in names)


def _word(name: Name, values: type[Value], what: str) -> Value:
    if name.how == "bare" and name.text in set(values):
        return values(name.text)
    raise Misfit(name.place, name.text, f"{name.shown} is no {what}.", close_words(name.text, values))


def _goods_and_stage(items: Items) -> tuple[Names, Stage]:
    """Classes and stage, both of which may be left out: any materiel, delivered."""
    stage = items.one_of(Stage)
    if stage is not None:
        return None, stage
    classes = _classes(items.names("classes")) if items.rest and items.rest[0].sort == "names" else None
    return classes, items.one_of(Stage) or Stage.DELIVERED


def _window(items: Items) -> tuple[Limit, ...]:
    last = items.option("last")
    return (Last(last.days),) if last else ()


def _transfer(call: Call) -> TransferAtom:
    items = Items(call, "transfer(SUPPLIER -> RECIPIENT, CLASSES, STAGE, via ACTOR, last N days)")
    suppliers, recipients = items.flow()
    classes, stage = _goods_and_stage(items)
    via = items.option("via")
    limits = _window(items)
    items.end(tuple(Stage))
    return TransferAtom(suppliers, recipients, classes, stage, actors_of(via.names) if via else None, limits)


def _pact(call: Call) -> PactAtom:
    items = Items(call, "pact(PARTY, PARTY, KIND, STATUS, last N days)")
    parties = []
    kind = status = None
    while items.rest and items.rest[0].sort in {"names", "at_least"}:
        kind = items.one_of(PactKind)
        status = items.one_of(PactStatus)
        if kind or status:
            break
        if items.rest[0].sort == "at_least":
            items.end(tuple(PactStatus))
        parties.append(actors_of(items.names("a party")))
    if not parties or len(parties) > 10:
        raise items.refuse("a pact has at least one party here, and at most ten.")
    limits = _window(items)
    items.end((*PactKind, *PactStatus))
    return PactAtom(tuple(parties), kind, status or PactStatus.SIGNED, limits)


def _stance(call: Call) -> StanceAtom:
    items = Items(call, "stance(HOLDER, supports | opposes | warns, SUPPLIER -> RECIPIENT, last N days)")
    holders = actors_of(items.names("its holder"))
    attitude = _word(items.one("the stance"), Attitude, "stance")
    suppliers, recipients = items.flow() if items.rest and items.rest[0].sort == "flow" else (None, None)
    limits = _window(items)
    items.end()
    return StanceAtom(holders, attitude, suppliers, recipients, limits)


def _event(call: Call) -> EventAtom:
    items = Items(call, 'event("WORDS", last N days)')
    name = items.one("the words of an event")
    if name.how != "quoted" or not name.text.strip():
        raise items.refuse("the words of an event stand in double quotes.", name)
    limits = _window(items)
    items.end()
    return EventAtom(name.text, limits)


def _commitment(call: Call) -> CommitmentAtom:
    items = Items(call, "commitment(ID, STATE)")
    name = items.one("the id of a commitment")
    state = _word(items.one("a state"), State, "state of a commitment")
    limits = _window(items)
    items.end()
    if not name.text.strip():
        raise items.refuse("the id of a commitment is empty.", name)
    return CommitmentAtom(name.text, state, limits)


OCCURRENCES: dict[str, Callable[[Call], Occurrence]] = {
    "transfer": _transfer,
    "pact": _pact,
    "stance": _stance,
    "event": _event,
    "commitment": _commitment,
}


def _measure(call: Call, compare: Compare, number: Figure) -> MeasureAtom:
    items = Items(call, 'measure(SUBJECT, NAME, in "UNIT", last N days) >= NUMBER')
    subjects = actors_of(items.names("whose figure it is"))
    name = _word(items.one("what is measured"), MeasureName, "measure")
    unit = items.option("unit")
    limits = _window(items)
    items.end(tuple(MeasureName))
    return MeasureAtom(subjects, name, _unit(unit), compare, number, limits)


def _total(call: Call, compare: Compare, number: Figure) -> Total:
    form = f'{call.name}(SUPPLIER -> RECIPIENT, CLASSES, STAGE, in "UNIT", last N days) >= NUMBER'
    items = Items(call, form)
    suppliers, recipients = items.flow()
    classes, stage = _goods_and_stage(items)
    unit = items.option("unit")
    limits = _window(items)
    items.end(tuple(Stage))
    kind = TotalKind(call.name)
    if unit and (kind is TotalKind.COUNT or (kind is TotalKind.VALUE and not _CURRENCY.fullmatch(_unit(unit) or ""))):
        why = "a count has no unit." if kind is TotalKind.COUNT else "a value is in a currency, such as in EUR."
        raise items.refuse(why, unit.names[0])
    return Total(kind, suppliers, recipients, classes, stage, _unit(unit), compare, number, limits)


def _unit(item: Item | None) -> str | None:
    return " ".join(item.names[0].text.split()) or None if item else None


def _level(call: Call) -> Level:
    kind = LevelKind(call.name)
    what = "NAME" if kind is LevelKind.STATE else "CLASS"
    items = Items(call, f"{call.name}(ACTOR, {what})")
    actors = actors_of(items.names("an actor"))
    if actors is None or len(actors) != 1:
        raise items.refuse("a level is that of a single actor.")
    name = items.one("the name of the state" if kind is LevelKind.STATE else "a class of materiel")
    items.end()
    if kind is not LevelKind.STATE:
        _classes((name,))
    elif name.how != "bare":
        raise items.refuse("the name of a state is a plain word.", name)
    return Level(kind, actors[0], name.text)


FIGURES: dict[str, Callable[[Call, Compare, Figure], MeasureAtom | Total]] = {
    "measure": _measure,
    **{kind.value: _total for kind in TotalKind},
}
CALLS = (*OCCURRENCES, *FIGURES, *(kind.value for kind in LevelKind))
"""Every word that can stand before a bracket."""


def _occurrence(call: Call) -> Occurrence:
    if call.name in OCCURRENCES:
        return OCCURRENCES[call.name](call)
    if call.name in CALLS:
        raise Misfit(call.place, call.name, f"{call.name}(...) does not happen on a day.", tuple(OCCURRENCES))
    raise _unknown_call(call)


def _unknown_call(call: Call) -> Misfit:
    return Misfit(
        call.place, call.name, f"{call.name[:40]!r} is nothing to ask.", close_words(call.name, CALLS) or CALLS
    )


def _limited(leaf: Limited, limits: Sequence[Limit]) -> Limited:
    return dataclasses.replace(leaf, limits=(*leaf.limits, *limits))


@v_args(inline=True)
class Builder(Transformer[Token, Condition]):
    """Called by the parser with the pieces of each rule of ``condition.lark``.

    Args:
        in_scenario: whether ``$name`` may stand for a number.
    """

    def __init__(self, *, in_scenario: bool = False) -> None:
        super().__init__()
        self.in_scenario = in_scenario

    def start(self, condition: Condition) -> Condition:
        return condition

    def disjunction(self, *parts: Condition) -> Condition:
        return parts[0] if len(parts) == 1 else Or(parts)

    def conjunction(self, *parts: Condition) -> Condition:
        return parts[0] if len(parts) == 1 else And(parts)

    def negated(self, part: Condition) -> Condition:
        return Not(part)

    def leaf(self, call: Call, *rest: Any) -> Condition:
        comparison = next((part for part in rest if isinstance(part, tuple)), None)
        limits = [part for part in rest if not isinstance(part, tuple)]
        if call.name in OCCURRENCES:
            if comparison:
                raise Misfit(call.place, call.name, f"{call.name}(...) is no number, and cannot be compared with one.")
            return _limited(_occurrence(call), limits)
        if call.name not in CALLS:
            raise _unknown_call(call)
        if not comparison:
            why = f"{call.name}(...) is a number: it has to be compared with one, such as {call.name}(...) >= 100."
            raise Misfit(call.place, call.name, why)
        compare, right = comparison
        if call.name in FIGURES:
            if isinstance(right, Call):
                raise Misfit(right.place, right.name, f"{call.name}(...) is compared with a plain number.")
            return _limited(FIGURES[call.name](call, compare, right), limits)
        if limits:
            raise Misfit(call.place, call.name, f"{call.name}(...) is of the present day, and takes no limit.")
        if isinstance(right, Call) and right.name not in set(LevelKind):
            raise Misfit(right.place, right.name, f"{right.name}(...) is no level.", tuple(LevelKind))
        return LevelComparison(_level(call), compare, _level(right) if isinstance(right, Call) else right)

    def comparison(self, compare: Token, right: Call | Figure) -> tuple[Compare, Call | Figure]:
        return Compare(compare), right

    def number(self, token: Token, scale: Token | None = None) -> float:
        return _number(token, _SCALES[scale] if scale else 1.0)

    def named(self, token: Token) -> Named:
        if not self.in_scenario:
            why = f"{str(token)[:40]} is a number that a scenario names. On the record a plain number stands here."
            raise Misfit(_place(token), str(token), why)
        return Named(token[1:])

    def call(self, name: Token, *items: Item | tuple[Name, ...]) -> Call:
        given = tuple(item if isinstance(item, Item) else Item("names", item) for item in items)
        return Call(str(name), _place(name), given)

    def flow(self, suppliers: tuple[Name, ...], recipients: tuple[Name, ...]) -> Item:
        return Item("flow", suppliers, recipients)

    def last(self, days: Token) -> Item:
        return Item("last", days=_whole(days, MAX_DAYS))

    def at_least(self, name: Token) -> Item:
        if RANKS.get(str(name), 0) < 0:
            raise Misfit(
                _place(name), str(name), f"{str(name)!r} stands for itself: nothing is further. Leave 'at least' out."
            )
        return Item("at_least", (Name("bare", str(name), _place(name)),))

    def via(self, names: tuple[Name, ...]) -> Item:
        return Item("via", names)

    def unit(self, token: Token) -> Item:
        text = _unquoted(token) if token.type == "STRING" else str(token)
        if not text.strip():
            raise Misfit(_place(token), text, "the unit is empty.")
        return Item("unit", (Name("bare", text, _place(token)),))

    def names(self, *names: Name) -> tuple[Name, ...]:
        return names

    def bare(self, token: Token) -> Name:
        return Name("bare", str(token), _place(token))

    def quoted(self, token: Token) -> Name:
        return Name("quoted", _unquoted(token), _place(token))

    def written(self, token: Token) -> Name:
        name = Name("written", " ".join(_unquoted(token).split()), _place(token))
        if not name.text:
            raise Misfit(name.place, "", "the name is empty.")
        return name

    def anyone(self) -> Name:
        return Name("anyone", "*", 0)

    def relation(self, relation: Token, moment: str | Occurrence) -> TimeLimit:
        return TimeLimit(Relation(relation), moment)

    def within(self, days: Token, moment: str | Occurrence) -> TimeLimit:
        return TimeLimit(Relation.WITHIN, moment, _whole(days, MAX_DAYS))

    def support(self, compare: Token, origins: Token) -> Support:
        if compare != ">=":
            raise Misfit(_place(compare), str(compare), "support has a lower limit only.", (">=",))
        return Support(_whole(origins, 1000))

    def grade(self, *parts: Token) -> Grading:
        *compare, name = parts
        if compare and compare[0] != ">=":
            raise Misfit(_place(compare[0]), str(compare[0]), "a grade has a lower limit only.", (">=",))
        if not re.fullmatch(r"[A-F][1-6]", name):
            why = f"{str(name)[:40]!r} is no grade. A grade is a letter A to F and a digit 1 to 6, such as B2."
            raise Misfit(_place(name), str(name), why)
        return Grading(name[0], name[1])

    def date(self, token: Token) -> str:
        try:
            span_of(str(token))
        except DayRefused as refusal:
            raise Misfit(_place(token), str(token), str(refusal)) from None
        return str(token)

    def bare_moment(self, call: Call) -> Occurrence:
        return _occurrence(call)

    def limited_moment(self, call: Call, *limits: Limit) -> Occurrence:
        return _limited(_occurrence(call), limits)


def _place(token: Token) -> int:
    return token.start_pos or 0


def _unquoted(token: Token) -> str:
    return re.sub(r"\\(.)", r"\1", token[1:-1])


def _number(token: Token, scale: float = 1.0) -> float:
    value = float(token.replace("_", "")) * scale if len(token) <= 40 else math.inf
    if not abs(value) <= MAX_NUMBER:
        raise Misfit(_place(token), str(token)[:40], f"the number is over {MAX_NUMBER:,.0f}.")
    return value + 0.0


def _whole(token: Token, most: int) -> int:
    value = _number(token)
    if not (1 <= value <= most and value == int(value)):
        raise Misfit(_place(token), str(token)[:40], f"{str(token)[:40]!r} is not a whole number from 1 to {most:,}.")
    return int(value)
