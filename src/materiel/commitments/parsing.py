"""A condition from text. The grammar is ``condition.lark``; what the words in it mean, :mod:`building` says.

A text that is too long, too deep or has too many parts is refused before it is parsed, so that no text takes long.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import cast

from lark import Lark, Token
from lark.exceptions import UnexpectedCharacters, UnexpectedInput, UnexpectedToken

from materiel.commitments.building import CALLS, Builder
from materiel.commitments.names import close_words
from materiel.commitments.pieces import Misfit
from materiel.commitments.refusals import ConditionRefused
from materiel.commitments.tree import Condition

MAX_LENGTH = 20_000
"""Characters of one condition."""
MAX_DEPTH = 40
"""Brackets within brackets, and each ``not`` on the way."""
MAX_PARTS = 500
"""Opening brackets of one condition; each leaf has one."""

_TOKENS = re.compile(r'"(?:[^"\\\n]|\\["\\])*"|[()]|\b(?:not|and|or)\b')

_FITS = {
    "NAME": "a word",
    "STRING": "a text in double quotes",
    "NUMBER": "a number",
    "DOLLAR": "$name in a scenario",
    "DATE": "a date (2024-06-20, 2024-06 or 2024)",
    "COMPARE": "one of >= > <= < == !=",
    "SCALE": "thousand, million, billion or trillion",
    "RELATION": "before, after, since or until",
    "$END": "the end",
}
_LIMITS = frozenset(("before", "after", "since", "until", "within", "with"))
_WORDS = (*CALLS, "and", "or", "not", *sorted(_LIMITS), "last", "days", "of", "support", "grade", "via", "in", "named")


def parse(text: str, *, in_scenario: bool = False) -> Condition:
    """The condition that a text says.

    Args:
        text: in the language.
        in_scenario: whether ``$name`` may stand for a number, as a scenario names it.

    Raises:
        ConditionRefused: with the column, what stands there, and what would fit.
    """
    _check_size(text)
    try:
        return cast("Condition", _lark(in_scenario).parse(text))
    except Misfit as misfit:
        raise ConditionRefused(text, misfit.place + 1, misfit.seen, misfit.why, misfit.fits) from None
    except UnexpectedInput as unexpected:
        raise _refusal(text, unexpected) from None


@cache
def _lark(in_scenario: bool = False) -> Lark:
    # The builder is called while the text is parsed: no second tree, and no recursion over one.
    grammar = Path(__file__).with_name("condition.lark").read_text(encoding="utf-8")
    return Lark(grammar, parser="lalr", transformer=Builder(in_scenario=in_scenario), maybe_placeholders=False)


def _check_size(text: str) -> None:
    if len(text) > MAX_LENGTH:
        why = (
            f"it has {len(text):,} characters; at most {MAX_LENGTH:,} are read. Part it, or use sets such as {{A, B}}."
        )
        raise ConditionRefused(text, MAX_LENGTH + 1, text[MAX_LENGTH], why)
    depth = parts = nots = 0
    outer: list[int] = []
    for found in _TOKENS.finditer(text):
        piece = found[0]
        if piece == "(":
            parts += 1
            outer.append(nots)
            depth, nots = depth + 1, 0
        elif piece == ")" and outer:
            depth -= 1 + nots
            nots = outer.pop()
        elif piece == "not":
            nots, depth = nots + 1, depth + 1
        elif piece in {"and", "or"}:
            depth, nots = depth - nots, 0
        if depth > MAX_DEPTH or parts > MAX_PARTS:
            what = f"more than {MAX_DEPTH} levels deep" if depth > MAX_DEPTH else f"of more than {MAX_PARTS} parts"
            raise ConditionRefused(text, found.start() + 1, piece, f"it is {what}. Part it into several conditions.")


def _refusal(text: str, unexpected: UnexpectedInput) -> ConditionRefused:
    """What the parser met, in words."""
    place = unexpected.pos_in_stream if unexpected.pos_in_stream is not None and unexpected.pos_in_stream >= 0 else 0
    if isinstance(unexpected, UnexpectedToken):
        expected = set(unexpected.accepts or unexpected.expected)
        piece = unexpected.token
        seen = str(piece) if isinstance(piece, Token) else ""
        place = len(text.rstrip()) if piece.type == "$END" else place
        bare = re.search(r"[^\W\d_][\w.\-]*$", text[:place].rstrip())
        if expected == {"LPAR"} and bare:
            wanted = "NUMBER" if text[: bare.start()].rstrip()[-1:] in {"<", ">", "="} else "DATE"
            why = f"{_shown(bare[0])} does not fit."
            return ConditionRefused(
                text, bare.start() + 1, bare[0], why, (_FITS[wanted], "something to ask, with brackets")
            )
    else:
        expected = set(unexpected.allowed or ()) if isinstance(unexpected, UnexpectedCharacters) else set()
        found = re.match(r"\w+|.", text[place:], re.DOTALL)
        seen = found[0] if found else ""
    fits = _fits(expected)
    words = [fit for fit in fits if fit.isalpha()]
    if seen in _LIMITS and seen not in words:
        why = f"{_shown(seen)} stands where no limit can. A limit stands behind one happening, not behind a bracket."
        return ConditionRefused(text, place + 1, seen, why)
    if seen[:1].isalpha() and (close := [word for word in close_words(seen, _WORDS) if word in words and word != seen]):
        fits = (*close, *(fit for fit in fits if fit not in close))
    what = f"{_shown(seen)} does not fit." if seen else "it ends too early."
    return ConditionRefused(text, place + 1, seen, what, fits)


def _fits(expected: set[str]) -> tuple[str, ...]:
    """The terminals of the grammar as somebody would write them."""
    shown = {_FITS.get(name) or _literals().get(name, name) for name in expected}
    return tuple(sorted(shown, key=lambda fit: (not fit[0].isalpha(), fit)))


@cache
def _literals() -> dict[str, str]:
    plain = ((terminal.name, str(terminal.pattern.value)) for terminal in _lark().terminals)
    return {name: name[1:].lower() if name.startswith("_") and name[1] != "_" else value for name, value in plain}


def _shown(seen: str) -> str:
    """What was seen, short and printable; a character that only looks like another is named by its number."""
    short = seen if len(seen) <= 40 else seen[:37] + "..."
    plain = "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in short)
    odd = sorted({f"U+{ord(char):04X}" for char in short if ord(char) > 127})
    return f"'{plain}'" + (f" (it has {', '.join(odd)})" if odd else "")
