"""The answers of an outlook as rows of words: what the command prints and what the page shows.

A share of members is told with its 95 % interval and a word of the ICD 203 scale. It says how often something comes
out of the scenario's numbers; how sure one may be of these is another matter, and never in the same sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from materiel.outlook.answers.aims import Aim
from materiel.outlook.answers.chances import Chance
from materiel.outlook.answers.outlook import Outlook
from materiel.outlook.answers.sensitivity import Driver
from materiel.outlook.answers.view import Compared, View
from materiel.report.figures import counted, date_words
from materiel.report.outlook_names import Names, amount_words, rounded
from materiel.terms.likelihood import likelihood_words

_SIGNS = {">=": "≥", "<=": "≤", ">": ">", "<": "<", "==": "="}
AS_IT_STANDS = "as it stands"


@dataclass(frozen=True, slots=True)
class ChanceRow:
    """The chance that a commitment comes into a state by a day, under one policy."""

    policy: str
    commitment: str
    title: str
    debtor: str
    state: str
    chance: Chance

    @property
    def share(self) -> str:
        return percent(self.chance.share)

    @property
    def interval(self) -> str:
        return interval_words(self.chance)

    @property
    def words(self) -> str:
        return likelihood_words(self.chance.low, self.chance.high)


@dataclass(frozen=True, slots=True)
class WaitRow:
    """How long until something comes.

    Attributes:
        quarter, half, most: the week by which it has come in a quarter, half and three quarters of all members.
    """

    policy: str
    name: str
    title: str
    chance: Chance
    quarter: str
    half: str
    most: str

    @property
    def share(self) -> str:
        return percent(self.chance.share)

    @property
    def at(self) -> tuple[tuple[str, str], ...]:
        """The weeks with their levels."""
        return ("25", self.quarter), ("50", self.half), ("75", self.most)

    @property
    def words(self) -> str:
        return likelihood_words(self.chance.low, self.chance.high)


@dataclass(frozen=True, slots=True)
class TallyRow:
    """An outcome of the scenario's own: its mean and spread, and the chance that it is the bad one."""

    policy: str
    name: str
    title: str
    unit: str
    mean: str
    low: str
    middle: str
    high: str
    bad: str
    chance: Chance | None

    @property
    def bad_share(self) -> str:
        """In how many members it is the bad one; "" where none is named."""
        return "" if self.chance is None else percent(self.chance.share)


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """What a policy changes.

    Attributes:
        title: of what, with the unit of a mean.
        levels: before and after: "47 % → 58 %".
        change: with its unit.
        interval: its 95 % interval.
        gain: how many times more members two runs with luck of their own would need; "" where no member differs.
    """

    before_policy: str
    after_policy: str
    name: str
    title: str
    levels: str
    change: str
    interval: str
    gain: str
    item: Compared


@dataclass(frozen=True, slots=True)
class DriverRow:
    name: str
    first: str
    total: str
    why: str
    driver: Driver


def policy_name(policy: str | None) -> str:
    return policy or AS_IT_STANDS


def spaced(policy: str | None) -> str:
    """A policy's name in a sentence or a figure: with spaces where the file has underscores."""
    return policy_name(policy).replace("_", " ")


def percent(share: float) -> str:
    """A share as percent: "31 %", "0.4 %", "99.7 %"; never 0 or 100 for what is not."""
    value = share * 100
    if value in (0, 100) or 1 <= value <= 99:
        return f"{value:.0f} %"
    for digits in (1, 2, 3):
        if min(value, 100 - value) > 0.5 * 10.0**-digits:
            return f"{value:.{digits}f} %"
    return "under 0.001 %" if value < 50 else "over 99.999 %"


def interval_words(chance: Chance) -> str:
    """The 95 % interval: "30 to 32 %", with a digit more where it is narrow."""
    return range_words(chance.low * 100, chance.high * 100) + " %"


def range_words(low: float, high: float) -> str:
    """Two ends, with as many digits as tell them apart."""
    digits = next((digits for digits in range(3) if high - low >= 1.5 * 10.0**-digits), 3)
    return f"{_end(low, digits)} to {_end(high, digits)}"


def _end(value: float, digits: int) -> str:
    text = f"{value:.{digits}f}"
    return f"{float(text):.0f}" if float(text) in (0, 100) else text.replace("-", "−")


def chance_rows(outlook: Outlook, names: Names) -> tuple[ChanceRow, ...]:
    """Every commitment, every state, every policy; a state into which no member came under any policy is left out,
    unless it is one of the three that everybody asks about.
    """
    return tuple(
        ChanceRow(
            policy_name(view.policy), fate.id, names.commitment(fate.id), names.debtor(fate.id), turn.state, turn.by
        )
        for fates in zip(*(view.fates for view in outlook.views), strict=True)
        for turns in zip(*(fate.turns for fate in fates), strict=True)
        if turns[0].state in ("triggered", "kept", "broken") or any(turn.by.count for turn in turns)
        for view, fate, turn in zip(outlook.views, fates, turns, strict=True)
    )


