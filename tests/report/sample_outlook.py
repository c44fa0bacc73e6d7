"""A small scenario and toy ensembles of it, made without the engine: for tests of what is said of an ensemble."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from materiel.outlook.answers.aims import Askable, aim_of
from materiel.outlook.answers.chances import Numbers
from materiel.outlook.answers.discovery import discover
from materiel.outlook.answers.needed import find_needed
from materiel.outlook.answers.outlook import Outlook
from materiel.outlook.answers.sensitivity import Uncertain, find_drivers
from materiel.outlook.answers.story import Followed, Story, tell
from materiel.outlook.answers.view import Own, compare, view_of
from materiel.outlook.ensemble import Ensemble, Failure
from materiel.outlook.scenario.elements import Scenario
from materiel.outlook.scenario.loading import load_scenario
from materiel.outlook.scenario.shares import shares
from materiel.report.outlook_page import OutlookShown
from materiel.report.standings import Ladder, Link

FILE = Path(__file__).parents[1] / "outlook" / "two-lines.yaml"
WEEKS = 60
STORY = 13
NAMES = ("pace", "line_holds", "fire", "inert")
LOW = np.array([0.005, 0.2, 20 * 12 * 7 / 365.25, 0.0])
HIGH = np.array([0.04, 0.9, 60 * 12 * 7 / 365.25, 1.0])


@cache
def scenario() -> Scenario:
    return load_scenario(FILE)


def luck(members: Numbers) -> Numbers:
    """Three numbers for each member."""
    return np.asarray(np.random.default_rng(5).random((100_000, 3))[members.astype(np.int64)])


def table(members: int, holds: float | None = None) -> Numbers:
    drawn: Numbers = LOW + (HIGH - LOW) * np.random.default_rng(6).random((members, 4))
    if holds is not None:
        drawn[:, 1] = holds
    return drawn


def outcomes(rows: Numbers, members: Numbers) -> tuple[dict[str, Numbers], dict[str, Numbers]]:
    """A toy of the scenario: the gift at a constant hazard, the line kept or not, stocks in a straight line."""
    chance = luck(members)
    gift = np.floor(-np.log1p(-chance[:, 0]) / rows[:, 0])
    never = float(WEEKS)
    triggered = np.where(gift + 3 < WEEKS, gift + 3, never)
    does = chance[:, 1] < rows[:, 1]
    kept = np.where(does & (triggered + 8 < WEEKS), triggered + 8, never)
    broken = np.where(~does & (triggered + 17 < WEEKS), triggered + 17, never)
    answer = np.where((kept + 6 < WEEKS) & (chance[:, 2] < 0.5), kept + 6, never)
    week = np.arange(WEEKS)[:, None]
    got = np.where(week >= kept, 12.0, 0.0)
    stock = np.zeros((WEEKS, len(rows)))
    unmet = np.zeros((WEEKS, len(rows)))
    now = np.full(len(rows), 300.0)
    for at in range(WEEKS):
        now = now + got[at]
        used = np.minimum(now, rows[:, 2])
        unmet[at], now = rows[:, 2] - used, now - used
        stock[at] = now
    empty = np.where((stock <= 0).any(axis=0), (stock <= 0).argmax(axis=0), never)
    none = np.full(len(rows), never)
    told = {
        "triggered seoul": triggered,
        "kept seoul": kept,
        "broken seoul": broken,
        "lapsed seoul": none,
        "withdrawn seoul": none,
        "triggered moscow": kept,
        "kept moscow": answer,
        "broken moscow": none,
        "first gift": np.where(gift < WEEKS, gift, never),
        "depleted KOR shell": none,
        "emptied UKR shell": empty,
        "short": unmet.sum(axis=0),
        "ban_falls": kept,
    }
    threat = 0.3 + 0.4 * (week >= triggered) * np.exp(-np.maximum(week - triggered, 0) / 12)
    series = {
        "stock UKR shell": stock,
        "stock KOR shell": 2000 - np.cumsum(got, axis=0),
        "stock RUS precision": np.full((WEEKS, len(rows)), 100.0),
        "state KOR threat": threat,
        "arrived kor-ukr": got,
        "unmet UKR shell": unmet,
    }
    return told, series


def ensemble(policy: str, members: int = 2000, failed: int = 0) -> Ensemble:
    drawn = table(members, 0.0 if policy == "never" else None)
    told, series = outcomes(drawn, np.arange(members, dtype=np.float64))
    for values in told.values():
        values[:failed] = np.nan
    for rows in series.values():
        rows[WEEKS // 2 :, :failed] = np.nan
    failures = tuple(Failure(member, WEEKS // 2, "stock UKR shell is not a finite number") for member in range(failed))
    return Ensemble("digest", policy, 1, members, WEEKS, told, failures, series, members, ())


def own() -> tuple[Own, ...]:
    start = date(2024, 7, 1)
    short, falls = Askable("short", False, ">= 200"), Askable("ban_falls", True)
    return (
        Own(short, aim_of("short >= 200", [short], start=start, weeks=WEEKS)),
        Own(falls, aim_of("ban_falls", [falls], start=start, weeks=WEEKS)),
    )


def uncertain() -> list[Uncertain]:
    def quantile(place: int) -> Uncertain:
        low, high = float(LOW[place]), float(HIGH[place])
        return Uncertain(NAMES[place], lambda shares: low + (high - low) * shares, low, high)

    return [quantile(place) for place in range(4)]


@cache
def sample(members: int = 2000, failed: int = 0) -> Outlook:
    """An outlook with everything that can be asked for."""
    ensembles = tuple(ensemble(policy, members, failed) for policy in ("as said", "never"))
    first = ensembles[0]
    bad = own()[0].bad
    assert bad is not None

    def run(rows: Numbers, index: NDArray[np.int64]) -> Numbers:
        return outcomes(rows, index.astype(np.float64))[0]["short"]

    values = first.outcomes["short"]
    followed = Followed(
        {"gift": _at(first.outcomes["first gift"][STORY])},
        {
            (one, state): _from(first.outcomes[f"{state} {one}"][STORY])
            for one in ("seoul", "moscow")
            for state in ("triggered", "kept")
        },
        {},
        {"kor-ukr": first.series["arrived kor-ukr"][:, STORY]},
        {("UKR", "shell"): first.series["unmet UKR shell"][:, STORY]},
        {("UKR", "shell"): first.series["stock UKR shell"][:, STORY]},
        {("UKR", "shell"): first.series["stock UKR shell"][:, STORY]},
    )
    return Outlook(
        scenario(),
        "digest",
        1,
        members,
        date(2025, 6, 30),
        shares(scenario()),
        ensembles,
        tuple(view_of(one, own(), 51) for one in ensembles),
        (compare(first, ensembles[1], own()),),
        find_drivers("short", uncertain(), run, base=256),
        discover("short >= 200", NAMES, table(members), bad.came(values), np.isnan(values)),
        find_needed("short >= 200", 0.5, uncertain(), table(500), run, bad.came),
        Story(STORY, "as said", tell(followed), dict(zip(NAMES, table(members)[STORY].tolist(), strict=True))),
    )


def _at(week: float) -> Numbers:
    return np.asarray(np.arange(WEEKS) == week, dtype=np.float64)


def _from(week: float) -> Numbers:
    return np.asarray(np.arange(WEEKS) >= week, dtype=np.float64)


def shown() -> OutlookShown:
    ladder = Ladder("Russia delivers precision weapons to North Korea", "x", (("seoul",), ("moscow",)))
    ranges = {name: (float(low), float(high)) for name, low, high in zip(NAMES, LOW, HIGH, strict=True)}
    return OutlookShown(sample(failed=5), (ladder,), (Link("seoul", "moscow", True),), ranges)
