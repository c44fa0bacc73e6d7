"""The outlook of a scenario: runs it under its policies and answers what was asked. It stores nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from difflib import get_close_matches
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from materiel.commitments.chains import chains as link
from materiel.commitments.commitment import Act, Commitment, Saying, Term
from materiel.commitments.tree import And, Condition, bind
from materiel.commitments.wording import say
from materiel.errors import InputRefused
from materiel.outlook.answers.aims import Aim, Askable, aim_of, askable, bad_of
from materiel.outlook.answers.chances import Numbers
from materiel.outlook.answers.discovery import Discovery, discover
from materiel.outlook.answers.following import story_of
from materiel.outlook.answers.needed import WhatNeeded, find_needed
from materiel.outlook.answers.outlook import Outlook
from materiel.outlook.answers.running import Done, Rows
from materiel.outlook.answers.screening import may_pass
from materiel.outlook.answers.sensitivity import Sensitivity, find_drivers
from materiel.outlook.answers.view import Own, compare, view_of
from materiel.outlook.answers.weeks import last_week_by
from materiel.outlook.compiled import Compiled
from materiel.outlook.engine.draws import spread_over
from materiel.outlook.engine.run import EngineName, run
from materiel.outlook.ensemble import Ensemble
from materiel.outlook.refusals import BlanksRefused, ScenarioRefused
from materiel.outlook.scenario.blanks import blanks, load_complete
from materiel.outlook.scenario.checking.references import parse_clause
from materiel.outlook.scenario.checks import checked
from materiel.outlook.scenario.elements import Pledge, Scenario
from materiel.outlook.scenario.loading import located
from materiel.outlook.scenario.measuring import based
from materiel.outlook.scenario.numbers import Spread
from materiel.outlook.scenario.shares import shares
from materiel.outlook.weaving import weave
from materiel.report.outlook_names import Names
from materiel.report.outlook_page import OutlookShown, render_outlook
from materiel.report.outlook_rows import AS_IT_STANDS, aim_words
from materiel.report.standings import Ladder, Link

MEMBERS = 10_000
DISCOVERY_MEMBERS = 50_000
"""Members, the first ones, among which the box of assumptions is looked for; more find no other one."""
NEEDED_MEMBERS = 1_000
"""Members on which it is looked for what would have to be true: each number is set to many values in all of them."""

Progress = Callable[[str, int, int | None], None]
"""Told what is being done, how much of it is done, and of how much (None: not known)."""


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


def outlook(
    scenario: Path | Scenario,
    *,
    members: int = MEMBERS,
    policies: Sequence[str] = (),
    seed: int = 1,
    by: str | None = None,
    questions: Questions | None = None,
    engine: EngineName = "auto",
    resume: Path | None = None,
    progress: Progress | None = None,
) -> Outlook:
    """What follows from a scenario.

    Args:
        scenario: its file, or one made in Python.
        members: of the ensemble, under each policy.
        policies: names, or "as it stands"; the others are compared with the first. None: all that the scenario has,
            in its order, and a single one with the scenario as it stands.
        seed: of all draws; the same seed gives the same answers.
        by: ISO day up to which chances of commitments are told; None: to the end.
        questions: what is asked beside; answered under the first policy.
        engine: "arrays" needs no compilation, "kernel" is faster for many members; "auto" chooses.
        resume: a folder that keeps finished parts of the run, so that it can be stopped and run again.
        progress: is told how far it is.

    Raises:
        InputRefused: the scenario does not fit or has blanks, or what is asked cannot be.
    """
    asked = questions or Questions()
    complete = load_complete(scenario) if isinstance(scenario, Path) else _complete(scenario)
    chosen = _chosen(complete, policies)
    last = _last(complete, by)
    own = _own(complete)
    woven = _woven(complete, chosen, scenario if isinstance(scenario, Path) else None)
    ensembles = [
        _run(compiled, policy, members, seed, engine, resume, progress)
        for policy, compiled in zip(chosen, woven, strict=True)
    ]
    first = ensembles[0]
    found = Outlook(
        complete,
        first.digest,
        seed,
        members,
        date.fromisoformat(by) if by else complete.start + timedelta(days=7 * complete.weeks - 1),
        shares(complete),
        tuple(ensembles),
        tuple(view_of(ensemble, own, last) for ensemble in ensembles),
        tuple(compare(first, other, own) for other in ensembles[1:]),
    )
    return _answered(found, woven[0], asked, own, engine, progress)


def outlook_page(found: Outlook) -> str:
    """An outlook as one HTML page that opens offline."""
    return render_outlook(outlook_shown(found))


def outlook_shown(found: Outlook) -> OutlookShown:
    """An outlook with the ladders of its commitments, for a page."""
    ladders, links = _ladders(found.scenario)
    numbers = Rows(weave(found.scenario, found.views[0].policy), found.seed).numbers
    return OutlookShown(found, ladders, links, {one.name: (one.low, one.high) for one in numbers})


def _complete(scenario: Scenario) -> Scenario:
    if found := blanks(checked(scenario)):
        raise BlanksRefused(scenario.name, found)
    return scenario


def _woven(scenario: Scenario, policies: Sequence[str | None], file: Path | None) -> list[Compiled]:
    try:
        return [weave(scenario, policy) for policy in policies]
    except ScenarioRefused as refusal:
        if file is None:
            raise
        raise located(refusal, file) from None


def _chosen(scenario: Scenario, policies: Sequence[str]) -> tuple[str | None, ...]:
    """The policies to run, None for the scenario as it stands; a single policy is compared with that."""
    for name in policies:
        if name not in scenario.policies and name != AS_IT_STANDS:
            close = get_close_matches(name, scenario.policies, 3) or list(scenario.policies)
            raise InputRefused(
                f"The scenario {scenario.name} has no policy “{name}”. It has: {', '.join((*close, AS_IT_STANDS))}."
            )
    if len(set(policies)) < len(policies):
        raise InputRefused(f"A policy is named twice: {', '.join(policies)}. Name each once.")
    if policies:
        return tuple(None if name == AS_IT_STANDS else name for name in policies)
    listed = tuple(scenario.policies)
    return listed if len(listed) > 1 else (None, *listed)


def _last(scenario: Scenario, by: str | None) -> int:
    """The last week that counts."""
    if by is None:
        return scenario.weeks - 1
    try:
        day = date.fromisoformat(by)
    except ValueError as error:
        raise InputRefused(f"“{by}” is no day. Write one such as 2025-06-30.") from error
    last = last_week_by(scenario.start, day)
    if last < 0:
        raise InputRefused(f"{by} is before the scenario begins to run, on {scenario.start}. Ask about a later day.")
    return min(last, scenario.weeks - 1)


def _own(scenario: Scenario) -> tuple[Own, ...]:
    """The scenario's own outcomes, with what makes each a bad one."""
    found = []
    for key, one in scenario.outcomes.items():
        outcome = Askable(key, one.over == "first", one.bad or "")
        found.append(Own(outcome, bad_of(outcome, start=scenario.start, weeks=scenario.weeks)))
    return tuple(found)


