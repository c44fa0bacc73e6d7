"""What a scenario names, and what is close to a name that it does not have."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from materiel.commitments import ConditionRefused, parse
from materiel.commitments.names import close_actors, close_words, is_known_actor
from materiel.commitments.tree import EventAtom, leaves
from materiel.outlook.scenario.elements import Effect, Scenario


@dataclass(frozen=True, slots=True)
class Known:
    """The names of a scenario, by what they name. Pairs begin with the actor."""

    actors: frozenset[str]
    materiel: tuple[str, ...]
    stocks: tuple[tuple[str, str], ...]
    needs: tuple[tuple[str, str], ...]
    backlogs: tuple[tuple[str, str], ...]
    slow_states: tuple[tuple[str, str], ...]
    switches: tuple[tuple[str, str], ...]
    lines: tuple[str, ...]
    routes: tuple[str, ...]
    orders: tuple[str, ...]
    events: tuple[str, ...]
    unknowns: tuple[str, ...]
    commitments: tuple[str, ...]
    numbers: tuple[str, ...]
    titles: tuple[str, ...]
    """Of events, contingencies and signals, and events that are declared."""

    @property
    def states(self) -> tuple[tuple[str, str], ...]:
        return (*self.slow_states, *self.switches)

    def has_actor(self, code: str) -> bool:
        return code in self.actors or is_known_actor(code)

    def has_title(self, words: str) -> bool:
        return folded(words) in {folded(title) for title in self.titles}


def known(scenario: Scenario) -> Known:
    """What a scenario names."""
    return Known(
        actors=frozenset(scenario.actors),
        materiel=tuple(scenario.materiel),
        stocks=tuple((stock.owner, stock.materiel) for stock in scenario.stocks),
        needs=tuple((need.actor, need.materiel) for need in scenario.needs),
        backlogs=tuple(dict.fromkeys((order.supplier, order.materiel) for order in scenario.orders)),
        slow_states=tuple((state.actor, state.name) for state in scenario.states),
        switches=tuple((switch.actor, switch.name) for switch in scenario.switches),
        lines=tuple(line.id for line in scenario.lines),
        routes=tuple(route.id for route in scenario.routes),
        orders=tuple(order.id for order in scenario.orders),
        events=(*(event.id for event in scenario.events), *(shock.id for shock in scenario.contingencies)),
        unknowns=tuple(unknown.id for unknown in scenario.unknowns),
        commitments=tuple(pledge.id for pledge in scenario.commitments),
        numbers=tuple(scenario.numbers),
        titles=_titles(scenario),
    )


def _titles(scenario: Scenario) -> tuple[str, ...]:
    shown = [*(event.title for event in scenario.events), *(shock.title for shock in scenario.contingencies)]
    shown.extend(signal.title for unknown in scenario.unknowns for signal in unknown.signals)
    declared = [*scenario.so_far, *(effect.happens for effect in effects_of(scenario) if effect.happens)]
    for clause in declared:
        try:
            shown.extend(leaf.what for leaf in leaves(parse(clause)) if isinstance(leaf, EventAtom))
        except ConditionRefused:
            continue  # told where the clause itself is checked
    return tuple(dict.fromkeys(shown))


def effects_of(scenario: Scenario) -> Iterable[Effect]:
    """Every effect of the scenario."""
    for event in scenario.events:
        yield from event.effects
    for shock in scenario.contingencies:
        yield from shock.effects
    for pledge in scenario.commitments:
        yield from pledge.deeds
    for need in scenario.needs:
        if need.when_unmet:
            yield from need.when_unmet.effects


_COMPARED = 1000
"""Names with which a name is compared; comparing takes time."""


def folded(words: str) -> str:
    """The words of an event as conditions compare them: the case does not matter."""
    return " ".join(words.split()).casefold()


def fits(name: str, names: Iterable[str]) -> str:
    """What may have been meant, as the end of a message: " Fits: a, b", or that there is none."""
    listed = list(dict.fromkeys(names))[:_COMPARED]
    if not listed:
        return " There is none in this scenario"
    close = close_words(name, listed) or tuple(listed[:8])
    more = ", ..." if len(close) == 8 and len(listed) > 8 else ""
    return f" Fits: {', '.join(close)}{more}"


def fitting_actors(code: str, names: Known) -> str:
    """Actors that may have been meant."""
    close = [*close_actors(code), *(each for each in close_words(code, names.actors) if each not in close_actors(code))]
    remedy = "; or declare it under actors: {CODE: name}"
    return f" Fits: {', '.join(close[:5])}{remedy}" if close else f" Use its code, such as KOR{remedy}"
