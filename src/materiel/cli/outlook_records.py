"""An outlook as plain JSON values, one answer a line. Shares are numbers from 0 to 1, weeks count from 1."""

from __future__ import annotations

from collections.abc import Iterator
from math import isnan
from typing import Any

from materiel import desk

LEVELS = ("5", "25", "50", "75", "95")


def outlook_records(found: desk.Outlook) -> Iterator[dict[str, Any]]:
    """First what it rests on, then each answer; ``kind`` says which."""
    told = desk.tell_outlook(found)
    yield {
        "kind": "scenario",
        "name": found.scenario.name,
        "start": found.scenario.start.isoformat(),
        "weeks": found.scenario.weeks,
        "members": found.members,
        "seed": found.seed,
        "digest": found.digest,
        "policies": list(told.policies),
        "by": found.by.isoformat(),
        "basis": {basis.value: found.shares.count(basis) for basis in desk.Basis if found.shares.count(basis)},
        "failed": {row.policy or desk.AS_IT_STANDS: dict(row.failures) for row in found.views},
    }
    for row in told.chances:
        yield {
            "kind": "commitment",
            "policy": row.policy,
            "commitment": row.commitment,
            "state": row.state,
            **_chance(row.chance),
            "words": row.words,
        }
    for wait in told.waits:
        yield {
            "kind": "wait",
            "policy": wait.policy,
            "name": wait.name,
            "title": wait.title,
            **_chance(wait.chance),
            "words": wait.words,
            "weeks": {level: None if text == "–" else int(text) for level, text in wait.at},
        }
    yield from _tallies(found)
    yield from _fans(found)
    yield from _compared(told)
    yield from _asked(found, told)


def _chance(chance: desk.Chance) -> dict[str, Any]:
    return {
        "share": chance.share,
        "low": chance.low,
        "high": chance.high,
        "count": chance.count,
        "members": chance.members,
        "failed": chance.failed,
    }


def _tallies(found: desk.Outlook) -> Iterator[dict[str, Any]]:
    for view in found.views:
        for tally in view.tallies:
            own = found.scenario.outcomes[tally.name]
            yield {
                "kind": "outcome",
                "policy": view.policy or desk.AS_IT_STANDS,
                "name": tally.name,
                "title": own.title,
                "unit": own.unit,
                "mean": _number(tally.mean),
                "error": _number(tally.error),
                "quantiles": dict(zip(LEVELS, map(_number, tally.quantiles), strict=True)),
                "failed": tally.failed,
                "bad": None if tally.bad is None else {"if": own.bad, **_chance(tally.bad)},
            }


def _fans(found: desk.Outlook) -> Iterator[dict[str, Any]]:
    for view in found.views:
        for fan in view.fans:
            yield {
                "kind": "fan",
                "policy": view.policy or desk.AS_IT_STANDS,
                "name": fan.name,
                "followed": fan.members,
                "failed": fan.failed,
                "quantiles": {
                    level: [_number(value) for value in row]
                    for level, row in zip(LEVELS, fan.values.tolist(), strict=True)
                },
            }


def _compared(told: desk.OutlookTold) -> Iterator[dict[str, Any]]:
    for row in told.compared:
        found = row.item.difference
        yield {
            "kind": "difference",
            "before_policy": row.before_policy,
            "after_policy": row.after_policy,
            "name": row.name,
            "of": row.item.of or "share",
            "title": row.title,
            "before": _number(found.before),
            "after": _number(found.after),
            "change": _number(found.change),
            "error": _number(found.error),
            "low": _number(found.low),
            "high": _number(found.high),
            "pairing": found.gain,
            "pairs": found.pairs,
            "left_out": found.left_out,
        }


def _asked(found: desk.Outlook, told: desk.OutlookTold) -> Iterator[dict[str, Any]]:
    if (sensitivity := found.sensitivity) is not None:
        yield {
            "kind": "sensitivity",
            "outcome": sensitivity.outcome,
            "variance": _number(sensitivity.variance),
            "luck": None if sensitivity.luck is None else [sensitivity.luck.value, sensitivity.luck.half],
            "base": sensitivity.base,
            "left_out": sensitivity.left_out,
            "rows": sensitivity.rows,
            "drivers": [
                {
                    "name": one.name,
                    "first": [one.first.value, one.first.half],
                    "total": [one.total.value, one.total.half],
                }
                for one in sensitivity.drivers
            ],
        }
    if (discovery := found.discovery) is not None:
        judged = discovery.judged
        yield {
            "kind": "discovery",
            "outcome": discovery.outcome,
            "words": told.box,
            "members": discovery.members,
            "bad": discovery.bad,
            "failed": discovery.failed,
            "density": None if judged is None else judged.density,
            "coverage": None if judged is None else judged.coverage,
            "judged_on": None if judged is None else judged.members,
            "limits": [
                {"name": one.name, "low": one.low, "high": one.high, "quasi_p": one.quasi_p} for one in discovery.limits
            ],
            "dropped": list(discovery.dropped),
        }
    if (needed := found.needed) is not None:
        yield {
            "kind": "needed",
            "outcome": needed.outcome,
            "level": needed.level,
            "as_drawn": _chance(needed.as_drawn),
            "passed_over": list(needed.passed_over),
            "numbers": [
                {
                    "name": one.name,
                    "range": [one.low, one.high],
                    "shares": list(one.shares),
                    "reached": [[each.low, each.high] for each in one.stretches],
                    "blur": one.blur,
                }
                for one in needed.numbers
            ],
        }
    if (story := found.story) is not None:
        yield {
            "kind": "story",
            "member": story.member,
            "policy": story.policy or desk.AS_IT_STANDS,
            "numbers": dict(story.numbers),
            "failed": None if story.failed is None else {"week": story.failed[0] + 1, "reason": story.failed[1]},
            "weeks": [
                {"week": week.number, "day": week.day.isoformat(), "told": list(week.sentences)} for week in told.story
            ],
        }


def _number(value: float) -> float | None:
    """JSON has no word for what is not a number."""
    return None if isnan(value) else value
