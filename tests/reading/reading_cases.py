"""Tables of cases: a text, and what must be read in it.

    [phenomenon]
    @2024-06-22                                             the dateline of what follows (this is the first one)
    Poland has delivered 14 tanks to Ukraine.
      POL>UKR armour.tank delivered quantity=14             supplier>recipient, classes, stage, then slots
      IRN>RUS aircraft.uav delivered denied speaker=Tehran  an assertion other than stated stands after the stage
      commitment KOR force=threat when=RUS>PRK then=policy  (when: supplier>recipient, or "event"; * is anything)
      pact PRK+RUS mutual-defence signed date=2024-06
      stance NATO supports KOR>UKR
      measure KOR export-value 14000000000 unit=USD
      no commitment
      nothing

"-" is an open actor, "|" stands between answers that are both right, "none" is an empty slot. Every statement of a
kind that a case names must be expected; hypothetical supplies only count in cases that expect one. A "~" before a text
marks an ordinary way of saying it that the rules do not read yet.
"""

from __future__ import annotations

import shlex
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from materiel.terms.statements import (
    Clause,
    Commitment,
    Measure,
    Pact,
    Stance,
    Statement,
    Transfer,
)

CASES = Path(__file__).parent / "cases"
DATELINE = "2024-06-22"


@dataclass(frozen=True, slots=True)
class Case:
    phenomenon: str
    text: str
    published_on: str
    expected: tuple[str, ...]
    is_read: bool

    def __str__(self) -> str:
        return f"{self.phenomenon}: {self.text}"


def cases() -> Iterator[Case]:
    for path in sorted(CASES.glob("*.txt")):
        yield from _cases(path.read_text(encoding="utf-8"))


def _cases(table: str) -> Iterator[Case]:
    phenomenon, published_on, text = "", DATELINE, ""
    expected: list[str] = []
    for line in [*table.splitlines(), "[end]"]:
        if line.startswith("  "):
            expected.append(line.strip())
            continue
        if not line.strip() or line.startswith("#"):
            continue
        if text:
            yield Case(
                phenomenon, text.lstrip("~ ").replace("\\n", "\n"), published_on, tuple(expected), text[0] != "~"
            )
        text, expected = "", []
        if line.startswith("["):
            phenomenon = line.strip("[] ")
        elif line.startswith("@"):
            published_on = line[1:].strip()
        else:
            text = line


def complaints(statements: Sequence[Statement], expected: Iterable[str]) -> list[str]:
    """In words, what is missing and what is too much; nothing where all is as expected."""
    by_kind: dict[str, list[str]] = defaultdict(list)
    for line in expected:
        if line == "nothing":
            return [f"extra {wording(statement)}" for statement in statements]
        words = line.split()
        if words[0] == "no":
            by_kind[words[1]] += []
        else:
            by_kind["transfer" if ">" in words[0] else words[0]].append(line)
    found: list[str] = []
    for kind, lines in by_kind.items():
        said = [statement for statement in statements if statement.kind == kind]
        if kind == "transfer":
            found += _transfer_complaints(said, lines)
        else:
            found += _complaints(said, lines)
    return found


def _transfer_complaints(said: Sequence[Statement], lines: Sequence[str]) -> list[str]:
    if not any("hypothetical" in line for line in lines):
        said = [s for s in said if isinstance(s.claim, Transfer) and s.claim.assertion != "hypothetical"]
    found, used = [], set()
    for line in lines:
        parties, goods, *rest = shlex.split(line)
        fitting = [s for s in said if isinstance(s.claim, Transfer) and _fits_transfer(s, s.claim, parties, rest)]
        classes = {name for s in fitting if isinstance(s.claim, Transfer) for name in s.claim.materiel}
        wanted = [set(each.split("|")) for each in goods.split("+")]
        fitting = [
            s for s in fitting if isinstance(s.claim, Transfer) and any(each & set(s.claim.materiel) for each in wanted)
        ]
        if not fitting or not all(each & classes for each in wanted):
            found.append(f"missing {line}")
        used |= {s.id for s in fitting}
    return found + [f"extra {wording(s)}" for s in said if s.id not in used]


