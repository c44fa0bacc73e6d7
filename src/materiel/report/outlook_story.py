"""One member's story in words: what comes about in which week."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from materiel.outlook.answers.story import Story, Tale, Told
from materiel.outlook.answers.weeks import day_of
from materiel.report.names import opened, sentence
from materiel.report.outlook_names import Names, amount_words

_TURNS = {
    "triggered": "the condition comes, and the deed is owed",
    "kept": "kept",
    "broken": "broken: the term is over and it was not done",
    "lapsed": "lapses",
    "withdrawn": "withdrawn",
}


@dataclass(frozen=True, slots=True)
class StoryWeek:
    """A week in which something is told: its number from 1, its first day, sentences."""

    number: int
    day: date
    sentences: tuple[str, ...]


def story_weeks(story: Story, names: Names) -> Iterator[StoryWeek]:
    """The weeks in which something is told."""
    start = names.scenario.start
    for week, told in groupby(story.told, key=lambda one: one.week):
        yield StoryWeek(week + 1, day_of(start, week), tuple(sentence(told_words(one, names)) for one in told))


def told_words(told: Told, names: Names) -> str:
    """One thing that is told, as a clause."""
    match told.tale:
        case Tale.HAPPENS:
            return f"it happens: {names.event(told.about[0])}"
        case Tale.TURNS:
            return f"{names.commitment(told.about[0])} – {_TURNS[told.what]}"
        case Tale.TAKEN | Tale.DROPPED:
            return f"{names.actor(told.about[0])}: {names.materiel(told.about[1])} is {told.tale.value}"
        case Tale.ARRIVES | Tale.STOPS:
            return _arrives(told, names)
        case Tale.SHORT | Tale.MET | Tale.DEPLETED | Tale.EMPTIED | Tale.RECOVERED:
            return _stocked(told, names)


def _arrives(told: Told, names: Names) -> str:
    (route,) = told.about
    amount = amount_words(told.amount or 0.0, names.unit(f"arrived {route}"))
    if told.tale is Tale.ARRIVES:
        return f"{names.route(route)}: arrives, {amount} in this first week"
    return f"{names.route(route)}: nothing arrives any more, {amount} in all since it began"


def _stocked(told: Told, names: Names) -> str:
    actor, materiel = told.about
    amount = amount_words(told.amount or 0.0, names.unit(f"stock {actor} {materiel}"))
    about = f"{names.actor(actor)}, {names.materiel(materiel)}"
    match told.tale:
        case Tale.SHORT:
            return f"{about}: the need is no longer met, {amount} short in this week"
        case Tale.MET:
            return f"{about}: the need is met again, after {amount} in all were missing"
        case Tale.DEPLETED:
            return f"{about}: the stock is down to its reserve, at {amount}"
        case Tale.EMPTIED:
            return f"{about}: the stock is used up"
        case _:
            return f"{about}: the stock is above its reserve again, at {amount}"


def story_head(story: Story, names: Names) -> str:
    """Which member, and what it drew: the numbers by name."""
    drawn = ", ".join(f"{name} {names.told(name, value)}" for name, value in story.numbers.items())
    return opened(f"member {story.member:,} of the ensemble" + (f", which drew {drawn}" if drawn else ""))
