"""A model's answer to proposals, each checked on its own: one that is malformed spoils no other."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import fields
from typing import Any

from materiel.reading.grounding import Proposal
from materiel.reading.llm.schemas import misfit, statement_schema
from materiel.terms.judgements import Reason, Refusal
from materiel.terms.statements import CLAIM_TYPES, claim_from_slots

MOST_STATEMENTS = 500
"""An answer with more is no reading of an article."""
_LONGEST_TEXT = 2000
_DATE = re.compile(r"(?:1[89]|2[01])\d\d(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def read_answer(text: str, reader: str) -> Iterator[Proposal | Refusal]:
    """The proposals of an answer in its order; a refusal for what is none."""
    try:
        answer = json.loads(text)
    except (ValueError, RecursionError):
        yield _malformed("the answer is not JSON", None, reader)
        return
    listed = answer.get("statements") if isinstance(answer, dict) else None
    if not isinstance(listed, list):
        yield _malformed("the answer has no list of statements", None, reader)
        return
    for item in listed[:MOST_STATEMENTS]:
        yield _read_item(item, reader)
    if len(listed) > MOST_STATEMENTS:
        yield _malformed(f"{len(listed) - MOST_STATEMENTS} statements beyond the first {MOST_STATEMENTS}", None, reader)


def _read_item(item: Any, reader: str) -> Proposal | Refusal:
    kind = item.get("kind") if isinstance(item, dict) else None
    if not isinstance(kind, str) or kind not in CLAIM_TYPES:
        return _malformed(f"there is no kind {kind!r}", item, reader)
    if why := misfit(item, statement_schema(kind), kind) or _unfit_text(item, kind):
        return _malformed(why, item, reader)
    slots = {field.name: item.get(field.name) for field in fields(CLAIM_TYPES[kind])}
    numbers = ("quantity", "value", "value_usd")
    slots |= {side: _clause(slots[side]) for side in ("antecedent", "consequent") if side in slots}
    slots |= {name: float(slots[name]) for name in numbers if slots.get(name) is not None}
    return Proposal(claim_from_slots(kind, slots), item["quote"], item.get("speaker") or None)


def _clause(slots: dict[str, Any]) -> dict[str, Any]:
    """A clause with the slots of its kind only."""
    used = ("kind", "supplier", "recipient", "materiel") if slots["kind"] == "transfer" else ("kind", "who", "what")
    return {name: slots.get(name) for name in used}


def _unfit_text(value: Any, where: str) -> str:
    """Why a text among the slots cannot be taken: too long, not printable, or no date where there must be one."""
    if isinstance(value, str):
        if len(value) > _LONGEST_TEXT:
            return f"{where} is longer than {_LONGEST_TEXT} characters"
        if _UNPRINTABLE.search(value):
            return f"{where} holds characters that no text has"
        if where.endswith(".date") and not _DATE.fullmatch(value):
            return f"{where} is {value[:40]!r}, no day, month or year"
        return ""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return next((why for name, each in inside if (why := _unfit_text(each, f"{where}.{name}"))), "")


def _malformed(why: str, item: Any, reader: str) -> Refusal:
    quote = item.get("quote") if isinstance(item, dict) else None
    shown = _UNPRINTABLE.sub("?", quote)[:_LONGEST_TEXT] if isinstance(quote, str) else ""
    return Refusal(Reason.MALFORMED, _UNPRINTABLE.sub("?", why), shown, None, reader)
