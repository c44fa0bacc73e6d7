"""Checks across the parts of a scenario, one purpose a module; :mod:`materiel.outlook.scenario.checks` makes them all."""
