"""How well statements agree with the gold of an article: pure functions, no files.

Two statements agree at one of two levels. ``core``: who and to whom, and whether it happened, may happen or does not
happen. ``full``: the exact stage, assertion, class of materiel and quantity as well. Pairs are made one to one, those
that share most wording first. Supplies inside a condition are left out on both sides: the commitments bear them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from materiel.terms.statements import Statement, claim_slots

Item = Mapping[str, Any]
"""A statement or a gold item as slots, with its ``quote``."""
KINDS = ("transfer", "commitment", "pact", "stance", "measure")
LEVELS = ("core", "full")
_GROUPS = {
    "requested": "may", "considered": "may", "pledged": "may", "ordered": "may",
    "delivered": "did", "withheld": "not", "halted": "not",
}  # fmt: skip
_UNSPECIFIED = frozenset({"arms", "precision", "ammunition"})
"""Tops of the tree that fit any weapon ..."""
_NO_WEAPON = frozenset(
    {"nonlethal", "supplies", "finance", "personnel", "technology", "parts", "training", "intelligence"}
)
"""... but none of these."""
_ENOUGH_WORDING = 0.5
_QUANTITY_TOLERANCE = 0.05
_VALUE_TOLERANCE = 0.02


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of agreement; shares are from 0 to 1, and 1 where there was nothing to find and nothing was said."""

    hit: int = 0
    said: int = 0
    gold: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.hit + other.hit, self.said + other.said, self.gold + other.gold)

    @property
    def precision(self) -> float:
        return self.hit / self.said if self.said else float(not self.gold)

    @property
    def recall(self) -> float:
        return self.hit / self.gold if self.gold else 1.0

    @property
    def f1(self) -> float:
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


Scores = dict[tuple[str, str], Tally]
"""A tally for each kind and level."""


def slots_of(statement: Statement) -> dict[str, Any]:
    """A statement in the form of a gold item."""
    return {**claim_slots(statement.claim), "speaker": statement.speaker, "quote": statement.quote}


def score(gold: Item, statements: Iterable[Statement]) -> Scores:
    """The tallies of one article against its gold file's content."""
    said: dict[str, list[Item]] = {kind: [] for kind in KINDS}
    for statement in statements:
        said[statement.kind].append(slots_of(statement))
    return score_items({kind: gold.get(f"{kind}s") or [] for kind in KINDS}, said)


def score_items(gold: Mapping[str, Sequence[Item]], said: Mapping[str, Sequence[Item]]) -> Scores:
    """The tallies of items by kind."""
    scores: Scores = {}
    for kind in KINDS:
        wanted, got = _counted(kind, gold[kind]), _counted(kind, said[kind])
        for level in LEVELS:
            scores[kind, level] = Tally(len(pairs(kind, wanted, got, level)), len(got), len(wanted))
    return scores


def total(scores: Iterable[Scores]) -> Scores:
    """The tallies of several articles as one."""
    sums: Scores = {(kind, level): Tally() for kind in KINDS for level in LEVELS}
    for each in scores:
        for key, tally in each.items():
            sums[key] += tally
    return sums


def is_false_alarm(gold: Item, statements: Sequence[Statement]) -> bool:
    """Whether something is said of an article that reports nothing."""
    return reports_nothing(gold) and bool(statements)


def reports_nothing(gold: Item) -> bool:
    return not any(gold.get(f"{kind}s") for kind in KINDS)


def pairs(kind: str, gold: Sequence[Item], said: Sequence[Item], level: str) -> list[tuple[int, int]]:
    """Indices of the gold items and the statements that agree, one to one; most shared wording first."""
    agree = AGREEMENT[kind]
    agreeing = [
        (shared_wording(wanted.get("quote"), got.get("quote")), row, column)
        for row, wanted in enumerate(gold)
        for column, got in enumerate(said)
        if (agree(wanted, got)[LEVELS.index(level)])
    ]
    rows: set[int] = set()
    columns: set[int] = set()
    paired: list[tuple[int, int]] = []
    for _, row, column in sorted(agreeing, reverse=True):
        if row not in rows and column not in columns:
            rows.add(row)
            columns.add(column)
            paired.append((row, column))
    return paired


def shared_wording(one: str | None, other: str | None) -> float:
    """How much of the shorter passage's vocabulary the other has too, from 0 to 1."""
    first, second = (set(re.findall(r"\w+", (passage or "").lower())) for passage in (one, other))
    return len(first & second) / min(len(first), len(second)) if first and second else 0.0


