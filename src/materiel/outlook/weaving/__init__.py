"""Scenario to program.

The parts of a scenario (:mod:`supply`, :mod:`orders`, :mod:`needs`, :mod:`states`, :mod:`events`, :mod:`unknowns`,
:mod:`pledges`) and its conditions (:mod:`conditions`) become arithmetic; :mod:`weave` puts it into the order of a week.
"""

from materiel.outlook.weaving.weave import weave

__all__ = ["weave"]