def _fits_transfer(statement: Statement, claim: Transfer, parties: str, rest: Sequence[str]) -> bool:
    supplier, recipient = parties.split(">")
    stage, *more = rest
    assertion = more[0] if more and "=" not in more[0] else "stated"
    slots = [each for each in more if "=" in each]
    return (
        _fits_actor(claim.supplier, supplier)
        and _fits_actor(claim.recipient, recipient)
        and claim.stage in stage.split("|")
        and claim.assertion == assertion
        and all(_fits_slot(statement, each) for each in slots)
    )


def _fits_actor(code: str | None, wanted: str) -> bool:
    return wanted == "*" or (code or "-") in wanted.split("|")


def _fits_slot(statement: Statement, slot: str) -> bool:
    name, _, wanted = slot.partition("=")
    value = statement.speaker if name == "speaker" else getattr(statement.claim, name)
    if wanted == "none" or value is None:
        return value is None and wanted == "none"
    if isinstance(value, float | int):
        return abs(value - float(wanted)) < 1e-6 * max(1.0, abs(value))
    return str(value).casefold() == wanted.casefold()


def _complaints(said: Sequence[Statement], lines: Sequence[str]) -> list[str]:
    left, found = list(said), []
    for line in lines:
        match = next((s for s in left if _fits(s, shlex.split(line)[1:])), None)
        if match is None:
            found.append(f"missing {line}")
        else:
            left.remove(match)
    return found + [f"extra {wording(statement)}" for statement in left]


def _fits(statement: Statement, wanted: Sequence[str]) -> bool:
    claim = statement.claim
    plain = [each for each in wanted if "=" not in each]
    slots = [each for each in wanted if "=" in each]
    match claim:
        case Commitment():
            return _fits_actor(claim.debtor, plain[0]) and all(_fits_clause(claim, each) for each in slots)
        case Pact():
            parties, kind, status = plain
            right = set(claim.parties) == set(parties.split("+")) and claim.pact in kind.split("|")
            return right and claim.status in status.split("|") and all(_fits_slot(statement, each) for each in slots)
        case Stance():
            supplier, recipient = plain[2].split(">")
            right = _fits_actor(claim.supplier, supplier) and _fits_actor(claim.recipient, recipient)
            return right and _fits_actor(claim.holder, plain[0]) and claim.stance == plain[1]
        case Measure():
            right = _fits_actor(claim.subject, plain[0]) and claim.measure in plain[1].split("|")
            return right and claim.value == float(plain[2]) and all(_fits_slot(statement, each) for each in slots)
        case Transfer():
            return False


def _fits_clause(claim: Commitment, slot: str) -> bool:
    name, _, wanted = slot.partition("=")
    if name == "force":
        return claim.force in wanted.split("|")
    clause: Clause = claim.antecedent if name == "when" else claim.consequent
    if ">" in wanted:
        supplier, recipient = wanted.split(">")
        right = _fits_actor(clause.supplier, supplier) and _fits_actor(clause.recipient, recipient)
        return clause.kind == "transfer" and right
    return clause.kind in wanted.split("|")


def wording(statement: Statement) -> str:
    """A statement in the form of the tables."""
    claim = statement.claim
    match claim:
        case Transfer():
            parts = [f"{claim.supplier or '-'}>{claim.recipient or '-'}", "+".join(claim.materiel), claim.stage]
            parts += [] if claim.assertion == "stated" else [claim.assertion]
            slots = ("via", "quantity", "value_usd", "value", "currency", "date", "supplier_name", "recipient_name")
            parts += [f"{slot}={value}" for slot in slots if (value := getattr(claim, slot)) is not None]
        case Commitment():
            sides = [
                f"{name}={side.supplier or '-'}>{side.recipient or '-'}"
                if side.kind == "transfer"
                else f"{name}={side.kind}"
                for name, side in (("when", claim.antecedent), ("then", claim.consequent))
            ]
            parts = ["commitment", claim.debtor or "-", f"force={claim.force}", *sides]
        case Pact():
            parts = ["pact", "+".join(claim.parties), claim.pact, claim.status, f"date={claim.date}"]
        case Stance():
            parts = ["stance", claim.holder or "-", claim.stance, f"{claim.supplier or '-'}>{claim.recipient or '-'}"]
        case Measure():
            parts = [
                "measure",
                claim.subject or "-",
                claim.measure,
                f"{claim.value:.12g}",
                f"unit={claim.unit}",
                f"period={claim.period}",
            ]
    return " ".join([*parts, *([f'speaker="{statement.speaker}"'] if statement.speaker else [])])