def _run(
    compiled: Compiled,
    policy: str | None,
    members: int,
    seed: int,
    engine: EngineName,
    resume: Path | None,
    progress: Progress | None,
) -> Ensemble:
    what = f"Running {policy}" if policy else "Running"

    def tell(done: int, in_all: int) -> None:
        if progress is not None:
            progress(what, done, in_all)

    folder = None if resume is None else resume / (policy or "as it stands").replace("/", "_")
    return run(compiled, members=members, seed=seed, policy=policy, engine=engine, resume=folder, progress=tell)


def _answered(
    found: Outlook,
    compiled: Compiled,
    asked: Questions,
    own: Sequence[Own],
    engine: EngineName,
    progress: Progress | None,
) -> Outlook:
    """The outlook with what was asked beside."""
    first = found.ensembles[0]
    if asked.story is not None and not 0 <= asked.story < found.members:
        raise InputRefused(f"There is no member {asked.story}: they are numbered from 0 to {found.members - 1}.")
    aim = _aim(found, asked.about, own) if asked.need_aim else None
    words = "" if aim is None else aim_words(aim, Names(found.scenario))
    sensitivity: Sensitivity | None = None
    discovery: Discovery | None = None
    needed: WhatNeeded | None = None
    if aim is not None and asked.sensitivity is not None:
        rows = _rows(compiled, found, engine, progress, "What drives it")
        sensitivity = _drivers(rows, aim, words, asked.sensitivity)
    if aim is not None and asked.discovery:
        rows = Rows(compiled, found.seed)
        values = first.outcomes[aim.name][:DISCOVERY_MEMBERS]
        names = [one.name for one in rows.numbers]
        discovery = discover(words, names, rows.drawn(len(values)), aim.came(values), np.isnan(values))
    if aim is not None and asked.needed is not None:
        rows = _rows(compiled, found, engine, progress, "What would have to be true")
        needed = _what_needed(rows, aim, words, asked.needed, first.outcomes[aim.name])
    story = None
    if asked.story is not None:
        story = story_of(found.scenario, Rows(compiled, found.seed), asked.story, first.policy)
    return replace(found, sensitivity=sensitivity, discovery=discovery, needed=needed, story=story)


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


def _rows(compiled: Compiled, found: Outlook, engine: EngineName, progress: Progress | None, what: str) -> Rows:
    return Rows(compiled, found.seed, engine, _counting(progress, what))


def _counting(progress: Progress | None, what: str) -> Done | None:
    if progress is None:
        return None
    told = 0

    def done(rows: int) -> None:
        nonlocal told
        told += rows
        progress(what, told, None)

    return done


def _aim(found: Outlook, about: str | None, own: Sequence[Own]) -> Aim:
    """What is asked about."""
    scenario = found.scenario
    mine = [one.outcome for one in own]
    if about is not None:
        names = [askable(name) for name in found.ensembles[0].outcomes if name not in scenario.outcomes]
        aim = aim_of(about, [*mine, *names], start=scenario.start, weeks=scenario.weeks)
        bad = next((one.bad for one in own if one.outcome.name == about), None)
        return bad if not aim.sign and bad is not None else aim
    if bad := next((one.bad for one in own if one.bad is not None and one.outcome.bad), None):
        return bad
    raise InputRefused(
        f"No outcome of the scenario {scenario.name} is marked as bad, so say what is asked about: "
        '--about "OUTCOME >= NUMBER", or --about "broken COMMITMENT".'
    )


def _ladders(scenario: Scenario) -> tuple[tuple[Ladder, ...], tuple[Link, ...]]:
    """What follows from one event, as on the board; a named number counts with the middle of its range."""
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