def _counted(kind: str, items: Sequence[Item]) -> list[Item]:
    return [item for item in items if kind != "transfer" or item.get("assertion") != "hypothetical"]


def _same_actor(wanted: object, got: object, got_name: object = None) -> bool:
    """Whether an actor is the one wanted, by its code or by the name given beside it; open only fits open."""
    names = {str(each).strip().casefold() for each in (got, got_name) if each}
    if wanted is None:
        return got is None
    return str(wanted).strip().casefold() in names


def _same_materiel(wanted: Sequence[str] | None, got: Sequence[str] | None) -> bool:
    return any(_related(one, other) for one in wanted or ["arms"] for other in got or ["arms"])


def _related(one: str, other: str) -> bool:
    """Whether one class is or contains the other; arms without a class fit any weapon."""
    if one == other or one.startswith(other + ".") or other.startswith(one + "."):
        return True
    tops = {one.partition(".")[0], other.partition(".")[0]}
    return bool(tops & _UNSPECIFIED) and not tops & _NO_WEAPON


def _close(wanted: Any, got: Any, tolerance: float) -> bool:
    try:
        first, second = float(wanted), float(got)
    except (TypeError, ValueError):
        return False
    return abs(first - second) <= tolerance * max(abs(first), abs(second), 1e-9)


def _transfer(wanted: Item, got: Item) -> tuple[bool, bool]:
    core = (
        _same_actor(wanted.get("supplier"), got.get("supplier"), got.get("supplier_name"))
        and _same_actor(wanted.get("recipient"), got.get("recipient"), got.get("recipient_name"))
        and _GROUPS.get(wanted.get("stage") or "") == _GROUPS.get(got.get("stage") or "")
        and (wanted.get("assertion") == "stated") is (got.get("assertion") == "stated")
    )
    exact = all(wanted.get(slot) == got.get(slot) for slot in ("stage", "assertion"))
    quantity = wanted.get("quantity")
    counted = not quantity or _close(quantity, got.get("quantity"), _QUANTITY_TOLERANCE)
    return core, core and exact and counted and _same_materiel(wanted.get("materiel"), got.get("materiel"))


def _commitment(wanted: Item, got: Item) -> tuple[bool, bool]:
    core = _same_actor(wanted.get("debtor"), got.get("debtor")) and _same_passage(wanted, got)
    before, said_before = wanted.get("antecedent") or {}, got.get("antecedent") or {}
    after, said_after = wanted.get("consequent") or {}, got.get("consequent") or {}
    full = (
        before.get("kind") == said_before.get("kind")
        and _same_actor(_doer(before), _doer(said_before))
        and _same_actor(before.get("recipient"), said_before.get("recipient"))
        and after.get("kind") == said_after.get("kind")
    )
    return core, core and full


def _doer(clause: Item) -> Any:
    return clause.get("supplier" if clause.get("kind") == "transfer" else "who")


def _pact(wanted: Item, got: Item) -> tuple[bool, bool]:
    parties, said = ({str(party).casefold() for party in item.get("parties") or ()} for item in (wanted, got))
    core = parties == said
    return core, core and wanted.get("kind") == got.get("pact") and wanted.get("status") == got.get("status")


def _stance(wanted: Item, got: Item) -> tuple[bool, bool]:
    core = _same_actor(wanted.get("holder"), got.get("holder")) and _same_passage(wanted, got)
    return core, core and wanted.get("stance") == got.get("stance")


def _measure(wanted: Item, got: Item) -> tuple[bool, bool]:
    core = _close(wanted.get("value"), got.get("value"), _VALUE_TOLERANCE) and _same_passage(wanted, got)
    return core, core and _same_actor(wanted.get("subject"), got.get("subject")) and wanted.get("measure") == got.get(
        "measure"
    )


def _same_passage(wanted: Item, got: Item) -> bool:
    return shared_wording(wanted.get("quote"), got.get("quote")) >= _ENOUGH_WORDING


AGREEMENT: dict[str, Callable[[Item, Item], tuple[bool, bool]]] = {
    "transfer": _transfer,
    "commitment": _commitment,
    "pact": _pact,
    "stance": _stance,
    "measure": _measure,
}
"""For each kind: whether a gold item and a statement agree in core and in full."""


def line(item: Item) -> str:
    """An item on one line, empty slots left out."""
    return json.dumps({slot: value for slot, value in item.items() if value}, ensure_ascii=False, default=str)
