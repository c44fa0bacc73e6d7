"""A formula from text, and its one canonical form. The grammar is ``formula.lark``.

A text that is too long or too deep is refused before it is parsed, so that no text takes long.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import cast

from lark import Lark, Token, Transformer, v_args
from lark.exceptions import UnexpectedInput, UnexpectedToken

from materiel.commitments.names import close_words
from materiel.outlook.refusals import FormulaRefused
from materiel.outlook.scenario.formula_tree import (
    ARITIES,
    COMPARISONS,
    SITUATION,
    Call,
    Combine,
    Formula,
    Named,
    Plain,
    TheWeek,
)

MAX_LENGTH = 5_000
"""Characters of one formula."""
MAX_DEPTH = 40
"""Brackets within brackets."""
MAX_NUMBER = 1e15

_CHOICES = ("min", "max", "clip", "if")
_BARE = re.compile(r"[^\W_]\w*(?:[.\-]\w+)*")
_FITS = {
    "NUMBER": "a number",
    "DOLLAR": "$name of a named number",
    "WORD": "a function such as stock(KOR, shell)",
    "CHOICE": "min, max, clip or if",
    "NAME": "a name",
    "STRING": "a text in double quotes",
    "COMPARE": "one of < <= > >= ==",
    "$END": "the end",
}


class _Misfit(Exception):
    def __init__(self, token: Token, why: str, fits: Sequence[str] = ()) -> None:
        self.token, self.why, self.fits = token, why, tuple(fits)
        super().__init__(why)


@lru_cache(maxsize=10_000)
def parse_formula(text: str) -> Formula:
    """The formula that a text says.

    Raises:
        FormulaRefused: with the column, what stands there, and what would fit.
    """
    _check_size(text)
    try:
        return cast("Formula", _lark().parse(text))
    except _Misfit as misfit:
        place = (misfit.token.start_pos or 0) + 1
        raise FormulaRefused(text, place, str(misfit.token), misfit.why, misfit.fits) from None
    except UnexpectedInput as unexpected:
        raise _refusal(text, unexpected) from None


def print_formula(formula: Formula) -> str:
    """The canonical text: :func:`parse_formula` reads it back as the same tree."""
    return _print(formula, 0)


@cache
def _lark() -> Lark:
    grammar = Path(__file__).with_name("formula.lark").read_text(encoding="utf-8")
    return Lark(grammar, parser="lalr", transformer=_Builder(), maybe_placeholders=False)


def _check_size(text: str) -> None:
    if len(text) > MAX_LENGTH:
        why = f"it has {len(text):,} characters; at most {MAX_LENGTH:,} are read. Part it."
        raise FormulaRefused(text, MAX_LENGTH + 1, text[MAX_LENGTH], why)
    depth = 0
    for found in re.finditer(r"[()]|-[\s-]*-", text):
        # A row of minus signs nests as deep as brackets do.
        depth += {"(": 1, ")": -1}.get(found[0], found[0].count("-"))
        if depth > MAX_DEPTH:
            raise FormulaRefused(text, found.start() + 1, found[0][0], f"it is more than {MAX_DEPTH} levels deep.")


@v_args(inline=True)
class _Builder(Transformer[Token, Formula]):
    """Called by the parser with the pieces of each rule of ``formula.lark``."""

    def start(self, formula: Formula) -> Formula:
        return formula

    def compared(self, left: Formula, operator: Token, right: Formula) -> Formula:
        return Combine(str(operator), (left, right))

    both = compared

    def negative(self, _minus: Token, part: Formula) -> Formula:
        return Plain(-part.value) if isinstance(part, Plain) else Combine("-", (Plain(0.0), part))

    def plain(self, token: Token) -> Formula:
        value = float(token.replace("_", "")) if len(token) <= 40 else math.inf
        if not value <= MAX_NUMBER:
            raise _Misfit(token, f"the number is over {MAX_NUMBER:,.0f}.")
        return Plain(value)

    def named(self, token: Token) -> Formula:
        return Named(token[1:])

    def week(self) -> Formula:
        return TheWeek()

    def choice(self, operator: Token, *parts: Formula) -> Formula:
        least, most = ARITIES[operator]
        if not least <= len(parts) <= most:
            count = str(least) if least == most else f"{least} to {most}"
            raise _Misfit(operator, f"{operator}(...) takes {count} numbers, and has {len(parts)}.")
        return Combine(str(operator), parts)

    def situation(self, function: Token, *names: str) -> Formula:
        if function not in SITUATION:
            fits = close_words(str(function), (*SITUATION, *_CHOICES)) or tuple(SITUATION)
            raise _Misfit(function, f"'{_short(function)}' is no function.", fits)
        form = form_of(str(function))
        if len(names) != len(SITUATION[function]):
            why = f"{function}(...) takes {len(SITUATION[function])} names, and has {len(names)}. The form is {form}."
            raise _Misfit(function, why)
        return Call(str(function), names)

    def name(self, token: Token) -> str:
        return re.sub(r"\\(.)", r"\1", token[1:-1]) if token.type == "STRING" else str(token)


def form_of(function: str) -> str:
    """How a function of the situation is written: ``stock(ACTOR, MATERIEL)``."""
    return f"{function}({', '.join(kind.upper() for kind in SITUATION[function])})"


def _refusal(text: str, unexpected: UnexpectedInput) -> FormulaRefused:
    """What the parser met, in words."""
    place = unexpected.pos_in_stream if unexpected.pos_in_stream is not None and unexpected.pos_in_stream >= 0 else 0
    found = re.match(r"\w+|.", text[place:], re.DOTALL)
    seen, expected = found[0] if found else "", set(getattr(unexpected, "allowed", None) or ())
    if isinstance(unexpected, UnexpectedToken):
        expected = set(unexpected.accepts or unexpected.expected)
        is_end = unexpected.token.type == "$END"
        seen, place = ("", len(text.rstrip())) if is_end else (str(unexpected.token), place)
    bare = re.search(r"([^\W\d_]\w*)\s*$", text[:place])
    if bare and "LPAR" in expected and bare[1] not in _CHOICES:
        why = f"'{_short(bare[1])}' alone is nothing. A named number is written ${_short(bare[1])}."
        return FormulaRefused(text, place + 1, seen, why)
    why = f"'{_short(seen)}' does not fit." if seen else "it ends too early."
    return FormulaRefused(text, place + 1, seen, why, _fits(expected))


def _fits(expected: set[str]) -> tuple[str, ...]:
    literals = {terminal.name: str(terminal.pattern.value) for terminal in _lark().terminals}
    shown = {_FITS.get(name) or ("week" if name == "_WEEK" else literals.get(name, name)) for name in expected}
    return tuple(sorted(shown, key=lambda fit: (not fit[0].isalpha(), fit)))


def _short(seen: str) -> str:
    short = seen if len(seen) <= 40 else seen[:37] + "..."
    return "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in short)


_RANKS = {**dict.fromkeys(COMPARISONS, 1), "+": 2, "-": 2, "*": 3, "/": 3}


def _print(formula: Formula, outer: int) -> str:
    """The text, in brackets where what stands around it binds as tightly (``outer``) or tighter."""
    match formula:
        case Plain(value):
            text = repr(int(value)) if value == int(value) and abs(value) < 1e15 else repr(value)
            return f"({text})" if text.startswith("-") and outer else text
        case Named(name):
            return f"${name}"
        case TheWeek():
            return "week"
        case Call(function, arguments):
            return f"{function}({', '.join(map(name_text, arguments))})"
        case Combine(operator, parts) if operator in _RANKS:
            rank = _RANKS[operator]
            # Comparisons do not chain; of the others the left side may bind as tightly.
            left = _print(parts[0], rank if rank == 1 else rank - 1)
            text = f"{left} {operator} {_print(parts[1], rank)}"
            return f"({text})" if outer >= rank else text
        case Combine(operator, parts):
            return f"{operator}({', '.join(_print(part, 0) for part in parts)})"


def name_text(name: str) -> str:
    """A name as a formula has it: bare, or in double quotes."""
    if _BARE.fullmatch(name):
        return name
    escaped = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
