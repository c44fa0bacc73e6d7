"""Expressions of a program, written like arithmetic. Plain numbers are worked out at once."""

from __future__ import annotations

from collections.abc import Callable

from materiel.outlook.engine.simplify import fold
from materiel.outlook.program import Apply, Constant, Expression, Operation

Term = Expression | float
"""What stands in arithmetic: an expression, or a plain number."""


def term(value: Term) -> Expression:
    """The expression; a plain number becomes a constant."""
    return Constant(float(value)) if isinstance(value, int | float) else value


def is_plain(value: Expression, number: float) -> bool:
    return isinstance(value, Constant) and value.value == number


def _apply(operation: Operation, *parts: Term) -> Expression:
    terms = tuple(term(part) for part in parts)
    values = [each.value for each in terms if isinstance(each, Constant)]
    if len(values) == len(terms):
        return Constant(fold(operation, values))
    return Apply(operation, terms)


def add(left: Term, right: Term) -> Expression:
    """Adding 0 is left out: no number here is a negative zero that would show."""
    left, right = term(left), term(right)
    if is_plain(left, 0.0):
        return right
    return left if is_plain(right, 0.0) else _apply(Operation.ADD, left, right)


def total(parts: list[Expression]) -> Expression:
    """The sum, from the left."""
    found: Expression = Constant(0.0)
    for part in parts:
        found = add(found, part)
    return found


def balanced(join: Callable[[Expression, Expression], Expression], parts: list[Expression], none: float) -> Expression:
    """The parts joined two by two, so that many of them nest in few levels; ``none`` where there are none."""
    while len(parts) > 1:
        pairs = [join(parts[place], parts[place + 1]) for place in range(0, len(parts) - 1, 2)]
        parts = pairs + parts[len(pairs) * 2 :]
    return parts[0] if parts else Constant(none)


def subtract(left: Term, right: Term) -> Expression:
    right = term(right)
    return term(left) if is_plain(right, 0.0) else _apply(Operation.SUBTRACT, left, right)


def multiply(left: Term, right: Term) -> Expression:
    left, right = term(left), term(right)
    if is_plain(left, 1.0):
        return right
    return left if is_plain(right, 1.0) else _apply(Operation.MULTIPLY, left, right)


def divide(left: Term, right: Term) -> Expression:
    right = term(right)
    return term(left) if is_plain(right, 1.0) else _apply(Operation.DIVIDE, left, right)


def least(left: Term, right: Term) -> Expression:
    """``left`` if it is less, else ``right``: where ``right`` is no number, that comes out."""
    return _apply(Operation.LEAST, left, right)


def greatest(left: Term, right: Term) -> Expression:
    """``left`` if it is more, else ``right``."""
    return _apply(Operation.GREATEST, left, right)


def less(left: Term, right: Term) -> Expression:
    return _apply(Operation.LESS, left, right)


def at_most(left: Term, right: Term) -> Expression:
    return _apply(Operation.AT_MOST, left, right)


def equal(left: Term, right: Term) -> Expression:
    return _apply(Operation.EQUAL, left, right)


def choose(asked: Term, then: Term, other: Term) -> Expression:
    asked, then, other = term(asked), term(then), term(other)
    if isinstance(asked, Constant):
        return then if asked.value != 0.0 else other
    return then if then == other else _apply(Operation.CHOOSE, asked, then, other)


def finite(value: Term) -> Expression:
    return _apply(Operation.FINITE, value)


def both(left: Term, right: Term) -> Expression:
    """Of flags: 1 if both are."""
    left, right = term(left), term(right)
    if is_plain(left, 0.0) or is_plain(right, 1.0):
        return left
    return right if is_plain(left, 1.0) or is_plain(right, 0.0) else _apply(Operation.MULTIPLY, left, right)


def either(left: Term, right: Term) -> Expression:
    """Of flags: 1 if one is."""
    left, right = term(left), term(right)
    if is_plain(left, 1.0) or is_plain(right, 0.0):
        return left
    return right if is_plain(left, 0.0) or is_plain(right, 1.0) else _apply(Operation.GREATEST, left, right)


def negated(flag: Term) -> Expression:
    """Of a flag: 1 if it is 0."""
    return _apply(Operation.SUBTRACT, 1.0, flag)


def clipped(value: Term, low: Term, high: Term) -> Expression:
    """The value, brought into its bounds; what is no number stays so."""
    return least(high, greatest(low, value))


def gridded(value: Term, step: float) -> Expression:
    """The nearest multiple of ``step``, a power of two; exact for values below 2**51 steps."""
    return _apply(Operation.GRID, value, 1.5 * 2.0**52 * step)
