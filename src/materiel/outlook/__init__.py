"""The outlook: a scenario run forward many times under stated assumptions. The only holder of dice.

1. :mod:`scenario` is the language of scenarios; :mod:`drafting` makes one of what the register holds.
2. :mod:`weaving` turns a scenario into a :mod:`program`: arithmetic, week by week, of which a :mod:`compiled` one also
   says how its numbers are drawn.
3. :mod:`engine` runs it for every member of an :mod:`ensemble`, over arrays or as machine code, with the same bits.
4. :mod:`answers` are pure functions of ensembles.

It says what follows from the assumptions, and knows neither the register nor any text. docs/model.md has every
equation.
"""

from materiel.outlook.compiled import Compiled
from materiel.outlook.engine.run import run
from materiel.outlook.ensemble import Ensemble, Failure
from materiel.outlook.program import Program
from materiel.outlook.refusals import BlanksRefused, ScenarioRefused
from materiel.outlook.scenario.checks import checked
from materiel.outlook.scenario.dumping import dump_scenario
from materiel.outlook.scenario.elements import Scenario
from materiel.outlook.scenario.loading import load_scenario
from materiel.outlook.weaving import weave

__all__ = [
    "BlanksRefused",
    "Compiled",
    "Ensemble",
    "Failure",
    "Program",
    "Scenario",
    "ScenarioRefused",
    "checked",
    "dump_scenario",
    "load_scenario",
    "run",
    "weave",
]
