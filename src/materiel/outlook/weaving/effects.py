"""What events, deeds, shocks and unmet needs change."""

from __future__ import annotations

from materiel.outlook.program import Expression, Name
from materiel.outlook.scenario.elements import Effect
from materiel.outlook.weaving.arithmetic import add, choose, clipped, either, multiply
from materiel.outlook.weaving.setting import Setting
from materiel.outlook.weaving.sources import refuse
from materiel.outlook.weaving.supply import lose


def weave_effects(setting: Setting, effects: tuple[Effect, ...], happens: Expression, where: str) -> None:
    """The steps of effects, as listed, in the weeks in which ``happens`` is 1."""
    for place, effect in enumerate(effects, start=1):
        _weave(setting, effect, happens, f"{where}.{place}")


def _weave(setting: Setting, effect: Effect, happens: Expression, where: str) -> None:
    loom, amount = setting.loom, setting.numbers.amount
    if effect.state is not None:
        name = Name(f"state {' '.join(effect.state)}")
        low, high = _bounds(setting, effect.state, where)
        if effect.to is not None:
            value = amount(effect.to, f"{where}.to")
        elif effect.times is not None:
            value = multiply(name, amount(effect.times, f"{where}.times"))
        else:
            value = add(name, amount(effect.add, f"{where}.add"))
        loom.assign(name, choose(happens, clipped(value, low, high), name))
    if effect.line is not None:
        name = Name(f"progress {effect.line}")
        times = amount(effect.progress_times, f"{where}.progress_times", 1.0)
        loom.assign(name, choose(happens, clipped(multiply(times, name), 0.0, 1.0), name))
    if effect.stock is not None:
        share = setting.share(effect.lose_share, f"{where}.lose_share")
        lose(setting, *effect.stock, share, happens)
    if effect.withdraw is not None:
        name = Name(f"withdrawing {effect.withdraw}")
        loom.assign(name, either(name, happens))


def _bounds(setting: Setting, state: tuple[str, str], where: str) -> tuple[float, float]:
    for each in setting.scenario.states:
        if (each.actor, each.name) == state:
            return each.low, each.high
    if any((each.actor, each.name) == state for each in setting.scenario.switches):
        return 0.0, 1.0
    raise refuse(where, f"{' '.join(state)} is no state of the scenario.")
