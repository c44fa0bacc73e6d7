"""Checks across the parts of a scenario, one purpose a module; :mod:`scenario.checks` makes them all."""
