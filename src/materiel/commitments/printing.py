"""The one canonical form of a condition: what :func:`parsing.parse` reads back as the same tree."""

from __future__ import annotations

import re

from materiel.commitments.names import is_known_actor
from materiel.commitments.tree import (
    And,
    CommitmentAtom,
    Condition,
    EventAtom,
    Figure,
    Grading,
    Last,
    Leaf,
    Level,
    LevelComparison,
    Limit,
    MeasureAtom,
    Named,
    Names,
    Not,
    Or,
    PactAtom,
    Relation,
    StanceAtom,
    Support,
    TimeLimit,
    Total,
    TransferAtom,
)

_BARE = re.compile(r"[^\W\d_]\w*(?:[.\-]\w+)*")
_KEYWORDS = frozenset(
    (
        "and",
        "or",
        "not",
        "before",
        "after",
        "since",
        "until",
        "within",
        "with",
        "support",
        "grade",
        "last",
        "day",
        "days",
        "of",
        "at",
        "least",
        "via",
        "in",
        "named",
        "thousand",
        "million",
        "billion",
        "trillion",
    )
)


def print_condition(condition: Condition) -> str:
    """The canonical text: every part written out, sets in order, one space where one is needed."""
    match condition:
        case Or(parts):
            return " or ".join(print_condition(part) for part in parts)
        case And(parts):
            return " and ".join(_grouped(part, (Or,)) for part in parts)
        case Not(part):
            return "not " + _grouped(part, (Or, And))
        case LevelComparison(left, compare, right):
            other = _level(right) if isinstance(right, Level) else _figure(right)
            return f"{_level(left)} {compare} {other}"
        case _:
            return _leaf(condition)


def _grouped(part: Condition, looser: tuple[type, ...]) -> str:
    text = print_condition(part)
    return f"({text})" if isinstance(part, looser) else text


def _leaf(leaf: Leaf) -> str:
    """A leaf about happenings with its limits; a window of the last days stands inside its brackets."""
    comparison = ""
    match leaf:
        case TransferAtom():
            via = (f"via {_names(leaf.via)}",) if leaf.via is not None else ()
            items = (_flow(leaf.suppliers, leaf.recipients), _classes(leaf.classes), leaf.stage.value, *via)
        case PactAtom():
            kind = (leaf.kind.value,) if leaf.kind else ()
            items = (*(_names(party) for party in leaf.parties), *kind, leaf.status.value)
        case StanceAtom():
            items = (_names(leaf.holders), leaf.stance.value, _flow(leaf.suppliers, leaf.recipients))
        case EventAtom():
            items = (quoted(leaf.what),)
        case CommitmentAtom():
            items = (_word(leaf.commitment), leaf.state.value)
        case MeasureAtom():
            items = (_names(leaf.subjects), leaf.name.value, *_unit(leaf.unit))
            comparison = f" {leaf.compare} {_figure(leaf.number)}"
        case Total():
            unit = _unit(leaf.unit)
            items = (_flow(leaf.suppliers, leaf.recipients), _classes(leaf.classes), leaf.stage.value, *unit)
            comparison = f" {leaf.compare} {_figure(leaf.number)}"
        case LevelComparison():
            raise TypeError("a level has no limits")
    inside = [*items, *(f"last {limit.days} days" for limit in leaf.limits if isinstance(limit, Last))]
    outside = "".join(f" {_limit(limit)}" for limit in leaf.limits if not isinstance(limit, Last))
    return f"{_call_name(leaf)}({', '.join(inside)}){comparison}{outside}"


def _call_name(leaf: Leaf) -> str:
    if isinstance(leaf, Total):
        return leaf.kind.value
    return type(leaf).__name__.removesuffix("Atom").lower()


def _limit(limit: Limit) -> str:
    match limit:
        case TimeLimit(relation, moment, days):
            if isinstance(moment, str):
                when = moment
            else:
                bare = all(isinstance(each, Last) for each in moment.limits)
                when = _leaf(moment) if bare else f"({_leaf(moment)})"
            return f"within {days} days of {when}" if relation is Relation.WITHIN else f"{relation} {when}"
        case Last(days):
            return f"last {days} days"
        case Support(origins):
            return f"with support >= {origins}"
        case Grading():
            return f"with grade >= {limit}"


def _level(level: Level) -> str:
    return f"{level.kind}({_actor(level.actor)}, {level.what})"


def _flow(suppliers: Names, recipients: Names) -> str:
    return f"{_names(suppliers)} -> {_names(recipients)}"


def _names(names: Names) -> str:
    if names is None:
        return "*"
    written = [_actor(name) for name in names]
    return written[0] if len(written) == 1 else f"{{{', '.join(written)}}}"


def _classes(names: Names) -> str:
    if names is None:
        return "*"
    return names[0] if len(names) == 1 else f"{{{', '.join(names)}}}"


def _actor(code: str) -> str:
    return _word(code) if is_known_actor(code) else f"named {quoted(code)}"


def _word(text: str) -> str:
    return text if _BARE.fullmatch(text) and text not in _KEYWORDS else quoted(text)


def _unit(unit: str | None) -> tuple[str, ...]:
    return (f"in {_word(unit)}",) if unit else ()


def quoted(text: str) -> str:
    """A text in double quotes, as the language reads it."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _figure(figure: Figure) -> str:
    return f"${figure.name}" if isinstance(figure, Named) else number_text(figure)


def number_text(number: float) -> str:
    """A number as it is read back: ``500_000``, ``0.6``."""
    return f"{int(number):_}" if number == int(number) else repr(number)
