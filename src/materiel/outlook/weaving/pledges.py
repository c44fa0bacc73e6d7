"""Commitments: triggered, kept, broken, lapsed, withdrawn, by the rules of :mod:`materiel.commitments.lifecycle`.

A pledge counts as made before the scenario begins: its antecedent looks at all that has happened so far, its consequent
at what has happened since the antecedent came. A pact or a commitment's state that was there already counts as well.
Once it has been triggered it stays so, whatever becomes of the antecedent.
"""

from __future__ import annotations

from materiel.commitments.happenings import Turn
from materiel.commitments.lifecycle import is_restraint
from materiel.commitments.tree import CommitmentAtom, Condition, PactAtom, State, leaves
from materiel.outlook.program import Constant, Expression, Name, Uniform, Week
from materiel.outlook.scenario.elements import Pledge
from materiel.outlook.weaving.arithmetic import (
    add,
    at_most,
    both,
    choose,
    either,
    least,
    less,
    negated,
)
from materiel.outlook.weaving.calendar import DAYS, NEVER, day_of
from materiel.outlook.weaving.conditions import Asked
from materiel.outlook.weaving.effects import weave_effects
from materiel.outlook.weaving.setting import Setting
from materiel.outlook.weaving.sources import Past
from materiel.outlook.weaving.supply import first_week
from materiel.terms.statements import Force

ENDS = (State.KEPT, State.BROKEN, State.LAPSED, State.WITHDRAWN)
REACHED = (State.TRIGGERED, *ENDS)


