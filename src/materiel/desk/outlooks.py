"""The outlook of a scenario: runs it under its policies and answers what was asked. It stores nothing."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date, timedelta
from difflib import get_close_matches
from pathlib import Path

from materiel.desk.outlook_ladders import ladders_of
from materiel.errors import InputRefused
from materiel.outlook.answers.aims import askable
from materiel.outlook.answers.outlook import Outlook
from materiel.outlook.answers.questions import Questions, aim_asked, answered, check, own_outcomes
from materiel.outlook.answers.running import Done, Rows, uncertain_among
from materiel.outlook.answers.view import compare, view_of
from materiel.outlook.answers.weeks import last_week_by
from materiel.outlook.compiled import Compiled
from materiel.outlook.engine.run import EngineName, run
from materiel.outlook.ensemble import Ensemble
from materiel.outlook.refusals import BlanksRefused, ScenarioRefused
from materiel.outlook.scenario.blanks import blanks, load_complete
from materiel.outlook.scenario.checks import checked
from materiel.outlook.scenario.citing import unfounded
from materiel.outlook.scenario.elements import Scenario
from materiel.outlook.scenario.loading import located
from materiel.outlook.scenario.shares import shares
from materiel.outlook.weaving import weave
from materiel.report.outlook_names import Names
from materiel.report.outlook_page import OutlookShown, render_outlook
from materiel.report.outlook_rows import AS_IT_STANDS, aim_words
from materiel.terms.samples import MEMBERS

Progress = Callable[[str, int, int | None], None]
"""Told what is being done, how much of it is done, and of how much (None: not known)."""


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
    check(asked, members)
    complete = load_complete(scenario) if isinstance(scenario, Path) else _complete(scenario)
    chosen = _chosen(complete, policies)
    last = _last(complete, by)
    own = own_outcomes(complete)
    woven = _woven(complete, chosen, scenario if isinstance(scenario, Path) else None)
    names = [name for name, _ in woven[0].program.outcomes]
    aim = aim_asked(asked, complete, own, names)
    kept = [name for name in names if name in complete.outcomes or askable(name).is_week or (aim and name == aim.name)]
    ensembles = [
        _run(compiled, policy, members, seed, kept, engine, resume, progress)
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
    rows = (
        Rows(woven[0], seed, engine, _counting(progress, "What drives it")),
        Rows(woven[0], seed, engine, _counting(progress, "What would have to be true")),
    )
    return answered(found, rows, asked, aim, aim_words(aim, Names(complete)) if aim else "")


def outlook_page(found: Outlook) -> str:
    """An outlook as one HTML page that opens offline."""
    return render_outlook(outlook_shown(found))


def outlook_shown(found: Outlook, entries: Collection[str] | None = None) -> OutlookShown:
    """An outlook with the ladders of its commitments, for a page; beside a dossier, of which these are the entries."""
    ladders, links = ladders_of(found.scenario)
    ranges = {one.name: (one.low, one.high) for one in uncertain_among(found.ensembles[0].drawn)}
    return OutlookShown(found, ladders, links, ranges, () if entries is None else unfounded(found.scenario, entries))


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


def _run(
    compiled: Compiled,
    policy: str | None,
    members: int,
    seed: int,
    outcomes: Sequence[str],
    engine: EngineName,
    resume: Path | None,
    progress: Progress | None,
) -> Ensemble:
    what = f"Running {policy}" if policy else "Running"

    def tell(done: int, in_all: int) -> None:
        if progress is not None:
            progress(what, done, in_all)

    folder = None if resume is None else resume / (policy or "as it stands").replace("/", "_")
    return run(
        compiled,
        members=members,
        seed=seed,
        policy=policy,
        engine=engine,
        outcomes=outcomes,
        progress=tell,
        resume=folder,
    )


def _counting(progress: Progress | None, what: str) -> Done | None:
    if progress is None:
        return None
    told = 0

    def done(rows: int) -> None:
        nonlocal told
        told += rows
        progress(what, told, None)

    return done
