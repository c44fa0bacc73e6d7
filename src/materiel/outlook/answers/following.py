"""From the series of one member to its story."""

from __future__ import annotations

from collections.abc import Mapping

from materiel.outlook.answers.aims import TURNS
from materiel.outlook.answers.chances import Numbers
from materiel.outlook.answers.running import Rows
from materiel.outlook.answers.story import Followed, Story, tell
from materiel.outlook.scenario.elements import Scenario


def story_of(scenario: Scenario, rows: Rows, member: int, policy: str | None) -> Story:
    """What comes about in one member.

    Args:
        scenario: as compiled.
        rows: of the scenario under the policy.
        member: its number, from 0.
        policy: its name.
    """
    sampled = rows.follow(member)
    failure = sampled.failures[0] if sampled.failures else None
    weeks = scenario.weeks if failure is None else failure.week
    series = {name: values[:weeks, 0] for name, values in sampled.series.items()}
    drawn = rows.drawn(1, member)[0]
    return Story(
        member,
        policy,
        tell(_followed(scenario, series)),
        {one.name: float(value) for one, value in zip(rows.numbers, drawn, strict=True)},
        None if failure is None else (failure.week, failure.reason),
    )


def _followed(scenario: Scenario, series: Mapping[str, Numbers]) -> Followed:
    switches = {(one.actor, one.name) for one in scenario.switches}
    stocks = _by_holder(series, "stock")
    return Followed(
        _named(series, "happened"),
        {(rest, state): values for state in TURNS for rest, values in _named(series, state).items()},
        {about: values for about, values in _by_holder(series, "state").items() if about in switches},
        _named(series, "arrived"),
        _by_holder(series, "unmet"),
        {about: stocks[about] - reserve for about, reserve in _by_holder(series, "reserve").items()},
        stocks,
    )


def _named(series: Mapping[str, Numbers], head: str) -> dict[str, Numbers]:
    """Series by what follows the first word of their names."""
    return {name.removeprefix(f"{head} "): values for name, values in series.items() if name.startswith(f"{head} ")}


def _by_holder(series: Mapping[str, Numbers], head: str) -> dict[tuple[str, str], Numbers]:
    """Series by the actor and what it has."""
    parted = {name.partition(" "): values for name, values in _named(series, head).items()}
    return {(actor, what): values for (actor, _, what), values in parted.items()}
