"""What is not known: a fact that is drawn once, signals that are likelier if it is true, and the belief that they make.

The belief is that of somebody who knows the prior, the hazards and every week whether a signal came: Bayes' rule, for
signals seen and for signals that stayed out.
"""

from __future__ import annotations

from materiel.outlook.program import Constant, Expression, Name, Uniform
from materiel.outlook.scenario.elements import Unknown
from materiel.outlook.weaving.arithmetic import add, choose, divide, least, less, multiply, subtract
from materiel.outlook.weaving.loom import Loom
from materiel.outlook.weaving.setting import Setting
from materiel.outlook.weaving.sources import signal_name

LARGEST = 40.0
"""A hazard from which on something happens surely, as the engines have it."""
_HALVINGS = 10
_TERMS = 8


class UnknownWork:
    """A fact and its signals."""

    def __init__(self, setting: Setting, unknown: Unknown) -> None:
        self._setting, self._unknown = setting, unknown
        loom, where = setting.loom, f"unknowns.{unknown.id}"
        prior = setting.share(unknown.prior, f"{where}.prior")
        luck = loom.variable(f"luck {unknown.id}", Uniform(f"fact {unknown.id}"))
        self._fact = loom.variable(f"fact {unknown.id}", less(luck, prior))
        self._belief = loom.variable(f"belief {unknown.id}", prior)
        self._rates: list[tuple[Name, Expression, Expression]] = []
        loom.follow(self._belief, f"Belief: {unknown.title}", "share")
        loom.tell(f"fact {unknown.id}", self._fact, unknown.title, "")
        loom.tell(f"belief {unknown.id}", self._belief, f"Belief at the end: {unknown.title}", "share")

    def draw(self) -> None:
        """The hazards of its signals, on the situation at the end of the week before; called before all other steps."""
        setting, loom, unknown = self._setting, self._setting.loom, self._unknown
        for place, signal in enumerate(unknown.signals):
            where = f"unknowns.{unknown.id}.signals.{place + 1}"
            if_true = setting.not_negative(signal.if_true, f"{where}.if_true")
            if_false = setting.not_negative(signal.if_false, f"{where}.if_false")
            name = signal_name(unknown.id, place)
            loom.describe(name, signal.title, "")
            seen = loom.hazard(name, choose(self._fact, if_true, if_false), f"signal {unknown.id} {signal.title}")
            rates = loom.note("if true", if_true), loom.note("if false", if_false)
            self._rates.append((seen, *rates))
            heard = loom.variable(f"happened {unknown.id}/{signal.title}")
            loom.assign(heard, seen)
            loom.follow(heard, signal.title, "")

    def learn(self) -> None:
        """The belief after this week's signals, and their absence."""
        loom = self._setting.loom
        for seen, if_true, if_false in self._rates:
            quiet = [exp_minus(loom, rate) for rate in (if_true, if_false)]
            likely = [choose(seen, subtract(1.0, each), each) for each in quiet]
            true = loom.note("true", multiply(self._belief, likely[0]))
            false = loom.note("false", multiply(subtract(1.0, self._belief), likely[1]))
            loom.assign(self._belief, divide(true, add(true, false)))


def exp_minus(loom: Loom, rate: Expression) -> Expression:
    """E to the power of minus a rate, by a short series on a small part of it, squared again and again.

    To some 1e-13 of itself; rates above :data:`LARGEST` count as that.
    """
    x = loom.note("part", multiply(least(rate, LARGEST), 2.0**-_HALVINGS))
    found: Expression = Constant(1.0)
    for n in range(_TERMS, 0, -1):
        found = subtract(1.0, multiply(multiply(x, 1.0 / n), found))
    for _ in range(_HALVINGS):
        found = loom.note("squared", found)
        found = multiply(found, found)
    return loom.note("quiet", found)
