"""Whether effects change one thing in one way."""

from __future__ import annotations

from collections.abc import Iterator

from materiel.outlook.refusals import Path, Problem
from materiel.outlook.scenario.elements import Effect, Scenario

_TARGETS = ("state", "line", "stock", "withdraw", "happens")
_CHANGES: dict[str, tuple[str, ...]] = {
    "state": ("add", "times", "to"),
    "line": ("progress_times",),
    "stock": ("lose_share",),
    "withdraw": (),
    "happens": (),
}


def effect_problems(scenario: Scenario) -> Iterator[Problem]:
    """Effects that are not exactly one change."""
    switches = {(switch.actor, switch.name) for switch in scenario.switches}
    for path, place, effect in all_effects(scenario):
        targets = [name for name in _TARGETS if getattr(effect, name) is not None]
        if len(targets) != 1:
            given = ", ".join(targets) or "none of them"
            yield Problem(place, f"an effect has exactly one of {', '.join(_TARGETS)}; here: {given}", path=path)
            continue
        wanted = _CHANGES[targets[0]]
        changes = [name for names in _CHANGES.values() for name in names if getattr(effect, name) is not None]
        if any(name not in wanted for name in changes) or len(changes) != bool(wanted):
            form = f"exactly one of {', '.join(wanted)}" if wanted else "nothing more"
            given = ", ".join(changes) or "nothing"
            yield Problem(place, f"an effect on {targets[0]} has {form}; here: {given}", path=path)
        elif effect.state in switches and effect.to is None:
            name = effect.state[1]
            why = f"{name} is a switch, in force (1) or not (0), which only 'to' can turn; here: {changes[0]}"
            yield Problem(place, why, path=path)


def all_effects(scenario: Scenario) -> Iterator[tuple[Path, str, Effect]]:
    """Every effect with its path and its place."""
    lists: list[tuple[Path, str, tuple[Effect, ...]]] = []
    for field, inner in (("events", "effects"), ("contingencies", "effects"), ("commitments", "deeds")):
        for place, part in enumerate(getattr(scenario, field)):
            lists.append(((field, place, inner), f"{field}.{part.id}.{inner}", getattr(part, inner)))
    for place, need in enumerate(scenario.needs):
        if need.when_unmet:
            where = f"needs.{need.actor}.{need.materiel}.when_unmet.effects"
            lists.append((("needs", place, "when_unmet", "effects"), where, need.when_unmet.effects))
    for path, where, effects in lists:
        for place, effect in enumerate(effects):
            yield (*path, place), f"{where}.{place + 1}", effect
