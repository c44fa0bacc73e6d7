"""An ensemble as a person reads it: commitments, events, depletions, fans and outcomes of one policy; two compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import nan, sqrt

import numpy as np

from materiel.outlook.answers.aims import TURNS, WEEKS, Aim, Askable
from materiel.outlook.answers.chances import Chance, Numbers, chance_by
from materiel.outlook.answers.comparing import Difference, mean_difference, share_difference
from materiel.outlook.answers.fans import LEVELS, Fan, fan_of
from materiel.outlook.answers.waits import Wait, wait_of
from materiel.outlook.ensemble import Ensemble

_SERIES = ("stock", "state", "sent", "arrived", "unmet", "backlog", "belief")
"""Series that are shown as fans; turns of commitments are shown as chances."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A state that a commitment may come into.

    Attributes:
        state: triggered, kept, broken, lapsed or withdrawn.
        by: the chance that it does by the last week asked about.
        wait: when it does, over the whole scenario.
    """

    state: str
    by: Chance
    wait: Wait


@dataclass(frozen=True, slots=True)
class Fate:
    """What comes of a commitment.

    Attributes:
        id: of the commitment.
        turns: the states that it came into, in the order of its life.
    """

    id: str
    turns: tuple[Turn, ...]

    def turn(self, state: str) -> Turn | None:
        """The turn into a state; None where the scenario does not tell of it."""
        return next((turn for turn in self.turns if turn.state == state), None)


@dataclass(frozen=True, slots=True)
class Own:
    """An outcome of the scenario's own, and what makes it a bad one."""

    outcome: Askable
    bad: Aim | None


@dataclass(frozen=True, slots=True)
class Tally:
    """A number told of each member.

    Attributes:
        name: of the outcome.
        mean: over the members that did not fail; not a number where all did.
        error: standard error of the mean.
        quantiles: at the levels of a fan.
        bad: the chance of the bad outcome; None where none is named.
        failed: members that failed.
    """

    name: str
    mean: float
    error: float
    quantiles: tuple[float, ...]
    bad: Chance | None
    failed: int


@dataclass(frozen=True)
class View:
    """What one policy comes to.

    Attributes:
        policy: None where the scenario ran as it stands.
        fates: of the commitments, in the order of the scenario.
        events: when chance events, contingencies and the scenario's own outcomes come first.
        depletions: when stocks come down to their reserve, or run out.
        fans: of what was followed week by week, by name.
        tallies: the scenario's own outcomes.
        failures: reasons with the number of members, the commonest first.
    """

    policy: str | None
    members: int
    fates: tuple[Fate, ...]
    events: tuple[Wait, ...]
    depletions: tuple[Wait, ...]
    fans: tuple[Fan, ...]
    tallies: tuple[Tally, ...]
    failures: tuple[tuple[str, int], ...]

    @property
    def failed(self) -> int:
        return sum(count for _, count in self.failures)


@dataclass(frozen=True, slots=True)
class Compared:
    """One thing under two policies: a share of members, or a mean.

    Attributes:
        name: of the outcome.
        of: "mean", in the outcome's unit; what makes it the bad one (">= 500"), for the share in which it is that;
            "" for the share in which it comes within the scenario.
    """

    name: str
    of: str
    difference: Difference

    @property
    def is_share(self) -> bool:
        return self.of != "mean"


@dataclass(frozen=True, slots=True)
class Comparison:
    """What one policy changes against another, on the same draws."""

    before: str | None
    after: str | None
    items: tuple[Compared, ...]


def view_of(ensemble: Ensemble, own: Sequence[Own], last: int) -> View:
    """An ensemble as a person reads it.

    Args:
        ensemble: of one policy.
        own: the scenario's own outcomes.
        last: the last week that "by a day" counts.
    """
    names = ensemble.outcomes
    weeks = [one.outcome.name for one in own if one.outcome.is_week]
    return View(
        ensemble.policy,
        ensemble.members,
        tuple(_fate(identity, ensemble, last) for identity in _ids(ensemble)),
        tuple(_wait(name, ensemble) for name in names if name.startswith("first ") or name in weeks),
        tuple(_wait(name, ensemble) for name in names if name.startswith(("depleted ", "emptied "))),
        tuple(fan_of(name, series) for name, series in ensemble.series.items() if name.partition(" ")[0] in _SERIES),
        tuple(_tally(one, names[one.outcome.name]) for one in own if not one.outcome.is_week),
        tuple(Counter(failure.reason for failure in ensemble.failures).most_common()),
    )


def compare(before: Ensemble, after: Ensemble, own: Sequence[Own]) -> Comparison:
    """What the second policy changes, member by member.

    Args:
        before: the ensemble of the policy compared with.
        after: of the other; same scenario, seed and members.
        own: the scenario's own outcomes.

    Raises:
        ValueError: the two are not of the same members.
    """
    if (before.digest, before.seed, before.members, before.weeks) != (
        after.digest,
        after.seed,
        after.members,
        after.weeks,
    ):
        msg = "ensembles of different scenarios, seeds or sizes have no members in common"
        raise ValueError(msg)
    horizon = before.weeks
    mine = {one.outcome.name: one for one in own}
    items: list[Compared] = []
    for name in before.outcomes:
        first, second = before.outcomes[name], after.outcomes[name]
        one = mine.get(name)
        if one.outcome.is_week if one else name.partition(" ")[0] in WEEKS:
            items.append(Compared(name, "", share_difference(first < horizon, second < horizon)))
        elif one:
            items.append(Compared(name, "mean", mean_difference(first, second)))
            if one.bad:
                items.append(
                    Compared(name, one.outcome.bad, share_difference(one.bad.came(first), one.bad.came(second)))
                )
    return Comparison(before.policy, after.policy, tuple(items))


def _ids(ensemble: Ensemble) -> list[str]:
    """Ids of commitments, in the order in which the outcomes tell of them."""
    return list(dict.fromkeys(name.partition(" ")[2] for name in ensemble.outcomes if name.partition(" ")[0] in TURNS))


def _fate(identity: str, ensemble: Ensemble, last: int) -> Fate:
    return Fate(
        identity,
        tuple(
            Turn(state, chance_by(ensemble.outcomes[name], last, ensemble.weeks), _wait(name, ensemble))
            for state in TURNS
            if (name := f"{state} {identity}") in ensemble.outcomes
        ),
    )


def _wait(name: str, ensemble: Ensemble) -> Wait:
    return wait_of(name, ensemble.outcomes[name], ensemble.weeks)


def _tally(own: Own, values: Numbers) -> Tally:
    name, bad = own.outcome.name, own.bad
    known = values[~np.isnan(values)]
    chance = None if bad is None else bad.chance(values)
    if not len(known):
        return Tally(name, nan, nan, (nan,) * len(LEVELS), chance, len(values))
    error = float(known.std(ddof=1)) / sqrt(len(known)) if len(known) > 1 else nan
    return Tally(
        name,
        float(known.mean()),
        error,
        tuple(float(one) for one in np.quantile(known, LEVELS)),
        chance,
        len(values) - len(known),
    )
