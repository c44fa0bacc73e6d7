"""The outcomes that a scenario asks for: formulas, gathered over the weeks."""

from __future__ import annotations

import math

from materiel.outlook.program import Constant
from materiel.outlook.scenario.elements import OutcomeOfInterest
from materiel.outlook.scenario.formula_tree import TheWeek, walk
from materiel.outlook.scenario.formulas import parse_formula
from materiel.outlook.weaving.arithmetic import add, choose, equal, greatest, least, negated
from materiel.outlook.weaving.setting import Setting
from materiel.outlook.weaving.supply import first_week

OPENINGS = {"end": 0.0, "sum": 0.0, "least": math.inf, "greatest": -math.inf}


def weave_outcome(setting: Setting, key: str, outcome: OutcomeOfInterest) -> None:
    """The step of one outcome, at the end of the week."""
    loom, where = setting.loom, f"outcomes.{key}.formula"
    value = setting.numbers.formula(outcome.formula, where)
    if outcome.over == "end" and not any(isinstance(part, TheWeek) for part in walk(parse_formula(outcome.formula))):
        loom.tell(key, value, outcome.title, outcome.unit)
        return
    opening = float(setting.scenario.weeks) if outcome.over == "first" else OPENINGS[outcome.over]
    name = loom.variable(f"outcome {key}", opening)
    match outcome.over:
        case "end":
            loom.assign(name, value)
        case "sum":
            loom.assign(name, add(name, value))
        case "least":
            loom.assign(name, least(name, value))
        case "greatest":
            loom.assign(name, greatest(name, value))
        case "first":
            first_week(setting, name, choose(value, negated(equal(value, 0.0)), Constant(0.0)))
    loom.tell(key, name, outcome.title, outcome.unit)
