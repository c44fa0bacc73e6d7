"""Commitments and pact clauses in a draft: the pledges, the events that they wait for, the supplies that they begin.

What the debtor does becomes an event of its own, so that the supply which it begins has something to wait for. A
condition that can come about in no other way, such as an event, or a supply that no source tells of yet, becomes an
event by chance with a blank for its hazard.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from materiel.commitments.commitment import Commitment, condition_of
from materiel.commitments.days import iso, span_of
from materiel.commitments.happenings import event_key
from materiel.commitments.names_in_words import actor_words, materiel_words
from materiel.commitments.printing import print_condition
from materiel.commitments.telling import tell_commitment
from materiel.commitments.tree import (
    And,
    Condition,
    EventAtom,
    Leaf,
    LevelComparison,
    Not,
    Or,
    PactAtom,
    StanceAtom,
    Total,
    TransferAtom,
    leaves,
    moments,
)
from materiel.outlook.drafting.figures import blank
from materiel.outlook.drafting.naming import Names, slug
from materiel.outlook.drafting.told import HELD
from materiel.outlook.scenario.elements import ChanceEvent, Effect, Pledge

_LONGEST = 40
"""Characters of an id that is made of words."""


@dataclass(frozen=True, slots=True, order=True)
class Wanted:
    """A supply that begins with an event: none is told of yet, and a commitment is about it."""

    supplier: str
    recipient: str
    materiel: str
    event: str


@dataclass(frozen=True)
class Promised:
    """What the commitments bring into a draft."""

    pledges: tuple[Pledge, ...]
    events: tuple[ChanceEvent, ...]
    wanted: tuple[Wanted, ...]
    left_out: tuple[str, ...]


def promises(
    commitments: Iterable[Commitment], triggered: frozenset[str], given: frozenset[tuple[str, str, str]], names: Names
) -> Promised:
    """The pledges of a draft.

    Args:
        commitments: those that stand or are triggered when it begins.
        triggered: the ids of the latter; their condition is not asked for again.
        given: supplier, recipient and class of each supply that the draft lets flow anyway.
        names: gives ids.
    """
    drafted = []
    left_out = []
    for commitment in commitments:
        sides = [condition_of(side) for side in (commitment.antecedent, commitment.consequent) if side is not None]
        if any(isinstance(leaf, LevelComparison) for side in sides for leaf in leaves(side)):
            left_out.append(f"{commitment.id}: it asks for a state or a stock, which a draft does not have")
        else:
            drafted.append(commitment)
    wanted: dict[Wanted, None] = {}
    for commitment in drafted:
        for supply in _supplies(condition_of(commitment.consequent)):
            if supply not in given:
                wanted[Wanted(*supply, _acting(commitment))] = None
    begun = given | {(each.supplier, each.recipient, each.materiel) for each in wanted}
    waited: dict[str, None] = {}
    for commitment in drafted:
        waited.update(dict.fromkeys(_events(condition_of(commitment.consequent))))
        if commitment.antecedent is None or commitment.id in triggered:
            continue
        condition = condition_of(commitment.antecedent)
        waited.update(dict.fromkeys(_events(condition)))
        for supply in _supplies(condition):
            if supply not in begun:
                event = _beginning(*supply)
                waited[event] = None
                wanted[Wanted(*supply, event)] = None
    pledges = tuple(_pledge(each, is_triggered=each.id in triggered) for each in drafted)
    done = {event_key(leaf.what) for each in drafted for leaf in _deeds(each) if isinstance(leaf, EventAtom)}
    by_chance = {event_key(words): words for words in sorted(waited, reverse=True)}
    events = tuple(chance_event(words, names) for key, words in sorted(by_chance.items()) if key not in done)
    return Promised(pledges, events, tuple(sorted(wanted)), tuple(left_out))


def _pledge(commitment: Commitment, *, is_triggered: bool) -> Pledge:
    antecedent = None if is_triggered else commitment.antecedent
    debtor = actor_words(commitment.debtor)
    return Pledge(
        id=commitment.id,
        title=tell_commitment(commitment).rstrip("."),
        debtor=commitment.debtor,
        creditor=commitment.creditor,
        antecedent=None if antecedent is None else print_condition(condition_of(antecedent)),
        consequent=print_condition(condition_of(commitment.consequent)),
        force=commitment.force,
        by=date.fromisoformat(iso(span_of(commitment.term.by)[1])) if commitment.term.by else None,
        within=commitment.term.within,
        kept_with=blank(f"how likely {debtor} acts on it once its condition has come", "share"),
        delay=blank(f"how long {debtor} then takes to act", "weeks"),
        deeds=tuple(Effect(happens=print_condition(each)) for each in _deeds(commitment)),
        evidence=commitment.sources,
    )


def _acting(commitment: Commitment) -> str:
    """The event that the debtor acts, for which the supplies wait that it begins."""
    return f"{actor_words(commitment.debtor)} acts on {commitment.id}"


def _deeds(commitment: Commitment) -> tuple[EventAtom | PactAtom | StanceAtom, ...]:
    """What the debtor brings about by acting: what of its consequent can be declared, and the event that it acts."""
    condition = condition_of(commitment.consequent)
    deeds: dict[EventAtom | PactAtom | StanceAtom, None] = {}
    for leaf in _asked_for(condition):
        match leaf:
            case EventAtom():
                deeds[EventAtom(leaf.what)] = None
            case PactAtom() if leaf.kind and all(party and len(party) == 1 for party in leaf.parties):
                deeds[replace(leaf, limits=())] = None
            case StanceAtom() if leaf.holders and len(leaf.holders) == 1:
                deeds[replace(leaf, limits=())] = None
            case _:
                deeds[EventAtom(_acting(commitment))] = None
    return tuple(deeds) or (EventAtom(_acting(commitment)),)


def _asked_for(condition: Condition) -> Iterator[Leaf]:
    """The leaves that help a condition to hold; not those that are negated."""
    match condition:
        case And(parts) | Or(parts):
            for part in parts:
                yield from _asked_for(part)
        case Not():
            return
        case _:
            yield condition


def _supplies(condition: Condition) -> Iterator[tuple[str, str, str]]:
    """The supplies that a condition asks for, of each the first class that would do."""
    for leaf in _asked_for(condition):
        if isinstance(leaf, TransferAtom | Total) and leaf.stage not in HELD:
            for supplier in leaf.suppliers or ():
                for recipient in leaf.recipients or ():
                    if supplier != recipient:
                        yield supplier, recipient, (leaf.classes or ("arms",))[0]


def _events(condition: Condition) -> Iterator[str]:
    """The words of every event that a condition looks at."""
    for leaf in leaves(condition):
        for atom in (leaf, *moments(leaf)):
            if isinstance(atom, EventAtom):
                yield atom.what


def _beginning(supplier: str, recipient: str, materiel: str) -> str:
    return f"{actor_words(supplier)} begins to supply {materiel_words((materiel,))} to {actor_words(recipient)}"


def chance_event(words: str, names: Names) -> ChanceEvent:
    """An event by chance, with a blank for its hazard."""
    return ChanceEvent(
        id=names.give(slug(words)[:_LONGEST].rstrip("_")),
        title=words,
        hazard=blank(f"how likely it is in a week that this happens: {words}", "per week"),
        once=True,
    )
