"""What can happen to a member, as the language of conditions sees it: each source is a deed that may come every week.

* A route's consignment is one line: ordered when it is sent, delivered when it arrives.
* An order is ordered when it is placed; each of its deliveries is a line of its own.
* What a line returns to its licensor is sent and arrives like a consignment.
* Events, contingencies and signals happen by their titles; effects declare deeds; commitments come into states.
* What stands when the scenario begins is past: it has one known day.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import IntEnum

from materiel.commitments import ConditionRefused, parse
from materiel.commitments.days import span_of
from materiel.commitments.happenings import Deed, Event, Turn
from materiel.commitments.tree import (
    And,
    CommitmentAtom,
    Compare,
    Condition,
    EventAtom,
    Figure,
    MeasureAtom,
    Names,
    PactAtom,
    Relation,
    StanceAtom,
    State,
    TimeLimit,
    Total,
    TotalKind,
    TransferAtom,
)
from materiel.outlook.program import Expression, Name
from materiel.outlook.refusals import Problem, ScenarioRefused
from materiel.outlook.scenario.elements import Effect, Materiel, Order, Scenario
from materiel.outlook.scenario.numbers import Number
from materiel.outlook.scenario.units import SCALES, Kind, parse_unit
from materiel.outlook.weaving.arithmetic import less, multiply
from materiel.outlook.weaving.calendar import DECISIONS, EVENTS, FLOWS
from materiel.terms.statements import Measure, Pact, Stage, Stance, Transfer


class Moment(IntEnum):
    """When in a week it is known that something has happened."""

    AFTER_EVENTS = 0
    AFTER_SHOCKS = 1
    AT_THE_END = 2


@dataclass(frozen=True, slots=True)
class Source:
    """A deed that may come in any week.

    Attributes:
        deed: its slots; a quantity or a value stands in ``amount`` and ``worth``.
        happens: 1 in the weeks in which it comes.
        day: of the week, on which it is dated.
        moment: from when on ``happens`` is that of this week.
        amount: items, in ``deed.unit``.
        worth: money, in the deed's currency.
        figure: of a measure.
        line: whose consignments are each one line of the register, with the same name for sending and arrival.
        sent: for an arrival, how many weeks ago its consignment was sent.
    """

    deed: Deed
    happens: Expression
    day: int
    moment: Moment
    amount: Expression | None = None
    worth: Expression | None = None
    figure: Figure | None = None
    line: str = ""
    sent: int = 0


@dataclass(frozen=True, slots=True)
class Past:
    """A deed that stands when the scenario begins. ``day`` is counted from its start, and below 0."""

    deed: Deed
    day: int
    amount: Figure | Expression | None = None
    worth: Figure | Expression | None = None
    figure: Figure | None = None


WORDS = frozenset((Stage.REQUESTED, Stage.CONSIDERED, Stage.PLEDGED, Stage.WITHHELD, Stage.HALTED))
"""Stages that an effect may declare. What is ordered or delivered moves on routes and orders."""


def counted_in(materiel: Materiel) -> tuple[float, str]:
    """How many items a unit of the materiel holds, and what they are called: thousand rounds are 1000 rounds."""
    unit = parse_unit(materiel.unit)
    if unit.kind is not Kind.COUNT:
        return 1.0, materiel.unit
    words = materiel.unit.split()
    while words[0] in SCALES:
        words = words[1:]
    return float(unit.factor), " ".join(words)


def sources_of(scenario: Scenario) -> tuple[Source, ...]:
    """Every source of a scenario, in the order in which they come in a week."""
    return (
        *_happening(scenario),
        *_declared(scenario),
        *_turns(scenario),
        *_orders(scenario),
        *_routes(scenario),
        *_returns(scenario),
    )


def signal_name(unknown: str, place: int) -> str:
    """The name of a signal among the hazards: an unknown may have several."""
    return f"signal {unknown} {place}"


def _happening(scenario: Scenario) -> list[Source]:
    titled = [(each.title, f"happened {each.id}", Moment.AFTER_EVENTS) for each in scenario.events]
    titled += [
        (signal.title, signal_name(unknown.id, place), Moment.AFTER_EVENTS)
        for unknown in scenario.unknowns
        for place, signal in enumerate(unknown.signals)
    ]
    titled += [(each.title, f"happened {each.id}", Moment.AFTER_SHOCKS) for each in scenario.contingencies]
    return [Source(Event(title), Name(name), EVENTS, moment) for title, name, moment in titled]


def _declared(scenario: Scenario) -> list[Source]:
    """What effects declare, dated like what brings them about."""
    found = []
    for event in scenario.events:
        where, flag = f"events.{event.id}", Name(f"happened {event.id}")
        found += _declarations(event.effects, where, flag, EVENTS, Moment.AFTER_EVENTS)
    for shock in scenario.contingencies:
        where, flag = f"contingencies.{shock.id}", Name(f"happened {shock.id}")
        found += _declarations(shock.effects, where, flag, EVENTS, Moment.AFTER_SHOCKS)
    for pledge in scenario.commitments:
        where, flag = f"commitments.{pledge.id}", Name(f"acts {pledge.id}")
        found += _declarations(pledge.deeds, where, flag, DECISIONS, Moment.AT_THE_END)
    for need in scenario.needs:
        if need.when_unmet is not None:
            where, flag = f"needs.{need.actor}.{need.materiel}", Name(f"short {need.actor} {need.materiel}")
            found += _declarations(need.when_unmet.effects, where, flag, FLOWS, Moment.AT_THE_END)
    return found


def _declarations(effects: tuple[Effect, ...], where: str, flag: Name, day: int, moment: Moment) -> list[Source]:
    found = []
    for effect in effects:
        if effect.happens is None:
            continue
        place = f"{where}.effects.happens"
        for past in read_happening(effect.happens, place, 0):
            if isinstance(past.deed, Transfer) and past.deed.stage not in WORDS:
                why = f"{past.deed.stage} materiel moves on routes and orders. Make a route or an order of it."
                raise refuse(place, why)
            if past.day != 0:
                raise refuse(place, "it happens when it is brought about; leave out 'since'.")
            if isinstance(past.deed, Turn):
                raise refuse(place, "a commitment comes into a state by itself: declare a deed.")
            found.append(Source(past.deed, flag, day, moment, figure=past.figure))
    return found


def refuse(place: str, why: str) -> ScenarioRefused:
    """What cannot be woven, for ``raise``."""
    return ScenarioRefused("scenario", [Problem(place, why)])


def _turns(scenario: Scenario) -> list[Source]:
    return [
        Source(Turn(pledge.id, state), Name(f"turns {state} {pledge.id}"), DECISIONS, Moment.AT_THE_END)
        for pledge in scenario.commitments
        for state in State
        if state is not State.STANDING
    ]


def _orders(scenario: Scenario) -> list[Source]:
    found = []
    for order in scenario.orders:
        items, _ = counted_in(scenario.materiel[order.materiel])
        deed = order_deed(scenario, order)
        for stage, day, amount in (
            (Stage.ORDERED, DECISIONS, Name(f"placed {order.id}")),
            (Stage.DELIVERED, FLOWS, Name(f"brought {order.id}")),
        ):
            worth = None if order.unit_value is None else Name(f"worth {stage} {order.id}")
            found.append(
                Source(
                    replace(deed, stage=stage),
                    less(0.0, amount),
                    day,
                    Moment.AT_THE_END,
                    multiply(amount, items),
                    worth,
                )
            )
    return found


def order_deed(scenario: Scenario, order: Order) -> Transfer:
    """An order as it is placed; its money is in the currency of its price."""
    materiel, price = scenario.materiel[order.materiel], order.unit_value
    currency = parse_unit(price.unit).what if isinstance(price, Number) else "USD"
    unit = counted_in(materiel)[1]
    return Transfer(order.supplier, order.buyer, (materiel.class_,), Stage.ORDERED, unit=unit, currency=currency)


def _routes(scenario: Scenario) -> list[Source]:
    found = []
    for route in scenario.routes:
        sides = route.supplier, route.recipient, route.materiel
        found += _consignment(scenario, sides, route.delay, (f"sent {route.id}", f"arrived {route.id}"), route.via)
    return found


def _returns(scenario: Scenario) -> list[Source]:
    found = []
    for line in scenario.lines:
        if line.returns is not None and line.licensor is not None:
            sides = line.owner, line.licensor, line.materiel
            names = (f"returned {line.id}", f"back {line.id}")
            found += _consignment(scenario, sides, line.returns.delay, names, None)
    return found


def _consignment(
    scenario: Scenario, sides: tuple[str, str, str], delay: int, names: tuple[str, str], via: str | None
) -> list[Source]:
    supplier, recipient, what = sides
    materiel = scenario.materiel[what]
    items, unit = counted_in(materiel)
    deed = Transfer(supplier, recipient, (materiel.class_,), Stage.ORDERED, unit=unit, via=via)
    sent, arrived = (Name(name) for name in names)
    return [
        Source(deed, less(0.0, sent), FLOWS, Moment.AT_THE_END, multiply(sent, items), line=names[0]),
        Source(
            replace(deed, stage=Stage.DELIVERED),
            less(0.0, arrived),
            FLOWS,
            Moment.AT_THE_END,
            multiply(arrived, items),
            line=names[0],
            sent=delay,
        ),
    ]


def past_of(scenario: Scenario) -> tuple[Past, ...]:
    """What stands when the scenario begins."""
    start = span_of(scenario.start.isoformat())[0]
    found: list[Past] = []
    for place, text in enumerate(scenario.so_far, start=1):
        found += read_happening(text, f"so_far.{place}", -1, start)
    return tuple(found)


def read_happening(text: str, where: str, usual: int, start: int | None = None) -> list[Past]:
    """The deeds that a clause declares: what it names is taken to be so.

    Args:
        text: one leaf, or several joined by ``and``; what is compared is compared by ``==``.
        where: it stands in the scenario.
        usual: the day, from the start, where the clause has none.
        start: the first day of the scenario, where ``since DATE`` may give the day.

    Raises:
        ScenarioRefused: it names nothing that could be declared.
    """
    try:
        condition = parse(text, in_scenario=True)
    except ConditionRefused as refusal:
        raise refuse(where, str(refusal)) from None
    parts = condition.parts if isinstance(condition, And) else (condition,)
    return [_declared_by(part, where, usual, start) for part in parts]


def _declared_by(leaf: Condition, where: str, usual: int, start: int | None) -> Past:
    if not isinstance(leaf, TransferAtom | PactAtom | StanceAtom | EventAtom | CommitmentAtom | MeasureAtom | Total):
        raise refuse(where, "a declaration names what happens: no 'or', no 'not', no level of a stock or a state.")
    day = _day_of(leaf, where, usual, start)
    if isinstance(leaf, MeasureAtom | Total) and leaf.compare is not Compare.EQUAL:
        raise refuse(where, f"what is declared is so much and no more: write == in place of {leaf.compare}.")
    match leaf:
        case TransferAtom():
            via = None if leaf.via is None else _one(leaf.via, "via", where)
            return Past(_supply(leaf, where, via=via), day)
        case Total(kind=TotalKind.QUANTITY):
            deed = replace(_supply(leaf, where), unit=leaf.unit)
            return Past(deed, day, amount=leaf.number)
        case Total(kind=TotalKind.VALUE):
            return Past(replace(_supply(leaf, where), currency=leaf.unit or "USD"), day, worth=leaf.number)
        case PactAtom(parties, kind, status):
            if kind is None:
                raise refuse(where, "name the kind of the pact: mutual-defence, cooperation, arms-deal ...")
            return Past(Pact(tuple(_one(party, "a party", where) for party in parties), kind, status), day)
        case StanceAtom(holders, stance, suppliers, recipients):
            supplier = None if suppliers is None else _one(suppliers, "the supplier", where)
            recipient = None if recipients is None else _one(recipients, "the recipient", where)
            return Past(Stance(_one(holders, "the holder", where), stance, supplier, recipient), day)
        case EventAtom(what):
            return Past(Event(what), day)
        case CommitmentAtom(commitment, state):
            return Past(Turn(commitment, state), day)
        case MeasureAtom(subjects, name, unit, _, number):
            return Past(Measure(_one(subjects, "whose figure it is", where), name, 0.0, unit), day, figure=number)
        case _:
            raise refuse(where, "a count is of what happens: declare the deliveries themselves.")


def _supply(leaf: TransferAtom | Total, where: str, via: str | None = None) -> Transfer:
    supplier, recipient = _one(leaf.suppliers, "the supplier", where), _one(leaf.recipients, "the recipient", where)
    return Transfer(supplier, recipient, (_one(leaf.classes, "the class of materiel", where),), leaf.stage, via=via)


def _one(names: Names, what: str, where: str) -> str:
    if names is None or len(names) != 1:
        raise refuse(where, f"{what} has to be a single one in a declaration, neither * nor a set.")
    return names[0]


Dated = TransferAtom | PactAtom | StanceAtom | EventAtom | CommitmentAtom | MeasureAtom | Total


def _day_of(leaf: Dated, where: str, usual: int, start: int | None) -> int:
    """The day of ``since DATE``, the only limit that a declaration has."""
    if not leaf.limits:
        return usual
    match leaf.limits:
        case (TimeLimit(Relation.SINCE, str(moment)),) if start is not None:
            day = span_of(moment)[0] - start
            if day >= 0:
                raise refuse(where, f"{moment} is not before the start. What comes later is an event or a contingency.")
            return day
    raise refuse(where, "a declaration has no limits but 'since DATE', the day on which it came to be so.")
