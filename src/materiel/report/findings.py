"""The headline findings: which entries open the briefing, and the sentence for each."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from materiel.report.attribution import Voices, voices
from materiel.report.briefing import Briefing
from materiel.report.names import sentence
from materiel.report.statuses import Status, status_of, vagueness
from materiel.report.wording import claim_clause, transfer_clause
from materiel.terms.entries import Entry
from materiel.terms.statements import Assertion, Commitment, Measure, Pact, Stance, Transfer

MOST = 8

# How many of each group may open the briefing before the rest is filled up by support: a briefing that lists eight
# deliveries and no denial would mislead.
_SHARES = {"disputed": 1, "delivered": 2, "stopped": 1, "prospective": 1, "commitment": 1, "pact": 1, "open": 1}


@dataclass(frozen=True)
class Finding:
    """A sentence, the entry that it says, and its support.

    ``count`` is the number of independent origins behind what the sentence says.
    """

    text: str
    entry: Entry
    count: int
    status: Status


def headline_findings(briefing: Briefing) -> tuple[Finding, ...]:
    """Up to eight findings: what is stated, strongest support first, then what is only denied or not known."""
    candidates = sorted(
        (found for entry in briefing.entries if (found := _finding(briefing, entry))),
        key=_weight,
    )
    chosen: list[Finding] = []
    taken: Counter[str] = Counter()
    told: set[object] = set()
    for found in candidates:
        group = _group(found.entry)
        if taken[group] < _SHARES.get(group, 0) and _about(found.entry) not in told:
            chosen.append(found)
            taken[group] += 1
            told.add(_about(found.entry))
    for found in candidates:
        if len(chosen) >= MOST:
            break
        # Stances and figures are for the register; lines told already would only repeat themselves.
        if _group(found.entry) in _SHARES and _about(found.entry) not in told:
            chosen.append(found)
            told.add(_about(found.entry))
    return tuple(sorted(chosen, key=_reading_order)[:MOST])


def _weight(found: Finding) -> tuple[int, int, str, str, int, str, str]:
    entry = found.entry
    known_on = entry.history[0].known_on or "9999" if entry.history else "9999"
    grade = entry.grade
    told = -len(entry.statements)
    return -found.count, vagueness(entry.claim), grade.credibility, grade.reliability, told, known_on, entry.id


def _reading_order(found: Finding) -> tuple[int, int, int, str]:
    """Facts first, by support and then in the order of the groups; what is only denied or not known comes last."""
    group = _group(found.entry)
    last = {Status.DENIED: 1, Status.OPEN: 2}.get(found.status, 0)
    return last, -found.count, list(_SHARES).index(group), found.entry.id


def _group(entry: Entry) -> str:
    match entry.claim:
        case Transfer() as claim if claim.assertion is Assertion.HYPOTHETICAL:
            return "supposed"
        case Transfer() as claim if claim.assertion is Assertion.UNKNOWN:
            return "open"
        case Transfer() as claim if claim.assertion is Assertion.DENIED or entry.is_disputed:
            return "disputed"
        case Transfer() as claim:
            return status_of(claim).value
        case Commitment():
            return "commitment"
        case Pact():
            return "pact"
    return "other"


def _about(entry: Entry) -> object:
    """Two findings about the same pair in the same group of stages tell a hurried reader one thing twice."""
    match entry.claim:
        case Transfer() as claim:
            return claim.supplier, claim.recipient, _group(entry)
        case Commitment() as claim:
            return "commitment", claim.debtor, claim.antecedent
        case Pact() as claim:
            return "pact", claim.parties
    return entry.id


def _finding(briefing: Briefing, entry: Entry) -> Finding | None:
    """The sentence of an entry; None where no step carries the assertion that the entry has."""
    claim = entry.claim
    if isinstance(claim, (Stance, Measure)):
        return None
    if all(statement.is_tentative for statement in entry.statements):
        # No quote plainly names both parties: good enough for the register, where it says so, not for the first page.
        return None
    assertion = claim.assertion if isinstance(claim, Transfer) else Assertion.STATED
    behind = voices(briefing, entry, assertion)
    if behind is None:
        return None
    if assertion is Assertion.UNKNOWN and isinstance(claim, Transfer):
        text = f"It is not known whether {transfer_clause(claim)}, {behind.phrase}"
    elif assertion is Assertion.DENIED and isinstance(claim, Transfer):
        text = f"That {transfer_clause(claim)} is denied{_after(behind)}"
    else:
        text = f"{claim_clause(claim)}, {behind.phrase}"
        if denied := voices(briefing, entry, Assertion.DENIED):
            text += f"; this is denied{_after(denied)}"
        elif entry.is_disputed:
            text += "; other statements contradict this"
    return Finding(sentence(text), entry, behind.count, status_of(claim))


def _after(denied: Voices) -> str:
    return f" {denied.denial}" if denied.denial.startswith("by ") else f", {denied.denial}"
