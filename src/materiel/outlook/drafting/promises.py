"""Commitments and pact clauses in a draft: the pledges, the events that they wait for, the supplies that they begin.

What the debtor does becomes an event of its own, so that the supply which it begins has something to wait for. A
condition that can come about in no other way, such as an event, or a supply that no source tells of yet, becomes an
event by chance with a blank for its hazard.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from materiel.commitments.commitment import Commitment, Side, Words, condition_of
from materiel.commitments.days import iso, span_of
from materiel.commitments.names_in_words import actor_words, materiel_words
from materiel.commitments.printing import print_condition
from materiel.commitments.telling import tell_commitment
from materiel.commitments.tree import (
    Condition,
    EventAtom,
    LevelComparison,
    TransferAtom,
    leaves,
    moments,
)
from materiel.outlook.drafting.figures import blank
from materiel.outlook.drafting.naming import Names, slug
from materiel.outlook.scenario.elements import ChanceEvent, Effect, Pledge
from materiel.terms.statements import Stage

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
    pledges: list[Pledge] = []
    waited: dict[str, None] = {}
    wanted: dict[Wanted, None] = {}
    left_out: list[str] = []
    begun: set[tuple[str, str, str]] = set()
    for commitment in commitments:
        sides = [side for side in (commitment.antecedent, commitment.consequent) if side is not None]
        if any(isinstance(leaf, LevelComparison) for side in sides for leaf in leaves(condition_of(side))):
            left_out.append(f"{commitment.id}: it asks for a state or a stock, which a draft does not have")
            continue
        deed = _deed(commitment)
        supplies = [each for each in _supplies(commitment.consequent) if each not in given]
        wanted.update(dict.fromkeys(Wanted(*each, deed) for each in supplies))
        begun.update(supplies)
        waited.update(dict.fromkeys(_events(commitment.antecedent)) if commitment.id not in triggered else {})
        pledges.append(_pledge(commitment, deed, is_triggered=commitment.id in triggered))
    for commitment in commitments:
        if commitment.id in triggered or commitment.antecedent is None:
            continue
        for supply in _supplies(commitment.antecedent):
            if supply not in given and supply not in begun:
                begun.add(supply)
                event = _beginning(*supply)
                waited[event] = None
                wanted[Wanted(*supply, event)] = None
    deeds = {_deed(each) for each in commitments}
    events = tuple(chance_event(words, names) for words in sorted(waited) if words not in deeds)
    return Promised(tuple(pledges), events, tuple(sorted(wanted)), tuple(left_out))


def _pledge(commitment: Commitment, deed: str, *, is_triggered: bool) -> Pledge:
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
        deeds=(Effect(happens=print_condition(EventAtom(deed))),),
        evidence=commitment.sources,
    )


def _deed(commitment: Commitment) -> str:
    """The event that is the debtor's doing: the words of the consequent where it is one, else one named after it."""
    match condition_of(commitment.consequent):
        case EventAtom(what):
            return what
        case _:
            return f"{actor_words(commitment.debtor)} acts on {commitment.id}"


def _supplies(side: Side) -> Iterator[tuple[str, str, str]]:
    """The supplies that a side asks for, of each the first class that would do."""
    if isinstance(side, Words):
        return
    for leaf in leaves(side):
        if isinstance(leaf, TransferAtom) and leaf.stage not in {Stage.WITHHELD, Stage.HALTED}:
            for supplier in leaf.suppliers or ():
                for recipient in leaf.recipients or ():
                    yield supplier, recipient, (leaf.classes or ("arms",))[0]


def _events(side: Side | None) -> Iterator[str]:
    if side is None:
        return
    condition: Condition = condition_of(side)
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