class PledgeWork:
    """The life of one commitment.

    It keeps a flag for each state that it has come into, the day since which its consequent counts, the week in which
    the debtor will act, and whether it is taken back.
    """

    def __init__(self, setting: Setting, pledge: Pledge, past: tuple[Past, ...]) -> None:
        self._setting, self._pledge = setting, pledge
        self._where = f"commitments.{pledge.id}"
        loom, scenario = setting.loom, setting.scenario
        before = {
            each.deed.state: each.day
            for each in past
            if isinstance(each.deed, Turn) and each.deed.commitment == pledge.id
        }
        self._is: dict[State, Name] = {}
        self._weeks: dict[State, Name] = {}
        for state in REACHED:
            self._is[state] = loom.variable(f"{state} {pledge.id}", float(state in before))
            opening = 0.0 if state in before else float(scenario.weeks)
            self._weeks[state] = loom.variable(f"week {state} {pledge.id}", opening)
            loom.follow(self._is[state], f"{pledge.title}: {state}", "")
            loom.tell(f"{state} {pledge.id}", self._weeks[state], f"Week in which {state}: {pledge.title}", "week")
        triggered = before.get(State.TRIGGERED)
        self._since = loom.variable(f"since {pledge.id}", NEVER if triggered is None else float(triggered))
        self._luck = loom.variable(f"luck {pledge.id}", Uniform(f"kept {pledge.id}"))
        self._will = loom.variable(f"will {pledge.id}", Constant(0.0) if triggered is None else self._willing())
        acts_at = Constant(0.0) if triggered is None else add(triggered / DAYS, self._delay())
        self._acts_at = loom.variable(f"acts at {pledge.id}", acts_at)
        self._acted = loom.variable(f"acted {pledge.id}")
        self._taken_back = loom.variable(f"taken back {pledge.id}", float(State.WITHDRAWN in before))
        self._withdrawing = loom.variable(f"withdrawing {pledge.id}")
        self._acts = Name(f"acts {pledge.id}")
        self._by = None if pledge.by is None else (pledge.by - scenario.start).days
        self._consequent = setting.conditions.read(pledge.consequent, f"{self._where}.consequent")
        self._is_restraint = is_restraint(self._consequent)
        self._comes: Expression = Constant(1.0)
        self._came: Expression = Constant(0.0)
        self._done: Expression = Constant(0.0)
        self._undone: Expression = Constant(0.0)

    def _willing(self) -> Expression:
        return less(self._luck, self._setting.share(self._pledge.kept_with, f"{self._where}.kept_with"))

    def _delay(self) -> Expression:
        return self._setting.not_negative(self._pledge.delay, f"{self._where}.delay")

    def _due(self) -> Expression | None:
        """The last day for the deed."""
        within = self._pledge.within
        days = None if within is None else add(self._since, float(within))
        if self._by is None or days is None:
            return Constant(float(self._by)) if self._by is not None else days
        return least(days, float(self._by))

    def ask(self) -> None:
        """The conditions of both sides."""
        conditions, pledge = self._setting.conditions, self._pledge
        self._came = Constant(0.0)
        if pledge.antecedent is not None:
            asked = Asked(until=self._by)
            antecedent = conditions.read(pledge.antecedent, f"{self._where}.antecedent")
            self._comes = conditions.judge(antecedent, f"{self._where}.antecedent", asked).holds
            self._came = _came_now(conditions.when(antecedent, f"{self._where}.antecedent", asked))
            if conditions.share(antecedent, self._consequent):
                # What set it off does not keep it.
                self._came = add(self._came, 1.0)
        where = f"{self._where}.consequent"
        due = self._due() if pledge.within is not None else None
        if is_one_off(self._consequent):
            truth = conditions.judge(self._consequent, where, Asked(until=self._by, due=due))
        else:
            has_begun = self._is[State.TRIGGERED]
            asked = Asked(until=self._by, since=self._since, due=due, has_begun=has_begun)
            truth = conditions.judge(self._consequent, where, asked)
        self._done, self._undone = truth.holds, truth.fails

    def look(self) -> None:
        """Whether the antecedent has come; from when on the consequent counts."""
        loom = self._setting.loom
        stands = negated(self._has_reached(REACHED))
        comes = loom.note("comes", both(stands, self._comes))
        self._comes = comes
        loom.assign(self._since, choose(comes, self._came, self._since))

    def look_again(self) -> None:
        """How the consequent is answered now."""
        note = self._setting.loom.note
        self._done, self._undone = note("done", self._done), note("undone", self._undone)

    def _has_reached(self, states: tuple[State, ...]) -> Expression:
        found: Expression = Constant(0.0)
        for state in states:
            found = either(found, self._is[state])
        return found

    def move(self) -> None:
        """The states that it comes into now, before anybody acts on them or takes it back."""
        loom = self._setting.loom
        today, due = day_of(0), self._due()
        is_over: Expression = Constant(0.0) if due is None else less(due, today)
        running = both(either(self._is[State.TRIGGERED], self._comes), negated(self._has_reached(ENDS)))
        running = loom.note("runs", running)
        if self._is_restraint:
            kept, broken = both(self._done, is_over), self._undone
        else:
            kept, broken = self._done, both(self._undone, is_over)
        term_over: Expression = Constant(0.0) if self._by is None else less(float(self._by), today)
        stands = negated(either(self._comes, self._has_reached(REACHED)))
        lapses = loom.note("lapses", both(stands, term_over))
        turns = {
            State.TRIGGERED: self._comes,
            State.KEPT: loom.note("kept", both(running, kept)),
            State.BROKEN: loom.note("broken", both(running, broken)),
            State.LAPSED: lapses,
            State.WITHDRAWN: Constant(0.0),
        }
        for state, flag in turns.items():
            loom.assign(self._turn(state), flag)
            self._reach(state)
        loom.assign(self._will, choose(self._comes, self._willing(), self._will))
        loom.assign(self._acts_at, choose(self._comes, add(Week(), self._delay()), self._acts_at))

    def _turn(self, state: State) -> Name:
        return Name(f"turns {state} {self._pledge.id}")

    def _reach(self, state: State) -> None:
        loom, turn = self._setting.loom, self._turn(state)
        loom.assign(self._is[state], either(self._is[state], turn))
        first_week(self._setting, self._weeks[state], turn)

    def act(self) -> None:
        """The debtor acts, late or in time, unless it has taken the commitment back."""
        loom = self._setting.loom
        may = both(self._is[State.TRIGGERED], both(self._will, negated(either(self._acted, self._taken_back))))
        loom.assign(self._acts, both(may, at_most(self._acts_at, Week())))
        loom.assign(self._acted, either(self._acted, self._acts))
        weave_effects(self._setting, self._pledge.deeds, self._acts, f"{self._where}.deeds")

    def withdraw(self) -> None:
        """It is taken back, by an event or a deed of this week: a promise that was triggered is broken by that."""
        loom = self._setting.loom
        open_ = both(self._withdrawing, negated(self._has_reached(ENDS)))
        breaks: Expression = Constant(0.0)
        if self._pledge.force is Force.PROMISE:
            breaks = both(open_, self._is[State.TRIGGERED])
        breaks = loom.note("breaks", breaks)
        withdrawn = loom.note("withdrawn", both(open_, negated(breaks)))
        for state, flag in ((State.BROKEN, breaks), (State.WITHDRAWN, withdrawn)):
            loom.assign(self._turn(state), either(self._turn(state), flag))
            self._reach(state)
        loom.assign(self._taken_back, either(self._taken_back, self._withdrawing))
        loom.assign(self._withdrawing, 0.0)


def _came_now(when: Expression | None) -> Expression:
    """The day on which an antecedent came that holds now and did not a week ago.

    What decided it before that cannot be what has changed: then a level has, or a happening that settles an older one,
    and the day is today. In the first week the past may have decided it long ago.
    """
    if when is None:
        return day_of(0)
    is_old = both(less(when, day_of(1 - DAYS)), less(0.0, Week()))
    return choose(is_old, day_of(0), when)


def is_one_off(condition: Condition) -> bool:
    """Whether a consequent, once brought about, stays: pacts and states of commitments, and nothing else."""
    return all(isinstance(leaf, PactAtom | CommitmentAtom) for leaf in leaves(condition))
