"""What a scenario's outcomes, series and numbers are called, and in which unit they are told."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from math import isnan

from materiel.outlook.scenario.elements import Scenario
from materiel.outlook.scenario.leaves import numbers_of
from materiel.outlook.scenario.measuring import based
from materiel.outlook.scenario.numbers import Number
from materiel.report.names import opened
from materiel.terms.actors import actor_name

_STATES = {
    "triggered": "condition comes",
    "kept": "kept",
    "broken": "broken",
    "lapsed": "lapses",
    "withdrawn": "withdrawn",
}


class Names:
    """The words for one scenario.

    Names are those of the ensemble: ``stock UKR shell``, ``broken seoul_line``, ``first summit``, the scenario's own.
    """

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario

    def actor(self, code: str) -> str:
        """An actor by name: the scenario's, else the one of the vocabulary."""
        return self.scenario.actors.get(code) or actor_name(code)

    def materiel(self, key: str) -> str:
        return key.replace("_", " ")

    def commitment(self, identity: str) -> str:
        """A commitment's title; its id where the scenario gives none."""
        return next((one.title for one in self.scenario.commitments if one.id == identity), identity)

    def debtor(self, identity: str) -> str:
        return next((self.actor(one.debtor) for one in self.scenario.commitments if one.id == identity), "")

    def event(self, identity: str) -> str:
        """The title of an event, a contingency or a signal (which is named by its unknown and its title)."""
        titles = {one.id: one.title for one in self.scenario.events}
        titles |= {one.id: one.title for one in self.scenario.contingencies}
        return titles.get(identity) or identity.partition("/")[2] or identity

    def route(self, identity: str) -> str:
        """A route by what it carries: "shell, United States → Ukraine"."""
        for one in self.scenario.routes:
            if one.id == identity:
                ends = f"{self.actor(one.supplier)} → {self.actor(one.recipient)}"
                return f"{self.materiel(one.materiel)}, {ends}"
        return identity

    def order(self, identity: str) -> str:
        for one in self.scenario.orders:
            if one.id == identity:
                return f"{self.materiel(one.materiel)}, {self.actor(one.supplier)} → {self.actor(one.buyer)} ({one.id})"
        return identity

    def title(self, name: str) -> str:
        """An outcome or a series in a table or over a figure."""
        own = self.scenario.outcomes.get(name)
        if own is not None:
            return own.title
        head, _, rest = name.partition(" ")
        say = self._says.get(head)
        return opened(say(rest)) if say else name

    def unit(self, name: str) -> str:
        """The unit of an outcome or a series: "thousand rounds", "share", "weeks"."""
        own = self.scenario.outcomes.get(name)
        if own is not None:
            return own.unit
        head, _, rest = name.partition(" ")
        match head:
            case "stock" | "final" | "unmet":
                return self._unit_of(rest.partition(" ")[2])
            case "sent" | "arrived":
                return next((self._unit_of(one.materiel) for one in self.scenario.routes if one.id == rest), "")
            case "backlog" | "delivered":
                return next((self._unit_of(one.materiel) for one in self.scenario.orders if one.id == rest), "")
            case "state" | "belief":
                return "share"
            case "count":
                return "times"
        return "weeks"

    def told(self, name: str, value: float) -> str:
        """A value of an uncertain number with its unit: "35.2 weeks"."""
        return amount_words(value, self._based[name].unit) if name in self._based else amount_words(value)

    def plain(self, name: str, value: float, digits: int = 3) -> str:
        """A value of an uncertain number without its unit; of a share, in percent."""
        is_share = name in self._based and self._based[name].unit == "share"
        return rounded(value * 100 if is_share else value, digits)

    def why(self, name: str) -> str:
        """Where an uncertain number comes from: its evidence, its source, or the reason for assuming it."""
        number = self._based.get(name)
        if number is None:
            return ""
        known = [f"evidence: {', '.join(number.evidence)}"] if number.evidence else []
        known += [f"source: {number.source}"] if number.source else []
        known += [f"assumption: {number.assumption}"] if number.assumption else []
        return "; ".join(known)

    def _unit_of(self, materiel: str) -> str:
        found = self.scenario.materiel.get(materiel)
        return found.unit if found else ""

    @cached_property
    def with_reserve(self) -> frozenset[str]:
        """Stocks, as "KOR shell", whose reserve is not simply 0."""
        stocks = self.scenario.stocks
        reserves = {f"{one.owner} {one.materiel}": one.reserve for one in stocks if one.reserve is not None}
        return frozenset(
            about for about, reserve in reserves.items() if not (isinstance(reserve, Number) and reserve.value == 0)
        )

    @cached_property
    def _based(self) -> dict[str, Number]:
        """Every number in base units, in which the ensemble has them, by the name of its parameter."""
        return {place.removeprefix("numbers."): number for place, _, number in numbers_of(based(self.scenario))}

    @cached_property
    def _says(self) -> dict[str, Callable[[str], str]]:
        def holder(rest: str) -> tuple[str, str]:
            actor, _, what = rest.partition(" ")
            return self.actor(actor), self.materiel(what)

        return {
            **{state: _state_words(self, words) for state, words in _STATES.items()},
            "first": self.event,
            "count": lambda rest: f"times: {self.event(rest)}",
            "depleted": lambda rest: "{}: {} down to the reserve".format(*holder(rest)),
            "emptied": lambda rest: "{}: {} used up".format(*holder(rest)),
            "stock": lambda rest: "{}: stock of {}".format(*holder(rest)),
            "final": lambda rest: "{}: stock of {} at the end".format(*holder(rest)),
            "unmet": lambda rest: "{}: unmet need of {}".format(*holder(rest)),
            "state": lambda rest: "{}: {}".format(*holder(rest)),
            "sent": lambda rest: f"sent: {self.route(rest)}",
            "arrived": lambda rest: f"arrived: {self.route(rest)}",
            "backlog": lambda rest: f"waiting: {self.order(rest)}",
            "delivered": lambda rest: f"delivered: {self.order(rest)}",
            "belief": lambda rest: f"belief that {self._unknown(rest)}",
        }

    def _unknown(self, identity: str) -> str:
        return next((one.title for one in self.scenario.unknowns if one.id == identity), identity)


def _state_words(names: Names, words: str) -> Callable[[str], str]:
    return lambda rest: f"{names.commitment(rest)}: {words}"


def rounded(value: float, digits: int = 3) -> str:
    """The digits that count: "1,230", "45.2", "0.037", "0"; a dash for what is no number."""
    if isnan(value):
        return "–"
    near = float(f"{value:.{digits}g}")
    if abs(near) >= 10 ** (digits - 1):
        return f"{near:,.0f}"
    return f"{near:.10f}".rstrip("0").rstrip(".") if near else "0"


def amount_words(value: float, unit: str = "") -> str:
    """A value with its unit; shares as percent, plain numbers without."""
    if unit in ("share", "percent", "per cent", "%"):
        return f"{rounded(value * 100 if unit == 'share' else value)} %"
    if unit in ("", "none"):
        return rounded(value)
    return f"{rounded(value)} {unit}"
