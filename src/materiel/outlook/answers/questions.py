"""What may be asked beside the chances of commitments, and the answers, each about one outcome under one policy."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from materiel.errors import InputRefused
from materiel.outlook.answers.aims import Aim, Askable, aim_of, askable, bad_of
from materiel.outlook.answers.chances import Numbers
from materiel.outlook.answers.discovery import Discovery, discover
from materiel.outlook.answers.following import story_of
from materiel.outlook.answers.needed import WhatNeeded, find_needed
from materiel.outlook.answers.outlook import Outlook
from materiel.outlook.answers.running import Rows
from materiel.outlook.answers.screening import may_pass
from materiel.outlook.answers.sensitivity import Sensitivity, check_base, find_drivers
from materiel.outlook.answers.view import Own
from materiel.outlook.ensemble import Ensemble
from materiel.outlook.scenario.elements import Scenario

DISCOVERY_MEMBERS = 50_000
"""Members, the first ones, among which the box of assumptions is looked for; more find no other one."""
NEEDED_MEMBERS = 1_000
"""Members on which it is looked for what would have to be true: each number is set to many values in all of them."""


@dataclass(frozen=True, slots=True)
class Questions:
    """What is asked beside the chances of the commitments.

    Attributes:
        about: an outcome, compared where that is needed: "unmet_ukr >= 500", "broken seoul by 2025-06-30"; None: the
            first of the scenario's own outcomes that is marked as bad, or else its first one.
        sensitivity: what drives it; so many base samples, a power of two; None: not asked.
        discovery: under which assumptions it happens.
        needed: what would have to be true for it to come about in this share of the members; None: not asked.
        story: the number of a member whose course is told, from 0; None: none.
    """

    about: str | None = None
    sensitivity: int | None = None
    discovery: bool = False
    needed: float | None = None
    story: int | None = None

    @property
    def need_aim(self) -> bool:
        """Whether an outcome has to be named for them."""
        return self.sensitivity is not None or self.discovery or self.needed is not None


def check(asked: Questions, members: int) -> None:
    """Refuses what cannot be answered, before anything is run.

    Raises:
        InputRefused: there is no such member, no such share, or the base is no power of two.
    """
    if asked.story is not None and not 0 <= asked.story < members:
        raise InputRefused(f"There is no member {asked.story}: they are numbered from 0 to {members - 1}.")
    if asked.needed is not None and not 0 < asked.needed <= 1:
        raise InputRefused(f"A level of {asked.needed} was asked for. Give a share above 0 and at most 1, such as 0.5.")
    if asked.sensitivity is not None:
        check_base(asked.sensitivity)


def own_outcomes(scenario: Scenario) -> tuple[Own, ...]:
    """The scenario's own outcomes, with what makes each a bad one."""
    found = []
    for key, one in scenario.outcomes.items():
        outcome = Askable(key, one.over == "first", one.bad or "")
        found.append(Own(outcome, bad_of(outcome, start=scenario.start, weeks=scenario.weeks)))
    return tuple(found)


def aim_asked(asked: Questions, scenario: Scenario, own: Sequence[Own], outcomes: Iterable[str]) -> Aim | None:
    """What is asked about; None where nothing is.

    Args:
        asked: what is asked.
        scenario: the scenario.
        own: its own outcomes.
        outcomes: names of all that it has.

    Raises:
        InputRefused: there is no such outcome, or it neither happens nor not where that is needed.
    """
    if not asked.need_aim:
        return None
    aim = _aim(asked.about, scenario, own, outcomes)
    if asked.discovery or asked.needed is not None:
        aim.came(np.zeros(1))
    return aim


def _aim(about: str | None, scenario: Scenario, own: Sequence[Own], outcomes: Iterable[str]) -> Aim:
    mine = [one.outcome for one in own]
    if about is not None:
        names = [askable(name) for name in outcomes if name not in scenario.outcomes]
        aim = aim_of(about, [*mine, *names], start=scenario.start, weeks=scenario.weeks)
        bad = next((one.bad for one in own if one.outcome.name == about), None)
        return bad if not aim.sign and bad is not None else aim
    if bad := next((one.bad for one in own if one.bad is not None and one.outcome.bad), None):
        return bad
    raise InputRefused(
        f"No outcome of the scenario {scenario.name} is marked as bad, so say what is asked about: "
        '--about "OUTCOME >= NUMBER", or --about "broken COMMITMENT".'
    )


def answered(found: Outlook, rows: tuple[Rows, Rows], asked: Questions, aim: Aim | None, words: str) -> Outlook:
    """The outlook with what was asked beside, under its first policy.

    Args:
        found: without it.
        rows: of the scenario under that policy: for what drives the outcome, and for what would have to be true.
        asked: what is asked.
        aim: what it is asked about.
        words: the same in words.
    """
    first = found.ensembles[0]
    sensitivity: Sensitivity | None = None
    discovery: Discovery | None = None
    needed: WhatNeeded | None = None
    if aim is not None and asked.sensitivity is not None:
        sensitivity = _drivers(rows[0], aim, words, asked.sensitivity)
    if aim is not None and asked.discovery:
        discovery = _discovery(rows[1], aim, words, first)
    if aim is not None and asked.needed is not None:
        needed = _what_needed(rows[1], aim, words, asked.needed, first.outcomes[aim.name])
    story = None
    if asked.story is not None:
        story = story_of(found.scenario, rows[1], asked.story, first.policy)
    return replace(found, sensitivity=sensitivity, discovery=discovery, needed=needed, story=story)


def _discovery(rows: Rows, aim: Aim, words: str, ensemble: Ensemble) -> Discovery:
    values = ensemble.outcomes[aim.name][:DISCOVERY_MEMBERS]
    names = [one.name for one in rows.numbers]
    return discover(words, names, rows.drawn(len(values)), aim.came(values), np.isnan(values))


def _drivers(rows: Rows, aim: Aim, words: str, base: int) -> Sensitivity:
    run_rows = rows.running(aim.name)
    return find_drivers(
        words, rows.numbers, lambda table, luck: aim.gauge(run_rows(table, luck)), base=base, seed=rows.seed
    )


def _what_needed(rows: Rows, aim: Aim, words: str, level: float, values: Numbers) -> WhatNeeded:
    """Numbers that make no difference in the ensemble are passed over."""
    seen = values[:DISCOVERY_MEMBERS]
    table, came = rows.drawn(len(seen)), aim.came(seen)
    places = [place for place in range(len(rows.numbers)) if may_pass(table[:, place], came, level)]
    members = min(NEEDED_MEMBERS, len(values))
    run_rows = rows.running(aim.name)
    drawn = table[:members]

    def run_some(some: Numbers, luck: NDArray[np.int64]) -> Numbers:
        whole = drawn[luck]
        whole[:, places] = some
        return run_rows(whole, luck)

    found = find_needed(words, level, [rows.numbers[place] for place in places], drawn[:, places], run_some, aim.came)
    passed_over = tuple(one.name for place, one in enumerate(rows.numbers) if place not in places)
    return replace(found, passed_over=passed_over)