def wait_rows(view: View, names: Names) -> Iterator[WaitRow]:
    """Events first, then depletions. Left out are those that come in no member, stocks that have no reserve to come
    down to, and stocks that have come down to it, or are empty, from the first week on in every member.
    """
    for wait in (*view.events, *view.depletions):
        is_no_news = wait.name.startswith(("depleted ", "emptied ")) and wait.by_week[0] == 1
        if wait.came.count and not is_no_news and is_meant(wait.name, names):
            at = [week_words(week) for week in wait.weeks]
            title = names.title(wait.name)
            yield WaitRow(policy_name(view.policy), wait.name, title, wait.came, at[1], at[2], at[3])


def is_meant(name: str, names: Names) -> bool:
    """Whether an outcome means something: a stock without a reserve does not come down to it."""
    head, _, about = name.partition(" ")
    return head != "depleted" or about in names.with_reserve


def bad_words(bad: str, unit: str) -> str:
    """What makes an outcome the bad one, from ">= 2000": "≥ 2,000 thousand rounds"; "" where nothing is named."""
    sign, _, value = bad.partition(" ")
    return f"{_SIGNS[sign]} {amount_words(float(value), unit)}" if bad else ""


def week_words(week: int | None) -> str:
    """A week, counted from 1; where it does not come within the scenario, a dash."""
    return "–" if week is None else str(week + 1)


def tally_rows(view: View, names: Names) -> Iterator[TallyRow]:
    for tally in view.tallies:
        unit = names.unit(tally.name)
        low, _, middle, _, high = (_plain(value, unit) for value in tally.quantiles)
        mean = _plain(tally.mean, unit)
        bad = bad_words(names.scenario.outcomes[tally.name].bad or "", unit)
        yield TallyRow(
            policy_name(view.policy),
            tally.name,
            names.title(tally.name),
            _unit(unit),
            mean,
            low,
            middle,
            high,
            bad,
            tally.bad,
        )


def _plain(value: float, unit: str) -> str:
    return rounded(value * 100 if unit == "share" else value)


def _unit(unit: str) -> str:
    return "%" if unit == "share" else "" if unit == "none" else unit


def compared_rows(outlook: Outlook, names: Names) -> Iterator[ComparedRow]:
    """What each policy changes against the first: shares first, the largest change first; then means as the scenario
    lists them. What no member shows differently is left out.
    """
    for comparison in outlook.comparisons:
        items = [
            item
            for item in comparison.items
            if (item.difference.change != 0 or item.difference.gain is not None) and is_meant(item.name, names)
        ]
        for item in sorted(items, key=lambda one: (not one.is_share, -abs(one.difference.change) * one.is_share)):
            found = item.difference
            levels, change, ends = _difference(item, names)
            yield ComparedRow(
                policy_name(comparison.before),
                policy_name(comparison.after),
                item.name,
                compared_title(item, names),
                levels,
                change,
                ends,
                "" if found.gain is None else f"{rounded(found.gain, 2)}×",
                item,
            )


def compared_title(item: Compared, names: Names) -> str:
    title, unit = names.title(item.name), _unit(names.unit(item.name))
    if item.of == "mean":
        return f"{title} ({unit})" if unit else title
    return f"{title}: {bad_words(item.of, names.unit(item.name))}" if item.of else title


def _difference(item: Compared, names: Names) -> tuple[str, str, str]:
    """Levels, change and its interval."""
    found = item.difference
    if item.is_share:
        levels = f"{percent(found.before)} → {percent(found.after)}"
        return levels, f"{signed(found.change * 100)} points", range_words(found.low * 100, found.high * 100)
    scale = 100 if names.unit(item.name) == "share" else 1
    levels = f"{rounded(found.before * scale)} → {rounded(found.after * scale)}"
    return levels, signed(found.change * scale), f"{signed(found.low * scale)} to {signed(found.high * scale)}"


def signed(value: float) -> str:
    """A change: with its sign, three digits that count."""
    text = rounded(abs(value))
    return text if text == "0" else f"{'+' if value > 0 else '−'}{text}"


def driver_rows(drivers: Iterable[Driver], names: Names) -> Iterator[DriverRow]:
    for driver in drivers:
        yield DriverRow(
            driver.name,
            f"{driver.first.value:.2f} ± {driver.first.half:.2f}",
            f"{driver.total.value:.2f} ± {driver.total.half:.2f}",
            names.why(driver.name),
            driver,
        )


def aim_words(aim: Aim, names: Names) -> str:
    """What is asked about, in words: "Shells that Ukraine lacked: at least 500 thousand rounds"."""
    title = names.title(aim.name)
    if not aim.sign:
        return title
    if names.unit(aim.name) == "weeks" and aim.sign in ("<", "<=") and not aim.value % 1:
        if aim.by is not None:
            return f"{title}, by {date_words(aim.by.isoformat())}"
        if aim.value == names.scenario.weeks:
            return title
    signs = {">=": "at least", "<=": "at most", ">": "more than", "<": "less than", "==": "exactly"}
    unit = names.unit(aim.name)
    value = aim.value
    return f"{title}: {signs[aim.sign]} {amount_words(value, unit)}"


def failed_words(view: View) -> str:
    """What is to be said of failed members; "" where none failed."""
    if not view.failures:
        return ""
    reasons = "; ".join(f"{reason} ({count:,})" for reason, count in view.failures)
    return (
        f"{counted(view.failed, 'member', 'members')} of {view.members:,} failed; in every share they count as members "
        f"in which nothing came about: {reasons}."
    )
