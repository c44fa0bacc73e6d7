"""What is asked about: an outcome as a number, or something that comes about in a member or does not.

unmet_ukr                      a number told of each member
unmet_ukr >= 500               whether it is so large
broken kor-line                whether it happens within the scenario
broken kor-line by 2025-06-30  whether it happens by a day
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

import numpy as np

from materiel.errors import InputRefused
from materiel.outlook.answers.chances import Chance, Flags, Numbers, chance_of
from materiel.outlook.answers.weeks import last_week_by

TURNS = ("triggered", "kept", "broken", "lapsed", "withdrawn")
WEEKS = (*TURNS, "first", "depleted", "emptied")
"""Outcomes that are the week in which something comes first."""
_COMPARISONS: dict[str, Callable[[Numbers, float], Flags]] = {
    "<=": operator.le,
    ">=": operator.ge,
    "==": operator.eq,
    "<": operator.lt,
    ">": operator.gt,
}
_COMPARED = re.compile(r"(?P<name>.*?)\s*(?P<sign><=|>=|==|<|>)\s*(?P<value>[-+]?[\d_.]+(?:e[-+]?\d+)?)\s*")
_DATED = re.compile(r"(?P<name>.*?)\s+by\s+(?P<day>\d{4}-\d\d-\d\d)\s*")


@dataclass(frozen=True, slots=True)
class Aim:
    """An outcome, and with a sign the question whether it is so.

    Attributes:
        name: of the outcome, as the ensemble has it.
        sign: of a comparison; "" asks for the number itself.
        value: what it is compared with; a week where the outcome is one.
        by: the day that was asked about, if one was.
    """

    name: str
    sign: str = ""
    value: float = 0.0
    by: date | None = None

    def came(self, values: Numbers) -> Flags:
        """Whether it came about, for outcomes of members; never in a failed one.

        Raises:
            InputRefused: there is no comparison.
        """
        if not self.sign:
            raise InputRefused(
                f"“{self.name}” is a number, and here something is needed that happens or not. "
                f'Compare it, such as "{self.name} >= 100".'
            )
        return np.asarray(_COMPARISONS[self.sign](values, self.value)) & ~np.isnan(values)

    def chance(self, values: Numbers) -> Chance:
        """In how many members it came about."""
        return chance_of(values, self.came(values))

    def gauge(self, values: Numbers) -> Numbers:
        """The number itself, or 1 and 0 for whether it came about; not a number where a member failed."""
        return np.where(np.isnan(values), np.nan, self.came(values)) if self.sign else values


@dataclass(frozen=True, slots=True)
class Askable:
    """An outcome that may be asked about.

    Attributes:
        is_week: it is the week in which something comes first, the number of weeks where it never does.
        bad: what makes it the bad outcome, such as ">= 500"; "" where nothing is said.
    """

    name: str
    is_week: bool
    bad: str = ""


def askable(name: str) -> Askable:
    """An outcome that every scenario has, by its name."""
    return Askable(name, name.partition(" ")[0] in WEEKS)


def aim_of(text: str, outcomes: Iterable[Askable], *, start: date, weeks: int) -> Aim:
    """An aim from its text.

    Args:
        text: an outcome's name, with a comparison or a day if wanted.
        outcomes: those that there are.
        start: of the scenario.
        weeks: of the scenario.

    Raises:
        InputRefused: there is no such outcome, the comparison cannot be read, or the day is none of the scenario.
    """
    known = {one.name: one for one in outcomes}
    text = " ".join(text.split())
    if text in known:
        return Aim(text, "<", float(weeks)) if known[text].is_week else Aim(text)
    if (dated := _DATED.fullmatch(text)) and dated["name"] in known and known[dated["name"]].is_week:
        return _dated(dated["name"], dated["day"], start, weeks)
    if (compared := _COMPARED.fullmatch(text)) and compared["name"] in known:
        try:
            return Aim(compared["name"], compared["sign"], float(compared["value"]))
        except ValueError as error:
            raise InputRefused(f"“{text}”: {compared['value']} is no number. Write one such as 500 or 2.5.") from error
    head = re.split(r"\s*[<>=]|\s+by\s", text)[0]
    close = get_close_matches(head, known, 3, 0.5) or sorted(known)[:6]
    raise InputRefused(
        f"“{text}” asks about no outcome of this scenario. Close: {'; '.join(close)}. "
        "A number may be compared (>= 500); something that comes may have a day (by 2025-06-30)."
    )


def bad_of(one: Askable, *, start: date, weeks: int) -> Aim | None:
    """What makes an outcome the bad one; None where the scenario does not say.

    Raises:
        InputRefused: it is no comparison with a number.
    """
    if one.bad:
        return aim_of(f"{one.name} {one.bad}", [one], start=start, weeks=weeks)
    return Aim(one.name, "<", float(weeks)) if one.is_week else None


def _dated(name: str, text: str, start: date, weeks: int) -> Aim:
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise InputRefused(f"“{text}” is no day. Write one such as 2025-06-30.") from error
    last = last_week_by(start, day)
    if last < 0:
        raise InputRefused(f"{text} is before the scenario begins to run, on {start}. Ask about a later day.")
    return Aim(name, "<=", float(min(last, weeks - 1)), day)
