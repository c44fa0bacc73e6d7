"""What analysts' decisions make of the commitments that were read. Pure: the record in, commitments and events out.

Four kinds of decision, of each of which one is in force for a target:

==============  ======================  =====================================================================
kind            target                  value
==============  ======================  =====================================================================
commitment      its id (``ac-...``)     a commitment of the analyst's own: its terms
event           its id (``ev-...``)     an event that happened, by its words
correction      a commitment's id       terms that take the place of those read
verdict         a commitment's or       ``accept``, ``reject``, ``withdraw`` (the debtor took it back) or
                an event's id           ``merge`` (it is one and the same as another)
==============  ======================  =====================================================================
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from materiel.commitments.commitment import ENDING, Act, Commitment, Saying, Term
from materiel.commitments.days import span_or_none
from materiel.commitments.happenings import Event, Recorded, Telling, record
from materiel.commitments.parsing import parse
from materiel.commitments.translating import change_of
from materiel.terms.decisions import Decision
from materiel.terms.entries import Entry
from materiel.terms.statements import Assertion, Force

COMMITMENT, EVENT, CORRECTION, VERDICT = "commitment", "event", "correction", "verdict"
KINDS = (COMMITMENT, EVENT, CORRECTION, VERDICT)
ACCEPT, REJECT, WITHDRAW, MERGE = "accept", "reject", "withdraw", "merge"

Terms = dict[str, Any]
"""What a decision decides, as JSON: debtor, when, then, by, within, force, sources, day, what, act, into."""


@dataclass(frozen=True, slots=True)
class Decided:
    """The commitments to watch, and what else analysts decided.

    Attributes:
        commitments: those on the board, sorted by id.
        events: what analysts declared to have happened.
        decisions: in force, by the id of the commitment that each is about; of one that was merged, with its own.
        merged: the commitments that went into another, by their ids.
        loose: in force, on a commitment that no reading finds any more.
    """

    commitments: tuple[Commitment, ...]
    events: tuple[Recorded, ...]
    decisions: Mapping[str, tuple[Decision, ...]]
    merged: Mapping[str, str]
    loose: tuple[Decision, ...]


def terms_of(decision: Decision) -> Terms:
    """What a decision decides."""
    terms: Terms = json.loads(decision.value)
    return terms


def value_of(terms: Terms) -> str:
    """The inverse: the text that is stored."""
    return json.dumps(terms, ensure_ascii=False, sort_keys=True)


def decision_words(decision: Decision) -> str:
    """What a decision decides, on one line."""
    terms = terms_of(decision)
    match decision.kind, terms.get("act"):
        case "event", _:
            return f'happened on {terms["day"]}: "{terms["what"]}"'
        case "verdict", "merge":
            return f"merged into {terms['into']}"
        case "verdict", "withdraw":
            return f"taken back by its debtor on {terms['day']}"
        case "verdict", act:
            return f"{act}ed"
    said = [f"{name} {terms[name]}" for name in ("debtor", "when", "then", "by", "force") if terms.get(name)]
    if terms.get("within"):
        said.append(f"within {terms['within']} days")
    return ("corrected: " if decision.kind == CORRECTION else "commitment: ") + "; ".join(said)


def apply_decisions(read: Iterable[Commitment], decisions: Sequence[Decision], entries: Mapping[str, Entry]) -> Decided:
    """Applies the decisions in force to what was read.

    Args:
        read: commitments from entries.
        decisions: of the four kinds; superseded ones are passed over.
        entries: of the register, by id; what a decision rests on is known from the day on which they are.
    """
    in_force = [each for each in decisions if each.superseded_by is None]
    verdicts = {each.target: each for each in in_force if each.kind == VERDICT}
    acts = {target: terms_of(each) for target, each in verdicts.items()}
    known = {each.id: each for each in read}
    known |= {each.target: _declared(each, entries) for each in in_force if each.kind == COMMITMENT}
    declared = {each.target: each for each in in_force if each.kind == EVENT}
    for each in in_force:
        if each.kind == CORRECTION and each.target in known:
            known[each.target] = _corrected(known[each.target], terms_of(each), each.id)
    for target, terms in acts.items():
        if target in known and terms["act"] == WITHDRAW:
            known[target] = _withdrawn(known[target], terms, verdicts[target].id, entries)
    forced = {each.target for each in in_force if each.kind == CORRECTION and "force" in terms_of(each)}
    merges = _merges(verdicts.values())
    merged = {target: last for target in merges if target in known and (last := _last(target, merges)) in known}
    parts: dict[str, list[Commitment]] = defaultdict(list)
    for target, into in sorted(merged.items()):
        parts[into].append(known[target])
    rejected = {target for target, terms in acts.items() if terms["act"] == REJECT}
    commitments = tuple(
        _joined(commitment, parts[identity], is_forced=identity in forced)
        for identity, commitment in sorted(known.items())
        if identity not in merged and identity not in rejected
    )
    about: dict[str, list[Decision]] = defaultdict(list)
    for each in sorted(in_force, key=lambda one: (one.decided_on, one.target in merged, one.id)):
        about[merged.get(each.target, each.target)].append(each)
    return Decided(
        commitments,
        tuple(_event(each, entries) for target, each in sorted(declared.items()) if target not in rejected),
        {target: tuple(made) for target, made in about.items()},
        merged,
        tuple(each for each in in_force if each.target not in known and each.target not in declared),
    )


def _merges(verdicts: Iterable[Decision]) -> dict[str, str]:
    """What was merged into what. Of two people who merge two commitments into each other, the first is followed."""
    into: dict[str, str] = {}
    for each in sorted(verdicts, key=lambda one: (one.decided_on, one.id)):
        terms = terms_of(each)
        if terms["act"] == MERGE and _last(terms["into"], into) != each.target:
            into[each.target] = terms["into"]
    return into


def _last(target: str, into: Mapping[str, str]) -> str:
    """Where a chain of merges ends."""
    while target in into:
        target = into[target]
    return target


def _declared(decision: Decision, entries: Mapping[str, Entry]) -> Commitment:
    terms = terms_of(decision)
    sources = tuple(terms["sources"])
    force = Force(terms["force"])
    return Commitment(
        id=decision.target,
        debtor=terms["debtor"],
        antecedent=parse(terms["when"]) if terms["when"] else None,
        consequent=parse(terms["then"]),
        force=force,
        sayings=(_saying(Act.MADE, terms, decision.id, entries, force),),
        term=Term(terms["by"], terms["within"]),
        sources=(*sources, decision.id),
        grade=_grade(sources, entries),
    )


def _saying(act: Act, terms: Terms, source: str, entries: Mapping[str, Entry], force: Force | None = None) -> Saying:
    """Known once every source is: it rests on all of them. Without sources, on the day given."""
    known = known_since(terms["sources"], entries)
    return Saying(act, terms["day"] or known, known or terms["day"], source, force)


def known_since(sources: Iterable[str], entries: Mapping[str, Entry]) -> str | None:
    """The first day on which each of some entries was known; None where one of them has no date."""
    days = [
        min((step.known_on for step in entries[each].history if step.known_on), default=None)
        for each in sources
        if each in entries
    ]
    dated = [day for day in days if day is not None]
    return max(dated) if dated and len(dated) == len(days) else None


def _grade(sources: Sequence[str], entries: Mapping[str, Entry]) -> str | None:
    """The worst on each scale."""
    grades = [entries[each].grade for each in sources if each in entries]
    if not grades:
        return None
    return max(grade.reliability for grade in grades) + max(grade.credibility for grade in grades)


def _corrected(commitment: Commitment, terms: Terms, decision: str) -> Commitment:
    term = Term(terms.get("by", commitment.term.by), terms.get("within", commitment.term.within))
    corrected = replace(commitment, term=term, sources=(*commitment.sources, decision))
    if "debtor" in terms:
        corrected = replace(corrected, debtor=terms["debtor"])
    if "when" in terms:
        corrected = replace(corrected, antecedent=parse(terms["when"]) if terms["when"] else None)
    if "then" in terms:
        corrected = replace(corrected, consequent=parse(terms["then"]))
    if "force" in terms:
        force = Force(terms["force"])
        sayings = tuple(replace(saying, force=None) for saying in corrected.sayings)
        corrected = replace(corrected, force=force, sayings=sayings)
    return corrected


def _withdrawn(commitment: Commitment, terms: Terms, decision: str, entries: Mapping[str, Entry]) -> Commitment:
    saying = _saying(Act.RETRACTED, terms, decision, entries)
    return replace(commitment, sayings=(*commitment.sayings, saying), sources=(*commitment.sources, *terms["sources"]))


def _joined(commitment: Commitment, others: Sequence[Commitment], *, is_forced: bool) -> Commitment:
    """With what was said of those that are one and the same: the first saying makes it, the others repeat it.

    Where they change its force, they harden or soften it; not where an analyst said what its force is.
    """
    if not others:
        return commitment
    said = sorted(
        (saying for each in (commitment, *others) for saying in each.sayings),
        key=lambda saying: (span_or_none(saying.known_on) or (10**7, 10**7), saying.source),
    )
    begun = False
    force = commitment.force
    sayings: list[Saying] = []
    for saying in said:
        given = None if is_forced else saying.force
        act = saying.act
        if act not in ENDING:
            act = change_of(force, given) if begun else Act.MADE
            begun, force = True, given or force
        sayings.append(replace(saying, act=act, force=given))
    sources = tuple(dict.fromkeys(source for each in (commitment, *others) for source in each.sources))
    return replace(commitment, sayings=tuple(sayings), sources=sources)


def _event(decision: Decision, entries: Mapping[str, Entry]) -> Recorded:
    terms = terms_of(decision)
    sources = terms["sources"]
    known_on = known_since(sources, entries) or terms["day"]
    known = span_or_none(known_on)
    origins = sorted({origin for each in sources if each in entries for origin in entries[each].origins})
    return record(
        decision.target,
        decision.target,
        Event(terms["what"]),
        happened_on=terms["day"],
        known_on=known_on,
        assertion=Assertion.STATED,
        tellings=tuple(Telling(origin, known[1]) for origin in origins) if known else (),
        grade=_grade(sources, entries),
    )
