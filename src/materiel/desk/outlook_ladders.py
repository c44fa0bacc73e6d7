"""The ladders of a scenario's commitments: what follows from one event, as on the board."""

from __future__ import annotations

import numpy as np

from materiel.commitments.chains import chains as link
from materiel.commitments.commitment import Act, Commitment, Saying, Term
from materiel.commitments.tree import And, Condition, bind
from materiel.commitments.wording import say
from materiel.outlook.engine.draws import spread_over
from materiel.outlook.scenario.checking.references import parse_clause
from materiel.outlook.scenario.elements import Pledge, Scenario
from materiel.outlook.scenario.measuring import based
from materiel.outlook.scenario.numbers import Spread
from materiel.report.standings import Ladder, Link


def ladders_of(scenario: Scenario) -> tuple[tuple[Ladder, ...], tuple[Link, ...]]:
    """Ladders and the links between commitments; a named number counts with the middle of its range."""
    middles = {
        name: float(spread_over(number.spread, np.array([0.5]))[0])
        if isinstance(number.spread, Spread)
        else float(number.value or 0)
        for name, number in based(scenario).numbers.items()
    }
    chained = link([_commitment(one, scenario, middles) for one in scenario.commitments])
    return (
        tuple(Ladder(say(each.event.condition), each.event.text, each.rungs) for each in chained.ladders),
        tuple(dict.fromkeys(Link(each.source, each.target, each.is_sure) for each in chained.links)),
    )


def _commitment(pledge: Pledge, scenario: Scenario, middles: dict[str, float]) -> Commitment:
    """A commitment of the scenario as one of the board; what its deeds declare is a part of what it brings about."""

    def condition(text: str) -> Condition:
        return bind(parse_clause(text), middles)

    brought = [pledge.consequent, *(deed.happens for deed in pledge.deeds if deed.happens)]
    parts = tuple(dict.fromkeys(condition(text) for text in brought))
    start = scenario.start.isoformat()
    return Commitment(
        pledge.id,
        pledge.debtor,
        None if pledge.antecedent is None else condition(pledge.antecedent),
        parts[0] if len(parts) == 1 else And(parts),
        pledge.force,
        (Saying(Act.MADE, start, start),),
        Term(pledge.by.isoformat() if pledge.by else None, pledge.within),
        pledge.creditor,
    )
