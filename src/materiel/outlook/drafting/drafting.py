"""A whole draft: every part that the register tells of, and what was left out."""

from __future__ import annotations

from dataclasses import dataclass

from materiel.commitments.printing import print_condition
from materiel.commitments.tree import PactAtom, StanceAtom
from materiel.outlook.drafting.figures import measured
from materiel.outlook.drafting.flows import draft_flows, restraint_ends
from materiel.outlook.drafting.naming import Names
from materiel.outlook.drafting.promises import chance_event, promises
from materiel.outlook.drafting.sorting import is_withheld, sort_out
from materiel.outlook.drafting.told import Agreement, Record, View
from materiel.outlook.scenario.elements import Scenario
from materiel.terms.actors import actor_name


@dataclass(frozen=True)
class Draft:
    """A scenario that begins where the record ends.

    Attributes:
        left_out: lines of the register that are no part of it, and why, in words.
    """

    scenario: Scenario
    left_out: tuple[str, ...]


def draft(record: Record) -> Draft:
    """The scenario that a record tells of. What no line of it gives is a blank; see :mod:`scenario.numbers`."""
    names = Names()
    figures = measured(record.figures, names)
    told = sort_out(record.supplies)
    given = frozenset(flow for flow, members in told.flows.items() if not is_withheld(members))
    promised = promises(record.commitments, record.triggered, given, names)
    restraints = [restraint_ends(flow) for flow, members in told.flows.items() if is_withheld(members)]
    parts = draft_flows(told, promised.wanted, figures, names)
    so_far = dict.fromkeys(
        (
            *(print_condition(_pact(each)) for each in record.agreements),
            *(print_condition(_stance(each)) for each in record.views),
        )
    )
    actors = {
        *(end for route in parts.routes for end in (route.supplier, route.recipient, route.via)),
        *(end for order in parts.orders for end in (order.supplier, order.buyer)),
        *(pledge.debtor for pledge in promised.pledges),
        *(each.creditor for each in promised.pledges),
    } - {None}
    scenario = Scenario(
        name=record.name,
        about="A draft: what the register of the dossier tells, and blanks where the model needs more.",
        start=record.start,
        weeks=record.weeks,
        dossier=record.dossier,
        actors={code: actor_name(code) for code in sorted(filter(None, actors))},
        materiel=parts.materiel,
        numbers={**{each.name: each.number for each in figures}, **parts.numbers},
        stocks=parts.stocks,
        lines=parts.lines,
        orders=parts.orders,
        routes=parts.routes,
        needs=parts.needs,
        switches=parts.switches,
        events=(*(chance_event(words, names) for words in restraints), *promised.events),
        commitments=promised.pledges,
        so_far=tuple(so_far),
    )
    return Draft(scenario, (*told.left_out, *promised.left_out))


def _pact(told: Agreement) -> PactAtom:
    return PactAtom(tuple((party,) for party in told.parties), told.kind, told.status)


def _stance(told: View) -> StanceAtom:
    return StanceAtom(
        (told.holder,),
        told.stance,
        (told.supplier,) if told.supplier else None,
        (told.recipient,) if told.recipient else None,
    )
